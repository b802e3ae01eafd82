"""The long run: 26 sources of an invented corpus, harvested whole, then with nothing changed, then with 1 % changed.

    python -m benchmarks.harvest_scale --records 1220000 --database sqlite
    python -m benchmarks.harvest_scale --records 200000 --database postgresql
    python -m benchmarks.harvest_scale --memory

The provider is a process of its own; files are not fetched. With `--memory` only the largest memory of a harvest
of 10,000 records and of 100,000 is measured, each in a new process.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import NamedTuple

from benchmarks import generator
from benchmarks.installation import installation, name_of
from benchmarks.measure import say
from benchmarks.meter import database_size, forget_peak, peak_memory, rows_written
from benchmarks.provider import Running, running
from harvest import sources, status
from harvest.ledger import RunState
from harvest.run import harvest
from repository.cli_support import progress_bar
from repository.memory import Memory
from tests.real_postgres import find_binaries, fresh_database, throw_away_server

# What a run may write although nothing changed: the ledger, and what it learnt of the provider.
LEDGER = frozenset({"run", "window", "source", "run_change"})
SMALL, LARGE = 10_000, 100_000


class Round(NamedTuple):
    """One harvest of all sources: seconds of the clock and of this process, MiB at most, MiB of the database."""

    seconds: float
    cpu: float
    peak: float
    size: float
    received: int
    written: Counter[str]
    sources: dict[str, tuple[int, float]]


def measured(memory: Memory, provider: Running, label: str) -> Round:
    """Harvest all sources in turn."""
    forget_peak()
    began, cpu = time.perf_counter(), time.process_time()
    each = {}
    with rows_written(memory) as written, progress_bar(label) as advance:
        for number in range(1, len(provider.sizes) + 1):
            started = time.perf_counter()
            summary = harvest(memory, name_of(number), progress=advance)
            assert summary.state is RunState.COMPLETE, summary
            each[summary.source] = (summary.counts["received"], time.perf_counter() - started)
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    received = sum(count for count, _ in each.values())
    return Round(seconds, cpu, peak_memory(), database_size(memory), received, written, each)


def check_whole(memory: Memory, provider: Running) -> None:
    """Hold what is kept against what the provider has."""
    generation = provider.generation.value
    with memory.database.read() as conn:
        rows = {row.source: row for row in status.of_all(conn)}
    for number, size in enumerate(provider.sizes, start=1):
        gone = sum(generator.header(number, n, generation).deleted for n in range(size))
        row = rows[name_of(number)]
        assert row.sums_hold and (row.live + row.parked, row.known) == (size - gone, size), row


@contextmanager
def database(kind: str) -> Iterator[str]:
    """Give the address of an empty database: of a PostgreSQL server of its own, or none, for SQLite."""
    if kind == "sqlite":
        yield ""
        return
    binaries = find_binaries()
    assert binaries is not None, "PostgreSQL is not installed"
    with throw_away_server(binaries) as server, fresh_database(server) as url:
        yield url


def long_run(records: int, kind: str, kept: str) -> None:
    """Harvest three times, and say what it took."""
    with (
        database(kind) as url,
        running(records) as provider,
        installation(provider, url, kept) as memory,
    ):
        rounds = {"everything": measured(memory, provider, "everything")}
        check_whole(memory, provider)
        rounds["nothing changed"] = measured(memory, provider, "nothing changed")
        provider.grow()
        rounds["1 % changed"] = measured(memory, provider, "1 % changed")
        check_whole(memory, provider)
    say(f"{records:,} records, {len(provider.sizes)} sources, {kind}\n")
    _write(rounds)


def _write(rounds: dict[str, Round]) -> None:
    whole = rounds["everything"]
    say(
        "| run | received | time, s | CPU, s | records/s | of the first | peak, MiB | database, MiB | rows written |"
    )
    say("|---|---:|---:|---:|---:|---:|---:|---:|---:|")
    for name, one in rounds.items():
        beside = sum(count for table, count in one.written.items() if table not in LEDGER)
        say(
            f"| {name} | {one.received:,} | {one.seconds:.1f} | {one.cpu:.1f} | {one.received / one.seconds:,.0f} "
            f"| {one.seconds / whole.seconds:.2%} | {one.peak:.0f} | {one.size:,.0f} | {beside:,} |"
        )
    say("\n| source | format | records | time, s | records/s |\n|---|---|---:|---:|---:|")
    for number, (name, (count, seconds)) in enumerate(whole.sources.items(), start=1):
        say(
            f"| {name} | {generator.format_of(number)} | {count:,} | {seconds:.1f} | {count / seconds:,.0f} |"
        )
    quiet = rounds["nothing changed"].written
    told = {table: count for table, count in quiet.items() if count and table not in LEDGER}
    say(f"\nwritten although nothing changed, beside {', '.join(sorted(LEDGER))}: {told or 'nothing'}")


def _peak_of(records: int, tell: Connection) -> None:
    with running(records, sources=3) as provider, installation(provider) as memory:
        forget_peak()
        for number in range(1, len(provider.sizes) + 1):
            assert harvest(memory, name_of(number)).state is RunState.COMPLETE
        with memory.database.read() as conn:
            known = sum(status.of_source(conn, source).known for source in sources.every(conn))
    assert known == records
    tell.send(peak_memory())


def peaks(small: int = SMALL, large: int = LARGE) -> None:
    """Say the largest memory at two sizes, and their ratio."""
    context = get_context("spawn")
    found = {}
    for records in (small, large):
        here, there = context.Pipe(duplex=False)
        process = context.Process(target=_peak_of, args=(records, there))
        process.start()
        found[records] = here.recv()
        process.join()
        say(f"| peak memory at {records:,} records | {found[records]:.0f} MiB |")
    say(f"| ratio | {found[large] / found[small]:.2f} |")


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--records", type=int, default=26_000)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--kept", default="", help="an empty folder in which the installation stays")
    parser.add_argument("--memory", action="store_true", help="measure memory at two sizes instead")
    given = parser.parse_args()
    if given.memory:
        peaks()
    else:
        long_run(given.records, given.database, given.kept)


if __name__ == "__main__":
    main()
