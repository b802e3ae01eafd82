"""What a release must be, checked on the pass that writes it: what was checked is what was written."""

from __future__ import annotations

from curation.findings import Finding, finding
from curation.release.plans import Counts
from curation.release.row import Row
from curation.release.shards import shard_of
from curation.release.writers import FileEntry, Writer
from repository.rights.decision import Decision, Use, allows
from repository.shapes import Shape

_DECISION = Shape(Decision)

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
        for folder in ("data/", "originals/"):
            if {one.shard for one in entries if one.name.startswith(folder)} != self._shards:
                self._note(finding("shard_missing", folder))
        return self._found

    def _note(self, found: Finding) -> None:
        if len(self._found) < LIMIT:
            self._found.append(found)


def faults(row: Row, countries: tuple[str, ...] = ("KR",)) -> list[Finding]:
    """Give what is wrong with one row by itself: not cleared, without files, or with a name twice."""
    found = []
    decision = _DECISION.read(row.rights.decision)
    if decision.subject != row.id or not all(allows(decision, Use.TRAIN, country) for country in countries):
        found.append(finding("not_cleared", row.id, decision.rulings.train.answer.value))
    if row.rights.train.answer != decision.rulings.train.answer.value:
        found.append(finding("answer_differs", row.id))
    if not row.files:
        found.append(finding("row_without_files", row.id))
    names = [file.name for file in row.files]
    if len({*names}) != len(names) or not all(name.startswith(f"{row.id}.") for name in names):
        found.append(finding("row_twice", row.id))
    if row.sample and not row.notice:
        found.append(finding("sample_unmarked", row.id))
    return found
