"""Words that a machine wrote about files, read from JSON Lines and taken into the store; and the checks of any words.

A line is `{"asset": ID, "alt": {"ko": …, "en": …}, "description": {…}, "made": "2026-11-20"}`. A line that is not
right is refused by itself, with its number and a code; taking the same file again writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import BinaryIO

import msgspec

from repository import wording
from repository.alternative_text import LONGEST, LONGEST_DESCRIPTION
from repository.asset import MACHINE
from repository.database import Database, Transaction
from repository.errors import BadRequest
from repository.item import language_tag
from repository.picture_words import ALT, DESCRIPTION, Written
from repository.shapes import Shape

LINE_BYTES = 1 << 18
LINES_AT_ONCE = 200  # in one transaction
TOLD = 100  # refusals told one by one
LANG_LENGTH = 35  # characters of a language tag (RFC 5646 §4.4.1)
NAME_LENGTH = 128  # of a model's name
_LONGEST = {ALT: LONGEST, DESCRIPTION: LONGEST_DESCRIPTION}


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line: words about one file, by language (BCP 47); `made` is the day on which the machine wrote them."""

    asset: str
    alt: dict[str, str] = {}
    description: dict[str, str] = {}
    made: str = ""


class Refused(msgspec.Struct, frozen=True):
    """A line that was not taken, by its number from 1, and why."""

    line: int
    code: str
    text: str


class Imported(msgspec.Struct):
    """What became of a file: how many lines wrote something, how many were known already, how many were refused."""

    written: int = 0
    same: int = 0
    refused: int = 0
    refusals: list[Refused] = []


_LINE = Shape(Line)


def checked(field: str, lang: str, value: str) -> str:
    """Give a text as it may be kept; raises BadRequest for one that is too long, or has no language or no text."""
    text = "\n\n".join(" ".join(part.split()) for part in value.split("\n\n") if part.strip())
    if not text or not text.replace("\n", "").isprintable():
        raise BadRequest(
            "words_unprintable", "글이 비었거나 쓸 수 없는 글자가 있습니다.", "no printable text"
        )
    if len(text) > _LONGEST[field]:
        most = _LONGEST[field]
        raise BadRequest("words_too_long", f"{most}자를 넘을 수 없습니다.", f"more than {most} characters")
    if not language_tag(lang) or len(lang) > LANG_LENGTH:
        raise BadRequest(
            "words_language", f"언어 표시가 아닙니다: {lang[:40]}", f"no language tag: {lang[:40]}"
        )
    return text


def take(database: Database, file: BinaryIO, machine: str, made: str, by: str) -> Imported:
    """Take a machine's words from a file; `made` is the day for lines that do not say it."""
    if not machine.strip() or len(machine) > NAME_LENGTH or not machine.isprintable():
        raise BadRequest("words_machine", "기계 이름이 올바르지 않습니다.", "not a name of a machine")
    found = Imported(refusals=[])
    numbered = enumerate(_lines(file), 1)
    while lines := list(islice(numbered, LINES_AT_ONCE)):
        with database.write() as tx:
            for number, raw in lines:
                _take(tx, raw, number, Written(ALT, "", "", MACHINE, machine, made, by=by), found)
    return found


def _lines(file: BinaryIO) -> Iterator[bytes]:
    while raw := file.readline(LINE_BYTES + 1):
        if len(raw) > LINE_BYTES:
            most = LINE_BYTES >> 10
            raise BadRequest("words_line", f"한 줄이 {most} KB를 넘습니다.", f"a line of more than {most} KB")
        yield raw


def _take(tx: Transaction, raw: bytes, number: int, pattern: Written, found: Imported) -> None:
    if not raw.strip():
        return
    try:
        line = _LINE.read(raw)
        wrote = wording.write(tx, line.asset, list(_written(line, pattern)))
    except (msgspec.DecodeError, BadRequest) as error:
        code = error.code if isinstance(error, BadRequest) else "words_line"
        found.refused += 1
        found.refusals += [Refused(number, code, str(error))] if len(found.refusals) < TOLD else []
        return
    found.written += wrote
    found.same += not wrote


def _written(line: Line, pattern: Written) -> Iterable[Written]:
    made = _day(line.made or pattern.made)
    for field, texts in ((ALT, line.alt), (DESCRIPTION, line.description)):
        for lang, value in texts.items():
            said = checked(field, lang, value)
            yield msgspec.structs.replace(pattern, field=field, lang=lang, value=said, made=made)


def _day(said: str) -> str:
    try:
        return date.fromisoformat(said).isoformat() if said else ""
    except ValueError as error:
        raise BadRequest("words_day", f"날짜가 아닙니다: {said[:40]}", f"no day: {said[:40]}") from error
