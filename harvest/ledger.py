"""The ledger: runs and their windows. It is the truth of the work: what is open here is still to be done.

A window's counts move in the transaction that stores the records of a page, together with the token of the
next page; so whatever moment the process dies at, a rerun goes on with the page after the last kept one.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, func, insert, select, update

from harvest.tables import run as run_table
from harvest.tables import window as table
from repository.database import Transaction

COUNTS = ("received", "new", "changed", "unchanged", "deleted", "parked", "quarantined", "repaired")


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
    """How a window stands."""

    OPEN = "open"
    COMPLETE = "complete"
    FAILED = "failed"


class Window(msgspec.Struct, frozen=True):
    """A slice of a source's time in one format; `from_` and `until` are as sent, empty for none."""

    id: int
    run: int
    source: str
    prefix: str
    set: str
    from_: str
    until: str
    state: WindowState
    token: str
    pages: int
    attempts: int
    response_date: str
    error: str
    counts: dict[str, int]


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


def open_run(tx: Transaction, source: str, kind: str, prefixes: Mapping[str, str], set_: str) -> int:
    """Begin a run with one window for each format: `prefixes` gives the `from` of each, empty for all."""
    run = tx.conn.execute(
        insert(run_table)
        .values(source=source, state=RunState.RUNNING.value, kind=kind, started=tx.now)
        .returning(run_table.c.id)
    ).scalar_one()
    for prefix, from_ in prefixes.items():
        tx.conn.execute(
            insert(table).values(
                {
                    "run": run,
                    "source": source,
                    "prefix": prefix,
                    "set": set_,
                    "from": from_,
                    "state": WindowState.OPEN.value,
                }
            )
        )
    return int(run)


def running(conn: Connection, source: str) -> int | None:
    """Give the run of a source that never ended, or None."""
    return conn.execute(
        select(func.max(run_table.c.id)).where(
            run_table.c.source == source, run_table.c.state == RunState.RUNNING.value
        )
    ).scalar()


def windows(conn: Connection, run: int) -> list[Window]:
    """Give the windows of a run in order."""
    return [
        _window(row) for row in conn.execute(select(table).where(table.c.run == run).order_by(table.c.id))
    ]


def _window(row: Row[Any]) -> Window:
    values = row._mapping
    return Window(
        row.id,
        row.run,
        row.source,
        row.prefix,
        values["set"],
        values["from"],
        values["until"],
        WindowState(row.state),
        row.token,
        row.pages,
        row.attempts,
        row.response_date,
        row.error,
        {name: values[name] for name in COUNTS},
    )


def begin(tx: Transaction, window: int, *, restart: bool = False) -> None:
    """Note that a window is worked at once more; a restart forgets its token."""
    values: dict[str, Any] = {"attempts": table.c.attempts + 1}
    tx.conn.execute(
        update(table).where(table.c.id == window).values(**values, **({"token": ""} if restart else {}))
    )


def mark_page(
    tx: Transaction, window: int, token: str, response_date: str, counts: Mapping[str, int]
) -> None:
    """Mark a page as kept: its counts, the token of the next, and the first answer's date; last page: complete."""
    first = tx.conn.execute(select(table.c.response_date).where(table.c.id == window)).scalar_one()
    tx.conn.execute(
        update(table)
        .where(table.c.id == window)
        .values(
            token=token,
            pages=table.c.pages + 1,
            response_date=first or response_date,
            state=(WindowState.OPEN if token else WindowState.COMPLETE).value,
            **{name: table.c[name] + by for name, by in counts.items()},
        )
    )


def fail(tx: Transaction, window: int, error: str) -> None:
    """Mark a window as failed, with the error's code and sentence."""
    tx.conn.execute(
        update(table).where(table.c.id == window).values(state=WindowState.FAILED.value, error=error)
    )


def close_run(tx: Transaction, run: int) -> RunState:
    """End a run with the state that its windows' counts give."""
    rows = windows(tx.conn, run)
    state = derive_state(rows)
    error = "; ".join(window.error for window in rows if window.error)
    tx.conn.execute(
        update(run_table).where(run_table.c.id == run).values(state=state.value, ended=tx.now, error=error)
    )
    return state


def derive_state(rows: list[Window]) -> RunState:
    """Conclude how a run went: any window not finished makes it incomplete, any repair is said."""
    if all(window.state is WindowState.FAILED and window.counts["received"] == 0 for window in rows):
        blocked = any(window.error.startswith("answer_not_oai") for window in rows)
        return RunState.BLOCKED if blocked else RunState.FAILED
    if any(window.state is not WindowState.COMPLETE for window in rows):
        return RunState.INCOMPLETE
    flagged = any(window.counts["quarantined"] or window.counts["repaired"] for window in rows)
    return RunState.REPAIRED if flagged else RunState.COMPLETE


def next_from(conn: Connection, source: str, prefix: str) -> str:
    """Give where the next incremental window starts: the provider's own clock when the last whole one began."""
    row = conn.execute(
        select(table.c.response_date)
        .where(
            table.c.source == source, table.c.prefix == prefix, table.c.state == WindowState.COMPLETE.value
        )
        .order_by(table.c.id.desc())
        .limit(1)
    ).scalar()
    return row or ""


def latest(conn: Connection, source: str, limit: int = 1) -> list[Run]:
    """Give the newest runs of a source with their sums."""
    rows = conn.execute(
        select(run_table).where(run_table.c.source == source).order_by(run_table.c.id.desc()).limit(limit)
    ).all()
    return [_run(conn, row) for row in rows]


def _run(conn: Connection, row: Row[Any]) -> Run:
    sums = conn.execute(
        select(*(func.coalesce(func.sum(table.c[name]), 0).label(name) for name in COUNTS)).where(
            table.c.run == row.id
        )
    ).one()
    return Run(
        row.id,
        row.source,
        RunState(row.state),
        row.kind,
        row.started,
        row.ended,
        row.error,
        {name: int(value) for name, value in sums._mapping.items()},
    )
