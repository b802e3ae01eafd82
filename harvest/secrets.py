"""Keys of other people's services: read from `secrets.toml` in the data folder, which only its owner may read."""

from __future__ import annotations

import os
import stat
import tomllib
from pathlib import Path

from repository.errors import ConfigurationError

FILE = "secrets.toml"
# A shorter one could not be struck out of texts without striking out other things.
SHORTEST = 8


def find(data: Path, name: str) -> str:
    """Give the secret of a name; raises ConfigurationError, which never says the secret."""
    path = data / FILE
    try:
        with path.open("rb") as file:
            if stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o077:
                raise _wrong("secrets_open", "다른 사람도 읽을 수 있습니다", "others may read it; chmod 600")
            known = tomllib.loads(file.read().decode("utf-8"))
    except OSError as error:
        raise _wrong(
            "secrets_unreadable", "읽을 수 없습니다", f"cannot be read ({error.strerror})"
        ) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        # the cause would show the line that it stumbled over
        raise _wrong("secrets_unreadable", "TOML이 아닙니다", "is no TOML") from None
    found = known.get(name)
    if not isinstance(found, str) or len(found) < SHORTEST:
        raise _wrong(
            "secret_unknown", f"{name} 열쇠가 없습니다", f"has no {name} of at least {SHORTEST} characters"
        )
    return found


def _wrong(code: str, ko: str, en: str) -> ConfigurationError:
    return ConfigurationError(code, f"{FILE}: {ko}", f"{FILE}: {en}")
