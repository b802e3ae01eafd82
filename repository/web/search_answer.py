"""What the search page answers with: the index, or where that is away, the little that the database can tell."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from repository import plain_search
from repository.errors import StoreError
from repository.search.engine import Results
from repository.search.query import Query
from repository.web import misses
from repository.web.context import memory

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer; `whole` says that the index gave it, `meant` are words that more is found for, if any."""

    results: Results
    whole: bool = True
    meant: str = ""


def answer(query: Query) -> Answered:
    """Answer a question, and note one that fell short. Raises BadRequest for one that cannot be meant."""
    engine = memory().engine
    try:
        results = engine.search(query)
        fell_short = bool(query.text) and (results.relaxed or not results.total)
        meant = engine.correct(query.text) if fell_short else ""
    except StoreError as error:
        log.warning("answered without the index", extra={"code": error.code})
        with memory().database.read() as conn:
            return Answered(plain_search.find(conn, memory().blobs, query), whole=False)
    misses.note(query, results)
    return Answered(results, meant="" if meant == query.text else meant)
