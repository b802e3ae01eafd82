"""OAI-PMH answers, from bytes to values (Open Archives Initiative Protocol for Metadata Harvesting 2.0).

Parsing is strict: no recovery, no entities, no document type, no network. A page that is not well-formed is
cut into its records (`harvest.oai_salvage`); each is parsed by itself, the good ones arrive, the broken ones
are quarantined with their bytes, and the page is marked as repaired. A page without its end is a failed
transfer and never a shorter list. The envelope is matched by local name, because providers get its namespace
wrong; payloads are matched by namespace, in the crosswalks.
"""

from __future__ import annotations

import re
from copy import deepcopy
from functools import cache

import msgspec
from lxml import etree

from harvest import oai_salvage
from harvest.faults import fault

IDENTIFIER_LIMIT = 512
_ELEMENT = re.compile(rb"<[A-Za-z_]")
_TYPED = re.compile(rb':type="([A-Za-z_][\w.-]*):')
_XSI = b"http://www.w3.org/2001/XMLSchema-instance"


class HarvestedRecord(msgspec.Struct, frozen=True):
    """One record as a provider sent it; `datestamp` is as sent.

    `payload` is the content of `metadata` and `about` in Exclusive XML Canonicalization 1.0, inside a bare
    `record` element: it stands alone, and equal content gives equal bytes whatever page it came in. It is
    empty for deleted records and for records without metadata.
    """

    identifier: str
    datestamp: str
    prefix: str
    payload: bytes = b""
    sets: tuple[str, ...] = ()
    deleted: bool = False


class Quarantined(msgspec.Struct, frozen=True):
    """Bytes that make no record; `reason` is a problem code, `offset` counts bytes from the page's start.

    `offset` is -1 for a record that was legible but nameless: its bytes are then those of its element.
    """

    raw: bytes
    reason: str
    identifier: str = ""
    offset: int = -1
    detail: str = ""


class Page(msgspec.Struct, frozen=True):
    """One answer to ListRecords or GetRecord; `error` is an OAI-PMH error code or empty.

    `complete_size` and `cursor` are evidence for people and never control a loop: providers get them wrong.
    """

    raw: bytes
    response_date: str = ""
    records: tuple[HarvestedRecord, ...] = ()
    quarantined: tuple[Quarantined, ...] = ()
    token: str = ""
    complete_size: int | None = None
    cursor: int | None = None
    repaired: bool = False
    error: str = ""
    error_text: str = ""


@cache
def parser() -> etree.XMLParser:
    """Give the one kind of XML parser used here: strict, without entities, document types or network."""
    return etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
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
    root = etree.fromstring(raw, parser())
    if root.getroottree().docinfo.internalDTD is not None:  # hidden from the look above, as in UTF-16
        raise fault("answer_unsafe")
    return root


def parse_answer(raw: bytes) -> etree._Element:
    """Parse an answer that has to be whole: raises a TransferError when it is not well-formed OAI-PMH."""
    try:
        root = parse_xml(raw.lstrip())
    except etree.XMLSyntaxError as broken:
        raise _unreadable(raw, str(broken)) from broken
    if local_name(root) != "OAI-PMH":
        raise fault("answer_not_oai", str(root.tag))
    return root


def parse_page(raw: bytes, prefix: str) -> Page:
    """Read a page of records: strictly, else by salvage; raises a TransferError when neither can be."""
    try:
        root = parse_xml(raw)
    except etree.XMLSyntaxError as broken:
        return _salvaged(raw, prefix, str(broken))
    if local_name(root) != "OAI-PMH":
        raise fault("answer_not_oai", str(root.tag))
    return _page(root, raw, prefix)


def local_name(element: etree._Element) -> str:
    """Give an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def child_text(element: etree._Element, name: str) -> str:
    """Give the stripped text of the first child of that local name, or nothing."""
    return (element.findtext(f"{{*}}{name}") or "").strip()


def error_of(root: etree._Element) -> tuple[str, str]:
    """Give code and text of the first protocol error of an answer, or two empty strings (section 3.6)."""
    found = root.find("{*}error")
    return ("", "") if found is None else (found.get("code", "unknown"), (found.text or "").strip())


def token_of(root: etree._Element) -> etree._Element | None:
    """Find the resumption token, in the list element or, as some providers put it, behind it."""
    found = root.find("{*}resumptionToken")
    return found if found is not None else root.find("{*}*/{*}resumptionToken")


def _unreadable(raw: bytes, detail: str) -> Exception:
    """Say why an answer that is no XML cannot be read."""
    if not oai_salvage.is_oai(raw):
        return fault("answer_not_oai", detail)
    whole = oai_salvage.is_whole(raw)
    return fault("answer_not_wellformed" if whole else "answer_truncated", detail)


def _page(root: etree._Element, raw: bytes, prefix: str) -> Page:
    """Read a well-formed answer."""
    read = [_record(element, prefix) for element in root.iterfind("{*}*/{*}record")]
    error, error_text = error_of(root)
    token = token_of(root)
    return Page(
        raw=raw,
        response_date=child_text(root, "responseDate"),
        records=tuple(record for record in read if isinstance(record, HarvestedRecord)),
        quarantined=tuple(record for record in read if isinstance(record, Quarantined)),
        token="" if token is None else (token.text or "").strip(),
        complete_size=None if token is None else _count(token.get("completeListSize")),
        cursor=None if token is None else _count(token.get("cursor")),
        error=error,
        error_text=error_text,
    )


def _count(text: str | None) -> int | None:
    """Read a non-negative number of at most 18 digits, or nothing."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None


def _record(element: etree._Element, prefix: str) -> HarvestedRecord | Quarantined:
    """Read one record element (section 2.5)."""
    header = element.find("{*}header")
    if header is None:
        return _nameless(element, "identifier_missing")
    identifier = child_text(header, "identifier")
    if not 0 < len(identifier) <= IDENTIFIER_LIMIT:
        return _nameless(element, "identifier_too_long" if identifier else "identifier_missing")
    deleted = header.get("status", "").strip().lower() == "deleted"
    return HarvestedRecord(
        identifier=identifier,
        datestamp=child_text(header, "datestamp"),
        prefix=prefix,
        payload=b"" if deleted else _payload(element),
        sets=tuple((spec.text or "").strip() for spec in header.iterfind("{*}setSpec")),
        deleted=deleted,
    )


def _nameless(element: etree._Element, reason: str) -> Quarantined:
    return Quarantined(etree.tostring(element, encoding="utf-8", with_tail=False), reason)


def _payload(element: etree._Element) -> bytes:
    """Canonicalise what a record says; nothing when it says nothing."""
    metadata = b"".join(_canonical(child) for child in element.iterfind("{*}metadata/*"))
    if not metadata:
        return b""
    about = b"".join(_canonical(child) for child in element.iterfind("{*}about/*"))
    return b"<record><metadata>%b</metadata><about>%b</about></record>" % (metadata, about)


def _canonical(element: etree._Element) -> bytes:
    """Canonicalise a subtree; prefixes that stand only inside `xsi:type` values are kept declared."""
    element.tail = None
    try:
        written = _exclusive(element)
        prefixes = {found.decode() for found in _TYPED.findall(written)} if _XSI in written else set()
        return _exclusive(element, sorted(prefixes)) if prefixes else written
    except etree.C14NError:  # the standard refuses relative namespaces, which some providers invent
        alone = deepcopy(element)
        etree.cleanup_namespaces(alone)
        return etree.tostring(alone, encoding="utf-8")


def _exclusive(element: etree._Element, prefixes: list[str] | None = None) -> bytes:
    return etree.tostring(
        element, method="c14n", exclusive=True, with_comments=False, inclusive_ns_prefixes=prefixes
    )


def _salvaged(raw: bytes, prefix: str, detail: str) -> Page:
    """Read the records of a page that is not well-formed, each by itself."""
    if not oai_salvage.is_oai(raw) or not oai_salvage.is_whole(raw):
        raise _unreadable(raw, detail)
    taken = oai_salvage.cut(raw)
    if taken is None:
        return _trimmed(raw, prefix, detail)
    try:
        skeleton = _page(parse_xml(taken.head + taken.tail), raw, prefix)
    except etree.XMLSyntaxError as broken:
        raise fault("answer_not_wellformed", detail) from broken
    read = [_piece(piece, taken, prefix) for piece in taken.pieces]
    return msgspec.structs.replace(
        skeleton,
        response_date=taken.response_date,
        records=tuple(record for record in read if isinstance(record, HarvestedRecord)),
        quarantined=tuple(record for record in read if isinstance(record, Quarantined)),
        repaired=True,
    )


def _trimmed(raw: bytes, prefix: str, detail: str) -> Page:
    """Read an answer without records (an error, an empty list) that only has blanks before its prolog."""
    try:
        root = parse_xml(raw.lstrip())
    except etree.XMLSyntaxError as broken:
        raise fault("answer_not_wellformed", detail) from broken
    return msgspec.structs.replace(_page(root, raw, prefix), repaired=True)


def _piece(piece: oai_salvage.Piece, taken: oai_salvage.Cut, prefix: str) -> HarvestedRecord | Quarantined:
    """Parse one record in an envelope made of its page's own outer tags."""
    try:
        root = parse_xml(taken.head + piece.raw + taken.foot)
    except etree.XMLSyntaxError as broken:
        return _quarantined(piece, "record_not_wellformed", str(broken))
    elements = root.findall("{*}*/{*}record")
    if len(elements) != 1:
        return _quarantined(piece, "record_not_wellformed", "not one record")
    record = _record(elements[0], prefix)
    return record if isinstance(record, HarvestedRecord) else _quarantined(piece, record.reason)


def _quarantined(piece: oai_salvage.Piece, reason: str, detail: str = "") -> Quarantined:
    return Quarantined(piece.raw, reason, piece.identifier, piece.offset, detail)
