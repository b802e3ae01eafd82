"""Squares of the map hold the places that lie in them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repository.search import tiles


def test_seoul_lies_where_web_maps_have_it() -> None:
    assert tiles.tile(37.5796, 126.977, 9) == "9/436/198"
    latitude, longitude = tiles.centre("9/436/198")
    assert abs(latitude - 37.58) < 0.6 and abs(longitude - 126.98) < 0.6


@given(st.floats(-90, 90), st.floats(-180, 180), st.sampled_from(tiles.LEVELS))
def test_every_place_lies_in_a_square_whose_middle_lies_in_it_too(
    latitude: float, longitude: float, level: int
) -> None:
    name = tiles.tile(latitude, longitude, level)
    assert tiles.tile(*tiles.centre(name), level) == name


@pytest.mark.parametrize("point", [(0.0, 0.0), (91.0, 0.0), (37.0, 200.0), (math.nan, 127.0)])
def test_what_is_no_place_is_none(point: tuple[float, float]) -> None:
    assert not tiles.is_place(*point)
