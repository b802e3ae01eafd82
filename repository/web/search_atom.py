"""Items as entries of a feed to follow (Atom, RFC 4287): of a search, what changed last first, or of what is new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flask_babel import gettext as _

from repository.item import Text
from repository.urls import Urls
from repository.web import atom
from repository.web.atom import Entry, Feed, Link
from repository.web.badge import badge_of
from repository.web.cards import maker_name
from repository.web.search_rows import Row
from repository.web.words import in_language, pick

MEDIA_TYPE = atom.MEDIA_TYPE


def body(feed: Feed, rows: Iterable[Row], site: Urls) -> bytes:
    """Write a page of a feed, what changed last first."""
    ordered = sorted(rows, key=lambda row: (row.stored.datestamp, row.item.id), reverse=True)
    return atom.write(feed, [entry(row, feed.language, site) for row in ordered])


def entry(row: Row, language: str, site: Urls) -> Entry:
    """Make an entry; its id is the address that names its item for good."""
    item, described = row.item, row.item.description
    links = [Link("alternate", Urls(site.base, language).item(item.id), "text/html")]
    if small := row.thumbnail(site):
        links.append(Link("enclosure", small, "image/jpeg"))
    if manifest := row.manifest(site):
        links.append(Link("related", manifest, "application/ld+json"))
    return Entry(
        id=site.item_id(item.id),
        title=in_language(described.titles, language)[0],
        updated=row.stored.datestamp,
        published=row.stored.created,
        links=tuple(links),
        authors=tuple(maker_name(agent, language) for agent in described.agents if agent.names),
        rights=badge_of(row.access, language).text,
        summary=" ".join(_said(row, language)),
    )


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
