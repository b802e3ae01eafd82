"""The door of search: one question, as a page with cards and filters, or in the forms that programs take."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from flask import Blueprint, Response, make_response, render_template, request

from repository import sets
from repository.errors import NotFound
from repository.search.engine import Results
from repository.search.query import Query
from repository.urls import Urls
from repository.web import (
    answers,
    cards,
    facets,
    histogram,
    place_map,
    robots,
    search_answer,
    search_help,
    search_rows,
    sharing,
)
from repository.web import search_formats as formats
from repository.web.context import memory, page_urls
from repository.web.facets import Names
from repository.web.languages import lazy as _
from repository.web.search_hits import Found, show

blueprint = Blueprint("search", __name__)

SORTS = (("relevance", _("관련 높은 순")), ("year", _("오래된 것부터")), ("-year", _("최근 것부터")))
_SUFFIXES = ("json", "atom", "csv")
_PLACES = MappingProxyType({Urls().search_api(): "json", Urls().iiif_search(): "iiif"})
_OFFERED = MappingProxyType({formats.MEDIA_TYPES[form]: form for form in ("html", *_SUFFIXES)})


@blueprint.get("/search")
@blueprint.get("/search.<suffix>")
@blueprint.get("/api/v1/search")
@blueprint.get("/iiif/search/collection.json")
def search(suffix: str = "") -> Response:
    """Answer a search in the form that its address, its suffix or the Accept header asks for."""
    if suffix and suffix not in _SUFFIXES:
        raise NotFound("format_unknown", "그런 형식은 없습니다.", "There is no such format.")
    form = suffix or _PLACES.get(request.path, "") or _negotiated()
    return _page() if form == "html" else formats.answer(form)


def _negotiated() -> str:
    return _OFFERED[request.accept_mimetypes.best_match([*_OFFERED], "text/html") or "text/html"]


def _page() -> Response:
    """Answer with a page; a parameter that cannot be meant is refused with a sentence."""
    query = search_rows.asked()
    if refusal := robots.refusal(query):
        return refusal
    urls = page_urls()
    answered = search_answer.answer(query)
    results = answered.results
    found, names = _found(query, results, urls)
    page = render_template(
        "search.html",
        query=query,
        total=facets.total(results.total),
        nothing=not results.total,
        relaxed=results.relaxed,
        whole=answered.whole,
        meant=answered.meant and (answered.meant, urls.search([("q", answered.meant)])),
        found=found,
        capped=results.capped and not results.next,
        facets=facets.build(query, results, names, urls),
        bars=histogram.build(query, results, urls),
        over=histogram.over(query, urls),
        places=place_map.build(query, results, urls),
        chosen=facets.chosen(query, names, urls),
        viewable=facets.viewable(query, results, urls),
        ways=search_help.ways(memory().engine, query, urls) if answered.whole and not results.total else [],
        sorts=_sorts(query, urls),
        kept=replace(query, text="", cursor="").pairs(),
        kept_years=replace(query, year_from=None, year_to=None, cursor="").pairs(),
        forms={form: formats.address(form, replace(query, cursor="")) for form in formats.MEDIA_TYPES},
        share=sharing.of_search(query),
        **_pages(query, results, urls),
    )
    response = make_response(page)
    kept = f"public, max-age={answers.GATED_SECONDS}"
    response.headers["Cache-Control"] = kept if answered.whole else "no-store"
    response.headers["Link"] = formats.header("html", query, results)
    robots.mark(response, query)
    return answers.conditional(response, page.encode())


def _found(query: Query, results: Results, urls: Urls) -> tuple[list[Found], Names]:
    with memory().database.read() as conn:
        published = {one.id: one for one in sets.of_kind(conn, "collection")}
        found = search_rows.gather(conn, [hit.id for hit in results.hits])
        rows = list(search_rows.rows(found, results.hits))
        shown = cards.build_with(found.known, urls, [row.stored for row in rows], found.covers, found.access)
    return show(query, rows, shown), Names(found.known, published)


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
