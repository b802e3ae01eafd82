"""What a provider lists is held against what is kept: what is missing is fetched, what is gone is gone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from harvest import completeness, records, run, sources
from harvest.ledger import RunState
from harvest.source import Source
from repository.database import Clock
from repository.memory import Memory
from tests.harvest.faults.holder import Holder, Row, sized
from tests.harvest.loopback import Answer, Request, Running, serve


class Library(Holder):
    """A provider that leaves some records out of some lists, though it still has them."""

    hidden: dict[str, set[str]]
    refused: str

    def reply(self, request: Request) -> Answer:
        """Answer without what is hidden from the verb asked for."""
        if request.arguments.get("verb") == self.refused:
            return self.error("badVerb")
        left_out = self.hidden.get(request.arguments.get("verb", ""), set())
        kept, self.rows = self.rows, {name: row for name, row in self.rows.items() if name not in left_out}
        try:
            return self.answer(request)
        finally:
            self.rows = kept


@pytest.fixture
def library() -> Library:
    """A provider of seven records that says the size of its lists."""
    made = Library(**vars(sized()))
    made.hidden, made.refused = {}, ""
    return made


@pytest.fixture
def server(memory: Memory, library: Library) -> Iterator[Running]:
    """The provider, served and registered."""
    with serve(library.reply) as running:
        with memory.database.write() as tx:
            sources.save(tx, Source("s", "수집처", "Source", f"{running.url}/oai", "lib"))
        yield running


def live(memory: Memory) -> set[str]:
    """Give the local ids that are not deleted."""
    with memory.database.read() as conn:
        found = records.names(conn, "s", "oai_dc")
        return {name for name, state in found if state is not records.RecordState.DELETED}


def later(memory: Memory, days: int) -> Clock:
    """Make a clock that is some days ahead."""
    return lambda: datetime.now(UTC) + timedelta(days=days)


def verbs(server: Running) -> list[str]:
    return [request.arguments["verb"] for request in server.seen]


def test_a_list_that_agrees_with_its_size_is_compared_by_one_request(memory: Memory, server: Running) -> None:
    done = run.harvest(memory, "s")
    assert (done.state, done.report.expected, done.report.listed) == (RunState.COMPLETE, 7, 7)
    assert verbs(server).count("ListIdentifiers") == 1


def test_what_the_list_of_records_leaves_out_is_asked_for(
    memory: Memory, library: Library, server: Running
) -> None:
    library.hidden["ListRecords"] = {"oai:x:3", "oai:x:5"}
    done = run.harvest(memory, "s")
    assert (done.state, done.counts["new"], verbs(server).count("GetRecord")) == (RunState.COMPLETE, 7, 2)
    assert len(live(memory)) == 7


def test_where_a_provider_keeps_no_deletions_its_number_is_looked_at(
    memory: Memory, library: Library, server: Running
) -> None:
    run.harvest(memory, "s")
    del library.rows["oai:x:3"]
    done = run.harvest(memory, "s")
    assert (done.kind, done.state, done.counts["deleted"], done.report.gone) == (
        "incremental",
        RunState.COMPLETE,
        1,
        1,
    )
    assert live(memory) == library.rows.keys()
    server.seen.clear()
    run.harvest(memory, "s")
    assert verbs(server).count("ListIdentifiers") == 1


def test_a_number_that_is_not_said_is_looked_at_when_it_is_due(
    memory: Memory, library: Library, server: Running
) -> None:
    library.says_size = False
    run.harvest(memory, "s")
    del library.rows["oai:x:3"]
    done = run.harvest(memory, "s")
    assert (done.counts["deleted"], done.report.notes) == (0, {"deletions_unchecked": 1})
    memory.database.clock = later(memory, 8)
    done = run.harvest(memory, "s")
    assert (done.counts["deleted"], done.report.notes) == (1, {})
    assert live(memory) == library.rows.keys()


def test_what_is_only_left_out_of_the_lists_is_not_removed(
    memory: Memory, library: Library, server: Running
) -> None:
    run.harvest(memory, "s")
    library.hidden = {verb: {"oai:x:3"} for verb in ("ListRecords", "ListIdentifiers")}
    del library.rows["oai:x:4"]
    done = run.harvest(memory, "s", full=True)
    assert (done.report.notes["vanished_still_there"], done.report.gone) == (1, 1)
    assert live(memory) == library.rows.keys()


def test_a_new_record_that_no_window_brought_is_found_when_all_is_compared(
    memory: Memory, library: Library, server: Running
) -> None:
    """A record with an old datestamp appears, as after a change of a server's settings."""
    run.harvest(memory, "s")
    library.rows["oai:x:9"] = Row("늦게 열린 책", "2020-01-01T00:00:00Z")
    done = run.harvest(memory, "s")
    assert (done.counts["new"], live(memory)) == (1, set(library.rows))


def test_identifiers_that_cannot_be_listed_are_no_fault_of_the_records(
    memory: Memory, library: Library, server: Running
) -> None:
    library.refused = "ListIdentifiers"
    done = run.harvest(memory, "s")
    assert (done.state, done.report.notes) == (RunState.COMPLETE, {"identifiers_unlisted": 1})


@pytest.mark.parametrize(
    ("gone", "kept", "too_many"),
    [(0, 0, False), (3, 7, False), (4, 7, True), (5, 100, False), (6, 100, True)],
)
def test_how_many_are_too_many(gone: int, kept: int, too_many: bool) -> None:
    assert completeness.is_too_many(gone, kept, 0.05) is too_many
