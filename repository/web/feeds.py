"""The feed of the newest items: what came last, as the gate lets it be told at that moment."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response
from flask_babel import gettext as _

from repository import items
from repository.search.engine import Hit
from repository.urls import Urls
from repository.web import answers, atom, search_atom, search_rows
from repository.web.atom import Entry, Feed, Link
from repository.web.context import memory, site_urls
from repository.web.languages import LANGUAGES, current
from repository.web.page_head import Address, urls_in

blueprint = Blueprint("feeds", __name__)

NEWEST = 50


@blueprint.get("/items/feed.atom")
def newest() -> Response:
    """Give the items that came last, the newest first."""
    with memory().database.read() as conn:
        came = items.newest(conn, NEWEST)
        found = search_rows.gather(conn, [one.item.id for one in came])
    rows = list(search_rows.rows(found, [Hit(one.item.id) for one in came]))
    title, subtitle = _("코리안메모리: 새로 들어온 자료"), _("새로 들어온 자료를 새것부터 알려 줍니다.")
    entries = [search_atom.entry(row, current(), site_urls()) for row in rows]
    return answer(Urls.new_items, Urls.home, title, subtitle, entries)


def answer(address: Address, page: Address, title: str, subtitle: str, entries: Sequence[Entry]) -> Response:
    """Answer with a feed, whose address and page are made from those of a language."""
    site, language = site_urls(), current()
    urls = urls_in(site, language)
    others = [lang for lang in LANGUAGES if lang != language]
    links = [Link("self", address(urls), atom.MEDIA_TYPE), Link("alternate", page(urls), "text/html")]
    links += [Link("related", address(urls_in(site, lang)), atom.MEDIA_TYPE) for lang in others]
    body = atom.write(Feed(address(urls), title, subtitle, language, links), entries)
    response = Response(body, content_type=f"{atom.MEDIA_TYPE}; charset=utf-8")
    response.headers["Cache-Control"] = f"public, max-age={answers.GATED_SECONDS}"
    response.vary.add("Accept-Language")
    return answers.conditional(response, body)
