"""The first page, and the institutions: who holds the originals, what of them is here, and how to reach them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import Blueprint, Response, current_app, make_response, render_template, request

from repository import assets, counters, gate, institutions, items, sets
from repository.errors import BadRequest, NotFound
from repository.identifiers import is_valid
from repository.institution import Institution
from repository.web import answers, cards, entrances, panels, sharing
from repository.web.cards import Card
from repository.web.context import memory, page_urls

blueprint = Blueprint("pages", __name__, template_folder="templates")

NEW_ITEMS, LOOKED_AT = 8, 24
LARGE = 1200  # pixels of the first collection's picture, at most
COLLECTIONS = 6
PAGE = 24


@blueprint.get("/")
def home() -> Response:
    """Give the first page: what this is, one box, topic collections, new things, and other ways in."""
    urls = page_urls()
    with memory().database.read() as conn:
        published = sets.of_kind(conn, "collection", COLLECTIONS)
        newest = items.newest(conn, LOOKED_AT)
        found = items.find_many(conn, {one.cover for one in published}) | {one.item.id: one for one in newest}
        covers = assets.covers(conn, found)
        access = gate.load(conn, found.values(), [cover.id for cover in covers.values()])
        held = counters.of_kind(conn, "held")
        known = institutions.every(conn)
    shown = cards.build_with(known, urls, found.values(), covers, access)
    by_id = {card.item: card for card in shown}
    tiles = cards.tiles_with(urls, published, shown)
    if published and (first := by_id.get(published[0].cover)):
        large = cards.enlarged(
            urls,
            access[first.item],
            covers.get(first.item),
            found[first.item].item.description,
            first.invented,
            LARGE,
        )
        tiles[0] = replace(tiles[0], cover=large)
    return _brief(
        render_template(
            "home.html",
            share=sharing.of_home(),
            collections=tiles,
            newest=_with_pictures_first([by_id[one.item.id] for one in newest if one.item.id in by_id]),
            ways=entrances.build(memory().engine, urls),
            holders=_holders(known, held),
        )
    )


def _with_pictures_first(newest: list[Card]) -> list[Card]:
    """Choose what is shown of the newest: those with a picture before those without, each in their order."""
    return sorted(newest, key=lambda card: card.picture is None)[:NEW_ITEMS]


@dataclass(frozen=True, slots=True)
class Holder:
    """An institution with the number of live items that it holds."""

    institution: Institution
    size: int


def _holders(known: Mapping[str, Institution], held: Mapping[str, Mapping[str, int]]) -> list[Holder]:
    found = [Holder(one, held.get(one.id, {}).get("live", 0)) for one in known.values()]
    return sorted(found, key=lambda holder: (-holder.size, holder.institution.name_ko))


@blueprint.get("/institutions/")
def institution_list() -> Response:
    """List the institutions."""
    with memory().database.read() as conn:
        held = counters.of_kind(conn, "held")
        known = institutions.every(conn)
    return _brief(render_template("institutions.html", holders=_holders(known, held)))


@blueprint.get("/institutions/<named>")
def institution(named: str) -> Response:
    """Give an institution's page with what it holds, page by page."""
    after = request.args.get("after", "")
    if after and not is_valid(after):
        raise BadRequest("page_unknown", "그런 쪽이 없습니다.", "There is no such page.")
    urls = page_urls()
    with memory().database.read() as conn:
        found = institutions.find(conn, named)
        if found is None:
            raise NotFound("institution_unknown", "그런 기관이 없습니다.", "There is no such institution.")
        held = items.of_institution(conn, named, after, PAGE + 1)
        shown = cards.build(conn, urls, held[:PAGE])
        counts = counters.of_scope(conn, named)
        added = panels.render(current_app, conn, named)
    more = urls.institution(named, held[PAGE - 1].item.id) if len(held) > PAGE else ""
    page = render_template(
        "institution.html",
        share=sharing.of_institution(found, after),
        one=found,
        shown=shown,
        counts=counts,
        more=more,
        after=after,
        panels=added,
    )
    return _brief(page)


def _brief(page: str) -> Response:
    """Answer with a page whose lists a decision gates."""
    response = make_response(page)
    response.headers["Cache-Control"] = f"public, max-age={answers.GATED_SECONDS}"
    return response
