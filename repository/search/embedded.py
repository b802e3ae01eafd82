"""The embedded engine: Tantivy on disk, one writer at a time over all processes, any number of readers.

Every writing session opens the index afresh, waits for its merges and collects garbage: a handle kept while
another process writes would leak files for good. Readers look at the pointer and at the index's own list of
segments before each answer, so they see a commit or a swap at once.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec
from tantivy import Index, IndexWriter, Query, Searcher

from repository.errors import StoreError
from repository.search import aggregating, answering, correct, nearby, query, suggesting
from repository.search.document import SearchDocument
from repository.search.embedded_glances import EmbeddedGlances
from repository.search.embedded_parts import EmbeddedBeside
from repository.search.embedded_reader import EmbeddedReader, text
from repository.search.embedded_schema import LISTED, VERSION, create, prepare, schema, to_row
from repository.search.engine import Aggregates, Health, Hit, Results, Suggestion
from repository.search.generations import Generations, unreadable
from repository.search.knowledge import NOTHING, Knowledge
from repository.search.turns import Turns

WRITER_HEAP = 64_000_000  # bytes
PATIENCE = 1.0  # seconds after which a question no longer waits for the others of its process
_PAGE = 1000
_TURNS = Turns(PATIENCE)
_TANTIVY_ERRORS = (ValueError, OSError, RuntimeError)


class _Opened(msgspec.Struct, frozen=True):
    """An index as a reader has it open; `stamp` tells when its list of segments was replaced."""

    generation: Path
    index: Index
    stamp: tuple[int, int]


class EmbeddedEngine:
    """A search engine in a folder of its own; see `repository.search.engine.SearchEngine`."""

    def __init__(self, folder: Path, knowledge: Knowledge = NOTHING) -> None:
        self._knowledge = knowledge
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
                create(generation)
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
            create(generation)
            with _session(generation) as writer:
                yield _Rebuild(writer)
            with self._generations.writing():
                self._generations.swap(generation)

    def beside(self) -> EmbeddedBeside:
        """Give the new generation, with what an earlier rebuild left of it; see `repository.search.parts`."""
        return EmbeddedBeside(self._generations, self._knowledge)

    def back(self) -> str:
        """Make the generation before the live one again; gives its name. Raises StoreError where there is none."""
        with self._generations.writing():
            return self._generations.back().name

    # ---- reading --------------------------------------------------------------------------------------
    def search(self, asked: query.Query) -> Results:
        """Answer a question. Raises BadRequest for a cursor of another question or too many terms."""
        with _TURNS.turn(), _readable():
            searcher = self._searcher()
            reader = EmbeddedReader(self._schema, searcher) if searcher else None
            return answering.answer(reader, asked, self._knowledge)

    def suggest(self, text: str, limit: int = 10) -> tuple[Suggestion, ...]:
        """Suggest works, people and places whose name begins as typed."""
        with _readable():
            return suggesting.suggest(self._glances(), text, limit)

    def similar(self, item: str, limit: int = 12) -> tuple[Hit, ...]:
        """Give other items that share makers, subjects, places or words of titles."""
        with _readable():
            return nearby.similar(self._glances(), item, limit)

    def aggregate(self, asked: query.Query, level: int = 9) -> Aggregates:
        """Lay what a question finds out over time and over the squares of the map."""
        with _readable():
            return aggregating.aggregate(self._glances(), asked, self._knowledge, level)

    def correct(self, text: str) -> str:
        """Give a question with words put right that no name holds; else nothing."""
        with _readable():
            return correct.correct(self._glances(), text)

    def _glances(self) -> EmbeddedGlances | None:
        searcher = self._searcher()
        return EmbeddedGlances(self._schema, searcher) if searcher else None

    def count(self) -> int:
        """Give the number of documents."""
        searcher = self._searcher()
        return searcher.num_docs if searcher else 0

    def held(self, ids: Iterable[str]) -> dict[str, str]:
        """Give the digests of those of some documents that are in the index."""
        with _readable():
            return self._digests_of(list(ids))

    def digests(self) -> Iterator[tuple[str, str]]:
        """Give the id and digest of every document, in the order of id numbers, for a reconcile."""
        searcher = self._searcher()
        place: int | None = None
        while searcher:
            with _readable():
                rows = EmbeddedReader(self._schema, searcher).digests(place, _PAGE)
            yield from ((one, digest) for one, digest, _number in rows)
            if len(rows) < _PAGE:
                return
            place = rows[-1][2]

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
        return {text(row, "id"): text(row, "digest") for row in rows}


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


def _write(writer: IndexWriter, documents: Sequence[SearchDocument]) -> None:
    for document in {one.id: one for one in documents}.values():
        writer.delete_documents_by_term("id", document.id)
        writer.add_document(to_row(document))


def _stamp(generation: Path) -> tuple[int, int]:
    told = (generation / LISTED).stat()
    return told.st_ino, told.st_mtime_ns
