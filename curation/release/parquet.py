"""The table of works as Parquet, a file for each shard, its columns taken from the fields of a row.

Written in the order of the ids by one fixed version of the format, so that equal rows give equal bytes.
"""

from __future__ import annotations

import types
from functools import cache
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from curation.release.row import Row, digest_of, plain
from curation.release.shards import name_of, shard_of
from curation.release.writers import FileEntry, Plain, Writer, written

ROW_SHA256 = "row_sha256"
_BATCH = 500
_SIMPLE: dict[Any, pa.DataType] = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}


class ParquetWriter(Writer):
    """Writes the tables `data/train-N-of-M.parquet`."""

    def __init__(self, bits: int) -> None:
        self._bits = bits
        self._shard = -1
        self._rows: list[Plain] = []
        self._writer: pq.ParquetWriter | None = None
        self._entries: list[FileEntry] = []
        self._folder = Path()

    def setup(self, folder: Path) -> None:
        """Begin in a staged folder."""
        self._folder = folder

    def feed(self, row: Row, body: bytes) -> None:
        """Take a row into its shard's table."""
        shard = shard_of(row.id, self._bits)
        if shard != self._shard:
            self._end()
            self._shard = shard
        self._rows.append({**plain(row), ROW_SHA256: digest_of(body)})
        if len(self._rows) >= _BATCH:
            self._write()

    def finish(self) -> list[FileEntry]:
        """End the last table."""
        self._end()
        return self._entries

    def close(self) -> None:
        """Close a table that a failure left open."""
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    def _write(self) -> None:
        path = self._folder / self._name()
        path.parent.mkdir(parents=True, exist_ok=True)
        if self._writer is None:
            self._writer = pq.ParquetWriter(
                path, schema(), compression="zstd", compression_level=3, version="2.6"
            )
        self._writer.write_table(pa.Table.from_pylist(self._rows, schema()))
        self._rows = []

    def _end(self) -> None:
        if self._rows:
            self._write()
        if self._writer is not None:
            self.close()
            self._entries.append(written(self._folder, self._name(), self._shard))

    def _name(self) -> str:
        return f"data/train-{name_of(self._shard, self._bits)}.parquet"


@cache
def schema() -> pa.Schema:
    """Give the columns: those of a row, and the SHA-256 of its JSON beside the originals."""
    fields = [pa.field(name, _type(kind)) for name, kind in get_type_hints(Row).items()]
    return pa.schema([*fields, pa.field(ROW_SHA256, pa.string())])


def _type(kind: Any) -> pa.DataType:
    """Give the Arrow type of an annotation: structs, tuples, simple types, each perhaps None."""
    if kind in _SIMPLE:
        return _SIMPLE[kind]
    inner = [part for part in get_args(kind) if part not in (type(None), Ellipsis)]
    if get_origin(kind) is tuple:
        return pa.list_(_type(inner[0]))
    if get_origin(kind) in (Union, types.UnionType):
        return _type(inner[0])
    assert issubclass(kind, msgspec.Struct)
    return pa.struct([pa.field(name, _type(part)) for name, part in get_type_hints(kind).items()])


def read(path: Path) -> list[Plain]:
    """Read the rows of a table back; OSError or pa.ArrowException where it is damaged."""
    rows: list[Plain] = pq.read_table(path).to_pylist()
    return rows
