"""The store of one number for each list that processes hold in memory: it moves with every change of the list.

The number is moved in the transaction that changes the list, and its row is locked until the commit: two who
change a list at once get different numbers, in the order of their commits.
"""

from __future__ import annotations

from sqlalchemy import Connection, select, update

from repository.database import Transaction
from repository.tables import search_version as table
from repository.upsert import upsert

SYNONYMS = "synonyms"
STATISTICS = "statistics"


def move(tx: Transaction, subject: str) -> int:
    """Give a list its next number."""
    upsert(tx.conn, table, {"subject": subject, "number": 0})
    moved = (
        update(table)
        .where(table.c.subject == subject)
        .values(number=table.c.number + 1)
        .returning(table.c.number)
    )
    return int(tx.conn.execute(moved).scalar_one())


def numbers(conn: Connection) -> dict[str, int]:
    """Give the number of every list that was ever changed."""
    return {row.subject: row.number for row in conn.execute(select(table))}
