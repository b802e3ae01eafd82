"""The change feed: one row per item and transaction, numbered in the order in which transactions commit.

The number comes from the single row of `feed`, updated as the last statement of a transaction. Its row lock
(PostgreSQL) or the one-writer rule (SQLite) is held until the commit, so whoever gets the next number
commits after: a reader that has seen number n has seen every number below it. A sequence would not do: its
numbers are taken before, and seen after, the commit of others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec
from sqlalchemy import Connection, bindparam, case, insert, select, update

from repository.tables import change, cursor, feed
from repository.tables import item as item_table


class Change(msgspec.Struct, frozen=True):
    """One change: `kind` joins by `+` what happened to the item in its transaction."""

    number: int
    item: str
    kind: str
    at: str


def append(conn: Connection, now: str, touched: Mapping[str, Iterable[str]], moved: Iterable[str]) -> None:
    """Number the changes of a transaction and stamp the items whose digest moved.

    The feed's time never runs backwards, whatever the clock does, so public datestamps follow the numbers.
    """
    at = conn.execute(
        update(feed)
        .where(feed.c.id == 1)
        .values(
            number=feed.c.number + len(touched),
            at=case((feed.c.at > now, feed.c.at), else_=now),
        )
        .returning(feed.c.number, feed.c.at)
    ).one()
    first = at.number - len(touched) + 1
    conn.execute(
        insert(change),
        [
            {"number": first + place, "item": item, "kind": "+".join(sorted(kinds)), "at": at.at}
            for place, (item, kinds) in enumerate(sorted(touched.items()))
        ],
    )
    if rows := [{"moved_item": item} for item in sorted(moved)]:
        conn.execute(
            update(item_table).where(item_table.c.id == bindparam("moved_item")).values(datestamp=at.at), rows
        )


def since(conn: Connection, number: int, limit: int = 500) -> list[Change]:
    """Read the next changes after a number, in order."""
    rows = conn.execute(select(change).where(change.c.number > number).order_by(change.c.number).limit(limit))
    return [Change(row.number, row.item, row.kind, row.at) for row in rows]


def head(conn: Connection) -> int:
    """Give the newest number that has been committed."""
    return int(conn.execute(select(feed.c.number)).scalar_one())


def position(conn: Connection, reader: str) -> int:
    """Give the number that a reader has finished; 0 for a new reader."""
    return conn.execute(select(cursor.c.number).where(cursor.c.reader == reader)).scalar() or 0


def advance(conn: Connection, reader: str, number: int) -> None:
    """Note that a reader has finished everything up to a number; a rebuild sets it back."""
    done = conn.execute(update(cursor).where(cursor.c.reader == reader).values(number=number))
    if done.rowcount == 0:
        conn.execute(insert(cursor).values(reader=reader, number=number))
