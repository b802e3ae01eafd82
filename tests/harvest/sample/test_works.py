"""The facts of the sample works: whole, in both scripts, honest about being samples, lettered by the faces."""

import json
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

import harvest.sample
from harvest.sample.build import FONTS
from harvest.sample.drawings import DRAWINGS, letters
from harvest.sample.formats import TYPES
from harvest.sample.provider import ENDPOINTS, SETS
from harvest.sample.seen import alternative, at_length, lines, page_text
from harvest.sample.works import MARGIN_EN, MARGIN_KO, Work, institutions, load, places

ALL = [work for source in ENDPOINTS for work in load(source)]
SHOWN = [work for work in ALL if work.title and not work.deleted]
SOURCES = sorted((Path(harvest.sample.__file__).parent / "sources").glob("*.toml"))
FREE = ("제0유형", "#00-tab", "AI유형", "만료", "publicdomain", "licenses/by/4.0")


def han(text: str) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" or "\uf900" <= letter <= "\ufaff" for letter in text)


def test_there_are_enough_works_and_files_of_four_kinds() -> None:
    assert {source: len(load(source)) for source in ENDPOINTS} == {
        "library": 52, "museum": 44, "gallery": 33, "archive": 35,
    }  # fmt: skip
    assert 380 <= sum(len(work.assets) for work in ALL) <= 420
    large = [asset for work in ALL for asset in work.assets if asset.size[0] * asset.size[1] > 30_000_000]
    assert len(large) == 2


@pytest.mark.parametrize("work", SHOWN, ids=lambda work: work.id)
def test_each_work_is_described_in_both_scripts_and_both_languages(work: Work) -> None:
    assert work.roman.isascii() and work.roman
    assert work.english and work.description and work.description_en.endswith(".")
    assert not work.hanja or han(work.hanja)
    assert work.date and work.extent and work.subjects and work.call and work.makers
    for maker in work.makers:
        assert maker.english and maker.role
        invented, folk_name = "invented" in maker.english, maker.name == "빙허각 이씨"
        assert invented or han(maker.hanja) or folk_name, maker.name
        assert not maker.life or maker.life in maker.label
    assert set(work.sets) <= set(SETS) and work.kind in TYPES


def test_nearly_all_works_have_a_hanja_title() -> None:
    without = [work.id for work in SHOWN if not work.hanja]
    assert without == ["L017", "L047", "M041", "A002", "A003", "A020"]


def test_rights_of_every_kind_occur_and_enough_are_free_for_training() -> None:
    rights = Counter(f"{work.rights_uri} {work.rights_text}".strip() for work in SHOWN)
    written = " | ".join(rights)
    for kind in range(5):
        assert f"license.do#0{kind}-tab" in written
    for mark in (
        "제1유형 + AI유형", "제4유형 + AI유형", "보호기간 만료", "publicdomain/mark", "publicdomain/zero",
        "licenses/by/4.0", "vocab/InC", "vocab/NoC-US", "vocab/CNE", "저작권 있음",
        "문의하여 주시기 바랍니다",
        "제2유형 + AI유형", "제3유형 + AI유형", "licenses/by-sa", "licenses/by-nc/", "licenses/by-nc-nd",
        "domaine public",
        "vocab/InC-EDU", "vocab/InC-NC", "vocab/InC-RUU", "vocab/NoC-NC", "vocab/NoC-CR", "vocab/NoC-OKLR",
        "vocab/NKC", "vocab/UND",
    ):  # fmt: skip
        assert mark in written, mark
    assert rights[""] >= 2
    free = [work for work in SHOWN if any(mark in work.rights_uri + work.rights_text for mark in FREE)]
    assert len(free) >= 25


def test_date_texts_are_of_many_kinds() -> None:
    dates = " ".join(text for work in ALL for text in (work.date, *work.date_also))
    forms = (
        "세종 28년",
        "18세기 후반",
        "단기 4252년",
        "昭和 2年",
        "고종 연간",
        "미상",
        "광무 3년",
        "大正 15年",
    )
    for form in (*forms, "辛酉年", "음력", "宣光 7年", "天啓 壬戌", "1840년대", "연대 미상"):
        assert form in dates, form


def test_each_fault_on_purpose_occurs_once() -> None:
    assert [work.id for work in ALL if work.deleted] == ["L023"]
    assert [work.id for work in ALL if work.damaged] == ["L022"]
    assert [work.id for work in ALL if not work.title] == ["M014"]
    assert [work.id for work in ALL if work.missing] == ["M015"]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_each_source_says_that_it_is_invented(path: Path) -> None:
    source = tomllib.loads(path.read_text(encoding="utf-8"))
    assert source["endpoint"] == f"{{base}}/{path.stem}/oai"
    assert tuple(source["prefixes"]) == ENDPOINTS[path.stem]
    assert source["provider"] in {row["id"] for row in source["institutions"]}
    for row in (source, *source["institutions"]):
        assert row["invented"] is True
        assert "가상 기관" in row["name_ko"] and "invented institution" in row["name_en"]


def test_six_institutions_and_two_holders_behind_the_aggregator() -> None:
    assert len(institutions()) == 6
    assert {work.holder.id for work in load("gallery")} == {"sample-solbaram", "sample-dalyeoul"}


def test_each_picture_is_known_and_nearly_all_say_what_is_to_be_seen() -> None:
    gaps = Counter[str]()
    for work in ALL:
        for asset in work.assets:
            assert asset.draw in DRAWINGS or asset.draw == "film"
            korean, english = alternative(asset), alternative(asset, english=True)
            assert bool(korean) == bool(english), asset.path
            if not korean:
                gaps[work.id] += asset.role != "captions"
                continue
            assert korean.count(MARGIN_KO) == english.count(MARGIN_EN) == 1
            assert len(korean) <= 500 and len(english) <= 500, asset.path
            assert korean.removesuffix(f" ({MARGIN_KO})") not in (work.title, asset.label)
    assert +gaps == {"M014": 1, "G016": 5, "G017": 1}


def test_long_descriptions_are_of_both_languages_and_pages_say_their_text() -> None:
    pictures = [asset for work in ALL for asset in work.assets]
    assert all(bool(at_length(asset)) == bool(at_length(asset, english=True)) for asset in pictures)
    assert sum(bool(asset.long) for asset in pictures) >= 7
    primer = [asset for asset in pictures if asset.draw == "primer"]
    assert len(primer) == 42
    characters = "".join(part.partition("(")[0] for asset in primer for part in page_text(asset))
    assert characters.startswith("天地玄黃") and characters.endswith("焉哉乎也") and len(characters) == 1000
    assert at_length(primer[0]).startswith("이 면의 글: 天地玄黃宇宙(천지현황우주)")


def test_what_is_told_of_the_librarys_pictures_names_each_file_once() -> None:
    told = [json.loads(line) for line in lines()]
    assert len({one["key"] for one in told}) == len(told) == sum(len(work.assets) for work in load("library"))
    assert {one["by_hand"] for one in told} == {True, False}
    assert all(set(one["alt"]) == {"ko", "en"} for one in told)


def test_places_lie_where_they_are_named() -> None:
    named = {place for work in ALL for place in work.places}
    assert set(places()) <= named
    assert named - set(places()) == {
        "대한민국",
        "압록강(鴨綠江)",
        "조선(朝鮮)",
        "팔도(八道)",
        "한강(漢江)",
        "한반도",
    }
    for north, east in places().values():
        assert -90 < north < 90 and -180 < east < 180


def test_the_face_has_every_letter_that_is_drawn() -> None:
    face = FONTS / letters.FILES[True]
    with TTFont(face, lazy=True) as font:
        known = font.getBestCmap()
    drawn = {
        cluster for work in ALL for asset in work.assets
        for text in (asset.text, asset.fold, asset.head, asset.title, asset.hanja)
        for cluster in letters.clusters(text)
    }  # fmt: skip
    assert [cluster for cluster in sorted(drawn) if len(cluster) == 1 and ord(cluster) not in known] == []


def test_the_small_selection_is_about_twenty_with_all_faults() -> None:
    small = [work for source in ENDPOINTS for work in load(source, tiny=True)]
    assert 18 <= len(small) <= 30
    assert sum(work.deleted + work.damaged + work.missing + (not work.title) for work in small) == 4
    assert max(len(work.pictures) for work in small) == 1
