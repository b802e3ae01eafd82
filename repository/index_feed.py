"""How far the index has followed the change feed: one cursor for each generation of it.

A rebuild begins the cursor of its generation where the feed stood when it began to read. So the moment at which
the generations change places is the moment at which the cursors do, and a change that was written into the one
is never taken for written into the other. The cursor `index` repeats that of the live generation.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from repository import changes
from repository.changes import Change
from repository.documents import index_items
from repository.errors import StoreError
from repository.memory import Memory

INDEX = "index"
BATCH = 500
LOOK = 5000  # changes that are looked through at once for what goes first
_FIRST = {"takedown", "tombstone"}


def generation_of(memory: Memory) -> str:
    """Name the live generation, empty before the first. Raises StoreError where the index does not answer."""
    health = memory.engine.health()
    if health.state not in ("ok", "empty"):
        raise StoreError(f"index_{health.state}", "검색 색인을 쓸 수 없습니다.", f"no index: {health.detail}")
    return health.generation


def position(conn: Connection, generation: str) -> int:
    """Give the number up to which a generation holds everything; the first one begins at the beginning."""
    if not generation:
        return 0
    return changes.position(conn, _reader(generation)) or changes.position(conn, INDEX)


def settle(conn: Connection, generation: str, number: int, live: bool = True) -> None:
    """Note that a generation holds everything up to a number; `live` where it is the one that answers."""
    if generation:
        changes.advance(conn, _reader(generation), number)
    if live:
        changes.advance(conn, INDEX, number)


def follow(memory: Memory) -> int:
    """Write the next changes into the index; gives how many, 0 where it holds all. Raises StoreError.

    What closes a work goes first: where many changes wait, takedowns and decisions are taken out of their turn.
    """
    generation = generation_of(memory)
    with memory.database.read() as conn:
        batch = changes.since(conn, position(conn, generation), BATCH)
    if not batch:
        return 0
    if len(batch) == BATCH:
        _urgent(memory, generation, batch[-1].number)
    _project(memory, batch)
    now = generation_of(memory)
    if generation in ("", now):  # else another took its place meanwhile, and has a cursor of its own
        with memory.database.write() as tx:
            settle(tx.conn, now, batch[-1].number)
    return len(batch)


def _urgent(memory: Memory, generation: str, after: int) -> None:
    """Write what goes first of the changes after a number, up to the newest; each is looked at once."""
    reader = _reader(generation, "first")
    with memory.database.read() as conn:
        seen = max(after, changes.position(conn, reader))
    while True:
        with memory.database.read() as conn:
            chunk = changes.since(conn, seen, LOOK)
        if not chunk:
            return
        if first := [change for change in chunk if goes_first(change.kind)]:
            _project(memory, first)
        seen = chunk[-1].number
        with memory.database.write() as tx:
            changes.advance(tx.conn, reader, seen)


def goes_first(kind: str) -> bool:
    """Tell whether a change closes or opens what was there: a takedown, a tombstone, a decision alone.

    A harvest decides on everything that it writes: those decisions come with their items, in their turn.
    """
    kinds = set(kind.split("+"))
    return bool(kinds & _FIRST) or kinds == {"decision"}


def _project(memory: Memory, batch: Sequence[Change]) -> None:
    ids = list(dict.fromkeys(change.item for change in batch))
    for start in range(0, len(ids), BATCH):
        index_items(memory, ids[start : start + BATCH])


def _reader(generation: str, kind: str = INDEX) -> str:
    return f"{kind}:{generation[-50:]}"
