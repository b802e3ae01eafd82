"""Feeds to follow (Atom, RFC 4287): what a feed says of itself, and its entries, as bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from flask_babel import gettext as _
from lxml import etree

from repository.item import Text
from repository.web.words import tag

MEDIA_TYPE = "application/atom+xml"
LONGEST_SUMMARY = 400
NEVER = "1970-01-01T00:00:00Z"  # when a feed without entries changed
_ATOM = "{http://www.w3.org/2005/Atom}"
_SPACES: dict[Any, str] = {None: _ATOM.strip("{}")}  # None names the default; the stubs know only names
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Link(msgspec.Struct, frozen=True):
    """A link: its relation, address and media type."""

    relation: str
    url: str
    media_type: str


class Entry(msgspec.Struct, frozen=True):
    """One entry; `id` is the address that names the thing for good, times are UTC timestamps."""

    id: str
    title: Text
    updated: str
    published: str = ""
    links: tuple[Link, ...] = ()
    authors: tuple[Text, ...] = ()
    rights: str = ""
    summary: str = ""


class Feed(msgspec.Struct, frozen=True):
    """What a feed says of itself."""

    id: str
    title: str
    subtitle: str
    language: str
    links: Sequence[Link]


def write(feed: Feed, entries: Iterable[Entry]) -> bytes:
    """Write a feed with its entries in the order given; it changed when the newest of them did."""
    shown = list(entries)
    root = etree.Element(f"{_ATOM}feed", nsmap=_SPACES)
    root.set(_LANG, feed.language)
    _add(root, "id", feed.id)
    _add(root, "title", feed.title)
    _add(root, "subtitle", feed.subtitle)
    _add(root, "updated", max((entry.updated for entry in shown), default=NEVER))
    for link in feed.links:
        _link(root, link)
    _add(root, "generator", "Korean Memory")
    _add(etree.SubElement(root, f"{_ATOM}author"), "name", _("코리안메모리"))
    for entry in shown:
        _entry(root, entry)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _entry(root: etree._Element, entry: Entry) -> None:
    own = etree.SubElement(root, f"{_ATOM}entry")
    _add(own, "id", entry.id)
    _add(own, "title", entry.title)
    _add(own, "updated", entry.updated)
    if entry.published:
        _add(own, "published", entry.published)
    for link in entry.links:
        _link(own, link)
    for author in entry.authors:
        _add(etree.SubElement(own, f"{_ATOM}author"), "name", author.value)
    if entry.rights:
        _add(own, "rights", entry.rights)
    _add(own, "summary", entry.summary[:LONGEST_SUMMARY])


def _add(parent: etree._Element, name: str, text: Text | str) -> None:
    own = etree.SubElement(parent, f"{_ATOM}{name}")
    own.text = _NOT_XML.sub("", text if isinstance(text, str) else text.value)
    if not isinstance(text, str) and (lang := tag(text)):
        own.set(_LANG, lang)


def _link(parent: etree._Element, link: Link) -> None:
    etree.SubElement(parent, f"{_ATOM}link", rel=link.relation, href=link.url, type=link.media_type)
