"""Sources as the connectors' tests describe them, and what became of them."""

from __future__ import annotations

from pathlib import Path

import msgspec
from sqlalchemy import func, select

from harvest.connectors import Opening
from harvest.oai_asking import Habits
from harvest.pacing import Pacer
from harvest.source import Source, check_source, read_source_file
from harvest.tables import record_version
from repository import changes, items
from repository.items import StoredItem
from repository.memory import Memory

MAPPINGS = Path(__file__).parent / "mappings"
ALL = 5_000


def opening(data: Path, habits: Habits | None = None) -> Opening:
    """What a connector is opened with."""
    return Opening("tests", habits or Habits(), Pacer(), data)


def source_of(kind: str, endpoint: str, **options: object) -> Source:
    """Describe a source in plain data, as a file would."""
    body = {"id": "s", "name_ko": "새벽도서관", "name_en": "Dawn", "endpoint": endpoint, "provider": "lib"}
    source = msgspec.convert({**body, "kind": kind, "prefixes": ["json"], **options}, Source)
    check_source(source)
    return source


def mapped(name: str, base: str = "") -> Source:
    """Read one of the saved mappings."""
    return read_source_file(MAPPINGS / f"{name}.toml", base).source


def stored(memory: Memory, source: str) -> dict[str, StoredItem]:
    """Give the items of a source by their identifiers there."""
    with memory.database.read() as conn:
        found = [row for row in items.newest(conn, ALL) if row.item.source == source]
    return {row.item.local_id: row for row in found}


def written(memory: Memory) -> tuple[int, int]:
    """Count the changes of items and the versions of records: whatever is written of an item makes one grow."""
    with memory.database.read() as conn:
        versions = conn.execute(select(func.count()).select_from(record_version)).scalar_one()
        return len(changes.since(conn, 0, 100_000)), versions
