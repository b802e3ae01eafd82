"""One work of a release as it is shipped: the values, their canonical JSON, and their digest.

The same bytes are frozen in the plan, written beside the originals as `ITEM.json`, and hashed in the table of
works, so a release can be held against its plan row by row. Texts that are not cleared themselves (notes,
picture descriptions, captions) are left out before the row is frozen, and so are never shipped by accident.
"""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec

from curation.release.terms import Terms
from repository.item import Agent, Date, Note, Place, Text, Title, canonical
from repository.shapes import Shape

SAMPLE_NOTICE = "견본 그림 · 실물 사진이 아님 (drawn sample, not the object)"


class File(msgspec.Struct, frozen=True):
    """One original: its member name in the shard, what it is, and its measures (pixels, seconds, bytes)."""

    name: str
    asset: str
    role: str
    media_type: str
    width: int
    height: int
    seconds: float
    bytes: int
    sha256: str
    alt: tuple[Text, ...]


class Party(msgspec.Struct, frozen=True):
    """An institution as a row names it; `invented` ones exist in samples only."""

    id: str
    name_ko: str
    name_en: str
    invented: bool


class RowUse(msgspec.Struct, frozen=True):
    """The answer for one use, the rule that gave it, and the duties that it carries."""

    answer: str
    rule: str
    duties: tuple[str, ...]


class Rights(msgspec.Struct, frozen=True):
    """The evidence of clearance: mark, answers, why, on what ground, by whom and when.

    `decision` is the whole decision with its inputs as canonical JSON, from which it can be recomputed;
    `cleared_in` lists ISO 3166 countries. `text_cleared` tells whether descriptive texts are in the row.
    """

    mark: str
    mark_ko: str
    mark_en: str
    mark_uri: str
    spdx: str
    table_version: str
    decided_by: str
    decided_at: str
    view: RowUse
    reuse: RowUse
    train: RowUse
    why_ko: str
    why_en: str
    basis_ko: str
    basis_en: str
    cleared_in: tuple[str, ...]
    text_cleared: bool
    decision: str


class Row(msgspec.Struct, frozen=True):
    """One cleared work with its description, its rights and its files; `item_digest` names the described state."""

    id: str
    url: str
    sample: bool
    notice: str
    caption: str
    credit: str
    title: str
    title_hanja: str
    title_romanised: str
    title_english: str
    titles: tuple[Title, ...]
    type: str
    makers: tuple[Agent, ...]
    dates: tuple[Date, ...]
    places: tuple[Place, ...]
    subjects: tuple[Text, ...]
    notes: tuple[Note, ...]
    languages: tuple[str, ...]
    extents: tuple[Text, ...]
    holder: Party
    provider: Party
    source: str
    identifier: str
    item_digest: str
    rights: Rights
    files: tuple[File, ...]

    @property
    def bytes(self) -> int:
        """The size of all its originals."""
        return sum(file.bytes for file in self.files)


_ROW = Shape(Row)


class Refusal(msgspec.Struct, frozen=True):
    """A work that was looked at and left out: why, by which rule; never any of its content."""

    id: str
    reason: str
    rule: str


def plain(value: Any) -> Any:
    """Turn values into plain data with every field there, defaults too, so that all rows have one shape."""
    if isinstance(value, msgspec.Struct):
        return {name: plain(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    return value


def encode(row: Row | Refusal) -> bytes:
    """Write a row as the canonical JSON that is frozen and shipped."""
    return canonical(plain(row))


def decode(body: bytes) -> Row:
    """Read a frozen or shipped row; msgspec.DecodeError where it is none."""
    return _ROW.read(body)


def digest_of(body: bytes) -> str:
    """Give the SHA-256 of a shipped row."""
    return hashlib.sha256(body).hexdigest()


def plan_digest(terms: Terms, chosen: bytes, refused: bytes) -> str:
    """Give the digest of a plan: of its terms and the SHA-256 of its chosen and of its refused lines."""
    return hashlib.sha256(canonical(terms) + chosen + refused).hexdigest()
