"""What a search gives out, in whatever form: its question, and each item found as it may be told now.

The index only says which items; what stands in an answer is read from the database and passes the gate here,
so an item closed a moment ago is in no form of an answer, whatever the index still holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from flask import request
from sqlalchemy import Connection

from repository import assets, gate, institutions, items
from repository.asset import Asset
from repository.gate import Access
from repository.iiif.canvases import Painted
from repository.institution import Institution
from repository.item import Item
from repository.items import StoredItem
from repository.presentation import painted
from repository.rights.decision import Decision, Use
from repository.search import fields
from repository.search import query as queries
from repository.search.document import FACETS
from repository.search.engine import Hit
from repository.search.query import Query
from repository.urls import Urls
from repository.web.cards import is_invented
from repository.web.context import memory

MOST_HOLDERS = 10  # institutions that one name may mean


@dataclass(frozen=True, slots=True)
class Gathered:
    """Some items with all that a list needs to know of them, as the gate lets it be told."""

    stored: Mapping[str, StoredItem]
    covers: Mapping[str, Asset]
    access: Mapping[str, Access]
    known: Mapping[str, Institution]


@dataclass(frozen=True, slots=True)
class Row:
    """One item found that may stand in a list now; `cover` is what stands for it, where that may be seen."""

    hit: Hit
    stored: StoredItem
    access: Access
    decision: Decision
    cover: Painted | None
    known: Mapping[str, Institution]

    @property
    def item(self) -> Item:
        """The item, without the texts that are closed."""
        return self.stored.item

    @property
    def invented(self) -> bool:
        """Whether it comes from an invented institution."""
        return is_invented(self.item.holder, self.item.provider, self.known)

    def thumbnail(self, site: Urls) -> str:
        """Give the address of its small picture, or nothing where none may be seen."""
        return site.small(self.cover.asset, self.cover.max_px) if self.cover else ""

    def manifest(self, site: Urls) -> str:
        """Give the address of its manifest, or nothing where it has none."""
        return site.manifest(self.item.id) if self.cover else ""


def asked() -> Query:
    """Read the question of this request; `소장:` with the name of an institution becomes its filter.

    Raises BadRequest for a parameter that cannot be meant.
    """
    query = queries.parse(request.args.to_dict(flat=False))
    if not fields.take(query.text, "holders")[1]:
        return query
    with memory().database.read() as conn:
        return with_holders(query, institutions.every(conn).values())


def with_holders(query: Query, known: Iterable[Institution]) -> Query:
    """Turn names of institutions among the words into the filter on who holds; other names stay words."""
    kept: list[str] = []
    holders = list(query.chosen("holder"))
    known = tuple(known)
    for piece in fields.pieces(query.text):
        meant = _meant(piece, known)
        room = 0 < len(meant) <= min(MOST_HOLDERS, queries.MOST_VALUES - query.narrowings)
        kept += [] if room else [piece.typed]
        holders += meant if room else []
    filters = dict(query.filters) | {"holder": tuple(dict.fromkeys(holders))}
    ordered = tuple((name, filters[name]) for name in FACETS if filters.get(name))
    return replace(query, text=" ".join(kept), filters=ordered)


def _meant(piece: fields.Piece, known: Sequence[Institution]) -> list[str]:
    """Give the institutions that a piece names: by their whole name, else by a part of two letters or more."""
    if piece.field != "holders" or piece.text.startswith("-"):
        return []
    said = _bare(piece.words)
    names = [(one.id, {_bare(one.name_ko), _bare(one.name_en)}) for one in known]
    whole = [institution for institution, own in names if said in own]
    part = [institution for institution, own in names if any(said in name for name in own)]
    return whole or (part if len(said) > 1 else [])


def _bare(name: str) -> str:
    return "".join(name.casefold().split())


def gather(conn: Connection, ids: Iterable[str]) -> Gathered:
    """Read some items and what is decided on them, in a fixed number of statements."""
    stored = items.find_many(conn, ids)
    covers = assets.covers(conn, stored)
    access = gate.load(conn, stored.values(), [cover.id for cover in covers.values()])
    told = {item: gate.told(one, access[item]) for item, one in stored.items() if access[item].listed}
    return Gathered(told, covers, access, institutions.every(conn))


def rows(found: Gathered, hits: Iterable[Hit]) -> Iterator[Row]:
    """Give what was found in the order of the answer, without what may not stand in a list now."""
    for hit in hits:
        stored = found.stored.get(hit.id)
        verdict = found.access[hit.id].decision if stored else None
        if stored and verdict:
            access = found.access[hit.id]
            yield Row(hit, stored, access, verdict.decision, _cover(found, hit.id, access), found.known)


def _cover(found: Gathered, item: str, access: Access) -> Painted | None:
    cover = found.covers.get(item)
    if cover is None or not access.allows(Use.VIEW, cover.id):
        return None
    return next(iter(painted([cover], access)), None)
