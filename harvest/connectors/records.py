"""Records as every connector hands them on: one element of an answer, in bytes that are equal where it is equal."""

from __future__ import annotations

from typing import Any

import msgspec
from lxml import etree

from harvest.crosswalks import mapped_paths
from harvest.oai_xml import IDENTIFIER_LIMIT, HarvestedRecord, Quarantined, canonical_xml
from harvest.source_kinds import identifier_paths
from repository.item import canonical


class Names(msgspec.Struct, frozen=True):
    """Paths of a record's identifier (several are joined by `:`), of its datestamp and its set."""

    identifier: str | tuple[str, ...] = ()
    datestamp: str = ""
    set: str = ""


def of_value(value: Any, names: Names, prefix: str, otherwise: str = "") -> HarvestedRecord | Quarantined:
    """Make the record of a JSON value; `otherwise` is its identifier where the record says none."""
    if mapped_paths.is_deep(value):
        return Quarantined(_outline(value), "metadata_foreign", otherwise, detail="depth")
    if not isinstance(value, dict):
        return Quarantined(canonical(value), "metadata_foreign", otherwise)
    return _record(value, canonical(value), names, prefix, otherwise)


def _outline(value: Any) -> bytes:
    """Write a value that is nested too deeply to be read, or where even that fails, nothing."""
    try:
        return canonical(value)
    except RecursionError:
        return b""


def of_element(
    element: etree._Element, names: Names, prefix: str, otherwise: str = ""
) -> HarvestedRecord | Quarantined:
    """Make the record of an XML element, whose canonical form stands in the same envelope as those of OAI-PMH."""
    value = mapped_paths.plain(element) if names != Names() else {}
    written = b"<record><metadata>%b</metadata><about></about></record>" % canonical_xml(element)
    return _record(value, written, names, prefix, otherwise)


def _record(
    value: Any, payload: bytes, names: Names, prefix: str, otherwise: str
) -> HarvestedRecord | Quarantined:
    identifier = identifier_of(value, names) or otherwise
    if not 0 < len(identifier) <= IDENTIFIER_LIMIT:
        return Quarantined(payload, "identifier_too_long" if identifier else "identifier_missing")
    return HarvestedRecord(
        identifier=identifier,
        datestamp=mapped_paths.first(value, names.datestamp),
        prefix=prefix,
        payload=payload,
        sets=tuple(mapped_paths.texts(value, names.set)) if names.set else (),
    )


def identifier_of(value: Any, names: Names) -> str:
    """Give the identifier that a record says; nothing where a part of it is missing."""
    parts = [mapped_paths.first(value, path) for path in identifier_paths(names.identifier)]
    return ":".join(parts) if all(parts) else ""


def read_json(text: str) -> Any:
    """Read JSON strictly; raises ValueError."""
    try:
        return msgspec.json.decode(text)
    except RecursionError as deep:
        raise ValueError("depth") from deep
    except UnicodeEncodeError as broken:  # half of a pair of surrogates
        raise ValueError(str(broken)) from broken
