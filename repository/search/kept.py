"""What is kept of a document for the ranker: its tokens by field and form, in order, bounded and quick to search.

A stream is one text of tokens with a blank before and after each, so that a token, or a row of tokens, is
counted by one search of that text; of the same token twice in a row one is counted. Values stand apart in
it, and so do the sentences of long texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from repository.search import long_texts
from repository.search.document import FIELDS, VALUES_APART, SearchDocument

MOST_TOKENS = 400  # of each form of a field
MOST_TOKENS_LONG = 2_000  # of each form of a field of long texts
SENTENCES_APART = "\u2064"
_LONG_FORMS = ("exact", "morph", "reading", "latin")
_END = re.compile(r"(?<=[.?!。])\s+|\n+")

Tokens = Mapping[str, Mapping[str, Sequence[str]]]
Kept = dict[str, dict[str, str]]


def of(tokens: Tokens, document: SearchDocument | None = None) -> Kept:
    """Give the streams of analysed tokens; with the document itself, the sentences of its long texts apart."""
    return {
        name: {
            form: stream(islice(found, most_tokens(name)))
            for form, found in _in_sentences(name, forms, document).items()
            if found
        }
        for name, forms in tokens.items()
    }


def stream(tokens: Iterable[str]) -> str:
    """Make the stream of some tokens."""
    return f" {' '.join(tokens)} "


def joined(kept: Kept, forms: Iterable[str]) -> dict[str, str]:
    """Give all that a document has in some forms, whatever the field."""
    fields = kept.values()
    return {form: "".join([field[form] for field in fields if form in field]) for form in forms}


def most_tokens(field: str) -> int:
    """Give how many tokens of each form of a field are kept."""
    return MOST_TOKENS_LONG if FIELDS[field].long else MOST_TOKENS


def sentences(text: str) -> list[str]:
    """Cut a text where a sentence ends: after a stop that a blank follows, and at the end of a line."""
    return [sentence for sentence in _END.split(text) if sentence]


def _in_sentences(
    name: str, forms: Mapping[str, Sequence[str]], document: SearchDocument | None
) -> Mapping[str, Sequence[str]]:
    """Give the tokens of a field; those of a long text anew, sentence by sentence, where it has several."""
    if document is None or not FIELDS[name].long:
        return forms
    cut = [sentences(value) for value in document.texts[name]]
    if all(len(value) < 2 for value in cut):
        return forms
    marked: dict[str, list[str]] = {form: [] for form in _LONG_FORMS if form in forms}
    for place, value in enumerate(cut):
        for number, sentence in enumerate(value):
            found = long_texts.tokens(sentence)
            for form, tokens in marked.items():
                tokens += [SENTENCES_APART] if number else [VALUES_APART] if place else []
                tokens += getattr(found, form)
    return marked
