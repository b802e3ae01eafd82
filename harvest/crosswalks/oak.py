"""What the repositories of Korea say inside Dublin Core beyond Dublin Core (those of OAK, KCI, DSpace in Korean).

- `백현미(전남대학교)` is a maker and, as a note, the body that the maker works for; it is no part of the name.
- An attribute `english` holds the name in other letters, `orc-id` the maker's ORCID iD.
- `[刊寫地未詳] : [刊寫年未詳] [刊寫者未詳]` says that nothing is known of the publisher; the words stay.
- An identifier may be a citation, or a mere answer (`0` citations, `N` for no, a resolver of DOIs without a
  DOI): the one is a note, the other is named in a problem and identifies nothing.
- Entities of HTML that were escaped once too often (`&amp;middot;`) are what they mean.
"""

from __future__ import annotations

import html
import re

import msgspec
from lxml import etree

from harvest.crosswalks import fields, languages
from harvest.crosswalks.reader import Node
from repository.item import Agent, Note, Text, Title
from repository.names import parse_agent

CITATION_LIMIT = 500
MAKERS = frozenset({"creator", "author", "contributor"})
CITATIONS = frozenset({"journalInfo", "conferenceInfo", "citation"})
SERIALS = frozenset({"issn", "eissn", "pissn"})
_COUNTS = frozenset({"citedCnt", "regularity"})
_ANSWER = re.compile(r"[0NY-]|https?://(?:dx\.)?doi\.org/?")
_CITATION = re.compile(r".{2,}?,\s*\d{1,4}\s*\(\d{1,4}\).*\bpp?\.\s?\d")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_UNKNOWN_IMPRINT = re.compile(r"(?:\s*[:;,]?\s*\[[^\[\]]*(?:未詳|미상|不明)\])+\s*\Z")
_IN_BRACKETS = re.compile(r"(?P<name>[^()（）]{2,60}?)\s*[(（](?P<body>.{2,100})[)）]\Z")
_BODY = re.compile(
    r"(?:대학교?|대학원|연구[원소]|센터|학교|병원|박물관|미술관|도서관|기록원|재단|학회|협회|공사|공단|교육청"
    r"|[가-힣]{2}(?<![시연세년])대)(?:[\s(（]|\Z)"
)
_FOREIGN_BODY = re.compile(
    r"\b(?:univ(?:ersity|\.)|college|institute|school|academy|hospital|cent(?:er|re)|museum|library)", re.I
)


def unescape(root: etree._Element) -> None:
    """Put the characters that entities of HTML mean into the texts of a record's fields."""
    for field in root.iter("*"):
        if field.text and "&" in field.text:
            field.text = _ENTITY.sub(_meant, field.text)


def _meant(found: re.Match[str]) -> str:
    """Give the character of a reference where XML allows it, else the reference."""
    meant = html.unescape(found[0])
    allowed = meant == "\xa0" or (meant.isprintable() and meant not in ("", "\ufffd"))
    return meant if allowed else found[0]


def title(node: Node, kind: str) -> Title:
    """Read a title in `title_h`: in Hangul or Hanja; one in Latin letters is of no known language."""
    value = node.value()
    return Title(value, languages.tag("" if value.isascii() else "ko", value), kind)


def agents(node: Node, role: str) -> list[tuple[Agent, str]]:
    """Read the makers named in one field, each with the body that it works for, or nothing."""
    text = node.text()
    names = fields.parts(text.value)
    others = fields.parts(node.get("english"))
    if len(others) != len(names):
        if others:
            node.note("field_not_consumed", f"english: {node.get('english')}")
        others = [""] * len(names)
    orcid = node.get("orc-id") if len(names) == 1 else ""
    return [
        _maker(name, other, orcid, role, text.lang, employed=node.name in MAKERS)
        for name, other in zip(names, others, strict=True)
    ]


def _maker(name: str, other: str, orcid: str, role: str, lang: str, *, employed: bool) -> tuple[Agent, str]:
    if _UNKNOWN_IMPRINT.match(name):
        return Agent((Text(name, lang),), role), ""
    bare, body = parted(name) if employed else (name, "")
    agent = parse_agent(bare, role, lang)
    if other:
        tag = languages.tag("en" if other.isascii() else "ko", other)
        agent = msgspec.structs.replace(agent, names=(*agent.names, Text(other, tag)))
    if orcid:
        agent = msgspec.structs.replace(agent, uris=(f"https://orcid.org/{orcid}",))
    return agent, body


def parted(name: str) -> tuple[str, str]:
    """Part a maker from the body in brackets behind it; what stands there else stays with the name."""
    found = _IN_BRACKETS.match(name) if name.endswith((")", "）")) else None
    if found and (_BODY.search(found["body"]) or _FOREIGN_BODY.search(found["body"])):
        return found["name"], found["body"]
    return name, ""


def employment(name: str, body: str) -> Note:
    """Note for which body a maker works."""
    return Note(f"{name}: {body}", languages.tag("", body), "note")


def serial(number: str) -> Text:
    """Name the serial that a thing appeared in by its number (ISO 3297)."""
    return Text(f"ISSN {number}")


def is_citation(node: Node, value: str) -> bool:
    """Tell whether an identifier is a citation: it says so, or has volume, issue and pages."""
    written = len(value) <= CITATION_LIMIT and _CITATION.match(value) is not None
    return node.get("type") in CITATIONS or written


def is_answer(node: Node, value: str) -> bool:
    """Tell whether an identifier identifies nothing, but counts or answers."""
    return _ANSWER.fullmatch(value) is not None or node.get("type") in _COUNTS
