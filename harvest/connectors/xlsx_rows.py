"""The rows of an XLSX workbook (ECMA-376), as texts; of formulas the values that were kept with them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from harvest.connectors import archive
from harvest.connectors.faults import fault

UNPACKED = 256 * 2**20
_HEAD = 4096
# No part of a workbook has a document type; one that has could hold entities that grow without end.
_UNSAFE = (b"<!doctype", b"<!entity", "<!doctype".encode("utf-16-le"), "<!doctype".encode("utf-16-be"))


def rows(raw: bytes, sheet: str = "") -> Iterator[tuple[str, ...]]:
    """Yield the rows of a worksheet, the first where none is named; raises a TransferError."""
    _check(raw)
    try:
        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True, keep_links=False)
        if sheet and sheet not in book.sheetnames:
            raise fault("sheet_unreadable", f"no worksheet {sheet!r}")
        page = book[sheet] if sheet else book.worksheets[0]
        page.reset_dimensions()  # what a file says of its own size is often wrong
        for row in page.iter_rows(values_only=True):
            yield _trimmed(tuple(map(text_of, row)))
    except (InvalidFileException, zipfile.BadZipFile, SyntaxError, *_BROKEN) as error:
        raise fault("sheet_unreadable", f"{type(error).__name__}: {error}") from error


# What the library lets through of a workbook that is not one.
_BROKEN = (KeyError, ValueError, TypeError, IndexError, AttributeError, OverflowError, EOFError, OSError)


def _check(raw: bytes) -> None:
    opened, infos = archive.entries(io.BytesIO(raw))
    if sum(info.file_size for info in infos.values()) > UNPACKED:
        raise fault("sheet_too_large", f"{UNPACKED} bytes")
    for name, info in infos.items():
        if name.endswith((".xml", ".rels")):
            part = archive.read(opened, info, UNPACKED)[:_HEAD].lower()
            if any(mark in part for mark in _UNSAFE):
                raise fault("archive_refused", f"{name} declares a document type")


def _trimmed(row: tuple[str, ...]) -> tuple[str, ...]:
    """Drop the empty cells at a row's end, of which formatted sheets have thousands."""
    end = len(row)
    while end and not row[end - 1]:
        end -= 1
    return row[:end]


def text_of(value: Any) -> str:
    """Write a cell as text: times as ISO 8601, whole numbers without a fraction."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(timespec="seconds")
    if isinstance(value, date | time | timedelta):
        return value.isoformat() if not isinstance(value, timedelta) else str(value)
    return str(value).strip()
