"""Cleaning of text as sources send it: characters that text may not hold, blanks, markup, and length."""

from __future__ import annotations

import html
import re

import nh3

LINE_LIMIT = 2_000
PROSE_LIMIT = 100_000

# Controls, non-characters, byte order marks, and the marks that turn the reading direction of what follows.
_ILLEGAL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|<!--|&(?:#\d+|#x[0-9A-Fa-f]+|[A-Za-z]\w*);")
_BREAK = re.compile(r"(?i)<(?:br|/p|/div|/li|/h[1-6]|/tr)\b[^<>]*>")
_PARAGRAPH = re.compile(r"\n\s*\n")


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
    if not ("<" in text or "&" in text) or not _MARKUP.search(text):
        return text
    broken = _BREAK.sub("\n\n", html.unescape(text) if "&lt;" in text else text)
    return html.unescape(nh3.clean(broken, tags=set(), clean_content_tags={"script", "style"}))
