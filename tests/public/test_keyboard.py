"""The whole way of a reader without a mouse, and without scripts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

MOST_STEPS = 250
FOCUSED = """() => {
  const one = document.activeElement, style = getComputedStyle(one);
  const card = one.closest('.card, .tile, .search-box');
  const rings = [style, ...(card ? [getComputedStyle(card)] : [])];
  return {
    name: (one.innerText || one.value || one.getAttribute('aria-label') || '').trim(), tag: one.tagName,
    href: one.getAttribute('href') || '',
    ring: rings.some(ring => ring.outlineStyle !== 'none' && parseFloat(ring.outlineWidth) >= 2),
    seen: one.getClientRects().length > 0,
  };
}"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="ko-KR", viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def tab_to(page: Page, href: str = "", name: str = "") -> None:
    """Press the tab key until a link or button of that address or name has the focus; each stop must be seen."""
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        now = page.evaluate(FOCUSED)
        if now["tag"] not in ("BODY", "VIDEO"):
            assert now["ring"] and now["seen"], (page.url, now)
        if (href and now["href"].startswith(href)) or (name and now["name"] == name):
            return
    raise AssertionError(f"{page.url}: no way by the keyboard to {href or name}")


def test_the_first_stop_of_every_page_skips_to_its_content(
    base: str, kinds: dict[str, str], page: Page
) -> None:
    for path in kinds.values():
        page.goto(base + path)
        page.keyboard.press("Tab")
        assert page.evaluate("() => document.activeElement.getAttribute('href')") == "#main", path
        page.keyboard.press("Enter")
        page.wait_for_function("() => document.activeElement.id === 'main'")


def test_from_the_first_page_to_a_picture_its_rights_and_a_report(base: str, page: Page) -> None:
    page.goto(f"{base}/")
    page.locator("#query").focus()
    page.keyboard.insert_text("대동여지도")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?**")
    tab_to(page, href="/items/")
    page.keyboard.press("Enter")
    page.wait_for_url("**/items/**")
    page.locator("[data-canvas].live").wait_for()
    tab_to(page, name="크게")
    page.keyboard.press("Enter")
    tab_to(page, name="왜 그런가요?")
    page.keyboard.press("Enter")
    assert page.locator(".why[open]").count() == 1
    tab_to(page, name="틀린 곳 알리기")
    page.keyboard.press("Enter")
    page.wait_for_url("**/report?**")


def test_filters_the_map_and_the_years_are_reached_by_the_keyboard(base: str, page: Page) -> None:
    page.goto(f"{base}/search?q=조선")
    tab_to(page, href="/search?q=%EC%A1%B0%EC%84%A0&type=")
    page.keyboard.press("Enter")
    page.wait_for_url("**type=**")
    tab_to(page, href="/search?q=%EC%A1%B0%EC%84%A0&type=")  # lets it go, or adds another
    page.goto(f"{base}/search?q=조선")
    tab_to(page, href="/search?q=%EC%A1%B0%EC%84%A0&colour=")
    page.locator("input[name=from]").focus()
    page.keyboard.insert_text("1400")
    page.keyboard.press("Enter")
    page.wait_for_url("**from=1400**")


def test_search_item_collection_and_reports_work_without_scripts(
    base: str, kinds: dict[str, str], browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False, locale="ko-KR")
    page = context.new_page()
    page.goto(f"{base}/")
    page.locator("#query").fill("대동여지도")
    page.get_by_role("button", name="찾기").click()
    page.locator(".card-title a").first.click()
    assert page.locator("[data-still]").is_visible()
    assert not page.locator("[data-copy], [data-print], [data-tools]").filter(visible=True).count()
    page.get_by_role("link", name="틀린 곳 알리기").click()
    assert page.locator("form textarea").count() >= 1
    page.goto(base + kinds["collection"])
    assert page.locator("main img").filter(visible=True).count() >= 5
    page.goto(base + kinds["item-film"])
    assert page.locator("video").get_attribute("controls") is not None
    context.close()


def test_larger_type_is_one_touch_and_is_remembered(base: str, page: Page) -> None:
    page.goto(f"{base}/")
    size = "() => parseFloat(getComputedStyle(document.querySelector('h1 + p')).fontSize)"
    before = page.evaluate(size)
    page.get_by_role("button", name="글자 크게").click()
    assert page.evaluate(size) > before * 1.2
    page.goto(f"{base}/collections/")
    assert page.locator("html.larger").count() == 1
    assert page.get_by_role("button", name="글자 크게").get_attribute("aria-pressed") == "true"


def test_drawing_over_bars_of_centuries_gives_their_years(base: str, page: Page) -> None:
    page.goto(f"{base}/search?q=조선")
    bars = page.locator(".bars li")
    first, last = bars.nth(1).bounding_box(), bars.nth(3).bounding_box()
    assert first and last
    page.mouse.move(first["x"] + 2, first["y"] + 20)
    page.mouse.down()
    page.mouse.move(last["x"] + 2, last["y"] + 20, steps=6)
    assert page.locator(".bars [data-drawn]").count() == 3
    page.mouse.up()
    page.wait_for_url("**from=**")
    years = [page.locator(f".years input[name={name}]").input_value() for name in ("from", "to")]
    assert int(years[1]) - int(years[0]) == 299
    assert page.locator("#query").input_value() == "조선"
