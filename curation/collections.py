"""A topic collection as values: statement, sections, and in them blocks of five kinds, laid out as they are written.

A block shows works: a pick with its reason, two works to compare, a quotation from one, a clip of a film, or a
timeline of several. Fields added after the first collections were kept are left out of the JSON where they are not
used, so that nothing kept before has another digest now.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from msgspec import UNSET as UNSET
from msgspec import UnsetType


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text in both languages."""

    ko: str = ""
    en: str = ""

    def __bool__(self) -> bool:
        return bool(self.ko or self.en)

    def text(self, language: str) -> str:
        """Give the text in the reader's language, or in the other where that one is empty."""
        first, second = (self.ko, self.en) if language.startswith("ko") else (self.en, self.ko)
        return first or second


class Reference(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A work by our id, or by its source and the source's own identifier, and what of it is meant.

    `page` is one of its pictures, counted from 1 (0: the first); `detail` a region of that picture (IIIF Image
    API 3 §4.1, `pct:x,y,w,h` or `x,y,w,h`).
    """

    item: str = ""
    source: str = ""
    identifier: str = ""
    page: int = 0
    detail: str = ""

    @property
    def said(self) -> str:
        """Name the work as the file does."""
        return self.item or f"{self.source} {self.identifier}"


class Pick(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One work with the reason why it is here; `size` is full, large or small."""

    reason: Words
    item: str = ""
    source: str = ""
    identifier: str = ""
    size: str = "small"
    detail: str = ""
    page: int = 0

    @property
    def reference(self) -> Reference:
        """The work that it names."""
        return Reference(self.item, self.source, self.identifier, self.page, self.detail)


class PickBlock(Pick, frozen=True, tag_field="kind", tag="pick"):
    """A pick among blocks of other kinds."""


class Side(Reference, frozen=True, kw_only=True):
    """One of two works that are compared, with a word on what it is here."""

    note: Words = Words()


class Compare(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="compare"):
    """Two works side by side, and a sentence that says what to compare."""

    works: tuple[Side, ...]
    reason: Words


class Quote(Reference, frozen=True, kw_only=True, tag_field="kind", tag="quote"):
    """Words from an old text as they are written there, and what they say in the language of today.

    `lang` is the language and script of the original (BCP 47: `lzh` classical Chinese, `okm` Middle Korean, `ko`).
    """

    text: str
    lang: str
    reading: Words
    note: Words = Words()


class Clip(Reference, frozen=True, kw_only=True, tag_field="kind", tag="clip"):
    """A part of a film, from `start` to `end` in seconds (0: to its end)."""

    reason: Words
    start: float = 0.0
    end: float = 0.0


class Event(Reference, frozen=True, kw_only=True):
    """A work on a timeline; `year` (astronomical) where it is not the year of the work itself."""

    label: Words
    year: int | None = None


class Timeline(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    tag_field="kind",
    tag="timeline",
):
    """Works on their years."""

    title: Words
    events: tuple[Event, ...]


Block = PickBlock | Compare | Quote | Clip | Timeline


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One part of a collection: its opening text, and its blocks in order, or picks only, as the first files had."""

    title: Words
    text: Words = Words()
    picks: tuple[Pick, ...] = ()
    blocks: tuple[Block, ...] | UnsetType = UNSET

    @property
    def content(self) -> tuple[Pick | Block, ...]:
        """What the section shows, in order."""
        return self.picks if self.blocks is UNSET else self.blocks


class Collection(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A topic collection; texts are written in a subset of Markdown.

    `cover` is the work (and the part of it) that the collection opens with, `lead` the one sentence that invites.
    """

    slug: str
    title: Words
    statement: Words
    cover: Reference
    sections: tuple[Section, ...] = ()
    curator: str = ""
    position: int = 0
    lead: Words | UnsetType = UNSET

    def blocks(self) -> Iterator[tuple[str, Pick | Block]]:
        """Give every block with its place, counted as people count."""
        for place, section in enumerate(self.sections, 1):
            for number, block in enumerate(section.content, 1):
                yield f"{place}.{number}", block

    def works(self) -> Iterator[tuple[str, Reference, Words]]:
        """Give every work that a block names, with its place, and why it is there as far as the block says."""
        for place, block in self.blocks():
            yield from _works(place, block)

    @property
    def count(self) -> int:
        """How many works it names, each once."""
        return len({(one.item, one.source, one.identifier) for _, one, _ in self.works()})

    def references(self) -> list[Reference]:
        """Give every work that is named, the cover first."""
        return [self.cover, *(reference for _, reference, _ in self.works())]


def _works(place: str, block: Pick | Block) -> Iterator[tuple[str, Reference, Words]]:
    match block:
        case Pick():
            yield place, block.reference, block.reason
        case Compare():
            for number, side in enumerate(block.works, 1):
                yield f"{place}.{number}", side, side.note or block.reason
        case Quote():
            yield place, block, block.note or block.reading
        case Clip():
            yield place, block, block.reason
        case Timeline():
            for number, event in enumerate(block.events, 1):
                yield f"{place}.{number}", event, event.label
