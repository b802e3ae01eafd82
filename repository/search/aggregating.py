"""A whole result laid out over time and over the map: counted by an engine, put together by us."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from repository.search import matching, terms, tiles
from repository.search.engine import Aggregates, Span, Spot
from repository.search.glances import Glances
from repository.search.knowledge import Knowledge
from repository.search.matching import Clause, column
from repository.search.query import Query

STEPS = ((300, 10), (1500, 50))  # up to so many years from first to last, bars of so many
_WIDEST = 100
MOST_SPOTS = 1000


def aggregate(glances: Glances | None, asked: Query, knowledge: Knowledge, level: int) -> Aggregates:
    """Lay out what a question finds; where nothing holds all its words, what comes near.

    Raises BadRequest for too many terms.
    """
    words = terms.of(asked.text, knowledge.lexicon())
    if glances is None or (asked.text and not words):
        return Aggregates()
    clause = matching.plan(asked, words).clause()
    relaxed = bool(terms.sounds_of(words)) and glances.counts([clause]) == [0]
    unbound = replace(asked, year_from=None, year_to=None)
    return Aggregates(
        spans(glances.decades(_clause(unbound, words, relaxed))),
        spots(glances.values(_clause(asked, words, relaxed), column("spots", str(level)))),
    )


def _clause(asked: Query, words: tuple[terms.Term, ...], relaxed: bool) -> Clause:
    return matching.plan(asked, words, relaxed).clause()


def spans(decades: Mapping[int, int]) -> tuple[Span, ...]:
    """Put decades together to bars of 10, 50 or 100 years; from the first to the last none is left out."""
    if not decades:
        return ()
    first, last = min(decades), max(decades)
    step = next((step for most, step in STEPS if last - first <= most), _WIDEST)
    counts = dict.fromkeys(range(first // step * step, last + 1, step), 0)
    for decade, count in decades.items():
        counts[decade // step * step] += count
    return tuple(Span(year, year + step - 1, count) for year, count in counts.items())


def spots(counted: Iterable[tuple[str, int]]) -> tuple[Spot, ...]:
    """Place squares on the map, those with the most items first."""
    ordered = sorted(counted, key=lambda one: (-one[1], one[0]))[:MOST_SPOTS]
    return tuple(Spot(name, *tiles.centre(name), count) for name, count in ordered)
