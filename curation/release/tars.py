"""The originals in tar shards of WebDataset form: `ITEM_PAGE.jpg` and `ITEM_PAGE.json`, a sample for each file.

All files of a work lie in shards of one number, those of each ending in shards of their own, since loaders want
samples of one shape in a shard; keys have no dots, which end them. Plain ustar with owner, mode and time fixed,
members in order: equal content gives equal bytes. Every original is hashed while it is copied and must be what
its name in the store says.
"""

from __future__ import annotations

import hashlib
import tarfile
from pathlib import Path

from curation.release import samples
from curation.release.row import File, Row, digest_of
from curation.release.shards import name_of, shard_of
from curation.release.writers import CHUNK, FileEntry, HashingFile, Progress, Writer
from repository.blobs import BlobStore
from repository.errors import StoreError

ORIGINALS = "originals/"
_RECORD = 512 * 20


class TarWriter(Writer):
    """Writes the shards `originals/train-ENDING-N-of-M.tar`; `progress` hears of every byte copied."""

    def __init__(self, blobs: BlobStore, bits: int, progress: Progress) -> None:
        self._blobs = blobs
        self._bits = bits
        self._progress = progress
        self._shard = -1
        self._entries: list[FileEntry] = []
        self._files: dict[str, HashingFile] = {}
        self._folder = Path()

    def setup(self, folder: Path) -> None:
        """Begin in a staged folder."""
        self._folder = folder

    def feed(self, row: Row, body: bytes) -> None:
        """Copy the originals of a work, each with its sample, into their shards."""
        if (shard := shard_of(row.id, self._bits)) != self._shard:
            self._end()
            self._shard = shard
        digest = digest_of(body)
        for file in row.files:
            out = self._open(file.ending)
            out.write(header(file.name, file.bytes))
            self._copy(file, out)
            sample = samples.encode(samples.sample_of(row, file, digest))
            out.write(header(samples.beside(file), len(sample)))
            out.write(sample)
            out.write(_padding(len(sample)))

    def finish(self) -> list[FileEntry]:
        """End the last shards."""
        self._end()
        return self._entries

    def close(self) -> None:
        """Close the shards that a failure left open."""
        for file in self._files.values():
            file.close()

    def _open(self, ending: str) -> HashingFile:
        if ending not in self._files:
            self._files[ending] = HashingFile(self._folder / self._name(ending))
        return self._files[ending]

    def _end(self) -> None:
        for ending, file in sorted(self._files.items()):
            file.write(bytes(2 * 512))
            file.write(bytes(-file.bytes % _RECORD))
            size = file.bytes
            self._entries.append(FileEntry(self._name(ending), size, file.finish(), self._shard))
        self._files = {}

    def _name(self, ending: str) -> str:
        return f"{ORIGINALS}train-{ending}-{name_of(self._shard, self._bits)}.tar"

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
