"""Morphemes of Korean words by mecab-ko: content and the parts of compounds, without particles and endings.

Every written word is analysed by itself, so that a word of a query is always cut as the same word of a text
is, whatever stands beside it; and words repeat, so most are cut once.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from mecab import MeCab, MeCabError
from mecab.utils import create_lattice

LONGEST_WORD = 200  # a longer run without any space is cut here
_WORD = re.compile(f"[0-9\uac00-\ud7a3]{{1,{LONGEST_WORD}}}")
_CONTENT = frozenset(("NNG", "NNP", "NR", "NP", "VV", "VA", "XR", "XPN", "XSN", "MAG", "MM", "SN", "UNKNOWN"))
_PARTICLES = ("J", "E", "VC", "XSV", "XSA")
_PLURAL = "들"
_taggers = threading.local()

# A content morpheme, and where it begins and ends; a compound stands before its parts.
Morpheme = tuple[str, int, int]


class _Node(NamedTuple):
    """A piece of a word as the tagger cuts it: its letters, its part of speech, the content morphemes within it."""

    surface: str
    pos: str
    content: tuple[Morpheme, ...]


def _parsed(word: str) -> list[_Node]:
    """Have a word cut by this thread's tagger: one is not shared between threads, and opening one takes milliseconds.

    The library's own `parse` makes objects of all that is told, which takes four times as long as the cutting.
    """
    if not hasattr(_taggers, "one"):
        _taggers.one, _taggers.lattice = MeCab()._tagger, create_lattice("")
    _taggers.lattice.set_sentence(word)
    if not _taggers.one.parse(_taggers.lattice):
        raise MeCabError(_taggers.one.what())
    lines = (line.partition("\t") for line in _taggers.lattice.to_string().splitlines())
    return [_node(surface, feature) for surface, tab, feature in lines if tab]


@lru_cache(maxsize=65536)
def _node(surface: str, feature: str) -> _Node:
    """Read a line of the dictionary: part of speech, meaning, final consonant, reading, type, …, expression."""
    pos, _, _, _, kind, _, _, expression = feature.split(",")
    return _Node(surface, pos, tuple(_content(surface, pos, kind, expression)))


def morphemes(text: str) -> list[Morpheme]:
    """Find the content morphemes of a text's Hangul words and numbers, each with its place."""
    found: list[Morpheme] = []
    for word in _WORD.finditer(text):
        place = word.start()
        for morpheme, start, end in of_word(word.group()):
            found.append((morpheme, place + start, place + end))
    return found


@lru_cache(maxsize=131072)
def of_word(word: str) -> tuple[Morpheme, ...]:
    """Cut one written word; none begins with a particle, so one that seems to was cut wrongly and stays whole."""
    if word.isdecimal():
        return ((word, 0, len(word)),)
    nodes = _parsed(word)
    if not nodes:  # nothing but what the analyser takes for no text, a NUL say
        return ()
    if nodes[0].pos.startswith(_PARTICLES):
        bare = all(node.pos.startswith(_PARTICLES) for node in nodes)
        return () if bare else ((word, 0, len(word)),)
    found: list[Morpheme] = []
    place = 0
    for node in nodes:
        for text, start, end in node.content:
            found.append((text, place + start, place + end))
        place += len(node.surface)
    return tuple(found)


def _content(surface: str, pos: str, kind: str, expression: str) -> Iterator[Morpheme]:
    """Give the content morphemes of a piece, placed within it."""
    parts = [part.split("/")[:2] for part in expression.split("+") if "/" in part]
    start, end = 0, len(surface)
    if not parts:
        if pos in _CONTENT and surface != _PLURAL:
            yield surface, start, end
        return
    if kind == "Compound":
        yield surface, start, end
    in_place = "".join(text for text, _pos in parts) == surface
    for text, own in parts:
        if in_place:
            end = start + len(text)
        if own in _CONTENT:
            yield text, start, end
        if in_place:
            start = end


def stem(word: str) -> str:
    """Give a word up to the end of its content, without the particles after it; itself where it has none."""
    return word[: max((end for _text, _start, end in of_word(word)), default=0)] or word
