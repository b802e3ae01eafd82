"""A topic collection as values: statement, sections, picks with reasons; and what keeps it from being published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, select, tuple_

from curation.findings import Finding, finding
from repository import assets, gate, items
from repository.gate import Access
from repository.rights.decision import Use
from repository.tables import identity


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text in both languages."""

    ko: str = ""
    en: str = ""

    def text(self, language: str) -> str:
        """Give the text in the reader's language, or in the other where that one is empty."""
        first, second = (self.ko, self.en) if language.startswith("ko") else (self.en, self.ko)
        return first or second


class Reference(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A work by our id, or by its source and the source's own identifier."""

    item: str = ""
    source: str = ""
    identifier: str = ""

    @property
    def said(self) -> str:
        """Name the work as the file does."""
        return self.item or f"{self.source} {self.identifier}"


class Pick(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One work with the reason why it is here; `size` is large or small.

    `detail` is a region of the picture (IIIF Image API 3 §4.1, `pct:x,y,w,h` or `x,y,w,h`) to look at closely.
    """

    reason: Words
    item: str = ""
    source: str = ""
    identifier: str = ""
    size: str = "small"
    detail: str = ""

    @property
    def reference(self) -> Reference:
        """The work it names."""
        return Reference(self.item, self.source, self.identifier)


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One part of a collection, with its picks in order."""

    title: Words
    text: Words = Words()
    picks: tuple[Pick, ...] = ()


class Collection(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A topic collection; texts are written in a subset of Markdown, `cover` is the work it opens with."""

    slug: str
    title: Words
    statement: Words
    cover: Reference
    sections: tuple[Section, ...] = ()
    curator: str = ""
    position: int = 0

    def picks(self) -> Iterator[tuple[str, Pick]]:
        """Give every pick with its place, counted as people count."""
        for place, section in enumerate(self.sections, 1):
            for number, pick in enumerate(section.picks, 1):
                yield f"{place}.{number}", pick

    def references(self) -> list[Reference]:
        """Give every work that is named, the cover first."""
        return [self.cover, *(pick.reference for _, pick in self.picks())]


def resolve(conn: Connection, references: list[Reference]) -> dict[Reference, str]:
    """Give the item ids of references in one statement; those that nothing answers to are left out."""
    named = {(one.source, one.identifier) for one in references if not one.item}
    rows = conn.execute(
        select(identity.c.source, identity.c.local_id, identity.c.item).where(
            tuple_(identity.c.source, identity.c.local_id).in_(sorted(named))
        )
    )
    known = {(row.source, row.local_id): row.item for row in rows}
    found = {one: one.item or known.get((one.source, one.identifier), "") for one in references}
    return {one: item for one, item in found.items() if item}


@dataclass(frozen=True, slots=True)
class _Known:
    """What the database says of the works that a collection names."""

    ids: Mapping[Reference, str]
    access: Mapping[str, Access]
    covers: Mapping[str, str]

    def standing(self, reference: Reference) -> str:
        """Name what is wrong with a work, or nothing."""
        access = self.access.get(self.ids.get(reference, ""))
        if access is None:
            return "pick_unknown"
        if not access.listed:
            return "pick_closed"
        shown = self.covers.get(access.item, "")
        return "" if shown and access.allows(Use.VIEW, shown) else "pick_without_picture"


def check(collection: Collection, conn: Connection) -> list[Finding]:
    """Give all that is wrong with a collection now; errors keep it from being published, warnings do not."""
    known = _look_up(collection, conn)
    found = [*_translations(collection)]
    if cover := known.standing(collection.cover):
        found.append(finding("cover_" + cover.removeprefix("pick_"), "cover", collection.cover.said))
    if not collection.sections:
        found.append(finding("collection_empty"))
    for number, section in enumerate(collection.sections, 1):
        if not section.picks:
            found.append(finding("section_empty", str(number)))
    seen: set[str] = set()
    for place, pick in collection.picks():
        if wrong := known.standing(pick.reference):
            found.append(finding(wrong, place, pick.reference.said))
        item = known.ids.get(pick.reference, "")
        if item and item in seen:
            found.append(finding("pick_twice", place, pick.reference.said))
        seen.add(item)
    return found


def _look_up(collection: Collection, conn: Connection) -> _Known:
    ids = resolve(conn, collection.references())
    stored = items.find_many(conn, {*ids.values()})
    covers = {item: cover.id for item, cover in assets.covers(conn, stored).items()}
    return _Known(ids, gate.load(conn, stored.values(), covers.values()), covers)


def _translations(collection: Collection) -> Iterator[Finding]:
    """Find texts that stand in one language only, or in none where one is needed."""
    needed = [("title", collection.title), ("statement", collection.statement)]
    needed += [(f"{n}.title", section.title) for n, section in enumerate(collection.sections, 1)]
    needed += [(f"{place}.reason", pick.reason) for place, pick in collection.picks()]
    needed += [
        (f"{n}.text", section.text)
        for n, section in enumerate(collection.sections, 1)
        if section.text.ko or section.text.en
    ]
    for place, words in needed:
        for language in ("ko", "en"):
            if not getattr(words, language).strip():
                yield finding("translation_missing", place, language)
