"""Undoing the compression of an answer, told by its first bytes, because providers announce it wrongly.

XML begins with none of these bytes. Nothing ever unpacks to more than the limit.
"""

from __future__ import annotations

import io
import zlib

import zstandard

from harvest.faults import fault

_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
_ZLIB = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")
_WINDOW = 2**27


def unpacked(raw: bytes, limit: int) -> bytes:
    """Undo gzip, zlib or Zstandard; raises a TransferError when it is broken, ends early or is too large."""
    try:
        if raw.startswith((_GZIP, *_ZLIB)):
            body = _inflated(raw, limit)
        elif raw.startswith(_ZSTD):
            body = _zstd(raw, limit)
        else:
            body = raw
    except (zlib.error, zstandard.ZstdError) as error:
        raise fault("answer_truncated", f"compression: {error}") from error
    if len(body) > limit:
        raise fault("answer_too_large", f"{limit} bytes")
    return body


def _inflated(raw: bytes, limit: int) -> bytes:
    """Undo gzip, in one member or several, or zlib; at most one byte more than the limit."""
    parts: list[bytes] = []
    left = limit + 1
    while left > 0 and raw:
        unzip = zlib.decompressobj(zlib.MAX_WBITS | 32)
        parts.append(unzip.decompress(raw, left))
        left -= len(parts[-1])
        if left > 0 and not unzip.eof:
            raise zlib.error("the stream has no end")
        raw = unzip.unused_data if unzip.unused_data.startswith(_GZIP) else b""
    return b"".join(parts)


def _zstd(raw: bytes, limit: int) -> bytes:
    """Undo Zstandard; at most one byte more than the limit.

    A frame without its end only gives less: the XML in it then has no end, which the parser tells.
    """
    unpack = zstandard.ZstdDecompressor(max_window_size=_WINDOW)
    body = unpack.stream_reader(io.BytesIO(raw), read_across_frames=True).read(limit + 1)
    if not body:
        raise zstandard.ZstdError("the stream has no end")
    return body
