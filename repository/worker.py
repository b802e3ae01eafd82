"""The worker: looks for work left and does it, again and again, until it is told to stop.

There is no queue to lose: the ledger of windows, the states of files and the change feed are what is to be
done, and a worker that was killed finds it all again by looking.
"""

from __future__ import annotations

import logging
import signal
import time
from collections.abc import Callable, Sequence
from subprocess import Popen, TimeoutExpired
from threading import Event
from types import FrameType

import msgspec

from repository.errors import KoreanMemoryError

log = logging.getLogger(__name__)
PATIENCE = 30.0  # seconds, with a worker that was told to stop
LONGEST_REST = 60.0  # seconds, of a job that fails; one that looks more seldom anyway keeps its own


class Job(msgspec.Struct, frozen=True):
    """A kind of work: `run` does what there is and tells how much; `every` is the rest between two looks (s)."""

    name: str
    every: float
    run: Callable[[], int]


def stop_on_signals() -> Event:
    """Give an event that SIGTERM and SIGINT set."""
    stop = Event()

    def ask(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, ask)
    return stop


def work(jobs: Sequence[Job], stop: Event, monotonic: Callable[[], float] = time.monotonic) -> None:
    """Do the jobs whenever they are due, until `stop` is set.

    A job that fails is logged and tried again, each time after twice the rest, up to a minute: a store that is
    down and slow to say so does not take the others' time.
    """
    due = dict.fromkeys((job.name for job in jobs), 0.0)
    failures = dict.fromkeys(due, 0)
    while not stop.is_set():
        for job in jobs:
            if not stop.is_set() and monotonic() >= due[job.name]:
                failures[job.name] = 0 if _once(job) else failures[job.name] + 1
                due[job.name] = monotonic() + rest(job, failures[job.name])
        stop.wait(max(0.05, min(due.values()) - monotonic()))


def end(process: Popen[bytes], patience: float = PATIENCE) -> None:
    """Tell a worker's process to stop, and kill one that is at something long: the next finds it again."""
    process.terminate()
    try:
        process.wait(timeout=patience)
    except TimeoutExpired:
        process.kill()
        process.wait()


def rest(job: Job, failures: int) -> float:
    """Give the rest of a job after so many failures in a row (s)."""
    return (
        job.every if not failures else max(job.every, min(job.every * 2.0 ** min(failures, 16), LONGEST_REST))
    )


def _once(job: Job) -> bool:
    try:
        done = job.run()
    except KoreanMemoryError as error:
        log.error("job failed", extra={"job": job.name, "code": error.code, "cause": error.en})
        return False
    except Exception:  # one of the two run loops: whatever fails, the others go on
        log.exception("job failed", extra={"job": job.name})
        return False
    if done:
        log.info("job done", extra={"job": job.name, "done": done})
    return True
