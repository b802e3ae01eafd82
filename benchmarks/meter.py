"""What a long run costs beside time: memory at its peak, rows written by table, bytes of the database."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event, text

from repository.memory import Memory

MB = 2**20
_WRITES = re.compile(r'\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM) "?(\w+)', re.IGNORECASE)
_PEAK = re.compile(r"VmHWM:\s+(\d+) kB")


def peak_memory() -> float:
    """Give the largest resident memory of this process so far, in MiB.

    Linux; `getrusage` would count that of the parent, which `exec` hands on.
    """
    found = _PEAK.search(Path("/proc/self/status").read_text("ascii"))
    return int(found[1]) / 1024 if found else 0.0


def forget_peak() -> None:
    """Begin to measure the largest memory anew (Linux, proc(5), clear_refs)."""
    Path("/proc/self/clear_refs").write_text("5", "ascii")


@contextmanager
def rows_written(memory: Memory) -> Iterator[Counter[str]]:
    """Count the rows that statements insert, change or delete while the block runs, by table."""
    counts: Counter[str] = Counter()

    def note(_conn: Any, cursor: Any, statement: str, sent: Any, _context: Any, many: bool) -> None:
        if found := _WRITES.match(statement):
            counts[found[1]] += max(cursor.rowcount, len(sent) if many else 1 if cursor.rowcount < 0 else 0)

    event.listen(memory.database.engine, "after_cursor_execute", note)
    try:
        yield counts
    finally:
        event.remove(memory.database.engine, "after_cursor_execute", note)


def database_size(memory: Memory) -> float:
    """Give the size of the database in MiB, with what waits in its log."""
    if memory.database.url.startswith("postgresql"):
        with memory.database.read() as conn:
            return float(conn.execute(text("SELECT pg_database_size(current_database())")).scalar_one()) / MB
    file = Path(memory.database.url.partition(":///")[2])
    return sum(found.stat().st_size for found in file.parent.glob(f"{file.name}*")) / MB
