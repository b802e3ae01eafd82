"""Rows at hand in a transaction: read in bulk before a page of records is taken in, written in bulk after it.

A page of a hundred records would else ask the database some 2,600 things one by one. Stores ask `rows` and write by
`add`, `change` and `drop`; what was held beforehand is answered from memory, anything else by a statement. Whoever
takes the connection itself gets all writes done first and everything held forgotten, so that a store which knows
nothing of this is right, only slower. Stores look up the columns that they ask by once, at the top of their modules,
because SQLAlchemy finds `table.c.id` by its name anew each time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from types import SimpleNamespace
from typing import Any, NamedTuple

from sqlalchemy import (
    Column,
    Connection,
    Dialect,
    Select,
    Table,
    bindparam,
    delete,
    func,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql import ClauseElement

CHUNK = 5000  # keys in one statement
BLOCK = 128  # row numbers taken at once


class Rows:
    """What is held of tables, by column and key; what is to be written; the numbers of rows to come."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._held: dict[Table, dict[Column[Any], dict[Any, list[SimpleNamespace]]]] = {}
        self._known: dict[tuple[Table, Any], SimpleNamespace] = {}
        self._new: dict[Table, dict[int, SimpleNamespace]] = {}
        self._lenient: set[Table] = set()
        self._changed: dict[Table, dict[int, tuple[SimpleNamespace, set[str]]]] = {}
        self._dropped: dict[Table, list[SimpleNamespace]] = {}
        self._numbers: dict[Table, Iterator[int]] = {}

    # ---- reading

    def hold(self, column: Column[Any], keys: Iterable[Any]) -> None:
        """Read all rows whose column has one of the keys, and remember that there are no others."""
        table, held = column.table, self._of(column)
        wanted = [key for key in dict.fromkeys(keys) if key not in held]
        self.settle()
        for start in range(0, len(wanted), CHUNK):
            part = wanted[start : start + CHUNK]
            held.update((key, []) for key in part)
            for found in self._conn.execute(_question(column), {"keys": part}).mappings():
                row = self._one(table, dict(found))
                held[getattr(row, column.key)].append(row)

    def hold_none(self, column: Column[Any], key: Any) -> None:
        """Remember that no row has a key, such as a number just given."""
        self._of(column)[key] = []

    def find(self, column: Column[Any], key: Any) -> list[SimpleNamespace] | None:
        """Give the rows held of a key, or None where it is not held."""
        return self._of(column).get(key)

    def _of(self, column: Column[Any]) -> dict[Any, list[SimpleNamespace]]:
        return self._held.setdefault(column.table, {}).setdefault(column, {})

    def _one(self, table: Table, values: dict[str, Any]) -> SimpleNamespace:
        """Give the one object that stands for a row, however it was reached."""
        return self._known.setdefault(_identity(table, values), SimpleNamespace(**values))

    # ---- writing

    def add(self, table: Table, values: dict[str, Any], *, lenient: bool = False) -> SimpleNamespace:
        """Insert a row in good time; columns not named get their defaults.

        `lenient` lets it be where another writer has put the same row meanwhile (bytes by their digest).
        """
        if lenient:
            self._lenient.add(table)
        row = SimpleNamespace(**{**_defaults(table), **values})
        self._known[_identity(table, vars(row))] = row
        self._new.setdefault(table, {})[id(row)] = row
        for column, held in self._held.get(table, {}).items():
            if (mine := held.get(getattr(row, column.key))) is not None:
                mine.append(row)
        return row

    def change(self, table: Table, row: SimpleNamespace, values: dict[str, Any]) -> None:
        """Change columns of a row that is held, none of them a key."""
        vars(row).update(values)
        if id(row) not in self._new.get(table, {}):
            _, names = self._changed.setdefault(table, {}).setdefault(id(row), (row, set()))
            names.update(values)

    def drop(self, table: Table, row: SimpleNamespace) -> None:
        """Delete a row that is held."""
        self._known.pop(_identity(table, vars(row)), None)
        if self._new.get(table, {}).pop(id(row), None) is None:
            self._dropped.setdefault(table, []).append(row)
        self._changed.get(table, {}).pop(id(row), None)
        for column, held in self._held.get(table, {}).items():
            if (mine := held.get(getattr(row, column.key))) is not None:
                mine[:] = [other for other in mine if other is not row]

    def number(self, table: Table) -> int:
        """Give the number of a row to be added to a table that numbers its rows."""
        found = next(self._numbers.get(table, iter(())), 0)
        if not found:
            self._numbers[table] = iter(self._block(table))
            found = next(self._numbers[table])
        return found

    def _block(self, table: Table) -> list[int]:
        if self._conn.dialect.name == "postgresql":
            taken = text(
                "SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :count)"
            )
            return list(self._conn.execute(taken, {"name": table.name, "count": BLOCK}).scalars())
        last = self._conn.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one()
        pending = max((row.id for row in self._new.get(table, {}).values()), default=0)
        first = max(int(last), pending) + 1  # nobody else writes: SQLite has one writer
        return list(range(first, first + BLOCK))

    # ---- in good time

    def settle(self) -> None:
        """Write all that is to be written: deletions, insertions in the order of foreign keys, changes."""
        if not (self._new or self._changed or self._dropped):
            return
        for table, rows in self._dropped.items():
            self._conn.execute(delete(table).where(*_is(table)), [_key(table, row) for row in rows])
        for table in next(iter(self._new)).metadata.sorted_tables if self._new else ():
            if new := self._new.get(table):
                lenient = table in self._lenient
                self._send(_insertion(self._conn.dialect, table, lenient), list(map(vars, new.values())))
        for table, changed in self._changed.items():
            self._update(table, list(changed.values()))
        for pending in (self._new, self._changed, self._dropped):
            pending.clear()

    def forget(self) -> None:
        """Write everything and hold nothing any more."""
        self.settle()
        self._held.clear()
        self._known.clear()
        self._numbers.clear()

    def _update(self, table: Table, changed: list[tuple[SimpleNamespace, set[str]]]) -> None:
        groups: dict[tuple[str, ...], list[dict[str, Any]]] = {}
        for row, names in changed:
            values = {f"new_{name}": getattr(row, name) for name in names}
            groups.setdefault(tuple(sorted(names)), []).append({**values, **_key(table, row)})
        for group, rows in groups.items():
            self._send(_alteration(self._conn.dialect, table, group), rows)

    def _send(self, written: Written, rows: Sequence[Mapping[str, Any]]) -> None:
        """Hand rows to the driver as it takes them; SQLAlchemy's own way costs more than the writing."""
        if written.names:
            placed = [tuple(map(row.__getitem__, written.names)) for row in rows]
            self._conn.exec_driver_sql(written.sql, placed)
        else:
            self._conn.exec_driver_sql(written.sql, list(rows))


class Written(NamedTuple):
    """A statement as a driver takes it, and the names of its values in order; none where they go by name."""

    sql: str
    names: tuple[str, ...]


def _written(dialect: Dialect, statement: ClauseElement, names: Sequence[str] | None = None) -> Written:
    """Write a statement out. Its columns are texts, numbers and bytes, which every driver takes as they are."""
    compiled: Any = statement.compile(dialect=dialect, column_keys=names)
    return Written(str(compiled), tuple(compiled.positiontup or ()))


@lru_cache(maxsize=256)
def _question(column: Column[Any]) -> Select[Any]:
    """Ask for the rows of many keys, locked where rows have locks, in order, so that nobody waits in a ring."""
    keys = bindparam("keys", type_=column.type, expanding=True)
    order = column.table.primary_key
    return select(column.table).where(column.in_(keys)).order_by(*order).with_for_update()


@lru_cache(maxsize=256)
def _insertion(dialect: Dialect, table: Table, lenient: bool) -> Written:
    kind = postgresql if dialect.name == "postgresql" else sqlite
    statement = kind.insert(table)
    columns = [column.key for column in table.columns]
    return _written(dialect, statement.on_conflict_do_nothing() if lenient else statement, columns)


@lru_cache(maxsize=256)
def _alteration(dialect: Dialect, table: Table, names: tuple[str, ...]) -> Written:
    new: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
    return _written(dialect, update(table).where(*_is(table)).values(new))


def _identity(table: Table, values: dict[str, Any]) -> tuple[Table, tuple[Any, ...]]:
    names = table.info.get("key_names")
    if names is None:
        names = table.info["key_names"] = tuple(column.key for column in table.primary_key)
    return table, tuple([values[name] for name in names])


def _is(table: Table) -> list[Any]:
    return [column == bindparam(f"its_{column.key}") for column in table.primary_key]


def _key(table: Table, row: SimpleNamespace) -> dict[str, Any]:
    return {f"its_{column.key}": getattr(row, column.key) for column in table.primary_key}


def _defaults(table: Table) -> dict[str, Any]:
    """Give every column with its default, so that all rows of an insertion have one shape."""
    found: dict[str, Any] | None = table.info.get("defaults")
    if found is None:
        found = {column.key: getattr(column.default, "arg", None) for column in table.columns}
        table.info["defaults"] = found
    return found
