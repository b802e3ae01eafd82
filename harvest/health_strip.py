"""A run's windows as a strip over time: where each begins and ends, and how it stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from harvest.ledger import Window
from harvest.windows import day_of

WIDTH = 1000
NARROWEST = 4
ROWS = 12


class Bar(msgspec.Struct, frozen=True):
    """One window in the strip: its place in units of which the strip is 1000 wide, and its row."""

    x: int
    width: int
    row: int
    window: Window


class Strip(msgspec.Struct, frozen=True):
    """The strip: its bars, how many rows they take, and the days at its ends; empty where no day is known."""

    bars: tuple[Bar, ...]
    rows: int
    begin: str
    end: str


def strip_of(windows: Sequence[Window]) -> Strip:
    """Lay windows out: one row for each format, and below it those that it was cut into, as deep as they were cut."""
    days = [day for row in windows for text in (row.from_, row.until) if (day := day_of(text))]
    ends = [day for row in windows if (day := day_of(row.response_date))]
    low, high = min(days, default=None), max([*days, *ends], default=None)
    formats = list(dict.fromkeys(row.prefix for row in windows))
    deep = min(max((row.depth for row in windows), default=0), ROWS - 1) + 1
    bars = tuple(
        _bar(row, low, high, formats.index(row.prefix) * deep + min(row.depth, deep - 1)) for row in windows
    )
    said = (low.isoformat(), high.isoformat()) if low and high and low < high else ("", "")
    return Strip(bars, max((bar.row for bar in bars), default=-1) + 1, *said)


def _bar(window: Window, low: date | None, high: date | None, row: int) -> Bar:
    """Place a window; one without bounds reaches from end to end."""
    if low is None or high is None or low >= high:
        return Bar(0, WIDTH, row, window)
    whole = (high - low).days + 1
    begin = ((day_of(window.from_) or low) - low).days * WIDTH // whole
    end = (((day_of(window.until) or high) - low).days + 1) * WIDTH // whole
    return Bar(min(begin, WIDTH - NARROWEST), max(end - begin, NARROWEST), row, window)
