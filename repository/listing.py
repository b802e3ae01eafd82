"""All live items cut into parts of like size, for lists of addresses that are too long for one file.

A part is the items whose ids begin alike. Ids are digests, so parts grow alike and never move: a list of the parts
needs no pass over the items, and an item stays in its part for good. How many first characters make a part follows
from how many items there are.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping

from sqlalchemy import ColumnElement, Connection, func, select

from repository import counters
from repository.identifiers import ALPHABET
from repository.items import LIVE
from repository.tables import change
from repository.tables import item as table

MOST = 5_000  # items of a part, nearly: ids fall evenly
_LONGEST = 3  # first characters; 160 million items
_CHUNK = 500
_LAST = "\x7f"  # behind every character of an id


def depth(conn: Connection) -> int:
    """Give how many first characters make a part now: none while one part holds all."""
    live = sum(states.get(LIVE, 0) for states in counters.of_kind(conn, "item").values())
    return next((length for length in range(_LONGEST) if live <= MOST * len(ALPHABET) ** length), _LONGEST)


def parts(length: int) -> list[str]:
    """Give the beginnings of ids that make the parts, in order; the empty one alone where one part holds all."""
    return ["".join(letters) for letters in itertools.product(ALPHABET, repeat=length)]


def _within(beginning: str, column: ColumnElement[str]) -> ColumnElement[bool]:
    return (column >= beginning) & (column < beginning + _LAST)


def ids(conn: Connection, beginning: str) -> Iterator[list[str]]:
    """Give the ids of the live items of a part in their order, some hundreds at a time."""
    last = ""
    rows = select(table.c.id).where(table.c.state == LIVE, _within(beginning, table.c.id))
    while found := list(
        conn.execute(rows.where(table.c.id > last).order_by(table.c.id).limit(_CHUNK)).scalars()
    ):
        yield found
        last = found[-1]


def newest(conn: Connection, length: int) -> Mapping[str, str]:
    """Give the newest public datestamp of each part, by its beginning; read from an index alone."""
    beginning = func.substr(table.c.id, 1, length)
    rows = conn.execute(
        select(beginning.label("part"), func.max(table.c.datestamp).label("at")).group_by("part")
    )
    return {row.part: row.at for row in rows}


def is_untouched(conn: Connection, beginning: str, number: int) -> bool:
    """Tell whether nothing happened to any item of a part after a number of the change feed."""
    later = select(change.c.number).where(change.c.number > number, _within(beginning, change.c.item))
    return conn.execute(later.limit(1)).first() is None
