"""Pairs of names that librarians say are one thing: what such a pair may be, and the kinds of relation."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from repository.errors import BadRequest
from repository.search.folding import fold

LONGEST_NAME = 100
SYNONYM = "synonym"
# What `other` may be to `name`, of the relations whose words `repository.search.lexicon` has.
RELATIONS = (
    SYNONYM,
    "pen_name",
    "courtesy_name",
    "posthumous_name",
    "former_name",
    "variant_title",
    "spelling",
)


class Pair(NamedTuple):
    """Two names, and what the other is to the first."""

    name: str
    other: str
    relation: str = SYNONYM


def checked(name: str, other: str, relation: str = SYNONYM) -> Pair:
    """Read a pair as somebody typed it. Raises BadRequest for one that says nothing."""
    if relation not in RELATIONS:
        raise BadRequest(
            "relation_unknown",
            "그런 관계는 없습니다. 목록에서 골라 주세요.",
            "There is no such relation. Please choose one of the list.",
        )
    pair = Pair(_name(name), _name(other), relation)
    if key(pair.name) == key(pair.other):
        raise BadRequest(
            "synonym_same",
            "두 이름은 검색에서 이미 같습니다. 한자의 다른 모양, 대소문자와 띄어쓰기는 저절로 같게 봅니다.",
            "The search already takes these two as one: variant Hanja, case and spaces make no difference.",
        )
    return pair


def key(name: str) -> str:
    """Give what two names must share to be one already: folded, without spaces."""
    return "".join(fold(name).text.split())


def _name(typed: str) -> str:
    text = " ".join(unicodedata.normalize("NFC", typed[: LONGEST_NAME * 4]).split())
    fine = text.isprintable() and any(character.isalnum() for character in text) and '"' not in text
    if not fine or len(text) > LONGEST_NAME or not key(text):
        raise BadRequest(
            "synonym_name",
            f"두 이름을 모두 적어 주세요. 글자나 숫자가 있어야 하고, {LONGEST_NAME}자까지입니다.",
            f"Please give both names, of letters or numbers, at most {LONGEST_NAME} characters each.",
        )
    return text
