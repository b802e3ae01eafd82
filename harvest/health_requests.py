"""The store of requests: what somebody asked the worker to do with a source, kept until it is done.

A request is deleted behind its work, so that one whose worker was killed is done again: a harvest goes on where it
was, a rehearsal begins anew. Asking twice for the same is asking once.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec
from sqlalchemy import Connection, delete, select

from harvest import ledger, sources
from harvest.tables import harvest_request as table
from repository import audit
from repository.database import Transaction
from repository.errors import BadRequest
from repository.upsert import upsert


class RequestKind(StrEnum):
    """What can be asked for."""

    HARVEST = "harvest"
    REHEARSE = "rehearse"


class Request(msgspec.Struct, frozen=True):
    """One request; `by` is the name of whoever asked."""

    source: str
    kind: RequestKind
    by: str
    at: str


def ask(tx: Transaction, source: str, kind: RequestKind, by: str, actor: str) -> bool:
    """Ask for something, and tell the audit; gives False where that was asked for already.

    Raises NotFound for a source that is not there, BadRequest to harvest one whose run waits for a decision.
    """
    sources.get(tx.conn, source)
    if kind is RequestKind.HARVEST and ledger.held(tx.conn, source):
        raise BadRequest(
            "run_held",
            f"먼저 멈춰 둔 수집을 어떻게 할지 정해 주세요: {source}",
            f"a run of {source} waits for a decision: please decide first",
        )
    new = upsert(tx.conn, table, {"source": source, "kind": kind.value, "by": by, "at": tx.now})
    if new:
        audit.record(tx, actor, f"{kind.value}_requested", source)
    return new


def waiting(conn: Connection, source: str = "") -> list[Request]:
    """Give what has been asked for and is not done, the oldest first."""
    query = select(table).order_by(table.c.at, table.c.source, table.c.kind)
    rows = conn.execute(query.where(table.c.source == source) if source else query)
    return [Request(row.source, RequestKind(row.kind), row.by, row.at) for row in rows]


def done(tx: Transaction, request: Request) -> None:
    """Forget a request that was done, or cannot be."""
    tx.conn.execute(delete(table).where(table.c.source == request.source, table.c.kind == request.kind.value))
