"""Search: one analyser in front of every engine, one ranker behind it; engines only match tokens."""

from repository import compiled

__path__[:0] = compiled.places("repository.search")
