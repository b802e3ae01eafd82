"""The doors of files: originals, thumbnails, films, posters and captions, each behind the gate at every request."""

from __future__ import annotations

import mimetypes
from pathlib import Path

from flask import Blueprint, send_file
from werkzeug.wrappers import Response as AnyResponse

from repository import derivatives, gate
from repository.asset import THUMBNAIL, Role
from repository.errors import NotFound
from repository.gate import Opened
from repository.rights.decision import Use
from repository.web import answers
from repository.web.context import memory

blueprint = Blueprint("files", __name__, url_prefix="/assets")


def _open(asset: str, use: Use, *roles: Role, whole: bool = False) -> Opened:
    with memory().database.read() as conn:
        opened = gate.open_file(conn, asset, use, whole=whole)
    if roles and opened.asset.role not in roles:
        raise _absent()
    return opened


def _absent() -> NotFound:
    return NotFound("file_absent", "그런 파일이 없습니다.", "There is no such file.")


def _send(opened: Opened, path: Path, media_type: str, name: str = "", variant: str = "") -> AnyResponse:
    """Send a file with a strong ETag and byte ranges (RFC 9110 §8.8, §14)."""
    response = send_file(
        path,
        mimetype=media_type or "application/octet-stream",
        as_attachment=bool(name),
        download_name=name or None,
        conditional=True,
        max_age=answers.GATED_SECONDS,
        etag=f"{opened.asset.sha256}{variant}",
    )
    return answers.gated(response, opened.access, opened.asset.id)


@blueprint.get("/<asset>/original")
def original(asset: str) -> AnyResponse:
    """Give the original bytes to keep, where reuse is allowed."""
    opened = _open(asset, Use.REUSE)
    ending = mimetypes.guess_extension(opened.asset.media_type) or ""
    path = memory().blobs.local(opened.asset.sha256)
    return _send(opened, path, opened.asset.media_type, f"{opened.asset.item}-{opened.asset.id}{ending}")


@blueprint.get("/<asset>/thumbnail.jpg")
def thumbnail(asset: str) -> AnyResponse:
    """Give the small picture, where viewing is allowed."""
    opened = _open(asset, Use.VIEW)
    bound = opened.access.max_px(opened.asset.id)
    if 0 < bound < THUMBNAIL:
        raise gate.Refused(Use.VIEW, opened.stored, opened.access)
    return _derived(opened, derivatives.THUMBNAIL)


@blueprint.get("/<asset>/poster.jpg")
def poster(asset: str) -> AnyResponse:
    """Give a film's still picture, where viewing is allowed."""
    return _derived(_open(asset, Use.VIEW, Role.FILM, whole=True), derivatives.POSTER)


def _derived(opened: Opened, name: str) -> AnyResponse:
    path = memory().blobs.derived(opened.asset.sha256, name)
    if path is None:
        raise _absent()
    return _send(opened, path, "image/jpeg", variant=f"-{name.partition('.')[0]}")


@blueprint.get("/<asset>/film")
def film(asset: str) -> AnyResponse:
    """Give a film or sound for playing, in ranges, where viewing is allowed."""
    opened = _open(asset, Use.VIEW, Role.FILM, Role.SOUND, whole=True)
    path = memory().blobs.local(opened.asset.sha256)
    return _send(opened, path, opened.asset.media_type)


@blueprint.get("/<asset>/captions.vtt")
def captions(asset: str) -> AnyResponse:
    """Give a film's captions, where the film may be seen."""
    opened = _open(asset, Use.VIEW, Role.CAPTION)
    return _send(opened, memory().blobs.local(opened.asset.sha256), "text/vtt; charset=utf-8")
