"""What an institution's report holds, read set-wise, and the link that leads to it.

The link ends in a token: an HMAC (RFC 2104) of the institution and a counter, by the installation's key. Nobody can
make one, and a higher counter makes every older one worthless.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, ScalarSelect, Select, case, func, select, union_all

from harvest import ledger
from harvest.ledger import Run
from harvest.source import Source
from harvest.tables import quarantine, report_link
from repository import audit
from repository.database import Transaction
from repository.item import canonical
from repository.problems import Severity, catalogue
from repository.tables import asset, correction, counter, identity, item, problem, takedown
from repository.upsert import upsert

EXAMPLES = 5
MOST_GROUPS = 60
MOST_ROWS = 100
_NO_FILE = ("gone", "refused", "wanted")


def token_of(secret: str, institution: str, count: int) -> str:
    """Make the token of an institution's link."""
    said = canonical(["report", institution, count])
    return hmac.new(secret.encode(), said, hashlib.sha256).hexdigest()[:40]


def link(tx: Transaction, institution: str, secret: str, by: str, *, renew: bool = False) -> str:
    """Give the token of an institution's link, made where there is none; renewed, all older ones end."""
    old = tx.conn.execute(_COUNTER.where(report_link.c.institution == institution)).scalar()
    count = 1 if old is None else old + renew
    if count != old:
        values = {"institution": institution, "counter": count, "at": tx.now}
        upsert(tx.conn, report_link, values, ["counter", "at"])
        audit.record(tx, by, "report_link_renewed" if old else "report_link_made", institution)
    return token_of(secret, institution, count)


_COUNTER = select(report_link.c.counter)


def is_right(conn: Connection, institution: str, secret: str, token: str) -> bool:
    """Tell whether a token is that of the link in force; it takes as long where there is no link."""
    count = conn.execute(_COUNTER.where(report_link.c.institution == institution)).scalar()
    made = token_of(secret, institution, count or 0)
    return hmac.compare_digest(made.encode(), token.encode()) and count is not None


class Group(msgspec.Struct, frozen=True):
    """A code of a source, how many records have it, and some of their local ids."""

    code: str
    count: int
    examples: tuple[str, ...]


class Sent(msgspec.Struct, frozen=True):
    """What one source sent and what became of it; the groups are of parked records, broken ones, and warnings."""

    source: Source
    known: int
    live: int
    deleted: int
    parked: int
    quarantined: int
    run: Run | None
    parked_for: tuple[Group, ...]
    broken_for: tuple[Group, ...]
    warned_of: tuple[Group, ...]

    @property
    def received(self) -> int:
        """All that came: what has an identity, and what made no record at all."""
        return self.known + self.quarantined


class Corrected(msgspec.Struct, frozen=True):
    """A correction in force: what was sent, what we show, and why."""

    local_id: str
    item: str
    field: str
    sent: Any
    ours: Any
    reason: str
    at: str


class Down(msgspec.Struct, frozen=True):
    """Something withdrawn here: the sentence is the one that the public reads."""

    local_id: str
    item: str
    kind: str
    reason: str
    at: str
    whole: bool


class Institutional(msgspec.Struct, frozen=True):
    """The report of one institution; `files` counts states, `missing` the files that could not be fetched by code."""

    sent: tuple[Sent, ...]
    corrected: tuple[Corrected, ...]
    corrections: int
    down: tuple[Down, ...]
    files: dict[str, int]
    missing: tuple[Group, ...]


def report_of(conn: Connection, institution: str, mine: list[Source]) -> Institutional:
    """Report on an institution: `mine` are its sources; as many statements for one as for hundreds."""
    names = [source.id for source in mine]
    counted = _counters(conn, [*names, institution])
    runs = {run.source: run for run in ledger.newest(conn)[::-1] if run.kind != ledger.REHEARSAL}
    problems = _problems(conn, names)
    broken = _broken(conn, names)
    corrected, total = _corrected(conn, names)
    sent = tuple(
        _sent(one, counted, runs.get(one.id), problems.get(one.id, []), broken.get(one.id, []))
        for one in mine
    )
    return Institutional(
        sent=tuple(sorted(sent, key=lambda one: (not one.received, one.source.name_ko, one.source.id))),
        corrected=corrected,
        corrections=total,
        down=_down(conn, names),
        files=counted.get((institution, "asset"), {}),
        missing=_missing(conn, institution),
    )


def _sent(
    source: Source,
    counted: dict[tuple[str, str], dict[str, int]],
    run: Run | None,
    problems: list[Group],
    broken: list[Group],
) -> Sent:
    states = counted.get((source.id, "identity"), {})
    severity = {code: row.severity for code, row in catalogue().items()}
    return Sent(
        source=source,
        known=counted.get((source.id, "known"), {}).get("ever", 0),
        live=states.get("live", 0),
        deleted=states.get("deleted", 0),
        parked=states.get("parked", 0),
        quarantined=sum(group.count for group in broken),
        run=run,
        parked_for=tuple(one for one in problems if severity.get(one.code) is Severity.PARKED),
        broken_for=tuple(broken),
        warned_of=tuple(one for one in problems if severity.get(one.code) is Severity.WARNING),
    )


def _counters(conn: Connection, scopes: list[str]) -> dict[tuple[str, str], dict[str, int]]:
    rows = conn.execute(
        select(counter.c.scope, counter.c.kind, counter.c.state, counter.c.count.label("n")).where(
            counter.c.scope.in_(scopes), counter.c.count != 0
        )
    )
    found: dict[tuple[str, str], dict[str, int]] = {}
    for row in rows:
        found.setdefault((row.scope, row.kind), {})[row.state] = row.n
    return found


def _problems(conn: Connection, names: list[str]) -> dict[str, list[Group]]:
    """Group what is worth telling an institution by source and code, the most frequent first, with examples."""
    telling = [code for code, row in catalogue().items() if row.severity is not Severity.NOTE]
    subjects = func.count(problem.c.subject.distinct()).label("n")
    groups = conn.execute(
        select(problem.c.source, problem.c.code, subjects)
        .where(problem.c.source.in_(names), problem.c.code.in_(telling))
        .group_by(problem.c.source, problem.c.code)
        .order_by(subjects.desc(), problem.c.source, problem.c.code)
        .limit(MOST_GROUPS)
    ).all()
    examples = _examples(conn, [_of_problem(row.source, row.code) for row in groups])
    return _grouped([(row.source, row.code, row.n) for row in groups], examples)


def _of_problem(source: str, code: str) -> Select[Any]:
    found = (
        select(problem.c.source, problem.c.code, problem.c.subject)
        .where(problem.c.source == source, problem.c.code == code)
        .limit(EXAMPLES)
        .subquery()
    )
    return select(found.c.source, found.c.code, identity.c.local_id).join(
        identity, identity.c.item == found.c.subject
    )


def _broken(conn: Connection, names: list[str]) -> dict[str, list[Group]]:
    """Group what is in quarantine by source and reason, with examples."""
    mine = quarantine.c.source.in_(names), quarantine.c.resolved == ""
    groups = conn.execute(
        select(quarantine.c.source, quarantine.c.reason, func.count().label("n"))
        .where(*mine)
        .group_by(quarantine.c.source, quarantine.c.reason)
        .order_by(quarantine.c.source, quarantine.c.reason)
        .limit(MOST_GROUPS)
    ).all()
    parts = [_of_quarantine(row.source, row.reason) for row in groups]
    return _grouped([(row.source, row.reason, row.n) for row in groups], _examples(conn, parts))


def _of_quarantine(source: str, reason: str) -> Select[Any]:
    same = quarantine.c.source == source, quarantine.c.reason == reason, quarantine.c.resolved == ""
    named = quarantine.c.local_id != ""
    query = select(quarantine.c.source, quarantine.c.reason.label("code"), quarantine.c.local_id)
    found = query.where(*same, named).limit(EXAMPLES).subquery()
    return select(found.c.source, found.c.code, found.c.local_id)


def _examples(conn: Connection, parts: list[Select[Any]]) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for row in conn.execute(union_all(*parts)) if parts else ():
        found.setdefault((row.source, row.code), []).append(row.local_id)
    return found


def _grouped(
    groups: list[tuple[str, str, int]], examples: dict[tuple[str, str], list[str]]
) -> dict[str, list[Group]]:
    found: dict[str, list[Group]] = {}
    for source, code, count in groups:
        named = tuple(sorted(set(examples.get((source, code), []))))
        found.setdefault(source, []).append(Group(code, count, named))
    return found


def _corrected(conn: Connection, names: list[str]) -> tuple[tuple[Corrected, ...], int]:
    """Give the first corrections in force of some sources' items, and how many there are."""
    local_id, source = (_of_item(correction.c.item, column) for column in ("local_id", "source"))
    rows = conn.execute(
        select(correction, local_id.label("local_id"), func.count().over().label("total"))
        .where(correction.c.withdrawn == "", source.in_(names))
        .order_by(correction.c.id)
        .limit(MOST_ROWS)
    ).all()
    found = tuple(
        Corrected(
            row.local_id,
            row.item,
            row.field,
            msgspec.json.decode(row.harvested),
            msgspec.json.decode(row.value),
            row.reason,
            row.at,
        )
        for row in rows
    )
    return found, rows[0].total if rows else 0


def _of_item(item_id: ColumnElement[str], column: str) -> ScalarSelect[Any]:
    """Select a column of an item's identity, by its key: joined, a database may go through all identities."""
    return select(identity.c[column]).where(identity.c.item == item_id).scalar_subquery()


def _down(conn: Connection, names: list[str]) -> tuple[Down, ...]:
    """Give what was taken down here of some sources' items, whole or a file of them, the newest first."""
    about = func.coalesce(asset.c.item, takedown.c.subject)
    local_id, source = (_of_item(about, column) for column in ("local_id", "source"))
    rows = conn.execute(
        select(
            local_id.label("local_id"),
            about.label("item"),
            takedown.c.kind,
            takedown.c.reason,
            takedown.c.at,
            case((asset.c.id.is_(None), 1), else_=0).label("whole"),
        )
        .select_from(takedown)
        .outerjoin(asset, asset.c.id == takedown.c.subject)
        .where(takedown.c.lifted == "", source.in_(names))
        .order_by(takedown.c.id.desc())
        .limit(MOST_ROWS)
    )
    return tuple(Down(row.local_id, row.item, row.kind, row.reason, row.at, bool(row.whole)) for row in rows)


def _missing(conn: Connection, institution: str) -> tuple[Group, ...]:
    """Group the files that could not be fetched by what is wrong with them, with addresses as examples."""
    files = (
        select(asset.c.problem, func.count().label("n"), func.min(asset.c.url).label("url"))
        .join(item, item.c.id == asset.c.item)
        .where(asset.c.state.in_(_NO_FILE), asset.c.problem != "", item.c.provider == institution)
        .group_by(asset.c.problem)
        .order_by(func.count().desc(), asset.c.problem)
    )
    return tuple(Group(row.problem, row.n, (row.url,)) for row in conn.execute(files))
