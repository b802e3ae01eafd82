"""The feed and the index: what closes a work goes first; an index that is down loses nothing; lags are told."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete

from repository import changes, index_feed, jobs, reconcile, refresh, takedowns
from repository.errors import StoreError
from repository.index_feed import follow, goes_first
from repository.memory import Memory
from repository.presentation import presenter_of
from repository.reconcile import Difference, Reconciliation
from repository.rights.decision import Answer
from repository.search.query import Query
from repository.tables import cursor, search_miss
from repository.takedowns import TakedownKind
from tests.repository import catalogue
from tests.repository.conftest import empty_database


@pytest.fixture(params=["sqlite", "postgresql"])
def memory(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Memory]:
    """An empty installation over either database."""
    url = "" if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    if url:
        empty_database(url).close()
    made = catalogue.opened(tmp_path, url)
    yield made
    made.close()


class Down:
    """An engine of which writing fails as long as it is told to."""

    def __init__(self, real: Any) -> None:
        self._real, self.down, self.tries = real, True, 0

    def put(self, documents: Sequence[Any]) -> int:
        self.tries += 1
        if self.down:
            raise StoreError("index_busy", "바쁨", "busy")
        return int(self._real.put(documents))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)


def total(memory: Memory, text: str = "책") -> int:
    return memory.engine.search(Query(text)).total


def test_what_goes_first() -> None:
    assert goes_first("takedown") and goes_first("item+tombstone") and goes_first("decision")
    assert goes_first("decision+takedown")
    assert not goes_first("decision+item") and not goes_first("item") and not goes_first("assets+decision")


def test_takedowns_and_decisions_overtake_a_harvest(memory: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_feed, "BATCH", 10)
    monkeypatch.setattr(index_feed, "LOOK", 25)
    first = catalogue.write(memory, ["a", "b", "c"])
    while follow(memory):
        pass
    catalogue.write(memory, map(str, range(100)))
    catalogue.decide(memory, first[0], Answer.NO)
    with memory.database.write() as tx:
        takedowns.add(tx, first[1], TakedownKind.PRIVACY, "얼굴", "kim")
    catalogue.decide(memory, first[1], Answer.NO)
    assert follow(memory) == 10
    held = dict(memory.engine.digests())
    assert first[0] not in held and first[1] not in held and first[2] in held
    assert total(memory) == 11
    while follow(memory):
        pass
    assert total(memory) == 101 and reconcile.compare(memory) == Difference([], [], [])


def test_an_index_that_is_down_keeps_the_feed_and_the_manifests_go_on(memory: Memory) -> None:
    catalogue.write(memory, map(str, range(5)))
    engine = Down(memory.engine)
    memory = dataclasses.replace(memory, engine=engine)
    presenter = presenter_of(memory.settings)
    with pytest.raises(StoreError, match="index_busy"):
        refresh.refresh(memory, presenter)
    with memory.database.read() as conn:
        behind = {lag.reader: (lag.behind, bool(lag.since)) for lag in refresh.lags(conn)}
    assert behind == {"index": (5, True), "manifests": (0, False)}
    engine.down = False
    refresh.refresh(memory, presenter)
    with memory.database.read() as conn:
        assert [(lag.behind, lag.since) for lag in refresh.lags(conn)] == [(0, ""), (0, "")]
    assert total(memory) == 5


def test_an_index_that_was_deleted_is_filled_from_the_beginning_of_the_feed(tmp_path: Path) -> None:
    memory = catalogue.opened(tmp_path)
    catalogue.write(memory, map(str, range(12)))
    follow(memory)
    for path in sorted((tmp_path / "index").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    assert total(memory) == 0
    while follow(memory):
        pass
    assert total(memory) == 12


def test_the_daily_round_mends_what_differs_and_counts_it(memory: Memory) -> None:
    ids = catalogue.write(memory, map(str, range(20)))
    while follow(memory):
        pass
    catalogue.write(memory, ["0"], title="고친 책")
    memory.engine.drop([ids[5]])
    with memory.database.write() as tx:
        tx.conn.exec_driver_sql(f"DELETE FROM current_decision WHERE subject = '{ids[7]}'")
    assert reconcile.compare(memory) == Difference([ids[5]], [ids[0]], [ids[7]])
    clock = [0.0]
    round_ = Reconciliation(memory, lambda: clock[0])
    assert sum(round_.tick() for _ in range(10)) == 3
    assert reconcile.compare(memory) == Difference([], [], [])
    memory.engine.drop([ids[5]])
    clock[0] = reconcile.REST - 1
    assert [round_.tick() for _ in range(3)] == [0, 0, 0]
    clock[0] = reconcile.REST
    assert sum(round_.tick() for _ in range(10)) == 1


def test_a_check_can_mend_at_once_and_names_only_so_many(
    memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reconcile, "MOST_NAMED", 4)
    catalogue.write(memory, map(str, range(10)))
    found = reconcile.compare(memory, repair=True)
    assert (len(found.missing), found.unnamed, found.count) == (4, 6, 10)
    assert reconcile.compare(memory).count == 0 and total(memory) == 10


def test_misses_are_forgotten_by_the_worker(memory: Memory) -> None:
    with memory.database.write() as tx:
        tx.conn.execute(search_miss.insert().values(day="2020-01-01", kind="nothing", text="가", count=3))
    assert {job.name for job in jobs.jobs(memory)} == {"reconcile", "misses", "mail", "reports"}
    assert jobs.forget_misses(memory) == 1 and jobs.forget_misses(memory) == 0


def test_the_cursor_of_the_feed_before_generations_had_their_own_is_honoured(memory: Memory) -> None:
    catalogue.write(memory, map(str, range(5)))
    follow(memory)
    with memory.database.write() as tx:
        tx.conn.execute(delete(cursor).where(cursor.c.reader.startswith("index:")))
    assert follow(memory) == 0
    with memory.database.read() as conn:
        assert changes.position(conn, "index") == 5
