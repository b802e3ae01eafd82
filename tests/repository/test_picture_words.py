"""Words for pictures in the store, the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from typing import Any

import msgspec
from alembic import command
from sqlalchemy import func, select

from repository import assets, changes, counters, identities, intake, items, picture_words, wording
from repository.asset import Asset, AssetState, Words
from repository.assets import ListedPage
from repository.database import Database, Transaction, _alembic
from repository.identities import IdentityState
from repository.item import Caption, Description, Item, MediaRef, Text, Title
from repository.picture_words import Written
from repository.tables import asset as asset_table
from repository.tables import item as item_table

TITLE = "달밤의 춤"
SENT = Text("달 아래 여럿이 손을 잡고 돈다", "ko")
PICTURE = MediaRef("p1", "https://x.example/p1.jpg", alt=(SENT,))


def take(tx: Transaction, *refs: MediaRef, title: str = TITLE, name: str = "a") -> tuple[str, bool]:
    item = identities.identify(tx, "s", name, IdentityState.LIVE)
    wrote = items.save(tx, Item(item, "s", name, "lib", "mus", Description(titles=(Title(title, "ko"),))))
    return item, assets.sync(tx, item, "lib", refs) or wrote


def put(database: Database, *refs: MediaRef, title: str = TITLE, name: str = "a") -> str:
    """Take an item in and let its files arrive."""
    with database.write() as tx:
        item, _wrote = take(tx, *refs, title=title, name=name)
        for file in assets.of_item(tx.conn, item):
            if file.state is AssetState.WANTED:
                assets.settle(tx, "lib", file.id, AssetState.FETCHED, sha256="ab", media_type="image/jpeg")
    return item


def again(database: Database, *refs: MediaRef, title: str = TITLE) -> bool:
    with database.write() as tx:
        return take(tx, *refs, title=title)[1]


def write(database: Database, asset: str, *written: Written) -> bool:
    with database.write() as tx:
        return wording.write(tx, asset, written)


def file(database: Database, item: str, place: int = 0) -> Asset:
    with database.read() as conn:
        return assets.of_item(conn, item)[place]


def said(database: Database, item: str) -> list[tuple[str, str]]:
    return [(text.value, text.origin) for text in file(database, item).alt]


def sums(database: Database) -> tuple[dict[str, int], dict[str, int]]:
    """Give the counters of words, and the same counted in full."""
    query: Any = (
        select(asset_table.c.alt_origin, func.count().label("files"))
        .join(item_table, item_table.c.id == asset_table.c.item)
        .where(
            item_table.c.state == "live",
            asset_table.c.role.in_(["page", "view", "film", "sound"]),
            asset_table.c.state.in_(["fetched", "remote"]),
        )
        .group_by(asset_table.c.alt_origin)
    )
    with database.read() as conn:
        counted = counters.of_scope(conn, "lib").get(assets.WORDS, {})
        return counted, {row.alt_origin: row.files for row in conn.execute(query)}


def test_a_title_a_label_and_a_file_name_are_gaps(database: Database) -> None:
    refs = [
        PICTURE,
        MediaRef("p2", "https://x.example/p2.jpg", alt=(Text(TITLE, "ko"),)),
        MediaRef("p3", "https://x.example/p3.jpg", label=Text("셋째 쪽"), alt=(Text("달밤의 춤, 셋째 쪽"),)),
        MediaRef("p4", "https://x.example/KM-0004.jpg", alt=(Text("KM-0004.jpg"),)),
        MediaRef("p5", "https://x.example/p5.jpg"),
        MediaRef(
            "f", "https://x.example/f.mp4", "film", captions=(Caption("https://x.example/f.vtt", "ko"),)
        ),
    ]
    item = put(database, *refs)
    with database.read() as conn:
        origins = [one.alt_origin for one in assets.of_item(conn, item)]
    assert origins == ["institution", "none", "none", "none", "none", "none", ""]
    assert sums(database) == ({"institution": 1, "none": 5}, {"institution": 1, "none": 5})
    assert file(database, item, 1).alt == ()  # and no page says the title twice


def test_a_text_that_was_only_the_title_counts_once_the_title_is_another(database: Database) -> None:
    named = MediaRef("p", "https://x.example/p.jpg", alt=(Text(TITLE, "ko"),))
    item = put(database, named)
    assert file(database, item).alt_origin == "none"
    assert again(database, named, title="풍속화")
    assert said(database, item) == [(TITLE, "institution")]
    assert sums(database)[0] == sums(database)[1] == {"institution": 1}


def test_counts_follow_files_that_arrive_go_and_come_back_and_items_that_are_deleted(
    database: Database,
) -> None:
    bare = MediaRef("p2", "https://x.example/p2.jpg")
    with database.write() as tx:
        item, _ = take(tx, PICTURE, bare)
    assert sums(database) == ({}, {})  # nothing can be shown yet
    put(database, PICTURE, bare)
    assert sums(database)[0] == sums(database)[1] == {"institution": 1, "none": 1}
    again(database, PICTURE)
    assert sums(database)[0] == sums(database)[1] == {"institution": 1}
    put(database, PICTURE, bare)
    with database.write() as tx:
        assert intake.remove(tx, "s", "a")
        assert not intake.remove(tx, "s", "a")
    assert sums(database) == ({}, {})
    assert again(database, PICTURE, bare)
    assert sums(database)[0] == sums(database)[1] == {"institution": 1, "none": 1}
    assert not again(database, PICTURE, bare)
    assert said(database, item) == [(SENT.value, "institution")]


def test_pages_of_a_manifest_are_counted_where_they_stay(database: Database) -> None:
    own = MediaRef("m", "https://x.example/manifest.json", "manifest")
    item = put(database, own)
    remote = ListedPage(
        MediaRef("c1", "https://x.example/iiif/1", "page", alt=(SENT,)), "ImageService3/level2", 30, 20
    )
    with database.write() as tx:
        assets.expand(tx, "lib", assets.asset_id(item, "m"), [remote])
        assert not assets.expand(tx, "lib", assets.asset_id(item, "m"), [remote])
    assert sums(database)[0] == sums(database)[1] == {"institution": 1}
    with database.write() as tx:
        intake.remove(tx, "s", "a")
    assert again(database, own) and sums(database)[0] == sums(database)[1] == {"institution": 1}


def test_a_persons_words_survive_every_harvest_and_a_change_of_the_source_is_a_conflict(
    database: Database,
) -> None:
    item = put(database, PICTURE)
    asset = file(database, item).id
    better = Written(
        "alt", "ko", "보름달 아래 마을 사람들이 손을 잡고 둥글게 돈다", reason="더 자세히", by="김사서"
    )
    english = Written("alt", "en", "Villagers dance in a ring under the moon", by="김사서")
    assert write(database, asset, better, english)
    assert not write(database, asset, better, english)
    expected = [(better.value, "person"), (english.value, "person")]
    assert said(database, item) == expected
    with database.read() as conn:
        head = changes.head(conn)
    assert not again(database, PICTURE)
    with database.read() as conn:
        assert changes.head(conn) == head
        assert picture_words.conflicts(conn) == []
    assert again(database, msgspec.structs.replace(PICTURE, alt=(Text("춤추는 사람들", "ko"),))) is False
    assert said(database, item) == expected
    with database.read() as conn:
        (conflict,) = picture_words.conflicts(conn)
    assert (conflict.value, conflict.replaced, conflict.harvested) == (
        better.value,
        (SENT,),
        (Text("춤추는 사람들", "ko"),),
    )
    assert write(database, asset, msgspec.structs.replace(better, value=""))
    assert said(database, item) == [("춤추는 사람들", "institution"), (english.value, "person")] or said(
        database, item
    ) == [(english.value, "person"), ("춤추는 사람들", "institution")]
    assert sums(database)[0] == sums(database)[1] == {"person": 1}


def test_a_conflict_is_settled_by_writing_anew_and_ends_when_the_source_goes_back(database: Database) -> None:
    item = put(database, PICTURE)
    asset = file(database, item).id
    write(database, asset, Written("alt", "ko", "손에 손을 잡은 사람들"))
    other = msgspec.structs.replace(PICTURE, alt=(Text("춤추는 사람들", "ko"),))

    def conflicts() -> int:
        with database.read() as conn:
            return len(picture_words.conflicts(conn))

    again(database, other)
    assert conflicts() == 1
    again(database, PICTURE)
    assert conflicts() == 0
    again(database, other)
    assert write(database, asset, Written("alt", "ko", "손에 손을 잡은 사람들"))
    assert conflicts() == 0 and not again(database, other)


def test_a_machines_words_fill_gaps_only_and_never_stand_before_others(database: Database) -> None:
    bare = MediaRef("p2", "https://x.example/p2.jpg")
    item = put(database, PICTURE, bare)
    first, second = (file(database, item, place).id for place in (0, 1))
    machine = [
        Written("alt", "ko", "기계가 본 것: 사람들", "machine", "seer-2", "2026-11-20"),
        Written("alt", "en", "People dancing", "machine", "seer-2", "2026-11-20"),
    ]
    for one in (first, second):
        assert write(database, one, *machine)
        assert not write(database, one, *machine)
    assert said(database, item) == [(SENT.value, "institution"), ("People dancing", "machine")]
    assert file(database, item, 1).alt[0] == Words(machine[0].value, "ko", "machine", "seer-2", "2026-11-20")
    assert sums(database)[0] == sums(database)[1] == {"institution": 1, "machine": 1}
    assert write(database, second, Written("alt", "ko", "사람이 본 것: 달"))
    assert file(database, item, 1).alt[0].origin == "person"
    write(database, second, Written("alt", "ko", "다시 본 기계의 말", "machine", "seer-3"))
    assert file(database, item, 1).alt[0].value == "사람이 본 것: 달"
    assert sums(database)[0] == sums(database)[1] == {"institution": 1, "person": 1}
    sent = msgspec.structs.replace(bare, alt=(Text("기관이 이제 쓴 말", "ko"),))
    write(database, second, Written("alt", "ko", ""))
    assert again(database, PICTURE, sent)
    assert file(database, item, 1).alt[0].value == "기관이 이제 쓴 말"


def test_long_descriptions_have_layers_of_their_own(database: Database) -> None:
    long = Text("그림 가운데에 큰 달이 있고 그 아래 열두 사람이 손을 잡고 있다.", "ko")
    item = put(database, msgspec.structs.replace(PICTURE, description=(long,)))
    assert file(database, item).description == (Words(long.value, "ko"),)
    write(
        database, file(database, item).id, Written("description", "ko", "열두 사람이 아니라 열세 사람이다.")
    )
    shown = file(database, item)
    assert [text.origin for text in shown.description] == ["person"] and shown.alt_origin == "institution"
    write(database, shown.id, Written("description", "ko", ""))
    assert file(database, item).description == (Words(long.value, "ko"),)


def test_words_about_a_file_of_a_deleted_item_wait_for_it(database: Database) -> None:
    item = put(database, PICTURE)
    asset = file(database, item).id
    with database.write() as tx:
        intake.remove(tx, "s", "a")
    assert write(database, asset, Written("alt", "ko", "손에 손을 잡은 사람들"))
    assert sums(database) == ({}, {})
    again(database, PICTURE)
    assert sums(database)[0] == sums(database)[1] == {"person": 1}


def test_what_was_written_is_listed_of_one_file_or_in_pages_of_all(database: Database) -> None:
    item = put(database, PICTURE, MediaRef("p2", "https://x.example/p2.jpg"))
    first, second = (file(database, item, place).id for place in (0, 1))
    write(database, first, Written("alt", "ko", "손에 손을 잡은 사람들"))
    write(database, second, Written("alt", "en", "A hill"), Written("alt", "ko", "높은 언덕"))
    write(database, second, Written("alt", "en", ""))
    with database.read() as conn:
        (one,) = picture_words.about(conn, item, second)
        every = picture_words.every(conn)
        assert [row.asset for row in every] == [first, second] and one == every[1]
        assert picture_words.every(conn, every[0].id, 1) == [one]
        assert picture_words.about(conn, "another", second) == []


def test_an_installation_from_before_is_counted_as_it_stands(database: Database) -> None:
    put(
        database,
        PICTURE,
        MediaRef("p2", "https://x.example/p2.jpg"),
        MediaRef("p3", "https://x.example/p3.pdf", "document"),
    )
    put(database, PICTURE, name="gone")
    with database.write() as tx:
        intake.remove(tx, "s", "gone")
    for way, revision in ((command.downgrade, "0007"), (command.upgrade, "0008")):
        with database.engine.connect().execution_options(km_writing=True) as conn:
            way(_alembic(conn), revision)
            conn.commit()
    assert sums(database)[0] == sums(database)[1] == {"institution": 1, "none": 1}
    assert not again(
        database,
        PICTURE,
        MediaRef("p2", "https://x.example/p2.jpg"),
        MediaRef("p3", "https://x.example/p3.pdf", "document"),
    )
