"""The store of releases: one row for each version of a data set, written when its folder stands complete."""

from __future__ import annotations

from enum import StrEnum

import msgspec
from sqlalchemy import Connection, Row, delete, select

from curation.release.terms import sort_key
from curation.release.writers import FileEntry
from curation.tables import release as table
from repository.database import Transaction
from repository.item import canonical
from repository.shapes import Shape
from repository.upsert import upsert

_FILES = Shape(tuple[FileEntry, ...])


class ReleaseState(StrEnum):
    """Where a release stands: built, published, withdrawn, or failed (its checks named what was wrong)."""

    BUILT = "built"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    FAILED = "failed"


class Release(msgspec.Struct, frozen=True):
    """One version of a data set; `root` is the SHA-256 of its list of checksums."""

    name: str
    version: str
    plan: int
    state: ReleaseState
    root: str
    files: tuple[FileEntry, ...]
    error: str
    at: str

    @property
    def bytes(self) -> int:
        """The size of the download."""
        return sum(file.bytes for file in self.files)

    def file(self, name: str) -> FileEntry | None:
        """Give the file of a name, or None."""
        return next((file for file in self.files if file.name == name), None)


def save(
    tx: Transaction,
    name: str,
    version: str,
    plan: int,
    state: ReleaseState,
    root: str = "",
    files: tuple[FileEntry, ...] = (),
    error: str = "",
) -> None:
    """Write what became of a release."""
    values = {
        "name": name,
        "version": version,
        "plan": plan,
        "state": state.value,
        "root": root,
        "files": canonical(files),
        "error": error,
        "at": tx.now,
    }
    upsert(tx.conn, table, values, ["plan", "state", "root", "files", "error", "at"])


def remove(tx: Transaction, name: str) -> None:
    """Forget all releases of a name (samples only)."""
    tx.conn.execute(delete(table).where(table.c.name == name))


def _release(row: Row[tuple[object, ...]]) -> Release:
    return Release(
        row.name,
        row.version,
        row.plan,
        ReleaseState(row.state),
        row.root,
        _FILES.read(row.files),
        row.error,
        row.at,
    )


def find(conn: Connection, name: str, version: str) -> Release | None:
    """Give one release, or None."""
    row = conn.execute(select(table).where(table.c.name == name, table.c.version == version)).one_or_none()
    return None if row is None else _release(row)


def every(conn: Connection) -> list[Release]:
    """Give all releases by name and version; there are dozens."""
    return sorted(
        map(_release, conn.execute(select(table))), key=lambda one: (one.name, sort_key(one.version))
    )


def published(conn: Connection) -> list[Release]:
    """Give the releases that the public may have, by name and version."""
    return [one for one in every(conn) if one.state is ReleaseState.PUBLISHED]
