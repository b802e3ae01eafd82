"""Repairing an answer that is not well-formed, where only one reading is possible; each repair has a code.

What is repaired: the encoding, characters and references that XML does not allow, `&` and `<` that begin
nothing, named references of HTML, XML declarations inside, text before and behind the root, prefixes that
everybody knows but nobody declared, and blanks inside the address of a namespace. A tag is never added or taken
away.
"""

from __future__ import annotations

import html.entities
import re
from collections.abc import Iterator

from harvest import oai_encoding

NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "oai_dc": "http://www.openarchives.org/OAI/2.0/oai_dc/",
    "dcterms": "http://purl.org/dc/terms/",
    "edm": "http://www.europeana.eu/schemas/edm/",
    "ore": "http://www.openarchives.org/ore/terms/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "mods": "http://www.loc.gov/mods/v3",
    "marc": "http://www.loc.gov/MARC21/slim",
    "lido": "http://www.lido-schema.org",
    "sear": "http://www.exlibrisgroup.com/xsd/jaguar/search",
    "xlink": "http://www.w3.org/1999/xlink",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
_DECLARATION = re.compile(r"<\?xml\s[^<>]*\?>")
_ROOT = re.compile(r"<(?:[\w.-]+:)?OAI-PMH\b[^<>]*")
_ROOT_END = re.compile(r"</(?:[\w.-]+:)?OAI-PMH\s*>")
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OPENING = re.compile(r"<!\[CDATA\[|<!--|<\?")
_CLOSING = {"<![CDATA[": "]]>", "<!--": "-->", "<?": "?>"}
_PAIR = re.compile(r"&#(\d{5}|[xX][0-9a-fA-F]{4});&#(\d{5}|[xX][0-9a-fA-F]{4});")
_REFERENCE = re.compile(r"&(?:#(\d{1,9}|[xX][0-9a-fA-F]{1,8});|([A-Za-z][A-Za-z0-9]*;))?")
# No vocabulary met here has a name beyond ASCII, but titles stand in angle brackets: <훈민정음>.
_BARE_LESS = re.compile(r"<(?![A-Za-z_/!?])")
_XML_NAMES = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})
_DECLARING = re.compile(r"<[A-Za-z_][\w:.-]*\s[^<>]*?\bxmlns\b[^<>]*>")
_NAMESPACE = re.compile(r"(\bxmlns(?::[\w.-]+)?\s*=\s*)(\"[^\"<>]*\"|'[^'<>]*')")
_GAPS = str.maketrans("\x0b\x0c", "  ")


def mend(raw: bytes, charset: str = "") -> tuple[bytes, tuple[str, ...]] | None:
    """Repair an answer: gives its bytes in UTF-8 and what was done, or None when there was nothing to do."""
    read = oai_encoding.text_of(raw, charset)
    if read is None:
        return None
    text = read.removeprefix("\ufeff").rstrip()
    codes = [] if oai_encoding.is_as_declared(raw, read) else ["encoding"]
    for code, step in (
        ("encoding", oai_encoding.undoubled),
        ("outside_root", _cut_outside),
        ("", _cut_first_declaration),
        ("declaration_inside", _cut_declarations),
        ("illegal_character", _cut_illegal),
        ("markup", _mend_markup),
        ("namespace", _join_namespaces),
        ("namespace", _declare),
    ):
        stepped = step(text)
        codes += [code] if code and stepped != text else []
        text = stepped
    mended = text.encode()
    return None if mended == raw else (mended, tuple(dict.fromkeys(codes)) or ("encoding",))


def _cut_outside(text: str) -> str:
    """Cut what stands before the declaration, or before a root without one, and what stands behind the root."""
    root = _ROOT.search(text)
    ends = list(_ROOT_END.finditer(text))
    if root is None or not ends:
        return text
    inside = text[root.start() : ends[-1].end()]
    declaration = _DECLARATION.search(text, 0, root.start())
    before = text[: root.start()]
    if not before.strip() or (declaration and before.rstrip() == declaration[0]):
        return text[: ends[-1].end()]
    return (declaration[0] if declaration else "") + inside


def _cut_first_declaration(text: str) -> str:
    """Leave out the declaration, which may name another encoding; UTF-8 needs none."""
    return _DECLARATION.sub("", text, count=1) if text.startswith("<?xml") else text


def _cut_declarations(text: str) -> str:
    return "".join("" if _DECLARATION.fullmatch(part) else part for part, _ in _parts(text))


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """Divide text into markup and what is none: comments, CDATA sections and instructions, which are opaque.

    What is opened and never closed is not opaque; that it never is, is looked for once.
    """
    unclosed: set[str] = set()
    done = 0
    for found in _OPENING.finditer(text):
        opening = found[0]
        if found.start() < done or opening in unclosed:
            continue
        end = text.find(_CLOSING[opening], found.end())
        if end < 0:
            unclosed.add(opening)
            continue
        yield text[done : found.start()], False
        done = end + len(_CLOSING[opening])
        yield text[found.start() : done], True
    yield text[done:], False


def _cut_illegal(text: str) -> str:
    """Take away characters that XML 1.0 does not allow (section 2.2); the two that mean a gap leave a blank."""
    return _ILLEGAL.sub("", text.translate(_GAPS))


def _mend_markup(text: str) -> str:
    """Mend references and stray brackets, outside comments and CDATA sections."""
    return "".join(part if opaque else _mend_part(part) for part, opaque in _parts(text))


def _mend_part(text: str) -> str:
    text = _BARE_LESS.sub("&lt;", text)
    return _REFERENCE.sub(_reference, _PAIR.sub(_pair, text))


def _pair(found: re.Match[str]) -> str:
    """Make one character of two surrogates, each written as a reference."""
    high, low = _number(found[1]), _number(found[2])
    if 0xD800 <= high < 0xDC00 <= low < 0xE000:
        return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
    return found[0]


def _reference(found: re.Match[str]) -> str:
    if found[1]:
        number = _number(found[1])
        return found[0] if number <= 0x10FFFF and not _ILLEGAL.match(chr(number)) else ""
    name = found[2] or ""
    if name in _XML_NAMES:
        return found[0]
    meant = html.entities.html5.get(name)
    return f"&amp;{name}" if meant is None else html.escape(meant)


def _number(digits: str) -> int:
    return int(digits[1:], 16) if digits[0] in "xX" else int(digits)


def _join_namespaces(text: str) -> str:
    """Close the gaps in the addresses of namespaces, which can have none (Namespaces in XML 1.0, section 2.1)."""
    return _DECLARING.sub(lambda tag: _NAMESPACE.sub(_joined, tag[0]), text)


def _joined(found: re.Match[str]) -> str:
    return found[1] + "".join(found[2].split())


def _declare(text: str) -> str:
    """Declare, at the root, the prefixes that everybody knows and that are used without a declaration."""
    missing = "".join(
        f' xmlns:{prefix}="{address}"'
        for prefix, address in NAMESPACES.items()
        if f"xmlns:{prefix}=" not in text and re.search(rf"[<\s/]{prefix}:[A-Za-z]", text)
    )
    root = _ROOT.search(text)
    if not missing or root is None:
        return text
    return text[: root.end()].removesuffix("/") + missing + text[root.end() :]
