"""The whole, over the tiny sample: sums that hold, silence where nothing changed, rebuilding that moves nothing."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from sqlalchemy import func, select

from curation import demo as curation_demo
from harvest import demo as harvest_demo
from harvest import ledger, run, sources, status
from harvest.tables import record
from repository import changes, items, refresh
from repository.knowing import PATIENCE
from repository.memory import Memory
from repository.presentation import presenter_of
from repository.rebuild import rebuild_index
from repository.search.query import parse
from repository.tables import identity, item, metadata
from tests import tiny
from tests.chain import chain, opened
from wsgi import create_app, km

DERIVED = ("manifest", "cursor", "search_statistics", "search_version")
QUERIES = ("", "훈민정음", "訓民正音", "지도", "map", "세종", "김홍도", "조선")
LEDGER = {"run", "window"}


class World(NamedTuple):
    """A tiny sample that is served, and an installation that holds all of it."""

    base: str
    sample: Path
    data: Path
    memory: Memory


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("world")
    tiny.build(folder / "sample")
    with tiny.served(folder / "sample") as base:
        chain(base, folder / "data")
        memory = opened(folder / "data")
        yield World(base, folder / "sample", folder / "data", memory)
        memory.close()


@pytest.fixture(scope="module")
def client(world: World) -> FlaskClient:
    return create_app(world.memory.settings).test_client()


def harvest_all(world: World, *, full: bool = False) -> list[ledger.Run]:
    with world.memory.database.read() as conn:
        known = [source.id for source in sources.every(conn)]
    return [run.harvest(world.memory, name, full=full) for name in known]


def catch_up(world: World) -> int:
    return refresh.refresh(world.memory, presenter_of(world.memory.settings))


def row_counts(memory: Memory) -> dict[str, int]:
    with memory.database.read() as conn:
        return {
            table.name: conn.execute(select(func.count()).select_from(table)).scalar_one()
            for table in metadata.sorted_tables
        }


def contents(memory: Memory) -> dict[str, list[tuple[object, ...]]]:
    with memory.database.read() as conn:
        return {
            table.name: [tuple(row) for row in conn.execute(select(table))]
            for table in metadata.sorted_tables
            if table.name not in LEDGER
        }


def grown(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    return {name: after[name] - before[name] for name in after if after[name] != before[name]}


def check_sums(world: World) -> None:
    """Hold the counters, the command line and the rows against each other."""
    with world.memory.database.read() as conn:
        for row in status.of_all(conn):
            counted: dict[str, int] = dict(
                conn.execute(
                    select(identity.c.state, func.count())
                    .where(identity.c.source == row.source)
                    .group_by(identity.c.state)
                ).all()
            )
            distinct = select(record.c.local_id).where(record.c.source == row.source).distinct().subquery()
            assert row.sums_hold
            assert (
                row.known
                == sum(counted.values())
                == conn.execute(select(func.count()).select_from(distinct)).scalar_one()
            )
            assert (row.live, row.deleted, row.parked) == tuple(
                counted.get(state, 0) for state in ("live", "deleted", "parked")
            )
            live = conn.execute(
                select(func.count())
                .select_from(item)
                .where(item.c.source == row.source, item.c.state == "live")
            ).scalar_one()
            assert live == row.live


def test_the_sums_hold_after_every_run_on_page_and_command_line(world: World, client: FlaskClient) -> None:
    for full in (False, False, True):
        harvest_all(world, full=full)
        check_sums(world)
    os.environ["KM_DATA"] = str(world.data)
    try:
        shown = CliRunner().invoke(km, ["status"])
    finally:
        del os.environ["KM_DATA"]
    assert shown.exit_code == 0 and "sums do not hold" not in shown.output
    with world.memory.database.read() as conn:
        for row in status.of_all(conn):
            page = client.get(f"/institutions/{row.provider}").text
            assert f"{row.known} = {row.live} + {row.deleted} + {row.parked}" in " ".join(page.split())


def test_what_was_set_aside_is_named_with_reason_and_bytes(world: World) -> None:
    with world.memory.database.read() as conn:
        aside = status.set_aside(conn)
        assert {row.kind for row in aside} == {"parked", "quarantined"}
        for row in aside:
            assert row.reason and status.raw_of(conn, row.source, row.local_id)


def test_an_unchanged_harvest_writes_nothing_but_its_ledger(world: World) -> None:
    catch_up(world)
    before, held = row_counts(world.memory), contents(world.memory)
    summaries = harvest_all(world) + harvest_all(world, full=True)
    assert catch_up(world) == 0
    assert contents(world.memory) == held
    assert set(grown(before, row_counts(world.memory))) == LEDGER
    assert sum(summary.counts["unchanged"] for summary in summaries) >= 20
    assert not any(summary.counts["new"] or summary.counts["changed"] for summary in summaries)


def test_one_changed_record_is_one_item_one_change_one_document_one_manifest(world: World) -> None:
    catch_up(world)
    with world.memory.database.read() as conn:
        kept = {row.source.id: row for row in harvest_demo._files(world.base)}
        found = next(
            stored
            for stored in items.newest(conn, 100)
            if stored.item.source == "sample-library" and stored.item.local_id.endswith("L001")
        )
    assert "sample-library" in kept
    before = row_counts(world.memory)
    documents, manifests = dict(world.memory.engine.digests()), kept_manifests(world)
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    tiny.override(world.sample, {found.item.local_id: {"title": "고친 제목", "datestamp": now}})
    summaries = harvest_all(world)
    catch_up(world)
    after = dict(world.memory.engine.digests())
    assert sum(summary.counts["changed"] for summary in summaries) == 1
    assert grown(before, row_counts(world.memory)) == {
        "run": 4,
        "window": grown(before, row_counts(world.memory))["window"],
        "record_version": 1,
        "payload": 1,
        "change": 1,
    }
    assert {name for name in after if after[name] != documents.get(name)} == {found.item.id}
    kept_now = kept_manifests(world)
    assert {name for name in kept_now if kept_now[name] != manifests.get(name)} == {found.item.id}


def kept_manifests(world: World) -> dict[str, str]:
    with world.memory.database.read() as conn:
        table = metadata.tables["manifest"]
        return {row.item: row.basis for row in conn.execute(select(table.c.item, table.c.basis))}


def seen(world: World, client: FlaskClient) -> dict[str, object]:
    """Give everything that the public sees: results, manifests, pages, machine descriptions."""
    found: dict[str, object] = {}
    for words in QUERIES:
        found[words] = world.memory.engine.search(parse({"q": [words]}))
    with world.memory.database.read() as conn:
        ids = list(items.iter_ids(conn))
    for item_id in ids:
        for path in (
            f"/items/{item_id}",
            f"/items/{item_id}?lang=en",
            f"/items/{item_id}.ttl",
            f"/iiif/{item_id}/manifest.json",
        ):
            answer = client.get(path)
            found[path] = (answer.status_code, answer.data)
    return found


def test_rebuilding_everything_moves_nothing(world: World, client: FlaskClient) -> None:
    catch_up(world)
    rebuild_index(world.memory)  # counts what the ranking knows of the collection, as the rebuild below does
    time.sleep(PATIENCE)  # until this process looks whether that moved
    precious = {name: rows for name, rows in contents(world.memory).items() if name not in DERIVED}
    before = seen(world, client)
    os.environ["KM_DATA"] = str(world.data)
    try:
        done = CliRunner().invoke(km, ["rebuild", "all"])
    finally:
        del os.environ["KM_DATA"]
    assert done.exit_code == 0, done.output
    after = seen(world, client)
    assert {path for path in before if before[path] != after[path]} == set()
    assert {name: rows for name, rows in contents(world.memory).items() if name not in DERIVED} == precious
    assert refresh.compare(world.memory) == refresh.Difference([], [], [])


def test_the_samples_can_be_taken_away_whole(world: World) -> None:
    harvest_demo.remove(world.memory, curation_demo.remove_demo, lambda _memory: catch_up(world))
    left = {name for name, number in row_counts(world.memory).items() if number}
    assert left <= {"feed", "change", "cursor", "audit", "revocation", "search_statistics", "search_version"}
    assert world.memory.engine.count() == 0
    assert not [path for path in (world.data / "files").rglob("*") if path.is_file()]
    with world.memory.database.read() as conn:
        assert changes.head(conn) > 0
