"""The run: windows from the ledger, pages from the client, records into the store, items out of intake.

Each page is one transaction: its records, their items and decisions, the window's counts and the token of
the next page are kept together or not at all. A run that was killed goes on where it stopped.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable

import msgspec

from harvest import ledger, records, sources
from harvest.client import USER_AGENT, OaiClient
from harvest.keeping import keep_page
from harvest.ledger import RunState, Window, WindowState
from harvest.oai_asking import Habits
from harvest.reading import read_item
from harvest.records import RecordState
from harvest.source import Source
from repository import intake
from repository.database import Transaction
from repository.errors import TransferError
from repository.intake import Context
from repository.memory import Memory

log = logging.getLogger(__name__)
Progress = Callable[[int], None]
RESTARTS = 3


class RunSummary(msgspec.Struct, frozen=True):
    """How a run ended; `counts` sum over its windows."""

    run: int
    source: str
    state: RunState
    kind: str
    counts: dict[str, int]
    error: str = ""


def harvest(
    memory: Memory, source_id: str, *, full: bool = False, progress: Progress = lambda _: None
) -> RunSummary:
    """Harvest a source: what changed since the last whole run, or everything; goes on with a run cut short."""
    with memory.database.write() as tx:
        source = sources.get(tx.conn, source_id)
        run = ledger.running(tx.conn, source_id) or _open(tx, source, full)
        windows = ledger.windows(tx.conn, run)
        habits = sources.habits(tx.conn, source_id)
    with client_of(memory, source, habits) as client:
        for window in windows:
            if window.state is WindowState.OPEN:
                _work(memory, client, source, window, progress)
    with memory.database.write() as tx:
        sources.learn(tx, source_id, client.habits)
        ledger.close_run(tx, run)
        done = ledger.latest(tx.conn, source_id)[0]
    log.info("harvest ended", extra={"source": source_id, "run": run, "state": done.state, **done.counts})
    return RunSummary(done.id, done.source, done.state, done.kind, done.counts, done.error)


def client_of(memory: Memory, source: Source, habits: Habits | None = None) -> OaiClient:
    """Make the client of a source, which says who asks and whom to write to, and knows the provider's habits."""
    contact = memory.settings.contact
    agent = f"{USER_AGENT} {contact}".strip()
    return OaiClient(source.endpoint, pace=source.pace, user_agent=agent, habits=habits)


def _open(tx: Transaction, source: Source, full: bool) -> int:
    froms = {
        prefix: "" if full else ledger.next_from(tx.conn, source.id, prefix) for prefix in source.prefixes
    }
    kind = "incremental" if any(froms.values()) else "full"
    return ledger.open_run(tx, source.id, kind, froms, source.set)


def _work(memory: Memory, client: OaiClient, source: Source, window: Window, progress: Progress) -> None:
    """Work one window through; a refused token starts the window anew, a few times."""
    token = window.token
    for attempt in range(RESTARTS):
        with memory.database.write() as tx:
            ledger.begin(tx, window.id, restart=attempt > 0)
        try:
            _pages(memory, client, source, window, token, progress)
            return
        except TransferError as error:
            log.warning("window failed", extra={"source": source.id, "window": window.id, "code": error.code})
            if error.code != "token_refused" or attempt + 1 == RESTARTS:
                with memory.database.write() as tx:
                    ledger.fail(tx, window.id, str(error))
                return
            token = ""


def _pages(
    memory: Memory, client: OaiClient, source: Source, window: Window, token: str, progress: Progress
) -> None:
    so_far = window.counts["received"]
    for page in client.pages(window.prefix, window.set, window.from_, window.until, token, received=so_far):
        with memory.database.write() as tx:
            context = _context(memory, tx)
            counts = keep_page(tx, context, source, window.run, window.prefix, page)
            ledger.mark_page(tx, window.id, page.token, page.response_date, counts)
        progress(counts["received"])


def _context(memory: Memory, tx: Transaction) -> Context:
    """Read the context in the transaction that uses it, so that a takedown or grant just made counts."""
    review = memory.settings.require_privacy_review
    return intake.context_of(tx.conn, memory.rules, int(tx.now[:4]), require_privacy_review=review)


def replay(memory: Memory, source_id: str = "", progress: Progress = lambda _: None, chunk: int = 50) -> int:
    """Make all items again from the kept records, without the network; gives how many differ from before."""
    with memory.database.read() as conn:
        known = {source.id: source for source in sources.every(conn)}
        ids = list(records.iter_items(conn, source_id))
    changed = 0
    for start in range(0, len(ids), chunk):
        with memory.database.write() as tx:
            context = _context(memory, tx)
            records.hold(tx, ids[start : start + chunk])
            intake.hold(tx, ids[start : start + chunk])
            for item in ids[start : start + chunk]:
                changed += _replay_one(tx, context, known, item)
        progress(min(chunk, len(ids) - start))
    return changed


def _replay_one(tx: Transaction, context: Context, known: dict[str, Source], item: str) -> bool:
    kept = records.of_item(tx, item)
    source = known.get(kept[0].source) if kept else None
    return source is not None and read_item(tx, context, source, item)


def retry(memory: Memory, source_id: str = "", progress: Progress = lambda _: None) -> dict[str, int]:
    """Read parked records again, and ask for quarantined ones again by their identifiers (GetRecord)."""
    with memory.database.read() as conn:
        parked = records.parked(conn, source_id)
        held = [row for row in records.quarantined(conn, source_id) if row.local_id]
        known = {source.id: source for source in sources.every(conn)}
    result = Counter(parked=len(parked), quarantined=len(held), recovered=0)
    for row in parked:
        with memory.database.write() as tx:
            read_item(tx, _context(memory, tx), known[row.source], row.item)
            after = records.find(tx, row.item, row.prefix)
            result["recovered"] += after is not None and after.state is RecordState.LIVE
        progress(1)
    for held_row in held:
        result["recovered"] += _ask_again(memory, known[held_row.source], held_row)
        progress(1)
    return dict(result)


def _ask_again(memory: Memory, source: Source, held: records.StoredQuarantine) -> bool:
    with client_of(memory, source) as client:
        try:
            page = client.get_record(held.local_id, held.prefix)
        except TransferError as error:
            log.warning(
                "retry failed", extra={"source": source.id, "record": held.local_id, "code": error.code}
            )
            return False
    with memory.database.write() as tx:
        run = ledger.latest(tx.conn, source.id)[0].id
        keep_page(tx, _context(memory, tx), source, run, held.prefix, page)
    return any(received.identifier == held.local_id for received in page.records)
