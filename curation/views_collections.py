"""Topic collections as pages that read like an exhibition, and as JSON; every work by the decision in force now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request
from flask_babel import gettext as _
from sqlalchemy import Connection

from curation import (
    collection_figures,
    collection_json,
    collection_page,
    collection_store,
    collection_works,
)
from curation.collection_figures import Figures
from curation.collection_page import Exhibition
from curation.collection_store import KIND, State, Version
from curation.collections import Reference
from repository import institutions, sets
from repository.errors import BadRequest, Gone, NotFound
from repository.item import Text, canonical
from repository.linked_data import schema_org
from repository.sets import PublishedSet
from repository.urls import Urls
from repository.web import answers, sharing
from repository.web.cards import Picture
from repository.web.context import memory, page_urls, site_urls
from repository.web.languages import current
from repository.web.sharing import Preview, Share

blueprint = Blueprint("collections", __name__, template_folder="templates")
VIEWS = ("", "reading")
_TILE, _NEIGHBOUR = (
    1000,
    400,
)  # the longest sides in pixels of the pictures in the list, and of those on either side
_WIDTHS = {  # how wide a picture stands in each row, as `sizes` writes it
    "full": "(max-width: 84rem) 92vw, 76rem",
    "large": "(max-width: 56rem) 92vw, 52vw",
    "one": "(max-width: 56rem) 92vw, 40vw",
    "pair": "(max-width: 56rem) 42vw, 46vw",
    "three": "(max-width: 56rem) 42vw, 29vw",
}
_FORMS = ["text/html", "application/json"]


@dataclass(frozen=True, slots=True)
class Tile:
    """A collection as an invitation: its cover where that may be seen now, its title, one sentence."""

    url: str
    title: str
    lead: str
    size: int
    published: str
    cover: Picture | None
    sources: str


@blueprint.get("/collections/")
def collection_list() -> Response:
    """List the topic collections."""
    with memory().database.read() as conn:
        published = sets.of_kind(conn, KIND)
        if _as_json():
            return _json([collection_json.summary(one, site_urls()) for one in published])
        versions = collection_store.public_many(conn, [one.id for one in published])
        covers = [versions[one.id].collection.cover for one in published if one.id in versions]
        figures = _figures(conn, covers, page_urls())
    tiles = [_tile(one, versions[one.id], figures) for one in published if one.id in versions]
    about = _("한 가지 이야기를 따라 여러 기관의 자료를 고르고, 왜 골랐는지 적었습니다.")
    share = sharing.of_page(Urls.collections, about, _("주제 컬렉션"))
    page = render_template("curation/collections.html", tiles=tiles, about=about, share=share)
    return _gated(make_response(page))


@blueprint.get("/collections/<named>")
def collection(named: str) -> Response:
    """Give a topic collection, as a page or as JSON."""
    slug, dot, suffix = named.partition(".")
    if dot and suffix != "json":
        raise NotFound("format_unknown", "그런 형식은 없습니다.", "There is no such format.")
    view = request.args.get("view", "")
    if view not in VIEWS:
        raise BadRequest("view_unknown", "그런 보기는 없습니다.", "There is no such view.")
    with memory().database.read() as conn:
        version = _public(conn, slug)
        if suffix or _as_json():
            figures = _figures(conn, version.collection.references(), site_urls())
            return _json(collection_json.plain(version, figures, site_urls()))
        return _gated(make_response(_page(conn, version, view)))


def _public(conn: Connection, slug: str) -> Version:
    version = collection_store.public(conn, slug)
    if version is None:
        raise NotFound("collection_unknown", "그런 컬렉션이 없습니다.", "There is no such collection.")
    if version.state is State.WITHDRAWN:
        raise Gone(
            "collection_withdrawn", "거둔 컬렉션입니다.", "This collection has been withdrawn.", version.at
        )
    return version


def _figures(conn: Connection, references: Sequence[Reference], urls: Urls) -> Figures:
    return collection_figures.make(conn, urls, collection_works.load(conn, references), current())


def _page(conn: Connection, version: Version, view: str) -> str:
    shown = version.collection
    before, after = _neighbours(sets.of_kind(conn, KIND), shown.slug)
    covers = [Reference(one.cover) for one in (before, after) if one]
    figures = _figures(conn, [*shown.references(), *covers], page_urls())
    built = collection_page.build(shown, figures, institutions.every(conn), site_urls())
    return render_template(
        "curation/collection.html",
        shown=built,
        share=_share(version, figures, built),
        slug=shown.slug,
        published=version.at,
        widths=_WIDTHS,
        reading=view == "reading",
        other_view=_with_view("" if view else "reading", page_urls().collection(shown.slug)),
        before=_neighbour(before, figures),
        after=_neighbour(after, figures),
    )


def _share(version: Version, figures: Figures, built: Exhibition) -> Share:
    """Tell what the page says of itself; its picture is the one it opens with, where that may be seen now."""
    shown, site, language = version.collection, site_urls(), figures.language
    picture = built.opening.picture
    src = f"{site.base}{picture.src}" if picture and picture.src.startswith("/") else ""
    told = schema_org.Exhibition(
        slug=shown.slug,
        title=(Text(shown.title.ko, "ko"), Text(shown.title.en, "en")),
        lead=Text(built.lead, language),
        address=sharing.urls_in(site, language).collection(shown.slug),
        published=version.at,
        curator=shown.curator,
        picture=src,
        works=[
            (site.item_id(one.item.id), figures.cards[one.item.id].titles[0].value)
            for one in collection_page.works_of(shown, figures)
        ],
    )
    preview = Preview(src, picture.width, picture.height, picture.alt.value) if picture and src else None
    return sharing.of_collection(told, preview)


def _with_view(view: str, url: str) -> str:
    return f"{url}{'&' if '?' in url else '?'}view={view}" if view else url


def _neighbours(every: Sequence[PublishedSet], slug: str) -> tuple[PublishedSet | None, PublishedSet | None]:
    """Give the collections before and after one in the order in which they are listed."""
    ids = [one.id for one in every]
    place = ids.index(slug) if slug in ids else len(ids)
    return (every[place - 1] if place else None), (every[place + 1] if place + 1 < len(ids) else None)


def _neighbour(one: PublishedSet | None, figures: Figures) -> Tile | None:
    if one is None:
        return None
    cover = figures.figure(Reference(one.cover), _NEIGHBOUR)
    url = figures.urls.collection(one.id)
    return Tile(url, one.title(figures.language), "", one.size, one.published, cover.picture, cover.sources)


def _tile(one: PublishedSet, version: Version, figures: Figures) -> Tile:
    cover = figures.figure(version.collection.cover, _TILE)
    lead = collection_page.lead(version.collection, figures.language)
    url, title = figures.urls.collection(one.id), one.title(figures.language)
    return Tile(url, title, lead, one.size, one.published, cover.picture, cover.sources)


def _as_json() -> bool:
    return request.accept_mimetypes.best_match(_FORMS, _FORMS[0]) == _FORMS[1]


def _json(value: Sequence[Any] | Mapping[str, Any]) -> Response:
    return _gated(Response(canonical(value), mimetype="application/json"))


def _gated(response: Response) -> Response:
    response.vary.add("Accept")
    response.headers["Cache-Control"] = f"public, max-age={answers.GATED_SECONDS}"
    return response
