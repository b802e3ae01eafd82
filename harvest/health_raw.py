"""Bytes as they came, made readable: decoded by a guess that is said, every invisible character shown, or as hex.

What comes out holds no character that could hide, turn or reorder what stands beside it (Unicode TR36).
"""

from __future__ import annotations

import re
import unicodedata

import msgspec

from harvest import oai_encoding

MOST_TEXT = 200_000  # bytes of a text that are shown
MOST_HEX = 16_000  # bytes that are shown in hexadecimal
BLOCK = 2_000  # characters
_ROW = 16
# Of a text at most so many characters are control characters: one in twenty.
_BINARY = 20
_MARKS = ((b"\xff\xfe", "utf_16"), (b"\xfe\xff", "utf_16"), (b"\xef\xbb\xbf", "utf_8_sig"))
_C0 = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


class Readable(msgspec.Struct, frozen=True):
    """What is shown of some bytes; `encoding` is empty for hexadecimal, `cut` tells that there are more.

    The text comes in blocks, for browsers take minutes to lay out a line of a hundred thousand characters.
    """

    blocks: tuple[str, ...]
    encoding: str
    size: int
    cut: bool


def readable(raw: bytes) -> Readable:
    """Make bytes readable."""
    guessed = _decode(raw[:MOST_TEXT], whole=len(raw) <= MOST_TEXT)
    if guessed is None:
        return Readable(_blocks(_hex(raw[:MOST_HEX])), "", len(raw), len(raw) > MOST_HEX)
    text, encoding = guessed
    return Readable(_blocks(visible(text)), encoding, len(raw), len(raw) > MOST_TEXT)


def _blocks(text: str) -> tuple[str, ...]:
    """Cut a text into blocks, behind a line where there is one that ends."""
    found = []
    start = 0
    while start < len(text):
        end = start + BLOCK
        line = text.rfind("\n", start, end) + 1
        end = line if line > start and end < len(text) else end
        found.append(text[start:end].removesuffix("\n"))
        start = end
    return tuple(found)


def visible(text: str) -> str:
    """Show every character that is not seen: controls as pictures or numbers, marks of direction as numbers."""
    lines = text.replace("\r\n", "\n")
    return "".join(character if _is_plain(character) else _shown(character) for character in lines)


def _is_plain(character: str) -> bool:
    return character in "\n\t " or (character.isprintable() and unicodedata.category(character) != "Zs")


def _shown(character: str) -> str:
    number = ord(character)
    if number < 0x20:
        return chr(0x2400 + number)
    return "\u2421" if number == 0x7F else f"⟦U+{number:04X}⟧"


def _decode(raw: bytes, *, whole: bool) -> tuple[str, str] | None:
    """Decode by mark, as UTF-8, as declared, or as Korean; None where none reads it, or it reads as no text."""
    for name in _names(raw):
        try:
            # A text that is cut may be cut within a character.
            text = raw.decode(name) if whole else raw.decode(name, "ignore")
        except (UnicodeError, LookupError):
            continue
        if not whole and len(text.encode(name, "ignore")) < len(raw) - 8:
            continue
        return (text, name.replace("_", "-")) if len(_C0.findall(text)) * _BINARY <= len(text) else None
    return None


def _names(raw: bytes) -> list[str]:
    marked = [name for mark, name in _MARKS if raw.startswith(mark)]
    declared = oai_encoding.declared(raw)
    return [*marked, "utf_8", *([declared] if declared else []), "cp949"]


def _hex(raw: bytes) -> str:
    """Write bytes as rows: offset, sixteen bytes, and those that are ASCII."""
    rows = (raw[start : start + _ROW] for start in range(0, len(raw), _ROW))
    return "\n".join(
        f"{place * _ROW:06x}  {row.hex(' '):<47}  {''.join(chr(b) if 32 < b < 127 else '·' for b in row)}"
        for place, row in enumerate(rows)
    )
