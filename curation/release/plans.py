"""The store of plans: what a release will hold, row by row, frozen before anything is built from it.

Rows are written in chunks of their own transactions; a plan without a digest is one whose freezing was broken
off, and is begun anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Select, delete, insert, select, union_all, update

from curation.release.shards import Range
from curation.release.terms import Terms, sort_key
from curation.tables import plan as table
from curation.tables import plan_row
from repository.database import Transaction
from repository.item import canonical
from repository.shapes import Shape
from repository.tables import item as item_table

_TERMS = Shape(Terms)

CHUNK = 200


class RefusalCount(msgspec.Struct, frozen=True):
    """How many works were left out for one reason by one rule."""

    reason: str
    rule: str
    works: int


class Counts(msgspec.Struct, frozen=True):
    """What a plan holds, in units that are never mixed; `bits` is the length of the shards' prefix in bits."""

    works: int = 0
    files: int = 0
    bytes: int = 0
    bits: int = 0
    samples: int = 0
    refused: tuple[RefusalCount, ...] = ()

    @property
    def refused_works(self) -> int:
        """All works that were left out."""
        return sum(row.works for row in self.refused)


_COUNTS = Shape(Counts)


class Plan(msgspec.Struct, frozen=True):
    """A frozen choice; `digest` covers its terms and every row, `at` is the only date of the release."""

    id: int
    name: str
    version: str
    digest: str
    terms: Terms
    counts: Counts
    feed: int
    at: str

    @property
    def is_frozen(self) -> bool:
        """Tell whether every row was written."""
        return self.digest != ""


class PlanRow(msgspec.Struct, frozen=True):
    """One row: a chosen work with its shipped JSON, or a refused one with its reason."""

    item: str
    chosen: bool
    reason: str
    item_digest: str
    decision: int
    body: bytes


def begin(tx: Transaction, name: str, version: str, terms: Terms, feed: int) -> int:
    """Begin a plan, forgetting one of the same name and version that was never finished; gives its number."""
    unfinished = select(table.c.id).where(
        table.c.name == name, table.c.version == version, table.c.digest == ""
    )
    tx.conn.execute(delete(plan_row).where(plan_row.c.plan.in_(unfinished)))
    tx.conn.execute(delete(table).where(table.c.id.in_(unfinished)))
    values = {"name": name, "version": version, "digest": "", "feed": feed, "at": tx.now}
    made = insert(table).values(**values, terms=canonical(terms), counts=canonical(Counts()))
    return int(tx.conn.execute(made.returning(table.c.id)).scalar_one())


def add(tx: Transaction, plan: int, rows: Sequence[PlanRow]) -> None:
    """Write some rows of a plan."""
    values = [{"plan": plan, **msgspec.structs.asdict(row), "chosen": int(row.chosen)} for row in rows]
    tx.conn.execute(insert(plan_row), values)


def finish(tx: Transaction, plan: int, digest: str, counts: Counts) -> None:
    """Mark a plan as frozen."""
    tx.conn.execute(update(table).where(table.c.id == plan).values(digest=digest, counts=canonical(counts)))


def remove(tx: Transaction, name: str) -> None:
    """Forget all plans of a name (samples only)."""
    ids = select(table.c.id).where(table.c.name == name)
    tx.conn.execute(delete(plan_row).where(plan_row.c.plan.in_(ids)))
    tx.conn.execute(delete(table).where(table.c.name == name))


def _plan(row: Row[tuple[object, ...]]) -> Plan:
    return Plan(
        row.id,
        row.name,
        row.version,
        row.digest,
        _TERMS.read(row.terms),
        _COUNTS.read(row.counts),
        row.feed,
        row.at,
    )


def find(conn: Connection, name: str, version: str) -> Plan | None:
    """Give a plan, frozen or not, or None."""
    row = conn.execute(select(table).where(table.c.name == name, table.c.version == version)).one_or_none()
    return None if row is None else _plan(row)


def get(conn: Connection, plan: int) -> Plan:
    """Give the plan of a release."""
    return get_many(conn, [plan])[plan]


def get_many(conn: Connection, ids: Iterable[int]) -> dict[int, Plan]:
    """Give the plans of some releases in one statement."""
    return {row.id: _plan(row) for row in conn.execute(select(table).where(table.c.id.in_(list(ids))))}


def every(conn: Connection) -> list[Plan]:
    """Give all plans, frozen or not, by name and version; there are dozens."""
    rows = conn.execute(select(table))
    return sorted(map(_plan, rows), key=lambda plan: (plan.name, sort_key(plan.version)))


def of_name(conn: Connection, name: str) -> list[Plan]:
    """Give all plans of a name by version."""
    rows = conn.execute(select(table).where(table.c.name == name))
    return sorted(map(_plan, rows), key=lambda plan: sort_key(plan.version))


def rows(
    conn: Connection, plan: int, chosen: bool, after: str = "", before: str = "~", limit: int = CHUNK
) -> list[PlanRow]:
    """Give rows by item id, after one and before another (`~` sorts after every id)."""
    return [_row(row) for row in conn.execute(_rows(plan, chosen, after, before, limit))]


def first_rows(conn: Connection, plan: int, ranges: Iterable[Range], most: int) -> list[PlanRow]:
    """Give the first chosen rows of each of some ranges of ids, in one statement."""
    parts = (_rows(plan, True, *ids, most).subquery() for ids in ranges)
    return [_row(row) for row in conn.execute(union_all(*(select(part) for part in parts)))]


def _rows(plan: int, chosen: bool, after: str, before: str, limit: int) -> Select[Any]:
    return (
        select(plan_row)
        .where(
            plan_row.c.plan == plan,
            plan_row.c.chosen == int(chosen),
            plan_row.c.item > after,
            plan_row.c.item < before,
        )
        .order_by(plan_row.c.item)
        .limit(limit)
    )


def _row(row: Row[Any]) -> PlanRow:
    return PlanRow(row.item, bool(row.chosen), row.reason, row.item_digest, row.decision, row.body)


def live_items(conn: Connection, after: str, limit: int = CHUNK) -> list[str]:
    """Give ids of live items after one, by the primary key."""
    return list(
        conn.execute(
            select(item_table.c.id)
            .where(item_table.c.id > after, item_table.c.state == "live")
            .order_by(item_table.c.id)
            .limit(limit)
        ).scalars()
    )


def chosen_ids(conn: Connection, plan: int) -> list[str]:
    """Give the works of a plan in order, without their rows."""
    return list(
        conn.execute(
            select(plan_row.c.item)
            .where(plan_row.c.plan == plan, plan_row.c.chosen == 1)
            .order_by(plan_row.c.item)
        ).scalars()
    )
