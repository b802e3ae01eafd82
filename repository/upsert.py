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
    if update:
        keys = [column.name for column in table.primary_key]
        written = statement.on_conflict_do_update(
            index_elements=keys, set_={name: statement.excluded[name] for name in update}
        )
        return conn.execute(written).rowcount > 0
    return conn.execute(statement.on_conflict_do_nothing()).rowcount > 0
