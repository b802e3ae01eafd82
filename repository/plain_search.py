"""Search while the index is away: what the database answers by its keys, and nothing that it would have to scan for.

That is an item by its number, titles by their beginning, what an institution holds, and what came last. Filters
are held against what was found so, never against more. What cannot be answered finds nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from repository import items
from repository.blobs import FolderBlobs
from repository.documents import documents
from repository.items import StoredItem
from repository.search import fields
from repository.search.document import SearchDocument
from repository.search.engine import Hit, Results
from repository.search.query import Query

LOOKED_AT = 200  # items read for one answer, at most
_TITLES = ("", "titles", "identifiers")


def find(conn: Connection, blobs: FolderBlobs, query: Query) -> Results:
    """Answer a question; `total` counts what is given, for how much there is in all is not known."""
    found = _candidates(conn, query)
    kept, _gone = documents(conn, blobs, [one.item.id for one in found])
    may_stand = {one.id for one in kept if _fits(one, query)}
    hits = [Hit(one.item.id) for one in found if one.item.id in may_stand][: query.size]
    return Results(len(hits), tuple(hits))


def _candidates(conn: Connection, query: Query) -> Sequence[StoredItem]:
    if query.cursor:
        return ()
    if query.text:
        return _named(conn, query.text)
    holders = query.chosen("holder")
    if len(holders) == 1:
        return items.of_institution(conn, holders[0], limit=LOOKED_AT)
    return items.newest(conn, LOOKED_AT)


def _named(conn: Connection, text: str) -> Sequence[StoredItem]:
    """Find the item of this number, then titles that begin so; nothing for what excludes or asks other fields."""
    pieces = fields.pieces(text)
    if any(piece.field not in _TITLES or piece.text.startswith("-") for piece in pieces):
        return ()
    words = " ".join(piece.words for piece in pieces)
    if not items.beginning(words):
        return ()
    own = items.find(conn, words)
    titled = items.by_title(conn, words, LOOKED_AT)
    return [own, *(one for one in titled if one.item.id != words)] if own else titled


def _fits(document: SearchDocument, query: Query) -> bool:
    """Tell whether a document passes the filters and the years of a question."""
    if query.year_from is not None and (document.latest is None or document.latest < query.year_from):
        return False
    if query.year_to is not None and (document.earliest is None or document.earliest > query.year_to):
        return False
    return all(not set(values).isdisjoint(document.facets.get(name, ())) for name, values in query.filters)
