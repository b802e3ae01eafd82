"""Media: every wanted file is fetched, looked at, kept and prepared for viewing; each has a state of its own.

The bytes and their derivatives are safe before the row says `fetched`; a process killed in between fetches
that one file again, and goes on where it was if it was killed on the way. What was fetched is asked for again
now and then, and moves only where its bytes did. A manifest is a wanted file like others, whose pages are written
in the transaction that says that it was read.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from harvest import sources
from harvest.media_scratch import scratch
from harvest.media_take import Job, Outcome, take
from harvest.source import Source
from repository import assets, findings, intake
from repository.asset import Asset, AssetState, Role
from repository.database import Transaction, timestamp
from repository.memory import Memory

log = logging.getLogger(__name__)
ATTEMPTS = 5
BATCH = 32
WORKERS = 2
RECHECKED = 1000  # files asked for again in one call
Progress = Callable[[int], None]


def fetch_wanted(
    memory: Memory, progress: Progress = lambda _: None, limit: int = 0, source: str = ""
) -> dict[str, int]:
    """Fetch every wanted file once, of one source or of all; gives how many ended in each state.

    A limit above 0 bounds their number. The pages of a manifest that was read are wanted in their turn, and fetched
    too where there is no limit.
    """
    known = _sources(memory)
    done: Counter[str] = Counter()
    with ThreadPoolExecutor(WORKERS) as pool, scratch(memory) as folder:
        for batch in _batches(memory, limit, source):
            jobs = [_job(asset, known[owner], folder) for asset, owner in batch if owner in known]
            for outcome in _taken(memory, pool, jobs):
                done[_settle(memory, known, outcome).value] += 1
                progress(1)
    return dict(done)


def recheck(
    memory: Memory, source: str = "", progress: Progress = lambda _: None, limit: int = RECHECKED
) -> dict[str, int]:
    """Ask for fetched files again on condition that they changed, those asked longest ago first, at most `limit`.

    Gives how many are unchanged, changed, gone, returned, or could not be told. What is unchanged writes nothing but
    when it was asked. A server that now sends something we refuse takes nothing away from what we have.
    """
    known = _sources(memory)
    done: Counter[str] = Counter()
    with ThreadPoolExecutor(WORKERS) as pool, scratch(memory) as folder:
        for batch in _held(memory, source, limit):
            jobs = [
                _job(one.asset, known[one.source], folder, one.etag) for one in batch if one.source in known
            ]
            for outcome in _taken(memory, pool, jobs):
                done[_settle_again(memory, known, outcome)] += 1
                progress(1)
    return dict(done)


def reread(memory: Memory, source_id: str, progress: Progress = lambda _: None) -> dict[str, int]:
    """Read a source's manifests again and lay their pages out anew, as after a change of its settings."""
    with memory.database.write() as tx:
        source = sources.get(tx.conn, source_id)
        assets.want_manifests(tx, source.provider, source_id)
    return fetch_wanted(memory, progress, source=source_id)


def _sources(memory: Memory) -> dict[str, Source]:
    with memory.database.read() as conn:
        return {source.id: source for source in sources.every(conn)}


def _job(asset: Asset, source: Source, folder: Path, validators: str = "") -> Job:
    return Job(asset, source, folder / asset.id, validators, refer=source.media == "refer")


def _taken(memory: Memory, pool: ThreadPoolExecutor, jobs: Iterable[Job]) -> Iterator[Outcome]:
    """Take files side by side; gives the outcomes in order."""
    running = [pool.submit(take, memory, job) for job in jobs]
    for one in running:
        yield one.result()


def _batches(memory: Memory, limit: int, source: str) -> Iterator[list[tuple[Asset, str]]]:
    """Yield wanted files; without a limit manifests come first, so that their pages are among the rest."""
    if not limit:
        yield from _of_role(memory, 0, source, Role.MANIFEST)
    yield from _of_role(memory, limit, source, None)


def _of_role(memory: Memory, limit: int, source: str, role: Role | None) -> Iterator[list[tuple[Asset, str]]]:
    last, taken = "", 0
    while not limit or taken < limit:
        most = min(BATCH, limit - taken) if limit else BATCH
        with memory.database.read() as conn:
            batch = assets.wanted(conn, ATTEMPTS, last, most, source=source, role=role)
        if not batch:
            return
        yield batch
        last, taken = batch[-1][0].id, taken + len(batch)


def _held(memory: Memory, source: str, limit: int) -> Iterator[list[assets.Held]]:
    before = timestamp(memory.database.clock())
    after, taken = ("", ""), 0
    while taken < limit:
        with memory.database.read() as conn:
            batch = assets.held(conn, source, before, after, min(BATCH, limit - taken))
        if not batch:
            return
        yield batch
        after, taken = (batch[-1].asked, batch[-1].asset.id), taken + len(batch)


def _settle(memory: Memory, known: dict[str, Source], outcome: Outcome) -> AssetState:
    with memory.database.write() as tx:
        if not assets.stands(tx, outcome.asset):
            return AssetState.WANTED
        if outcome.state is AssetState.WANTED:
            assets.postpone(tx, outcome.asset.id, outcome.problem, counted=not outcome.nearer)
        else:
            write(tx, memory, known[outcome.source], outcome)
    if outcome.problem:
        log.warning("file not kept", extra={"asset": outcome.asset.id, "code": outcome.problem})
    return outcome.state


def write(tx: Transaction, memory: Memory, source: Source, outcome: Outcome) -> None:
    """Write a new state; of a manifest that was read, its pages too, with what their own claims decide."""
    values = {**outcome.measured, "problem": outcome.problem}
    if outcome.state is AssetState.FETCHED:
        values["fetched_at"] = tx.now
    assets.settle(tx, source.provider, outcome.asset.id, outcome.state, **values)
    if outcome.pages is not None:
        assets.expand(tx, source.provider, outcome.asset.id, outcome.pages)
        findings.replace(tx, outcome.asset.item, outcome.asset.id, source.id, outcome.found)
        if any(page.ref.claims for page in outcome.pages):
            intake.decide(tx, memory.context(tx), outcome.asset.item)


def _settle_again(memory: Memory, known: dict[str, Source], outcome: Outcome) -> str:
    """Write what asking again found, and name it; a file that cannot be told, or not taken, stays what it was."""
    asset, was_gone = outcome.asset, outcome.asset.state is AssetState.GONE
    moved = outcome.state is AssetState.GONE if not was_gone else outcome.state is AssetState.FETCHED
    with memory.database.write() as tx:
        if not assets.stands(tx, asset):
            return "unknown"
        if moved or (outcome.state is AssetState.FETCHED and not outcome.same):
            write(tx, memory, known[outcome.source], outcome)
        else:
            assets.asked(tx, asset.id, outcome.problem, outcome.measured.get("etag", ""))
    if outcome.problem:
        log.warning("file asked for again", extra={"asset": asset.id, "code": outcome.problem})
    if outcome.state is AssetState.GONE:
        return "gone"
    if outcome.state is not AssetState.FETCHED:
        return "unknown"
    return "returned" if was_gone else "unchanged" if outcome.same else "changed"
