"""The search page: one box, results as cards, filters as links, sorting and pages; always an address to share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import Blueprint, Response, make_response, render_template, request
from flask_babel import lazy_gettext as _
from sqlalchemy import Connection

from repository import institutions, sets
from repository.search import query as queries
from repository.search.engine import Hit, Results
from repository.search.query import Query
from repository.urls import Urls
from repository.web import answers, cards, facets
from repository.web.cards import Card
from repository.web.context import memory, page_urls
from repository.web.facets import Names

blueprint = Blueprint("search", __name__)

SORTS = (("relevance", _("관련 높은 순")), ("year", _("오래된 것부터")), ("-year", _("최근 것부터")))


@dataclass(frozen=True, slots=True)
class Found:
    """A card and how it was found."""

    card: Card
    how: str


@blueprint.get("/search")
def search() -> Response:
    """Answer a search with a page; a parameter that cannot be meant is refused with a sentence."""
    query = queries.parse(request.args.to_dict(flat=False))
    urls = page_urls()
    results = memory().engine.search(query)
    with memory().database.read() as conn:
        names = _names(conn)
        found = _found(conn, urls, results.hits)
    page = render_template(
        "search.html",
        query=query,
        total=facets.total(results.total),
        none=not results.total,
        found=found,
        capped=results.capped and not results.next,
        facets=facets.build(query, results, names, urls),
        chosen=facets.chosen(query, names, urls),
        viewable=facets.viewable(query, results, urls),
        sorts=_sorts(query, urls),
        kept=replace(query, text="", cursor="").pairs(),
        kept_years=replace(query, year_from=None, year_to=None, cursor="").pairs(),
        **_pages(query, results, urls),
    )
    response = make_response(page)
    response.headers["Cache-Control"] = f"public, max-age={answers.GATED_SECONDS}"
    return response


def _names(conn: Connection) -> Names:
    published = {one.id: one for one in sets.of_kind(conn, "collection")}
    return Names(institutions.every(conn), published)


def _found(conn: Connection, urls: Urls, hits: Sequence[Hit]) -> list[Found]:
    how = {hit.id: facets.forms(hit.forms) for hit in hits}
    return [Found(card, how[card.item]) for card in cards.of_ids(conn, urls, how)]


def _sorts(query: Query, urls: Urls) -> list[tuple[str, str, bool]]:
    """Give the orders with their links; without words nothing is more relevant than anything else."""
    offered = SORTS if query.text else (("id", _("고르게 섞어")), *SORTS[1:])
    now = query.sort if query.text or query.sort != "relevance" else "id"
    return [
        (str(label), urls.search(replace(query, sort=name, cursor="").pairs()), name == now)
        for name, label in offered
    ]


def _pages(query: Query, results: Results, urls: Urls) -> dict[str, str]:
    return {
        "following": urls.search(replace(query, cursor=results.next).pairs()) if results.next else "",
        "first": urls.search(replace(query, cursor="").pairs()) if query.cursor else "",
    }
