"""The works of a collection as they stand now: who they are, which pictures are meant, what of them may be given out.

Read in a fixed number of statements, however many works there are, and no more files than the pages that are named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, case, func, or_, select, tuple_

from curation.collections import Reference
from repository import gate, items
from repository.asset import Asset, AssetState, Role
from repository.gate import Access
from repository.items import StoredItem
from repository.rights.decision import Use
from repository.shapes import Shape
from repository.tables import asset as table
from repository.tables import identity

_ASSET = Shape(Asset)
_PICTURES = (Role.PAGE, Role.VIEW)
_ROLES = (*_PICTURES, Role.FILM, Role.CAPTION)
_SHOWN = (AssetState.FETCHED, AssetState.REMOTE)


@dataclass(frozen=True, slots=True)
class Works:
    """The works that some references name; `files` are the named pictures and all before them, films and captions."""

    ids: Mapping[Reference, str]
    stored: Mapping[str, StoredItem]
    files: Mapping[str, Sequence[Asset]]
    access: Mapping[str, Access]

    def item(self, reference: Reference) -> str:
        """Give the item id of a reference, or an empty text where nothing answers to it."""
        return self.ids.get(reference, reference.item)

    def is_listed(self, reference: Reference) -> bool:
        """Tell whether a work may stand in a list now."""
        access = self.access.get(self.item(reference))
        return access is not None and access.listed

    def listed(self) -> list[StoredItem]:
        """Give the works that may stand in a list now, in the order in which they are first named."""
        named = dict.fromkeys(item for item in self.ids.values() if item in self.access)
        return [self.stored[item] for item in named if self.access[item].listed]

    def pictures(self, reference: Reference) -> list[Asset]:
        """Give a work's pictures in order, as far as they are named."""
        return [one for one in self._files(reference) if one.role in _PICTURES]

    def film(self, reference: Reference) -> Asset | None:
        """Give a work's film."""
        return next((one for one in self._files(reference) if one.role is Role.FILM), None)

    def captions(self, film: Asset) -> list[Asset]:
        """Give the captions of a film."""
        return [one for one in self.files[film.item] if one.role is Role.CAPTION and one.parent == film.id]

    def picture(self, reference: Reference) -> Asset | None:
        """Give the picture that is meant, or the film where a work has no picture, whether it may be seen or not."""
        found, place = self.pictures(reference), max(1, reference.page)
        if place <= len(found):
            return found[place - 1]
        return None if reference.page else self.film(reference)

    def seen(self, reference: Reference) -> Asset | None:
        """Give the same where it may be seen now."""
        found = self.picture(reference)
        return found if found and self.may_see(found) else None

    def may_see(self, file: Asset) -> bool:
        """Tell whether a file may be seen now, and its work stand in a list."""
        access = self.access[file.item]
        return access.listed and access.allows(Use.VIEW, file.id)

    def sees_whole(self, file: Asset) -> bool:
        """Tell whether a file may be seen now at every size."""
        access = self.access[file.item]
        return access.listed and access.seen_whole(file.id)

    def number(self, reference: Reference) -> int:
        """Give the number under which the viewer shows the picture that is meant, or 0 where it is the first."""
        before = self.pictures(reference)[: max(1, reference.page)]
        open_now = sum(self.sees_whole(one) if one.is_remote_image else self.may_see(one) for one in before)
        return open_now if open_now > 1 else 0

    def _files(self, reference: Reference) -> Sequence[Asset]:
        return self.files.get(self.item(reference), ())


def load(conn: Connection, references: Sequence[Reference]) -> Works:
    """Read the works that some references name."""
    ids = resolve(conn, references)
    stored = items.find_many(conn, {*ids.values()})
    pages = dict.fromkeys(stored, 1)
    for reference, item in ids.items():
        if item in pages:
            pages[item] = max(pages[item], reference.page)
    files = _files(conn, pages)
    named = [one.id for many in files.values() for one in many]
    return Works(ids, stored, files, gate.load(conn, stored.values(), named))


def resolve(conn: Connection, references: Iterable[Reference]) -> dict[Reference, str]:
    """Give the item ids of references in one statement; those that nothing answers to are left out."""
    wanted = list(references)
    named = {(one.source, one.identifier) for one in wanted if not one.item}
    rows = conn.execute(
        select(identity.c.source, identity.c.local_id, identity.c.item).where(
            tuple_(identity.c.source, identity.c.local_id).in_(sorted(named))
        )
    )
    known = {(row.source, row.local_id): row.item for row in rows}
    found = {one: one.item or known.get((one.source, one.identifier), "") for one in wanted}
    return {one: item for one, item in found.items() if item}


def _files(conn: Connection, pages: Mapping[str, int]) -> dict[str, list[Asset]]:
    """Read of each item so many pictures as are named, its films and its captions, in one statement."""
    is_picture = table.c.role.in_([role.value for role in _PICTURES])
    place = func.row_number().over(
        partition_by=(table.c.item, is_picture), order_by=(table.c.sequence, table.c.id)
    )
    placed = (
        select(table, is_picture.label("is_picture"), place.label("place"))
        .where(
            table.c.item.in_(list(pages)),
            table.c.state.in_([state.value for state in _SHOWN]),
            table.c.role.in_([role.value for role in _ROLES]),
        )
        .subquery()
    )
    named = case(dict(pages), value=placed.c.item) if pages else 0
    rows = conn.execute(
        select(placed)
        .where(or_(~placed.c.is_picture, placed.c.place <= named))
        .order_by(placed.c.item, placed.c.sequence, placed.c.id)
    )
    found: dict[str, list[Asset]] = {}
    for row in rows:
        found.setdefault(row.item, []).append(_asset(row))
    return found


def _asset(row: Row[Any]) -> Asset:
    """Read a row as a file; its columns bear the names of the fields, and what is JSON is kept as bytes."""
    values = {name: row._mapping[name] for name in Asset.__struct_fields__ if name in row._mapping}
    return _ASSET.of({name: _plain(value) for name, value in values.items()})


def _plain(value: Any) -> Any:
    return msgspec.json.decode(value) if isinstance(value, bytes) else value
