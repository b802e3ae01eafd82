"""What was not found is counted by day, shown from three on, forgotten in the end, and never in a page's way."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, text

from repository import search_misses
from repository.database import Database
from repository.gathering import Gathering
from repository.search_misses import Miss

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


def miss(database: Database, days_ago: int, **counts: int) -> None:
    database.clock = lambda: NOW - timedelta(days=days_ago)
    with database.write() as tx:
        search_misses.add(tx, {(word, "nothing"): count for word, count in counts.items()})


def listed(database: Database, since: str = "2026-01-01", kind: str = "") -> list[Miss]:
    with database.read() as conn:
        return search_misses.listed(conn, since, kind)


def wait(done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not done():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_counts_add_up_over_days_and_few_are_shown_to_nobody(database: Database) -> None:
    miss(database, 1, 가=2, 나=1)
    miss(database, 0, 가=3, 나=1, 다=9)
    assert listed(database) == [
        Miss("다", "nothing", 9, "2026-11-25"),
        Miss("가", "nothing", 5, "2026-11-25"),
    ]
    assert [one.text for one in listed(database, since="2026-11-26")] == []
    assert listed(database, kind="relaxed") == []


def test_no_row_says_when_in_the_day_or_who(database: Database) -> None:
    miss(database, 0, 가=3)
    with database.read() as conn:
        [row] = conn.execute(text("SELECT * FROM search_miss"))
    assert dict(row._mapping) == {"day": "2026-11-25", "kind": "nothing", "text": "가", "count": 3}


def test_what_is_old_is_forgotten(database: Database) -> None:
    miss(database, 401, 가=5)
    miss(database, 10, 나=5)
    with database.write() as tx:
        before = (NOW - timedelta(days=search_misses.KEPT_DAYS)).date().isoformat()
        assert search_misses.forget(tx, before) == 1
    assert [one.text for one in listed(database)] == ["나"]


def test_a_flood_of_texts_fills_a_day_only_so_far(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_misses, "MOST_A_DAY", 2)
    miss(database, 0, 가=1, 나=1)
    miss(database, 0, 나=4, 다=9)
    assert [(one.text, one.count) for one in listed(database)] == [("나", 5)]


def test_noting_asks_the_database_nothing_and_is_written_together(database: Database) -> None:
    gathering, asked = Gathering(database, every=3600), []
    event.listen(database.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    for _ in range(3):
        gathering.note("가", "nothing")
    gathering.note("", "nothing")
    assert asked == []
    assert gathering.flush() == 3 and gathering.flush() == 0
    assert [(one.text, one.count) for one in listed(database)] == [("가", 3)]
    gathering.close()


def test_enough_of_them_are_written_without_being_asked(database: Database) -> None:
    gathering = Gathering(database, every=3600)
    for _ in range(200):
        gathering.note("가", "relaxed")
    wait(lambda: [one.count for one in listed(database)] == [200])
    gathering.close()


def test_time_writes_them_too_and_the_rest_is_written_at_the_end(database: Database) -> None:
    gathering = Gathering(database, every=0.05)
    for _ in range(3):
        gathering.note("가", "nothing")
    wait(lambda: bool(listed(database)))
    gathering.close()
    late = Gathering(database, every=3600)
    for _ in range(3):
        late.note("나", "nothing")
    late.close()
    assert [one.text for one in listed(database)] == ["가", "나"]


def test_memory_is_bounded_and_a_database_away_loses_nothing(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("repository.gathering.MOST_HELD", 5)
    gathering = Gathering(database, every=3600)
    with database.write() as tx:
        tx.conn.execute(text("ALTER TABLE search_miss RENAME TO away"))
    for number in range(8):
        gathering.note(f"글 {number}", "nothing")
    gathering.note("글 1", "nothing")
    assert gathering.flush() == 0
    with database.write() as tx:
        tx.conn.execute(text("ALTER TABLE away RENAME TO search_miss"))
    assert gathering.flush() == 6
    gathering.close()
