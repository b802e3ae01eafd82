"""The worker: does what is due, survives a job that fails, stops when told."""

from __future__ import annotations

import logging
import signal
import subprocess
import sys
import threading

import pytest

from repository.worker import Job, end, work


def test_a_failing_job_is_logged_and_the_others_go_on(caplog: pytest.LogCaptureFixture) -> None:
    stop = threading.Event()
    done: list[str] = []

    def fail() -> int:
        raise ValueError("the disk is full")

    def succeed() -> int:
        done.append("index")
        if len(done) == 3:
            stop.set()
        return 1

    with caplog.at_level(logging.INFO):
        work([Job("files", 0.0, fail), Job("index", 0.0, succeed)], stop)
    assert done == ["index"] * 3
    assert "job failed" in caplog.text and "the disk is full" in caplog.text


def test_a_job_rests_between_two_looks() -> None:
    stop = threading.Event()
    clock = iter(range(1000))
    looks: list[int] = []

    def often() -> int:
        looks.append(0)
        if len(looks) == 20:
            stop.set()
        return 0

    seldom: list[int] = []

    def rarely() -> int:
        seldom.append(1)
        return 0

    jobs = [Job("often", 0.0, often), Job("seldom", 1000.0, rarely)]
    work(jobs, stop, monotonic=lambda: float(next(clock)))
    assert len(looks) == 20 and len(seldom) == 1


@pytest.mark.parametrize(
    ("does", "ends_by"),
    [("", signal.SIGTERM), ("signal.signal(signal.SIGTERM, signal.SIG_IGN)", signal.SIGKILL)],
)
def test_a_process_that_does_not_stop_is_killed(does: str, ends_by: signal.Signals) -> None:
    program = f"import signal, time\n{does}\nprint(flush=True)\ntime.sleep(60)"
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
    with process:
        assert process.stdout is not None and process.stdout.readline()
        end(process, patience=1)
    assert process.returncode == -ends_by
