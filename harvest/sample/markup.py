"""Building XML in the formats that institutions send: namespaces, and one way to add an element."""

from __future__ import annotations

from lxml import etree

NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "edm": "http://www.europeana.eu/schemas/edm/",
    "mods": "http://www.loc.gov/mods/v3",
    "oai_dc": "http://www.openarchives.org/OAI/2.0/oai_dc/",
    "ore": "http://www.openarchives.org/ore/terms/",
    "rdaGr2": "http://rdvocab.info/ElementsGr2/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "wgs84": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "xlink": "http://www.w3.org/1999/xlink",
    "xml": "http://www.w3.org/XML/1998/namespace",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}


def name(prefixed: str) -> str:
    """The qualified name of "dc:title"; a name without prefix stays as it is."""
    prefix, _, local = prefixed.rpartition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if prefix else local


def root(parent: etree._Element, prefixed: str, *prefixes: str) -> etree._Element:
    """The outermost element of a record, declaring the namespaces named."""
    return etree.SubElement(parent, name(prefixed), nsmap={prefix: NAMESPACES[prefix] for prefix in prefixes})


def add(parent: etree._Element, prefixed: str, text: str = "", **attributes: str) -> etree._Element:
    """A child with text and attributes; "xml_lang" stands for xml:lang. Empty attributes are left out."""
    child = etree.SubElement(parent, name(prefixed))
    child.text = text or None
    for key, value in attributes.items():
        if value:
            child.set(name(key.replace("_", ":", 1)), value)
    return child


def several(parent: etree._Element, prefixed: str, texts: tuple[str, ...], **attributes: str) -> None:
    """One child for each text that is not empty."""
    for text in filter(None, texts):
        add(parent, prefixed, text, **attributes)
