"""Run reports: everything that became of a run, with the texts of every code."""

from __future__ import annotations

import msgspec
import pytest

from harvest import ledger, reports, run
from harvest.ledger import Report, RunState, WindowState
from repository.errors import NotFound
from repository.memory import Memory
from tests.harvest.provider import Provider


def test_a_report_tells_counts_windows_problems_and_what_was_put_aside(
    memory: Memory, provider: Provider
) -> None:
    for place in range(4):
        provider.add(f"oai:x:{place}", f"책 {place}", ("unheard", "값"))
    provider.add("oai:x:1", "")
    provider.add("oai:x:2", broken=True)
    done = run.harvest(memory, "s")
    with memory.database.read() as conn:
        report = reports.report_of(conn, done)
    assert (report.run, report.state, report.counts) == (done.id, RunState.REPAIRED, done.counts)
    assert report.window_states == {"complete": len(report.windows)} and report.windows
    assert {row.code: row.count for row in report.problems}["title_missing"] == 1
    assert {row.code: row.count for row in report.quarantined} == {"record_not_wellformed": 1}
    assert all(row.ko and row.en and row.ko != row.code for row in (*report.problems, *report.quarantined))
    said = reports.text(report)
    assert "새벽도서관 (Dawn Library)" in said and "1 × title_missing" in said
    assert msgspec.json.decode(msgspec.json.encode(report))["windows"][0]["prefix"] == "oai_dc"


def test_what_a_run_concluded_is_told_in_words(memory: Memory, provider: Provider) -> None:
    with memory.database.write() as tx:
        number = ledger.open_run(tx, "s", "full", {"oai_dc": "", "mods": ""}, "")
        first, _ = ledger.windows(tx.conn, number)
        ledger.end(tx, first.id, WindowState.FAILED, "endpoint_busy: The server is busy")
        said = Report(9, 8, ("oai:x:7",), 5, {"size_wrong": 2}, "too_many_gone")
        ledger.close_run(tx, number, said)
        found = ledger.get(tx.conn, number)
    assert found is not None
    with memory.database.read() as conn:
        report = reports.report_of(conn, found)
    assert report.hold is not None and report.hold.ko == "사라진 기록이 너무 많아 사람이 보아야 합니다."
    assert (report.expected, report.listed, report.gone, report.missing) == (9, 8, 5, ("oai:x:7",))
    assert [(row.code, row.count) for row in (*report.failures, *report.notes)] == [
        ("endpoint_busy", 1),
        ("size_wrong", 2),
    ]
    assert report.window_states == {"failed": 1, "open": 1}
    text = reports.text(report)
    assert "사람의 결정을 기다림 (held for a person to decide)" in text and "oai:x:7" in text


def test_a_run_is_found_by_number_and_by_source(memory: Memory, provider: Provider) -> None:
    provider.add("oai:x:1", "책")
    first, second = run.harvest(memory, "s"), run.harvest(memory, "s")
    run.rehearse(memory, "s")
    with memory.database.read() as conn:
        assert [one.id for one in reports.find(conn)] == [second.id]
        assert [one.id for one in reports.find(conn, "s")] == [second.id]
        assert [one.id for one in reports.find(conn, str(first.id))] == [first.id]
        earlier = reports.before(conn, second)
        assert earlier is not None and earlier.id == first.id
        assert reports.before(conn, first) is None
        for wanted in ("999", "nobody", "9" * 30):
            with pytest.raises(NotFound):
                reports.find(conn, wanted)


def test_every_state_has_its_words() -> None:
    assert set(reports.STATES) == set(RunState)
