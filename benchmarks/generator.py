"""The invented corpus as a whole: how large each source is, and what record n of it says in a generation.

Record n of source s is a pure function of (s, n, generation); no clock is read. Each generation after the first
changes one record in a hundred of every source, and of those one in twenty is a deletion.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from benchmarks.corpus import words
from benchmarks.corpus.facts import NUMBER, facts
from benchmarks.corpus.markup import BASE, WRITERS

SOURCES = 26
FORMATS = ("oai_dc", "mods", "edm", "oai_dc")
# The first records are of 2020; fifty come at one moment, as bulk deposits do, and the next an hour later.
FIRST = datetime(2020, 1, 1, tzinfo=UTC)
AT_ONCE, APART = 50, 3600
# The clock of the provider in its first generation; a generation is a day, and its changes are six hours old.
TODAY = datetime(2026, 2, 1, tzinfo=UTC)
AGE = timedelta(hours=6)
EVERY = 100
# Records of one kind differ by their numbers only; so a page is quickly made.
KINDS = 4200


class Header(NamedTuple):
    """The header of a record as OAI-PMH 2.0 §2.5 has it; the moment is in seconds of the epoch."""

    identifier: str
    moment: int
    set: str
    deleted: bool


def sizes(total: int, sources: int = SOURCES) -> tuple[int, ...]:
    """Divide a number of records among sources: one is big, many are small, and each has some."""
    shares = [1 / rank for rank in range(1, sources + 1)]
    made = [max(1, int(total * share / sum(shares))) for share in shares]
    made[0] += total - sum(made)
    return tuple(made)


def format_of(source: int) -> str:
    """Tell the richest format that a source gives beside oai_dc; sources count from 1."""
    return FORMATS[(source - 1) % len(FORMATS)]


def clock(generation: int) -> datetime:
    """Give the time that the provider says in a generation."""
    return TODAY + timedelta(days=generation)


def revision(source: int, number: int, generation: int) -> int:
    """Tell the last generation, up to this one, that changed a record; 0 for none."""
    return next((g for g in range(generation, 0, -1) if _changes(source, number, g)), 0)


def _changes(source: int, number: int, generation: int) -> bool:
    return (number + 7 * source + 31 * generation) % EVERY == 0


def changed(source: int, generation: int, size: int) -> range:
    """Give the numbers of the records that a generation changes."""
    return range(-(7 * source + 31 * generation) % EVERY, size, EVERY)


def moment(number: int, last: int) -> int:
    """Give the datestamp of a record by its last revision, in seconds of the epoch."""
    if last:
        return int((clock(last) - AGE).timestamp()) + number // AT_ONCE % 3600
    return int(FIRST.timestamp()) + number // AT_ONCE * APART


def header(source: int, number: int, generation: int) -> Header:
    """Give the header of a record."""
    last = revision(source, number, generation)
    name = f"oai:s{source:02}.example:{'K' if number % 3 else '책/'}{number}"
    return Header(name, moment(number, last), set_of(number), is_deleted(source, number, last))


def set_of(number: int) -> str:
    """Give the setSpec of a record."""
    return f"c{number % len(words.COLLECTIONS) + 1}"


def is_deleted(source: int, number: int, last: int) -> bool:
    """Tell whether a revision of a record is a deletion: one in 200 at first, one in twenty of what changes."""
    return (number // EVERY + source) % 20 == 0 if last else (number + 17 * source) % 200 == 7


def payload(source: int, number: int, generation: int, prefix: str) -> str:
    """Write the metadata of a record; prefix is oai_dc, mods or edm."""
    last = revision(source, number, generation)
    written = _written((number + 131 * source) % KINDS, last, prefix)
    return written.replace(NUMBER, str(number)).replace(BASE, f"https://s{source:02}.example")


@lru_cache(maxsize=4 * KINDS)
def _written(kind: int, last: int, prefix: str) -> str:
    return WRITERS[prefix](facts(kind, last))


class Listing:
    """What a source lists in a generation, perhaps of one set only, in the order of (datestamp, number)."""

    def __init__(self, source: int, size: int, generation: int, set_: str = "") -> None:
        touched = {n for g in range(1, generation + 1) for n in changed(source, g, size)}
        rows = [(moment(n, 0), n) for n in range(size) if n not in touched]
        rows += sorted((moment(n, revision(source, n, generation)), n) for n in touched)
        if set_:
            rows = [row for row in rows if set_of(row[1]) == set_]
        self.moments = array("q", (row[0] for row in rows))
        self.numbers = array("l", (row[1] for row in rows))

    def between(self, from_: int, until: int) -> tuple[int, int]:
        """Give the first place, and the place after the last, of what lies between two moments, both included."""
        return bisect_left(self.moments, from_), bisect_right(self.moments, until)

    def after(self, moment_: int, number: int) -> int:
        """Give the place behind a record."""
        low, high = self.between(moment_, moment_)
        return bisect_right(self.numbers, number, low, high)


@lru_cache(maxsize=3 * SOURCES)
def listing(source: int, size: int, generation: int, set_: str = "") -> Listing:
    """Give a listing, kept for the next page."""
    return Listing(source, size, generation, set_)
