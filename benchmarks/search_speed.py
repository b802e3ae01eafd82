"""How fast is search over many items: percentiles by kind of question, one at a time and eight at a time.

    python -m benchmarks.search_speed --documents 1220000 --engine tantivy
    python -m benchmarks.search_speed --documents 1220000 --engine elasticsearch --url http://127.0.0.1:9200
    python -m benchmarks.search_speed --documents 1220000 --engine standard --url http://127.0.0.1:9200
    python -m benchmarks.search_speed --documents 1220000 --engine fts5

The last two are peers: Elasticsearch with its own analyser, and SQLite FTS5. All fill themselves with the same
invented documents and answer the same questions, every facet counted each time; the clock is that of the wall.
With `--folder` the index stays there, and a second call with `--kept` measures it without filling it.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from elasticsearch import Elasticsearch

from benchmarks.measure import say
from benchmarks.meter import MB, peak_memory
from benchmarks.search_corpus import documents
from benchmarks.search_peers import Fts5, Plain, size
from benchmarks.search_questions import MIX, questions
from repository.cli_support import progress_bar
from repository.rebuild import part_size
from repository.search import lexicon, statistics, tokens
from repository.search.access import Access
from repository.search.document import SearchDocument
from repository.search.engine import SearchEngine
from repository.search.factory import open_engine
from repository.search.knowledge import Knowledge
from repository.search.parts import InParts, Part
from repository.search.query import Query

PROCESSES, THREADS = 2, 4  # as the site runs
ROUNDS = 2
BATCH = 1000
Answer = Callable[[Query], object]


class Place(NamedTuple):
    """Where an index is: its engine, its folder, and its address where it is a server."""

    engine: str
    folder: Path
    url: str


def answering(place: Place) -> Answer:
    """Open an index for questions."""
    if place.engine == "fts5":
        return Fts5(place.folder / "fts5.sqlite").search
    if place.engine == "standard":
        return Plain(place.url).search
    return _engine(place).search


def _engine(place: Place) -> SearchEngine:
    """Open an engine of ours with what was counted when it was filled, and the names that are shipped."""
    file = place.folder / "statistics"
    counted = statistics.from_bytes(file.read_bytes()) if file.exists() else statistics.UNCOUNTED
    names = lexicon.Lexicon(lexicon.shipped())
    knowledge = Knowledge(lambda: names, lambda: counted)
    return open_engine(place.url or "tantivy", place.folder / "index", knowledge)


def fill(place: Place, count: int) -> None:
    """Fill an index anew."""
    with progress_bar("documents") as advance:
        made = _told(documents(0, count), advance)
        if place.engine == "fts5":
            Fts5(place.folder / "fts5.sqlite").fill(made)
        elif place.engine == "standard":
            Plain(place.url).fill(made)
        else:
            _fill_parts(place, count, advance)


def _fill_parts(place: Place, count: int, advance: Callable[[int], None]) -> None:
    """Fill an engine of ours as its rebuild does: in parts, by as many processes as there are cores."""
    engine = _engine(place)
    assert isinstance(engine, InParts)
    beside = engine.beside()
    beside.forget()
    with beside.alone(), get_context("spawn").Pool(os.cpu_count()) as pool:
        beside.begin()
        each = part_size(count)
        parts = [
            (place, number, start, min(start + each, count))
            for number, start in enumerate(range(0, count, each))
        ]
        for written in pool.imap_unordered(_part, parts):
            advance(written)
        beside.join()
        counted = [statistics.from_bytes(beside.counted(number).read_bytes()) for number in range(len(parts))]
        (place.folder / "statistics").write_bytes(statistics.to_bytes(statistics.merge(counted)))
        beside.swap()


def _part(wanted: tuple[Place, int, int, int]) -> int:
    place, number, start, end = wanted
    engine = _engine(place)
    assert isinstance(engine, InParts)
    gc.disable()  # as the processes of a rebuild do
    beside = engine.beside()
    with beside.part(number) as part:
        counted = statistics.count_tokens(_written(part, start, end))
        beside.counted(number).write_bytes(statistics.to_bytes(counted))
    gc.collect(0)
    return end - start


def _written(part: Part, start: int, end: int) -> Iterator[tokens.Tokens]:
    for one in documents(start, end):
        found = tokens.analysed(one)
        part.add(one, found)
        yield found


def _told(made: Iterator[SearchDocument], advance: Callable[[int], None]) -> Iterator[SearchDocument]:
    for number, one in enumerate(made, start=1):
        yield one
        if number % BATCH == 0:
            advance(BATCH)


def one_at_a_time(place: Place) -> dict[str, list[float]]:
    """Ask all questions in turn, after a round for warming; gives seconds by kind."""
    answer, asked = answering(place), questions()
    for _, query in asked:
        answer(query)
    taken: dict[str, list[float]] = {kind: [] for kind in MIX}
    for _ in range(ROUNDS):
        for kind, query in asked:
            taken[kind].append(_timed(answer, query))
    return taken


def _timed(answer: Answer, query: Query) -> float:
    began = time.perf_counter()
    answer(query)
    return time.perf_counter() - began


def at_once(place: Place) -> list[float]:
    """Ask from two processes with four threads each, as the site's workers do; gives seconds."""
    with get_context("spawn").Pool(PROCESSES) as pool:
        parts = pool.starmap(_threads, [(place, seed) for seed in range(PROCESSES)], chunksize=1)
    return [seconds for part in parts for seconds in part]


def _threads(place: Place, seed: int) -> list[float]:
    """Ask from the threads of one process, which share what it has open, after a round for warming."""
    answer, asked = answering(place), [query for _, query in questions()]
    for query in asked:
        answer(query)
    random.Random(seed).shuffle(asked)

    def ask(share: Sequence[Query]) -> list[float]:
        return [_timed(answer, query) for _ in range(ROUNDS) for query in share]

    with ThreadPoolExecutor(THREADS) as pool:
        taken = pool.map(ask, [asked[thread::THREADS] for thread in range(THREADS)])
        return [seconds for share in taken for seconds in share]


def _percentile(taken: Sequence[float], share: float) -> float:
    return sorted(taken)[min(int(len(taken) * share), len(taken) - 1)] * 1000


def _row(name: str, taken: Sequence[float]) -> None:
    shown = (_percentile(taken, share) for share in (0.5, 0.95, 1.0))
    say(f"| {name} | {' | '.join(f'{milliseconds:.1f}' for milliseconds in shown)} |")


def _work_anew(url: str) -> None:
    """Have the server count what it counted before: the same questions come again and again here."""
    with Elasticsearch(url) as client:
        client.indices.put_settings(index="_all", settings={"index.requests.cache.enable": False})


def _size(place: Place) -> float:
    if place.engine == "standard":
        return Plain(place.url).size() / MB
    if place.url:
        with Elasticsearch(place.url) as client:
            return size(client, f"{Access().index}-*") / MB
    return sum(file.stat().st_size for file in place.folder.rglob("*") if file.is_file()) / MB


def measure(place: Place, count: int, *, kept: bool, only_fill: bool) -> None:
    """Fill, ask, and write the table."""
    if not kept:
        began = time.perf_counter()
        fill(place, count)
        seconds = time.perf_counter() - began
        say(f"filled with {count:,} documents in {seconds:.0f} s ({count / seconds:,.0f} a second)")
    say(f"{_size(place):,.0f} MiB on disk\n")
    if only_fill:
        return
    if place.url:
        _work_anew(place.url)
    say(f"| {place.engine} | p50, ms | p95, ms | longest, ms |\n|---|---:|---:|---:|")
    taken = one_at_a_time(place)
    _row("one at a time", [seconds for times in taken.values() for seconds in times])
    for kind, times in taken.items():
        _row(f"… {kind}", times)
    say(f"(memory of the process that asked: {peak_memory():.0f} MiB at most)")
    _row("eight at a time", at_once(place))


@contextmanager
def _folder(named: str) -> Iterator[Path]:
    if named:
        yield Path(named)
        return
    with tempfile.TemporaryDirectory() as made:
        yield Path(made)


def main() -> None:
    """Measure one engine."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument(
        "--engine", choices=("tantivy", "elasticsearch", "standard", "fts5"), default="tantivy"
    )
    parser.add_argument("--url", default="", help="the address of Elasticsearch")
    parser.add_argument("--folder", default="", help="where the index is kept afterwards")
    parser.add_argument(
        "--kept", action="store_true", help="measure what is kept in the folder or the cluster"
    )
    parser.add_argument("--only-fill", action="store_true", help="fill, to be measured later")
    given = parser.parse_args()
    with _folder(given.folder) as folder:
        place = Place(given.engine, folder, given.url)
        measure(place, given.documents, kept=given.kept, only_fill=given.only_fill)


if __name__ == "__main__":
    main()
