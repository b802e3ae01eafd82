"""Fixtures of the connectors' tests: sources registered as an operator would, and read with the data folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from harvest import sources
from harvest.source import Source, check_source
from repository import institutions
from repository.institution import Institution
from repository.memory import Memory

Register = Callable[[Source], Source]


@pytest.fixture
def drop(memory: Memory) -> Path:
    """The folder from which files may be read."""
    folder = memory.settings.data_path / "drop"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def register(memory: Memory) -> Register:
    """Registers a source under an institution of its provider's name."""

    def save(source: Source) -> Source:
        check_source(source)
        with memory.database.write() as tx:
            institutions.save(tx, Institution(source.provider, source.name_ko, source.name_en))
            sources.save(tx, source)
        return source

    return save
