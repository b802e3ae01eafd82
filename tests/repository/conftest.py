"""Fixtures of the core's tests: the same contract runs over SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from repository.database import Database


def empty_database(url: str) -> Database:
    """Open a database with nothing but the newest schema in it."""
    database = Database(url)
    if url.startswith("postgresql"):
        with database.write() as tx:
            tx.conn.execute(text("DROP SCHEMA public CASCADE"))
            tx.conn.execute(text("CREATE SCHEMA public"))
    database.migrate()
    return database


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database of either kind."""
    sqlite = request.param == "sqlite"
    url = f"sqlite:///{tmp_path / 'memory.sqlite'}" if sqlite else request.getfixturevalue("postgres_url")
    opened = empty_database(url)
    yield opened
    opened.close()
