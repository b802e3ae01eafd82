"""How much of a question a document must hold, where none holds all of it: what is telling counts for more.

Words weigh small whole numbers, the rarer the heavier, so that every engine adds them alike. A fifth of their
sum is enough: one rare word, or several common ones; the nearest of what holds that much is then ranked.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

SHARE = 0.2


def enough(weights: Sequence[int]) -> int:
    """Give the least sum of weights that a document must hold; 0 where nothing is asked for."""
    return ceil(sum(weights) * SHARE)
