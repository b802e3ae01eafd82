"""Languages as sources write them (ISO 639 codes, names in Korean or English), as BCP 47 tags (RFC 5646)."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from babel import Locale
from babel.core import get_global

_HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff]")
_HAN = re.compile(r"[\u2e80-\u2fdf\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_KANA = re.compile(r"[\u3041-\u30ff\u31f0-\u31ff]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_TAG = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*\Z")
_UNDETERMINED = frozenset({"und", "mul", "zxx", "mis", "undefined", "undetermined"})

# Names that the locale data do not have; Literary Chinese is what most of Korea's old books are written in.
_NAMES = {
    "한국어": "ko", "조선어": "ko", "국문": "ko", "한글": "ko", "국한문": "ko", "국한문혼용": "ko", "korean": "ko",
    "옛한글": "ko", "언문": "ko", "중세국어": "okm", "한문": "lzh", "漢文": "lzh", "漢字": "lzh", "한자": "lzh",
    "중국어": "zh", "일어": "ja", "일문": "ja", "일본어": "ja", "영문": "en", "영어": "en", "노어": "ru",
    "불어": "fr", "독어": "de", "만주어": "mnc", "몽골어": "mn", "몽고어": "mn", "범어": "sa",
}  # fmt: skip


def tag(code: str, value: str = "") -> str:
    """Give the tag of a text: the source's code, made exact by the script in which `value` is written.

    Without a code only Hangul and kana tell a language by themselves; an unknown code gives an empty tag.
    """
    known = of_term(code) if code else ""
    if known == "ko":
        return _korean(value)
    if known:
        return known
    if value.isascii():
        return ""
    if _HANGUL.search(value):
        return "ko"
    return "ja" if _KANA.search(value) else ""


def _korean(value: str) -> str:
    """Say of Korean in which script it stands, when that is not Hangul."""
    if not value or _HANGUL.search(value):
        return "ko"
    if _HAN.search(value):
        return "ko-Hani"
    return "ko-Latn" if _LATIN.search(value) else "ko"


def says_nothing(term: str) -> bool:
    """Tell whether a code stands for no language, several or an unknown one (und, mul, zxx, mis)."""
    return term.strip().casefold() in _UNDETERMINED


@lru_cache(maxsize=4096)
def of_term(term: str) -> str:
    """Give the tag of a code or a name of a language; empty when it is not known or says nothing."""
    word = term.strip().casefold()
    if not word or word in _UNDETERMINED:
        return ""
    named = _NAMES.get(word.replace(" ", "")) or _locale_names().get(word)
    if named:
        return named
    return _subtags(term.strip()) if _TAG.match(term.strip()) else ""


def _subtags(term: str) -> str:
    """Normalise a tag: the shortest code of the language, the script with a capital, the region in capitals."""
    first, *rest = re.split(r"[-_]", term)
    primary = _codes().get(first.lower(), "")
    cased = [part.title() if len(part) == 4 and part.isalpha() else part.upper() if len(part) == 2 else part.lower()
             for part in rest]  # fmt: skip
    return "-".join([primary, *cased]) if primary else ""


@cache
def _codes() -> dict[str, str]:
    """Map every ISO 639 code to the one that BCP 47 wants; terminological and bibliographic codes included."""
    known = {str(code): str(code) for code in Locale("en").languages if "_" not in str(code)}
    aliases = {
        old: new for old, new in get_global("language_aliases").items() if "_" not in old and "_" not in new
    }
    return {**known, **aliases, "okm": "okm", "oko": "oko"}


@cache
def _locale_names() -> dict[str, str]:
    """Map the names of languages, in Korean and English, to their codes."""
    return {
        name.casefold(): code
        for locale in ("ko", "en")
        for code, name in Locale(locale).languages.items()
        if "_" not in code and code not in _UNDETERMINED
    }
