"""The engines that the contract runs over: another one is added to ENGINES, and nothing else changes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from repository.search.access import Access
from repository.search.engine import SearchEngine
from repository.search.factory import open_engine
from tests.conftest import _absent
from tests.real_elasticsearch import Kit, delete_indices, fresh_name, kit, missing, throw_away_server

ENGINES = ("tantivy", "elasticsearch")


@pytest.fixture(scope="session")
def elasticsearch_kit() -> Iterator[Kit]:
    """What Elasticsearch servers of our own are started from."""
    if lacking := missing():
        _absent(lacking)
    with kit() as found:
        yield found


@pytest.fixture(scope="session")
def elasticsearch_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A real Elasticsearch server: that of ``KM_TEST_ELASTICSEARCH_URL``, else one of our own."""
    if given := os.environ.get("KM_TEST_ELASTICSEARCH_URL"):
        yield given.rstrip("/")
    else:
        with throw_away_server(request.getfixturevalue("elasticsearch_kit")) as node:
            yield node.url


@pytest.fixture
def elasticsearch_index(elasticsearch_url: str) -> Iterator[str]:
    """The beginning of names of indices that no other test uses; what bears it is deleted at the end."""
    prefix = fresh_name()
    yield prefix
    delete_indices(elasticsearch_url, prefix)


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> SearchEngine:
    """An empty engine of each kind."""
    if request.param == "tantivy":
        return open_engine("tantivy", tmp_path / "index")
    url: str = request.getfixturevalue("elasticsearch_url")
    index: str = request.getfixturevalue("elasticsearch_index")
    return open_engine(url, tmp_path / "index", access=Access(index=index, timeout_seconds=60))
