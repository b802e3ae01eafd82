"""Ways on from an empty answer: the same search with less in it, each with how much it would find."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from flask_babel import gettext as _

from repository.search import fields
from repository.search.engine import SearchEngine
from repository.search.query import Query
from repository.urls import Urls

MOST_TRIED = 5


@dataclass(frozen=True, slots=True)
class Way:
    """A search that finds something: what is left out or kept, its link and its count."""

    label: str
    url: str
    count: int


def ways(engine: SearchEngine, query: Query, urls: Urls) -> list[Way]:
    """Try a few simpler searches, and give those that hold what was asked for."""
    found = []
    for label, less in list(_simpler(replace(query, cursor="", size=Query().size)))[:MOST_TRIED]:
        results = engine.search(replace(less, size=1))
        if results.total and not results.relaxed:
            found.append(Way(label, urls.search(less.pairs()), results.total))
    return found


def _simpler(query: Query) -> Iterator[tuple[str, Query]]:
    """First without filters, then without prefixes, then each word by itself."""
    free = replace(query, filters=(), year_from=None, year_to=None)
    if query.narrowings and query.text:
        yield _("조건 없이 “%(words)s”", words=query.text), free
    parts = [piece for piece in fields.pieces(query.text) if not piece.text.startswith("-")]
    if any(piece.field for piece in parts):
        words = " ".join(piece.text for piece in parts)
        yield _("어디에 있든 “%(words)s”", words=words), replace(free, text=words)
    if len(parts) > 1:
        for piece in parts:
            yield f"“{piece.words}”", replace(free, text=piece.text)
