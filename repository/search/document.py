"""What the index knows of one item: the one table of fields, facets and sort keys, made by a pure function.

A document holds the texts as they are; the engine analyses those that it has to write. Its digest covers
everything that an index would hold, so an unchanged document needs no write. An item whose decision does
not allow `describe` has no document.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from repository.item import Date, Description, Item, digest
from repository.rights.decision import Answer, Decision, Degree, Use, allows
from repository.search import analysis, tiles
from repository.search.analysis import FORMS, NAME_FORMS, TEXT_FORMS

VERSION = 4  # raise it when the tables below change: the index is then built anew
LONGEST_TEXT = 20_000  # characters of one value that are indexed
MOST_VALUES = 200  # values of one field that are indexed
MOST_CENTURIES = 30
MOST_PLACES, LONGEST_PLACE = 12, 60  # of an item that can be chosen, and characters of one
VALUES_APART = "\u2063"  # a token between the values of a field, so that no phrase runs on into the next
SENTENCES_APART = "\u2064"  # and one between the sentences of a long text, for the ranker alone
SEQ_BITS = 63
UNKNOWN_YEAR = 0xFFFF


class Field(NamedTuple):
    """One searchable field: names for people, weight in ranking, and whether its texts may be long."""

    ko: str
    en: str
    weight: float
    long: bool = False
    forms: tuple[str, ...] = TEXT_FORMS


FIELDS = {
    "titles": Field("제목", "title", 10.0, forms=FORMS),
    "makers": Field("만든이", "maker", 6.0, forms=NAME_FORMS),
    "subjects": Field("주제", "subject", 4.0),
    "places": Field("곳", "place", 4.0, forms=NAME_FORMS),
    "holders": Field("소장처", "holder", 3.0),
    "identifiers": Field("번호", "identifier", 8.0, forms=("exact",)),
    "notes": Field("설명", "description", 1.0, long=True),
}
FACETS = (
    "type", "holder", "provider", "century", "language", "collection", "view", "reuse", "train", "viewable", "place",
    "area", "colour",
)  # fmt: skip


class SearchDocument(msgspec.Struct, frozen=True):
    """One document: texts and facet values by name; `earliest` and `latest` are years, None where unknown.

    `seq` is a number of 63 bits made from the id: the stable order of browsing. `points` are latitudes and
    longitudes in degrees.
    """

    id: str
    seq: int
    texts: dict[str, tuple[str, ...]]
    facets: dict[str, tuple[str, ...]]
    earliest: int | None = None
    latest: int | None = None
    digest: str = ""
    points: tuple[tuple[float, float], ...] = ()


def build(
    item: Item,
    decision: Decision | None,
    files: int = 0,
    collections: Iterable[str] = (),
    colours: Iterable[str] = (),
) -> SearchDocument | None:
    """Make the document of an item, or None where its decision does not let it be described.

    `files` is the number of its files that can be shown, `collections` the ids of the sets it is shown in,
    `colours` those of the picture it is shown by (`repository.colours`), where that may be seen.
    """
    if decision is None or not allows(decision, Use.DESCRIBE):
        return None
    years = [date for date in item.description.dates if date.role in ("created", "issued", "copyrighted")]
    bare = SearchDocument(
        id=item.id,
        seq=seq_of(item.id),
        texts={name: tuple(_bounded(texts)) for name, texts in _texts(item, decision).items()},
        facets={name: tuple(sorted(set(found))) for name, found in _facets(item, decision, files).items()}
        | {
            "century": _centuries(years),
            "collection": tuple(sorted(set(collections))),
            "colour": tuple(sorted(set(colours))),
        },
        earliest=min((date.earliest for date in years if date.earliest is not None), default=None),
        latest=max((date.latest for date in years if date.latest is not None), default=None),
        points=tuple(_points(item.description)),
    )
    return msgspec.structs.replace(bare, digest=digest((VERSION, analysis.VERSION, bare)))


def seq_of(item_id: str) -> int:
    """Give the number that places an item among all: a hash, so equal for a million only once in ten million."""
    return int.from_bytes(hashlib.sha256(item_id.encode()).digest()[:8], "big") >> (64 - SEQ_BITS)


def year_key(document: SearchDocument, descending: bool) -> int:
    """Give the key of sorting by year: 16 bits of year, then of `seq`; unknown years come last both ways."""
    if document.earliest is None:
        year = 0 if descending else UNKNOWN_YEAR
    else:
        year = min(max(document.earliest + 0x8000, 1), UNKNOWN_YEAR - 1)
    return year << (SEQ_BITS - 16) | document.seq >> 16


def _texts(item: Item, decision: Decision) -> dict[str, Iterable[str]]:
    described = item.description
    return {
        "titles": (title.value for title in described.titles),
        "makers": (name.value for agent in described.agents for name in agent.names),
        "subjects": (subject.value for subject in described.subjects),
        "places": (name.value for place in described.places for name in place.names),
        "holders": (name.value for name in described.holder),
        "identifiers": (item.id, item.local_id, *described.identifiers),
        "notes": _notes(described) if _text_is_open(decision) else (),
    }


def _points(described: Description) -> Iterator[tuple[float, float]]:
    for place in described.places[:MOST_VALUES]:
        latitude, longitude = place.latitude, place.longitude
        if latitude is not None and longitude is not None and tiles.is_place(latitude, longitude):
            yield round(latitude, 4), round(longitude, 4)


def _notes(described: Description) -> Iterator[str]:
    yield from (note.value for note in described.notes)
    yield from (date.text for date in described.dates)
    yield from (relation.value for relation in described.relations)


def _text_is_open(decision: Decision) -> bool:
    """Tell whether the layer of descriptive texts may be given out by itself."""
    layers = [layer for layer in decision.layers if layer.layer == "text"]
    return all(layer.rulings.describe.answer in (Answer.YES, Answer.YES_WITH) for layer in layers)


def _bounded(texts: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for text in texts:
        cut = text[:LONGEST_TEXT].strip()
        if cut and cut not in seen and len(seen) < MOST_VALUES:
            seen.add(cut)
            yield cut


def _facets(item: Item, decision: Decision, files: int) -> dict[str, Iterable[str]]:
    return {
        "type": (item.description.type,),
        "holder": (item.holder,) if item.holder else (),
        "provider": (item.provider,),
        "language": item.description.languages,
        "view": (_view(decision),),
        "reuse": (decision.ruling(Use.REUSE).answer.value,),
        "train": (decision.ruling(Use.TRAIN).answer.value,),
        "viewable": ("yes" if files and allows(decision, Use.VIEW) else "no",),
        "place": _places(item.description),
        "area": (tiles.tile(*point, tiles.AREA) for point in _points(item.description)),
    }


def _places(described: Description) -> list[str]:
    """Give the places by the first of their names, as one of several scripts; long ones are no names to choose."""
    names = (" ".join(place.names[0].value.split()) for place in described.places if place.names)
    return [*dict.fromkeys(name for name in names if 0 < len(name) <= LONGEST_PLACE)][:MOST_PLACES]


def _view(decision: Decision) -> str:
    """Give the answer to viewing; where it is granted but not through a public door, the degree."""
    if decision.degree in (Degree.ON_SITE, Degree.PARTNER):
        return decision.degree.value
    return decision.ruling(Use.VIEW).answer.value


def _centuries(dates: Iterable[Date]) -> tuple[str, ...]:
    """Give the centuries that dates touch: `15` is 1401-1500, `-1` is 100 BC to 1 BC (astronomical -99 to 0)."""
    found: set[int] = set()
    for date in dates:
        first = date.earliest if date.earliest is not None else date.latest
        last = date.latest if date.latest is not None else date.earliest
        if first is not None and last is not None:
            found.update(range(_century(first), min(_century(last), _century(first) + MOST_CENTURIES) + 1))
    return tuple(map(str, sorted(found - {0})))


def _century(year: int) -> int:
    return (year - 1) // 100 + 1 if year > 0 else -(-year // 100) - 1
