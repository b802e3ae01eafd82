"""Refresh: the change feed drives the projections, each with a cursor of its own.

Every reader looks at the item as it is now, not at the change, so doing one twice is the same as doing it
once: first the projection is written, then the cursor moves. A rebuild is a reader that starts over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec
from sqlalchemy import Connection

from repository import assets, changes, derivatives, index_feed, items, manifests
from repository.asset import AssetState
from repository.documents import documents as documents
from repository.documents import index_items as index_items
from repository.errors import StoreError
from repository.index_feed import INDEX
from repository.memory import Memory
from repository.presentation import Presenter
from repository.rebuild import rebuild_index as rebuild_index
from repository.reconcile import Difference as Difference
from repository.reconcile import compare as compare

MANIFESTS = "manifests"
FEW = 20  # manifests that are made between two looks at the index
TRIES = 25  # rounds of manifests after which an index that did not answer is tried again
Progress = Callable[[int], None]


class Lag(msgspec.Struct, frozen=True):
    """How far a reader is behind the database: changes, and when the oldest of them was made (empty: none)."""

    reader: str
    behind: int
    since: str = ""


def lags(conn: Connection) -> list[Lag]:
    """Tell how far each projection is behind."""
    head = changes.head(conn)
    return [_lag(conn, reader, head) for reader in (INDEX, MANIFESTS)]


def _lag(conn: Connection, reader: str, head: int) -> Lag:
    place = changes.position(conn, reader)
    oldest = changes.since(conn, place, 1) if place < head else []
    return Lag(reader, head - place, oldest[0].at if oldest else "")


def refresh(memory: Memory, presenter: Presenter, progress: Progress = lambda _: None) -> int:
    """Bring every projection up to the newest change; gives the number of changes read.

    The index comes first, and is looked at again after every few manifests. Where it does not answer, its
    cursor stays and the manifests go on; then StoreError is raised.
    """
    done, rounds = 0, 0
    fault: StoreError | None = None
    while True:
        moved = 0
        if fault is None or rounds % TRIES == 0:
            moved, fault = _index(memory)
        if not moved:
            moved, rounds = _manifests(memory, presenter), rounds + 1
        if not moved:
            break
        done += moved
        progress(moved)
    if fault is not None:
        raise fault
    return done


def _index(memory: Memory) -> tuple[int, StoreError | None]:
    try:
        return index_feed.follow(memory), None
    except StoreError as error:
        return 0, error


def _manifests(memory: Memory, presenter: Presenter) -> int:
    with memory.database.read() as conn:
        batch = changes.since(conn, changes.position(conn, MANIFESTS), FEW)
    if batch:
        keep_manifests(memory, presenter, dict.fromkeys(change.item for change in batch))
        with memory.database.write() as tx:
            changes.advance(tx.conn, MANIFESTS, batch[-1].number)
    return len(batch)


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
