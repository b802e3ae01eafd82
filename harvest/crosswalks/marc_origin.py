"""When, where and by whom a thing came about: fields 260, 264, 245 $f and the dates of 008.

The words of the record are read first; 008 speaks where they say nothing that can be read.
https://www.loc.gov/marc/bibliographic/bd008a.html
"""

from __future__ import annotations

import re
from typing import NamedTuple

import msgspec

from harvest.crosswalks import fields
from harvest.crosswalks.marc_kind import Fixed
from harvest.crosswalks.marc_names import is_latin, lang_of
from harvest.crosswalks.marc_reader import Field, MarcNode, Record, balanced
from repository.item import Agent, Date, Place, Text
from repository.names import parse_agent

_ROLES = {"0": ("created", "cre"), "2": ("other", "dst"), "3": ("other", "mfr"), "4": ("copyrighted", "cph")}
_COPYRIGHT = re.compile(r"(?:,\s*|\s+|\A\[?)(?:[cp]|[©ⓒ℗]\s?|cop\.\s?|copyright\s)(?=\d{4}\b)", re.IGNORECASE)
_NO_PLACE = re.compile(
    r"s\.?\s?l\.?|place of publication not identified"
    r"|(?:발행지|출판지|간행지|刊地|發行地|出版地)?\s*(?:불명|미상|不明|未詳)",
    re.IGNORECASE,
)
_SPANS = frozenset("cdikmu")
_DIGITS = re.compile(r"[\du|]{4}")


class Origin(NamedTuple):
    """What the fields of origin say."""

    dates: tuple[Date, ...]
    places: tuple[Place, ...]
    makers: tuple[Agent, ...]


def read(record: Record, fixed: Fixed, language: str) -> Origin:
    """Read all fields of origin."""
    found = record.fields("260", "264")
    nodes = [node for field in found for node in field.all()]
    places: list[Place | None] = []
    makers: list[Agent] = []
    for field in found:
        role = _ROLES.get(_second(field.node), ("", "pbl"))[1]
        places += [_place(forms, language) for code in "ae" for forms in _in_scripts(field, code)]
        makers += [_maker(forms, role, language) for forms in _in_scripts(field, "b")]
        makers += [_maker(forms, "mfr", language) for forms in _in_scripts(field, "f")]
    dates = _dates(record, nodes, fixed)
    for node in nodes:
        node.end()
    return Origin(dates, tuple(dict.fromkeys(filter(None, places))), tuple(dict.fromkeys(makers)))


def _in_scripts(field: Field, code: str) -> list[tuple[str, ...]]:
    """Read the subfields of a code, each with its forms in other scripts, where all have as many."""
    rows = [row for node in field.all() if (row := node.of(code))]
    if len({len(row) for row in rows}) <= 1:
        return list(zip(*rows, strict=True))
    return [(value,) for row in rows for value in row]


def _second(node: MarcNode) -> str:
    """Give the function of a field 264, which its second indicator says."""
    return (node.element.get("ind2") or "").strip() if node.tag == "264" else ""


def _place(forms: tuple[str, ...], language: str) -> Place | None:
    bare = [value for form in forms if not _NO_PLACE.fullmatch(value := form.strip("[]() ?"))]
    read = (fields.place(Text(value, _lang(value, language))) for value in bare)
    found = tuple(dict.fromkeys(name for place in read if place for name in place.names))
    return Place(found) if found else None


def _maker(forms: tuple[str, ...], role: str, language: str) -> Agent:
    bare = sorted((form.strip("[] ") for form in forms), key=is_latin)
    read = [parse_agent(value, role, _lang(value, language)) for value in bare]
    names = tuple(dict.fromkeys(name for agent in read for name in agent.names))
    return msgspec.structs.replace(read[0], names=names)


def _lang(value: str, language: str) -> str:
    """Give the tag of a name; one in Latin letters may be of any language."""
    return lang_of(value, "" if is_latin(value) else language)


def _dates(record: Record, nodes: list[MarcNode], fixed: Fixed) -> tuple[Date, ...]:
    """Read the dates as written; 008 is read where none of them could be, and held against them."""
    usual = "created" if fixed.unpublished else "issued"
    written: list[Date] = []
    for node in nodes:
        role = _ROLES.get(_second(node), (usual, ""))[0]
        written += [one for part in node.take("c", "g") for one in _written(part, role)]
    # An archive's title holds the dates of what it names.
    titled = [part for node in record.node.see("245") for part in node.take("f")]
    written += [fields.date(part.bare(), "created", part) for part in titled]
    return tuple(dict.fromkeys(_with_coded(written, _coded(record, fixed, usual))))


def _written(part: MarcNode, role: str) -> list[Date]:
    """Read a date as written; a copyright after it is a date of its own: 1990, c1985."""
    value = balanced(part.bare())
    found = _COPYRIGHT.search(value)
    if not found:
        return [fields.date(value, role, part)] if value else []
    first, second = value[: found.start()].strip(" ,"), value[found.end() :].strip(" ,[]")
    others = [fields.date(balanced(first), role, part)] if first.strip("[") else []
    right = fields.date(second, "copyrighted", part)
    return [*others, msgspec.structs.replace(right, text=value[found.start() :].strip(" ,[]"))]


def _with_coded(written: list[Date], coded: Date | None) -> list[Date]:
    """Add the date of 008 unless a written one was read."""
    if coded is None or any(one.earliest is not None or one.latest is not None for one in written):
        return written
    return [*written, coded]


def _coded(record: Record, fixed: Fixed, role: str) -> Date | None:
    """Read the dates of 008 as one EDTF expression."""
    kind, first, last = fixed.codes[6:7], fixed.codes[7:11], fixed.codes[11:15]
    text = _edtf(first)
    if not text:
        return None
    if kind in _SPANS or kind == "q":
        end = ".." if last in ("9999", "uuuu") else _edtf(last)
        text = text if not end or end == text else f"{text}/{end}"
    if kind == "q" and "X" not in text:
        text = "/".join(f"{end}?" for end in text.split("/"))
    return fields.date(text, role, record.node)


def _edtf(digits: str) -> str:
    """Write four places of 008 as EDTF; empty where they say nothing."""
    if not _DIGITS.fullmatch(digits) or digits[:2].strip("u|") == "" or digits == "9999":
        return ""
    return re.sub(r"[u|]", "X", digits)
