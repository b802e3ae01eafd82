"""Ways in from the first page: what there is by kind, time, place and colour, with numbers from the index.

The numbers are those of the whole index, which is dear to count and slow to change, so that each process keeps
them for as long as a gated page may be kept.
"""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass

from flask import Flask, current_app

from repository.errors import StoreError
from repository.search.engine import Results, SearchEngine
from repository.search.query import Query
from repository.urls import Urls
from repository.web import answers, facets, histogram, place_map
from repository.web.facets import Choice, Names
from repository.web.histogram import Bar
from repository.web.place_map import PlaceMap

log = logging.getLogger(__name__)
MOST = 12
_EVERYTHING = Query(size=1)
_KEY = "entrances"


@dataclass(frozen=True, slots=True)
class Entrances:
    """The ways in; each is empty where nothing is known of it, and all are while the index cannot answer."""

    kinds: tuple[Choice, ...] = ()
    bars: tuple[Bar, ...] = ()
    places: PlaceMap | None = None
    colours: tuple[Choice, ...] = ()


class Counted:
    """What the index counts of everything, renewed after some seconds; threads do not wait for each other's."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._results: Results | None = None
        self._until = float("-inf")

    def __call__(self, engine: SearchEngine) -> Results:
        """Give the counts. Raises StoreError where there are none yet and the index cannot answer."""
        if time.monotonic() >= self._until and self._lock.acquire(blocking=self._results is None):
            try:
                self._results = engine.search(_EVERYTHING)
                self._until = time.monotonic() + answers.GATED_SECONDS
            finally:
                self._lock.release()
        assert self._results is not None
        return self._results


def init_app(app: Flask) -> None:
    """Give an application its counts."""
    app.extensions[_KEY] = Counted()


def build(engine: SearchEngine, urls: Urls) -> Entrances:
    """Give the ways in."""
    counted: Counted = current_app.extensions[_KEY]
    try:
        results = counted(engine)
    except StoreError as error:
        log.warning("no ways in without the index", extra={"code": error.code})
        return Entrances()
    built = {one.name: one.choices for one in facets.build(_EVERYTHING, results, Names({}, {}), urls)}
    return Entrances(
        kinds=built.get("type", ())[:MOST],
        bars=tuple(histogram.build(_EVERYTHING, results, urls)),
        places=place_map.build(_EVERYTHING, results, urls),
        colours=built.get("colour", ()),
    )
