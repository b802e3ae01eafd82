"""Readings of Hanja: every reading of a character, the reading of a run in its place, and initial sounds.

A character keeps its full sound in the tables (龍 룡, 女 녀). Two things follow from the rule of initial
sounds (두음 법칙, Hangul orthography §10-12): `read` writes the softened sound where a word begins, and
`sound` folds both spellings into one, so that they match wherever a word begins for another writer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files

HANJA = "\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
MOST_READINGS = 4
_RUN = re.compile(f"[{HANJA}]+")
_NIEUN, _RIEUL, _IEUNG = 2, 5, 11
_SOFT_VOWELS = frozenset((2, 3, 6, 7, 12, 17, 20))  # ㅑ ㅒ ㅕ ㅖ ㅛ ㅠ ㅣ
_FIRST, _LAST, _VOWELS, _FINALS = 0xAC00, 0xD7A3, 21, 28
_AFTER_OPEN = {"렬": "열", "률": "율"}  # after a vowel or ㄴ these lose their ㄹ (orthography §11)


@cache
def _readings() -> dict[str, tuple[str, ...]]:
    table: dict[str, list[str]] = {}
    for line in _lines("readings.txt"):
        reading, first, further = (*line.split("\t"), "")[:3]
        for character in first:
            table.setdefault(character, []).insert(0, reading)
        for character in further:
            table.setdefault(character, []).append(reading)
    return {character: tuple(found) for character, found in table.items()}


@cache
def _words() -> dict[str, str]:
    rows = (line.split("\t") for line in _lines("words.tsv"))
    return {word: reading for word, reading, *_ in rows}


@cache
def _word_pattern() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, _words()), key=len, reverse=True)))


def _lines(name: str) -> list[str]:
    text = (files("repository.search") / "data" / name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def is_hanja(character: str) -> bool:
    """Tell whether a character is a Hanja that has a reading."""
    return character in _readings()


@lru_cache(maxsize=16384)
def sound(syllable: str) -> str:
    """Fold the two spellings of an initial sound into one: 룡 용 → 용, 녀 여 → 여, 로 노 → 노."""
    code = ord(syllable) - _FIRST
    if not 0 <= code <= _LAST - _FIRST:
        return syllable
    initial, vowel, final = code // (_VOWELS * _FINALS), code // _FINALS % _VOWELS, code % _FINALS
    if initial in (_NIEUN, _RIEUL) and vowel in _SOFT_VOWELS:
        initial = _IEUNG
    elif initial == _RIEUL:
        initial = _NIEUN
    return chr(_FIRST + (initial * _VOWELS + vowel) * _FINALS + final)


def sounds(text: str) -> str:
    """Fold the initial sounds of a whole text."""
    return "".join(map(sound, text))


def choices(text: str) -> list[tuple[str, ...]]:
    """Give the readings of every character of a text, the likeliest first; what is no Hanja stands for itself."""
    table = _readings()
    found = [table.get(character, (character,)) for character in text]
    for match in _word_pattern().finditer(text):
        for place, reading in enumerate(_words()[match.group()], match.start()):
            found[place] = (reading, *(other for other in found[place] if other != reading))
    return [one[:MOST_READINGS] for one in found]


def read(text: str, heard: Sequence[tuple[str, ...]] | None = None) -> str:
    """Write the Hanja of a text in Hangul, syllable for character, so that places stay the same.

    `heard` are its `choices`, where they were found before.
    """
    if not _RUN.search(text):
        return text
    return _spelt(text, "".join([one[0] for one in heard or choices(text)]))


def spellings(text: str, most: int = 4) -> tuple[str, ...]:
    """Give the likeliest ways to write the Hanja of a text in Hangul: the first, and each with one other choice."""
    found = choices(text)
    likely = [one[0] for one in found]
    ways = ["".join(likely)]
    for place, one in enumerate(found):
        ways += ["".join([*likely[:place], other, *likely[place + 1 :]]) for other in one[1:]]
    return tuple(dict.fromkeys(_spelt(text, way) for way in ways[:most]))


def _spelt(text: str, syllables: str) -> str:
    """Apply the rule of initial sounds where a run of Hanja begins a word, and 렬/률 after an open sound."""
    out = list(syllables)
    for run in _RUN.finditer(text):
        start = run.start()
        if start == 0 or not text[start - 1].isalnum():
            out[start] = sound(out[start])
        for place in range(start, run.end()):
            if out[place] in _AFTER_OPEN and place and _is_open(out[place - 1]):
                out[place] = _AFTER_OPEN[out[place]]
    return "".join(out)


def _is_open(syllable: str) -> bool:
    code = ord(syllable) - _FIRST
    return 0 <= code <= _LAST - _FIRST and code % _FINALS in (0, 4)
