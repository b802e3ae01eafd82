"""Index and database held against each other, chunk by chunk, and mended where they differ.

First what the index holds: each document is made again and compared. Then what the database holds: of items
that the index lacks, those that should be there. Both ways go on from any place, so that the worker can do a
little at a time; nothing is held in memory but one chunk.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Container, Iterator, Sequence
from itertools import islice

import msgspec

from repository import items
from repository.documents import documents, index_items
from repository.errors import StoreError
from repository.memory import Memory
from repository.search.parts import InParts

log = logging.getLogger(__name__)
CHUNK = 500
MOST_NAMED = 1000
REST = 24 * 3600.0  # seconds between two rounds
Progress = Callable[[int], None]


class Difference(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where index and database differ: ids that the index lacks, has outdated, or should not have.

    At most a thousand of each are named; `unnamed` is how many more there are.
    """

    missing: list[str]
    stale: list[str]
    surplus: list[str]
    unnamed: int = 0

    @property
    def count(self) -> int:
        """How many differ."""
        return len(self.missing) + len(self.stale) + len(self.surplus) + self.unnamed


def compare(memory: Memory, repair: bool = False, progress: Progress = lambda _: None) -> Difference:
    """Hold the whole index against the database; where it is to `repair`, what differs is written anew."""
    named: dict[str, list[str]] = {"missing": [], "stale": [], "surplus": []}
    unnamed = 0
    for found in differences(memory, progress):
        for kind, ids in found.items():
            room = MOST_NAMED - len(named[kind])
            named[kind] += ids[:room]
            unnamed += len(ids[room:])
        if repair:
            mend(memory, found)
    return Difference(**{kind: sorted(ids) for kind, ids in named.items()}, unnamed=unnamed)


def mend(memory: Memory, found: dict[str, list[str]]) -> int:
    """Write what differs as the database has it now; gives how many documents that moved."""
    ids = [one for kind in found.values() for one in kind]
    return index_items(memory, ids) if ids else 0


def differences(memory: Memory, progress: Progress = lambda _: None) -> Iterator[dict[str, list[str]]]:
    """Give what differs, chunk by chunk, also where nothing does."""
    held = memory.engine.digests()
    while chunk := list(islice(held, CHUNK)):
        yield _of_index(memory, dict(chunk))
        progress(len(chunk))
    assert isinstance(memory.engine, InParts)
    holds = memory.engine.held
    with memory.database.read() as conn:
        ids = items.iter_ids(conn)
        packed = [" ".join(names) for names in iter(lambda: list(islice(ids, CHUNK)), [])]
    for names in packed:
        yield _of_database(memory, names.split(), holds)


def _of_index(memory: Memory, held: dict[str, str]) -> dict[str, list[str]]:
    with memory.database.read() as conn:
        kept, gone = documents(conn, memory.blobs, list(held))
    return {"stale": [one.id for one in kept if held[one.id] != one.digest], "surplus": gone}


def _of_database(
    memory: Memory, ids: Sequence[str], holds: Callable[[Sequence[str]], Container[str]]
) -> dict[str, list[str]]:
    there = holds(ids)
    with memory.database.read() as conn:
        kept, _gone = documents(conn, memory.blobs, [one for one in ids if one not in there])
    return {"missing": [one.id for one in kept]}


class Reconciliation:
    """A round through index and database each day, one chunk at each tick; what differs is mended and counted."""

    def __init__(self, memory: Memory, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._memory, self._monotonic = memory, monotonic
        self._round: Iterator[dict[str, list[str]]] | None = None
        self._chunks = self._mended = 0
        self._due = float("-inf")

    def tick(self) -> int:
        """Look at the next chunk; gives how many documents had to be mended."""
        if self._round is None:
            if self._monotonic() < self._due:
                return 0
            self._round, self._chunks, self._mended = differences(self._memory), 0, 0
        try:
            found = next(self._round)
        except StopIteration:
            self._end()
            return 0
        except StoreError:
            self._round = None  # begins anew when the index answers again
            raise
        mended = mend(self._memory, found)
        self._chunks, self._mended = self._chunks + 1, self._mended + mended
        return mended

    def _end(self) -> None:
        self._round, self._due = None, self._monotonic() + REST
        level = logging.WARNING if self._mended else logging.INFO
        log.log(level, "index reconciled", extra={"chunks": self._chunks, "mended": self._mended})
