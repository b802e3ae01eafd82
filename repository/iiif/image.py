"""The Image API over pyramids: pictures cut without decoding wherever a stored tile fits.

Everything else is made by libvips from the smallest level that holds the detail asked for, so its cost follows
the size of the answer and not that of the picture.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from repository.iiif import pictures, tiles
from repository.iiif.image_cut import Cut
from repository.iiif.pyramid import QUALITY
from repository.iiif.tiles import Level, Pyramid

_WHITE = 255
_RIGHT_ANGLES = {90: "rot90", 180: "rot180", 270: "rot270"}


def render(path: Path, cut: Cut) -> bytes:
    """Give the picture that a request asks for, from a pyramid, as the bytes of a file."""
    with tiles.opened(path) as pyramid:
        stored = splice(pyramid, cut)
        if stored is not None:
            return stored
        levels = pyramid.levels
    return _encode(_finish(_scaled(path, levels, cut), cut), cut)


def splice(pyramid: Pyramid, cut: Cut) -> bytes | None:
    """Give a stored tile where a request asks for just that, or None.

    The region must be a tile of some level, cut off at most by the picture's edge, and the size that of the
    tile there; sizes of edge tiles may differ by a pixel, because halves of odd numbers are rounded.
    """
    whole = pyramid.levels[0]
    if not cut.is_plain or cut.picture != (whole.width, whole.height):
        return None
    for number, level in enumerate(pyramid.levels):
        place = _place(level, 1 << number, cut)
        if place is not None:
            return pyramid.cut(number, *place, cut.size)
    return None


def _place(level: Level, factor: int, cut: Cut) -> tuple[int, int] | None:
    """Give column and row of the tile of a level that a request means, or None."""
    wide, high = level.tile_width * factor, level.tile_height * factor
    if cut.x % wide or cut.y % high:
        return None
    column, row = cut.x // wide, cut.y // high
    if column >= level.columns or row >= level.rows:
        return None
    sides = (
        (
            cut.x,
            cut.width,
            wide,
            cut.picture[0],
            level.width - column * level.tile_width,
            level.tile_width,
            0,
        ),
        (
            cut.y,
            cut.height,
            high,
            cut.picture[1],
            level.height - row * level.tile_height,
            level.tile_height,
            1,
        ),
    )
    for start, length, span, end, left, tile, side in sides:
        if length != min(span, end - start):
            return None
        shown = min(tile, left)
        if cut.size[side] != shown and not (
            shown < tile and abs(cut.size[side] - shown) <= 1 and left == shown
        ):
            return None
    return column, row


def _scaled(path: Path, levels: tuple[Level, ...], cut: Cut) -> Any:
    """Cut a region out of the fitting level and bring it to its size.

    A reduced picture is first made as a whole, lazily: only the strips that the region needs are computed, and
    tiles meet without seams.
    """
    full = levels[0].width, levels[0].height
    if cut.picture != full:
        level = _level_for(levels, full, max(cut.picture[0] / full[0], cut.picture[1] / full[1]))
        whole = _resized(pictures.load(path, random=True, page=level), cut.picture)
        return _resized(whole.crop(cut.x, cut.y, cut.width, cut.height), cut.size)
    level = _level_for(levels, full, max(cut.size[0] / cut.width, cut.size[1] / cut.height))
    picture = pictures.load(path, random=True, page=level)
    across, down = picture.width / full[0], picture.height / full[1]
    left, top = int(cut.x * across), int(cut.y * down)
    right = min(picture.width, max(left + 1, round((cut.x + cut.width) * across)))
    lower = min(picture.height, max(top + 1, round((cut.y + cut.height) * down)))
    left, top = min(left, right - 1), min(top, lower - 1)
    return _resized(picture.crop(left, top, right - left, lower - top), cut.size)


def _level_for(levels: tuple[Level, ...], full: tuple[int, int], scale: float) -> int:
    """Give the number of the smallest level that still holds the detail of a scale."""
    enough = [
        number for number, level in enumerate(levels) if level.width / full[0] >= min(1.0, scale) * 0.999
    ]
    return enough[-1] if enough else 0


def _resized(picture: Any, size: tuple[int, int]) -> Any:
    if (picture.width, picture.height) == size:
        return picture
    return picture.thumbnail_image(size[0], height=size[1], size="force", no_rotate=True)


def _finish(picture: Any, cut: Cut) -> Any:
    """Mirror, turn, then change colours: the order of the standard (section 4)."""
    if cut.mirror:
        picture = picture.fliphor()
    if cut.rotation:
        picture = _turned(picture, float(cut.rotation))
    if cut.quality in ("gray", "bitonal"):
        picture = picture.colourspace("b-w")
    if cut.quality == "bitonal":
        picture = (picture > _WHITE // 2).copy(interpretation="b-w")
    return picture


def _turned(picture: Any, degrees: float) -> Any:
    if name := _RIGHT_ANGLES.get(int(degrees) if degrees.is_integer() else -1):
        return getattr(picture, name)()
    return picture.copy_memory().rotate(degrees, background=[_WHITE] * picture.bands)


def _encode(picture: Any, cut: Cut) -> bytes:
    options: dict[str, Any] = {"keep": "none"}
    if cut.format == "png":
        encoded = picture.pngsave_buffer(**options, bitdepth=1 if cut.quality == "bitonal" else 8)
    elif cut.format == "webp":
        encoded = picture.webpsave_buffer(**options, Q=QUALITY)
    else:
        encoded = picture.jpegsave_buffer(**options, Q=QUALITY, optimize_coding=True)
    return bytes(encoded)
