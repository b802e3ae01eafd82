"""The `subject` element of MODS: topics, places, times.

https://www.loc.gov/standards/mods/userguide/subject.html
"""

from __future__ import annotations

from harvest.crosswalks import fields, media
from harvest.crosswalks.reader import Node
from repository.item import Date, Place, Text

_TOPICS = ("topic", "genre", "occupation")
# From the widest to the narrowest, as the schema lists them.
_HIERARCHY = (
    "extraTerrestrialArea", "continent", "country", "province", "region", "state", "territory", "county", "city",
    "citySection", "island", "area",
)  # fmt: skip


def topics(subjects: list[Node]) -> tuple[Text, ...]:
    """Read what the thing is about: topics, genres, occupations, names and titles."""
    found: list[Text] = []
    for subject in subjects:
        found += [node.text() for node in subject.take(*_TOPICS)]
        for name in subject.take("name"):
            value = ", ".join(node.value() for node in name.take("namePart"))
            found.append(Text(value))
            name.skip()
        for info in subject.take("titleInfo"):
            found.append(Text(" ".join(node.value() for node in info.take("nonSort", "title"))))
            info.skip()
    return tuple(dict.fromkeys(text for text in found if text.value))


def periods(subjects: list[Node]) -> tuple[Date, ...]:
    """Read the times that the thing is about."""
    nodes = [node for subject in subjects for node in subject.take("temporal")]
    found = [fields.date(text, "depicted", node) for node in nodes if (text := node.value())]
    return tuple(dict.fromkeys(found))


def places(subjects: list[Node]) -> tuple[Place, ...]:
    """Read the places that the thing is about, with the coordinates of the same subject."""
    return tuple(dict.fromkeys(place for subject in subjects for place in _places_of(subject)))


def _places_of(subject: Node) -> list[Place]:
    uri = media.address(subject.get("valueURI"))
    names = [node.text() for node in subject.take("geographic")]
    names += [Text(_hierarchy(node)) for node in subject.take("hierarchicalGeographic")]
    for code in subject.take("geographicCode"):
        code.skip()
    found = [place for name in names if (place := fields.place(name, uri))]
    pair = _coordinates(subject)
    if pair is None:
        return found
    if not found:
        return [Place((), *pair)]
    return [Place(found[0].names, *pair, found[0].uris), *found[1:]]


def _coordinates(subject: Node) -> tuple[float, float] | None:
    """Read the coordinates; scale and projection stay unread and are reported."""
    nodes = [node for chart in subject.take("cartographics") for node in chart.take("coordinates")]
    pairs = [fields.coordinates(node.value()) for node in nodes]
    return next(filter(None, pairs), None)


def _hierarchy(node: Node) -> str:
    """Name a place by its steps, the narrowest first."""
    steps = [step.value() for name in reversed(_HIERARCHY) for step in node.take(name)]
    return ", ".join(filter(None, steps))
