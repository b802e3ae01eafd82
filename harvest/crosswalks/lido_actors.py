"""The actors and places of LIDO, each under all names that it gives."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from harvest.crosswalks import fields, relators
from harvest.crosswalks.lido_reader import appellations, down, said, terms, texts, uris
from harvest.crosswalks.reader import Node
from repository.item import Agent, Note, Place, Text
from repository.names import parse_agent

_KINDS = {
    "person": "person",
    "lido00163": "person",
    "corporation": "body",
    "lido00164": "body",
    "group": "body",
}
_PLACES_LIMIT = 10  # steps from a place to the widest that it lies in
_BESIDES = ("placeClassification", "placeTypeConcept")


def actors(events: Iterable[Node], default: str, notes: list[Note]) -> list[Agent]:
    """Read the actors of events; one shown only in words is read from them."""
    found: list[Agent] = []
    for each in down(events, "eventActor"):
        shown = list(texts(each.take("displayActorInRole")))
        read = [_in_role(one, default, notes) for one in each.take("actorInRole")]
        named = [agent for agent in read if agent.names]
        found += named or [parse_agent(one.value, default, one.lang) for one in shown[:1]]
    return found


def _in_role(node: Node, default: str, notes: list[Note]) -> Agent:
    """Read one actor with its role; how surely it is the actor is its role or a note."""
    roles = [text.value for text in terms(node.take("roleActor"))]
    qualifiers = list(texts(node.take("attributionQualifierActor")))
    codes = [code for text in qualifiers if (code := relators.code_of(text.value, ""))]
    codes += [code for word in roles if (code := relators.code_of(word, ""))]
    role = next(iter(codes), "ctb" if roles else default)
    read = [actor(one, role) for one in node.take("actor")]
    agent = next((one for one in read if one.names), Agent((), role))
    shown = agent.names[0].value if agent.names else ""
    notes += [
        Note(f"{text.value}: {shown}", text.lang, "note")
        for text in qualifiers
        if not relators.code_of(text.value, "")
    ]
    return agent


def actor(node: Node, role: str) -> Agent:
    """Read one actor: its names, life dates and addresses."""
    names = appellations(node.take("nameActorSet"))
    life = "-".join(_vital(node))
    for part in node.take("genderActor"):
        part.skip()
    if not names:
        return Agent((), role)
    first = names[0]
    read = parse_agent(f"{first.value} ({life})" if life else first.value, role, first.lang)
    kind = _KINDS.get(said(node, "type").lower().rpartition("/")[2], read.kind)
    every = tuple(dict.fromkeys((*read.names, *names[1:])))
    return msgspec.structs.replace(read, names=every, kind=kind, uris=tuple(uris([node])))


def _vital(node: Node) -> list[str]:
    """Read birth and death; without either there is nothing to read."""
    dates = node.take("vitalDatesActor")
    ends = [next((one.value() for one in down(dates, name)), "") for name in ("earliestDate", "latestDate")]
    return ends if any(ends) else []


def bodies(holders: Iterable[Node]) -> list[Text]:
    """Read the names of bodies: holders, owners of rights, sources of records."""
    found = list(holders)
    named = [*found, *down(found, "legalBodyName")]
    for node in (node for one in found for node in one.take("legalBodyID", "legalBodyWeblink")):
        node.skip()
    return appellations(named)


def places(wraps: Iterable[Node]) -> list[Place]:
    """Read places and those that they lie in; one shown only in words is read from them."""
    found: list[Place] = []
    for each in wraps:
        shown = list(texts(each.take("displayPlace")))
        named = [place for one in each.take("place") for place in _named(one, _PLACES_LIMIT)]
        found += named or [place for one in shown[:1] if (place := fields.place(one))]
    return found


def _named(node: Node, steps: int) -> list[Place]:
    split = (fields.place(text) for text in appellations(node.take("namePlaceSet")))
    names = tuple(dict.fromkeys(name for place in split if place for name in place.names))
    latitude, longitude = _coordinates(node) or (None, None)
    for part in node.take(*_BESIDES):
        part.skip()
    addresses = tuple(uris([node]))
    found = [Place(names, latitude, longitude, addresses)] if names or latitude is not None else []
    wider = node.take("partOfPlace") if steps else []
    return found + [place for one in wider for place in _named(one, steps - 1)]


def _coordinates(node: Node) -> tuple[float, float] | None:
    """Read a point where the order of its numbers is sure: its system says it, or only one is a latitude."""
    marks = node.take("gml")
    points = [*down(marks, "gml:Point"), *node.take("gml:Point")]
    for point in points:
        for place in point.see("gml:pos", "gml:coordinates"):
            numbers = fields.numbers(place.element.text or "")
            ordered = "4326" in (point.get("srsName") + place.get("srsName"))
            if len(numbers) == 2 and (ordered or abs(numbers[0]) > 90 or abs(numbers[1]) > 90):
                place.value()
                first, second = numbers if abs(numbers[0]) <= 90 else numbers[::-1]
                return fields.coordinates(f"{first}, {second}")
    return None
