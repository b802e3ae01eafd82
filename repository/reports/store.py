"""The store of reports: added once under the digest of their receipt, found by it or by number, and erased in time.

They hang on the id of their item, which no harvest changes; where items were joined, on the id that went on.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, insert, or_, select, update

from repository import identities
from repository.database import Transaction, timestamp
from repository.errors import NotFound
from repository.reports.figures import Span
from repository.reports.tables import report as table
from repository.reports.words import Asked, Kind, Report, State
from repository.settings import Settings
from repository.tables import alias, takedown

MOST = 500
_COLUMNS = [column for column in table.columns if column.name not in ("receipt", "claimant")]
_LIFTED = func.coalesce(takedown.c.lifted, "").label("lifted")
_JOINED = table.outerjoin(takedown, takedown.c.id == table.c.takedown)
_HIDES = and_(table.c.takedown > 0, _LIFTED == "")


def days(settings: Settings, kind: Kind) -> int:
    """Give within how many days a kind of report is to be answered."""
    return {
        Kind.ERROR: settings.reports_error_days,
        Kind.KNOWLEDGE: settings.reports_knowledge_days,
        Kind.REMOVAL: settings.reports_removal_days,
    }[kind]


def add(tx: Transaction, asked: Asked, receipt: str, claimant: str, within: int) -> int:
    """Keep a report under the digest of its receipt, to be answered within some days; gives its number."""
    values = {
        "receipt": receipt,
        "claimant": claimant,
        "at": tx.now,
        "due": later(tx.now, within),
        **msgspec.structs.asdict(asked),
        "kind": asked.kind.value,
    }
    return int(tx.conn.execute(insert(table).values(values).returning(table.c.id)).scalar_one())


def later(stamp: str, days: int) -> str:
    """Give the timestamp some days after another."""
    return timestamp(datetime.fromisoformat(stamp) + timedelta(days=days))


def by_receipt(conn: Connection, digest: str) -> Report | None:
    """Give the report whose receipt has a digest, or None."""
    row = conn.execute(_select().where(table.c.receipt == digest)).first() if digest else None
    return _report(row) if row else None


def search(conn: Connection, number: int) -> Report | None:
    """Give a report by its number, or None."""
    row = conn.execute(_select().where(table.c.id == number)).first()
    return _report(row) if row else None


def find(conn: Connection, number: int) -> Report:
    """Give a report by its number; raises NotFound."""
    if (found := search(conn, number)) is None:
        raise NotFound("report_unknown", f"그런 신고가 없습니다: {number}", f"no such report: {number}")
    return found


def hold(tx: Transaction, number: int) -> Report:
    """Give a report by its number, and hold it till the transaction ends; raises NotFound."""
    tx.conn.execute(select(table.c.id).where(table.c.id == number).with_for_update())
    return find(tx.conn, number)


def listed(
    conn: Connection,
    state: State | None = None,
    kind: Kind | None = None,
    item: str = "",
    overdue: str = "",
    limit: int = 100,
    answered: bool = True,
) -> list[Report]:
    """Give reports, those first that are due first: in one state or (None) any, of a kind, on an item.

    `overdue` is a timestamp: then only open ones that were due before it. `answered` takes answered ones in.
    """
    query = _select().order_by(table.c.answered != "", table.c.due, table.c.id).limit(min(limit, MOST))
    wanted = [_IN_STATE[state]] if state else []
    wanted += [table.c.kind == kind.value] if kind else []
    wanted += [on(item)] if item else []
    wanted += [and_(table.c.answered == "", table.c.due < overdue)] if overdue else []
    wanted += [] if answered else [table.c.answered == ""]
    return [_report(row) for row in conn.execute(query.where(*wanted))]


def on(item: str) -> ColumnElement[bool]:
    """Tell reports on an item, by its own id or by one that was joined with it."""
    former = select(alias.c.old).where(alias.c.new == item)
    return or_(table.c.item == item, table.c.item.in_(former))


_IN_STATE = {
    State.RECEIVED: and_(table.c.answered == "", ~_HIDES, table.c.confirmed == ""),
    State.WAITING: and_(table.c.answered == "", ~_HIDES, table.c.confirmed != ""),
    State.HIDDEN: and_(table.c.answered == "", _HIDES),
    State.ANSWERED: table.c.answered != "",
}


def change(tx: Transaction, number: int, **values: Any) -> Report:
    """Write columns of a report, and give it as it stands then."""
    tx.conn.execute(update(table).where(table.c.id == number).values(values))
    return find(tx.conn, number)


def item_of(conn: Connection, report: Report) -> str:
    """Give the id that a report's item has now, where it was joined with another."""
    return identities.redirect(conn, report.item) or report.item


def erase(tx: Transaction, before: str) -> int:
    """Empty name, address and words of reports that were answered before a time; gives how many."""
    done = tx.conn.execute(
        update(table)
        .where(table.c.answered != "", table.c.answered < before, table.c.erased == "")
        .values(name="", email="", text="", claimant="", answer="", erased=tx.now)
    )
    return done.rowcount


def _select() -> Select[Any]:
    return select(*_COLUMNS, _LIFTED).select_from(_JOINED)


def _report(row: Any) -> Report:
    values = dict(row._mapping)
    return Report(**{**values, "kind": Kind(values["kind"])})


def spans(conn: Connection, since: str) -> list[Span]:
    """Count the reports that came since a time, by kind, day of arrival, and day of the answer."""
    came, answered = func.substr(table.c.at, 1, 10), func.substr(table.c.answered, 1, 10)
    rows = conn.execute(
        select(table.c.kind, came, answered, func.count())
        .where(table.c.at >= since)
        .group_by(table.c.kind, came, answered)
    )
    return [Span(Kind(kind), first, last, number) for kind, first, last, number in rows]


def open_now(conn: Connection, now: str) -> dict[Kind, tuple[int, int]]:
    """Count the reports that are open, and those of them whose deadline is over, by kind."""
    late = func.sum(case((table.c.due < now, 1), else_=0))
    query = select(table.c.kind, func.count(), late).where(table.c.answered == "").group_by(table.c.kind)
    return {Kind(kind): (number, int(overdue)) for kind, number, overdue in conn.execute(query)}
