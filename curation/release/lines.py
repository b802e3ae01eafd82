"""The rows as JSON Lines, a file for each shard: the very bytes that the plan froze, a line for each work."""

from __future__ import annotations

from pathlib import Path

from curation.release.row import Row
from curation.release.shards import name_of, shard_of
from curation.release.writers import FileEntry, HashingFile, Writer

ROWS = "rows/"


class LinesWriter(Writer):
    """Writes `rows/train-N-of-M.jsonl`."""

    def __init__(self, bits: int) -> None:
        self._bits = bits
        self._shard = -1
        self._entries: list[FileEntry] = []
        self._file: HashingFile | None = None
        self._folder = Path()

    def setup(self, folder: Path) -> None:
        """Begin in a staged folder."""
        self._folder = folder

    def feed(self, row: Row, body: bytes) -> None:
        """Write a row into its shard."""
        if (shard := shard_of(row.id, self._bits)) != self._shard or self._file is None:
            self._end()
            self._shard = shard
            self._file = HashingFile(self._folder / self._name())
        self._file.write(body + b"\n")

    def finish(self) -> list[FileEntry]:
        """End the last file."""
        self._end()
        return self._entries

    def close(self) -> None:
        """Close a file that a failure left open."""
        if self._file is not None:
            self._file.close()

    def _end(self) -> None:
        if self._file is not None:
            size = self._file.bytes
            self._entries.append(FileEntry(self._name(), size, self._file.finish(), self._shard))
            self._file = None

    def _name(self) -> str:
        return f"{ROWS}train-{name_of(self._shard, self._bits)}.jsonl"
