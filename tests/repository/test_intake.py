"""Intake: from a draft to an item, its files and its decision, all or nothing, and nothing twice."""

from __future__ import annotations

import pytest

from repository import (
    assets,
    corrections,
    counters,
    decisions,
    findings,
    identities,
    institutions,
    intake,
    items,
    takedowns,
)
from repository.database import Database
from repository.institution import Institution
from repository.intake import Context
from repository.item import Agent, Claim, Date, Description, ItemDraft, MediaRef, Text, Title
from repository.rights.decision import Degree, Use, allows
from repository.rights.table import load
from repository.takedowns import TakedownKind

KOGL_0 = Claim("공공누리 제0유형", layer="work", field="dc:rights")
PAGE = MediaRef("p1", "http://x.example/1.jpg", "page")


@pytest.fixture
def context(database: Database) -> Context:
    with database.write() as tx:
        institutions.save(tx, Institution("lib", "새벽도서관", "Dawn Library"))
        institutions.save(
            tx, Institution("mus", "노을박물관", "Dusk Museum", names=("노을",), grants=("display",))
        )
    with database.read() as conn:
        return intake.context_of(conn, load(), 2026)


def draft(
    *claims: Claim, media: tuple[MediaRef, ...] = (PAGE,), title: str = "훈민정음", year: int = 1446
) -> ItemDraft:
    description = Description(
        titles=(Title(title, "ko"),) if title else (),
        type="book",
        agents=(Agent((Text("세종", "ko"),), "aut", "person", died=1450),),
        dates=(Date(str(year), str(year), year, year, "gregorian", "exact"),),
        holder=(Text("노을"),),
        claims=claims,
    )
    return ItemDraft(description, media)


def accept(database: Database, context: Context, given: ItemDraft) -> intake.Accepted:
    with database.write() as tx:
        return intake.accept(tx, context, "s", "lib", "a", given)


def changes(database: Database) -> int:
    with database.read() as conn:
        return int(conn.exec_driver_sql("SELECT number FROM feed").scalar_one())


def test_a_cleared_item_is_saved_decided_and_counted_in_one_change(
    database: Database, context: Context
) -> None:
    done = accept(database, context, draft(KOGL_0))
    with database.read() as conn:
        stored = items.find(conn, done.item)
        current = decisions.current(conn, done.item)
        assert counters.of_scope(conn, "mus")["held"] == {"live": 1}
        assert [asset.key for asset in assets.of_item(conn, done.item)] == ["p1"]
    assert stored is not None and (stored.item.holder, stored.item.provider) == ("mus", "lib")
    assert current is not None and all(allows(current.decision, use) for use in Use)
    assert changes(database) == 1


def test_the_same_draft_again_writes_nothing(database: Database, context: Context) -> None:
    accept(database, context, draft(KOGL_0))
    assert not accept(database, context, draft(KOGL_0)).wrote
    assert changes(database) == 1


def test_silence_means_describe_only(database: Database, context: Context) -> None:
    done = accept(database, context, draft())
    with database.read() as conn:
        current = decisions.current(conn, done.item)
        codes = {found.problem.code for found in findings.of_subject(conn, done.item)}
    assert current is not None
    assert [use for use in Use if allows(current.decision, use)] == [Use.DESCRIBE]
    assert "rights_missing" in codes


def test_no_title_parks_and_a_correction_is_the_way_out(database: Database, context: Context) -> None:
    done = accept(database, context, draft(KOGL_0, title=""))
    assert done.parked
    with database.read() as conn:
        assert items.find(conn, done.item) is None
        assert counters.of_scope(conn, "s")["identity"] == {"parked": 1}
    with database.write() as tx:
        corrections.add(tx, done.item, "titles", [{"value": "이름 없던 책"}], [], "제목 없음", "", "kim")
    assert not accept(database, context, draft(KOGL_0, title="")).parked
    with database.read() as conn:
        stored = items.find(conn, done.item)
        assert counters.of_scope(conn, "s")["identity"] == {"live": 1}
    assert stored is not None and stored.item.title == "이름 없던 책"


def test_an_item_that_loses_its_title_at_the_source_is_withdrawn(
    database: Database, context: Context
) -> None:
    accept(database, context, draft(KOGL_0))
    done = accept(database, context, draft(KOGL_0, title=""))
    with database.read() as conn:
        stored = items.find(conn, done.item)
    assert done.parked and stored is not None and not stored.is_live


def test_a_takedown_closes_everything_and_survives_a_new_harvest(
    database: Database, context: Context
) -> None:
    done = accept(database, context, draft(KOGL_0))
    with database.write() as tx:
        takedowns.add(tx, done.item, TakedownKind.RIGHTS, "유족의 요청", "kim")
        intake.decide(tx, context, done.item)
    accept(database, context, draft(KOGL_0, title="훈민정음 해례본"))
    with database.read() as conn:
        current = decisions.current(conn, done.item)
    assert current is not None and current.decision.degree is Degree.CLOSED
    assert not any(allows(current.decision, use) for use in (Use.VIEW, Use.REUSE, Use.TRAIN))


def test_a_file_with_its_own_claim_has_its_own_decision(database: Database, context: Context) -> None:
    closed = MediaRef(
        "p2", "http://x.example/2.jpg", "page", claims=(Claim("저작권 있음", layer="reproduction"),)
    )
    done = accept(database, context, draft(KOGL_0, media=(PAGE, closed)))
    with database.read() as conn:
        one, two = assets.of_item(conn, done.item)
        found = decisions.current_many(conn, [done.item, one.id, two.id])
    assert one.id not in found
    assert allows(found[done.item].decision, Use.VIEW) and not allows(found[two.id].decision, Use.REUSE)


def test_recent_papers_wait_for_somebody_to_look(database: Database, context: Context) -> None:
    letter = draft(KOGL_0, year=1990)
    private = ItemDraft(
        Description(
            **{
                **{name: getattr(letter.description, name) for name in Description.__struct_fields__},
                "type": "document",
            }
        ),
        letter.media,
    )
    done = accept(database, context, private)
    with database.read() as conn:
        current = decisions.current(conn, done.item)
    assert current is not None and current.decision.inputs.gates == ("privacy_not_examined",)
    assert not allows(current.decision, Use.TRAIN)


def test_a_holder_nobody_registered_keeps_its_name(database: Database, context: Context) -> None:
    given = draft(KOGL_0)
    stranger = ItemDraft(Description(titles=(Title("책"),), holder=(Text("먼 나라 서고"),)), given.media)
    done = accept(database, context, stranger)
    with database.read() as conn:
        stored = items.find(conn, done.item)
        codes = {found.problem.code for found in findings.of_subject(conn, done.item)}
    assert stored is not None and stored.item.holder == "" and "holder_unregistered" in codes


def test_a_removed_record_leaves_a_tombstone(database: Database, context: Context) -> None:
    done = accept(database, context, draft(KOGL_0))
    with database.write() as tx:
        assert intake.remove(tx, "s", "a")
        assert identities.find(tx.conn, "s", "a") == done.item
    with database.read() as conn:
        assert counters.of_scope(conn, "s")["identity"] == {"deleted": 1}
