"""The map of places says in circles what its list says, and leads to the same searches."""

from __future__ import annotations

import math
import re
from dataclasses import replace

from repository.search import tiles
from repository.search.engine import FacetCount, Results
from repository.search.query import Query
from repository.urls import Urls
from repository.web import place_map
from tests.repository.web.conftest import Site

SEOUL = tiles.tile(37.57, 126.98, tiles.AREA)
DOKDO = tiles.tile(37.24, 131.87, tiles.AREA)
PARIS = tiles.tile(48.86, 2.35, tiles.AREA)


def results(**counts: int) -> Results:
    return Results(facets={"area": tuple(FacetCount(value, count) for value, count in counts.items())})


def test_squares_in_the_picture_are_drawn_and_those_beyond_are_in_the_list(site: Site) -> None:
    with site.app.test_request_context("/search?lang=ko"):
        drawn = place_map.build(Query(), results(**{SEOUL: 40, PARIS: 3, DOKDO: 1}), Urls())
    assert drawn is not None
    assert [spot.label.value for spot in drawn.spots] == ["서울 부근", "파리 부근", "울릉도·독도 부근"]
    assert [spot.count for spot in drawn.drawn] == [40, 1]
    seoul, dokdo = drawn.drawn
    assert dokdo.x > seoul.x and abs(dokdo.y - seoul.y) < 30  # east of it, about as far north
    assert seoul.radius == place_map.MOST and dokdo.radius >= place_map.LEAST
    assert all(0 <= spot.x <= drawn.width and 0 <= spot.y <= drawn.height for spot in drawn.drawn)


def test_a_square_chooses_itself_and_lets_itself_go(site: Site) -> None:
    query = Query().toggled("area", SEOUL)
    with site.app.test_request_context("/search?lang=en"):
        drawn = place_map.build(query, results(**{SEOUL: 2}), Urls())
        free = place_map.build(Query(), results(**{SEOUL: 2}), Urls())
    assert drawn is not None and free is not None
    assert drawn.spots[0].chosen and "area" not in drawn.spots[0].url
    assert free.spots[0].url.endswith("?area=" + SEOUL.replace("/", "%2F"))
    assert free.spots[0].label.value == "near Seoul"


def test_without_places_there_is_no_map(site: Site) -> None:
    with site.app.test_request_context("/search?lang=ko"):
        for facets in (results(), results(**{SEOUL: 0}), results(**{"9/436/198": 4, "8/x/1": 2, "": 1})):
            assert place_map.build(Query(), facets, Urls()) is None


def test_every_town_is_where_its_square_is_and_no_two_share_a_name() -> None:
    towns = place_map.towns()
    assert len({town.ko for town in towns}) == len({town.en for town in towns}) == len(towns) >= 60
    for town in towns:
        square = tiles.tile(town.latitude, town.longitude, tiles.AREA)
        assert math.dist(tiles.centre(square), (town.latitude, town.longitude)) < 1.1


def test_a_square_that_is_none_finds_nothing_and_breaks_nothing(site: Site) -> None:
    for value in ("8/1/2", "8/-1/2", "a/b/c", "8/999999999/1", "8/1", "<script>"):
        page = site.page(f"/search?area={value}")
        assert "<script>alert" not in page and "서버" not in page


def test_the_page_draws_the_map_and_lists_it(site: Site) -> None:
    """The picture is for the eye; the list beside it is for everybody."""
    page = site.page("/search")
    if (found := re.search(r'<svg class="place-map".*?</svg>', page, re.S)) is not None:
        assert 'aria-hidden="true"' in found[0] and found[0].count('tabindex="-1"') == found[0].count("<a ")
    filtered = replace(Query(), filters=(("colour", ("red",)),))
    assert filtered.toggled("colour", "red").filters == ()
