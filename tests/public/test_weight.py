"""Pages are light and bring their letters. When they are painted is measured by `benchmarks.page_speed`."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from benchmarks.page_speed import KINDS, visit
from tests.public.pages import in_language

MOST_BYTES = 150 * 1024  # of text, style and script, as the net carries them
MOST_WITH_FONTS = 200 * 1024


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_page_is_light(
    kind: str, language: str, base: str, kinds: dict[str, str], browser: Browser
) -> None:
    seen = visit(browser, base + kinds[kind], language)
    assert 10_000 < seen.bytes <= MOST_BYTES, seen
    assert seen.fonts > 10_000 and seen.bytes + seen.fonts <= MOST_WITH_FONTS, seen


def test_every_page_brings_the_letters_it_is_set_in(
    base: str, kinds: dict[str, str], browser: Browser
) -> None:
    """What a page does not bring itself is drawn from slices: none is asked for by a page at rest."""
    page = browser.new_page()
    asked: dict[str, list[str]] = {}
    for path in kinds.values():
        for language in ("ko", "en"):
            page.goto(base + in_language(path, language), wait_until="load")
            page.evaluate("() => document.fonts.ready")
            page.keyboard.press("Shift")  # as soon as a reader does something, the slices are known
            page.wait_for_function("() => [...document.fonts].length > 100")
            page.evaluate("() => document.fonts.ready")
            late = page.evaluate(
                "() => [...document.fonts].filter(one => one.status !== 'unloaded'"
                " && !one.family.includes('Page')).map(one => one.family + one.unicodeRange)"
            )
            if late:
                asked[f"{path} {language}"] = late
    page.close()
    assert asked == {}
