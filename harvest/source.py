"""A source's contract: who provides, where and how to ask, and what may be fetched from where."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import msgspec

from harvest import schedule
from harvest.crosswalks import mapped_rules
from harvest.crosswalks.mapped_rules import Mapping
from harvest.source_kinds import KINDS, Files, Rest, Sheet, check_paths, check_rest, identifier_paths
from repository.errors import BadRequest
from repository.institution import Institution
from repository.shapes import Shape

_INSTITUTIONS = Shape(tuple[Institution, ...])


class Source(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One harvested endpoint. `prefixes` stand in the order of trust: a field is taken from the first that has it.

    `pace` is the least number of seconds between two requests; `headers` are sent beside our own, `ca_file` names
    certificates to trust for this endpoint; `media_hosts` are hosts whose files may be fetched even where their
    address is private; `media` says whether pictures of IIIF manifests are copied or left with the institution's own
    image service; `invented` marks the sample sources.

    `overlap` is how many hours before the last harvest's beginning the next one asks from; `reconcile` is after
    how many days all identifiers are compared again; `most_gone` is the share of the known records that may
    vanish, 0 to 1, without a person being asked. `schedule` says when the worker harvests it (`harvest.schedule`);
    empty for when somebody asks.

    `rest`, `files` and `sheet` are for the kind of that name; `mapping` reads records that follow no standard, and
    `prefixes` then only name what they are called here.
    """

    id: str
    name_ko: str
    name_en: str
    endpoint: str
    provider: str
    prefixes: tuple[str, ...] = ("oai_dc",)
    kind: str = "oai"
    set: str = ""
    pace: float = 0.0
    headers: dict[str, str] = {}
    ca_file: str = ""
    overlap: int = 24
    reconcile: int = 7
    most_gone: float = 0.05
    schedule: str = ""
    media_hosts: tuple[str, ...] = ()
    media: Literal["copy", "refer"] = "copy"
    invented: bool = False
    mapping: Mapping | None = None
    rest: Rest | None = None
    files: Files | None = None
    sheet: Sheet | None = None


_SOURCE = Shape(Source)


class SourceFile(msgspec.Struct, frozen=True, kw_only=True):
    """What a source file holds: the source's own fields, and the institutions it speaks for."""

    source: Source
    institutions: tuple[Institution, ...] = ()


def read_source_file(path: Path, base: str = "") -> SourceFile:
    """Read a source file (TOML); `{base}` in its addresses stands for the address given.

    Raises BadRequest with what is wrong.
    """
    try:
        raw: dict[str, Any] = tomllib.loads(path.read_text("utf-8").replace("{base}", base))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _bad(str(error)) from error
    institutions = raw.pop("institutions", [])
    try:
        source = _SOURCE.of(raw)
        read = SourceFile(source=source, institutions=_INSTITUTIONS.of(institutions))
    except msgspec.ValidationError as error:
        raise _bad(str(error)) from error
    check_source(source)
    return read


def check_source(source: Source) -> None:
    """Refuse a source that cannot be harvested; raises BadRequest."""
    if not source.id or not source.prefixes:
        raise _bad("id and prefixes are needed")
    if source.kind not in KINDS:
        raise _bad(f"kind {source.kind!r}; there are {', '.join(KINDS)}")
    if source.kind in ("oai", "rest") and not is_http(source.endpoint):
        raise _bad(f"endpoint {source.endpoint!r} is no http address")
    if not source.endpoint:
        raise _bad("endpoint is needed")
    if source.schedule:
        schedule.parse(source.schedule)
    wrong = mapped_rules.check(source.mapping) if source.mapping else ""
    if wrong := wrong or _check_kind(source):
        raise _bad(wrong)


def is_http(endpoint: str) -> bool:
    """Tell whether an endpoint is asked over HTTP."""
    parts = urlsplit(endpoint)
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _check_kind(source: Source) -> str:
    """Say what is wrong between the kind and what is told for kinds."""
    told = [kind for kind in ("rest", "files", "sheet") if getattr(source, kind) is not None]
    if strange := [kind for kind in told if kind != source.kind]:
        return f"[{strange[0]}] does not belong to kind {source.kind!r}"
    if source.kind in ("rest", "sheet") and not told:
        return f"[{source.kind}] is needed"
    if source.kind == "sheet" and source.mapping is None:
        return "[mapping] is needed"
    if source.rest:
        if source.set and not source.rest.set_parameter:
            return "rest.set_parameter is needed where there is a set"
        return check_rest(source.rest, source.endpoint)
    if source.sheet:
        return _check_sheet(source.sheet)
    files = source.files or Files()
    return check_paths("files", [files.records, *identifier_paths(files.identifier), files.datestamp])


def _check_sheet(sheet: Sheet) -> str:
    if not sheet.identifier:
        return "sheet.identifier is needed: a row's number changes when a row is put in"
    if not 1 <= sheet.header <= 5 or not 0 <= sheet.skip <= 1000:
        return "sheet.header is 1 to 5, sheet.skip 0 to 1000"
    return "" if len(sheet.delimiter) <= 1 else "sheet.delimiter is one character"


def _bad(detail: str) -> BadRequest:
    return BadRequest("source_invalid", f"수집처 설정이 올바르지 않습니다: {detail}", f"bad source: {detail}")
