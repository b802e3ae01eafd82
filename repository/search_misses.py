"""The store of what was asked and not found: words, day and how often; never who asked, nor when in the day."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from sqlalchemy import Connection, delete, func, select, update

from repository.database import Transaction
from repository.tables import search_miss as table
from repository.upsert import add_missing

KEPT_DAYS = 400
FEWEST = 3  # a text that fewer asked is shown to nobody
MOST_A_DAY = 10_000  # texts; what comes after them on a day is only counted where it is known
MOST_LISTED = 500


class Miss(msgspec.Struct, frozen=True):
    """Words that found nothing, or (relaxed) only what sounds a little like them; `last` is a day."""

    text: str
    kind: str
    count: int
    last: str


def add(tx: Transaction, counts: Mapping[tuple[str, str], int]) -> None:
    """Add how often texts were missed, by (text, kind), to the day of the transaction."""
    day = tx.now[:10]
    keys = sorted(counts)  # in one order, so that two writers never wait for each other in a ring
    if not keys:
        return
    if _is_full(tx.conn, day):
        wanted = [text for text, _kind in keys]
        known = select(table.c.text, table.c.kind).where(table.c.day == day, table.c.text.in_(wanted))
        found = {(row.text, row.kind) for row in tx.conn.execute(known)}
        keys = [one for one in keys if one in found]
    rows = [{"day": day, "kind": kind, "text": text, "count": 0} for text, kind in keys]
    add_missing(tx.conn, table, rows)
    for text, kind in keys:
        row = (table.c.day == day, table.c.kind == kind, table.c.text == text)
        tx.conn.execute(update(table).where(*row).values(count=table.c.count + counts[text, kind]))


def _is_full(conn: Connection, day: str) -> bool:
    counted = select(func.count()).select_from(table).where(table.c.day == day)
    return int(conn.execute(counted).scalar_one()) >= MOST_A_DAY


def listed(conn: Connection, since: str, kind: str = "", limit: int = 100) -> list[Miss]:
    """Give what was missed at least three times since a day, the most often missed first."""
    total = func.sum(table.c.count)
    query = (
        select(table.c.text, table.c.kind, total.label("n"), func.max(table.c.day).label("last"))
        .where(table.c.day >= since)
        .group_by(table.c.text, table.c.kind)
        .having(total >= FEWEST)
        .order_by(total.desc(), table.c.text, table.c.kind)
        .limit(min(limit, MOST_LISTED))
    )
    rows = conn.execute(query.where(table.c.kind == kind) if kind else query)
    return [Miss(row.text, row.kind, int(row.n), row.last) for row in rows]


def forget(tx: Transaction, before: str) -> int:
    """Delete what is older than a day; gives how many rows."""
    return tx.conn.execute(delete(table).where(table.c.day < before)).rowcount
