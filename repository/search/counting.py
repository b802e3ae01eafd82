"""Counting: how many documents hold each token, in two rows of counters, and how long their fields are.

Each token has one place in either row by a stable hash; the lesser of the two is never too small, and hardly ever
too great (a count-min sketch: Cormode and Muthukrishnan, 2005). So the size does not grow with the vocabulary, and
what several processes counted of different documents is added up. `repository.search.statistics` reads the rows.
"""

from __future__ import annotations

import sys
import zlib
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence

VERSION = 1  # raise it when hashing or layout changes
WORD = "word"  # morphemes and Latin words, wherever they stand in a document
PAIR = "pair"  # neighbouring syllables within a word as written
PLACES = 1 << 20
SIZE = 2 * PLACES * 4  # bytes of both rows
_MASK = PLACES - 1
_FULL = 0xFFFFFFFF
_MOST_TOKENS = 1_000_000  # different ones that are held before they are put into the rows

Tokens = Mapping[str, Mapping[str, Sequence[str]]]
Lengths = dict[str, dict[str, list[int]]]  # by field and form: documents that have it, and tokens


class Counts:
    """What was counted: documents, lengths, and the rows of counters."""

    def __init__(self) -> None:
        self.documents = 0
        self.lengths: Lengths = {}
        self._rows = array("I", bytes(SIZE))
        self._words: Counter[str] = Counter()
        self._written: Counter[str] = Counter()

    def add(self, tokens: Tokens) -> None:
        """Count one document."""
        self.documents += 1
        words: set[str] = set()
        written: set[str] = set()
        for field, forms in tokens.items():
            lengths = self.lengths.setdefault(field, {})
            for form, found in forms.items():
                if (length := lengths.get(form)) is None:
                    length = lengths[form] = [0, 0]
                length[0] += 1
                length[1] += len(found)
                if form in ("morph", "latin"):
                    words.update(found)
                elif form == "exact" and len(forms) > 1:  # numbers, which have no other form, are no words
                    written.update(found)
        self._words.update(words)
        self._written.update(written)
        if len(self._words) + len(self._written) > _MOST_TOKENS:
            self._put()

    def rows(self) -> bytes:
        """Give the two rows, little-endian."""
        self._put()
        return _swapped(self._rows[:]).tobytes()

    def _put(self) -> None:
        """Put counts into the rows; a pair counts with every different word that has it."""
        two: Counter[str] = Counter()
        for word, number in self._written.items():
            for pair in set(pairs(word)):
                two[pair] += number
        for kind, held in ((WORD, self._words), (PAIR, two)):
            for token, number in held.items():
                for place in places(kind, token):
                    self._rows[place] = min(self._rows[place] + number, _FULL)
        self._words.clear()
        self._written.clear()


def places(kind: str, token: str) -> tuple[int, int]:
    """Give the places of a token of a kind in both rows."""
    code = zlib.crc32(f"{kind} {token}".encode("utf-8", "surrogatepass"))
    return code & _MASK, PLACES + (code >> 12)


def pairs(word: str) -> list[str]:
    """Give the pairs of neighbouring syllables of a word as written."""
    return [word[place : place + 2] for place in range(len(word) - 1)]


def added(one: bytes, other: bytes) -> bytes:
    """Add rows up, counter by counter; one that is full stays so."""
    ones, others = _counters(one), _counters(other)
    if max(ones) + max(others) <= _FULL:  # none can run over into the next: both rows are one great number
        both = int.from_bytes(one, "little") + int.from_bytes(other, "little")
        return both.to_bytes(SIZE, "little")
    summed = array("I", [min(left + right, _FULL) for left, right in zip(ones, others, strict=True)])
    return _swapped(summed).tobytes()


def _counters(rows: bytes) -> array[int]:
    return _swapped(array("I", rows))


def _swapped(rows: array[int]) -> array[int]:
    """Turn the order of bytes, where a machine's own is not little-endian."""
    if sys.byteorder == "big":
        rows.byteswap()
    return rows
