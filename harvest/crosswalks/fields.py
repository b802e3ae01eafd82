"""What crosswalks share: from one field's text to one value of the item, whatever format it stood in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

import msgspec

from harvest.crosswalks import languages
from harvest.crosswalks.reader import Node
from repository import dates
from repository.item import Agent, Claim, Date, Note, Place, Text, Title
from repository.names import parse_agent
from repository.problems import Problem, problem
from repository.rights import labels

DATE_LIMIT = NAME_LIMIT = 200
# What any date has: a digit, or a word in Hangul or Hanja.
_TIMELY = re.compile(r"[\d가-힣\u3400-\u9fff]")
_SPLIT = re.compile(r"\s*[;；]\s*")
_SUPPLIED = re.compile(r"\[[^\[\]]+\]\Z")
_TWO_SCRIPTS = re.compile(
    r"(?P<hangul>[가-힣][가-힣\s·]*?)\s*\((?P<han>[\u2e80-\u2fdf\u3400-\u9fff\uf900-\ufaff\s·]+)\)\Z"
)
_URL = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;)\]]")
_EDTF = re.compile(r"[-\dX]{4,}[~?%]?(?:/(?:\.\.|[-\dX]{4,}[~?%]?)?)?\Z")
_MEDIA_TYPE = re.compile(r"(?:image|video|audio|text|application|model|font)/[\w.+-]+\Z")
_NUMBER = r"([-+]?\d{1,3}(?:\.\d+)?)"
_PAIR = re.compile(rf"\s*{_NUMBER}\s*[,/\s]\s*{_NUMBER}\s*\Z")


def parts(text: str) -> list[str]:
    """Split what a source joined by semicolons."""
    if ";" not in text and "；" not in text:
        return [text] if text else []
    return [part for part in _SPLIT.split(text) if part]


def retitled(texts: Iterable[Text]) -> tuple[Title, ...]:
    """Make titles of plain texts in order: the first is the main one, the others say by their language what they are.

    The same language in Latin letters is a transliteration, another language a translation, else it is
    another title. A title wholly in square brackets was supplied by a cataloguer.
    """
    found: list[Title] = []
    for text in dict.fromkeys(filter(lambda text: text.value, texts)):
        kind = _kind_beside(found[0].lang, text.lang) if found else "main"
        found.append(Title(text.value, text.lang, "supplied" if _SUPPLIED.match(text.value) else kind))
    return tuple(found)


def _kind_beside(first: str, other: str) -> str:
    """Tell what a title is beside the main one, by the two language tags."""
    if not first or not other or first == other:
        return "alternative"
    if first.partition("-")[0] == other.partition("-")[0]:
        return "transliterated" if other.endswith("-Latn") else "alternative"
    literary = {first.partition("-")[0], other.partition("-")[0]} == {"ko", "lzh"}
    return "alternative" if literary else "translated"


def agents(node: Node, role: str) -> list[Agent]:
    """Read the makers named in one field."""
    text = node.text()
    return [parse_agent(part, role, text.lang) for part in parts(text.value)]


def date(text: str, role: str, node: Node) -> Date:
    """Interpret a date as written; problems go to the node's log under its path."""
    read, problems = _interpreted(text, role)
    if problems:
        node.log.extend(_at(node.path, one) for one in problems)
    return read


def quiet_date(text: str, role: str) -> Date | None:
    """Interpret a text that may be a date; None, and no problem, when it is none."""
    if not _TIMELY.search(text):
        return None
    read, _ = _interpreted(text, role)
    return read if read.earliest is not None or read.latest is not None else None


@lru_cache(maxsize=8192)
def _interpreted(text: str, role: str) -> tuple[Date, tuple[Problem, ...]]:
    """Interpret a date, once for the many records that write it alike; long texts are no dates."""
    if len(text) > DATE_LIMIT:
        return Date(text, role=role), (problem("date_unparsed", "", text),)
    return dates.parse(text, role)


def _at(path: str, found: Problem) -> Problem:
    return msgspec.structs.replace(found, field=path)


def is_edtf(text: str) -> bool:
    """Tell whether a date is written for machines (ISO 8601-2, level 0 and what of level 1 is in use)."""
    return _EDTF.match(text) is not None


def dates_of(values: list[tuple[Node, str]], role: str) -> list[Date]:
    """Interpret the dates of one field, of which some may be written for machines."""
    exact = [value for value in values if is_edtf(value[1])]
    return dated([value for value in values if not is_edtf(value[1])], exact, role)


def dated(written: list[tuple[Node, str]], exact: list[tuple[Node, str]], role: str) -> list[Date]:
    """Interpret the dates of one field, those for people and those for machines, which repeat each other.

    A single machine date is taken for the reading of the first written one: the words stay, the reading is
    the machine's. Where the two cannot be the same time both stay, and the problem says so.
    """
    if not written or len(exact) != 1:
        return [date(text, role, node) for node, text in [*written, *exact]]
    node, text = written[0]
    first, problems = _interpreted(text, role)
    machine = date(exact[0][1], role, exact[0][0])
    others = [date(other, role, place) for place, other in written[1:]]
    if machine.earliest is not None and _overlap(first, machine):
        confidence = machine.confidence if machine.confidence != "unknown" else first.confidence
        reading = (machine.edtf, machine.earliest, machine.latest, confidence)
        names = ("edtf", "earliest", "latest", "confidence")
        return [msgspec.structs.replace(first, **dict(zip(names, reading, strict=True))), *others]
    node.log.extend(_at(node.path, one) for one in problems)
    if machine.earliest is not None:
        node.note("date_contradicts", f"{text} ≠ {machine.text}")
    return [first, *others, machine]


def _overlap(one: Date, other: Date) -> bool:
    if one.earliest is None or one.latest is None or other.earliest is None or other.latest is None:
        return True
    return one.earliest <= other.latest and other.earliest <= one.latest


def place(text: Text, uri: str = "") -> Place | None:
    """Read a place: 한성(漢城) has two names; a pair of decimal degrees is a place without a name."""
    if not text.value:
        return None
    uris = (uri,) if uri else ()
    pair = coordinates(text.value)
    if pair:
        return Place((), *pair, uris)
    both = _TWO_SCRIPTS.match(text.value) if len(text.value) < NAME_LIMIT else None
    if both:
        return Place((Text(both["hangul"], "ko"), Text(both["han"].strip(), "ko-Hani")), uris=uris)
    return Place((text,), uris=uris)


def numbers(text: str) -> list[float]:
    """Read the two decimal numbers of a pair; empty where a text is none."""
    found = _PAIR.match(text)
    return [float(found[1]), float(found[2])] if found else []


def coordinates(text: str) -> tuple[float, float] | None:
    """Read latitude and longitude in decimal degrees; 0, 0 means unknown, as sources use it."""
    found = _PAIR.match(text)
    if not found:
        return None
    latitude, longitude = float(found[1]), float(found[2])
    inside = abs(latitude) <= 90 and abs(longitude) <= 180
    return (latitude, longitude) if inside and (latitude or longitude) else None


def claim(value: str, uri: str, field: str, layer: str = "") -> Claim | None:
    """Make a claim of words and an address; `이미지: …` speaks of the reproduction, `해제: …` of the text."""
    if not uri and (found := _URL.search(value)):
        uri = found[0]
        value = "" if uri == value else value
    if not value and not uri:
        return None
    return Claim(value, uri, layer or labels.split(value)[0] or "work", field)


def claim_of(node: Node, layer: str = "") -> Claim | None:
    """Read a claim from one field: its words, and the address it points to."""
    return claim(node.prose(), node.resource(), node.path, layer)


def note(node: Node, kind: str) -> Note:
    """Read a text about the thing."""
    value = node.prose()
    return Note(value, languages.tag(node.lang(), value), kind)


def proses(nodes: Iterable[Node]) -> tuple[Text, ...]:
    """Read texts of several sentences with their languages, those that are there."""
    found = ((node, node.prose()) for node in nodes)
    return tuple(Text(value, languages.tag(node.lang(), value)) for node, value in found if value)


def pointed(node: Node) -> Text:
    """Read a field that holds words or points somewhere."""
    return node.text() if node.element.text else Text(node.resource())


def is_media_type(text: str) -> bool:
    """Tell whether a text is a media type such as image/jpeg (RFC 6838)."""
    return _MEDIA_TYPE.match(text) is not None


def language_of(node: Node) -> list[str]:
    """Read the languages named in one field as BCP 47 tags; an unknown one is a problem."""
    found = []
    for part in parts(node.value()):
        known = languages.of_term(part)
        if known:
            found.append(known)
        elif not languages.says_nothing(part):
            node.note("language_unknown", part)
    return found
