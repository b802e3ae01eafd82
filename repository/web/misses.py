"""What the search page notes of an answer that fell short; gathered in memory, written now and then."""

from __future__ import annotations

import atexit

from flask import Flask, current_app

from repository.gathering import Gathering
from repository.memory import Memory
from repository.search import missed
from repository.search.engine import Results
from repository.search.query import Query

_KEY = "search_misses"


def init_app(app: Flask, memory: Memory) -> None:
    """Bring the gathering into an application; a process that ends in order writes the rest of it."""
    gathering = Gathering(memory.database)
    app.extensions[_KEY] = gathering
    atexit.register(gathering.close)


def gathered() -> Gathering:
    """Give the gathering of this application."""
    found: Gathering = current_app.extensions[_KEY]
    return found


def note(query: Query, results: Results) -> None:
    """Note a question that found nothing, or nothing but what sounds alike; never waits, never raises."""
    if kind := missed.kind_of(results):
        gathered().note(missed.text_of(query), kind)
