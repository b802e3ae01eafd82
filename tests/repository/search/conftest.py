"""The engines that the contract runs over: another one is added to ENGINES, and nothing else changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from repository.search.access import Access
from repository.search.engine import SearchEngine
from repository.search.factory import open_engine

ENGINES = ("tantivy", "elasticsearch")


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> SearchEngine:
    """An empty engine of each kind."""
    if request.param == "tantivy":
        return open_engine("tantivy", tmp_path / "index")
    url: str = request.getfixturevalue("elasticsearch_url")
    index: str = request.getfixturevalue("elasticsearch_index")
    return open_engine(url, tmp_path / "index", access=Access(index=index, timeout_seconds=60))
