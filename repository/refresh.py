"""Refresh: the change feed drives the projections, each with a cursor of its own.

Every reader looks at the item as it is now, not at the change, so doing one twice is the same as doing it
once: first the projection is written, then the cursor moves. A rebuild is a reader that starts over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec
from sqlalchemy import Connection

from repository import assets, changes, decisions, derivatives, items, manifests, sets
from repository.asset import AssetState
from repository.memory import Memory
from repository.presentation import Presenter
from repository.search import document
from repository.search.document import SearchDocument

INDEX = "index"
MANIFESTS = "manifests"
BATCH = 200
Progress = Callable[[int], None]


class Lag(msgspec.Struct, frozen=True):
    """How far a reader is behind the database, in changes."""

    reader: str
    behind: int


def lags(conn: Connection) -> list[Lag]:
    """Tell how far each projection is behind."""
    head = changes.head(conn)
    return [Lag(reader, head - changes.position(conn, reader)) for reader in (INDEX, MANIFESTS)]


class Difference(msgspec.Struct, frozen=True):
    """Where index and database differ: ids that the index lacks, has outdated, or should not have."""

    missing: list[str]
    stale: list[str]
    surplus: list[str]


def refresh(memory: Memory, presenter: Presenter, progress: Progress = lambda _: None) -> int:
    """Bring every projection up to the newest change; gives the number of changes read."""
    done = _follow(memory, INDEX, lambda ids: index_items(memory, ids), progress)
    return done + _follow(memory, MANIFESTS, lambda ids: keep_manifests(memory, presenter, ids), progress)


def _follow(memory: Memory, reader: str, project: Callable[[Sequence[str]], None], progress: Progress) -> int:
    done = 0
    while True:
        with memory.database.read() as conn:
            batch = changes.since(conn, changes.position(conn, reader), BATCH)
        if not batch:
            return done
        project(list(dict.fromkeys(change.item for change in batch)))
        with memory.database.write() as tx:
            changes.advance(tx.conn, reader, batch[-1].number)
        done += len(batch)
        progress(len(batch))


def documents(conn: Connection, ids: Sequence[str]) -> tuple[list[SearchDocument], list[str]]:
    """Give the search documents of some items, and the ids of those that have none (any more)."""
    found = items.find_many(conn, ids)
    current = decisions.current_many(conn, ids)
    members = sets.of_items(conn, ids)
    files = assets.counts(conn, ids)
    made = []
    for item_id, stored in found.items():
        verdict = current.get(item_id)
        if stored.is_live and verdict is not None:
            made.append(
                document.build(
                    stored.item,
                    verdict.decision,
                    files.get(item_id, 0),
                    collections=tuple(shown.id for shown in members.get(item_id, ())),
                )
            )
    kept = [one for one in made if one is not None]
    return kept, sorted(set(ids) - {one.id for one in kept})


def index_items(memory: Memory, ids: Sequence[str]) -> None:
    """Write the documents of some items into the index and drop those that have none."""
    with memory.database.read() as conn:
        kept, gone = documents(conn, ids)
    memory.engine.put(kept)
    memory.engine.drop(gone)


def keep_manifests(memory: Memory, presenter: Presenter, ids: Iterable[str]) -> None:
    """Build the manifests of some items and keep their bytes; forget those that show nothing."""
    for item_id in ids:
        with memory.database.read() as conn:
            built = presenter.build(conn, item_id)
            old = manifests.kept(conn, item_id)
        if (built.basis if built else None) == old:
            continue
        with memory.database.write() as tx:
            if built is None:
                manifests.drop(tx, item_id)
            else:
                manifests.keep(tx, item_id, built.basis, built.body)


def compare(memory: Memory) -> Difference:
    """Hold the index against the database, document by document."""
    indexed = dict(memory.engine.digests())
    wanted: dict[str, str] = {}
    with memory.database.read() as conn:
        ids = list(items.iter_ids(conn))
        for start in range(0, len(ids), BATCH):
            wanted |= {one.id: one.digest for one in documents(conn, ids[start : start + BATCH])[0]}
    return Difference(
        missing=sorted(wanted.keys() - indexed.keys()),
        stale=sorted(name for name in wanted.keys() & indexed.keys() if wanted[name] != indexed[name]),
        surplus=sorted(indexed.keys() - wanted.keys()),
    )


def rebuild_index(memory: Memory, progress: Progress = lambda _: None) -> int:
    """Build the index anew beside the live one and swap it in; changes made meanwhile are read afterwards."""
    with memory.database.read() as conn:
        head = changes.head(conn)
        ids = list(items.iter_ids(conn))
    with memory.engine.rebuild() as beside:
        for start in range(0, len(ids), BATCH):
            with memory.database.read() as conn:
                kept, _ = documents(conn, ids[start : start + BATCH])
            beside.put(kept)
            progress(len(kept))
    with memory.database.write() as tx:
        changes.advance(tx.conn, INDEX, head)
    return len(ids)


def rebuild_manifests(memory: Memory, presenter: Presenter, progress: Progress = lambda _: None) -> int:
    """Forget every kept manifest and build all anew."""
    with memory.database.write() as tx:
        manifests.drop_all(tx)
        head = changes.head(tx.conn)
    with memory.database.read() as conn:
        ids = list(items.iter_ids(conn))
    for item_id in ids:
        keep_manifests(memory, presenter, [item_id])
        progress(1)
    with memory.database.write() as tx:
        changes.advance(tx.conn, MANIFESTS, head)
    return len(ids)


def rebuild_derivatives(memory: Memory, progress: Progress = lambda _: None) -> int:
    """Delete every derivative and make all anew from the originals."""
    memory.blobs.delete_derived()
    with memory.database.read() as conn:
        files = [asset for item_id in items.iter_ids(conn) for asset in assets.of_item(conn, item_id)]
    for asset in files:
        if asset.state is AssetState.FETCHED:
            derivatives.make(memory.blobs, asset.sha256, asset.media_type)
        progress(1)
    return len(files)
