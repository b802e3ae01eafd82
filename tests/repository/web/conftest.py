"""Fixtures of the doors' tests: a seeded site, its client, and a count of what a page asks the database."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.test import TestResponse

import repository.web
from repository.database import Database
from tests.repository.web import seed
from tests.repository.web.seed import ROOT, Seeded


class Reader(FlaskClient):
    """A client that reads every answer to its end and closes it, as a server does."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        return super().open(*args, **{"buffered": True, **kwargs})


def make_app(seeded: Seeded) -> Flask:
    """Make an application with the core's doors only."""
    app = Flask("korean_memory", static_folder=str(ROOT / "static"), static_url_path="/static")
    repository.web.init_app(app, seeded.memory)
    app.test_client_class = Reader
    return app


@dataclass
class Site:
    """A seeded installation and the application that shows it."""

    seeded: Seeded
    app: Flask

    @property
    def client(self) -> FlaskClient:
        """A new client, which asks for Korean unless told otherwise."""
        return self.app.test_client()

    def page(self, path: str, language: str = "ko") -> str:
        """Read a page that must be there."""
        answer = self.client.get(path, headers={"Accept": "text/html", "Accept-Language": language})
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        return answer.get_data(as_text=True)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The small library, never changed by a test."""
    seeded = seed.library(tmp_path_factory.mktemp("library"))
    seed.index(seeded)
    yield Site(seeded, make_app(seeded))
    seeded.memory.close()


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Site]:
    """An empty installation of a test's own."""
    seeded = seed.open_seeded(tmp_path / "data")
    yield Site(seeded, make_app(seeded))
    seeded.memory.close()


@dataclass
class Asked:
    """What was asked of the database."""

    statements: list[tuple[str, Any]] = field(default_factory=list)

    def bytes_read(self, database: Database) -> int:
        """Ask all of it again and add up what comes back."""
        with sqlite3.connect(database.url.removeprefix("sqlite:///")) as raw:
            return sum(
                len(cell) if isinstance(cell, bytes | str) else 8
                for statement, values in self.statements
                for row in raw.execute(statement, values)
                for cell in row
            )

    def scans(self, database: Database) -> list[str]:
        """Give the steps that read a great table whole, without an index."""
        with sqlite3.connect(database.url.removeprefix("sqlite:///")) as raw:
            steps = [
                str(row[3])
                for statement, values in self.statements
                for row in raw.execute(f"EXPLAIN QUERY PLAN {statement}", values)
            ]
        great = (
            "item",
            "asset",
            "record",
            "change",
            "decision",
            "current_decision",
            "identity",
            "set_member",
        )
        return [
            step
            for step in steps
            if step.startswith(tuple(f"SCAN {name}" for name in great)) and "INDEX" not in step
        ]


@contextmanager
def asking(database: Database) -> Iterator[Asked]:
    """Write down every statement while the block runs."""
    asked = Asked()

    def note(_conn: Any, _cursor: Any, statement: str, values: Any, _context: Any, _many: bool) -> None:
        if not statement.startswith("BEGIN"):
            asked.statements.append((statement, values))

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(database.engine, "before_cursor_execute", note)
