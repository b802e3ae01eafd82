"""From what the database holds now to search documents, and into the index: for feed, rebuild and reconcile."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from repository import assets, decisions, items, sets
from repository.memory import Memory
from repository.search import document
from repository.search.document import SearchDocument


def documents(conn: Connection, ids: Sequence[str]) -> tuple[list[SearchDocument], list[str]]:
    """Give the search documents of some items, and the ids of those that have none (any more)."""
    found = items.find_many(conn, ids)
    current = decisions.current_many(conn, ids)
    members = sets.of_items(conn, ids)
    files = assets.counts(conn, ids)
    made = []
    for item_id, stored in found.items():
        verdict = current.get(item_id)
        if stored.is_live and verdict is not None:
            made.append(
                document.build(
                    stored.item,
                    verdict.decision,
                    files.get(item_id, 0),
                    collections=tuple(shown.id for shown in members.get(item_id, ())),
                )
            )
    kept = [one for one in made if one is not None]
    return kept, sorted(set(ids) - {one.id for one in kept})


def index_items(memory: Memory, ids: Sequence[str]) -> int:
    """Write the documents of some items into the index and drop those that have none; gives how many moved."""
    with memory.database.read() as conn:
        kept, gone = documents(conn, ids)
    return memory.engine.put(kept) + memory.engine.drop(gone)
