"""Topic collections as pages that read like an exhibition, and as JSON; every pick by the decision in force now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request
from markupsafe import Markup
from sqlalchemy import Connection

from curation import collection_store, collections
from curation.collection_store import KIND, State, Version
from curation.collections import Collection, Pick
from curation.prose import to_html
from repository import assets, gate, items, sets
from repository.asset import Asset
from repository.errors import Gone, NotFound
from repository.gate import Access
from repository.item import canonical
from repository.items import StoredItem
from repository.rights.decision import Use
from repository.urls import Urls
from repository.web import answers, cards
from repository.web.cards import Card, Picture
from repository.web.context import memory, page_urls, site_urls
from repository.web.languages import current

blueprint = Blueprint("collections", __name__, template_folder="templates")
LARGE = 1200  # the longest side in pixels of an opening picture, and of a pick shown large
_FORMS = ["text/html", "application/json"]


@dataclass(frozen=True, slots=True)
class Shown:
    """One pick as a page shows it: its card, or since when and why it is withdrawn; a picture where it is large."""

    card: Card | None
    large: Picture | None
    reason: str
    detail: str
    since: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class _Works:
    """The works of a collection as they stand now."""

    ids: Mapping[collections.Reference, str]
    stored: Mapping[str, StoredItem]
    covers: Mapping[str, Asset]
    access: Mapping[str, Access]
    cards: Mapping[str, Card]

    def item(self, pick: collections.Reference) -> str:
        """Give the item id of a reference, or an empty text."""
        return self.ids.get(pick, "")


@blueprint.get("/collections/")
def collection_list() -> Response:
    """List the topic collections."""
    urls = page_urls()
    with memory().database.read() as conn:
        published = sets.of_kind(conn, KIND)
        tiles = cards.tiles(conn, urls, published)
        versions = collection_store.public_many(conn, [one.id for one in published])
    leads = [_lead(versions[one.id].collection) if one.id in versions else "" for one in published]
    if _as_json():
        return _json([_summary(one, site_urls()) for one in published])
    page = render_template("curation/collections.html", tiles=list(zip(tiles, leads, strict=True)))
    return _gated(make_response(page))


@blueprint.get("/collections/<named>")
def collection(named: str) -> Response:
    """Give a topic collection, as a page or as JSON."""
    slug, dot, suffix = named.partition(".")
    if dot and suffix != "json":
        raise NotFound("format_unknown", "그런 형식은 없습니다.", "There is no such format.")
    with memory().database.read() as conn:
        version = _public(conn, slug)
        works = _look_up(conn, version.collection)
    if suffix or _as_json():
        return _json(_plain(version, works, site_urls()))
    return _gated(make_response(_page(version, works)))


def _public(conn: Connection, slug: str) -> Version:
    version = collection_store.public(conn, slug)
    if version is None:
        raise NotFound("collection_unknown", "그런 컬렉션이 없습니다.", "There is no such collection.")
    if version.state is State.WITHDRAWN:
        raise Gone(
            "collection_withdrawn", "거둔 컬렉션입니다.", "This collection has been withdrawn.", version.at
        )
    return version


def _look_up(conn: Connection, shown: Collection) -> _Works:
    ids = collections.resolve(conn, shown.references())
    stored = items.find_many(conn, {*ids.values()})
    covers = assets.covers(conn, stored)
    access = gate.load(conn, stored.values(), [cover.id for cover in covers.values()])
    made = {card.item: card for card in cards.build_with(conn, page_urls(), stored.values(), covers, access)}
    return _Works(ids, stored, covers, access, made)


def _page(version: Version, works: _Works) -> str:
    shown, language = version.collection, current()
    sections = [
        {
            "title": section.title.text(language),
            "html": _html(section.text.text(language)),
            "picks": [_shown(pick, works) for pick in section.picks],
        }
        for section in shown.sections
    ]
    opening = works.item(shown.cover)
    return render_template(
        "curation/collection.html",
        title=shown.title.text(language),
        statement=_html(shown.statement.text(language)),
        lead=_lead(shown),
        curator=shown.curator,
        published=version.at,
        sections=sections,
        count=sum(1 for _ in shown.picks()),
        opening=_large(opening, works),
        opening_card=works.cards.get(opening),
        slug=shown.slug,
        samples=any(card.invented for card in works.cards.values()),
    )


def _shown(pick: Pick, works: _Works) -> Shown:
    """Show a pick; of one that is closed or withdrawn nothing but that, not even why it was picked."""
    item = works.item(pick.reference)
    card = works.cards.get(item)
    if card is None:
        return Shown(None, None, "", "", *_withdrawn(item, works))
    large = _large(item, works) if pick.size == "large" else None
    return Shown(card, large, pick.reason.text(current()), _detail(pick, item, works))


def _withdrawn(item: str, works: _Works) -> tuple[str, str]:
    """Tell since when and by what kind of decision a work is gone; nothing of one that was merely closed."""
    if (access := works.access.get(item)) is None:
        return "", "deleted"
    if down := access.takedown():
        return down.at, down.kind.value
    return (works.stored[item].datestamp, "deleted") if not access.live else ("", "")


def _large(item: str, works: _Works) -> Picture | None:
    """Give a work's first picture at the size of a page's opening, where it may be seen; else what its card shows."""
    cover, access, card = works.covers.get(item), works.access.get(item), works.cards.get(item)
    if cover is None or access is None or card is None or not access.allows(Use.VIEW, cover.id):
        return None
    if not cover.is_image:
        return card.picture
    bound = access.max_px(cover.id)
    width, height = cards.fit(cover, min(LARGE, bound) if bound else LARGE)
    described = works.stored[item].item.description
    alt = cards.alternative(cover, described, card.invented)
    return Picture(page_urls().picture(cover.id, f"{width},{height}"), width, height, alt, card.invented)


def _detail(pick: Pick, item: str, works: _Works) -> str:
    """Give the address of the detail that a pick points to, where the picture may be seen whole."""
    cover, access = works.covers.get(item), works.access.get(item)
    if not pick.detail or cover is None or access is None or not cover.is_image:
        return ""
    return (
        page_urls().picture(cover.id, f"!{LARGE},{LARGE}", pick.detail) if access.seen_whole(cover.id) else ""
    )


def _html(text: str) -> Markup:
    return Markup(to_html(text))


def _lead(shown: Collection) -> str:
    """Give the first paragraph of the statement as plain text."""
    return Markup(to_html(shown.statement.text(current()).partition("\n\n")[0])).striptags()


# ---- JSON


def _summary(one: sets.PublishedSet, site: Urls) -> dict[str, Any]:
    return {
        "url": site.set_id(one.id),
        "title": {"ko": one.title_ko, "en": one.title_en},
        "works": one.size,
        "published": one.published,
    }


def _plain(version: Version, works: _Works, site: Urls) -> dict[str, Any]:
    shown = version.collection
    return {
        "url": site.set_id(shown.slug),
        "title": shown.title,
        "statement": shown.statement,
        "curator": shown.curator,
        "published": version.at,
        "iiif": site.iiif_collection(shown.slug),
        "sections": [
            {
                "title": section.title,
                "text": section.text,
                "picks": [_plain_pick(pick, works, site) for pick in section.picks],
            }
            for section in shown.sections
        ],
    }


def _plain_pick(pick: Pick, works: _Works, site: Urls) -> dict[str, Any]:
    item = works.item(pick.reference)
    if item not in works.cards:
        since, kind = _withdrawn(item, works)
        return {"withdrawn": True, "since": since, "kind": kind}
    titles = works.stored[item].item.description.titles
    return {
        "item": item,
        "url": site.item_id(item),
        "titles": titles,
        "reason": pick.reason,
        "size": pick.size,
    }


def _as_json() -> bool:
    return request.accept_mimetypes.best_match(_FORMS, _FORMS[0]) == _FORMS[1]


def _json(value: Sequence[Any] | Mapping[str, Any]) -> Response:
    return _gated(Response(canonical(value), mimetype="application/json"))


def _gated(response: Response) -> Response:
    response.vary.add("Accept")
    response.headers["Cache-Control"] = f"public, max-age={answers.GATED_SECONDS}"
    return response
