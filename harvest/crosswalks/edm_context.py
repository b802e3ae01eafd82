"""The contextual entities of EDM: agents, places and time spans, under all their names."""

from __future__ import annotations

import msgspec

from harvest.crosswalks import fields, relators
from harvest.crosswalks.rdf import Graph
from harvest.crosswalks.reader import Node
from repository.item import Agent, Date, Place, Text
from repository.names import parse_agent

_BORN = ("rda:dateOfBirth", "edm:begin", "schema:birthDate")
_DIED = ("rda:dateOfDeath", "edm:end", "schema:deathDate")
_ROLES = ("rda:professionOrOccupation",)
_BODIES = frozenset({"foaf:Organization", "edm:Organization"})


def agent(graph: Graph, entity: Node, role: str) -> Agent:
    """Read an agent; `skos:note` holds the years of life where no field of their own does."""
    names = graph.labels(entity)
    if not names:
        return Agent(())
    said = next((relators.code_of(field.value(), "") for field in entity.take(*_ROLES)), "")
    main = names[0]
    life = _life(entity)
    read = parse_agent(f"{main.value} ({life})" if life else main.value, said or role, main.lang)
    kind = "body" if graph.kind(entity) in _BODIES else read.kind
    return msgspec.structs.replace(
        read, names=tuple(dict.fromkeys((*read.names, *names))), kind=kind, uris=graph.uris(entity)
    )


def _life(entity: Node) -> str:
    """Give the years of life as one text, from birth and death, else from the note."""
    born = next((field.value() for field in entity.take(*_BORN)), "")
    died = next((field.value() for field in entity.take(*_DIED)), "")
    note = next((field.value() for field in entity.take("skos:note")), "")
    return f"{born}~{died}" if born or died else note


def place(graph: Graph, entity: Node) -> Place:
    """Read a place with its coordinates, which 0, 0 leaves unknown."""
    latitude, longitude = (
        "".join(field.value() for field in entity.take(name)[:1]) for name in ("geo:lat", "geo:long")
    )
    pair = fields.coordinates(f"{latitude}, {longitude}") or (None, None)
    return Place(graph.labels(entity), pair[0], pair[1], graph.uris(entity))


def time_span(graph: Graph, entity: Node, role: str) -> list[Date]:
    """Read a time span: its first name in words, and its bounds."""
    ends = [next((field.value() for field in entity.take(name)), "..") for name in ("edm:begin", "edm:end")]
    words: list[Text] = list(graph.labels(entity)[:1])
    exact = [] if ends == ["..", ".."] else [(entity, ends[0] if ends[0] == ends[1] else "/".join(ends))]
    return fields.dated([(entity, text.value) for text in words], exact, role)
