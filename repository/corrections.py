"""Corrections: a librarian's value laid over a whole harvested field, kept through every harvest.

A correction remembers the value it replaced. When the source later sends another value for that field, the
correction stays in force and is marked as a conflict for a person to settle.
"""

from __future__ import annotations

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, insert, or_, select, update

from repository.database import Transaction
from repository.errors import BadRequest
from repository.item import Description, Text, Title, canonical
from repository.shapes import Shape
from repository.tables import correction as table

_DESCRIPTION = Shape(Description)
_ITEM = table.c.item

FIELDS = frozenset(Description.__struct_fields__) - {"claims"}


class Correction(msgspec.Struct, frozen=True):
    """One correction; `value`, `replaced` and `harvested` are whole field values as plain data.

    `harvested` is what the source says now; `conflict` is when it first differed from `replaced`, or empty.
    """

    id: int
    item: str
    field: str
    value: Any
    replaced: Any
    harvested: Any
    reason: str
    source: str
    by: str
    at: str
    withdrawn: str
    conflict: str


def read_value(field: str, text: str) -> Any:
    """Read a field's new value from what a librarian typed: JSON, or for titles and words plain text.

    Raises BadRequest where the field does not exist or the value does not fit it.
    """
    if field not in FIELDS:
        raise BadRequest(
            "correction_field",
            f"고칠 수 없는 항목입니다: {field}",
            f"no such field: {field}; there are {', '.join(sorted(FIELDS))}",
        )
    kind = Description.__annotations__[field]
    try:
        value = msgspec.json.decode(text)
    except msgspec.DecodeError:
        value = _plain(kind, text)
    try:
        typed = _DESCRIPTION.of({field: value})
    except msgspec.ValidationError as error:
        raise BadRequest("correction_value", f"항목에 맞지 않는 값입니다: {error}", str(error)) from error
    return msgspec.to_builtins(getattr(typed, field))


def _plain(kind: str, text: str) -> Any:
    wraps = {"tuple[Title, ...]": Title, "tuple[Text, ...]": Text}
    for name, struct in wraps.items():
        if str(kind) == name:
            return [msgspec.to_builtins(struct(value=text))]
    return [text] if str(kind) == "tuple[str, ...]" else text


def add(
    tx: Transaction, item: str, field: str, value: Any, replaced: Any, reason: str, source: str, by: str
) -> None:
    """Put a correction in force; an older one of the same field is withdrawn."""
    tx.conn.execute(
        update(table)
        .where(table.c.item == item, table.c.field == field, table.c.withdrawn == "")
        .values(withdrawn=tx.now, conflict="")
    )
    tx.conn.execute(
        insert(table).values(
            item=item,
            field=field,
            value=canonical(value),
            replaced=canonical(replaced),
            harvested=canonical(replaced),
            reason=reason,
            source=source,
            by=by,
            at=tx.now,
        )
    )


def withdraw(tx: Transaction, item: str, field: str) -> bool:
    """Withdraw the correction in force on a field; tells whether there was one."""
    done = tx.conn.execute(
        update(table)
        .where(table.c.item == item, table.c.field == field, table.c.withdrawn == "")
        .values(withdrawn=tx.now, conflict="")
    )
    return done.rowcount > 0


def lay_over(tx: Transaction, item: str, harvested: Description) -> Description:
    """Lay the corrections in force over a harvested description, marking those that now conflict."""
    rows = [row for row in tx.rows(_ITEM, item) if not row.withdrawn]
    if not rows:
        return harvested
    plain: dict[str, Any] = msgspec.to_builtins(harvested)
    empty: dict[str, Any] = {name: [] if name not in ("type", "shown_at") else "" for name in FIELDS}
    for row in sorted(rows, key=lambda row: row.id):
        sent = plain.get(row.field, empty[row.field])
        _note(tx, row, canonical(sent))
        plain[row.field] = msgspec.json.decode(row.value)
    return _DESCRIPTION.of(plain)


def hold(tx: Transaction, items: Iterable[str]) -> None:
    """Read the corrections of many items at once."""
    tx.hold(_ITEM, items)


def _note(tx: Transaction, row: SimpleNamespace, sent: bytes) -> None:
    """Keep what the source says now, and whether that contradicts what the correction was made for."""
    conflict = "" if sent == row.replaced else (row.conflict or tx.now)
    if (sent, conflict) != (row.harvested, row.conflict):
        tx.change(table, row, {"harvested": sent, "conflict": conflict})


def harvested_value(conn: Connection, item: str, field: str, shown: Description) -> Any:
    """Give what the source says of a field: below a correction in force, or as shown."""
    row = conn.execute(
        select(table.c.harvested).where(table.c.item == item, table.c.field == field, table.c.withdrawn == "")
    ).scalar()
    return msgspec.json.decode(row) if row is not None else msgspec.to_builtins(getattr(shown, field))


def in_force(conn: Connection, item: str = "") -> list[Correction]:
    """Give the corrections in force, of one item or of all."""
    query = select(table).where(table.c.withdrawn == "").order_by(table.c.id)
    return [_correction(row) for row in conn.execute(query.where(table.c.item == item) if item else query)]


def every(conn: Connection, since: str = "") -> list[Correction]:
    """Give all corrections, the withdrawn ones too, that were made, withdrawn or contradicted since a moment."""
    moved = or_(table.c.at >= since, table.c.withdrawn >= since, table.c.conflict >= since)
    return [_correction(row) for row in conn.execute(select(table).where(moved).order_by(table.c.id))]


def conflicts(conn: Connection) -> list[Correction]:
    """Give the corrections whose field the source has changed since."""
    rows = conn.execute(select(table).where(table.c.conflict != "").order_by(table.c.id))
    return [_correction(row) for row in rows]


def _correction(row: Row[Any]) -> Correction:
    values = {name: getattr(row, name) for name in Correction.__struct_fields__}
    for name in ("value", "replaced", "harvested"):
        values[name] = msgspec.json.decode(values[name])
    return Correction(**values)
