"""What things are called besides: the other names of a name, each with the relation between the two."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from repository.search import hanja
from repository.search.folding import fold, without_marks


class Other(NamedTuple):
    """Another name, and what it is to the name that was asked for (pen name, former name, synonym …)."""

    name: str
    relation: str


class Lexicon:
    """Other names by name, both ways; case, spaces, marks on Latin letters, Hanja or Hangul make no difference.

    A lexicon is only read: what librarians add makes a new one, so that a question never sees half a change.
    """

    def __init__(self, rows: Iterable[tuple[str, str, str]] = ()) -> None:
        """Take rows of two names and the relation between them."""
        self._others: dict[str, dict[Other, None]] = {}
        for one, other, relation in rows:
            self._others.setdefault(_key(one), {})[Other(other, relation)] = None
            self._others.setdefault(_key(other), {})[Other(one, relation)] = None

    def others(self, name: str) -> tuple[Other, ...]:
        """Give the other names of a name, in the order in which they were given."""
        return tuple(self._others.get(_key(name), ()))


class Relation(NamedTuple):
    """What one name is to another, in words."""

    ko: str
    en: str


def relation(code: str) -> Relation:
    """Give the words of a relation; of one that is not known, its code."""
    return _relations().get(code) or Relation(code, code)


@cache
def shipped() -> tuple[tuple[str, str, str], ...]:
    """Give the rows of the list that is shipped: a name, another, and what the other is to the first."""
    return tuple((name, other, code) for name, other, code in _rows("names.tsv"))


@cache
def _relations() -> dict[str, Relation]:
    return {code: Relation(ko, en) for code, ko, en in _rows("relations.tsv")}


def _rows(name: str) -> list[list[str]]:
    text = (files("repository.search") / "data" / name).read_text("utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


def _key(name: str) -> str:
    return without_marks(hanja.read(fold(name).text))


EMPTY = Lexicon()
