"""What the core leaves to the worker beside the projections: the round of the index, mails, and forgetting."""

from __future__ import annotations

from datetime import timedelta

from repository import mail, search_misses
from repository.database import timestamp
from repository.memory import Memory
from repository.reconcile import Reconciliation
from repository.reports import outbox
from repository.reports.tidying import tidy
from repository.worker import Job

RECONCILE_SECONDS = 1.0  # between two chunks of a round
FORGET_SECONDS = 24 * 3600.0
MAIL_SECONDS = 2.0
TIDY_SECONDS = 3600.0


def jobs(memory: Memory) -> list[Job]:
    """Give the work that the core leaves to the worker."""
    return [
        Job("reconcile", RECONCILE_SECONDS, Reconciliation(memory).tick),
        Job("misses", FORGET_SECONDS, lambda: forget_misses(memory)),
        Job("mail", MAIL_SECONDS, lambda: send_mails(memory)),
        Job("reports", TIDY_SECONDS, lambda: tidy(memory.database, memory.settings.reports_keep_days)),
    ]


def forget_misses(memory: Memory) -> int:
    """Delete misses that are older than they are kept; gives how many."""
    before = memory.database.clock() - timedelta(days=search_misses.KEPT_DAYS)
    with memory.database.write() as tx:
        return search_misses.forget(tx, timestamp(before)[:10])


def send_mails(memory: Memory) -> int:
    """Send the mails that are due; gives how many were."""
    return outbox.send_due(memory.database, mail.sender(memory.settings), mail.way(memory.settings))
