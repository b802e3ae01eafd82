"""The run: what is received is accounted for, nothing is written twice, and nothing is lost on the way."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from harvest import ledger, records, run, sources, status
from harvest.ledger import RunState
from harvest.oai_asking import Habits
from harvest.reading import read_item
from harvest.replay import replay
from harvest.tables import record_version
from repository import changes, corrections, findings, intake, items
from repository.memory import Memory
from repository.tables import metadata
from tests.harvest.provider import Provider

LEDGER = {"run", "window"}


def row_counts(memory: Memory) -> dict[str, int]:
    """Count the rows of every table."""
    with memory.database.read() as conn:
        return {
            table.name: conn.execute(select(func.count()).select_from(table)).scalar_one()
            for table in metadata.sorted_tables
        }


def snapshot(memory: Memory) -> dict[str, list[tuple[object, ...]]]:
    """Read every row of every table but the ledger's."""
    with memory.database.read() as conn:
        return {
            table.name: [tuple(row) for row in conn.execute(select(table))]
            for table in metadata.sorted_tables
            if table.name not in LEDGER
        }


def only_status(memory: Memory) -> status.SourceStatus:
    with memory.database.read() as conn:
        (found,) = status.of_all(conn)
    return found


def fill(provider: Provider, number: int = 7) -> None:
    for place in range(number):
        provider.add(f"oai:x:{place}", f"책 {place}", ("rights", "공공누리 제1유형"))


def test_a_first_run_brings_all_and_the_sums_hold(memory: Memory, provider: Provider) -> None:
    fill(provider)
    summary = run.harvest(memory, "s")
    found = only_status(memory)
    assert (summary.state, summary.kind, summary.counts["new"]) == (RunState.COMPLETE, "full", 7)
    assert (found.known, found.live, found.sums_hold) == (7, 7, True)


def test_an_unchanged_harvest_writes_nothing_but_its_ledger(memory: Memory, provider: Provider) -> None:
    fill(provider)
    provider.add("oai:x:parked", "")
    provider.add("oai:x:gone", deleted=True)
    provider.add("oai:x:broken", broken=True)
    run.harvest(memory, "s")
    before, content = row_counts(memory), snapshot(memory)
    for full in (False, True):
        summary = run.harvest(memory, "s", full=full)
        assert summary.counts["received"] == summary.counts["unchanged"] + summary.counts["quarantined"]
    after = row_counts(memory)
    assert snapshot(memory) == content
    assert {name: after[name] - before[name] for name in after if after[name] != before[name]} == {
        "run": 2,
        "window": 2,
    }
    assert summary.counts["unchanged"] == 9 and only_status(memory).sums_hold


def test_the_next_run_asks_from_the_providers_own_clock(memory: Memory, provider: Provider) -> None:
    fill(provider)
    run.harvest(memory, "s")
    provider.add("oai:x:3", "고친 책", datestamp="2026-02-01T00:00:00Z")
    summary = run.harvest(memory, "s")
    assert (summary.kind, summary.counts["received"], summary.counts["changed"]) == ("incremental", 1, 1)


def test_one_changed_record_is_one_item_and_one_change(memory: Memory, provider: Provider) -> None:
    fill(provider)
    run.harvest(memory, "s")
    before = row_counts(memory)
    provider.add("oai:x:3", "고친 책", ("rights", "공공누리 제1유형"), datestamp="2026-02-01T00:00:00Z")
    run.harvest(memory, "s")
    after = row_counts(memory)
    grown = {name: after[name] - before[name] for name in after if after[name] != before[name]}
    assert grown == {"run": 1, "window": 1, "record_version": 1, "payload": 1, "change": 1}
    with memory.database.read() as conn:
        (change,) = changes.since(conn, 7)
        stored = items.find(conn, change.item)
    assert stored is not None and (stored.item.title, stored.revision) == ("고친 책", 2)


def test_a_deletion_leaves_a_tombstone_and_never_comes_back_by_itself(
    memory: Memory, provider: Provider
) -> None:
    fill(provider)
    run.harvest(memory, "s")
    provider.add("oai:x:3", deleted=True, datestamp="2026-02-01T00:00:00Z")
    assert run.harvest(memory, "s").counts["deleted"] == 1
    found = only_status(memory)
    assert (found.known, found.live, found.deleted, found.sums_hold) == (7, 6, 1, True)


def test_parked_and_quarantined_are_named_with_reason_and_bytes(memory: Memory, provider: Provider) -> None:
    fill(provider, 4)
    provider.add("oai:x:1", "", ("description", "이름 없는 책"))
    provider.add("oai:x:2", broken=True)
    summary = run.harvest(memory, "s")
    assert (summary.state, summary.counts["new"], summary.counts["parked"]) == (RunState.REPAIRED, 2, 1)
    assert (summary.counts["quarantined"], summary.counts["received"]) == (1, 4)
    assert only_status(memory).sums_hold
    with memory.database.read() as conn:
        aside = {row.local_id: (row.kind, row.reason) for row in status.set_aside(conn)}
        assert "이름 없는 책".encode() in status.raw_of(conn, "s", "oai:x:1")
        assert b"a & b" in status.raw_of(conn, "s", "oai:x:2")
    assert aside == {
        "oai:x:1": ("parked", "title_missing"),
        "oai:x:2": ("quarantined", "record_not_wellformed"),
    }


def test_a_page_that_had_to_be_repaired_is_kept_as_it_was_sent(memory: Memory, provider: Provider) -> None:
    fill(provider, 3)
    provider.add("oai:x:2", broken=True)
    summary = run.harvest(memory, "s")
    with memory.database.read() as conn:
        (page,) = records.repaired_pages(conn, "s")
        raw = records.quarantined_bytes(conn, page.digest)
        repairs = conn.execute(select(record_version.c.repairs)).scalars().all()
    assert (page.run, page.repairs) == (summary.id, ("salvaged",))
    assert b"<dc:title>a & b</dc:creator>" in raw and raw.endswith(b"</OAI-PMH>")
    assert repairs == [1, 1]


def test_retry_lets_out_what_has_been_mended(memory: Memory, provider: Provider) -> None:
    provider.add("oai:x:1", "")
    provider.add("oai:x:2", broken=True)
    run.harvest(memory, "s")
    provider.add("oai:x:2", "나은 책")
    with memory.database.write() as tx:
        (parked,) = records.parked(tx.conn)
        corrections.add(tx, parked.item, "titles", [{"value": "붙인 제목"}], [], "", "", "kim")
    assert run.retry(memory) == {"parked": 1, "quarantined": 1, "recovered": 2}
    with memory.database.read() as conn:
        assert status.set_aside(conn) == []
    assert only_status(memory).live == 2


def test_a_refused_token_starts_the_window_anew(memory: Memory, provider: Provider) -> None:
    fill(provider)
    provider.refuse = 1
    summary = run.harvest(memory, "s")
    assert (summary.state, summary.counts["new"], summary.counts["unchanged"]) == (RunState.COMPLETE, 7, 3)
    assert only_status(memory).sums_hold


def test_a_provider_that_stops_answering_leaves_the_run_incomplete(
    memory: Memory, provider: Provider
) -> None:
    fill(provider)
    provider.refuse = 10_000
    summary = run.harvest(memory, "s")
    assert summary.state is RunState.INCOMPLETE and "token_refused" in summary.error
    with memory.database.read() as conn:
        assert ledger.last_whole(conn, "s", "oai_dc") == ("", "")
    provider.refuse = 0
    assert run.harvest(memory, "s").state is RunState.COMPLETE
    assert only_status(memory).live == 7


def test_a_run_cut_short_goes_on_after_the_last_kept_page(memory: Memory, provider: Provider) -> None:
    fill(provider)

    def die(_received: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run.harvest(memory, "s", progress=die)
    assert only_status(memory).known == 3
    summary = run.harvest(memory, "s")
    assert (summary.id, summary.counts["received"], summary.counts["new"]) == (1, 7, 7)


def test_a_correction_survives_and_a_changed_field_is_a_conflict(memory: Memory, provider: Provider) -> None:
    fill(provider, 1)
    run.harvest(memory, "s")
    with memory.database.write() as tx:
        item = next(iter(records.iter_items(tx.conn)))
        corrections.add(
            tx,
            item,
            "titles",
            [{"value": "바른 제목"}],
            corrections.harvested_value(
                tx.conn, item, "titles", items.find_many(tx.conn, [item])[item].item.description
            ),
            "오자",
            "",
            "kim",
        )
        context = intake.context_of(tx.conn, memory.rules, 2026)
        read_item(tx, context, sources.get(tx.conn, "s"), item)
    provider.add("oai:x:0", "책 0", ("date", "1446"), datestamp="2026-02-01T00:00:00Z")
    run.harvest(memory, "s")
    with memory.database.read() as conn:
        assert items.find_many(conn, [item])[item].item.title == "바른 제목"
        assert corrections.conflicts(conn) == []
    provider.add("oai:x:0", "기관이 고친 제목", datestamp="2026-02-01T00:00:00Z")
    run.harvest(memory, "s")
    with memory.database.read() as conn:
        assert items.find_many(conn, [item])[item].item.title == "바른 제목"
        assert [row.field for row in corrections.conflicts(conn)] == ["titles"]


def test_replay_makes_the_same_items_without_the_network(memory: Memory, provider: Provider) -> None:
    fill(provider)
    provider.add("oai:x:parked", "")
    run.harvest(memory, "s")
    content = snapshot(memory)
    assert replay(memory).changed == 0
    assert snapshot(memory) == content


def test_fields_that_no_rule_reads_are_counted(memory: Memory, provider: Provider) -> None:
    provider.add("oai:x:1", "책", ("invented", "거시기"))
    run.harvest(memory, "s")
    with memory.database.read() as conn:
        assert findings.counts(conn, "s")["field_not_consumed"] == 1


def test_what_was_learnt_of_a_provider_is_kept_and_written_once(memory: Memory, provider: Provider) -> None:
    provider.add("oai:x:0")
    run.harvest(memory, "s")
    with memory.database.write() as tx:
        assert sources.habits(tx.conn, "s") == Habits()
        assert sources.learn(tx, "s", Habits(prefix=True)) and not sources.learn(tx, "s", Habits(prefix=True))
    run.harvest(memory, "s", full=True)
    with memory.database.read() as conn:
        assert sources.habits(conn, "s") == Habits(prefix=True)
