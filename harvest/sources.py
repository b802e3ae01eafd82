"""The store of sources: each with a version that moves only when its contract does."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select, update

from harvest.oai_asking import Habits
from harvest.source import Source
from harvest.tables import source as table
from repository.database import Transaction
from repository.errors import NotFound
from repository.item import canonical
from repository.shapes import Shape

_SOURCE = Shape(Source)
_HABITS = Shape(Habits)

ACTIVE = "active"
PAUSED = "paused"


def save(tx: Transaction, source: Source) -> bool:
    """Write a source, new or changed; tells whether anything was written."""
    body = canonical(source)
    old = tx.conn.execute(select(table.c.body).where(table.c.id == source.id)).scalar()
    if old == body:
        return False
    if old is None:
        tx.conn.execute(insert(table).values(id=source.id, body=body, version=1, state=ACTIVE))
    else:
        tx.conn.execute(
            update(table).where(table.c.id == source.id).values(body=body, version=table.c.version + 1)
        )
    return True


def get(conn: Connection, source: str) -> Source:
    """Give a source; raises NotFound."""
    body = conn.execute(select(table.c.body).where(table.c.id == source)).scalar()
    if body is None:
        raise NotFound("source_unknown", f"없는 수집처입니다: {source}", f"no such source: {source}")
    return _SOURCE.read(body)


def every(conn: Connection, *, active_only: bool = False) -> list[Source]:
    """Give all sources, or those that are not paused."""
    query = select(table.c.body).order_by(table.c.id)
    rows = conn.execute(query.where(table.c.state == ACTIVE) if active_only else query)
    return [_SOURCE.read(row.body) for row in rows]


def habits(conn: Connection, source: str) -> Habits:
    """Give what has been learnt of a source's provider."""
    return _HABITS.read(conn.execute(select(table.c.learnt).where(table.c.id == source)).scalar_one())


def learn(tx: Transaction, source: str, learnt: Habits) -> bool:
    """Keep what has been learnt of a source's provider where it is new; tells whether it was."""
    if habits(tx.conn, source) == learnt:
        return False
    tx.conn.execute(update(table).where(table.c.id == source).values(learnt=canonical(learnt)))
    return True


def set_state(tx: Transaction, source: str, state: str) -> None:
    """Pause a source or let it go on; raises NotFound."""
    if tx.conn.execute(update(table).where(table.c.id == source).values(state=state)).rowcount == 0:
        raise NotFound("source_unknown", f"없는 수집처입니다: {source}", f"no such source: {source}")


def states(conn: Connection) -> dict[str, str]:
    """Give every source's state."""
    return {row.id: row.state for row in conn.execute(select(table.c.id, table.c.state))}


def remove(tx: Transaction, source: str) -> None:
    """Forget a source (samples only)."""
    tx.conn.execute(delete(table).where(table.c.id == source))
