"""The workbench as a person uses it: over real HTTP, by keyboard, without JavaScript, narrow and wide."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from tests.harvest.health_seed import PASSWORD
from tests.harvest.test_health import Site, open_site
from tests.serving import site as serve_site

KIM = "kim@example.org"
HEALTH = "/workbench/harvest/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site of this module's own."""
    yield from open_site(tmp_path_factory.mktemp("browser"))


@pytest.fixture(scope="module")
def base(site: Site) -> Iterator[str]:
    """Where it is served, without a worker."""
    with serve_site(site.memory.settings.data_path, "--no-worker") as address:
        yield address


def opened(browser: Browser, language: str = "ko", **more: Any) -> BrowserContext:
    return browser.new_context(extra_http_headers={"Accept-Language": language}, **more)


def log_in_by_keyboard(page: Page, base: str, onward: str = HEALTH) -> None:
    """From the address to the page that was wanted, without a mouse."""
    page.goto(f"{base}{onward}")
    assert "/workbench/login" in page.url
    page.locator("#email").focus()
    page.keyboard.type(KIM)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{base}{onward}*")


def test_one_logs_in_decides_and_logs_out_by_keyboard_without_scripts(
    site: Site, base: str, browser: Browser
) -> None:
    context = opened(browser, java_script_enabled=False)
    page = context.new_page()
    log_in_by_keyboard(page, base)
    [cookie] = context.cookies()
    assert cookie["httpOnly"] and cookie["sameSite"] == "Lax" and cookie["path"] == "/workbench/"
    assert page.get_by_role("heading", name="사라진 기록 12건을 거둘까요?").is_visible()
    page.get_by_role("button", name="연습해 보기 솔빛문학관 육필").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/never/**")
    assert page.get_by_text("일꾼이 곧 시작합니다.").is_visible()
    page.goto(f"{base}{HEALTH}")
    page.get_by_role("button", name="취소하고 그대로 두기").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/gone/**")
    assert page.get_by_text("빠진 것이 있음").first.is_visible()
    page.get_by_role("button", name="로그아웃").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/workbench/login*")
    page.goto(f"{base}{HEALTH}")
    assert "/workbench/login" in page.url
    context.close()


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("width", [390, 1280])
def test_every_page_of_the_workbench_is_accessible(
    site: Site, base: str, browser: Browser, language: str, width: int
) -> None:
    context = opened(browser, language, viewport={"width": width, "height": 900})
    page = context.new_page()
    found: dict[str, list[str]] = {}

    def look(path: str) -> None:
        page.goto(f"{base}{path}")
        assert page.locator("h1").count() == 1, path
        wide = page.evaluate(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wide <= 0, path
        if rules := [one["id"] for one in Axe().run(page).response["violations"]]:
            found[path] = rules

    look("/workbench/login")
    log_in_by_keyboard(page, base)
    aside = f"{HEALTH}gone/set-aside/"
    page.goto(f"{base}{aside}")
    hrefs = [str(link.get_attribute("href")) for link in page.locator(".aside-list a").all()]
    parked, quarantined = ([href for href in hrefs if kind in href] for kind in ("/parked/", "/quarantined/"))
    item = f"{HEALTH}gone/record?item={site.world.corrected}"
    pages = (HEALTH, f"{HEALTH}gone/", f"{HEALTH}cut/", f"{HEALTH}gone/problems/date_unparsed", aside)
    for path in (*pages, parked[0], quarantined[1], item, "/workbench/", "/workbench/password"):
        look(path)
    assert found == {}
    context.close()


def test_two_hundred_thousand_bytes_on_one_line_are_laid_out(site: Site, base: str, browser: Browser) -> None:
    context = opened(browser, viewport={"width": 390, "height": 900})
    page = context.new_page()
    said: list[str] = []
    page.on("dialog", lambda dialog: said.append(dialog.message))
    log_in_by_keyboard(page, base, f"{HEALTH}gone/set-aside/")
    page.locator("#quarantined ~ ul a").first.click()
    page.locator(".raw pre").first.wait_for(timeout=20_000)
    assert "<script>alert(1)</script>⟦U+202E⟧evil" in page.locator(".raw pre").first.inner_text()
    assert said == []
    context.close()
