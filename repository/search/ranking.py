"""The ranker: orders what an engine fetched, by the tokens of each document and nothing else.

It knows no engine's score, so every engine gives one order, and so does an index built anew. Titles weigh
most, then makers; the form as written weighs more than a reading; a title that is nothing but what was
asked comes first. To a question in words is added how well the description answers it; for names that only
tells equal ones apart. Equal scores stand in the order of their ids.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from repository.search import analysis, passages, patterns, scoring, titles
from repository.search.document import FIELDS
from repository.search.engine import Hit, Reason
from repository.search.forms import FORM_WEIGHT, SOUNDS
from repository.search.hanja import is_hanja
from repository.search.kept import Forms, Kept
from repository.search.scoring import Asked
from repository.search.statistics import UNCOUNTED, Statistics
from repository.search.terms import Term, Way

MOST_REPEATS = 5
REPEAT = 0.1
UNSEEN = 0.1  # found by the engine beyond the tokens that are kept for ranking
READ = 60  # documents whose descriptions are read sentence by sentence, to a question in words
HALF = 50.0  # passage score of half a point, for names


class _Field(NamedTuple):
    """A field, its weight, and how many repeats in it count."""

    name: str
    weight: float
    most_repeats: int


_BY_WEIGHT = sorted(FIELDS.items(), key=lambda item: -item[1].weight)
_NAMES = tuple(_Field(name, field.weight, 0) for name, field in _BY_WEIGHT if not field.long)
_TEXTS = tuple(_Field(name, field.weight, MOST_REPEATS) for name, field in _BY_WEIGHT if field.long)
_HEAVIEST = _BY_WEIGHT[0][1].weight


class Candidate(NamedTuple):
    """A document that an engine fetched: its tokens by field and form."""

    id: str
    tokens: Kept


class _Need(NamedTuple):
    """What a stream must hold one of: needles by form, and the same in streams as they are written."""

    needles: tuple[tuple[str, str], ...]
    written: tuple[bytes, ...]


class _Option(NamedTuple):
    """One way to find a term: `most` is the highest score that it can give in any field, or in the one named."""

    most: float
    way: Way
    needs: tuple[_Need, ...]
    least: int
    has_hanja: bool
    field: str
    patterns: tuple[tuple[str, re.Pattern[str]], ...] = ()


class _Found(NamedTuple):
    score: float
    form: str = ""
    field: str = ""
    way: Way | None = None


class _Ranked(NamedTuple):
    candidate: Candidate
    named: float
    is_title: bool
    found: tuple[_Found, ...]
    parts: passages.Parts


class _Question(NamedTuple):
    """A question made ready: its terms, their ways by the most that each can give, and what it is as a whole.

    `sounds` are its tokens by form, `written` the same in streams as they are written. `names` are the other names of
    what was asked for, where one thing was.
    """

    terms: Sequence[Term]
    options: Sequence[Sequence[_Option]]
    whole: titles.Asked
    sounds: Sequence[tuple[str, Sequence[str]]]
    written: Sequence[bytes]
    names: Sequence[tuple[str, ...]]
    asked: Asked
    counted: Statistics


def rank(
    terms: Sequence[Term],
    candidates: Iterable[Candidate],
    counted: Statistics = UNCOUNTED,
    part: slice = slice(None),
) -> list[Hit]:
    """Order candidates, best first, and give those of one part, each with the forms that found it, and why.

    To a question in words, this is told of the best sixty.
    """
    question = _question([term for term in terms if not term.excluded], counted)
    asked = question.asked
    ranked = [_look(candidate, question) for candidate in candidates]
    if asked.natural:
        ranked.sort(key=lambda one: (-_score(one, asked), one.candidate.id))
        ranked[:READ] = [_read(one, question) for one in ranked[:READ]]
    ranked.sort(key=lambda one: (not one.is_title, -_score(one, asked), one.candidate.id))
    return [_hit(one, question) for one in ranked[part]]


def _question(terms: Sequence[Term], counted: Statistics) -> _Question:
    text = " ".join(term.text for term in terms)
    found = analysis.analyse(text)
    options = [sorted((_option(way, term) for way in term.ways), key=lambda one: -one.most) for term in terms]
    asked = scoring.asked(text, found, counted)
    heard = SOUNDS if asked.natural else analysis.FORMS
    sounds = [(form, [f" {token.text} " for token in getattr(found, form)]) for form in heard]
    return _Question(
        terms,
        options,
        titles.asked(found),
        sounds,
        list(dict.fromkeys(needle.encode() for _form, needles in sounds for needle in needles)),
        [way.phrase for way in terms[0].ways if way.name and way.phrase] if len(terms) == 1 else (),
        asked,
        counted,
    )


def _look(candidate: Candidate, question: _Question) -> _Ranked:
    """Look at what is soon found: of names all but descriptions, of a question in words only these words."""
    parts = passages.quick(question.asked, candidate.tokens, question.counted)
    if question.asked.natural:
        return _Ranked(candidate, 0.0, False, (), parts)
    return _named(candidate, parts, question)


def _read(one: _Ranked, question: _Question) -> _Ranked:
    """Read a description as a whole, and look for names too."""
    parts = passages.whole(question.asked, one.candidate.tokens, one.parts, question.counted)
    return _named(one.candidate, parts, question)


def _named(candidate: Candidate, parts: passages.Parts, question: _Question) -> _Ranked:
    """Look for every term in every form and field, and compare the whole question with the titles."""
    tokens = candidate.tokens
    best = tuple([_best(options, tokens) for options in question.options])
    near = titles.nearness(tokens.get("titles"), question.whole) if _is_heard(tokens, question) else 0.0
    called = titles.called(tokens.get("titles"), question.names) if question.names else 0.0
    named = sum([found.score for found in best]) + called + near
    return _Ranked(candidate, named, near > titles.WHOLE_TITLE, best, parts)


def _is_heard(tokens: Kept, question: _Question) -> bool:
    """Tell whether titles have anything in common with a question."""
    for written in question.written:
        if written in tokens.short:
            break
    else:
        return False
    held = tokens.get("titles")
    for form, needles in question.sounds:
        stream = held.get(form, "")
        for needle in needles:
            if needle in stream:
                return True
    return False


def _score(one: _Ranked, asked: Asked) -> float:
    """Give the whole score, without the last digits: equal sums, added up otherwise, differ in them."""
    answers = passages.total(one.parts)
    return round(one.named + (answers if asked.natural else answers / (answers + HALF)), 9)


def _hit(one: _Ranked, question: _Question) -> Hit:
    used = {best.form for best in one.found}
    return Hit(
        one.candidate.id,
        round(_score(one, question.asked), 4),
        tuple(form for form in FORM_WEIGHT if form in used),
        tuple(
            Reason(term.text, best.form, best.field, best.way.name, best.way.relation)
            for term, best in zip(question.terms, one.found, strict=False)
            if best.way is not None
        ),
    )


def _option(way: Way, term: Term) -> _Option:
    has_hanja = any(map(is_hanja, way.name or term.text))
    most = FORM_WEIGHT["spacing" if way.form == "reading" and not has_hanja else way.form]
    if patterns.HOLE in way.phrase:
        row = (("exact", patterns.in_stream(way.phrase)),)
        return _Option(most, way, (), 0, has_hanja, term.field, row)
    if way.phrase:
        return _Option(most, way, (_need([("exact", " ".join(way.phrase))]),), 1, has_hanja, term.field)
    needs = tuple(map(_need, way.needs))
    met = tuple((form, patterns.in_stream((pattern,))) for form, pattern in way.patterns)
    return _Option(most, way, needs, way.least or len(needs), has_hanja, term.field, met)


def _need(wanted: Iterable[tuple[str, str]]) -> _Need:
    needles = tuple((form, f" {token} ") for form, token in wanted)
    return _Need(needles, tuple(dict.fromkeys(needle.encode() for _form, needle in needles)))


def _best(options: Sequence[_Option], tokens: Kept) -> _Found:
    """Find the best of all ways and fields for one term; what bytes show to be missing is passed over."""
    best = _Found(UNSEEN)
    for option in options:
        if option.most * _HEAVIEST <= best.score:
            break
        if _may_be_held(option, tokens.short):
            best = _in_fields(option, tokens, _NAMES, best)
        if _may_be_held(option, tokens.long):
            best = _in_fields(option, tokens, _TEXTS, best)
    return best


def _may_be_held(option: _Option, body: bytes) -> bool:
    """Tell whether there is what a way needs, perhaps in different fields and forms."""
    missing = len(option.needs) - option.least
    for need in option.needs:
        for written in need.written:
            if written in body:
                break
        else:
            missing -= 1
            if missing < 0:
                return False
    return True


def _in_fields(option: _Option, tokens: Kept, fields: Sequence[_Field], best: _Found) -> _Found:
    """Find the field in which a way weighs most, and more than the best so far."""
    for name, weight, most_repeats in fields:
        if option.most * weight * (1 + REPEAT * most_repeats) <= best.score:
            break
        forms = tokens.get(name) if option.field in ("", name) else None
        if forms and (times := _times(option, forms)):
            form = _form(option, forms)
            score = weight * FORM_WEIGHT[form] * (1 + REPEAT * min(times - 1, most_repeats))
            if score > best.score:
                best = _Found(score, form, name, option.way)
    return best


def _times(option: _Option, forms: Forms) -> int:
    """Count how often a way is found in some streams: a phrase by its places, others by the rarest of them."""
    missing = len(option.needs) - option.least
    times = []
    for need in option.needs:
        found = 0
        for form, needle in need.needles:
            if form in forms:
                found += forms[form].count(needle)
        if not found:
            missing -= 1
            if missing < 0:
                return 0
        times.append(found)
    times += [len(pattern.findall(forms.get(form, ""))) for form, pattern in option.patterns]
    return sorted(times)[-option.least - len(option.patterns)]


def _form(option: _Option, forms: Forms) -> str:
    """Name how a term was found: a way through sounds between texts without Hanja only crossed a space."""
    way = option.way
    if way.form == "morph":
        written = forms.get("morph", "")
        plain = not option.has_hanja and all(
            any(needle in written for _form, needle in need.needles) for need in option.needs
        )
        return "morph" if plain else "reading"
    if way.form == "reading" and not option.has_hanja and not any(map(is_hanja, forms.get("exact", ""))):
        return "spacing"
    return way.form
