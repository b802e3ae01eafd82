"""What the pages of harvest health show, read set-wise: as many statements for one source as for hundreds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, func, select, union_all

from harvest import health_requests, ledger
from harvest.health_requests import Request
from harvest.ledger import Run, RunState
from harvest.source import Source
from harvest.sources import PAUSED
from harvest.status import Sums
from harvest.tables import quarantine, run, run_change
from harvest.tables import source as source_table
from repository import counters
from repository.errors import NotFound
from repository.item import Item
from repository.shapes import Shape
from repository.tables import identity, item, problem

SAMPLE = 5
_SOURCE = Shape(Source)
_ITEM = Shape(Item)
_UNRESOLVED = quarantine.c.resolved == ""


class Health(Sums, frozen=True, kw_only=True):
    """How a source stands, with its newest rehearsal, the number of findings, and what has been asked for."""

    source: Source
    paused: bool
    problems: int
    rehearsal: Run | None
    asked: tuple[Request, ...]

    @property
    def held(self) -> Run | None:
        """The run that waits for a person, which only the newest can."""
        return self.run if self.run and self.run.state is RunState.HELD else None


class Gone(msgspec.Struct, frozen=True):
    """A record that a run would remove; `item` and `title` are those of its item, where there is one."""

    run: int
    local_id: str
    item: str
    title: str


def of_all(conn: Connection) -> list[Health]:
    """Give how every source stands, by name."""
    problems = _counts(conn, select(problem.c.source, func.count().label("n")))
    return _every(conn, problems, health_requests.waiting(conn))


def of_provider(conn: Connection, provider: str) -> list[Health]:
    """Give how the sources of an institution stand, without problems and requests, which are for the workbench."""
    return [one for one in _every(conn, {}, []) if one.source.provider == provider]


def _every(conn: Connection, problems: dict[str, int], asked: list[Request]) -> list[Health]:
    rows = conn.execute(select(source_table.c.id, source_table.c.body, source_table.c.state)).all()
    identities, known = counters.of_kind(conn, "identity"), counters.of_kind(conn, "known")
    aside = _counts(conn, select(quarantine.c.source, func.count().label("n")).where(_UNRESOLVED))
    runs = ledger.newest(conn)
    found = [
        _health(
            _SOURCE.read(row.body),
            row.state == PAUSED,
            identities.get(row.id, {}) | {"known": known.get(row.id, {}).get("ever", 0)},
            (aside.get(row.id, 0), problems.get(row.id, 0)),
            [one for one in runs if one.source == row.id],
            [one for one in asked if one.source == row.id],
        )
        for row in rows
    ]
    return sorted(found, key=lambda health: (health.source.name_ko, health.source.id))


def _counts(conn: Connection, query: Select[Any]) -> dict[str, int]:
    grouped = query.group_by(query.selected_columns[0])
    return {row[0]: row[1] for row in conn.execute(grouped)}


def _health(
    source: Source,
    paused: bool,
    sums: dict[str, int],
    faults: tuple[int, int],
    runs: list[Run],
    asked: list[Request],
) -> Health:
    real = [one for one in runs if one.kind != ledger.REHEARSAL]
    rehearsed = [one for one in runs if one.kind == ledger.REHEARSAL]
    return Health(
        source=source,
        paused=paused,
        known=sums["known"],
        live=sums.get("live", 0),
        deleted=sums.get("deleted", 0),
        parked=sums.get("parked", 0),
        quarantined=faults[0],
        problems=faults[1],
        run=max(real, key=lambda one: one.id, default=None),
        rehearsal=max(rehearsed, key=lambda one: one.id, default=None),
        asked=tuple(asked),
    )


def source_of(conn: Connection, name: str) -> tuple[Source, bool]:
    """Give a source, and whether it is paused; raises NotFound."""
    row = conn.execute(
        select(source_table.c.body, source_table.c.state).where(source_table.c.id == name)
    ).first()
    if row is None:
        raise NotFound("source_unknown", f"없는 수집처입니다: {name}", f"no such source: {name}")
    return _SOURCE.read(row.body), row.state == PAUSED


def of_one(conn: Connection, name: str, runs: list[Run], problems: int) -> Health:
    """Give how one source stands; `runs` are its newest, `problems` how many findings there are."""
    aside = select(func.count()).select_from(quarantine).where(quarantine.c.source == name, _UNRESOLVED)
    found = conn.execute(
        select(source_table.c.body, source_table.c.state, aside.scalar_subquery().label("aside")).where(
            source_table.c.id == name
        )
    ).first()
    if found is None:
        raise NotFound("source_unknown", f"없는 수집처입니다: {name}", f"no such source: {name}")
    counted = counters.of_scope(conn, name)
    sums = counted.get("identity", {}) | {"known": counted.get("known", {}).get("ever", 0)}
    asked = health_requests.waiting(conn, name)
    faults = found.aside, problems
    return _health(_SOURCE.read(found.body), found.state == PAUSED, sums, faults, runs, asked)


def changes(conn: Connection, runs: Iterable[int]) -> dict[int, dict[str, int]]:
    """Count what runs would do: run → new, changed, deleted or gone → number."""
    rows = conn.execute(
        select(run_change.c.run, run_change.c.kind, func.count().label("n"))
        .where(run_change.c.run.in_(list(runs)))
        .group_by(run_change.c.run, run_change.c.kind)
    )
    found: dict[int, dict[str, int]] = {}
    for row in rows:
        found.setdefault(row.run, {})[row.kind] = row.n
    return found


def gone(conn: Connection, runs: Iterable[int], sample: int = SAMPLE) -> dict[int, list[Gone]]:
    """Give some records of each run that it would remove, with their items."""
    parts = [_gone(one, sample) for one in runs]
    if not parts:
        return {}
    found: dict[int, list[Gone]] = {}
    for row in conn.execute(union_all(*parts)):
        title = _ITEM.read(row.body).title if row.body else ""
        found.setdefault(row.run, []).append(Gone(row.run, row.local_id, row.id if row.body else "", title))
    return found


def _gone(number: int, sample: int) -> Select[tuple[int, str, str, bytes]]:
    """Select some of what one run would remove: a subquery of its own, because each part has its own limit."""
    names = (
        select(run_change.c.run, run_change.c.local_id)
        .where(run_change.c.run == number, run_change.c.kind == "gone")
        .order_by(run_change.c.prefix, run_change.c.local_id)
        .limit(sample)
        .subquery()
    )
    same = (identity.c.source == run.c.source) & (identity.c.local_id == names.c.local_id)
    return (
        select(names.c.run, names.c.local_id, item.c.id, item.c.body)
        .join(run, run.c.id == names.c.run)
        .outerjoin(identity, same)
        .outerjoin(item, item.c.id == identity.c.item)
    )
