"""The store of decisions, append-only: a new row only where outcome or inputs differ, and a pointer to it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import msgspec
from sqlalchemy import CompoundSelect, Connection, select

from repository.database import Transaction
from repository.item import canonical
from repository.rights.decision import Decision
from repository.shapes import Shape
from repository.tables import current_decision, decision, subjects_of

_DECISION = Shape(Decision)
_SUBJECT = current_decision.c.subject
_NUMBER = decision.c.id


class StoredDecision(msgspec.Struct, frozen=True):
    """A decision with its row number, who or what decided, and when."""

    number: int
    decision: Decision
    digest: str
    actor: str
    at: str


def record(tx: Transaction, item: str, verdict: Decision, actor: str) -> bool:
    """Keep a decision on an item, or on one of its files, where it differs from the current one."""
    body = canonical(verdict)
    new = hashlib.sha256(body).hexdigest()
    pointer = tx.row(_SUBJECT, verdict.subject)
    current = tx.row(_NUMBER, pointer.decision) if pointer else None
    if current is not None and current.digest == new:
        return False
    values = {"subject": verdict.subject, "digest": new, "body": body, "actor": actor, "at": tx.now}
    row = tx.add(decision, {"id": tx.number(decision), **values})
    if pointer is None:
        tx.add(current_decision, {"subject": verdict.subject, "decision": row.id})
    else:
        tx.change(current_decision, pointer, {"decision": row.id})
    tx.touch(item, "decision")
    return True


def hold(tx: Transaction, subjects: Iterable[str]) -> None:
    """Read the current decisions on many subjects at once."""
    wanted = list(subjects)
    tx.hold(_SUBJECT, wanted)
    pointers = [row for subject in wanted for row in tx.rows(_SUBJECT, subject)]
    tx.hold(_NUMBER, [row.decision for row in pointers])


def current_many(conn: Connection, subjects: Iterable[str]) -> dict[str, StoredDecision]:
    """Give the current decisions on some items or files in one statement."""
    return _current(conn, list(subjects))


def current_of(conn: Connection, item: str) -> dict[str, StoredDecision]:
    """Give the current decisions on an item and on those of its files that have one, in one statement."""
    return _current(conn, subjects_of(item))


def _current(conn: Connection, subjects: list[str] | CompoundSelect[tuple[str]]) -> dict[str, StoredDecision]:
    rows = conn.execute(
        select(decision)
        .join(current_decision, current_decision.c.decision == decision.c.id)
        .where(current_decision.c.subject.in_(subjects))
    )
    return {
        row.subject: StoredDecision(row.id, _DECISION.read(row.body), row.digest, row.actor, row.at)
        for row in rows
    }


def current(conn: Connection, subject: str) -> StoredDecision | None:
    """Give the current decision on an item or file, or None where nobody has decided: nothing is allowed."""
    return current_many(conn, [subject]).get(subject)


def history(conn: Connection, subject: str) -> list[StoredDecision]:
    """Give all decisions on a subject, the oldest first."""
    rows = conn.execute(select(decision).where(decision.c.subject == subject).order_by(decision.c.id))
    return [StoredDecision(row.id, _DECISION.read(row.body), row.digest, row.actor, row.at) for row in rows]
