"""Fixtures of the curation's tests: an installation with works of every kind of rights."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from repository.database import Database
from repository.memory import Memory
from tests.curation import seed


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    """An empty installation on SQLite."""
    opened = seed.opened(tmp_path / "data")
    yield opened
    opened.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def either(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Memory]:
    """An empty installation on either database."""
    url = "" if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    if url:
        wipe(url)
    opened = seed.opened(tmp_path / "data", url)
    yield opened
    opened.close()


def wipe(url: str) -> None:
    """Empty a PostgreSQL database that an earlier test filled."""
    database = Database(url)
    with database.write() as tx:
        tx.conn.execute(text("DROP SCHEMA public CASCADE"))
        tx.conn.execute(text("CREATE SCHEMA public"))
    database.close()
