"""A graph as bytes: Turtle, JSON-LD with its context inside, RDF/XML; the same graph always gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from rdflib import RDF, Graph, Literal, URIRef

from repository.linked_data.graph import PREFIXES

CONTEXT: Mapping[str, str] = MappingProxyType({prefix: str(space) for prefix, space in PREFIXES.items()})


def turtle(graph: Graph) -> bytes:
    """Write RDF 1.1 Turtle."""
    return graph.serialize(format="turtle", encoding="utf-8")


def rdf_xml(graph: Graph) -> bytes:
    """Write RDF 1.1 XML, from a copy whose statements were put in order."""
    ordered = Graph(bind_namespaces="none")
    for prefix, space in PREFIXES.items():
        ordered.bind(prefix, space)
    for statement in sorted(graph):
        ordered.add(statement)
    return ordered.serialize(format="pretty-xml", encoding="utf-8", max_depth=1)


def json_ld(graph: Graph) -> bytes:
    """Write JSON-LD 1.1, compacted by a context of prefixes that it carries, so that no reader needs the network."""
    nodes = [_node(graph, subject) for subject in sorted(set(graph.subjects()))]
    document = {"@context": dict(CONTEXT), "@graph": nodes}
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _node(graph: Graph, subject: Any) -> dict[str, Any]:
    node: dict[str, Any] = {"@id": str(subject)}
    if types := sorted(graph.objects(subject, RDF.type)):
        node["@type"] = [_short(str(kind)) for kind in types]
    for predicate in sorted(set(graph.predicates(subject)) - {RDF.type}):
        values = [_value(value) for value in sorted(graph.objects(subject, predicate))]
        node[_short(str(predicate))] = values[0] if len(values) == 1 else values
    return node


def _value(value: Any) -> Any:
    if isinstance(value, URIRef):
        return {"@id": str(value)}
    assert isinstance(value, Literal)
    if value.language:
        return {"@value": str(value), "@language": value.language}
    if value.datatype:
        return {"@value": str(value), "@type": _short(str(value.datatype))}
    return str(value)


def _short(address: str) -> str:
    for prefix, space in CONTEXT.items():
        if address.startswith(space) and len(address) > len(space):
            return f"{prefix}:{address.removeprefix(space)}"
    return address


FORMATS: Mapping[str, tuple[str, Callable[[Graph], bytes]]] = MappingProxyType(
    {
        "jsonld": ("application/ld+json", json_ld),
        "ttl": ("text/turtle", turtle),
        "rdf": ("application/rdf+xml", rdf_xml),
    }
)
