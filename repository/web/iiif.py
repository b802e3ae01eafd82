"""The IIIF doors: pictures by the Image API 3.0 (and 2.1), manifests and collections by Presentation 3.0."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from repository import derivatives, gate, sets
from repository.errors import NotFound
from repository.gate import Opened
from repository.iiif import image, image_info, image_request
from repository.iiif.image_cut import Cut, Limits, resolve
from repository.iiif.image_request import Version
from repository.iiif.manifest import CONTEXT
from repository.item import Text
from repository.presentation import presenter_of
from repository.rights.decision import Use
from repository.rights.vocabulary import marks
from repository.web import answers
from repository.web.context import memory, site_urls

blueprint = Blueprint("iiif", __name__, url_prefix="/iiif")

MOST_MEMBERS = 1000
_JSON, _LD = "application/json", "application/ld+json"
_PROFILES = {
    Version.V2: "http://iiif.io/api/image/2/level2.json",
    Version.V3: "http://iiif.io/api/image/3/level2.json",
}


# ---- pictures


@blueprint.get("/image/<asset>")
def service(asset: str) -> AnyResponse:
    """Send on from a picture's own address to its description (Image API 3.0 §2)."""
    return _send_on(asset, site_urls().info(asset))


@blueprint.get("/2/<asset>")
def service2(asset: str) -> AnyResponse:
    """Send on from a picture's own address to its description (Image API 2.1 §2)."""
    return _send_on(asset, f"{site_urls().image2(asset)}/info.json")


def _send_on(asset: str, address: str) -> AnyResponse:
    opened = _open(asset)
    return answers.gated(redirect(address, 303), opened.access, asset)


@blueprint.get("/image/<asset>/info.json")
def info(asset: str) -> AnyResponse:
    """Describe a picture as it may be seen now (Image API 3.0 §5)."""
    return _info(asset, Version.V3)


@blueprint.get("/2/<asset>/info.json")
def info2(asset: str) -> AnyResponse:
    """Describe a picture as it may be seen now (Image API 2.1 §5)."""
    return _info(asset, Version.V2)


@blueprint.get("/image/<asset>/<path:asked>")
def picture(asset: str, asked: str) -> AnyResponse:
    """Give a picture, or a tile of it, as far as it may be seen now (Image API 3.0 §4)."""
    return _picture(asset, asked, Version.V3)


@blueprint.get("/2/<asset>/<path:asked>")
def picture2(asset: str, asked: str) -> AnyResponse:
    """Give a picture, or a tile of it, as far as it may be seen now (Image API 2.1 §4)."""
    return _picture(asset, asked, Version.V2)


# ---- manifests and collections


@blueprint.get("/<named>/manifest.json")
def manifest(named: str) -> AnyResponse:
    """Give the manifest of an item of which something may be seen (Presentation 3.0 §5.2)."""
    with memory().database.read() as conn:
        stored, own = gate.named_item(conn, named)
        if own != named:
            return redirect(site_urls().manifest(own), 301)
        access = gate.load_whole(conn, stored)
        gate.require(stored, access, Use.VIEW)
        body = presenter_of(memory().settings).body(conn, stored, access)
    if body is None:
        raise NotFound(
            "manifest_absent", "보여 줄 그림이나 영상이 없습니다.", "There is nothing to show of this."
        )
    return answers.gated(_presentation(body), access).make_conditional(request)


@blueprint.get("/collections/<slug>.json")
def collection(slug: str) -> AnyResponse:
    """Give a topic collection: the works of it that may be seen now (Presentation 3.0 §5.1)."""
    with memory().database.read() as conn:
        found = sets.find(conn, slug)
        if found is None or found.kind != "collection":
            raise NotFound("collection_unknown", "그런 컬렉션이 없습니다.", "There is no such collection.")
        members = [one.item for one in sets.members(conn, slug, limit=MOST_MEMBERS)]
        titles = (Text(found.title_ko, "ko"), Text(found.title_en, "en"))
        body = presenter_of(memory().settings).collection(conn, slug, titles, members)
    response = _presentation(body)
    response.headers["Cache-Control"] = f"public, max-age={answers.GATED_SECONDS}"
    return response.make_conditional(request)


def _presentation(body: bytes) -> Response:
    """Answer with the media type of Presentation 3.0 (§6.2), or as plain JSON where that is asked for."""
    plain = request.accept_mimetypes.best_match([_LD, _JSON], _LD) == _JSON
    response = Response(body, content_type=_JSON if plain else f'{_LD};profile="{CONTEXT}"')
    response.set_etag(hashlib.sha256(body).hexdigest())
    response.vary.add("Accept")
    return response


# ---- what they share


def _open(asset: str) -> Opened:
    with memory().database.read() as conn:
        opened = gate.open_file(conn, asset, Use.VIEW)
    if not opened.asset.is_image:
        raise NotFound("image_unknown", "그런 그림이 없습니다.", "There is no such picture.")
    return opened


def _limits() -> Limits:
    side = memory().settings.image_max_px
    return Limits(side, side, side * side)


def _service_id(asset: str, version: Version) -> str:
    return site_urls().image(asset) if version is Version.V3 else site_urls().image2(asset)


def _info(asset: str, version: Version) -> AnyResponse:
    opened = _open(asset)
    bound = opened.access.max_px(asset)
    verdict = opened.access.decision
    mark = marks().get(verdict.decision.mark) if verdict else None
    described = image_info.info(
        opened.asset, _service_id(asset, version), bound, mark.iiif if mark else "", version, _limits()
    )
    response = _json(described, image_info.CONTEXT[version])
    response.headers["Link"] = f'<{_PROFILES[version]}>;rel="profile"'
    return answers.gated(response, opened.access, asset).make_conditional(request)


def _picture(asset: str, asked: str, version: Version) -> AnyResponse:
    opened = _open(asset)
    parsed = image_request.parse(asked, version)
    bound = opened.access.max_px(asset)
    cut = resolve(parsed, opened.asset.width, opened.asset.height, bound, _limits())
    etag = hashlib.sha256(f"{opened.asset.sha256} {cut.picture} {cut.canonical()}".encode()).hexdigest()
    response = Response(mimetype=image_request.FORMATS[cut.format])
    response.set_etag(etag)
    response.headers["Link"] = _links(asset, cut, version)
    if not request.if_none_match.contains(etag):
        response.set_data(_render(opened, cut))
    return answers.gated(response, opened.access, asset).make_conditional(request)


def _links(asset: str, cut: Cut, version: Version) -> str:
    canonical = f"{_service_id(asset, version)}/{cut.canonical()}"
    return f'<{canonical}>;rel="canonical", <{_PROFILES[version]}>;rel="profile"'


def _render(opened: Opened, cut: Cut) -> bytes:
    path = memory().blobs.derived(opened.asset.sha256, derivatives.PYRAMID)
    if path is None:
        raise NotFound("image_absent", "그림을 아직 준비하지 못했습니다.", "This picture is not ready yet.")
    return image.render(path, cut)


def _json(described: dict[str, Any], context: str) -> Response:
    """Answer with JSON, as JSON-LD where that is asked for (Image API 3.0 §5.1)."""
    body = json.dumps(described, ensure_ascii=False).encode()
    wants_ld = request.accept_mimetypes.best_match([_JSON, _LD]) == _LD
    kind = f'{_LD};profile="{context}"' if wants_ld else _JSON
    response = Response(body, content_type=kind)
    response.set_etag(hashlib.sha256(body).hexdigest())
    response.vary.add("Accept")
    return response
