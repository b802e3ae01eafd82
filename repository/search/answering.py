"""How a question is answered over any engine: matched, counted, the nearest ranked by us, and page after page.

An engine gives what matches in the order of a plan (score, then key) or of a key alone. The first `WINDOW` of
the former are ranked anew; what comes behind them keeps the engine's order, so that a cursor reaches the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

import msgspec

from repository.search import cursor, matching, ranking, terms
from repository.search.cursor import Place
from repository.search.document import FACETS
from repository.search.engine import FacetCount, Hit, Results
from repository.search.kept import Kept
from repository.search.knowledge import Knowledge
from repository.search.matching import Plan
from repository.search.query import Query
from repository.search.terms import Term

WINDOW = 300  # documents that the ranker orders
MOST_FACET_VALUES = 100
YEAR_KEYS = {"year": "year_up", "-year": "year_down"}


class Order(NamedTuple):
    """By nearness where no key is named, else by a key, which is a whole number that no two documents share."""

    key: str = ""
    descending: bool = False


class Row(NamedTuple):
    """A document found and its place in the order asked for; its tokens where it is to be ranked."""

    id: str
    place: Place
    tokens: Kept


class Wanted(NamedTuple):
    """What an engine is asked for at once: `size` rows after a place, and counts of facets over other plans."""

    plan: Plan
    order: Order
    size: int
    after: Place | None = None
    counts: tuple[tuple[Plan, tuple[str, ...]], ...] = ()


class Found(NamedTuple):
    """What an engine found: the number of all that match, and how many have each value of the facets."""

    total: int
    rows: Sequence[Row]
    counts: dict[str, tuple[FacetCount, ...]]


class Reader(Protocol):
    """The reading end of an engine."""

    def find(self, wanted: Wanted) -> Found:
        """Find documents and count them."""


def answer(reader: Reader | None, asked: Query, knowledge: Knowledge) -> Results:
    """Answer a question; where nothing holds all its words, with what comes near. Without an index, with nothing.

    Raises BadRequest for a cursor of another question or too many terms.
    """
    words = terms.of(asked.text, knowledge.lexicon())
    place = cursor.read(asked)
    if reader is None or (asked.text and not words):
        return Results()
    results = _Question(reader, asked, words, knowledge).answer(place)
    if results.total or not terms.sounds_of(words):
        return results
    nearby = _Question(reader, asked, words, knowledge, relaxed=True).answer(place)
    return msgspec.structs.replace(nearby, relaxed=nearby.total > 0)


class _Question(NamedTuple):
    reader: Reader
    asked: Query
    terms: Sequence[Term]
    knowledge: Knowledge
    relaxed: bool = False

    def plan(self, without: str = "") -> Plan:
        return matching.plan(self.asked, self.terms, self.relaxed, without, self.knowledge.statistics())

    def answer(self, place: Place | None) -> Results:
        plan = self.plan()
        if self.asked.sort != "relevance" or not plan.weighed:
            return self._by_key(plan, place)
        if place is not None and place.score:
            return self._behind(plan, Place(min(place.score, plan.nearest), place.key))
        return self._ranked(plan, min(place.key, WINDOW) if place else 0)

    def _ranked(self, plan: Plan, offset: int) -> Results:
        """Give a page of the ranked window, and what stands behind it where the page reaches beyond."""
        found = self._find(plan, Order(), WINDOW)
        end = offset + self.asked.size
        hits = self._hits(found.rows, slice(offset, end))
        last = found.rows[-1].place if end >= WINDOW and found.rows else Place(0, end)
        if end > WINDOW and found.total > WINDOW:
            behind = self.reader.find(Wanted(plan, Order(), end - WINDOW, last)).rows
            hits += self._as_they_stand(behind)
            last = behind[-1].place if behind else last
        return self._page(found, hits, last if found.total > end else None)

    def _behind(self, plan: Plan, place: Place) -> Results:
        """Give a page behind the ranked window."""
        found = self._find(plan, Order(), self.asked.size + 1, place)
        rows = found.rows[: self.asked.size]
        more = rows[-1].place if len(found.rows) > len(rows) else None
        return self._page(found, self._as_they_stand(rows), more)

    def _by_key(self, plan: Plan, place: Place | None) -> Results:
        """Give a page in the order of a key; every page is as near as the first."""
        key = YEAR_KEYS.get(self.asked.sort, "seq")
        order = Order(key, descending=key != "seq" and self.asked.sort.startswith("-"))
        found = self._find(plan, order, self.asked.size + 1, place)
        rows = found.rows[: self.asked.size]
        more = rows[-1].place if len(found.rows) > len(rows) else None
        return self._page(found, [Hit(row.id) for row in rows], more)

    def _find(self, plan: Plan, order: Order, size: int, after: Place | None = None) -> Found:
        """Ask for rows, and for counts over the whole result; a facet's own filter does not narrow its counts."""
        narrowed = matching.narrowed(self.asked)
        free = tuple(name for name in FACETS if name not in narrowed)
        own = tuple((self.plan(without=name), (name,)) for name in narrowed)
        return self.reader.find(Wanted(plan, order, size, after, counts=((plan, free), *own)))

    def _page(self, found: Found, hits: Sequence[Hit], more: Place | None) -> Results:
        facets = {name: found.counts.get(name, ()) for name in FACETS}
        return Results(found.total, tuple(hits), facets, cursor.write(self.asked, more) if more else "")

    def _hits(self, rows: Iterable[Row], part: slice = slice(None)) -> list[Hit]:
        candidates = [ranking.Candidate(row.id, row.tokens) for row in rows]
        return ranking.rank(self.terms, candidates, self.knowledge.statistics(), part)

    def _as_they_stand(self, rows: Sequence[Row]) -> list[Hit]:
        ranked = {hit.id: hit for hit in self._hits(rows)}
        return [msgspec.structs.replace(ranked[row.id], score=0.0) for row in rows]


def counted(values: Iterable[tuple[str, int]]) -> tuple[FacetCount, ...]:
    """Put the values of a facet in order, the commonest first, and leave out those beyond the hundredth."""
    ordered = sorted(values, key=lambda one: (-one[1], one[0]))
    return tuple(FacetCount(value, count) for value, count in ordered[:MOST_FACET_VALUES])
