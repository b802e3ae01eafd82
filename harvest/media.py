"""Media: every wanted file is fetched, looked at, kept and prepared for viewing; each has a state of its own.

The bytes and their derivatives are safe before the row says `fetched`; a process killed in between fetches
that one file again.
"""

from __future__ import annotations

import logging
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec

from harvest import media_client, sources
from harvest.source import Source
from repository import assets, derivatives
from repository.asset import Asset, AssetState
from repository.iiif import sniff
from repository.memory import Memory
from repository.problems import Problem

log = logging.getLogger(__name__)
ATTEMPTS = 5
BATCH = 32
WORKERS = 2
Progress = Callable[[int], None]


class Outcome(msgspec.Struct, frozen=True):
    """How fetching one file ended: its new state and what was measured, or the problem's code."""

    asset: Asset
    source: str
    state: AssetState
    problem: str = ""
    measured: dict[str, Any] = {}


def fetch_wanted(memory: Memory, progress: Progress = lambda _: None, limit: int = 0) -> dict[str, int]:
    """Fetch every wanted file once; gives how many ended in each state. A limit above 0 bounds their number."""
    with memory.database.read() as conn:
        known = {source.id: source for source in sources.every(conn)}
    done: Counter[str] = Counter()
    with ThreadPoolExecutor(WORKERS) as pool, tempfile.TemporaryDirectory(dir=_scratch(memory)) as folder:
        for batch in _batches(memory, limit):
            jobs = [
                pool.submit(_fetch, memory, known[source], asset, Path(folder))
                for asset, source in batch
                if source in known
            ]
            for job in jobs:
                done[_settle(memory, known, job.result()).value] += 1
                progress(1)
    return dict(done)


def _scratch(memory: Memory) -> Path:
    folder = memory.settings.data_path / "fetching"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _batches(memory: Memory, limit: int) -> Iterator[list[tuple[Asset, str]]]:
    last, taken = "", 0
    while True:
        with memory.database.read() as conn:
            batch = assets.wanted(conn, ATTEMPTS, last, min(BATCH, limit - taken) if limit else BATCH)
        if not batch:
            return
        yield batch
        last, taken = batch[-1][0].id, taken + len(batch)
        if limit and taken >= limit:
            return


def _fetch(memory: Memory, source: Source, asset: Asset, folder: Path) -> Outcome:
    """Fetch one file into the store and make its derivatives; runs in a thread and touches no database."""
    target = folder / asset.id
    limits = media_client.Limits(bytes=memory.settings.media_max_mb << 20)
    fetched = media_client.fetch(asset.url, target, hosts=frozenset(source.media_hosts), limits=limits)
    try:
        if isinstance(fetched, Problem):
            return _refused(asset, source, fetched)
        found = sniff.examine(target, sniff.Limits(pixels=memory.settings.media_max_megapixels * 1_000_000))
        if isinstance(found, Problem):
            return _refused(asset, source, found)
        sha256 = memory.blobs.put(target)
        derivatives.make(memory.blobs, sha256, found.media_type)
    finally:
        target.unlink(missing_ok=True)
    measured = {
        "media_type": found.media_type,
        "width": found.width,
        "height": found.height,
        "seconds": found.seconds,
        "bytes": fetched.bytes,
        "sha256": sha256,
        "etag": fetched.etag,
        "problem": "",
    }
    return Outcome(asset, source.id, AssetState.FETCHED, measured=measured)


def _refused(asset: Asset, source: Source, found: Problem) -> Outcome:
    states = {"media_gone": AssetState.GONE, "media_unreachable": AssetState.WANTED}
    return Outcome(asset, source.id, states.get(found.code, AssetState.REFUSED), found.code)


def _settle(memory: Memory, known: dict[str, Source], outcome: Outcome) -> AssetState:
    with memory.database.write() as tx:
        if outcome.state is AssetState.WANTED:
            assets.postpone(tx, outcome.asset.id, outcome.problem)
        else:
            values = {**outcome.measured, "problem": outcome.problem}
            if outcome.state is AssetState.FETCHED:
                values["fetched_at"] = tx.now
            assets.settle(tx, known[outcome.source].provider, outcome.asset.id, outcome.state, **values)
    if outcome.problem:
        log.warning("file not kept", extra={"asset": outcome.asset.id, "code": outcome.problem})
    return outcome.state
