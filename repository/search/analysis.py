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
from collections.abc import Collection, Iterator, Sequence
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


Place = tuple[str, int, int]  # a token, and where it begins and ends in the folded text
Heard = list[tuple[str, ...]]  # how each character may be read, where there are Hanja
FORMS = Analysis._fields
TEXT_FORMS = ("exact", "morph", "reading", "latin")
PAIRED = ("reading", "roman", "rimes")  # of neighbouring syllables
NAME_FORMS = (*TEXT_FORMS, "roman", "initials")


def analyse(text: str, long: bool = False, forms: Collection[str] = FORMS) -> Analysis:
    """Analyse a text, in all forms or some; of a `long` one only Hanja are paired, as morphemes find its Hangul."""
    folded = fold(text)
    starts, ends = folded.starts, folded.ends
    return Analysis(
        *[
            tuple([Token(token[:LONGEST_TOKEN], starts[start], ends[end - 1]) for token, start, end in found])
            for found in _found(folded.text, forms, long, _is_name(text, long))
        ]
    )


def placed(text: str, forms: Collection[str]) -> tuple[Folded, list[list[Place]]]:
    """Give the same tokens, form by form, as places in the folded text, which is given too; long ones are not cut."""
    folded = fold(text)
    return folded, _found(folded.text, forms, False, _is_name(text, False))


def texts(text: str, long: bool, forms: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Give the same tokens without their places, form by form as they are named."""
    found = _found(fold(text).text, forms, long, _is_name(text, long))
    return tuple([tuple([one[0][:LONGEST_TOKEN] for one in found[FORMS.index(form)]]) for form in forms])


def _is_name(text: str, long: bool) -> bool:
    return not long and len(text) <= LONGEST_NAME


def _found(folded: str, forms: Collection[str], long: bool, is_name: bool) -> list[list[Place]]:
    """Find the tokens of a folded text, in the order of the forms; those not asked for are left empty."""
    tagged = for_tagger(folded)
    heard = hanja.choices(folded) if _HANJA.search(folded) else None
    hangul = hanja.read(tagged, heard if tagged == folded else None)
    runs = _runs(folded) if any(form in forms for form in PAIRED) else []
    is_tagged = "morph" in forms or "reading" in forms
    written, read = by_script(folded, hangul, morphemes(hangul)) if is_tagged else ([], [])
    found: list[list[Place]] = [
        words(folded) if "exact" in forms else [],
        written if "morph" in forms else [],
        [*read, *_syllable_pairs(runs, heard, folded, long)] if "reading" in forms else [],
        latin_tokens(folded) if "latin" in forms else [],
    ]
    if not is_name:
        return [*found, [], [], []]
    return [
        *found,
        [*_sounded(runs, heard, hangul), *_latin_sounded(folded)] if "roman" in forms else [],
        _initials(hangul) if "initials" in forms else [],
        _rimes(runs if tagged == folded else _runs(hangul), hangul) if "rimes" in forms else [],
    ]


def words(folded: str) -> list[Place]:
    """Give words, numbers and Hanja as written."""
    return [(match.group(), match.start(), match.end()) for match in WORDS.finditer(folded)]


def for_tagger(folded: str) -> str:
    """Blank the literary Chinese of a folded text, every place kept."""
    return _LONG_RUN.sub(lambda run: " " * len(run.group()), folded)


def by_script(folded: str, hangul: str, found: list[Morpheme]) -> tuple[list[Place], list[Place]]:
    """Part morphemes by how they were written: Hangul ones, and those that read Hanja (sounds folded).

    Hanja are never inflected, so their morphemes keep their syllables (本 is 본, not a form of 보다).
    """
    written: list[Place] = []
    read: list[Place] = []
    is_read = folded != hangul
    for text, start, end in found:
        if is_read and _HANJA.search(folded, start, end):
            read.append((hanja.sounds(hangul[start:end]), start, end))
        else:
            written.append((text, start, end))
    return written, read


def syllable_pairs(folded: str, heard: Heard | None, hanja_only: bool) -> list[Place]:
    """Pair neighbouring syllables, across a space too; a Hanja with several readings gives several pairs."""
    return _syllable_pairs(_runs(folded), heard, folded, hanja_only)


def _syllable_pairs(runs: list[list[int]], heard: Heard | None, folded: str, hanja_only: bool) -> list[Place]:
    found: list[Place] = []
    if heard is None:
        for run in [] if hanja_only else runs:
            for nth in range(len(run) - 1):
                left, right = run[nth], run[nth + 1]
                found.append((hanja.sound(folded[left]) + hanja.sound(folded[right]), left, right + 1))
        return found
    for run in runs:
        for nth in range(len(run) - 1):
            left, right = run[nth], run[nth + 1]
            if hanja_only and not _HANJA.search(folded, left, right + 1):
                continue
            found += [(pair, left, right + 1) for pair in pairs_of(heard[left], heard[right])]
    return found


def _runs(text: str) -> list[list[int]]:
    """Give the places of syllables that neighbour each other, across a space too."""
    return [
        [place for place in range(match.start(), match.end()) if text[place] not in " \u00b7"]
        for match in _SYLLABLES.finditer(text)
    ]


def pairs_of(left: tuple[str, ...], right: tuple[str, ...]) -> tuple[str, ...]:
    """Give every pair of two syllables' sounds, each once."""
    if len(left) == 1 and len(right) == 1:
        return (hanja.sound(left[0]) + hanja.sound(right[0]),)
    return tuple(dict.fromkeys([hanja.sound(one) + hanja.sound(other) for one in left for other in right]))


def latin_tokens(folded: str) -> list[Place]:
    """Give Latin words bare, the parts of hyphenated ones, and neighbours as one word (Hunmin chŏngŭm)."""
    found: list[Place] = []
    before: Place | None = None
    for match in LATIN_WORDS.finditer(folded):
        start = match.start()
        word = (without_marks(match.group())[:LONGEST_TOKEN], start, match.end())
        found.append(word)
        parts = _HYPHEN.split(match.group())
        place = start
        for part in parts if len(parts) > 1 else ():
            if bare := without_marks(part):
                found.append((bare, place, place + len(part)))
            place += len(part) + 1
        if before is not None and folded[start - 1 : start] == " ":
            found.append((before[0] + word[0], before[1], word[2]))
        before = word
    return found


def _rimes(runs: list[list[int]], hangul: str) -> list[Place]:
    """Pair neighbouring syllables without their initial consonants."""
    found: list[Place] = []
    for run in runs:
        for nth in range(len(run) - 1):
            left, right = run[nth], run[nth + 1]
            found.append((jamo.rime(hangul[left]) + jamo.rime(hangul[right]), left, right + 1))
    return found


def _sounded(runs: list[list[int]], heard: Heard | None, hangul: str) -> list[Place]:
    """Give what pairs of syllables sound like in Latin letters, Hanja in their likeliest readings."""
    found: list[Place] = []
    for run in runs:
        for nth in range(len(run) - 1):
            left, right = run[nth], run[nth + 1]
            if heard is None:
                tokens = [roman.pair(hangul[left], hangul[right])]
            else:
                tokens = _said(_likely(heard[left], hangul[left]), _likely(heard[right], hangul[right]))
            found += [(token, left, right + 1) for token in tokens if token]
    return found


def _likely(heard: tuple[str, ...], read: str) -> list[str]:
    return list(dict.fromkeys((read, *heard[:MOST_SOUNDS])))


def _said(ones: list[str], others: list[str]) -> list[str]:
    return list(dict.fromkeys([roman.pair(one, other) for one in ones for other in others]))


def _latin_sounded(folded: str) -> list[Place]:
    """Give the same of Latin words that may be Korean, marked once more as such, in all the ways to cut them."""
    found: list[Place] = []
    for start, end, tokens in latin_pairs(folded):
        for token in tokens:
            found.append((token, start, end))
            found.append((roman.LATIN_ONLY + token, start, end))
    return found


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


def _initials(hangul: str) -> list[Place]:
    """Give the initial consonants of three neighbouring syllables, and of words that have just two."""
    found: list[Place] = []
    for run in _INITIALED.finditer(hangul):
        letters: list[tuple[str, int]] = []
        for word in _INITIALED_WORD.finditer(hangul, run.start(), run.end()):
            typed = jamo.typed_initials(word.group())
            own = [
                (letter, place)
                for place in range(word.start(), word.end())
                for letter in (typed and jamo.typed_initials(hangul[place])) or jamo.initial(hangul[place])
            ]
            if len(own) == 2:
                found.append((WORD + own[0][0] + own[1][0], own[0][1], own[1][1] + 1))
            letters += own
        for nth in range(len(letters) - 2):
            (one, start), (other, _place), (last, end) = letters[nth : nth + 3]
            found.append((one + other + last, start, end + 1))
    return found
