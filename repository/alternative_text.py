"""What counts as words for a picture, and whose words stand where several have written.

A title alone is no alternative text, nor is the name or number of a file: who cannot see the picture hears those
anyway. Of what several have written in one language a person's words stand before the institution's, and both
before a machine's.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterable, Sequence
from urllib.parse import unquote, urlsplit

import msgspec

from repository.asset import INSTITUTION, LACKING, MACHINE, PERSON, Asset, Role, Words
from repository.item import Text, language_tag

LONGEST = 500  # characters of an alternative text; what is longer is a long description
LONGEST_DESCRIPTION = 20_000  # characters
DESCRIBED = frozenset({Role.PAGE, Role.VIEW, Role.FILM, Role.SOUND})  # what one looks at or listens to
_RANKS = {PERSON: 0, INSTITUTION: 1, MACHINE: 2}
_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff]")
# What tells only that there is a picture, where it stands, or that it is a sample; folded.
_EMPTY = re.compile(
    r"견본그림|실물사진이아님|가상기관|drawnsample|nottheobject|제목없음|untitled"
    r"|그림|사진|이미지|영상|소리|동영상|파일|페이지|쪽|면|장|번|표지|앞면|뒷면"
    r"|image|picture|photograph|photo|video|audio|film|file|page|cover|img|dsc|scan|no|of|the|\d"
)
_FEWEST = 2  # characters beside all that


class Said(msgspec.Struct, frozen=True):
    """What an institution says of one file: alternative texts and long descriptions that count as such."""

    alt: tuple[Text, ...] = ()
    description: tuple[Text, ...] = ()


def _folded(text: str) -> str:
    """Reduce a text to its letters and digits, so that spacing, case and punctuation make no difference."""
    return "".join(one for one in unicodedata.normalize("NFKC", text).casefold() if one.isalnum())


def says_more(text: str, titles: Iterable[str], label: str = "", url: str = "") -> bool:
    """Tell whether a text says anything beside titles, label, file name, number and that there is a picture."""
    rest = _folded(text)
    name = posixpath.basename(unquote(urlsplit(url).path))
    known = {_folded(one) for one in (*titles, label, name, posixpath.splitext(name)[0])}
    for one in sorted(known - {""}, key=len, reverse=True):
        rest = rest.replace(one, "")
    return len(_EMPTY.sub("", rest)) >= _FEWEST


def of_institution(
    alt: Iterable[Text], description: Iterable[Text], titles: Sequence[str], label: str, url: str
) -> Said:
    """Sort what a record says of a file: an alternative text that is too long is a long description."""
    counting = [text for text in alt if says_more(text.value, titles, label, url)]
    long = [text for text in counting if len(text.value) > LONGEST]
    told = (text for text in description if says_more(text.value, titles, label, url))
    short = [text for text in counting if len(text.value) <= LONGEST]
    return Said(tuple(dict.fromkeys(short)), tuple(dict.fromkeys((*told, *long))))


def language_of(text: Text) -> str:
    """Give the primary language by which texts stand for each other; without one it is told by the script."""
    said = language_tag(text.lang).partition("-")[0].lower()
    return said or ("ko" if _HANGUL.search(text.value) else "")


def in_force(sent: Iterable[Text], own: Iterable[Words]) -> tuple[Words, ...]:
    """Choose whose words stand in each language: the institution's texts and those written here."""
    texts = [*(Words(text.value, text.lang) for text in sent), *own]
    best: dict[str, str] = {}
    for text in sorted(texts, key=_rank):
        best.setdefault(language_of(text), text.origin)
    kept = (text for text in texts if best[language_of(text)] == text.origin)
    return tuple(sorted(dict.fromkeys(kept), key=_rank))


def _rank(text: Words) -> int:
    return _RANKS[text.origin]


def origin_of(role: Role, alt: Sequence[Words]) -> str:
    """Say who wrote the best alternative text of a live item's file, or that it is lacking; see `Asset`."""
    if role not in DESCRIBED:
        return ""
    return min(alt, key=_rank).origin if alt else LACKING


def told(asset: Asset, all_told: bool) -> Asset:
    """Give a file as it may be described: without the institution's words where its texts are closed."""
    if all_told:
        return asset
    alt, description = (
        tuple(text for text in texts if text.origin != INSTITUTION)
        for texts in (asset.alt, asset.description)
    )
    return msgspec.structs.replace(asset, alt=alt, description=description)
