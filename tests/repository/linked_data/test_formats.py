"""Graphs as bytes: the same statements give the same bytes, in whatever order they came, and read back the same."""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree
from rdflib import XSD, Graph, Literal, URIRef
from rdflib.compare import to_isomorphic
from rdflib.namespace import DC, RDF, SKOS

from repository.linked_data.formats import FORMATS
from repository.linked_data.graph import EDM, PREFIXES

ROOT = Path(__file__).resolve().parents[3]
THING = URIRef("http://memory.example/items/x")
# Literals that the library itself cannot put into one order: by language, by type, by neither.
VALUES = (
    Literal("b"),
    Literal("a", lang="ko"),
    Literal("a", lang="en"),
    Literal("37.5", datatype=XSD.decimal),
    Literal("1860"),
)
PARSERS = {"jsonld": "json-ld", "ttl": "turtle", "rdf": "xml"}


def graph(values: tuple[Literal, ...]) -> Graph:
    made = Graph(bind_namespaces="none")
    for prefix, space in PREFIXES.items():
        made.bind(prefix, space)
    for value in values:
        made.add((THING, DC.subject, value))
    made.add((THING, RDF.type, EDM.ProvidedCHO))
    made.add((THING, RDF.type, SKOS.Concept))
    for number in range(5):
        agent = URIRef(f"{THING}#agent-{number}")
        made.add((THING, DC.creator, agent))
        made.add((agent, RDF.type, EDM.Agent))
        made.add((agent, SKOS.prefLabel, Literal(f"<세종> & {number}", lang="ko")))
    return made


def written() -> str:
    """Give the digest of a graph in each format."""
    return " ".join(hashlib.sha256(write(graph(VALUES))).hexdigest() for _kind, write in FORMATS.values())


@pytest.mark.parametrize("form", FORMATS)
def test_the_order_in_which_statements_came_does_not_show(form: str) -> None:
    _kind, write = FORMATS[form]
    assert len({write(graph(order)) for order in itertools.permutations(VALUES)}) == 1


def test_another_process_writes_the_same_bytes() -> None:
    """Strings are hashed differently in each process, and entity tags must agree between them."""
    code = "from tests.repository.linked_data.test_formats import written; print(written())"
    run = [sys.executable, "-c", code]
    said = {
        subprocess.run(
            run,
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert said == {f"{written()}\n"}


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own reader of JSON-LD uses it
@pytest.mark.parametrize("form", FORMATS)
def test_what_is_written_is_read_back_by_another_reader(form: str) -> None:
    made = graph(VALUES)
    read = Graph().parse(data=FORMATS[form][1](made), format=PARSERS[form])
    assert to_isomorphic(read) == to_isomorphic(made)


def test_json_ld_says_once_what_is_once_and_lists_what_is_more() -> None:
    document = json.loads(FORMATS["jsonld"][1](graph(VALUES[:1])))
    thing, *agents = document["@graph"]
    assert thing == {
        "@id": str(THING),
        "@type": ["edm:ProvidedCHO", "skos:Concept"],
        "dc:creator": [{"@id": agent["@id"]} for agent in agents],
        "dc:subject": "b",
    }
    assert document["@context"]["dc"] == str(DC)


def test_rdf_xml_names_a_node_by_its_first_type_and_leaves_out_what_xml_cannot_hold() -> None:
    made = graph((Literal("줄\x0b바꿈", lang="ko"),))
    root = etree.fromstring(FORMATS["rdf"][1](made))
    assert root[0].tag == f"{{{EDM}}}ProvidedCHO"
    assert root[0].findtext(f"{{{DC}}}subject") == "줄바꿈"
