"""`INSERT … ON CONFLICT`, which both databases speak alike and SQLAlchemy spells twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def upsert(conn: Connection, table: Table, values: Mapping[str, Any], update: Sequence[str] = ()) -> bool:
    """Insert a row, or on a conflict of its primary or unique key update the named columns.

    With nothing to update an existing row is left alone. Tells whether a row was written.
    """
    dialect = postgresql if conn.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table).values(**values)
    keys = list(table.primary_key)
    if update:
        names = [column.name for column in keys]
        changed = {name: statement.excluded[name] for name in update}
        statement = statement.on_conflict_do_update(index_elements=names, set_=changed)
    else:
        statement = statement.on_conflict_do_nothing()
    return conn.execute(statement.returning(keys[0])).first() is not None


def add_missing(conn: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert the rows whose keys are not there yet."""
    dialect = postgresql if conn.dialect.name == "postgresql" else sqlite
    if rows:
        conn.execute(dialect.insert(table).values(list(rows)).on_conflict_do_nothing())
