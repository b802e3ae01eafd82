"""The processes of a rebuild: each takes part after part, reads its items, and writes their documents.

A worker whose rebuild was killed sees at its next batch that it has another parent, and ends; what it had
written of its part is nobody's. A part stands only when all of it is written.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Any

from repository.documents import documents
from repository.errors import StoreError
from repository.memory import Memory, open_memory
from repository.search import statistics, tokens
from repository.search.parts import Beside, InParts, Part
from repository.settings import Settings

BATCH = 1000
LOOK = 0.5  # seconds between two looks at how far the workers are
_SPAWN = get_context("spawn")
Progress = Callable[[int], None]


def build_part(memory: Memory, beside: Beside, number: int, ids: Sequence[str], done: Progress) -> None:
    """Write one part, the documents of some items as the database has them now, and beside it what was counted."""
    with beside.part(number) as part:
        counted = statistics.count_tokens(_written(memory, part, ids, done))
        beside.counted(number).write_bytes(statistics.to_bytes(counted))


def _written(memory: Memory, part: Part, ids: Sequence[str], done: Progress) -> Iterator[tokens.Tokens]:
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        with memory.database.read() as conn:
            kept, _gone = documents(conn, memory.blobs, batch)
        for document in kept:
            found = tokens.analysed(document)
            part.add(document, found)
            yield found
        done(len(batch))


def build_parts(
    settings: Settings, parts: Sequence[tuple[int, Sequence[str]]], processes: int, progress: Progress
) -> None:
    """Build parts in processes of their own. Raises StoreError where one of them ends before its work."""
    counter = _SPAWN.Value("q", 0)
    waiting, told = list(parts)[::-1], 0
    with _workers(settings, min(processes, len(parts)), counter) as pipes:
        busy = {pipe for pipe in pipes if _next(pipe, waiting)}
        while busy:
            for pipe in wait(list(busy), LOOK):
                assert isinstance(pipe, Connection)
                _hear(pipe)
                if not _next(pipe, waiting):
                    busy.discard(pipe)
            progress(counter.value - told)
            told = counter.value


def _next(pipe: Connection, waiting: list[tuple[int, Sequence[str]]]) -> bool:
    if not waiting:
        return False
    pipe.send(waiting.pop())
    return True


def _hear(pipe: Connection) -> None:
    """Hear of a part that stands. Raises StoreError where the worker met one, or is gone."""
    try:
        fault = pipe.recv()
    except (EOFError, OSError) as error:
        raise StoreError(
            "index_rebuild_broken",
            "색인을 만들던 프로세스가 도중에 끝났습니다. 다시 하면 끝난 부분은 그대로 쓰고 이어 만듭니다.",
            "a process of the rebuild ended early; run it again: the parts that are finished will be used",
        ) from error
    if fault is not None:
        raise StoreError(*fault)


@contextmanager
def _workers(settings: Settings, count: int, counter: Any) -> Iterator[list[Connection]]:
    pipes: list[Connection] = []
    processes: list[SpawnProcess] = []
    try:
        for _ in range(count):
            here, there = _SPAWN.Pipe()
            process = _SPAWN.Process(target=_work, args=(settings, there, counter), daemon=True)
            process.start()
            there.close()
            pipes.append(here)
            processes.append(process)
        yield pipes
    finally:
        for pipe in pipes:
            pipe.close()
        for process in processes:
            process.terminate()
            process.join()


def _work(settings: Settings, pipe: Connection, counter: Any) -> None:
    """Take parts until there are no more; collecting garbage is of no use here, and costs a fifth of the time."""
    gc.disable()
    parent = os.getppid()
    memory = open_memory(settings)
    engine = memory.engine
    assert isinstance(engine, InParts)

    def done(by: int) -> None:
        with counter.get_lock():
            counter.value += by
        if os.getppid() != parent:
            raise SystemExit(1)

    while True:
        try:
            number, ids = pipe.recv()
        except EOFError:
            return
        try:
            build_part(memory, engine.beside(), number, ids, done)
        except StoreError as error:
            pipe.send((error.code, error.ko, error.en))
            return
        gc.collect(0)  # what is new since the last part; all that is remembered need not be walked
        pipe.send(None)
