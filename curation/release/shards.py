"""Which shard a work lies in: the first bits of its id, which is a hash, so that a recall touches one shard only.

Works of one shard are a range of ids, and the same work lies in the same shard of every version with as many.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from repository.identifiers import ALPHABET

_BITS = 5
_VALUE = {character: value for value, character in enumerate(ALPHABET)}
_AFTER_ALL = "~"
_NAMED = re.compile(r"/train-(?:[a-z0-9]+-)?(\d+)-of-\d+\.")
NO_SHARD = -1


class Range(NamedTuple):
    """The ids from `first` on and before `end`."""

    first: str
    end: str


def shard_of(item: str, bits: int) -> int:
    """Give the number of the shard that a work lies in, among 2^bits."""
    length = -(-bits // _BITS)
    value = 0
    for character in item[:length]:
        value = value << _BITS | _VALUE[character]
    return value >> (length * _BITS - bits)


def ids_of(shard: int, bits: int) -> Range:
    """Give the range of ids of a shard."""
    return Range(_smallest(shard, bits), _AFTER_ALL if shard + 1 == 1 << bits else _smallest(shard + 1, bits))


def _smallest(shard: int, bits: int) -> str:
    length = -(-bits // _BITS)
    value = shard << (length * _BITS - bits)
    return "".join(ALPHABET[value >> (_BITS * place) & 31] for place in reversed(range(length)))


def name_of(shard: int, bits: int) -> str:
    """Write a shard's number and how many there are, as data sets in shards are named."""
    return f"{shard:05}-of-{1 << bits:05}"


def shard_in(name: str) -> int:
    """Read the shard's number in a file's name; -1 for a file that holds no works."""
    found = _NAMED.search(name)
    return int(found[1]) if found else NO_SHARD
