"""OAI-PMH answers, from bytes to values (Open Archives Initiative Protocol for Metadata Harvesting 2.0).

Parsing is strict: no recovery, no entities, no document type, no network. A page that is not well-formed is
repaired where only one reading is possible (`harvest.oai_repair`), else cut into its records
(`harvest.oai_salvage`); each is parsed by itself, strictly, then repaired; the good ones arrive, the broken ones
are quarantined with their bytes. The page says what was done in its `repairs`. A page without its end is a failed
transfer and never a shorter list. The envelope is matched by local name, because providers get its namespace
wrong; payloads are matched by namespace, in the crosswalks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy

import msgspec
from lxml import etree

from harvest import oai_encoding, oai_repair, oai_salvage
from harvest.faults import fault
from harvest.strict_xml import child_text, local_name, parse_xml

IDENTIFIER_LIMIT = 512
LISTS = frozenset({"ListRecords", "ListIdentifiers", "GetRecord"})
CODES = frozenset(
    {
        "badArgument",
        "badResumptionToken",
        "badVerb",
        "cannotDisseminateFormat",
        "idDoesNotExist",
        "noMetadataFormats",
        "noRecordsMatch",
        "noSetHierarchy",
    }
)
_LISTED = frozenset({"record", "header", "resumptionToken"})
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
    """One answer to ListRecords, ListIdentifiers or GetRecord; `error` is an OAI-PMH error code or empty.

    `ended` tells that the list said its end with an empty token; `repairs` are the codes of `harvest.oai_repair`
    and `salvaged`, for a page that had to be cut into its records.

    `complete_size` and `cursor` are evidence for people and never control a loop: providers get them wrong.
    """

    raw: bytes
    response_date: str = ""
    records: tuple[HarvestedRecord, ...] = ()
    quarantined: tuple[Quarantined, ...] = ()
    token: str = ""
    complete_size: int | None = None
    cursor: int | None = None
    ended: bool = False
    repairs: tuple[str, ...] = ()
    error: str = ""
    error_text: str = ""

    @property
    def repaired(self) -> bool:
        """Tell whether the page is not what was sent."""
        return bool(self.repairs)


def parse_answer(raw: bytes, charset: str = "") -> etree._Element:
    """Parse an answer that has to be whole: raises a TransferError when it is not OAI-PMH, repaired if need be."""
    try:
        root = parse_xml(raw)
    except etree.XMLSyntaxError as broken:
        mended, _ = _mended_root(raw, charset)
        if mended is None:
            raise _unreadable(raw, str(broken)) from broken
        root = mended
    if local_name(root) != "OAI-PMH":
        raise fault("answer_not_oai", str(root.tag))
    return root


def parse_page(raw: bytes, prefix: str, charset: str = "") -> Page:
    """Read a page of records: strictly, else repaired, else by salvage; raises a TransferError when none can be.

    `charset` is what the HTTP header says.
    """
    try:
        root = parse_xml(raw)
    except etree.XMLSyntaxError as broken:
        return _mended(raw, prefix, charset) or _salvaged(raw, prefix, charset, str(broken))
    if local_name(root) != "OAI-PMH":
        raise fault("answer_not_oai", str(root.tag))
    if oai_encoding.is_mislabelled(raw):
        return _mended(raw, prefix, charset) or _page(root, raw, prefix)
    return _page(root, raw, prefix)


def _mended(raw: bytes, prefix: str, charset: str) -> Page | None:
    """Read a page after repair, or nothing when that does not help."""
    root, repairs = _mended_root(raw, charset)
    return None if root is None else _page(root, raw, prefix, repairs)


def _mended_root(raw: bytes, charset: str) -> tuple[etree._Element | None, tuple[str, ...]]:
    mended = oai_repair.mend(raw, charset) if _is_whole_oai(raw) else None
    return (_parsed(mended[0]), mended[1]) if mended else (None, ())


def _is_whole_oai(raw: bytes) -> bool:
    return oai_salvage.is_oai(raw) and oai_salvage.is_whole(raw)


def _parsed(raw: bytes) -> etree._Element | None:
    try:
        return parse_xml(raw)
    except etree.XMLSyntaxError:
        return None


def error_of(root: etree._Element) -> tuple[str, str]:
    """Give code and text of the first protocol error of an answer, or two empty strings (section 3.6)."""
    found = root.find("{*}error")
    if found is None:
        return "", ""
    code = found.get("code", "").strip() or "unknown"
    known = {name.lower(): name for name in CODES}
    return known.get(code.lower(), code), (found.text or "").strip()


def token_of(root: etree._Element) -> etree._Element | None:
    """Find the resumption token, in the list element or, as some providers put it, behind it."""
    found = root.find("{*}resumptionToken")
    return found if found is not None else root.find("{*}*/{*}resumptionToken")


def _unreadable(raw: bytes, detail: str) -> Exception:
    """Say why an answer that is no XML cannot be read; an empty one was cut off before it began."""
    if not raw.strip():
        return fault("answer_truncated", "empty")
    if not oai_salvage.is_oai(raw):
        return fault("answer_not_oai", detail)
    whole = oai_salvage.is_whole(raw)
    return fault("answer_not_wellformed" if whole else "answer_truncated", detail)


def _page(root: etree._Element, raw: bytes, prefix: str, repairs: tuple[str, ...] = ()) -> Page:
    """Read a well-formed answer."""
    read = [_record(element, prefix) for element in root.iterfind("{*}*/{*}record")]
    read += [_headed(header, header, prefix) for header in root.iterfind("{*}ListIdentifiers/{*}header")]
    error, error_text = error_of(root)
    token = token_of(root)
    text = "" if token is None else (token.text or "").strip()
    if not error and not text and not any(local_name(child) in LISTS for child in root):
        error = "unknown"  # neither a list nor an error: the next answer may be one
    return Page(
        raw=raw,
        response_date=child_text(root, "responseDate"),
        records=tuple(record for record in read if isinstance(record, HarvestedRecord)),
        quarantined=tuple(record for record in (*read, *_strays(root)) if isinstance(record, Quarantined)),
        token=text,
        complete_size=None if token is None else _count(token.get("completeListSize")),
        cursor=None if token is None else _count(token.get("cursor")),
        ended=token is not None and not text,
        repairs=repairs,
        error=error,
        error_text=error_text,
    )


def _strays(root: etree._Element) -> Iterator[Quarantined]:
    """Give what stands in a list and is no record, so that a list of another shape does not read as empty."""
    for listing in root:
        if local_name(listing) in LISTS:
            for child in listing:
                if local_name(child) not in _LISTED:
                    yield _nameless(child, "record_unknown")


def _count(text: str | None) -> int | None:
    """Read a non-negative number of at most 18 digits, or nothing."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None


def _record(element: etree._Element, prefix: str) -> HarvestedRecord | Quarantined:
    """Read one record element (section 2.5)."""
    header = element.find("{*}header")
    if header is None:
        return _nameless(element, "identifier_missing")
    return _headed(element, header, prefix)


def _headed(element: etree._Element, header: etree._Element, prefix: str) -> HarvestedRecord | Quarantined:
    """Read a record whose header was found, or a header alone (sections 2.5 and 4.3)."""
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
    inside = element.findall("{*}metadata/*")
    if not inside and local_name(element) == "record" and element.find("{*}metadata") is None:
        inside = [one for one in element.iterchildren("*") if local_name(one) not in ("header", "about")]
    metadata = b"".join(canonical_xml(child) for child in inside)
    if not metadata:
        return b""
    about = b"".join(canonical_xml(child) for child in element.iterfind("{*}about/*"))
    return b"<record><metadata>%b</metadata><about>%b</about></record>" % (metadata, about)


def canonical_xml(element: etree._Element) -> bytes:
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


def _salvaged(raw: bytes, prefix: str, charset: str, detail: str) -> Page:
    """Read the records of a page that is not well-formed, each by itself."""
    if not _is_whole_oai(raw):
        raise _unreadable(raw, detail)
    taken = oai_salvage.cut(raw)
    if taken is None:
        raise fault("answer_not_wellformed", detail)
    skeleton = _skeleton(taken, raw, prefix, detail)
    read, codes = [], {"salvaged": None}
    for piece in taken.pieces:
        record, repairs = _piece(piece, taken, prefix, charset)
        read.append(record)
        codes |= dict.fromkeys(repairs)
    return msgspec.structs.replace(
        skeleton,
        response_date=taken.response_date,
        records=tuple(record for record in read if isinstance(record, HarvestedRecord)),
        quarantined=tuple(record for record in read if isinstance(record, Quarantined)),
        repairs=tuple(codes),
    )


def _skeleton(taken: oai_salvage.Cut, raw: bytes, prefix: str, detail: str) -> Page:
    """Read a page without its records; its token decides what follows, so that it must be certain."""
    bare = taken.head + taken.tail
    try:
        return _page(parse_xml(bare), raw, prefix)
    except etree.XMLSyntaxError as broken:
        mended = _mended(bare, prefix, "")
        if mended is None:
            raise fault("answer_not_wellformed", detail) from broken
        return msgspec.structs.replace(mended, raw=raw)


def _piece(
    piece: oai_salvage.Piece, taken: oai_salvage.Cut, prefix: str, charset: str
) -> tuple[HarvestedRecord | Quarantined, tuple[str, ...]]:
    """Parse one record in an envelope made of its page's own outer tags, and say what had to be repaired."""
    whole = taken.head + piece.raw + taken.foot
    repairs: tuple[str, ...] = ()
    try:
        root = parse_xml(whole)
    except etree.XMLSyntaxError as broken:
        mended = oai_repair.mend(whole, charset)
        found = _parsed(mended[0]) if mended else None
        if mended is None or found is None:
            return _quarantined(piece, "record_not_wellformed", str(broken)), ()
        root, repairs = found, mended[1]
    elements = root.findall("{*}*/{*}record")
    if len(elements) != 1:
        return _quarantined(piece, "record_not_wellformed", "not one record"), ()
    record = _record(elements[0], prefix)
    if isinstance(record, Quarantined):
        return _quarantined(piece, record.reason), ()
    return record, repairs


def _quarantined(piece: oai_salvage.Piece, reason: str, detail: str = "") -> Quarantined:
    return Quarantined(piece.raw, reason, piece.identifier, piece.offset, detail)
