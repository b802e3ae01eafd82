"""Counters kept in the transactions that change what they count; a GROUP BY over 30 million rows takes seconds."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, select, update

from repository.tables import counter
from repository.upsert import upsert


def add(conn: Connection, counts: Mapping[tuple[str, str, str], int]) -> None:
    """Add to counters, in the order of their keys so that two writers never wait for each other in a ring."""
    for (scope, kind, state), by in sorted(counts.items()):
        if by == 0:
            continue
        key = {"scope": scope, "kind": kind, "state": state}
        upsert(conn, counter, {**key, "count": 0})
        row = (counter.c.scope == scope, counter.c.kind == kind, counter.c.state == state)
        conn.execute(update(counter).where(*row).values(count=counter.c.count + by))


def of_scope(conn: Connection, scope: str) -> dict[str, dict[str, int]]:
    """Read the counters of one source or institution: kind → state → count, zeros left out."""
    rows = conn.execute(
        select(counter.c.scope, counter.c.kind, counter.c.state, counter.c.count.label("n")).where(
            counter.c.scope == scope, counter.c.count != 0
        )
    )
    result: dict[str, dict[str, int]] = {}
    for row in rows:
        result.setdefault(row.kind, {})[row.state] = row.n
    return result


def of_kind(conn: Connection, kind: str) -> dict[str, dict[str, int]]:
    """Read one kind of counter over all scopes: scope → state → count, zeros left out."""
    rows = conn.execute(
        select(counter.c.scope, counter.c.kind, counter.c.state, counter.c.count.label("n")).where(
            counter.c.kind == kind, counter.c.count != 0
        )
    )
    result: dict[str, dict[str, int]] = {}
    for row in rows:
        result.setdefault(row.scope, {})[row.state] = row.n
    return result
