"""Cursors: where the next page begins, opaque to people and bound to their question."""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import replace

from repository.errors import BadRequest
from repository.search.query import Query


def write(query: Query, place: int) -> str:
    """Write the cursor of the page that begins after `place`: a sort key, or an offset by relevance."""
    return base64.urlsafe_b64encode(_question(query) + place.to_bytes(8, "big")).decode().rstrip("=")


def read(query: Query) -> int | None:
    """Read the place of a query's cursor, None where it has none.

    Raises BadRequest for one that is damaged or was given for another question.
    """
    if not query.cursor:
        return None
    try:
        raw = base64.b64decode(query.cursor + "=" * (-len(query.cursor) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if len(raw) != 16 or raw[:8] != _question(query):
        raise BadRequest(
            "cursor_invalid",
            "이 검색의 다음 쪽 표시가 아닙니다. 처음부터 다시 찾아 주세요.",
            "the cursor does not belong to this search; start again from its first page",
        )
    return int.from_bytes(raw[8:], "big")


def _question(query: Query) -> bytes:
    return hashlib.sha256(repr(replace(query, cursor="", size=0).pairs()).encode()).digest()[:8]
