"""One digital file of an item: an image, a page, a film, a sound, its captions."""

from __future__ import annotations

import re
from enum import StrEnum

import msgspec

from repository.item import Text

_ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]+)?(?=/)", re.ASCII)
THUMBNAIL = 400  # the longest side of a small picture, in pixels
INSTITUTION, PERSON, MACHINE = "institution", "person", "machine"  # who writes about files
LACKING = "none"


class AssetState(StrEnum):
    """Where a file stands: wanted, fetched, refused by our checks, gone at its address, or left remote.

    `dropped` files are no longer named by the source; their rows stay, because addresses were cited.
    """

    WANTED = "wanted"
    FETCHED = "fetched"
    REFUSED = "refused"
    GONE = "gone"
    REMOTE = "remote"
    DROPPED = "dropped"


class Role(StrEnum):
    """What a file is to its item; a caption has its film as `parent` and says its language.

    A manifest (IIIF, of the institution) stands for the pages that it lists, which have it as `parent`.
    """

    PAGE = "page"
    VIEW = "view"
    FILM = "film"
    SOUND = "sound"
    DOCUMENT = "document"
    POSTER = "poster"
    CAPTION = "caption"
    MANIFEST = "manifest"


class Words(Text, frozen=True):
    """A text about a file in one language, and who wrote it: `origin` is institution, person or machine.

    `model` names the machine; `made` is the day (YYYY-MM-DD) on which person or machine wrote.
    """

    origin: str = INSTITUTION
    model: str = ""
    made: str = ""


class Asset(msgspec.Struct, frozen=True):
    """One file; `width` and `height` are pixels after rotation by EXIF, `seconds` a duration, 0 where unknown.

    `key` is the source's own name of the file, `sequence` its place in the item from 0, `sha256` the digest
    of the original bytes (empty until fetched), `revision` counts the versions of the bytes.

    `alt` is what to say instead of showing it, `description` the long description. `alt_origin` says who wrote the
    best alternative text, or `none` where it is lacking; it is empty where none is needed: of captions, documents,
    posters, manifests, and of all files of an item that is deleted.

    Of a remote picture `url` is the institution's own image service (the `id` of its info.json), `media_type`
    the kind and level of that service as `service_type` writes them, and nothing has been copied.
    """

    id: str
    item: str
    key: str
    url: str
    sequence: int
    role: Role = Role.VIEW
    state: AssetState = AssetState.WANTED
    media_type: str = ""
    width: int = 0
    height: int = 0
    seconds: float = 0.0
    bytes: int = 0
    sha256: str = ""
    revision: int = 0
    parent: str = ""
    lang: str = ""
    label: str = ""
    alt: tuple[Words, ...] = ()
    alt_origin: str = ""
    description: tuple[Words, ...] = ()

    @property
    def is_image(self) -> bool:
        """Tell whether the file is a picture that has been fetched and measured."""
        return self.state is AssetState.FETCHED and self.media_type.startswith("image/")

    @property
    def is_remote_image(self) -> bool:
        """Tell whether the file is a picture that the institution's own image service shows."""
        return self.state is AssetState.REMOTE and self.media_type.startswith("ImageService")


def service_type(version: int, level: int) -> str:
    """Write kind and level of an image service (Image API 2 or 3, section 5), such as ImageService3/level2."""
    return f"ImageService{version}/level{level}"


def remote_picture(asset: Asset, longest: int = 0) -> str:
    """Give the address of a remote picture, its longer side at most so many pixels; 0 means whole.

    By width alone, which any service from level 1 on gives in either version (Image API 2.1 and 3.0, section 4.2).
    """
    most = max(asset.width, asset.height)
    whole = "max" if asset.media_type.startswith("ImageService3") else "full"
    size = f"{max(1, asset.width * longest // most)}," if 0 < longest < most else whole
    return f"{asset.url}/full/{size}/0/default.jpg"


def remote_origin(asset: Asset) -> str:
    """Give scheme, host and port of a remote picture as a policy may name them; nothing where it may not."""
    found = _ORIGIN.match(asset.url)
    return found[0].lower() if found else ""
