"""The engine that the settings name."""

from __future__ import annotations

from pathlib import Path

from repository.errors import ConfigurationError
from repository.search.access import Access
from repository.search.embedded import EmbeddedEngine
from repository.search.engine import SearchEngine
from repository.search.knowledge import NOTHING, Knowledge


def open_engine(
    kind: str, folder: Path, knowledge: Knowledge = NOTHING, access: Access | None = None
) -> SearchEngine:
    """Open a search engine: `tantivy` keeps its index in `folder`; an Elasticsearch is given by its addresses.

    A server need not answer yet. Raises ConfigurationError for an engine that is none, and for settings that
    cannot be meant.
    """
    if kind == "tantivy":
        return EmbeddedEngine(folder, knowledge)
    if "://" in kind:
        from repository.search.elastic import ElasticEngine  # noqa: PLC0415  # half a second for who uses it

        given = access or Access()
        return ElasticEngine(given.check(kind), given, folder, knowledge)
    raise ConfigurationError(
        "search_engine_unknown", f"없는 검색 엔진입니다: {kind}", f"no such search engine: {kind}"
    )
