"""The Elasticsearch engine: an index behind an alias, in a server or cluster that many machines may share.

What a call wrote, the next search sees. Every request has an end: a timeout, few retries, and patience for a
minute where the server asks writers to wait. Nothing is remembered between calls, so a swap is seen at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch

from repository.errors import StoreError
from repository.search import aggregating, answering, correct, nearby, query, suggesting
from repository.search.access import Access
from repository.search.document import SearchDocument
from repository.search.elastic_client import Absent, connect, translated
from repository.search.elastic_generations import ElasticGenerations, building, outdated
from repository.search.elastic_glances import ElasticGlances
from repository.search.elastic_lease import Lease
from repository.search.elastic_mapping import VERSION, to_source
from repository.search.elastic_parts import ElasticBeside
from repository.search.elastic_reader import ElasticReader
from repository.search.elastic_writer import Step, write
from repository.search.engine import Aggregates, Health, Hit, Results, Suggestion
from repository.search.knowledge import NOTHING, Knowledge

_T = TypeVar("_T")


class ElasticEngine:
    """A search engine in a server; see `repository.search.engine.SearchEngine`.

    `folder` is a place of our own on this machine, where its processes agree who rebuilds.
    """

    def __init__(
        self, addresses: tuple[str, ...], access: Access, folder: Path, knowledge: Knowledge = NOTHING
    ) -> None:
        self._knowledge = knowledge
        self._folder = folder
        self._timeout = access.timeout_seconds
        self._client = connect(addresses, access)
        self._generations = ElasticGenerations(self._client, access.index, VERSION)
        self._lease = Lease(self._client, access.index, folder)
        self._reader = ElasticGlances(self._client, self._generations.alias, access.timeout_seconds)

    # ---- writing --------------------------------------------------------------------------------------
    def put(self, documents: Sequence[SearchDocument]) -> int:
        """Write documents, those left alone whose digest stands there already; gives how many were written.

        Raises StoreError that names the documents which the server refused; the others are written.
        """
        if not documents:
            return 0
        held = self._held([document.id for document in documents])
        with translated():
            if held is None:
                self._generations.create()
            known = held or {}
            changed = {one.id: one for one in documents if known.get(one.id) != one.digest}
            return self._write([Step(one.id, to_source(one)) for one in changed.values()])

    def drop(self, ids: Sequence[str]) -> int:
        """Take documents out; gives how many were there."""
        held = self._held(ids) if ids else {}
        with translated():
            return self._write([Step(one) for one in held or ()])

    def _held(self, ids: Sequence[str]) -> dict[str, str] | None:
        """Give the digests of those documents that are there, None where there is no index."""
        return self._unless_absent(lambda: self._reader.digests_of(ids))

    def _write(self, steps: Sequence[Step]) -> int:
        if not steps:
            return 0
        try:
            return write(self._client, self._generations.alias, steps)
        finally:
            self._client.indices.refresh(index=self._generations.alias)

    @contextmanager
    def rebuild(self) -> Iterator[_Rebuild]:
        """Build a new generation beside the live one; it takes its place when the block ends without error."""
        with translated(), self._lease.held():
            self._generations.sweep(keep=self.beside().building)
            name = self._generations.fresh()
            built = False
            try:
                yield _Rebuild(self._client, name, self._lease)
                built = True
            finally:
                if not built:
                    with suppress(ApiError, TransportError):
                        self._generations.sweep(keep=self.beside().building)
            self._generations.swap(name)

    def beside(self) -> ElasticBeside:
        """Give the new generation, with what an earlier rebuild left of it; see `repository.search.parts`."""
        return ElasticBeside(self._client, self._generations, self._lease, self._folder, self._ask_one)

    def back(self) -> str:
        """Make the generation before the live one again; gives its name. Raises StoreError where there is none."""
        with translated():
            return self._generations.back()

    # ---- reading --------------------------------------------------------------------------------------
    def search(self, asked: query.Query) -> Results:
        """Answer a question. Raises BadRequest for a cursor of another question or too many terms."""
        answer = self._unless_absent(lambda: answering.answer(self._reader, asked, self._knowledge))
        return answering.answer(None, asked, self._knowledge) if answer is None else answer

    def _ask_one(self, generation: str, asked: query.Query) -> Results:
        """Ask one generation, live or not."""
        reader = ElasticReader(self._client, generation, self._timeout)
        return answering.answer(reader, asked, self._knowledge)

    def suggest(self, text: str, limit: int = 10) -> tuple[Suggestion, ...]:
        """Suggest works, people and places whose name begins as typed."""
        return self._unless_absent(lambda: suggesting.suggest(self._reader, text, limit)) or ()

    def similar(self, item: str, limit: int = 12) -> tuple[Hit, ...]:
        """Give other items that share makers, subjects, places or words of titles."""
        return self._unless_absent(lambda: nearby.similar(self._reader, item, limit)) or ()

    def aggregate(self, asked: query.Query, level: int = 9) -> Aggregates:
        """Lay what a question finds out over time and over the squares of the map."""
        found = self._unless_absent(
            lambda: aggregating.aggregate(self._reader, asked, self._knowledge, level)
        )
        return found or Aggregates()

    def correct(self, text: str) -> str:
        """Give a question with words put right that no name holds; else nothing."""
        return self._unless_absent(lambda: correct.correct(self._reader, text)) or ""

    def count(self) -> int:
        """Give the number of documents."""
        alias = self._generations.alias
        return self._unless_absent(lambda: int(self._client.count(index=alias)["count"])) or 0

    def held(self, ids: Iterable[str]) -> dict[str, str]:
        """Give the digests of those of some documents that are in the index."""
        return self._held(list(ids)) or {}

    def digests(self) -> Iterator[tuple[str, str]]:
        """Give the id and digest of every document, in the order of id numbers, for a reconcile."""
        pages = self._reader.digests()
        while page := self._unless_absent(lambda: next(pages, None)):
            yield from page

    def health(self) -> Health:
        """Tell how the index stands; never raises."""
        try:
            with translated():
                live = self._generations.state().live
            held = self.count()
        except StoreError as error:
            states = {"index_outdated": "outdated", "index_unreadable": "unreadable"}
            return Health(states.get(error.code, "unreachable"), detail=error.en)
        return Health("ok", held, live[0]) if live else Health("empty")

    def _unless_absent(self, call: Callable[[], _T]) -> _T | None:
        """Ask something of the index; None where there is none. Raises StoreError for one of another version."""
        try:
            with translated():
                return call()
        except Absent:
            with translated():
                if self._generations.state().is_outdated:
                    raise outdated() from None
            return None


class _Rebuild:
    """The writing end of a new generation."""

    def __init__(self, client: Elasticsearch, name: str, lease: Lease) -> None:
        self._client = client
        self._alias = building(name)
        self._lease = lease

    def put(self, documents: Sequence[SearchDocument]) -> int:
        """Write documents into the new generation; gives how many were written."""
        self._lease.renew()
        steps = [Step(one.id, to_source(one)) for one in documents]
        write(self._client, self._alias, steps)
        return len(steps)
