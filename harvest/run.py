"""The run: windows from the ledger, pages from the connector, records into the store, items out of intake.

Each page is one transaction: its records, their items and decisions, the window's counts and the token of
the next page are kept together or not at all. A run that was killed goes on where it stopped.
"""

from __future__ import annotations

import logging
from collections import Counter
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import Connection

from harvest import completeness, ledger, records, sources, windows
from harvest.client import LONG_AGO, USER_AGENT
from harvest.completeness import Compared, Comparison
from harvest.connector import Connector
from harvest.connectors import Opening, open_connector
from harvest.keeping import compare_page, keep_page
from harvest.ledger import Run, RunState, Window, WindowState
from harvest.oai_asking import Habits
from harvest.oai_xml import Page
from harvest.pacing import Pacer
from harvest.reading import read_item
from harvest.records import RecordState
from harvest.source import Source
from harvest.work import Hold, Keep, Progress, Work
from repository.database import Transaction, timestamp
from repository.errors import TransferError
from repository.memory import Memory

log = logging.getLogger(__name__)
# One for the process, so that sources on one host together keep its pace.
PACER = Pacer()


def harvest(
    memory: Memory, source_id: str, *, full: bool = False, progress: Progress = lambda _: None
) -> Run:
    """Harvest a source: what changed since the last whole run, or everything; goes on with a run cut short."""
    with memory.database.write() as tx:
        source = sources.get(tx.conn, source_id)
        run = ledger.running(tx.conn, source_id) or _open(tx, source, full)
    return finish(memory, source, run, keeper(memory, source), progress)


def rehearse(memory: Memory, source_id: str, progress: Progress = lambda _: None) -> Run:
    """Ask a source for everything and note what a harvest would add, change and remove; nothing else is written."""
    with memory.database.write() as tx:
        source = sources.get(tx.conn, source_id)
        for stale in iter(lambda: ledger.running(tx.conn, source_id, rehearsal=True), None):
            ledger.settle(tx, stale, RunState.FAILED, ledger.Report(), "left behind")
        run = ledger.open_run(tx, source_id, ledger.REHEARSAL, dict.fromkeys(source.prefixes, ""), source.set)

    def keep(tx: Transaction, window: Window, page: Page) -> Counter[str]:
        return compare_page(tx, source, window, page)

    return finish(memory, source, run, keep, progress)


def keeper(memory: Memory, source: Source) -> Keep:
    """Make the function that keeps a page of a source."""

    def keep(tx: Transaction, window: Window, page: Page) -> Counter[str]:
        return keep_page(tx, memory.context(tx), source, window.run, window.prefix, page)

    return keep


def finish(memory: Memory, source: Source, run: int, keep: Keep, progress: Progress) -> Run:
    """Work a run's open windows, compare what came with what the provider lists, and conclude how it went."""
    with memory.database.read() as conn:
        opened = ledger.get(conn, run)
        begun = ledger.windows(conn, run)
        assert opened is not None, "the caller opened it"
        approved = bool(opened.report.approved)
        due = approved or _is_due(conn, source, memory.database.clock())
        habits = sources.habits(conn, source.id)
    with connect(memory, source, habits) as connector:
        work = Work(memory.database, connector, source, run, keep, progress, approved=approved)
        whole = all(window.pages == 0 for window in begun)
        compared, hold = _conclude(work, opened, whole=whole, due=due)
        learnt = msgspec.structs.replace(
            connector.habits, dated=work.habits.dated, cap=work.habits.cap, whole=work.habits.whole
        )
    report = msgspec.structs.replace(
        completeness.report_of(work, compared.values(), hold), approved=opened.report.approved
    )
    with memory.database.write() as tx:
        sources.learn(tx, source.id, learnt)
        ledger.close_run(
            tx, run, report, compared=bool(compared) and all(row.compared for row in compared.values())
        )
        done = ledger.get(tx.conn, run)
    assert done is not None
    log.info("harvest ended", extra={"source": source.id, "run": run, "state": done.state, **done.counts})
    return done


def _conclude(work: Work, opened: Run, *, whole: bool, due: bool) -> tuple[dict[str, Compared], str]:
    """Work and compare; gives what comparing gave for each format, and the code for which a person has to look."""
    rehearsal = opened.kind == ledger.REHEARSAL
    try:
        work.all_windows()
    except Hold as held:
        return {}, held.code
    with work.database.read() as conn:
        if any(window.state is WindowState.FAILED for window in ledger.windows(conn, work.run)):
            return {}, ""
    comparison = Comparison(work, full=opened.kind != "incremental", whole=whole, due=due)
    compared = {prefix: comparison.of(prefix) for prefix in work.source.prefixes}
    hold = ""
    for prefix, row in compared.items():
        with work.database.read() as conn:
            kept = records.undeleted(conn, work.source.id, prefix)
        if (
            completeness.is_too_many(len(row.gone), kept, work.source.most_gone)
            and not opened.report.approved
        ):
            hold = "too_many_gone"
        if rehearsal or hold:
            _note(work, prefix, row.gone)
    if not rehearsal and not hold:
        for prefix, row in compared.items():
            completeness.remove(work, prefix, row.gone)
    return compared, "" if rehearsal else hold


def _note(work: Work, prefix: str, gone: tuple[str, ...]) -> None:
    with work.database.write() as tx:
        ledger.note_changes(tx, work.run, "gone", prefix, gone)


def connect(memory: Memory, source: Source, habits: Habits | None = None) -> Connector:
    """Open a source, saying who asks and whom to write to, with what was learnt of its provider."""
    agent = f"{USER_AGENT} {memory.settings.contact}".strip()
    return open_connector(source, Opening(agent, habits or Habits(), PACER, memory.settings.data_path))


def _open(tx: Transaction, source: Source, full: bool) -> int:
    begins = {}
    for prefix in source.prefixes:
        provider, ours = ledger.last_whole(tx.conn, source.id, prefix)
        begins[prefix] = "" if full else windows.begins(provider, ours, source.overlap)
    kind = "incremental" if all(begins.values()) else "full"
    if sources.habits(tx.conn, source.id).dated:
        begins = {prefix: begin or LONG_AGO for prefix, begin in begins.items()}
    for held in ledger.held(tx.conn, source.id):
        ledger.settle(tx, held.id, RunState.INCOMPLETE, held.report, f"{held.report.hold}: left behind")
    return ledger.open_run(tx, source.id, kind, begins, source.set)


def _is_due(conn: Connection, source: Source, now: datetime) -> bool:
    last = ledger.last_compared(conn, source.id)
    return not last or last <= timestamp(now - timedelta(days=source.reconcile))


def retry(memory: Memory, source_id: str = "", progress: Progress = lambda _: None) -> dict[str, int]:
    """Read parked records again, and ask for quarantined ones again by their identifiers (GetRecord)."""
    with memory.database.read() as conn:
        parked = records.parked(conn, source_id)
        held = [row for row in records.quarantined(conn, source_id) if row.local_id]
        known = {source.id: source for source in sources.every(conn)}
    result = Counter(parked=len(parked), quarantined=len(held), recovered=0)
    for row in parked:
        with memory.database.write() as tx:
            read_item(tx, memory.context(tx), known[row.source], row.item)
            after = records.find(tx, row.item, row.prefix)
            result["recovered"] += after is not None and after.state is RecordState.LIVE
        progress(1)
    for held_row in held:
        result["recovered"] += _ask_again(memory, known[held_row.source], held_row)
        progress(1)
    return dict(result)


def _ask_again(memory: Memory, source: Source, held: records.StoredQuarantine) -> bool:
    with connect(memory, source) as client:
        try:
            page = client.get_record(held.local_id, held.prefix)
        except TransferError as error:
            log.warning(
                "retry failed", extra={"source": source.id, "record": held.local_id, "code": error.code}
            )
            return False
    with memory.database.write() as tx:
        run = ledger.latest(tx.conn, source.id)[0].id
        keep_page(tx, memory.context(tx), source, run, held.prefix, page)
    return any(received.identifier == held.local_id for received in page.records)
