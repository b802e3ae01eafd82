"""Structured values of qualified Dublin Core: periods, points and boxes as `name=…; start=…; end=…`.

DCMI Period, Point and Box encoding schemes, https://www.dublincore.org/specifications/dublin-core/dcmi-dcsv/
"""

from __future__ import annotations

import re

import msgspec

from harvest.crosswalks import fields, languages
from harvest.crosswalks.reader import Node
from repository.item import Date, Place, Text

_PART = re.compile(r"\s*(?P<name>[A-Za-z]+)\s*=\s*(?P<value>(?:\\.|[^;\\])*?)\s*(?:;|\Z)")
_WORDS = """
start end name scheme east north elevation units zunits projection northlimit southlimit eastlimit westlimit uplimit
downlimit
"""
_NAMES = frozenset(_WORDS.split())
_SCHEMES = frozenset({"", "w3c-dtf", "w3cdtf", "iso8601", "edtf"})


def parts(value: str) -> dict[str, str]:
    """Part a structured value into its named parts; empty where a value is none."""
    if "=" not in value:
        return {}
    found = list(_PART.finditer(value))
    whole = "".join(part[0] for part in found) == value
    names = [part["name"].lower() for part in found]
    if not whole or not _NAMES.issuperset(names):
        return {}
    return {name: re.sub(r"\\(.)", r"\1", part["value"]) for name, part in zip(names, found, strict=True)}


def period(value: str, node: Node) -> Date | None:
    """Read a period: its ends where they are dates, else its name; the text stays as it was written."""
    said = parts(value)
    if not said.keys() & {"start", "end", "name"} or said.get("scheme", "").lower() not in _SCHEMES:
        return None
    start, end = said.get("start", ""), said.get("end", "")
    span = start if start == end else f"{start or '..'}/{end or '..'}"
    meant = span or said.get("name", "")
    if not meant:
        return None
    read = fields.date(meant, "depicted", node)
    return msgspec.structs.replace(read, text=value)


def place(value: str, node: Node) -> Place | None:
    """Read a point in degrees or the name of a box; the limits of a box are of no one place and are reported."""
    said = parts(value)
    if not said or said.keys() & {"start", "end"}:
        return None
    name = said.get("name", "")
    names = (Text(name, languages.tag(node.lang(), name)),) if name else ()
    degrees = not said.get("units") or "dec" in said["units"].lower()
    pair = fields.coordinates(f"{said.get('north', '')}, {said.get('east', '')}") if degrees else None
    if pair is None and said.keys() - {"name"}:
        node.note("field_not_consumed", value)
    return Place(names, *pair) if pair else Place(names) if names else None
