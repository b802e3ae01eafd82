"""The folder in which files arrive: parts stay in it, so that the next process goes on with them."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import BinaryIO

from repository import assets
from repository.asset import AssetState
from repository.memory import Memory

_LOCK = "lock"


@contextmanager
def scratch(memory: Memory) -> Iterator[Path]:
    """Give the first folder that no other process is using; a killed process gives its own back."""
    for number in count():
        folder = memory.settings.data_path / "fetching" / str(number)
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / _LOCK).open("ab") as lock:
            if _is_ours(lock):
                _sweep(memory, folder)
                yield folder
                return


def _is_ours(lock: BinaryIO) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _sweep(memory: Memory, folder: Path) -> None:
    """Delete what nobody will go on with: whole files that were never settled, parts of files not wanted."""
    left = [path for path in folder.iterdir() if path.name != _LOCK]
    with memory.database.read() as conn:
        states = assets.states(conn, {path.name.partition(".")[0] for path in left})
    for path in left:
        asset, dot, _ = path.name.partition(".")
        if not dot or states.get(asset) not in (AssetState.WANTED, AssetState.FETCHED):
            path.unlink(missing_ok=True)
