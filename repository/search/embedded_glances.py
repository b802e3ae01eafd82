"""Quick looks into the embedded index; see `repository.search.glances`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tantivy import Document, Order, Query

from repository.search import entries
from repository.search.embedded_reader import EmbeddedReader, text
from repository.search.entries import Entry
from repository.search.kept import Kept
from repository.search.matching import Clause

_MOST_VALUES = 10_000


class EmbeddedGlances(EmbeddedReader):
    """See `repository.search.glances.Glances`."""

    def entries(self, clause: Clause, key: str, most: int) -> list[Entry]:
        """Give the first documents that match, in the order of a key."""
        answer = self._searcher.search(
            self._query(clause), limit=most, count=False, order_by_field=key, order=Order.Asc
        )
        return [_entry(self._searcher.doc(address)) for _key, address in answer.hits]

    def counts(self, clauses: Sequence[Clause]) -> list[int]:
        """Count the documents that match each clause."""
        answers: list[Any] = [self._searcher.search(self._query(one), limit=1) for one in clauses]
        return [int(answer.count) for answer in answers]  # the library's types leave it out

    def values(self, clause: Clause, column: str) -> list[tuple[str, int]]:
        """Count the values of a column over the documents that match."""
        asked = {"values": {"terms": {"field": column, "size": _MOST_VALUES}}}
        answer = self._searcher.aggregate(self._query(clause), asked)
        return [(str(one["key"]), int(one["doc_count"])) for one in answer["values"]["buckets"]]

    def decades(self, clause: Clause) -> dict[int, int]:
        """Count the documents that match by the decade of their earliest year."""
        asked = {"decades": {"histogram": {"field": "earliest", "interval": 10, "min_doc_count": 1}}}
        answer = self._searcher.aggregate(self._query(clause), asked)
        return {int(one["key"]): int(one["doc_count"]) for one in answer["decades"]["buckets"]}

    def tokens_of(self, item: str) -> Kept:
        """Give the tokens kept of one document."""
        named = Query.term_query(self._schema, "id", item, "basic")
        hits = self._searcher.search(named, limit=1, count=False).hits
        return Kept(_bytes(self._searcher.doc(hits[0][1]), "kept") if hits else b"")


def _entry(row: Document) -> Entry:
    return Entry(text(row, "id"), entries.read(_bytes(row, entries.NAMES)))


def _bytes(row: Document, name: str) -> bytes:
    return bytes(row.get_first(name) or b"")
