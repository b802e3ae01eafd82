"""From a question to what documents must hold, and how near each comes: the same for every engine.

Nearness is a sum of small whole numbers, so every engine counts it alike: for each term, the weight of the
best field and form that it is found in. Equal ones stand in the order of `NEAREST`, a key of each document.
No engine's own score has a say, and nothing is parsed: an engine only has to know tokens, patterns of them,
phrases, ranges and how many of some clauses hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

from repository.search import asking, scoring, terms
from repository.search.analysis import analyse
from repository.search.document import FACETS, FIELDS
from repository.search.entries import BRIEF
from repository.search.forms import FORM_WEIGHT
from repository.search.hanja import sounds
from repository.search.query import Query
from repository.search.statistics import UNCOUNTED, Statistics
from repository.search.terms import Need, Term, Way

NEAREST = BRIEF  # of equally near ones that with the shortest title comes first
STEP = 2.5  # by which weights of fields and forms are told apart: titles as written 4, descriptions 1
RAREST = 4  # weight of the most telling words of a question
MOST_CLAUSES = 4000  # of one plan: what a server of half a gigabyte takes in one query
SUREST = ("exact", "reading", "latin")  # forms that are looked for where all would be too many
MOST_SPELT_OUT = 3  # terms whose sums of weights are named one by one
LONGEST_NEAR = 100  # characters of a question whose sounds are looked for


class AnyToken(NamedTuple):
    """A column holds one of these tokens, or one of these values of a facet."""

    column: str
    tokens: tuple[str, ...]


class Like(AnyToken):
    """A column holds a token that meets the one pattern given; see `repository.search.patterns`."""

    __slots__ = ()


class Phrase(NamedTuple):
    """A column holds these tokens in a row; an empty one is any token."""

    column: str
    tokens: tuple[str, ...]


class Between(NamedTuple):
    """A number lies within these bounds, both included; None is open. Without the number, it does not."""

    key: str
    low: int | None
    high: int | None


class AllOf(NamedTuple):
    """All clauses hold; of no clauses, always."""

    clauses: tuple[Clause, ...]


class AnyOf(NamedTuple):
    """At least so many clauses hold."""

    clauses: tuple[Clause, ...]
    least: int = 1


class Neither(NamedTuple):
    """A clause does not hold."""

    clause: Clause


Clause: TypeAlias = AnyToken | Phrase | Between | AllOf | AnyOf | Neither


class Weighed(NamedTuple):
    """What makes a document nearer: the weight of the heaviest option that holds."""

    options: tuple[tuple[int, Clause], ...]

    @property
    def weights(self) -> list[int]:
        """The weights of the options, each once, the lightest first."""
        return sorted({weight for weight, _clause in self.options})

    @property
    def most(self) -> int:
        """The heaviest weight; 0 where a term can stand in no field."""
        return max(self.weights, default=0)

    def clause(self, weight: int = 0) -> Clause:
        """Say that an option of at least this weight holds."""
        heavy = tuple(clause for own, clause in self.options if own >= weight)
        return heavy[0] if len(heavy) == 1 else AnyOf(heavy)

    def steps(self) -> Iterator[Clause]:
        """Give as many clauses as the heaviest option weighs: so many of them hold as the best one weighs."""
        reached = 0
        for weight in self.weights:
            yield from (self.clause(weight),) * (weight - reached)
            reached = weight


class Plan(NamedTuple):
    """What a document must hold: all that is `firm`, and at least so many of what is weighed."""

    firm: tuple[Clause, ...]
    weighed: tuple[Weighed, ...] = ()
    least: int = 0

    def clause(self) -> Clause:
        """Say all that a document must hold, without weights."""
        weighed = tuple(one.clause() for one in self.weighed)
        if self.least in (0, len(weighed)):
            return AllOf((*self.firm, *weighed[: self.least]))
        return AllOf((*self.firm, AnyOf(weighed, self.least)))

    def as_near(self, score: int) -> Clause:
        """Say that weights add up to at least this."""
        if self._is_spelt_out:
            return _reaching(self.weighed, score)
        return AnyOf(tuple(step for one in self.weighed for step in one.steps()), score)

    def level(self, score: int) -> Clause:
        """Say that a document matches, and comes exactly as near as this."""
        matches = self.firm if self._is_spelt_out else (self.clause(),)
        nearer = (Neither(self.as_near(score + 1)),) if score < self.nearest else ()
        return AllOf((*matches, self.as_near(score), *nearer))

    @property
    def _is_spelt_out(self) -> bool:
        """Tell whether all that is weighed must hold, and is little enough to name every sum of weights."""
        return self.least == len(self.weighed) <= MOST_SPELT_OUT

    @property
    def nearest(self) -> int:
        """The highest score that a document can have."""
        return sum(one.most for one in self.weighed)


def _reaching(weighed: Sequence[Weighed], score: int) -> Clause:
    """Say that all hold and their weights reach a score: each weight of the first, and what it leaves to the others.

    An engine follows the rarer of two clauses; to count steps it looks at all that any of them finds.
    """
    first, *others = weighed
    if not others:
        return first.clause(score)
    most = sum(one.most for one in others)
    ways = [
        AllOf((first.clause(weight), _reaching(others, score - weight)))
        for weight in first.weights
        if score - weight <= most
    ]
    return ways[0] if len(ways) == 1 else AnyOf(tuple(ways))


def plan(
    asked: Query,
    words: Sequence[Term],
    relaxed: bool = False,
    without: str = "",
    statistics: Statistics = UNCOUNTED,
) -> Plan:
    """Plan the answer to a question: with all its terms, or where `relaxed` with what comes near them.

    The filter on the facet named `without` is left out. Statistics tell how telling words are, which
    counts where relaxed.
    """
    words = _bounded(words)
    filters = tuple(AnyToken(facet, values) for facet, values in asked.filters if facet != without)
    excluded = tuple(Neither(_weighed(term).clause()) for term in words if term.excluded)
    firm = (*excluded, *filters, *_years(asked))
    wanted = [term for term in words if not term.excluded]
    if relaxed:
        phrases = tuple(_weighed(term).clause() for term in wanted if term.phrase)
        return _near((*firm, *phrases), wanted, statistics)
    weighed = tuple(map(_weighed, wanted))
    return Plan(firm, weighed, len(weighed))


def _bounded(words: Sequence[Term]) -> Sequence[Term]:
    """Leave out the ways of less sure forms, where a question is so long that all ways would be too many."""
    if sum(_size(_weighed(term).clause()) for term in words) <= MOST_CLAUSES:
        return words
    return [term._replace(ways=tuple(way for way in term.ways if way.form in SUREST)) for term in words]


def _size(clause: Clause) -> int:
    match clause:
        case AllOf(clauses) | AnyOf(clauses):
            return sum(map(_size, clauses))
        case Neither(refused):
            return _size(refused)
        case _:
            return 1


def _beginning(words: Sequence[Term]) -> list[Term]:
    """Give the words with which a question begins, phrases left out."""
    found, rest = [], LONGEST_NEAR
    for term in words:
        if not term.phrase and rest > 0:
            found.append(term._replace(text=term.text[:rest]))
            rest -= len(term.text)
    return found


def _near(firm: tuple[Clause, ...], wanted: Sequence[Term], statistics: Statistics) -> Plan:
    """Find titles that nearly sound like the words, and documents that hold many of them."""
    wanted = _beginning(wanted)
    near = terms.near(wanted)
    titles = tuple(_way("titles", way) for way in near.ways if _is_in(way, FIELDS["titles"].forms))
    heard = tuple(Weighed(((1, _need("titles", need)),)) for need in near.needs)
    text = " ".join(term.text for term in wanted)
    held = tuple(map(_word, scoring.asked(text, analyse(text), statistics).words))
    least = asking.enough([own for word in held for own, _clause in word.options])
    many = (AnyOf(tuple(step for word in held for step in word.steps()), least),) if held else ()
    return Plan((*firm, AnyOf((*titles, *many))), (*heard, *held))


def _word(word: scoring.Word) -> Weighed:
    """Find a content word anywhere; the rarer, the heavier."""
    need: Need = ((word.form, word.text),)
    if word.form == "morph":
        need = (*need, ("reading", sounds(word.text)))
    fields = tuple(_need(name, need) for name, field in FIELDS.items() if _has(field.forms, need))
    return Weighed(((max(1, min(RAREST, round(word.idf / 2))), AnyOf(fields)),))


def narrowed(asked: Query) -> tuple[str, ...]:
    """Name the facets that a question has filters on."""
    return tuple(name for name in FACETS if asked.chosen(name))


def _years(asked: Query) -> Iterator[Clause]:
    """Keep items whose years touch the range asked for; those without years are left out."""
    if asked.year_from is not None:
        yield Between("latest", asked.year_from, None)
    if asked.year_to is not None:
        yield Between("earliest", None, asked.year_to)


def _weighed(term: Term) -> Weighed:
    return Weighed(
        tuple(
            (max(1, round(field.weight * FORM_WEIGHT[way.form] / STEP)), _way(name, way))
            for name, field in FIELDS.items()
            for way in term.ways
            if term.field in ("", name) and _is_in(way, field.forms)
        )
    )


def _is_in(way: Way, forms: tuple[str, ...]) -> bool:
    """Tell whether a field has the forms that a way looks into."""
    if way.phrase:
        return "exact" in forms
    return all(_has(forms, need) for need in way.needs) and _has(forms, way.patterns)


def _has(forms: tuple[str, ...], need: Need) -> bool:
    return all(form in forms for form, _token in need)


def _way(field: str, way: Way) -> Clause:
    if way.phrase:
        name = column(field, "exact")
        return AnyToken(name, way.phrase) if len(way.phrase) == 1 else Phrase(name, way.phrase)
    needs = tuple(_need(field, need) for need in way.needs)
    if way.least:
        return AnyOf(needs, way.least)
    return AllOf((*needs, *(Like(column(field, form), (pattern,)) for form, pattern in way.patterns)))


def _need(field: str, need: Need) -> Clause:
    """Meet a need by any of its tokens, each in the column of its form."""
    forms = dict.fromkeys(form for form, _token in need)
    columns = tuple(
        AnyToken(column(field, form), tuple(token for own, token in need if own == form)) for form in forms
    )
    return columns[0] if len(columns) == 1 else AnyOf(columns)


def column(field: str, form: str) -> str:
    """Name the column of one form of one field."""
    return f"{field}_{form}"
