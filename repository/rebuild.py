"""The index built anew beside the live one, in several processes, and put in its place when it finds as much.

The items are divided into parts. A part that stands is used again by a rebuild that follows one that was killed;
all changes since the first of them began are read afterwards, so nothing of it is outdated. The live index
answers throughout. The generation before is kept, and `go_back` undoes the swap.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from itertools import islice

import msgspec

from repository import changes, items, rebuild_checks, rebuild_workers, search_statistics
from repository.documents import documents
from repository.errors import StoreError
from repository.index_feed import generation_of, position, settle
from repository.memory import Memory
from repository.search import statistics, tokens
from repository.search.engine import Rebuild
from repository.search.parts import Beside, InParts
from repository.shapes import Shape

PART = 60_000  # items, at most
FEWEST_PARTS, SMALLEST = 16, 2_000
SMALL = 5_000  # items that are not worth another process
BATCH = 500
_PLAN = "plan.json"
Progress = Callable[[int], None]


class Plan(msgspec.Struct, frozen=True):
    """What is built: the newest change when the items were listed, and their ids by part, apart by spaces."""

    head: int
    parts: list[str]

    @property
    def items(self) -> int:
        """How many items."""
        return sum(part.count(" ") + 1 for part in self.parts)


class Rebuilt(msgspec.Struct, frozen=True):
    """What a rebuild did: items read, of them in parts that an earlier one left, and what finds less now."""

    items: int
    found: int = 0
    generation: str = ""
    falls: list[rebuild_checks.Fall] = []


_PLANS = Shape(Plan)


def rebuild_index(
    memory: Memory,
    progress: Progress = lambda _: None,
    *,
    processes: int = 0,
    force: bool = False,
    anew: bool = False,
) -> Rebuilt:
    """Build the index anew and swap it in; `processes` 0 means one for each core, `anew` forgets what is left.

    Raises StoreError where another rebuild runs, or where the new index finds less and it is not forced: then
    the parts stay, and the next rebuild only compares again.
    """
    engine = memory.engine
    if not isinstance(engine, InParts):
        return _whole(memory, progress)
    beside = engine.beside()
    with beside.alone():
        plan = _plan(memory, beside, anew)
        found = _build(memory, beside, plan, processes or os.cpu_count() or 1, progress)
        generation = beside.join()
        falls = rebuild_checks.falls(
            rebuild_checks.saved(memory.settings.data_path), engine.search, beside.search
        )
        if falls and not force:
            raise rebuild_checks.refused(falls)
        counted = _counted(beside)
        with memory.database.write() as tx:
            settle(tx.conn, generation, plan.head, live=False)
        beside.swap()
        with memory.database.write() as tx:
            settle(tx.conn, generation, position(tx.conn, generation))
            search_statistics.save(tx, generation, counted)
    return Rebuilt(plan.items, found, generation, falls)


def _counted(beside: Beside) -> bytes:
    """Add up what was counted of the parts."""
    numbers = sorted(beside.standing())
    parts = (statistics.from_bytes(beside.counted(number).read_bytes()) for number in numbers)
    return statistics.to_bytes(statistics.merge(parts))


def items_of(memory: Memory) -> int:
    """Give how many items a rebuild reads, for a bar of progress."""
    with memory.database.read() as conn:
        return sum(1 for _ in items.iter_ids(conn))


def _plan(memory: Memory, beside: Beside, anew: bool) -> Plan:
    """Give the plan that an earlier rebuild left, or a new one with no parts standing."""
    kept = beside.folder / _PLAN
    if not anew and kept.is_file():
        try:
            return _PLANS.read(kept.read_bytes())
        except msgspec.DecodeError:
            pass  # a plan is written whole: this is another one's, or a damaged disk's
    beside.forget()
    with memory.database.read() as conn:
        head, ids = changes.head(conn), items.iter_ids(conn)
        pieces = [" ".join(piece) for piece in iter(lambda: list(islice(ids, SMALLEST)), [])]
    of_each = min(max(1, len(pieces) // FEWEST_PARTS), PART // SMALLEST)
    parts = [" ".join(pieces[start : start + of_each]) for start in range(0, len(pieces), of_each)]
    plan = Plan(head, parts)
    beside.folder.mkdir(parents=True)
    staged = kept.with_name(f"{_PLAN}.new")
    with staged.open("wb") as file:
        file.write(msgspec.json.encode(plan))
        file.flush()
        os.fsync(file.fileno())
    staged.replace(kept)
    return plan


def _build(memory: Memory, beside: Beside, plan: Plan, processes: int, progress: Progress) -> int:
    """Build the parts that do not stand; gives how many items stood in parts already."""
    for left in beside.folder.glob("part-*.*"):  # of processes that were killed
        shutil.rmtree(left, ignore_errors=True)
    standing = beside.standing()
    wanted = [(n, part.split()) for n, part in enumerate(plan.parts) if n not in standing]
    found = plan.items - sum(len(ids) for _n, ids in wanted)
    progress(found)
    if sum(len(ids) for _n, ids in wanted) <= SMALL or processes == 1:
        for number, ids in wanted:
            rebuild_workers.build_part(memory, beside, number, ids, progress)
    else:
        rebuild_workers.build_parts(memory.settings, wanted, processes, progress)
    return found


def _whole(memory: Memory, progress: Progress) -> Rebuilt:
    """Build the index of an engine that knows no parts, in this process."""
    with memory.database.read() as conn:
        head, ids = changes.head(conn), list(items.iter_ids(conn))
    with memory.engine.rebuild() as beside:
        counted = statistics.count_tokens(_written(memory, beside, ids, progress))
    generation = generation_of(memory)
    with memory.database.write() as tx:
        settle(tx.conn, generation, head)
        search_statistics.save(tx, generation, statistics.to_bytes(counted))
    return Rebuilt(len(ids), generation=generation)


def _written(memory: Memory, beside: Rebuild, ids: list[str], progress: Progress) -> Iterator[tokens.Tokens]:
    for start in range(0, len(ids), BATCH):
        with memory.database.read() as conn:
            kept, _gone = documents(conn, ids[start : start + BATCH])
        beside.put(kept)
        yield from map(tokens.analysed, kept)
        progress(len(ids[start : start + BATCH]))


def go_back(memory: Memory) -> str:
    """Put the generation before the live one in its place again; gives its name.

    The feed goes on for it where it had been left. Raises StoreError where there is none.
    """
    engine = memory.engine
    if not isinstance(engine, InParts):
        raise StoreError(
            "index_no_previous", "되돌릴 앞선 색인이 없습니다.", "this engine keeps no index before"
        )
    generation = engine.back()
    with memory.database.write() as tx:
        settle(tx.conn, generation, position(tx.conn, generation))
        search_statistics.again(tx, generation)
    return generation
