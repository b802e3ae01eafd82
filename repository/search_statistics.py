"""The store of what the whole collection is like: counted with each rebuild, for the live index and the last one.

In the database and not beside the index, because processes on several machines, over one cluster, must rank by
the same numbers; and small, for it holds counts of tokens, not of documents.
"""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from repository import search_versions
from repository.database import Transaction
from repository.tables import search_statistics as table

KEPT = 2


def save(tx: Transaction, generation: str, body: bytes) -> int:
    """Keep the statistics of a generation as the newest, and the ones before them; gives their version."""
    version = search_versions.move(tx, search_versions.STATISTICS)
    row = {"version": version, "at": tx.now, "generation": generation[-64:], "body": body}
    tx.conn.execute(insert(table).values(**row))
    tx.conn.execute(delete(table).where(table.c.version <= version - KEPT))
    return version


def newest(conn: Connection) -> bytes | None:
    """Give the newest statistics, None before the first rebuild."""
    return conn.execute(select(table.c.body).order_by(table.c.version.desc()).limit(1)).scalar()


def again(tx: Transaction, generation: str) -> None:
    """Make the statistics of a generation the newest again, where they are still kept."""
    kept = select(table.c.body).where(table.c.generation == generation[-64:]).order_by(table.c.version.desc())
    if (body := tx.conn.execute(kept.limit(1)).scalar()) is not None:
        save(tx, generation, body)
