"""The engine that the settings name."""

from __future__ import annotations

from pathlib import Path

from repository.errors import ConfigurationError
from repository.search.embedded import EmbeddedEngine
from repository.search.engine import SearchEngine


def open_engine(kind: str, folder: Path) -> SearchEngine:
    """Open a search engine: `tantivy` keeps its index in `folder`; addresses of a cluster are yet to come.

    Raises ConfigurationError for a kind that this version does not have.
    """
    if kind == "tantivy":
        return EmbeddedEngine(folder)
    if kind.startswith(("elasticsearch", "http://", "https://")):
        raise ConfigurationError(
            "search_engine_absent",
            "Elasticsearch는 다음 판에서 쓸 수 있습니다. 지금은 KM_SEARCH=tantivy로 두세요.",
            "Elasticsearch comes with a later version; leave KM_SEARCH=tantivy for now",
        )
    raise ConfigurationError(
        "search_engine_unknown", f"없는 검색 엔진입니다: {kind}", f"no such search engine: {kind}"
    )
