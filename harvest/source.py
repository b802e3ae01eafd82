"""A source's contract: who provides, where and how to ask, and what may be fetched from where."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec

from repository.errors import BadRequest
from repository.institution import Institution
from repository.shapes import Shape

_INSTITUTIONS = Shape(tuple[Institution, ...])


class Source(msgspec.Struct, frozen=True, omit_defaults=True):
    """One harvested endpoint. `prefixes` stand in the order of trust: a field is taken from the first that has it.

    `pace` is the least number of seconds between two requests; `media_hosts` are hosts whose files may be
    fetched even where their address is private; `invented` marks the sample sources.
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
    media_hosts: tuple[str, ...] = ()
    invented: bool = False


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
    parts = urlsplit(source.endpoint)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise _bad(f"endpoint {source.endpoint!r} is no http address")
    if source.kind != "oai":
        raise _bad(f"kind {source.kind!r}; there is oai")
    if not source.id or not source.prefixes:
        raise _bad("id and prefixes are needed")


def _bad(detail: str) -> BadRequest:
    return BadRequest("source_invalid", f"수집처 설정이 올바르지 않습니다: {detail}", f"bad source: {detail}")
