"""Replay: the same items from the same records, and exactly what changed where the reading of records did."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from harvest import crosswalks, records, run
from harvest.crosswalks import dublin_core
from harvest.replay import replay
from repository import corrections, items
from repository.item import ItemDraft, Title
from repository.memory import Memory
from repository.problems import problem
from tests.harvest.provider import Provider
from tests.harvest.test_run import fill, snapshot

OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"


def reads_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the Dublin Core crosswalk add a word to one title, and find no rights in it."""
    usual = dublin_core.to_draft

    def other(metadata: Any) -> ItemDraft:
        made = usual(metadata)
        if [title.value for title in made.description.titles] != ["책 3"]:
            return made
        description = msgspec.structs.replace(made.description, titles=(Title("책 3 (고침)"),), claims=())
        return msgspec.structs.replace(made, description=description)

    monkeypatch.setitem(crosswalks.CROSSWALKS, OAI_DC, other)


def test_a_replay_without_difference_writes_nothing(memory: Memory, provider: Provider) -> None:
    fill(provider)
    provider.add("oai:x:parked", "")
    run.harvest(memory, "s")
    before = snapshot(memory)
    done = replay(memory)
    assert snapshot(memory) == before
    assert (done.read, done.changed, done.fields, done.decisions) == (8, 0, {}, {})
    assert (done.appeared, done.gone) == ({}, {})


def test_a_replay_says_what_another_reading_changed(
    memory: Memory, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(provider)
    run.harvest(memory, "s")
    reads_otherwise(monkeypatch)
    tried = replay(memory, dry_run=True)
    with memory.database.read() as conn:
        found = items.find_many(conn, list(records.iter_items(conn)))
        assert "책 3 (고침)" not in {row.item.title for row in found.values()}
    done = replay(memory)
    assert done == tried
    assert (done.read, done.changed, done.fields) == (7, 1, {"claims": 1, "titles": 1})
    assert done.decisions == {"reuse: ask → no": 1, "train: ask → no": 1, "view: yes_with → no": 1}
    assert (done.appeared, done.gone) == ({"rights_missing": 1}, {})
    with memory.database.read() as conn:
        stored = items.find(conn, done.ids[0])
    assert stored is not None and (stored.item.title, stored.revision) == ("책 3 (고침)", 2)
    assert replay(memory).changed == 0


def test_a_problem_that_went_and_one_that_came_are_both_said(
    memory: Memory, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(provider)
    run.harvest(memory, "s")
    usual = dublin_core.to_draft
    for title, gone in (("책 1", {}), ("책 2", {"url_invalid": 1})):

        def other(metadata: Any, title: str = title) -> ItemDraft:
            made = usual(metadata)
            more = (problem("url_invalid"),) if made.description.titles[0].value == title else ()
            return msgspec.structs.replace(made, problems=(*made.problems, *more))

        monkeypatch.setitem(crosswalks.CROSSWALKS, OAI_DC, other)
        done = replay(memory)
        assert (done.appeared, done.gone, done.fields) == ({"url_invalid": 1}, gone, {})


def test_a_replay_that_is_killed_has_kept_its_chunks(
    memory: Memory, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four of seven chunks were kept; the next replay changes the three that were not."""
    fill(provider)
    run.harvest(memory, "s")
    usual = dublin_core.to_draft

    def other(metadata: Any) -> ItemDraft:
        description = msgspec.structs.replace(usual(metadata).description, titles=(Title("고침"),))
        return ItemDraft(description)

    monkeypatch.setitem(crosswalks.CROSSWALKS, OAI_DC, other)
    monkeypatch.setattr("harvest.replay.CHUNK", 1)
    left = iter(range(3))

    def die(_: int) -> None:
        if next(left, None) is None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        replay(memory, progress=die)
    assert [replay(memory).changed for _ in range(2)] == [3, 0]
    with memory.database.read() as conn:
        titles = {row.item.title for row in items.find_many(conn, list(records.iter_items(conn))).values()}
    assert titles == {"고침"}


def test_a_replay_keeps_corrections_and_their_conflicts(memory: Memory, provider: Provider) -> None:
    fill(provider, 1)
    run.harvest(memory, "s")
    with memory.database.write() as tx:
        (item,) = records.iter_items(tx.conn)
        said = [{"value": "책 0", "lang": "ko"}]
        corrections.add(tx, item, "titles", [{"value": "바른 책"}], said, "오자", "", "kim")
    provider.add("oai:x:0", "기관이 고친 책", datestamp="2026-02-01T00:00:00Z")
    run.harvest(memory, "s")
    assert replay(memory).changed == 0
    with memory.database.read() as conn:
        stored = items.find(conn, item)
        assert stored is not None and stored.item.title == "바른 책"
        assert [row.field for row in corrections.conflicts(conn)] == ["titles"]
