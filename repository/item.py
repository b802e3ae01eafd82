"""The description of one thing, from draft to item: frozen values that every layer speaks in.

Fields with their default are left out of the JSON, so that a field added later moves no digest.
"""

from __future__ import annotations

import hashlib
import re
from decimal import Decimal
from typing import Any

import msgspec

TYPES = (
    "book",
    "manuscript",
    "map",
    "painting",
    "print",
    "photograph",
    "document",
    "object",
    "newspaper",
    "video",
    "sound",
    "music",
    "unknown",
)
_UNLIKE = re.compile(rb"\.0(?:[,\]}]|\Z)|[0-9]e-[1-6](?![0-9])")  # rare and quick; a text may match by chance
_NUMBER_OR_TEXT = re.compile(rb'"(?:[^"\\]|\\.)*"|(-?[0-9]+)\.0(?=[,\]}]|\Z)|(-?[0-9.]+e-[1-6])(?![0-9])')


class _Value(msgspec.Struct, frozen=True, omit_defaults=True):
    """Base of all values here: immutable, hashable, defaults left out of the JSON."""


class Text(_Value, frozen=True):
    """A text and its language as a BCP 47 tag (`ko`, `ko-Hani`, `ko-Latn`, `en`); an empty tag means unknown."""

    value: str
    lang: str = ""


class Title(_Value, frozen=True):
    """One title; `kind` is main, alternative, supplied (by a cataloguer), translated or transliterated."""

    value: str
    lang: str = ""
    kind: str = "main"


class Agent(_Value, frozen=True):
    """A maker or contributor under all names given; `role` is a MARC relator code, years are astronomical.

    `kind` is person, body or unknown. `dates` keeps the words of the source; `born` and `died` are what was
    surely read from them, and `died_by` the latest possible year where only a bound is known.
    """

    names: tuple[Text, ...]
    role: str = "cre"
    kind: str = "unknown"
    dates: str = ""
    born: int | None = None
    died: int | None = None
    died_by: int | None = None
    uris: tuple[str, ...] = ()


class Date(_Value, frozen=True):
    """A date as written, and what was read from it.

    `edtf` is an ISO 8601-2 (EDTF) expression or empty; `earliest` and `latest` are years (astronomical),
    both None where nothing could be read; `calendar` names how it was written; `confidence` is exact,
    approximate, inferred or unknown. `role` is created, issued, copyrighted, depicted or other.
    """

    text: str
    edtf: str = ""
    earliest: int | None = None
    latest: int | None = None
    calendar: str = ""
    confidence: str = "unknown"
    role: str = "created"


class Place(_Value, frozen=True):
    """A place under all names given, with coordinates in degrees where the source gives them."""

    names: tuple[Text, ...]
    latitude: float | None = None
    longitude: float | None = None
    uris: tuple[str, ...] = ()


class Note(_Value, frozen=True):
    """A text about the thing: `kind` is abstract, note, contents, inscription, provenance or physical."""

    value: str
    lang: str = ""
    kind: str = "abstract"


class Claim(_Value, frozen=True):
    """What a record says of rights, as written.

    `layer` is work, reproduction (the photograph or scan) or text (the description itself); `field` is where
    the words stood; `uri` is the address beside the words, where there was one.
    """

    value: str = ""
    uri: str = ""
    layer: str = "work"
    field: str = ""


class Description(_Value, frozen=True):
    """All that describes one thing, whatever format it came in."""

    titles: tuple[Title, ...] = ()
    type: str = "unknown"
    agents: tuple[Agent, ...] = ()
    dates: tuple[Date, ...] = ()
    places: tuple[Place, ...] = ()
    subjects: tuple[Text, ...] = ()
    notes: tuple[Note, ...] = ()
    languages: tuple[str, ...] = ()
    extents: tuple[Text, ...] = ()
    identifiers: tuple[str, ...] = ()
    relations: tuple[Text, ...] = ()
    holder: tuple[Text, ...] = ()
    shown_at: str = ""
    claims: tuple[Claim, ...] = ()


class Caption(_Value, frozen=True):
    """A text track of a film: the address of its WebVTT file and its language."""

    url: str
    lang: str


class MediaRef(_Value, frozen=True):
    """A digital file that a record names; `key` is the source's own name of it and never its ordinal.

    `role` is page, view, film, sound, document or poster. `alt` is the alternative text the source gives, and
    `description` the long description, each in as many languages as it has.
    """

    key: str
    url: str
    role: str = "view"
    label: Text = Text("")
    alt: tuple[Text, ...] = ()
    captions: tuple[Caption, ...] = ()
    claims: tuple[Claim, ...] = ()
    description: tuple[Text, ...] = ()


class ItemDraft(_Value, frozen=True):
    """What a crosswalk made of one record: the description, its files in order, and what was found wrong."""

    description: Description
    media: tuple[MediaRef, ...] = ()
    problems: tuple[Any, ...] = ()


class Item(_Value, frozen=True):
    """One thing as we describe it: identity, holder and provider (institution ids), and its description.

    `holder` may be empty where the named holder is not registered; its name then stands in the description.
    """

    id: str
    source: str
    local_id: str
    provider: str
    holder: str
    description: Description

    @property
    def title(self) -> str:
        """The first title, which every item has."""
        return self.description.titles[0].value


def language_tag(lang: str) -> str:
    """Keep a language tag only where it is well formed (BCP 47 §2.1), so that it can stand in RDF and IIIF."""
    first, *others = lang.split("-")
    good = first.isalpha() and 2 <= len(first) <= 8 and all(1 <= len(part) <= 8 for part in others)
    return lang if good and lang.isascii() and lang.replace("-", "").isalnum() else ""


def canonical(value: Any) -> bytes:
    """Encode a value as RFC 8785 canonical JSON; our keys are ASCII, our numbers smaller than 10^16."""
    encoded = msgspec.json.encode(value, order="sorted")
    return _NUMBER_OR_TEXT.sub(_as_number, encoded) if _UNLIKE.search(encoded) else encoded


def _as_number(found: re.Match[bytes]) -> bytes:
    """Write 37.0 as 37, -0.0 as 0 and 2e-6 as 0.000002, as RFC 8785 wants them; texts stay as they are."""
    if small := found[2]:
        return format(Decimal(small.decode()), "f").encode()
    return found[0] if found[1] is None else b"0" if found[1] == b"-0" else found[1]


def digest(value: Any) -> str:
    """Give the SHA-256, in hexadecimal, of a value's canonical JSON."""
    return hashlib.sha256(canonical(value)).hexdigest()
