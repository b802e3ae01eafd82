"""The tables of works and of texts as Parquet, a file for each shard, their columns taken from the fields of a row.

Written in the order of the ids by one fixed version of the format, so that equal rows give equal bytes.
"""

from __future__ import annotations

import types
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from curation.release.page_texts import TextRow
from curation.release.row import Row, digest_of, plain
from curation.release.shards import name_of, shard_of
from curation.release.writers import FileEntry, Plain, Writer, written

ROW_SHA256 = "row_sha256"
_BATCH = 500
_SIMPLE: dict[Any, pa.DataType] = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}


class TableWriter(Writer):
    """Writes one table in shards, `FOLDER/train-N-of-M.parquet`; a shard without rows has no file."""

    folder: str
    columns: pa.Schema

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
        """Take what a work gives into its shard's table."""
        shard = shard_of(row.id, self._bits)
        if shard != self._shard:
            self._end()
            self._shard = shard
        self._rows += self.rows(row, body)
        if len(self._rows) >= _BATCH:
            self._write()

    def rows(self, row: Row, body: bytes) -> list[Plain]:
        """Give the rows of this table that a work makes."""
        raise NotImplementedError

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
                path, self.columns, compression="zstd", compression_level=3, version="2.6"
            )
        self._writer.write_table(pa.Table.from_pylist(self._rows, self.columns))
        self._rows = []

    def _end(self) -> None:
        if self._rows:
            self._write()
        if self._writer is not None:
            self.close()
            self._entries.append(written(self._folder, self._name(), self._shard))

    def _name(self) -> str:
        return f"{self.folder}train-{name_of(self._shard, self._bits)}.parquet"


def _columns(row: type[msgspec.Struct], *more: str) -> pa.Schema:
    """Give the columns of a row: its fields, and some texts beside."""
    fields = [pa.field(name, _type(kind)) for name, kind in get_type_hints(row).items()]
    return pa.schema([*fields, *(pa.field(name, pa.string()) for name in more)])


def _type(kind: Any) -> pa.DataType:
    """Give the Arrow type of an annotation: structs, tuples, simple types, each perhaps None."""
    if kind in _SIMPLE:
        return _SIMPLE[kind]
    inner = [part for part in get_args(kind) if part not in (type(None), Ellipsis)]
    if get_origin(kind) is tuple:
        return pa.list_(_type(inner[0]))
    if get_origin(kind) in (Union, types.UnionType):
        return _type(inner[0])
    if issubclass(kind, StrEnum):
        return pa.string()
    assert issubclass(kind, msgspec.Struct)
    return pa.struct([pa.field(name, _type(part)) for name, part in get_type_hints(kind).items()])


WORKS = _columns(Row, ROW_SHA256)
TEXTS = _columns(TextRow)


class WorksWriter(TableWriter):
    """Writes the table of works, each with the SHA-256 of its line of JSON."""

    folder = "data/"
    columns = WORKS

    def rows(self, row: Row, body: bytes) -> list[Plain]:
        """Give a work's row."""
        return [table_row(row, digest_of(body))]


class TextsWriter(TableWriter):
    """Writes the table of texts; `texts` gives those of a work."""

    folder = "text/"
    columns = TEXTS

    def __init__(self, bits: int, texts: Callable[[Row, str], list[TextRow]]) -> None:
        super().__init__(bits)
        self._texts = texts

    def rows(self, row: Row, body: bytes) -> list[Plain]:
        """Give a row for each of a work's texts."""
        return [plain(text) for text in self._texts(row, digest_of(body))]


def table_row(row: Row, row_sha256: str) -> Plain:
    """Give a work as the table holds it."""
    return {**plain(row), ROW_SHA256: row_sha256}


def read(path: Path, columns: pa.Schema) -> list[Plain]:
    """Read the rows of a table back; OSError or pa.ArrowException where it is damaged or has other columns."""
    table = pq.read_table(path)
    if table.schema != columns:
        raise pa.ArrowInvalid("the columns are not those of this table")
    rows: list[Plain] = table.to_pylist()
    return rows
