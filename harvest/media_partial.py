"""What has arrived of one file, kept until it is whole: its bytes, and beside them of which version they are.

The note is written before the first byte and after the old bytes are gone, so the bytes that a killed process
leaves behind are always of the version that the note names.
"""

from __future__ import annotations

import hashlib
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import BinaryIO

import msgspec

from repository.shapes import Shape

CHUNK = 1 << 20


class Version(msgspec.Struct, frozen=True):
    """One version of a file as its server describes it; `total` counts its bytes, 0 where it does not say."""

    url: str = ""
    etag: str = ""
    last_modified: str = ""
    date: str = ""
    media_type: str = ""
    total: int = 0

    @property
    def validator(self) -> str:
        """What may stand in If-Range (RFC 9110, 13.1.5): a strong entity tag, else a time that is strong."""
        if self.etag:
            return "" if self.etag.startswith("W/") else self.etag
        return self.last_modified if self._is_time_strong() else ""

    def _is_time_strong(self) -> bool:
        """Tell whether the file was at rest for a second when it was sent (RFC 9110, 8.8.2.2)."""
        try:
            sent, changed = map(parsedate_to_datetime, (self.date, self.last_modified))
            return (sent - changed).total_seconds() >= 1
        except (ValueError, TypeError):  # no dates, or one without a time zone
            return False


_VERSION = Shape(Version)


class Partial:
    """The part of one file that is here; `received` counts its bytes."""

    def __init__(self, target: Path, url: str) -> None:
        self._url = url
        self._bytes = _part(target)
        self._note = target.with_name(f"{target.name}.part.json")
        self._hash = hashlib.sha256()
        self.received = 0
        self.version = self._left_behind()

    def _left_behind(self) -> Version:
        """Take over what an earlier process left, where it can go on."""
        try:
            left = _VERSION.read(self._note.read_bytes())
            if left.url == self._url and left.validator:
                self._reread()
                return left
        except (OSError, msgspec.DecodeError):  # nothing there, or a note that was never finished
            self.received, self._hash = 0, hashlib.sha256()
        return Version(self._url)

    def _reread(self) -> None:
        with self._bytes.open("rb") as file:
            while chunk := file.read(CHUNK):
                self._hash.update(chunk)
                self.received += len(chunk)

    @property
    def can_go_on(self) -> bool:
        """Tell whether the rest may be asked for."""
        return bool(self.received and self.version.validator)

    def begin(self, version: Version) -> None:
        """Begin anew with a version of the file."""
        self.discard()
        self.version = version
        if version.validator:
            fresh = self._note.with_suffix(".new")
            fresh.write_bytes(msgspec.json.encode(version))
            fresh.replace(self._note)

    def open(self) -> BinaryIO:
        """Open the bytes for writing behind those that are here."""
        return self._bytes.open("ab")

    def took(self, chunk: bytes) -> None:
        """Count and hash bytes that are being written."""
        self._hash.update(chunk)
        self.received += len(chunk)

    def finish(self, target: Path) -> str:
        """Turn the part into the file; gives its SHA-256."""
        self._bytes.replace(target)
        self._note.unlink(missing_ok=True)
        return self._hash.hexdigest()

    def discard(self) -> None:
        """Throw away what has arrived."""
        self._bytes.unlink(missing_ok=True)
        self._note.unlink(missing_ok=True)
        self.received, self._hash, self.version = 0, hashlib.sha256(), Version(self._url)


def _part(target: Path) -> Path:
    return target.with_name(f"{target.name}.part")


def part_size(target: Path) -> int:
    """Count the bytes that have arrived of a file."""
    part = _part(target)
    return part.stat().st_size if part.exists() else 0
