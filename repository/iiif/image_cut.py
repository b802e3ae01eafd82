"""IIIF Image API requests fitted to a picture of known size: from checked words to whole numbers of pixels.

A picture that may be seen reduced only is, for every request, a smaller picture: its size, its regions and its
levels are those of the reduced copy, so no crop can show more detail than the whole does; enlarging it is
refused. Section numbers are those of Image API 3.0.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from repository.errors import Closed
from repository.iiif.image_request import REGION, ROTATION, SIZE, ImageRequest, Version, bad_part


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest picture that is given out: pixels of width, height and area (section 5.3)."""

    width: int = 16_384
    height: int = 16_384
    area: int = 50_000_000

    def fits(self, width: int, height: int) -> bool:
        """Tell whether a size lies within all three."""
        return width <= self.width and height <= self.height and width * height <= self.area

    def fit(self, width: int, height: int) -> tuple[int, int]:
        """Give the largest size of these proportions within all three, whether smaller or larger than they are."""
        scale = min(self.width / width, self.height / height, (self.area / (width * height)) ** 0.5)
        return max(1, floor(width * scale)), max(1, floor(height * scale))


@dataclass(frozen=True, slots=True)
class Cut:
    """A request fitted to a picture: all in pixels of `picture`, which is its whole size as it may be seen.

    `rotation` is degrees clockwise, from 0 to below 360, after mirroring.
    """

    picture: tuple[int, int]
    x: int
    y: int
    width: int
    height: int
    size: tuple[int, int]
    mirror: bool
    rotation: Fraction
    quality: str
    format: str
    largest: tuple[int, int]
    version: Version = Version.V3

    @property
    def is_whole(self) -> bool:
        """Tell whether the region is the whole picture."""
        return (self.x, self.y, self.width, self.height) == (0, 0, *self.picture)

    @property
    def is_enlarged(self) -> bool:
        """Tell whether the picture is made larger than its region."""
        return self.size[0] > self.width or self.size[1] > self.height

    @property
    def is_plain(self) -> bool:
        """Tell whether it is neither turned nor mirrored nor changed in colour, and a JPEG."""
        upright = not self.mirror and not self.rotation
        return upright and self.quality in ("default", "color") and self.format == "jpg"

    def canonical(self) -> str:
        """Write the canonical form of the request (section 4.7), the same for all its spellings."""
        region = "full" if self.is_whole else f"{self.x},{self.y},{self.width},{self.height}"
        turn = f"{'!' if self.mirror else ''}{_decimal(self.rotation)}"
        return f"{region}/{self._canonical_size()}/{turn}/{self.quality}.{self.format}"

    def _canonical_size(self) -> str:
        width, height = self.size
        if self.version is Version.V2:
            return self._canonical_size_2()
        sign = "^" if self.is_enlarged else ""
        return (
            f"{sign}max" if self.size == self.largest and not self.is_enlarged else f"{sign}{width},{height}"
        )

    def _canonical_size_2(self) -> str:
        """Write the size as version 2.1 wants it: `full`, or the width where the proportions are kept."""
        width, height = self.size
        if self.size == (self.width, self.height):
            return "full"
        kept = height == max(1, round(self.height * width / self.width))
        return f"{width}," if kept else f"{width},{height}"


def seen_size(width: int, height: int, max_px: int = 0) -> tuple[int, int]:
    """Give a picture's size as it may be seen: all of it, or reduced so that its longer side has `max_px`."""
    longest = max(width, height)
    if not max_px or longest <= max_px:
        return width, height
    return max(1, width * max_px // longest), max(1, height * max_px // longest)


def resolve(
    asked: ImageRequest, width: int, height: int, max_px: int = 0, limits: Limits | None = None
) -> Cut:
    """Fit a request to a picture of `width` × `height` pixels that may be seen reduced to `max_px` (0: whole).

    Raises BadRequest for what lies outside the picture or the limits, Closed for enlarging a reduced picture.
    """
    bounds = limits or Limits()
    picture = seen_size(width, height, max_px)
    x, y, region_width, region_height = _region(asked.region, picture)
    region = region_width, region_height
    largest = region if bounds.fits(*region) else bounds.fit(*region)
    size = _size(asked.size, region, largest, bounds)
    turn = ROTATION.fullmatch(asked.rotation)
    degrees = Fraction(turn["degrees"]) if turn else Fraction(-1)
    if not 0 <= degrees <= 360:
        raise bad_part("rotation", asked.rotation)
    cut = Cut(
        picture=picture,
        x=x,
        y=y,
        width=region_width,
        height=region_height,
        size=size,
        mirror=bool(turn and turn["mirror"]),
        rotation=degrees % 360,
        quality=asked.quality,
        format=asked.format,
        largest=largest,
        version=asked.version,
    )
    if cut.is_enlarged and picture != (width, height):
        raise _reduced_only(max_px)
    return cut


def _region(words: str, picture: tuple[int, int]) -> tuple[int, int, int, int]:
    """Give x, y, width and height in whole pixels, cut off where the picture ends (section 4.1)."""
    width, height = picture
    found = REGION.fullmatch(words)
    if not found:
        raise bad_part("region", words)
    if found["word"] == "full":
        return 0, 0, width, height
    if found["word"] == "square":
        side = min(width, height)
        return (width - side) // 2, (height - side) // 2, side, side
    x, y, w, h = _pixels(found["px"], found["pct"], picture)
    right, lower = min(width, x + w), min(height, y + h)
    if w < 1 or h < 1 or x >= right or y >= lower:
        raise bad_part("region", words)
    return x, y, right - x, lower - y


def _pixels(px: str | None, pct: str | None, picture: tuple[int, int]) -> tuple[int, int, int, int]:
    if px:
        x, y, w, h = map(int, px.split(","))
        return x, y, w, h
    sides = (*picture, *picture)
    shares = [Fraction(share) * side / 100 for share, side in zip((pct or "").split(","), sides, strict=True)]
    return floor(shares[0]), floor(shares[1]), ceil(shares[2]), ceil(shares[3])


def _size(words: str, region: tuple[int, int], largest: tuple[int, int], bounds: Limits) -> tuple[int, int]:
    """Give the width and height in pixels of the picture that is asked for (section 4.2)."""
    found = SIZE.fullmatch(words)
    if not found:
        raise bad_part("size", words)
    up = bool(found["up"])
    if found["max"]:
        return bounds.fit(*region) if up else largest
    if found["fit"]:
        box = int(found["w"]), int(found["h"])
        if not up and box[0] >= largest[0] and box[1] >= largest[1]:
            return largest
        return _confined(*box, region, bounds if up else Limits(*largest), words)
    size = _scaled(found, region)
    if min(size) < 1 or (not up and (size[0] > region[0] or size[1] > region[1])) or not bounds.fits(*size):
        raise bad_part("size", words)
    return size


def _confined(
    width: int, height: int, region: tuple[int, int], bounds: Limits, words: str
) -> tuple[int, int]:
    """Give the largest size of the region's proportions within a box and the bounds."""
    if min(width, height) < 1:
        raise bad_part("size", words)
    box = Limits(min(width, bounds.width), min(height, bounds.height), bounds.area)
    scale = min(Fraction(box.width, region[0]), Fraction(box.height, region[1]))
    size = max(1, round(region[0] * scale)), max(1, round(region[1] * scale))
    return size if bounds.fits(*size) else box.fit(*region)


def _scaled(found: re.Match[str], region: tuple[int, int]) -> tuple[int, int]:
    """Give the size that is named by its sides or as a percentage; a side left out keeps the proportions."""
    width, height = region
    if found["pct"]:
        scale = Fraction(found["pct"]) / 100
        return round(width * scale), round(height * scale)
    w, h = int(found["w"] or 0), int(found["h"] or 0)
    if not found["h"]:
        return w, max(1, round(Fraction(height * w, width))) if w else 0
    if not found["w"]:
        return max(1, round(Fraction(width * h, height))) if h else 0, h
    return w, h


def _decimal(number: Fraction) -> str:
    """Write degrees as a whole number where they are one, else with a leading zero and no trailing ones."""
    return str(number.numerator) if number.denominator == 1 else f"{float(number):.10f}".rstrip("0")


def _reduced_only(max_px: int) -> Closed:
    return Closed(
        "image_reduced",
        f"작은 화면으로만 볼 수 있는 자료입니다(긴 쪽 {max_px}픽셀).",
        f"This may be seen at reduced size only (longer side {max_px} pixels).",
    )
