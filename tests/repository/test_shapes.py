"""Types that are ready before any thread comes: whole processes, whose threads all read their first item at once."""

from __future__ import annotations

import subprocess
import sys

import msgspec
import pytest

from repository.item import Item, Text, canonical
from repository.shapes import Shape
from tests.conftest import ROOT

PROCESSES = 12
FIRST_READS = """
import sys, threading
from repository import decisions, institutions, items
from repository.item import Description, Item, Text, Title, canonical
sys.setswitchinterval(1e-6)
body = canonical(Item("a", "s", "l", "p", "h", Description(titles=(Title("t", "ko"),), subjects=(Text("x"),))))
together = threading.Barrier(8)
def read():
    together.wait()
    assert items._ITEM.read(body).title == "t"
threads = [threading.Thread(target=read) for _ in range(8)]
[one.start() for one in threads]
[one.join() for one in threads]
"""


def test_many_threads_may_read_their_first_item_at_once() -> None:
    """Without a shape, four of ten such processes ended in a segmentation fault (msgspec 0.22)."""
    for _ in range(PROCESSES):
        done = subprocess.run([sys.executable, "-c", FIRST_READS], cwd=ROOT, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()


def test_what_does_not_fit_is_an_error_and_never_half_a_value() -> None:
    shape = Shape(Text)
    assert (
        shape.read(canonical(Text("가", "ko"))) == shape.of({"value": "가", "lang": "ko"}) == Text("가", "ko")
    )
    for body in (b"", b"{", b"[]", b'{"lang": "ko"}', b'{"value": 1}'):
        with pytest.raises(msgspec.DecodeError):
            shape.read(body)
    with pytest.raises(msgspec.ValidationError):
        Shape(Item).of({"id": 1})
