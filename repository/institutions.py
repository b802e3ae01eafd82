"""The store of institutions: who holds the originals and who sends us records; often not the same."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select

from repository.database import Transaction
from repository.institution import Institution
from repository.item import canonical
from repository.shapes import Shape
from repository.tables import institution as table
from repository.upsert import upsert

_INSTITUTION = Shape(Institution)


def save(tx: Transaction, institution: Institution) -> None:
    """Write an institution, new or changed."""
    values = {
        "id": institution.id,
        "name_ko": institution.name_ko,
        "name_en": institution.name_en,
        "body": canonical(institution),
    }
    upsert(tx.conn, table, values, ["name_ko", "name_en", "body"])


def remove(tx: Transaction, institution: str) -> None:
    """Forget an institution (samples only: real ones stay, for their items' sake)."""
    tx.conn.execute(delete(table).where(table.c.id == institution))


def every(conn: Connection) -> dict[str, Institution]:
    """Give all institutions by id; there are hundreds, not millions."""
    rows = conn.execute(select(table.c.id, table.c.body).order_by(table.c.id))
    return {row.id: _INSTITUTION.read(row.body) for row in rows}


def find(conn: Connection, institution: str) -> Institution | None:
    """Give one institution, or None."""
    body = conn.execute(select(table.c.body).where(table.c.id == institution)).scalar()
    return None if body is None else _INSTITUTION.read(body)
