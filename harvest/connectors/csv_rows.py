"""The rows of a CSV file (RFC 4180), in the encodings and with the delimiters that are met in practice."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from harvest.connectors.decoding import text_of
from harvest.connectors.faults import fault

if TYPE_CHECKING:
    import _csv

DELIMITERS = ",;\t|"
_LOOKED_AT = 30


def rows(raw: bytes, delimiter: str = "") -> Iterator[tuple[str, ...]]:
    """Yield the rows, cells without blanks around them.

    Raises a TransferError where quotes do not match, because nobody knows then where a row ends.
    """
    text = text_of(raw, "CSV")
    reader = _reader(text, delimiter or sniffed(text))
    try:
        for row in reader:
            yield tuple(cell.strip() for cell in row)
    except csv.Error as error:
        raise fault("sheet_unreadable", f"line {reader.line_num}: {error}") from error


def sniffed(text: str) -> str:
    """Tell the delimiter: with which most of the first rows have the same number of cells, and the most cells."""
    return max(DELIMITERS, key=lambda delimiter: _fit(text, delimiter))


def _fit(text: str, delimiter: str) -> tuple[float, int]:
    widths: Counter[int] = Counter()
    try:
        for row, _ in zip(_reader(text, delimiter), range(_LOOKED_AT), strict=False):
            if any(row):
                widths[len(row)] += 1
    except csv.Error:
        return 0.0, 0
    if not widths:
        return 0.0, 0
    width, number = widths.most_common(1)[0]
    return (number / widths.total(), width) if width > 1 else (0.0, 0)


def _reader(text: str, delimiter: str) -> _csv.Reader:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
