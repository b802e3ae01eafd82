"""The embedded engine: Tantivy on disk, one writer at a time over all processes, any number of readers.

Every writing session opens the index afresh, waits for its merges and collects garbage: a handle kept while
another process writes would leak files for good. Readers look at the pointer and at the index's own list of
segments before each answer, so they see a commit or a swap at once.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import msgspec
from tantivy import Document, Index, IndexWriter, Order, Query, Searcher

from repository.errors import StoreError
from repository.search import cursor, query, ranking, terms
from repository.search.document import FACETS, SearchDocument
from repository.search.embedded_query import Wanted, after, matching
from repository.search.embedded_schema import VERSION, YEAR_KEYS, prepare, schema, to_row
from repository.search.engine import FacetCount, Health, Hit, Results
from repository.search.generations import Generations, unreadable
from repository.shapes import Shape

_TOKENS = Shape(ranking.Tokens)

WINDOW = 300  # documents that the ranker orders
REACH = 10_000  # hits by relevance that can be paged to
MOST_FACET_VALUES = 100
WRITER_HEAP = 64_000_000  # bytes
_PAGE = 1000
_TANTIVY_ERRORS = (ValueError, OSError, RuntimeError)


class _Opened(msgspec.Struct, frozen=True):
    """An index as a reader has it open; `stamp` tells when its list of segments was replaced."""

    generation: Path
    index: Index
    stamp: tuple[int, int]


class EmbeddedEngine:
    """A search engine in a folder of its own; see `repository.search.engine.SearchEngine`."""

    def __init__(self, folder: Path) -> None:
        self._generations = Generations(folder, VERSION)
        self._schema = schema()
        self._opened: _Opened | None = None
        self._lock = threading.Lock()

    # ---- writing --------------------------------------------------------------------------------------
    def put(self, documents: Sequence[SearchDocument]) -> int:
        """Write documents, those left alone whose digest stands there already; gives how many were written."""
        if not documents:
            return 0
        with self._generations.writing(), _readable():
            generation = self._live()
            if generation is None:
                generation = self._generations.fresh()
                _create(generation)
                self._generations.swap(generation)
            held = self._digests_of([document.id for document in documents])
            changed = [one for one in documents if held.get(one.id) != one.digest]
            if changed:
                with _session(generation) as writer:
                    _write(writer, changed)
            return len({document.id for document in changed})

    def drop(self, ids: Sequence[str]) -> int:
        """Take documents out; gives how many were there."""
        with self._generations.writing(), _readable():
            generation = self._live() if ids else None
            held = self._digests_of(ids) if generation else {}
            if generation and held:
                with _session(generation) as writer:
                    for one in held:
                        writer.delete_documents_by_term("id", one)
            return len(held)

    @contextmanager
    def rebuild(self) -> Iterator[_Rebuild]:
        """Build a new generation beside the live one; it takes its place when the block ends without error."""
        with self._generations.rebuilding():
            with self._generations.writing():
                with suppress(StoreError):  # a damaged pointer is what a rebuild mends
                    self._generations.sweep(keep=self._generations.current())
                generation = self._generations.fresh()
            _create(generation)
            with _session(generation) as writer:
                yield _Rebuild(writer)
            with self._generations.writing():
                self._generations.swap(generation)

    # ---- reading --------------------------------------------------------------------------------------
    def search(self, asked: query.Query) -> Results:
        """Answer a question. Raises BadRequest for a cursor of another question or too many terms."""
        with _readable():
            return self._answer(asked)

    def _answer(self, asked: query.Query) -> Results:
        wanted = Wanted(terms.of(asked.text))
        place = cursor.read(asked)
        searcher = self._searcher()
        if searcher is None or (asked.text and not wanted.terms):
            return Results()
        found = matching(self._schema, asked, wanted)
        total = _total(searcher, found)
        if not total and terms.sounds_of(wanted.terms):
            wanted = wanted._replace(relaxed=True)
            found = matching(self._schema, asked, wanted)
            total = _total(searcher, found)
        answer = Results(
            total, facets=self._facets(searcher, asked, wanted, found), relaxed=wanted.relaxed and total > 0
        )
        if asked.sort == "relevance" and any(not term.excluded for term in wanted.terms):
            return self._by_relevance(searcher, asked, wanted, found, place or 0, answer)
        return self._by_key(searcher, asked, found, place, answer)

    def count(self) -> int:
        """Give the number of documents."""
        searcher = self._searcher()
        return searcher.num_docs if searcher else 0

    def digests(self) -> Iterator[tuple[str, str]]:
        """Give the id and digest of every document, in the order of id numbers, for a reconcile."""
        searcher = self._searcher()
        rest = Query.all_query()
        while searcher:
            with _readable():
                rows = _rows(searcher, rest, _PAGE, "seq", Order.Asc)
            yield from ((_text(row, "id"), _text(row, "digest")) for _key, row in rows)
            if len(rows) < _PAGE:
                return
            rest = after(self._schema, Query.all_query(), "seq", rows[-1][0], descending=False)

    def health(self) -> Health:
        """Tell how the index stands; never raises."""
        try:
            searcher = self._searcher()
        except StoreError as error:
            state = "outdated" if error.code == "index_outdated" else "unreadable"
            return Health(state, detail=error.en)
        if searcher is None or self._opened is None:
            return Health("empty")
        return Health("ok", searcher.num_docs, self._opened.generation.name)

    # ---- answers --------------------------------------------------------------------------------------
    def _by_relevance(
        self,
        searcher: Searcher,
        asked: query.Query,
        wanted: Wanted,
        found: Query,
        offset: int,
        answer: Results,
    ) -> Results:
        """Give a page of the ranked window, or of the engine's own order beyond it."""
        end = min(offset + asked.size, REACH)
        hits: list[Hit] = []
        if offset < WINDOW:
            hits += ranking.rank(wanted.terms, _candidates(searcher, found, 0, WINDOW))[offset:end]
        if end > WINDOW and answer.total > WINDOW:
            beyond = _candidates(searcher, found, max(offset, WINDOW), end)
            forms = {hit.id: hit.forms for hit in ranking.rank(wanted.terms, beyond)}
            hits += [Hit(row.id, 0.0, forms[row.id]) for row in beyond]
        more = answer.total > end
        return msgspec.structs.replace(
            answer,
            hits=tuple(hits),
            next=cursor.write(asked, end) if more and end < REACH else "",
            capped=more and end >= REACH,
        )

    def _by_key(
        self, searcher: Searcher, asked: query.Query, found: Query, place: int | None, answer: Results
    ) -> Results:
        """Give a page in the order of a key; every page is as near as the first."""
        key = YEAR_KEYS.get(asked.sort, "seq")
        down = asked.sort == "-year"
        rest = found if place is None else after(self._schema, found, key, place, down)
        rows = _rows(searcher, rest, asked.size + 1, key, Order.Desc if down else Order.Asc)
        page = rows[: asked.size]
        return msgspec.structs.replace(
            answer,
            hits=tuple(Hit(_text(row, "id")) for _key, row in page),
            next=cursor.write(asked, page[-1][0]) if len(rows) > asked.size else "",
        )

    def _facets(
        self, searcher: Searcher, asked: query.Query, wanted: Wanted, found: Query
    ) -> dict[str, tuple[FacetCount, ...]]:
        """Count values over the whole result; a facet's own filter does not narrow its counts."""
        free = [name for name in FACETS if not asked.chosen(name)]
        counted = _count(searcher, found, free)
        for name in set(FACETS) - set(free):
            counted |= _count(searcher, matching(self._schema, asked, wanted, without=name), [name])
        return {name: counted[name] for name in FACETS}

    # ---- the open index -------------------------------------------------------------------------------
    def _live(self) -> Path | None:
        generation = self._generations.current()
        if generation is not None:
            self._generations.check_version(generation)
        return generation

    def _searcher(self) -> Searcher | None:
        """Open or refresh the live generation; None before the first.

        Raises StoreError where it cannot be read. A generation that another process replaced in this very
        moment is looked up once more.
        """
        with self._lock, _readable():
            try:
                return self._refreshed()
            except _TANTIVY_ERRORS:
                self._opened = None
                return self._refreshed()

    def _refreshed(self) -> Searcher | None:
        generation = self._live()
        if generation is None:
            return None
        stamp = _stamp(generation)
        if self._opened is None or self._opened.generation != generation:
            self._opened = _Opened(generation, prepare(Index.open(str(generation))), stamp)
        elif self._opened.stamp != stamp:
            self._opened.index.reload()
            self._opened = msgspec.structs.replace(self._opened, stamp=stamp)
        return self._opened.index.searcher()

    def _digests_of(self, ids: Sequence[str]) -> dict[str, str]:
        searcher = self._searcher()
        if searcher is None or not ids:
            return {}
        named = Query.term_set_query(self._schema, "id", list(ids))
        rows = (
            searcher.doc(address)
            for _score, address in searcher.search(named, limit=len(ids), count=False).hits
        )
        return {_text(row, "id"): _text(row, "digest") for row in rows}


class _Rebuild:
    """The writing end of a new generation."""

    def __init__(self, writer: IndexWriter) -> None:
        self._writer = writer

    def put(self, documents: Sequence[SearchDocument]) -> int:
        """Write documents into the new generation; gives how many were written."""
        _write(self._writer, documents)
        return len(documents)


@contextmanager
def _readable() -> Iterator[None]:
    """Turn the library's errors, which come of damaged or missing files, into ours."""
    try:
        yield
    except _TANTIVY_ERRORS as error:
        raise unreadable(str(error)) from error


@contextmanager
def _session(generation: Path) -> Iterator[IndexWriter]:
    """Write in one commit, or not at all; merges are waited for, and files of no use deleted."""
    with _readable():
        writer = prepare(Index.open(str(generation))).writer(WRITER_HEAP, 1)
    try:
        yield writer
        writer.commit()
        writer.garbage_collect_files()
    finally:
        writer.wait_merging_threads()  # also lets the engine's own lock go; what was not committed is dropped


def _create(generation: Path) -> None:
    Index(schema(), path=str(generation))


def _write(writer: IndexWriter, documents: Sequence[SearchDocument]) -> None:
    for document in {one.id: one for one in documents}.values():
        writer.delete_documents_by_term("id", document.id)
        writer.add_document(to_row(document))


def _stamp(generation: Path) -> tuple[int, int]:
    told = (generation / "meta.json").stat()
    return told.st_ino, told.st_mtime_ns


def _rows(searcher: Searcher, found: Query, limit: int, key: str, order: Order) -> list[tuple[int, Document]]:
    answer = searcher.search(found, limit=limit, count=False, order_by_field=key, order=order)
    return [(int(value), searcher.doc(address)) for value, address in answer.hits]


def _total(searcher: Searcher, found: Query) -> int:
    answer: Any = searcher.search(found, limit=1)  # the library's types leave `count` out
    return int(answer.count)


def _candidates(searcher: Searcher, found: Query, start: int, end: int) -> list[ranking.Candidate]:
    hits = searcher.search(found, limit=end - start, offset=start, count=False).hits
    return [_candidate(searcher.doc(address)) for _score, address in hits]


def _text(row: Document, name: str) -> str:
    return str(row.get_first(name))


def _candidate(row: Document) -> ranking.Candidate:
    kept = _TOKENS.read(bytes(row.get_first("kept") or b"{}"))
    return ranking.Candidate(_text(row, "id"), kept)


def _count(searcher: Searcher, found: Query, names: Sequence[str]) -> dict[str, tuple[FacetCount, ...]]:
    if not names:
        return {}
    asked = {name: {"terms": {"field": name, "size": MOST_FACET_VALUES}} for name in names}
    answer = searcher.aggregate(found, asked)
    counted = {
        name: (FacetCount(str(one["key"]), int(one["doc_count"])) for one in answer[name]["buckets"])
        for name in names
    }
    return {
        name: tuple(sorted(counts, key=lambda one: (-one.count, one.value)))
        for name, counts in counted.items()
    }
