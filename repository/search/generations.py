"""Generations of an index on disk: folders beside each other, and a pointer file that names the live one.

`FOLDER/current` is replaced whole, so it names a complete generation or none; `FOLDER/previous` names the one
that was live before, which is kept so that a swap can be undone. Writers of all processes take turns by a lock
that the system releases when a process dies; one more lock admits one rebuild at a time.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from repository.errors import StoreError

PATIENCE = 60.0  # seconds that a writer waits for its turn
_PAUSE = 0.02
_NAME = re.compile(r"g[0-9]{6}-v[0-9.]+")


class Generations:
    """The generations in one folder, all made by one `version` of the schema unless an older stands there."""

    def __init__(self, folder: Path, version: str) -> None:
        self.folder = folder
        self.version = version

    def current(self) -> Path | None:
        """Give the folder of the live generation, None before the first.

        Raises StoreError where the pointer is damaged or names what is not there.
        """
        try:
            name = (self.folder / "current").read_text("ascii").strip()
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise unreadable(str(error)) from error
        if not _NAME.fullmatch(name) or not (self.folder / name).is_dir():
            raise unreadable(f"current names {name[:40]!r}")
        return self.folder / name

    def check_version(self, generation: Path) -> None:
        """Raise StoreError where a generation was made by another version of the schema."""
        if generation.name.partition("-v")[2] != self.version:
            raise StoreError(
                "index_outdated",
                "검색 색인이 다른 판에서 만들어졌습니다. `km rebuild index`로 다시 만드세요.",
                f"{generation.name} was made by another version; run `km rebuild index`",
            )

    def fresh(self) -> Path:
        """Make the folder of a new generation, with a higher number than any."""
        self.folder.mkdir(parents=True, exist_ok=True)
        numbers = [int(path.name[1:7]) for path in self.folder.iterdir() if _NAME.fullmatch(path.name)]
        made = self.folder / f"g{max(numbers, default=0) + 1:06d}-v{self.version}"
        made.mkdir()
        return made

    def previous(self) -> Path | None:
        """Give the folder of the generation that was live before, None where there is none."""
        try:
            name = (self.folder / "previous").read_text("ascii").strip()
        except (OSError, UnicodeDecodeError):
            return None
        found = self.folder / name
        return found if _NAME.fullmatch(name) and found.is_dir() and found != self.current_or_none() else None

    def swap(self, generation: Path) -> None:
        """Make a generation the live one, at once and for good; of the others the one before it is kept."""
        if (before := self.current_or_none()) is not None and before != generation:
            self._point("previous", before)
        self._point("current", generation)
        self.sweep(keep=generation)

    def back(self) -> Path:
        """Make the generation before the live one again, and keep the other; gives it.

        Raises StoreError where there is none, or where it was made by another version of the schema.
        """
        found, before = self.previous(), self.current_or_none()
        if found is None:
            raise no_previous()
        self.check_version(found)
        self._point("current", found)
        if before is not None:
            self._point("previous", before)
        return found

    def sweep(self, keep: Path | None) -> None:
        """Delete every generation but one and the one before the live: what dead rebuilds left."""
        kept = (keep, self.previous())
        for path in self.folder.iterdir():
            if _NAME.fullmatch(path.name) and path not in kept:
                shutil.rmtree(path, ignore_errors=True)

    def current_or_none(self) -> Path | None:
        """Give the live generation, None where the pointer cannot be read."""
        with suppress(StoreError):
            return self.current()
        return None

    def _point(self, pointer: str, generation: Path) -> None:
        """Write a pointer whole, and have it on the disk."""
        staged = self.folder / f"{pointer}.new"
        with staged.open("w", encoding="ascii") as file:
            file.write(generation.name + "\n")
            file.flush()
            os.fsync(file.fileno())
        staged.replace(self.folder / pointer)
        handle = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Wait for the turn to write. Raises StoreError after a minute."""
        with self._locked("write.lock", PATIENCE, "index_busy", "다른 작업이 색인을 쓰고 있습니다."):
            yield

    @contextmanager
    def rebuilding(self) -> Iterator[None]:
        """Be the only rebuild. Raises StoreError where another one runs."""
        with self._locked("rebuild.lock", 0.0, "index_rebuild_running", "색인을 이미 다시 만들고 있습니다."):
            yield

    @contextmanager
    def _locked(self, name: str, patience: float, code: str, ko: str) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / name).open("a") as file:
            until = time.monotonic() + patience
            while not _take(file.fileno()):
                if time.monotonic() >= until:
                    raise StoreError(code, ko, f"another process holds {name}")
                time.sleep(_PAUSE)
            yield


def _take(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def unreadable(detail: str) -> StoreError:
    """Make the error of an index that cannot be read."""
    return StoreError(
        "index_unreadable",
        "검색 색인을 읽을 수 없습니다. `km rebuild index`로 다시 만드세요.",
        f"the search index cannot be read ({detail}); run `km rebuild index`",
    )


def no_previous() -> StoreError:
    """Make the error of going back where there was nothing before."""
    return StoreError("index_no_previous", "되돌릴 앞선 색인이 없습니다.", "there is no index to go back to")
