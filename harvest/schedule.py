"""When a source is to be harvested: what its file says in words, read as a period and its place in the week.

Times are those of Seoul, which has been nine hours before UTC, without summer time, since 1988.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

import msgspec

from repository.errors import BadRequest

SEOUL = timezone(timedelta(hours=9), "Asia/Seoul")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MOST_HOURS = 24 * 28
_MONDAY = datetime(2001, 1, 1, tzinfo=SEOUL)
_CLOCK = r"(?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d)"
_DAILY = re.compile(rf"daily {_CLOCK}")
_WEEKLY = re.compile(rf"weekly (?P<day>{'|'.join(DAYS)}) {_CLOCK}")
_EVERY = re.compile(r"every (?P<hours>[1-9]\d{0,2})h")


class Schedule(msgspec.Struct, frozen=True):
    """A period, and how long after a Monday's midnight in Seoul it begins."""

    every: timedelta
    after: timedelta = timedelta()


def parse(text: str) -> Schedule:
    """Read `hourly`, `every 6h`, `daily 03:30` or `weekly mon 04:00`; raises BadRequest for anything else."""
    said = " ".join(text.lower().split())
    if said == "hourly":
        return Schedule(timedelta(hours=1))
    if (found := _EVERY.fullmatch(said)) and int(found["hours"]) <= MOST_HOURS:
        return Schedule(timedelta(hours=int(found["hours"])))
    if found := _DAILY.fullmatch(said):
        return Schedule(timedelta(days=1), _clock(found))
    if found := _WEEKLY.fullmatch(said):
        return Schedule(timedelta(days=7), timedelta(days=DAYS.index(found["day"])) + _clock(found))
    known = f"hourly, every 6h (1 to {MOST_HOURS}), daily 03:30, weekly mon 04:00"
    raise BadRequest(
        "schedule_invalid",
        f"수집 일정을 알 수 없습니다: {text!r}. 쓸 수 있는 것: {known}",
        f"no schedule is {text!r}; there are {known}",
    )


def _clock(found: re.Match[str]) -> timedelta:
    return timedelta(hours=int(found["hour"]), minutes=int(found["minute"]))


def next_after(schedule: Schedule, moment: datetime) -> datetime:
    """Give the first time after a moment, in Seoul's time."""
    begin = _MONDAY + schedule.after
    return begin + ((moment - begin) // schedule.every + 1) * schedule.every


def is_due(schedule: Schedule, last: datetime, now: datetime) -> bool:
    """Tell whether a time of the schedule has come since a moment, however many it were."""
    return next_after(schedule, last) <= now
