"""Schedules at work: what is due is harvested beside everything else, and nothing that must be left alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import msgspec
import pytest

from harvest import ledger, many, reports, run, sources
from harvest.ledger import Report, Run, RunState
from harvest.scheduler import Scheduler, due
from harvest.site import jobs
from harvest.source import Source
from repository import institutions
from repository.institution import Institution
from repository.memory import Memory, open_memory
from repository.settings import Settings
from tests.harvest.loopback import Answer, Request, serve
from tests.harvest.provider import Provider
from tests.serving import ROOT, environment
from wsgi import YIELDING

NOW = datetime(2026, 3, 4, 3, 0, tzinfo=UTC)  # noon in Seoul


def source(schedule: str = "daily 03:30") -> Source:
    return Source("s", "가", "A", "http://x.example/oai", "lib", schedule=schedule)


def ended(state: RunState, started: str) -> dict[str, Run]:
    return {"s": Run(1, "s", state, "full", started, started, "", {}, Report())}


@pytest.mark.parametrize(
    ("newest", "expected"),
    [
        ({}, True),
        (ended(RunState.RUNNING, "2026-03-04T02:59:00Z"), True),
        (ended(RunState.COMPLETE, "2026-03-03T18:31:00Z"), False),
        (ended(RunState.COMPLETE, "2026-03-03T18:29:00Z"), True),
        (ended(RunState.FAILED, "2026-03-03T18:31:00Z"), False),
        (ended(RunState.FAILED, "2026-02-03T00:00:00Z"), True),
        (ended(RunState.HELD, "2026-02-03T00:00:00Z"), False),
    ],
)
def test_due_is_what_was_not_harvested_since_its_time_came(newest: dict[str, Run], expected: bool) -> None:
    assert bool(due([source()], newest, NOW)) is expected
    assert due([source("")], newest, NOW) == []


def schedule_it(memory: Memory, schedule: str) -> Source:
    with memory.database.write() as tx:
        found = msgspec.structs.replace(sources.get(tx.conn, "s"), schedule=schedule)
        sources.save(tx, found)
    return found


def wait_for_an_end(memory: Memory, scheduler: Scheduler, runs: int) -> list[Run]:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        scheduler.tick()
        with memory.database.read() as conn:
            found = ledger.latest(conn, "s", 10)
        if len(found) == runs and all(one.state is not RunState.RUNNING for one in found):
            return found
        time.sleep(0.02)
    raise AssertionError("the harvest did not end")


def test_the_worker_harvests_what_is_due_once(memory: Memory, provider: Provider) -> None:
    provider.add("oai:x:1", "책")
    schedule_it(memory, "weekly mon 04:00")
    scheduler = Scheduler(memory)
    assert scheduler.tick() == 1
    (first,) = wait_for_an_end(memory, scheduler, 1)
    assert (first.state, first.counts["new"]) == (RunState.COMPLETE, 1)
    assert [scheduler.tick() for _ in range(3)] == [0, 0, 0]


def test_a_run_cut_short_is_finished_and_a_paused_source_left_alone(
    memory: Memory, provider: Provider
) -> None:
    provider.add("oai:x:1", "책")
    schedule_it(memory, "daily 03:30")
    with memory.database.write() as tx:
        ledger.open_run(tx, "s", "full", {"oai_dc": ""}, "")
        sources.set_state(tx, "s", sources.PAUSED)
    scheduler = Scheduler(memory)
    assert scheduler.tick() == 0
    with memory.database.write() as tx:
        sources.set_state(tx, "s", sources.ACTIVE)
    (only,) = wait_for_an_end(memory, scheduler, 1)
    assert only.state is RunState.COMPLETE


def test_a_source_that_another_process_harvests_is_left_alone(memory: Memory, provider: Provider) -> None:
    provider.add("oai:x:1", "책")
    scheduled = schedule_it(memory, "hourly")
    clock = [memory.database.clock()]
    memory.database.clock = lambda: clock[0]
    scheduler = Scheduler(memory)
    with many.held(memory, scheduled):
        assert scheduler.tick() == 1
        time.sleep(0.5)
        assert scheduler.tick() == 0
    assert scheduler.tick() == 0
    with memory.database.read() as conn:
        assert reports.newest(conn) == {}
    clock[0] += timedelta(minutes=1)
    assert scheduler.tick() == 1
    wait_for_an_end(memory, scheduler, 1)


def test_the_worker_has_the_jobs(memory: Memory, provider: Provider, tmp_path: Path) -> None:
    provider.add("oai:x:1", "책")
    run.harvest(memory, "s")
    found = {job.name: job for job in jobs(memory)}
    assert {"files", "schedules", "notices"} <= set(found)
    assert [found[name].run() for name in ("schedules", "notices")] == [0, 0]


def test_what_waits_and_is_paused_is_not_begun(memory: Memory, provider: Provider) -> None:
    provider.add("oai:x:1", "책")
    first = schedule_it(memory, "hourly")
    with memory.database.write() as tx:  # on the same host, so that it has to wait
        sources.save(tx, msgspec.structs.replace(first, id="t"))
    scheduler = Scheduler(memory)
    assert scheduler.tick() == 1
    with memory.database.write() as tx:
        sources.set_state(tx, "t", sources.PAUSED)
    wait_for_an_end(memory, scheduler, 1)
    scheduler.tick()
    with memory.database.read() as conn:
        assert set(reports.newest(conn)) == {"s"}


def start_worker(data: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, str(ROOT / "wsgi.py"), "worker"]
    return subprocess.Popen(command, env=environment(data), cwd=ROOT)


def test_a_worker_yields_the_processors_to_pages(tmp_path: Path) -> None:
    worker = start_worker(tmp_path / "data")
    try:
        wait_until(lambda: os.getpriority(os.PRIO_PROCESS, worker.pid) >= YIELDING)
    finally:
        worker.kill()
        worker.wait()


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_worker_that_ends_leaves_a_run_that_the_next_one_finishes(tmp_path: Path, how: int) -> None:
    table = Provider()
    for place in range(30):
        table.add(f"oai:x:{place:02}", f"책 {place}")

    gate = Event()

    def until_the_gate(request: Request) -> Answer:
        if len(running.seen) > 4:  # before the list has come to its end
            gate.wait(60)
        return table.reply(request)

    memory = open_memory(Settings(data=str(tmp_path / "data")))
    memory.database.migrate()
    with serve(until_the_gate) as running:
        with memory.database.write() as tx:
            institutions.save(tx, Institution("lib", "새벽도서관", "Dawn Library"))
            endpoint = f"{running.url}/oai"
            sources.save(tx, Source("s", "새벽도서관", "Dawn", endpoint, "lib", schedule="weekly mon 04:00"))
        first = start_worker(memory.settings.data_path)
        wait_until(lambda: len(running.seen) > 4)
        first.send_signal(how)
        assert first.wait(timeout=40) == (-signal.SIGKILL if how == signal.SIGKILL else 0)
        gate.set()
        with memory.database.read() as conn:
            (cut,) = ledger.latest(conn, "s", 5)
        assert cut.state is RunState.RUNNING and 0 < cut.counts["received"] < 30
        second = start_worker(memory.settings.data_path)

        def is_done() -> bool:
            with memory.database.read() as conn:
                return ledger.latest(conn, "s")[0].state is not RunState.RUNNING

        wait_until(is_done)
        second.terminate()
        assert second.wait(timeout=40) == 0
    with memory.database.read() as conn:
        (done,) = ledger.latest(conn, "s", 5)
    assert (done.state, done.counts["new"], done.counts["received"]) == (RunState.COMPLETE, 30, 30)
    memory.close()
