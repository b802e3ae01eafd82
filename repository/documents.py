"""From what the database holds now to search documents, and into the index: for feed, rebuild and reconcile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from repository import assets, derivatives, gate, items, sets
from repository.asset import Asset
from repository.blobs import FolderBlobs
from repository.gate import Access
from repository.memory import Memory
from repository.rights.decision import Use
from repository.search import document
from repository.search.document import SearchDocument


def documents(
    conn: Connection, blobs: FolderBlobs, ids: Sequence[str]
) -> tuple[list[SearchDocument], list[str]]:
    """Give the search documents of some items, and the ids of those that have none (any more)."""
    found = items.find_many(conn, ids)
    members = sets.of_items(conn, ids)
    files = assets.counts(conn, ids)
    covers = assets.covers(conn, ids)
    access = gate.load(conn, found.values(), [cover.id for cover in covers.values()])
    made = []
    for item_id, stored in found.items():
        verdict = access[item_id].decision
        if stored.is_live and verdict is not None:
            made.append(
                document.build(
                    stored.item,
                    verdict.decision,
                    files.get(item_id, 0),
                    collections=tuple(shown.id for shown in members.get(item_id, ())),
                    colours=_colours(blobs, access[item_id], covers),
                )
            )
    kept = [one for one in made if one is not None]
    return kept, sorted(set(ids) - {one.id for one in kept})


def _colours(blobs: FolderBlobs, access: Access, covers: Mapping[str, Asset]) -> tuple[str, ...]:
    """Give the colours of the picture that an item is shown by; what may not be seen tells none."""
    cover = covers.get(access.item)
    if cover is None or not access.allows(Use.VIEW, cover.id):
        return ()
    return derivatives.colours_of(blobs, cover.sha256)


def index_items(memory: Memory, ids: Sequence[str]) -> int:
    """Write the documents of some items into the index and drop those that have none; gives how many moved."""
    with memory.database.read() as conn:
        kept, gone = documents(conn, memory.blobs, ids)
    return memory.engine.put(kept) + memory.engine.drop(gone)
