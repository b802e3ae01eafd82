"""One reading of a date: two ends written in EDTF, the years they span, and how it was written."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from repository.dates.edtf import Bounds, is_valid
from repository.dates.edtf import bounds as bounds_of

OPEN = ".."
GREGORIAN = "gregorian"
_WORST = ("exact", "inferred", "approximate", "unknown")


class Reading(msgspec.Struct, frozen=True):
    """What a text may mean: `start` and `end` are EDTF dates or `..`; `whole` is the EDTF of a set of dates."""

    start: str
    end: str
    calendar: str = GREGORIAN
    confidence: str = "exact"
    problems: tuple[str, ...] = ()
    whole: str = ""

    @property
    def edtf(self) -> str:
        """The EDTF expression."""
        return self.whole or (self.start if self.start == self.end else f"{self.start}/{self.end}")

    @property
    def bounds(self) -> Bounds:
        """The earliest and latest year; None where an end is open."""
        return bounds_of(self.edtf) or (None, None)

    @property
    def width(self) -> float:
        """How many years the reading leaves open."""
        earliest, latest = self.bounds
        return float("inf") if earliest is None or latest is None else latest - earliest


Readings = tuple[Reading, ...]


def year_text(year: int) -> str:
    """Write a year in EDTF: four digits, or Y and more."""
    sign, digits = ("-" if year < 0 else ""), abs(year)
    return f"{sign}{digits:04d}" if digits <= 9999 else f"Y{sign}{digits}"


def of_year(year: int, calendar: str = GREGORIAN, confidence: str = "exact") -> Reading:
    """Read a single year."""
    return Reading(year_text(year), year_text(year), calendar, confidence)


def of_span(first: int, last: int, calendar: str = GREGORIAN, confidence: str = "exact") -> Reading:
    """Read the years from the first to the last."""
    return Reading(year_text(first), year_text(last), calendar, confidence)


def qualify(reading: Reading, sign: str) -> Reading:
    """Mark a reading as approximate (`~`) or uncertain (`?`), and as both (`%`) where it is both."""
    confidence = worst(reading.confidence, "approximate" if sign == "~" else "inferred")
    if reading.whole:
        return msgspec.structs.replace(reading, confidence=confidence)
    # EDTF qualifies no date with unspecified digits, so 195X becomes its first and last year.
    start, end = _signed(reading.start.replace("X", "0"), sign), _signed(reading.end.replace("X", "9"), sign)
    return msgspec.structs.replace(reading, start=start, end=end, confidence=confidence)


def _signed(end: str, sign: str) -> str:
    if end == OPEN or end.endswith((sign, "%")):
        return end
    return f"{end[:-1]}%" if end[-1] in "?~" else f"{end}{sign}"


def worst(*confidences: str) -> str:
    """Give the least sure of some confidences."""
    return max(confidences, key=_WORST.index)


def contradicted(reading: Reading) -> Reading:
    """Mark a reading that something beside it contradicts."""
    problems = (*reading.problems, "date_contradicts")
    return msgspec.structs.replace(
        reading, confidence=worst(reading.confidence, "inferred"), problems=problems
    )


def overlap(one: Reading, other: Reading) -> bool:
    """Tell whether two readings can be of the same time."""
    (start, end), (first, last) = one.bounds, other.bounds
    return (start is None or last is None or start <= last) and (end is None or first is None or first <= end)


def distinct(readings: Iterable[Reading]) -> Readings:
    """Leave out readings that say the same."""
    return tuple({reading.edtf: reading for reading in readings}.values())


def join(first: Reading, last: Reading) -> Reading | None:
    """Read a span from one reading to another, or None where the second is before the first."""
    if first.whole or last.whole:
        return None
    calendar = first.calendar if first.calendar == last.calendar else GREGORIAN
    span = Reading(
        first.start,
        last.end,
        calendar,
        worst(first.confidence, last.confidence),
        first.problems + last.problems,
    )
    starts, ends = first.bounds[0], last.bounds[0]
    in_order = starts is None or ends is None or starts <= ends
    return span if in_order and is_valid(span.edtf) else None
