"""Corrections sent back to an institution: what it sent, what a librarian says instead, and why."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

import msgspec
from sqlalchemy import Connection

from repository import corrections, identities
from repository.corrections import Correction
from repository.item import canonical

COLUMNS = ("local_id", "item", "field", "sent", "corrected", "reason", "evidence", "by", "at", "state")
# What a spreadsheet would take for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class SentBack(msgspec.Struct, frozen=True):
    """One corrected field; `sent` and `corrected` are whole values, as JSON.

    `state` is `active`, `conflict` where the institution has changed the field since, or `withdrawn`.
    """

    local_id: str
    item: str
    field: str
    sent: str
    corrected: str
    reason: str
    evidence: str
    by: str
    at: str
    state: str


def of_source(conn: Connection, source: str, since: str = "") -> Iterator[SentBack]:
    """Give the corrections of a source's items, those made since a moment (UTC text), the oldest first."""
    found = corrections.every(conn, since)
    names = identities.local_ids(conn, source, {row.item for row in found})
    yield from (_sent_back(names[row.item], row) for row in found if row.item in names)


def _sent_back(local_id: str, row: Correction) -> SentBack:
    state = "withdrawn" if row.withdrawn else "conflict" if row.conflict else "active"
    values = (canonical(row.harvested).decode(), canonical(row.value).decode())
    return SentBack(local_id, row.item, row.field, *values, row.reason, row.source, row.by, row.at, state)


def as_csv(rows: Iterable[SentBack]) -> str:
    """Write corrections as CSV (RFC 4180) that a spreadsheet opens: with a byte order mark, and nothing a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([_harmless(value) for value in msgspec.structs.astuple(row)])
    return "\ufeff" + out.getvalue()


def _harmless(value: str) -> str:
    return f"'{value}" if value.startswith(FORMULA) else value


def as_json_lines(rows: Iterable[SentBack]) -> str:
    """Write corrections as JSON Lines."""
    return "".join(f"{msgspec.json.encode(row).decode()}\n" for row in rows)
