"""Derivatives of originals: pyramids for zooming, small pictures, stills of films, pages of documents.

A pyramid is a tiled TIFF whose tiles are JPEG: each level half the one before, down to a single tile. The
quality stays below 90, where libvips turns to 4:4:4 RGB and files grow by the factor 3.6. The same input gives
the same bytes. Files are written beside their place and renamed into it, so a target is whole or absent.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image

from repository.asset import THUMBNAIL
from repository.iiif import documents, films, pictures, sniff

TILE = 512
QUALITY = 85
POSTER = 1280
_PAGE_DPI = 200
_PAGE_LONGEST = 8000
_CLASSIC_PIXELS = 1_000_000_000  # beyond, a file may outgrow the 4 GB of a classic TIFF


@contextmanager
def _written(target: Path) -> Iterator[str]:
    """Give the name to write to, which becomes the target once all is written."""
    part = target.with_name(f"{target.name}.part")
    try:
        yield str(part)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _save(picture: Any, target: Path) -> None:
    longest = max(picture.width, picture.height)
    # libvips reads no tiles of four times the picture's size, so a tiny picture gets one tile of about its own.
    tile = TILE if longest > TILE // 4 else -(-longest // 16) * 16
    with _written(target) as part:
        picture.tiffsave(
            part,
            tile=True,
            pyramid=True,
            compression="jpeg",
            Q=QUALITY,
            tile_width=tile,
            tile_height=tile,
            keep="none",
            bigtiff=picture.width * picture.height > _CLASSIC_PIXELS,
        )


def build(master: Path, target: Path) -> None:
    """Make the pyramid of a picture that `sniff.examine` has passed; memory does not grow with its size."""
    _save(pictures.upright(master, is_jp2=sniff.kind_of(master) == "image/jp2"), target)


def pdf_page(document: Path, number: int, target: Path) -> None:
    """Make the pyramid of one page of a PDF, counted from 1, at 200 dots per inch."""
    drawn = documents.render_page(document, number, _PAGE_DPI, _PAGE_LONGEST)
    _save(pictures.from_pillow(drawn), target)


def thumbnail(source: Path, target: Path, longest: int = THUMBNAIL) -> None:
    """Make a JPEG of a pyramid or still, its longer side at most `longest` pixels and never enlarged."""
    small = pictures.reduced(source, longest)
    with _written(target) as part:
        small.jpegsave(part, Q=QUALITY, keep="none", optimize_coding=True)


def poster(film: Path, target: Path) -> None:
    """Make a JPEG of the first frame of a film that shows something."""
    frame: Image.Image = films.still(film)
    frame.thumbnail((POSTER, POSTER))
    with _written(target) as part:
        frame.save(part, "JPEG", quality=QUALITY)
