"""The worker's part in schedules: looks what is due, and has a crew harvest it beside everything else."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from harvest import reports, schedule, sources
from harvest.ledger import Run, RunState
from harvest.many import BUSY, Crew
from harvest.source import Source
from repository.memory import Memory

log = logging.getLogger(__name__)
# So long is a source left alone whose harvest broke off, or that another process had taken.
REST = timedelta(hours=1)
BUSY_REST = timedelta(minutes=1)


def due(known: Iterable[Source], newest: Mapping[str, Run], now: datetime) -> list[Source]:
    """Give the sources to harvest now; `newest` is each source's newest run that is no rehearsal.

    One that was never harvested is due at once, and so is a run cut short: whether somebody works it, the leases
    tell. One whose run is held waits for a person, for the next run would be held for the same.
    """
    return [source for source in known if source.schedule and _is_due(source, newest.get(source.id), now)]


def _is_due(source: Source, run: Run | None, now: datetime) -> bool:
    if run is None:
        return True
    if run.state is RunState.RUNNING:
        return not run.report.approved  # an approved run is for whoever does what was approved
    started = datetime.fromisoformat(run.started).astimezone(UTC)
    held = run.state is RunState.HELD
    return not held and schedule.is_due(schedule.parse(source.schedule), started, now)


class Scheduler:
    """Harvests what is due, for as long as its process lives; one for each worker."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._crew = Crew(memory, memory.settings.harvest_at_once)
        self._rests: dict[str, datetime] = {}

    def tick(self) -> int:
        """Take note of what has ended, and begin with what is due; tells how many harvests were begun."""
        now = self._memory.database.clock()
        while outcome := self._crew.next(timeout=0):
            if outcome.run is None:
                log.warning("not harvested", extra={"source": outcome.source, "code": outcome.code})
                rest = BUSY_REST if outcome.code == BUSY else REST
                self._rests[outcome.source] = now + rest
        with self._memory.database.read() as conn:
            active = sources.every(conn, active_only=True)
            found = due(active, reports.newest(conn), now)
        self._crew.drop()  # it may have been paused, or harvested by another, since
        self._crew.add(source for source in found if self._rests.get(source.id, now) <= now)
        return self._crew.turn()
