"""The pages of reports in a real browser: nothing for axe to find, all by keyboard, all without a script."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from repository.reports.words import Kind, State
from tests.repository.web import report_desk
from tests.repository.web.report_desk import CLAIM, Desk, receipt


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with report_desk.opened(
        tmp_path_factory.mktemp("seen"), items=2, contact="desk@memory.example"
    ) as opened:
        yield opened


@pytest.fixture(scope="module")
def addresses(desk: Desk) -> dict[str, str]:
    """The address of every kind of page, each in a state with all its parts."""
    item, asset = desk.seeded.ids["0"], desk.seeded.files("0")[1]
    number = receipt(desk.send("removal", "0", CLAIM))
    return {
        "choice": f"/items/{item}/report?",
        "error": f"/items/{item}/report?kind=error&asset={asset}&region=pct:10,20,30,40",
        "knowledge": f"/items/{item}/report?kind=knowledge",
        "removal": f"/items/{item}/report?kind=removal",
        "status": f"/reports/{number}?",
        "overview": "/reports/?",
        "confirm": str(httpx.URL(desk.confirm_link()).copy_remove_param("lang")),
        "no receipt": "/reports/nothing?",
    }


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(
    desk: Desk, addresses: dict[str, str], browser: Browser, language: str, width: int, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light"
    )
    page = context.new_page()
    for address in addresses.values():
        page.goto(f"{desk.base}{address}&lang={language}")
        accessible(page)
    page.goto(f"{desk.base}{addresses['removal']}&lang={language}")
    page.evaluate("document.querySelector('form.told-form').noValidate = true")
    desk.later(seconds=5)
    page.locator(".told-form .button").click()
    assert page.locator("[role=alert] li").count() == 4
    accessible(page)
    desk.later(hours=2)
    page.goto(f"{desk.base}{addresses['knowledge']}&lang={language}")
    desk.later(seconds=5)
    page.locator("#text").fill(f"{language} {width} {scheme}")
    page.locator(".told-form .button").click()
    assert page.locator(".receipt").is_visible()
    accessible(page)
    context.close()


def accessible(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == [], page.url
    inside = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    assert page.evaluate(inside), f"wider than the screen: {page.url}"


@pytest.fixture
def silent(browser: Browser) -> Iterator[Page]:
    """A page of a browser that runs no script."""
    context = browser.new_context(java_script_enabled=False, locale="ko-KR")
    yield context.new_page()
    context.close()


def test_by_keyboard_only_and_without_a_script(desk: Desk, silent: Page) -> None:
    """From the choice to the receipt, and from the mail to the thing that is hidden, by Tab, letters and Enter."""
    item = desk.seeded.ids["1"]
    silent.goto(f"{desk.base}/items/{item}/report")
    tab_to(silent, "게시 중단 요청")
    silent.keyboard.press("Enter")
    silent.wait_for_url("**kind=removal**")
    desk.later(seconds=5)
    tab_to(silent, "저작권")
    silent.keyboard.press("ArrowDown")
    silent.keyboard.press("Tab")
    silent.keyboard.press("Space")
    for text in ("제 얼굴이 나옵니다.", "홍길동", "gil@hanmail.net"):
        silent.keyboard.press("Tab")
        silent.keyboard.type(text)
    silent.keyboard.press("Tab")
    silent.keyboard.press("Enter")  # opens what points at a picture
    silent.keyboard.press("Tab")
    silent.keyboard.type("2")
    tab_to(silent, "보내기")
    silent.keyboard.press("Enter")
    assert silent.locator(".receipt").inner_text()
    report = desk.newest()
    assert (report.kind, report.ground, report.capacity) == (Kind.REMOVAL, "portrait", "self")
    assert (report.name, report.email, report.asset) == (
        "홍길동",
        "gil@hanmail.net",
        desk.seeded.files("1")[1],
    )
    silent.goto(desk.base + desk.confirm_link())
    tab_to(silent, "제가 요청한 것이 맞습니다")
    silent.keyboard.press("Enter")
    silent.get_by_role("heading", name="주소를 확인했습니다", level=1).wait_for()
    assert desk.newest().state is State.HIDDEN


def tab_to(page: Page, name: str) -> None:
    """Press Tab until what bears a name has the focus, which must be seen."""
    for _ in range(60):
        page.keyboard.press("Tab")
        here = page.locator("*:focus")
        said = here.inner_text() or here.locator("xpath=..").inner_text()
        if said.strip() == name:
            assert here.is_visible() and here.evaluate("one => getComputedStyle(one).outlineStyle") != "none"
            return
    raise AssertionError(f"{name} cannot be reached by keyboard")


def test_a_fault_is_said_once_and_leads_to_its_field(
    desk: Desk, addresses: dict[str, str], silent: Page
) -> None:
    silent.goto(f"{desk.base}{addresses['error']}&lang=en")
    desk.later(hours=2)
    silent.locator("#text").fill("The date is wrong.")
    silent.locator("#email").fill("kim@localhost")
    silent.locator("#x").fill("90")
    silent.locator("#text").press("Tab")
    silent.locator(".told-form .button").press("Enter")
    silent.locator("[role=alert] a").first.press("Enter")
    silent.wait_for_url("**#email")
    field = silent.locator("#email")
    assert field.get_attribute("aria-invalid") == "true" and field.input_value() == "kim@localhost"
    described = str(field.get_attribute("aria-describedby")).split()
    assert "name@example.org" in silent.locator(f"#{described[-1]}").inner_text()
    assert silent.locator("#x").is_visible() and silent.locator("#text").input_value() == "The date is wrong."
