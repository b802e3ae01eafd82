"""Squares of the map, as web maps cut it (EPSG:3857): places are counted by them, the same for every engine."""

from __future__ import annotations

import math

LEVELS = (6, 9, 12)  # squares about 500, 60 and 8 km wide in Korea
_NORTH = 85.0511  # degrees; nearer to a pole the map ends


def tile(latitude: float, longitude: float, level: int) -> str:
    """Name the square that a place lies in: `level/column/row`."""
    many = 1 << level
    north = math.radians(max(-_NORTH, min(_NORTH, latitude)))
    column = int((longitude + 180) / 360 * many)
    row = int((1 - math.asinh(math.tan(north)) / math.pi) / 2 * many)
    return f"{level}/{min(column, many - 1)}/{max(0, min(row, many - 1))}"


def centre(name: str) -> tuple[float, float]:
    """Give the latitude and longitude of a square's middle, to a ten-thousandth of a degree."""
    level, column, row = map(int, name.split("/"))
    many = 1 << level
    north = math.atan(math.sinh(math.pi * (1 - 2 * (row + 0.5) / many)))
    return round(math.degrees(north), 4), round((column + 0.5) / many * 360 - 180, 4)


def is_place(latitude: float, longitude: float) -> bool:
    """Tell whether coordinates are those of a place; 0/0 is how unknown ones are often written."""
    return bool(latitude or longitude) and -90 <= latitude <= 90 and -180 <= longitude <= 180
