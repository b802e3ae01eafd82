"""The store of problems: what was found wrong with an item's records, counted by code for each source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec
from sqlalchemy import Connection, func, select

from repository.database import Transaction
from repository.problems import Problem
from repository.tables import problem as table

_SUBJECT = table.c.subject


class Finding(msgspec.Struct, frozen=True):
    """A problem and where it was found: the item id of its record, and the record's format."""

    subject: str
    prefix: str
    problem: Problem


def replace(tx: Transaction, subject: str, prefix: str, source: str, problems: Sequence[Problem]) -> bool:
    """Make the stored problems of one record agree with what was found now; tells whether anything was written."""
    rows = [row for row in tx.rows(_SUBJECT, subject) if row.prefix == prefix]
    rows.sort(key=lambda row: row.position)
    if [Problem(row.code, row.field, row.value) for row in rows] == list(problems):
        return False
    for row in rows:
        tx.drop(table, row)
    where = {"subject": subject, "prefix": prefix, "source": source}
    for place, found in enumerate(problems):
        said = {"code": found.code, "field": found.field, "value": found.value}
        tx.add(table, {**where, "position": place, **said})
    return True


def hold(tx: Transaction, subjects: Iterable[str]) -> None:
    """Read the problems of many items at once."""
    tx.hold(_SUBJECT, subjects)


def of_subject(conn: Connection, subject: str) -> list[Finding]:
    """Give the problems of one item's records."""
    rows = conn.execute(
        select(table).where(table.c.subject == subject).order_by(table.c.prefix, table.c.position)
    )
    return [Finding(row.subject, row.prefix, Problem(row.code, row.field, row.value)) for row in rows]


def codes_of(conn: Connection, subjects: Iterable[str]) -> Counter[tuple[str, str]]:
    """Count the problems of many items' records by item and code, in one statement."""
    rows = conn.execute(
        select(table.c.subject, table.c.code, func.count().label("n"))
        .where(table.c.subject.in_(list(subjects)))
        .group_by(table.c.subject, table.c.code)
    )
    return Counter({(row.subject, row.code): row.n for row in rows})


def counts(conn: Connection, source: str) -> dict[str, int]:
    """Count the problems of a source by code."""
    rows = conn.execute(
        select(table.c.code, func.count().label("n"))
        .where(table.c.source == source)
        .group_by(table.c.code)
        .order_by(table.c.code)
    )
    return {row.code: row.n for row in rows}
