"""Squares of the map, as web maps cut it (EPSG:3857): places are counted by them, the same for every engine."""

from __future__ import annotations

import math

AREA = 8  # the level of the squares that can be chosen, about 110 km wide in Korea
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


def is_tile(name: str, level: int) -> bool:
    """Tell whether this names a square of a level."""
    parts = name.split("/")
    if len(parts) != 3 or not all(part.isascii() and part.isdecimal() and len(part) < 9 for part in parts):
        return False
    return int(parts[0]) == level and max(map(int, parts[1:])) < 1 << level


def is_place(latitude: float, longitude: float) -> bool:
    """Tell whether coordinates are those of a place; 0/0 is how unknown ones are often written."""
    return bool(latitude or longitude) and -90 <= latitude <= 90 and -180 <= longitude <= 180
