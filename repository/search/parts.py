"""What an engine does beyond the contract: a new generation in parts, by several processes; a swap undone."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol, runtime_checkable

from repository.search.document import SearchDocument
from repository.search.engine import Results
from repository.search.query import Query
from repository.search.tokens import Tokens


class Part(Protocol):
    """One part while it is written; it stands when its block ends without an error, and not before."""

    def add(self, document: SearchDocument, tokens: Tokens) -> None:
        """Write a document that no other part has, with its tokens."""


class Beside(Protocol):
    """A new generation beside the live one, made of parts; what of it stands outlives the process that wrote it."""

    folder: Path

    def alone(self) -> AbstractContextManager[None]:
        """Be the only rebuild while the block runs. Raises StoreError where another one runs."""

    def begin(self) -> None:
        """Make what parts are written into; where that of an earlier rebuild is gone, so are its parts and folder."""

    def renew(self) -> None:
        """Say that the rebuild lives; called every few seconds. Raises StoreError where another one took over."""

    def part(self, number: int) -> AbstractContextManager[Part]:
        """Write one part anew; called in any process."""

    def counted(self, number: int) -> Path:
        """Give the file in which what was counted of a part is kept; written before the part stands."""

    def standing(self) -> frozenset[int]:
        """Tell which parts stand."""

    def join(self) -> str:
        """Make one index of all the parts that stand; gives the name of the generation."""

    def search(self, query: Query) -> Results:
        """Ask the joined generation, which is not live yet."""

    def swap(self) -> None:
        """Make the joined generation the live one, and forget the parts."""

    def forget(self) -> None:
        """Delete the parts and begin with none."""


@runtime_checkable
class InParts(Protocol):
    """An engine that can be rebuilt in parts, go back by one swap, and say what it holds."""

    def beside(self) -> Beside:
        """Give the new generation, with what an earlier rebuild left of it."""

    def back(self) -> str:
        """Make the generation before the live one again; gives its name. Raises StoreError where there is none."""

    def held(self, ids: Iterable[str]) -> dict[str, str]:
        """Give the digests of those of some documents that are in the index."""


def write_whole(path: Path, body: bytes) -> None:
    """Write a file whole or not at all, and have it on the disk; processes may write the same one at once."""
    staged = path.with_name(f"{path.name}.{os.getpid()}")
    with staged.open("wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    staged.replace(path)


def delete_folders(parent: Path, pattern: str) -> None:
    """Delete the folders of such names, each at once: no part of one is ever found where it stood."""
    for path in parent.glob(pattern):
        path.rename(path.with_name(f"gone-{path.name}.{os.getpid()}"))
    for path in parent.glob(f"gone-{pattern}"):
        shutil.rmtree(path, ignore_errors=True)
