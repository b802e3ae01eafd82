"""Recalls: withheld at once without any worker, appended once, in a feed that only grows."""

from __future__ import annotations

import json

import pytest

from curation.release import publish, revocations
from curation.release.build import build, folder_of
from curation.release.freeze import freeze
from curation.release.plans import Plan
from curation.release.terms import Terms
from curation.release.verify import verify
from repository import items, sets
from repository.memory import Memory
from repository.takedowns import TakedownKind
from tests.curation import seed

SHARDED = Terms("견본", "Sample", shard_bytes=8000)


def released(memory: Memory, version: str = "1.0.0") -> Plan:
    plan = freeze(memory, "free", version, SHARDED)
    build(memory, "free", version)
    publish.publish(memory, "free", version)
    return plan


def kinds(memory: Memory) -> list[tuple[str, str]]:
    with memory.database.read() as conn:
        return [(entry.item, entry.kind) for entry in revocations.every(conn)]


def withheld(memory: Memory, plan: Plan) -> set[str]:
    with memory.database.read() as conn:
        return revocations.withheld(conn, plan.id)


def test_a_takedown_withholds_before_any_worker_ran_and_is_recalled_once(either: Memory) -> None:
    ids = seed.collection_of_rights(either)
    plan = released(either)
    assert withheld(either, plan) == set() and kinds(either) == []
    seed.take_down(either, ids["cleared-1"])
    assert withheld(either, plan) == {ids["cleared-1"]} and kinds(either) == []
    assert publish.refresh(either) == 1
    assert publish.refresh(either) == 0
    assert withheld(either, plan) == {ids["cleared-1"]}
    assert kinds(either) == [(ids["cleared-1"], "rights")]


def test_a_lifted_takedown_restores(either: Memory) -> None:
    ids = seed.collection_of_rights(either)
    plan = released(either)
    seed.take_down(either, ids["text"], TakedownKind.PRIVACY)
    publish.refresh(either)
    seed.lift(either, ids["text"])
    assert withheld(either, plan) == set()
    publish.refresh(either)
    assert kinds(either) == [(ids["text"], "privacy"), (ids["text"], "restored")]
    assert withheld(either, plan) == set()


def test_changed_terms_are_told_from_our_own_errors(memory: Memory) -> None:
    ids = seed.collection_of_rights(memory)
    released(memory)
    seed.reclaim(memory, "cleared-1", seed.KOGL_2)
    publish.refresh(memory)
    with memory.database.read() as conn:
        [entry] = revocations.every(conn)
    assert (entry.item, entry.kind, entry.stop) == (ids["cleared-1"], "terms_changed", False)
    assert len(entry.assets) == 2 and entry.since == "free/1.0.0"


def test_what_an_institution_deletes_is_recalled(memory: Memory) -> None:
    ids = seed.collection_of_rights(memory)
    plan = released(memory)
    with memory.database.write() as tx:
        items.bury(tx, ids["cleared-2"])
    assert withheld(memory, plan) == {ids["cleared-2"]}
    publish.refresh(memory)
    assert kinds(memory) == [(ids["cleared-2"], "withdrawn")]


def test_what_changed_between_plan_and_publication_is_recalled_at_once(memory: Memory) -> None:
    ids = seed.collection_of_rights(memory)
    first = released(memory)
    plan = freeze(memory, "free", "1.1.0", SHARDED)
    seed.take_down(memory, ids["cleared-3"])
    publish.refresh(memory)
    build(memory, "free", "1.1.0")
    publish.publish(memory, "free", "1.1.0")
    assert withheld(memory, plan) == withheld(memory, first) == {ids["cleared-3"]}
    assert kinds(memory) == [(ids["cleared-3"], "rights")]


def test_a_work_left_out_is_no_recall(memory: Memory) -> None:
    ids = seed.collection_of_rights(memory)
    plan = released(memory)
    seed.take_down(memory, ids["ask"])
    assert publish.refresh(memory) == 0 and withheld(memory, plan) == set()


def test_the_feed_is_a_file_that_only_grows(memory: Memory) -> None:
    ids = seed.collection_of_rights(memory)
    released(memory)
    path = folder_of(memory) / revocations.FILE
    assert path.read_bytes() == b""
    before = b""
    for name in ("cleared-1", "cleared-2", "cleared-4"):
        seed.take_down(memory, ids[name])
        publish.refresh(memory)
        assert path.read_bytes().startswith(before) and path.read_bytes() != before
        before = path.read_bytes()
    entries = [json.loads(line) for line in before.splitlines()]
    assert [entry["item"] for entry in entries] == [ids["cleared-1"], ids["cleared-2"], ids["cleared-4"]]
    assert all(entry["signed"] is False and entry["stop"] for entry in entries)


def test_a_published_release_is_a_set_until_it_is_withdrawn(memory: Memory) -> None:
    ids = seed.collection_of_rights(memory)
    released(memory)
    seed.take_down(memory, ids["cleared-1"])
    released(memory, "1.0.1")
    with memory.database.read() as conn:
        found = sets.find(conn, "dataset-free")
        assert found is not None and (found.kind, found.size) == ("dataset", 6)
    publish.withdraw(memory, "free", "1.0.1")
    with memory.database.read() as conn:
        found = sets.find(conn, "dataset-free")
        assert found is not None and found.size == 7
    publish.withdraw(memory, "free", "1.0.0")
    with memory.database.read() as conn:
        assert sets.find(conn, "dataset-free") is None


def test_removing_a_data_set_leaves_nothing(memory: Memory) -> None:
    ids = seed.collection_of_rights(memory)
    released(memory)
    seed.take_down(memory, ids["cleared-1"])
    publish.refresh(memory)
    publish.remove(memory, "free")
    assert not (folder_of(memory) / "free").exists() and kinds(memory) == []
    released(memory)


@pytest.mark.parametrize("worker", [True, False])
def test_a_decision_that_moved_but_still_clears_recalls_nothing(memory: Memory, worker: bool) -> None:
    seed.collection_of_rights(memory)
    plan = released(memory)
    seed.reclaim(memory, "cleared-1", seed.KOGL_1_AI)
    assert not worker or publish.refresh(memory) == 0
    assert withheld(memory, plan) == set()


def test_a_copy_is_held_against_the_feed_of_recalls(memory: Memory) -> None:
    ids = seed.collection_of_rights(memory)
    released(memory)
    folder, feed = folder_of(memory, "free", "1.0.0"), folder_of(memory) / revocations.FILE
    assert verify(folder, recalls=feed).findings == []
    seed.take_down(memory, ids["cleared-1"])
    seed.take_down(memory, ids["cleared-2"])
    seed.reclaim(memory, "cleared-3", seed.KOGL_2)
    publish.refresh(memory)
    seed.lift(memory, ids["cleared-2"])
    publish.refresh(memory)
    report = verify(folder, recalls=feed)
    assert {(one.code, one.where) for one in report.findings} == {
        ("recalled", ids["cleared-1"]), ("recalled_goes_on", ids["cleared-3"]),
    }  # fmt: skip
    assert not report.is_whole and report.works == 7
    feed.write_bytes(b"not a feed")
    assert [one.code for one in verify(folder, recalls=feed).findings] == ["recalls_unreadable"]
