"""One work of a release as it is shipped: the values, their canonical JSON, and their digest.

The same bytes are frozen in the plan, shipped as a line of JSON, and hashed in the table of works, so a release
can be held against its plan row by row. Texts that are not cleared themselves (notes, alternative texts,
captions) are left out before the row is frozen, and so are never shipped by accident.
"""

from __future__ import annotations

import hashlib
from enum import StrEnum
from typing import Any

import msgspec

from curation.release.evidence import Evidence, RowUse
from curation.release.terms import Terms
from repository.asset import Role, Words
from repository.item import Agent, Date, Note, Place, Text, Title, canonical
from repository.shapes import Shape

SAMPLE_NOTICE = "견본 그림 · 실물 사진이 아님 (drawn sample, not the object)"


class File(msgspec.Struct, frozen=True):
    """One original: its member name in the shard, what it is, and its measures (pixels, seconds, bytes).

    `page` counts a work's files from 1; `of` is the page that a caption belongs to, 0 for all others. `lang`
    is the language of a caption. `alt` and the long `description` are there only where they are cleared
    themselves, each with who wrote it. `evidence` is the file's own decision, where it makes claims.
    """

    name: str
    asset: str
    page: int
    of: int
    role: Role
    lang: str
    media_type: str
    width: int
    height: int
    seconds: float
    bytes: int
    sha256: str
    alt: tuple[Words, ...]
    description: tuple[Words, ...]
    evidence: Evidence | None

    @property
    def is_picture(self) -> bool:
        """Tell whether it is a page or another still picture, which is what "pages" counts."""
        return self.media_type.startswith("image/")

    @property
    def ending(self) -> str:
        """The ending of its name, by which shards are kept apart."""
        return self.name.rpartition(".")[2]


class Party(msgspec.Struct, frozen=True):
    """An institution as a row names it; `invented` ones exist in samples only."""

    id: str
    name_ko: str
    name_en: str
    invented: bool


class Rights(msgspec.Struct, frozen=True):
    """The evidence of clearance: mark, answers, why, on what ground, by whom and when.

    `text` is the answer for training on the descriptive texts, which stand apart from the work; `text_cleared`
    tells whether they are in the row, and `withheld` names those that are not, although the work has them.
    `cleared_in` lists ISO 3166 countries. `evidence` is the whole decision, from which all can be recomputed.
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
    text: RowUse
    why_ko: str
    why_en: str
    basis_ko: str
    basis_en: str
    cleared_in: tuple[str, ...]
    text_cleared: bool
    withheld: tuple[str, ...]
    evidence: Evidence


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
    return value.value if isinstance(value, StrEnum) else value


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
