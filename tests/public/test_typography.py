"""No letter of any page is without a shape, and lines break between words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest
from playwright.sync_api import Browser, Page

from repository.web.words import whole_page, whole_syllables
from tests.public.pages import in_language

ROOT = Path(__file__).resolve().parent.parent.parent
FONTS = ROOT / "var" / "vendor" / "fonts" / "fonts.css"
FACE = re.compile(r"font-family:\s*\"?([^;\"]+)\"?;.*?unicode-range:\s*([^;}]+)", re.DOTALL)
RANGE = re.compile(r"U\+([0-9A-Fa-f]+)(?:-([0-9A-Fa-f]+))?")
# What every page may show without one of our faces: marks that browsers draw, and what has no shape.
SHAPELESS = frozenset(["Cc", "Cf", "Zs", "Zl", "Zp"])
OLD = "나랏〮말〯ᄊᆞ미〮 듀ᇰ귁〮에〮 달아〮 호ᇙ〮 배〮"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def covered() -> set[int]:
    """Give the code points for which our web fonts have a slice."""
    return {
        point
        for _family, ranges in FACE.findall(FONTS.read_text("utf-8"))
        for first, last in RANGE.findall(ranges)
        for point in range(int(first, 16), int(last or first, 16) + 1)
    }


def test_every_letter_of_every_kind_of_page_has_a_shape(base: str, kinds: dict[str, str], page: Page) -> None:
    known = covered()
    assert {ord(letter) for letter in "한韓 aŏᄒᆞ〮"} - {ord(" ")} <= known
    missing: dict[str, set[str]] = {}
    for path in kinds.values():
        for language in ("ko", "en"):
            page.goto(base + in_language(path, language), wait_until="domcontentloaded")
            for letter in set(page.locator("body").inner_text()):
                if ord(letter) not in known and unicodedata.category(letter) not in SHAPELESS:
                    missing.setdefault(letter, set()).add(path)
    assert missing == {}


def test_old_syllables_are_joined(base: str, page: Page) -> None:
    """A syllable of today before an old final would be drawn by two slices, side by side."""
    page.goto(f"{base}/components/")
    with page.expect_response("**/fonts.css*"):  # letters that come later are drawn from slices
        page.keyboard.press("Shift")
    widths = page.evaluate(
        """(texts) => texts.map(text => {
             const one = document.createElement('span');
             one.lang = 'ko'; one.className = 'lead'; one.textContent = text;
             one.style.cssText = 'display:inline-block;font-size:100px';
             document.querySelector('main').append(one);
             return one.getBoundingClientRect().width;
           })""",
        [whole_syllables("듀ᇰ"), whole_syllables("호ᇙ"), "ᄉᆞ", "중"],
    )
    page.wait_for_timeout(500)
    assert max(widths) < 1.25 * min(widths), widths


def test_old_syllables_are_joined_in_the_search_box_too(base: str, page: Page) -> None:
    """It is set in the sans, which has no old letters: those of the serif stand in, in one syllable's width."""
    page.goto(f"{base}/search?" + urlencode({"q": "ᄊᆞᄊᆞᄊᆞᄊᆞ"}), wait_until="networkidle")
    widths = page.evaluate(
        """() => { const box = document.querySelector('main input[type=search], main input[name=q]');
             return ['ᄊᆞᄊᆞᄊᆞᄊᆞ', '싸싸싸싸'].map(text => {
               const one = document.createElement('span');
               one.textContent = text; one.style.cssText = 'font:' + getComputedStyle(box).font;
               document.body.append(one);
               return one.getBoundingClientRect().width; }); }"""
    )
    assert widths[0] < 1.25 * widths[1], widths


def test_half_old_syllables_are_written_whole_and_others_left_alone() -> None:
    whole = whole_syllables(OLD)
    assert unicodedata.normalize("NFC", whole) == unicodedata.normalize("NFC", OLD)
    assert "\u1103\u1172\u11f0" in whole and "\u1112\u1169\u11d9" in whole
    assert "나랏" in whole and whole_syllables("훈민정음 訓民正音 <b>") == "훈민정음 訓民正音 <b>"


def test_a_page_is_written_so_whatever_brought_the_syllables(base: str) -> None:
    """Here it is what a reader asked for; addresses stay as they are."""
    page = httpx.get(f"{base}/search", params={"q": "듀ᇰ귁"}).text
    assert whole_syllables("듀ᇰ귁") in page and "듀ᇰ귁" not in page


@pytest.mark.parametrize("final", [*range(0x11C3, 0x1200), *range(0xD7CB, 0xD7FC)])
def test_whatever_old_final_a_page_has_it_is_found(final: int) -> None:
    half = f"<p>가{chr(final)}</p>"
    assert whole_page(half.encode()).decode() == whole_syllables(half) != half


def test_lines_break_between_words_and_titles_are_balanced(
    base: str, kinds: dict[str, str], page: Page
) -> None:
    page.goto(base + in_language(kinds["item-book"], "ko"))
    styles = page.evaluate(
        """() => ({breaks: getComputedStyle(document.body).wordBreak,
                   wraps: getComputedStyle(document.querySelector('h1')).textWrapStyle
                     || getComputedStyle(document.querySelector('h1')).textWrap})"""
    )
    assert styles["breaks"] == "keep-all" and "balance" in styles["wraps"]
    page.set_viewport_size({"width": 360, "height": 800})
    page.evaluate(
        """() => { document.querySelector('h1').textContent =
             '조선왕조의궤가운데화성성역의궤와원행을묘정리의궤를함께엮어펴낸매우긴이름의책'; }"""
    )
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
