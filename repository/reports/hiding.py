"""Hiding first: a confirmed claim takes its thing down in its own transaction, a few a day; others wait for a person.

It is quick for one who is hurt and useless to one who wants to empty the house: what counts is not how many ask, but
how much may be hidden in a day by a claimant, in a topic collection and in all. What a person gave back once is not
hidden by itself again.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec
from sqlalchemy import ColumnElement, Connection, func, select

from repository import assets, audit, intake, sets, takedowns
from repository.database import Transaction, timestamp
from repository.intake import Context
from repository.reports import store
from repository.reports.tables import report as table
from repository.reports.tables import report_bucket
from repository.reports.words import Kind, Report
from repository.settings import Settings
from repository.tables import set_member, takedown
from repository.takedowns import TakedownKind
from repository.upsert import upsert

DAY = timedelta(days=1)
REASON = (
    "게시 중단 요청을 받아, 살피는 동안 가려 둡니다. / Hidden while a request for removal is looked into."
)


class Limits(msgspec.Struct, frozen=True):
    """How many works a day may be hidden before a person looks: for one claimant, in one collection, in all."""

    claimant: int
    collection: int
    day: int


def limits_of(settings: Settings) -> Limits:
    """Read the limits of the settings."""
    return Limits(
        settings.reports_hides_per_claimant,
        settings.reports_hides_per_collection,
        settings.reports_hides_per_day,
    )


def actor(report: Report) -> str:
    """Name a report as the one who did something: staff find it by its number."""
    return f"report-{report.id}"


def confirm(tx: Transaction, context: Context, number: int, limits: Limits) -> Report:
    """Note that a claim's address was confirmed, and hide its thing where there is room; once only."""
    report = store.hold(tx, number)
    if report.confirmed or report.answered or report.kind is not Kind.REMOVAL:
        return report
    report = store.change(tx, number, confirmed=tx.now)
    audit.record(tx, actor(report), "report_confirmed", actor(report))
    if not _has_room(tx, report, limits):
        return report
    store.change(tx, number, hidden=tx.now)
    return hide(tx, context, report, TakedownKind.REQUEST, REASON)


def hide(tx: Transaction, context: Context, report: Report, kind: TakedownKind, reason: str) -> Report:
    """Take down what a report is about, its file where it names one, and note the takedown with the report."""
    item, subject = subject_of(tx.conn, report)
    down = takedowns.add(tx, subject, kind, reason, actor(report))
    intake.decide(tx, context, item)
    audit.record(tx, context.actor, "report_hid", subject, detail=actor(report))
    return store.change(tx, report.id, takedown=down)


def restore(tx: Transaction, context: Context, report: Report) -> Report:
    """Lift the takedown that a report led to, and no other."""
    if subject := takedowns.lift_one(tx, report.takedown):
        item, _subject = subject_of(tx.conn, report)
        intake.decide(tx, context, item)
        audit.record(tx, context.actor, "report_restored", subject, detail=actor(report))
    return store.find(tx.conn, report.id)


def subject_of(conn: Connection, report: Report) -> tuple[str, str]:
    """Give the item that a report is about now, and what of it: the file that it names, or the item itself."""
    item = store.item_of(conn, report)
    file = assets.find(conn, report.asset) if report.asset else None
    return item, file.id if file is not None and file.item == item else item


def _has_room(tx: Transaction, report: Report, limits: Limits) -> bool:
    """Count what was hidden in a day; whoever counts holds a row meanwhile, so that two never count the same."""
    row = {"kind": "hiding", "subject": "site", "full": 0}
    upsert(tx.conn, report_bucket, row)
    tx.conn.execute(select(report_bucket.c.full).where(report_bucket.c.kind == "hiding").with_for_update())
    conn, since = tx.conn, timestamp(datetime.fromisoformat(tx.now) - DAY)
    item = store.item_of(conn, report)
    mine = select(table.c.claimant).where(table.c.id == report.id).scalar_subquery()
    room = (
        _hidden(conn, since) < limits.day and _hidden(conn, since, table.c.claimant == mine) < limits.claimant
    )
    return room and not _was_given_back(conn, item) and _collections_have_room(conn, item, since, limits)


def _hidden(conn: Connection, since: str, *which: ColumnElement[bool]) -> int:
    query = select(func.count()).select_from(table).where(table.c.hidden > since, *which)
    return int(conn.execute(query).scalar_one())


def _collections_have_room(conn: Connection, item: str, since: str, limits: Limits) -> bool:
    for one in sets.of_items(conn, [item]).get(item, []):
        members = select(set_member.c.item).where(set_member.c.set == one.id)
        if _hidden(conn, since, table.c.item.in_(members)) >= limits.collection:
            return False
    return True


def _was_given_back(conn: Connection, item: str) -> bool:
    query = (
        select(table.c.id)
        .join(takedown, takedown.c.id == table.c.takedown)
        .where(store.on(item), takedown.c.lifted != "")
        .limit(1)
    )
    return conn.execute(query).first() is not None
