"""The tokens of long texts, word by word: words repeat, so the forms of most of them are found once.

The result is that of `repository.search.analysis.analyse` with `long`, without places: nothing that it finds
reaches beyond a word, but for pairs of Hanja and Latin neighbours across one blank, which are put between.
Where a sentence ends, which is after a stop that a blank follows and at the end of a line, a mark is put in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from repository.search import analysis, hanja
from repository.search.analysis import LATIN_WORDS, LONGEST_TOKEN, WORDS, Place, pairs_of
from repository.search.document import SENTENCES_APART
from repository.search.folding import fold, without_marks
from repository.search.morphemes import morphemes

_WORD = re.compile(r"\S+")
_PLAIN = re.compile(r"(?:[0-9\uac00-\ud7a3]|\W)+")
_HANJA = re.compile(f"[{hanja.HANJA}]")
_STOPS = (".", "?", "!", "。")
MOST_KEPT = 1 << 18  # words whose forms are remembered; some 200 MB

Words = tuple[str, ...]


class LongForms(NamedTuple):
    """The tokens of a long text by form, as `analysis.TEXT_FORMS` names them; `reading` without marks."""

    exact: Words
    morph: Words
    reading: Words
    latin: Words


@dataclass(frozen=True, slots=True)
class _Edge:
    """A syllable at the edge of a word: how it may be read, and whether it is a Hanja."""

    heard: Words
    is_hanja: bool


@dataclass(frozen=True, slots=True)
class _Forms:
    """The forms of one word; `latin` parts those that belong to a Latin word at its beginning from the others.

    `bare` is the last Latin word in it, None where there is none.
    """

    exact: Words
    morph: Words
    read: Words
    pairs: Words
    latin: tuple[Words, Words]
    bare: str | None
    first: _Edge | None
    last: _Edge | None
    stops: bool
    is_plain: bool = False  # nothing but `exact` and `morph`


def tokens(text: str) -> LongForms:
    """Find the tokens of a long text."""
    folded = fold(text).text
    exact: list[str] = []
    morph: list[str] = []
    read: list[str] = []
    pairs: list[str] = []
    latin: list[str] = []
    bare: str | None = None
    last: _Edge | None = None
    stopped = False
    for gap, text in _words(folded):
        word = _forms(text)
        if stopped or "\n" in gap:
            exact.append(SENTENCES_APART)
            morph.append(SENTENCES_APART)
            latin.append(SENTENCES_APART)
        exact += word.exact
        morph += word.morph
        if gap == " " and last is not None and word.first is not None:
            pairs += _across(last, word.first)
        if not word.is_plain:
            read += word.read
            pairs += word.pairs
            if word.bare is not None:
                leading, others = word.latin
                latin += leading
                if leading and bare is not None and gap.endswith(" "):
                    latin.append((bare + leading[0])[:LONGEST_TOKEN])
                latin += others
                bare = word.bare
        last, stopped = word.last, word.stops
    return LongForms(tuple(exact), tuple(morph), (*read, *pairs), tuple(latin))


def _words(folded: str) -> list[tuple[str, str]]:
    """Give the words of a text, each with what parts it from the one before; nothing does so for the first."""
    words = folded.split()
    if " ".join(words) == folded:
        return [(" " if place else "", word) for place, word in enumerate(words)]
    found: list[tuple[str, str]] = []
    end = 0
    for match in _WORD.finditer(folded):
        found.append((folded[end : match.start()] if end else "", match.group()))
        end = match.end()
    return found


def _across(left: _Edge, right: _Edge) -> Words:
    return pairs_of(left.heard, right.heard) if left.is_hanja or right.is_hanja else ()


@lru_cache(maxsize=MOST_KEPT)
def _forms(word: str) -> _Forms:
    """Find the forms of one folded word, in which there is no blank."""
    exact = tuple(found[:LONGEST_TOKEN] for found in WORDS.findall(word))
    if _PLAIN.fullmatch(word):
        morph = _texts(morphemes(word))
        first, last = (_edge(character, (character,)) for character in (word[0], word[-1]))
        return _Forms(exact, morph, (), (), ((), ()), None, first, last, word.endswith(_STOPS), is_plain=True)
    heard = hanja.choices(word)
    tagged = analysis.for_tagger(word)
    hangul = hanja.read(tagged, heard if tagged == word else None)
    written, read = analysis.by_script(word, hangul, morphemes(hangul))
    latin = analysis.latin_tokens(word)
    leads = sum([end <= latin[0][2] for _token, _start, end in latin]) if latin and not latin[0][1] else 0
    texts = _texts(latin)
    *_, bare = (None, *LATIN_WORDS.findall(word))
    return _Forms(
        exact,
        _texts(written),
        _texts(read),
        _texts(analysis.syllable_pairs(word, heard, hanja_only=True)),
        (texts[:leads], texts[leads:]),
        None if bare is None else without_marks(bare)[:LONGEST_TOKEN],
        _edge(word[0], heard[0]),
        _edge(word[-1], heard[-1]),
        word.endswith(_STOPS),
    )


def _texts(found: list[Place]) -> Words:
    return tuple([token[:LONGEST_TOKEN] for token, _start, _end in found])


def _edge(character: str, heard: Words) -> _Edge | None:
    is_hanja = bool(_HANJA.match(character))
    return _Edge(heard, is_hanja) if is_hanja or "\uac00" <= character <= "\ud7a3" else None
