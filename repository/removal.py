"""Taking everything of a source away, as if it had never been here: for invented samples only.

Nothing else in this software deletes a precious row. The change feed still tells the projections.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, select

from repository.database import Transaction
from repository.tables import (
    asset,
    correction,
    counter,
    current_decision,
    decision,
    identity,
    institution,
    item,
    manifest,
    picture_words,
    problem,
    set_member,
    takedown,
)


def remove_items(tx: Transaction, source: str) -> set[str]:
    """Delete the items of a source with all that hangs on them; gives the digests of files now unneeded."""
    ids = select(identity.c.item).where(identity.c.source == source)
    files = select(asset.c.id).where(asset.c.item.in_(ids))
    digests = set(
        tx.conn.execute(select(asset.c.sha256).where(asset.c.item.in_(ids), asset.c.sha256 != "")).scalars()
    )
    for item_id in tx.conn.execute(ids).scalars().all():
        tx.touch(item_id, "tombstone")
    for table in (current_decision, decision, takedown):
        tx.conn.execute(delete(table).where(table.c.subject.in_(ids) | table.c.subject.in_(files)))
    for table in (set_member, manifest, correction, picture_words, asset):
        tx.conn.execute(delete(table).where(table.c.item.in_(ids)))
    tx.conn.execute(delete(problem).where(problem.c.subject.in_(ids)))
    tx.conn.execute(delete(counter).where(counter.c.scope == source))
    for table in (item, identity):
        tx.conn.execute(delete(table).where(table.c.source == source))
    return digests - set(tx.conn.execute(select(asset.c.sha256).where(asset.c.sha256.in_(digests))).scalars())


def remove_institutions(tx: Transaction, ids: Iterable[str]) -> None:
    """Delete institutions and their counters."""
    chosen = list(ids)
    tx.conn.execute(delete(institution).where(institution.c.id.in_(chosen)))
    tx.conn.execute(delete(counter).where(counter.c.scope.in_(chosen)))
