"""Text goes over the net compressed, where the reader's program takes it so (RFC 9110 §8.4, §12.5.3).

Left as they are: what is small, parts of files, what is sent piece by piece, and what is made for one reader only
(`no-store`): the length of a compressed page could tell an eavesdropper what stands in it beside his own words.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable
from functools import lru_cache
from types import MappingProxyType

import brotli
from flask import Flask, Response, request

LEAST = 1000  # bytes; below, the head of an answer weighs more than what is saved
MOST_KEPT = 256  # static files kept compressed by each process
_TYPES = frozenset(
    {
        "application/javascript", "application/json", "application/ld+json", "application/rdf+xml", "application/xml",
        "application/atom+xml", "font/ttf", "image/svg+xml",
        "text/css", "text/csv", "text/html", "text/javascript", "text/plain",
        "text/turtle", "text/vtt", "text/xml",
    }
)  # fmt: skip
_CODINGS: MappingProxyType[str, Callable[[bytes, bool], bytes]] = MappingProxyType(
    {
        "br": lambda body, lasting: bytes(brotli.compress(body, quality=9 if lasting else 6)),
        "gzip": lambda body, lasting: gzip.compress(body, 9 if lasting else 5, mtime=0),
    }
)


def init_app(app: Flask) -> None:
    """Compress what an application answers. Registered before others, it sees the answer as they leave it."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    if response.mimetype not in _TYPES or response.status_code in (204, 206, 304):
        return response
    response.vary.add("Accept-Encoding")
    coding = next((one for one in _CODINGS if request.accept_encodings.quality(one) > 0), "")
    if not coding or not _may_be(response):
        return response
    # What lasts was made once for all, but for the fonts of a page: there the time counts too.
    lasting = bool(response.cache_control.immutable) and request.blueprint != "page_fonts"
    response.direct_passthrough = False
    body = response.get_data()
    if len(body) < LEAST:
        return response
    response.set_data(_kept(coding, body) if lasting else _CODINGS[coding](body, False))
    response.content_encoding = coding
    response.headers.pop("Accept-Ranges", None)
    etag, _is_weak = response.get_etag()
    if etag:
        response.set_etag(etag, weak=True)
    return response


def _may_be(response: Response) -> bool:
    """Tell whether an answer is whole, not compressed yet, and for everybody."""
    piecemeal = response.is_streamed and not response.direct_passthrough
    private = response.cache_control.no_store or "Set-Cookie" in response.headers
    encoded = "Content-Encoding" in response.headers or "Content-Range" in response.headers
    return request.method == "GET" and not (piecemeal or private or encoded)


@lru_cache(maxsize=MOST_KEPT)
def _kept(coding: str, body: bytes) -> bytes:
    return _CODINGS[coding](body, True)
