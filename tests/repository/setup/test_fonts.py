from __future__ import annotations

import re
import string
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from repository.setup.fonts import (
    FontFace,
    Slice,
    characters_of,
    cut_frame,
    cut_slices,
    plan_slices,
    read_frame,
    read_frequency,
    style_sheet,
    unicode_ranges,
)
from repository.typefaces import FAMILIES, OLD_HANGUL, Family

VAR = Path(__file__).resolve().parents[3] / "var"
WEB = VAR / "vendor" / "fonts"
SERIF = VAR / "fonts" / "NotoSerifKR_400Regular.ttf"
# 훈민정음 as first printed: the title in Hanja, a syllable of old Hangul, and the romanisation of today.
TITLE = "훈민정음 訓民正音 Hunmin chŏng'ŭm"
OLD = "나랏〮말〯ᄊᆞ미〮"
CODE_POINTS = st.frozensets(st.integers(0x20, 0x60) | st.integers(0x10FFF, 0x1120F), max_size=40)


@pytest.fixture(scope="module", autouse=True)
def _set_up() -> None:
    assert (WEB / "fonts.css").exists(), "the fonts are not there: run `make setup`"


def codes(text: str) -> frozenset[int]:
    return frozenset(map(ord, text))


def read_ranges(text: str) -> list[range]:
    found = re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", text)
    return [range(int(first, 16), int(last or first, 16) + 1) for first, last in found]


def answer(character: int, slices: tuple[Slice, ...], ranges: tuple[str, ...]) -> Slice | None:
    """Find the slice that a browser loads for a character: of overlapping ranges the last one wins."""
    both = list(zip(slices, ranges, strict=True))
    return next((one for one, text in reversed(both) if any(character in r for r in read_ranges(text))), None)


def test_frequency_is_read_from_the_numbered_slices() -> None:
    rule = "@font-face {{ src: url(./x/F.subset.{}.woff2) format('woff2'); unicode-range: {}; }}\n"
    css = rule.format(119, "U+41-43, U+ac00") + rule.format(64, "U+d000") + rule.format(100, "U+be0c")
    assert read_frequency(css * 2) == (codes("브"), codes("ABC가"))


@given(CODE_POINTS, st.lists(CODE_POINTS, max_size=4))
def test_every_character_is_in_one_slice_that_a_browser_finds(
    available: frozenset[int], groups: list[frozenset[int]]
) -> None:
    slices = plan_slices(available, groups)
    members = [character for one in slices for character in one.characters]
    assert sorted(members) == sorted(available)
    ranges = unicode_ranges(slices)
    for one in slices:
        assert {answer(character, slices, ranges) for character in one.characters} == {one}


def test_a_range_passes_over_commoner_characters_but_not_over_wide_gaps() -> None:
    slices = (Slice(0, "hangul", codes("가각간갈")), Slice(1, "common", codes("갂")))
    assert unicode_ranges(slices) == ("U+AC00-AC08", "U+AC02")
    assert unicode_ranges((Slice(0, "other", frozenset({0x100, 0x200})),)) == ("U+100,U+200",)


def test_the_commonest_group_is_the_last_and_takes_its_characters() -> None:
    slices = plan_slices(codes("가나다라"), [codes("가다"), codes("가나")])
    assert [one.characters for one in slices] == [codes("라"), codes("다"), codes("가나")]


def test_the_frame_has_ascii_and_the_letters_of_its_template(tmp_path: Path) -> None:
    frame = read_frame("<p>\n\t홈</p>")
    assert frame == codes(string.printable.rstrip() + " 홈")
    cut_frame(SERIF, frame, tmp_path / "frame.woff2")
    assert characters_of(tmp_path / "frame.woff2") == frame
    assert characters_of(WEB / "frame.woff2") == codes((WEB / "frame.txt").read_text("utf-8"))


def test_the_style_sheet_names_family_weight_file_and_range() -> None:
    sheet = style_sheet([FontFace("Noto Serif KR", 700, "a/1.woff2", "U+41")])
    assert 'font-family:"Noto Serif KR";font-weight:700' in sheet
    assert "font-display:swap" in sheet and "unicode-range:U+41" in sheet


def test_cutting_keeps_characters_and_the_shaping_of_old_hangul(tmp_path: Path) -> None:
    slices = (
        Slice(0, "hanja", codes("訓民正音")),
        Slice(1, "old hangul", codes("ᄒᆞᆫ〮")),
        Slice(2, "common", codes("ABC 훈")),
    )
    cut_slices(SERIF, slices, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["0.woff2", "1.woff2", "2.woff2"]
    for one in slices:
        assert characters_of(tmp_path / f"{one.number}.woff2") == one.characters
    assert features_of(tmp_path / "1.woff2") >= {"ljmo", "vjmo", "tjmo"}
    assert features_of(tmp_path / "0.woff2") == set()


def features_of(font: Path) -> set[str]:
    with TTFont(font) as opened:
        if "GSUB" not in opened:
            return set()
        return {record.FeatureTag for record in opened["GSUB"].table.FeatureList.FeatureRecord}


@pytest.mark.parametrize("family", FAMILIES.values(), ids=lambda family: family.regular)
def test_what_set_up_left_is_whole(family: Family) -> None:
    sheet = (WEB / "fonts.css").read_text(encoding="utf-8")
    family_rules = re.findall(
        rf'"{family.name}";font-weight:(\d+);.*?src:url\(([^)?]*)\?v=\w+\)format\("woff2"\);unicode-range:(.*)\}}',
        sheet,
    )
    held: dict[str, set[int]] = {"400": set(), "700": set()}
    for weight, file, text in family_rules:
        characters = characters_of(WEB / file)
        assert not [hex(c) for c in characters if not any(c in r for r in read_ranges(text))], file
        held[weight] |= characters
    assert held["400"] == held["700"] == characters_of(VAR / "fonts" / f"{family.regular}.ttf")
    assert codes(TITLE) <= held["400"]


def test_old_hangul_lies_in_one_file_with_its_shaping() -> None:
    files = [file for file in (WEB / "NotoSerifKR_400Regular").iterdir() if characters_of(file) & OLD_HANGUL]
    assert len(files) == 1
    assert features_of(files[0]) >= {"ljmo", "vjmo", "tjmo"}


@pytest.fixture
def site() -> Iterator[str]:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Keep the tests' output free of requests."""

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(WEB))) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def load(browser: Browser, site: str, family: str, text: str) -> tuple[list[str], float]:
    """Set a text in a web font in a real browser; return the fonts loaded and the width in ems."""
    page = browser.new_page()
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url) if "woff2" in request.url else None)
    page.goto(f"{site}/NotoSerifKR-LICENSE.txt")
    page.set_content(
        f'<link rel="stylesheet" href="{site}/fonts.css"><span style="font: 100px {family}">{text}</span>'
    )
    page.evaluate("document.fonts.ready")
    width = page.evaluate("document.querySelector('span').getBoundingClientRect().width")
    page.close()
    return loaded, width / 100


def test_a_browser_loads_only_the_slices_it_needs(browser: Browser, site: str) -> None:
    assert len(load(browser, site, "Noto Serif KR", "가")[0]) == 1
    # A rare syllable stands between commoner ones in the code; its slice alone is loaded.
    assert len(load(browser, site, "Noto Serif KR", "믈")[0]) == 1
    assert len(load(browser, site, "Pretendard GOV", "Chosŏn")[0]) == 2


def test_a_browser_joins_old_hangul_into_syllables(browser: Browser, site: str) -> None:
    loaded, width = load(browser, site, "Noto Serif KR", "ᄒᆞᆫᄊᆞᆷ")
    assert len(loaded) == 1
    assert 1.5 < width < 2.1, "two syllables of six jamo are two ems wide"
