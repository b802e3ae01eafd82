"""Identities: the lasting tie between (source, local id) and our item id, and the addresses that moved."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from types import SimpleNamespace

from sqlalchemy import Connection, select

from repository.database import Transaction
from repository.errors import StoreError
from repository.identifiers import mint
from repository.tables import alias, identity

ATTEMPTS = 8
_ITEM = identity.c.item


class IdentityState(StrEnum):
    """What became of what a source sent under one local id; the three sum to the known."""

    LIVE = "live"
    DELETED = "deleted"
    PARKED = "parked"


def identify(tx: Transaction, source: str, local_id: str, state: IdentityState) -> str:
    """Give the item id of (source, local id), minting it at first sight, and note its state.

    Two names that mint the same id are told apart by a salt; the first keeps the plain one.
    """
    for salt in range(ATTEMPTS):
        item = mint(source, local_id, salt=salt)
        row = tx.row(_ITEM, item)
        if row is None:
            values = {"item": item, "source": source, "local_id": local_id}
            tx.add(identity, {**values, "state": state.value, "at": tx.now})
            tx.count(source, "known", "ever", 1)
            tx.count(source, "identity", state.value, 1)
            return item
        if (row.source, row.local_id) == (source, local_id):
            _move(tx, row, state)
            return item
    raise StoreError(
        "identity_exhausted", "식별자를 만들 수 없습니다.", f"no identifier left for {source} {local_id}"
    )


def _move(tx: Transaction, row: SimpleNamespace, new: IdentityState) -> None:
    if row.state != new.value:
        tx.count(row.source, "identity", row.state, -1)
        tx.count(row.source, "identity", new.value, 1)
        tx.change(identity, row, {"state": new.value})


def hold(tx: Transaction, source: str, local_ids: Iterable[str]) -> None:
    """Read the identities of many names at once."""
    tx.hold(_ITEM, [mint(source, local_id) for local_id in local_ids])


def first_id(source: str, local_id: str) -> str:
    """Give the item id that a name gets unless another name has taken it."""
    return mint(source, local_id)


def known(tx: Transaction, source: str, local_id: str) -> str | None:
    """Give the item id of (source, local id) where it has been seen before, in a transaction."""
    for salt in range(ATTEMPTS):
        row = tx.row(_ITEM, mint(source, local_id, salt=salt))
        if row is None:
            return None
        if (row.source, row.local_id) == (source, local_id):
            return str(row.item)
    return None


def find(conn: Connection, source: str, local_id: str) -> str | None:
    """Give the item id of (source, local id), or None."""
    return conn.execute(
        select(identity.c.item).where(identity.c.source == source, identity.c.local_id == local_id)
    ).scalar()


def local_ids(conn: Connection, source: str, items: Iterable[str]) -> dict[str, str]:
    """Give what a source calls some items, leaving out those of other sources."""
    ids = sorted(items)
    found: dict[str, str] = {}
    for start in range(0, len(ids), 500):
        mine = identity.c.source == source, identity.c.item.in_(ids[start : start + 500])
        found |= {row.item: row.local_id for row in conn.execute(select(identity).where(*mine))}
    return found


def is_deleted(conn: Connection, item: str) -> bool:
    """Tell whether the last that a source said of a thing is that it deleted it."""
    state = conn.execute(select(identity.c.state).where(identity.c.item == item)).scalar()
    return state == IdentityState.DELETED.value


def redirect(conn: Connection, item: str) -> str | None:
    """Give the id that replaced an old one, or None."""
    return conn.execute(select(alias.c.new).where(alias.c.old == item)).scalar()
