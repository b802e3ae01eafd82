"""What rides the one pass over a plan: writers of files and the checks, each with set-up, feed and finish."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, Protocol

import msgspec

from curation.release.row import Row
from curation.release.shards import NO_SHARD
from repository.blobs import digest_of

Progress = Callable[[int], None]
CHUNK = 1 << 20


class FileEntry(msgspec.Struct, frozen=True):
    """One file of a release: its name in the folder, bytes and SHA-256, and the shard it holds (-1: none)."""

    name: str
    bytes: int
    sha256: str
    shard: int = NO_SHARD


class Writer(Protocol):
    """One reader of the pass; rows come in the order of their ids. Only `feed` must be written."""

    def setup(self, folder: Path) -> None:
        """Begin in a staged folder."""
        return

    def feed(self, row: Row, body: bytes) -> None:
        """Take a row, and its JSON as frozen."""

    def finish(self) -> list[FileEntry]:
        """End, and name the files written, safe on disk."""
        return []

    def close(self) -> None:
        """Let go of whatever is open, also after a failure."""
        return


class HashingFile:
    """A file that hashes what is written to it and is flushed to the disk when it is closed."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file: IO[bytes] = path.open("wb")
        self._sha256 = hashlib.sha256()
        self.bytes = 0

    def write(self, data: bytes | memoryview) -> None:
        """Write and hash."""
        self._file.write(data)
        self._sha256.update(data)
        self.bytes += len(data)

    def finish(self) -> str:
        """Make it safe on disk and give its SHA-256."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self.close()
        return self._sha256.hexdigest()

    def close(self) -> None:
        """Close it."""
        self._file.close()


def written(folder: Path, name: str, shard: int = NO_SHARD) -> FileEntry:
    """Give the entry of a file that something else wrote, once it is safe on disk."""
    path = folder / name
    with path.open("rb+") as file:
        os.fsync(file.fileno())
    return FileEntry(name, path.stat().st_size, digest_of(path), shard)


def write_text(folder: Path, name: str, text: str) -> FileEntry:
    """Write a small text file."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return written(folder, name)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder safe on disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folders(folder: Path) -> None:
    """Make the names in a folder, and in those below it, safe on disk."""
    for path in (folder, *folder.rglob("*")):
        if path.is_dir():
            sync_folder(path)


Plain = dict[str, Any]
