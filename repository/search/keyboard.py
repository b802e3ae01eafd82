"""Text typed while the keyboard stood in the other mode: Hangul in Latin letters, Latin in Hangul.

Keys are those of the standard two-set layout (KS X 5002).
"""

from __future__ import annotations

import re
from functools import lru_cache

from repository.search import jamo

_LATIN = "qwertyuiopasdfghjklzxcvbnmQWERTOP"
_HANGUL = "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡㅃㅉㄸㄲㅆㅒㅖ"
_KEYS = dict(zip(_LATIN, _HANGUL, strict=True))
_JOINED = {
    "ㅘ": "ㅗㅏ",
    "ㅙ": "ㅗㅐ",
    "ㅚ": "ㅗㅣ",
    "ㅝ": "ㅜㅓ",
    "ㅞ": "ㅜㅔ",
    "ㅟ": "ㅜㅣ",
    "ㅢ": "ㅡㅣ",
    **jamo.JOINED,
}
_ONE_OF_TWO = {two: one for one, two in _JOINED.items()}
_KEY_OF = {letter: key for key, letter in _KEYS.items()}
_VOWEL = "[ㅏ-ㅣ]"
_SYLLABLE = re.compile(
    f"([ㄱ-ㅎ])(ㅗ[ㅏㅐㅣ]|ㅜ[ㅓㅔㅣ]|ㅡㅣ|{_VOWEL})"
    f"((?:ㄱㅅ|ㄴ[ㅈㅎ]|ㄹ[ㄱㅁㅂㅅㅌㅍㅎ]|ㅂㅅ|[ㄱ-ㄷㄹ-ㅂㅅ-ㅈㅊ-ㅎ])(?!{_VOWEL}))?"
)
_LETTERS = re.compile("[A-Za-z]{4,60}")
_STRAY = re.compile("(?=.*[\u314f-\u3163])[\u3131-\u3163\uac00-\ud7a3]{2,60}")
# What no Latin spelling begins with, or holds: then the keys, not the letters, were meant.
_CONSONANTS = "[b-df-hj-np-tv-xz]"
_UNSPEAKABLE = re.compile(
    f"(?!(?:[bcfgkp][lr]|[dt]r|s[chklmnpqtw]|[cgkptsw]h|tw|kn|wr|gn|ps|dw|gw|hw|kw|kk|tt|pp|ss|jj|ts|sch|mc)"
    f"){_CONSONANTS}{{2}}|.*{_CONSONANTS}{{4}}|.*(?:{_CONSONANTS}{{3}}|[wv]k|[fhjqvw][b-df-gjkp-tv-xz])$"
    f"|.*(?!(?:ng|nt|rt|nd|rd|ld|st|ck|ct|pt|mp|nc|sc|tc)[hlrstwy]|[bcdfgkpst]{{2}}[lr]|s[ct][hr]|ngs|nst|ght)"
    f"{_CONSONANTS}{{3}}"
)


def to_hangul(word: str) -> str:
    """Read Latin letters as the keys of Hangul (tpwhd → 세종); nothing where no word comes of it or was meant."""
    if not _LETTERS.fullmatch(word) or not _UNSPEAKABLE.match(word.lower()):
        return ""
    letters = "".join(_KEYS.get(key) or _KEYS[key.lower()] for key in word)
    found = list(_SYLLABLE.finditer(letters))
    whole = sum(len(one.group()) for one in found) == len(letters)
    return "".join(map(_composed, found)) if whole and len(found) > 1 else ""


def to_latin(word: str) -> str:
    """Read Hangul with vowels that stand alone as the keys of Latin letters (ㅗ디ㅣㅐ → hello); else nothing."""
    if not _STRAY.fullmatch(word):
        return ""
    letters = "".join(_decomposed(character) for character in word)
    return "".join(_KEY_OF[letter] for letter in letters).lower()


def keys(text: str) -> str:
    """Give the keys that a text is typed with, without shift; what is no Hangul stands for itself."""
    return "".join(map(_keys_of, text))


@lru_cache(maxsize=16384)
def _keys_of(character: str) -> str:
    return "".join(_KEY_OF.get(letter, letter) for letter in _decomposed(character)).lower()


def _composed(found: re.Match[str]) -> str:
    initial, vowel, final = found.group(1, 2, 3)
    return jamo.join(
        jamo.INITIALS.index(initial),
        jamo.VOWELS.index(_ONE_OF_TWO.get(vowel, vowel)),
        jamo.FINALS.index(_ONE_OF_TWO.get(final, final)) if final else 0,
    )


def _decomposed(character: str) -> str:
    found = jamo.parts(character)
    letters = (
        (jamo.INITIALS[found[0]], jamo.VOWELS[found[1]], jamo.FINALS[found[2]]) if found else (character,)
    )
    return "".join(_JOINED.get(letter, letter) for letter in letters)
