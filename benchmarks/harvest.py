"""Processor time for each harvested record, against what Sickle needs merely to iterate over the same answers.

    python -m benchmarks.harvest

A process of its own serves the invented corpus from three sources, in Dublin Core, MODS and EDM. Four ways are
taken in turns: Sickle; our client (fetched, strictly parsed, checked); our run with nothing read out of the record
(the raw record stored, and the ledger kept); the whole way, with crosswalk, dates, decision, item and change.
At the end stands where the time of the whole way goes, by a profile.
"""

from __future__ import annotations

import cProfile
import pstats
from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from typing import Any
from unittest import mock

from sickle import Sickle

from benchmarks.generator import format_of
from benchmarks.installation import installation, name_of
from benchmarks.measure import in_turns, say
from benchmarks.provider import Running, running
from harvest.client import OaiClient
from harvest.run import harvest

RECORDS, SOURCES, ROUNDS = 6000, 3, 5
STAGES = {  # where a function's file lies -> the stage
    "/harvest/crosswalks/": "crosswalk",
    "/repository/dates/": "dates and names",
    "/repository/names": "dates and names",
    "/repository/rights/": "decision",
    "/repository/decisions": "decision",
    "/harvest/oai_": "client",
    "/harvest/transport": "client",
    "/harvest/client": "client",
    "/harvest/strict_xml": "client",
    "/harvest/moments": "client",
    "/httpx/": "client",
    "/httpcore/": "client",
    "/h11/": "client",
    "/sqlalchemy/": "database",
    "/repository/database": "database",
    "/repository/rows": "database",
    "/repository/upsert": "database",
    "/harvest/": "run and records",
    "/repository/": "items, files, feed",
}


def sources(provider: Running) -> Iterator[tuple[str, str]]:
    """Yield endpoint and format of every source."""
    for number in range(1, len(provider.sizes) + 1):
        yield provider.endpoint(number), format_of(number)


def sickle(provider: Running) -> None:
    """Iterate as Sickle does."""
    found = (
        sum(1 for _ in Sickle(url).ListRecords(metadataPrefix=prefix)) for url, prefix in sources(provider)
    )
    assert sum(found) == RECORDS


def client(provider: Running) -> None:
    """Fetch, parse strictly, check."""
    received = 0
    for url, prefix in sources(provider):
        with OaiClient(url) as ours:
            received += sum(len(page.records) for page in ours.pages(prefix))
    assert received == RECORDS


def raw(provider: Running) -> None:
    """Take the whole way with nothing read out of the records."""
    with mock.patch("harvest.keeping.read_item", return_value=False):
        whole(provider)


def whole(provider: Running) -> None:
    """Take the whole way."""
    with installation(provider) as memory:
        ends = [harvest(memory, name_of(number)) for number in range(1, len(provider.sizes) + 1)]
    assert sum(end.counts["received"] for end in ends) == RECORDS
    assert {end.state for end in ends} == {"complete"}, ends


def shares(provider: Running) -> dict[str, float]:
    """Give the share of each stage in the whole way; what C functions take counts for who calls them."""
    profile = cProfile.Profile()
    profile.runcall(whole, provider)
    times: dict[str, float] = defaultdict(float)
    stats: Any = pstats.Stats(profile)
    for (file, _, _), (_, _, own, _, callers) in stats.stats.items():
        if file != "~":
            times[stage(file)] += own
        for (caller, _, _), (_, _, share, _) in callers.items() if file == "~" else ():
            times[stage(caller)] += share
    most = sorted(times.items(), key=lambda pair: -pair[1])
    return {name: seconds / sum(times.values()) for name, seconds in most}


def stage(file: str) -> str:
    """Tell the stage that a source file belongs to."""
    return next((name for part, name in STAGES.items() if part in file), "other")


def main() -> None:
    """Measure."""
    ways = {
        "Sickle, bare iteration": sickle,
        "fetched, parsed, checked": client,
        "raw record stored": raw,
        "everything": whole,
    }
    with running(RECORDS, SOURCES) as provider:
        for way in ways.values():  # a round before the rounds: imports, and the provider's pages
            way(provider)
        found = in_turns({name: partial(way, provider) for name, way in ways.items()}, ROUNDS)
        parts = shares(provider)
    peer = found["Sickle, bare iteration"]
    for name, seconds in found.items():
        say(f"{name:28} {seconds / RECORDS * 1e6:8.0f} us/record  {seconds / peer:5.2f} x Sickle")
    for name, share in parts.items():
        say(f"  {name:26} {share:8.1%}")


if __name__ == "__main__":
    main()
