"""German dates, as museums and libraries write them: put into the English words that the readers know.

Only whole words with one meaning are put over, so that a text half understood stays unread.
"""

from __future__ import annotations

import re

_MONTHS = {
    "januar": "january",
    "jänner": "january",
    "februar": "february",
    "märz": "march",
    "mai": "may",
    "juni": "june",
    "juli": "july",
    "oktober": "october",
    "dezember": "december",
}
_ORDINALS = {"1": "first", "2": "second", "3": "third", "4": "fourth"}
_PARTS = {"hälfte": "half", "drittel": "third", "viertel": "quarter"}
_WORDS = {
    **_MONTHS,
    **dict.fromkeys(("um", "etwa", "ungefähr", "zirka"), "circa"),
    **dict.fromkeys(("anfang", "beginn", "frühes"), "early"),
    "mitte": "mid",
    **dict.fromkeys(("ende", "spätes"), "late"),
    "vor": "before",
    "nach": "after",
    **dict.fromkeys(("seit", "ab"), "from"),
    "bis": "to",
    "zwischen": "between",
    "und": "and",
    "oder": "or",
    **dict.fromkeys(("vermutlich", "wahrscheinlich", "wohl"), "probably"),
    **dict.fromkeys(("undatiert", "unbekannt"), "undated"),
    "datiert": "dated",
}
_CENTURY = r"(?:jahrhunderts?|jhd?t?s?\b\.?)"
_IN_BRACKETS = re.compile(r"\((um|vor|nach|ca\.?)\)(?=\s*\d)")
_PART = re.compile(r"\b([1-4])\.\s*(hälfte|drittel|viertel)\b(?:\s+des\b)?")
_TWO_CENTURIES = re.compile(rf"\b(\d{{1,2}})\.\s*(?:[/–-]|bis|und)\s*(?=\d{{1,2}}\.\s*{_CENTURY})")
_ONE_CENTURY = re.compile(rf"\b(\d{{1,2}})\.\s*{_CENTURY}")
_DECADE = re.compile(r"\b(\d{3}0)er(?:\s+jahren?\b)?")
_DAY = re.compile(r"\b(\d{1,2})\.\s*(?=[a-zä]{3,})")
_BEFORE_CHRIST = re.compile(r"\bv\.\s?chr\b\.?")
_AFTER_CHRIST = re.compile(r"\bn\.\s?chr\b\.?")
_UNTIL = re.compile(r"\Abis\b")
_WORD = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b(?:\s+des\b)?")
_LETTERS = re.compile(r"[a-z]{2}")  # a shortcut: most dates have no word in Latin letters
_GERMAN = re.compile(rf"{_WORD.pattern}|{_IN_BRACKETS.pattern}|{_CENTURY}|\d0er\b|\b[vn]\.\s?chr")


def in_english(text: str) -> str:
    """Put the German words of a date into English; a text without any stays as it is."""
    if not _LETTERS.search(text) or not _GERMAN.search(text):
        return text
    text = _UNTIL.sub("until", _IN_BRACKETS.sub(r"\1", text))
    text = _PART.sub(lambda found: f"{_ORDINALS[found[1]]} {_PARTS[found[2]]} of", text)
    text = _TWO_CENTURIES.sub(r"\1th century to ", text)
    text = _ONE_CENTURY.sub(r"\1th century", text)
    text = _DECADE.sub(r"\1s", text)
    text = _WORD.sub(lambda found: _WORDS[found[0].split()[0]], text)
    text = _DAY.sub(r"\1 ", text)
    return _AFTER_CHRIST.sub("ce", _BEFORE_CHRIST.sub("bce", text))
