"""What a pair of names may be."""

from __future__ import annotations

import pytest

from repository.errors import BadRequest
from repository.search import pairs
from repository.search.pairs import Pair


def test_a_pair_is_tidied() -> None:
    assert pairs.checked("  이 황 ", "\t退溪\n", "pen_name") == Pair("이 황", "退溪", "pen_name")
    assert pairs.checked("한성", "서울").relation == "synonym"


@pytest.mark.parametrize(
    ("name", "other", "relation", "code"),
    [
        ("", "퇴계", "synonym", "synonym_name"),
        ("이황", "…", "synonym", "synonym_name"),
        ("이황", "가" * 101, "synonym", "synonym_name"),
        ("이황", "퇴\u202e계", "synonym", "synonym_name"),
        ("이황", '퇴계"', "synonym", "synonym_name"),
        ("이황", "퇴계", "father", "relation_unknown"),
        ("훈민정음", "훈민 정음", "synonym", "synonym_same"),
        ("Keijo", "KEIJO", "synonym", "synonym_same"),
        ("龜", "龜", "synonym", "synonym_same"),
    ],
)
def test_what_says_nothing_is_refused(name: str, other: str, relation: str, code: str) -> None:
    with pytest.raises(BadRequest) as refused:
        pairs.checked(name, other, relation)
    assert refused.value.code == code and refused.value.ko and refused.value.en
