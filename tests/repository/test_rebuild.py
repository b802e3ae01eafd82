"""The rebuild: in parts, by several processes, beside the live index; killed, refused, undone; nothing is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from repository import index_feed, rebuild, rebuild_checks, reconcile, refresh, search_statistics
from repository.changes import Change
from repository.errors import StoreError
from repository.index_feed import follow
from repository.memory import Memory, open_memory
from repository.presentation import presenter_of
from repository.reconcile import Difference
from repository.rights.decision import Answer
from repository.search import analysis, document, statistics, tokens
from repository.search.elastic import ElasticEngine
from repository.search.embedded import EmbeddedEngine
from repository.search.engine import Results
from repository.search.parts import InParts
from repository.search.query import Query
from repository.settings import Settings
from tests.repository import catalogue
from tests.repository.search.conftest import ENGINES
from tests.repository.search.samples import document as sample
from tests.repository.search.samples import item

ROOT = Path(__file__).resolve().parents[2]
SAME = Difference([], [], [])
REBUILD = """
import os, signal, sys
from unittest import mock
from repository import rebuild
from repository.memory import open_memory
from repository.settings import Settings
rebuild.SMALL, rebuild.SMALLEST = 10, 40


def die(*_args, **_named):
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    processes, dies_before, data, search, index = sys.argv[1:]
    if dies_before:
        mock.patch(dies_before, die).start()
    memory = open_memory(Settings(data=data, search=search, search_index=index, search_timeout_seconds=60))
    done = rebuild.rebuild_index(memory, processes=int(processes))
    sys.stdout.write(f"{done.items} {done.found}")
"""


@pytest.fixture(params=ENGINES)
def memory(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Memory]:
    """An empty installation over either engine."""
    monkeypatch.setattr(rebuild, "SMALLEST", 40)
    search, index = "tantivy", "korean-memory"
    if request.param == "elasticsearch":
        search = request.getfixturevalue("elasticsearch_url")
        index = request.getfixturevalue("elasticsearch_index")
    made = opened(tmp_path, search, index)
    yield made
    made.close()


def opened(folder: Path, search: str, index: str) -> Memory:
    """Open an empty installation."""
    settings = Settings(data=str(folder), search=search, search_index=index, search_timeout_seconds=60)
    memory = open_memory(settings)
    memory.database.migrate()
    return memory


def start(memory: Memory, processes: int = 2, dies_before: str = "") -> subprocess.Popen[str]:
    """Start a rebuild in a process of its own, which may die before it calls something."""
    script = memory.settings.data_path / "rebuild_script.py"
    script.write_text(REBUILD, "utf-8")
    own = memory.settings
    command = [
        sys.executable,
        str(script),
        str(processes),
        dies_before,
        own.data,
        own.search,
        own.search_index,
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)


def stop(done: int) -> None:
    """Break off at the first items that are done."""
    if done:
        raise KeyboardInterrupt


def break_off(memory: Memory) -> None:
    """Rebuild until one part stands and the next has begun."""
    calls = iter([0, 0, 1])
    with pytest.raises(KeyboardInterrupt):
        rebuild.rebuild_index(memory, lambda _done: stop(next(calls)), processes=1)


def caught_up(memory: Memory) -> Memory:
    """Follow the feed to its end."""
    while follow(memory):
        pass
    return memory


def total(memory: Memory, text: str = "책") -> int:
    return memory.engine.search(Query(text)).total


def position_of(memory: Memory) -> tuple[int, int]:
    """Give how far the live generation is, and how far it says it is."""
    with memory.database.read() as conn:
        own = index_feed.position(conn, index_feed.generation_of(memory))
        return own, refresh.lags(conn)[0].behind


def test_parts_make_one_index_equal_to_one_that_was_written_at_once(memory: Memory) -> None:
    ids = catalogue.write(memory, map(str, range(300)))
    catalogue.decide(memory, ids[0], Answer.NO)
    seen: list[int] = []
    done = rebuild.rebuild_index(memory, seen.append, processes=1)
    assert (done.items, done.found, sum(seen)) == (300, 0, 300)
    assert memory.engine.count() == 299 == total(memory)
    assert reconcile.compare(memory) == SAME
    parts = dict(memory.engine.digests())
    with memory.engine.rebuild() as beside, memory.database.read() as conn:
        beside.put(refresh.documents(conn, memory.blobs, ids)[0])
    assert dict(memory.engine.digests()) == parts and total(memory) == 299


def test_what_was_counted_is_kept_and_known(memory: Memory) -> None:
    catalogue.write(memory, map(str, range(100)))
    rebuild.rebuild_index(memory, processes=1)
    with memory.database.read() as conn:
        kept = search_statistics.newest(conn)
        held = [one for one, _ in memory.engine.digests()]
        counted = statistics.count(refresh.documents(conn, memory.blobs, held)[0])
    assert kept is not None and statistics.from_bytes(kept) == counted and counted.documents == 100
    again = open_memory(memory.settings)
    assert isinstance(again.engine, EmbeddedEngine | ElasticEngine)
    assert again.engine._knowledge.statistics() == counted
    again.close()


def test_several_processes_build_what_one_does(memory: Memory) -> None:
    catalogue.write(memory, map(str, range(400)))
    process = start(memory)
    output, _ = process.communicate(timeout=120)
    assert (process.returncode, output) == (0, "400 0")
    assert memory.engine.count() == 400 and reconcile.compare(memory) == SAME


def test_kill_9_at_any_moment_leaves_the_live_index_and_the_next_run_ends_equal(memory: Memory) -> None:
    catalogue.write(memory, map(str, range(600)))
    rebuild.rebuild_index(memory, processes=1)
    catalogue.write(memory, map(str, range(600, 640)))
    for moment in (1.5, 2.5, 3.5):
        process = start(memory)
        time.sleep(moment)
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        assert total(memory) in (600, 640)
        follow(memory)
    time.sleep(1.5)  # workers whose parent is gone end at their next batch
    process = start(memory)
    output, _ = process.communicate(timeout=120)
    assert process.returncode == 0 and output.startswith("640 ")
    assert reconcile.compare(caught_up(memory)) == SAME and total(memory) == 640
    assert not list((memory.settings.data_path / "index").glob("beside-*"))


def test_parts_that_stand_are_used_again_and_changes_since_are_read(memory: Memory) -> None:
    catalogue.write(memory, map(str, range(200)))
    with pytest.raises(KeyboardInterrupt):
        rebuild.rebuild_index(memory, stop, processes=1)
    break_off(memory)
    catalogue.write(memory, [str(n) for n in range(200)], title="지도")
    done = rebuild.rebuild_index(memory, processes=1)
    assert (done.items, done.found) == (200, 40)
    assert reconcile.compare(memory).count > 0
    assert reconcile.compare(caught_up(memory)) == SAME and total(memory, "지도") == 200


@pytest.mark.parametrize(
    ("dies_before", "found"),
    [
        ("repository.rebuild.settle", 100),
        ("{beside}.swap", 100),
        ("{beside}.forget", 100),  # that is, right behind the swap
        ("repository.rebuild.search_statistics.save", 0),
    ],
)
def test_kill_9_between_the_steps_of_a_swap_loses_nothing(
    memory: Memory, dies_before: str, found: int
) -> None:
    catalogue.write(memory, map(str, range(60)))
    rebuild.rebuild_index(memory, processes=1)
    catalogue.write(memory, map(str, range(60, 100)))
    break_off(memory)
    assert isinstance(memory.engine, InParts)
    beside = type(memory.engine.beside())
    process = start(memory, 1, dies_before.format(beside=f"{beside.__module__}.{beside.__name__}"))
    process.communicate(timeout=120)
    assert process.returncode == -signal.SIGKILL
    assert total(memory) in (60, 100)
    catalogue.write(memory, map(str, range(100, 110)))
    assert total(caught_up(memory)) == 110
    done = rebuild.rebuild_index(memory, processes=1)
    assert done.found == found
    assert reconcile.compare(caught_up(memory)) == SAME and position_of(memory)[1] == 0
    assert rebuild.go_back(memory) != done.generation
    assert reconcile.compare(caught_up(memory)) == SAME
    assert not list((memory.settings.data_path / "index").glob("beside-*"))
    with memory.database.read() as conn:
        kept = search_statistics.newest(conn)
    assert kept is not None


def test_the_live_index_answers_throughout(memory: Memory) -> None:
    catalogue.write(memory, map(str, range(100)))
    rebuild.rebuild_index(memory, processes=1)
    catalogue.write(memory, map(str, range(100, 200)))
    process, seen = start(memory), []
    while process.poll() is None:
        seen.append(total(memory))
        time.sleep(0.1)
    assert process.communicate()[0] == "200 0"
    assert set(seen) <= {100, 200} and seen[0] == 100 and total(memory) == 200


def test_an_index_that_finds_less_is_not_put_in_place_unless_forced(memory: Memory) -> None:
    ids = catalogue.write(memory, map(str, range(100)), title="훈민정음")
    rebuild.rebuild_index(memory, processes=1)
    with memory.database.write() as tx:
        for one in ids[:30]:
            tx.conn.exec_driver_sql(f"DELETE FROM current_decision WHERE subject = '{one}'")
    with pytest.raises(StoreError) as refused:
        rebuild.rebuild_index(memory, processes=1)
    assert refused.value.code == "index_rebuild_falls" and "100 → 70" in refused.value.ko
    assert total(memory, "훈민정음") == 100
    done = rebuild.rebuild_index(memory, processes=1, force=True)
    assert done.found == 100 and total(memory, "훈민정음") == 70
    assert [(fall.before, fall.now) for fall in done.falls][:2] == [(100, 70), (100, 70)]


def test_one_goes_back_and_forth_and_the_feed_goes_on_for_each(memory: Memory) -> None:
    with pytest.raises(StoreError, match="index_no_previous"):
        rebuild.go_back(memory)
    catalogue.write(memory, map(str, range(30)))
    first = rebuild.rebuild_index(memory, processes=1).generation
    catalogue.write(memory, map(str, range(30, 40)))
    follow(memory)
    second = rebuild.rebuild_index(memory, processes=1).generation
    catalogue.write(memory, map(str, range(40, 50)))
    follow(memory)
    assert rebuild.go_back(memory) == first and total(memory) == 40
    assert position_of(memory)[1] == 10
    assert total(caught_up(memory)) == 50 and position_of(memory)[1] == 0
    assert rebuild.go_back(memory) == second and total(memory) == 50 and reconcile.compare(memory) == SAME


def test_a_change_written_while_generations_change_places_is_not_lost(
    memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue.write(memory, map(str, range(50)))
    follow(memory)
    catalogue.write(memory, ["late"])
    real = index_feed._project

    def swapped_meanwhile(one: Memory, batch: list[Change]) -> None:
        real(one, batch)
        monkeypatch.setattr(index_feed, "_project", real)
        with memory.database.read() as conn:  # as if the rebuild had listed its items before the change
            head = batch[0].number - 1
            assert index_feed.position(conn, index_feed.generation_of(memory)) == head
        rebuild.rebuild_index(memory, processes=1)
        with memory.database.write() as tx:
            index_feed.settle(tx.conn, index_feed.generation_of(memory), head)
            memory.engine.drop([batch[0].item])

    monkeypatch.setattr(index_feed, "_project", swapped_meanwhile)
    follow(memory)
    assert total(memory) == 50
    follow(memory)
    assert total(memory) == 51 and reconcile.compare(memory) == SAME


def test_tokens_are_those_of_the_analyser() -> None:
    texts = ["훈민정음 해례본", "訓民正音", "Hunmin chŏngŭm", "김-1234/甲", "가" * 300, "朝鮮王朝實錄"]
    made = sample(item("one", *texts, notes=tuple(texts), identifiers=("한고朝81-나3398", "Ａ-１")))
    for _ in range(2):
        found = tokens.analysed(made)
        assert found.keys() == {name for name, texts in made.texts.items() if texts}
        for name, forms in found.items():
            field = document.FIELDS[name]
            values = [analysis.analyse(text, field.long, field.forms) for text in made.texts[name]]
            for form, held in forms.items():
                apart = [[token.text for token in getattr(value, form)] for value in values]
                expected = [token for value in apart for token in (document.VALUES_APART, *value)][1:]
                assert [token for token in held if token != document.SENTENCES_APART] == expected, (
                    name,
                    form,
                )


def test_saved_questions_are_compared() -> None:
    old = {"가": 100, "나": 10, "다": 100, "라": 100, "마": 100}
    new = {**old, "가": 80, "나": 0, "다": 95}

    def ask(found: dict[str, int]) -> Callable[[Query], Results]:
        return lambda query: Results(found[query.text], relaxed=query.text == "마")

    falls = rebuild_checks.falls(old, ask(old), ask(new))
    assert [(one.text, one.before, one.now) for one in falls] == [("가", 100, 80)]

    def broken(_query: Query) -> Results:
        raise StoreError("index_unreadable", "", "")

    assert rebuild_checks.falls(old, broken, ask(new)) == []


def test_an_operators_own_questions_are_asked_too(tmp_path: Path) -> None:
    (tmp_path / "saved_queries.txt").write_text("# ours\n대동여지도\n\n" + "가" * 600, "utf-8")
    asked = rebuild_checks.saved(tmp_path)
    assert asked[0] == "" and "대동여지도" in asked and "훈민정음" in asked and len(asked) < 40


def test_the_whole_refresh_is_quiet_when_there_is_nothing_to_do(memory: Memory) -> None:
    catalogue.write(memory, map(str, range(10)))
    presenter = presenter_of(memory.settings)
    assert refresh.refresh(memory, presenter) == 20
    assert refresh.refresh(memory, presenter) == 0
