"""The Extended Date/Time Format (ISO 8601-2, levels 0 and 1, and sets of level 2): reading it and checking it.

See https://www.loc.gov/standards/datetime/. Years are astronomical: the year 1 BCE is 0.
"""

from __future__ import annotations

import calendar
import re

Bounds = tuple[int | None, int | None]

LIMIT = 120
_ONE = re.compile(
    r"(?P<year>-?\d{4}|-?\d{3}X|-?\d{2}XX|Y-?\d{5,7})"
    r"(?:-(?P<month>\d{2}|XX)(?:-(?P<day>\d{2}|XX)(?:T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?)?)?[?~%]?"
)
_SEASONS = range(21, 42)


def bounds(text: str) -> Bounds | None:
    """Give the earliest and latest year of an expression (None is open), or None where it is not EDTF."""
    if len(text) > LIMIT:
        return None
    if len(text) > 2 and text[0] + text[-1] in ("[]", "{}"):
        return _set(text[1:-1])
    start, slash, end = text.partition("/")
    if not slash:
        return _one(text)
    return _interval(start, end)


def is_valid(text: str) -> bool:
    """Tell whether a text is an expression that this software writes or reads."""
    return bounds(text) is not None


def _interval(start: str, end: str) -> Bounds | None:
    first = (None, None) if start in ("", "..") else _one(start)
    last = (None, None) if end in ("", "..") else _one(end)
    if first is None or last is None or (start in ("", "..") and end in ("", "..")):
        return None
    if first[0] is not None and last[1] is not None and first[0] > last[1]:
        return None
    return first[0], last[1]


def _set(inner: str) -> Bounds | None:
    found = []
    for member in inner.split(","):
        member = member.strip()
        read = _interval(*member.split("..", 1)) if ".." in member else bounds(member)
        if read is None or member[:1] in "[{":
            return None
        found.append(read)
    starts, ends = [one[0] for one in found], [one[1] for one in found]
    return (
        None if None in starts else min(year for year in starts if year is not None),
        None if None in ends else max(year for year in ends if year is not None),
    )


def _one(text: str) -> Bounds | None:
    found = _ONE.fullmatch(text)
    if not found:
        return None
    written, month, day = found["year"].removeprefix("Y"), found["month"], found["day"]
    sign = -1 if written.startswith("-") else 1
    low, high = (sign * int(written.lstrip("-").replace("X", digit)) for digit in "09")
    if month and not _month_is_valid(low, month, day):
        return None
    return min(low, high), max(low, high)


def _month_is_valid(year: int, month: str, day: str | None) -> bool:
    if month == "XX":
        return day in (None, "XX")
    if int(month) in _SEASONS:
        return day is None
    if not 1 <= int(month) <= 12:
        return False
    return day in (None, "XX") or 1 <= int(day) <= _days(year, int(month))


def _days(year: int, month: int) -> int:
    """Give the days of a month in the proleptic Gregorian calendar, whose pattern repeats every 400 years."""
    return calendar.monthrange(year % 400 + 400, month)[1]
