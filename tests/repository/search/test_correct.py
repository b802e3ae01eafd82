"""Words put right: letters of syllables are what is counted, not syllables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repository.search.correct import distance, nearest


@pytest.mark.parametrize(
    ("one", "other", "steps"),
    [
        ("", "", 0),
        ("abc", "abc", 0),
        ("abc", "abd", 1),
        ("abc", "acb", 1),
        ("abc", "ab", 1),
        ("abc", "xyz", 3),
    ],
)
def test_distance_counts_letters(one: str, other: str, steps: int) -> None:
    assert distance(one, other, 3) == distance(other, one, 3) == steps


def test_distance_gives_up_early() -> None:
    assert distance("a" * 500, "b" * 500, 2) == 3
    assert distance("abcdef", "abcdefghij", 2) == 3


@given(st.text("abc", max_size=9), st.text("abc", max_size=9))
def test_distance_is_bounded_and_the_same_both_ways(one: str, other: str) -> None:
    found = distance(one, other, 9)
    assert found == distance(other, one, 9)
    assert (found == 0) == (one == other)
    assert distance(one, other, 2) == min(found, 3)


def test_the_nearest_word_wins_then_the_commonest() -> None:
    known = {"세종": 3, "세조": 9, "세정": 1, "훈민정음": 2, "sejong": 5}
    assert nearest("세중", known) == "세종"
    assert nearest("훈민정움", known) == "훈민정음"
    assert nearest("훈만정움", known) == "훈민정음"
    assert nearest("sejnog", known) == "sejong"
    assert nearest("세종", known) == ""
    assert nearest("완전히다른말", known) == ""
