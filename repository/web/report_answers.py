"""What became of reports: one's own by its receipt, the claim that is confirmed by a link, and the figures of all."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request
from flask_babel import gettext as _
from sqlalchemy import Connection
from werkzeug.wrappers import Response as AnyResponse

from repository import gate, items
from repository.database import timestamp
from repository.errors import BadRequest, NotFound
from repository.identifiers import normalise
from repository.item import Text
from repository.reports import figures, hiding, limits, marks, store
from repository.reports.words import CAPACITIES, GROUNDS, KINDS, OUTCOMES, STATES, Kind, Report, word
from repository.rights.decision import Use
from repository.secret import key_of
from repository.urls import Urls
from repository.web import sharing
from repository.web.context import memory, page_urls
from repository.web.languages import current
from repository.web.reports import MOST_BYTES, private
from repository.web.words import in_language

blueprint = Blueprint("report_answers", __name__, url_prefix="/reports")
FIGURES_SECONDS = 300
_LINK_FAULTS = {
    "report_link_wrong": (
        "이 확인 주소는 맞지 않습니다. 메일에 적힌 주소를 끝까지 옮겼는지 확인해 주세요.",
        "This link is not right. Please check that the whole address of the mail was copied.",
    ),
    "report_link_over": (
        "이 확인 주소는 기한이 지났습니다. 요청은 그대로 접수되어 있고, 담당자가 살핍니다.",
        "This link is over. Your request stands all the same, and a person will look at it.",
    ),
}


@blueprint.get("/")
def overview() -> AnyResponse:
    """Say how reports are answered, in figures; and lead to one's own by its receipt."""
    if typed := request.args.get("receipt", ""):
        return private(redirect(page_urls().report_status(normalise("".join(typed.split()))[:64]), 303))
    now = timestamp(memory().database.clock())
    since = store.later(now, -figures.DAYS)
    with memory().database.read() as conn:
        counted = figures.of(store.spans(conn, since), store.open_now(conn, now))
    lead = _(
        "자료마다 틀린 곳을 알리고, 아는 이야기를 들려주고, 게시 중단을 요청할 수 있습니다. "
        "계정은 필요 없습니다."
    )
    share = sharing.of_page(Urls.reports, lead, _("알림 처리 현황"))
    rows = [(one, _kind(one.kind), _days(one.kind)) for one in counted]
    response = make_response(render_template("reports/overview.html", rows=rows, lead=lead, share=share))
    response.headers["Cache-Control"] = f"public, max-age={FIGURES_SECONDS}"
    return response


def _kind(kind: Kind) -> str:
    return word(KINDS, kind, current())


def _days(kind: Kind) -> int:
    return store.days(memory().settings, kind)


@blueprint.get("/<receipt>")
def status(receipt: str) -> AnyResponse:
    """Say where a report stands, and nothing of who sent it or of what was written: others may see a receipt."""
    with memory().database.read() as conn:
        report = store.by_receipt(conn, marks.receipt_digest(receipt))
        if report is None:
            raise NotFound(
                "report_receipt_unknown",
                "그런 접수 번호가 없습니다. 번호를 다시 확인해 주세요.",
                "There is no such receipt number. Please check it.",
            )
        title, item_url = _item(conn, report)
    return _page("status", report, title=title, item_url=item_url)


def _page(name: str, report: Report, **shown: Any) -> AnyResponse:
    page = render_template(f"reports/{name}.html", report=report, **shown, **report_words(report))
    return private(make_response(page))


def report_words(report: Report) -> dict[str, str]:
    """Say in the reader's language what kind a report is of, where it stands, and what was decided."""
    language = current()
    return {
        "kind_said": word(KINDS, report.kind, language),
        "state_said": word(STATES, report.state, language),
        "ground_said": word(GROUNDS, report.ground, language) if report.ground else "",
        "capacity_said": word(CAPACITIES, report.capacity, language) if report.capacity else "",
        "outcome_said": word(OUTCOMES, report.outcome, language) if report.outcome else "",
    }


def _item(conn: Connection, report: Report) -> tuple[Text | None, str]:
    """Give the title of a report's item where it may be told now, and its page where there is one."""
    stored = items.find(conn, store.item_of(conn, report))
    if stored is None:
        return None, ""
    access = gate.load(conn, [stored])[stored.item.id]
    title = in_language(stored.item.description.titles, current())[0] if access.allows(Use.DESCRIBE) else None
    return title, page_urls().item(stored.item.id)


@blueprint.get("/confirm")
def ask() -> AnyResponse:
    """Ask for one more press of a button: programs that look through mails open links, and send no forms."""
    token = request.args.get("link", "")
    with memory().database.read() as conn:
        report = _linked(conn, token)
        title, _url = _item(conn, report)
    return _page("confirm", report, token=token, title=title)


@blueprint.post("/confirm")
def confirm() -> AnyResponse:
    """Confirm the address of a claim, once; the link is proof enough, so it may be pressed from anywhere."""
    request.max_content_length = request.max_form_memory_size = MOST_BYTES
    token = request.form.get("link", "")
    with memory().database.read() as conn:
        _linked(conn, token)  # whoever guesses holds no lock
    with memory().database.write() as tx:
        report = _linked(tx.conn, token)
        context = memory().context(tx, hiding.actor(report))
        report = hiding.confirm(tx, context, report.id, hiding.limits_of(memory().settings))
        title, _url = _item(tx.conn, report)
    return _page("confirm", report, token="", title=title)


def _linked(conn: Connection, token: str) -> Report:
    """Give the report that a link confirms; raises BadRequest for one that is not right, or over."""
    now = limits.seconds(timestamp(memory().database.clock()))
    report = store.search(conn, marks.confirm_report(token))
    fault = marks.confirm_fault(key_of(memory().settings), token, report.email if report else "", now)
    if fault or report is None:
        code = fault or "report_link_wrong"
        raise BadRequest(code, *_LINK_FAULTS[code])
    return report
