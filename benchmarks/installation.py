"""Empty installations that know the sources of a provider, for the benchmarks of the harvest."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from benchmarks.generator import format_of
from benchmarks.provider import Running
from harvest import sources
from harvest.source import Source
from repository import institutions
from repository.institution import Institution
from repository.memory import Memory, open_memory
from repository.settings import Settings


@contextmanager
def installation(provider: Running, database: str = "", kept: str = "") -> Iterator[Memory]:
    """Open an empty installation in a temporary folder, or in one to be kept.

    `database` is its address, empty for SQLite in there.
    """
    with nullcontext(kept) if kept else tempfile.TemporaryDirectory() as data:
        settings = Settings(data=data, database=database) if database else Settings(data=data)
        memory = open_memory(settings)
        memory.database.migrate()
        with memory.database.write() as tx:
            institutions.save(tx, Institution("lib", "가상도서관", "Library"))
            for number in range(1, len(provider.sizes) + 1):
                prefixes = (format_of(number),)
                name = name_of(number)
                sources.save(tx, Source(name, name, name, provider.endpoint(number), "lib", prefixes))
        yield memory
        memory.close()


def name_of(number: int) -> str:
    """Give the id of a source."""
    return f"s{number:02}"
