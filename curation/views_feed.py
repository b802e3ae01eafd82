"""The feed of topic collections, new and changed ones first, each with the first paragraph of its statement."""

from __future__ import annotations

from flask import Blueprint, Response
from flask_babel import gettext as _
from markupsafe import Markup

from curation import collection_store
from curation.collection_store import KIND, Version
from curation.prose import to_html
from repository import sets
from repository.item import Text
from repository.sets import PublishedSet
from repository.urls import Urls
from repository.web import feeds
from repository.web.atom import Entry, Link
from repository.web.context import memory, site_urls
from repository.web.languages import current
from repository.web.page_head import urls_in

blueprint = Blueprint("collection_feed", __name__)

NEWEST = 50
_MOST = 1000


@blueprint.get("/collections/feed.atom")
def newest() -> Response:
    """Give the topic collections that were published last, the newest first."""
    with memory().database.read() as conn:
        published = sorted(sets.of_kind(conn, KIND, _MOST), key=lambda one: (one.published, one.id))
        shown = published[::-1][:NEWEST]
        versions = collection_store.public_many(conn, [one.id for one in shown])
    entries = [_entry(one, versions[one.id]) for one in shown if one.id in versions]
    title, subtitle = _("코리안메모리: 새 주제 컬렉션"), _("새로 펴낸 주제 컬렉션을 새것부터 알려 줍니다.")
    return feeds.answer(Urls.new_collections, Urls.collections, title, subtitle, entries)


def _entry(one: PublishedSet, version: Version) -> Entry:
    site, language = site_urls(), current()
    told = version.collection
    lead = Markup(to_html(told.statement.text(language).partition("\n\n")[0])).striptags()
    return Entry(
        id=site.set_id(one.id),
        title=Text(one.title(language), language),
        updated=one.published,
        links=(Link("alternate", urls_in(site, language).collection(one.id), "text/html"),),
        authors=(Text(told.curator, "ko"),) if told.curator else (),
        summary=lead,
    )
