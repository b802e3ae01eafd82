"""Many at once: hosts overlap, sources of one host never do, and nothing comes out otherwise than in turn."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import groupby
from pathlib import Path

import pytest
from sqlalchemy import select

from harvest import ledger, many, run, sources
from harvest.ledger import RunState
from harvest.source import Source
from harvest.tables import record
from harvest.work import Progress
from repository import institutions
from repository.institution import Institution
from repository.memory import Memory, open_memory
from repository.settings import Settings
from repository.tables import item
from tests.harvest.loopback import Answer, Request, serve
from tests.harvest.provider import Provider
from tests.serving import ROOT, environment

HOSTS = ("127.0.0.2", "127.0.0.3", "127.0.0.4")


class Meeting:
    """A host whose answers wait, once, until every other host is being asked too."""

    def __init__(self, parties: int) -> None:
        self._barrier = threading.Barrier(parties)
        self._met: set[str] = set()
        self.met = True

    def attend(self, host: str) -> None:
        if host not in self._met:
            self._met.add(host)
            try:
                self._barrier.wait(timeout=10)
            except threading.BrokenBarrierError:
                self.met = False


@contextmanager
def hosts(
    meeting: Meeting | None = None, slow: float = 0.0, gate: threading.Event | None = None
) -> Iterator[tuple[list[Source], dict[str, list[str]]]]:
    """Serve two sources on each of three addresses; gives them, and which of them each host was asked for."""
    asked: dict[str, list[str]] = {host: [] for host in HOSTS}
    found = []
    with ExitStack() as stack:
        for host in HOSTS:
            tables = {name: Provider() for name in ("a", "b")}
            for name, table in tables.items():
                for place in range(10):
                    table.add(f"oai:{host}:{name}{place}", f"책 {name} {place}")

            def reply(request: Request, host: str = host, tables: dict[str, Provider] = tables) -> Answer:
                name = request.target[1]
                asked[host].append(name)
                time.sleep(slow)
                if gate and len(asked[host]) > 3:  # before any list has come to its end
                    gate.wait(60)
                if meeting:
                    meeting.attend(host)
                return tables[name].reply(request)

            url = stack.enter_context(serve(reply, host=host)).url
            found += [Source(f"{host}-{name}", "가", "A", f"{url}/{name}/oai", "lib") for name in "ab"]
        yield found, asked


def opened(folder: Path, known: list[Source], database: str = "") -> Memory:
    memory = open_memory(Settings(data=str(folder), database=database))
    memory.database.migrate()
    with memory.database.write() as tx:
        institutions.save(tx, Institution("lib", "새벽도서관", "Dawn Library"))
        for source in known:
            sources.save(tx, source)
    return memory


def content(memory: Memory) -> list[list[tuple[object, ...]]]:
    """Read what a harvest makes, without the numbers and times that depend on the order."""
    columns = (record.c.source, record.c.local_id, record.c.item, record.c.state, record.c.version)
    with memory.database.read() as conn:
        records = [tuple(row) for row in conn.execute(select(*columns).order_by(*columns))]
        items = [tuple(row) for row in conn.execute(select(item.c.id, item.c.digest).order_by(item.c.id))]
    return [records, items]


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_hosts_overlap_and_sources_of_one_host_do_not(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = request.getfixturevalue("postgres_url") if kind == "postgresql" else ""
    meeting = Meeting(len(HOSTS))
    with hosts(meeting) as (known, asked):
        together = opened(tmp_path / "together", known, url)
        outcomes = many.harvest_all(together, known, 4)
    assert [outcome.source for outcome in outcomes] == [source.id for source in known]
    ends = [(outcome.code, outcome.run and outcome.run.state) for outcome in outcomes]
    assert ends == [("", RunState.COMPLETE)] * 6
    assert meeting.met, "all hosts were asked at the same time"
    for host, names in asked.items():
        assert [name for name, _ in groupby(names)] in (["a", "b"], ["b", "a"]), host
    with hosts() as (again, _):
        in_turn = opened(tmp_path / "in_turn", again)
        for source in again:
            run.harvest(in_turn, source.id)
    assert content(together) == content(in_turn)
    together.close()
    in_turn.close()


def test_no_more_at_once_than_asked_for(tmp_path: Path) -> None:
    running, most = 0, 0
    lock = threading.Lock()

    def show(_: str) -> Progress:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        return lambda _: None

    with hosts(slow=0.02) as (known, _):
        memory = opened(tmp_path, known)
        crew = many.Crew(memory, 2, show=show)
        crew.add(known)
        crew.add(known)
        assert len(crew.busy) == 6
        ended = 0
        while crew.busy:
            assert crew.turn() <= 2
            if crew.next(timeout=20):
                ended += 1
                running -= 1
        assert (ended, most) == (6, 2)
    memory.close()


def test_a_failing_source_stops_no_other(tmp_path: Path) -> None:
    with hosts() as (known, _):
        memory = opened(tmp_path, known)
        nowhere = Source("unregistered", "나", "B", "http://127.0.0.9:9/oai", "lib")
        refused, *rest = many.harvest_all(memory, [nowhere, *known], 3)
    assert (refused.run, refused.code) == (None, "source_unknown")
    assert all(outcome.run and outcome.run.state is RunState.COMPLETE for outcome in rest)
    memory.close()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_an_error_that_nobody_expected_stops_no_other_either(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def show(source: str) -> Progress:
        def progress(_: int) -> None:
            assert source != "127.0.0.2-a", "nobody expected this"

        return progress

    with hosts() as (known, _):
        memory = opened(tmp_path, known)
        outcomes = {outcome.source: outcome for outcome in many.harvest_all(memory, known, 3, show=show)}
    assert outcomes.pop("127.0.0.2-a").code == many.BROKEN
    (said,) = [record for record in caplog.records if record.message == "harvest broke"]
    assert said.exc_info and "nobody expected this" in str(said.exc_info[1])
    assert all(outcome.run and outcome.run.state is RunState.COMPLETE for outcome in outcomes.values())
    memory.close()


def test_what_another_process_harvests_is_left_alone(tmp_path: Path) -> None:
    with hosts() as (known, asked):
        memory = opened(tmp_path, known)
        with many.held(memory, known[0]) as taken:
            outcomes = many.harvest_all(memory, known[:3], 3)
        assert taken and asked[HOSTS[0]] == []
    assert [outcome.code for outcome in outcomes] == ["source_busy", "source_busy", ""]
    memory.close()


def test_who_is_stopped_leaves_runs_that_go_on(tmp_path: Path) -> None:
    with hosts() as (known, _):
        memory = opened(tmp_path, known)
        stopper = threading.Event()

        def show(_: str) -> Progress:
            def progress(_: int) -> None:
                stopper.set()
                threading.Event().wait(0.3)

            return progress

        crew = many.Crew(memory, 3, show=show)
        crew.add(known)
        assert crew.turn() == 3 and stopper.wait(20)
        crew.stop()
        ended = [crew.next(timeout=5) for _ in range(3)]
        assert not crew.busy and [one and one.code for one in ended] == [many.STOPPED] * 3
        rest = many.harvest_all(memory, known, 3)
    assert all(outcome.run and outcome.run.state is RunState.COMPLETE for outcome in rest)
    assert sum(outcome.run.counts["received"] for outcome in rest if outcome.run) == 60
    memory.close()


def test_sources_without_a_server_are_hosts_of_their_own() -> None:
    files = [Source(name, "가", "A", f"/srv/{name}", "lib", kind="files") for name in "ab"]
    web = [Source("w", "가", "A", url, "lib") for url in ("http://X.example:80/a", "https://x.example/b")]
    assert len({many.host_of(source) for source in files}) == 2
    assert {many.host_of(source) for source in web} == {"x.example"}


def test_a_person_who_presses_ctrl_c_waits_for_nobody_and_loses_nothing(tmp_path: Path) -> None:
    data = tmp_path / "data"
    gate = threading.Event()
    with hosts(gate=gate) as (known, asked):
        memory = opened(data, known)
        # A shell that runs the tests in the background has them ignore the signal, and so would the child.
        listening = ["env", "--default-signal=INT"]
        command = [*listening, sys.executable, str(ROOT / "wsgi.py"), "harvest", "run", "--no-media"]
        process = subprocess.Popen(
            command, env=environment(data), cwd=ROOT, stderr=subprocess.PIPE, text=True
        )
        deadline = time.monotonic() + 60
        while not all(len(names) > 3 for names in asked.values()):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        try:
            _, said = process.communicate(timeout=150)
        finally:
            process.kill()
            process.wait()
        gate.set()
        assert process.returncode == 1 and "Aborted!" in said and "Traceback" not in said
        rest = many.harvest_all(memory, known, 4)
    assert [outcome.run and outcome.run.counts["received"] for outcome in rest] == [10] * 6
    with memory.database.read() as conn:
        assert [len(ledger.latest(conn, source.id, 5)) for source in known] == [1] * 6
    memory.close()
