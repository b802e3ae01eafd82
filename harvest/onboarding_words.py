"""The sentences of a check, in Korean and English, from `onboarding.json`."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from importlib.resources import files

import msgspec

from repository.shapes import Shape


class Grade(StrEnum):
    """How much a finding weighs."""

    NOTE = "note"
    SERIOUS = "serious"
    FATAL = "fatal"


class Words(msgspec.Struct, frozen=True):
    """One row of the table: its weight and its sentence in both languages, with places for values."""

    grade: Grade
    ko: str
    en: str


class Said(msgspec.Struct, frozen=True):
    """One finding, said."""

    code: str
    grade: Grade
    ko: str
    en: str


_WORDS = Shape(dict[str, Words])


@cache
def table() -> dict[str, Words]:
    """Read the sentences once."""
    return _WORDS.read((files("harvest") / "onboarding.json").read_bytes())


def say(code: str, /, **values: object) -> Said:
    """Say a finding; a code that is not in the table is a KeyError, because it is a fault in our own code."""
    row = table()[code]
    shown = {name: one_line(str(value)) for name, value in values.items()}
    return Said(code, row.grade, row.ko.format(**shown), row.en.format(**shown))


def one_line(text: str) -> str:
    """Make a stranger's text fit for a terminal and for a comment: printable, on one line."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
