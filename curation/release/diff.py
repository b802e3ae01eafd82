"""What differs between two versions of a data set: works added, removed, and described or filled differently."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection

from curation.release import plans
from curation.release.plans import Plan
from repository.errors import NotFound


class Difference(msgspec.Struct, frozen=True):
    """The ids of works by what became of them from one version to another."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    same: int


def diff(conn: Connection, name: str, old: str, new: str) -> Difference:
    """Compare two frozen plans of a name; NotFound where either is not there."""
    before = dict(plans.lines(conn, _plan(conn, name, old).id))
    added, changed, same = [], [], 0
    for item, digest in plans.lines(conn, _plan(conn, name, new).id):
        known = before.pop(item, None)
        if known is None:
            added.append(item)
        elif known != digest:
            changed.append(item)
        else:
            same += 1
    return Difference(tuple(added), tuple(before), tuple(changed), same)


def _plan(conn: Connection, name: str, version: str) -> Plan:
    plan = plans.find(conn, name, version)
    if plan is None or not plan.is_frozen:
        raise NotFound(
            "plan_unknown",
            f"확정된 계획이 없습니다: {name} {version}",
            f"nothing is frozen as {name} {version}",
        )
    return plan
