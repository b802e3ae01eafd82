"""Faults found in data, as values: a bad record is described, counted and shown, and never stops its neighbours.

The codes, their severity and their texts in Korean and English stand in `data/problems.json`; a code that
is not in the table cannot be made.
"""

from __future__ import annotations

import json
from enum import StrEnum
from functools import cache
from importlib.resources import files

import msgspec

from repository.shapes import Shape

VALUE_LIMIT = 500


class Severity(StrEnum):
    """How much a problem costs: a note, a loss of meaning, or a record that makes no item."""

    NOTE = "note"
    WARNING = "warning"
    PARKED = "parked"


class ProblemText(msgspec.Struct, frozen=True):
    """One row of the table of codes."""

    severity: Severity
    ko: str
    en: str


_PROBLEMS = Shape(dict[str, ProblemText])


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """One coded fault: `field` names where it was read, `value` what was read there (cut at 500 characters)."""

    code: str
    field: str = ""
    value: str = ""

    @property
    def severity(self) -> Severity:
        """The severity that the table gives to this code."""
        return catalogue()[self.code].severity

    def text(self, language: str) -> str:
        """Give the sentence for people; any language but Korean reads English."""
        row = catalogue()[self.code]
        return row.ko if language.startswith("ko") else row.en


@cache
def catalogue() -> dict[str, ProblemText]:
    """Read the table of codes once."""
    raw = json.loads((files("repository") / "data" / "problems.json").read_text("utf-8"))
    return _PROBLEMS.of(raw)


def problem(code: str, field: str = "", value: str = "") -> Problem:
    """Make a problem of a known code; an unknown code is a KeyError, because it is a fault in our own code."""
    catalogue()[code]
    return Problem(code, field, value[:VALUE_LIMIT])
