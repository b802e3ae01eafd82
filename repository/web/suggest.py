"""The door of suggestions: what somebody may be typing, for the search box, as JSON.

Every suggestion asks the gate at its door: a work, and of a person or place an item that names it, must be
listed now and still have the name. An index that cannot answer suggests nothing, and is no error here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
from flask import Blueprint, Response, request
from flask_babel import gettext, ngettext
from sqlalchemy import Connection

from repository import gate, items, sets
from repository.errors import BadRequest, StoreError
from repository.item import Item, Text, Title
from repository.search import entries, suggesting
from repository.search.document import FIELDS
from repository.search.engine import Suggestion
from repository.search.query import LONGEST_TEXT
from repository.sets import PublishedSet
from repository.urls import Urls
from repository.web import answers
from repository.web.context import memory, page_urls
from repository.web.languages import current
from repository.web.languages import lazy as _

blueprint = Blueprint("suggest", __name__)

USUAL, MOST = 10, 20
SPARE = 5  # asked of the engine beyond what is given, for those that the gate keeps back
MOST_COLLECTIONS = 2
KINDS = {"work": _("자료"), "person": _("사람"), "place": _("곳"), "collection": _("주제 컬렉션")}
_FIELDS = {"work": "titles", "person": "makers", "place": "places"}


class Suggested(msgspec.Struct, frozen=True):
    """One suggestion: `kind` is work, person, place or collection; `note` says what it is and how many there are."""

    text: str
    kind: str
    count: int
    note: str
    url: str


class Answer(msgspec.Struct, frozen=True):
    """Suggestions for what was typed; `said` is what a screen reader announces."""

    query: str
    suggestions: list[Suggested]
    said: str


@blueprint.get("/api/v1/suggest")
def suggest() -> Response:
    """Suggest what may be meant by `q`, which may end within a syllable."""
    text, limit = _asked()
    urls, whole = page_urls(), True
    try:
        found = memory().engine.suggest(text, limit + SPARE)
    except StoreError:
        found, whole = (), False
    with memory().database.read() as conn:
        collections = _collections(sets.of_kind(conn, "collection"), text)
        shown = [*collections, *_open(conn, found)][:limit]
    answer = Answer(text, [_suggested(one, urls) for one in shown], _said(len(shown)))
    response = Response(msgspec.json.encode(answer), mimetype="application/json")
    response.vary.add("Accept-Language")
    kept = f"public, max-age={answers.GATED_SECONDS}"
    response.headers["Cache-Control"] = kept if whole else "no-store"
    return response


def _asked() -> tuple[str, int]:
    """Read what was typed. Raises BadRequest for what is too long, and for a limit that is none."""
    text, limit = request.args.get("q", ""), request.args.get("limit", str(USUAL))
    if len(text) > LONGEST_TEXT:
        raise BadRequest(
            "query_too_long",
            f"검색어는 {LONGEST_TEXT}자까지입니다.",
            f"a query has at most {LONGEST_TEXT} characters",
        )
    if not (limit.isascii() and limit.isdecimal() and len(limit) < 4 and 1 <= int(limit) <= MOST):
        raise BadRequest(
            "parameter_invalid", f"limit는 1에서 {MOST}까지입니다.", f"limit must be from 1 to {MOST}"
        )
    return text, int(limit)


def _collections(published: Sequence[PublishedSet], text: str) -> list[Suggestion]:
    """Choose the topic collections whose title, in either language, begins as typed."""
    known = {one.id: one for one in published}
    titled = [(title, one.id) for one in published for title in (one.title_ko, one.title_en)]
    fitting = dict.fromkeys(name for _title, name in suggesting.fitting(titled, text))
    return [
        Suggestion(known[name].title(current()), "collection", name, known[name].size)
        for name in list(fitting)[:MOST_COLLECTIONS]
    ]


def _open(conn: Connection, found: Iterable[Suggestion]) -> list[Suggestion]:
    """Leave out what may not stand in a list now, and names that its item has no longer."""
    wanted = list(found)
    stored = items.find_many(conn, {one.id for one in wanted})
    access = gate.load(conn, stored.values())
    return [
        one
        for one in wanted
        if one.id in stored and access[one.id].listed and one.text in _names(stored[one.id].item, one.kind)
    ]


def _names(item: Item, kind: str) -> set[str]:
    described = item.description
    texts: dict[str, Iterable[Text | Title]] = {
        "work": described.titles,
        "person": (name for agent in described.agents for name in agent.names),
        "place": (name for place in described.places for name in place.names),
    }
    return {entries.shown(one.value.strip()) for one in texts[kind]}


def _suggested(one: Suggestion, urls: Urls) -> Suggested:
    number = ngettext("자료 %(num)s점", "자료 %(num)s점", one.count)
    kind = str(KINDS[one.kind])
    note = kind if one.kind == "work" and one.count == 1 else f"{kind} · {number}"
    return Suggested(one.text, one.kind, one.count, note, _address(one, urls))


def _address(one: Suggestion, urls: Urls) -> str:
    """Lead to the one work or the collection, else to the search for the name in its field."""
    if one.kind == "collection":
        return urls.collection(one.id)
    if one.kind == "work" and one.count == 1:
        return urls.item(one.id)
    field = FIELDS[_FIELDS[one.kind]]
    words = one.text.replace('"', " ").removesuffix("…")
    return urls.search([("q", f'{field.ko if current() == "ko" else field.en}:"{words}"')])


def _said(many: int) -> str:
    if not many:
        return str(gettext("제안이 없습니다."))
    how = gettext("위아래 화살표로 고르세요.")
    said = ngettext("제안 %(num)s개", "제안 %(num)s개", many)
    return f"{said}. {how}"
