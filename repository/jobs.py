"""What the core leaves to the worker beside the projections: the daily round of the index, and forgetting misses."""

from __future__ import annotations

from datetime import timedelta

from repository import search_misses
from repository.database import timestamp
from repository.memory import Memory
from repository.reconcile import Reconciliation
from repository.worker import Job

RECONCILE_SECONDS = 1.0  # between two chunks of a round
FORGET_SECONDS = 24 * 3600.0


def jobs(memory: Memory) -> list[Job]:
    """Give the work that the core leaves to the worker."""
    return [
        Job("reconcile", RECONCILE_SECONDS, Reconciliation(memory).tick),
        Job("misses", FORGET_SECONDS, lambda: forget_misses(memory)),
    ]


def forget_misses(memory: Memory) -> int:
    """Delete misses that are older than they are kept; gives how many."""
    before = memory.database.clock() - timedelta(days=search_misses.KEPT_DAYS)
    with memory.database.write() as tx:
        return search_misses.forget(tx, timestamp(before)[:10])
