"""Fixtures of the harvest's tests: an opened installation and a provider on the loopback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from harvest import sources
from harvest.source import Source
from repository import institutions
from repository.institution import Institution
from repository.memory import Memory, open_memory
from repository.settings import Settings
from tests.harvest.loopback import serve
from tests.harvest.provider import Provider


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    """An empty installation on SQLite."""
    opened = open_memory(Settings(data=str(tmp_path / "data")))
    opened.database.migrate()
    yield opened
    opened.close()


@pytest.fixture
def provider(memory: Memory) -> Iterator[Provider]:
    """A provider that runs, registered as the source `s` of the institution `lib`."""
    table = Provider()
    with serve(table.reply) as running:
        with memory.database.write() as tx:
            institutions.save(tx, Institution("lib", "새벽도서관", "Dawn Library"))
            sources.save(tx, Source("s", "새벽도서관", "Dawn Library", f"{running.url}/oai", "lib"))
        yield table
