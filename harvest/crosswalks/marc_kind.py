"""What kind of thing a MARC record describes: its leader, field 008 and the words of its own.

https://www.loc.gov/marc/bibliographic/bdleader.html
"""

from __future__ import annotations

import re
from typing import NamedTuple

from harvest.crosswalks import types
from harvest.crosswalks.marc_reader import Record, unpunctuated
from repository.problems import Problem

_LEADER = re.compile(r"\s*\d{0,5}\s*[acdnp](?P<type>[a-z])(?P<level>[a-z ])")
_OF_TYPE = {
    "c": "music",
    "d": "music",
    "e": "map",
    "f": "map",
    "i": "sound",
    "j": "sound",
    "p": "document",
    "r": "object",
    "t": "manuscript",
}
_OF_VISUAL = {"m": "video", "v": "video", "s": "slide", "r": "object"}
_OF_LEVEL = {"s": "newspaper", "i": "newspaper", "m": "book", "a": "document", "b": "document"}
_UNPUBLISHED = frozenset("dfkprt")
FIXED_LENGTH = 38  # what of 008 is read here; its last two places are often lost


class Fixed(NamedTuple):
    """The codes of a record: type and level of the leader, and field 008."""

    type: str = ""
    level: str = ""
    codes: str = ""

    @property
    def unpublished(self) -> bool:
        """Tell whether the thing was made rather than published: a manuscript, a picture, an object."""
        return self.type in _UNPUBLISHED

    @property
    def language(self) -> str:
        """The code of its language; empty when none is said."""
        code = self.codes[35:38]
        return code if re.fullmatch(r"[a-z]{3}", code) else ""


def read(record: Record) -> Fixed:
    """Read the leader and 008; a field 008 too short to be one is told and not read."""
    found = _LEADER.match(record.fixed("leader"))
    codes = record.fixed("008")
    if codes and len(codes) < FIXED_LENGTH:
        record.node.note("field_not_consumed", f"008: {codes}")
        codes = ""
    return Fixed(found["type"], found["level"].strip(), codes) if found else Fixed(codes=codes)


def kind(
    record: Record, fixed: Fixed, genres: list[str], hints: list[str], roles: list[str]
) -> tuple[str, tuple[Problem, ...]]:
    """Tell the type: the words for its genre first, being finer, then the codes, then other words."""
    nodes = record.nodes("336")
    content = [value for node in nodes for value in node.of("a")]
    for node in nodes:
        node.skip()
    coded = _coded(fixed)
    said = [*genres, *([coded] if coded else [])]
    return types.derive(said, [*hints, *content], roles, "655")


def _coded(fixed: Fixed) -> str:
    """Give a word for the codes; a serial is a newspaper or journal, a part of a book a document."""
    if fixed.type == "a":
        return _OF_LEVEL.get(fixed.level, "text")
    if fixed.type in ("g", "k"):
        return _OF_VISUAL.get(fixed.codes[33:34], "video" if fixed.type == "g" else "image")
    return _OF_TYPE.get(fixed.type, "")


def words_of_form(record: Record, extents: list[str]) -> list[str]:
    """Give the words of extents (1 photograph, 지도 1매) and of carriers that may name a type."""
    return [word for extent in extents for word in map(unpunctuated, extent.split()) if len(word) > 1]
