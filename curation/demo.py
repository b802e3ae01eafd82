"""The demonstration's part of curation: three topic collections and one release of the data set `sample`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from curation import collection_store
from curation.collection_file import read_file
from curation.collection_store import CollectionRefused
from curation.collections import Collection
from curation.release import plans, releases
from curation.release.build import build
from curation.release.freeze import freeze, survey
from curation.release.plans import Plan
from curation.release.publish import publish, refresh, remove
from curation.release.releases import ReleaseState
from curation.release.terms import SAMPLE_NAME, Terms, next_patch
from repository import institutions
from repository.memory import Memory

FOLDER = Path(__file__).parent / "sample"
BY = "demo"
FIRST = "1.0.0"
SHARD_BYTES = 4 << 20  # small, so that the demonstration shows several shards


class Summary(msgspec.Struct, frozen=True):
    """What was done: each collection with the errors that kept it back, and the release that stands open."""

    collections: dict[str, list[str]]
    release: str
    works: int
    files: int
    refused: int
    recalled: int


def run(memory: Memory, progress: Callable[[int], None] = lambda _: None) -> Summary:
    """Publish the sample collections and the release; where nothing changed, nothing is written."""
    shown = {}
    for collection in samples():
        shown[collection.slug] = _show(memory, collection)
        progress(1)
    plan = _release(memory)
    recalled = refresh(memory)
    progress(1)
    if plan is None:
        return Summary(shown, "", 0, 0, 0, recalled)
    counts = plan.counts
    name = f"{plan.name} {plan.version}"
    return Summary(shown, name, counts.works, counts.files, counts.refused_works, recalled)


def run_demo(memory: Memory) -> dict[str, object]:
    """Do the same and give the summary as plain data."""
    return msgspec.structs.asdict(run(memory))


def remove_demo(memory: Memory) -> None:
    """Take the sample collections and the data set of samples away, with their history."""
    with memory.database.write() as tx:
        for collection in samples():
            collection_store.remove(tx, collection.slug)
    remove(memory, SAMPLE_NAME)


def samples() -> list[Collection]:
    """Read the sample collections."""
    return [read_file(path) for path in sorted(FOLDER.glob("*.toml"))]


def _show(memory: Memory, collection: Collection) -> list[str]:
    with memory.database.write() as tx:
        collection_store.save(tx, collection, BY)
    try:
        with memory.database.write() as tx:
            collection_store.publish(tx, collection.slug, BY)
    except CollectionRefused as refused:
        return [found.text("en") for found in refused.findings if found.is_error]
    return []


def _release(memory: Memory) -> Plan | None:
    """Freeze, build and publish what is cleared of the invented institutions, going on where it was left."""
    with memory.database.read() as conn:
        invented = tuple(one.id for one in institutions.every(conn).values() if one.invented)
        known = [plan for plan in plans.of_name(conn, SAMPLE_NAME) if plan.is_frozen]
    terms = Terms(
        title_ko="견본 학습용 데이터",
        title_en="Sample training data",
        institutions=invented,
        shard_bytes=SHARD_BYTES,
    )
    digest, counts = survey(memory, terms)
    if not invented or not counts.works:
        return None
    plan = known[-1] if known else None
    if plan is None or plan.digest != digest:
        plan = freeze(memory, SAMPLE_NAME, next_patch(plan.version) if plan else FIRST, terms)
    if not _is_open(memory, plan):
        build(memory, plan.name, plan.version)
        publish(memory, plan.name, plan.version)
    return plan


def _is_open(memory: Memory, plan: Plan) -> bool:
    with memory.database.read() as conn:
        release = releases.find(conn, plan.name, plan.version)
    return release is not None and release.state is ReleaseState.PUBLISHED
