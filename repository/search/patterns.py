"""Patterns of one token: `*` is any run of letters, `?` is one. No token holds these signs itself.

A pattern begins with a letter, so a dictionary of tokens is read only where that letter stands.
"""

from __future__ import annotations

import re
from functools import lru_cache

from repository.search.document import SENTENCES_APART, VALUES_APART

ANY, ONE = "*", "?"
HOLE = ""  # in a row of tokens: any one token
_LETTER = "[^ ]"
_TOKEN = f"[^ {VALUES_APART}{SENTENCES_APART}]+"


def expression(pattern: str) -> str:
    """Write a pattern as a regular expression for a whole token, of letters, `.` and `.*` alone."""
    return "".join({ANY: ".*", ONE: "."}.get(letter) or re.escape(letter) for letter in pattern)


@lru_cache(maxsize=256)
def of_token(pattern: str) -> re.Pattern[str]:
    """Compile a pattern for a whole token."""
    return re.compile(_body(pattern))


@lru_cache(maxsize=256)
def in_stream(row: tuple[str, ...]) -> re.Pattern[str]:
    """Compile tokens in a row, any of which may be a pattern or a hole, for a stream of tokens."""
    return re.compile(f" {' '.join(_body(one) if one else _TOKEN for one in row)}(?= )")


def _body(pattern: str) -> str:
    """Write a pattern so that no token takes long: each part between two `*` holds where it first stands."""
    first, *rest = ("".join(map(_letter, part)) for part in pattern.split(ANY))
    if not rest:
        return first
    *between, last = rest
    return first + "".join(f"(?>{_LETTER}*?{part})" for part in between) + f"{_LETTER}*{last}"


def _letter(letter: str) -> str:
    return _LETTER if letter == ONE else re.escape(letter)
