"""Types of things: from the words that sources use, Korean and English, to ours.

The words stand in `types.json`: `words` name one of our types, `coarse` are classes too wide to be one
(DCMI and EDM `Text` and `Image`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain

from repository.problems import Problem, problem

_PARTS = re.compile(r"[;,/|:>#()\[\]·]|--|\s-\s")
_FROM_MEDIA = {"film": "video", "sound": "sound", "document": "document"}
UNKNOWN = "unknown"


def derive(
    said: Iterable[str], hints: Iterable[str] = (), roles: Iterable[str] = (), field: str = "type"
) -> tuple[str, tuple[Problem, ...]]:
    """Tell the type, and the problem of how it was told.

    `said` are the source's own words for it; `hints` are words of other fields, believed only when they name
    a type by themselves; `roles` are those of the files. Without any of them the type is unknown, and said so.
    """
    words = [word for word in said if word]
    for word in words:
        if found := of_phrase(word):
            return found, ()
    coarse = (_table()[1].get(_key(_last_segment(word)), "") for word in words)
    derived = next(filter(None, chain(map(of_word, hints), map(_of_role, roles), coarse)), "")
    if derived:
        return derived, (problem("type_derived", field, f"{'; '.join(words)} → {derived}"),)
    return UNKNOWN, (problem("type_unknown", field, "; ".join(words)),)


def is_strange(word: str) -> bool:
    """Tell whether a word is in no table of ours, neither as a type nor as a coarse class."""
    return not of_phrase(word) and _key(_last_segment(word)) not in _table()[1]


def of_word(word: str) -> str:
    """Give the type that a word names by itself, or nothing."""
    return _table()[0].get(_key(word), "")


@lru_cache(maxsize=4096)
def of_phrase(phrase: str) -> str:
    """Give the type that a phrase names: by the whole, by a part, by the longest run of words, by a Korean ending."""
    parts = [part for part in _PARTS.split(_last_segment(phrase)) if part.strip()]
    whole = next(filter(None, map(of_word, [_last_segment(phrase), phrase, *parts])), "")
    return whole or next(filter(None, map(_of_part, parts)), "")


def _of_part(part: str) -> str:
    words = part.split()
    return next(filter(None, chain(map(of_word, _runs(words)), map(_of_ending, reversed(words)))), "")


def _runs(words: list[str]) -> Iterator[str]:
    """Yield runs of up to three words, the longest first, from the end, where the noun stands in both languages."""
    for size in (3, 2, 1):
        for end in range(len(words), size - 1, -1):
            yield " ".join(words[end - size : end])


def _of_ending(word: str) -> str:
    """Look a Korean compound up by its ending, the longest first: 조선후기고지도 is a 고지도."""
    if not "가" <= word[-1] <= "힣":
        return ""
    return next(filter(None, (of_word(word[start:]) for start in range(1, len(word) - 1))), "")


def _of_role(role: str) -> str:
    return _FROM_MEDIA.get(role, "")


def _last_segment(word: str) -> str:
    """Give what a URI ends in, and other words as they are."""
    return re.split(r"[/#]", word.rstrip("/"))[-1] if "://" in word else word


def _key(word: str) -> str:
    return " ".join(word.casefold().split())


@cache
def _table() -> tuple[dict[str, str], dict[str, str]]:
    """Read the words once: each to its type, and the coarse ones to the type they most often mean."""
    table = json.loads((files("harvest.crosswalks") / "types.json").read_text("utf-8"))
    return {word: name for name, words in table["words"].items() for word in words}, table["coarse"]
