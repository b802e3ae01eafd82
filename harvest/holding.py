"""Held runs: what a person decides when so much would change that a fault is likelier than the truth.

To approve is two things. Saying yes marks the run in one transaction, and is never lost; doing it takes as long as
it takes, and whoever finds an approved run does it, or goes on with it: the command, the worker, the next harvest.
"""

from __future__ import annotations

from itertools import groupby

import msgspec

from harvest import completeness, ledger, many, records, run, sources
from harvest.ledger import Run, RunState
from harvest.records import RecordState
from harvest.work import Progress, Work
from repository import audit
from repository.database import Transaction
from repository.errors import BadRequest
from repository.memory import Memory


def approve(memory: Memory, source_id: str, by: str, progress: Progress = lambda _: None) -> Run:
    """Let a source's held run do what it was held for, and do it; raises BadRequest without one.

    Where another process is at work on the source or its host, the run is left to the worker and still running.
    """
    with memory.database.read() as conn:
        source = sources.get(conn, source_id)
    with many.held(memory, source) as taken:
        with memory.database.write() as tx:
            accepted = accept(tx, source_id, by)
        return carry_out(memory, accepted, progress) if taken else accepted


def accept(tx: Transaction, source_id: str, by: str, run_id: int = 0, actor: str = "") -> Run:
    """Say yes to a source's held run, which has to be `run_id` where that is given; raises BadRequest.

    `by` is the name that is shown, `actor` the person whom the audit names, where that is another word.
    """
    held = _held(ledger.held(tx.conn, source_id), source_id, run_id)
    ledger.settle(tx, held.id, RunState.RUNNING, msgspec.structs.replace(held.report, approved=by))
    audit.record(tx, actor or by, "run_approved", source_id, detail=_said(held))
    return _get(tx, held.id)


def carry_out(memory: Memory, accepted: Run, progress: Progress = lambda _: None) -> Run:
    """Do what an approved run was held for, exactly as it was shown; what is done already is not done twice."""
    with memory.database.read() as conn:
        source = sources.get(conn, accepted.source)
        gone = ledger.changes(conn, accepted.id, "gone")
    keep = run.keeper(memory, source)
    if accepted.report.hold != "too_many_gone":
        return run.finish(memory, source, accepted.id, keep, progress)
    with run.connect(memory, source) as connector:
        work = Work(memory.database, connector, source, accepted.id, keep, progress, approved=True)
        for prefix, rows in groupby(gone, key=lambda row: row[0]):
            with memory.database.read() as conn:
                states = records.names(conn, source.id, prefix)
                deleted = {name for name, state in states if state is RecordState.DELETED}
            completeness.remove(work, prefix, [name for _, name in rows if name not in deleted])
    with memory.database.write() as tx:
        ledger.close_run(tx, accepted.id, accepted.report, compared=True)
        return _get(tx, accepted.id)


def discard(memory: Memory, source_id: str, by: str) -> Run:
    """Leave undone what a source's run was held for; raises BadRequest without one."""
    with memory.database.write() as tx:
        return refuse(tx, source_id, by)


def refuse(tx: Transaction, source_id: str, by: str, run_id: int = 0, actor: str = "") -> Run:
    """Say no to a source's held run, as `accept` says yes."""
    held = _held(ledger.held(tx.conn, source_id), source_id, run_id)
    error = f"{held.report.hold}: discarded by {by}"
    ledger.settle(tx, held.id, RunState.INCOMPLETE, held.report, error)
    audit.record(tx, actor or by, "run_discarded", source_id, detail=_said(held))
    return _get(tx, held.id)


def _said(held: Run) -> str:
    return f"run {held.id}: {held.report.hold}, gone {held.report.gone}"


def _get(tx: Transaction, run_id: int) -> Run:
    found = ledger.get(tx.conn, run_id)
    assert found is not None, "just settled"
    return found


def _held(runs: list[Run], source_id: str, run_id: int) -> Run:
    if not runs or run_id not in (0, runs[-1].id):
        raise BadRequest(
            "run_not_held",
            f"결정을 기다리는 수집이 없습니다: {source_id}",
            f"no run of {source_id} waits for a decision",
        )
    return runs[-1]
