"""The ledger: runs and their windows. It is the truth of the work: what is open here is still to be done.

A window's counts move in the transaction that stores the records of a page, together with the token of the
next page; so whatever moment the process dies at, a rerun goes on with the page after the last kept one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Select, case, func, insert, select, update

from harvest.moments import Span
from harvest.tables import run as run_table
from harvest.tables import run_change
from harvest.tables import window as table
from repository.database import Transaction
from repository.item import canonical
from repository.shapes import Shape
from repository.upsert import add_missing

COUNTS = ("received", "new", "changed", "unchanged", "deleted", "parked", "quarantined", "repaired")
REHEARSAL = "rehearsal"
ERROR_LIMIT = 2000


class RunState(StrEnum):
    """How a run stands; derived from its windows' counts, never claimed."""

    RUNNING = "running"
    COMPLETE = "complete"
    REPAIRED = "repaired"
    INCOMPLETE = "incomplete"
    HELD = "held"
    BLOCKED = "blocked"
    FAILED = "failed"


class WindowState(StrEnum):
    """How a window stands; one that was split is done by those that it was cut into."""

    OPEN = "open"
    COMPLETE = "complete"
    SPLIT = "split"
    FAILED = "failed"


class Window(msgspec.Struct, frozen=True):
    """A slice of a source's time in one format; `from_` and `until` are as sent, empty for none.

    `size` is what the provider said the list holds, `fresh` what came since the list was begun anew, `outside`
    what came without being asked for; `depth` tells how often it was cut out of another window.
    """

    id: int
    run: int
    source: str
    prefix: str
    set: str
    from_: str
    until: str
    state: WindowState
    depth: int
    token: str
    pages: int
    attempts: int
    size: int
    fresh: int
    outside: int
    response_date: str
    error: str
    counts: dict[str, int]

    @property
    def span(self) -> Span:
        """The window's bounds."""
        return Span(self.from_, self.until)


class Report(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a run concluded beside its counts.

    `expected` is how many records the provider says it has, `listed` how many identifiers it listed; `missing`
    are some that it lists and does not give; `gone` counts records that it no longer has. `notes` count what
    was met on the way, by the codes of `harvest.faults`. `hold` is the code for which the run was held, and
    `approved` says who let it go on.
    """

    expected: int = 0
    listed: int = 0
    missing: tuple[str, ...] = ()
    gone: int = 0
    notes: dict[str, int] = {}
    hold: str = ""
    approved: str = ""


_REPORT = Shape(Report)


class Run(msgspec.Struct, frozen=True):
    """One harvest of a source, with the sums over its windows."""

    id: int
    source: str
    state: RunState
    kind: str
    started: str
    ended: str
    error: str
    counts: dict[str, int]
    report: Report


def open_run(tx: Transaction, source: str, kind: str, prefixes: Mapping[str, str], set_: str) -> int:
    """Begin a run with one window for each format: `prefixes` gives the `from` of each, empty for all."""
    run = tx.conn.execute(
        insert(run_table)
        .values(source=source, state=RunState.RUNNING.value, kind=kind, started=tx.now)
        .returning(run_table.c.id)
    ).scalar_one()
    for prefix, from_ in prefixes.items():
        add_window(tx, int(run), source, prefix, set_, Span(from_))
    return int(run)


def add_window(
    tx: Transaction,
    run: int,
    source: str,
    prefix: str,
    set_: str,
    span: Span,
    depth: int = 0,
    state: WindowState = WindowState.OPEN,
) -> Window:
    """Add a window to be worked, or one that is done as it is filled."""
    where = {"run": run, "source": source, "prefix": prefix, "set": set_, "depth": depth}
    bounds = {"from": span.from_, "until": span.until, "state": state.value}
    return _window(tx.conn.execute(insert(table).values(where | bounds).returning(table)).one())


def split(tx: Transaction, window: Window, parts: Sequence[tuple[str, Span]], why: str) -> None:
    """Replace a window by those that it is cut into, each a set and a span."""
    for set_, bounds in parts:
        add_window(tx, window.run, window.source, window.prefix, set_, bounds, window.depth + 1)
    end(tx, window.id, WindowState.SPLIT, why)


def running(conn: Connection, source: str, rehearsal: bool = False) -> int | None:
    """Give the run of a source that never ended, or None; a rehearsal is no run."""
    mine = run_table.c.source == source, run_table.c.state == RunState.RUNNING.value
    kind = run_table.c.kind == REHEARSAL if rehearsal else run_table.c.kind != REHEARSAL
    return conn.execute(select(func.max(run_table.c.id)).where(*mine, kind)).scalar()


def windows(conn: Connection, run: int) -> list[Window]:
    """Give the windows of a run in order."""
    return [
        _window(row) for row in conn.execute(select(table).where(table.c.run == run).order_by(table.c.id))
    ]


def next_window(conn: Connection, run: int) -> Window | None:
    """Give an open window of a run, the one cut smallest first, or None."""
    is_open = table.c.run == run, table.c.state == WindowState.OPEN.value
    row = conn.execute(
        select(table).where(*is_open).order_by(table.c.depth.desc(), table.c.id).limit(1)
    ).first()
    return None if row is None else _window(row)


def _window(row: Row[Any]) -> Window:
    values = row._mapping
    named = {name: values[name] for name in Window.__struct_fields__ if name in values}
    return Window(
        **{**named, "state": WindowState(row.state)},
        from_=values["from"],
        counts={name: values[name] for name in COUNTS},
    )


def begin(tx: Transaction, window: int, *, restart: bool = False) -> None:
    """Note that a window is worked at once more; a restart forgets its token and what came by it."""
    anew = {"token": "", "fresh": 0} if restart else {}
    values: dict[str, Any] = {"attempts": table.c.attempts + 1, **anew}
    tx.conn.execute(update(table).where(table.c.id == window).values(values))


def mark_page(
    tx: Transaction,
    window: int,
    token: str,
    response_date: str,
    counts: Mapping[str, int],
    size: int = 0,
    state: WindowState = WindowState.OPEN,
) -> None:
    """Mark a page as kept: its counts, the token of the next, the size said, and the first answer's date."""
    first = tx.conn.execute(select(table.c.response_date).where(table.c.id == window)).scalar_one()
    values = {
        "token": token,
        "state": state.value,
        "pages": table.c.pages + 1,
        "response_date": first or response_date,
        "fresh": table.c.fresh + counts.get("received", 0) + counts.get("outside", 0),
        **({"size": size} if size else {}),
        **{name: table.c[name] + by for name, by in counts.items()},
    }
    tx.conn.execute(update(table).where(table.c.id == window).values(values))


def end(tx: Transaction, window: int, state: WindowState, error: str = "") -> None:
    """Mark a window as done or failed, with the error's code and sentence."""
    values = {"state": state.value, "error": error[:ERROR_LIMIT], "token": ""}
    tx.conn.execute(update(table).where(table.c.id == window).values(values))


def close_run(tx: Transaction, run: int, report: Report, *, compared: bool = False) -> RunState:
    """End a run with the state that its windows' counts and its report give."""
    rows = windows(tx.conn, run)
    state = derive_state(rows, report)
    errors = dict.fromkeys(row.error for row in rows if row.state is WindowState.FAILED)
    said = [*errors, *([f"records_missing: {', '.join(report.missing)}"] if report.missing else [])]
    values = {
        "state": state.value,
        "ended": tx.now,
        "error": "; ".join([*said, *([report.hold] if state is RunState.HELD else [])])[:ERROR_LIMIT],
        "report": canonical(report),
        "compared": int(compared),
    }
    tx.conn.execute(update(run_table).where(run_table.c.id == run).values(values))
    return state


def note_changes(tx: Transaction, run: int, kind: str, prefix: str, names: Iterable[str]) -> None:
    """Note what a run would do: `kind` is added, changed, deleted or gone."""
    rows = [{"run": run, "kind": kind, "prefix": prefix, "local_id": name} for name in dict.fromkeys(names)]
    for start in range(0, len(rows), 1000):
        add_missing(tx.conn, run_change, rows[start : start + 1000])


def changes(conn: Connection, run: int, kind: str, limit: int = 0) -> list[tuple[str, str]]:
    """Give the format and identifier of what a run would do."""
    query = select(run_change.c.prefix, run_change.c.local_id).where(
        run_change.c.run == run, run_change.c.kind == kind
    )
    ordered = query.order_by(run_change.c.prefix, run_change.c.local_id)
    return [(row.prefix, row.local_id) for row in conn.execute(ordered.limit(limit) if limit else ordered)]


def held(conn: Connection, source: str = "") -> list[Run]:
    """Give the runs that wait for a person, of one source or of all."""
    query = select(run_table).where(run_table.c.state == RunState.HELD.value).order_by(run_table.c.id)
    rows = conn.execute(query.where(run_table.c.source == source) if source else query).all()
    return [_run(conn, row) for row in rows]


def approved(conn: Connection) -> list[Run]:
    """Give the runs that a person let go on and that have not ended."""
    query = select(run_table.c.id).where(
        run_table.c.state == RunState.RUNNING.value, run_table.c.kind != REHEARSAL
    )
    return [run for run in _with_sums(conn, query) if run.report.approved]


def newest(conn: Connection) -> list[Run]:
    """Give each source's newest run and its newest rehearsal, in one statement however many sources there are."""
    rehearsal = case((run_table.c.kind == REHEARSAL, 1), else_=0)
    return _with_sums(conn, select(func.max(run_table.c.id)).group_by(run_table.c.source, rehearsal))


def earlier(conn: Connection, source: str, before: int = 0, limit: int = 20) -> list[Run]:
    """Give the runs of a source, rehearsals too, the newest first: those before a run, or (0) all."""
    query = select(run_table.c.id).where(run_table.c.source == source)
    if before:
        query = query.where(run_table.c.id < before)
    return _with_sums(conn, query.order_by(run_table.c.id.desc()).limit(limit))


def settle(tx: Transaction, run: int, state: RunState, report: Report, error: str = "") -> None:
    """Give a run another state, because a person decided it or because it was left behind."""
    said = {"state": state.value, "report": canonical(report), "error": error[:ERROR_LIMIT]}
    tx.conn.execute(update(run_table).where(run_table.c.id == run).values(**said, ended=tx.now))


def derive_state(rows: Iterable[Window], report: Report) -> RunState:
    """Conclude how a run went: any window not finished makes it incomplete, any repair is said."""
    rows = list(rows)
    if report.hold and not report.approved:
        return RunState.HELD
    done = [row for row in rows if row.state is not WindowState.SPLIT]
    received = sum(row.counts["received"] for row in rows)
    if received == 0 and done and all(row.state is WindowState.FAILED for row in done):
        blocked = any(row.error.startswith("answer_not_oai") for row in done)
        return RunState.BLOCKED if blocked else RunState.FAILED
    if report.missing or any(row.state is not WindowState.COMPLETE for row in done):
        return RunState.INCOMPLETE
    flagged = any(row.counts["quarantined"] or row.counts["repaired"] for row in rows)
    return RunState.REPAIRED if flagged else RunState.COMPLETE


def last_whole(conn: Connection, source: str, prefix: str) -> tuple[str, str]:
    """Give when the newest run that got a format whole began: by the provider's clock, as sent, and by ours.

    Empty texts where there is none.
    """
    unfinished = case((table.c.state.in_((WindowState.OPEN.value, WindowState.FAILED.value)), 1), else_=0)
    run = conn.execute(
        select(table.c.run)
        .join(run_table, run_table.c.id == table.c.run)
        .where(table.c.source == source, table.c.prefix == prefix, run_table.c.kind != REHEARSAL)
        .group_by(table.c.run)
        .having(func.sum(unfinished) == 0)
        .order_by(table.c.run.desc())
        .limit(1)
    ).scalar()
    if run is None:
        return "", ""
    dates = [row.response_date for row in windows(conn, run) if row.prefix == prefix and row.response_date]
    started = conn.execute(select(run_table.c.started).where(run_table.c.id == run)).scalar_one()
    return (dates[0] if dates else ""), started


def last_compared(conn: Connection, source: str) -> str:
    """Give when all identifiers of a source were compared last; empty for never."""
    mine = run_table.c.source == source, run_table.c.compared == 1
    return conn.execute(select(func.max(run_table.c.ended)).where(*mine)).scalar() or ""


def latest(conn: Connection, source: str, limit: int = 1, *, rehearsals: bool = False) -> list[Run]:
    """Give the newest runs of a source with their sums."""
    query = select(run_table).where(run_table.c.source == source)
    if not rehearsals:
        query = query.where(run_table.c.kind != REHEARSAL)
    rows = conn.execute(query.order_by(run_table.c.id.desc()).limit(limit)).all()
    return [_run(conn, row) for row in rows]


def get(conn: Connection, run: int) -> Run | None:
    """Give a run with its sums, or None."""
    row = conn.execute(select(run_table).where(run_table.c.id == run)).first()
    return None if row is None else _run(conn, row)


_SUMS = [func.coalesce(func.sum(table.c[name]), 0).label(name) for name in COUNTS]


def _with_sums(conn: Connection, ids: Select[Any]) -> list[Run]:
    """Give runs with their sums in one statement, the newest first."""
    whole = select(run_table, *_SUMS).outerjoin(table, table.c.run == run_table.c.id)
    chosen = whole.where(run_table.c.id.in_(ids)).group_by(run_table.c.id).order_by(run_table.c.id.desc())
    return [_made(row, row) for row in conn.execute(chosen)]


def _run(conn: Connection, row: Row[Any]) -> Run:
    return _made(row, conn.execute(select(*_SUMS).where(table.c.run == row.id)).one())


def _made(row: Row[Any], sums: Row[Any]) -> Run:
    return Run(
        row.id,
        row.source,
        RunState(row.state),
        row.kind,
        row.started,
        row.ended,
        row.error,
        {name: int(sums._mapping[name]) for name in COUNTS},
        _REPORT.read(row.report),
    )
