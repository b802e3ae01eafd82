"""From the words of a query to what a document must hold: engine-neutral, and the same for ranking and marking.

A term is found in a field when one of its ways is: a way is a phrase of exact tokens, or needs that all hold,
each met by any one of some (form, token) pairs, or patterns that tokens meet. All terms must be found, each in
any field or in the one that is named before it; excluded ones in none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from repository.errors import BadRequest
from repository.search import fields, hanja, ways, wildcards
from repository.search.document import FIELDS
from repository.search.lexicon import EMPTY, Lexicon, Other
from repository.search.morphemes import of_word, stem
from repository.search.patterns import HOLE
from repository.search.ways import Near, Need, Way

__all__ = ["MOST_TERMS", "Near", "Need", "Term", "Way", "near", "of", "sounds_of"]

MOST_TERMS = 40
MOST_WORDS = 6  # of a name that the lexicon may know
BESIDE = 2  # words on either side that a short one may lean on
MOST_NAMES = 12  # other names that one name is looked for under
_PHRASE = re.compile('"([^"]+)"')
_HANGUL = re.compile("[\uac00-\ud7a3]+")
_HANJA = re.compile(f"[{hanja.HANJA}]")


class Term(NamedTuple):
    """One word or phrase of a query and the ways to find it, in any field where `field` is empty."""

    text: str
    ways: tuple[Way, ...]
    excluded: bool = False
    phrase: bool = False
    field: str = ""

    @property
    def has_hanja(self) -> bool:
        """Tell whether the term was typed with Hanja in it."""
        return bool(_HANJA.search(self.text))

    @property
    def has_wildcards(self) -> bool:
        """Tell whether it is found by patterns, or in rows with gaps."""
        return any(way.patterns or HOLE in way.phrase for way in self.ways)


def of(text: str, lexicon: Lexicon = EMPTY) -> tuple[Term, ...]:
    """Read the terms of a query: words, also with wildcards, "phrases", and any with a field or a minus before it.

    What the lexicon knows under other names, single words or rows of them, is looked for under those too.

    Signs without letters mean nothing; particles alone are left out beside words with content. Raises
    BadRequest for more than 40 terms, and for wildcards that `repository.search.wildcards` refuses.
    """
    written = _written(text)
    named = _named(
        ["" if term.excluded or term.phrase or term.ways else term.text for term in written], lexicon
    )
    terms = tuple(
        dict.fromkeys(
            term._replace(ways=found)
            for place, term in enumerate(written)
            if (found := tuple(dict.fromkeys((*_ways(written, place), *named.get(place, ())))))
        )
    )
    if len(terms) > MOST_TERMS:
        raise BadRequest(
            "query_too_many_terms",
            f"검색어는 {MOST_TERMS}개까지입니다.",
            f"a query has at most {MOST_TERMS} terms",
        )
    if sum(term.has_wildcards for term in terms) > wildcards.MOST_WORDS:
        raise wildcards.too_many()
    return tuple(term for term in terms if term.excluded or not _is_particle(term)) or terms


def sounds_of(terms: Sequence[Term]) -> tuple[Need, ...]:
    """Give what the words of a query sound like, each pair of syllables and bare word once; phrases stay whole."""
    return ways.sounds_of(_plain(terms))


def near(terms: Sequence[Term]) -> Near:
    """Give what the titles to show hold where nothing holds all the words."""
    return ways.near(_plain(terms))


def _plain(terms: Sequence[Term]) -> str:
    return " ".join(term.text for term in terms if not (term.excluded or term.phrase))


def _written(text: str) -> list[Term]:
    return [_term(piece) for piece in fields.pieces(text)]


def _term(piece: fields.Piece) -> Term:
    """Read one word, with the ways of its wildcards, or one phrase, which has none."""
    excluded = piece.text.startswith("-") and len(piece.text) > 1
    word = piece.text[1:] if excluded else piece.text
    field = piece.field if piece.field in FIELDS else ""
    if phrase := _PHRASE.fullmatch(word):
        return Term(phrase[1], (), excluded, phrase=True, field=field)
    return Term(word, wildcards.ways(word), excluded, field=field)


def _ways(written: Sequence[Term], place: int) -> Iterator[Way]:
    term = written[place]
    if term.phrase:
        return ways.of_phrase(term.text)
    if term.ways:
        return iter(term.ways)
    if term.excluded:
        return ways.as_written(term.text)
    before, after = written[max(0, place - BESIDE) : place], written[place + 1 : place + 1 + BESIDE]
    return ways.of_word(term.text, _beside(reversed(before))[::-1], _beside(after))


def _beside(terms: Iterable[Term]) -> list[str]:
    """Give the words that stand side by side with one."""
    return [term.text for term in takewhile(lambda one: not (one.excluded or one.phrase), terms)]


def _named(words: Sequence[str], lexicon: Lexicon) -> dict[int, tuple[Way, ...]]:
    """Find rows of words that have other names, the longest first; each word of a row may be found by these."""
    named: dict[int, tuple[Way, ...]] = {}
    for length in range(min(len(words), MOST_WORDS), 0, -1):
        for start in range(len(words) - length + 1):
            row = range(start, start + length)
            if all(words[place] for place in row) and not named.keys() & set(row):
                others = _others([words[place] for place in row], lexicon)
                found = tuple(way for other in others[:MOST_NAMES] for way in ways.of_name(other))
                named |= dict.fromkeys(row, found) if found else {}
    return named


def _others(row: Sequence[str], lexicon: Lexicon) -> tuple[Other, ...]:
    """Look up a row of words, then without the particle at its end."""
    return lexicon.others(" ".join(row)) or lexicon.others(" ".join((*row[:-1], stem(row[-1]))))


def _is_particle(term: Term) -> bool:
    return bool(not term.phrase and _HANGUL.fullmatch(term.text) and not of_word(term.text))
