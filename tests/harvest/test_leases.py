"""Leases: one holder at a time, across threads, processes and sessions, and none left by who is killed."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from harvest.leases import lease
from repository.memory import Memory, open_memory
from repository.settings import Settings

HOLDER = """
import sys, time
from harvest.leases import lease
from repository.memory import open_memory
from repository.settings import Settings
memory = open_memory(Settings(data=sys.argv[1], database=sys.argv[2]))
with lease(memory, "source s", "host h") as taken:
    print(taken, flush=True)
    time.sleep(60)
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def own(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Memory]:
    """An installation on either database."""
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else ""
    opened = open_memory(Settings(data=str(tmp_path / "data"), database=url))
    yield opened
    opened.close()


def test_a_lease_is_held_once_and_given_back(own: Memory) -> None:
    with lease(own, "source s", "host h") as first:
        with lease(own, "source s") as again, lease(own, "source t", "host h") as neighbour:
            assert (first, again, neighbour) == (True, False, False)
        with lease(own, "source t") as other:
            assert other, "the one refused gave back what it had taken"
    with lease(own, "source s", "host h") as later:
        assert later


def test_a_lease_that_was_given_back_can_be_taken_at_once(own: Memory) -> None:
    for _ in range(50):
        with lease(own, "source s", "host h") as taken:
            assert taken


def test_whoever_is_killed_has_given_its_lease_back(own: Memory) -> None:
    settings = own.settings
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, settings.data, settings.database], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None and process.stdout.readline().strip() == "True"
    with lease(own, "source s") as taken:
        assert not taken
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=20)
    process.stdout.close()
    for _ in range(200):
        with lease(own, "source s", "host h") as taken:
            if taken:
                return
    pytest.fail("the lease of a killed process is still held")
