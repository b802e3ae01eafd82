"""Which of several mapped values belong together: a file and the words about it, wherever a record puts them.

A value's place here is the number of its rule among those of its language, the indices on the way to it, and its
number among what one value was split into, as `0/2/0`. Words belong to the file at their own place, else to the
first file in the same part of the record.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from harvest.crosswalks.mapped_rules import Rule
from harvest.crosswalks.reader import Node
from repository.item import Text

Place = tuple[str | int, ...]


def numbered(rules: Iterable[Rule]) -> Iterator[tuple[int, Rule]]:
    """Number the rules of a field, those of each language by themselves."""
    seen: dict[str, int] = {}
    for rule in rules:
        number = seen.get(rule.lang, 0)
        seen[rule.lang] = number + 1
        yield number, rule


def placed(rule: int, values: Iterable[tuple[Place, str]]) -> Iterator[tuple[str, tuple[Place, str]]]:
    """Give the values of one rule with their places."""
    seen: dict[Place, int] = {}
    for place, value in values:
        part = seen.get(place, 0)
        seen[place] = part + 1
        indices = [step for step in place if isinstance(step, int)]
        yield "/".join(map(str, (rule, *indices, part))), (place, value)


def beside(files: Sequence[Node], words: Iterable[tuple[Node, Text]]) -> dict[str, list[Text]]:
    """Give the texts of each file, by its place; a text without a file is a problem."""
    places = dict.fromkeys(node.get("at") for node in files)
    first: dict[str, str] = {}
    for place in places:
        first.setdefault(_above(place), place)
    only = next(iter(places)) if len(places) == 1 else ""
    found: dict[str, list[Text]] = {}
    for node, text in words:
        if own := _nearest(node.get("at"), places, first) or only:
            found.setdefault(own, []).append(text)
        else:
            node.note("reference_unresolved", text.value)
    return found


def _above(place: str) -> str:
    return place.rpartition("/")[0]


def _nearest(place: str, places: Container[str], first: Mapping[str, str]) -> str:
    while place:
        if place in places:
            return place
        place = _above(place)
        if place in first:
            return first[place]
    return ""
