"""What was read of a record, in words: each field with its values, and the problems that belong to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from repository.item import Description
from repository.problems import Problem
from repository.web.languages import lazy as _

MOST_VALUES = 40
LONGEST = 600

FIELDS = {
    "titles": _("제목"),
    "type": _("종류"),
    "agents": _("만든이·관련된 이"),
    "dates": _("때"),
    "places": _("곳"),
    "subjects": _("주제"),
    "notes": _("설명과 덧붙임"),
    "languages": _("언어"),
    "extents": _("분량·크기"),
    "identifiers": _("기관의 번호"),
    "relations": _("관련 자료"),
    "holder": _("소장기관"),
    "shown_at": _("원래 자리"),
    "claims": _("권리 표시"),
    "media": _("파일"),
}
# The field of ours that a code speaks of, by how the code begins.
_OF = {
    "title_": "titles",
    "type_": "type",
    "date_": "dates",
    "language_": "languages",
    "rights_": "claims",
    "mark_": "claims",
    "expired_": "claims",
    "holder_": "holder",
    "media_": "media",
    "alternative_": "media",
}


class Field(msgspec.Struct, frozen=True):
    """One field as read; of a corrected one `sent` are the institution's values, `reason` why ours are better."""

    name: str
    values: tuple[str, ...]
    problems: tuple[Problem, ...] = ()
    sent: tuple[str, ...] = ()
    reason: str = ""
    corrected: bool = False


def fields_of(
    description: Description,
    media: Iterable[str],
    problems: Sequence[Problem],
    corrections: dict[str, tuple[Any, str]] | None = None,
) -> tuple[tuple[Field, ...], tuple[Problem, ...]]:
    """Give the fields that have a value or a problem, and the problems that belong to none.

    `corrections` gives for a corrected field what the institution says, as plain data, and the reason.
    """
    laid = corrections or {}
    rows = []
    for name in FIELDS:
        value = tuple(media) if name == "media" else getattr(description, name)
        mine = tuple(one for one in problems if field_of(one) == name)
        shown = values(value)
        if shown or mine or name in laid:
            sent, reason = laid.get(name, ((), ""))
            rows.append(Field(name, shown, mine, values(sent), reason, name in laid))
    return tuple(rows), tuple(one for one in problems if field_of(one) == "")


def field_of(problem: Problem) -> str:
    """Name the field of ours that a problem belongs to; empty for none."""
    return next((name for start, name in _OF.items() if problem.code.startswith(start)), "")


def values(value: Any) -> tuple[str, ...]:
    """Write the values of a field for people."""
    many = value if isinstance(value, list | tuple) else [value] if value not in ("", "unknown") else []
    written = [text for one in many if (text := _one(msgspec.to_builtins(one)))]
    return tuple(text if len(text) <= LONGEST else text[:LONGEST] + "…" for text in written[:MOST_VALUES])


def _one(value: Any) -> str:
    """Write one value: its text, its language or part behind it."""
    if not isinstance(value, dict):
        return str(value)
    if "names" in value:
        names = " / ".join(_one(name) for name in value["names"])
        life = value.get("dates", "")
        return f"{names} ({life})" if life else names
    text = str(value.get("value") or value.get("text") or value.get("uri") or value.get("url") or "")
    beside = [str(value[key]) for key in ("lang", "kind", "role", "edtf") if value.get(key)]
    return f"{text} [{', '.join(beside)}]" if text and beside else text
