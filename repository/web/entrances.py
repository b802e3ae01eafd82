"""Ways in from the first page: what there is by type and by century, with numbers from the index."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from repository.errors import StoreError
from repository.search.engine import SearchEngine
from repository.search.query import Query
from repository.urls import Urls
from repository.web import facets
from repository.web.facets import Choice, Names

_MOST = 10


@dataclass(frozen=True, slots=True)
class Door:
    """A list of ways in under one heading."""

    title: str
    ways: tuple[Choice, ...]


def doors(engine: SearchEngine, urls: Urls) -> list[Door]:
    """Give the ways in; none while the index cannot answer."""
    everything = Query(size=1)
    try:
        results = engine.search(everything)
    except StoreError:
        return []
    built = {one.name: one for one in facets.build(everything, results, Names({}, {}), urls)}
    titles = (("type", _("종류로")), ("century", _("시대로")))
    return [Door(title, built[name].choices[:_MOST]) for name, title in titles if name in built]
