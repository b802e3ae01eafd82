"""Counts over a collection: about right, added up in any order, and read back only whole."""

from __future__ import annotations

import pytest

from repository.errors import StoreError
from repository.search import counting, statistics
from repository.search.counting import PAIR, WORD
from repository.search.statistics import UNCOUNTED
from tests.repository.search.samples import document, item

MADE = [
    document(item(f"{n}", f"조선 책 {n}", notes=("동국통감을 본 이야기",) if n % 4 == 0 else ()))
    for n in range(40)
]


def test_tokens_are_counted_once_for_each_document() -> None:
    counted = statistics.count(MADE)
    assert counted.documents == 40
    assert counted.frequency(WORD, "조선") == 40
    assert counted.frequency(WORD, "이야기") == 10
    assert counted.frequency(PAIR, "이야") == 10
    assert counted.frequency(WORD, "없는말") == 0
    assert counted.idf(WORD, "이야기") > counted.idf(WORD, "조선") > 0
    assert counted.mean("notes", "exact") == 3
    assert counted.mean("makers", "exact") == 0


def test_parts_add_up_to_the_whole_in_any_order() -> None:
    parts = [statistics.count(MADE[start : start + 13]) for start in range(0, 40, 13)]
    assert statistics.merge(parts) == statistics.merge(reversed(parts)) == statistics.count(MADE)
    assert statistics.merge([]) == UNCOUNTED
    assert statistics.merge([UNCOUNTED, parts[0]]) == parts[0]


def test_of_nothing_counted_everything_is_alike() -> None:
    assert statistics.count([]) == UNCOUNTED
    assert UNCOUNTED.idf(WORD, "조선") == UNCOUNTED.idf(WORD, "없는말") == 1.0
    assert UNCOUNTED.frequency(WORD, "조선") == 0


def test_bytes_are_read_back_and_damage_is_told() -> None:
    for counted in (statistics.count(MADE), UNCOUNTED):
        assert statistics.from_bytes(statistics.to_bytes(counted)) == counted
    body = statistics.to_bytes(statistics.count(MADE))
    assert len(body) < 100_000
    for damaged in (b"", body[:10], body[:-5], b"x" + body[1:], body[:4] + b"\x09" + body[5:], body[:200]):
        with pytest.raises(StoreError) as refused:
            statistics.from_bytes(damaged)
        assert refused.value.code == "statistics_unreadable"


def test_a_full_counter_stays_full_and_leaves_its_neighbours_alone() -> None:
    full = bytearray(counting.SIZE)
    full[0:8] = b"\xff\xff\xff\xff\x07\x00\x00\x00"
    one = bytes(counting.SIZE - 4) + b"\x01\x00\x00\x00"
    two = b"\x02\x00\x00\x00\x03\x00\x00\x00" + bytes(counting.SIZE - 8)
    summed = counting.added(counting.added(bytes(full), two), one)
    assert summed[:8] == b"\xff\xff\xff\xff\x0a\x00\x00\x00"
    assert summed[-4:] == b"\x01\x00\x00\x00"
    assert not any(summed[8:-4])
