"""How names begin to be typed: unfinished syllables, initials, Hanja, both romanisations, the wrong keyboard."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repository.search import prefixes


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("훈미", "훈민정음"),
        ("훈민저", "훈민정음"),
        ("훈ㅁ", "훈민정음"),
        ("훈민 정", "훈민정음"),
        ("훈민정", "훈민 정음"),
        ("골", "고려사"),  # between 고 and 고려
        ("고", "과거 시험"),  # before 과
        ("ㅎㅁㅈㅇ", "훈민정음"),
        ("ㅎㅁ", "訓民正音"),
        ("訓民", "訓民正音"),
        ("訓民", "훈민정음"),
        ("훈민", "訓民正音"),
        ("gnsals", "훈민정음"),
        ("tpwhd", "세종"),
        ("ㄴ디ㅐㅜㅎ", "Selong"),
        ("hunmin", "훈민정음"),
        ("hunminjeo", "훈민정음"),
        ("Hunmin chŏng", "훈민정음"),
        ("hunmin", "Hunmin chŏngŭm"),
        ("chong", "정인지"),
        ("해례", "훈민정음 해례본"),
        ("gogh", "Vincent van Gogh"),
        ("竜飛", "龍飛御天歌"),
        ("6.25", "6·25 전쟁"),
    ],
)
def test_a_name_begins_as_typed_and_an_index_holds_a_token_of_it(text: str, name: str) -> None:
    typed = prefixes.typed(text)
    assert prefixes.fit(name, typed) is not None
    tokens = set(prefixes.tokens(name))
    assert tokens & {*prefixes.held(typed), *prefixes.held(typed, within=True)}


@pytest.mark.parametrize(
    ("text", "name"),
    [("훈미", "훈련"), ("민정", "훈민정음"), ("ㅎㅁ", "한글"), ("gns", "군사"), ("세종", "세조")],
)
def test_another_name_does_not_begin_so(text: str, name: str) -> None:
    assert prefixes.fit(name, prefixes.typed(text)) is None


@pytest.mark.parametrize("text", ["", " ", "ㅎ", "a", "!?", "ㅎ "])
def test_too_little_selects_nothing(text: str) -> None:
    assert prefixes.typed(text) == ()


def test_whole_syllables_come_before_letters() -> None:
    typed = prefixes.typed("김")
    fits = [prefixes.fit(name, typed) for name in ("김정호", "기무라", "가나 김정호")]
    assert fits == [(0, 0), (0, 1), (1, 0)]


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_may_be_typed_and_be_a_name(text: str, name: str) -> None:
    typed = prefixes.typed(text)
    assert all(" " not in token and len(token) <= 16 for token in prefixes.tokens(name))
    assert len(set(prefixes.tokens(name))) <= 160
    if prefixes.fit(name, typed):
        held = {*prefixes.held(typed), *prefixes.held(typed, within=True)}
        assert held & set(prefixes.tokens(name))
