"""The audit: kept with what it tells of or not at all, read newest first, page by page."""

from __future__ import annotations

import pytest

from repository import audit
from repository.database import Database


def write(database: Database, count: int, subject: str = "s") -> None:
    with database.write() as tx:
        for number in range(count):
            audit.record(tx, "kim", f"did_{number}", subject, "before", "after", "detail")


def test_a_line_says_who_did_what_to_what_and_when(database: Database) -> None:
    write(database, 1)
    with database.read() as conn:
        [line] = audit.newest(conn)
    assert (line.actor, line.action, line.subject) == ("kim", "did_0", "s")
    assert (line.before, line.after, line.detail) == ("before", "after", "detail")
    assert line.at.endswith("Z") and len(line.at) == 20


def test_a_line_is_kept_with_its_transaction_or_not_at_all(database: Database) -> None:
    with pytest.raises(RuntimeError), database.write() as tx:
        audit.record(tx, "kim", "did", "s")
        raise RuntimeError
    with database.read() as conn:
        assert audit.newest(conn) == []


def test_lines_are_read_newest_first_from_any_line_on(database: Database) -> None:
    write(database, 5)
    write(database, 2, "other")
    with database.read() as conn:
        lines = audit.newest(conn, limit=3)
        older = audit.newest(conn, before=lines[-1].id, limit=10)
        mine = audit.newest(conn, subject="other")
    assert [line.id for line in (*lines, *older)] == sorted(
        (line.id for line in (*lines, *older)), reverse=True
    )
    assert len(older) == 4 and [line.action for line in mine] == ["did_1", "did_0"]


def test_at_most_two_hundred_are_read_at_once(database: Database) -> None:
    write(database, audit.MOST + 5)
    with database.read() as conn:
        assert len(audit.newest(conn, limit=1000)) == audit.MOST
