"""What an index keeps of a document for suggestions: its names as written, and how each begins to be typed.

One column of tokens (`STARTS`) holds the beginnings of titles, makers and places, told apart by a letter, and
the ends of their words, by which a word with a wrong letter is found. `BRIEF` orders documents by the length
of their first title: what is nearest to what was typed comes first, and no two documents share a number.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import msgspec

from repository.search import prefixes
from repository.search.document import SEQ_BITS, SearchDocument
from repository.shapes import Shape

STARTS = "starts"
NAMES = "names"
BRIEF = "brief"
LETTERS = {"titles": "t", "makers": "m", "places": "p"}
MOST = {"titles": 8, "makers": 20, "places": 12}
LONGEST_NAME = 120  # characters
MOST_KEPT = 20_000  # names whose beginnings each process remembers; some 40 MB
_LENGTH_BITS = 8


class Names(msgspec.Struct, frozen=True, array_like=True):
    """The names of a document, as written."""

    titles: tuple[str, ...] = ()
    makers: tuple[str, ...] = ()
    places: tuple[str, ...] = ()

    def of(self, field: str) -> tuple[str, ...]:
        """Give the names of one field."""
        found: tuple[str, ...] = getattr(self, field)
        return found


_NAMES = Shape(Names)


class Entry(NamedTuple):
    """A document with its names."""

    id: str
    names: Names


def names_of(document: SearchDocument) -> Names:
    """Gather the names of a document that may be suggested."""
    return Names(
        *(tuple(map(shown, document.texts.get(field, ())[:most])) for field, most in MOST.items()),
    )


def write(names: Names) -> bytes:
    """Write names as an index keeps them."""
    return msgspec.json.encode(names)


def read(body: bytes) -> Names:
    """Read what `write` wrote; of nothing, nothing."""
    return _NAMES.read(body or b"[]")


def tokens(names: Names) -> list[str]:
    """Give the tokens of `STARTS`, each once."""
    found = [prefixes.tokens(name, LETTERS["titles"]) for name in names.titles]  # hardly any comes again
    found += [_beginnings(name, LETTERS["makers"]) for name in names.makers]
    found += [_beginnings(name, LETTERS["places"]) for name in names.places]
    return list(dict.fromkeys(chain.from_iterable(found)))


# How a name of a field begins, and how its words end; makers and places come again and again.
_beginnings = lru_cache(maxsize=MOST_KEPT)(prefixes.tokens)


def brief(document: SearchDocument) -> int:
    """Give the number that orders documents by the length of their first title, then by `seq`."""
    titles = document.texts.get("titles", ())
    length = min(
        len(prefixes.letters(titles[0][: prefixes.LONGEST])) if titles else 0, (1 << _LENGTH_BITS) - 1
    )
    return length << (SEQ_BITS - _LENGTH_BITS) | document.seq >> _LENGTH_BITS


def shown(name: str) -> str:
    """Give a name as it is suggested: a long one is cut."""
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
