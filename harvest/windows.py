"""Where a window of time is cut in two, down to a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from harvest.moments import Span, span


def day_of(text: str) -> date | None:
    """Give the day that a provider's text says, or None."""
    day = span(text, "").in_days().from_
    return date.fromisoformat(day) if day else None


def halves(
    window: Span, seen: Iterable[date], earliest: date | None, latest: date | None
) -> tuple[Span, Span] | None:
    """Cut a window in two, by whole days, because every provider takes days; None for one that is a day already.

    `seen` are days of records that it is known to hold; `earliest` and `latest` bound it where it is open, and
    a part that was open stays so: what lies beyond the bounds is not left out.
    """
    days = sorted(seen)
    low = day_of(window.from_) or min([*days[:1], *([earliest] if earliest else [])], default=None)
    high = day_of(window.until) or max([*days[-1:], *([latest] if latest else [])], default=None)
    if low is None or high is None or low >= high:
        return None
    return parts(window, low + (high - low) // 2)


def parts(window: Span, day: date) -> tuple[Span, Span]:
    """Cut a window behind a day."""
    inside = window.in_days()
    return (
        Span(inside.from_, day.isoformat()),
        Span((day + timedelta(days=1)).isoformat(), inside.until),
    )


def begins(provider: str, ours: str, overlap: int) -> str:
    """Give where the next harvest begins: when the last did, by the slower of two clocks, less some hours.

    Empty, for everything, where the provider said no time: its clock is what its datestamps are made by.
    """
    bounds = span(provider, "")
    if not bounds.from_:
        return ""
    moments = [_moment(bounds.from_), *([_moment(ours)] if ours else [])]
    begin = min(moments) - timedelta(hours=overlap)
    return begin.strftime("%Y-%m-%dT%H:%M:%SZ") if bounds.is_timed else begin.date().isoformat()


def _moment(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
