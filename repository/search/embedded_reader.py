"""The reading end of the embedded engine: a plan as its own query, and rows in the order of nearness or a key.

The library orders by a score or by one key, never by both. So what is nearer than the last one of a page is
taken by score, and those that are exactly as near as it, of which there may be many, by their key.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tantivy import Document, FieldType, Occur, Query, Schema, Searcher
from tantivy import Order as Direction

from repository.search.answering import Found, Order, Row, Wanted, counted
from repository.search.cursor import Place
from repository.search.document import FACETS
from repository.search.engine import FacetCount
from repository.search.kept import NOTHING, Kept
from repository.search.matching import (
    NEAREST,
    AllOf,
    AnyOf,
    AnyToken,
    Between,
    Clause,
    Like,
    Neither,
    Phrase,
    Plan,
    Weighed,
)
from repository.search.patterns import expression

_SIGNED = ("earliest", "latest")
_COUNTERS = ThreadPoolExecutor(os.cpu_count(), "facets")
_MOST_BUCKETS = 10_000  # so many that the commonest values are counted exactly


class EmbeddedReader:
    """See `repository.search.answering.Reader`."""

    def __init__(self, schema: Schema, searcher: Searcher) -> None:
        self._schema = schema
        self._searcher = searcher

    def find(self, wanted: Wanted) -> Found:
        """Find documents, and count them on another core meanwhile: the library lets the interpreter go.

        Where no core was free for it, they are counted here.
        """
        counting = _COUNTERS.submit(self._counts, wanted.counts)
        total, rows = self._rows(wanted)
        counts = self._counts(wanted.counts) if counting.cancel() else counting.result()
        return Found(total, rows, counts)

    def digests(self, after: int | None, size: int) -> list[tuple[str, str, int]]:
        """Give ids, digests and numbers of the next documents in the order of their numbers."""
        rows = self._by_key(AllOf(()), Order("seq"), Place(0, after) if after is not None else None, size)
        return [(text(row, "id"), text(row, "digest"), key) for key, row in rows]

    def _rows(self, wanted: Wanted) -> tuple[int, list[Row]]:
        if wanted.order.key:
            rows = self._ordered(wanted.plan.clause(), wanted.order, wanted.after, wanted.size)
            return self._total(wanted), rows
        if wanted.after is not None:
            return self._total(wanted), self._behind(wanted.plan, wanted.after, wanted.size)
        return self._nearest(wanted.plan, wanted.size)

    def _total(self, wanted: Wanted) -> int:
        """Give how many match, where anything is to be counted."""
        if not wanted.counts:
            return 0
        answer: Any = self._searcher.search(self._query(wanted.plan.clause()), limit=1)
        return int(answer.count)  # the library's types leave it out

    def _nearest(self, plan: Plan, size: int) -> tuple[int, list[Row]]:
        """Give how many match, and the nearest of them; only the last of these in the order of keys."""
        scored: Any = self._searcher.search(self._scored(plan, plan.firm), limit=size)
        hits = [(round(score), address) for score, address in scored.hits]
        lowest = hits[-1][0] if len(hits) == size else 0
        rows = [
            _row(self._searcher.doc(address), Place(score, 0)) for score, address in hits if score > lowest
        ]
        if lowest:
            rows += self._level(plan, lowest, None, size - len(rows))
        return int(scored.count), rows

    def _behind(self, plan: Plan, after: Place, size: int) -> list[Row]:
        """Give what comes after a place: the rest of its score, then one lower score after the other."""
        rows = self._level(plan, after.score, after, size)
        score = after.score
        while len(rows) < size and score:
            firm = (*plan.firm, Neither(plan.as_near(score)))
            hits = self._searcher.search(self._scored(plan, firm), limit=1, count=False).hits
            score = round(hits[0][0]) if hits else 0
            rows += self._level(plan, score, None, size - len(rows)) if score else []
        return rows

    def _level(self, plan: Plan, score: int, after: Place | None, size: int) -> list[Row]:
        """Give documents of one score, in the order of their keys."""
        found = self._by_key(plan.level(score), Order(NEAREST), after, size)
        return [_row(row, Place(score, key)) for key, row in found]

    def _ordered(self, clause: Clause, order: Order, after: Place | None, size: int) -> list[Row]:
        found = self._by_key(clause, order, after, size)
        return [Row(text(row, "id"), Place(0, key), NOTHING) for key, row in found]

    def _by_key(
        self, clause: Clause, order: Order, after: Place | None, size: int
    ) -> list[tuple[int, Document]]:
        if after is not None:
            bounds = (None, after.key - 1) if order.descending else (after.key + 1, None)
            if bounds == (None, -1):
                return []
            clause = AllOf((clause, Between(order.key, *bounds)))
        answer = self._searcher.search(
            self._query(clause),
            limit=size,
            count=False,
            order_by_field=order.key,
            order=Direction.Desc if order.descending else Direction.Asc,
        )
        return [(int(key), self._searcher.doc(address)) for key, address in answer.hits]

    def _counts(self, wanted: Iterable[tuple[Plan, tuple[str, ...]]]) -> dict[str, tuple[FacetCount, ...]]:
        return {name: values for plan, names in wanted for name, values in self._count(plan, names)}

    def _count(self, plan: Plan, names: Sequence[str]) -> Iterator[tuple[str, tuple[FacetCount, ...]]]:
        asked = {name: {"terms": {"field": name, "size": _MOST_BUCKETS}} for name in names}
        answer = self._searcher.aggregate(self._query(plan.clause()), asked)
        for name in names:
            yield name, counted((str(one["key"]), int(one["doc_count"])) for one in answer[name]["buckets"])

    # ---- a plan as a query ----------------------------------------------------------------------------
    def _scored(self, plan: Plan, firm: Iterable[Clause]) -> Query:
        parts = [self._weighed(one) for one in plan.weighed]
        mute = [(occur, Query.const_score_query(query, 0.0)) for occur, query in self._held(firm)]
        if plan.least == len(parts):
            return Query.boolean_query([*((Occur.Must, part) for part in parts), *mute])
        if not plan.least:
            return Query.boolean_query([*((Occur.Should, part) for part in parts), *mute])
        least = Query.boolean_query([(Occur.Should, part) for part in parts], plan.least)
        return Query.boolean_query([(Occur.Must, least), *mute])

    def _weighed(self, weighed: Weighed) -> Query:
        heard = [
            Query.const_score_query(self._query(clause), float(weight)) for weight, clause in weighed.options
        ]
        return heard[0] if len(heard) == 1 else Query.disjunction_max_query(heard, 0.0)

    def _query(self, clause: Clause) -> Query:
        match clause:
            case Like(column, (pattern,)):
                return Query.regex_query(self._schema, column, expression(pattern))
            case AnyToken(column, tokens):
                return self._any_token(column, tokens)
            case Phrase(column, tokens):
                places: list[str | tuple[int, str]] = [
                    (place, token) for place, token in enumerate(tokens) if token
                ]
                return Query.phrase_query(self._schema, column, places)
            case Between(key, low, high):
                kind = FieldType.Integer if key in _SIGNED else FieldType.Unsigned
                return Query.range_query(self._schema, key, kind, lower_bound=low, upper_bound=high)
            case AnyOf(clauses, least):
                return Query.boolean_query([(Occur.Should, self._query(one)) for one in clauses], least)
            case AllOf(clauses):
                return self._all(clauses)
            case Neither():
                return self._all((clause,))

    def _all(self, clauses: Sequence[Clause]) -> Query:
        held = self._held(clauses)
        if all(isinstance(one, Neither) for one in clauses):
            held.append((Occur.Must, Query.all_query()))
        return Query.boolean_query(held)

    def _held(self, clauses: Iterable[Clause]) -> list[tuple[Occur, Query]]:
        return [
            (Occur.MustNot, self._query(one.clause))
            if isinstance(one, Neither)
            else (Occur.Must, self._query(one))
            for one in clauses
        ]

    def _any_token(self, column: str, tokens: Sequence[str]) -> Query:
        if column in FACETS:
            return Query.term_set_query(self._schema, column, list(tokens))
        terms = [Query.term_query(self._schema, column, token, "basic") for token in tokens]
        return terms[0] if len(terms) == 1 else Query.boolean_query([(Occur.Should, one) for one in terms])


def text(row: Document, name: str) -> str:
    """Read a text that is kept in a row."""
    return str(row.get_first(name))


def _row(row: Document, place: Place) -> Row:
    return Row(text(row, "id"), place, Kept(bytes(row.get_first("kept") or b"")))
