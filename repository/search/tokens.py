"""The tokens of documents, by field and form: what many documents say alike is analysed once.

Holders, subjects, places and makers come again and again in a collection, so each process keeps the forms of those
that it has met. Between the values of a field stands a mark, and in long texts
another between sentences.
"""

from __future__ import annotations

from functools import lru_cache

from repository.search import analysis, long_texts
from repository.search.analysis import FORMS, LONGEST_TOKEN, TEXT_FORMS, WORDS
from repository.search.document import FIELDS, VALUES_APART, SearchDocument
from repository.search.folding import fold

LONGEST_KEPT = 120  # characters of a text whose forms are kept
MOST_KEPT = 20_000  # texts; some 60 MB

Tokens = dict[str, dict[str, list[str]]]
_Forms = tuple[tuple[str, ...], ...]


def analysed(document: SearchDocument) -> Tokens:
    """Analyse a document's texts into tokens by field and form, its values kept apart."""
    found: Tokens = {}
    for name, field in FIELDS.items():
        if texts := document.texts.get(name):
            values = [_forms(text, field.forms, field.long) for text in texts]
            found[name] = {form: _joined(values, place) for place, form in enumerate(field.forms)}
    return found


def _joined(values: list[_Forms], place: int) -> list[str]:
    tokens = list(values[0][place])
    for value in values[1:]:
        tokens.append(VALUES_APART)
        tokens += value[place]
    return tokens


def _forms(text: str, forms: tuple[str, ...], long: bool) -> _Forms:
    if forms == ("exact",):
        return (_written(text),)
    if long and forms == TEXT_FORMS:
        return long_texts.tokens(text)
    if forms == FORMS or len(text) > LONGEST_KEPT:  # titles, which hardly ever come again
        return analysis.texts(text, long, forms)
    return _kept(text, long, forms)


def _written(text: str) -> tuple[str, ...]:
    """Give the form `exact` alone, which needs no tagger: numbers and names of records are all different."""
    return tuple(match[:LONGEST_TOKEN] for match in WORDS.findall(fold(text).text))


_kept = lru_cache(maxsize=MOST_KEPT)(analysis.texts)
