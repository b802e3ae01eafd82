"""Rows at hand: what is added, changed and dropped is seen at once, written in time, and never known twice."""

from __future__ import annotations

import pytest
from sqlalchemy import Float, Integer, LargeBinary, String, event, func, select
from sqlalchemy.exc import IntegrityError

from repository.database import Database, Transaction
from repository.tables import asset, decision, identity, metadata, problem

AT = "2026-11-25T00:00:00Z"


def named(item: str, state: str = "live") -> dict[str, str]:
    return {"item": item, "source": "s", "local_id": item, "state": state, "at": AT}


def states(tx: Transaction) -> dict[str, str]:
    return {row.item: row.state for row in tx.conn.execute(select(identity))}


def test_what_is_added_is_found_before_it_is_written(database: Database) -> None:
    with database.write() as tx:
        assert tx.row(identity.c.item, "a") is None
        row = tx.add(identity, named("a"))
        assert tx.row(identity.c.item, "a") is row
        tx.change(identity, row, {"state": "parked"})
        assert states(tx) == {"a": "parked"}
    with database.read() as conn:
        assert conn.execute(select(identity.c.state)).scalar_one() == "parked"


def test_every_column_is_of_a_type_that_drivers_take_as_it_is() -> None:
    columns = [column for table in metadata.tables.values() for column in table.columns]
    assert columns
    strange = [one for one in columns if not isinstance(one.type, String | Integer | Float | LargeBinary)]
    assert not strange


def test_whoever_takes_the_connection_sees_all_and_makes_all_forgotten(database: Database) -> None:
    with database.write() as tx:
        tx.add(identity, named("a"))
        tx.conn.execute(identity.update().values(state="deleted"))
        row = tx.row(identity.c.item, "a")
        assert row is not None and row.state == "deleted"


def test_a_row_reached_by_two_columns_is_one_object(database: Database) -> None:
    page = {"id": "f", "item": "a", "key": "1", "url": "u", "sequence": 0, "role": "page", "state": "wanted"}
    with database.write() as tx:
        tx.add(asset, page)
        tx.conn.execute(select(func.count()).select_from(asset))
        (by_item,), (by_id,) = tx.rows(asset.c.item, "a"), tx.rows(asset.c.id, "f")
        assert by_item is by_id
        tx.change(asset, by_id, {"state": "fetched"})
        assert tx.rows(asset.c.item, "a")[0].state == "fetched"
    with database.write() as tx:
        new = tx.add(asset, {**page, "id": "g"})
        tx.hold(asset.c.item, ["a"])
        assert [row for row in tx.rows(asset.c.item, "a") if row.id == "g"] == [new]


def test_what_is_dropped_may_be_added_again_under_the_same_key(database: Database) -> None:
    found = {"subject": "a", "prefix": "p", "position": 0, "source": "s"}
    with database.write() as tx:
        tx.drop(problem, tx.add(problem, {**found, "code": "never"}))
        tx.add(problem, {**found, "code": "first"})
    with database.write() as tx:
        (old,) = tx.rows(problem.c.subject, "a")
        tx.drop(problem, old)
        assert tx.rows(problem.c.subject, "a") == []
        tx.add(problem, {**found, "code": "second"})
        assert [row.code for row in tx.rows(problem.c.subject, "a")] == ["second"]
    with database.read() as conn:
        assert conn.execute(select(problem.c.code)).scalars().all() == ["second"]


def test_numbers_go_on_after_those_that_are_there(database: Database) -> None:
    values = {"subject": "a", "digest": "d", "body": b"{}", "actor": "test", "at": AT}
    for _ in range(2):
        with database.write() as tx:
            for _ in range(200):
                tx.add(decision, {"id": tx.number(decision), **values})
            tx.conn.execute(decision.insert().values(**values))
            tx.add(decision, {"id": tx.number(decision), **values})
    with database.read() as conn:
        numbers = conn.execute(select(decision.c.id)).scalars().all()
    assert len(numbers) == len({*numbers}) == 404


def test_an_error_keeps_nothing(database: Database) -> None:
    with pytest.raises(IntegrityError), database.write() as tx:
        tx.add(identity, named("a"))
        tx.add(identity, {**named("b"), "item": "a"})
    with database.write() as tx:
        assert states(tx) == {}
        tx.add(identity, named("a"), lenient=True)
        tx.conn.execute(select(1))
        tx.add(identity, named("a", "parked"), lenient=True)
        assert states(tx) == {"a": "live"}


def test_many_keys_are_one_statement(database: Database) -> None:
    with database.write() as tx:
        for number in range(300):
            tx.add(identity, named(f"i{number}"))
    asked: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    with database.write() as tx:
        tx.hold(identity.c.item, [f"i{number}" for number in range(400)])
        assert sum(len(tx.rows(identity.c.item, f"i{number}")) for number in range(400)) == 300
        for number in range(300):
            tx.change(identity, tx.rows(identity.c.item, f"i{number}")[0], {"state": "parked"})
    assert len([one for one in asked if "identity" in one]) == 2
