"""What anybody may know of reports: how many came, how long answers took, what is open and what is late."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

import msgspec

from repository.reports.words import Kind

DAYS = 365  # of which the figures tell


class Span(NamedTuple):
    """So many reports of a kind came on a day and were answered on another (empty: not yet)."""

    kind: Kind
    came: str
    answered: str
    number: int


class Figures(msgspec.Struct, frozen=True):
    """One kind's figures; times to the answer are in days, None where nothing was answered yet."""

    kind: Kind
    received: int
    answered: int
    open: int
    overdue: int
    median_days: int | None
    slowest_days: int | None


def of(spans: Iterable[Span], left: Mapping[Kind, tuple[int, int]]) -> list[Figures]:
    """Make the figures of each kind; `left` says how many are open, and overdue."""
    rows = list(spans)
    return [
        _of_kind(kind, [one for one in rows if one.kind is kind], left.get(kind, (0, 0))) for kind in Kind
    ]


def _of_kind(kind: Kind, rows: list[Span], left: tuple[int, int]) -> Figures:
    took = sorted((_days(one), one.number) for one in rows if one.answered)
    return Figures(
        kind,
        received=sum(one.number for one in rows),
        answered=sum(number for _days, number in took),
        open=left[0],
        overdue=left[1],
        median_days=_median(took),
        slowest_days=took[-1][0] if took else None,
    )


def _days(span: Span) -> int:
    return (date.fromisoformat(span.answered) - date.fromisoformat(span.came)).days


def _median(took: list[tuple[int, int]]) -> int | None:
    """Give the days within which half was answered, from pairs of days and how many took them, in order."""
    left = sum(number for _days, number in took) / 2
    for days, number in took:
        left -= number
        if left <= 0:
            return days
    return None
