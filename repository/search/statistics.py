"""What a whole collection of documents is like, counted by us: the same for every engine that ranks with it.

How many documents hold a token is kept in two rows of counters, each token in one place of either row by a
stable hash; the lesser of the two is never too small, and hardly ever too great (a count-min sketch: Cormode
and Muthukrishnan, 2005). So the size does not grow with the vocabulary, and what several processes counted
of different documents is added up.
"""

from __future__ import annotations

import struct
import sys
import zlib
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, pairwise
from math import log

import msgspec

from repository.errors import StoreError
from repository.search.document import SearchDocument
from repository.search.tokens import analysed
from repository.shapes import Shape

VERSION = 1  # raise it when hashing or layout changes
WORD = "word"  # morphemes and Latin words, wherever they stand in a document
PAIR = "pair"  # neighbouring syllables within a word as written
PLACES = 1 << 20
_MASK = PLACES - 1
_SIZE = 2 * PLACES * 4  # bytes
_HEAD = struct.Struct("<4sIQI")
_MAGIC = b"KMst"
_LONGEST_LENGTHS = 65_536  # bytes
_FULL = 0xFFFFFFFF
_MOST_TOKENS = 1_000_000  # different ones that are held before they are put into the rows

Tokens = Mapping[str, Mapping[str, Sequence[str]]]


class Length(msgspec.Struct, frozen=True):
    """How many documents have a form of a field, and how many tokens that makes in all."""

    documents: int = 0
    tokens: int = 0


_LENGTHS = Shape(dict[str, Length])


class Statistics(msgspec.Struct, frozen=True):
    """Counts over all documents; of an empty one nothing is rare and nothing is common.

    `lengths` are by field and form (`notes.morph`); `counters` are the two rows, little-endian, or nothing.
    """

    documents: int = 0
    lengths: dict[str, Length] = {}
    counters: bytes = b""

    def frequency(self, kind: str, token: str) -> int:
        """Give how many documents hold a token of a kind, about."""
        if not self.counters:
            return 0
        one, other = (
            int.from_bytes(self.counters[at * 4 : at * 4 + 4], "little") for at in _places(kind, token)
        )
        return min(one, other, self.documents)

    def idf(self, kind: str, token: str) -> float:
        """Give how telling a token is (Robertson and Spärck Jones); 1 for all where nothing was counted."""
        if not self.documents:
            return 1.0
        held = self.frequency(kind, token)
        return log(1 + (self.documents - held + 0.5) / (held + 0.5))

    def mean(self, field: str, form: str) -> float:
        """Give the mean number of tokens of documents that have a form of a field; 0 where nothing was counted."""
        length = self.lengths.get(f"{field}.{form}", Length())
        return length.tokens / length.documents if length.documents else 0.0


UNCOUNTED = Statistics()


def count(documents: Iterable[SearchDocument]) -> Statistics:
    """Count documents."""
    return count_tokens(map(analysed, documents))


def count_tokens(documents: Iterable[Tokens]) -> Statistics:
    """Count documents that were analysed already."""
    number = 0
    lengths: dict[str, list[int]] = {}
    words: Counter[str] = Counter()
    written: Counter[str] = Counter()
    rows = array("I", bytes(_SIZE))
    for tokens in documents:
        number += 1
        words.update(_of_forms(tokens, ("morph", "latin")))
        written.update(_of_forms(tokens, ("exact",)))
        for field, forms in tokens.items():
            for form, found in forms.items():
                length = lengths.setdefault(f"{field}.{form}", [0, 0])
                length[0] += 1
                length[1] += len(found)
        if len(words) + len(written) > _MOST_TOKENS:
            _put(rows, words, written)
            words.clear()
            written.clear()
    _put(rows, words, written)
    made = {name: Length(*length) for name, length in sorted(lengths.items())}
    return Statistics(number, made, _little(rows).tobytes()) if number else UNCOUNTED


def merge(parts: Iterable[Statistics]) -> Statistics:
    """Add up what was counted of different documents."""
    number = 0
    lengths: Counter[tuple[str, str]] = Counter()
    rows: array[int] | None = None
    for part in parts:
        number += part.documents
        for name, length in part.lengths.items():
            lengths.update({(name, "documents"): length.documents, (name, "tokens"): length.tokens})
        if part.counters:
            more = _little(array("I", part.counters))
            rows = more if rows is None else array("I", map(_sum, rows, more))
    names = sorted({name for name, _what in lengths})
    return Statistics(
        number,
        {name: Length(lengths[name, "documents"], lengths[name, "tokens"]) for name in names},
        b"" if rows is None else _little(rows).tobytes(),
    )


def to_bytes(statistics: Statistics) -> bytes:
    """Write statistics, compressed."""
    lengths = msgspec.json.encode(statistics.lengths)
    head = _HEAD.pack(_MAGIC, VERSION, statistics.documents, len(lengths))
    return head + lengths + zlib.compress(statistics.counters, 1)


def from_bytes(body: bytes) -> Statistics:
    """Read what `to_bytes` wrote. Raises StoreError for anything else."""
    try:
        magic, version, documents, length = _HEAD.unpack_from(body)
        rest = memoryview(body)[_HEAD.size :]
        if magic != _MAGIC or version != VERSION or length > min(_LONGEST_LENGTHS, len(rest)):
            raise _unreadable(f"version {version}, {length} bytes of lengths")
        lengths = _LENGTHS.read(bytes(rest[:length]))
        unpacked = zlib.decompressobj()
        counters = unpacked.decompress(rest[length:], _SIZE + 1)
    except (struct.error, zlib.error, msgspec.DecodeError) as error:
        raise _unreadable(str(error)) from error
    if len(counters) not in (0, _SIZE) or not unpacked.eof or bool(counters) != bool(documents):
        raise _unreadable(f"{len(counters)} bytes of counters for {documents} documents")
    return Statistics(documents, lengths, counters)


def pairs(word: str) -> Iterable[str]:
    """Give the pairs of neighbouring syllables of a word as written."""
    return (one + other for one, other in pairwise(word))


def _of_forms(tokens: Tokens, names: Sequence[str]) -> set[str]:
    """Give the tokens of some forms in any field, each once."""
    return set(chain.from_iterable(forms.get(name, ()) for forms in tokens.values() for name in names))


def _places(kind: str, token: str) -> tuple[int, int]:
    code = zlib.crc32(f"{kind} {token}".encode("utf-8", "surrogatepass"))
    return code & _MASK, PLACES + (code >> 12)


def _put(rows: array[int], words: Counter[str], written: Counter[str]) -> None:
    """Put counts into the rows; a pair counts with every different word that has it."""
    two: Counter[str] = Counter()
    for word, number in written.items():
        for pair in set(pairs(word)):
            two[pair] += number
    for kind, held in ((WORD, words), (PAIR, two)):
        for token, number in held.items():
            for place in _places(kind, token):
                rows[place] = _sum(rows[place], number)


def _sum(one: int, other: int) -> int:
    return min(one + other, _FULL)


def _little(rows: array[int]) -> array[int]:
    """Turn the order of bytes, where a machine's own is not little-endian."""
    if sys.byteorder == "big":
        rows.byteswap()
    return rows


def _unreadable(detail: str) -> StoreError:
    return StoreError(
        "statistics_unreadable",
        "검색 통계를 읽을 수 없습니다. `km rebuild index`로 다시 만드세요.",
        f"the statistics of search cannot be read ({detail}); run `km rebuild index`",
    )
