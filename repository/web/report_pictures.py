"""The picture beside a form: the one that is spoken of, and of it the part that is pointed at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from repository.asset import Asset
from repository.item import Text
from repository.reports.asking import region_of
from repository.web.cards import Picture, alternative, thumbnail
from repository.web.item_view import Material

SIDE = 480  # pixels of the longest side


def shown_picture(given: Material, pictures: Sequence[str], typed: Mapping[str, str]) -> Picture | None:
    """Give the picture of the page that was typed, else the first; None where none may be seen."""
    page = typed.get("page", "").strip()
    known = page.isascii() and page.isdecimal() and len(page) < 7 and 1 <= int(page) <= len(pictures)
    wanted = pictures[int(page) - 1] if known else next(iter(pictures), "")
    asset = next((one for one in given.files if one.id == wanted), None)
    if asset is None:
        return None
    region = region_of([typed.get(name, "") for name in "xywh"]) if known else None
    if region and given.access.seen_whole(asset.id) and (part := _part(given, asset, region)):
        return part
    return thumbnail(given.urls, given.access, asset, given.description, given.invented)


def _part(given: Material, asset: Asset, region: str) -> Picture | None:
    """Cut a part out of a picture of ours; of one at an institution's own service nothing is cut."""
    if asset.is_remote_image or not (asset.is_image and asset.width and asset.height):
        return None
    _x, _y, w, h = (Fraction(one) / 100 for one in region.removeprefix("pct:").split(","))
    width, height = asset.width * w, asset.height * h
    scale = min(Fraction(1), SIDE / max(width, height))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    whole = alternative(asset, given.description, given.invented)
    return Picture(
        given.urls.picture(asset.id, f"!{SIDE},{SIDE}", region),
        *size,
        Text(f"{whole.value} ({region.removeprefix('pct:')} %)", whole.lang),
        given.invented,
    )
