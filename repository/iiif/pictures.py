"""Opening pictures safely: Pillow reads the header, libvips decodes in strips; upright, sRGB, 8 bit, no alpha.

Pillow's plug-ins are called by name, after our own look at the first bytes: so no other format is ever tried,
and our limit on pixels counts, not the one that Pillow keeps for its whole process. JPEG 2000, which libvips'
wheel cannot read, is decoded whole by Pillow.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pyvips
from PIL import (
    GifImagePlugin,
    Image,
    Jpeg2KImagePlugin,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from repository.iiif.refusal import Refused

_PLUGINS: dict[str, Any] = {
    "image/jpeg": JpegImagePlugin.JpegImageFile,
    "image/png": PngImagePlugin.PngImageFile,
    "image/tiff": TiffImagePlugin.TiffImageFile,
    "image/webp": WebPImagePlugin.WebPImageFile,
    "image/gif": GifImagePlugin.GifImageFile,
    "image/jp2": Jpeg2KImagePlugin.Jpeg2KImageFile,
}
MEDIA_TYPES = tuple(_PLUGINS)
_WHOLE = ("image/jp2", "image/webp", "image/gif")
_SHORTEST_SHRUNK = 64  # a JPEG is decoded at an eighth for checking, unless it is tiny
_REDUCED_COPY = 1  # NewSubfileType (TIFF 6.0, section 8): a smaller copy of another picture of the file
_FAULTS = (OSError, SyntaxError, ValueError, EOFError, pyvips.Error)
_MODES = {"L": (1, "uchar"), "RGB": (3, "uchar"), "I;16": (1, "ushort")}


@cache
def _start() -> None:
    """Set libvips up once: no cache of operations, which would know files by their names; no risky loaders."""
    pyvips.cache_set_max(0)
    pyvips.block_untrusted_set(True)


def load(source: Path, random: bool = False, **options: Any) -> Any:
    """Open a picture with libvips; any fault while decoding is an error, not a grey area in the picture."""
    _start()
    access = "random" if random else "sequential"
    return pyvips.Image.new_from_file(str(source), access=access, fail_on="error", **options)


def measure(path: Path, media_type: str, pixels: int, whole_pixels: int) -> tuple[int, int, int]:
    """Decode a picture once; gives width and height after rotation, and how many pictures a TIFF holds.

    Raises Refused for what is larger than `pixels`, damaged, or of a colour space that we cannot show.
    """
    try:
        with _PLUGINS[media_type](str(path)) as header:
            _check_size(header.size, min(pixels, whole_pixels) if media_type in _WHOLE else pixels)
            if header.mode == "LAB":
                raise Refused("media_refused_type", "CIE L*a*b*")
            pages = _count(header) if media_type == "image/tiff" else 1
            if media_type == "image/jp2":
                header.load()
                return (*header.size, pages)
        return (*_decode(path, media_type), pages)
    except Image.DecompressionBombError as error:  # the GIF plug-in alone still asks Pillow's own limit
        raise Refused("media_refused_size", str(error)) from error
    except _FAULTS as error:
        raise Refused("media_refused_broken", " ".join(str(error).split())) from error


def _check_size(size: tuple[int, int], most: int) -> None:
    width, height = size
    if width < 1 or height < 1:
        raise Refused("media_refused_broken", f"{width} × {height}")
    if width * height > most:
        raise Refused("media_refused_size", f"{width} × {height}")


def _count(tiff: Any) -> int:
    """Count a TIFF's pictures without its smaller copies."""
    full = 0
    for number in range(tiff.n_frames):
        tiff.seek(number)
        full += not tiff.tag_v2.get(254, 0) & _REDUCED_COPY
    return max(1, full)


def _decode(path: Path, media_type: str) -> tuple[int, int]:
    """Read all of a picture, strip by strip; a JPEG's coefficients are all read but only an eighth computed."""
    picture = load(path)
    small = min(picture.width, picture.height) < _SHORTEST_SHRUNK
    checked = load(path, shrink=8) if media_type == "image/jpeg" and not small else picture
    checked.avg()
    turned = _orientation(picture) >= 5
    return (picture.height, picture.width) if turned else (picture.width, picture.height)


def _orientation(picture: Any) -> int:
    """Give the EXIF orientation, 1 to 8; 5 and above swap the sides."""
    return int(picture.get("orientation")) if picture.get_typeof("orientation") else 1


def upright(path: Path, is_jp2: bool) -> Any:
    """Open a picture as it is to be seen: turned by its EXIF, in 8-bit sRGB or grey, on white where transparent."""
    if is_jp2:
        return shown(_whole(path))
    picture = load(path)
    if _orientation(picture) != 1:  # turning needs the rows in another order than they are read
        picture = load(path, random=True).autorot()
    return shown(picture)


def _whole(path: Path) -> Any:
    with Jpeg2KImagePlugin.Jpeg2KImageFile(str(path)) as decoded:
        decoded.load()
        kept = (
            decoded if decoded.mode in _MODES else decoded.convert("RGBA" if "A" in decoded.mode else "RGB")
        )
        return from_pillow(kept)


def from_pillow(picture: Image.Image) -> Any:
    """Hand a decoded picture over to libvips."""
    _start()
    if picture.mode == "RGBA":
        white = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(white, picture).convert("RGB")
    bands, form = _MODES[picture.mode]
    raw = pyvips.Image.new_from_memory(picture.tobytes(), picture.width, picture.height, bands, form)
    names = {(1, "uchar"): "b-w", (3, "uchar"): "srgb", (1, "ushort"): "grey16"}
    return raw.copy(interpretation=names[bands, form])


def shown(picture: Any) -> Any:
    """Bring a picture to 8 bits of sRGB, or of grey where it has no colour, and lay transparency on white."""
    grey = picture.interpretation in ("b-w", "grey16")
    picture = _to_srgb(picture)
    if picture.hasalpha():
        picture = picture.flatten(background=255)
    if picture.bands > 3:
        picture = picture.extract_band(0, n=3)
    return picture.colourspace("b-w").extract_band(0) if grey else picture


def _to_srgb(picture: Any) -> Any:
    if picture.get_typeof("icc-profile-data"):
        try:
            return picture.icc_transform("srgb", embedded=True, intent="relative", depth=8).cast("uchar")
        except pyvips.Error:  # a damaged profile, or one for another number of bands: colours as they are
            picture = picture.copy()
            picture.remove("icc-profile-data")
    return picture.colourspace("srgb").cast("uchar")


def reduced(source: Path, longest: int) -> Any:
    """Open a picture of ours so small that its longer side is at most `longest` pixels; never enlarged."""
    _start()
    return pyvips.Image.thumbnail(str(source), longest, height=longest, size="down")
