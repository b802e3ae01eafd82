"""Misses are gathered in the memory of each process and written together, so that no page waits for the database.

What was gathered since the last writing (at most half a minute) is lost with a process that is killed.
"""

from __future__ import annotations

import logging
import os
import threading
from collections import Counter

from sqlalchemy.exc import SQLAlchemyError

from repository import search_misses
from repository.database import Database

log = logging.getLogger(__name__)
EVERY = 30.0  # seconds between two writings, at most
ENOUGH = 200  # misses after which writing does not wait
MOST_HELD = 1000  # texts; more of them are not noted until these are written


class Gathering:
    """Notes misses for one process; a thread of its own, begun with the first of them, writes them."""

    def __init__(self, database: Database, every: float = EVERY) -> None:
        self._database = database
        self._every = every
        self._counts: Counter[tuple[str, str]] = Counter()
        self._noted = 0
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._closing = False
        self._process = 0

    def note(self, text: str, kind: str) -> None:
        """Note that a text was missed; an empty one is not. Never waits, never raises."""
        if not text:
            return
        with self._lock:
            if len(self._counts) < MOST_HELD or (text, kind) in self._counts:
                self._counts[text, kind] += 1
                self._noted += 1
            begins = self._process != os.getpid() and not self._closing
            self._process = os.getpid()
            if self._noted >= ENOUGH:
                self._wake.set()
        if begins:
            threading.Thread(target=self._run, name="misses", daemon=True).start()

    def flush(self) -> int:
        """Write what was gathered; gives how many misses. What cannot be written is kept for the next time."""
        with self._lock:
            counts, self._counts = self._counts, Counter()
            self._noted = 0
        if not counts:
            return 0
        try:
            with self._database.write() as tx:
                search_misses.add(tx, counts)
        except SQLAlchemyError as error:
            log.warning("misses not written", extra={"texts": len(counts), "error": type(error).__name__})
            with self._lock:
                self._counts.update(counts)
            return 0
        return counts.total()

    def close(self) -> None:
        """Write the rest and end."""
        self._closing = True
        self._wake.set()
        self.flush()

    def _run(self) -> None:
        while not self._closing:
            self._wake.wait(self._every)
            self._wake.clear()
            self.flush()
