"""A graph as bytes: Turtle, JSON-LD with its context inside, RDF/XML; the same graph always gives the same bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from lxml import etree
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.term import Node

from repository.linked_data.graph import PREFIXES

CONTEXT: Mapping[str, str] = MappingProxyType({prefix: str(space) for prefix, space in PREFIXES.items()})
_SPACES = tuple(sorted((str(RDF), *CONTEXT.values()), key=len, reverse=True))
_RDF = f"{{{RDF}}}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def turtle(graph: Graph) -> bytes:
    """Write RDF 1.1 Turtle."""
    return graph.serialize(format="turtle", encoding="utf-8")


def rdf_xml(graph: Graph) -> bytes:
    """Write RDF 1.1 XML, each node by its first type; the library's own writer follows the order of a set."""
    root = etree.Element(f"{_RDF}RDF", nsmap={"rdf": str(RDF), **CONTEXT})
    for subject in _sorted(graph.subjects()):
        types = _sorted(graph.objects(subject, RDF.type))
        name = _name(types[0]) if types else f"{_RDF}Description"
        node = etree.SubElement(root, name, {f"{_RDF}about": str(subject)})
        for other in types[1:]:
            _property(node, RDF.type, other)
        for predicate in _sorted(set(graph.predicates(subject)) - {RDF.type}):
            for value in _sorted(graph.objects(subject, predicate)):
                _property(node, predicate, value)
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)


def _property(node: etree._Element, predicate: Node, value: Node) -> None:
    own = etree.SubElement(node, _name(predicate))
    if isinstance(value, URIRef):
        own.set(f"{_RDF}resource", str(value))
        return
    assert isinstance(value, Literal)
    own.text = _NOT_XML.sub("", value)
    if value.language:
        own.set(_LANG, value.language)
    if value.datatype:
        own.set(f"{_RDF}datatype", str(value.datatype))


def _name(node: Node) -> str:
    """Give an address as the name of an element: its namespace and what follows."""
    space = next(space for space in _SPACES if str(node).startswith(space))
    return f"{{{space}}}{str(node).removeprefix(space)}"


def json_ld(graph: Graph) -> bytes:
    """Write JSON-LD 1.1, compacted by a context of prefixes that it carries, so that no reader needs the network."""
    nodes = [_node(graph, subject) for subject in _sorted(graph.subjects())]
    document = {"@context": dict(CONTEXT), "@graph": nodes}
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _written(node: Node) -> tuple[str, str]:
    """Give what nodes are put in order by: a total order, which the library's own comparison of literals is not."""
    return str(node), node.n3()


def _sorted(nodes: Iterable[Node]) -> list[Node]:
    return sorted(set(nodes), key=_written)


def _node(graph: Graph, subject: Node) -> dict[str, Any]:
    node: dict[str, Any] = {"@id": str(subject)}
    if types := _sorted(graph.objects(subject, RDF.type)):
        node["@type"] = [_short(str(kind)) for kind in types]
    for predicate in _sorted(set(graph.predicates(subject)) - {RDF.type}):
        values = [_value(value) for value in _sorted(graph.objects(subject, predicate))]
        node[_short(str(predicate))] = values[0] if len(values) == 1 else values
    return node


def _value(value: Node) -> Any:
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
