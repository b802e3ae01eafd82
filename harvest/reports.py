"""What became of a run, in full: for the command line, for the page about it, and for notices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import msgspec
from sqlalchemy import Connection, func, select

from harvest import faults, ledger, sources
from harvest.ledger import Run, RunState, Window
from harvest.tables import quarantine
from harvest.tables import run as run_table
from repository import findings
from repository.errors import NotFound
from repository.problems import catalogue

WINDOWS = 500
TROUBLE = frozenset({RunState.HELD, RunState.INCOMPLETE, RunState.BLOCKED, RunState.FAILED})
STATES = {
    RunState.RUNNING: ("수집하는 중이거나 중간에 멈춤", "running, or cut short"),
    RunState.COMPLETE: ("온전히 끝남", "ended whole"),
    RunState.REPAIRED: ("온전히 끝남, 고친 것이 있음", "ended whole, with repairs"),
    RunState.INCOMPLETE: ("빠진 것이 있음", "incomplete"),
    RunState.HELD: ("사람의 결정을 기다림", "held for a person to decide"),
    RunState.BLOCKED: ("서버 앞에서 막힘", "blocked before the server"),
    RunState.FAILED: ("실패", "failed"),
}


class Counted(msgspec.Struct, frozen=True):
    """A code, how often it was met, and its texts."""

    code: str
    count: int
    ko: str
    en: str


class RunReport(msgspec.Struct, frozen=True):
    """One run in full: `expected` to `hold` as in `ledger.Report`, `windows` the first five hundred.

    `problems` are those of the source's records as they stand now; `quarantined` counts what this run put aside.
    """

    run: int
    source: str
    name_ko: str
    name_en: str
    kind: str
    state: RunState
    state_ko: str
    state_en: str
    started: str
    ended: str
    error: str
    counts: dict[str, int]
    expected: int
    listed: int
    gone: int
    missing: tuple[str, ...]
    hold: Counted | None
    approved: str
    notes: tuple[Counted, ...]
    window_states: dict[str, int]
    windows: tuple[Window, ...]
    failures: tuple[Counted, ...]
    quarantined: tuple[Counted, ...]
    problems: tuple[Counted, ...]


def report_of(conn: Connection, run: Run) -> RunReport:
    """Report on a run."""
    source = sources.get(conn, run.source)
    rows = ledger.windows(conn, run.id)
    said = run.report
    return RunReport(
        run=run.id,
        source=source.id,
        name_ko=source.name_ko,
        name_en=source.name_en,
        kind=run.kind,
        state=run.state,
        state_ko=STATES[run.state][0],
        state_en=STATES[run.state][1],
        started=run.started,
        ended=run.ended,
        error=run.error,
        counts=run.counts,
        expected=said.expected,
        listed=said.listed,
        gone=said.gone,
        missing=said.missing,
        hold=_counted({said.hold: 1})[0] if said.hold else None,
        approved=said.approved,
        notes=_counted(said.notes),
        window_states=dict(Counter(row.state.value for row in rows)),
        windows=tuple(rows[:WINDOWS]),
        failures=_counted(Counter(row.error.partition(":")[0] for row in rows if row.error)),
        quarantined=_counted(_set_aside(conn, run)),
        problems=_counted(findings.counts(conn, run.source)),
    )


def find(conn: Connection, wanted: str = "") -> list[Run]:
    """Give a run by its number, the newest of a source, or the newest of each; raises NotFound."""
    if not wanted:
        return list(newest(conn).values())
    found = ledger.get(conn, int(wanted)) if wanted.isdecimal() and len(wanted) < 18 else None
    if found is None and not wanted.isdecimal():
        sources.get(conn, wanted)
        found = newest(conn).get(wanted)
    if found is None:
        raise NotFound("run_unknown", f"그런 수집이 없습니다: {wanted}", f"no such run: {wanted}")
    return [found]


def newest(conn: Connection) -> dict[str, Run]:
    """Give each source's newest run that is no rehearsal."""
    ids = conn.execute(
        select(func.max(run_table.c.id))
        .where(run_table.c.kind != ledger.REHEARSAL)
        .group_by(run_table.c.source)
        .order_by(run_table.c.source)
    ).scalars()
    found = [ledger.get(conn, run) for run in ids]
    return {run.source: run for run in found if run is not None}


def ended_since(conn: Connection, moment: str) -> list[Run]:
    """Give the runs that ended since a moment (UTC, as text) in order, without rehearsals."""
    query = select(run_table.c.id).where(
        run_table.c.ended >= moment, run_table.c.ended != "", run_table.c.kind != ledger.REHEARSAL
    )
    found = [ledger.get(conn, run) for run in conn.execute(query.order_by(run_table.c.id)).scalars()]
    return [run for run in found if run is not None and run.state is not RunState.RUNNING]


def before(conn: Connection, run: Run) -> Run | None:
    """Give the run of the same source before one, rehearsals left out."""
    earlier = conn.execute(
        select(func.max(run_table.c.id)).where(
            run_table.c.source == run.source,
            run_table.c.id < run.id,
            run_table.c.kind != ledger.REHEARSAL,
        )
    ).scalar()
    return None if earlier is None else ledger.get(conn, earlier)


def text(report: RunReport) -> str:
    """Write a report for people."""
    counts = " ".join(f"{name} {count}" for name, count in report.counts.items())
    lines = [
        f"{report.name_ko} ({report.name_en}) {report.source} · run {report.run} · {report.kind}",
        f"  {report.state_ko} ({report.state_en}); {report.started} ~ {report.ended}",
        f"  {counts}",
        f"  서버가 말한 수 (expected) {report.expected}, 식별자 (listed) {report.listed}, "
        f"사라짐 (gone) {report.gone}, 받지 못함 (missing) {len(report.missing)}",
    ]
    lines += [f"  받지 못함 (missing): {name}" for name in report.missing]
    lines += _lines("멈춘 까닭 (held for)", (report.hold,) if report.hold else ())
    lines += [f"  허락한 사람 (approved by): {report.approved}"] if report.approved else []
    states = ", ".join(f"{state} {count}" for state, count in report.window_states.items())
    lines.append(f"  구간 (windows): {states}")
    lines += [
        f"    {row.prefix} {row.set} {row.from_}~{row.until} {row.state}: {row.error}".replace("  ", " ")
        for row in report.windows
        if row.error
    ]
    lines += _lines("구간의 오류 (windows' errors)", report.failures)
    lines += _lines("알림 (notes)", report.notes)
    lines += _lines("따로 둔 것 (quarantined)", report.quarantined)
    lines += _lines("수집처 기록의 문제 (problems of the source's records)", report.problems)
    return "\n".join(lines)


def _lines(title: str, rows: tuple[Counted, ...]) -> list[str]:
    found = [f"    {row.count} × {row.code}: {row.ko} ({row.en})" for row in rows]
    return [f"  {title}:", *found] if found else []


def _counted(counts: Mapping[str, int]) -> tuple[Counted, ...]:
    return tuple(Counted(code, count, *_texts(code)) for code, count in sorted(counts.items()))


def _texts(code: str) -> tuple[str, str]:
    """Give the texts of a code, whichever table has it."""
    if code in faults.TEXTS:
        return faults.TEXTS[code]
    row = catalogue().get(code)
    return (row.ko, row.en) if row else (code, code)


def _set_aside(conn: Connection, run: Run) -> dict[str, int]:
    rows = conn.execute(
        select(quarantine.c.reason, func.count().label("n"))
        .where(quarantine.c.run == run.id)
        .group_by(quarantine.c.reason)
    )
    return {row.reason.partition(":")[0]: row.n for row in rows}
