"""The ways in which a word, a phrase or another name is found: engine-neutral, read by engines, ranker and marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

from repository.search import hanja, jamo, keyboard, roman
from repository.search.analysis import (
    WORD,
    Analysis,
    Place,
    Token,
    analyse,
    for_tagger,
    latin_pairs,
    latin_words,
    pairs_of,
)
from repository.search.folding import fold
from repository.search.lexicon import Other
from repository.search.morphemes import Morpheme, morphemes

SHORTEST_NAME = 3  # syllables of Hangul from which a name is also looked for in Latin letters
_SOUNDED = re.compile(f"[\uac00-\ud7a3{hanja.HANJA}]")
_SIGNS = re.compile("[\\W_]+")
_NUMBER = re.compile("[0-9]+")

Need = tuple[tuple[str, str], ...]


class Way(NamedTuple):
    """One way to find a term: `form` names it; either `phrase` (exact tokens in order) or `needs` and `patterns`.

    An empty token of a phrase stands for any one. Patterns are (form, pattern) pairs, each to be met by a token.
    `least` is how many of the needs must be met, 0 for all. `syllables` bounds what a way through pairs may
    mark: so many must stand together. Where the way is through another name of the thing, `name` and
    `relation` say which.
    """

    form: str
    phrase: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()
    syllables: int = 0
    least: int = 0
    name: str = ""
    relation: str = ""
    patterns: tuple[tuple[str, str], ...] = ()


def of_word(word: str, before: Sequence[str] = (), after: Sequence[str] = ()) -> Iterator[Way]:
    """Find a word in every way there is; what is short leans on the words before and after it."""
    yield from as_written(word)
    folded, left, right = (
        fold(word).text,
        [fold(one).text for one in before],
        [fold(one).text for one in after],
    )
    yield from _in_latin_letters(folded, left, right)
    yield from _by_initials(folded, left, right)
    yield from _in_other_mode(word)


def as_written(word: str) -> Iterator[Way]:
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


def of_phrase(phrase: str) -> Iterator[Way]:
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


def of_name(other: Other) -> Iterator[Way]:
    """Another name of what was asked for: as written, by its morphemes if these are all of it, by its sounds."""
    found = (way for way in of_phrase(other.name) if way.form != "exact" or len(way.phrase) > 1)
    bare = "".join(fold(other.name).text.split())
    content = _smallest(morphemes(hanja.read(bare)))
    ways = [Way("exact", phrase=tuple(token.text for token in analyse(other.name).exact)), *found]
    if content and sum(end - start for _text, start, end in content) == len(bare):
        ways.append(Way("morph", needs=tuple(map(_morpheme_need, content))))
    for way in ways:
        yield way._replace(form="name", name=other.name, relation=other.relation)


class Near(NamedTuple):
    """What a text nearly sounds like: the more of the needs a title holds, the nearer; one of the ways must hold."""

    needs: tuple[Need, ...] = ()
    ways: tuple[Way, ...] = ()


def near(text: str) -> Near:
    """Find a text that is not quite right.

    One way holds half of what is heard. The other forgives one wrong letter, in a short name too: it holds
    every pair of syllables, as it is, or without initial consonants, or by the initials of three syllables.
    """
    found = analyse(text)
    pairs = [one for one in _places(found.rimes) if " " not in text[slice(*one)]]
    soft = [
        (
            *_at(found, "reading", place),
            *_at(found, "rimes", place),
            *_need(
                "initials", (one for one in found.initials if place[0] == one.start or place[1] == one.end)
            ),
        )
        for place in pairs
    ]
    rest = (*_latin_near(text), *_numbers(text))
    forgiving = (Way("near", needs=(*soft, *rest)),) if soft else ()
    return Near((*soft, *rest), (*_half(sounds_of(text)), *forgiving))


def sounds_of(text: str) -> tuple[Need, ...]:
    """Give what a text sounds like, each pair of syllables of a word, Latin word and number once."""
    found = analyse(text)
    pairs = [one for one in _places(found.rimes) if " " not in text[slice(*one)]]
    heard = (_at(found, "reading", place) for place in pairs)
    return tuple(dict.fromkeys((*heard, *_latin_near(text), *_numbers(text))))


def _half(needs: tuple[Need, ...]) -> tuple[Way, ...]:
    return (Way("near", needs=needs, least=(len(needs) + 1) // 2),) if needs else ()


def _places(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    return [*dict.fromkeys((token.start, token.end) for token in tokens)]


def _at(found: Analysis, form: str, place: tuple[int, int]) -> Need:
    return _need(form, (one for one in getattr(found, form) if (one.start, one.end) == place))


def _need(form: str, tokens: Iterable[Token]) -> Need:
    return tuple(dict.fromkeys((form, token.text) for token in tokens))


def _latin_near(text: str) -> Iterator[Need]:
    """Hear a Latin word by its pairs of syllables, if it may be Korean; or look for it as it is."""
    for _place, bare in latin_words(fold(text).text):
        for tokens in roman.tokens(roman.read(bare)) or [()]:
            yield (*(("roman", token) for token in tokens), ("latin", bare))


def _numbers(text: str) -> Iterator[Need]:
    for number in _NUMBER.findall(text):
        yield (("morph", number),)


def _in_latin_letters(folded: str, before: Sequence[str], after: Sequence[str]) -> Iterator[Way]:
    """A Latin word by its sound, and a name in Hangul or Hanja as others write it in Latin letters."""
    if _SOUNDED.search(folded):
        spelt = [one for one in hanja.read(folded) if jamo.parts(one)]
        if len(spelt) >= SHORTEST_NAME and len(spelt) == len(folded):
            marked = (roman.LATIN_ONLY + roman.pair(one, other) for one, other in pairwise(spelt))
            yield Way("roman", needs=tuple((("roman", token),) for token in marked))
        return
    words = [roman.read(bare) for _place, bare in latin_words(folded)]
    if words and all(words):
        pairs = [tokens for *_place, tokens in latin_pairs(folded)] or _leaning(words[0], before, after)
        needs = tuple(tuple(("roman", token) for token in tokens) for tokens in pairs)
        if needs:
            yield Way("roman", needs=(*needs, *_numbers(folded)), syllables=len(needs) + 1)


def _leaning(
    word: tuple[roman.Syllable, ...], before: Sequence[str], after: Sequence[str]
) -> list[tuple[str, ...]]:
    """Pair a word of one syllable with its neighbours, either of which may be the one it stands beside."""
    left, right = ([*map(_read, words)] for words in (before[-1:], after[:1]))
    tokens = [token for one in left if one for token in roman.across(one, word)]
    tokens += [token for one in right if one for token in roman.across(word, one)]
    return [tuple(dict.fromkeys(tokens))] if tokens else []


def _read(word: str) -> tuple[roman.Syllable, ...]:
    return next((roman.read(bare) for _place, bare in latin_words(word)), ())


def _by_initials(folded: str, before: Sequence[str], after: Sequence[str]) -> Iterator[Way]:
    """A word of initial consonants, by threes; a shorter one with its neighbours, or as a word of two."""
    letters = _typed(folded)
    if not letters:
        return
    threes = [letters[place : place + 3] for place in range(len(letters) - 2)]
    needs: list[Need] = [(("initials", three),) for three in threes]
    if not threes:
        left = "".join(reversed([*takewhile(bool, map(_typed, reversed(before)))]))[-2:]
        right = "".join(takewhile(bool, map(_typed, after)))[:2]
        row = left + letters + right
        around = [row[place : place + 3] for place in range(len(row) - 2)]
        whole = [WORD + letters] if len(letters) == 2 else []
        needs = [tuple(("initials", one) for one in (*whole, *around))] if whole or around else []
    if needs:
        yield Way("initials", needs=(*needs, *_numbers(folded)), syllables=len(letters))


def _typed(word: str) -> str:
    return jamo.typed_initials(_SIGNS.sub("", word))


def _in_other_mode(word: str) -> Iterator[Way]:
    """A word as it would read had the keyboard stood in the other mode."""
    meant = keyboard.to_hangul(word) or keyboard.to_latin(word)
    for way in as_written(meant) if meant else ():
        yield way._replace(form="keyboard")


def _smallest(found: list[Morpheme]) -> list[Morpheme]:
    """Leave out compounds whose parts stand beside them: a document that holds a compound holds its parts."""
    return [one for one in found if not _holds_another(one, found)]


def _holds_another(one: Place, all_found: Sequence[Place]) -> bool:
    """Tell whether a shorter token stands within the place of this one."""
    _text, start, end = one
    return any(
        start <= first and last <= end and last - first < end - start for _other, first, last in all_found
    )


def _morpheme_need(one: Morpheme) -> Need:
    text, _start, _end = one
    return (("morph", text), ("reading", hanja.sounds(text)))


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
