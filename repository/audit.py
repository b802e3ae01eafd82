"""The store of the audit: who did what to what, when, and the digests before and after; it is only ever added to."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, insert, select

from repository.database import Transaction
from repository.tables import audit as table

MOST = 200


class Entry(msgspec.Struct, frozen=True):
    """One line of the audit; digests are empty where there was nothing, `detail` never holds a secret."""

    id: int
    actor: str
    action: str
    subject: str
    before: str
    after: str
    detail: str
    at: str


def record(
    tx: Transaction,
    actor: str,
    action: str,
    subject: str,
    before: str = "",
    after: str = "",
    detail: str = "",
) -> None:
    """Write a line, in the transaction of what it tells of: both are kept, or neither."""
    tx.conn.execute(
        insert(table).values(
            actor=actor,
            action=action,
            subject=subject,
            before=before,
            after=after,
            detail=detail,
            at=tx.now,
        )
    )


def newest(conn: Connection, before: int = 0, limit: int = 50, subject: str = "") -> list[Entry]:
    """Give lines, the newest first: those older than the line `before` (0: all), of one subject or of all."""
    query = select(table).order_by(table.c.id.desc()).limit(min(limit, MOST))
    if before:
        query = query.where(table.c.id < before)
    if subject:
        query = query.where(table.c.subject == subject)
    return [Entry(*row) for row in conn.execute(query)]
