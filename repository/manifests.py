"""The store of kept manifests: bytes built once for each (item digest, files' revision, decision)."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select

from repository.database import Transaction
from repository.item import digest
from repository.tables import manifest as table
from repository.upsert import upsert


def basis(item_digest: str, assets_revision: int, decisions: list[str], names: list[str]) -> str:
    """Name all that a manifest was built from: a kept one is good only while this stays the same."""
    return digest([item_digest, assets_revision, decisions, names])


def find(conn: Connection, item: str, current: str) -> bytes | None:
    """Give the kept manifest of an item, or None where none was kept or its basis is no longer current."""
    return conn.execute(select(table.c.body).where(table.c.item == item, table.c.basis == current)).scalar()


def kept(conn: Connection, item: str) -> str | None:
    """Give the basis of the manifest that is kept for an item."""
    return conn.execute(select(table.c.basis).where(table.c.item == item)).scalar()


def keep(tx: Transaction, item: str, current: str, body: bytes) -> None:
    """Keep a manifest in place of any older one of its item."""
    upsert(tx.conn, table, {"item": item, "basis": current, "body": body}, ["basis", "body"])


def drop(tx: Transaction, item: str) -> None:
    """Forget the manifest of an item that shows nothing any more."""
    tx.conn.execute(delete(table).where(table.c.item == item))


def drop_all(tx: Transaction) -> None:
    """Forget every manifest, for a rebuild."""
    tx.conn.execute(delete(table))
