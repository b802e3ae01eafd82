"""Places are a filter: as they are named first, few of one item, and nothing that is no name."""

from __future__ import annotations

import msgspec

from repository.item import Place, Text
from repository.search.document import LONGEST_PLACE, MOST_PLACES, SearchDocument
from repository.search.engine import FacetCount, SearchEngine
from repository.search.query import Query, parse
from tests.repository.search.samples import document, item


def work(name: str, *places: tuple[str, ...]) -> SearchDocument:
    made = item(name)
    named = tuple(Place(tuple(map(Text, names))) for names in places)
    return document(
        msgspec.structs.replace(made, description=msgspec.structs.replace(made.description, places=named))
    )


def test_places_are_counted_and_chosen(engine: SearchEngine) -> None:
    engine.put(
        [
            work("one", ("한성", "漢城"), ("경주",)),
            work("other", ("경주", "慶州"), ("경주",)),
            work("third", ("평양 부근",)),
            work("nowhere"),
        ]
    )
    counts = engine.search(Query()).facets["place"]
    assert set(counts) == {FacetCount("경주", 2), FacetCount("한성", 1), FacetCount("평양 부근", 1)}
    assert engine.search(parse({"place": ["경주"]})).total == 2
    assert engine.search(parse({"place": ["한성", "평양 부근"]})).total == 2
    assert engine.search(parse({"place": ["漢城"]})).total == 0


def test_what_is_no_name_cannot_be_chosen() -> None:
    assert work("long", ("가" * (LONGEST_PLACE + 1),), (" ",)).facets["place"] == ()
    many = work("many", *((f"곳{number:02}",) for number in range(30))).facets["place"]
    assert many == tuple(f"곳{number:02}" for number in range(MOST_PLACES))
