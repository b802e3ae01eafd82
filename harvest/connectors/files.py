"""A folder or a zip of files, put where the operator allows it: XML, JSON and JSON Lines."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from harvest.connector import Identity
from harvest.connectors import archive, xml_files
from harvest.connectors.decoding import text_of
from harvest.connectors.faults import fault
from harvest.connectors.place import inside, opened, walk
from harvest.connectors.records import Names, of_value, read_json
from harvest.connectors.whole import Entry, Whole, WholeList
from harvest.crosswalks import mapped_paths
from harvest.crosswalks.mapped_rules import rules
from harvest.oai_asking import Habits
from harvest.oai_xml import Quarantined
from harvest.source import Source
from harvest.source_kinds import Files
from repository.errors import TransferError

FILE_LIMIT = 256 * 2**20
LINES = (".jsonl", ".ndjson")
READ = (".xml", ".json", *LINES)

Reader = Callable[[str], bytes]
Reading = Callable[[], AbstractContextManager[Reader]]


def connector(source: Source, data: Path, habits: Habits) -> WholeList:
    """Make the connector of a source of kind `files`."""
    identity = Identity(name=source.name_ko, base_url=source.endpoint, protocol="files", deleted="no")
    return WholeList(identity, habits, partial(_open, source, data))


def names_of(source: Source, identifier: str | tuple[str, ...], datestamp: str) -> Names:
    """Tell where records say who they are: as the source says, else where its mapping finds the identifier."""
    mapped = rules(source.mapping, "identifier") if source.mapping else ()
    return Names(identifier or next((rule.path for rule in mapped if rule.path), ()), datestamp)


def _open(source: Source, data: Path) -> Whole:
    place = inside(data, source.endpoint)
    options = source.files or Files()
    states, reading = (_folder if place.is_dir() else _zip)(place)
    chosen = [
        name
        for name in states
        if fnmatchcase(name, options.pattern) and PurePosixPath(name).suffix.lower() in READ
    ]
    said = "\n".join(f"{name} {states[name]}" for name in chosen)
    names = names_of(source, options.identifier, options.datestamp)
    entries = partial(_entries, chosen, reading, options, names)
    return Whole(hashlib.sha256(said.encode()).hexdigest()[:16], entries)


def _folder(place: Path) -> tuple[dict[str, str], Reading]:
    """Find the files of a folder, each with what tells its state, and say how they are read."""
    states = {name: f"{found.st_size} {found.st_mtime_ns}" for name, found in walk(place)}
    return states, lambda: nullcontext(partial(_read, place))


def _read(folder: Path, name: str) -> bytes:
    with opened(folder / name) as file:
        body = file.read(FILE_LIMIT + 1)
    if len(body) > FILE_LIMIT:
        raise fault("file_too_large", f"{name}: {FILE_LIMIT} bytes")
    return body


def _zip(place: Path) -> tuple[dict[str, str], Reading]:
    """Find the files of a zip, in the same form."""
    with opened(place) as file:
        _, infos = archive.entries(file)
    states = {name: f"{info.file_size} {info.CRC}" for name, info in infos.items()}
    return states, partial(_unzipping, place)


@contextmanager
def _unzipping(place: Path) -> Iterator[Reader]:
    with opened(place) as file:
        archived, infos = archive.entries(file)

        def read(name: str) -> bytes:
            if name not in infos:
                raise fault("file_unreadable", f"{name} is gone")
            return archive.read(archived, infos[name], FILE_LIMIT)

        yield read


def _entries(
    chosen: list[str], reading: Reading, options: Files, names: Names, prefix: str
) -> Iterator[Entry]:
    with reading() as read:
        for name in chosen:
            suffix = PurePosixPath(name).suffix.lower()
            raw = read(name)
            if suffix == ".xml":
                yield from xml_files.entries(raw, name, names, options.records, prefix)
            elif suffix in LINES:
                yield from _lines(raw, name, names, prefix)
            else:
                yield from _json(raw, name, names, options.records, prefix)


def _lines(raw: bytes, path: str, names: Names, prefix: str) -> Iterator[Entry]:
    """Yield the records of JSON Lines; a line that cannot be read is set aside by itself."""
    try:
        text = text_of(raw, path)
    except TransferError as broken:
        yield Quarantined(raw, "record_not_wellformed", path, 0, str(broken))
        return
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                value = read_json(line)
            except ValueError as broken:
                yield Quarantined(line.encode(), "record_not_wellformed", f"{path}#{number}", -1, str(broken))
            else:
                yield of_value(value, names, prefix, f"{path}#{number}")


def _json(raw: bytes, path: str, names: Names, records: str, prefix: str) -> Iterator[Entry]:
    """Yield the records of a JSON file: those at a path, those of a list, or the one that it is."""
    try:
        value = read_json(text_of(raw, path))
    except (ValueError, TransferError) as broken:
        yield Quarantined(raw, "record_not_wellformed", path, 0, str(broken))
        return
    many = isinstance(value, list) or bool(records)
    found: list[Any] = [one.value for one in mapped_paths.find(value, records)] if records else []
    if not records:
        found = value if isinstance(value, list) else [value]
    for number, one in enumerate(found, 1):
        yield of_value(one, names, prefix, f"{path}#{number}" if many else path)
