"""The one analyser, in front of every engine: a text becomes tokens of several forms, each with its place.

`exact` is the text as written (folded): words, numbers, and Hanja one by one, in order, so that a run of
them is a phrase. `morph` holds the content morphemes of Hangul and the parts of compounds. `reading` holds
what finds a text across scripts and spacing, with initial sounds folded: morphemes of Hanja read in Hangul,
and pairs of neighbouring syllables. `latin` holds Latin words without diacritics, apostrophes and hyphens.
What is as short as a name has three more: `roman`, what pairs of syllables sound like in Latin letters;
`initials`, the initial consonants of syllables by threes, and of words of two; `rimes`, pairs of syllables
without their initial consonants. Queries and documents are analysed alike; offsets count characters of the
original text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import pairwise
from typing import NamedTuple

from repository.search import hanja, jamo, roman
from repository.search.folding import Folded, fold, without_marks
from repository.search.morphemes import Morpheme, morphemes

VERSION = 2  # raise it when tokens change: documents are then written anew
LONGEST_TOKEN = 120
WORD = "="  # before the initials of a whole word
MOST_SOUNDS = 2  # readings of a Hanja in Latin letters
LONGEST_NAME = 300  # characters; a longer text is no name and has no forms of names
LONGEST_READ_RUN = 16  # longer runs of Hanja are literary Chinese, which a tagger of Korean only garbles

_KANA = "\u3040-\u30ff"
_LATIN = "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff\u02bb-\u02bf"
_APOSTROPHES = "'’‘ʼʻ`´"
_HYPHENS = "\\-\u2010\u2011"
WORDS = re.compile(
    f"[\u1100-\u11ff\u3131-\u318e\ua960-\ua97f\uac00-\ud7ff]+|[{hanja.HANJA}{_KANA}]|[0-9]+"
    f"|[{_LATIN}]+(?:[{_APOSTROPHES}][{_LATIN}]+)*|[^\\W_]"
)
LATIN_WORDS = re.compile(
    f"[{_APOSTROPHES}]?[{_LATIN}]+(?:[{_APOSTROPHES}{_HYPHENS}]?[{_LATIN}0-9]+)*[{_APOSTROPHES}]?"
)
_SPELT_OUT = re.compile(f"[{_LATIN}]+(?:[{_APOSTROPHES}{_HYPHENS}][{_LATIN}]+)*")
_HYPHEN = re.compile(f"[{_HYPHENS}]")
_SYLLABLES = re.compile(f"[\uac00-\ud7a3{hanja.HANJA}]+(?:[ \u00b7][\uac00-\ud7a3{hanja.HANJA}]+)*")
_LONG_RUN = re.compile(f"[{hanja.HANJA}]{{{LONGEST_READ_RUN + 1},}}")
_HANJA = re.compile(f"[{hanja.HANJA}]")
_LETTERS = "[\uac00-\ud7a3\u3131-\u314e\u1100-\u1112]+"
_INITIALED = re.compile(f"{_LETTERS}(?:[\\W_]+{_LETTERS})*")
_INITIALED_WORD = re.compile(_LETTERS)


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
    roman: tuple[Token, ...] = ()
    initials: tuple[Token, ...] = ()
    rimes: tuple[Token, ...] = ()


FORMS = Analysis._fields
TEXT_FORMS = ("exact", "morph", "reading", "latin")
NAME_FORMS = (*TEXT_FORMS, "roman", "initials")


def analyse(text: str, long: bool = False, forms: Collection[str] = FORMS) -> Analysis:
    """Analyse a text, in all forms or some; of a `long` one only Hanja are paired, as morphemes find its Hangul."""
    folded = fold(text)
    hangul = hanja.read(for_tagger(folded.text))
    is_tagged = "morph" in forms or "reading" in forms
    morph, read = by_script(folded, hangul, morphemes(hangul)) if is_tagged else ([], [])
    found = Analysis(
        exact=tuple(_words(folded)) if "exact" in forms else (),
        morph=tuple(morph),
        reading=(*read, *syllable_pairs(folded, hanja_only=long)) if "reading" in forms else (),
        latin=tuple(latin_tokens(folded)) if "latin" in forms else (),
    )
    if long or len(text) > LONGEST_NAME:
        return found
    return found._replace(
        roman=(*_sounded(folded, hangul), *_latin_sounded(folded)) if "roman" in forms else (),
        initials=tuple(_initials(folded, hangul)) if "initials" in forms else (),
        rimes=tuple(_rimes(folded, hangul)) if "rimes" in forms else (),
    )


def _words(folded: Folded) -> Iterator[Token]:
    return (_placed(folded, match.group(), *match.span()) for match in WORDS.finditer(folded.text))


def for_tagger(folded: str) -> str:
    """Blank the literary Chinese of a folded text, every place kept."""
    return _LONG_RUN.sub(lambda run: " " * len(run.group()), folded)


def _placed(folded: Folded, text: str, start: int, end: int) -> Token:
    return Token(text[:LONGEST_TOKEN], folded.starts[start], folded.ends[end - 1])


def by_script(folded: Folded, hangul: str, found: list[Morpheme]) -> tuple[list[Token], list[Token]]:
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


def syllable_pairs(folded: Folded, hanja_only: bool) -> Iterator[Token]:
    """Pair neighbouring syllables, across a space too; a Hanja with several readings gives several pairs."""
    for run in _SYLLABLES.finditer(folded.text):
        heard = hanja.choices(run.group())
        for left, right in pairwise(_places(folded.text, run)):
            if hanja_only and not _HANJA.search(folded.text, left, right + 1):
                continue
            for pair in pairs_of(heard[left - run.start()], heard[right - run.start()]):
                yield _placed(folded, pair, left, right + 1)


def _places(text: str, run: re.Match[str]) -> list[int]:
    return [place for place in range(*run.span()) if text[place] not in " \u00b7"]


def pairs_of(left: tuple[str, ...], right: tuple[str, ...]) -> tuple[str, ...]:
    """Give every pair of two syllables' sounds, each once."""
    return tuple(dict.fromkeys(hanja.sound(one) + hanja.sound(other) for one in left for other in right))


def latin_tokens(folded: Folded) -> Iterator[Token]:
    """Give Latin words bare, the parts of hyphenated ones, and neighbours as one word (Hunmin chŏngŭm)."""
    before: Token | None = None
    for match in LATIN_WORDS.finditer(folded.text):
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


def _rimes(folded: Folded, hangul: str) -> Iterator[Token]:
    """Pair neighbouring syllables without their initial consonants."""
    for run in _SYLLABLES.finditer(hangul):
        for left, right in pairwise(_places(hangul, run)):
            yield _placed(folded, jamo.rime(hangul[left]) + jamo.rime(hangul[right]), left, right + 1)


def _sounded(folded: Folded, hangul: str) -> Iterator[Token]:
    """Give what pairs of syllables sound like in Latin letters, Hanja in their likeliest readings."""
    for run in _SYLLABLES.finditer(folded.text):
        heard = hanja.choices(run.group())
        start = run.start()
        spelt = [
            (place, dict.fromkeys((hangul[place], *heard[place - start][:MOST_SOUNDS])))
            for place in _places(folded.text, run)
        ]
        for (left, ones), (right, others) in pairwise(spelt):
            for token in {roman.pair(one, other): None for one in ones for other in others}:
                if token:
                    yield _placed(folded, token, left, right + 1)


def _latin_sounded(folded: Folded) -> Iterator[Token]:
    """Give the same of Latin words that may be Korean, marked once more as such, in all the ways to cut them."""
    for start, end, tokens in latin_pairs(folded.text):
        for token in tokens:
            yield _placed(folded, token, start, end)
            yield _placed(folded, roman.LATIN_ONLY + token, start, end)


def latin_words(folded: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Give the Latin words of a folded text, without numbers, bare, each with its place."""
    for match in _SPELT_OUT.finditer(folded):
        yield match.span(), without_marks(match.group())


def latin_pairs(folded: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Give the pairs of syllables of Latin words, and of neighbouring words, each with a place of its own.

    Where in a word a syllable begins is not told: each pair is placed a character behind the one before it.
    """
    before: tuple[roman.Syllable, ...] = ()
    start = end = 0
    for place, bare in latin_words(folded):
        word = roman.read(bare)
        if before and word and folded[end : place[0]] in (" ", "\u00b7"):
            yield start, place[1], roman.across(before, word)
        for nth, tokens in enumerate(roman.tokens(word)):
            yield place[0] + nth, place[1], tokens
        before, (start, end) = word, place


def _initials(folded: Folded, hangul: str) -> Iterator[Token]:
    """Give the initial consonants of three neighbouring syllables, and of words that have just two."""
    for run in _INITIALED.finditer(hangul):
        letters: list[tuple[str, int]] = []
        for word in _INITIALED_WORD.finditer(hangul, *run.span()):
            typed = jamo.typed_initials(word.group())
            own = [
                (letter, place)
                for place in range(*word.span())
                for letter in (typed and jamo.typed_initials(hangul[place])) or jamo.initial(hangul[place])
            ]
            if len(own) == 2:
                yield _placed(folded, WORD + own[0][0] + own[1][0], own[0][1], own[1][1] + 1)
            letters += own
        for one, other, last in zip(letters, letters[1:], letters[2:], strict=False):
            yield _placed(folded, one[0] + other[0] + last[0], one[1], last[1] + 1)
