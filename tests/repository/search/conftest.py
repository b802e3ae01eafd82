"""The engines that the contract runs over: another one is added to ENGINES, and nothing else changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from repository.search.engine import SearchEngine
from repository.search.factory import open_engine

ENGINES = ("tantivy",)


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> SearchEngine:
    """An empty engine of each kind."""
    return open_engine(str(request.param), tmp_path / "index")
