"""Corrections sent back to the institution: what it sent, what is said instead, and why."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner
from sqlalchemy import update

from harvest import corrections_file, records, run, sources
from harvest.corrections_cli import correct as command
from harvest.corrections_file import SentBack
from harvest.reading import read_item
from repository import corrections, decisions, intake, items
from repository.errors import NotFound
from repository.memory import Memory
from repository.rights.decision import Answer, Use
from repository.tables import correction
from tests.harvest.provider import Provider
from tests.harvest.test_run import fill


def correct(memory: Memory, local_id: str, field: str, value: Any, reason: str = "오자") -> None:
    """Correct a field as the command does."""
    with memory.database.write() as tx:
        item = next(
            row.item.id
            for row in items.find_many(tx.conn, list(records.iter_items(tx.conn))).values()
            if row.item.local_id == local_id
        )
        stored = items.find(tx.conn, item)
        assert stored is not None
        sent = corrections.harvested_value(tx.conn, item, field, stored.item.description)
        corrections.add(tx, item, field, value, sent, reason, "판권지", "kim")
        read_item(tx, intake.context_of(tx.conn, memory.rules, 2026), sources.get(tx.conn, "s"), item)


def sent_back(memory: Memory, since: str = "") -> list[SentBack]:
    with memory.database.read() as conn:
        return list(corrections_file.of_source(conn, "s", since))


def test_a_correction_is_named_by_what_the_institution_calls_its_record(
    memory: Memory, provider: Provider
) -> None:
    fill(provider, 3)
    run.harvest(memory, "s")
    correct(memory, "oai:x:1", "titles", [{"value": "바른 책"}])
    (row,) = sent_back(memory)
    assert (row.local_id, row.field, row.reason, row.evidence, row.by, row.state) == (
        "oai:x:1",
        "titles",
        "오자",
        "판권지",
        "kim",
        "active",
    )
    assert json.loads(row.sent) == [{"value": "책 1", "lang": "ko"}]
    assert json.loads(row.corrected) == [{"value": "바른 책"}]


def test_conflicts_and_withdrawals_are_said_and_old_ones_may_be_left_out(
    memory: Memory, provider: Provider
) -> None:
    fill(provider, 3)
    run.harvest(memory, "s")
    correct(memory, "oai:x:1", "titles", [{"value": "바른 책"}])
    correct(memory, "oai:x:2", "titles", [{"value": "다른 책"}])
    provider.add("oai:x:1", "기관이 고친 책", datestamp="2026-02-01T00:00:00Z")
    run.harvest(memory, "s")
    with memory.database.write() as tx:
        corrections.withdraw(tx, sent_back(memory)[1].item, "titles")
    assert [row.state for row in sent_back(memory)] == ["conflict", "withdrawn"]
    assert json.loads(sent_back(memory)[0].sent) == [{"value": "기관이 고친 책", "lang": "ko"}]
    assert sent_back(memory, "2999-01-01") == []


def test_a_spreadsheet_reads_it_and_takes_nothing_for_a_formula(memory: Memory, provider: Provider) -> None:
    fill(provider, 1)
    run.harvest(memory, "s")
    correct(memory, "oai:x:0", "titles", [{"value": '새 "책", 한 권'}], reason="=HYPERLINK(1)")
    text = corrections_file.as_csv(sent_back(memory))
    assert text.startswith("\ufeff")
    head, row = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    found = dict(zip(head, row, strict=True))
    assert (found["local_id"], found["reason"]) == ("oai:x:0", "'=HYPERLINK(1)")
    assert json.loads(found["corrected"]) == [{"value": '새 "책", 한 권'}]
    lines = corrections_file.as_json_lines(sent_back(memory)).splitlines()
    assert [json.loads(line)["reason"] for line in lines] == ["=HYPERLINK(1)"]


def test_another_source_has_corrections_of_its_own(memory: Memory, provider: Provider) -> None:
    fill(provider, 1)
    run.harvest(memory, "s")
    correct(memory, "oai:x:0", "titles", [{"value": "바른 책"}])
    with memory.database.read() as conn:
        assert list(corrections_file.of_source(conn, "other")) == []
        with pytest.raises(NotFound):
            sources.get(conn, "other")


def test_what_has_come_to_contradict_an_old_correction_is_sent_back_too(
    memory: Memory, provider: Provider
) -> None:
    fill(provider, 1)
    run.harvest(memory, "s")
    correct(memory, "oai:x:0", "titles", [{"value": "바른 책"}])
    with memory.database.write() as tx:
        tx.conn.execute(update(correction).values(at="2020-01-01T00:00:00Z"))
    assert sent_back(memory, "2025-01-01") == []
    provider.add("oai:x:0", "기관이 고친 책", datestamp="2026-02-01T00:00:00Z")
    run.harvest(memory, "s")
    assert [row.state for row in sent_back(memory, "2025-01-01")] == ["conflict"]


def test_a_date_that_is_none_is_refused(memory: Memory, provider: Provider) -> None:
    for since, code in (("2026-11-25", 0), ("2026-11-25T09:00:00Z", 0), ("yesterday", 2)):
        done = CliRunner().invoke(command, ["export", "s", "--since", since], obj=lambda: memory)
        assert done.exit_code == code, done.output


def test_a_correction_opens_nothing_that_nobody_has_examined(memory: Memory, provider: Provider) -> None:
    settings = msgspec.structs.replace(memory.settings, require_privacy_review=True)
    strict = dataclasses.replace(memory, settings=settings)
    provider.add("oai:x:0", "책", ("type", "도서"), ("date", "1880"), ("rights", "공공누리 제1유형"))
    run.harvest(strict, "s")
    with strict.database.read() as conn:
        item = next(iter(records.iter_items(conn)))
    done = CliRunner().invoke(command, ["set", item, "subjects", "역사", "--by", "kim"], obj=lambda: strict)
    assert done.exit_code == 0, done.output
    with strict.database.read() as conn:
        ruling = decisions.current_many(conn, [item])[item].decision.ruling(Use.TRAIN)
    assert ruling.answer is Answer.NO
