"""The key that signs sessions: the setting, or a random one kept in the data folder for its owner only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from repository.errors import ConfigurationError
from repository.settings import Settings

NAME = "secret_key"
SHORTEST = 32


def key_of(settings: Settings) -> str:
    """Give the key in force, made where there is none yet; raises ConfigurationError for one that is no secret."""
    return _strong(settings.secret_key or _kept(settings.data_path / NAME))


def _strong(key: str) -> str:
    if len(key) < SHORTEST:
        raise ConfigurationError(
            "secret_key_short",
            f"secret_key는 {SHORTEST}자 이상이어야 합니다.",
            f"secret_key needs at least {SHORTEST} characters",
        )
    return key


def _kept(path: Path) -> str:
    if not path.exists():
        _make(path)
    if path.stat().st_mode & 0o077:
        raise ConfigurationError(
            "secret_key_exposed",
            f"다른 사람도 읽을 수 있는 열쇠입니다. 지우면 새로 만듭니다: {path}",
            f"others may read {path}: delete it, and a new one is made",
        )
    return path.read_text("ascii").strip()


def _make(path: Path) -> None:
    """Write a key beside its place and link it there whole: of several processes the first one's stays."""
    own = path.with_name(f".{NAME}-{secrets.token_hex(8)}")
    try:
        descriptor = os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
            file.flush()
            os.fsync(file.fileno())
        os.link(own, path)
    except FileExistsError:
        pass
    finally:
        own.unlink(missing_ok=True)
