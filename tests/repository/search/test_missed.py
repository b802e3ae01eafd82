"""What is kept of a question that found nothing: folded words, and nothing that looks like somebody's data."""

from __future__ import annotations

import pytest

from repository.search import missed
from repository.search.engine import Hit, Results
from repository.search.query import Query


@pytest.mark.parametrize(
    "text",
    [
        "kim@example.org",
        "김철수 ｋｉｍ＠example.org",
        "@kim_cheolsu",
        "010-1234-5678",
        "０１０ １２３４ ５６７８",
        "+82 10 1234 5678",
        "02)123-4567",
        "900101-1234567",
        "900101 1234567 김철수",
        "4123 4567 8901 2345",
        "1234567",
        "12가 3456",
        "한빛아파트 101동 1203호",
        "세종대로 209",
        "진관4로 48-50",
        "m12345678",
        "https://example.org/kim",
        "가" * 101,
        "!!!",
        "",
    ],
)
def test_what_looks_personal_is_not_kept(text: str) -> None:
    assert missed.text_of(Query(text)) == ""


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("훈민정음", "훈민정음"),
        ("  대한  매일신보 1904 ", "대한 매일신보 1904"),
        ("Keijō 京城", "keijō 京城"),
        ("종로 3가", "종로 3가"),
        ("길상사 7층 석탑", "길상사 7층 석탑"),
        ("고종 34년 (1897)", "고종 34년 (1897)"),
        ("6·25 전쟁", "6·25 전쟁"),
    ],
)
def test_names_of_the_past_are_kept_folded(text: str, kept: str) -> None:
    assert missed.text_of(Query(text)) == kept


def test_filters_and_later_pages_are_not_the_fault_of_words() -> None:
    assert missed.text_of(Query("훈민", filters=(("type", ("book",)),))) == ""
    assert missed.text_of(Query("훈민", year_from=1446)) == ""
    assert missed.text_of(Query("훈민", cursor="abc")) == ""


def test_an_answer_falls_short_in_two_ways() -> None:
    assert missed.kind_of(Results()) == "nothing"
    assert missed.kind_of(Results(3, (Hit("a"),), relaxed=True)) == "relaxed"
    assert missed.kind_of(Results(3, (Hit("a"),))) == ""
