"""Schedules: what the words mean in Seoul, and that nothing else is taken for one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from harvest import schedule
from harvest.source import Source, check_source
from repository.errors import BadRequest

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=schedule.SEOUL)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "then"),
    [
        ("hourly", "2026-03-04T13:00"),
        ("every 6h", "2026-03-04T18:00"),
        ("every 24h", "2026-03-05T00:00"),
        ("daily 03:30", "2026-03-05T03:30"),
        ("Daily  13:05", "2026-03-04T13:05"),
        ("daily 12:00", "2026-03-05T12:00"),
        ("weekly mon 04:00", "2026-03-09T04:00"),
        ("weekly wed 12:01", "2026-03-04T12:01"),
        ("weekly wed 11:59", "2026-03-11T11:59"),
    ],
)
def test_the_next_time_is_by_the_clocks_of_seoul(text: str, then: str) -> None:
    found = schedule.next_after(schedule.parse(text), NOON.astimezone(UTC))
    assert found == datetime.fromisoformat(f"{then}+09:00")


@pytest.mark.parametrize("text", ["hourly", "every 5h", "daily 23:59", "weekly sun 00:00"])
def test_times_follow_each_other_by_one_period(text: str) -> None:
    read = schedule.parse(text)
    moment = datetime(1999, 12, 31, 23, 59, tzinfo=UTC)
    for _ in range(50):
        later = schedule.next_after(read, moment)
        assert timedelta() < later - moment <= read.every
        assert schedule.next_after(read, later - timedelta(seconds=1)) == later
        moment = later


@pytest.mark.parametrize(
    "text",
    [
        "",
        "daily",
        "daily 24:00",
        "daily 3:30",
        "every 0h",
        "every 999h",
        "weekly 04:00",
        "weekly day 04:00",
        "* * *",
        "hourly!",
    ],
)
def test_anything_else_is_refused_in_both_languages(text: str) -> None:
    with pytest.raises(BadRequest) as refused:
        schedule.parse(text)
    assert refused.value.code == "schedule_invalid"
    assert "daily 03:30" in refused.value.ko and "daily 03:30" in refused.value.en


def test_a_source_with_a_bad_schedule_is_refused() -> None:
    source = Source("s", "가", "A", "http://x.example/oai", "lib", schedule="daily 03:30")
    check_source(source)
    with pytest.raises(BadRequest, match="schedule_invalid"):
        check_source(msgspec.structs.replace(source, schedule="at night"))
