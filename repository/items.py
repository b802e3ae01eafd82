"""The store of items: bodies without their files, tombstones, and what pages read of them.

An item's revision and public datestamp move only when its digest moves, so a replay without difference
writes nothing.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from repository.database import Transaction
from repository.item import Item, canonical
from repository.shapes import Shape
from repository.tables import item as table

_ITEM = Shape(Item)
_ID = table.c.id

BEGINNING = 60  # characters
_LAST = "\U0010ffff"  # behind every character
LIVE = "live"
DELETED = "deleted"


class StoredItem(msgspec.Struct, frozen=True):
    """An item with what the store knows of it; `state` is live, or deleted for a tombstone."""

    item: Item
    digest: str
    revision: int
    datestamp: str
    created: str
    state: str
    assets_revision: int

    @property
    def is_live(self) -> bool:
        """Tell whether the item is there, rather than its tombstone."""
        return self.state == LIVE


def _stored(row: Any) -> StoredItem:
    return StoredItem(
        _ITEM.read(row.body),
        row.digest,
        row.revision,
        row.datestamp,
        row.created,
        row.state,
        row.assets_revision,
    )


def save(tx: Transaction, item: Item) -> bool:
    """Write an item where its digest moved or it was deleted; tells whether anything was written."""
    body = canonical(item)
    new = hashlib.sha256(body).hexdigest()
    old = tx.row(_ID, item.id)
    if old is not None and old.digest == new and old.state == LIVE:
        return False
    values = {
        "digest": new,
        "source": item.source,
        "provider": item.provider,
        "holder": item.holder,
        "state": LIVE,
        "title": beginning(item.title),
        "body": body,
    }
    if old is None:
        tx.add(table, {"id": item.id, "revision": 1, "created": tx.now, **values})
    else:
        _count(tx, old.provider, old.holder, old.state, -1)
        tx.change(table, old, {"revision": old.revision + 1, **values})
    _count(tx, item.provider, item.holder, LIVE, 1)
    tx.touch(item.id, "item", moved=True)
    return True


def bury(tx: Transaction, item: str) -> bool:
    """Turn a live item into its tombstone; tells whether anything was written."""
    row = tx.row(_ID, item)
    if row is None or row.state != LIVE:
        return False
    tx.change(table, row, {"state": DELETED, "revision": row.revision + 1})
    _count(tx, row.provider, row.holder, LIVE, -1)
    _count(tx, row.provider, row.holder, DELETED, 1)
    tx.touch(item, "tombstone", moved=True)
    return True


def _count(tx: Transaction, provider: str, holder: str, state: str, by: int) -> None:
    tx.count(provider, "item", state, by)
    tx.count(holder, "held", state, by)


def hold(tx: Transaction, ids: Iterable[str]) -> None:
    """Read many items at once."""
    tx.hold(_ID, ids)


def within(tx: Transaction, item: str) -> StoredItem | None:
    """Give an item as it stands in a transaction, or None."""
    row = tx.row(_ID, item)
    return None if row is None else _stored(row)


def find(conn: Connection, item: str) -> StoredItem | None:
    """Give an item or its tombstone, or None where nothing of that id was ever here."""
    row = conn.execute(select(table).where(table.c.id == item)).one_or_none()
    return None if row is None else _stored(row)


def find_many(conn: Connection, ids: Iterable[str]) -> dict[str, StoredItem]:
    """Give the items of some ids in one statement; ids without an item are left out."""
    rows = conn.execute(select(table).where(table.c.id.in_(list(ids))))
    return {row.id: _stored(row) for row in rows}


def newest(conn: Connection, limit: int) -> list[StoredItem]:
    """Give the live items that came last."""
    rows = conn.execute(
        select(table)
        .where(table.c.state == LIVE)
        .order_by(table.c.created.desc(), table.c.id.desc())
        .limit(limit)
    )
    return [_stored(row) for row in rows]


def beginning(title: str) -> str:
    """Fold a title, or how one begins, to what titles are compared by: no blanks, no case, sixty characters."""
    folded = unicodedata.normalize("NFKC", title.replace("\0", "")).casefold()
    return "".join(folded.split())[:BEGINNING]


def by_title(conn: Connection, typed: str, limit: int) -> list[StoredItem]:
    """Give live items whose first title begins so, in the order of their titles."""
    begins = beginning(typed)
    rows = conn.execute(
        select(table)
        .where(table.c.state == LIVE, table.c.title >= begins, table.c.title < begins + _LAST)
        .order_by(table.c.title, table.c.id)
        .limit(limit)
    )
    return [_stored(row) for row in rows]


def of_institution(conn: Connection, institution: str, after: str = "", limit: int = 24) -> list[StoredItem]:
    """Give live items that an institution holds, in the order of their ids, after one of them."""
    rows = conn.execute(
        select(table)
        .where(table.c.holder == institution, table.c.state == LIVE, table.c.id > after)
        .order_by(table.c.id)
        .limit(limit)
    )
    return [_stored(row) for row in rows]


def iter_ids(conn: Connection, chunk: int = 1000) -> Iterator[str]:
    """Give all ids, tombstones included, in keyset chunks, so that no long read blocks a checkpoint."""
    last = ""
    while (
        rows := conn.execute(select(table.c.id).where(table.c.id > last).order_by(table.c.id).limit(chunk))
        .scalars()
        .all()
    ):
        yield from rows
        last = rows[-1]
