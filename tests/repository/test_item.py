"""Values as bytes: the canonical JSON is what another implementation of the standard writes."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
import rfc8785
from hypothesis import example, given
from hypothesis import strategies as st

from repository.item import Description, Item, Place, Text, Title, canonical

TEXTS = st.text(st.characters(codec="utf-8"))
NUMBERS = st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(-(10.0**15), 10.0**15)
VALUES = st.recursive(
    st.none() | st.booleans() | TEXTS | NUMBERS,
    lambda inner: st.lists(inner) | st.dictionaries(st.text("abcxyz_", min_size=1), inner),
)


@given(VALUES)
@example({"a": [1.8141443367644015e-06, -2e-05, 1e-07, 1e-06, 0.0001], "b": "3e-6, 1.0"})
def test_canonical_json_is_that_of_rfc_8785(value: Any) -> None:
    assert canonical(value) == rfc8785.dumps(value)


@pytest.mark.parametrize("text", ["1.0,", "[2.0]", '"3.0}', "\\4.0,", "5.0"])
def test_a_number_within_a_text_stays_as_it_is(text: str) -> None:
    written = canonical({"note": text, "seconds": 20.0})
    assert written == rfc8785.dumps({"note": text, "seconds": 20.0})
    assert msgspec.json.decode(written) == {"note": text, "seconds": 20}


def test_an_item_with_whole_coordinates_is_canonical_and_reads_back() -> None:
    place = Place((Text("한강", "ko"),), 37.0, -127.0)
    one = Item("i", "s", "l", "p", "h", Description(titles=(Title("책 1.0, 2.0"),), places=(place,)))
    written = canonical(one)
    assert written == rfc8785.dumps(msgspec.to_builtins(one))
    assert msgspec.json.decode(written, type=Item) == one
