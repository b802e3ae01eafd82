"""Quick looks into Elasticsearch, and the columns that they need; see `repository.search.glances`."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

from repository.search import entries
from repository.search.elastic_query import Body, matching
from repository.search.elastic_reader import ElasticReader, columns
from repository.search.entries import Entry
from repository.search.kept import Kept
from repository.search.matching import Clause

_MOST_VALUES = 10_000


class ElasticGlances(ElasticReader):
    """See `repository.search.glances.Glances`."""

    def entries(self, clause: Clause, key: str, most: int) -> list[Entry]:
        """Give the first documents that match, in the order of a key."""
        body = self._looking(clause, most) | {"sort": [{key: "asc"}]} | columns("id", entries.NAMES)
        return [
            Entry(hit["fields"]["id"][0], entries.read(_bytes(hit, entries.NAMES)))
            for hit in self._hits(body)
        ]

    def counts(self, clauses: Sequence[Clause]) -> list[int]:
        """Count the documents that match each clause."""
        bodies = [self._looking(clause, 0) | {"track_total_hits": True} for clause in clauses]
        return [int(answer["hits"]["total"]["value"]) for answer in self._ask(bodies)] if bodies else []

    def values(self, clause: Clause, column: str) -> list[tuple[str, int]]:
        """Count the values of a column over the documents that match."""
        buckets = self._buckets(clause, {"terms": {"field": column, "size": _MOST_VALUES}})
        return [(str(one["key"]), int(one["doc_count"])) for one in buckets]

    def decades(self, clause: Clause) -> dict[int, int]:
        """Count the documents that match by the decade of their earliest year."""
        asked = {"histogram": {"field": "earliest", "interval": 10, "min_doc_count": 1}}
        return {int(one["key"]): int(one["doc_count"]) for one in self._buckets(clause, asked)}

    def tokens_of(self, item: str) -> Kept:
        """Give the tokens kept of one document."""
        body: Body = {"size": 1, "query": {"ids": {"values": [item]}}, **columns("kept")}
        hits = self._hits(body | {"timeout": self._timeout})
        return Kept(_bytes(hits[0], "kept") if hits else b"")

    def _looking(self, clause: Clause, size: int) -> Body:
        return {
            "size": size,
            "track_total_hits": False,
            "timeout": self._timeout,
            "query": {"constant_score": {"filter": matching(clause)}},
        }

    def _hits(self, body: Body) -> Sequence[Any]:
        return list(self._ask([body])[0]["hits"]["hits"])

    def _buckets(self, clause: Clause, asked: Body) -> Sequence[Any]:
        answer = self._ask([self._looking(clause, 0) | {"aggs": {"found": asked}}])[0]
        return list(answer["aggregations"]["found"]["buckets"]) if "aggregations" in answer else []


def _bytes(hit: Any, name: str) -> bytes:
    return base64.b64decode(hit["fields"][name][0]) if name in hit.get("fields", {}) else b""
