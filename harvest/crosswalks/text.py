"""Cleaning of text as sources send it: characters that text may not hold, blanks, markup, and length."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

LINE_LIMIT = 2_000
PROSE_LIMIT = 100_000

# Controls, non-characters, byte order marks, and the marks that turn the reading direction of what follows.
_ILLEGAL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)(?:\s[^<>]*)?/?>|<!--[^<>]*>")
_ESCAPED_TAG = re.compile(r"&lt;/?[A-Za-z][^<>&]*&gt;")
_PARAGRAPH = re.compile(r"\n\s*\n")
_BREAKS = frozenset({"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6"})
_HIDDEN = frozenset({"script", "style"})


def strip_illegal(text: str) -> str:
    """Drop the characters that text may not hold."""
    if text.isprintable():  # a shortcut: what can be printed holds none of them
        return text
    return _ILLEGAL.sub("", text) if _ILLEGAL.search(text) else text


def line(text: str) -> str:
    """Make one line: every run of blanks is one space."""
    return " ".join(text.split())


def prose(text: str) -> str:
    """Make paragraphs: line ends inside a paragraph are blanks, empty lines between paragraphs stay."""
    if "\n" not in text:
        return line(text)
    return "\n\n".join(filter(None, map(line, _PARAGRAPH.split(text))))


def without_markup(text: str) -> str:
    """Strip HTML that was put into a text, scripts with their content; other `<` and `&` stay as they are."""
    if "&" in text and _ESCAPED_TAG.search(text):
        text = html.unescape(text)
    if "<" in text:
        text = "".join(_outside_tags(text))
    return html.unescape(text) if "&" in text else text


def _outside_tags(text: str) -> Iterator[str]:
    """Yield what stands between tags; tags that end a line end a paragraph."""
    hidden, last = False, 0
    for tag in _TAG.finditer(text):
        if not hidden:
            yield text[last : tag.start()]
        last = tag.end()
        name = (tag["name"] or "").lower()
        if name in _HIDDEN:
            hidden = not tag["end"]
        elif name in _BREAKS and (tag["end"] or name == "br"):
            yield "\n\n"
    if not hidden:
        yield text[last:]
