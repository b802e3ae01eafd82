"""Generations of an index on disk: folders beside each other, and a pointer file that names the live one.

`FOLDER/current` is replaced whole, so it names a complete generation or none. Writers of all processes take
turns by a lock that the system releases when a process dies; one more lock admits one rebuild at a time.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
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

    def swap(self, generation: Path) -> None:
        """Make a generation the live one, at once and for good, and delete all others."""
        staged = self.folder / "current.new"
        with staged.open("w", encoding="ascii") as file:
            file.write(generation.name + "\n")
            file.flush()
            os.fsync(file.fileno())
        staged.replace(self.folder / "current")
        handle = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
        self.sweep(keep=generation)

    def sweep(self, keep: Path | None) -> None:
        """Delete every generation but one: what dead rebuilds left, and what was live before."""
        for path in self.folder.iterdir():
            if _NAME.fullmatch(path.name) and path != keep:
                shutil.rmtree(path, ignore_errors=True)

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
