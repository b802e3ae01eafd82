"""The pages of harvest health, in the workbench: sources, runs, what waits for a decision, what was set aside."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Flask, Response, make_response, redirect, render_template, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response as AnyResponse

from harvest import health_figures, health_lists, health_requests, health_words, holding, ledger, records
from harvest.crosswalks import to_draft
from harvest.health_fields import FIELDS, fields_of
from harvest.health_lists import Kept
from harvest.health_raw import readable, visible
from harvest.health_requests import RequestKind
from harvest.health_strip import strip_of
from harvest.ledger import Run, RunState
from repository import corrections, findings
from repository.errors import BadRequest, NotFound
from repository.identifiers import is_valid
from repository.person import Action, may
from repository.problems import Problem, Severity
from repository.web import workbench
from repository.web.context import memory
from repository.web.languages import current
from repository.web.workbench import WorkbenchEntry, requires, someone

blueprint = Blueprint("health", __name__, url_prefix="/workbench/harvest")
RUNS = 20
WINDOWS = 500
PAGES = 20
MOST_RAW = 64 << 20  # bytes that a record's packed bytes may grow to


def init_app(app: Flask) -> None:
    """Bring the pages, and their entry on the workbench's first page."""
    app.register_blueprint(blueprint)
    workbench.add(app, WorkbenchEntry("수집 상태", "Harvest health", "health.overview", Action.SEE))


@blueprint.get("/")
@requires(Action.SEE)
def overview() -> Response:
    """Show all sources, those first whose run waits for a decision."""
    now = memory().database.clock()
    with memory().database.read() as conn:
        found = health_figures.of_all(conn)
        held = [one.held for one in found if one.held]
        rehearsed = [one.rehearsal for one in found if one.rehearsal]
        would = health_figures.changes(conn, {run.id for run in (*held, *rehearsed)})
        gone = health_figures.gone(conn, [run.id for run in held])
    due = {one.source.id: health_words.next_due(one, now) for one in found}
    return _page("overview", rows=found, would=would, gone=gone, due=due, states=_states(found))


def _states(found: list[health_figures.Health]) -> Counter[str]:
    return Counter(health_words.sign_of(one, current()).tone for one in found)


@blueprint.get("/<source>/")
@requires(Action.SEE)
def source(source: str) -> Response:
    """Show one source: its runs, one of them in full, its problems, and the pages that had to be repaired."""
    before, chosen = _number("before"), _number("run")
    now = memory().database.clock()
    with memory().database.read() as conn:
        newest = ledger.earlier(conn, source, before, RUNS + 1)
        problems = findings.counts(conn, source)
        recent = ledger.earlier(conn, source, 0, 1) if before else newest
        health = health_figures.of_one(conn, source, recent, sum(problems.values()))
        shown = None if before and not chosen else _chosen(conn, source, newest, chosen)
        windows = ledger.windows(conn, shown.id)[: WINDOWS + 1] if shown else []
        asks = [shown.id] if shown and _foretells(shown) else []
        would = health_figures.changes(conn, asks) if asks else {}
        gone = health_figures.gone(conn, asks, 20) if asks else {}
        repaired = records.repaired_pages(conn, source, PAGES)
    return _page(
        "source",
        one=health,
        runs=newest[:RUNS],
        older=newest[RUNS - 1].id if len(newest) > RUNS else 0,
        before=before,
        shown=shown,
        windows=windows[:WINDOWS],
        more_windows=len(windows) > WINDOWS,
        window_states=Counter(row.state.value for row in windows),
        strip=strip_of(windows[:WINDOWS]),
        would=would,
        gone=gone,
        problems=sorted(problems.items(), key=lambda pair: (_rank(pair[0]), -pair[1], pair[0])),
        repaired=repaired,
        due=health_words.next_due(health, now),
    )


def _foretells(run: Run) -> bool:
    return run.state is RunState.HELD or run.kind == ledger.REHEARSAL or bool(run.report.approved)


def _rank(code: str) -> int:
    return list(Severity)[::-1].index(health_words.severity_of(code))


def _chosen(conn: Connection, source: str, newest: list[Run], number: int) -> Run | None:
    """Give the run to show in full: the one asked for, or the newest; raises NotFound."""
    found = next((run for run in newest if run.id == number), None) if number else next(iter(newest), None)
    if number and found is None:
        found = next(iter(ledger.earlier(conn, source, number + 1, 1)), None)
    if number and (found is None or found.id != number):
        raise NotFound("run_unknown", f"그런 수집이 없습니다: {number}", f"no such run: {number}")
    return found


@blueprint.post("/<source>/ask")
@requires(Action.HARVEST)
def ask(source: str) -> AnyResponse:
    """Ask the worker to harvest a source, or to rehearse."""
    try:
        kind = RequestKind(request.form.get("kind", ""))
    except ValueError as error:
        raise _misread() from error
    person = someone()
    with memory().database.write() as tx:
        health_requests.ask(tx, source, kind, person.name, person.id)
    return redirect(url_for("health.source", source=source, _anchor="asked"), 303)


@blueprint.post("/<source>/decide")
@requires(Action.HARVEST)
def decide(source: str) -> AnyResponse:
    """Say yes or no to the held run that was shown; what was said yes to is done by the worker."""
    number, person = request.form.get("run", ""), someone()
    say = {"approve": holding.accept, "discard": holding.refuse}.get(request.form.get("answer", ""))
    if say is None or not number.isdecimal() or len(number) > 17 or int(number) == 0:
        raise _misread()
    with memory().database.write() as tx:
        decided = say(tx, source, person.name, int(number), person.id)
    return redirect(url_for("health.source", source=source, run=decided.id, _anchor="run"), 303)


@blueprint.get("/<source>/problems/<code>")
@requires(Action.SEE)
def problems(source: str, code: str) -> Response:
    """List the records of a source that have a problem."""
    after = request.args.get("after", "")
    if after and not is_valid(after):
        raise _misread()
    with memory().database.read() as conn:
        about, _paused = health_figures.source_of(conn, source)
        count = findings.counts(conn, source).get(code, 0)
        rows = health_lists.with_problem(conn, source, code, after)
    if not count:
        raise NotFound(
            "problem_unknown", "이 수집처에는 그런 문제가 없습니다.", "This source has no such problem."
        )
    page = health_lists.PAGE
    more = rows[page - 1].item if len(rows) > page else ""
    return _page("problems", about=about, code=code, count=count, rows=rows[:page], more=more, after=after)


@blueprint.get("/<source>/set-aside/")
@requires(Action.SEE)
def set_aside(source: str) -> Response:
    """List what was parked and what was quarantined, each with a cursor of its own."""
    parked, quarantined = _number("parked"), _number("quarantined")
    page = health_lists.PAGE
    with memory().database.read() as conn:
        about, _paused = health_figures.source_of(conn, source)
        lists = {
            "parked": health_lists.parked(conn, source, parked),
            "quarantined": health_lists.quarantined(conn, source, quarantined),
        }
    more = {kind: rows[page - 1].id if len(rows) > page else 0 for kind, rows in lists.items()}
    shown = {kind: rows[:page] for kind, rows in lists.items()}
    after = {"parked": parked, "quarantined": quarantined}
    return _page("set_aside", about=about, lists=shown, more=more, after=after)


@blueprint.get("/<source>/set-aside/parked/<int(max=9007199254740991):number>")
@requires(Action.SEE)
def parked(source: str, number: int) -> AnyResponse:
    """Show a parked record beside what was read of it, or (`raw`) give its bytes."""
    return _record(source, "parked", number=number)


@blueprint.get("/<source>/set-aside/quarantined/<int(max=9007199254740991):number>")
@requires(Action.SEE)
def quarantined(source: str, number: int) -> AnyResponse:
    """Show bytes that made no record, or (`raw`) give them."""
    return _record(source, "quarantined", number=number)


@blueprint.get("/<source>/record")
@requires(Action.SEE)
def received(source: str) -> AnyResponse:
    """Show an item beside its records as received, in each format, its corrections marked."""
    return _record(source, "live", item=request.args.get("item", ""))


def _record(source: str, kind: str, *, number: int = 0, item: str = "") -> AnyResponse:
    with memory().database.read() as conn:
        about, _paused = health_figures.source_of(conn, source)
        if kind == "quarantined":
            held = health_lists.kept_quarantine(conn, source, number)
            kept = [held] if held else []
        else:
            kept = health_lists.kept_records(conn, source, number=number, item=item)
        if not kept:
            raise NotFound("record_unknown", "그런 기록이 없습니다.", "There is no such record.")
        name = kept[0].item
        described = health_lists.description_of(conn, name) if kind == "live" else None
        laid = corrections.in_force(conn, name) if kind == "live" else []
        noted = findings.of_subject(conn, name) if name else []
    if request.args.get("raw", ""):
        return _download(kept, request.args["raw"])
    shown = [(one, readable(_bytes(one))) for one in kept]
    if described is not None:
        texts = {one.field: (one.harvested, one.reason) for one in laid}
        found = list(dict.fromkeys(one.problem for one in noted))
        read, rest = fields_of(described, (), found, texts)
    else:
        read, rest = _read(kept[0], about.mapping, kind)
    return _page("record", about=about, kind=kind, kept=shown, item=name, fields=read, rest=rest)


def _read(one: Kept, mapping: Any, kind: str) -> tuple[Any, tuple[Problem, ...]]:
    """Read a record as the harvest does; of quarantined bytes there is nothing but why."""
    if kind == "quarantined":
        return (), tuple(Problem(code) for code in one.codes)
    draft = to_draft(_bytes(one), one.prefix, mapping)
    return fields_of(draft.description, [file.url for file in draft.media], draft.problems)


def _bytes(one: Kept) -> bytes:
    return zlib.decompressobj().decompress(one.packed, MOST_RAW) if one.packed else b""


def _download(kept: list[Kept], wanted: str) -> Response:
    """Give bytes as a file that nothing opens by itself."""
    one = next((one for one in kept if str(one.id) == wanted), None)
    if one is None:
        raise NotFound("record_unknown", "그런 기록이 없습니다.", "There is no such record.")
    response = make_response(_bytes(one))
    response.headers["Content-Type"] = "application/octet-stream"
    response.headers["Content-Disposition"] = f'attachment; filename="record-{one.id}.bin"'
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _number(name: str) -> int:
    """Read a number of the address: 0 where there is none; raises BadRequest."""
    text = request.args.get(name, "0")
    if not (text.isascii() and text.isdecimal()) or len(text) > 17:
        raise _misread()
    return int(text)


def _misread() -> BadRequest:
    return BadRequest("form_unreadable", "알아들을 수 없는 요청입니다.", "This request cannot be understood.")


def _page(name: str, **shown: Any) -> Response:
    person, language = someone(), current()
    words: Mapping[str, Any] = {
        "words": health_words,
        "field_words": FIELDS,
        "visible": visible,
        "person": person,
        "may_harvest": may(person, Action.HARVEST),
    }
    page = render_template(f"harvest/{name}.html", language=language, **words, **shown)
    return make_response(page)
