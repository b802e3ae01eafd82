"""The `originInfo` element of MODS: when, where and by whom the thing came about.

https://www.loc.gov/standards/mods/userguide/origininfo.html
"""

from __future__ import annotations

import re

import msgspec

from harvest.crosswalks import fields, media
from harvest.crosswalks.reader import Node
from repository.item import Agent, Date, Note, Place, Text

_ROLES = {
    "dateCreated": "created",
    "dateIssued": "issued",
    "copyrightDate": "copyrighted",
    "displayDate": "created",
    "dateCaptured": "other",
    "dateValid": "other",
    "dateModified": "other",
    "dateOther": "other",
}
_MACHINE = frozenset({"w3cdtf", "iso8601", "marc", "edtf", "temper"})
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)?\Z")
_MARKS = {"approximate": "~", "questionable": "?"}


def dates(origins: list[Node]) -> tuple[Date, ...]:
    """Read the dates of every role; start and end are one interval."""
    return tuple(
        dict.fromkeys(one for origin in origins for name in _ROLES for one in _dates_of(origin, name))
    )


def _dates_of(origin: Node, name: str) -> list[Date]:
    """Read the dates of one element name in one originInfo."""
    written: list[tuple[Node, str]] = []
    exact: list[tuple[Node, str]] = []
    ends: dict[str, tuple[Node, str]] = {}
    qualifiers = set()
    for node in origin.take(name):
        text = node.value()
        qualifiers.add(node.get("qualifier"))
        machine = node.get("encoding") in _MACHINE
        if text and node.get("point") in ("start", "end"):
            ends.setdefault(node.get("point"), (node, _edtf(node, text)))
        elif text:
            (exact if machine else written).append((node, _edtf(node, text) if machine else text))
    if ends:
        exact.insert(0, _interval(ends))
    role = "issued" if name == "displayDate" and origin.get("eventType") == "publication" else _ROLES[name]
    return [_qualified(one, qualifiers) for one in fields.dated(written, _unrepeated(exact), role)]


def _interval(ends: dict[str, tuple[Node, str]]) -> tuple[Node, str]:
    """Join start and end; equal ends are one date, a missing or endless end is open."""
    node = next(iter(ends.values()))[0]
    start, end = (ends[point][1] if point in ends else ".." for point in ("start", "end"))
    end = ".." if end == "9999" else end
    return node, start if start == end else f"{start}/{end}"


def _unrepeated(exact: list[tuple[Node, str]]) -> list[tuple[Node, str]]:
    """Drop a machine date that repeats another, or an end of an interval."""
    kept: list[tuple[Node, str]] = []
    for node, text in exact:
        if not any(text == other or text in other.split("/") for _, other in kept):
            kept.append((node, text))
    return kept


def _edtf(node: Node, text: str) -> str:
    """Write a machine date as EDTF: MARC's unknown digits, compact ISO 8601, and the qualifier as a mark."""
    encoding = node.get("encoding")
    if encoding == "marc":
        text = text.replace("u", "X")
    compact = _COMPACT.match(text) if encoding in ("iso8601", "marc", "temper") else None
    if compact and (compact[3] or compact[2] <= "12"):
        text = "-".join(filter(None, compact.groups()))
    mark = _MARKS.get(node.get("qualifier"), "")
    return text if not mark or text[-1] in "~?%" else text + mark


def _qualified(date: Date, qualifiers: set[str]) -> Date:
    """Lower the confidence of a date that the source itself calls inferred or approximate."""
    said = next((word for word in ("inferred", "approximate") if word in qualifiers), "")
    if not said or date.earliest is None:
        return date
    return msgspec.structs.replace(date, confidence=said)


def places(origins: list[Node]) -> tuple[Place, ...]:
    """Read the places of making and publishing; codes of countries are passed over."""
    found = []
    for term in (
        term for origin in origins for place in origin.take("place") for term in place.take("placeTerm")
    ):
        if term.get("type") == "code":
            term.skip()
            continue
        text = term.text()
        bare = Text(text.value.rstrip(" :;,"), text.lang)
        found.append(fields.place(bare, media.address(term.get("valueURI"))))
    return tuple(dict.fromkeys(filter(None, found)))


def publishers(origins: list[Node]) -> tuple[Agent, ...]:
    """Read the publishers."""
    nodes = [node for origin in origins for node in origin.take("publisher")]
    return tuple(dict.fromkeys(agent for node in nodes for agent in fields.agents(node, "pbl")))


def editions(origins: list[Node]) -> tuple[Note, ...]:
    """Read statements of edition, as notes; how often a thing appears is passed over."""
    for node in (node for origin in origins for node in origin.take("issuance", "frequency")):
        node.skip()
    nodes = [node for origin in origins for node in origin.take("edition")]
    return tuple(note for note in (fields.note(node, "note") for node in nodes) if note.value)
