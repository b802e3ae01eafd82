"""Status: for each source, sums that must hold, computed from the counters and held against each other."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection

from harvest import ledger, records, sources
from harvest.ledger import Run
from harvest.source import Source
from repository import assets, counters, findings
from repository.asset import LACKING
from repository.errors import NotFound
from repository.problems import Severity

RECEIPTS = ("new", "changed", "unchanged", "deleted", "parked", "quarantined")


class Sums(msgspec.Struct, frozen=True, kw_only=True):
    """What a source ever sent: `known` distinct (source, local id), which is live + deleted + parked.

    `run` is its newest harvest; rehearsals are none.
    """

    known: int
    live: int
    deleted: int
    parked: int
    quarantined: int
    run: Run | None

    @property
    def sums_hold(self) -> bool:
        """Tell whether known = live + deleted + parked and every receipt of the run is accounted for."""
        whole = self.known == self.live + self.deleted + self.parked
        if self.run is None:
            return whole
        counts = self.run.counts
        return whole and counts["received"] == sum(counts[kind] for kind in RECEIPTS)


class SourceStatus(Sums, frozen=True, kw_only=True):
    """How a source stands, with its problems by code and its provider's files by state.

    `words` counts the files that can be shown by who wrote their alternative text: institution, person, machine;
    `none` are the gaps.
    """

    source: str
    name_ko: str
    name_en: str
    provider: str
    paused: bool
    problems: dict[str, int]
    files: dict[str, int]
    words: dict[str, int]


def of_source(conn: Connection, source: Source, paused: bool = False) -> SourceStatus:
    """Sum up one source."""
    counted = counters.of_scope(conn, source.id)
    states = counted.get("identity", {})
    of_provider = counters.of_scope(conn, source.provider)
    runs = ledger.latest(conn, source.id)
    return SourceStatus(
        source=source.id,
        name_ko=source.name_ko,
        name_en=source.name_en,
        provider=source.provider,
        paused=paused,
        known=counted.get("known", {}).get("ever", 0),
        live=states.get("live", 0),
        deleted=states.get("deleted", 0),
        parked=states.get("parked", 0),
        quarantined=len(records.quarantined(conn, source.id)),
        problems=findings.counts(conn, source.id),
        files=of_provider.get("asset", {}),
        words=of_provider.get(assets.WORDS, {}),
        run=runs[0] if runs else None,
    )


def of_all(conn: Connection) -> list[SourceStatus]:
    """Sum up every source."""
    states = sources.states(conn)
    return [of_source(conn, source, states[source.id] == sources.PAUSED) for source in sources.every(conn)]


class SetAside(msgspec.Struct, frozen=True):
    """A parked record or quarantined bytes: what it is, whose, and why."""

    kind: str
    source: str
    prefix: str
    local_id: str
    reason: str


def set_aside(conn: Connection, source: str = "") -> list[SetAside]:
    """Name everything that is parked or in quarantine, of one source or of all, with its reason."""
    rows = [
        SetAside("parked", row.source, row.prefix, row.local_id, _parked_for(conn, row.item, row.prefix))
        for row in records.parked(conn, source)
    ]
    rows += [
        SetAside("quarantined", row.source, row.prefix, row.local_id, row.reason)
        for row in records.quarantined(conn, source)
    ]
    return rows


def _parked_for(conn: Connection, item: str, prefix: str) -> str:
    codes = [
        found.problem.code
        for found in findings.of_subject(conn, item)
        if found.prefix == prefix and found.problem.severity is Severity.PARKED
    ]
    return "+".join(codes)


def raw_of(conn: Connection, source: str, local_id: str) -> bytes:
    """Give the raw bytes of a parked or quarantined record; raises NotFound."""
    for row in records.parked(conn, source):
        if row.local_id == local_id:
            return records.raw(conn, row)
    for held in records.quarantined(conn, source):
        if held.local_id == local_id or held.digest.startswith(local_id):
            return records.quarantined_bytes(conn, held.digest)
    raise NotFound(
        "parked_unknown", f"그런 기록이 없습니다: {local_id}", f"nothing set aside under {local_id}"
    )


def line(row: SourceStatus) -> str:
    """Write a source's sums on one line."""
    text = (
        f"{row.source}: known {row.known} = live {row.live} + deleted {row.deleted} + parked {row.parked}; "
        f"quarantined {row.quarantined}; files {row.files}; pictures without words {row.words.get(LACKING, 0)} "
        f"of {sum(row.words.values())}"
    )
    if row.run is not None:
        counts = " + ".join(f"{kind} {row.run.counts[kind]}" for kind in RECEIPTS)
        text += f"; run {row.run.id} {row.run.state}: received {row.run.counts['received']} = {counts}"
    return text + ("" if row.sums_hold else "  !! sums do not hold")
