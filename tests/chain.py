"""The whole chain as one process, for tests that kill it: harvest, files, refresh, collection, plan, release.

Run as `python -m tests.chain BASE DATA`: the sample provider's address and the data folder. Its clock stands
still, so that two runs can be compared byte by byte.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from curation import demo as curation_demo
from harvest import demo as harvest_demo
from harvest import media, run
from harvest.source import read_source_file
from repository import presentation, refresh
from repository.memory import Memory, open_memory
from repository.settings import Settings


def still() -> datetime:
    """Give the same moment always."""
    return datetime(2026, 11, 24, tzinfo=UTC)


def opened(data: Path) -> Memory:
    """Open an installation whose clock stands still."""
    return open_memory(Settings(data=str(data)), clock=still)


def chain(base: str, data: Path) -> None:
    """Do everything once, going on with whatever an earlier process left undone."""
    memory = opened(data)
    memory.database.migrate()
    sys.stdout.write("open\n")
    sys.stdout.flush()
    files = [read_source_file(path, base) for path in sorted(harvest_demo.SOURCES.glob("*.toml"))]
    harvest_demo.register(memory, files)
    for file in files:
        run.harvest(memory, file.source.id)
    media.fetch_wanted(memory)
    presenter = presentation.presenter_of(memory.settings)
    refresh.refresh(memory, presenter)
    curation_demo.run_demo(memory)
    refresh.refresh(memory, presenter)
    memory.close()


if __name__ == "__main__":
    chain(sys.argv[1], Path(sys.argv[2]))
