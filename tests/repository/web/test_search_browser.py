"""The search page in a browser: no script needed, nothing sideways, nothing that axe finds, in both languages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.repository.web.conftest import Site
from tests.serving import application

WIDTHS = (360, 1440)
PAGES = (
    "/search",
    "/search?q=훈민정음",
    "/search?q=훈민정음&type=map&century=15",
    "/search?q=훈민정음 대동여지도 없는말",
)


@pytest.fixture(scope="module")
def base(site: Site) -> Iterator[str]:
    with application(site.app) as address:
        yield address


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_is_accessible_and_fits(width: int, language: str, base: str, browser: Browser) -> None:
    context = browser.new_context(
        extra_http_headers={"Accept-Language": language}, viewport={"width": width, "height": 900}
    )
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    for address in PAGES:
        page.goto(base + address)
        page.wait_for_load_state("networkidle")
        assert [one["id"] for one in Axe().run(page).response["violations"]] == [], address
        wide = page.evaluate(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wide <= 0, address
    context.close()
    assert faults == []


def test_everything_is_done_without_a_script(base: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, locale="ko-KR")
    page = context.new_page()
    page.goto(f"{base}/search")
    page.locator(".bars a", has_text="15세기").click()
    assert page.locator(".card").count() == 1 and "century=15" in page.url
    page.locator(".chosen a").click()
    page.locator("input[name=from]").fill("1800")
    page.locator("input[name=to]").fill("1900")
    page.get_by_role("button", name="좁히기").click()
    assert page.locator(".card-title").all_inner_texts() == ["대동여지도"]
    page.locator("#query").fill("소장:한빛도서관 훈민정음")
    page.locator("#query").press("Enter")
    page.wait_for_url("**/search?q=**")
    assert page.locator(".ways-on a").count() >= 1
    page.locator(".ways-on a").first.click()
    assert page.locator("mark").first.inner_text() == "훈민정음"
    assert page.locator(".bars svg rect").count() == 0  # one century has nothing to be compared with
    assert page.locator("[data-copy]").is_hidden()
    context.close()


def test_the_feed_address_is_copied_in_one_touch(base: str, browser: Browser) -> None:
    context = browser.new_context(locale="ko-KR", permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{base}/search?q=훈민정음")
    page.get_by_role("button", name="피드 주소 복사").click()
    page.wait_for_function("() => document.querySelector('[data-copy-status]').textContent")
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied == page.locator("#feed").get_attribute("href")
    context.close()
