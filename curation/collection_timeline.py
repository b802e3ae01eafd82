"""Works on their years: which year a work stands on, and where on the line, as a drawing in whole units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from curation.collection_works import Works
from curation.collections import Event

WIDTH, EDGE, RADIUS = 1000, 40, 12  # of the drawing, in its own units
_STEP = 2 * RADIUS + 4  # how far marks that would touch are set above each other
_BELOW = 34  # the room for the years under the line
_MOST_TICKS = 8
_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000)


@dataclass(frozen=True, slots=True)
class Mark:
    """One work on the line: its number in the list, and the middle of its mark."""

    number: int
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """A line at the height `line` with its ticks (place and year) and marks."""

    ticks: tuple[tuple[int, int], ...]
    marks: tuple[Mark, ...]
    line: int
    height: int
    width: int = WIDTH
    edge: int = EDGE
    radius: int = RADIUS


def year_of(event: Event, works: Works) -> int | None:
    """Give the year that an event stands on: its own, else the first that was read from the work's dates."""
    if event.year is not None:
        return event.year
    stored = works.stored.get(works.item(event))
    dates = stored.item.description.dates if stored else ()
    return next((date.earliest for date in dates if date.earliest is not None), None)


def draw(years: Sequence[int]) -> Drawing:
    """Lay out a mark for each year, numbered from 1; marks that would touch stand above each other."""
    first, last, step = _span(years)

    def place(year: int) -> int:
        return EDGE + round((WIDTH - 2 * EDGE) * (year - first) / (last - first))

    places = [place(year) for year in years]
    levels = _levels(places)
    line = RADIUS + 2 + _STEP * (max(levels) + 1)
    marks = [
        Mark(number, x, line - _STEP * (level + 1) + RADIUS)
        for number, (x, level) in enumerate(zip(places, levels, strict=True), 1)
    ]
    ticks = tuple((place(year), year) for year in range(first, last + 1, step))
    return Drawing(ticks, tuple(marks), line, line + _BELOW)


def _span(years: Sequence[int]) -> tuple[int, int, int]:
    """Give round years around the first and the last, and the smallest round step with few ticks between them."""
    low, high = min(years), max(years)
    for step in _STEPS:
        first, last = low // step * step, -(-high // step) * step
        if last - first < _MOST_TICKS * step:
            return first, max(last, first + step), step
    return low, high, high - low


def _levels(places: Sequence[int]) -> list[int]:
    """Set each mark as low as those before it leave room."""
    levels: list[int] = []
    for number, x in enumerate(places):
        taken = {levels[before] for before in range(number) if abs(places[before] - x) < 2 * RADIUS + 2}
        levels.append(next(level for level in range(number + 1) if level not in taken))
    return levels
