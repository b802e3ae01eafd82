"""The records in a file of XML: one, or the many of a collection, or the page of an OAI-PMH answer that was saved."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from harvest.connectors.records import Names, of_element
from harvest.connectors.whole import Entry
from harvest.crosswalks.reader import RDF
from harvest.oai_xml import Quarantined, parse_page
from harvest.strict_xml import local_name, parse_xml
from repository.errors import TransferError

# Elements that hold many records, and what those are called.
COLLECTIONS = {
    "collection": "record",
    "modsCollection": "mods",
    "lidoWrap": "lido",
    "records": "",
}
_NAMES = {
    "record": ("{*}controlfield[@tag='001']",),
    "mods": ("{*}recordInfo/{*}recordIdentifier",),
    "lido": ("{*}lidoRecID",),
}
_CORE = ("ProvidedCHO", "Aggregation", "Proxy")
_OBJECT = ("aggregatedCHO", "proxyFor")


def entries(raw: bytes, path: str, names: Names, records: str, prefix: str) -> Iterator[Entry]:
    """Yield the records of a file; one that is not well-formed is set aside whole.

    `records` is the path of the elements that are records, by local names from the root on, where the file's
    form does not tell. A record that says no identifier is called by the file's path, and its number in it.
    """
    try:
        root = parse_xml(raw.lstrip())
    except (etree.XMLSyntaxError, TransferError) as broken:
        yield Quarantined(raw, "record_not_wellformed", path, 0, str(broken))
        return
    if local_name(root) == "OAI-PMH":
        yield from _saved(raw, path, prefix)
        return
    found = at(root, records) if records else _inside(root)
    for number, element in enumerate(found, 1):
        named = f"{path}#{number}" if element is not root else path
        yield of_element(element, names, prefix, _own_name(element) or named)


def _saved(raw: bytes, path: str, prefix: str) -> Iterator[Entry]:
    """Give the records of a saved OAI-PMH answer under their own identifiers."""
    try:
        page = parse_page(raw, prefix)
    except TransferError as broken:
        yield Quarantined(raw, "record_not_wellformed", path, 0, str(broken))
        return
    yield from page.records
    yield from page.quarantined
    if page.error:
        yield Quarantined(raw, "metadata_missing", path, 0, page.error)


def at(root: etree._Element, path: str) -> list[etree._Element]:
    """Find elements by the local names from the root on."""
    first, *others = path.split(".")
    met = [root] if local_name(root) == first else []
    for name in others:
        met = [child for element in met for child in element if local_name(child) == name]
    return met


def _inside(root: etree._Element) -> list[etree._Element]:
    """Give the records in a root that is a collection, else the root."""
    name = local_name(root)
    if name == "RDF":
        return _objects(root)
    if name not in COLLECTIONS:
        return [root]
    wanted = COLLECTIONS[name]
    children = [child for child in root if not wanted or local_name(child) == wanted]
    return children if len({local_name(child) for child in children}) == 1 else [root]


def _objects(root: etree._Element) -> list[etree._Element]:
    """Cut a graph into one for each of its objects, with all that the object's descriptions lead to."""
    core: dict[str, list[etree._Element]] = {}
    context: dict[str, etree._Element] = {}
    for node in root:
        if local_name(node) in _CORE:
            core.setdefault(_object_of(node) or _about(node), []).append(node)
        else:
            context[_about(node)] = node
    names = [_about(node) for node in root if local_name(node) == "ProvidedCHO"]
    return [root] if len(names) < 2 else [_graph(root, core[name], context) for name in names]


def _graph(
    root: etree._Element, core: list[etree._Element], context: dict[str, etree._Element]
) -> etree._Element:
    graph = etree.Element(root.tag, nsmap={prefix: uri for prefix, uri in root.nsmap.items() if prefix})
    waiting, known = list(core), set[str]()
    while waiting:
        node = waiting.pop(0)
        graph.append(deepcopy(node))
        led = [place for place in _pointers(node) if place in context and place not in known]
        known.update(led)
        waiting += [context[place] for place in dict.fromkeys(led)]
    return graph


def _about(node: etree._Element) -> str:
    return node.get(f"{RDF}about") or ""


def _object_of(node: etree._Element) -> str:
    said = (child.get(f"{RDF}resource") for child in node if local_name(child) in _OBJECT)
    return next(filter(None, said), "")


def _pointers(node: etree._Element) -> list[str]:
    return [place for one in node.iter() if (place := one.get(f"{RDF}resource"))]


def _own_name(element: etree._Element) -> str:
    """Give the name that a standard puts into the record itself: of MARC field 001, of LIDO and MODS the record's."""
    if local_name(element) == "RDF":
        return next((_about(node) for node in element if local_name(node) == "ProvidedCHO"), "")
    found = (element.findtext(place) for place in _NAMES.get(local_name(element), ()))
    return next((name.strip() for name in found if name and name.strip()), "")
