"""From the words of a query to what a document must hold: engine-neutral, and the same for ranking and marking.

A term is found in a field when one of its ways is: a way is a phrase of exact tokens, or needs that all hold,
each met by any one of some (form, token) pairs. All terms must be found, each in any field; excluded ones
in none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from repository.errors import BadRequest
from repository.search import hanja
from repository.search.analysis import Analysis, Token, analyse, for_tagger, pairs_of
from repository.search.folding import fold
from repository.search.morphemes import Morpheme, morphemes, of_word

MOST_TERMS = 40
_TERM = re.compile(r'(?:(?<=\s)|^)(-?)"([^"]+)"|(\S+)')
_HANGUL = re.compile("[\uac00-\ud7a3]+")
_SOUNDED = re.compile(f"[\uac00-\ud7a3{hanja.HANJA}]")
_HANJA = re.compile(f"[{hanja.HANJA}]")

Need = tuple[tuple[str, str], ...]


class Way(NamedTuple):
    """One way to find a term: `form` names it; either `phrase` (exact tokens in order) or `needs`.

    `syllables` bounds what a way through pairs may mark: so many must stand together.
    """

    form: str
    phrase: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()
    syllables: int = 0


class Term(NamedTuple):
    """One word or phrase of a query and the ways to find it."""

    text: str
    ways: tuple[Way, ...]
    excluded: bool = False
    phrase: bool = False

    @property
    def has_hanja(self) -> bool:
        """Tell whether the term was typed with Hanja in it."""
        return bool(_HANJA.search(self.text))


def of(text: str) -> tuple[Term, ...]:
    """Read the terms of a query: words, "phrases", and either with a minus before it.

    Signs without letters mean nothing; particles alone are left out beside words with content. Raises
    BadRequest for more than 40 terms.
    """
    terms = tuple(dict.fromkeys(term for term in _terms(text) if term.ways))
    if len(terms) > MOST_TERMS:
        raise BadRequest(
            "query_too_many_terms",
            f"검색어는 {MOST_TERMS}개까지입니다.",
            f"a query has at most {MOST_TERMS} terms",
        )
    return tuple(term for term in terms if term.excluded or not _is_particle(term)) or terms


def sounds_of(terms: Sequence[Term]) -> tuple[Need, ...]:
    """Give what the words of a query sound like, each pair of syllables and bare word once; phrases stay whole."""
    ways = (way for term in terms if not (term.excluded or term.phrase) for way in term.ways)
    return tuple(
        dict.fromkeys(need for way in ways if way.form in ("reading", "latin") for need in way.needs)
    )


def _terms(text: str) -> Iterator[Term]:
    for match in _TERM.finditer(text):
        minus, quoted, word = match.groups()
        if quoted is not None:
            yield Term(quoted, tuple(_ways_of_phrase(quoted)), excluded=bool(minus), phrase=True)
        elif word.startswith("-") and len(word) > 1:
            yield Term(word[1:], tuple(_ways_of_word(word[1:])), excluded=True)
        else:
            yield Term(word, tuple(_ways_of_word(word)))


def _is_particle(term: Term) -> bool:
    return bool(not term.phrase and _HANGUL.fullmatch(term.text) and not of_word(term.text))


def _ways_of_word(word: str) -> Iterator[Way]:
    """A word as written; by its morphemes, however its Hanja may be read; by its sounds; by its bare letters."""
    found = analyse(word)
    if found.exact:
        yield Way("exact", phrase=tuple(token.text for token in found.exact))
    latin = _latin_needs(found)
    folded = fold(word).text
    for spelt in hanja.spellings(for_tagger(folded)):
        if content := _smallest(morphemes(spelt)):
            yield Way("morph", needs=(*map(_morpheme_need, content), *latin))
    if pairs := _pair_needs(folded):
        yield Way("reading", needs=(*pairs, *latin), syllables=len(pairs) + 1)
    if latin and not _SOUNDED.search(folded):
        yield Way("latin", needs=latin)
        joined = found.latin[0].text
        if len(latin) > 1 and ((("latin", joined),),) != latin:
            yield Way("latin", needs=((("latin", joined),),))


def _ways_of_phrase(phrase: str) -> Iterator[Way]:
    """A phrase as written; by its sounds in a row; by its bare letters in a row."""
    found = analyse(phrase)
    if found.exact:
        yield Way("exact", phrase=tuple(token.text for token in found.exact))
    folded = fold(phrase).text
    pairs, latin = _pair_needs(folded), _latin_needs(found)
    if pairs and not latin:
        yield Way("reading", needs=pairs, syllables=len(pairs) + 1)
    if latin and not _SOUNDED.search(folded):
        words = [need[0][1] for need in latin]
        rows = [first + second for first, second in pairwise(words)] or words
        yield Way("latin", needs=tuple((("latin", row),) for row in rows))


def _smallest(found: list[Morpheme]) -> list[Morpheme]:
    """Leave out compounds whose parts stand beside them: a document that holds a compound holds its parts."""
    return [one for one in found if not _holds_another(one, found)]


def _holds_another(one: Morpheme | Token, all_found: Sequence[Morpheme | Token]) -> bool:
    """Tell whether a shorter token stands within the place of this one."""
    length = one.end - one.start
    return any(
        one.start <= other.start and other.end <= one.end and other.end - other.start < length
        for other in all_found
    )


def _morpheme_need(one: Morpheme) -> Need:
    return (("morph", one.text), ("reading", hanja.sounds(one.text)))


def _pair_needs(folded: str) -> tuple[Need, ...]:
    """Demand every pair of neighbouring syllables, in any of their readings; other signs part them."""
    needs: list[Need] = []
    heard = hanja.choices(folded)
    places = [place for place, character in enumerate(folded) if not character.isspace()]
    for left, right in pairwise(places):
        if _SOUNDED.match(folded[left]) and _SOUNDED.match(folded[right]):
            needs.append(tuple(("reading", pair) for pair in pairs_of(heard[left], heard[right])))
    return tuple(needs)


def _latin_needs(found: Analysis) -> tuple[Need, ...]:
    """Demand every Latin word; of a hyphenated one its parts, for others write it apart."""
    return tuple((("latin", token.text),) for token in found.latin if not _holds_another(token, found.latin))
