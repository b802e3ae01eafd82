"""The points in time that a list is asked for, in a form that its provider takes.

Where a text does not say exactly when, the window grows and never shrinks: a record too many changes nothing.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec

# Nowhere is local time further from UTC.
_ANYWHERE = timedelta(hours=14)


class Span(msgspec.Struct, frozen=True):
    """A window's two bounds, both included, as sent; empty for none, and of one granularity."""

    from_: str = ""
    until: str = ""

    @property
    def is_timed(self) -> bool:
        """Tell whether the bounds are finer than a day."""
        return len(self.from_) > 10 or len(self.until) > 10

    def in_days(self) -> Span:
        """Give the days that hold the span."""
        return Span(self.from_[:10], self.until[:10])


def span(from_: str, until: str) -> Span:
    """Make a span of two texts that providers wrote: days, or times in UTC, with an offset, or with neither.

    A text that says no time at all bounds nothing.
    """
    made = Span(_bound(from_, -_ANYWHERE), _bound(until, _ANYWHERE))
    lengths = {len(text) for text in (made.from_, made.until) if text}
    return made.in_days() if len(lengths) > 1 else made


def _bound(text: str, margin: timedelta) -> str:
    try:
        found = datetime.fromisoformat(text.strip())
        if len(text.strip()) <= 10:
            return found.date().isoformat()
        if found.tzinfo is None:
            return (found + margin).date().isoformat()
        return found.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"
    except (ValueError, OverflowError):
        return ""
