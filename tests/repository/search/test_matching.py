"""Levels of nearness: who matches, and is exactly so near, whether sums of weights are spelt out or counted."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from repository.search.matching import (
    MOST_SPELT_OUT,
    AllOf,
    AnyOf,
    AnyToken,
    Clause,
    Neither,
    Plan,
    Weighed,
)

TOKEN = ("x",)
FIRM = "firm"


def holds(clause: Clause, columns: frozenset[str]) -> bool:
    """Tell whether a document with a token in some columns meets a clause."""
    match clause:
        case AnyToken(column, _tokens):
            return column in columns
        case AllOf(clauses):
            return all(holds(one, columns) for one in clauses)
        case AnyOf(clauses, least):
            return sum(holds(one, columns) for one in clauses) >= least
        case Neither(refused):
            return not holds(refused, columns)
    raise AssertionError(clause)


def nearness(plan: Plan, columns: frozenset[str]) -> int:
    """Add up the heaviest weights that hold; 0 for a document that does not match."""
    best = [
        max((weight for weight, clause in one.options if holds(clause, columns)), default=0)
        for one in plan.weighed
    ]
    matches = FIRM in columns and sum(weight > 0 for weight in best) >= plan.least
    return sum(best) if matches else 0


@st.composite
def plans(draw: st.DrawFn) -> tuple[Plan, frozenset[str]]:
    """Draw a plan and a document."""
    terms = draw(st.lists(st.lists(st.integers(1, 4), min_size=1, max_size=4), min_size=1, max_size=5))
    weighed = tuple(
        Weighed(tuple((weight, AnyToken(f"{term}.{place}", TOKEN)) for place, weight in enumerate(weights)))
        for term, weights in enumerate(terms)
    )
    columns = [
        FIRM,
        *(f"{term}.{place}" for term, weights in enumerate(terms) for place in range(len(weights))),
    ]
    least = draw(st.sampled_from((len(weighed), 0, 1)))
    return Plan((AnyToken(FIRM, TOKEN),), weighed, least), frozenset(draw(st.sets(st.sampled_from(columns))))


@given(plans())
def test_a_level_is_all_that_match_and_add_up_to_it(drawn: tuple[Plan, frozenset[str]]) -> None:
    plan, columns = drawn
    near = nearness(plan, columns)
    levels = [score for score in range(1, plan.nearest + 1) if holds(plan.level(score), columns)]
    assert levels == ([near] if near else [])


def test_few_terms_are_spelt_out_and_more_are_counted() -> None:
    one = Weighed(((1, AnyToken("a", TOKEN)), (3, AnyToken("b", TOKEN))))
    few, more = (Plan((), (one,) * number, number) for number in (MOST_SPELT_OUT, MOST_SPELT_OUT + 1))
    assert not _counts(few.as_near(4)) and _counts(more.as_near(4))


def test_a_term_that_no_field_can_hold_weighs_nothing() -> None:
    plan = Plan((), (Weighed(()), Weighed(((2, AnyToken("a", TOKEN)),))), 2)
    assert plan.nearest == 2
    assert not any(holds(plan.level(score), frozenset("a")) for score in (1, 2))


def _counts(clause: Clause) -> bool:
    """Tell whether more than one of some clauses has to hold."""
    match clause:
        case AnyOf(clauses, least):
            return least > 1 or any(map(_counts, clauses))
        case AllOf(clauses):
            return any(map(_counts, clauses))
        case _:
            return False
