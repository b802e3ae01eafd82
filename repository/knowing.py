"""What the search knows besides its documents, read from the database and renewed while a process runs.

Each process holds the lexicon and the statistics in memory. It looks at their numbers every few seconds, in
one cheap statement, and reads anew what moved; while one thread reads, the others go on with what there was.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from repository import search_statistics, search_versions, synonyms
from repository.database import Database
from repository.errors import StoreError
from repository.search import statistics
from repository.search.knowledge import Knowledge
from repository.search.lexicon import Lexicon, shipped
from repository.search.statistics import UNCOUNTED, Statistics

log = logging.getLogger(__name__)
T = TypeVar("T")
PATIENCE = 2.0  # seconds between two looks


class Renewed(Generic[T]):
    """A value that is read again when its number in the database moves."""

    def __init__(
        self,
        database: Database,
        subject: str,
        read: Callable[[Connection], T],
        first: T,
        patience: float = PATIENCE,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database, self._subject, self._read = database, subject, read
        self._value, self._number = first, 0
        self._patience, self._monotonic = patience, monotonic
        self._next = float("-inf")
        self._lock = threading.Lock()

    def __call__(self) -> T:
        """Give the value as it was a few seconds ago, or later."""
        if self._monotonic() >= self._next and self._lock.acquire(blocking=False):
            try:
                self._look()
            finally:
                self._next = self._monotonic() + self._patience
                self._lock.release()
        return self._value

    def _look(self) -> None:
        try:
            with self._database.read() as conn:
                number = search_versions.numbers(conn).get(self._subject, 0)
                if number != self._number:
                    self._value = self._read(conn)
                    self._number = number
        except SQLAlchemyError as error:
            log.warning("not renewed", extra={"subject": self._subject, "error": type(error).__name__})


def lexicon_of(conn: Connection) -> Lexicon:
    """Make the lexicon of the names that are shipped and those that librarians added."""
    added = synonyms.in_force(conn)
    return Lexicon((*shipped(), *((one.name, one.other, one.relation) for one in added)))


def statistics_of(conn: Connection) -> Statistics:
    """Read what was counted at the last rebuild; nothing where that cannot be read."""
    body = search_statistics.newest(conn)
    try:
        return UNCOUNTED if body is None else statistics.from_bytes(body)
    except StoreError as error:
        log.warning("no statistics", extra={"code": error.code})
        return UNCOUNTED


def knowledge_of(database: Database) -> Knowledge:
    """Give what an engine over a database is to know."""
    return Knowledge(
        lexicon=Renewed(database, search_versions.SYNONYMS, lexicon_of, Lexicon(shipped())),
        statistics=Renewed(database, search_versions.STATISTICS, statistics_of, UNCOUNTED),
    )
