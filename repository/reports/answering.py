"""Answering: the staff's decision on a report, what follows for its thing, and the mail that says so."""

from __future__ import annotations

from repository import audit, takedowns
from repository.database import Transaction
from repository.errors import BadRequest
from repository.intake import Context
from repository.reports import hiding, mails, outbox, store
from repository.reports.asking import clean
from repository.reports.mails import Links
from repository.reports.words import Ground, Kind, Outcome, Report
from repository.takedowns import TakedownKind
from repository.urls import Urls

LONGEST = 4000
_FINAL: dict[str, TakedownKind] = {
    Ground.COPYRIGHT: TakedownKind.RIGHTS,
    Ground.PORTRAIT: TakedownKind.PRIVACY,
    Ground.PERSONAL_DATA: TakedownKind.PRIVACY,
}
_REASON = "게시 중단 요청을 받아들였습니다. / A request for removal was accepted."


def answer(
    tx: Transaction, context: Context, number: int, outcome: Outcome, text: str, site: Urls, *, restore: bool
) -> Report:
    """Answer a report, once more if need be; `context.actor` is who answers, `site` makes absolute addresses.

    An accepted claim takes its thing down for good; `restore` lifts the takedown that the report led to, no other.
    Raises NotFound, and BadRequest where the answer is empty, or leaves something hidden that was declined.
    """
    report, said = store.hold(tx, number), clean(text)
    _check(report, outcome, said, restore)
    if restore:
        report = hiding.restore(tx, context, report)
    elif report.kind is Kind.REMOVAL and outcome is Outcome.ACCEPTED:
        report = _take_down(tx, context, report)
    values = {"answered": tx.now, "outcome": outcome.value, "answer": said, "answered_by": context.actor}
    report = store.change(tx, number, **values)
    audit.record(tx, context.actor, f"report_{outcome.value}", hiding.actor(report))
    if report.email:
        words = mails.answered(
            report, Links(Urls(site.base, report.lang).item(store.item_of(tx.conn, report)))
        )
        outbox.put(tx, report.email, words.subject, words.body, site.base)
    return report


def _take_down(tx: Transaction, context: Context, report: Report) -> Report:
    """Put the takedown in force that stays, for what was hidden first only while it was looked into."""
    kind = _FINAL.get(report.ground, TakedownKind.REQUEST)
    before = report.takedown if report.hides else 0
    after = hiding.hide(tx, context, report, kind, _REASON)
    if before:
        takedowns.lift_one(tx, before)
    return after


def _check(report: Report, outcome: Outcome, said: str, restore: bool) -> None:
    if not 0 < len(said) <= LONGEST:
        raise BadRequest(
            "report_answer_length", f"답은 1–{LONGEST}자입니다.", f"an answer has 1 to {LONGEST} characters"
        )
    if restore and not report.hides:
        raise BadRequest(
            "report_not_hidden",
            "이 신고 때문에 가려진 것이 없습니다.",
            "nothing is hidden on account of this report",
        )
    if outcome is Outcome.DECLINED and report.hides and not restore:
        raise BadRequest(
            "report_still_hidden",
            "받아들이지 않으려면 가린 것을 되돌려야 합니다 (--restore).",
            "what was hidden has to come back where the claim is declined (--restore)",
        )
