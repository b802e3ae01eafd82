"""Verifying a downloaded release, offline: every file, every original in every shard, every row, every decision.

Needs the folder only. The table of works says what each shard must hold; the rows beside the originals must be
those of the table, and each decision is computed again from the inputs that it ships with.
"""

from __future__ import annotations

import hashlib
import io
import re
import tarfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import IO, Any

import msgspec
import pyarrow as pa

from curation.findings import Finding, finding
from curation.release.build import CHECKSUMS
from curation.release.checks import faults
from curation.release.documents import EXCLUDED, PLAN
from curation.release.parquet import ROW_SHA256, read
from curation.release.row import decode, plain, plan_digest
from curation.release.shards import shard_in
from curation.release.terms import Terms
from curation.release.writers import CHUNK, Plain
from repository.blobs import digest_of
from repository.errors import ConfigurationError
from repository.item import canonical
from repository.rights.decision import Decision
from repository.rights.policy import decide
from repository.rights.table import RuleTable, load
from repository.shapes import Shape

_DECISION = Shape(Decision)
_TERMS = Shape(Terms)

Progress = Callable[[int], None]
_LINE = re.compile(r"([0-9a-f]{64})  ([A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)*)")
_LARGEST_LIST = 64 << 20
_LARGEST_ROW = 16 << 20


class Report(msgspec.Struct):
    """What was verified: `root` is to be held against the one that the site shows for this version.

    `countries` are those that every work must be cleared in, as the plan asks.
    """

    root: str = ""
    countries: tuple[str, ...] = ("KR",)
    files: int = 0
    works: int = 0
    originals: int = 0
    decisions: int = 0
    findings: list[Finding] = []

    @property
    def is_whole(self) -> bool:
        """Tell whether nothing was wrong."""
        return not any(found.is_error for found in self.findings)


class _ToldFile(msgspec.Struct, frozen=True):
    name: str
    sha256: str


class _Told(msgspec.Struct, frozen=True):
    """What a row of the table must have for its shard to be held against it."""

    id: str
    row_sha256: str
    files: tuple[_ToldFile, ...]


_TOLD_ROWS = Shape(list[_Told])


def verify(folder: Path, progress: Progress = lambda _: None) -> Report:
    """Verify a release in a folder; whatever is wrong stands in the report, with the file it was found in."""
    report = Report(countries=_countries(folder))
    listed = _listed(folder, report)
    sha256s: dict[str, str] = {}
    tables: dict[int, list[Plain]] = {}
    chosen = hashlib.sha256()
    for name in sorted(listed, key=lambda name: (shard_in(name), name)):
        path = folder / name
        if not path.is_file():
            report.findings.append(finding("file_absent", name))
            continue
        shard = shard_in(name)
        if name.endswith(".parquet"):
            tables = {shard: _table(path, name, report)}
        if name.endswith(".tar"):
            sha256s[name] = _shard(path, name, tables.get(shard, []), chosen, report)
        else:
            sha256s[name] = digest_of(path)
        progress(path.stat().st_size)
    report.files = len(sha256s)
    report.findings += [
        finding("file_changed", name, sha256) for name, sha256 in sha256s.items() if sha256 != listed[name]
    ]
    _check_plan(folder, chosen.digest(), report)
    return report


def _listed(folder: Path, report: Report) -> dict[str, str]:
    """Read the list of checksums, and hold the folder's files against it."""
    path = folder / CHECKSUMS
    try:
        if path.stat().st_size > _LARGEST_LIST:
            raise ValueError("too long")
        raw = path.read_bytes()
        matches = [_LINE.fullmatch(line) for line in raw.decode("ascii").splitlines()]
        listed = {match[2]: match[1] for match in matches if match}
        if len(listed) != len(matches):
            raise ValueError("a line is not a checksum and a name")
    except (OSError, ValueError) as error:
        report.findings.append(finding("checksums_unreadable", CHECKSUMS, str(error)))
        return {}
    report.root = hashlib.sha256(raw).hexdigest()
    present = {str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir()}
    extra = sorted(present - set(listed) - {CHECKSUMS})
    report.findings += [finding("file_extra", name) for name in extra]
    return listed


def _table(path: Path, name: str, report: Report) -> list[Plain]:
    try:
        rows = read(path)
        ids = [row.id for row in _TOLD_ROWS.of(rows)]
    except (OSError, pa.ArrowException, msgspec.ValidationError) as error:
        report.findings.append(finding("file_unreadable", name, str(error)))
        return []
    if ids != sorted({*ids}):
        report.findings.append(finding("row_twice", name))
    report.works += len(rows)
    return rows


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


def _shard(path: Path, name: str, rows: list[Plain], chosen: Any, report: Report) -> str:
    """Hold the members of a shard against its rows, reading it once; gives the SHA-256 of the whole."""
    expected = {file["name"]: file["sha256"] for row in rows for file in row["files"]}
    by_json = {f"{row['id']}.json": row for row in rows}
    expected |= {member: row[ROW_SHA256] for member, row in by_json.items()}
    found: set[str] = set()
    with path.open("rb") as file:
        reader = _HashingReader(file)
        try:
            for member, sha256, body in _members(reader, by_json):
                where = f"{name}/{member}"
                if member in found or member not in expected:
                    report.findings.append(finding("member_extra", where))
                elif sha256 != expected[member]:
                    report.findings.append(finding("member_changed", where, sha256))
                elif member in by_json:
                    chosen.update(body + b"\n")
                    _check_row(where, body, by_json[member], report)
                found.add(member)
        except tarfile.TarError as error:
            report.findings.append(finding("file_unreadable", name, str(error)))
        while reader.read():
            pass
    report.originals += len(found & expected.keys() - by_json.keys())
    report.findings += [
        finding("member_absent", f"{name}/{member}") for member in sorted(expected.keys() - found)
    ]
    return reader.sha256.hexdigest()


def _members(reader: _HashingReader, keep: Plain) -> Iterator[tuple[str, str, bytes]]:
    """Give name and SHA-256 of each member, and the bytes of the rows."""
    with tarfile.open(fileobj=reader, mode="r|", bufsize=CHUNK) as tar:
        for member in tar:
            content = tar.extractfile(member)
            sha256 = hashlib.sha256()
            body = b""
            while content is not None and (chunk := content.read(CHUNK)):
                sha256.update(chunk)
                if member.name in keep and len(body) < _LARGEST_ROW:
                    body += chunk
            yield member.name, sha256.hexdigest(), body


def _check_row(where: str, body: bytes, row: Plain, report: Report) -> None:
    """Hold a row beside the originals against the table, and compute its decision again."""
    try:
        shipped = decode(body)
        decision = _DECISION.read(shipped.rights.decision)
    except msgspec.DecodeError as error:
        report.findings.append(finding("file_unreadable", where, str(error)))
        return
    if {**plain(shipped), ROW_SHA256: row[ROW_SHA256]} != row:
        report.findings.append(finding("row_differs", where))
    report.findings += [
        msgspec.structs.replace(wrong, where=where) for wrong in faults(shipped, report.countries)
    ]
    table = _rules(decision.table_version)
    if table is None:
        report.findings.append(finding("decision_not_recomputed", where, decision.table_version))
        return
    report.decisions += 1
    again = canonical(decide(decision.subject, decision.inputs, table)).decode()
    if again != shipped.rights.decision:
        report.findings.append(finding("decision_differs", where))


@cache
def _rules(version: str) -> RuleTable | None:
    try:
        return load(version)
    except ConfigurationError:
        return None


def _countries(folder: Path) -> tuple[str, ...]:
    """Read which countries the plan asks for; a plan that cannot be read is a finding of `_check_plan`."""
    try:
        return _TERMS.of(msgspec.json.decode((folder / PLAN).read_bytes())["terms"]).countries
    except (OSError, msgspec.DecodeError, KeyError, TypeError):
        return ("KR",)


def _check_plan(folder: Path, chosen: bytes, report: Report) -> None:
    """Hold the rows, chosen and left out, against the digest of the plan."""
    try:
        plan = msgspec.json.decode((folder / PLAN).read_bytes())
        refused = bytes.fromhex(digest_of(folder / EXCLUDED))
        digest = plan_digest(_TERMS.of(plan["terms"]), chosen, refused)
        works = plan["counts"]["works"]
    except (OSError, msgspec.DecodeError, msgspec.ValidationError, KeyError, TypeError) as error:
        report.findings.append(finding("file_unreadable", PLAN, str(error)))
        return
    if digest != plan["digest"]:
        report.findings.append(finding("plan_differs", PLAN, digest))
    if works != report.works:
        report.findings.append(finding("sum_differs", PLAN, f"{report.works} != {works}"))
