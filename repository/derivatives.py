"""Derivatives of originals: pyramid and thumbnail of a picture, poster of a film; made once, deleted at will."""

from __future__ import annotations

from pathlib import Path

from repository.blobs import FolderBlobs
from repository.iiif import pyramid

PYRAMID = "pyramid.tif"
THUMBNAIL = "thumbnail.jpg"
POSTER = "poster.jpg"


def make(blobs: FolderBlobs, sha256: str, media_type: str) -> None:
    """Make what a file of this type needs and does not have yet."""
    master = blobs.local(sha256)
    if media_type.startswith("image/"):
        tiles = blobs.derive(sha256, PYRAMID, lambda target: pyramid.build(master, target))
        blobs.derive(sha256, THUMBNAIL, lambda target: pyramid.thumbnail(tiles, target))
    elif media_type.startswith("video/"):
        poster = blobs.derive(sha256, POSTER, lambda target: pyramid.poster(master, target))
        blobs.derive(sha256, THUMBNAIL, lambda target: pyramid.thumbnail(poster, target))


def path(blobs: FolderBlobs, sha256: str, name: str) -> Path | None:
    """Give the path of a derivative, or None where it is not made."""
    return blobs.derived(sha256, name)
