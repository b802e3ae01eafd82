"""What every search engine of ours does, and the values it answers with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

import msgspec

from repository.search.document import SearchDocument
from repository.search.query import Query


class Hit(msgspec.Struct, frozen=True):
    """One item found: a score that only orders hits of one answer, and the forms that found it.

    Forms: exact (as written), morph (by word), spacing, reading (Hanja and Hangul), latin (bare letters).
    """

    id: str
    score: float = 0.0
    forms: tuple[str, ...] = ()


class FacetCount(msgspec.Struct, frozen=True):
    """How many items of the whole result have one value."""

    value: str
    count: int


class Results(msgspec.Struct, frozen=True):
    """An answer: `total` counts all items found, `next` is the cursor of the page after this one, or empty.

    `capped` says that by relevance no further page is given though more was found; ordered by year or id
    every page can be reached. A facet's counts leave out the filter on that facet itself. `relaxed` says
    that nothing holds all the words, and these are the items whose titles hold most of their sounds.
    """

    total: int = 0
    hits: tuple[Hit, ...] = ()
    facets: dict[str, tuple[FacetCount, ...]] = {}
    next: str = ""
    capped: bool = False
    relaxed: bool = False


class Health(msgspec.Struct, frozen=True):
    """How an index stands: `state` is ok, empty, outdated (made by another version) or unreadable."""

    state: str
    documents: int = 0
    generation: str = ""
    detail: str = ""


class Rebuild(Protocol):
    """A new generation being built beside the live one."""

    def put(self, documents: Sequence[SearchDocument]) -> int:
        """Write documents into the new generation; gives how many were written."""


class SearchEngine(Protocol):
    """An index of documents. Writing is idempotent; reading goes on while others write."""

    def put(self, documents: Sequence[SearchDocument]) -> int:
        """Write documents, those left alone whose digest stands there already; gives how many were written."""

    def drop(self, ids: Sequence[str]) -> int:
        """Take documents out; gives how many were there."""

    def search(self, query: Query) -> Results:
        """Answer a question. Raises BadRequest for a cursor of another question or too many terms."""

    def rebuild(self) -> AbstractContextManager[Rebuild]:
        """Build a new generation beside the live one; it takes its place when the block ends without error."""

    def count(self) -> int:
        """Give the number of documents."""

    def digests(self) -> Iterator[tuple[str, str]]:
        """Give the id and digest of every document, in the order of id numbers, for a reconcile."""

    def health(self) -> Health:
        """Tell how the index stands; never raises."""
