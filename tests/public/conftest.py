"""The demonstration, served once for all tests of the public face."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.demonstration import Filled
from tests.public import pages
from tests.serving import site


@pytest.fixture(scope="session")
def demo(filled: Filled, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """An installation filled with the samples, and the address at which it is served."""
    data = filled.copy(tmp_path_factory.mktemp("public"))
    with site(data) as base:
        yield data, base


@pytest.fixture(scope="session")
def base(request: pytest.FixtureRequest) -> str:
    """The address of the site; KM_TEST_BASE names one that is served already."""
    served = os.environ.get("KM_TEST_BASE")
    return served or str(request.getfixturevalue("demo")[1])


@pytest.fixture(scope="session")
def kinds(base: str) -> dict[str, str]:
    """One page of every kind."""
    return pages.kinds(base)
