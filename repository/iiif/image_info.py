"""The description of a picture for viewers, info.json (Image API 3.0, section 5; 2.1 beside it).

Made from the file's row alone: no picture is opened.
"""

from __future__ import annotations

from typing import Any

from repository.asset import Asset
from repository.iiif.image_cut import Limits, seen_size
from repository.iiif.image_request import Version
from repository.iiif.pyramid import TILE

CONTEXT = {
    Version.V2: "http://iiif.io/api/image/2/context.json",
    Version.V3: "http://iiif.io/api/image/3/context.json",
}
_EXTRA_FEATURES = ("canonicalLinkHeader", "mirroring", "profileLinkHeader", "rotationArbitrary")


def level_sizes(width: int, height: int) -> list[tuple[int, int]]:
    """Give the sizes of the levels of a pyramid, largest first: halves, down to a single tile."""
    sizes = [(width, height)]
    while max(sizes[-1]) > TILE:
        sizes.append((max(1, sizes[-1][0] // 2), max(1, sizes[-1][1] // 2)))
    return sizes


def info(
    asset: Asset,
    base_url: str,
    max_px: int = 0,
    rights: str = "",
    version: Version = Version.V3,
    limits: Limits | None = None,
) -> dict[str, Any]:
    """Describe a picture as info.json (section 5), level 2; `rights` is an http address IIIF admits, or empty."""
    bounds = limits or Limits()
    width, height = seen_size(asset.width, asset.height, max_px)
    sizes = level_sizes(width, height)
    listed = [{"width": w, "height": h} for w, h in reversed(sizes) if bounds.fits(w, h)]
    zoom = [{"width": TILE, "height": TILE, "scaleFactors": [1 << number for number in range(len(sizes))]}]
    if version is Version.V2:
        return _info_2(base_url, (width, height), listed, zoom, bounds)
    reduced = (width, height) != (asset.width, asset.height)
    described = {
        "@context": CONTEXT[version],
        "id": base_url,
        "type": "ImageService3",
        "protocol": "http://iiif.io/api/image",
        "profile": "level2",
        "width": width,
        "height": height,
        "maxWidth": width if reduced else bounds.width,
        "maxHeight": height if reduced else bounds.height,
        "maxArea": bounds.area,
        "sizes": listed,
        "tiles": zoom,
        "rights": rights,
        "preferredFormats": ["jpg"],
        "extraFormats": ["webp"],
        "extraQualities": ["color", "gray", "bitonal"],
        "extraFeatures": [*_EXTRA_FEATURES] + ([] if reduced else ["sizeUpscaling"]),
    }
    return {name: value for name, value in described.items() if value}


def _info_2(
    base_url: str,
    size: tuple[int, int],
    listed: list[dict[str, int]],
    zoom: list[dict[str, Any]],
    bounds: Limits,
) -> dict[str, Any]:
    more = {
        "formats": ["jpg", "png", "webp"],
        "qualities": ["default", "color", "gray", "bitonal"],
        "supports": [*_EXTRA_FEATURES],
        "maxWidth": bounds.width,
        "maxHeight": bounds.height,
        "maxArea": bounds.area,
    }
    return {
        "@context": CONTEXT[Version.V2],
        "@id": base_url,
        "protocol": "http://iiif.io/api/image",
        "width": size[0],
        "height": size[1],
        "sizes": listed,
        "tiles": zoom,
        "profile": ["http://iiif.io/api/image/2/level2.json", more],
    }
