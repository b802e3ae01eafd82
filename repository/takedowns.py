"""The store of takedowns: what was withdrawn from the public, why, by whom; precious through any rebuild."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import CompoundSelect, Connection, insert, select, update

from repository.database import Transaction
from repository.tables import asset, subjects_of
from repository.tables import takedown as table

_SUBJECT = table.c.subject


class TakedownKind(StrEnum):
    """Why something was taken down; in the feed `terms_changed` lets earlier users go on, the others do not."""

    ERROR = "error"
    RIGHTS = "rights"
    PRIVACY = "privacy"
    TERMS_CHANGED = "terms_changed"
    REQUEST = "request"


class Takedown(msgspec.Struct, frozen=True):
    """One takedown of an item or a file; `lifted` is empty while it is in force."""

    subject: str
    kind: TakedownKind
    reason: str
    by: str
    at: str
    lifted: str


def _takedown(row: Any) -> Takedown:
    return Takedown(row.subject, TakedownKind(row.kind), row.reason, row.by, row.at, row.lifted)


def add(tx: Transaction, subject: str, kind: TakedownKind, reason: str, by: str) -> int:
    """Put a takedown in force on an item or a file, and tell the feed of it; gives its number."""
    values = {"subject": subject, "kind": kind.value, "reason": reason, "by": by, "at": tx.now}
    number = tx.conn.execute(insert(table).values(values).returning(table.c.id)).scalar_one()
    _touch(tx, subject)
    return int(number)


def lift(tx: Transaction, subject: str) -> bool:
    """Lift all takedowns in force on a subject, and tell the feed; tells whether there were any."""
    done = tx.conn.execute(
        update(table).where(table.c.subject == subject, table.c.lifted == "").values(lifted=tx.now)
    )
    if done.rowcount:
        _touch(tx, subject)
    return done.rowcount > 0


def lift_one(tx: Transaction, number: int) -> str:
    """Lift one takedown only, and tell the feed; gives its subject, or an empty string where it was not in force."""
    done = tx.conn.execute(
        update(table)
        .where(table.c.id == number, table.c.lifted == "")
        .values(lifted=tx.now)
        .returning(_SUBJECT)
    ).scalar()
    if done:
        _touch(tx, done)
    return done or ""


def _touch(tx: Transaction, subject: str) -> None:
    """Note a change of the item: the subject itself, or the one that the file belongs to."""
    item = tx.conn.execute(select(asset.c.item).where(asset.c.id == subject)).scalar()
    tx.touch(item or subject, "takedown")


def in_force(conn: Connection, subjects: Iterable[str]) -> list[Takedown]:
    """Give the takedowns in force on some subjects, the newest first."""
    return _in_force(conn, list(subjects))


def hold(tx: Transaction, subjects: Iterable[str]) -> None:
    """Read the takedowns of many subjects at once."""
    tx.hold(_SUBJECT, subjects)


def in_force_within(tx: Transaction, subjects: Iterable[str]) -> list[Takedown]:
    """Give the takedowns in force on some subjects, as they stand in a transaction."""
    rows = [row for subject in subjects for row in tx.rows(_SUBJECT, subject) if not row.lifted]
    return [_takedown(row) for row in rows]


def in_force_of(conn: Connection, item: str) -> list[Takedown]:
    """Give the takedowns in force on an item and on its files, the newest first."""
    return _in_force(conn, subjects_of(item))


def _in_force(conn: Connection, subjects: list[str] | CompoundSelect[tuple[str]]) -> list[Takedown]:
    rows = conn.execute(
        select(table).where(table.c.subject.in_(subjects), table.c.lifted == "").order_by(table.c.id.desc())
    )
    return [_takedown(row) for row in rows]


def since(conn: Connection, number: int = 0) -> list[tuple[int, Takedown]]:
    """Give all takedowns ever, lifted ones too, after a row number."""
    rows = conn.execute(select(table).where(table.c.id > number).order_by(table.c.id))
    return [(row.id, _takedown(row)) for row in rows]
