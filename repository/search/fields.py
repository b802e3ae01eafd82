"""Prefixes that say where a word is looked for (제목: 작가: 소장: 시대: and their English), and times in words.

A piece is what was typed, in order: `제목:훈민정음 세종` is `훈민정음` in the titles and `세종` anywhere. A prefix
holds for the one word or "phrase" after it; a minus may stand before it. What is no prefix is left as it was.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import NamedTuple

from repository.search.document import FIELDS

PERIOD = "period"
_ALIASES = {
    "titles": ("표제", "서명"),
    "makers": ("작가", "지은이", "저자", "그린이", "author", "artist", "creator"),
    "holders": ("소장", "소장기관", "museum", "library"),
    "places": ("장소", "지역"),
    "notes": ("해설",),
    PERIOD: ("시대", "세기", "century", "period", "era"),
}
PREFIXES = MappingProxyType(
    {field.ko: name for name, field in FIELDS.items()}
    | {field.en: name for name, field in FIELDS.items()}
    | {alias: name for name, aliases in _ALIASES.items() for alias in aliases}
)
_NAMES = "|".join(sorted(map(re.escape, PREFIXES), key=len, reverse=True))
_PIECE = re.compile(rf'(?:(?<!\S)(-?)({_NAMES})[ ]?[:：][ ]?)?(-?"[^"]+"|\S+)', re.IGNORECASE)

# Years by which readers know a time; astronomical, as everywhere (1 BC is 0).
ERAS = MappingProxyType(
    {
        ("고구려", "goguryeo"): (-36, 668),
        ("백제", "baekje"): (-17, 660),
        ("신라", "silla"): (-56, 935),
        ("가야", "gaya"): (42, 562),
        ("삼국", "삼국시대", "threekingdoms"): (-56, 668),
        ("통일신라", "unifiedsilla"): (668, 935),
        ("발해", "balhae"): (698, 926),
        ("고려", "고려시대", "goryeo"): (918, 1392),
        ("조선", "조선시대", "joseon", "choson"): (1392, 1897),
        ("대한제국", "koreanempire"): (1897, 1910),
        ("일제강점기", "일제시대", "japaneserule", "colonial"): (1910, 1945),
        ("대한민국", "republicofkorea"): (1948, 9999),
    }
)
_ERA_YEARS = {name: years for names, years in ERAS.items() for name in names}
_CENTURY = re.compile(r"(기원전|bc)?(\d{1,2})(?:세기|c|st|nd|rd|th)?(?:century|centuries)?(bc)?")


class Piece(NamedTuple):
    """A part of a query: its text with its minus and quotation marks, the field it is for (empty: any), as typed."""

    text: str
    field: str
    typed: str

    @property
    def words(self) -> str:
        """The words alone."""
        return self.text.removeprefix("-").strip('"')


class Period(NamedTuple):
    """A time asked for: a century by its number (`-1` is the first before our era), or first and last year."""

    century: int = 0
    years: tuple[int, int] | None = None


def pieces(text: str) -> tuple[Piece, ...]:
    """Cut a query into pieces; a time that cannot be read is looked for as a word."""
    return tuple(map(_piece, _PIECE.finditer(text)))


def _piece(match: re.Match[str]) -> Piece:
    minus, name, value = match.groups()
    field = PREFIXES.get(name.casefold(), "") if name else ""
    if field == PERIOD and (minus or period(value.strip('"')) is None):
        field = ""
    return Piece((minus or "") + value, field, match[0])


def take(text: str, field: str) -> tuple[str, tuple[Piece, ...]]:
    """Take the pieces for one field out of a query; those with a minus stay."""
    parts = pieces(text)
    taken = tuple(one for one in parts if one.field == field and not one.text.startswith("-"))
    return (" ".join(one.typed for one in parts if one not in taken), taken) if taken else (text, ())


def period(text: str) -> Period | None:
    """Read a time in words: `15세기`, `15th century`, `15`, `기원전 1세기`, `조선`; None where it is none."""
    bare = "".join(text.lower().split())
    if bare in _ERA_YEARS:
        return Period(years=_ERA_YEARS[bare])
    match = _CENTURY.fullmatch(bare)
    if match is None or not (number := int(match[2])):
        return None
    return Period(-number if match[1] or match[3] else number)
