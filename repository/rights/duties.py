"""The closed, versioned list of duties that an answer may carry, with their words and ground in two languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import msgspec

from repository.shapes import Shape

_UNTIL = re.compile(r"until\((\d{4}-\d{2}-\d{2})\)")


class Duty(msgspec.Struct, frozen=True):
    """One duty: what to do, and the ground on which it rests."""

    code: str
    ko: str
    en: str
    ground_ko: str
    ground_en: str

    def text(self, language: str) -> str:
        """Give the duty as a sentence; any language but Korean reads English."""
        return self.ko if language.startswith("ko") else self.en

    def ground(self, language: str) -> str:
        """Give the ground; any language but Korean reads English."""
        return self.ground_ko if language.startswith("ko") else self.ground_en


_DUTY = Shape(Duty)


class _File(msgspec.Struct, frozen=True):
    version: str
    duties: dict[str, dict[str, str]]


_FILE = Shape(_File)


@cache
def _file() -> _File:
    raw = (files("repository.rights") / "data" / "duties.json").read_bytes()
    return _FILE.read(raw)


def version() -> str:
    """Give the version of the list."""
    return _file().version


@cache
def duties() -> Mapping[str, Duty]:
    """Give all duties by code in their order; `until` still holds the place of its date."""
    rows = {code: _DUTY.of({"code": code, **row}) for code, row in _file().duties.items()}
    return MappingProxyType(rows)


def duty(code: str) -> Duty:
    """Give one duty as a decision carries it (`until(2030-01-01)` with its date); KeyError if not in the list."""
    found = _UNTIL.fullmatch(code)
    if not found:
        if code == "until":
            raise KeyError("until needs a date")
        return duties()[code]
    try:
        day = date.fromisoformat(found[1])
    except ValueError:
        raise KeyError(code) from None
    row = duties()["until"]
    ko = row.ko.format(date=f"{day.year}년 {day.month}월 {day.day}일")
    return Duty(code, ko, row.en.format(date=found[1]), row.ground_ko, row.ground_en)


def ordered(codes: set[str]) -> tuple[str, ...]:
    """Put duty codes into the order of the list, so that equal sets are equal tuples."""
    return tuple(sorted(codes, key=lambda code: (_places()[code.partition("(")[0]], code)))


@cache
def _places() -> dict[str, int]:
    return {code: place for place, code in enumerate(duties())}
