"""Publishing a built release, withdrawing it, and the feed of recalls as a file beside the releases."""

from __future__ import annotations

import os
import shutil

from curation.release import plans, releases, revocations
from curation.release.build import CHECKSUMS, folder_of
from curation.release.releases import Release, ReleaseState
from repository import sets
from repository.database import Transaction
from repository.errors import BadRequest, NotFound, StoreError
from repository.memory import Memory
from repository.sets import Member, PublishedSet


def publish(memory: Memory, name: str, version: str) -> Release:
    """Open a built release to the public; a release that is open already stays as it is.

    What changed since its plan was frozen is looked at again at once: a work that is no longer cleared is
    recalled, and its files are withheld from the first moment. Raises StoreError where its files are gone.
    """
    if not (folder_of(memory, name, version) / CHECKSUMS).exists() and _is_known(memory, name, version):
        raise StoreError(
            "release_missing",
            f"데이터의 파일이 없습니다. 다시 만드세요: {name} {version}",
            f"the files of {name} {version} are gone; build it again",
        )
    with memory.database.write() as tx:
        release = _built(tx, name, version)
        plan = plans.get(tx.conn, release.plan)
        if release.state is not ReleaseState.PUBLISHED:
            _mark(tx, release, ReleaseState.PUBLISHED)
            revocations.reconsider(tx, plan)
            _publish_set(tx, name)
    refresh(memory)
    with memory.database.read() as conn:
        return releases.find(conn, name, version) or release


def withdraw(memory: Memory, name: str, version: str) -> bool:
    """Close a release to the public; tells whether it was open. Its plan, files and row are kept."""
    with memory.database.write() as tx:
        release = _built(tx, name, version)
        if release.state is not ReleaseState.PUBLISHED:
            return False
        _mark(tx, release, ReleaseState.WITHDRAWN)
        _publish_set(tx, name)
    return True


def remove(memory: Memory, name: str) -> None:
    """Take a data set away with its plans, releases, recalls and files (samples only)."""
    folder = folder_of(memory, name, "0.0.0").parent
    with memory.database.write() as tx:
        sets.withdraw(tx, set_id(name))
        revocations.remove(tx, name)
        releases.remove(tx, name)
        plans.remove(tx, name)
    shutil.rmtree(folder, ignore_errors=True)
    write_feed(memory)


def refresh(memory: Memory) -> int:
    """Bring the recalls up to the newest change, and the file that holds them; gives the number of new ones."""
    wrote = revocations.refresh(memory)
    if wrote or not (folder_of(memory) / revocations.FILE).exists():
        write_feed(memory)
    return wrote


def write_feed(memory: Memory) -> None:
    """Write the feed of recalls beside the releases: whole, then renamed."""
    folder = folder_of(memory)
    folder.mkdir(parents=True, exist_ok=True)
    with memory.database.read() as conn:
        content = revocations.feed(conn)
    new = folder / f".{revocations.FILE}"
    with new.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    new.replace(folder / revocations.FILE)


def set_id(name: str) -> str:
    """Give the id of the set that a data set's works are in."""
    return f"dataset-{name}"


def _is_known(memory: Memory, name: str, version: str) -> bool:
    with memory.database.read() as conn:
        found = releases.find(conn, name, version)
    return found is not None and found.state is not ReleaseState.FAILED


def _built(tx: Transaction, name: str, version: str) -> Release:
    release = releases.find(tx.conn, name, version)
    if release is None:
        raise NotFound(
            "release_unknown", f"없는 데이터입니다: {name} {version}", f"no such release: {name} {version}"
        )
    if release.state is ReleaseState.FAILED:
        raise BadRequest(
            "release_failed",
            f"검사에서 걸린 데이터입니다: {release.error}",
            f"the release failed its checks: {release.error}",
        )
    return release


def _mark(tx: Transaction, release: Release, state: ReleaseState) -> None:
    releases.save(tx, release.name, release.version, release.plan, state, release.root, release.files)


def _publish_set(tx: Transaction, name: str) -> None:
    """Let the set hold the works of the newest version that is open, or take it away where none is."""
    versions = [one for one in releases.published(tx.conn) if one.name == name]
    if not versions:
        sets.withdraw(tx, set_id(name))
        return
    plan = plans.get(tx.conn, versions[-1].plan)
    titles = (plan.terms.title_ko or name, plan.terms.title_en or name)
    shown = PublishedSet(set_id(name), "dataset", *titles, cover="", position=0, published="")
    sets.publish(tx, shown, [Member(item) for item in plans.chosen_ids(tx.conn, plan.id)])
