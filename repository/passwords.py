"""Passwords: what a new one must be, and the adapter of Argon2id (RFC 9106) that keeps them.

The rules are those of NIST SP 800-63B §5.1.1: length, and a list of those that are tried first; no rule about kinds
of characters. A password is compared in its NFKC form, so that it is the same from every keyboard.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib.resources import files

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

from repository.errors import BadRequest

SHORTEST = 12
LONGEST = 1024

# The hash of nothing that anybody has: verified where there is no hash, so that both take the same time.
NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$EsWfZvFSHoqd7LMhpRbWfw$IA6SsaC6mf8AiCHVQjSTPgAhsBwia04WOQ3ApV0EAyk"
_HASHER = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)


def check(password: str, *own: str) -> None:
    """Refuse a new password that is too short, too long, tried first by everybody, or one of the person's own words.

    Raises BadRequest with the codes password_short, password_long, password_common and password_own.
    """
    plain = _normal(password)
    if len(plain) < SHORTEST:
        raise BadRequest(
            "password_short",
            f"비밀번호는 {SHORTEST}자 이상이어야 합니다.",
            f"A password has at least {SHORTEST} characters.",
        )
    if len(plain) > LONGEST:
        raise BadRequest(
            "password_long",
            f"비밀번호는 {LONGEST}자를 넘을 수 없습니다.",
            f"A password has at most {LONGEST} characters.",
        )
    if plain.casefold() in _common():
        raise BadRequest(
            "password_common",
            "누구나 먼저 넣어 보는 비밀번호입니다. 다른 것으로 정해 주세요.",
            "This password is one of the first that anybody tries. Please choose another.",
        )
    if plain.casefold() in {_normal(word).casefold() for word in own}:
        raise BadRequest(
            "password_own",
            "이름이나 전자우편 주소는 비밀번호로 쓸 수 없습니다.",
            "Your name or e-mail address cannot be your password.",
        )


def keep(password: str) -> str:
    """Give the hash to be kept of a password; takes a tenth of a second and 64 MB, on purpose."""
    return _HASHER.hash(_normal(password))


def verify(kept: str, password: str) -> bool:
    """Tell whether a password is the one kept; without a hash (empty) it takes as long, and is not."""
    if len(password) > LONGEST:
        return False
    try:
        return _HASHER.verify(kept or NOBODY, _normal(password)) and bool(kept)
    except (VerificationError, InvalidHashError):
        return False


def is_stale(kept: str) -> bool:
    """Tell whether a hash was made with other parameters than those of today."""
    return _HASHER.check_needs_rehash(kept)


def _normal(password: str) -> str:
    return unicodedata.normalize("NFKC", password)


@cache
def _common() -> frozenset[str]:
    text = (files("repository") / "data" / "common_passwords.txt").read_text("utf-8")
    return frozenset(line.casefold() for line in text.splitlines() if not line.startswith("# "))
