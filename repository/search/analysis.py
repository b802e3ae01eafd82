"""The one analyser, in front of every engine: a text becomes tokens of four forms, each with its place.

`exact` is the text as written (folded): words, numbers, and Hanja one by one, in order, so that a run of
them is a phrase. `morph` holds the content morphemes of Hangul and the parts of compounds. `reading` holds
what finds a text across scripts and spacing, with initial sounds folded: morphemes of Hanja read in Hangul,
and pairs of neighbouring syllables. `latin` holds Latin words without diacritics, apostrophes and hyphens.
Queries and documents are analysed alike; offsets count characters of the original text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from repository.search import hanja
from repository.search.folding import Folded, fold, without_marks
from repository.search.morphemes import Morpheme, morphemes

VERSION = 1  # raise it when tokens change: documents are then written anew
LONGEST_TOKEN = 120
LONGEST_READ_RUN = 16  # longer runs of Hanja are literary Chinese, which a tagger of Korean only garbles

_KANA = "\u3040-\u30ff"
_LATIN = "A-Za-z\u00aa-\u024f\u1e00-\u1eff\u02bb-\u02bf"
_APOSTROPHES = "'’‘ʼʻ`´"
_HYPHENS = "\\-\u2010\u2011"
_WORDS = re.compile(
    f"[\u1100-\u11ff\u3131-\u318e\ua960-\ua97f\uac00-\ud7ff]+|[{hanja.HANJA}{_KANA}]|[0-9]+"
    f"|[{_LATIN}]+(?:[{_APOSTROPHES}][{_LATIN}]+)*|[^\\W_]"
)
_LATIN_WORDS = re.compile(
    f"[{_APOSTROPHES}]?[{_LATIN}]+(?:[{_APOSTROPHES}{_HYPHENS}]?[{_LATIN}0-9]+)*[{_APOSTROPHES}]?"
)
_HYPHEN = re.compile(f"[{_HYPHENS}]")
_SYLLABLES = re.compile(f"[\uac00-\ud7a3{hanja.HANJA}]+(?:[ \u00b7][\uac00-\ud7a3{hanja.HANJA}]+)*")
_LONG_RUN = re.compile(f"[{hanja.HANJA}]{{{LONGEST_READ_RUN + 1},}}")
_HANJA = re.compile(f"[{hanja.HANJA}]")


class Token(NamedTuple):
    """One token and the place in the original text that it stands for."""

    text: str
    start: int
    end: int


class Analysis(NamedTuple):
    """A text in all its forms."""

    exact: tuple[Token, ...] = ()
    morph: tuple[Token, ...] = ()
    reading: tuple[Token, ...] = ()
    latin: tuple[Token, ...] = ()


FORMS = Analysis._fields


def analyse(text: str, long: bool = False) -> Analysis:
    """Analyse a text; in a `long` one only Hanja are paired, because morphemes find its Hangul well enough."""
    folded = fold(text)
    hangul = hanja.read(for_tagger(folded.text))
    morph, read = _by_script(folded, hangul, morphemes(hangul))
    return Analysis(
        exact=tuple(_placed(folded, match.group(), *match.span()) for match in _WORDS.finditer(folded.text)),
        morph=tuple(morph),
        reading=(*read, *_pairs(folded, hanja_only=long)),
        latin=tuple(_latin(folded)),
    )


def for_tagger(folded: str) -> str:
    """Blank the literary Chinese of a folded text, every place kept."""
    return _LONG_RUN.sub(lambda run: " " * len(run.group()), folded)


def _placed(folded: Folded, text: str, start: int, end: int) -> Token:
    return Token(text[:LONGEST_TOKEN], *folded.span(start, end))


def _by_script(folded: Folded, hangul: str, found: list[Morpheme]) -> tuple[list[Token], list[Token]]:
    """Part morphemes by how they were written: Hangul ones, and those that read Hanja (sounds folded).

    Hanja are never inflected, so their morphemes keep their syllables (本 is 본, not a form of 보다).
    """
    written: list[Token] = []
    read: list[Token] = []
    for one in found:
        if _HANJA.search(folded.text, one.start, one.end):
            read.append(_placed(folded, hanja.sounds(hangul[one.start : one.end]), one.start, one.end))
        else:
            written.append(_placed(folded, one.text, one.start, one.end))
    return written, read


def _pairs(folded: Folded, hanja_only: bool) -> Iterator[Token]:
    """Pair neighbouring syllables, across a space too; a Hanja with several readings gives several pairs."""
    for run in _SYLLABLES.finditer(folded.text):
        places = [place for place in range(*run.span()) if folded.text[place] not in " \u00b7"]
        heard = hanja.choices(run.group())
        for left, right in pairwise(places):
            if hanja_only and not _HANJA.search(folded.text, left, right + 1):
                continue
            for pair in pairs_of(heard[left - run.start()], heard[right - run.start()]):
                yield _placed(folded, pair, left, right + 1)


def pairs_of(left: tuple[str, ...], right: tuple[str, ...]) -> tuple[str, ...]:
    """Give every pair of two syllables' sounds, each once."""
    return tuple(dict.fromkeys(hanja.sound(one) + hanja.sound(other) for one in left for other in right))


def _latin(folded: Folded) -> Iterator[Token]:
    """Give Latin words bare, the parts of hyphenated ones, and neighbours as one word (Hunmin chŏngŭm)."""
    before: Token | None = None
    for match in _LATIN_WORDS.finditer(folded.text):
        word = _placed(folded, without_marks(match.group()), *match.span())
        yield word
        start = match.start()
        parts = _HYPHEN.split(match.group())
        for part in parts if len(parts) > 1 else ():
            if bare := without_marks(part):
                yield _placed(folded, bare, start, start + len(part))
            start += len(part) + 1
        if before and folded.text[match.start() - 1 : match.start()] == " ":
            yield Token((before.text + word.text)[:LONGEST_TOKEN], before.start, word.end)
        before = word
