"""Files that records name: which addresses are files, of what role, and which captions belong to which film."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

import msgspec

from harvest.crosswalks import languages
from repository.item import Caption, MediaRef

URL_LIMIT = 2_000
PAGED = frozenset({"book", "manuscript", "document", "newspaper", "music"})
_ROLES = {
    **dict.fromkeys(("jpg", "jpeg", "jpe", "png", "gif", "tif", "tiff", "jp2", "jpx", "webp", "bmp"), "view"),
    **dict.fromkeys(("mp4", "m4v", "webm", "mov", "mkv", "avi", "mpg", "mpeg", "ogv", "wmv"), "film"),
    **dict.fromkeys(("mp3", "wav", "flac", "ogg", "oga", "m4a", "aac", "opus"), "sound"),
    "pdf": "document",
    "vtt": "caption",
}
_TYPES = {"image": "view", "video": "film", "audio": "sound"}
# As IIIF servers name them; without `iiif` or `.json` only where Hyrax and Figgy put them.
_MANIFEST = re.compile(
    r"manifest\.json\Z|/iiif/(?:.*/)?manifest(?:[/.]|\Z)|/concern/.+/manifest/?\Z", re.IGNORECASE
)
_CAPTION_LANG = re.compile(r"[._-]([A-Za-z]{2,3}(?:-[A-Za-z]{2,4})?)\.vtt\Z", re.IGNORECASE)


class Track(NamedTuple):
    """A caption track: its address, its language, and the address of its film where the record says it."""

    url: str
    lang: str
    of: str = ""


@lru_cache(maxsize=1024)  # one record asks for each of its own several times
def address(text: str) -> str:
    """Give a text back if it is one absolute http or https address, else nothing."""
    if (
        not text[:8].lower().startswith(("http://", "https://"))
        or len(text) > URL_LIMIT
        or len(text.split()) != 1
    ):
        return ""
    try:
        parts = urlsplit(text)
        valid = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:  # a malformed port or IPv6 literal
        return ""
    return text if valid else ""


@lru_cache(maxsize=1024)
def role_of(url: str, media_type: str = "") -> str:
    """Tell the role of a file by its media type, else by its extension; empty when it looks like no file.

    An IIIF manifest is told by its media type's profile, by the words that sources put in its place, or by its path.
    """
    if not url:
        return ""
    if is_manifest(url, media_type):
        return "manifest"
    if media_type == "text/vtt":
        return "caption"
    if media_type == "application/pdf":
        return "document"
    extension = posixpath.splitext(unquote(urlsplit(url).path))[1][1:].lower()
    return _TYPES.get(media_type.partition("/")[0], "") or _ROLES.get(extension, "")


def is_manifest(url: str, said: str = "") -> bool:
    """Tell whether an address is that of an IIIF manifest."""
    words = said.lower()
    named = "manifest" in words or "iiif.io/api/presentation" in words
    return named or _MANIFEST.search(urlsplit(url).path) is not None


def key_of(url: str) -> str:
    """Name a file by its address without scheme and host, so that a server may move and the file stay the same."""
    return _bare(url).partition("/")[2] or _bare(url)


def caption_lang(url: str, said: str = "") -> str:
    """Give the language of a caption file: as said, else from a name like `film.ko.vtt`."""
    found = _CAPTION_LANG.search(urlsplit(url).path)
    return languages.of_term(said) or (languages.of_term(found[1]) if found else "")


def arrange(refs: Iterable[MediaRef], tracks: Sequence[Track], kind: str) -> tuple[MediaRef, ...]:
    """Put the files of one thing in order: each once, captions on their film, pages named as pages.

    A track belongs to the film that the record says, else to the one whose file name its own begins with,
    else to the first. An image named like a film is its poster.
    """
    unique = _unique(refs)
    films = [ref for ref in unique if ref.role == "film"]
    images = sum(ref.role in ("view", "page") for ref in unique)
    arranged = []
    for ref in unique:
        if ref.role == "film":
            own = tuple(Caption(track.url, track.lang) for track in tracks if _film_of(track, films) is ref)
            ref = msgspec.structs.replace(ref, captions=own)
        elif ref.role == "view" and any(_stem(ref.url) == _stem(film.url) for film in films):
            ref = msgspec.structs.replace(ref, role="poster")
        elif ref.role == "view" and kind in PAGED and images > 1:
            ref = msgspec.structs.replace(ref, role="page")
        arranged.append(ref)
    return tuple(arranged)


def _unique(refs: Iterable[MediaRef]) -> list[MediaRef]:
    """Keep each file once; of two servers with one path the second is named with its host."""
    by_key: dict[str, MediaRef] = {}
    for ref in refs:
        other = by_key.setdefault(ref.key, ref)
        if _bare(other.url) != _bare(ref.url):
            full = _bare(ref.url)
            by_key.setdefault(full, msgspec.structs.replace(ref, key=full))
    return list(by_key.values())


def _bare(url: str) -> str:
    """Drop the scheme of an address."""
    return url.partition("://")[2]


def _film_of(track: Track, films: list[MediaRef]) -> MediaRef:
    said = (film for film in films if film.url == track.of)
    named = (film for film in films if _stem(track.url).startswith(_stem(film.url)))
    return next(chain(said, named, films))


def _stem(url: str) -> str:
    """Give host, folder and name of a file without its extension."""
    parts = urlsplit(url)
    return f"{parts.netloc}{posixpath.splitext(parts.path)[0]}"
