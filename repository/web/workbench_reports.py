"""The workbench's pages of reports: what waits, one of them whole, and its answer."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, make_response, redirect, render_template, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response as AnyResponse

from repository import items
from repository.database import timestamp
from repository.errors import BadRequest
from repository.item import Text
from repository.person import Action, may
from repository.reports import answering, store
from repository.reports.words import OUTCOMES, Outcome, Report, State, word
from repository.urls import Urls
from repository.web import workbench
from repository.web.context import memory
from repository.web.languages import current
from repository.web.languages import lazy as _
from repository.web.report_answers import report_words
from repository.web.words import in_language
from repository.web.workbench import WorkbenchEntry, requires, someone

blueprint = Blueprint("workbench_reports", __name__, url_prefix="/workbench/reports")
_OPEN = "open"
_VIEWS = {
    _OPEN: _("답할 것"),
    State.WAITING: _("먼저 가리지 못한 요청"),
    State.HIDDEN: _("가리고 살피는 것"),
    State.ANSWERED: _("답한 것"),
}


def init_app(app: Flask) -> None:
    """Bring the pages, and their entry on the workbench's first page."""
    app.register_blueprint(blueprint)
    entry = WorkbenchEntry("알려 온 것", "Reports", "workbench_reports.overview", Action.SEE)
    workbench.add(app, entry)


@blueprint.get("/")
@requires(Action.SEE)
def overview() -> Response:
    """List reports, those first that are to be answered first; nobody's name or words."""
    asked = request.args.get("view", _OPEN)
    view = asked if asked in _VIEWS else _OPEN
    state, now = State(view) if view != _OPEN else None, timestamp(memory().database.clock())
    with memory().database.read() as conn:
        found = store.listed(conn, state, answered=view != _OPEN, limit=store.MOST)
        rows = [(one, _title(conn, one), report_words(one)) for one in found]
    page = render_template(
        "workbench/reports.html",
        person=someone(),
        rows=rows,
        now=now,
        views=_VIEWS,
        view=view,
        most=store.MOST,
        may_open=may(someone(), Action.TAKE_DOWN),
    )
    return make_response(page)


@blueprint.get("/<int(max=9007199254740991):number>")
@requires(Action.TAKE_DOWN)
def report(number: int) -> Response:
    """Show a report whole, and the form to answer it."""
    return _page(number, {})


@blueprint.post("/<int(max=9007199254740991):number>")
@requires(Action.TAKE_DOWN)
def answer(number: int) -> AnyResponse:
    """Answer a report; what cannot be answered so stands in the form again, with the reason."""
    typed = {name: request.form.get(name, "") for name in ("outcome", "text", "restore")}
    try:
        _answer(number, typed)
    except BadRequest as fault:
        response = _page(number, typed, fault)
        response.status_code = 422
        return response
    return redirect(url_for("workbench_reports.report", number=number), 303)


def _answer(number: int, typed: dict[str, str]) -> None:
    if typed["outcome"] not in {one.value for one in Outcome}:
        raise BadRequest("report_outcome_missing", "결정을 골라 주세요.", "Please choose what was decided.")
    settings, person = memory().settings, someone()
    with memory().database.write() as tx:
        context = memory().context(tx, person.id)
        outcome, restore = Outcome(typed["outcome"]), bool(typed["restore"])
        answering.answer(
            tx, context, number, outcome, typed["text"], Urls(settings.site_url), restore=restore
        )


def _page(number: int, typed: dict[str, str], fault: BadRequest | None = None) -> Response:
    with memory().database.read() as conn:
        found = store.find(conn, number)
        title, item = _title(conn, found), store.item_of(conn, found)
    page = render_template(
        "workbench/report.html",
        person=someone(),
        report=found,
        item=item,
        title=title,
        outcomes={code: word(OUTCOMES, code, current()) for code in OUTCOMES},
        longest=answering.LONGEST,
        typed=typed,
        fault=fault,
        **report_words(found),
    )
    return make_response(page)


def _title(conn: Connection, report: Report) -> Text | None:
    """Give the title of a report's item: the staff see also what is closed."""
    stored = items.find(conn, store.item_of(conn, report))
    return in_language(stored.item.description.titles, current())[0] if stored else None
