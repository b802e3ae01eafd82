"""What is particular to the index on disk: deaths, other processes, damage, versions."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from repository.errors import StoreError
from repository.search import embedded_schema
from repository.search.embedded import EmbeddedEngine
from repository.search.embedded_schema import BLOCK, LISTED
from repository.search.generations import Generations
from repository.search.query import Query
from repository.search.tokens import analysed
from tests.repository.search.samples import document, item

ROOT = Path(__file__).resolve().parents[3]
BATCH = 25
WRITER = """
import sys
from pathlib import Path
from repository.search.embedded import EmbeddedEngine
from tests.repository.search.samples import document, item
engine, first, last, how = EmbeddedEngine(Path(sys.argv[1])), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
batches = [[document(item(str(n), f"책 {n}")) for n in range(at, at + 25)] for at in range(first, last, 25)]
sys.stdout.write("ready\\n"); sys.stdout.flush()
if how == "rebuild":
    with engine.rebuild() as beside:
        for batch in batches: beside.put(batch)
else:
    for batch in batches: engine.put(batch)
"""


def writer(folder: Path, first: int, last: int, how: str = "put") -> subprocess.Popen[str]:
    """Start another process that writes books, and wait until it does."""
    command = [sys.executable, "-c", WRITER, str(folder), str(first), str(last), how]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def reap(process: subprocess.Popen[str]) -> int:
    """Wait for a process and close its pipe."""
    code = process.wait(60)
    assert process.stdout is not None
    process.stdout.close()
    return code


def test_kill_9_during_writing_leaves_whole_batches_and_a_free_index(tmp_path: Path) -> None:
    seed = random.randrange(2**32)
    chance = random.Random(seed)
    engine = EmbeddedEngine(tmp_path)
    for _round in range(6):
        process = writer(tmp_path, 0, 1500)
        time.sleep(chance.uniform(0.0, 0.4))
        os.kill(process.pid, signal.SIGKILL)
        reap(process)
        assert engine.count() % BATCH == 0, f"seed {seed}"
        assert engine.search(Query("책")).total == engine.count(), f"seed {seed}"
    assert reap(writer(tmp_path, 0, 1500)) == 0
    assert engine.count() == 1500
    assert len(dict(engine.digests())) == 1500


def test_kill_9_during_a_rebuild_keeps_the_live_index_and_the_next_one_clears_up(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path)
    engine.put([document(item("live", "살아 있는 책"))])
    process = writer(tmp_path, 0, 5000, "rebuild")
    time.sleep(0.3)
    os.kill(process.pid, signal.SIGKILL)
    reap(process)
    assert engine.search(Query("살아")).total == 1
    assert len(list(tmp_path.glob("g*"))) == 2
    assert reap(writer(tmp_path, 0, 100, "rebuild")) == 0
    assert engine.count() == 100
    assert len(list(tmp_path.glob("g*"))) == 2  # the live one and the one before it


def test_two_processes_write_and_a_third_reads(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path)
    engine.put([document(item("first", "첫 책"))])
    processes = [writer(tmp_path, 0, 300), writer(tmp_path, 300, 600)]
    counts = []
    while any(process.poll() is None for process in processes):
        counts.append(engine.count())
        time.sleep(0.02)
    assert [reap(process) for process in processes] == [0, 0]
    assert counts == sorted(counts)
    assert engine.count() == 601


def test_only_one_rebuild_runs(tmp_path: Path) -> None:
    engine, other = EmbeddedEngine(tmp_path), EmbeddedEngine(tmp_path)
    with engine.rebuild(), pytest.raises(StoreError) as refused, other.rebuild():
        pass
    assert refused.value.code == "index_rebuild_running"


def test_files_of_no_use_are_deleted(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path)
    for round_ in range(30):
        engine.put([document(item(str(n), f"책 {n} {round_}")) for n in range(20)])
    (generation,) = tmp_path.glob("g*")
    live = len(list(generation.glob("*.store")))
    assert live < 20


def blocks(folder: Path) -> list[int]:
    """Give the size of blocks that each index in a folder says it makes."""
    lists = (json.loads(path.read_bytes()) for path in folder.glob(f"g*/{LISTED}"))
    return [one["index_settings"]["docstore_blocksize"] for one in lists]


@pytest.mark.parametrize("first", [BLOCK, 16_384])
def test_what_is_kept_is_packed_in_small_blocks_whatever_parts_had(
    tmp_path: Path, first: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = EmbeddedEngine(tmp_path)
    engine.put([document(item("one", "책"))])
    assert blocks(tmp_path) == [BLOCK]
    beside = engine.beside()
    with beside.alone():
        beside.begin()
        for number, size in enumerate((first, BLOCK)):
            monkeypatch.setattr(embedded_schema, "BLOCK", size)
            made = document(item(str(number), f"지도 {number}"))
            with beside.part(number) as part:
                part.add(made, analysed(made))
        beside.join()
        beside.swap()
    assert set(blocks(tmp_path)) == {BLOCK}
    engine.put([document(item("two", "지도 2"))])
    assert engine.search(Query("지도")).total == 3


def _remove(name: str) -> Callable[[Path, Path], None]:
    def remove(_folder: Path, generation: Path) -> None:
        for path in generation.glob(name):
            path.unlink()

    return remove


DAMAGE: dict[str, Callable[[Path, Path], object]] = {
    "list of segments gone": lambda _folder, generation: (generation / "meta.json").unlink(),
    "list of segments broken": lambda _folder, generation: (generation / "meta.json").write_text("{broken"),
    "segments cut": lambda _folder, generation: [
        path.write_bytes(path.read_bytes()[:10]) for path in generation.glob("*.term")
    ],
    "segments zeroed": lambda _folder, generation: [
        path.write_bytes(bytes(path.stat().st_size)) for path in generation.glob("*.store")
    ],
    "segments gone": _remove("*.idx"),
    "pointer outside": lambda folder, _generation: (folder / "current").write_text("../elsewhere"),
    "pointer binary": lambda folder, _generation: (folder / "current").write_bytes(b"\xff\x00"),
    "generation gone": lambda _folder, generation: shutil.rmtree(generation),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_index_says_so_and_a_rebuild_mends_it(tmp_path: Path, damage: str) -> None:
    EmbeddedEngine(tmp_path).put([document(item("one", "책"))])
    (generation,) = tmp_path.glob("g*")
    DAMAGE[damage](tmp_path, generation)
    engine = EmbeddedEngine(tmp_path)
    for attempt in (
        lambda: engine.search(Query("책")),
        engine.count,
        lambda: engine.put([document(item("two"))]),
    ):
        with pytest.raises(StoreError) as refused:
            attempt()
        assert refused.value.code == "index_unreadable"
        assert "km rebuild index" in refused.value.text("ko")
    assert engine.health().state == "unreadable"
    with engine.rebuild() as beside:
        beside.put([document(item("one", "책"))])
    assert engine.search(Query("책")).total == 1
    assert engine.health().state == "ok"


def test_an_index_of_another_version_asks_for_a_rebuild(tmp_path: Path) -> None:
    EmbeddedEngine(tmp_path).put([document(item("one", "책"))])
    (generation,) = tmp_path.glob("g*")
    generation.rename(tmp_path / "g000001-v0.1")
    (tmp_path / "current").write_text("g000001-v0.1")
    engine = EmbeddedEngine(tmp_path)
    with pytest.raises(StoreError) as refused:
        engine.search(Query("책"))
    assert refused.value.code == "index_outdated"
    assert engine.health().state == "outdated"
    with engine.rebuild() as beside:
        beside.put([document(item("one", "책"))])
    assert engine.health().state == "ok"


def test_a_writer_that_waits_too_long_gives_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("repository.search.generations.PATIENCE", 0.05)
    engine = EmbeddedEngine(tmp_path)
    with Generations(tmp_path, "any").writing(), pytest.raises(StoreError) as refused:
        engine.put([document(item("one"))])
    assert refused.value.code == "index_busy"


def test_the_index_holds_no_text_of_the_original(tmp_path: Path) -> None:
    secret = "지워야할사람이름"
    engine = EmbeddedEngine(tmp_path)
    engine.put([document(item("one", "책", notes=(secret,)))])
    engine.drop([item("one").id])
    engine.put([document(item("two", "다른 책"))])
    assert engine.search(Query(secret)).total == 0
