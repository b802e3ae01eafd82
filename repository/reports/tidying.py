"""Forgetting: what is not needed to answer any more, some days after the answer; and what floods left."""

from __future__ import annotations

from datetime import timedelta

from repository.database import Database, timestamp
from repository.reports import limits, outbox, store


def tidy(database: Database, keep_days: int) -> int:
    """Empty name, address and words of reports answered so many days ago, and delete mails and allowances that
    are over; gives how many rows."""
    before = timestamp(database.clock() - timedelta(days=keep_days))
    with database.write() as tx:
        return store.erase(tx, before) + outbox.forget(tx) + limits.forget(tx)
