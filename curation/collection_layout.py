"""How the blocks of a section stand on a page: works shown large by themselves, small ones in pairs and threes.

A curator writes what is large and what is small; the rhythm follows from the order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Generic, TypeVar

from curation.collections import Block, Clip, Compare, Pick, Quote, Timeline

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Row(Generic[T]):
    """Blocks side by side; `turned` says that this row is the mirror of the one of its form before it."""

    form: str
    blocks: tuple[T, ...]
    turned: bool = False


def form_of(block: Pick | Block) -> str:
    """Name the form that a block has by itself: full, large, small, compare, quote, clip or timeline."""
    match block:
        case Pick():
            return block.size
        case Compare():
            return "compare"
        case Quote():
            return "quote"
        case Clip():
            return "clip"
        case Timeline():
            return "timeline"


def rows(blocks: Sequence[tuple[str, T]], turned: bool = False) -> Iterator[Row[T]]:
    """Lay out blocks, each with its form: small ones that follow each other share rows, all others stand alone."""
    turns: dict[str, bool] = {"large": turned}
    for form, run in groupby(blocks, key=lambda one: one[0]):
        found = [block for _, block in run]
        for size in _shares(len(found)) if form == "small" else [1] * len(found):
            shown = ("one", "pair", "three")[size - 1] if form == "small" else form
            yield Row(shown, tuple(found[:size]), turns.get(shown, False))
            turns[shown] = not turns.get(shown, False)
            del found[:size]


def _shares(count: int) -> Iterator[int]:
    """Share out a number into threes and twos, so that none is left alone."""
    while count > 0:
        size = min(count, 2 if count in (2, 4) else 3)
        yield size
        count -= size
