"""Cursors: where the next page begins, opaque to people and bound to their question."""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import replace
from typing import NamedTuple

from repository.errors import BadRequest
from repository.search.query import Query

_QUESTION, _SCORE, _KEY = 8, 4, 8  # bytes of a cursor
HIGHEST_KEY = 2**63 - 2


class Place(NamedTuple):
    """What a page comes after: a sort key, by relevance also a score; without one, how many ranked before."""

    score: int
    key: int


def write(query: Query, place: Place) -> str:
    """Write the cursor of the page that begins after a place."""
    raw = _question(query) + place.score.to_bytes(_SCORE, "big") + place.key.to_bytes(_KEY, "big")
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def read(query: Query) -> Place | None:
    """Read the place of a query's cursor, None where it has none.

    Raises BadRequest for one that is damaged or was given for another question.
    """
    if not query.cursor:
        return None
    try:
        raw = base64.b64decode(query.cursor + "=" * (-len(query.cursor) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    score, key = raw[_QUESTION : _QUESTION + _SCORE], raw[_QUESTION + _SCORE :]
    place = Place(int.from_bytes(score, "big"), int.from_bytes(key, "big"))
    if len(key) != _KEY or raw[:_QUESTION] != _question(query) or place.key > HIGHEST_KEY:
        raise BadRequest(
            "cursor_invalid",
            "이 검색의 다음 쪽 표시가 아닙니다. 처음부터 다시 찾아 주세요.",
            "the cursor does not belong to this search; start again from its first page",
        )
    return place


def _question(query: Query) -> bytes:
    return hashlib.sha256(repr(replace(query, cursor="", size=0).pairs()).encode()).digest()[:_QUESTION]
