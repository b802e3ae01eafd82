"""RDF/XML as aggregators send it: typed nodes, nested or beside each other, that point to one another.

Only what such records use is read: typed nodes, `rdf:Description` with `rdf:type`, nested nodes, nodeIDs.
RDF 1.1 XML Syntax, https://www.w3.org/TR/rdf-syntax-grammar/
"""

from __future__ import annotations

from lxml import etree

from harvest.crosswalks import media
from harvest.crosswalks.reader import PREFIXES, RDF, Node, begin
from repository.item import Text

NODES_LIMIT = 5_000
_LABELS = (
    "skos:prefLabel",
    "foaf:name",
    "rdfs:label",
    "rdf:value",
    "skos:altLabel",
    "dc:title",
    "skos:hiddenLabel",
)
_SAME = ("owl:sameAs", "skos:exactMatch")


class Graph:
    """The nodes of one record, by kind and by address."""

    def __init__(self, root: etree._Element) -> None:
        _flatten(root)
        self.root = begin(root, "")
        self.nodes = [node for name in self.root.names() for node in self.root.take(name)]
        self.by_address: dict[str, Node] = {}
        self._labels: dict[int, tuple[Text, ...]] = {}
        self._uris: dict[int, tuple[str, ...]] = {}
        self._kinds = {id(node): _kind(node) for node in self.nodes}
        for node in self.nodes:
            self.by_address.setdefault(address_of(node), node)

    def of_kind(self, *kinds: str) -> list[Node]:
        """List the nodes of these kinds, in the order of kinds, then of the document."""
        return [node for kind in kinds for node in self.nodes if self._kinds[id(node)] == kind]

    def kind(self, node: Node) -> str:
        """Name the kind of a node, such as `edm:Agent`."""
        return self._kinds[id(node)]

    def target(self, field: Node) -> Node | None:
        """Find the node that a field points to, if the record has it."""
        return self.by_address.get(pointer(field))

    def texts(self, field: Node) -> tuple[Text, ...]:
        """Read the words of a field: its own, else the names of the node that it points to.

        A pointer to what the record does not describe is a problem, and no word.
        """
        if field.element.text and field.element.text.strip():
            return (field.text(),)
        node = self.target(field)
        if node is not None:
            return self.labels(node)
        if uri := pointer(field):
            field.note("reference_unresolved", uri)
        return ()

    def labels(self, node: Node) -> tuple[Text, ...]:
        """Read all names of a node, the preferred ones first."""
        if id(node) not in self._labels:
            found = (field.text() for field in node.take(*_LABELS))
            self._labels[id(node)] = tuple(dict.fromkeys(text for text in found if text.value))
        return self._labels[id(node)]

    def uris(self, node: Node) -> tuple[str, ...]:
        """Read the public addresses of a node: its own and those that mean the same."""
        if id(node) not in self._uris:
            found = [address_of(node), *(pointer(field) for field in node.take(*_SAME))]
            self._uris[id(node)] = tuple(uri for uri in dict.fromkeys(found) if self._is_public(uri))
        return self._uris[id(node)]

    def _is_public(self, uri: str) -> bool:
        """Tell an address that others use from a fragment of the record's own."""
        homes = (
            address_of(node).partition("#")[0] for node in self.of_kind("edm:ProvidedCHO", "ore:Aggregation")
        )
        base, fragment = uri.partition("#")[::2]
        return bool(media.address(uri)) and not (fragment and base in homes)


def address_of(node: Node) -> str:
    """Give the address of a node: `rdf:about`, `rdf:ID` or `rdf:nodeID`."""
    return (
        node.get(f"{RDF}about") or _local(node.get(f"{RDF}ID"), "#") or _local(node.get(f"{RDF}nodeID"), "_:")
    )


def pointer(field: Node) -> str:
    """Give the address to which a field points, or nothing."""
    return field.resource() or _local(field.get(f"{RDF}nodeID"), "_:")


def _local(name: str, mark: str) -> str:
    return f"{mark}{name}" if name else ""


def _kind(node: Node) -> str:
    """Name the kind of a node; a plain description says it by `rdf:type`."""
    said = [pointer(field) for field in node.take("rdf:type")]
    if node.name != "rdf:Description":
        return node.name
    return next(filter(None, map(_shortened, said)), node.name)


def _shortened(uri: str) -> str:
    """Write the address of a class with our prefix."""
    cut = max(uri.rfind("/"), uri.rfind("#")) + 1
    prefix = PREFIXES.get(uri[:cut], "")
    return f"{prefix}:{uri[cut:]}" if prefix else ""


def _flatten(root: etree._Element) -> None:
    """Lift nested nodes beside the others and leave pointers in their places."""
    waiting = list(root)
    for number, node in enumerate(waiting):
        if number >= NODES_LIMIT:
            return
        for field in node:
            inner = [child for child in field if _is_node(child)]
            if not inner or field.get(f"{RDF}parseType") == "Literal":
                continue
            about = inner[0].get(f"{RDF}about")
            if not about:
                about = f"_:nested-{len(waiting)}"
                inner[0].set(f"{RDF}about", about)
            field.set(f"{RDF}resource", about)
            field.text = None
            root.append(inner[0])
            waiting.append(inner[0])


def _is_node(element: etree._Element) -> bool:
    """Tell a node from markup inside a literal: it has an address or fields of other namespaces than XHTML's."""
    return not str(element.tag).startswith("{http://www.w3.org/1999/xhtml}") and "}" in str(element.tag)
