"""A page brings the letters it is set in, in fonts cut for it, and nobody else decides what is cut."""

from __future__ import annotations

import io
import re

import pytest
import uharfbuzz as hb
from fontTools.ttLib import TTFont

from repository import page_letters
from repository.page_letters import token
from repository.typefaces import FACES, OLD_HANGUL, Face
from tests.repository.web.conftest import Site

LINK = re.compile(r"url\((/fonts/([a-z]+-\d+)/[\w.-]+\.ttf)\)")


PRELOADED = re.compile(r'<link rel="preload" as="font" href="([^"]+)"')


def brought(site: Site, page: str) -> dict[str, frozenset[int]]:
    """Give the letters of each face that a page brings, as its fonts themselves have them."""
    found: dict[str, frozenset[int]] = {}
    for address, name in LINK.findall(page):
        answer = site.client.get(address)
        assert answer.status_code == 200 and answer.mimetype == "font/ttf"
        assert "immutable" in answer.headers["Cache-Control"]
        found[name] = found.get(name, frozenset()) | frozenset(TTFont(io.BytesIO(answer.data)).getBestCmap())
    return found


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_page_names_fonts_that_have_its_letters(language: str, site: Site) -> None:
    page = site.page("/search?q=훈민정음", language)
    fonts = brought(site, page)
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
    assert heading
    assert {ord(letter) for letter in re.sub("<.*?>", "", heading[1]) if letter > " "} <= fonts["serif-700"]
    assert all(len(letters) < 500 for letters in fonts.values())


def test_what_the_first_screen_is_set_in_is_asked_for_at_once(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_letters, "FEW", 1)
    page = site.page("/search?q=훈민정음")
    named, asked = [address for address, _name in LINK.findall(page)], PRELOADED.findall(page)
    assert 0 < len(set(named) & set(asked)) < len(named)
    assert [one for one in asked if one not in named] == re.findall(r"url\((/static/[^)]*)\)", page)
    assert page.index(asked[0]) < page.index('rel="stylesheet"')


def test_old_hangul_comes_with_the_rules_that_join_it_here(site: Site) -> None:
    page = site.page("/search?q=" + "ᄒᆞᆫ글 ᄯᅡ〮ᄒᆡ")
    fonts = {name: site.client.get(address).data for address, name in LINK.findall(page)}
    joining = [name for name, letters in brought(site, page).items() if letters & OLD_HANGUL]
    assert [name for name, data in fonts.items() if "ljmo" in features(data)] == joining
    assert any(name.startswith("serif") for name in joining)
    for name in joining:
        whole = hb.Face(hb.Blob.from_file_path(f"var/fonts/{FONTS[name]}.ttf"))
        for syllable in ("ᄒᆞᆫ", "ᄯᅡ", "ᄒᆡ"):
            assert advances(hb.Face(hb.Blob(fonts[name])), syllable) == advances(whole, syllable)
    assert not any("ljmo" in features(site.client.get(link).data) for link, _ in LINK.findall(site.page("/")))


FONTS = {face.name: face.font for face in FACES}


def advances(face: hb.Face, text: str) -> list[int]:
    """Give how far each glyph of a text moves on, when it is shaped."""
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    hb.shape(hb.Font(face), buffer)
    assert all(one.codepoint for one in buffer.glyph_infos), "no glyph is missing"
    return [one.x_advance for one in buffer.glyph_positions]


def features(font: bytes) -> set[str]:
    with TTFont(io.BytesIO(font)) as opened:
        return (
            {one.FeatureTag for one in opened["GSUB"].table.FeatureList.FeatureRecord}
            if "GSUB" in opened
            else set()
        )


def test_the_style_in_the_head_is_the_only_one_let_in(site: Site) -> None:
    answer = site.client.get("/")
    policy = answer.headers["Content-Security-Policy"]
    style = re.search(r"<style>(.*?)</style>", answer.text)
    assert style and "unsafe-inline" not in policy
    assert re.search(r"style-src 'self' 'sha256-[\w+/=]{44}';", policy)
    assert answer.text.count("<style") == 1


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.font)
def test_what_the_site_did_not_sign_is_not_cut(face: Face, site: Site) -> None:
    name = f"{face.family}-{face.weight}"
    for spelt in (
        token(frozenset("가")),
        "A" * 12 + token(frozenset("가")),
        "",
        "A",
        "가" * 12,
        "A" * 4000,
        "..%2f..%2fx",
    ):
        assert site.client.get(f"/fonts/{name}/{spelt}.ttf").status_code == 404
    assert site.client.get(f"/fonts/mono-400/{token(frozenset('가'))}.ttf").status_code == 404


def test_the_signature_of_one_face_does_not_open_another(site: Site) -> None:
    address = LINK.search(site.page("/"))
    assert address
    other = address[1].replace("sans-400", "serif-400")
    assert other != address[1] and site.client.get(other).status_code == 404
