"""What becomes of a harvest under every fault of the tests: ours beside Sickle and oaipmh-scythe, by one measure.

    python -m benchmarks.faults_baseline

Each scenario runs over real HTTP, in a process of its own with a limit to its time and memory; to wait costs no
time, up to an hour. The verdict looks only at what is held in the end: identifiers and titles.
"""

from __future__ import annotations

import logging
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from threading import current_thread, main_thread
from typing import NamedTuple
from unittest import mock
from xml.sax.saxutils import unescape

from benchmarks.measure import say
from benchmarks.peers import PEERS, Contract, Kept, Peer
from harvest import records
from harvest.ledger import RunState
from repository import institutions
from repository.cli_support import progress_bar
from repository.institution import Institution
from repository.memory import Memory, open_memory
from repository.settings import Settings
from tests.harvest.faults.holder import Scenario
from tests.harvest.loopback import serve
from tests.harvest.test_provider_faults import SCENARIOS, certificate, harvested

SECONDS, PATIENCE, BYTES = 15.0, 3600.0, 2**31
OURS = "Korean Memory"


class Verdict(StrEnum):
    """How a harvest ended: with everything, with an alarm, silently with less, or not at all."""

    ALL = "all records"
    LOUD = "loud"
    SILENT = "SILENT"
    HANGS = "hangs"


class Overslept(BaseException):
    """A client waited too long; no client takes it for trouble of its own."""


class Seen(NamedTuple):
    """A verdict, and its reason in few words."""

    verdict: Verdict
    why: str = ""


def judge(provided: Mapping[str, str], held: Mapping[str, str]) -> Seen:
    """Compare what a harvest that ended normally holds with what the provider holds."""
    lost, stale = provided.keys() - held.keys(), held.keys() - provided.keys()
    damaged = [name for name in provided.keys() & held.keys() if _plain(provided[name]) != _plain(held[name])]
    told = {"missing": lost, "not deleted": stale, "damaged": damaged}
    why = ", ".join(f"{len(names)} {what}" for what, names in told.items() if names)
    return Seen(Verdict.SILENT if why else Verdict.ALL, why)


def _plain(title: str) -> str:
    return " ".join(title.split())


class Outcome(NamedTuple):
    """What a scenario came to; `parked` are records that say nothing which could be held."""

    seen: Seen
    parked: frozenset[str] = frozenset()


def limited(work: Callable[[], Outcome]) -> Outcome:
    """Do something in a process of its own, which is ended when its time is over."""
    context = get_context("fork")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_attempt, args=(work, there), daemon=True)
    process.start()
    there.close()
    try:
        late = Outcome(Seen(Verdict.HANGS, f"more than {SECONDS:.0f} s"))
        found: Outcome = here.recv() if here.poll(SECONDS) else late
    except EOFError:
        found = Outcome(Seen(Verdict.LOUD, "the process died"))
    process.kill()
    process.join()
    return found


def _attempt(work: Callable[[], Outcome], tell: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    try:
        with mock.patch("time.sleep", _skipping(time.sleep)):
            tell.send(work())
    except Overslept:
        tell.send(Outcome(Seen(Verdict.HANGS, "waits for more than an hour")))
    except (Exception, MemoryError) as trouble:  # noqa: BLE001  (any is one that the user hears of)
        tell.send(Outcome(Seen(Verdict.LOUD, type(trouble).__name__)))


def ours(scenario: Scenario, folder: Path) -> Outcome:
    """Harvest with our own run, into the installation that lies in the folder."""
    memory = open_memory(Settings(data=f"{folder}/data"))
    ended = harvested(scenario, memory, folder)
    state, lost = ended.summary.state, ended.provided.keys() - ended.live.keys()
    seen = judge(ended.provided, ended.live)
    if seen.verdict is Verdict.SILENT and state not in (RunState.COMPLETE, RunState.REPAIRED):
        seen = Seen(Verdict.LOUD, f"{state}: {ended.summary.error.partition(':')[0]}")
    elif state is RunState.REPAIRED and seen.why == f"{len(lost)} missing":
        aside = set_aside(memory, ended.summary.source)
        if all(name in aside or ended.provided[name] in aside for name in lost):
            seen = Seen(Verdict.LOUD, f"{len(lost)} set aside, and said so")
    return Outcome(seen, frozenset(ended.parked))


def set_aside(memory: Memory, source: str) -> str:
    """Give the text of all that is in quarantine of a source."""
    with memory.database.read() as conn:
        held = [records.quarantined_bytes(conn, row.digest) for row in records.quarantined(conn, source)]
    return unescape(b"".join(held).decode(errors="replace"))


def _skipping(sleep: Callable[[float], None]) -> Callable[[float], None]:
    """Make a sleep that takes no time in the client's thread, until it has taken too much."""
    waited = [0.0]

    def skip(seconds: float) -> None:
        if current_thread() is not main_thread():
            sleep(seconds)
            return
        waited[0] += seconds
        if waited[0] > PATIENCE:
            raise Overslept

    return skip


def peer(client: Peer, scenario: Scenario, parked: frozenset[str], folder: Path) -> Outcome:
    """Harvest with another client, in the hands of its user."""
    held = scenario.held()
    tls, trusted = certificate(folder) if scenario.tls else (None, None)
    with serve(lambda request: scenario.twist(held, request), tls) as server:
        contract = Contract(
            f"{server.url}/oai",
            scenario.source.get("set", ""),
            scenario.client.get("headers", {}),
            str(trusted) if "ca_file" in scenario.client else "",
        )
        kept = client(contract, "", {})
        if scenario.then is not None:
            scenario.then(held)
            kept = client(contract, "", {}) if scenario.full else client(contract, kept.date, kept.titles)
    return Outcome(
        _verdict(kept, {name: row.title for name, row in held.rows.items() if not row.deleted}, parked)
    )


def _verdict(kept: Kept, provided: dict[str, str], parked: frozenset[str]) -> Seen:
    def told(titles: dict[str, str]) -> dict[str, str]:
        return {name: title for name, title in titles.items() if name not in parked}

    return judge(told(provided), told(kept.titles))


def main() -> None:
    """Run everything, and write both tables."""
    logging.disable()
    rows: dict[str, dict[str, Seen]] = {}
    with tempfile.TemporaryDirectory() as folder:
        memory = open_memory(Settings(data=f"{folder}/data"))
        memory.database.migrate()
        with memory.database.write() as tx:
            institutions.save(tx, Institution("lib", "가상도서관", "Library"))
        memory.close()
        with progress_bar("faults", len(SCENARIOS)) as advance:
            for scenario in SCENARIOS:
                rows[scenario.name] = _row(scenario, Path(folder))
                advance(1)
    write(rows)


def _row(scenario: Scenario, folder: Path) -> dict[str, Seen]:
    own = limited(partial(ours, scenario, folder))
    row = {OURS: own.seen}
    for name, client in PEERS.items():
        row[name] = limited(partial(peer, client, scenario, own.parked, folder)).seen
    return row


def write(rows: Mapping[str, Mapping[str, Seen]]) -> None:
    """Write the totals, then every scenario."""
    say(f"| of {len(rows)} faults | " + " | ".join(Verdict) + " |\n|---|" + "---:|" * len(Verdict))
    for name in (OURS, *PEERS):
        sums = Counter(row[name].verdict for row in rows.values())
        say(f"| {name} | " + " | ".join(str(sums[verdict]) for verdict in Verdict) + " |")
    say("\n| fault | " + " | ".join((OURS, *PEERS)) + " |\n|---|" + "---|" * (len(PEERS) + 1))
    for fault, row in rows.items():
        cells = (f"{seen.verdict}: {seen.why}" if seen.why else seen.verdict for seen in row.values())
        say(f"| {fault} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
