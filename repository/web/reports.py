"""The forms by which anybody speaks of an item: without an account, a cookie or a script; and the receipt for it.

No session stands behind a form. That it was sent from here is known by the browser's own word (Sec-Fetch-Site,
Origin), and by a signed token that says when it was given out, for what. A refusal shows the form again with all that
was typed, and says by code and sentence why.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Blueprint, Response, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from repository import assets, audit, gate, institutions
from repository.database import Transaction, timestamp
from repository.errors import BadRequest
from repository.identifiers import is_valid
from repository.reports import asking, hiding, limits, mails, marks, outbox, refusals, store
from repository.reports.asking import Fault
from repository.reports.mails import Links
from repository.reports.words import CAPACITIES, GROUNDS, KINDS, Asked, Both, Kind, Report, word
from repository.rights.decision import Use
from repository.secret import key_of
from repository.urls import Urls
from repository.web.context import memory, page_urls, site_urls
from repository.web.item_view import Material
from repository.web.languages import current
from repository.web.report_pictures import shown_picture
from repository.web.words import in_language

blueprint = Blueprint("reports", __name__, template_folder="templates")
MOST_BYTES = 64 * 1024
_TRAP = "homepage"
_TYPE = "application/x-www-form-urlencoded"
Given = TypeVar("Given", bound=AnyResponse)


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a form is filled in: what for, on which item, in which language, and when (UTC)."""

    kind: Kind
    given: Material
    now: str

    @property
    def item(self) -> str:
        """The id of the item."""
        return self.given.stored.item.id

    @property
    def pictures(self) -> list[str]:
        """The ids of the pictures that may be seen, in their order."""
        return [asset.id for asset in self.given.pictures()]


@blueprint.after_request
def private(response: Given) -> Given:
    """Let nobody keep or find a form or a receipt, and name it to no other site."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "same-origin"
    return response


@blueprint.route("/items/<named>/report", methods=["GET", "POST"])
def form(named: str) -> AnyResponse:
    """Give the form of a kind, or take it; without a kind, give the choice of the three."""
    request.max_content_length = request.max_form_memory_size = MOST_BYTES
    kind = _kind()
    given = _open(named)
    if isinstance(given, str):
        return redirect(page_urls().report(given, kind.value if kind else ""), 308)
    if kind is None:
        return _choice(given)
    desk = Desk(kind, given, timestamp(memory().database.clock()))
    return _receive(desk) if request.method == "POST" else _page(desk, _pointed_at(desk))


def _kind() -> Kind | None:
    asked = request.args.get("kind", "")
    if asked in {kind.value for kind in Kind}:
        return Kind(asked)
    if asked or request.method == "POST":
        raise BadRequest("report_kind_unknown", "그런 신고는 없습니다.", "There is no such kind of report.")
    return None


def _open(named: str) -> Material | str:
    """Give what a form on an item needs, or the id to go on to; raises as the item's own page does."""
    with memory().database.read() as conn:
        stored, own = gate.named_item(conn, named)
        if own != named:
            return own
        files = assets.of_item(conn, own)
        access = gate.load(conn, [stored], [asset.id for asset in files])[own]
        gate.require(stored, access, Use.DESCRIBE)
        known = institutions.every(conn)
    return Material(gate.told(stored, access), files, access, known, page_urls(), site_urls(), current())


# ---- the pages
def _choice(given: Material) -> Response:
    return make_response(render_template("reports/choice.html", kinds=_kinds(given), **_about(given)))


def _kinds(given: Material) -> list[tuple[str, str, int]]:
    """Give each kind's address, name and days to its answer."""
    item, settings = given.stored.item.id, memory().settings
    return [(page_urls().report(item, kind), _said(KINDS, kind), store.days(settings, kind)) for kind in Kind]


def _said(words: Mapping[str, Both], code: str) -> str:
    return word(words, code, current())


def _about(given: Material) -> dict[str, Any]:
    titles = in_language(given.description.titles, current())
    pictures = [asset.id for asset in given.pictures()[:1]]
    return {"item": given.stored.item.id, "heading": titles[0], "picture": shown_picture(given, pictures, {})}


def _page(desk: Desk, typed: dict[str, str], faults: Sequence[Fault] = (), status: int = 200) -> Response:
    page = render_template(
        "reports/form.html",
        kind=desk.kind.value,
        kind_said=_said(KINDS, desk.kind),
        days=store.days(memory().settings, desk.kind),
        typed=typed,
        faults=faults,
        faulty={fault.field for fault in faults},
        token=typed.get("token") or _token(desk),
        pictures=len(desk.pictures),
        shown=shown_picture(desk.given, desk.pictures, typed),
        grounds=[(code, _said(GROUNDS, code)) for code in GROUNDS],
        capacities=[(code, _said(CAPACITIES, code)) for code in CAPACITIES],
        most=asking,
        trap=_TRAP,
        **_about(desk.given),
    )
    response = make_response(page)
    response.status_code = status
    return response


def _token(desk: Desk) -> str:
    return marks.form_token(key_of(memory().settings), desk.kind.value, desk.item, limits.seconds(desk.now))


def _pointed_at(desk: Desk) -> dict[str, str]:
    """Read from the address which picture, and what part of it, the reader came from."""
    asset, region = request.args.get("asset", ""), request.args.get("region", "")
    pictures = desk.pictures
    if not is_valid(asset) or asset not in pictures:
        return {}
    typed = {"page": str(pictures.index(asset) + 1)}
    return typed | dict(zip("xywh", asking.numbers_of(region), strict=False))


# ---- taking a form
def _receive(desk: Desk) -> Response:
    if request.mimetype != _TYPE:
        return _page(desk, {}, [refusals.fault("report_form_only")], 415)
    typed = {name: request.form.get(name, "") for name in (*asking.FIELDS, "token")}
    if request.form.get("do") == "look":
        return _page(desk, typed)
    if code := _untrusted(desk, typed["token"]):
        kept = typed if code == "report_form_hasty" else {**typed, "token": ""}
        return _page(desk, kept, [refusals.fault(code)], 400)
    asked, faults = asking.read(desk.kind, desk.item, current(), typed, desk.pictures)
    return _page(desk, typed, faults, 422) if asked is None else _keep(desk, typed, asked)


def _untrusted(desk: Desk, token: str) -> str:
    """Give the code of why a form is not believed to be filled in here by a person, or nothing."""
    if not _is_from_here():
        return "report_from_elsewhere"
    if request.form.get(_TRAP):
        return "report_trap"
    now = limits.seconds(desk.now)
    return marks.form_fault(key_of(memory().settings), token, desk.kind.value, desk.item, now)


def _is_from_here() -> bool:
    """Tell whether the browser says that the form was sent from a page of this site; an old one says nothing."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is None or origin.partition("://")[2] == request.host


def _keep(desk: Desk, typed: dict[str, str], asked: Asked) -> Response:
    """Keep a report, once, however often the form is sent; or refuse what is part of a flood."""
    key, database = key_of(memory().settings), memory().database
    receipt = marks.receipt_of(key, typed["token"], asked)
    wanted = limits.of_report(desk.kind, request.remote_addr or "", asked.email)
    with database.read() as conn:
        known = store.by_receipt(conn, marks.receipt_digest(receipt))
        wait = 0 if known else limits.left(conn, wanted, desk.now)
    if known is None and not wait:
        with database.write() as tx:
            wait = _add(tx, asked, receipt, wanted)
    if wait:
        response = _page(desk, typed, [refusals.flood(wait)], 429)
        response.headers["Retry-After"] = str(wait)
        return response
    return _receipt(desk, asked, receipt)


def _add(tx: Transaction, asked: Asked, receipt: str, wanted: list[limits.Wanted]) -> int:
    """Write a report, its mail and its audit; or give the seconds to wait, and write nothing."""
    if wait := limits.take(tx, wanted):
        return wait
    digest = marks.receipt_digest(receipt)
    if store.by_receipt(tx.conn, digest) is None:  # sent twice at once
        settings = memory().settings
        claimant, days = marks.claimant(key_of(settings), asked.email), store.days(settings, asked.kind)
        report = store.find(tx.conn, store.add(tx, asked, digest, claimant, days))
        audit.record(tx, "public", f"report_{asked.kind.value}", hiding.actor(report))
        if asked.email:
            _mail(tx, report, receipt)
    return 0


def _mail(tx: Transaction, report: Report, receipt: str) -> None:
    site, confirm = Urls(memory().settings.site_url, report.lang), ""
    if report.kind is Kind.REMOVAL:
        key = key_of(memory().settings)
        confirm = site.report_confirm(
            marks.confirm_token(key, report.id, report.email, limits.seconds(tx.now))
        )
    links = Links(site.item(report.item), site.report_status(receipt), confirm)
    words = mails.received(report, marks.written(receipt), links)
    outbox.put(tx, report.email, words.subject, words.body, site.base)


def _receipt(desk: Desk, asked: Asked, receipt: str) -> Response:
    page = render_template(
        "reports/receipt.html",
        kind=desk.kind.value,
        kind_said=_said(KINDS, desk.kind),
        receipt=marks.written(receipt),
        status_url=page_urls().report_status(receipt),
        due=store.later(desk.now, store.days(memory().settings, desk.kind)),
        mailed=bool(asked.email),
        **_about(desk.given),
    )
    return make_response(page)
