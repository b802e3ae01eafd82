"""Identifiers of items and assets: short, lower-case, without look-alikes, with a check character.

An identifier is 65 bits of a SHA-256 in the 32 characters of Crockford's alphabet, and one check character
over GF(2^5): every mistyped character and every pair of swapped characters is caught, which the modulus-29
check of ARK (draft-kunze-ark, NOID) gives only to an alphabet of 29. The same source and local id always
give the same identifier, so a rebuild from nothing mints what people have cited.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 14
_VALUE = {character: value for value, character in enumerate(ALPHABET)}
_LOOK_ALIKES = str.maketrans({"i": "1", "l": "1", "o": "0", "-": None})


# Each value multiplied by the primitive element of GF(2^5) under x^5 + x^2 + 1.
_DOUBLE = tuple(((value << 1) ^ 0b100101) if value & 0b10000 else value << 1 for value in range(32))


def check_character(body: str) -> str:
    """Compute the check character: the value at zero of the polynomial whose weights are distinct powers."""
    total = 0
    for character in body:
        total = _DOUBLE[total] ^ _VALUE[character]
    return ALPHABET[_DOUBLE[total]]


@lru_cache(maxsize=4096)  # a page of records asks for each of its own several times
def mint(*parts: str, salt: int = 0) -> str:
    """Make the identifier of a thing named by `parts`; `salt` above zero resolves a collision.

    Parts are joined by NUL, which no identifier of a source may contain.
    """
    name = "\0".join([*parts, str(salt)] if salt else parts)
    bits = int.from_bytes(hashlib.sha256(name.encode()).digest(), "big") >> (256 - 65)
    body = "".join(ALPHABET[(bits >> shift) & 31] for shift in range(60, -5, -5))
    return body + check_character(body)


def is_valid(identifier: str) -> bool:
    """Tell whether a string has the form of an identifier and its check character holds."""
    return (
        len(identifier) == LENGTH
        and all(character in _VALUE for character in identifier)
        and check_character(identifier[:-1]) == identifier[-1]
    )


def normalise(typed: str) -> str:
    """Read an identifier as people type it: capitals, hyphens, and i, l, o for the digits they resemble."""
    return typed.strip().lower().translate(_LOOK_ALIKES)
