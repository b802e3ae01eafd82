"""The check of one shard of a release: its rows first, and then all that they promise of its other files."""

from __future__ import annotations

import hashlib
import io
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import msgspec
import pyarrow as pa

from curation.findings import finding
from curation.release import samples
from curation.release.checks import faults
from curation.release.lines import ROWS
from curation.release.page_texts import TEXT_ENDING, text_rows
from curation.release.parquet import TEXTS, WORKS, TextsWriter, WorksWriter, read, table_row
from curation.release.report import Report
from curation.release.row import Row, decode, plain
from curation.release.row import digest_of as row_digest
from curation.release.shards import shard_in
from curation.release.statistics import Counting
from curation.release.tars import ORIGINALS
from curation.release.writers import CHUNK, Plain
from repository.blobs import digest_of

Progress = Callable[[int], None]
BROKEN = (msgspec.DecodeError, UnicodeDecodeError, KeyError)  # KeyError: a code that no table of ours knows
_LARGEST_ROW = 64 << 20
_LARGEST_TEXT = 16 << 20


class _Shard:
    """The files of one number, and what its rows say that they must hold."""

    def __init__(self) -> None:
        self.rows: list[tuple[Row, str]] = []
        self.members: dict[str, str] = {}
        self.samples: dict[str, str] = {}
        self.texts: dict[str, bytes] = {}

    def expect(self, row: Row, row_sha256: str) -> None:
        """Note a row, and the members that it names, by the shards of their endings."""
        self.rows.append((row, row_sha256))
        for file in row.files:
            self.members[file.name] = file.sha256
            sample = samples.encode(samples.sample_of(row, file, row_sha256))
            self.samples[samples.beside(file)] = hashlib.sha256(sample).hexdigest()


class ShardCheck:
    """One pass over the files of a release, a shard at a time: rows first, then what they promise."""

    def __init__(self, folder: Path, listed: dict[str, str], report: Report, progress: Progress) -> None:
        self._folder, self._listed, self._report, self._progress = folder, listed, report, progress
        self.sha256s: dict[str, str] = {}
        self.chosen = hashlib.sha256()
        self.counting = Counting()
        self.works: set[str] = set()
        self.in_tables = 0

    def shard(self, names: list[str]) -> None:
        """Verify the files of one shard, or those that belong to none."""
        shard = _Shard()
        for kind in (ROWS, WorksWriter.folder, ORIGINALS, TextsWriter.folder, ""):
            for name in [one for one in names if one.startswith(kind) and one not in self.sha256s]:
                self._file(name, kind, shard)
        left = [*shard.members, *shard.samples]
        where = f"shard {shard_in(names[0])}"
        self._report.findings += [finding("member_absent", f"{where}: {member}") for member in sorted(left)]

    def _file(self, name: str, kind: str, shard: _Shard) -> None:
        path = self._folder / name
        if not path.is_file():
            self._report.findings.append(finding("file_absent", name))
            return
        if kind == ROWS:
            self._rows(path, name, shard)
        elif kind == WorksWriter.folder:
            self._table(path, name, WORKS, [table_row(*pair) for pair in shard.rows])
        elif kind == TextsWriter.folder:
            self._table(path, name, TEXTS, self._texts(shard))
        if kind == ORIGINALS and name.endswith(".tar"):
            self.sha256s[name] = self._tar(path, name, shard)
        else:
            self.sha256s[name] = digest_of(path)
        self._progress(path.stat().st_size)

    def _rows(self, path: Path, name: str, shard: _Shard) -> None:
        """Read the rows as they were frozen, and compute every decision again."""
        with path.open("rb") as file:
            for number, line in enumerate(iter(lambda: file.readline(_LARGEST_ROW), b""), 1):
                self.chosen.update(line)
                where = f"{name}:{number}"
                try:
                    self._row(decode(line), line.removesuffix(b"\n"), where, shard)
                except BROKEN as error:
                    self._report.findings.append(finding("file_unreadable", where, str(error)))

    def _row(self, row: Row, body: bytes, where: str, shard: _Shard) -> None:
        if shard.rows and row.id <= shard.rows[-1][0].id:
            self._report.findings.append(finding("row_twice", where))
        self._report.works += 1
        self.works.add(row.id)
        wrong = faults(row, self._report.countries)
        unknown = sum(found.code == "decision_not_recomputed" for found in wrong)
        self._report.decisions += 1 + sum(file.evidence is not None for file in row.files) - unknown
        self._report.findings += [
            msgspec.structs.replace(found, where=f"{where}: {found.where}") for found in wrong
        ]
        self.counting.feed(row, body)
        shard.expect(row, row_digest(body))

    def _table(self, path: Path, name: str, columns: pa.Schema, expected: list[Plain]) -> None:
        try:
            rows = read(path, columns)
        except (OSError, pa.ArrowException) as error:
            self._report.findings.append(finding("file_unreadable", name, str(error)))
            return
        self.in_tables += len(rows) if columns is WORKS else 0
        by_id = {row["id"]: row for row in expected}
        if len(rows) != len(expected):
            self._report.findings.append(finding("sum_differs", name, f"{len(rows)} != {len(expected)}"))
        self._report.findings += [
            finding("row_differs", name, str(row["id"])) for row in rows if row != by_id.get(row["id"])
        ]

    def _texts(self, shard: _Shard) -> list[Plain]:
        found = [text for row, sha256 in shard.rows for text in text_rows(row, sha256, shard.texts)]
        self.counting.add_texts(found)
        self._report.texts += len(found)
        return [plain(text) for text in found]

    def _tar(self, path: Path, name: str, shard: _Shard) -> str:
        """Hold the members of a shard against its rows, reading it once; gives the SHA-256 of the whole."""
        with path.open("rb") as file:
            reader = _HashingReader(file)
            try:
                for member, sha256, body in _members(reader):
                    self._member(f"{name}/{member}", member, sha256, body, shard)
            except tarfile.TarError as error:
                self._report.findings.append(finding("file_unreadable", name, str(error)))
            while reader.read():
                pass
        return reader.sha256.hexdigest()

    def _member(self, where: str, member: str, sha256: str, body: bytes, shard: _Shard) -> None:
        promised = shard.members if member in shard.members else shard.samples
        expected = promised.pop(member, None)
        if expected is None:
            self._report.findings.append(finding("member_extra", where))
        elif sha256 != expected:
            self._report.findings.append(finding("member_changed", where, sha256))
        elif promised is shard.members:
            self._report.originals += 1
            if body:
                shard.texts[member] = body


class _HashingReader(io.BufferedIOBase):
    """A file that hashes all that is read of it."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        self._file = file
        self.sha256 = hashlib.sha256()

    def read(self, size: int | None = CHUNK) -> bytes:
        data = self._file.read(size or CHUNK)
        self.sha256.update(data)
        return data


def _members(reader: _HashingReader) -> Iterator[tuple[str, str, bytes]]:
    """Give name and SHA-256 of each member, and the bytes of those that are texts."""
    with tarfile.open(fileobj=reader, mode="r|", bufsize=CHUNK) as tar:
        for member in tar:
            content = tar.extractfile(member)
            sha256 = hashlib.sha256()
            body = b""
            while content is not None and (chunk := content.read(CHUNK)):
                sha256.update(chunk)
                if member.name.endswith(TEXT_ENDING) and len(body) < _LARGEST_TEXT:
                    body += chunk
            yield member.name, sha256.hexdigest(), body
