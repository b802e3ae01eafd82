"""One digital file of an item: an image, a page, a film, a sound, its captions."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from repository.item import Text

THUMBNAIL = 400  # the longest side of a small picture, in pixels


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
    """What a file is to its item; a caption has its film as `parent` and says its language."""

    PAGE = "page"
    VIEW = "view"
    FILM = "film"
    SOUND = "sound"
    DOCUMENT = "document"
    POSTER = "poster"
    CAPTION = "caption"


class Asset(msgspec.Struct, frozen=True):
    """One file; `width` and `height` are pixels after rotation by EXIF, `seconds` a duration, 0 where unknown.

    `key` is the source's own name of the file, `sequence` its place in the item from 0, `sha256` the digest
    of the original bytes (empty until fetched), `revision` counts the versions of the bytes. `alt_origin`
    says who wrote the alternative text: institution, person, machine, or nothing.
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
    alt: tuple[Text, ...] = ()
    alt_origin: str = ""

    @property
    def is_image(self) -> bool:
        """Tell whether the file is a picture that has been fetched and measured."""
        return self.state is AssetState.FETCHED and self.media_type.startswith("image/")
