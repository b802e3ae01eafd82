"""Values out of JSON and out of plain data, read by types that are made ready while modules load.

msgspec readies a type at its first use, and is not safe where several threads come first together: it ends the
process (with 0.22, 16 of 40 processes whose eight threads decoded their first item at once). A `Shape` that stands
at the top of a module has readied its type, and all types inside it, before any thread is there.
"""

from __future__ import annotations

from typing import Any, Generic, TypeVar

import msgspec

T = TypeVar("T")


class Shape(Generic[T]):
    """One type to read; what does not fit it is a msgspec.DecodeError or, among these, a ValidationError."""

    def __init__(self, kind: type[T]) -> None:
        self._kind = kind
        self._decoder = msgspec.json.Decoder(kind)

    def read(self, body: bytes | str | msgspec.Raw) -> T:
        """Read a value from JSON."""
        return self._decoder.decode(body)

    def of(self, plain: Any) -> T:
        """Read a value from plain data: dicts, lists, texts, numbers."""
        return msgspec.convert(plain, self._kind)
