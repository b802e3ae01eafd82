"""Whatever a provider does, a harvest ends with all that it holds, or says loudly that it did not.

Each scenario of the tables runs over real HTTP, through the whole harvest, into one installation on SQLite.
"""

from __future__ import annotations

import ssl
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from harvest import ledger, records, run, sources, status
from harvest.client import OaiClient
from harvest.ledger import Run, RunState
from harvest.pacing import Pacer
from harvest.source import Source
from harvest.transport import Limits, Waiting
from repository import institutions, items
from repository.institution import Institution
from repository.memory import Memory, open_memory
from repository.settings import Settings
from tests.harvest.faults import answers, connections, pages, times, tokens
from tests.harvest.faults.holder import Holder, Scenario, Twist
from tests.harvest.loopback import Request, serve

SCENARIOS = tokens.SCENARIOS + pages.SCENARIOS + answers.SCENARIOS + connections.SCENARIOS + times.SCENARIOS
PROVIDER_FAULTS = range(1, 49)


class Ended:
    """How a scenario ended: the run, what is live with its title, what is in quarantine, and what was asked."""

    def __init__(
        self, summary: Run, memory: Memory, held: Holder, seen: list[Request], asked_set: str = ""
    ) -> None:
        self.summary, self.held, self.seen, self.asked_set = summary, held, seen, asked_set
        self.waits: list[float] = []
        name = summary.source
        with memory.database.read() as conn:
            mine = items.find_many(conn, list(records.iter_items(conn, name))).values()
            self.live = {row.item.local_id: row.item.title for row in mine if row.state == items.LIVE}
            self.sums = status.of_source(conn, sources.get(conn, name))
            aside = [row for row in status.set_aside(conn, name) if row.local_id]
            self.parked = {row.local_id for row in aside if row.kind == "parked"}
            self.quarantined = {
                row.local_id: status.raw_of(conn, name, row.local_id)
                for row in aside
                if row.kind == "quarantined"
            }

    @property
    def provided(self) -> dict[str, str]:
        """What the provider holds, by identifier, but for what is parked under its name."""
        rows = self.held.chosen({"set": self.asked_set})
        return {name: row.title for name, row in rows if not row.deleted and name not in self.parked}


class Clock:
    """A clock on which only waiting takes time; the waits are written down."""

    def __init__(self) -> None:
        self.waits: list[float] = []

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.waits.append(seconds)


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Memory]:
    """One installation for all scenarios, each of which is a source of its own."""
    opened = open_memory(Settings(data=str(tmp_path_factory.mktemp("faults") / "data")))
    opened.database.migrate()
    with opened.database.write() as tx:
        institutions.save(tx, Institution("lib", "새벽도서관", "Dawn Library"))
    yield opened
    opened.close()


def register(memory: Memory, url: str, **contract: Any) -> str:
    """Add a source that is harvested there, and give its name."""
    with memory.database.write() as tx:
        name = f"s{len(sources.every(tx.conn))}"
        sources.save(tx, Source(name, "수집처", "Source", f"{url}/oai", "lib", **contract))
    return name


@contextmanager
def client_options(**options: Any) -> Iterator[None]:
    """Make every client with these options beside its own."""
    made: Callable[..., None] = OaiClient.__init__
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            OaiClient, "__init__", lambda self, *given, **more: made(self, *given, **{**more, **options})
        )
        yield


def certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """Make a certificate that signs itself, for a server and for who trusts it."""
    key, signed = folder / "key.pem", folder / "certificate.pem"
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    names = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    made = ["openssl", "req", "-x509", *curve, "-keyout", str(key), "-out", str(signed), *names]
    subprocess.run(made, check=True, capture_output=True)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(signed, key)
    return tls, signed


def harvested(scenario: Scenario, memory: Memory, folder: Path) -> Ended:
    """Run a scenario, once, or twice with a change between."""
    held, clock = scenario.held(), Clock()
    limits = Limits(seconds=5.0, attempts=3)
    waiting = Waiting(sleep=clock.sleep, monotonic=lambda: sum(clock.waits), jitter=lambda: 1.0)
    # A pacer of its own: a port may come again, and what was held on it by another scenario's clock with it.
    options: dict[str, Any] = {"limits": limits, "waiting": waiting, "pacer": Pacer(), **scenario.client}
    tls, trusted = certificate(folder) if scenario.tls else (None, None)
    if "ca_file" in options:
        options["ca_file"] = trusted
    with serve(lambda request: scenario.twist(held, request), tls) as server, client_options(**options):
        name = register(memory, server.url, **scenario.source)
        summary = run.harvest(memory, name)
        if scenario.then is not None:
            assert summary.state is RunState.COMPLETE
            scenario.then(held)
            summary = run.harvest(memory, name, full=scenario.full)
        ended = Ended(summary, memory, held, server.seen, scenario.source.get("set", ""))
    ended.waits = clock.waits
    return ended


@pytest.fixture(scope="module", params=SCENARIOS, ids=lambda scenario: scenario.name)
def case(
    request: pytest.FixtureRequest, installation: Memory, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Scenario, Ended]:
    """A scenario that was run, for the tests to judge."""
    return request.param, harvested(request.param, installation, tmp_path_factory.mktemp("run"))


def test_nothing_is_lost_silently(case: tuple[Scenario, Ended]) -> None:
    """A run that calls itself complete has everything, as it was said, and its sums hold."""
    _, ended = case
    assert ended.sums.sums_hold
    if ended.summary.state is RunState.COMPLETE:
        assert ended.live == ended.provided
    assert {name: title for name, title in ended.provided.items() if name in ended.live} == {
        name: title for name, title in ended.live.items() if name in ended.provided
    }


def test_every_harvest_ends_as_it_should(case: tuple[Scenario, Ended]) -> None:
    scenario, ended = case
    summary = ended.summary
    wanted = ended.provided.keys() - scenario.quarantined if scenario.stored is None else scenario.stored
    assert (summary.state, set(ended.live)) == (scenario.state, set(wanted)), summary.error
    assert scenario.error in summary.error and bool(scenario.error) == bool(summary.error)
    assert ended.quarantined.keys() == scenario.quarantined and all(ended.quarantined.values())
    assert {name: summary.counts[name] for name in scenario.counts} == scenario.counts
    assert scenario.notes <= summary.report.notes.keys()
    assert not scenario.waits or tuple(ended.waits) == scenario.waits
    flagged = bool(summary.counts["repaired"] or summary.counts["quarantined"])
    assert flagged == (summary.state is RunState.REPAIRED) or summary.state is RunState.INCOMPLETE


def killed(memory: Memory, twist: Twist, held: Holder, moment: Callable[[pytest.MonkeyPatch], None]) -> Ended:
    """Run a harvest that is killed at a moment, and then once more."""
    with serve(lambda request: twist(held, request)) as server:
        name = register(memory, server.url)
        with pytest.MonkeyPatch.context() as patch, pytest.raises(KeyboardInterrupt):
            moment(patch)
            run.harvest(memory, name)
        return Ended(run.harvest(memory, name), memory, held, server.seen)


def dies_at_page(number: int) -> Callable[[pytest.MonkeyPatch], None]:
    """Die while a page is kept, before its transaction ends."""
    mark = ledger.mark_page
    left = iter(range(number))

    def die(*given: Any) -> None:
        if next(left, None) is None:
            raise KeyboardInterrupt
        mark(*given)

    return lambda patch: patch.setattr(ledger, "mark_page", die)


@pytest.mark.parametrize("page", [0, 1, 2])
def test_row_48_what_was_kept_stays_kept_and_one_page_is_asked_again(installation: Memory, page: int) -> None:
    ended = killed(installation, Holder.answer, Holder(), dies_at_page(page))
    assert (ended.summary.state, ended.live) == (RunState.COMPLETE, ended.provided)
    asked = [request for request in ended.seen if request.arguments["verb"] == "ListRecords"]
    assert (len(asked), ended.summary.counts["new"], ended.summary.counts["unchanged"]) == (4, 7, 0)


def test_row_10_a_scroll_that_moved_while_nobody_looked(installation: Memory) -> None:
    held = Holder(says_size=True)
    held.first("cut")
    ended = killed(installation, tokens.cursor_moves, held, dies_at_page(1))
    assert (ended.summary.state, ended.live) == (RunState.COMPLETE, ended.provided)


def test_every_row_of_the_list_of_faults_is_here() -> None:
    shown = Counter(row for scenario in SCENARIOS for row in scenario.rows)
    shown[48] += 1  # in a test of its own, above
    assert [row for row in PROVIDER_FAULTS if not shown[row]] == []
    assert len({scenario.name for scenario in SCENARIOS}) == len(SCENARIOS)


def test_most_faults_cost_no_record() -> None:
    """At least 120 of the scenarios end with all that the provider holds."""
    whole = RunState.COMPLETE, RunState.REPAIRED
    brought = [one for one in SCENARIOS if one.state in whole and one.stored is None and not one.quarantined]
    assert len(SCENARIOS) >= 160 and len(brought) >= 120
