"""A reader of XML records that remembers what was read, so that what no rule reads is seen and never vanishes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple, Self

from lxml import etree

from harvest.crosswalks import languages, text
from repository.item import Text
from repository.problems import Problem, problem

VALUES_LIMIT = 5_000
DEPTH_LIMIT = 40
XLINK = "{http://www.w3.org/1999/xlink}"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

# Namespaces as standards write them and as providers do; the two of Dublin Core share one prefix.
PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/elements/1.1": "dc",
    "http://purl.org/dc/elements/1.0/": "dc",
    "http://purl.org/dc/terms/": "dc",
    "http://purl.org/dc/terms": "dc",
    "http://www.openarchives.org/OAI/2.0/oai_dc/": "dc",
    "http://www.openarchives.org/OAI/2.0/": "oai",
    "http://www.openarchives.org/OAI/2.0/rights/": "oai_rights",
    "http://www.openarchives.org/OAI/2.0/provenance": "provenance",
    "http://www.loc.gov/mods/v3": "mods",
    "http://www.europeana.eu/schemas/edm/": "edm",
    "http://europeana.edu/schemas/edm/": "edm",
    "http://www.openarchives.org/ore/terms/": "ore",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://www.w3.org/2000/01/rdf-schema#": "rdfs",
    "http://www.w3.org/2004/02/skos/core#": "skos",
    "http://www.w3.org/2002/07/owl#": "owl",
    "http://www.w3.org/2003/01/geo/wgs84_pos#": "geo",
    "http://xmlns.com/foaf/0.1/": "foaf",
    "http://rdvocab.info/ElementsGr2/": "rda",
    "http://RDVocab.info/ElementsGr2/": "rda",
    "http://www.ebu.ch/metadata/ontologies/ebucore/ebucore#": "ebucore",
    "http://rdfs.org/sioc/services#": "svcs",
    "http://schema.org/": "schema",
    "http://www.loc.gov/MARC21/slim": "marc",
    "http://www.lido-schema.org": "lido",
    "http://www.lido-schema.org/": "lido",
    "http://www.opengis.net/gml": "gml",
}


@lru_cache(maxsize=4096)
def name_of(tag: str, own: str) -> str:
    """Name an element `prefix:local` by our prefixes; elements of `own` or of no namespace are named barely."""
    namespace, _, local = tag.rpartition("}")
    prefix = PREFIXES.get(namespace[1:], namespace[1:])
    return local if prefix in ("", own) else f"{prefix}:{local}"


class Reading(NamedTuple):
    """What all nodes of one record share: the prefix of its format, its root, and the problems met."""

    own: str
    root: etree._Element
    base: str
    log: list[Problem]


def begin(root: etree._Element, own: str, base: str = "") -> Node:
    """Begin to read a record; `base` is put before the paths of its fields."""
    return Node(root, Reading(own, root, base, []))


class Node:
    """One element being read.

    Nodes know the nodes taken from them and never their parents: cycles would leave a million records to the
    garbage collector.
    """

    __slots__ = ("_read", "_reading", "_taken", "_waiting", "element", "name")

    def __init__(self, element: etree._Element, reading: Reading) -> None:
        self.element = element
        self._reading = reading
        self.name = self._named()
        self._waiting: dict[str, list[Self]] | None = None
        self._taken: list[Self] = []
        self._read = False

    @property
    def log(self) -> list[Problem]:
        """The problems met in the record."""
        return self._reading.log

    @property
    def path(self) -> str:
        """The names from the record down to this element, with the prefixes that the source uses."""
        steps: list[str] = []
        element: etree._Element | None = self.element
        while element is not None and element is not self._reading.root:
            local = str(element.tag).rpartition("}")[2]
            steps.append(f"{element.prefix}:{local}" if element.prefix else local)
            element = element.getparent()
        return "/".join([*filter(None, [self._reading.base]), *reversed(steps)])

    def _named(self) -> str:
        """Name the element, as in `name_of`."""
        return name_of(str(self.element.tag), self._reading.own)

    def take(self, *names: str) -> list[Self]:
        """Take the children of these names, in the order of names, then of the document."""
        waiting = self._waiting if self._waiting is not None else self._children()
        if not waiting or waiting.keys().isdisjoint(names):
            return []
        taken = [node for name in names if name in waiting for node in waiting.pop(name)]
        if len(taken) > VALUES_LIMIT:
            self.log.append(problem("values_too_many", taken[0].path, str(len(taken))))
            taken = taken[:VALUES_LIMIT]
        self._taken += taken
        return taken

    def see(self, *names: str) -> list[Self]:
        """Take the children of these names, those taken before included."""
        before = [node for node in self._taken if node.name in names]
        return before + self.take(*names)

    def names(self) -> list[str]:
        """Name the children not yet taken."""
        return list(self._children())

    def value(self) -> str:
        """Read the text as one clean line."""
        value = " ".join(self._raw().split())
        if value.isprintable() and len(value) <= text.LINE_LIMIT:  # nearly all there is
            return value
        return self._checked(self._legal(value), text.LINE_LIMIT)

    def prose(self) -> str:
        """Read the text as clean paragraphs without markup."""
        raw = self._checked(self._raw(), text.PROSE_LIMIT)
        return self._legal(text.prose(text.without_markup(raw)))

    def get(self, attribute: str) -> str:
        """Read an attribute as one clean line, empty when absent."""
        found = self.element.get(attribute)
        return text.line(text.strip_illegal(found))[: text.LINE_LIMIT] if found else ""

    def resource(self) -> str:
        """Read what the element points to: `rdf:resource`, `rdf:about` or `xlink:href`."""
        self._read = True
        return self.get(f"{RDF}resource") or self.get(f"{RDF}about") or self.get(f"{XLINK}href")

    def lang(self) -> str:
        """Read the language as the source gives it (`xml:lang`, or a bare `lang`)."""
        said = self.element.get(_XML_LANG) or self.element.get("lang")
        return text.line(said)[: text.LINE_LIMIT] if said else ""

    def text(self) -> Text:
        """Read a clean line with its language as a BCP 47 tag."""
        value = self.value()
        return Text(value, languages.tag(self.lang(), value))

    def skip(self) -> None:
        """Count the element and all below it as read."""
        self._read = True
        self._waiting = {}
        self._taken = []

    def note(self, code: str, value: str = "") -> None:
        """Write down a problem of this element."""
        self.log.append(problem(code, self.path, value))

    def left(self) -> list[Problem]:
        """Tell what nobody read, as problems: path and value of every leaf."""
        found: list[Problem] = []
        self._look(found, 0)
        return found

    def _look(self, found: list[Problem], depth: int) -> None:
        """Add what nobody read of this element and of those below it."""
        inner = len(self.element)
        if not self._read:
            own_text = text.line(self.element.text or "")
            if own_text or (not inner and self._pointer()):
                found.append(problem("field_not_consumed", self.path, own_text or self._pointer()))
        if inner and depth < DEPTH_LIMIT:
            groups: list[Sequence[Node]] = [self._taken, *self._children().values()]
            for node in chain.from_iterable(groups):
                node._look(found, depth + 1)

    def _pointer(self) -> str:
        return self.get(f"{RDF}resource") or self.get(f"{XLINK}href")

    def _children(self) -> dict[str, list[Self]]:
        """Give the children not yet taken, by their names."""
        if self._waiting is None:
            self._waiting = {}
            kind, reading = type(self), self._reading
            for child in self.element:
                node = kind(child, reading)
                self._waiting.setdefault(node.name, []).append(node)
        return self._waiting

    def _raw(self) -> str:
        """Give the text; text of elements inside counts as read."""
        if len(self.element):
            found = " ".join(str(part) for part in self.element.itertext())
            self.skip()
            return found
        self._read = True
        return self.element.text or ""

    def _legal(self, value: str) -> str:
        """Drop illegal characters, and say so."""
        clean = text.strip_illegal(value)
        if clean is not value:
            self.note("text_illegal", clean)
        return clean

    def _checked(self, value: str, limit: int) -> str:
        if len(value) <= limit:
            return value
        self.note("text_too_long", f"{len(value)}: {value[:100]}")
        return value[:limit]
