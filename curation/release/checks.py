"""What a release must be, checked on the pass that writes it: what was checked is what was written."""

from __future__ import annotations

from functools import cache

from curation.findings import Finding, finding
from curation.release.evidence import Evidence, recompute, text_cleared, text_layer, use_of, written
from curation.release.plans import Counts
from curation.release.row import File, Row
from curation.release.shards import NO_SHARD, shard_of
from curation.release.writers import FileEntry, Writer
from repository.asset import Role
from repository.errors import ConfigurationError
from repository.rights.decision import Decision, Use, allows
from repository.rights.table import RuleTable, load

LIMIT = 100


class Checks(Writer):
    """Counts rows, files and bytes against the plan, and holds every answer to the rule of training."""

    def __init__(self, expected: Counts, countries: tuple[str, ...]) -> None:
        self._expected = expected
        self._countries = countries
        self._found: list[Finding] = []
        self._last = ""
        self._shards: set[int] = set()
        self.works = self.files = self.bytes = 0

    def feed(self, row: Row, body: bytes) -> None:
        """Check one row."""
        self.works += 1
        self.files += len(row.files)
        self.bytes += row.bytes
        self._shards.add(shard_of(row.id, self._expected.bits))
        for wrong in faults(row, self._countries):
            self._note(wrong)
        if row.id <= self._last:
            self._note(finding("row_twice", row.id))
        self._last = row.id

    def findings(self, entries: list[FileEntry]) -> list[Finding]:
        """Give all that is wrong, once everything has been written."""
        sums = (
            ("works", self.works, self._expected.works),
            ("files", self.files, self._expected.files),
            ("bytes", self.bytes, self._expected.bytes),
        )
        for name, got, wanted in sums:
            if got != wanted:
                self._note(finding("sum_differs", name, f"{got} != {wanted}"))
        if not self.works:
            self._note(finding("release_empty"))
        for folder in ("data/", "originals/", "rows/"):
            shards = {one.shard for one in entries if one.name.startswith(folder)} - {NO_SHARD}
            if shards != self._shards:
                self._note(finding("shard_missing", folder))
        return self._found

    def _note(self, found: Finding) -> None:
        if len(self._found) < LIMIT:
            self._found.append(found)


def faults(row: Row, countries: tuple[str, ...] = ("KR",)) -> list[Finding]:
    """Give what is wrong with one row by itself: every decision in it is computed again from its inputs.

    The row must be cleared by that, for every country asked for; its answers, its duties and its texts must be
    what the decision says, and its files must be named once each.
    """
    found = _faults_of_evidence(row, countries)
    if not row.files:
        found.append(finding("row_without_files", row.id))
    names = [file.name for file in row.files]
    if len({*names}) != len(names) or not all(name.startswith(f"{row.id}_") for name in names):
        found.append(finding("row_twice", row.id))
    if row.sample and not row.notice:
        found.append(finding("sample_unmarked", row.id))
    return found


def _faults_of_evidence(row: Row, countries: tuple[str, ...]) -> list[Finding]:
    rights = row.rights
    found = []
    decision, wrong = again(rights.evidence)
    found += wrong
    if decision is None:
        return found
    if rights.evidence.subject != row.id or not all(allows(decision, Use.TRAIN, c) for c in countries):
        found.append(finding("not_cleared", row.id, decision.rulings.train.answer.value))
    shown = (use_of(decision.rulings.view), use_of(decision.rulings.reuse), use_of(decision.rulings.train))
    if (rights.view, rights.reuse, rights.train, rights.text) != (*shown, use_of(text_layer(decision))):
        found.append(finding("answer_differs", row.id))
    if rights.text_cleared != text_cleared(decision) or (row.notes and not rights.text_cleared):
        found.append(finding("text_not_cleared", row.id))
    for file in row.files:
        found += _faults_of_file(file, decision, countries)
    return found


def _faults_of_file(file: File, of_work: Decision, countries: tuple[str, ...]) -> list[Finding]:
    """Hold a file against its own decision, or against that of its work where it has none."""
    decision, found = again(file.evidence) if file.evidence else (of_work, [])
    if decision is None:
        return found
    if file.evidence and not all(allows(decision, Use.TRAIN, country) for country in countries):
        found.append(finding("not_cleared", file.name, decision.rulings.train.answer.value))
    if (file.alt or file.description or file.role is Role.CAPTION) and not text_cleared(decision):
        found.append(finding("text_not_cleared", file.name))
    return found


def again(evidence: Evidence) -> tuple[Decision | None, list[Finding]]:
    """Decide again from the inputs that a row ships with, and name where that differs from what it says.

    None where the table of rules is not installed here.
    """
    table = _rules(evidence.table_version)
    if table is None:
        return None, [finding("decision_not_recomputed", evidence.subject, evidence.table_version)]
    decision = recompute(evidence, table)
    if written(decision, evidence.decided_by, evidence.decided_at) != evidence:
        return decision, [finding("decision_differs", evidence.subject)]
    return decision, []


@cache
def _rules(version: str) -> RuleTable | None:
    try:
        return load(version)
    except ConfigurationError:
        return None
