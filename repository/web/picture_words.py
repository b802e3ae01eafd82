"""Words for pictures on pages: what is said instead of a picture, and the long description, with who wrote each.

Where nobody has written, the page says so in a sentence that is computed from what is known: the kind of thing, its
title, which page it is. That is no alternative text and is never counted or sent out as one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from repository.alternative_text import DESCRIBED, says_more
from repository.asset import INSTITUTION, MACHINE, PERSON, Asset, Role, Words
from repository.item import Description
from repository.web.languages import LANGUAGES, answering_in, current
from repository.web.words import TYPES, date_said, in_language, pick, tag

COMPUTED = "computed"  # the origin of a sentence that nobody wrote
_KINDS = {Role.FILM: "video", Role.SOUND: "sound"}
_SAMPLE = ("견본 그림", "drawn sample")


@dataclass(frozen=True, slots=True)
class Told:
    """A text as a page shows it, and who wrote it, in words; `machine` where no human did."""

    text: Words
    origin: str
    machine: bool


@dataclass(frozen=True, slots=True)
class PictureWords:
    """What the disclosure below a picture says; both empty where nobody has written anything."""

    number: int
    alt: tuple[Told, ...]
    description: tuple[Told, ...]


def alternative(
    asset: Asset, description: Description, invented: bool, place: tuple[int, int] | None = None
) -> Words:
    """Give what is said instead of a file, in the reader's language; `place` is its number and how many there are.

    The alternative text that somebody wrote, else a computed sentence. A drawn sample always says that it is one.
    """
    own = pick(asset.alt, current())
    text = own if isinstance(own, Words) else _computed(asset, description, place, current())
    if not invented or any(word in text.value.casefold() for word in _SAMPLE):
        return text
    sample = _("견본 그림 · 실물 사진이 아님")
    return Words(f"{text.value} ({sample})", text.lang, text.origin, text.model, text.made)


def _computed(asset: Asset, description: Description, place: tuple[int, int] | None, language: str) -> Words:
    """Say what is known without anybody having looked: 사진. 「제목」, 12쪽 가운데 3쪽. 그림 설명이 아직 없음."""
    kind = str(TYPES.get(_KINDS.get(asset.role, description.type), TYPES["unknown"]))
    title = in_language(description.titles, language)[0].value
    named = _("「%(title)s」", title=title)
    if says_more(asset.label, [title]):
        named = f"{named} {asset.label}"
    if place and place[1] > 1:
        number, count = place
        said = _("%(kind)s. %(named)s, %(all)s쪽 가운데 %(n)s쪽. 그림 설명이 아직 없음.", kind=kind, named=named,
                 all=count, n=number)  # fmt: skip
    else:
        said = _("%(kind)s. %(named)s. 그림 설명이 아직 없음.", kind=kind, named=named)
    return Words(said, language, COMPUTED)


def described(asset: Asset, number: int = 1) -> PictureWords:
    """Give what the disclosure of a file says: in the reader's language, else in those that there are."""
    return PictureWords(number, _told(asset.alt), _told(asset.description))


def _told(texts: Sequence[Words]) -> tuple[Told, ...]:
    own = tuple(text for text in texts if tag(text) == current()) or tuple(texts)
    return tuple(Told(text, origin_said(text), text.origin == MACHINE) for text in own)


def origin_said(text: Words) -> str:
    """Say in words who wrote a text; of a machine its name and the day."""
    said = {
        INSTITUTION: _("기관이 쓴 설명"),
        PERSON: _("사람이 쓴 설명"),
        MACHINE: _("기계가 쓴 설명"),
        COMPUTED: _("설명이 아직 없음"),
    }[text.origin]
    day = date_said(text.made, current()) if text.made and text.origin == MACHINE else ""
    return " · ".join(filter(None, (said, text.model, day)))


def for_machines(
    asset: Asset, description: Description, place: tuple[int, int] | None = None
) -> dict[str, list[dict[str, Any]]]:
    """Lay out a file's words for JSON, each with its origin; where nobody wrote, the sentences marked `computed`."""
    computed = _in_both(asset, description, place) if asset.role in DESCRIBED else ()
    alt: Iterable[Words] = asset.alt or computed
    return {
        "alt": [_plain(text) for text in alt],
        "description": [_plain(text) for text in asset.description],
    }


def _in_both(asset: Asset, description: Description, place: tuple[int, int] | None) -> Iterable[Words]:
    for language in LANGUAGES:
        with answering_in(language):
            yield _computed(asset, description, place, language)


def _plain(text: Words) -> dict[str, Any]:
    known = {"value": text.value, "lang": text.lang, "origin": text.origin}
    return known | {name: value for name, value in (("model", text.model), ("made", text.made)) if value}
