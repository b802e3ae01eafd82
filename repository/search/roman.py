"""What Korean sounds like in Latin letters, in one form for all who write it: skeletons of pairs of syllables.

The Revised Romanisation (2000), McCune-Reischauer (1937) and the spellings of everyday differ in voicing
(k/g, t/d, p/b, ch/j), in vowels (ŏ/eo/o, ŭ/eu/u, ae/e) and in how far they follow assimilation (Sinla, Silla).
A skeleton keeps none of these: ㄱㅋㄲ are k, ㄴㄹ are n, ㅓㅗ are o, ㅡㅜ are u. A token is two neighbouring
syllables; of the final of the second only its kind is told, because what follows may change or take it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from repository.search import jamo

LATIN_ONLY = "~"  # before a token that stands for a text in Latin letters
LONGEST_WORD = 120

_INITIALS = (
    "g",
    "kk",
    "n",
    "d",
    "tt",
    "r",
    "m",
    "b",
    "pp",
    "s",
    "ss",
    "",
    "j",
    "jj",
    "ch",
    "k",
    "t",
    "p",
    "h",
)
_VOWELS = ("a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi",
           "yu", "eu", "ui", "i")  # fmt: skip
# Finals by the order of Unicode: before a consonant or at the end; and, where another, before a vowel.
_FINALS = ("", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t", "t",
           "ng", "t", "t", "k", "t", "p", "")  # fmt: skip
_LINKED = {
    3: "ks",
    5: "nj",
    9: "lg",
    10: "lm",
    11: "lb",
    14: "lp",
    18: "ps",
    19: "s",
    20: "s",
    22: "j",
    23: "ch",
}

# One syllable as any of the systems may write it; possessive, so that no word takes long.
_KOREAN = re.compile(
    "(?>(?:kk|tch|tt|pp|ss|sh|jj|ch|[gkndtrmbpsjh])?"
    "(?:yae|yeo|y[aeiou]|wae|weo|w[aeio]|oe|oi|eui|eo|eu|ee|ae|ui|oo|[aeiou])"
    "(?:ng|ll?|[knmpt])?)++"
)
_EVERYDAY = {"lee": "i", "rhee": "i", "park": "pak", "young": "yeong", "hyun": "hyeon", "kyung": "gyeong",
             "lim": "im", "sung": "seong"}  # fmt: skip
_FOLDS = {"tch": "c", "ch": "c", "jj": "c", "j": "c", "sh": "s", "g": "k", "d": "t", "b": "p", "r": "n", "l": "n",
          "yae": "ye", "yeo": "yo", "yi": "i", "wae": "we", "weo": "wo", "oe": "we", "oi": "we", "eui": "i",
          "waeo": "wao", "aeo": "ao", "eo": "o", "eu": "u", "ee": "i", "ae": "e", "ui": "i", "oo": "u"}  # fmt: skip
_FOLDED = re.compile("|".join(sorted(_FOLDS, key=len, reverse=True)))
_NG = re.compile("ng(?=[^aeiouyw]|$)")
_NG_OPEN = re.compile("q(?=[aeiouyw])")
_MEETING = (
    (re.compile("k(?=[nm])"), "n"),
    (re.compile("t(?=[nm])"), "n"),
    (re.compile("p(?=[nm])"), "m"),
    (re.compile("([kptcshmn])\\1+"), "\\1"),
)
_SYLLABLE = re.compile("([kptcshmn]?)([yw]?[aeiou])((?:[kptcshmnq](?![yw]?[aeiou]))*)")


class Syllable(NamedTuple):
    """A syllable of a skeleton, as a Latin word is most simply cut."""

    onset: str
    vowel: str
    coda: str


@lru_cache(maxsize=131072)
def pair(one: str, other: str) -> str:
    """Give the token of two neighbouring syllables of Hangul; empty where either is none."""
    letters = _letters(one, other), _letters(other, "")
    found = syllables(_skeleton("".join(letters))) if all(letters) else ()
    return _token(*found[:2]) if found else ""


@lru_cache(maxsize=4096)
def read(word: str) -> tuple[Syllable, ...]:
    """Cut a bare Latin word into syllables; empty where no system writes Korean so."""
    word = _EVERYDAY.get(word, word)
    if len(word) > LONGEST_WORD or not _KOREAN.fullmatch(word):
        return ()
    return syllables(_skeleton(word))


def tokens(word: tuple[Syllable, ...]) -> list[tuple[str, ...]]:
    """Give the tokens of a word, pair by pair, each in all the ways in which it may be cut."""
    return [_pairs(word, place, word, place + 1) for place in range(len(word) - 1)]


def across(word: tuple[Syllable, ...], following: tuple[Syllable, ...]) -> tuple[str, ...]:
    """Give the tokens of the last syllable of a word with the first one of the next."""
    return _pairs(word, len(word) - 1, following, 0)


def spelt(hangul: str) -> str:
    """Give the skeleton of a whole word of Hangul; what is no Hangul is left out.

    Between a vowel and a consonant nothing meets, so a word is cut there: its pieces come again in other words.
    """
    pieces: list[str] = []
    begin = 0
    for place in range(1, len(hangul)):
        if _is_open(hangul[place - 1]) and jamo.initial(hangul[place]) not in ("", "ㅇ"):
            pieces.append(_spelt(hangul[begin:place]))
            begin = place
    return "".join([*pieces, _spelt(hangul[begin:])])


@lru_cache(maxsize=65536)
def _spelt(syllables: str) -> str:
    return _skeleton("".join(map(_letters, syllables, (*syllables[1:], ""))))


def _is_open(syllable: str) -> bool:
    found = jamo.parts(syllable)
    return found is not None and not found[2]


def bare(latin: str) -> str:
    """Give the skeleton of a bare Latin word, which may be unfinished."""
    return _skeleton(latin)


def syllables(skeleton: str) -> tuple[Syllable, ...]:
    """Cut a skeleton before the consonant, if any, that a vowel follows."""
    return tuple(Syllable(*found.groups()) for found in _SYLLABLE.finditer(skeleton))


def _letters(syllable: str, following: str) -> str:
    found = jamo.parts(syllable)
    if found is None:
        return ""
    initial, vowel, final = found
    after = jamo.parts(following) if following else None
    linked = after is not None and jamo.INITIALS[after[0]] == "ㅇ"
    closing = _LINKED.get(final, _FINALS[final]) if linked else _FINALS[final]
    return _INITIALS[initial] + _VOWELS[vowel] + closing


def _skeleton(word: str) -> str:
    """Fold what the systems write differently; ng before a consonant or at the end is q, before a vowel nk."""
    folded = _FOLDED.sub(lambda found: _FOLDS[found.group()], _NG.sub("q", word))
    return _met(folded)


def _met(letters: str) -> str:
    """Let neighbouring consonants change each other, and write doubled ones once."""
    for pattern, after in _MEETING:
        letters = pattern.sub(after, letters)
    return letters


def _token(one: Syllable, other: Syllable | None = None) -> str:
    if other is None:
        return "".join(one)
    joined = _NG_OPEN.sub("nk", "".join((*one, other.onset, other.vowel))).replace("q", "n")
    return _met(joined) + _kind(other.coda)


def _kind(coda: str) -> str:
    """Tell only whether a final is closed by the lips (m) or by the tongue (n)."""
    return "" if not coda else "m" if coda[0] in "mp" else "n"


def _pairs(
    one: tuple[Syllable, ...], place: int, other: tuple[Syllable, ...], following: int
) -> tuple[str, ...]:
    """Pair two syllables; a consonant between vowels may belong to either side."""
    left, right = one[place], other[following]
    lefts = [left]
    if place and left.onset and (not one[place - 1].coda or (left.onset, one[place - 1].coda) == ("k", "n")):
        lefts.append(left._replace(onset=""))
    rights = [right]
    if not right.coda and following + 1 < len(other) and other[following + 1].onset:
        rights.append(right._replace(coda=other[following + 1].onset))
    return tuple(dict.fromkeys(_token(first, second) for first in lefts for second in rights))
