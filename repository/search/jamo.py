"""The letters of Hangul: what syllables are made of, words by their initial consonants, old letters made new.

Arithmetic is that of Unicode §3.12 (Conjoining Jamo Behavior). Letters are written as compatibility jamo.
"""

from __future__ import annotations

import re
from functools import lru_cache

INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
_FIRST, _LAST = 0xAC00, 0xD7A3
_IEUNG = INITIALS.index("ㅇ")
# Keyboards join two initials into one letter, and write a doubled consonant by one key or two.
JOINED: dict[str, str] = {
    "ㄳ": "ㄱㅅ", "ㄵ": "ㄴㅈ", "ㄶ": "ㄴㅎ", "ㄺ": "ㄹㄱ", "ㄻ": "ㄹㅁ", "ㄼ": "ㄹㅂ", "ㄽ": "ㄹㅅ",
    "ㄾ": "ㄹㅌ", "ㄿ": "ㄹㅍ", "ㅀ": "ㄹㅎ", "ㅄ": "ㅂㅅ",
}  # fmt: skip
_APART = str.maketrans(JOINED)
_SINGLE = str.maketrans("ㄲㄸㅃㅆㅉ", "ㄱㄷㅂㅅㅈ")
_CONJOINING = {0x1100 + place: letter for place, letter in enumerate(INITIALS)}
_TYPED = re.compile("[\u3131-\u314e\u1100-\u1112]+[0-9]*")
# Letters that modern spelling has given up, by the letter that stands in their place today.
_OLD_INITIALS = {
    "\u1102\u1102": "ㄴ", "\u1112\u1112": "ㅎ", "\u1114": "ㄴ", "\u112b": "ㅂ", "\u1140": "ㅅ", "\u114c": "ㅇ",
    "\u1159": "ㅇ", "\u1158": "ㅎ", "\u1147": "ㅇ", "\u112d": "ㄲ", "\u112f": "ㄸ", "\u1132": "ㅃ", "\u111e": "ㄱ",
    "\u1120": "ㄸ", "\u1121": "ㅆ", "\u1122": "ㄲ", "\u1123": "ㄸ", "\u1127": "ㅉ", "\u1129": "ㅌ", "\u112c": "ㅃ",
    "\u1135": "ㅆ", "\u1136": "ㅉ", "\u113c": "ㅅ", "\u113d": "ㅆ", "\u113e": "ㅅ", "\u113f": "ㅆ", "\u114e": "ㅈ",
    "\u114f": "ㅉ", "\u1150": "ㅈ", "\u1151": "ㅉ", "\u1154": "ㅊ", "\u1155": "ㅊ", "\u111d": "ㅁ",
}  # fmt: skip
_OLD_VOWELS = {
    "\u119e": "ㅏ", "\u11a1": "ㅐ", "\u1188": "ㅚ", "\u1184": "ㅘ", "\u1185": "ㅙ", "\u1191": "ㅝ", "\u1192": "ㅞ",
    "\u1194": "ㅟ", "\u119f": "ㅓ", "\u11a0": "ㅜ",
}  # fmt: skip
_OLD_FINALS = {
    "\u11eb": "ㅅ", "\u11f0": "ㅇ", "\u11f9": "", "\u11d9": "ㄹ", "\u11e6": "ㅂ", "\u11e7": "ㅅ", "\u11e8": "ㅅ",
    "\u11ea": "ㅅ", "\u11e2": "ㅁ", "\u11bc\u11ba": "ㅇ", "\u11c7": "ㄴ", "\u11dd": "ㅁ", "\u11df": "ㅁ",
}  # fmt: skip
_SYLLABLE = re.compile("([\u1100-\u115f])([\u1160-\u11a7])([\u11a8-\u11ff]?)")


def parts(syllable: str) -> tuple[int, int, int] | None:
    """Give the places of a syllable's initial, vowel and final in the tables; None for anything else."""
    code = ord(syllable) - _FIRST
    if not 0 <= code <= _LAST - _FIRST:
        return None
    rest, final = divmod(code, len(FINALS))
    initial, vowel = divmod(rest, len(VOWELS))
    return initial, vowel, final


def join(initial: int, vowel: int, final: int = 0) -> str:
    """Make a syllable of the places of its letters."""
    return chr(_FIRST + (initial * len(VOWELS) + vowel) * len(FINALS) + final)


@lru_cache(maxsize=16384)
def initial(character: str) -> str:
    """Give the initial consonant of a syllable, doubled ones single (까 → ㄱ); anything else has none."""
    found = parts(character)
    return INITIALS[found[0]].translate(_SINGLE) if found else ""


@lru_cache(maxsize=16384)
def rime(syllable: str) -> str:
    """Give a syllable without its initial consonant: 훈 → 운."""
    found = parts(syllable)
    return join(_IEUNG, *found[1:]) if found else syllable


def typed_initials(word: str) -> str:
    """Read a word typed by initial consonants (ㅅㅈㄷㅇ), joined letters apart, doubled ones single; else nothing.

    A number may stand at its end.
    """
    if not _TYPED.fullmatch(word):
        return ""
    letters = word.rstrip("0123456789").translate(_CONJOINING).translate(_APART).translate(_SINGLE)
    return letters if all(letter in INITIALS for letter in letters) else ""


def modern(text: str) -> str:
    """Write syllables of old letters with the letters of today (ㆍ → ㅏ, ㅿ → ㅅ); conjoining jamo are read."""
    return _SYLLABLE.sub(_renewed, text)


def _renewed(found: re.Match[str]) -> str:
    first, vowel, final = found.groups()
    letters = (
        _OLD_INITIALS.get(first) or _CONJOINING.get(ord(first), "ㅇ"),
        _OLD_VOWELS.get(vowel) or _of_block(vowel, 0x1161, VOWELS) or "ㅏ",
        _OLD_FINALS.get(final) or _of_block(final, 0x11A8, FINALS[1:]) or "",
    )
    return join(INITIALS.index(letters[0]), VOWELS.index(letters[1]), FINALS.index(letters[2]))


def _of_block(letter: str, first: int, block: str | tuple[str, ...]) -> str:
    place = ord(letter) - first if letter else -1
    return block[place] if 0 <= place < len(block) else ""
