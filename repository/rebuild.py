"""The index built anew beside the live one, in several processes, and put in its place when it finds as much.

The items are divided into parts. A part that stands is used again by a rebuild that follows one that was killed;
all changes since the first of them began are read afterwards, so nothing of it is outdated. The live index
answers throughout. The generation before is kept, and `go_back` undoes the swap.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import islice
from math import ceil

import msgspec

from repository import changes, items, rebuild_checks, rebuild_workers, search_statistics
from repository.index_feed import position, settle
from repository.memory import Memory
from repository.search import statistics
from repository.search.parts import Beside, InParts, write_whole
from repository.shapes import Shape

PART = 60_000  # items, at most
FEWEST_PARTS, SMALLEST = 16, 2_000
SMALL = 5_000  # items that are not worth another process
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
    assert isinstance(engine, InParts)
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


def part_size(count: int) -> int:
    """Give of how many items a part is: so many that every core gets as many parts, as far as they go."""
    cores = os.cpu_count() or 1
    rounds = ceil(max(FEWEST_PARTS, ceil(count / PART)) / cores)
    return max(1, ceil(count / (rounds * cores) / SMALLEST)) * SMALLEST


def _plan(memory: Memory, beside: Beside, anew: bool) -> Plan:
    """Give the plan that an earlier rebuild left, or a new one with no parts standing."""
    if anew or _kept_plan(beside) is None:
        beside.forget()
    beside.begin()
    if (kept := _kept_plan(beside)) is not None:
        return kept
    with memory.database.read() as conn:
        head, ids = changes.head(conn), items.iter_ids(conn)
        pieces = [" ".join(piece) for piece in iter(lambda: list(islice(ids, SMALLEST)), [])]
    of_each = part_size(len(pieces) * SMALLEST) // SMALLEST
    parts = [" ".join(pieces[start : start + of_each]) for start in range(0, len(pieces), of_each)]
    plan = Plan(head, parts)
    write_whole(beside.folder / _PLAN, msgspec.json.encode(plan))
    return plan


def _kept_plan(beside: Beside) -> Plan | None:
    try:
        return _PLANS.read((beside.folder / _PLAN).read_bytes())
    except (FileNotFoundError, msgspec.DecodeError):  # it is written whole: a damaged disk's
        return None


def _build(memory: Memory, beside: Beside, plan: Plan, processes: int, progress: Progress) -> int:
    """Build the parts that do not stand; gives how many items stood in parts already."""

    def told(done: int) -> None:
        beside.renew()
        progress(done)

    standing = beside.standing()
    wanted = [(n, part.split()) for n, part in enumerate(plan.parts) if n not in standing]
    found = plan.items - sum(len(ids) for _n, ids in wanted)
    progress(found)
    if sum(len(ids) for _n, ids in wanted) <= SMALL or processes == 1:
        for number, ids in wanted:
            rebuild_workers.build_part(memory, beside, number, ids, told)
    else:
        rebuild_workers.build_parts(memory.settings, wanted, processes, told)
    return found


def go_back(memory: Memory) -> str:
    """Put the generation before the live one in its place again; gives its name.

    The feed goes on for it where it had been left. Raises StoreError where there is none.
    """
    engine = memory.engine
    assert isinstance(engine, InParts)
    generation = engine.back()
    with memory.database.write() as tx:
        settle(tx.conn, generation, position(tx.conn, generation))
        search_statistics.again(tx, generation)
    return generation
