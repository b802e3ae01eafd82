"""Verifying a downloaded release, offline: every file, every original in every shard, every row, every decision.

Needs the folder only. The rows say what each shard must hold: the table must be theirs, each sample beside an
original must follow from them, each text must be that of its original, and each decision is computed again from
the inputs that it ships with.
"""

from __future__ import annotations

import hashlib
import re
from itertools import groupby
from pathlib import Path

import msgspec

from curation.findings import finding
from curation.release import statistics
from curation.release.build import CHECKSUMS
from curation.release.documents import EXCLUDED, PLAN
from curation.release.parquet import WorksWriter
from curation.release.report import Report
from curation.release.revocations import RESTORED
from curation.release.row import plan_digest
from curation.release.shard_check import BROKEN, Progress, ShardCheck
from curation.release.shards import shard_in
from curation.release.statistics import STATISTICS
from curation.release.terms import Terms
from repository.blobs import digest_of
from repository.shapes import Shape

_TERMS = Shape(Terms)
_LINE = re.compile(r"([0-9a-f]{64})  ([A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)*)")
_LARGEST_LIST = 64 << 20


class _Recall(msgspec.Struct, frozen=True):
    """What must be known of one line of the feed of recalls."""

    item: str
    kind: str
    stop: bool


_RECALL = Shape(_Recall)


def verify(folder: Path, progress: Progress = lambda _: None, recalls: Path | None = None) -> Report:
    """Verify a release in a folder; whatever is wrong stands in the report, with the file it was found in.

    With the feed of recalls, as downloaded, works of the release that were recalled since are named, too.
    """
    report = Report(countries=_countries(folder))
    listed = _listed(folder, report)
    check = ShardCheck(folder, listed, report, progress)
    for _, names in groupby(sorted(listed, key=shard_in), key=shard_in):
        check.shard(sorted(names))
    report.files = len(check.sha256s)
    report.findings += [
        finding("file_changed", name, sha256)
        for name, sha256 in check.sha256s.items()
        if sha256 != listed[name]
    ]
    _check_plan(folder, check, report)
    if recalls is not None:
        _check_recalls(recalls, check, report)
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


def _countries(folder: Path) -> tuple[str, ...]:
    """Read which countries the plan asks for; a plan that cannot be read is a finding of `_check_plan`."""
    try:
        return _TERMS.of(msgspec.json.decode((folder / PLAN).read_bytes())["terms"]).countries
    except (OSError, msgspec.DecodeError, KeyError, TypeError):
        return ("KR",)


def _check_plan(folder: Path, check: ShardCheck, report: Report) -> None:
    """Hold the rows, chosen and left out, against the digest of the plan and the sums."""
    try:
        plan = msgspec.json.decode((folder / PLAN).read_bytes())
        refused = bytes.fromhex(digest_of(folder / EXCLUDED))
        digest = plan_digest(_TERMS.of(plan["terms"]), check.chosen.digest(), refused)
        works = plan["counts"]["works"]
        told = statistics.decode((folder / STATISTICS).read_bytes())
    except (OSError, *BROKEN, TypeError) as error:
        report.findings.append(finding("file_unreadable", PLAN, str(error)))
        return
    if digest != plan["digest"]:
        report.findings.append(finding("plan_differs", PLAN, digest))
    if works != report.works:
        report.findings.append(finding("sum_differs", PLAN, f"{report.works} != {works}"))
    if check.in_tables != report.works:
        report.findings.append(
            finding("sum_differs", WorksWriter.folder, f"{check.in_tables} != {report.works}")
        )
    if told != check.counting.statistics(told.reasons):
        report.findings.append(finding("sum_differs", STATISTICS))


def _check_recalls(path: Path, check: ShardCheck, report: Report) -> None:
    """Name the works that the feed recalls and does not restore; the last line of a work holds."""
    try:
        told = {entry.item: entry for entry in map(_RECALL.read, path.read_bytes().splitlines())}
    except (OSError, *BROKEN) as error:
        report.findings.append(finding("recalls_unreadable", path.name, str(error)))
        return
    for item in sorted(told.keys() & check.works):
        if told[item].kind != RESTORED:
            code = "recalled" if told[item].stop else "recalled_goes_on"
            report.findings.append(finding(code, item, told[item].kind))
