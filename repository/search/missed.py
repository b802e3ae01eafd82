"""What is kept of a question that found nothing: its words, folded; nothing that looks like somebody's data.

What cannot be told from a name of the past (a person's name, a place) is kept; numbers of people, their
addresses of any kind, and long rows of digits are not. Rather too much is left out than too little.
"""

from __future__ import annotations

import re
import unicodedata

from repository.search.engine import Results
from repository.search.folding import fold
from repository.search.query import Query

LONGEST_TEXT = 100
NOTHING, RELAXED = "nothing", "relaxed"
KINDS = (NOTHING, RELAXED)

# Seven digits or more, whatever stands between two of them: a telephone number has nine, a year four.
_ROW = re.compile(r"\d(?:[\s\-\u2010-\u2015._/()~·,:+]*\d){6,}")
_PERSONAL = re.compile(
    r"@"  # e-mail, names in social networks
    r"|\b(?:https?:|www\.)"  # addresses often carry what identifies
    r"|\d+\s*동\s*\d+\s*호"  # a flat
    r"|(?:대로|로|길)\s*\d+(?:-\d+)?\s*(?:번길|$|\s|,)"  # a house by its street
    r"|\d{2,3}\s*[가-힣]\s*\d{4}"  # a car
    r"|\b[a-z]{1,2}\s?\d{6,9}\b"  # a passport
)


def kind_of(results: Results) -> str:
    """Tell how an answer fell short; empty where it did not."""
    if results.relaxed:
        return RELAXED
    return "" if results.total else NOTHING


def text_of(query: Query) -> str:
    """Give the words to keep of a question; empty for those that are not.

    Where filters or years were chosen, or a later page was asked for, it is not the words that fell short.
    """
    if query.filters or query.year_from is not None or query.year_to is not None or query.cursor:
        return ""
    text = " ".join(fold(query.text).text.split())
    short = len(text) <= LONGEST_TEXT and text.isprintable() and any(map(str.isalnum, text))
    return text if short and not is_personal(text) else ""


def is_personal(text: str) -> bool:
    """Tell whether a text looks as if it held somebody's number or address."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return bool(_ROW.search(plain) or _PERSONAL.search(plain))
