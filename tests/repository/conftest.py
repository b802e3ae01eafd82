"""Fixtures of the core's tests: the same contract runs over SQLite and PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from repository.database import Database
from tests.conftest import absent
from tests.real_elasticsearch import Kit, delete_indices, fresh_name, kit, missing, throw_away_server


def empty_database(url: str) -> Database:
    """Open a database with nothing but the newest schema in it."""
    database = Database(url)
    if url.startswith("postgresql"):
        with database.write() as tx:
            tx.conn.execute(text("DROP SCHEMA public CASCADE"))
            tx.conn.execute(text("CREATE SCHEMA public"))
    database.migrate()
    return database


@pytest.fixture(scope="session")
def elasticsearch_kit() -> Iterator[Kit]:
    """What Elasticsearch servers of our own are started from."""
    if lacking := missing():
        absent(lacking)
    with kit() as found:
        yield found


@pytest.fixture(scope="session")
def elasticsearch_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A real Elasticsearch server: that of ``KM_TEST_ELASTICSEARCH_URL``, else one of our own."""
    if given := os.environ.get("KM_TEST_ELASTICSEARCH_URL"):
        yield given.rstrip("/")
    else:
        with throw_away_server(request.getfixturevalue("elasticsearch_kit")) as node:
            yield node.url


@pytest.fixture
def elasticsearch_index(elasticsearch_url: str) -> Iterator[str]:
    """The beginning of names of indices that no other test uses; what bears it is deleted at the end."""
    prefix = fresh_name()
    yield prefix
    delete_indices(elasticsearch_url, prefix)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database of either kind."""
    sqlite = request.param == "sqlite"
    url = f"sqlite:///{tmp_path / 'memory.sqlite'}" if sqlite else request.getfixturevalue("postgres_url")
    opened = empty_database(url)
    yield opened
    opened.close()
