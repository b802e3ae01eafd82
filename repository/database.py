"""The database: SQLite in WAL mode or PostgreSQL, short write transactions, and the change feed at their end.

The adapter that owns the clock of everything stored: a transaction takes one time and keeps it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.resources import files
from types import SimpleNamespace
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Connection, Engine, Table, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from repository import changes, counters
from repository.errors import ConfigurationError
from repository.rows import Rows

Clock = Callable[[], datetime]
_WRITING = "km_writing"


def utc_now() -> datetime:
    """Give the present time in UTC."""
    return datetime.now(UTC)


def timestamp(moment: datetime) -> str:
    """Write a moment as UTC text to the second (ISO 8601, as OAI-PMH 2.0 §3.3 wants it)."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Transaction:
    """One write transaction: its connection, its time, and the items it touched.

    `touch` notes a change of an item; one change per item and transaction is numbered at commit, in the
    order in which transactions commit. `moved` items get the public datestamp given there.
    """

    def __init__(self, conn: Connection, now: str) -> None:
        self._conn = conn
        self._rows = Rows(conn)
        self.now = now
        self._touched: dict[str, set[str]] = {}
        self._moved: set[str] = set()
        self._counts: Counter[tuple[str, str, str]] = Counter()

    @property
    def conn(self) -> Connection:
        """The connection itself, with everything written that is to be; what was held is forgotten."""
        self._rows.forget()
        return self._conn

    def hold(self, column: Column[Any], keys: Iterable[Any]) -> None:
        """Read the rows of many keys of a column at once, for `rows` to find them."""
        self._rows.hold(column, keys)

    def hold_none(self, column: Column[Any], key: Any) -> None:
        """Remember that no row has a key that was just made."""
        self._rows.hold_none(column, key)

    def rows(self, column: Column[Any], key: Any) -> list[SimpleNamespace]:
        """Give the rows whose column has a key, from what is held or from the database."""
        if (found := self._rows.find(column, key)) is None:
            self._rows.hold(column, [key])
            found = self._rows.find(column, key) or []
        return list(found)

    def row(self, column: Column[Any], key: Any) -> SimpleNamespace | None:
        """Give the one row whose column has a key, or None."""
        found = self.rows(column, key)
        return found[0] if found else None

    def add(self, table: Table, values: dict[str, Any], *, lenient: bool = False) -> SimpleNamespace:
        """Insert a row; see `Rows.add`."""
        return self._rows.add(table, values, lenient=lenient)

    def change(self, table: Table, row: SimpleNamespace, values: dict[str, Any]) -> None:
        """Change columns of a row that `rows` gave."""
        self._rows.change(table, row, values)

    def drop(self, table: Table, row: SimpleNamespace) -> None:
        """Delete a row that `rows` gave."""
        self._rows.drop(table, row)

    def number(self, table: Table) -> int:
        """Give the number of a row to be added to a table that numbers its rows."""
        return self._rows.number(table)

    def touch(self, item: str, kind: str, *, moved: bool = False) -> None:
        """Note that an item changed: `kind` is item, assets, decision, set, takedown or tombstone."""
        self._touched.setdefault(item, set()).add(kind)
        if moved:
            self._moved.add(item)

    def count(self, scope: str, kind: str, state: str, by: int) -> None:
        """Add to the counter of a state; a scope is a source or an institution."""
        if scope:
            self._counts[scope, kind, state] += by

    def flush(self) -> None:
        """Write the counters, then number the noted changes; called once, just before the commit."""
        counters.add(self.conn, self._counts)
        if self._touched:
            changes.append(self.conn, self.now, self._touched, self._moved)


class Database:
    """Hands out read connections and write transactions over one SQLAlchemy address."""

    def __init__(self, url: str, clock: Clock = utc_now) -> None:
        self.url = url
        self.clock = clock
        self.engine = _engine(url)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Open a short reading transaction, which sees one state of the database."""
        with self.engine.connect() as conn, conn.begin():
            yield conn

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """Open a writing transaction: all of it is kept, or nothing.

        On SQLite it is `BEGIN IMMEDIATE`: a read transaction upgraded to a write one fails at once when
        another writer came between, whatever the busy timeout.
        """
        with self.engine.connect().execution_options(**{_WRITING: True}) as conn, conn.begin():
            transaction = Transaction(conn, timestamp(self.clock()))
            yield transaction
            transaction.flush()

    def migrate(self) -> None:
        """Bring the schema to the newest version (Alembic)."""
        with self.engine.connect().execution_options(**{_WRITING: True}) as conn:
            command.upgrade(_alembic(conn), "head")
            conn.commit()

    def is_current(self) -> bool:
        """Tell whether the schema is the newest version."""
        with self.read() as conn:
            head = ScriptDirectory.from_config(_alembic(conn)).get_current_head()
            return MigrationContext.configure(conn).get_current_revision() == head

    def close(self) -> None:
        """Close all pooled connections."""
        self.engine.dispose()


def _alembic(conn: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(files("repository") / "migrations"))
    config.attributes["connection"] = conn
    return config


def _engine(url: str) -> Engine:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise ConfigurationError(
            "database_url", "데이터베이스 주소가 올바르지 않습니다.", "bad database URL"
        ) from error
    if parsed.get_backend_name() == "sqlite":
        engine = create_engine(parsed, connect_args={"timeout": 60, "check_same_thread": False})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    if parsed.get_backend_name() == "postgresql":
        return create_engine(parsed, pool_pre_ping=True, pool_size=5)
    raise ConfigurationError(
        "database_kind", "SQLite와 PostgreSQL만 쓸 수 있습니다.", "only SQLite and PostgreSQL are supported"
    )


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Hand transactions to SQLAlchemy and set the pragmas of every connection."""
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=60000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(conn: Connection) -> None:
    writing = conn.get_execution_options().get(_WRITING, False)
    conn.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
