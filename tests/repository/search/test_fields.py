"""Prefixes and times among the words of a query: read, left alone where they are none, and nothing lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repository.search import fields
from repository.search.document import FIELDS
from repository.search.fields import Period
from repository.search.query import PARAMETERS, Query, parse

SPLIT = [
    ("제목:훈민정음 세종", [("훈민정음", "titles"), ("세종", "")]),
    ("제목: 훈민정음 해례본", [("훈민정음", "titles"), ("해례본", "")]),
    ("제목：훈민정음", [("훈민정음", "titles")]),
    ("Title:abc MAKER:'x'", [("abc", "titles"), ("'x'", "makers")]),
    ('-작가:"김 정호" 지도', [('-"김 정호"', "makers"), ("지도", "")]),
    ('"이 책 제목: 없음"', [('"이 책 제목: 없음"', "")]),
    ("소장:한빛 holder:narae", [("한빛", "holders"), ("narae", "holders")]),
    ("http://x.example/제목:1", [("http://x.example/제목:1", "")]),
    ("제목:", [("제목:", "")]),
    ('a"b c"d', [('a"b', ""), ('c"d', "")]),
    ("tıtle:x", [("x", "")]),
]


@pytest.mark.parametrize(("text", "said"), SPLIT, ids=[text for text, _said in SPLIT])
def test_prefixes_hold_for_the_one_word_or_phrase_after_them(text: str, said: list[tuple[str, str]]) -> None:
    assert [(piece.text, piece.field) for piece in fields.pieces(text)] == said


@pytest.mark.parametrize("name", FIELDS)
def test_every_field_is_asked_for_by_its_own_name_in_both_languages(name: str) -> None:
    for said in (FIELDS[name].ko, FIELDS[name].en):
        assert fields.pieces(f"{said}:x")[0].field == name


TIMES = [
    ("15세기", Period(15)),
    ("15th", Period(15)),
    ("15th century", Period(15)),
    ("15", Period(15)),
    ("기원전 1세기", Period(-1)),
    ("2nd century BC", Period(-2)),
    ("조선", Period(years=(1392, 1897))),
    ("Joseon", Period(years=(1392, 1897))),
    ("삼국 시대", Period(years=(-56, 668))),
    ("0", None),
    ("1446", None),
    ("먼 옛날", None),
]


@pytest.mark.parametrize(("text", "meant"), TIMES, ids=[text for text, _meant in TIMES])
def test_a_time_is_read_as_a_century_or_an_era(text: str, meant: Period | None) -> None:
    assert fields.period(text) == meant


def test_a_time_among_the_words_becomes_a_filter_and_leaves_the_words() -> None:
    assert parse({"q": ['지도 시대:"15세기" century:16 -사진']}) == Query(
        text="지도 -사진", filters=(("century", ("15", "16")),)
    )
    assert parse({"q": ["시대:조선 지도"]}) == Query(text="지도", year_from=1392, year_to=1897)
    assert parse({"q": ["시대:조선"], "from": ["1500"]}) == Query(year_from=1500)
    assert parse({"q": ["시대:15"], "century": ["15"]}).chosen("century") == ("15",)
    assert parse({"q": ["시대:먼옛날 -시대:15"]}) == Query(text="시대:먼옛날 -시대:15")


@given(st.text(max_size=200))
def test_nothing_typed_is_lost_and_nothing_fails(text: str) -> None:
    found = fields.pieces(text)
    kept = "".join("".join(piece.typed for piece in found).split())
    assert kept == "".join(text.split())
    assert fields.take(text, "titles")[1] or fields.take(text, "titles")[0] == text


@given(st.text(max_size=120), st.lists(st.sampled_from(["book", "map"]), max_size=2))
def test_a_search_survives_its_own_address(text: str, types: list[str]) -> None:
    once = parse({"q": [text], "type": types})
    params: dict[str, list[str]] = {}
    for name, value in once.pairs():
        params.setdefault(name, []).append(value)
    assert parse(params) == once


def test_the_table_of_parameters_is_what_is_read() -> None:
    class Asked(dict[str, list[str]]):
        """Notes which names are looked for."""

        def get(self, name: str, default: object = None) -> list[str]:
            asked.append(name)
            return []

    asked: list[str] = []
    parse(Asked())
    assert set(asked) == {one.name for one in PARAMETERS}
