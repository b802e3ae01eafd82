"""Centuries as a row of bars, each a link, drawn without a script."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil

from repository.search.engine import Results
from repository.search.query import Query
from repository.urls import Urls
from repository.web.facets import century
from repository.web.languages import current

HEIGHT = 48
MOST = 24  # bars; the latest ones


@dataclass(frozen=True, slots=True)
class Bar:
    """One century: its name, its number for the axis, its items, its height up to 48, its link if it has any.

    `first` and `last` are its years, astronomical, for those who draw over several bars.
    """

    label: str
    short: str
    count: int
    height: int
    url: str
    chosen: bool
    first: int
    last: int


def build(query: Query, results: Results, urls: Urls) -> list[Bar]:
    """Draw the centuries of an answer, those between two that have none included; nothing for fewer than two."""
    counts = {
        int(one.value): one.count
        for one in results.facets.get("century", ())
        if one.count and one.value.removeprefix("-").isdecimal()
    }
    if len(counts) < 2:
        return []
    numbers = [number for number in range(min(counts), max(counts) + 1) if number][-MOST:]
    most = max(counts.values())
    return [_bar(query, number, counts.get(number, 0), most, urls) for number in numbers]


def over(query: Query, urls: Urls) -> str:
    """Give the address of the same search with no years and no centuries, for a script to add the years to."""
    kept = tuple(one for one in query.filters if one[0] != "century")
    return urls.search(replace(query, filters=kept, year_from=None, year_to=None, cursor="").pairs())


def _bar(query: Query, number: int, count: int, most: int, urls: Urls) -> Bar:
    value = str(number)
    return Bar(
        label=century(value, current()),
        short=value.replace("-", "−"),
        count=count,
        height=ceil(HEIGHT * count / most),
        url=urls.search(query.toggled("century", value).pairs()) if count else "",
        chosen=value in query.chosen("century"),
        first=number * 100 - 99 if number > 0 else number * 100 + 1,
        last=number * 100 if number > 0 else number * 100 + 100,
    )
