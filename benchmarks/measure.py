"""What the benchmarks share: medians of processor time, taken in turns, and a line for each."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Mapping


def cpu(work: Callable[[], object]) -> float:
    """Give the processor seconds of this process that some work takes."""
    began = time.process_time()
    work()
    return time.process_time() - began


def in_turns(works: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Do each work once in every round, so that all meet the same weather; gives the median of each (s)."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            taken[name].append(cpu(work))
    return {name: statistics.median(times) for name, times in taken.items()}


def say(line: str) -> None:
    """Write one line of the result."""
    sys.stdout.write(f"{line}\n")


def table(found: Mapping[str, float], peer: str, unit: str = "ms", scale: float = 1000) -> None:
    """Write the medians with their ratio to the peer."""
    for name, seconds in found.items():
        say(f"{name:32} {seconds * scale:10.3f} {unit}  {seconds / found[peer]:6.2f} x")
