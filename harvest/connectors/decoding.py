"""The text of a file whose encoding nobody says: UTF-8 or UTF-16 by their marks, else UTF-8, else CP949."""

from __future__ import annotations

import codecs

from harvest.connectors.faults import fault

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def text_of(raw: bytes, name: str) -> str:
    """Decode a file strictly; raises a TransferError when it is in none of these."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _decoded(raw[len(mark) :], (encoding,), name)
    zeros = raw[:2000].count(0)
    if zeros * 5 > len(raw[:2000]):  # UTF-16 without its mark: Latin letters and blanks have a zero byte each
        odd = raw[1:2000:2].count(0)
        return _decoded(raw, ("utf-16-le",) if odd * 2 > zeros else ("utf-16-be",), name)
    return _decoded(raw, ("utf-8", "cp949"), name)


def _decoded(raw: bytes, encodings: tuple[str, ...], name: str) -> str:
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise fault("file_unreadable", f"{name}: neither UTF-8, UTF-16 nor CP949")
