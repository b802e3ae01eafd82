"""The events of LIDO: how a thing came about and what befell it.

Makers, dates and places of production, creation, design and publication are those of the thing. Other events
(finding, acquisition, exhibition …) are told in a note each, so that a finder is not taken for a maker.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import NamedTuple

import msgspec

from harvest.crosswalks import fields
from harvest.crosswalks.lido_actors import actors, places
from harvest.crosswalks.lido_reader import appellations, descriptions, down, said, terms, texts
from harvest.crosswalks.reader import RDF, Node
from repository.item import Agent, Date, Note, Place, Text

_TYPES = {
    "created": "lido00007, lido00012, lido00224, production, creation, design, designing, making, manufacture, "
    "herstellung, erschaffung, entwurf, fertigung, valmistus, luominen, suunnittelu, "
    "생산, 제작, 창작, 조성, 촬영, 작성, 편찬",
    "issued": "lido00228, publication, publishing, printing, veröffentlichung, julkaisu, 발행, 간행, 출판, 인쇄",
    "provenance": "lido00001, acquisition, finding, excavation, collecting, provenance, loss, "
    "erwerb, fund, sammlung, 수집, 입수, 발굴, 출토, 기증, 구입, 소장",
}
_PURPOSES = {purpose: frozenset(words.split(", ")) for purpose, words in _TYPES.items()}
_SILENT = ("eventID", "roleInEvent", "relatedEventSet", "thingPresent")


class Events(NamedTuple):
    """What events say of a thing."""

    agents: tuple[Agent, ...] = ()
    dates: tuple[Date, ...] = ()
    places: tuple[Place, ...] = ()
    notes: tuple[Note, ...] = ()


def read(wraps: Iterable[Node]) -> Events:
    """Read all events."""
    found = [_read_set(each) for each in down(wraps, "eventSet")]
    return Events(*(tuple(dict.fromkeys(chain.from_iterable(part))) for part in zip(*found, strict=True)))


def _read_set(node: Node) -> Events:
    """Read an event; one shown only in words is a note."""
    shown = list(texts(node.take("displayEvent")))
    structured = node.take("event")
    if structured:
        return _event(structured[0], shown)
    return Events(notes=tuple(Note(one.value, one.lang, "note") for one in shown[:1]))


def _event(node: Node, shown: list[Text]) -> Events:
    """Read one event by what it did to the thing."""
    names = terms(node.take("eventType"))
    purpose = _purpose(node, names)
    notes: list[Note] = []
    makers = actors([node], "pbl" if purpose == "issued" else "cre", notes)
    when = _dates(node, purpose if purpose in ("created", "issued") else "other")
    where = places(node.take("eventPlace"))
    notes += _materials(node)
    notes += [Note(one.value, one.lang, "note") for one in descriptions(node.take("eventDescriptionSet"))]
    notes += [Note(one.value, one.lang, "note") for one in terms(node.take("culture"))]
    titles = appellations(node.take("eventName"))
    for part in (part for name in _SILENT for part in node.take(name)):
        part.skip()
    if purpose in ("created", "issued"):
        return Events(tuple(makers), tuple(when), tuple(where), tuple(notes))
    told = shown[:1] or _told([*names[:1], *titles[:1]], makers, when, where)
    return Events(notes=(*(Note(one.value, one.lang, purpose) for one in told), *notes))


def _purpose(node: Node, names: list[Text]) -> str:
    """Tell by its type what an event is of: the making, the issue, the provenance, or something else."""
    ids = (child.text or "" for child in node.element.iterfind("{*}eventType/{*}conceptID"))
    about = (child.get(f"{RDF}about", "") for child in node.element.iterfind("{*}eventType/{*}Concept"))
    words = {one.strip().lower().rpartition("/")[2] for one in (*ids, *about)}
    words |= {word for name in names for word in (name.value.lower(), *name.value.lower().split())}
    return next((purpose for purpose, known in _PURPOSES.items() if words & known), "note")


def _told(names: list[Text], makers: list[Agent], when: list[Date], where: list[Place]) -> list[Text]:
    """Tell an event in one line: what, who, when, where."""
    parts = [agent.names[0].value for agent in makers] + [date.text for date in when]
    parts += [place.names[0].value for place in where if place.names]
    lang = names[0].lang if names else ""
    line = ": ".join(filter(None, [", ".join(name.value for name in names), ", ".join(parts)]))
    return [Text(line, lang)] if parts else []


def _dates(node: Node, role: str) -> list[Date]:
    """Read when: the words, and the years that they are said to mean; a named period where there is nothing else."""
    found = [date for each in node.take("eventDate") for date in _date(each, role)]
    named = terms(node.take("periodName"))
    return found or [fields.date(one.value, role, node) for one in named]


def _date(node: Node, role: str) -> list[Date]:
    shown = [(each, text.value) for each in node.take("displayDate") for text in texts([each])][:1]
    exact = [(each, text) for each in node.take("date") if (text := interval(each))]
    found = fields.dated(shown, exact[:1], role)
    about = fields.quiet_date(shown[0][1], role) if shown else None
    if about and found[0].confidence == "exact" and about.confidence in ("approximate", "inferred"):
        found[0] = msgspec.structs.replace(found[0], confidence=about.confidence)
    return found


def interval(node: Node) -> str:
    """Write the earliest and the latest date as one EDTF expression."""
    ends = [_end(node, name) for name in ("earliestDate", "latestDate")]
    if not any(ends):
        return ""
    return ends[0] if ends[0] == ends[1] else f"{ends[0] or '..'}/{ends[1] or '..'}"


def _end(node: Node, name: str) -> str:
    found = next(iter(node.take(name)), None)
    if found is None or not (value := found.value()):
        return ""
    sign, digits = ("-", value[1:]) if value.startswith("-") else ("", value)
    year, dash, rest = digits.partition("-")
    written = f"{sign}{year.zfill(4)}{dash}{rest}" if year.isdigit() else value
    estimated = "estimated" in said(found, "type").lower()
    return f"{written}~" if estimated and written[-1:].isdigit() else written


def _materials(node: Node) -> list[Note]:
    """Read materials, techniques and methods."""
    found = materials(node.take("eventMaterialsTech"))
    methods = [Note(one.value, one.lang, "physical") for one in terms(node.take("eventMethod"))]
    return [*found, *methods]


def materials(sets: Iterable[Node]) -> list[Note]:
    """Read materials and techniques as shown, else their terms."""
    found: list[Text] = []
    for each in sets:
        shown = list(texts(each.take("displayMaterialsTech")))
        named = down(each.take("materialsTech"), "termMaterialsTech")
        structured = terms(named)
        found += shown or structured
    return [Note(one.value, one.lang, "physical") for one in found]
