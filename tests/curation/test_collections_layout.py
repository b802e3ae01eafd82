"""How blocks share rows, where works stand on a line of years, and which part of a picture is cut."""

from __future__ import annotations

from itertools import pairwise

import pytest

from curation.collection_cuts import cut
from curation.collection_layout import rows
from curation.collection_timeline import EDGE, RADIUS, WIDTH, draw
from repository.asset import Asset, AssetState


def laid(*forms: str) -> list[tuple[str, int]]:
    return [(row.form, len(row.blocks)) for row in rows([(form, form) for form in forms])]


@pytest.mark.parametrize(
    ("count", "shares"),
    [(1, [1]), (2, [2]), (3, [3]), (4, [2, 2]), (5, [3, 2]), (7, [3, 2, 2]), (10, [3, 3, 2, 2])],
)
def test_small_works_share_rows_and_none_is_left_alone(count: int, shares: list[int]) -> None:
    assert [size for _, size in laid(*["small"] * count)] == shares


def test_all_other_blocks_stand_alone_in_their_order() -> None:
    assert laid("large", "small", "small", "quote", "small", "full") == [
        ("large", 1), ("pair", 2), ("quote", 1), ("one", 1), ("full", 1),
    ]  # fmt: skip


def test_large_works_and_pairs_are_mirrored_in_turn() -> None:
    found = rows([(form, "") for form in ("large", "quote", "large", "small", "small", "large")])
    turned = [(row.form, row.turned) for row in found]
    assert turned == [("large", False), ("quote", False), ("large", True), ("pair", False), ("large", False)]
    assert next(rows([("large", "")], turned=True)).turned


def test_marks_stand_in_order_inside_the_line_and_never_touch() -> None:
    years = [1443, 1446, 1447, 1459, 1527, 1896, 1933, 1948]
    drawing = draw(years)
    places = [mark.x for mark in drawing.marks]
    assert places == sorted(places) and places[0] >= EDGE and places[-1] <= WIDTH - EDGE
    for mark in drawing.marks:
        assert RADIUS <= mark.y <= drawing.line - RADIUS and mark.y < drawing.height
        for other in drawing.marks:
            if other is not mark:
                assert (mark.x - other.x) ** 2 + (mark.y - other.y) ** 2 >= (2 * RADIUS) ** 2
    assert [mark.number for mark in drawing.marks] == list(range(1, 9))


@pytest.mark.parametrize("years", [[1446, 1446], [1, 2], [-57, 935], [1919, 1945], [-9999, 9999]])
def test_ticks_are_round_few_and_reach_around_the_years(years: list[int]) -> None:
    ticks = draw(years).ticks
    named = [year for _, year in ticks]
    assert named[0] <= min(years) and named[-1] >= max(years) and 2 <= len(ticks) <= 8
    assert len({later - earlier for earlier, later in pairwise(named)}) == 1


def picture(width: int, height: int) -> Asset:
    return Asset(
        "a", "i", "k", "u", 0, state=AssetState.FETCHED, media_type="image/jpeg", width=width, height=height
    )


def test_a_part_is_cut_as_the_image_door_cuts_it() -> None:
    found = cut(picture(1200, 1700), "pct:50,0,50,10", 400)
    assert found is not None
    assert (found.x, found.y, found.width, found.height, found.size) == (600, 0, 600, 170, (400, 113))
    whole = cut(picture(1200, 1700), "", 5000)
    assert whole is not None and whole.is_whole and whole.size == (1200, 1700)


@pytest.mark.parametrize("outside", ["pct:100,0,10,10", "1200,0,10,10", "pct:0,0,0,0"])
def test_a_part_outside_the_picture_is_none(outside: str) -> None:
    assert cut(picture(1200, 1700), outside, 400) is None
