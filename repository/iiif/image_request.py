"""The words of an IIIF Image API 3.0 (or 2.1) request: a path is read and every part checked for its form.

`parse` looks at no picture; `repository.iiif.image_cut` fits what it reads to one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from repository.errors import BadRequest

FORMATS = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
QUALITIES = ("default", "color", "gray", "bitonal")
_KNOWN_FORMATS = ("tif", "gif", "jp2", "pdf")  # named by the standard (section 4.5), not made here
_LONGEST_PATH = 255
_NUMBER = r"\d{1,10}(?:\.\d{1,10})?"
_WHOLE = r"\d{1,10}"
_PATH = re.compile(r"([^/]+)/([^/]+)/([^/]+)/([^/.]+)\.([^/.]+)")
REGION = re.compile(
    rf"(?P<word>full|square)|pct:(?P<pct>{_NUMBER}(?:,{_NUMBER}){{3}})|(?P<px>{_WHOLE}(?:,{_WHOLE}){{3}})"
)
SIZE = re.compile(
    rf"(?P<up>\^)?(?:(?P<max>max)|pct:(?P<pct>{_NUMBER})|(?P<fit>!)?(?P<w>{_WHOLE})?,(?P<h>{_WHOLE})?)"
)
ROTATION = re.compile(rf"(?P<mirror>!)?(?P<degrees>{_NUMBER})")


class Version(IntEnum):
    """The versions of the Image API that are answered."""

    V2 = 2
    V3 = 3


@dataclass(frozen=True, slots=True)
class ImageRequest:
    """The words of a path, each in its place and well formed, not yet fitted to a picture."""

    region: str
    size: str
    rotation: str
    quality: str
    format: str
    version: Version = Version.V3


def parse(path: str, version: Version = Version.V3) -> ImageRequest:
    """Read `region/size/rotation/quality.format`, already percent-decoded; raises BadRequest."""
    found = _PATH.fullmatch(path) if len(path) <= _LONGEST_PATH and path.isascii() else None
    if not found:
        raise bad_part("path", path)
    region, size, rotation, quality, extension = found.groups()
    if version is Version.V2:
        size = "max" if size == "full" else size
    checked = {
        "region": REGION.fullmatch(region),
        "size": _is_size(size, version),
        "rotation": ROTATION.fullmatch(rotation),
        "quality": quality in QUALITIES,
    }
    for name, good in checked.items():
        if not good:
            raise bad_part(
                name, {"region": region, "size": size, "rotation": rotation, "quality": quality}[name]
            )
    if extension not in FORMATS:
        raise _unsupported(extension) if extension in _KNOWN_FORMATS else bad_part("format", extension)
    return ImageRequest(region, size, rotation, quality, extension, version)


def _is_size(size: str, version: Version) -> bool:
    found = SIZE.fullmatch(size)
    if not found or (version is Version.V2 and found["up"]):
        return False
    return bool(found["max"] or found["pct"] or found["w"] or found["h"]) and not (
        found["fit"] and not (found["w"] and found["h"])
    )


_WORDS = {
    "path": ("주소", "path"),
    "region": ("영역", "region"),
    "size": ("크기", "size"),
    "rotation": ("회전", "rotation"),
    "quality": ("색", "quality"),
    "format": ("형식", "format"),
}


def bad_part(part: str, value: str) -> BadRequest:
    """Make the error for a part of a request (path, region, size, rotation, quality, format) that is not valid."""
    ko, en = _WORDS[part]
    shown = value[:80]
    return BadRequest(
        f"image_{part}",
        f"그림 주소의 {ko} 부분을 이해할 수 없습니다: {shown}",
        f"The {en} of the image address is not valid here: {shown}",
    )


def _unsupported(extension: str) -> BadRequest:
    return BadRequest(
        "image_format_unsupported",
        f"이 형식으로는 드릴 수 없습니다: {extension}",
        f"Pictures are not given out in this format: {extension}",
    )
