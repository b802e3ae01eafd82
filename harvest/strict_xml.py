"""Strict parsing of XML from strangers: no recovery, no entities, no document type, no network, limits on depth."""

from __future__ import annotations

import re
from functools import cache

from lxml import etree

from harvest.faults import fault

DEPTH_LIMIT = 256
_ELEMENT = re.compile(rb"<[A-Za-z_]")
# From here on libxml2 refuses a text node; its own limit is 10,000,000 bytes.
_HUGE = 9_000_000


@cache
def parser(huge: bool = False) -> etree.XMLParser:
    """Give the one kind of XML parser used here: strict, without entities, document types or network.

    `huge` lifts libxml2's limits on the size of a text and on depth; the transport bounds the bytes.
    """
    return etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=huge,
        recover=False,
        remove_comments=True,
        remove_pis=True,
    )


def parse_xml(raw: bytes) -> etree._Element:
    """Parse strictly; raises etree.XMLSyntaxError, and a TransferError for a document type declaration."""
    first = _ELEMENT.search(raw)
    prolog = raw[: first.start()].upper() if first else raw[:1000].upper()
    if b"<!DOCTYPE" in prolog:
        raise fault("answer_not_oai" if b"DOCTYPE HTML" in prolog else "answer_unsafe")
    huge = (
        len(raw) > _HUGE and first is not None and first.start() < 1000
    )  # in an encoding that could be looked into
    root = etree.fromstring(raw, parser(huge))
    if huge:
        _check_depth(root)
    if root.getroottree().docinfo.internalDTD is not None:  # hidden from the look above, as in UTF-16
        raise fault("answer_unsafe")
    return root


def _check_depth(root: etree._Element) -> None:
    """Hold the limit on depth that the parser did not."""
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEPTH_LIMIT:
            raise fault("answer_unsafe", "depth")


def local_name(element: etree._Element) -> str:
    """Give an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def child_text(element: etree._Element, name: str) -> str:
    """Give the stripped text of the first child of that local name, or nothing."""
    return (element.findtext(f"{{*}}{name}") or "").strip()
