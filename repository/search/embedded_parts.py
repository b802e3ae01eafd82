"""A new generation of the embedded index in parts, each written by a process of its own, joined without copying.

The library has one writer per index and cannot merge indexes. But a segment stands for itself: its files bear
its own name, and the list of segments (`meta.json`) only names it. So every part is an index of its own, and
the joined one is their files (as hard links) under the list of all their segments.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from tantivy import Document, Index, IndexWriter

from repository.errors import StoreError
from repository.search import answering
from repository.search.document import SearchDocument
from repository.search.embedded_reader import EmbeddedReader
from repository.search.embedded_schema import LISTED, create, prepare, schema, to_row
from repository.search.engine import Results
from repository.search.generations import Generations, unreadable
from repository.search.knowledge import Knowledge
from repository.search.parts import delete_folders, write_whole
from repository.search.query import Query
from repository.search.tokens import Tokens

PART_HEAP = 200_000_000  # bytes; so large that a part is few segments
JOIN_HEAP = 64_000_000
AT_ONCE = 200  # documents handed over together; some 2 MB
FEWEST_MERGED = 8  # segments of about one size that the library makes into one
_MANAGED = ".managed.json"
_ERRORS = (ValueError, OSError, RuntimeError)


class EmbeddedBeside:
    """See `repository.search.parts.Beside`. Parts that another version of the schema wrote are not found again."""

    def __init__(self, generations: Generations, knowledge: Knowledge) -> None:
        self._generations = generations
        self._knowledge = knowledge
        self._joined: Path | None = None
        self.folder = generations.folder / f"beside-v{generations.version}"

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Be the only rebuild while the block runs."""
        with self._generations.rebuilding():
            yield

    def begin(self) -> None:
        """Make the folder, and clear it of what processes left that were killed."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for left in (*self.folder.glob("part-*.*"), *self.folder.glob("joined-*")):
            shutil.rmtree(left, ignore_errors=True)

    def renew(self) -> None:
        """Do nothing: the lock is held as long as the process lives."""

    @contextmanager
    def part(self, number: int) -> Iterator[EmbeddedPart]:
        """Write one part in a folder of this process, which gets its name when everything is in it."""
        staged = self.folder / f"part-{number:06d}.{os.getpid()}"
        shutil.rmtree(staged, ignore_errors=True)
        staged.mkdir(parents=True)
        with _readable():
            writer = create(staged).writer(PART_HEAP, 1)
            part = EmbeddedPart(writer)
            try:
                yield part
                part.hand_over()
                writer.commit()
            finally:
                writer.wait_merging_threads()
        if not (standing := self._path(number)).exists():
            staged.rename(standing)

    def counted(self, number: int) -> Path:
        """Give the file in which what was counted of a part is kept."""
        return self.folder / f"counted-{number:06d}"

    def standing(self) -> frozenset[int]:
        """Tell which parts stand."""
        found = self.folder.glob("part-??????") if self.folder.is_dir() else ()
        return frozenset(int(path.name[5:]) for path in found)

    def join(self) -> str:
        """Link the files of all parts into a new generation, and let the library merge what it will."""
        with self._generations.writing():
            self._generations.sweep(keep=self._generations.current_or_none())
            generation = self._generations.fresh()
        parts = [self._path(number) for number in sorted(self.standing())]
        shares = max(1, min(os.cpu_count() or 1, len(parts) // FEWEST_MERGED))
        with _readable(), ThreadPoolExecutor(shares) as pool:
            merged = list(pool.map(self._merged, (parts[share::shares] for share in range(shares))))
            _join(merged, generation)
        self._joined = generation
        return generation.name

    def search(self, query: Query) -> Results:
        """Ask the joined generation."""
        with _readable():
            searcher = prepare(Index.open(str(self._joined))).searcher()
            return answering.answer(EmbeddedReader(schema(), searcher), query, self._knowledge)

    def swap(self) -> None:
        """Make the joined generation the live one, and forget the parts."""
        if self._joined is None:
            raise unreadable("nothing was joined")
        with self._generations.writing():
            self._generations.swap(self._joined)
        self.forget()

    def forget(self) -> None:
        """Delete the parts, of other versions too."""
        delete_folders(self._generations.folder, "beside-v*")

    def _merged(self, parts: Sequence[Path]) -> Path:
        """Join some parts in a folder of their own, and have the library merge what it will: it uses one core."""
        folder = Path(mkdtemp(prefix="joined-", dir=self.folder))
        _join(parts, folder)
        index = prepare(Index.open(str(folder)))
        for _ in range(2):  # what the first time merges, the second clears away
            writer = index.writer(JOIN_HEAP, 1)
            writer.commit()
            writer.garbage_collect_files()
            writer.wait_merging_threads()
        return folder

    def _path(self, number: int) -> Path:
        return self.folder / f"part-{number:06d}"


class EmbeddedPart:
    """See `repository.search.parts.Part`."""

    def __init__(self, writer: IndexWriter) -> None:
        self._writer = writer
        self._rows: list[Document] = []

    def add(self, document: SearchDocument, tokens: Tokens) -> None:
        """Write a document that was analysed already."""
        self._rows.append(to_row(document, tokens))
        if len(self._rows) >= AT_ONCE:
            self.hand_over()

    def hand_over(self) -> None:
        """Give the library what was gathered: its thread is woken once, not for each document."""
        for row in self._rows:
            self._writer.add_document(row)
        self._rows.clear()


def _join(parts: Sequence[Path], generation: Path) -> None:
    create(generation)
    joined = _read(generation / LISTED)
    managed = set(_read(generation / _MANAGED))
    for part in parts:
        found = _read(part / LISTED)
        joined["segments"] += found["segments"]
        joined["opstamp"] = max(joined["opstamp"], found["opstamp"])
        for name in _files(part, found["segments"]):
            os.link(part / name, generation / name)
            managed.add(name)
    write_whole(generation / _MANAGED, json.dumps(sorted(managed)).encode())
    write_whole(generation / LISTED, json.dumps(joined).encode())


def _files(part: Path, segments: Sequence[dict[str, Any]]) -> list[str]:
    stems = {str(segment["segment_id"]).replace("-", "") for segment in segments}
    return [path.name for path in part.iterdir() if path.name.partition(".")[0] in stems]


def _read(path: Path) -> Any:
    return json.loads(path.read_bytes())


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except StoreError:
        raise
    except _ERRORS as error:
        raise unreadable(str(error)) from error
