"""Parts of all live items: together they hold each once, and the change feed tells which part was touched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from repository import changes, counters, items, listing
from repository.database import Database
from repository.identifiers import ALPHABET, mint
from repository.item import Description, Item, Title

MANY = 1_300


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A database with many items, a few of them buried."""
    url = f"sqlite:///{tmp_path_factory.mktemp('many') / 'x.sqlite'}"
    made = Database(request.getfixturevalue("postgres_url") if request.param == "postgresql" else url)
    made.migrate()
    with made.write() as tx:
        for number in range(MANY):
            own = mint("s", str(number))
            items.save(
                tx, Item(own, "s", str(number), "p", "", Description(titles=(Title(f"자료 {number}"),)))
            )
        for number in range(0, MANY, 100):
            items.bury(tx, mint("s", str(number)))
    yield made
    made.close()


def test_parts_hold_every_live_item_once_in_order(database: Database) -> None:
    wanted = sorted(mint("s", str(number)) for number in range(MANY) if number % 100)
    with database.read() as conn:
        assert listing.depth(conn) == 0 and listing.parts(0) == [""]
        for length in (0, 1, 2):
            found = [chunk for part in listing.parts(length) for chunk in listing.ids(conn, part)]
            assert [one for chunk in found for one in chunk] == wanted
            assert max(map(len, found)) <= 500
        newest = listing.newest(conn, 1)
        assert set(newest) == {one[0] for one in wanted} and all(at.endswith("Z") for at in newest.values())


def test_a_change_touches_its_own_part_only(database: Database) -> None:
    with database.read() as conn:
        before = changes.head(conn)
        assert all(listing.is_untouched(conn, part, before) for part in listing.parts(1))
    touched = mint("s", "1")
    with database.write() as tx:
        tx.touch(touched, "takedown")
    with database.read() as conn:
        parts = [part for part in listing.parts(1) if not listing.is_untouched(conn, part, before)]
        assert parts == [touched[0]] and not listing.is_untouched(conn, "", before)


@pytest.mark.parametrize(("live", "length"), [(0, 0), (5_000, 0), (5_001, 1), (160_000, 1), (1_220_000, 2)])
def test_parts_grow_in_number_and_not_in_size(live: int, length: int, tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'x.sqlite'}")
    database.migrate()
    with database.write() as tx:
        counters.add(tx.conn, {("p", "item", "live"): live, ("p", "item", "deleted"): 10**9})
    with database.read() as conn:
        assert listing.depth(conn) == length
    assert len(listing.parts(length)) == len(ALPHABET) ** length <= 50_000
    database.close()
