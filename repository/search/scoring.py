"""What a question in words asks for: its content words and pairs of syllables, each as telling as it is rare.

Words that only ask (누구, 언제, 몇 …) name no content; they say what the answer looks like, a date or a number.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from repository.search.analysis import Analysis
from repository.search.counting import PAIR, WORD, pairs
from repository.search.statistics import Statistics

K1, B = 0.9, 0.4  # of BM25 (Robertson and Zaragoza, 2009): how soon repeats saturate, how much length counts
WORD_FORMS = ("morph", "latin")
NATURAL = 4  # words as written from which on a query is read as a sentence, and not as a name
ASKING = frozenset(
    [
        "무엇",
        "뭐",
        "누구",
        "누가",
        "어디",
        "언제",
        "몇",
        "어느",
        "어떤",
        "무슨",
        "왜",
        "어떻",
        "어떠",
        "얼마",
        "며칠",
    ]
)
EMPTY = ASKING | frozenset(
    [
        "의",
        "있",
        "되",
        "하",
        "것",
        "이",
        "그",
        "저",
        "는",
        "은",
        "수",
        "등",
        "및",
        "중",
        "때",
        "위하",
        "대하",
        "통하",
        "따르",
        "않",
        "없",
        "말",
        "이름",
    ]
)
_DATE = re.compile("언제|날짜|일자|[년연]도|몇 ?년|해는|며칠|시기|날은")
_NUMBER = re.compile("몇|얼마|숫자|점수|비율")


class Word(NamedTuple):
    """A content word: the form it is in, and how telling it is."""

    form: str
    text: str
    idf: float
    needle: str  # what finds it in a stream
    written: bytes  # the same in streams as they are written


class Asked(NamedTuple):
    """A question: content words, each once, and in order; pairs of syllables; numbers; what the answer is like."""

    words: tuple[Word, ...]
    row: tuple[Word, ...]
    pairs: tuple[tuple[str, float], ...]
    numbers: frozenset[str]
    total: float
    wants_date: bool
    wants_number: bool
    natural: bool


def asked(text: str, found: Analysis, statistics: Statistics) -> Asked:
    """Read a question that was analysed."""
    all_words = [
        Word(form, token.text, statistics.idf(WORD, token.text), needle := f" {token.text} ", needle.encode())
        for form in WORD_FORMS
        for token in getattr(found, form)
    ]
    row = [word for word in all_words if word.text not in EMPTY] or all_words
    words = tuple(dict.fromkeys(row))
    wants_date = bool(_DATE.search(text))
    two = dict.fromkeys(pair for token in found.exact for pair in pairs(token.text))
    return Asked(
        words=words,
        row=tuple(row),
        pairs=tuple((pair, statistics.idf(PAIR, pair)) for pair in two),
        numbers=frozenset(token.text for token in found.exact if token.text.isdecimal()),
        total=sum(word.idf for word in words),
        wants_date=wants_date,
        wants_number=not wants_date and bool(_NUMBER.search(text)),
        natural=is_natural(text, found),
    )


def is_natural(text: str, found: Analysis) -> bool:
    """Tell whether a query is a question or a sentence, and not a name."""
    content = {token.text for token in (*found.morph, *found.latin)}
    asks = text.rstrip().endswith(("?", "？")) or bool(content & ASKING)
    return (asks and len(content - EMPTY) > 1) or len(text.split()) >= NATURAL


def saturated(times: int, length: float) -> float:
    """Weigh repeats, in a text so many times as long as the mean."""
    return times * (K1 + 1) / (times + K1 * (1 - B + B * length))
