"""The ranker: orders what an engine fetched, by the tokens of each document and nothing else.

It knows no engine's score, so every engine gives one order, and so does an index built anew. Titles weigh
most, then makers; the form as written weighs more than a reading; a title that is nothing but what was
asked comes first. Equal scores stand in the order of their ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from repository.search import analysis
from repository.search.document import FIELDS, VALUES_APART
from repository.search.engine import Hit
from repository.search.hanja import is_hanja, sounds
from repository.search.terms import Term, Way

FORM_WEIGHT = {"exact": 1.0, "morph": 0.8, "latin": 0.7, "spacing": 0.65, "reading": 0.6}
WHOLE_TITLE = 20.0
SAME_TITLE = 10.0
SOUNDS = ("morph", "reading", "latin")  # the forms in which titles of all scripts are alike
MOST_REPEATS = 5
REPEAT = 0.1
UNSEEN = 0.1  # found by the engine beyond the tokens that are kept for ranking

Tokens = dict[str, dict[str, list[str]]]


class Candidate(NamedTuple):
    """A document that an engine fetched: its tokens by field and form."""

    id: str
    tokens: Tokens


class _Found(NamedTuple):
    score: float
    form: str


def rank(terms: Sequence[Term], candidates: Iterable[Candidate]) -> list[Hit]:
    """Order candidates, best first, each with the forms that found it."""
    wanted = [term for term in terms if not term.excluded]
    asked = analysis.analyse(" ".join(term.text for term in wanted))
    hits = [_hit(candidate, wanted, asked) for candidate in candidates]
    return sorted(hits, key=lambda hit: (-hit.score, hit.id))


def _hit(candidate: Candidate, wanted: Sequence[Term], asked: analysis.Analysis) -> Hit:
    found = [_best(term, candidate.tokens) for term in wanted]
    score = sum(one.score for one in found) + _title(candidate.tokens.get("titles", {}), asked)
    used = {one.form for one in found}
    return Hit(candidate.id, round(score, 4), tuple(form for form in FORM_WEIGHT if form in used))


def _best(term: Term, tokens: Tokens) -> _Found:
    """Find the best of all ways and fields for one term."""
    best = _Found(UNSEEN, "")
    for name, forms in tokens.items():
        for way in term.ways:
            if (times := _times(way, forms)) > 0:
                form = _form(way, term, forms)
                field = FIELDS[name]
                repeats = min(times - 1, MOST_REPEATS) if field.long else 0
                best = max(best, _Found(field.weight * FORM_WEIGHT[form] * (1 + REPEAT * repeats), form))
    return best


def _times(way: Way, forms: dict[str, list[str]]) -> int:
    """Count how often a way is found in one field: a phrase by its places, needs by the rarest of them."""
    if way.phrase:
        return _phrases(way.phrase, forms.get("exact", []))
    return min(sum(forms.get(form, []).count(token) for form, token in need) for need in way.needs)


def _phrases(phrase: tuple[str, ...], tokens: list[str]) -> int:
    if len(phrase) == 1:
        return tokens.count(phrase[0])
    starts = (place for place, token in enumerate(tokens) if token == phrase[0])
    return sum(tuple(tokens[start : start + len(phrase)]) == phrase for start in starts)


def _form(way: Way, term: Term, forms: dict[str, list[str]]) -> str:
    """Name how a term was found: a way through sounds between texts without Hanja only crossed a space."""
    if way.form == "morph":
        written = forms.get("morph", [])
        plain = not term.has_hanja and all(
            any(token in written for _form, token in need) for need in way.needs
        )
        return "morph" if plain else "reading"
    if way.form == "reading" and not term.has_hanja and not any(map(is_hanja, forms.get("exact", []))):
        return "spacing"
    return way.form


def _title(forms: dict[str, list[str]], asked: analysis.Analysis) -> float:
    """Score how nearly the whole query is one of the titles: in all its forms, and as written."""
    exact = [token.text for token in asked.exact]
    wanted = _sounds([token.text for form in SOUNDS for token in getattr(asked, form)])
    best = 0.0
    for written, *heard in zip(*(_values(forms.get(form, [])) for form in ("exact", *SOUNDS)), strict=True):
        held = _sounds(token for tokens in heard for token in tokens)
        near = 2 * len(wanted & held) / (len(wanted) + len(held)) if wanted and held else 0.0
        best = max(best, WHOLE_TITLE * near + SAME_TITLE * (written == exact))
    return best


def _sounds(tokens: Iterable[str]) -> set[str]:
    return {sounds(token) for token in tokens}


def _values(tokens: list[str]) -> list[list[str]]:
    values: list[list[str]] = [[]]
    for token in tokens:
        if token == VALUES_APART:
            values.append([])
        else:
            values[-1].append(token)
    return values
