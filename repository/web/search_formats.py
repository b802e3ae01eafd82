"""A search in the forms that programs and readers' tools take: JSON, an Atom feed, CSV, an IIIF collection.

All read the same parameters, count the same, page by the same cursors and pass the same gate; headers say how much
there is, where the next page begins, and what the limits are.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from types import MappingProxyType

import msgspec
from flask import Response, request, stream_with_context
from flask_babel import gettext as _

from repository import sets
from repository.errors import BadRequest, StoreError
from repository.iiif import search_collection
from repository.iiif.manifest import CONTEXT, Listed
from repository.search import query as queries
from repository.search.engine import Hit, Results
from repository.search.query import Query
from repository.urls import Urls
from repository.web import answers, robots, search_atom, search_csv, search_json, search_rows
from repository.web.atom import Feed, Link
from repository.web.context import memory, site_urls
from repository.web.facets import Names
from repository.web.languages import current

MEDIA_TYPES = MappingProxyType(
    {
        "html": "text/html",
        "json": "application/json",
        "atom": search_atom.MEDIA_TYPE,
        "csv": "text/csv",
        "iiif": "application/ld+json",
    }
)
log = logging.getLogger(__name__)
AWAY_SECONDS = 10  # after which a program may ask again
CSV_PAGES = 10  # pages of the largest size in one file
LIMITS = MappingProxyType(
    {
        "X-Limit-Size": queries.MOST_RESULTS,
        "X-Limit-Query": queries.LONGEST_TEXT,
        "X-Limit-Filters": queries.MOST_VALUES,
        "X-Limit-Rows": CSV_PAGES * queries.MOST_RESULTS,
    }
)
LONGEST_LINKS = 3_000  # characters of the Link header: proxies keep little room for all headers together
_TOLD = ", ".join(("Link", "X-Total-Count", "X-Next-Cursor", *LIMITS))


def address(form: str, query: Query) -> str:
    """Give the canonical address of a search in one form, without what the form decides for itself.

    A feed has its own order, and carries the reader's language; a file of CSV has its own size.
    """
    site = site_urls()
    if form == "atom":
        return Urls(site.base, current()).search_as(form, replace(query, sort="relevance").pairs())
    if form == "csv":
        return site.search_as(form, replace(query, size=Query().size).pairs())
    make = {"html": site.search, "json": site.search_api, "iiif": site.iiif_search}[form]
    return make(query.pairs())


def answer(form: str) -> Response:
    """Answer the search of this request in a form; a question that cannot be meant is refused as JSON."""
    try:
        query = search_rows.asked()
        response = robots.refusal(query) if form != "atom" else None  # a feed is followed, not crawled
        return response or _WRITERS[form](query)
    except BadRequest as wrong:
        fault = search_json.Fault(400, wrong.code, wrong.text(current()), wrong.ko, wrong.en)
        return Response(msgspec.json.encode(fault), 400, mimetype=MEDIA_TYPES["json"])
    except StoreError as away:
        log.warning("search is away", extra={"code": away.code})
        return _away()


def _away() -> Response:
    """Say that there is no answer now: part of one would be taken for the whole by a program."""
    ko, en = (
        "지금은 검색할 수 없습니다. 잠시 뒤에 다시 해 주세요.",
        "Search is not available now. Please try again shortly.",
    )
    fault = search_json.Fault(503, "search_unavailable", ko if current() == "ko" else en, ko, en)
    response = Response(msgspec.json.encode(fault), 503, mimetype=MEDIA_TYPES["json"])
    response.headers["Retry-After"] = str(AWAY_SECONDS)
    return response


def _json(query: Query) -> Response:
    results, rows, names = _read(query)
    body = search_json.body(results, rows, names, _links(query, results), site_urls())
    return _whole("json", query, results, body)


def _atom(query: Query) -> Response:
    newest = replace(query, sort="-updated")
    results, rows, _names = _read(newest)
    subject = f"“{query.text}”" if query.text else _("모든 자료")
    feed = Feed(
        id=address("atom", _first(query)),
        title=_("코리안메모리 검색: %(words)s", words=subject),
        subtitle=_("검색에 맞는 자료를 새것부터 알려 줍니다."),
        language=current(),
        links=_feed_links(query, results),
    )
    return _whole("atom", query, results, search_atom.body(feed, rows, site_urls()))


def _iiif(query: Query) -> Response:
    results, rows, _names = _read(query)
    site = site_urls()
    found = search_collection.Found(
        text=query.text,
        total=results.total,
        here=address("iiif", query),
        pages=[(lang, Urls(site.base, lang).search(_first(query).pairs())) for lang in ("ko", "en")],
        following=_next("iiif", query, results),
    )
    works = [Listed(row.item, row.cover) for row in rows if row.cover]
    return _whole("iiif", query, results, search_collection.build(found, works, site))


def _csv(query: Query) -> Response:
    """Answer with a file of many pages, whose items are found first, so that the header can name the next file."""
    asked = replace(query, size=queries.MOST_RESULTS)
    pages = [memory().engine.search(asked)]
    while pages[-1].next and len(pages) < CSV_PAGES:
        pages.append(memory().engine.search(replace(asked, cursor=pages[-1].next)))
    results = msgspec.structs.replace(pages[0], next=pages[-1].next)
    response = Response(stream_with_context(_lines([page.hits for page in pages])))
    response.content_type = "text/csv; charset=utf-8; header=present"
    response.headers["Content-Disposition"] = 'attachment; filename="korean-memory-search.csv"'
    return _finished("csv", query, results, response)


def _lines(pages: Sequence[Sequence[Hit]]) -> Iterator[bytes]:
    """Give the file page by page, each read from the database when its turn comes."""
    yield search_csv.head()
    for hits in pages:
        with memory().database.read() as conn:
            found = search_rows.gather(conn, [hit.id for hit in hits])
        yield b"".join(search_csv.lines(search_rows.rows(found, hits), site_urls()))


_WRITERS: Mapping[str, Callable[[Query], Response]] = MappingProxyType(
    {"json": _json, "atom": _atom, "csv": _csv, "iiif": _iiif}
)


def _read(query: Query) -> tuple[Results, list[search_rows.Row], Names]:
    results = memory().engine.search(query)
    with memory().database.read() as conn:
        found = search_rows.gather(conn, [hit.id for hit in results.hits])
        published = {one.id: one for one in sets.of_kind(conn, "collection")}
    return results, list(search_rows.rows(found, results.hits)), Names(found.known, published)


# ---- addresses and headers


def _first(query: Query) -> Query:
    return replace(query, cursor="")


def _next(form: str, query: Query, results: Results) -> str:
    return address(form, replace(query, cursor=results.next)) if results.next else ""


def _links(query: Query, results: Results) -> search_json.Links:
    first = _first(query)
    return search_json.Links(
        here=address("json", query),
        first=address("json", first),
        next=_next("json", query, results) or None,
        all=address("json", replace(first, sort="id")),
        page=address("html", first),
        atom=address("atom", first),
        csv=address("csv", first),
        iiif=address("iiif", first),
    )


def _feed_links(query: Query, results: Results) -> list[Link]:
    kind, first = MEDIA_TYPES["atom"], _first(query)
    pages = [Link("self", address("atom", query), kind), Link("first", address("atom", first), kind)]
    following = _next("atom", query, results)
    page = Urls(site_urls().base, current()).search(first.pairs())
    return [
        *pages,
        *([Link("next", following, kind)] if following else []),
        Link("alternate", page, "text/html"),
    ]


def header(form: str, query: Query, results: Results) -> str:
    """Name the next page, the answer, the first page and the other forms (RFC 8288), as far as there is room."""
    first = _first(query)
    named = [("next", form, following)] if (following := _next(form, query, results)) else []
    named += [("self", form, address(form, query)), ("first", form, address(form, first))]
    named += [("alternate", other, address(other, first)) for other in MEDIA_TYPES if other != form]
    links = [f'<{site_urls().openapi()}>; rel="service-desc"; type="application/json"']
    links += [f'<{target}>; rel="{relation}"; type="{MEDIA_TYPES[kind]}"' for relation, kind, target in named]
    lengths = accumulate(len(link) + 2 for link in links)
    return ", ".join(link for link, length in zip(links, lengths, strict=True) if length <= LONGEST_LINKS)


def _whole(form: str, query: Query, results: Results, body: bytes) -> Response:
    response = Response(body, content_type=_content_type(form))
    return answers.conditional(_finished(form, query, results, response), body)


def _content_type(form: str) -> str:
    """Give the media type; of a collection that of Presentation 3.0 (§6.2), or plain JSON where that is asked for."""
    if form != "iiif":
        return MEDIA_TYPES[form] + ("; charset=utf-8" if form == "atom" else "")
    linked, plain = MEDIA_TYPES["iiif"], MEDIA_TYPES["json"]
    wants_plain = request.accept_mimetypes.best_match([linked, plain], linked) == plain
    return plain if wants_plain else f'{linked};profile="{CONTEXT}"'


def _finished(form: str, query: Query, results: Results, response: Response) -> Response:
    headers = response.headers
    headers["Cache-Control"] = f"public, max-age={answers.GATED_SECONDS}"
    headers["Link"] = header(form, query, results)
    headers["X-Total-Count"] = str(results.total)
    if results.next:
        headers["X-Next-Cursor"] = results.next
    headers["Access-Control-Allow-Origin"] = "*"
    headers["Access-Control-Expose-Headers"] = _TOLD
    headers["X-Robots-Tag"] = "noindex"
    for name, limit in LIMITS.items():
        headers[name] = str(limit)
    response.vary.update(("Accept", "Accept-Language") if form == "atom" else ("Accept",))
    return response
