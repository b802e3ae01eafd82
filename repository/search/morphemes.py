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

from mecab import MeCab
from mecab import Morpheme as Node

LONGEST_WORD = 200  # a longer run without any space is cut here
_WORD = re.compile(f"[0-9\uac00-\ud7a3]{{1,{LONGEST_WORD}}}")
_CONTENT = frozenset(("NNG", "NNP", "NR", "NP", "VV", "VA", "XR", "XPN", "XSN", "MAG", "MM", "SN", "UNKNOWN"))
_PARTICLES = ("J", "E", "VC", "XSV", "XSA")
_PLURAL = "들"
_taggers = threading.local()


class Morpheme(NamedTuple):
    """A content morpheme and its place; of a compound, itself and then its parts."""

    text: str
    start: int
    end: int


def _tagger() -> MeCab:
    """Give this thread's tagger: one is not shared between threads, and opening one takes milliseconds."""
    if not hasattr(_taggers, "one"):
        _taggers.one = MeCab()
    tagger: MeCab = _taggers.one
    return tagger


def morphemes(text: str) -> list[Morpheme]:
    """Find the content morphemes of a text's Hangul words and numbers, each with its place."""
    return [
        Morpheme(found.text, word.start() + found.start, word.start() + found.end)
        for word in _WORD.finditer(text)
        for found in of_word(word.group())
    ]


@lru_cache(maxsize=131072)
def of_word(word: str) -> tuple[Morpheme, ...]:
    """Cut one written word; none begins with a particle, so one that seems to was cut wrongly and stays whole."""
    if word.isdecimal():
        return (Morpheme(word, 0, len(word)),)
    nodes = _tagger().parse(word)
    if nodes[0].pos.startswith(_PARTICLES):
        bare = all(node.pos.startswith(_PARTICLES) for node in nodes)
        return () if bare else (Morpheme(word, 0, len(word)),)
    return tuple(found for node in nodes for found in _of_node(node))


def _of_node(node: Node) -> Iterator[Morpheme]:
    start, end = node.span
    parts = [part.split("/")[:2] for part in (node.feature.expression or "").split("+") if "/" in part]
    if not parts:
        if node.pos in _CONTENT and node.surface != _PLURAL:
            yield Morpheme(node.surface, start, end)
        return
    if node.feature.type == "Compound":
        yield Morpheme(node.surface, start, end)
    in_place = "".join(text for text, _pos in parts) == node.surface
    for text, pos in parts:
        if in_place:
            end = start + len(text)
        if pos in _CONTENT:
            yield Morpheme(text, start, end)
        if in_place:
            start = end
