"""The reading end of Elasticsearch: a question in one request, and the list of digests at one point in time."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NoReturn

from elasticsearch import Elasticsearch

from repository.search.answering import Found, Order, Row, Wanted, counted
from repository.search.cursor import Place
from repository.search.elastic_client import Absent, Refusal, fault, patiently, refusal_of
from repository.search.elastic_query import Body, matching, scored
from repository.search.engine import FacetCount
from repository.search.kept import NOTHING, Kept
from repository.search.matching import NEAREST

_PAGE = 1000
_KEEP_ALIVE = "2m"
_MOST_VALUES = 100
_PATIENCE = 1.0  # seconds for which somebody who searches waits for a busy server


class ElasticReader:
    """See `repository.search.answering.Reader`; raises Absent where there is no index."""

    def __init__(self, client: Elasticsearch, alias: str, timeout_seconds: int) -> None:
        self._client = client
        self._alias = alias
        self._timeout = f"{timeout_seconds}s"

    def find(self, wanted: Wanted) -> Found:
        """Find documents, and count them in searches of their own, for which the server takes another core."""
        bodies = [
            self._rows(wanted),
            *(self._counts(plan.clause(), names) for plan, names in wanted.counts),
        ]
        answers = self._ask(bodies)
        counts: dict[str, tuple[FacetCount, ...]] = {}
        for (_plan, names), answer in zip(wanted.counts, answers[1:], strict=True):
            counts |= {name: _values(answer, name) for name in names}
        hits = answers[0]["hits"]
        return Found(hits["total"]["value"], [_row(hit, wanted.order) for hit in hits["hits"]], counts)

    def digests(self) -> Iterator[list[tuple[str, str]]]:
        """Give the ids and digests of all documents page by page, as they stood when the first was asked for."""
        held = self._client.open_point_in_time(index=self._alias, keep_alive=_KEEP_ALIVE)["id"]
        after: Body = {}
        try:
            while True:
                answer = self._client.search(
                    pit={"id": held, "keep_alive": _KEEP_ALIVE},
                    size=_PAGE,
                    sort=[{"seq": "asc"}],
                    stored_fields=["_id", "digest"],
                    track_total_hits=False,
                    **after,
                )
                held, hits = answer["pit_id"], answer["hits"]["hits"]
                yield [(hit["_id"], hit["fields"]["digest"][0]) for hit in hits]
                if len(hits) < _PAGE:
                    return
                after = {"search_after": hits[-1]["sort"]}
        finally:
            self._client.close_point_in_time(id=held)

    def digests_of(self, ids: Sequence[str]) -> dict[str, str]:
        """Give the digests of those documents that are there."""
        found: dict[str, str] = {}
        for one in _parts(list(dict.fromkeys(ids))):
            answer = self._client.mget(index=self._alias, ids=one, stored_fields=["digest"])
            for held in answer["docs"]:
                if "error" in held:
                    _refuse(refusal_of(400, held["error"]))
                if held["found"]:
                    found[held["_id"]] = held["fields"]["digest"][0]
        return found

    def _rows(self, wanted: Wanted) -> Body:
        order, after = wanted.order, wanted.after
        body: Body = {
            "size": wanted.size,
            "track_total_hits": True,
            "timeout": self._timeout,
            "sort": _sort(order),
            "query": matching(wanted.plan.clause()) if order.key else scored(wanted.plan),
        } | (columns("id") if order.key else columns("id", "kept"))
        if after is not None:
            body["search_after"] = [after.key] if order.key else [after.score, after.key]
        return body

    def _counts(self, clause: Any, names: Sequence[str]) -> Body:
        return {
            "size": 0,
            "track_total_hits": False,
            "timeout": self._timeout,
            "query": matching(clause),
            "aggs": _aggregations(names),
        }

    def _ask(self, bodies: Sequence[Body]) -> list[Mapping[str, Any]]:
        """Send searches together. Raises StoreError where one was refused, or answered in part only."""
        lines: list[Body] = []
        for body in bodies:
            lines += [{"index": self._alias, "allow_partial_search_results": False}, body]
        answers = patiently(lambda: self._client.msearch(searches=lines), _PATIENCE)["responses"]
        for answer in answers:
            if "error" in answer:
                _refuse(refusal_of(answer["status"], answer["error"]))
            if answer["timed_out"]:
                _refuse(Refusal(504, "timed_out"))
        return list(answers)


def columns(*names: str) -> Body:
    """Ask for columns of the hits, and for nothing of what is stored beside them."""
    return {"stored_fields": "_none_", "docvalue_fields": list(names)}


def _parts(ids: list[str]) -> Iterator[list[str]]:
    return (ids[start : start + _PAGE] for start in range(0, len(ids), _PAGE))


def _refuse(refusal: Refusal) -> NoReturn:
    raise Absent if refusal.is_absence else fault(refusal)


def _sort(order: Order) -> list[Body]:
    if order.key:
        return [{order.key: "desc" if order.descending else "asc"}]
    return [{"_score": "desc"}, {NEAREST: "asc"}]


def _aggregations(names: Sequence[str]) -> Body:
    return {name: {"terms": {"field": name, "size": _MOST_VALUES}} for name in names}


def _values(answer: Mapping[str, Any], name: str) -> tuple[FacetCount, ...]:
    buckets = answer["aggregations"][name]["buckets"] if name in answer.get("aggregations", {}) else ()
    return counted((one["key"], one["doc_count"]) for one in buckets)


def _row(hit: Mapping[str, Any], order: Order) -> Row:
    fields = hit["fields"]
    (item,) = fields["id"]
    if order.key:
        return Row(item, Place(0, hit["sort"][0]), NOTHING)
    score, key = hit["sort"]
    return Row(item, Place(round(score), key), Kept(base64.b64decode(fields["kept"][0])))
