"""What the parts of LIDO share: attributes with and without a prefix, languages that elements inherit, terms.

LIDO says the same in several places and languages: an element's own language, else that of the description
around it, is the language of its text. https://lido-schema.org/schema/v1.1/lido-v1.1.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from harvest.crosswalks import languages, media
from harvest.crosswalks.reader import RDF, Node
from repository.item import Text

LIDO = "{http://www.lido-schema.org}"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def said(node: Node, attribute: str) -> str:
    """Read an attribute, which most write with the prefix of LIDO and some without any."""
    return node.get(f"{LIDO}{attribute}") or node.get(attribute)


def down(nodes: Iterable[Node], *names: str) -> list[Node]:
    """Take the elements at the end of a path of names, in order."""
    found = list(nodes)
    for name in names:
        found = [child for node in found for child in node.take(name)]
    return found


def text(node: Node) -> Text:
    """Read a text with its language, inherited where it has none of its own."""
    value = node.value()
    return Text(value, languages.tag(node.lang() or inherited(node), value))


def inherited(node: Node) -> str:
    """Give the language of the nearest element around a node that says one."""
    for element in node.element.iterancestors():
        if found := element.get(_XML_LANG) or element.get("lang"):
            return found
    return ""


def texts(nodes: Iterable[Node]) -> Iterator[Text]:
    """Read texts that are there."""
    yield from (read for node in nodes if (read := text(node)).value)


def terms(concepts: Iterable[Node]) -> list[Text]:
    """Read the terms of concepts, the preferred first; LIDO 1.1 writes them in SKOS."""
    found: list[Node] = []
    for concept in concepts:
        own = concept.take("term")
        inner = concept.take("skos:Concept")
        labels = [*down(inner, "skos:prefLabel"), *down(inner, "skos:altLabel")]
        found += sorted(own, key=lambda node: said(node, "addedSearchTerm") == "yes") + labels
        for node in (*concept.see("conceptID"), *inner):
            node.resource()
    return list(dict.fromkeys(texts(found)))


def uris(concepts: Iterable[Node]) -> list[str]:
    """Read the addresses of concepts, agents or places; other ids stay with the source."""
    found = []
    for concept in concepts:
        ids = concept.see("conceptID", "actorID", "placeID")
        found += [node.value() for node in ids]
        found += [node.element.get(f"{RDF}about", "") for node in concept.see("skos:Concept")]
    return list(dict.fromkeys(filter(None, map(media.address, found))))


def appellations(sets: Iterable[Node]) -> list[Text]:
    """Read names; preferred ones first; the sources of names are passed over."""
    found: list[Node] = []
    for each in sets:
        found += each.take("appellationValue")
        for source in each.take("sourceAppellation"):
            source.skip()
    return list(dict.fromkeys(texts(sorted(found, key=is_other))))


def is_other(node: Node) -> bool:
    """Tell whether a name is marked as not the preferred one."""
    return said(node, "pref").rpartition("/")[2] in ("alternate", "alternative", "lido00170")


def descriptions(sets: Iterable[Node]) -> list[Text]:
    """Read notes; their ids and sources are passed over."""
    found: list[Text] = []
    for each in sets:
        found += texts(each.take("descriptiveNoteValue"))
        for node in each.take("descriptiveNoteID", "sourceDescriptiveNote"):
            node.skip()
    return found
