"""The contract of the stores, the same on SQLite and on PostgreSQL."""

from __future__ import annotations

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

import curation.tables
import harvest.tables
import repository.reports.tables
from repository import (
    assets,
    changes,
    corrections,
    counters,
    decisions,
    findings,
    identities,
    items,
    sets,
    takedowns,
)
from repository.asset import AssetState
from repository.database import Database, _alembic
from repository.identities import IdentityState
from repository.item import Caption, Description, Item, MediaRef, Text, Title
from repository.problems import problem
from repository.rights.decision import Answer, Decision, Degree, Inputs, Ruling, Rulings
from repository.sets import Member, PublishedSet
from repository.tables import metadata
from repository.takedowns import TakedownKind

assert harvest.tables.run is not None and curation.tables.plan is not None  # both add to the one metadata
assert repository.reports.tables.report is not None


def make_item(item_id: str, title: str = "훈민정음") -> Item:
    return Item(item_id, "s", "l", "lib", "mus", Description(titles=(Title(title, "ko"),), type="book"))


def put(database: Database, local_id: str, title: str = "훈민정음") -> str:
    with database.write() as tx:
        item_id = identities.identify(tx, "s", local_id, IdentityState.LIVE)
        items.save(tx, make_item(item_id, title))
    return item_id


def feed(database: Database) -> list[changes.Change]:
    with database.read() as conn:
        return changes.since(conn, 0)


def decision_on(subject: str, answer: Answer = Answer.YES) -> Decision:
    ruling = Ruling(answer, "L00")
    return Decision(
        subject, Rulings(ruling, ruling, ruling, ruling), Degree.OPEN, "kogl-0", "test", Inputs("book")
    )


def test_the_migrated_schema_is_the_one_the_tables_say(database: Database) -> None:
    with database.read() as conn:
        difference = compare_metadata(MigrationContext.configure(conn), metadata)
    assert difference == []
    assert database.is_current()


def test_migrating_twice_changes_nothing(database: Database) -> None:
    put(database, "a")
    database.migrate()
    assert len(feed(database)) == 1


def test_an_identity_is_lasting_and_its_states_are_counted(database: Database) -> None:
    with database.write() as tx:
        first = identities.identify(tx, "s", "a", IdentityState.LIVE)
    with database.write() as tx:
        again = identities.identify(tx, "s", "a", IdentityState.DELETED)
        parked = identities.identify(tx, "s", "b", IdentityState.PARKED)
    with database.read() as conn:
        assert identities.find(conn, "s", "a") == first == again
        assert identities.is_deleted(conn, first) and not identities.is_deleted(conn, parked)
        assert not identities.is_deleted(conn, "never sent")
        assert counters.of_scope(conn, "s")["identity"] == {"deleted": 1, "parked": 1}


def test_two_names_that_mint_the_same_id_are_told_apart(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A collision of 65-bit ids cannot be had otherwise: the minting is made to collide."""
    monkeypatch.setattr(identities, "mint", lambda *parts, salt=0: f"collision{salt}")
    with database.write() as tx:
        one = identities.identify(tx, "s", "a", IdentityState.LIVE)
        two = identities.identify(tx, "s", "b", IdentityState.LIVE)
        assert identities.identify(tx, "s", "a", IdentityState.LIVE) == one
    assert (one, two) == ("collision0", "collision1")


def test_saving_the_same_item_again_writes_nothing(database: Database) -> None:
    item_id = put(database, "a")
    put(database, "a")
    with database.read() as conn:
        stored = items.find(conn, item_id)
    assert stored is not None
    assert (stored.revision, len(feed(database))) == (1, 1)
    assert stored.datestamp == feed(database)[0].at


def test_a_changed_item_moves_its_revision_and_makes_one_change(database: Database) -> None:
    item_id = put(database, "a")
    put(database, "a", "대동여지도")
    with database.read() as conn:
        stored = items.find_many(conn, [item_id])[item_id]
    assert (stored.revision, stored.item.title) == (2, "대동여지도")
    assert [change.number for change in feed(database)] == [1, 2]


def test_a_buried_item_is_a_tombstone_and_comes_back_when_sent_again(database: Database) -> None:
    item_id = put(database, "a")
    with database.write() as tx:
        assert items.bury(tx, item_id)
        assert not items.bury(tx, item_id)
    with database.read() as conn:
        stored = items.find(conn, item_id)
        assert counters.of_scope(conn, "lib")["item"] == {"deleted": 1}
    assert stored is not None and not stored.is_live
    put(database, "a")
    with database.read() as conn:
        assert counters.of_scope(conn, "mus")["held"] == {"live": 1}


def test_one_transaction_makes_one_change_per_item(database: Database) -> None:
    with database.write() as tx:
        item_id = identities.identify(tx, "s", "a", IdentityState.LIVE)
        items.save(tx, make_item(item_id))
        assets.sync(tx, item_id, "lib", [MediaRef("p1", "http://x.example/1.jpg")])
        decisions.record(tx, item_id, decision_on(item_id), "rules")
    assert [change.kind for change in feed(database)] == ["assets+decision+item"]


def test_a_failed_transaction_leaves_nothing(database: Database) -> None:
    with pytest.raises(RuntimeError), database.write() as tx:
        item_id = identities.identify(tx, "s", "a", IdentityState.LIVE)
        items.save(tx, make_item(item_id))
        raise RuntimeError
    with database.read() as conn:
        assert identities.find(conn, "s", "a") is None
        assert changes.head(conn) == 0
        assert counters.of_scope(conn, "s") == {}


def test_files_keep_their_ids_when_a_page_comes_between(database: Database) -> None:
    item_id = put(database, "a")
    first = [MediaRef("p1", "http://x.example/1.jpg"), MediaRef("p2", "http://x.example/2.jpg")]
    with database.write() as tx:
        assets.sync(tx, item_id, "lib", first)
    with database.read() as conn:
        before = {asset.key: asset.id for asset in assets.of_item(conn, item_id)}
    with database.write() as tx:
        assert assets.sync(
            tx, item_id, "lib", [first[0], MediaRef("p1b", "http://x.example/1b.jpg"), first[1]]
        )
    with database.read() as conn:
        after = assets.of_item(conn, item_id)
    assert [asset.key for asset in after] == ["p1", "p1b", "p2"]
    assert {asset.key: asset.id for asset in after if asset.key in before} == before


def test_a_film_is_followed_by_its_captions_and_a_lost_file_is_dropped(database: Database) -> None:
    item_id = put(database, "a")
    film = MediaRef(
        "f", "http://x.example/f.mp4", "film", captions=(Caption("http://x.example/ko.vtt", "ko"),)
    )
    with database.write() as tx:
        assets.sync(tx, item_id, "lib", [film])
        assert not assets.sync(tx, item_id, "lib", [film])
    with database.read() as conn:
        movie, caption = assets.of_item(conn, item_id)
    assert (caption.parent, caption.lang, caption.role) == (movie.id, "ko", "caption")
    with database.write() as tx:
        assets.sync(tx, item_id, "lib", [])
    with database.read() as conn:
        assert assets.of_item(conn, item_id) == []
        assert counters.of_scope(conn, "lib")["asset"] == {"dropped": 2}


def test_a_fetched_file_is_measured_counted_and_a_cover(database: Database) -> None:
    item_id = put(database, "a")
    with database.write() as tx:
        assets.sync(
            tx,
            item_id,
            "lib",
            [MediaRef("p1", "http://x.example/1.jpg", alt=(Text("빈 종이에 찍힌 도장", "ko"),))],
        )
    with database.read() as conn:
        ((asset, source),) = assets.wanted(conn, 5)
    with database.write() as tx:
        assets.postpone(tx, asset.id, "media_unreachable")
        assets.settle(
            tx, "lib", asset.id, AssetState.FETCHED, media_type="image/jpeg", width=3, height=4, sha256="ab"
        )
    with database.read() as conn:
        cover = assets.covers(conn, [item_id])[item_id]
        assert counters.of_scope(conn, "lib")["asset"] == {"fetched": 1}
        assert assets.wanted(conn, 5) == []
    assert (source, cover.width, cover.revision, cover.alt[0].value) == ("s", 3, 1, "빈 종이에 찍힌 도장")


def test_an_equal_decision_makes_no_row_and_history_is_kept(database: Database) -> None:
    item_id = put(database, "a")
    for answer in (Answer.YES, Answer.YES, Answer.NO):
        with database.write() as tx:
            decisions.record(tx, item_id, decision_on(item_id, answer), "rules")
    with database.read() as conn:
        current = decisions.current(conn, item_id)
        past = decisions.history(conn, item_id)
        assert decisions.current(conn, "nobody") is None
    assert current is not None and current.decision.rulings.view.answer is Answer.NO
    assert [row.decision.rulings.view.answer for row in past] == [Answer.YES, Answer.NO]


def test_a_takedown_is_in_force_until_lifted_and_never_forgotten(database: Database) -> None:
    with database.write() as tx:
        takedowns.add(tx, "x", TakedownKind.RIGHTS, "유족의 요청", "kim")
    with database.read() as conn:
        assert [down.reason for down in takedowns.in_force(conn, ["x", "y"])] == ["유족의 요청"]
    with database.write() as tx:
        assert takedowns.lift(tx, "x")
    with database.read() as conn:
        assert takedowns.in_force(conn, ["x"]) == []
        assert len(takedowns.since(conn)) == 1


def test_a_correction_stays_and_a_changed_source_is_a_conflict(database: Database) -> None:
    harvested = Description(titles=(Title("훈민정음"),))
    fixed = corrections.read_value("titles", "훈민정음 해례본")
    with database.write() as tx:
        corrections.add(
            tx, "i", "titles", fixed, [{"value": "훈민정음"}], "전체 제목", "국보 제70호 기록", "kim"
        )
        assert corrections.lay_over(tx, "i", harvested).titles[0].value == "훈민정음 해례본"
    with database.read() as conn:
        assert corrections.conflicts(conn) == []
    with database.write() as tx:
        shown = corrections.lay_over(tx, "i", Description(titles=(Title("訓民正音"),)))
    with database.read() as conn:
        (conflict,) = corrections.conflicts(conn)
        assert corrections.harvested_value(conn, "i", "titles", shown) == [{"value": "訓民正音"}]
    assert (shown.titles[0].value, conflict.field) == ("훈민정음 해례본", "titles")


def test_problems_of_a_record_are_replaced_only_where_they_differ(database: Database) -> None:
    found = [problem("type_unknown", "dc:type", "거시기")]
    with database.write() as tx:
        assert findings.replace(tx, "i", "oai_dc", "s", found)
        assert not findings.replace(tx, "i", "oai_dc", "s", found)
    with database.read() as conn:
        assert findings.counts(conn, "s") == {"type_unknown": 1}


def test_publishing_a_set_touches_who_came_and_who_went(database: Database) -> None:
    one, two = put(database, "a"), put(database, "b")
    shown = PublishedSet("hangul", "collection", "한글", "Hangul", one, 1, "")
    with database.write() as tx:
        assert sets.publish(tx, shown, [Member(one, "첫 책", "the first book")])
    with database.write() as tx:
        assert sets.publish(tx, shown, [Member(two)])
        assert not sets.publish(tx, shown, [Member(two)])
    assert {change.item for change in feed(database)[-2:]} == {one, two}
    with database.read() as conn:
        assert [row.size for row in sets.of_kind(conn, "collection")] == [1]
        assert [row.id for row in sets.of_items(conn, [two])[two]] == ["hangul"]


def test_nul_and_every_script_survive_the_store(database: Database) -> None:
    title = "訓民正音 ᄒᆞᆫ글 \U00020000 e\u0301"
    item_id = put(database, "ᄒᆞᆫ", title)
    with database.read() as conn:
        stored = items.find(conn, item_id)
    assert stored is not None and stored.item.title == title


def test_ids_are_read_in_code_point_order_on_both(database: Database) -> None:
    ids = [put(database, str(number)) for number in range(30)]
    with database.read() as conn:
        assert list(items.iter_ids(conn, chunk=7)) == sorted(ids)


def test_the_time_of_the_feed_never_runs_backwards(database: Database) -> None:
    put(database, "a")
    with database.write() as tx:
        tx.conn.execute(text("UPDATE feed SET at = '2999-01-01T00:00:00Z'"))
    put(database, "b")
    assert [change.at for change in feed(database)][-1] == "2999-01-01T00:00:00Z"


def test_titles_are_found_by_their_beginnings(database: Database) -> None:
    names = ("훈민정음 해례본", "훈민 정음", "훈몽자회", "Hunmin", "HUNMINJEONGEUM", "가")
    with database.write() as tx:
        for name in names:
            items.save(tx, make_item(name, name))
    with database.read() as conn:
        found = {
            typed: [one.item.title for one in items.by_title(conn, typed, 9)]
            for typed in ("훈민정", "hun", "ㅎ")
        }
    assert found == {
        "훈민정": ["훈민 정음", "훈민정음 해례본"],
        "hun": ["Hunmin", "HUNMINJEONGEUM"],
        "ㅎ": [],
    }


def test_an_older_database_learns_how_its_titles_begin(database: Database) -> None:
    with database.write() as tx:
        items.save(tx, make_item("one", "훈민 정음"))
    with database.engine.connect() as conn:
        config = _alembic(conn)
        command.downgrade(config, "0005")
        command.upgrade(config, "head")
        conn.commit()
    with database.read() as conn:
        assert [one.item.title for one in items.by_title(conn, "훈민정음", 9)] == ["훈민 정음"]
