"""Why something was found, in words: which word, in which field, in which form or under which other name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from repository.search import lexicon
from repository.search.engine import Hit, Reason
from repository.web.languages import current
from repository.web.languages import lazy as _

FORMS = {
    "exact": _("적힌 그대로"),
    "morph": _("낱말로 나누어"),
    "spacing": _("띄어쓰기를 달리해"),
    "reading": _("한자와 한글 읽기로"),
    "latin": _("로마자로"),
    "roman": _("소리를 로마자로 옮겨"),
    "initials": _("첫소리로"),
    "keyboard": _("한/영을 바꾸어 읽어"),
}
FIELDS = {
    "titles": _("제목"),
    "makers": _("만든이"),
    "subjects": _("주제"),
    "places": _("곳"),
    "holders": _("소장처"),
    "identifiers": _("번호"),
    "notes": _("설명"),
}


@dataclass(frozen=True, slots=True)
class Why:
    """One reason: the word that was asked for, what it was found as, where and how; any but `how` may be empty."""

    term: str
    name: str
    where: str
    how: str


def why(hit: Hit) -> list[Why]:
    """Say why an item was found, word by word; by the forms alone where the engine tells no more."""
    told = list(_told(hit.reasons))
    forms = ", ".join(str(FORMS[form]) for form in hit.forms if form in FORMS)
    return told or ([Why("", "", "", forms)] if forms else [])


def _told(reasons: tuple[Reason, ...]) -> Iterator[Why]:
    for one in reasons:
        where = str(FIELDS.get(one.field, ""))
        if one.name:
            said = lexicon.relation(one.relation)
            yield Why(one.term, one.name, where, said.ko if current() == "ko" else said.en)
        elif one.form in FORMS:
            yield Why(one.term, "", where, str(FORMS[one.form]))
