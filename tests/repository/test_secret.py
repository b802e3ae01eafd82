"""The key that signs sessions: made once, for its owner only."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from repository.errors import ConfigurationError
from repository.secret import key_of
from repository.settings import Settings, to_toml


def test_many_at_once_get_one_key_that_others_cannot_read(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(key_of, [Settings(data=str(tmp_path))] * 32))
    assert len(keys) == 1 and len(keys.pop()) == 64
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_a_key_that_is_no_secret_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="secret_key_short"):
        key_of(Settings(secret_key="short"))
    key_of(Settings(data=str(tmp_path)))
    (tmp_path / "secret_key").chmod(0o644)
    with pytest.raises(ConfigurationError, match="secret_key_exposed"):
        key_of(Settings(data=str(tmp_path)))


def test_a_key_is_never_written_into_the_settings_file() -> None:
    assert "x" * 40 not in to_toml(Settings(secret_key="x" * 40))
