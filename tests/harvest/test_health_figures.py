"""What the pages of harvest health read is the same on PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from sqlalchemy import Connection

from harvest import health_figures, health_lists, health_report, ledger, sources
from repository import findings
from repository.memory import Memory, open_memory
from repository.settings import Settings
from tests.harvest import health_seed
from tests.harvest.health_seed import World
from tests.harvest.loopback import serve
from tests.harvest.provider import Provider


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, postgres_url: str) -> Iterator[list[tuple[Memory, World]]]:
    """The same small world on both databases."""
    made = []
    for database in ("", postgres_url):
        memory = open_memory(Settings(data=str(tmp_path_factory.mktemp("figures")), database=database))
        memory.database.migrate()
        provider = Provider()
        with serve(provider.reply) as running:
            made.append((memory, health_seed.fill(memory, provider, f"{running.url}/oai")))
    yield made
    for memory, _ in made:
        memory.close()


def plain(value: Any) -> Any:
    """Leave out what differs between two installations: times, ports, and numbers that PostgreSQL takes in blocks."""
    if isinstance(value, dict):
        apart = ("id", "started", "ended", "at", "endpoint", "response_date", "notes", "error")
        return {name: plain(inner) for name, inner in value.items() if name not in apart}
    return [plain(inner) for inner in value] if isinstance(value, list | tuple) else value


def read(conn: Connection, world: World) -> dict[str, Any]:
    mine = sources.every(conn)
    runs = [run.id for run in ledger.newest(conn)]
    one = health_figures.of_one(conn, "gone", ledger.earlier(conn, "gone"), 3)
    found = {
        "all": health_figures.of_all(conn),
        "provider": health_figures.of_provider(conn, "lib"),
        "one": one,
        "changes": {str(run): kinds for run, kinds in health_figures.changes(conn, runs).items()},
        "gone": {str(run): rows for run, rows in health_figures.gone(conn, runs, 3).items()},
        "problem": health_lists.with_problem(conn, "gone", "date_unparsed"),
        "codes": findings.counts(conn, "gone"),
        "parked": health_lists.parked(conn, "gone"),
        "quarantined": health_lists.quarantined(conn, "gone"),
        "kept": health_lists.kept_records(conn, "gone", item=world.corrected),
        "report": health_report.report_of(conn, "lib", mine),
    }
    return {name: plain(msgspec.to_builtins(value)) for name, value in found.items()}


def test_both_databases_say_the_same(both: list[tuple[Memory, World]]) -> None:
    said = []
    for memory, world in both:
        with memory.database.read() as conn:
            said.append(read(conn, world))
    for name, value in said[0].items():
        ours, theirs = (json.dumps(one, ensure_ascii=False, indent=1) for one in (value, said[1][name]))
        assert value and ours.splitlines() == theirs.splitlines(), name


def test_links_are_kept_on_both(both: list[tuple[Memory, World]]) -> None:
    for memory, _ in both:
        with memory.database.write() as tx:
            first = health_report.link(tx, "lib", "x" * 40, "test")
            second = health_report.link(tx, "lib", "x" * 40, "test", renew=True)
            assert not health_report.is_right(tx.conn, "lib", "x" * 40, first)
            assert health_report.is_right(tx.conn, "lib", "x" * 40, second)
