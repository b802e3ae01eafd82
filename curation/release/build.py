"""Building a release from its frozen plan: one pass, a staged folder, checks, then one rename.

Nothing is read but the plan and the originals, so the same plan always gives the same bytes. The folder
appears whole or not at all: a build that was killed leaves a staged folder, which the next one clears away.
"""

from __future__ import annotations

import fcntl
import hashlib
import shutil
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import msgspec

from curation.findings import Finding
from curation.release import croissant, documents, plans, releases
from curation.release.checks import Checks
from curation.release.lines import LinesWriter
from curation.release.page_texts import TextRow, is_text, text_rows
from curation.release.parquet import TextsWriter, WorksWriter
from curation.release.plans import Plan
from curation.release.releases import Release, ReleaseState
from curation.release.row import Row, decode
from curation.release.shards import shard_in
from curation.release.statistics import Counting
from curation.release.tars import TarWriter
from curation.release.terms import check_name
from curation.release.writers import FileEntry, Progress, Writer, sync_folder, sync_folders, write_text
from repository.blobs import BlobStore
from repository.errors import NotFound, StoreError
from repository.memory import Memory

CHECKSUMS = "checksums.sha256"
_STAGED = ".staged"


class ReleaseFailed(StoreError):
    """A release whose checks found something; the findings say what."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(
            "release_failed",
            "; ".join(found.text("ko") for found in findings[:5]),
            "; ".join(found.text("en") for found in findings[:5]),
        )
        self.findings = findings


def folder_of(memory: Memory, name: str = "", version: str = "") -> Path:
    """Give the folder of a release, or the one above it that holds them all."""
    if name:
        check_name(name, version)
    return memory.settings.data_path / "releases" / name / version


def build(memory: Memory, name: str, version: str, progress: Progress = lambda _: None) -> Release:
    """Build a frozen plan and give its release; nothing is done again where its folder stands already.

    Raises NotFound where nothing is frozen under that name, StoreError where another build runs, and
    ReleaseFailed where the checks find something; what they find is kept with the release.
    """
    folder = folder_of(memory, name, version)
    with memory.database.read() as conn:
        plan = plans.find(conn, name, version)
        standing = releases.find(conn, name, version)
    if plan is None or not plan.is_frozen:
        raise NotFound(
            "plan_unknown",
            f"확정된 계획이 없습니다: {name} {version}",
            f"nothing is frozen as {name} {version}",
        )
    if standing and standing.state is not ReleaseState.FAILED and (folder / CHECKSUMS).exists():
        return standing
    with _alone(folder_of(memory)):
        if not (folder / CHECKSUMS).exists():
            _stage(memory, plan, folder, progress)
        return _register(memory, plan, folder)


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Let one build run at a time; the lock goes with its process, however that ends."""
    root.mkdir(parents=True, exist_ok=True)
    with (root / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StoreError(
                "build_running", "다른 데이터를 만드는 중입니다.", "another release is being built"
            ) from error
        yield


def _stage(memory: Memory, plan: Plan, folder: Path, progress: Progress) -> None:
    """Write everything into a staged folder and rename it into place."""
    staged = folder_of(memory) / _STAGED
    shutil.rmtree(staged, ignore_errors=True)
    staged.mkdir()
    try:
        findings = write(memory, plan, staged, progress)
        if findings:
            with memory.database.write() as tx:
                error = "\n".join(found.text("en") for found in findings)
                releases.save(tx, plan.name, plan.version, plan.id, ReleaseState.FAILED, error=error)
            raise ReleaseFailed(findings)
        sync_folders(staged)
        folder.parent.mkdir(parents=True, exist_ok=True)
        staged.rename(folder)
        sync_folder(folder.parent)
        sync_folder(folder.parent.parent)
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def write(memory: Memory, plan: Plan, staged: Path, progress: Progress) -> list[Finding]:
    """Write all files of a plan into an empty folder; gives what the checks found."""
    bits = plan.counts.bits
    checks, counting = Checks(plan.counts, plan.terms.countries), Counting()
    texts = _Texts(memory.blobs, counting)
    tars = TarWriter(memory.blobs, bits, progress)
    writers: tuple[Writer, ...] = (
        tars, WorksWriter(bits), LinesWriter(bits), TextsWriter(bits, texts.of), counting, checks,
    )  # fmt: skip
    with ExitStack() as stack:
        for writer in writers:
            stack.callback(writer.close)
            writer.setup(staged)
        for body in _bodies(memory, plan, chosen=True):
            row = _read(body, plan)
            for writer in writers:
                writer.feed(row, body)
        entries = [entry for writer in writers for entry in writer.finish()]
    sums = counting.statistics(plan.counts.refused)
    entries.append(documents.excluded(staged, _bodies(memory, plan, chosen=False)))
    entries += documents.describe(staged, plan, sums)
    entries.append(croissant.write(staged, plan, sums, entries))
    _write_checksums(staged, entries)
    return checks.findings(entries)


def _read(body: bytes, plan: Plan) -> Row:
    """Read a frozen row; StoreError where the plan is older than the present form of rows."""
    try:
        return decode(body)
    except msgspec.DecodeError as error:
        raise StoreError(
            "plan_outdated",
            f"예전 형식의 계획이라 다시 만들 수 없습니다. 다음 버전을 확정하세요: {plan.name} {plan.version}",
            f"the rows of {plan.name} {plan.version} have an older form; freeze the next version ({error})",
        ) from error


class _Texts:
    """Reads the texts of works out of their originals, and lets them be counted on the way."""

    def __init__(self, blobs: BlobStore, counting: Counting) -> None:
        self._blobs = blobs
        self._counting = counting

    def of(self, row: Row, row_sha256: str) -> list[TextRow]:
        """Give the texts of a work; they are small, since no larger captions are taken in."""
        files = filter(is_text, row.files)
        found = text_rows(
            row, row_sha256, {one.name: self._blobs.local(one.sha256).read_bytes() for one in files}
        )
        self._counting.add_texts(found)
        return found


def _bodies(memory: Memory, plan: Plan, chosen: bool) -> Iterator[bytes]:
    """Read the frozen rows in keyset chunks."""
    last = ""
    while True:
        with memory.database.read() as conn:
            rows = plans.rows(conn, plan.id, chosen, last)
        if not rows:
            return
        yield from (row.body for row in rows)
        last = rows[-1].item


def _write_checksums(folder: Path, entries: Iterable[FileEntry]) -> None:
    ordered = sorted(entries, key=lambda entry: entry.name)
    write_text(folder, CHECKSUMS, "".join(f"{entry.sha256}  {entry.name}\n" for entry in ordered))


def _register(memory: Memory, plan: Plan, folder: Path) -> Release:
    """Note a complete folder as built, from what stands in it."""
    checksums = (folder / CHECKSUMS).read_bytes()
    root = hashlib.sha256(checksums).hexdigest()
    listed = (line.split("  ", 1) for line in checksums.decode().splitlines())
    entries = [_entry(folder, name, sha256) for sha256, name in [*listed, (root, CHECKSUMS)]]
    with memory.database.write() as tx:
        releases.save(tx, plan.name, plan.version, plan.id, ReleaseState.BUILT, root, tuple(entries))
        found = releases.find(tx.conn, plan.name, plan.version)
    assert found is not None
    return found


def _entry(folder: Path, name: str, sha256: str) -> FileEntry:
    return FileEntry(name, (folder / name).stat().st_size, sha256, shard_in(name))
