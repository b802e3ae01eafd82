"""What a thing is about: fields 600 to 655 of MARC, with their subdivisions after two dashes.

https://www.loc.gov/marc/bibliographic/bd6xx.html
"""

from __future__ import annotations

import re
from typing import NamedTuple

from harvest.crosswalks import fields, media, types
from harvest.crosswalks.marc_names import lang_of
from harvest.crosswalks.marc_reader import MarcNode, Record, joined
from repository.item import Date, Place, Text

_NAMED = ("600", "610", "611", "630", "647")
_TOPICS = ("650", "654")
_SUBDIVISIONS = "vxyz"
_DEGREES = re.compile(r"(?P<hour>[ewnsEWNS+-]?)(?:(?P<decimal>\d{1,3}\.\d+)|(?P<whole>\d{7}))")


class Subjects(NamedTuple):
    """What the fields of subjects say."""

    topics: tuple[Text, ...]
    places: tuple[Place, ...]
    dates: tuple[Date, ...]
    genres: tuple[str, ...]


def read(record: Record) -> Subjects:
    """Read all fields of subjects; a genre that names none of our types is a subject too."""
    topics = [_subject(node, "abcdfglnpqt", ", ") for node in record.nodes(*_NAMED)]
    topics += [_subject(node, "abc", " ") for node in record.nodes(*_TOPICS)]
    placed = record.nodes("651")
    places = [_point(node) for node in record.nodes("034")] + [_place(node) for node in placed]
    topics += [text for node in placed if (text := _divided(node))]
    dates = [
        fields.date(part.bare(), "depicted", part) for node in record.nodes("648") for part in node.take("a")
    ]
    topics += [value for node in record.nodes("653") for value in _listed(node)]
    genres = [_subject(node, "a", " ") for node in record.nodes("655")]
    topics += [word for word in genres if word and types.is_strange(word)]
    texts = (Text(value, lang_of(value, "")) for value in topics if value)
    return Subjects(
        tuple(dict.fromkeys(texts)),
        tuple(dict.fromkeys(filter(None, places))),
        tuple(dict.fromkeys(dates)),
        tuple(filter(None, genres)),
    )


def _subject(node: MarcNode, codes: str, mark: str) -> str:
    """Read one heading with its subdivisions; roles and sources are passed over."""
    heading = joined(node.of(codes), mark)
    found = joined([heading, *node.of(_SUBDIVISIONS)], "--")
    for part in node.take("e", "4"):
        part.skip()
    node.end()
    return found


def _place(node: MarcNode) -> Place | None:
    name = joined(node.of("a"))
    uris = [media.address(part.value()) for part in node.take("0", "1")]
    node.end()
    return fields.place(Text(name, lang_of(name, "")), next(filter(None, uris), ""))


def _point(node: MarcNode) -> Place | None:
    """Read the coordinates of a point; those of a frame around a map are of no one place and are reported."""
    west, east, north, south = (_degrees(node.first(code)) for code in "defg")
    if west is None or north is None or west != east or north != south:
        return None
    node.without("abdefg")
    node.end()
    return Place((), north, west)


def _degrees(written: str) -> float | None:
    """Read e0193000 (degrees, minutes, seconds), E126.978 or -37.5."""
    found = _DEGREES.fullmatch(written)
    if not found:
        return None
    hour = found["hour"].upper()
    value = float(found["decimal"]) if found["decimal"] else _sexagesimal(found["whole"])
    return -value if hour in ("W", "S", "-") else value


def _sexagesimal(digits: str) -> float:
    return int(digits[:3]) + int(digits[3:5]) / 60 + int(digits[5:7]) / 3600


def _divided(node: MarcNode) -> str:
    """Read the subdivisions of a place, which make a subject of it."""
    parts = node.of(_SUBDIVISIONS)
    return joined([node.first("a").strip(" .,"), *parts], "--") if parts else ""


def _listed(node: MarcNode) -> list[str]:
    """Read terms of no vocabulary, each a subject of its own."""
    found = node.of("a")
    node.end()
    return found
