"""The map of places: squares of a search's answer as circles on the peninsula, each a link; drawn without a script.

What lies beyond the picture stands in the list beside it, which says all that the picture says.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import NamedTuple

from repository.item import Text
from repository.search import tiles
from repository.search.engine import Results
from repository.search.query import Query
from repository.urls import Urls
from repository.web.languages import current

WEST, EAST, SOUTH, NORTH = 124.0, 132.2, 33.0, 43.2
WIDTH = 400
LEAST, MOST = 7.0, 26.0  # radius of a circle
# The coast and the two rivers in the north, as (longitude, latitude), roughly.
_LAND = (
    (124.35, 39.95), (124.6, 40.2), (125.3, 40.65), (126.0, 41.1), (126.6, 41.7), (127.2, 41.55), (128.0, 41.4),
    (128.1, 42.0), (128.9, 42.05), (129.4, 42.45), (129.9, 43.0), (130.3, 42.9), (130.65, 42.35), (130.2, 42.2),
    (129.8, 41.7), (129.75, 41.2), (129.65, 40.85), (129.2, 40.65), (128.6, 40.25), (128.0, 40.0), (127.6, 39.8),
    (127.5, 39.5), (127.4, 39.2), (127.8, 39.1), (128.3, 38.65), (128.6, 38.2), (129.0, 37.7), (129.35, 37.1),
    (129.45, 36.6), (129.4, 36.05), (129.57, 36.05), (129.45, 35.6), (129.2, 35.2), (128.6, 35.05),
    (128.4, 34.85), (127.9, 34.85), (127.75, 34.6), (127.3, 34.5), (126.9, 34.4), (126.5, 34.3), (126.25, 34.6),
    (126.4, 35.0), (126.4, 35.4), (126.6, 35.8), (126.55, 36.1), (126.5, 36.5), (126.15, 36.7), (126.5, 37.0),
    (126.8, 37.0), (126.65, 37.4), (126.5, 37.7), (126.1, 37.75), (125.7, 37.95), (125.2, 37.7), (124.75, 38.1),
    (125.1, 38.6), (125.2, 38.8), (125.15, 39.3), (125.3, 39.6), (124.8, 39.7),
)  # fmt: skip
_ISLANDS = ((126.55, 33.38, 26.0, 12.0), (130.87, 37.5, 4.0, 4.0), (131.87, 37.24, 2.5, 2.5))


class Town(NamedTuple):
    """A town with its names and its place in degrees."""

    ko: str
    en: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Spot:
    """One square: what it is called, its items, the link that chooses it or lets it go; its circle, if drawn."""

    label: Text
    count: int
    url: str
    chosen: bool
    x: float = 0.0
    y: float = 0.0
    radius: float = 0.0


@dataclass(frozen=True, slots=True)
class PlaceMap:
    """The picture, as a path of land and islands (x, y, half width, half height), and all squares."""

    width: int
    height: int
    land: str
    islands: tuple[tuple[float, float, float, float], ...]
    spots: tuple[Spot, ...]

    @property
    def drawn(self) -> tuple[Spot, ...]:
        """The squares that lie within the picture, the largest first, so that none is hidden."""
        return tuple(sorted((spot for spot in self.spots if spot.radius), key=lambda spot: -spot.radius))


def build(query: Query, results: Results, urls: Urls) -> PlaceMap | None:
    """Draw the squares of an answer; nothing where no item has a place on the map."""
    counts = [
        one for one in results.facets.get("area", ()) if one.count and tiles.is_tile(one.value, tiles.AREA)
    ]
    if not counts:
        return None
    most = max(one.count for one in counts)
    spots = tuple(_spot(query, one.value, one.count, most, urls) for one in counts)
    height = round(_place(SOUTH, WEST)[1])
    return PlaceMap(WIDTH, height, _land(), _islands(), spots)


def _spot(query: Query, value: str, count: int, most: int, urls: Urls) -> Spot:
    latitude, longitude = tiles.centre(value)
    inside = SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST
    x, y = _place(latitude, longitude) if inside else (0.0, 0.0)
    return Spot(
        label=label(value, current()),
        count=count,
        url=urls.search(query.toggled("area", value).pairs()),
        chosen=value in query.chosen("area"),
        x=x,
        y=y,
        radius=round(LEAST + (MOST - LEAST) * math.sqrt(count / most), 1) if inside else 0.0,
    )


def label(value: str, language: str) -> Text:
    """Call a square by a town; what is no square is called as it is written."""
    if not tiles.is_tile(value, tiles.AREA):
        return Text(value)
    town = _inside().get(value) or _nearest(*tiles.centre(value))
    return Text(f"{town.ko} 부근" if language == "ko" else f"near {town.en}", language)


@cache
def _inside() -> dict[str, Town]:
    """Give the town that each square is called by: of those that lie in it, the first of the table."""
    return {tiles.tile(town.latitude, town.longitude, tiles.AREA): town for town in reversed(towns())}


def _nearest(latitude: float, longitude: float) -> Town:
    narrow = math.cos(math.radians(latitude))
    return min(
        towns(), key=lambda town: math.hypot(town.latitude - latitude, (town.longitude - longitude) * narrow)
    )


@cache
def towns() -> tuple[Town, ...]:
    """Read the table of towns."""
    lines = resources.files("repository.data").joinpath("towns.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return tuple(Town(ko, en, float(latitude), float(longitude)) for ko, en, latitude, longitude in rows)


def _place(latitude: float, longitude: float) -> tuple[float, float]:
    """Lay a place onto the picture, as web maps do (Mercator)."""
    scale = WIDTH / math.radians(EAST - WEST)
    top, here = (math.asinh(math.tan(math.radians(value))) for value in (NORTH, latitude))
    return round(math.radians(longitude - WEST) * scale, 1), round((top - here) * scale, 1)


@cache
def _land() -> str:
    points = (_place(latitude, longitude) for longitude, latitude in _LAND)
    return "M" + "L".join(f"{x} {y}" for x, y in points) + "Z"


@cache
def _islands() -> tuple[tuple[float, float, float, float], ...]:
    return tuple((*_place(latitude, longitude), wide, high) for longitude, latitude, wide, high in _ISLANDS)
