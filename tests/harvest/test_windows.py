"""Where time is cut: down to a day, with open ends left open, and never later than what may still change."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvest import windows
from harvest.moments import Span

DAYS = st.dates(date(1990, 1, 1), date(2030, 1, 1))


def test_a_window_without_bounds_is_cut_between_what_is_known() -> None:
    cut = windows.halves(Span(), [], date(2026, 1, 1), date(2026, 1, 31))
    assert cut == (Span("", "2026-01-16"), Span("2026-01-17", ""))


def test_days_of_records_bound_better_than_what_identify_says() -> None:
    cut = windows.halves(Span(), [date(1990, 1, 1)], date(2026, 1, 1), date(2026, 1, 31))
    assert cut is not None and cut[0].until == "2008-01-16"


def test_times_are_cut_by_days_that_hold_them() -> None:
    cut = windows.halves(Span("2026-01-01T10:00:00Z", "2026-01-03T10:00:00Z"), [], None, None)
    assert cut == (Span("2026-01-01", "2026-01-02"), Span("2026-01-03", "2026-01-03"))


@pytest.mark.parametrize(
    "window", [Span("2026-01-01", "2026-01-01"), Span("2026-01-01T01:00:00Z", "2026-01-01")]
)
def test_a_day_is_not_cut(window: Span) -> None:
    assert windows.halves(window, [date(2026, 1, 1)], None, date(2026, 2, 1)) is None


def test_without_any_day_there_is_nothing_to_cut_at() -> None:
    assert windows.halves(Span(), [], None, None) is None


@given(DAYS, DAYS, DAYS)
def test_halves_leave_out_no_day_and_get_smaller(one: date, other: date, day: date) -> None:
    low, high = sorted((one, other))
    cut = windows.halves(Span(low.isoformat(), high.isoformat()), [], None, None)
    if low == high:
        assert cut is None
        return
    assert cut is not None
    left, right = cut
    assert (left.from_, right.until) == (low.isoformat(), high.isoformat()) and left.until < right.from_
    if low <= day <= high:
        holders = [half for half in cut if half.from_ <= day.isoformat() <= half.until]
        assert len(holders) == 1


@pytest.mark.parametrize(
    ("provider", "ours", "overlap", "begin"),
    [
        ("2026-02-01T00:00:00Z", "2026-02-01T00:00:05Z", 0, "2026-02-01T00:00:00Z"),
        ("2026-02-01T00:00:00Z", "2026-02-01T00:00:05Z", 24, "2026-01-31T00:00:00Z"),
        ("2026-02-01T09:00:00Z", "2026-02-01T00:00:00Z", 0, "2026-02-01T00:00:00Z"),  # its clock is ahead
        ("2026-02-01T09:00:00+09:00", "2026-02-01T00:00:09Z", 0, "2026-02-01T00:00:00Z"),
        ("2026-02-01", "2026-02-01T12:00:00Z", 0, "2026-02-01"),
        ("2026-02-01", "2026-02-01T12:00:00Z", 24, "2026-01-31"),
        ("yesterday", "2026-02-01T12:00:00Z", 24, ""),
        ("", "2026-02-01T12:00:00Z", 24, ""),
    ],
)
def test_the_next_harvest_begins_a_little_before_the_slower_clock(
    provider: str, ours: str, overlap: int, begin: str
) -> None:
    assert windows.begins(provider, ours, overlap) == begin
