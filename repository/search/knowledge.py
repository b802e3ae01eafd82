"""What a search engine knows besides its documents: the other names of things, and what the collection is like."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from repository.search import lexicon, statistics
from repository.search.lexicon import Lexicon
from repository.search.statistics import Statistics


def _no_names() -> Lexicon:
    return lexicon.EMPTY


def _uncounted() -> Statistics:
    return statistics.UNCOUNTED


class Knowledge(msgspec.Struct, frozen=True):
    """Both as they stand at the moment of a question; whoever opens an engine says where they come from."""

    lexicon: Callable[[], Lexicon] = _no_names
    statistics: Callable[[], Statistics] = _uncounted


NOTHING = Knowledge()
