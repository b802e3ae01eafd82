"""No page asks the database more than it must, however much it shows."""

from __future__ import annotations

import pytest

from repository.item import Title
from tests.repository.web import seed
from tests.repository.web.conftest import Site, asking, make_app

MOST = 12
MOST_BYTES = 1_000_000
PAGES = ("/", "/search", "/search?q=훈민정음", "/institutions/", "/institutions/hanbit", "/items/{}")


@pytest.fixture(scope="module")
def small_and_large(tmp_path_factory: pytest.TempPathFactory) -> list[Site]:
    """Two sites of the same shape: two items, and thirty with one of forty pages."""
    made = []
    for number, pages in ((2, 2), (30, 40)):
        seeded = seed.open_seeded(tmp_path_factory.mktemp("many"))
        for one in range(number):
            title = Title("훈민정음" if one == 0 else f"자료 {one}", "ko")
            what = seed.draft([title], "공공누리 제1유형", pages=pages if one == 0 else 1)
            seed.put(seeded, f"i{one}", what)
        seed.publish(seeded, "all", "모두", "All", list(seeded.ids))
        seed.index(seeded)
        made.append(Site(seeded, make_app(seeded)))
    return made


@pytest.mark.parametrize("path", PAGES)
def test_the_number_of_statements_is_small_and_constant(path: str, small_and_large: list[Site]) -> None:
    counts = []
    for one in small_and_large:
        database = one.seeded.memory.database
        with asking(database) as asked:
            one.page(path.format(one.seeded.ids["i0"]))
        counts.append(len(asked.statements))
        assert asked.scans(database) == []
        assert asked.bytes_read(database) < MOST_BYTES
    assert counts[0] == counts[1] <= MOST


def test_a_tile_asks_four_things(small_and_large: list[Site]) -> None:
    site = small_and_large[0]
    tile = f"/iiif/image/{site.seeded.files('i0')[0]}/0,0,512,512/512,512/0/default.jpg"
    with asking(site.seeded.memory.database) as asked:
        assert site.client.get(tile).status_code == 200
    assert len(asked.statements) == 4


def test_the_large_site_shows_more(small_and_large: list[Site]) -> None:
    small, large = (one.page("/institutions/hanbit").count('class="card"') for one in small_and_large)
    assert (small, large) == (2, 24)
