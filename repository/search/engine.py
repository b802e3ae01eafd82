"""What every search engine of ours does, and the values it answers with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

import msgspec

from repository.search.document import SearchDocument
from repository.search.query import Query


class Reason(msgspec.Struct, frozen=True):
    """Why one term of a question matched: in which form and field, and under which other name, if so.

    Forms are those of `repository.search.forms`; `relation` says what `name` is to the term.
    """

    term: str
    form: str
    field: str
    name: str = ""
    relation: str = ""


class Hit(msgspec.Struct, frozen=True):
    """One item found: a score that only orders hits of one answer, the forms that found it, and why, by term."""

    id: str
    score: float = 0.0
    forms: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()


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


class Suggestion(msgspec.Struct, frozen=True):
    """What somebody may be typing: `kind` is work, person, place or collection.

    `id` is the item; of a person or place, an item that names it, so that a door can ask whether it may be
    named; of a collection, the collection. `count` is how many items have the name.
    """

    text: str
    kind: str
    id: str
    count: int = 1


class Span(msgspec.Struct, frozen=True):
    """How many items have their earliest year in these years (astronomical, both included)."""

    first: int
    last: int
    count: int


class Spot(msgspec.Struct, frozen=True):
    """How many items have a place in one square of the map; where its middle is, in degrees."""

    tile: str
    latitude: float
    longitude: float
    count: int


class Aggregates(msgspec.Struct, frozen=True):
    """Where in time and on the map a whole result lies; years leave out the filter on years itself."""

    years: tuple[Span, ...] = ()
    spots: tuple[Spot, ...] = ()


class Health(msgspec.Struct, frozen=True):
    """How an index stands: `state` is ok, empty, outdated (made by another version), unreadable or unreachable."""

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

    def suggest(self, text: str, limit: int = 10) -> tuple[Suggestion, ...]:
        """Suggest works, people and places whose name begins as typed, in any script and with either keyboard."""

    def similar(self, item: str, limit: int = 12) -> tuple[Hit, ...]:
        """Give other items that share makers, subjects, places or words of titles, the rarer the nearer."""

    def aggregate(self, query: Query, level: int = 9) -> Aggregates:
        """Lay what a question finds out over time and over the squares of the map of one level."""

    def correct(self, text: str) -> str:
        """Give a question with words put right that no name holds, though one nearly like them; else nothing."""

    def rebuild(self) -> AbstractContextManager[Rebuild]:
        """Build a new generation beside the live one; it takes its place when the block ends without error."""

    def count(self) -> int:
        """Give the number of documents."""

    def digests(self) -> Iterator[tuple[str, str]]:
        """Give the id and digest of every document, in the order of id numbers, for a reconcile."""

    def health(self) -> Health:
        """Tell how the index stands; never raises."""
