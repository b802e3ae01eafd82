"""The workbench's page of the search: what was asked and not found, and the names that librarians teach it."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Flask, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from repository import search_misses, synonyms
from repository.database import timestamp
from repository.errors import BadRequest, KoreanMemoryError
from repository.person import Action, may
from repository.search import lexicon, missed, pairs
from repository.web import misses, workbench
from repository.web.context import memory, page_urls
from repository.web.languages import current
from repository.web.languages import lazy as _
from repository.web.workbench import WorkbenchEntry, requires, someone

blueprint = Blueprint("workbench_search", __name__, url_prefix="/workbench/search")
PERIODS = (30, 90)
MISSES = 100
SYNONYMS = 50
KINDS = {missed.NOTHING: _("아무것도 찾지 못함"), missed.RELAXED: _("비슷한 소리만 찾음")}


def init_app(app: Flask) -> None:
    """Bring the page, its entry on the workbench's first page, and the gathering of what it shows."""
    misses.init_app(app, app.extensions["memory"])
    app.register_blueprint(blueprint)
    workbench.add(
        app, WorkbenchEntry("검색 돌보기", "Care of the search", "workbench_search.overview", Action.SEE)
    )


@blueprint.get("/")
@requires(Action.SEE)
def overview() -> Response:
    """Show what was not found, and the list of names."""
    return _page({"name": request.args.get("name", "")[: pairs.LONGEST_NAME]})


@blueprint.post("/synonyms")
@requires(Action.CURATE)
def add() -> AnyResponse:
    """Add a pair of names; what cannot be added stands in the form again, with the reason."""
    typed = {name: request.form.get(name, "") for name in ("name", "other", "relation")}
    person = someone()
    try:
        pair = pairs.checked(typed["name"], typed["other"], typed["relation"])
        with memory().database.write() as tx:
            synonyms.add(tx, pair.name, pair.other, pair.relation, person.name, person.id)
    except BadRequest as fault:
        response = _page({name: value[: pairs.LONGEST_NAME] for name, value in typed.items()}, fault)
        response.status_code = 422
        return response
    return redirect(url_for("workbench_search.overview", _anchor="synonyms"), 303)


@blueprint.post("/synonyms/<int(max=9007199254740991):number>/withdraw")
@requires(Action.CURATE)
def withdraw(number: int) -> AnyResponse:
    """Take a pair of names out of the list."""
    person = someone()
    with memory().database.write() as tx:
        synonyms.withdraw(tx, number, person.name, person.id)
    return redirect(url_for("workbench_search.overview", _anchor="synonyms"), 303)


def _page(typed: dict[str, str], fault: KoreanMemoryError | None = None) -> Response:
    days, kind, before = _days(), request.args.get("kind", ""), _number("before")
    since = timestamp(memory().database.clock() - timedelta(days=days))[:10]
    with memory().database.read() as conn:
        listed = search_misses.listed(conn, since, kind if kind in KINDS else "", MISSES)
        taught = synonyms.history(conn, before, SYNONYMS + 1)
    page = render_template(
        "workbench/search.html",
        language=current(),
        person=someone(),
        may_curate=may(someone(), Action.CURATE),
        days=days,
        periods=PERIODS,
        kind=kind,
        kinds=KINDS,
        missed=[(one, page_urls().search([("q", one.text)])) for one in listed],
        most=MISSES,
        taught=taught[:SYNONYMS],
        older=taught[SYNONYMS - 1].id if len(taught) > SYNONYMS else 0,
        before=before,
        relations={code: lexicon.relation(code)[current() != "ko"] for code in pairs.RELATIONS},
        typed=typed,
        fault=fault,
    )
    return make_response(page)


def _days() -> int:
    asked = _number("days")
    return asked if asked in PERIODS else PERIODS[0]


def _number(name: str) -> int:
    """Read a number of the address: 0 where there is none; raises BadRequest."""
    text = request.args.get(name, "0")
    if not (text.isascii() and text.isdecimal()) or len(text) > 15:
        raise BadRequest(
            "form_unreadable", "알아들을 수 없는 요청입니다.", "This request cannot be understood."
        )
    return int(text)
