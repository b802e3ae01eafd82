"""Rehearsals, and runs that wait for a person: nothing is removed before somebody has looked."""

from __future__ import annotations

import pytest

from harvest import holding, ledger, run, sources
from harvest.ledger import RunState
from repository.errors import BadRequest
from repository.memory import Memory
from tests.harvest.provider import Provider
from tests.harvest.test_run import fill, only_status, snapshot

HELD_LEDGER = {"run", "window", "run_change"}


def test_a_rehearsal_shows_what_would_be_and_changes_nothing(memory: Memory, provider: Provider) -> None:
    fill(provider)
    run.harvest(memory, "s")
    provider.add("oai:x:1", "고친 책")
    provider.add("oai:x:2", deleted=True)
    provider.add("oai:x:8", "새 책")
    del provider.rows["oai:x:5"]
    before = {name: rows for name, rows in snapshot(memory).items() if name not in HELD_LEDGER}
    done = run.rehearse(memory, "s")
    assert {name: rows for name, rows in snapshot(memory).items() if name not in HELD_LEDGER} == before
    with memory.database.read() as conn:
        shown = {kind: ledger.changes(conn, done.id, kind) for kind in ("new", "changed", "deleted", "gone")}
    assert shown == {
        "new": [("oai_dc", "oai:x:8")],
        "changed": [("oai_dc", "oai:x:1")],
        "deleted": [("oai_dc", "oai:x:2")],
        "gone": [("oai_dc", "oai:x:5")],
    }
    assert (done.state, done.kind, done.report.gone) == (RunState.COMPLETE, "rehearsal", 1)
    after = run.harvest(memory, "s", full=True)
    assert [after.counts[kind] for kind in ("new", "changed", "deleted")] == [1, 1, 2]


def test_a_rehearsal_is_no_run(memory: Memory, provider: Provider) -> None:
    """It neither lets the next harvest begin later nor is gone on with."""
    fill(provider)
    run.rehearse(memory, "s")
    with memory.database.read() as conn:
        assert ledger.last_whole(conn, "s", "oai_dc") == ("", "")
    assert run.harvest(memory, "s").counts["new"] == 7


def halve(memory: Memory, provider: Provider) -> ledger.Run:
    """Harvest seven records, and then three of them."""
    fill(provider)
    run.harvest(memory, "s")
    for place in range(3, 7):
        del provider.rows[f"oai:x:{place}"]
    return run.harvest(memory, "s", full=True)


def test_a_run_that_would_remove_much_is_held_until_it_is_approved(
    memory: Memory, provider: Provider
) -> None:
    held = halve(memory, provider)
    assert (held.state, held.report.gone, held.error) == (RunState.HELD, 4, "too_many_gone")
    assert only_status(memory).live == 7
    provider.rows.clear()  # what was shown is what is done, whatever the provider says meanwhile
    done = holding.approve(memory, "s", "kim")
    assert (done.id, done.state, done.report.approved) == (held.id, RunState.COMPLETE, "kim")
    assert (only_status(memory).live, only_status(memory).deleted, only_status(memory).sums_hold) == (
        3,
        4,
        True,
    )


def test_a_run_that_is_discarded_removes_nothing(memory: Memory, provider: Provider) -> None:
    halve(memory, provider)
    done = holding.discard(memory, "s", "kim")
    assert (done.state, done.error) == (RunState.INCOMPLETE, "too_many_gone: discarded by kim")
    assert only_status(memory).live == 7
    with pytest.raises(BadRequest, match="run_not_held"):
        holding.discard(memory, "s", "kim")


def test_an_approval_that_is_killed_goes_on_with_the_next_harvest(
    memory: Memory, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = halve(memory, provider)
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("harvest.completeness.remove", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        holding.approve(memory, "s", "kim")
    assert only_status(memory).live == 7
    with memory.database.write() as tx:
        source = sources.get(tx.conn, "s")
        assert ledger.running(tx.conn, source.id) == held.id
    done = run.harvest(memory, "s")
    assert (done.id, done.state, only_status(memory).live) == (held.id, RunState.COMPLETE, 3)


def test_a_held_run_is_left_behind_by_the_next(memory: Memory, provider: Provider) -> None:
    held = halve(memory, provider)
    run.harvest(memory, "s")
    with memory.database.read() as conn:
        old = ledger.get(conn, held.id)
        assert ledger.held(conn) == [] and old is not None
    assert (old.state, old.error) == (RunState.INCOMPLETE, "too_many_gone: left behind")
    assert only_status(memory).live == 7


def test_everything_under_new_names_is_held_before_anything_is_kept(
    memory: Memory, provider: Provider
) -> None:
    fill(provider)
    run.harvest(memory, "s")
    provider.rows = {f"oai:new:{place}": row for place, row in enumerate(provider.rows.values())}
    held = run.harvest(memory, "s", full=True)
    assert (held.state, held.error, held.counts["received"]) == (RunState.HELD, "identifiers_renamed", 0)
    done = holding.approve(memory, "s", "kim")
    assert (done.state, done.counts["new"], done.counts["deleted"]) == (RunState.COMPLETE, 7, 7)
    assert (only_status(memory).live, only_status(memory).deleted) == (7, 7)


def test_an_empty_answer_to_a_full_harvest_is_held(memory: Memory, provider: Provider) -> None:
    fill(provider)
    run.harvest(memory, "s")
    provider.rows.clear()
    held = run.harvest(memory, "s", full=True)
    assert (held.state, held.report.gone, only_status(memory).live) == (RunState.HELD, 7, 7)
