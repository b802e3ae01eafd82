"""The doors of share pictures: a work whole on paper, where it may be seen; and the site's own card, of no work."""

from __future__ import annotations

import hashlib
from pathlib import Path

from flask import Blueprint, Response, redirect, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from repository import assets, derivatives, gate
from repository.asset import Asset
from repository.errors import NotFound
from repository.iiif import image, image_request, share_card
from repository.iiif.image_cut import Limits, resolve
from repository.iiif.image_request import Version
from repository.iiif.share_card import Words
from repository.rights.decision import Use
from repository.urls import Urls
from repository.web import answers, sharing
from repository.web.context import memory, page_urls, site_urls
from repository.web.item_view import Material
from repository.web.languages import LANGUAGES, answering_in, current

blueprint = Blueprint("share_pictures", __name__)

EDITION = "1"  # of how they are drawn: part of the entity tag
DAY_SECONDS = 86_400


@blueprint.get("/items/<named>/share.jpg")
def picture(named: str) -> AnyResponse:
    """Give the picture that stands for an item where its page is shared."""
    with memory().database.read() as conn:
        stored, own = gate.named_item(conn, named)
        if own != named:
            return redirect(Urls().share_picture(own), 301)
        files = assets.of_item(conn, own)
        access = gate.load(conn, [stored], [asset.id for asset in files])[own]
        gate.require(stored, access, Use.VIEW)
    known = Material(stored, files, access, {}, page_urls(), site_urls(), current())
    shown = sharing.standing(known)
    if shown is None or shown.is_remote_image:
        raise _absent()
    response = Response(mimetype="image/jpeg")
    bound = access.max_px(shown.id)
    etag = hashlib.sha256(f"{EDITION} {shown.sha256} {bound}".encode()).hexdigest()
    response.set_etag(etag)
    if not request.if_none_match.contains(etag):
        response.set_data(share_card.frame(_source(shown, bound)))
    return answers.gated(response, access, shown.id).make_conditional(request)


def _source(asset: Asset, bound: int) -> bytes | Path:
    """Give a picture from its pyramid as large as it may be seen and there is room for, or a film's poster."""
    name = derivatives.PYRAMID if asset.is_image else derivatives.POSTER
    path = memory().blobs.derived(asset.sha256, name)
    if path is None:
        raise _absent()
    if not asset.is_image:
        return path
    width, height = share_card.fit(asset.width, asset.height, bound)
    asked = image_request.parse(f"full/{width},{height}/0/default.jpg", Version.V3)
    return image.render(path, resolve(asked, asset.width, asset.height, bound, Limits()))


def _absent() -> NotFound:
    return NotFound("image_absent", "그림을 아직 준비하지 못했습니다.", "This picture is not ready yet.")


@blueprint.get("/share/<language>.png")
def card(language: str) -> AnyResponse:
    """Give the site's own card in a language."""
    if language not in LANGUAGES:
        raise NotFound("image_unknown", "그런 그림이 없습니다.", "There is no such picture.")
    with answering_in(language):
        words = Words(str(_("코리안메모리")), str(_("우리 기록을 한곳에서")))
    body = share_card.site_card(words, Path(memory().settings.fonts).resolve())
    response = Response(body, mimetype="image/png")
    response.headers["Cache-Control"] = f"public, max-age={DAY_SECONDS}"
    return answers.conditional(response, body)
