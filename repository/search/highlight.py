"""Marks on the original text: where a query was found, by the analyser's offsets. Segments, never HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from repository.search.analysis import FORMS, LONGEST_TOKEN, Place, placed
from repository.search.folding import Folded
from repository.search.patterns import HOLE, of_token
from repository.search.terms import Term, Way

PASSAGE = 160  # characters of a passage, about


class Segment(NamedTuple):
    """A piece of text, in order; `marked` pieces are what the query found."""

    text: str
    marked: bool = False


class Passage(NamedTuple):
    """A part of a longer text; `before` and `after` say whether text was left out there."""

    segments: tuple[Segment, ...]
    before: bool = False
    after: bool = False


class _Wanted(NamedTuple):
    """A way made ready: `needs` are what must be met, each by one of some tokens of a form (by its number)."""

    phrase: tuple[str, ...]
    needs: tuple[tuple[tuple[int, frozenset[str]], ...], ...]
    patterns: tuple[tuple[int, str], ...]
    syllables: int


class _Read(NamedTuple):
    """A text as it is looked through: folded, and its tokens by form, as many as `FORMS`, placed in that."""

    folded: Folded
    forms: list[list[Place]]

    def span(self, first: Place, last: Place) -> tuple[int, int]:
        """Give the place in the original that tokens stand for."""
        return self.folded.starts[first[1]], self.folded.ends[last[2] - 1]


class Marker:
    """Marks what some terms find, in one text after the other."""

    def __init__(self, terms: Iterable[Term]) -> None:
        ways = [way for term in terms if not term.excluded for way in term.ways]
        self._wanted = [_wanted(way) for way in ways]
        self._forms = frozenset(form for way in ways for form in _forms(way))

    def mark(self, text: str) -> tuple[Segment, ...]:
        """Cut a text into pieces, marked where a term was found."""
        return tuple(_segments(text, 0, len(text), self.spans(text)))

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Give the places that are marked in a text, apart from each other and in order."""
        if not self._wanted or not text:
            return []
        found = _Read(*placed(text, self._forms))
        return _merged([span for way in self._wanted for span in _of_way(way, found)])


def passage(text: str, found: Sequence[tuple[int, int]], length: int = PASSAGE) -> Passage:
    """Give the part of a text that holds most of its `spans`, cut at spaces; its beginning where there are none."""
    if len(text) <= length:
        return Passage(tuple(_segments(text, 0, len(text), found)))
    start = _cut(text, _densest(found, length), length)
    end = min(start + length, len(text))
    if end < len(text) and (space := text.rfind(" ", start + length // 2, end)) > 0:
        end = space
    return Passage(tuple(_segments(text, start, end, found)), before=start > 0, after=end < len(text))


def _wanted(way: Way) -> _Wanted:
    needs = tuple(
        tuple(
            (FORMS.index(form), frozenset(token for other, token in need if other == form))
            for form in dict.fromkeys(form for form, _token in need)
        )
        for need in way.needs
    )
    patterns = tuple((FORMS.index(form), pattern) for form, pattern in way.patterns)
    return _Wanted(way.phrase, needs, patterns, way.syllables)


def _forms(way: Way) -> Iterator[str]:
    """Give the forms of a text that a way looks at."""
    if way.phrase:
        yield "exact"
    yield from (form for need in way.needs for form, _token in need)
    yield from (form for form, _pattern in way.patterns)


def _of_way(way: _Wanted, found: _Read) -> list[tuple[int, int]]:
    if way.phrase:
        return list(_phrases(way.phrase, found))
    marks: list[tuple[int, int]] = []
    for need in way.needs:
        if not (met := _of_need(need, found)):
            return []
        marks += met
    for form, pattern in way.patterns:
        if not (met := _of_pattern(form, pattern, found)):
            return []
        marks += met
    return [span for span in _merged(marks) if span[1] - span[0] >= way.syllables]


def _of_need(need: tuple[tuple[int, frozenset[str]], ...], found: _Read) -> list[tuple[int, int]]:
    return [
        found.span(token, token)
        for form, wanted in need
        for token in found.forms[form]
        if token[0][:LONGEST_TOKEN] in wanted
    ]


def _of_pattern(form: int, pattern: str, found: _Read) -> list[tuple[int, int]]:
    """Give the tokens that meet a pattern; not those of two words where one of these meets it."""
    meets = of_token(pattern).fullmatch
    met = [found.span(token, token) for token in found.forms[form] if meets(token[0][:LONGEST_TOKEN])]
    first_end = dict(sorted(met, reverse=True))
    last_start = {end: start for start, end in sorted(met)}
    return [(start, end) for start, end in met if first_end[start] == end and last_start[end] == start]


def _phrases(phrase: tuple[str, ...], found: _Read) -> Iterator[tuple[int, int]]:
    tokens = found.forms[FORMS.index("exact")]
    for place, token in enumerate(tokens):
        if token[0][:LONGEST_TOKEN] == phrase[0]:
            run = tokens[place : place + len(phrase)]
            if len(run) == len(phrase) and all(map(_is_met, phrase, run)):
                yield found.span(run[0], run[-1])


def _is_met(wanted: str, token: Place) -> bool:
    return wanted in (HOLE, token[0][:LONGEST_TOKEN])


def _merged(found: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join places that overlap or touch."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _segments(text: str, start: int, end: int, found: Sequence[tuple[int, int]]) -> Iterator[Segment]:
    place = start
    for left, right in found:
        left, right = max(left, start), min(right, end)
        if left < right:
            if place < left:
                yield Segment(text[place:left])
            yield Segment(text[left:right], marked=True)
            place = right
    if place < end:
        yield Segment(text[place:end])


def _densest(found: Sequence[tuple[int, int]], length: int) -> int:
    """Give the first place of the window that holds most marked characters; the earliest of equals."""
    best, most = 0, 0
    for first, (start, _end) in enumerate(found):
        held = sum(right - left for left, right in found[first:] if right <= start + length)
        if held > most:
            best, most = start, held
    return best


def _cut(text: str, place: int, length: int) -> int:
    """Step back from the first mark to the beginning of a sentence, or of a word, that is near."""
    earliest = max(0, place - length // 4)
    if earliest == 0:
        return 0
    sentence = max(text.rfind(mark, earliest, place) for mark in (". ", "\n", "? ", "! "))
    if sentence >= 0:
        return sentence + (1 if text[sentence] == "\n" else 2)
    space = text.find(" ", earliest, place)
    return space + 1 if space >= 0 else earliest
