"""Sitemaps (sitemaps.org 0.9, with Google's images and languages): an index, and parts that it names.

Items stand in parts by the beginnings of their ids (`repository.listing`); what else there is stands in parts by
name, which an arm adds with `add`. A part is made from what the gate lets be listed at that moment. It is kept,
packed, only while the change feed holds nothing of its items, so what was withdrawn is gone from it at once.
"""

from __future__ import annotations

import gzip
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from types import MappingProxyType

from flask import Blueprint, Flask, Response, current_app, request
from sqlalchemy import Connection

from repository import assets, changes, gate, institutions, items, listing, sets
from repository.asset import Asset, remote_picture
from repository.errors import NotFound
from repository.gate import Access
from repository.urls import Urls
from repository.web import answers, sitemap_xml
from repository.web.about import PAGES
from repository.web.context import memory, site_urls
from repository.web.item_view import STAGE
from repository.web.languages import LANGUAGES
from repository.web.page_head import urls_in
from repository.web.sitemap_xml import Entry

blueprint = Blueprint("sitemaps", __name__)

MOST = 50_000 // len(LANGUAGES)  # entries of a part: each page has an address in each language
_KEPT_PARTS = 64
_FAR_BEHIND = 5_000  # changes after which a kept part is not looked after any more
_LASTMOD_SECONDS = 600.0
_ITEMS = "items"
_KEY = "sitemaps"
Source = Callable[[Connection], Iterable[Entry]]


@dataclass(slots=True)
class _Shelf:
    """The parts that are kept, each packed and with the number of the feed at which it was made."""

    sources: dict[str, Source] = field(default_factory=dict)
    parts: OrderedDict[str, tuple[int, bytes]] = field(default_factory=OrderedDict)
    newest: tuple[float, int, Mapping[str, str]] = (float("-inf"), 0, MappingProxyType({}))
    lock: threading.Lock = field(default_factory=threading.Lock)


def init_app(app: Flask) -> None:
    """Bring the core's own parts: its plain pages, the institutions, the topic collections."""
    app.extensions[_KEY] = _Shelf()
    add(app, "pages", _pages)
    add(app, "institutions", _institutions)
    add(app, "collections", _collections)


def add(app: Flask, name: str, source: Source) -> None:
    """Add a part of at most 25,000 pages; `source` reads what is public at the moment, at every request."""
    app.extensions[_KEY].sources[name] = source


def _shelf() -> _Shelf:
    shelf: _Shelf = current_app.extensions[_KEY]
    return shelf


# ---- doors


@blueprint.get("/sitemap.xml")
def index() -> Response:
    """Name all parts; those of items with the time at which one of them changed last."""
    with memory().database.read() as conn:
        length = listing.depth(conn)
        newest = _newest(conn, length)
    site = site_urls()
    named = [(name, "") for name in _shelf().sources]
    named += [(_named(part), newest.get(part, "")) for part in listing.parts(length)]
    return _answer(sitemap_xml.index((site.sitemap_part(name), at) for name, at in named))


@blueprint.get("/sitemaps/<name>.xml")
def part(name: str) -> Response:
    """Give one part."""
    with memory().database.read() as conn:
        if source := _shelf().sources.get(name):
            return _answer(_packed(source(conn)))
        beginning = _beginning(conn, name)
        return _answer(_kept(conn, beginning))


def _named(beginning: str) -> str:
    return f"{_ITEMS}-{beginning}" if beginning else _ITEMS


def _beginning(conn: Connection, name: str) -> str:
    """Read the name of a part of items. Raises NotFound for one that the index does not name now."""
    beginning = name.removeprefix(_ITEMS).removeprefix("-")
    if _named(beginning) != name or beginning not in listing.parts(listing.depth(conn)):
        raise NotFound("sitemap_unknown", "그런 목록이 없습니다.", "There is no such list.")
    return beginning


def _answer(packed: bytes) -> Response:
    """Answer with a part, packed where the asker takes that."""
    plain = not request.accept_encodings.quality("gzip")
    response = Response(gzip.decompress(packed) if plain else packed, mimetype="application/xml")
    if not plain:
        response.content_encoding = "gzip"
    response.headers["Cache-Control"] = f"public, max-age={answers.GATED_SECONDS}"
    response.vary.add("Accept-Encoding")
    return answers.conditional(response, packed, weak=True)


def _packed(entries: Iterable[Entry]) -> bytes:
    site = site_urls()
    return sitemap_xml.part(islice(entries, MOST), [(lang, urls_in(site, lang)) for lang in LANGUAGES])


# ---- keeping


def _kept(conn: Connection, beginning: str) -> bytes:
    """Give a part of items: the kept one while nothing happened to any of them, else a new one."""
    shelf, head = _shelf(), changes.head(conn)
    with shelf.lock:
        number, packed = shelf.parts.get(beginning, (-_FAR_BEHIND, b""))
    if head - number >= _FAR_BEHIND or not listing.is_untouched(conn, beginning, number):
        packed = _packed(_items(conn, beginning))
    with shelf.lock:
        shelf.parts[beginning] = head, packed
        shelf.parts.move_to_end(beginning)
        while len(shelf.parts) > _KEPT_PARTS:
            shelf.parts.popitem(last=False)
    return packed


def _newest(conn: Connection, length: int) -> Mapping[str, str]:
    """Give when each part changed last, as it was some minutes ago at most."""
    shelf = _shelf()
    at, known, newest = shelf.newest
    if known != length or time.monotonic() - at > _LASTMOD_SECONDS:
        newest = listing.newest(conn, length)
        shelf.newest = time.monotonic(), length, newest
    return newest


# ---- what the core lists


def _pages(_conn: Connection) -> Iterator[Entry]:
    yield Entry(Urls.home)
    yield from (Entry(one) for one in (Urls.institutions, Urls.collections, Urls.datasets))
    yield from (Entry(partial(Urls.plain, name=name)) for name in PAGES)


def _institutions(conn: Connection) -> Iterator[Entry]:
    for one in institutions.every(conn):
        yield Entry(partial(Urls.institution, institution=one))


def _collections(conn: Connection) -> Iterator[Entry]:
    site = site_urls()
    published = sets.of_kind(conn, "collection", MOST)
    shown = _pictures(conn, site, [one.cover for one in published if one.cover])
    for one in published:
        yield Entry(partial(Urls.collection, slug=one.id), one.published, shown.get(one.cover, ""))


def _pictures(conn: Connection, site: Urls, ids: list[str]) -> dict[str, str]:
    """Give the pictures of some items, of those that are listed and whose picture is open."""
    stored, covers = items.find_many(conn, ids), assets.covers(conn, ids)
    access = gate.load(conn, stored.values(), [cover.id for cover in covers.values()])
    return {
        one: picture
        for one, cover in covers.items()
        if one in access and access[one].listed and (picture := _picture(site, cover, access[one]))
    }


def _items(conn: Connection, beginning: str) -> Iterator[Entry]:
    site = site_urls()
    for ids in listing.ids(conn, beginning):
        stored, covers = items.find_many(conn, ids), assets.covers(conn, ids)
        access = gate.load(conn, stored.values(), [cover.id for cover in covers.values()])
        for one in ids:
            if access[one].listed:
                picture = _picture(site, covers[one], access[one]) if one in covers else ""
                yield Entry(partial(Urls.item, item=one), stored[one].datestamp, picture)


def _picture(site: Urls, cover: Asset, access: Access) -> str:
    """Give the address of a picture that may be seen whole, at the size at which its page shows it."""
    if not access.seen_whole(cover.id):
        return ""
    if cover.is_remote_image:
        return remote_picture(cover, STAGE)
    return site.picture(cover.id, f"!{STAGE},{STAGE}") if cover.is_image else ""
