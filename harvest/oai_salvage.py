"""Cutting a broken OAI-PMH page into its records by its bytes, so that good records outlive a bad neighbour.

Nothing is repaired and nothing is dropped: every byte between the first record and the last is in a piece,
and bytes that stand between records make a piece of their own.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import pairwise

import msgspec

_DECLARATION = re.compile(rb"<\?xml\s[^<>]*\?>")
_ROOT = re.compile(rb"<(?:[\w.-]+:)?OAI-PMH\b[^<>]*>")
_ROOT_END = re.compile(rb"</(?:[\w.-]+:)?OAI-PMH\s*>")
_LIST = re.compile(rb"<(?:[\w.-]+:)?(?:ListRecords|GetRecord)\b[^<>]*>")
_LIST_END = re.compile(rb"<(?:[\w.-]+:)?resumptionToken\b|</(?:[\w.-]+:)?(?:ListRecords|GetRecord)\s*>")
_RECORD = re.compile(rb"<(?:[\w.-]+:)?record(?=[\s>])[^<>]*>")
_RECORD_END = re.compile(rb"</(?:[\w.-]+:)?record\s*>")
_HEADER = re.compile(rb"\s*<(?:[\w.-]+:)?header\b")
_AFTER_RECORD = re.compile(rb"</(?:[\w.-]+:)?record\s*>\s*\Z")
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_IDENTIFIER = re.compile(rb"<(?:[\w.-]+:)?identifier\b[^<>]*>([^<]*)<")
_RESPONSE_DATE = re.compile(rb"<(?:[\w.-]+:)?responseDate\b[^<>]*>\s*([^<]*?)\s*<")


class Piece(msgspec.Struct, frozen=True):
    """The bytes of one record, and where they begin in the page."""

    offset: int
    raw: bytes

    @property
    def identifier(self) -> str:
        """The OAI identifier, where it is legible."""
        found = _IDENTIFIER.search(self.raw)
        return html.unescape(found[1].decode("utf-8", "replace")).strip() if found else ""


class Cut(msgspec.Struct, frozen=True):
    """A page taken apart: `head` and `foot` make a page of any piece; `tail` holds what follows the records."""

    head: bytes
    foot: bytes
    pieces: tuple[Piece, ...]
    tail: bytes
    response_date: str


def is_oai(raw: bytes) -> bool:
    """Tell whether bytes that are no XML at least begin as an OAI-PMH answer."""
    return _ROOT.search(raw) is not None


def is_whole(raw: bytes) -> bool:
    """Tell whether the root element is closed, so that the page was not cut off on its way."""
    return _ROOT_END.search(raw) is not None


def cut(raw: bytes) -> Cut | None:
    """Take a broken page apart; None when its outer elements or its records cannot be told."""
    root, listing, ends = _ROOT.search(raw), _LIST.search(raw), list(_ROOT_END.finditer(raw))
    if not (root and listing and ends):
        return None
    starts = list(_starts(raw, listing.end()))
    if not starts:
        return None
    closed = ends[-1].end()
    edges = [*starts, _tail(raw, starts[-1], closed)]
    declaration = _DECLARATION.match(raw.lstrip())
    return Cut(
        head=(declaration[0] if declaration else b"") + root[0] + listing[0],
        foot=_closing(listing[0]) + _closing(root[0]),
        pieces=(*_lost(raw, root.end(), listing.start()), *_pieces(raw, listing.end(), edges)),
        tail=raw[edges[-1] : closed],
        response_date=_response_date(raw),
    )


def _response_date(raw: bytes) -> str:
    found = _RESPONSE_DATE.search(raw)
    return found[1].decode("utf-8", "replace") if found else ""


def _starts(raw: bytes, begin: int) -> Iterator[int]:
    """Find where records begin: before a header, after another record, or first in the list.

    Payloads have `record` elements of their own (MARCXML), which do none of these.
    """
    for found in _RECORD.finditer(raw, begin):
        before = _COMMENT.sub(b"", raw[max(begin, found.start() - 200) : found.start()])
        first = found.start() - begin < 200 and not before.strip()
        after = _COMMENT.sub(b"", raw[found.end() : found.end() + 500])
        if first or _HEADER.match(after) or _AFTER_RECORD.search(before):
            yield found.start()


def _tail(raw: bytes, last: int, closed: int) -> int:
    """Find the end of the last record: its closing tag, else where the token or the end of the list stands."""
    ends = list(_RECORD_END.finditer(raw, last, closed))
    if ends:
        return ends[-1].end()
    stop = _LIST_END.search(raw, last, closed)
    return stop.start() if stop else closed


def _pieces(raw: bytes, begin: int, edges: list[int]) -> Iterator[Piece]:
    """Cut at the edges; what follows a record's closing tag before the next record is a piece by itself."""
    yield from _stray(raw, begin, edges[0])
    for start, stop in pairwise(edges):
        ends = list(_RECORD_END.finditer(raw, start, stop))
        end = ends[-1].end() if ends else stop
        yield Piece(start, raw[start:end])
        yield from _stray(raw, end, stop)


def _lost(raw: bytes, start: int, stop: int) -> Iterator[Piece]:
    """Give what stands before the list, where it names a record: the list began earlier, and was damaged."""
    if _IDENTIFIER.search(raw, start, stop):
        yield Piece(start, raw[start:stop])


def _stray(raw: bytes, start: int, stop: int) -> Iterator[Piece]:
    """Give bytes between records as a piece, unless they are blank or comments."""
    if _COMMENT.sub(b"", raw[start:stop]).strip():
        yield Piece(start, raw[start:stop])


def _closing(tag: bytes) -> bytes:
    """Make the closing tag of a start tag."""
    return b"</" + re.split(rb"[\s>/]", tag[1:], maxsplit=1)[0] + b">"
