"""Parts of pictures that a collection shows, fitted as our image door fits them (IIIF Image API 3 §4.1 and §4.2)."""

from __future__ import annotations

from repository.asset import Asset
from repository.errors import BadRequest
from repository.iiif import image_cut, image_request
from repository.iiif.image_cut import Cut


def cut(picture: Asset, detail: str, longest: int, max_px: int = 0) -> Cut | None:
    """Fit a region (empty: all) into a square of `longest` pixels, never enlarged; None where it lies outside.

    `max_px` is the size at which the picture may be seen, 0 where it may be seen whole.
    """
    try:
        asked = image_request.parse(f"{detail or 'full'}/!{longest},{longest}/0/default.jpg")
        return image_cut.resolve(asked, picture.width, picture.height, max_px)
    except BadRequest:
        return None
