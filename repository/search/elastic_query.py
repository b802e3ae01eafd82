"""From a plan to Elasticsearch's own query: term, wildcard, phrase, range and bool clauses only, nothing parsed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from repository.search.matching import (
    AllOf,
    AnyOf,
    AnyToken,
    Between,
    Clause,
    Like,
    Neither,
    Phrase,
    Plan,
    Weighed,
)
from repository.search.patterns import HOLE

Body = dict[str, Any]


def matching(clause: Clause) -> Body:
    """Write a clause that documents hold or do not."""
    match clause:
        case Like(column, (pattern,)):
            return {"wildcard": {column: {"value": pattern}}}
        case AnyToken(column, (token,)):
            return {"term": {column: token}}
        case AnyToken(column, tokens):
            return {"terms": {column: list(tokens)}}
        case Phrase(column, tokens) if HOLE in tokens:
            row = [{"span_term": {column: one}} if one else {"span_gap": {column: 1}} for one in tokens]
            return {"span_near": {"clauses": row, "slop": 0, "in_order": True}}
        case Phrase(column, tokens):
            return {"match_phrase": {column: {"query": " ".join(tokens), "analyzer": "whitespace"}}}
        case Between(key, low, high):
            bounds = {"gte": low, "lte": high}
            return {"range": {key: {name: bound for name, bound in bounds.items() if bound is not None}}}
        case AnyOf(clauses, least):
            return {"bool": {"should": [matching(one) for one in clauses], "minimum_should_match": least}}
        case AllOf(clauses):
            return {"bool": held(clauses)}
        case Neither(refused):
            return {"bool": {"must_not": [matching(refused)]}}


def held(clauses: Sequence[Clause]) -> Body:
    """Write clauses that all have to hold, as parts of a bool query that give no score."""
    parts = {
        "filter": [matching(one) for one in clauses if not isinstance(one, Neither)],
        "must_not": [matching(one.clause) for one in clauses if isinstance(one, Neither)],
    }
    return {name: part for name, part in parts.items() if part}


def scored(plan: Plan) -> Body:
    """Write a plan whose score is the sum of its weights."""
    heard = [_weighed(one) for one in plan.weighed]
    if plan.least == len(heard):
        return {"bool": {**held(plan.firm), "must": heard}}
    return {"bool": {**held(plan.firm), "should": heard, "minimum_should_match": plan.least}}


def _weighed(weighed: Weighed) -> Body:
    options = [
        {"constant_score": {"filter": matching(clause), "boost": weight}}
        for weight, clause in weighed.options
    ]
    return {"dis_max": {"queries": options, "tie_breaker": 0.0}}
