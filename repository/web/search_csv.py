"""A search as CSV (RFC 4180) for spreadsheets: UTF-8 with a byte order mark, and nothing taken for a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from repository.institution import Institution
from repository.item import Text
from repository.rights.decision import Use
from repository.urls import Urls
from repository.web.search_rows import Row
from repository.web.words import titles

APART = " | "  # between the values of one cell
COLUMNS = MappingProxyType(
    {
        "id": "the item's id",
        "url": "its address",
        "title": "its title",
        "other_titles": "its other titles, in all scripts",
        "type": "one of the closed list of types",
        "makers": "who made it, each by the first name",
        "dates": "dates as written",
        "earliest": "first year read from them, astronomical",
        "latest": "last year read from them",
        "holder": "who holds the original",
        "provider": "who sent the record",
        "mark": "the mark of its rights",
        "view": "may it be seen: yes, yes_with, ask or no",
        "reuse": "may it be reused",
        "train": "may it be used for training",
        "thumbnail": "address of its small picture, where that may be seen",
        "manifest": "address of its IIIF manifest, where it has one",
        "datestamp": "when its description last changed (UTC)",
        "sample": "yes where it is a drawn sample of an invented institution",
    }
)
# What spreadsheets begin a formula with, full-width forms of Korean and Japanese keyboards among them.
_FORMULA = re.compile("\\s*[=+\\-@＝＋－＠]|[\t\r\n]")
_NUMBER = re.compile(r"-?\d+")


def head() -> bytes:
    """Give the byte order mark and the line of column names."""
    return "\ufeff".encode() + _line(COLUMNS)


def lines(rows: Iterable[Row], site: Urls) -> Iterator[bytes]:
    """Give a line for each item."""
    return (_line(_cells(row, site)) for row in rows)


def _line(cells: Iterable[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerow(map(harmless, cells))
    return out.getvalue().encode("utf-8", "replace")


def harmless(cell: str) -> str:
    """Keep a text from being taken for a formula: an apostrophe before it says that it is text. Numbers stay."""
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def _cells(row: Row, site: Urls) -> list[str]:
    item, described, decision = row.item, row.item.description, row.decision
    named = [title.value for title in titles(described.titles)]
    years = [date.earliest for date in described.dates], [date.latest for date in described.dates]
    first, last = ([year for year in ends if year is not None] for ends in years)
    cells = {
        "id": item.id,
        "url": site.item_id(item.id),
        "title": named[0],
        "other_titles": APART.join(named[1:]),
        "type": described.type,
        "makers": APART.join(agent.names[0].value for agent in described.agents if agent.names),
        "dates": APART.join(date.text for date in described.dates),
        "earliest": str(min(first)) if first else "",
        "latest": str(max(last)) if last else "",
        "holder": _party(item.holder, row.known, described.holder),
        "provider": _party(item.provider, row.known),
        "mark": decision.mark,
        **{use.value: decision.ruling(use).answer.value for use in (Use.VIEW, Use.REUSE, Use.TRAIN)},
        "thumbnail": row.thumbnail(site),
        "manifest": row.manifest(site),
        "datestamp": row.stored.datestamp,
        "sample": "yes" if row.invented else "",
    }
    return [cells[name] for name in COLUMNS]


def _party(one: str, known: Mapping[str, Institution], said: tuple[Text, ...] = ()) -> str:
    return known[one].name_ko if one in known else said[0].value if said else ""
