"""The store of bytes: files named by their SHA-256, written whole and then renamed; never by a caller's path.

`BlobStore` is the seam for an S3-compatible store. Derivatives (pyramids, thumbnails, posters) lie beside the
originals, under the digest of the original they were made from, and may be deleted and made again.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from repository.errors import NotFound

CHUNK = 1 << 20


class BlobStore(Protocol):
    """What every store of bytes does."""

    def put(self, file: Path) -> str:
        """Take a finished file over into the store and give its SHA-256."""

    def has(self, digest: str) -> bool:
        """Tell whether the original of that digest is here."""

    def local(self, digest: str) -> Path:
        """Give a readable local path of an original; NotFound where it is not here."""

    def derived(self, digest: str, name: str) -> Path | None:
        """Give the local path of a derivative, or None where it has not been made."""

    def derive(self, digest: str, name: str, make: Callable[[Path], None]) -> Path:
        """Make a derivative unless it is here: `make` writes to a temporary path, which is then renamed."""

    def delete(self, digest: str) -> None:
        """Delete an original and all that was derived from it."""


class FolderBlobs:
    """The embedded store: a folder, two levels of folders by digest, on one file system."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def _path(self, kind: str, digest: str) -> Path:
        if len(digest) != 64 or not all(character in "0123456789abcdef" for character in digest):
            raise NotFound("blob_digest", "그런 파일이 없습니다.", "not a digest")
        return self.root / kind / digest[:2] / digest[2:4] / digest

    @contextmanager
    def _temporary(self) -> Iterator[Path]:
        """Give a path on the store's own file system, removed at the end whatever happens."""
        folder = self.root / "tmp"
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder)
        os.close(handle)
        try:
            yield Path(name)
        finally:
            Path(name).unlink(missing_ok=True)

    def put(self, file: Path) -> str:
        """Copy a file in, hashing it on the way, and rename it into place once it is safe on disk."""
        with self._temporary() as temporary:
            digest = _copy(file, temporary)
            target = self._path("original", digest)
            target.parent.mkdir(parents=True, exist_ok=True)
            temporary.replace(target)
        return digest

    def has(self, digest: str) -> bool:
        """Tell whether the original of that digest is here."""
        return self._path("original", digest).exists()

    def local(self, digest: str) -> Path:
        """Give the path of an original."""
        path = self._path("original", digest)
        if not path.exists():
            raise NotFound("blob_missing", "파일이 없습니다.", f"no original {digest}")
        return path

    def derived(self, digest: str, name: str) -> Path | None:
        """Give the path of a derivative that has been made, or None."""
        path = self._path("derived", digest) / name
        return path if path.exists() else None

    def derive(self, digest: str, name: str, make: Callable[[Path], None]) -> Path:
        """Make a derivative unless it is here."""
        path = self._path("derived", digest) / name
        if not path.exists():
            with self._temporary() as temporary:
                make(temporary)
                path.parent.mkdir(parents=True, exist_ok=True)
                temporary.replace(path)
        return path

    def delete(self, digest: str) -> None:
        """Delete an original and all that was derived from it."""
        self._path("original", digest).unlink(missing_ok=True)
        shutil.rmtree(self._path("derived", digest), ignore_errors=True)

    def delete_derived(self) -> None:
        """Delete every derivative, for a rebuild, and what broken-off writes left behind."""
        shutil.rmtree(self.root / "derived", ignore_errors=True)
        shutil.rmtree(self.root / "tmp", ignore_errors=True)


def _copy(source: Path, target: Path) -> str:
    sha256 = hashlib.sha256()
    with source.open("rb") as reading, target.open("wb") as writing:
        while chunk := reading.read(CHUNK):
            sha256.update(chunk)
            writing.write(chunk)
        writing.flush()
        os.fsync(writing.fileno())
    return sha256.hexdigest()


def digest_of(file: Path) -> str:
    """Compute the SHA-256 of a file without holding it in memory."""
    with file.open("rb") as reading:
        return hashlib.file_digest(reading, "sha256").hexdigest()
