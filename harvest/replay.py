"""Replay: all items made again from the records as kept, without the network, and what that changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

import msgspec
from sqlalchemy import Connection

from harvest import records, sources
from harvest.reading import read_item
from harvest.source import Source
from harvest.work import Progress
from repository import decisions, findings, intake, items
from repository.database import Transaction
from repository.intake import Context
from repository.memory import Memory
from repository.rights.decision import Use

CHUNK = 50
IDS = 10_000


class Replayed(msgspec.Struct, frozen=True):
    """What a replay changed: how many items, and which (at most 10,000 ids).

    `fields` counts items by the field that differs, `state` among them; `appeared` and `gone` count
    problems by code; `decisions` counts by `use: from → to`.
    """

    read: int
    changed: int
    fields: dict[str, int]
    appeared: dict[str, int]
    gone: dict[str, int]
    decisions: dict[str, int]
    ids: tuple[str, ...]


class _Standing(msgspec.Struct, frozen=True):
    """How some items stand: their fields, their problems, and the answers about them."""

    fields: dict[str, dict[str, Any]]
    problems: Counter[tuple[str, str]]
    answers: dict[str, dict[str, str]]


class _DryRun(Exception):
    """Ends a transaction so that nothing of it is kept."""


def replay(
    memory: Memory, source_id: str = "", progress: Progress = lambda _: None, *, dry_run: bool = False
) -> Replayed:
    """Make the items of a source, or all, again. A replay that is killed has kept its chunks, and may begin anew.

    A `dry_run` keeps nothing.
    """
    with memory.database.read() as conn:
        known = {source.id: source for source in sources.every(conn)}
        ids = list(records.iter_items(conn, source_id))
    sums: dict[str, Counter[str]] = {name: Counter() for name in ("fields", "appeared", "gone", "decisions")}
    changed: list[str] = []
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        with suppress(_DryRun), memory.database.write() as tx:
            before = _standing(tx.conn, chunk)
            wrote = list(_chunk(tx, memory.context(tx), known, chunk))
            changed += wrote
            if wrote:
                _compare(before, _standing(tx.conn, chunk), sums)
            if dry_run:
                raise _DryRun
        progress(len(chunk))
    plain = {name: dict(sorted(found.items())) for name, found in sums.items()}
    return Replayed(read=len(ids), changed=len(changed), ids=tuple(changed[:IDS]), **plain)


def _chunk(tx: Transaction, context: Context, known: dict[str, Source], ids: Sequence[str]) -> Iterator[str]:
    records.hold(tx, ids)
    intake.hold(tx, ids)
    for item in ids:
        kept = records.of_item(tx, item)
        source = known.get(kept[0].source) if kept else None
        if source is not None and read_item(tx, context, source, item):
            yield item


def _standing(conn: Connection, ids: Sequence[str]) -> _Standing:
    fields = {
        item: {
            "state": stored.state,
            "holder": stored.item.holder,
            **msgspec.structs.asdict(stored.item.description),
        }
        for item, stored in items.find_many(conn, ids).items()
    }
    answers = {
        item: {use.value: found.decision.ruling(use).answer.value for use in Use}
        for item, found in decisions.current_many(conn, ids).items()
    }
    return _Standing(fields, findings.codes_of(conn, ids), answers)


def _compare(before: _Standing, after: _Standing, sums: dict[str, Counter[str]]) -> None:
    for item in before.fields.keys() | after.fields.keys():
        old, new = before.fields.get(item, {}), after.fields.get(item, {})
        sums["fields"].update(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))
    for name, more, less in (("appeared", after, before), ("gone", before, after)):
        for (_, code), number in (more.problems - less.problems).items():
            sums[name][code] += number
    for item in before.answers.keys() | after.answers.keys():
        old_answers, new_answers = before.answers.get(item, {}), after.answers.get(item, {})
        for use in old_answers.keys() | new_answers.keys():
            was, now = old_answers.get(use, "-"), new_answers.get(use, "-")
            if was != now:
                sums["decisions"][f"{use}: {was} → {now}"] += 1
