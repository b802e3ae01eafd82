"""From a question to the embedded engine's own query: boolean clauses over columns, nothing parsed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil
from typing import NamedTuple

from tantivy import FieldType, Occur, Query, Schema

from repository.search import query as questions
from repository.search.document import FIELDS
from repository.search.embedded_schema import column
from repository.search.forms import FORM_WEIGHT
from repository.search.terms import Need, Term, Way, sounds_of

NEAR = 0.5  # share of a query's sounds that a title must hold where nothing holds all its words


class Wanted(NamedTuple):
    """What documents must hold: all the terms, or where `relaxed` half of their sounds in the titles."""

    terms: Sequence[Term]
    relaxed: bool = False


def matching(schema: Schema, asked: questions.Query, wanted: Wanted, without: str = "") -> Query:
    """Make the query of a question; the filter on the facet named `without` is left out."""
    firm = [term for term in wanted.terms if not wanted.relaxed or term.excluded or term.phrase]
    clauses = [(Occur.MustNot if term.excluded else Occur.Must, _term(schema, term)) for term in firm]
    if wanted.relaxed:
        clauses.append((Occur.Must, _near(schema, sounds_of(wanted.terms))))
    elif all(term.excluded for term in wanted.terms):
        clauses.append((Occur.Must, Query.const_score_query(Query.all_query(), 0.0)))
    for facet, values in asked.filters:
        if facet != without:
            chosen = Query.term_set_query(schema, facet, list(values))
            clauses.append((Occur.Must, Query.const_score_query(chosen, 0.0)))
    clauses += [(Occur.Must, Query.const_score_query(one, 0.0)) for one in _years(schema, asked)]
    return Query.boolean_query(clauses)


def after(schema: Schema, found: Query, key: str, place: int, descending: bool) -> Query:
    """Keep of a query only what comes after a place in the order of an unsigned key."""
    low, high = (None, place) if descending else (place, None)
    rest = Query.range_query(
        schema,
        key,
        FieldType.Unsigned,
        lower_bound=low,
        upper_bound=high,
        include_lower=low is None,
        include_upper=high is None,
    )
    return Query.boolean_query([(Occur.Must, found), (Occur.Must, Query.const_score_query(rest, 0.0))])


def _years(schema: Schema, asked: questions.Query) -> Iterable[Query]:
    """Keep items whose years touch the range asked for; those without years are left out."""
    if asked.year_from is not None:
        yield Query.range_query(schema, "latest", FieldType.Integer, lower_bound=asked.year_from)
    if asked.year_to is not None:
        yield Query.range_query(schema, "earliest", FieldType.Integer, upper_bound=asked.year_to)


def _near(schema: Schema, needs: Sequence[Need]) -> Query:
    sounds = [(Occur.Should, _need(schema, "titles", need)) for need in needs]
    return Query.boolean_query(sounds, minimum_number_should_match=max(1, ceil(len(sounds) * NEAR)))


def _term(schema: Schema, term: Term) -> Query:
    ways = (
        Query.boost_query(_way(schema, name, way), field.weight * FORM_WEIGHT[way.form])
        for name, field in FIELDS.items()
        for way in term.ways
        if _is_in(way, field.forms)
    )
    return Query.disjunction_max_query(list(ways), 0.1)


def _is_in(way: Way, forms: tuple[str, ...]) -> bool:
    """Tell whether a field has the forms that a way looks into."""
    return (
        "exact" in forms if way.phrase else all(form in forms for need in way.needs for form, _token in need)
    )


def _way(schema: Schema, field: str, way: Way) -> Query:
    if way.phrase:
        name = column(field, "exact")
        if len(way.phrase) == 1:
            return Query.term_query(schema, name, way.phrase[0])
        return Query.phrase_query(schema, name, list(way.phrase))
    needs = [_need(schema, field, need) for need in way.needs]
    if way.least:
        return Query.boolean_query([(Occur.Should, need) for need in needs], way.least)
    return Query.boolean_query([(Occur.Must, need) for need in needs])


def _need(schema: Schema, field: str, need: Need) -> Query:
    tokens = [Query.term_query(schema, column(field, form), token, "freq") for form, token in need]
    return tokens[0] if len(tokens) == 1 else Query.boolean_query([(Occur.Should, one) for one in tokens])
