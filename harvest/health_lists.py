"""The lists behind the pages of harvest health: records with a problem, what was set aside, bytes as sent."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, select

from harvest.tables import payload, quarantine, record, record_version
from repository import items
from repository.item import Description
from repository.tables import identity, problem

PAGE = 25
# Findings of one code that a page reads of its records together: one of each is shown.
MOST_OF_ONE = 200
_UNRESOLVED = quarantine.c.resolved == ""


class Met(msgspec.Struct, frozen=True):
    """A record that has a problem: where and what, with the title of its item where there is one."""

    item: str
    local_id: str
    prefix: str
    field: str
    value: str
    title: str


def with_problem(conn: Connection, source: str, code: str, after: str = "") -> list[Met]:
    """Give the records of a source that have a problem, in the order of their items, one more than a page."""
    mine = problem.c.source == source, problem.c.code == code
    subjects = (
        select(problem.c.subject)
        .where(*mine, problem.c.subject > after)
        .distinct()
        .order_by(problem.c.subject)
        .limit(PAGE + 1)
    )
    rows = conn.execute(
        select(problem.c.subject, problem.c.prefix, problem.c.field, problem.c.value, identity.c.local_id)
        .outerjoin(identity, identity.c.item == problem.c.subject)
        .where(*mine, problem.c.subject.in_(subjects))
        .order_by(problem.c.subject, problem.c.prefix, problem.c.position)
        .limit(PAGE * MOST_OF_ONE)
    )
    first = {row.subject: row for row in reversed(rows.all())}
    known = items.find_many(conn, first)
    return [
        Met(
            row.subject,
            row.local_id or "",
            row.prefix,
            row.field,
            row.value,
            known[row.subject].item.title if row.subject in known else "",
        )
        for _, row in sorted(first.items())
    ]


class SetAside(msgspec.Struct, frozen=True):
    """A parked record or quarantined bytes: its number in its table, and the codes of why."""

    id: int
    prefix: str
    local_id: str
    codes: tuple[str, ...]
    at: str = ""


def parked(conn: Connection, source: str, after: int = 0) -> list[SetAside]:
    """Give parked records behind one, each with the codes that parked it, one more than a page."""
    rows = conn.execute(
        select(record.c.id, record.c.item, record.c.prefix, record.c.local_id)
        .where(record.c.source == source, record.c.state == "parked", record.c.id > after)
        .order_by(record.c.id)
        .limit(PAGE + 1)
    ).all()
    codes: dict[tuple[str, str], list[str]] = {}
    wanted = {row.item for row in rows}
    for row in conn.execute(
        select(problem.c.subject, problem.c.prefix, problem.c.code)
        .where(problem.c.subject.in_(wanted))
        .order_by(problem.c.subject, problem.c.prefix, problem.c.position)
    ):
        codes.setdefault((row.subject, row.prefix), []).append(row.code)
    return [
        SetAside(row.id, row.prefix, row.local_id, tuple(codes.get((row.item, row.prefix), ())))
        for row in rows
    ]


def quarantined(conn: Connection, source: str, after: int = 0) -> list[SetAside]:
    """Give what is in quarantine behind a row, one more than a page."""
    rows = conn.execute(
        select(quarantine)
        .where(quarantine.c.source == source, _UNRESOLVED, quarantine.c.id > after)
        .order_by(quarantine.c.id)
        .limit(PAGE + 1)
    )
    return [SetAside(row.id, row.prefix, row.local_id, (row.reason,), row.at) for row in rows]


class Kept(msgspec.Struct, frozen=True):
    """One record or piece of a page with its bytes, still packed; `item` is empty for what made no record."""

    id: int
    item: str
    local_id: str
    prefix: str
    codes: tuple[str, ...]
    datestamp: str
    size: int
    packed: bytes
    state: str = ""


_AS_KEPT = (
    select(record, record_version.c.datestamp, payload.c.size, payload.c.bytes)
    .join(record_version, (record_version.c.record == record.c.id) & (record_version.c.n == record.c.version))
    .outerjoin(payload, payload.c.digest == record_version.c.payload)
)


def kept_records(conn: Connection, source: str, *, number: int = 0, item: str = "") -> list[Kept]:
    """Give a source's record of a number, or all of an item, with the bytes of the current version."""
    which = record.c.item == item if item else record.c.id == number
    rows = conn.execute(_AS_KEPT.where(record.c.source == source, which).order_by(record.c.id)).all()
    return [
        Kept(
            row.id,
            row.item,
            row.local_id,
            row.prefix,
            (),
            row.datestamp,
            row.size or 0,
            row.bytes or b"",
            row.state,
        )
        for row in rows
    ]


def kept_quarantine(conn: Connection, source: str, number: int) -> Kept | None:
    """Give something in quarantine, resolved or not, with its bytes."""
    row = conn.execute(
        select(quarantine, payload.c.size, payload.c.bytes)
        .outerjoin(payload, payload.c.digest == quarantine.c.digest)
        .where(quarantine.c.source == source, quarantine.c.id == number)
    ).first()
    if row is None:
        return None
    size, packed = row.size or 0, row.bytes or b""
    return Kept(row.id, "", row.local_id, row.prefix, (row.reason,), row.at, size, packed)


def description_of(conn: Connection, item: str) -> Description | None:
    """Give the description of an item as it is shown, or None."""
    stored = items.find(conn, item)
    return stored.item.description if stored else None
