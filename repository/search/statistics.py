"""What a whole collection of documents is like, counted by us: the same for every engine that ranks with it.

`repository.search.counting` says how it is counted.
"""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from collections.abc import Iterable
from math import log

import msgspec

from repository.errors import StoreError
from repository.search.counting import SIZE, VERSION, Counts, Lengths, Tokens, added, places
from repository.search.document import SearchDocument
from repository.search.tokens import analysed
from repository.shapes import Shape

_HEAD = struct.Struct("<4sIQI")
_MAGIC = b"KMst"
_LONGEST_LENGTHS = 65_536  # bytes


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
            int.from_bytes(self.counters[at * 4 : at * 4 + 4], "little") for at in places(kind, token)
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
    counts = Counts()
    for tokens in documents:
        counts.add(tokens)
    if not counts.documents:
        return UNCOUNTED
    return Statistics(counts.documents, dict(sorted(_named(counts.lengths))), counts.rows())


def _named(lengths: Lengths) -> Iterable[tuple[str, Length]]:
    return (
        (f"{field}.{form}", Length(*length))
        for field, forms in lengths.items()
        for form, length in forms.items()
    )


def merge(parts: Iterable[Statistics]) -> Statistics:
    """Add up what was counted of different documents."""
    number = 0
    documents: Counter[str] = Counter()
    tokens: Counter[str] = Counter()
    rows = b""
    for part in parts:
        number += part.documents
        documents.update({name: length.documents for name, length in part.lengths.items()})
        tokens.update({name: length.tokens for name, length in part.lengths.items()})
        rows = added(rows, part.counters) if rows and part.counters else rows or part.counters
    return Statistics(
        number, {name: Length(documents[name], tokens[name]) for name in sorted(documents)}, rows
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
        counters = unpacked.decompress(rest[length:], SIZE + 1)
    except (struct.error, zlib.error, msgspec.DecodeError) as error:
        raise _unreadable(str(error)) from error
    if len(counters) not in (0, SIZE) or not unpacked.eof or bool(counters) != bool(documents):
        raise _unreadable(f"{len(counters)} bytes of counters for {documents} documents")
    return Statistics(documents, lengths, counters)


def _unreadable(detail: str) -> StoreError:
    return StoreError(
        "statistics_unreadable",
        "검색 통계를 읽을 수 없습니다. `km rebuild index`로 다시 만드세요.",
        f"the statistics of search cannot be read ({detail}); run `km rebuild index`",
    )
