"""What is this file really? Told by its content, never by its name or by what a server called it.

A file is looked at in three steps, each cheaper to refuse than the next: its first bytes must belong to a kind
that we take; its measures must lie within the limits; then its content is read to the end (pictures decoded in
strips, films and sounds demultiplexed), so that a broken file is refused here and not by a reader's browser.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from repository.iiif import documents, films, pictures
from repository.iiif.refusal import Refused
from repository.problems import Problem, problem

_HEAD = 4096
_CAPTION_BYTES = 16 << 20

# First bytes → media type. What opens no picture, film, sound, captions or PDF (SVG, HTML, XML …) is refused.
_MAGIC: tuple[tuple[re.Pattern[bytes], str], ...] = tuple(
    (re.compile(pattern, re.DOTALL), media_type)
    for pattern, media_type in (
        (rb"\xff\xd8\xff", "image/jpeg"),
        (rb"\x89PNG\r\n\x1a\n", "image/png"),
        (rb"II[\x2a\x2b]\0|MM\0[\x2a\x2b]", "image/tiff"),
        (rb"RIFF....WEBPVP8[ LX]", "image/webp"),
        (rb"GIF8[79]a", "image/gif"),
        (rb"\0\0\0\x0cjP  \r\n\x87\n|\xff\x4f\xff\x51", "image/jp2"),
        (rb"(?:\xef\xbb\xbf)?WEBVTT(?:[ \t\r\n]|\Z)", "text/vtt"),
        (rb"....ftyp(?!heic|heix|hevc|heim|mif1|msf1|avif|avis|jp2 )", "video/mp4"),
        (rb"\x1a\x45\xdf\xa3.{0,60}webm", "video/webm"),
        (rb"RIFF....WAVE", "audio/wav"),
        (rb"OggS", "audio/ogg"),
        (rb"fLaC", "audio/flac"),
        (rb"ID3[\x02-\x04]|\xff[\xe2-\xe7\xf2-\xf7\xfa-\xff]", "audio/mpeg"),
        (rb".{0,1024}%PDF-\d", "application/pdf"),
    )
)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file may hold: bytes, pixels of a picture or frame, pages, seconds.

    `whole_pixels` bounds the kinds that cannot be decoded strip by strip (JPEG 2000, WebP, GIF).
    """

    bytes: int = 4 << 30
    pixels: int = 400_000_000
    whole_pixels: int = 100_000_000
    pages: int = 20_000
    seconds: float = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Examined:
    """What a file was found to be; `width` and `height` are pixels after rotation, `seconds` a duration.

    `pages` counts the pages of a PDF and the pictures of a TIFF, without its smaller copies; 0 is unknown or
    none.
    """

    media_type: str
    width: int = 0
    height: int = 0
    seconds: float = 0.0
    pages: int = 0


def examine(path: Path, limits: Limits | None = None) -> Examined | Problem:
    """Tell what a file is, or say in a coded problem why it is not taken; raises OSError if it cannot be read."""
    bounds = limits or Limits()
    media_type = kind_of(path)
    try:
        if path.stat().st_size > bounds.bytes:
            raise Refused("media_refused_size", f"{path.stat().st_size} bytes")
        if media_type not in _READERS:
            raise Refused("media_refused_type", media_type)
        return _READERS[media_type](path, media_type, bounds)
    except Refused as refused:
        return problem(refused.code, "media", refused.value)


def kind_of(path: Path) -> str:
    """Name the media type that the first bytes promise, or nothing."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    return next((media_type for pattern, media_type in _MAGIC if pattern.match(head)), "")


def _picture(path: Path, media_type: str, limits: Limits) -> Examined:
    width, height, pages = pictures.measure(path, media_type, limits.pixels, limits.whole_pixels)
    if pages > limits.pages:
        raise Refused("media_refused_size", f"{pages} pages")
    return Examined(media_type, width, height, pages=pages)


def _film(path: Path, media_type: str, limits: Limits) -> Examined:
    found = films.measure(path, media_type.partition("/")[2], limits.pixels, limits.seconds)
    kind = "video" if found.width else "audio"
    return Examined(f"{kind}/{media_type.partition('/')[2]}", found.width, found.height, found.seconds)


def _captions(path: Path, media_type: str, _: Limits) -> Examined:
    """Captions are UTF-8 text without NUL (WebVTT, section 4.1) of a size that a browser reads at once."""
    if path.stat().st_size > _CAPTION_BYTES:
        raise Refused("media_refused_size", f"{path.stat().st_size} bytes")
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused("media_refused_broken", str(error)) from error
    if "\0" in text:
        raise Refused("media_refused_broken", "NUL in text")
    return Examined(media_type)


def _document(path: Path, media_type: str, limits: Limits) -> Examined:
    return Examined(media_type, pages=documents.count_pages(path, limits.pages))


_READERS: dict[str, Callable[[Path, str, Limits], Examined]] = {
    **dict.fromkeys(pictures.MEDIA_TYPES, _picture),
    **dict.fromkeys((f"{kind}/{name}" for kind in ("video", "audio") for name in films.FORMATS), _film),
    "text/vtt": _captions,
    "application/pdf": _document,
}
