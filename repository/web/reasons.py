"""Why something was found, in words: which word, in which field, in which form or under which other name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from repository.search.engine import Hit, Reason

FORMS = {
    "exact": _("적힌 그대로"),
    "morph": _("낱말로 나누어"),
    "spacing": _("띄어쓰기를 달리해"),
    "reading": _("한자와 한글 읽기로"),
    "latin": _("로마자로"),
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
RELATIONS = {
    "ho": _("호"),
    "ja": _("자"),
    "siho": _("시호"),
    "penname": _("필명"),
    "colonial": _("일제 강점기 표기"),
    "western": _("서양식 표기"),
    "former_place": _("옛 지명"),
    "variant_title": _("다른 제목"),
    "old_spelling": _("옛 맞춤법"),
    "temple_name": _("묘호"),
    "dharma": _("법명"),
    "synonym": _("같은 뜻"),
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
            yield Why(one.term, one.name, where, str(RELATIONS.get(one.relation, gettext("다른 이름"))))
        elif one.form in FORMS:
            yield Why(one.term, "", where, str(FORMS[one.form]))
