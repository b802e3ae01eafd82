"""What suggestions, related items and aggregates ask of an engine: small, quick looks, the same over every engine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from repository.search.answering import Reader
from repository.search.entries import Entry
from repository.search.kept import Kept
from repository.search.matching import Clause


class Glances(Reader, Protocol):
    """The reading end of an engine, as far as it goes beyond answers to questions."""

    def entries(self, clause: Clause, key: str, most: int) -> list[Entry]:
        """Give the first documents that match, in the order of a key that no two of them share."""

    def counts(self, clauses: Sequence[Clause]) -> list[int]:
        """Count the documents that match each clause."""

    def values(self, clause: Clause, column: str) -> list[tuple[str, int]]:
        """Count the values of a column over the documents that match, the commonest ten thousand, in any order."""

    def decades(self, clause: Clause) -> dict[int, int]:
        """Count the documents that match by the decade of their earliest year; those without one are left out."""

    def tokens_of(self, item: str) -> Kept:
        """Give the tokens kept of one document, nothing where it is not there."""
