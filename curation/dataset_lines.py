"""What `km dataset` says of plans, releases, reports and differences: as values for machines, as lines for people."""

from __future__ import annotations

from collections import Counter
from typing import Any

import msgspec

from curation.findings import catalogue
from curation.release.diff import Difference
from curation.release.documents import human_bytes
from curation.release.plans import Counts, Plan
from curation.release.releases import Release
from curation.release.report import Report

UNFINISHED = "unfinished"
FROZEN = "frozen"


class Standing(msgspec.Struct, frozen=True):
    """One version of a data set and how far it came: unfinished, frozen, or the state of its release.

    `bytes` are those of the originals, `download` those of the whole release; `root` and `download` are empty
    until it is built.
    """

    name: str
    version: str
    state: str
    works: int
    files: int
    bytes: int
    refused: int
    download: int
    root: str
    error: str
    at: str


def standing(plan: Plan, release: Release | None) -> Standing:
    """Say how far a plan came."""
    counts = plan.counts
    return Standing(
        plan.name,
        plan.version,
        release.state.value if release else FROZEN if plan.is_frozen else UNFINISHED,
        counts.works,
        counts.files,
        counts.bytes,
        counts.refused_works,
        release.bytes if release else 0,
        release.root if release else "",
        release.error if release else "",
        release.at if release else plan.at,
    )


def of_standing(row: Standing) -> str:
    """Give the line of one version."""
    sums = _sums(row.works, row.files, row.bytes, row.refused)
    parts = (
        f"{row.name} {row.version}",
        row.state,
        sums,
        row.root and f"SHA-256 {row.root}",
        row.error.partition("\n")[0],
    )
    return "  ".join(filter(None, parts))


def of_plan(plan: Plan) -> str:
    """Give a plan's sums, and under them how many works were left out for each reason."""
    counts = plan.counts
    sums = _sums(counts.works, counts.files, counts.bytes, counts.refused_works)
    head = f"{plan.name} {plan.version}: {sums}  조각 (shards) {1 << counts.bits}  SHA-256 {plan.digest}"
    return "\n".join([head, *_refusals(counts)])


def _refusals(counts: Counts) -> list[str]:
    works: Counter[str] = Counter()
    for row in counts.refused:
        works[row.reason] += row.works
    known = catalogue()
    return [
        f"  {number}  {reason}  {known[reason].ko} ({known[reason].en})"
        for reason, number in works.most_common()
    ]


def _sums(works: int, files: int, size: int, refused: int) -> str:
    return (
        f"저작물 (works) {works}  원본 (files) {files}  크기 (bytes) {human_bytes(size)}  "
        f"뺀 저작물 (left out) {refused}"
    )


def plain_report(report: Report) -> dict[str, Any]:
    """Give a report for machines, each finding with its severity and its words."""
    found = [one.plain() for one in report.findings]
    return {**msgspec.structs.asdict(report), "findings": found, "whole": report.is_whole}


def of_report(name: str, report: Report) -> str:
    """Give a line for each finding, then what was verified, and the SHA-256 to hold against the site's."""
    said = "온전합니다 (whole)" if report.is_whole else "온전하지 않습니다 (not whole)"
    sums = (
        f"파일 (files) {report.files}  저작물 (works) {report.works}  원본 (originals) {report.originals}  "
        f"글 (texts) {report.texts}  판단 (decisions) {report.decisions}"
    )
    return "\n".join(
        [*(one.line() for one in report.findings), f"{name}: {said}  {sums}  SHA-256 {report.root}"]
    )


def of_difference(found: Difference) -> str:
    """Give a line for each work that differs, then the sums."""
    marked = (("+", found.added), ("-", found.removed), ("~", found.changed))
    works = [f"{mark} {item}" for mark, ids in marked for item in ids]
    sums = (
        f"더한 것 (added) {len(found.added)}  뺀 것 (removed) {len(found.removed)}  "
        f"달라진 것 (changed) {len(found.changed)}  그대로 (same) {found.same}"
    )
    return "\n".join([*works, sums])
