"""The door of items: one address, as a page, JSON, JSON-LD, Turtle or RDF/XML, by suffix or by Accept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from flask import Blueprint, Response, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from repository import assets, gate, institutions, sets
from repository.alternative_text import told
from repository.asset import Asset, AssetState, Role
from repository.errors import BadRequest, NotFound
from repository.gate import Access
from repository.institution import Institution
from repository.item import canonical, digest
from repository.linked_data import formats, graph
from repository.presentation import painted
from repository.rights.decision import Use
from repository.rights.explain import explain
from repository.sets import PublishedSet
from repository.urls import SUFFIXES, Urls
from repository.web import answers, cite, film_view, item_view, picture_words, related, sharing
from repository.web.badge import badge_of
from repository.web.cards import is_invented
from repository.web.context import memory, page_urls, site_urls
from repository.web.item_view import Material
from repository.web.languages import current
from repository.web.words import in_language

blueprint = Blueprint("items", __name__)
_JSON = "application/json"
_OFFERED = ["text/html", _JSON, *(kind for kind, _ in formats.FORMATS.values())]
_BY_TYPE = {kind: suffix for suffix, (kind, _) in formats.FORMATS.items()} | {_JSON: "json", "text/html": ""}


@blueprint.get("/items/<named>")
def item(named: str) -> AnyResponse:
    """Give an item in the form that its suffix or the Accept header asks for."""
    typed, dot, suffix = named.partition(".")
    if dot and suffix not in SUFFIXES:
        raise NotFound("format_unknown", "그런 형식은 없습니다.", "There is no such format.")
    with memory().database.read() as conn:
        stored, own = gate.named_item(conn, typed)
        if own != typed:
            return _moved(own, dot + suffix)
        files = assets.of_item(conn, own)
        access = gate.load(conn, [stored], [asset.id for asset in files])[own]
        files = [told(one, access.tells_all()) for one in files]
        gate.require(stored, access, Use.DESCRIBE)
        known = institutions.every(conn)
        collections = sets.of_items(conn, [own]).get(own, [])
    given = Material(
        gate.told(stored, access),
        files,
        access,
        known,
        page_urls(),
        site_urls(),
        current(),
        film_view.reader(memory().blobs),
    )
    form = suffix or _BY_TYPE[request.accept_mimetypes.best_match(_OFFERED, "text/html") or "text/html"]
    response = _page(given, collections) if not form else _description(given, form, collections)
    if not suffix:
        response.vary.add("Accept")
    return answers.gated(response, access).make_conditional(request)


def _moved(own: str, ending: str) -> AnyResponse:
    query = f"?{request.query_string.decode('ascii', 'ignore')}" if request.query_string else ""
    return redirect(f"{Urls().item_id(own)}{ending}{query}", 301)


# ---- the page


def _page(given: Material, collections: Sequence[PublishedSet]) -> Response:
    number = _asked_page(given)
    view = item_view.build(given, number)
    return make_response(
        render_template(
            "item.html",
            view=view,
            heading=in_language(given.description.titles, given.language)[0],
            badge=badge_of(given.access, given.language),
            citation=cite.cite(given),
            collections=collections,
            related=related.of(given.stored.item.id),
            holder=given.known.get(given.stored.item.holder) or given.known.get(given.stored.item.provider),
            strip_size=item_view.STRIP,
            share=sharing.of_item(given, collections),
        )
    )


def _asked_page(given: Material) -> int:
    """Read `?page=`: a whole number from 1 to the number of pictures that may be seen."""
    count = len(given.pictures())
    asked = request.args.get("page", "1")
    if asked.isascii() and asked.isdigit() and len(asked) < 7 and 1 <= int(asked) <= max(1, count):
        return int(asked)
    raise BadRequest("page_unknown", "그런 쪽이 없습니다.", "There is no such page.")


# ---- descriptions


def _description(given: Material, form: str, collections: Sequence[PublishedSet]) -> Response:
    if form == "json":
        kind, body = _JSON, canonical(_plain(given, collections))
    else:
        kind, write = formats.FORMATS[form]
        body = write(graph.build(_shown(given), given.site))
    response = Response(body, mimetype=kind)
    response.headers["Content-Location"] = given.site.item_as(given.stored.item.id, form)
    response.set_etag(digest([form, body.decode()]))
    return response


def _shown(given: Material) -> graph.Shown:
    item = given.stored.item
    assert given.access.decision is not None
    roles = (Role.PAGE, Role.VIEW, Role.FILM, Role.SOUND)
    seen = [asset for asset in given.viewable(*roles) if asset.is_image or _whole(given.access, asset)]
    return graph.Shown(
        item=item,
        decision=given.access.decision.decision,
        files=seen,
        thumbnail=next(
            (small for one in seen if (small := given.site.small(one, given.access.max_px(one.id)))), ""
        ),
        originals=frozenset(asset.id for asset in seen if given.access.allows(Use.REUSE, asset.id)),
        parties=tuple(
            graph.Party(one.id, one.name_ko, one.name_en)
            for one in (given.known.get(name) for name in dict.fromkeys((item.holder, item.provider)))
            if one is not None
        ),
        invented=is_invented(item.holder, item.provider, given.known),
    )


def _whole(access: Access, asset: Asset) -> bool:
    return access.seen_whole(asset.id)


def _plain(given: Material, collections: Sequence[PublishedSet]) -> dict[str, Any]:
    """Lay the item out as JSON: what it is, what of it may be had, and on what decision that rests."""
    stored, site = given.stored, given.site
    return {
        "id": stored.item.id,
        "url": site.item_id(stored.item.id),
        "revision": stored.revision,
        "datestamp": stored.datestamp,
        "digest": stored.digest,
        "description": msgspec.to_builtins(stored.item.description),
        "holder": _institution(given.known.get(stored.item.holder), site),
        "provider": _institution(given.known.get(stored.item.provider), site),
        "rights": _rights(given),
        "files": [_file(given, asset) for asset in given.files if given.access.allows(Use.VIEW, asset.id)],
        "manifest": site.manifest(stored.item.id) if painted(given.files, given.access) else None,
        "collections": [
            {"url": site.set_id(one.id), "title": {"ko": one.title_ko, "en": one.title_en}}
            for one in collections
        ],
        "sample": given.invented,
    }


def _institution(one: Institution | None, site: Urls) -> Mapping[str, Any] | None:
    if one is None:
        return None
    return {
        "url": site.institution_id(one.id),
        "name": {"ko": one.name_ko, "en": one.name_en},
        "invented": one.invented,
    }


def _rights(given: Material) -> dict[str, Any]:
    current_decision = given.access.decision
    assert current_decision is not None
    verdict = current_decision.decision
    return {
        "mark": verdict.mark,
        "uses": msgspec.to_builtins(verdict.rulings),
        "elsewhere": msgspec.to_builtins(verdict.elsewhere),
        "degree": verdict.degree.value,
        "table": verdict.table_version,
        "decided": current_decision.at,
        "ko": list(explain(verdict, "ko").sentences()),
        "en": list(explain(verdict, "en").sentences()),
    }


def _file(given: Material, asset: Asset) -> dict[str, Any]:
    site, access = given.site, given.access
    described: dict[str, Any] = {
        "id": asset.id,
        "role": asset.role.value,
        "state": asset.state.value,
        "media_type": asset.media_type,
        "label": asset.label,
    }
    described |= picture_words.for_machines(asset, given.description)
    if asset.is_remote_image and access.seen_whole(asset.id):
        return described | {"image": asset.url, "width": asset.width, "height": asset.height}
    if asset.state is not AssetState.FETCHED:
        return described
    if asset.is_image:
        described |= {"image": site.image(asset.id), "width": asset.width, "height": asset.height}
    if small := site.small(asset, access.max_px(asset.id)):
        described["thumbnail"] = small
    if asset.role in (Role.FILM, Role.SOUND) and access.seen_whole(asset.id):
        described |= {"play": site.film(asset.id), "seconds": asset.seconds}
    if access.allows(Use.REUSE, asset.id):
        described |= {"original": site.original(asset.id), "bytes": asset.bytes, "sha256": asset.sha256}
    return described
