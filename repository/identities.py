"""Identities: the lasting tie between (source, local id) and our item id, and the addresses that moved."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import Connection, select, update

from repository.database import Transaction
from repository.errors import StoreError
from repository.identifiers import mint
from repository.tables import alias, identity
from repository.upsert import upsert

ATTEMPTS = 8


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
        values = {"item": item, "source": source, "local_id": local_id, "state": state.value, "at": tx.now}
        if upsert(tx.conn, identity, values):
            tx.count(source, "known", "ever", 1)
            tx.count(source, "identity", state.value, 1)
            return item
        row = tx.conn.execute(select(identity).where(identity.c.item == item)).one()
        if (row.source, row.local_id) == (source, local_id):
            _move(tx, item, source, row.state, state)
            return item
    raise StoreError(
        "identity_exhausted", "식별자를 만들 수 없습니다.", f"no identifier left for {source} {local_id}"
    )


def _move(tx: Transaction, item: str, source: str, old: str, new: IdentityState) -> None:
    if old != new.value:
        tx.conn.execute(update(identity).where(identity.c.item == item).values(state=new.value))
        tx.count(source, "identity", old, -1)
        tx.count(source, "identity", new.value, 1)


def find(conn: Connection, source: str, local_id: str) -> str | None:
    """Give the item id of (source, local id), or None."""
    return conn.execute(
        select(identity.c.item).where(identity.c.source == source, identity.c.local_id == local_id)
    ).scalar()


def is_deleted(conn: Connection, item: str) -> bool:
    """Tell whether the last that a source said of a thing is that it deleted it."""
    state = conn.execute(select(identity.c.state).where(identity.c.item == item)).scalar()
    return state == IdentityState.DELETED.value


def redirect(conn: Connection, item: str) -> str | None:
    """Give the id that replaced an old one, or None."""
    return conn.execute(select(alias.c.new).where(alias.c.old == item)).scalar()
