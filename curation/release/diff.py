"""What differs between two versions of a data set: works added, removed, and described or filled differently."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, func, select

from curation.release import plans
from curation.release.plans import Plan
from curation.tables import plan_row
from repository.errors import NotFound


class Difference(msgspec.Struct, frozen=True):
    """The ids of works by what became of them from one version to another."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    same: int


def diff(conn: Connection, name: str, old: str, new: str) -> Difference:
    """Compare two frozen plans of a name; NotFound where either is not there."""
    return between(conn, _plan(conn, name, old).id, _plan(conn, name, new).id)


def between(conn: Connection, old: int, new: int) -> Difference:
    """Compare two plans in the database, where their rows lie."""
    before, after = plan_row.alias("before"), plan_row.alias("after")
    both = after.c.item == before.c.item
    of_both = (before.c.plan == old, after.c.plan == new, before.c.chosen == 1, after.c.chosen == 1)
    changed = conn.execute(
        select(after.c.item)
        .join(before, both)
        .where(*of_both, after.c.body != before.c.body)
        .order_by(after.c.item)
    )
    shared = conn.execute(select(func.count()).select_from(after.join(before, both)).where(*of_both))
    told = tuple(changed.scalars())
    return Difference(
        added=_without(conn, new, old),
        removed=_without(conn, old, new),
        changed=told,
        same=shared.scalar_one() - len(told),
    )


def _without(conn: Connection, plan: int, other: int) -> tuple[str, ...]:
    """Give the works that one plan has chosen and another has not."""
    there = select(plan_row.c.item).where(plan_row.c.plan == other, plan_row.c.chosen == 1)
    found = select(plan_row.c.item).where(
        plan_row.c.plan == plan, plan_row.c.chosen == 1, plan_row.c.item.not_in(there)
    )
    return tuple(conn.execute(found.order_by(plan_row.c.item)).scalars())


def _plan(conn: Connection, name: str, version: str) -> Plan:
    plan = plans.find(conn, name, version)
    if plan is None or not plan.is_frozen:
        raise NotFound(
            "plan_unknown",
            f"확정된 계획이 없습니다: {name} {version}",
            f"nothing is frozen as {name} {version}",
        )
    return plan
