"""Files that an operator put into the data folder's `drop`: nothing outside it is ever opened, by whatever name."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from harvest.connectors.faults import fault

DROP = "drop"
FILES = 1_000_000


def inside(data: Path, endpoint: str) -> Path:
    """Give the place of an endpoint (a path below `drop`, a whole path, or a `file:` address).

    Raises a TransferError when it is not there or not inside.
    """
    root = (data / DROP).resolve()
    parts = urlsplit(endpoint)
    if parts.scheme == "file" and parts.netloc not in ("", "localhost"):
        raise fault("folder_refused", endpoint)
    named = unquote(parts.path) if parts.scheme == "file" else endpoint
    try:
        found = (root / named).resolve(strict=True)
    except (OSError, ValueError, RuntimeError) as error:
        raise fault("folder_refused", endpoint) from error
    if not found.is_relative_to(root):
        raise fault("folder_refused", endpoint)
    return found


def walk(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Yield the files below a folder by their paths in it, sorted; raises a TransferError for a link."""
    number = 0
    for here, folders, names in os.walk(folder, onerror=_unreadable):
        folders.sort()
        for name in sorted([*folders, *names]):
            full = Path(here) / name
            found = full.lstat()
            if stat.S_ISLNK(found.st_mode):
                raise fault("folder_refused", f"{full.relative_to(folder)} is a link")
            if not stat.S_ISREG(found.st_mode):
                continue
            number += 1
            if number > FILES:
                raise fault("folder_refused", f"more than {FILES} files")
            yield str(PurePosixPath(full.relative_to(folder))), found


def opened(path: Path) -> BinaryIO:
    """Open a file, never through a link put there meanwhile."""
    try:
        return os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC), "rb")
    except OSError as error:
        raise fault("file_unreadable", f"{path.name}: {error.strerror}") from error


def _unreadable(error: OSError) -> None:
    raise fault("file_unreadable", f"{error.strerror}") from error
