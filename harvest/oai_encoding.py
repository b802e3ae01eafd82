"""Telling in which encoding an answer really is, when its declaration is wrong.

The order is: strict UTF-8, then the encodings that the declaration and the HTTP header name, then CP949, which is
accepted only where the result reads as Korean. Nothing is replaced: text that none of them reads stays unread.
"""

from __future__ import annotations

import codecs
import re

DECLARATION = re.compile(rb"""<\?xml\s[^<>]*?encoding\s*=\s*["']([\w.:+-]+)["'][^<>]*\?>""")
# What the Web calls EUC-KR is CP949, its superset (WHATWG Encoding Standard, section 4.2).
_KOREAN = frozenset({"euc_kr", "cp949"})
_KOREAN_LABELS = frozenset({"ms949", "windows-949", "x-windows-949", "ksc5601", "ks_c_5601"})
# Codecs of Python that are no encodings of documents.
_NO_ENCODINGS = frozenset({"charmap", "idna", "punycode", "raw_unicode_escape", "unicode_escape", "utf_7"})
# Of these any byte string is valid, so that being valid proves nothing; nor do they hold Hangul.
_SINGLE_BYTE = re.compile(r"iso8859|latin|ascii|cp125|cp437|cp850")
_HANGUL_OR_HAN = re.compile("[\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
# UTF-8 read as Windows-1252 and written as UTF-8 once more: every byte became a character of its own.
_DOUBLED = re.compile("[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u2122]+")
_DOUBLED_BYTES = re.compile(rb"\xc3[\xa3-\xad](?:\xc2[\x80-\xbf]|[\xc5\xc6\xcb].|\xe2[\x80-\x84].){2}")


def declared(raw: bytes) -> str:
    """Give Python's name of the declared encoding, or nothing when there is none or it is not known."""
    found = DECLARATION.match(raw[:400].lstrip())
    return _name(found[1].decode()) if found else ""


def is_as_declared(raw: bytes, text: str) -> bool:
    """Tell whether the declaration leads to a text, UTF-8 being what no declaration means."""
    return (
        _read(raw, declared(raw) or ("utf_8" if DECLARATION.match(raw[:400].lstrip()) is None else ""))
        == text
    )


def is_mislabelled(raw: bytes) -> bool:
    """Tell of well-formed bytes that they are not in the declared encoding, or UTF-8 written twice."""
    label = declared(raw)
    if label in ("", "utf_8"):
        return b"\xc3" in raw and _DOUBLED_BYTES.search(raw) is not None
    if label.startswith("utf_") or raw.isascii():
        return False
    as_utf8 = _read(raw, "utf_8")
    if as_utf8 is not None:
        return _SINGLE_BYTE.match(label) is not None or _reads_korean(as_utf8)
    return _SINGLE_BYTE.match(label) is not None and _cp949(raw, 4) is not None


def text_of(raw: bytes, charset: str = "") -> str | None:
    """Decode an answer; None when no encoding reads it."""
    read = _read(raw, "utf_8") or _read_surrogates(raw)
    if read is not None:
        return read
    names = [name for name in (declared(raw), _name(charset)) if name not in ("", "utf_8", "ascii")]
    single = [name for name in names if _SINGLE_BYTE.match(name)]
    for name in names:
        if name not in single and name not in _KOREAN and (text := _read(raw, name)) is not None:
            return text
    text = _cp949(raw, 4 if single else 1)
    return text if text is not None or not single else _read(raw, single[0])


def _cp949(raw: bytes, least: int) -> str | None:
    """Read CP949 that makes sense: with as many Hangul or Chinese characters, and hardly a rare syllable.

    Rare syllables are what Western letters turn into, and UTF-8 with a few bad bytes turns into nonsense.
    """
    text = None if _is_damaged_utf8(raw) else _read(raw, "cp949")
    if text is None or len(_HANGUL_OR_HAN.findall(text)) < least:
        return None
    return text if _reads_korean(text) else None


def undoubled(text: str) -> str:
    """Undo UTF-8 written twice, wherever the result is Hangul or Chinese characters."""
    return _DOUBLED.sub(_undoubled, text)


def _undoubled(found: re.Match[str]) -> str:
    raw = bytearray()
    for character in found[0]:
        try:
            raw += character.encode("cp1252")
        except UnicodeEncodeError:  # the five bytes that Windows-1252 leaves out
            if ord(character) > 0xFF:
                return found[0]
            raw.append(ord(character))
    text = _read(bytes(raw), "utf_8")
    return text if text is not None and _HANGUL_OR_HAN.search(text) else found[0]


def _name(label: str) -> str:
    if label.lower() in _KOREAN_LABELS:
        return "cp949"
    try:
        name = codecs.lookup(label).name.replace("-", "_") if label else ""
    except LookupError:
        return ""
    return "" if name in _NO_ENCODINGS else name


def _read(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding) if encoding else None
    except (UnicodeError, LookupError):
        return None


def _read_surrogates(raw: bytes) -> str | None:
    """Read UTF-8 in which characters beyond the first plane are pairs of surrogates (CESU-8)."""
    try:
        text = raw.decode("utf_8", "surrogatepass")
        return text.encode("utf_16_le", "surrogatepass").decode("utf_16_le", "surrogatepass")
    except UnicodeDecodeError:
        return None


def _is_damaged_utf8(raw: bytes) -> bool:
    """Tell UTF-8 with a few bad bytes, which as CP949 would read as nonsense."""
    text = raw.decode("utf_8", "replace")
    bad = text.count("\ufffd")
    good = sum(not character.isascii() for character in text) - bad
    return good > bad


def _reads_korean(text: str) -> bool:
    hangul = _HANGUL.findall(text)
    if not hangul:
        return _HANGUL_OR_HAN.search(text) is not None
    return sum(map(_is_common, hangul)) * 3 >= len(hangul) * 2


def _is_common(syllable: str) -> bool:
    try:
        return len(syllable.encode("euc_kr")) == 2  # the others take eight bytes, or none
    except UnicodeEncodeError:
        return False
