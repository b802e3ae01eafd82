"""Related items: those that share makers, subjects, places and words of titles, weighed by how rare these are.

How many documents have a trait is counted exactly, not taken from an engine's own statistics, which differ.
The few weightiest traits choose candidates by a sum of small whole numbers; all traits together order them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from math import log
from typing import NamedTuple

from repository.search.answering import Order, Wanted
from repository.search.document import VALUES_APART
from repository.search.engine import Hit
from repository.search.glances import Glances
from repository.search.kept import Kept
from repository.search.matching import AllOf, AnyOf, AnyToken, Clause, Phrase, Plan, Weighed, column

WEIGHTS = {"makers": 3.0, "subjects": 2.0, "places": 1.0, "titles": 1.5}
MOST_TRAITS = {"makers": 6, "subjects": 8, "places": 4, "titles": 12}
CHOOSING = 8  # traits that choose candidates
CANDIDATES = 60
STEPS = 3  # by which the weights of these are told apart
COMMON = 0.02  # share of all documents above which a trait chooses only where nothing rarer does


class Trait(NamedTuple):
    """Something that documents may share: a whole value of a field, or for titles one word."""

    field: str
    tokens: tuple[str, ...]

    def clause(self) -> Clause:
        """Say that a document has it."""
        if self.field == "titles":
            return AnyOf(
                tuple(AnyToken(column(self.field, form), self.tokens) for form in ("morph", "reading"))
            )
        place = column(self.field, "exact")
        return AnyToken(place, self.tokens) if len(self.tokens) == 1 else Phrase(place, self.tokens)


def similar(glances: Glances | None, item: str, limit: int) -> tuple[Hit, ...]:
    """Give items that are like one, the most like it first; never itself."""
    own = list(_traits(glances.tokens_of(item))) if glances else []
    if glances is None or not own:
        return ()
    everything, *counts = glances.counts([AllOf(()), *(trait.clause() for trait in own)])
    weights = {
        trait: WEIGHTS[trait.field] * log(everything / count)
        for trait, count in zip(own, counts, strict=True)
        if 1 < count < everything
    }
    commoner = {trait for trait, count in zip(own, counts, strict=True) if count > COMMON * everything}
    choosing = sorted(weights, key=lambda trait: (trait in commoner, -weights[trait], trait))[:CHOOSING]
    if any(trait not in commoner for trait in choosing):
        choosing = [trait for trait in choosing if trait not in commoner]
    return _ordered(_candidates(glances, choosing, weights), item, weights)[:limit]


def _candidates(
    glances: Glances, choosing: Sequence[Trait], weights: dict[Trait, float]
) -> Sequence[tuple[str, Kept]]:
    if not choosing:
        return ()
    most = max(weights[trait] for trait in choosing)
    weighed = tuple(
        Weighed(((max(1, round(STEPS * weights[trait] / most)), trait.clause()),)) for trait in choosing
    )
    found = glances.find(Wanted(Plan((), weighed, 1), Order(), CANDIDATES + 1))
    return [(row.id, row.tokens) for row in found.rows]


def _ordered(
    candidates: Sequence[tuple[str, Kept]], item: str, weights: dict[Trait, float]
) -> tuple[Hit, ...]:
    hits = []
    for other, tokens in candidates:
        shared = set(_traits(tokens, bounded=False)) & weights.keys()
        score = sum(sorted(weights[trait] for trait in shared))
        hits.append(Hit(other, round(score, 4)))
    return tuple(sorted((hit for hit in hits if hit.id != item), key=lambda hit: (-hit.score, hit.id)))


def _traits(tokens: Kept, bounded: bool = True) -> Iterator[Trait]:
    """Give what of a document others may share, each once, the first of each field; or all of it."""
    for field, most in MOST_TRAITS.items():
        forms = tokens.get(field)
        values = _words(forms) if field == "titles" else _values(forms.get("exact", "").split())
        traits = dict.fromkeys(Trait(field, value) for value in values if value)
        yield from list(traits)[: most if bounded else None]


def _values(tokens: Sequence[str]) -> Iterator[tuple[str, ...]]:
    for apart, value in groupby(tokens, VALUES_APART.__eq__):
        if not apart:
            yield tuple(value)


def _words(forms: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """Give the words of titles, and what Hanja titles read; one syllable says too little."""
    for form in ("morph", "reading"):
        yield from ((token,) for token in forms.get(form, "").split() if len(token) > 1)
