"""A search as a feed to follow (Atom, RFC 4287), what changed last first, in pages (RFC 5005 §3)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from lxml import etree

from repository.item import Text
from repository.urls import Urls
from repository.web.badge import badge_of
from repository.web.search_rows import Row
from repository.web.words import in_language, pick, tag

MEDIA_TYPE = "application/atom+xml"
LONGEST_SUMMARY = 400
NEVER = "1970-01-01T00:00:00Z"  # when a feed without entries changed
_ATOM = "{http://www.w3.org/2005/Atom}"
_SPACES: dict[Any, str] = {None: _ATOM.strip("{}")}  # None names the default; the stubs know only names
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says of itself: `links` are relations with addresses and media types."""

    id: str
    title: str
    language: str
    total: int
    links: Sequence[tuple[str, str, str]]


def body(feed: Feed, rows: Iterable[Row], site: Urls) -> bytes:
    """Write a page of a feed; an entry's id is the address that names its item for good."""
    ordered = sorted(rows, key=lambda row: (row.stored.datestamp, row.item.id), reverse=True)
    root = etree.Element(f"{_ATOM}feed", nsmap=_SPACES)
    root.set(_LANG, feed.language)
    _add(root, "id", feed.id)
    _add(root, "title", feed.title)
    _add(root, "subtitle", _("검색에 맞는 자료를 새것부터 알려 줍니다."))
    _add(root, "updated", ordered[0].stored.datestamp if ordered else NEVER)
    for relation, address, kind in feed.links:
        _link(root, relation, address, kind)
    etree.SubElement(root, f"{_ATOM}generator").text = "Korean Memory"
    _add(etree.SubElement(root, f"{_ATOM}author"), "name", _("코리안메모리"))
    for row in ordered:
        _entry(root, row, feed.language, site)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _entry(root: etree._Element, row: Row, language: str, site: Urls) -> None:
    item, described = row.item, row.item.description
    entry = etree.SubElement(root, f"{_ATOM}entry")
    _add(entry, "id", site.item_id(item.id))
    _add(entry, "title", in_language(described.titles, language)[0])
    _add(entry, "updated", row.stored.datestamp)
    _add(entry, "published", row.stored.created)
    _link(entry, "alternate", Urls(site.base, language).item(item.id), "text/html")
    if small := row.thumbnail(site):
        _link(entry, "enclosure", small, "image/jpeg")
    if manifest := row.manifest(site):
        _link(entry, "related", manifest, "application/ld+json")
    for agent in described.agents:
        if agent.names:
            name = pick(agent.names, language) or agent.names[0]
            _add(etree.SubElement(entry, f"{_ATOM}author"), "name", name)
    _add(entry, "rights", badge_of(row.access, language).text)
    _add(entry, "summary", " ".join(_said(row, language))[:LONGEST_SUMMARY])


def _said(row: Row, language: str) -> Iterator[str]:
    """Say when, who holds it, that a sample is one, and what the record tells of it."""
    described = row.item.description
    holder = row.known.get(row.item.holder)
    facts = [date.text for date in described.dates[:1]]
    facts += [holder.name(language)] if holder else []
    facts += [_("견본 그림 · 실물 사진이 아님")] if row.invented else []
    yield " · ".join(facts)
    if note := pick([Text(note.value, note.lang) for note in described.notes], language):
        yield note.value


def _add(parent: etree._Element, name: str, text: Text | str) -> None:
    value = text if isinstance(text, str) else text.value
    own = etree.SubElement(parent, f"{_ATOM}{name}")
    own.text = _NOT_XML.sub("", value)
    if not isinstance(text, str) and (lang := tag(text)) and name not in ("name",):
        own.set(_LANG, lang)


def _link(parent: etree._Element, relation: str, address: str, kind: str) -> None:
    etree.SubElement(parent, f"{_ATOM}link", rel=relation, href=address, type=kind)
