"""A sheet with a header, CSV or XLSX: one record a row, its fields named by the columns."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path

from harvest.connector import Identity
from harvest.connectors import csv_rows, xlsx_rows
from harvest.connectors.faults import fault
from harvest.connectors.files import names_of
from harvest.connectors.place import inside, opened
from harvest.connectors.records import Names, of_value
from harvest.connectors.whole import Entry, Whole, WholeList
from harvest.crosswalks.text import line
from harvest.oai_asking import Habits
from harvest.oai_xml import Quarantined
from harvest.source import Source, is_http
from harvest.source_kinds import Sheet
from harvest.transport import Limits, Transport
from repository.item import canonical

FILE_LIMIT = 64 * 2**20
ROWS = 2_000_000
COLUMNS = 1_000
CELL_LIMIT = 100_000
_ZIP = b"PK\x03\x04"

Row = tuple[str, ...]


def connector(source: Source, options: Sheet, data: Path, habits: Habits, transport: Transport) -> WholeList:
    """Make the connector of a source of kind `sheet`; `transport` fetches it where it has an http address."""
    identity = Identity(name=source.name_ko, base_url=source.endpoint, protocol="sheet", deleted="no")
    fetch = cache(partial(_fetched, transport, source.endpoint))
    read = fetch if is_http(source.endpoint) else partial(_read, data, source.endpoint)
    return WholeList(identity, habits, partial(_open, source, options, read), transport.close)


def limits() -> Limits:
    """Give the limits on fetching a sheet."""
    return Limits(bytes=FILE_LIMIT)


def _open(source: Source, options: Sheet, read: Callable[[], bytes]) -> Whole:
    raw = read()
    names = names_of(source, options.identifier, options.datestamp)
    return Whole(hashlib.sha256(raw).hexdigest()[:16], partial(_entries, raw, options, names))


def _read(data: Path, endpoint: str) -> bytes:
    with opened(inside(data, endpoint)) as file:
        raw = file.read(FILE_LIMIT + 1)
    if len(raw) > FILE_LIMIT:
        raise fault("file_too_large", f"{FILE_LIMIT} bytes")
    return raw


def _fetched(transport: Transport, endpoint: str) -> bytes:
    raw = transport.ask(endpoint, lambda body: False).body
    if raw[:500].lstrip().lower().startswith((b"<!doctype html", b"<html")):
        raise fault("answer_unexpected", "HTML")
    return raw


def _entries(raw: bytes, options: Sheet, names: Names, prefix: str) -> Iterator[Entry]:
    is_xlsx = raw.startswith(_ZIP)
    rows = xlsx_rows.rows(raw, options.sheet) if is_xlsx else csv_rows.rows(raw, options.delimiter)
    above: dict[str, str] = {}
    head: list[Row] = []
    columns: list[str] = []
    for number, row in enumerate(rows, 1):
        if number > ROWS or len(row) > COLUMNS:
            raise fault("sheet_too_large", f"row {number}: {ROWS} rows, {COLUMNS} columns")
        if number <= options.skip or not any(row):
            continue
        if len(head) < options.header:
            head.append(row)
            columns = _columns(head) if len(head) == options.header else []
        else:
            yield _entry(columns, row, number, options.fill, above, names, prefix)
    if not columns:
        raise fault("sheet_unreadable", "no header")


def _columns(head: list[Row]) -> list[str]:
    """Name the columns: by their rows of headings, of which merged cells of the upper hold for what follows."""
    width = max(map(len, head))
    levels = [[line(cell) for cell in (*row, *[""] * (width - len(row)))] for row in head]
    for level in levels[:-1]:
        for place in range(1, width):
            level[place] = level[place] or level[place - 1]
    named: list[str] = []
    for place in range(width):
        name = " / ".join(dict.fromkeys(filter(None, (level[place] for level in levels)))) or f"#{place + 1}"
        same = sum(one == name or one.startswith(f"{name} (") for one in named)
        named.append(f"{name} ({same + 1})" if same else name)
    return named


def _entry(
    columns: list[str],
    row: Row,
    number: int,
    fill: tuple[str, ...],
    above: dict[str, str],
    names: Names,
    prefix: str,
) -> Entry:
    """Make the record of a row; empty cells are left out."""
    raw = canonical(row)
    if any(row[len(columns) :]):
        detail = f"row {number} has more cells than the header"
        return Quarantined(raw, "record_not_wellformed", detail=detail)
    if max(map(len, row)) > CELL_LIMIT:
        return Quarantined(raw, "text_too_long", detail=f"row {number}: {CELL_LIMIT} characters a cell")
    said = {name: cell for name, cell in zip(columns, row, strict=False) if cell}
    for name in fill:
        said[name] = said.get(name) or above.get(name, "")
        above[name] = said[name]
    return of_value({name: cell for name, cell in said.items() if cell}, names, prefix)
