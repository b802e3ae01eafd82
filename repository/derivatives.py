"""Derivatives of originals: pyramid, thumbnail and colours of a picture, poster of a film; made once, or again."""

from __future__ import annotations

from pathlib import Path

from repository import colours
from repository.blobs import FolderBlobs
from repository.iiif import pyramid

PYRAMID = "pyramid.tif"
THUMBNAIL = "thumbnail.jpg"
POSTER = "poster.jpg"
COLOURS = "colours.txt"


def make(blobs: FolderBlobs, sha256: str, media_type: str) -> None:
    """Make what a file of this type needs and does not have yet."""
    master = blobs.local(sha256)
    if media_type.startswith("image/"):
        tiles = blobs.derive(sha256, PYRAMID, lambda target: pyramid.build(master, target))
        small = blobs.derive(sha256, THUMBNAIL, lambda target: pyramid.thumbnail(tiles, target))
        blobs.derive(sha256, COLOURS, lambda target: _write_colours(small, target))
    elif media_type.startswith("video/"):
        poster = blobs.derive(sha256, POSTER, lambda target: pyramid.poster(master, target))
        small = blobs.derive(sha256, THUMBNAIL, lambda target: pyramid.thumbnail(poster, target))
        blobs.derive(sha256, COLOURS, lambda target: _write_colours(small, target))


def _write_colours(picture: Path, target: Path) -> None:
    target.write_text(" ".join(colours.of(picture)))


def colours_of(blobs: FolderBlobs, sha256: str) -> tuple[str, ...]:
    """Give the colours of a picture or film by name; none where they have not been looked for."""
    kept = blobs.derived(sha256, COLOURS) if sha256 else None
    return tuple(kept.read_text().split()) if kept else ()


def path(blobs: FolderBlobs, sha256: str, name: str) -> Path | None:
    """Give the path of a derivative, or None where it is not made."""
    return blobs.derived(sha256, name)
