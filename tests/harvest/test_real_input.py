"""Real answers of real providers become items; what they say is held against a reading by other means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from harvest import media, records, run, sources, status
from harvest.ledger import RunState
from repository import assets, findings, institutions, items
from repository.asset import AssetState
from repository.identities import find as find_identity
from repository.institution import Institution
from repository.item import TYPES
from repository.items import StoredItem
from repository.memory import Memory
from repository.tables import asset as asset_table
from tests import real_data
from tests.real_data import Shared

ALL = 300


@pytest.fixture
def shared(memory: Memory, shared_data: Path) -> Iterator[Shared]:
    """The shared folder, served; each of its sources is registered under an institution of its name."""
    with real_data.served(shared_data) as given:
        with memory.database.write() as tx:
            for name in real_data.PREFIXES:
                institutions.save(tx, Institution(name, name, name, public=False))
                sources.save(tx, given.source(name))
        yield given


def status_of(memory: Memory, source: str) -> status.SourceStatus:
    with memory.database.read() as conn:
        return next(row for row in status.of_all(conn) if row.source == source)


def stored_of(memory: Memory, source: str) -> dict[str, StoredItem]:
    with memory.database.read() as conn:
        found = [row for row in items.newest(conn, ALL) if row.item.source == source]
    return {row.item.local_id: row for row in found}


def codes_of(memory: Memory, item: str) -> set[str]:
    with memory.database.read() as conn:
        return {found.problem.code for found in findings.of_subject(conn, item)}


def check_all_arrived(memory: Memory, shared: Shared, source: str) -> Counter[tuple[str, str]]:
    """Every live record of a source is an item with its identifier, a title that it gave, and a type.

    Gives how many have which type, and how it was told: said, type_derived or type_unknown.
    """
    told = {one.identifier: one for one in shared.told() if one.source == source}
    stored = stored_of(memory, source)
    assert stored.keys() == told.keys()
    kinds: Counter[tuple[str, str]] = Counter()
    for identifier, row in stored.items():
        with memory.database.read() as conn:
            assert find_identity(conn, source, identifier) == row.item.id
        assert row.item.title in told[identifier].titles
        kind = row.item.description.type
        (how,) = codes_of(memory, row.item.id) & {"type_derived", "type_unknown"} or {"said"}
        assert kind in TYPES and (kind == "unknown") == (how == "type_unknown")
        kinds[kind, how] += 1
    return kinds


def test_harvard_mods_ten_of_ten(memory: Memory, shared: Shared) -> None:
    """These records have neither genre nor type of resource, so the type is unknown, and each says so."""
    summary = run.harvest(memory, "harvard")
    assert summary.state is RunState.COMPLETE
    assert (summary.counts["received"], summary.counts["new"], summary.counts["quarantined"]) == (10, 10, 0)
    assert check_all_arrived(memory, shared, "harvard") == {("unknown", "type_unknown"): 10}
    assert b"genre" not in shared.pages("harvard")[""] and b"typeOfR" not in shared.pages("harvard")[""]


def test_mimo_edm_all_become_items(memory: Memory, shared: Shared) -> None:
    """EDM's IMAGE is too wide to be a type; the subject, Musical Instruments, tells it, and the problem says so."""
    summary = run.harvest(memory, "mimo")
    assert summary.state is RunState.COMPLETE
    assert (summary.counts["received"], summary.counts["new"]) == (195, 195)
    assert check_all_arrived(memory, shared, "mimo") == {("object", "type_derived"): 195}


def test_the_bibliotheque_nationale_says_the_type_itself(memory: Memory, shared: Shared) -> None:
    summary = run.harvest(memory, "bnf")
    assert (summary.state, summary.counts["new"]) == (RunState.COMPLETE, 14)
    assert check_all_arrived(memory, shared, "bnf") == {("manuscript", "said"): 14}


def test_sickles_pages_make_one_item_and_one_tombstone(memory: Memory, shared: Shared) -> None:
    """Eight receipts, of two identifiers: seven records, and one deletion that names none.

    What has no identifier is of no record; its bytes are in quarantine, and the sums count it.
    """
    summary = run.harvest(memory, "sickle")
    found = status_of(memory, "sickle")
    assert summary.counts == {
        "received": 8,
        "new": 1,
        "changed": 0,
        "unchanged": 5,
        "deleted": 1,
        "parked": 0,
        "quarantined": 1,
        "repaired": 0,
    }
    assert (found.known, found.live, found.deleted, found.parked, found.quarantined) == (2, 1, 1, 0, 1)
    assert found.sums_hold and status.line(found).endswith(
        "received 8 = new 1 + changed 0 + unchanged 5 + deleted 1 + parked 0 + quarantined 1"
    )
    check_all_arrived(memory, shared, "sickle")
    with memory.database.read() as conn:
        (aside,) = status.set_aside(conn)
        (held,) = records.quarantined(conn)
        assert (aside.kind, aside.local_id, aside.reason) == ("quarantined", "", "identifier_missing")
        assert b'status="deleted"' in records.quarantined_bytes(conn, held.digest)
        gone = find_identity(conn, "sickle", "oai:test.example.com:1585310")
        assert gone is not None and items.find(conn, gone) is None


def test_real_pictures_arrive_and_hostile_ones_are_refused_with_a_reason(
    memory: Memory, shared: Shared
) -> None:
    run.harvest(memory, "harvard")
    run.harvest(memory, "bnf")
    ended = media.fetch_wanted(memory)
    assert sum(ended.values()) == 24 and set(ended) <= {"fetched", "refused"}
    for source, sound in (("bnf", True), ("harvard", False)):
        for row in stored_of(memory, source).values():
            with memory.database.read() as conn:
                (file,) = assets.of_item(conn, row.item.id)
            fetched = file.state is AssetState.FETCHED
            assert fetched or not sound
            assert bool(file.sha256) == fetched == (file.width > 0) == (not problem_of(memory, file.id))


def problem_of(memory: Memory, asset: str) -> str:
    with memory.database.read() as conn:
        return str(conn.execute(select(asset_table.c.problem).where(asset_table.c.id == asset)).scalar_one())
