"""The originals in tar shards of WebDataset form: `ITEM.PAGE.jpg` …, then `ITEM.json`, one group for each work.

Plain ustar with owner, mode and time fixed, members in order: equal content gives equal bytes. Every original
is hashed while it is copied and must be what its name in the store says.
"""

from __future__ import annotations

import hashlib
import tarfile
from pathlib import Path

from curation.release.row import File, Row
from curation.release.shards import name_of, shard_of
from curation.release.writers import CHUNK, FileEntry, HashingFile, Progress, Writer
from repository.blobs import BlobStore
from repository.errors import StoreError

_RECORD = 512 * 20


class TarWriter(Writer):
    """Writes the shards `originals/train-N-of-M.tar`; `progress` hears of every byte copied."""

    def __init__(self, blobs: BlobStore, bits: int, progress: Progress) -> None:
        self._blobs = blobs
        self._bits = bits
        self._progress = progress
        self._shard = -1
        self._entries: list[FileEntry] = []
        self._file: HashingFile | None = None
        self._folder = Path()

    def setup(self, folder: Path) -> None:
        """Begin in a staged folder."""
        self._folder = folder

    def feed(self, row: Row, body: bytes) -> None:
        """Copy the originals of a work, and its row, into its shard."""
        out = self._open(shard_of(row.id, self._bits))
        for file in row.files:
            out.write(header(file.name, file.bytes))
            self._copy(file, out)
        out.write(header(f"{row.id}.json", len(body)))
        out.write(body)
        out.write(_padding(len(body)))

    def finish(self) -> list[FileEntry]:
        """End the last shard."""
        self._end()
        return self._entries

    def close(self) -> None:
        """Close a shard that a failure left open."""
        if self._file is not None:
            self._file.close()

    def _open(self, shard: int) -> HashingFile:
        if self._file is None or shard != self._shard:
            self._end()
            self._shard = shard
            self._file = HashingFile(self._folder / self._name())
        return self._file

    def _end(self) -> None:
        if self._file is not None:
            self._file.write(bytes(2 * 512))
            self._file.write(bytes(-self._file.bytes % _RECORD))
            size = self._file.bytes
            self._entries.append(FileEntry(self._name(), size, self._file.finish(), self._shard))
            self._file = None

    def _name(self) -> str:
        return f"originals/train-{name_of(self._shard, self._bits)}.tar"

    def _copy(self, file: File, out: HashingFile) -> None:
        sha256 = hashlib.sha256()
        size = 0
        with self._blobs.local(file.sha256).open("rb") as original:
            while chunk := original.read(CHUNK):
                sha256.update(chunk)
                out.write(chunk)
                size += len(chunk)
                self._progress(len(chunk))
        if size != file.bytes or sha256.hexdigest() != file.sha256:
            raise StoreError(
                "original_damaged",
                f"원본이 달라졌습니다: {file.asset}",
                f"the original of {file.asset} is no longer {file.sha256}",
            )
        out.write(_padding(size))


def header(name: str, size: int) -> bytes:
    """Make the ustar header of a member, with nothing in it but name and size."""
    info = tarfile.TarInfo(name)
    info.size = size
    return info.tobuf(tarfile.USTAR_FORMAT, "ascii", "strict")


def _padding(size: int) -> bytes:
    return bytes(-size % 512)
