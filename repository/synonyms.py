"""The store of what librarians say is one name: added and withdrawn, each change a version of the whole list.

Nothing is changed or deleted, so the list as it stood at any version can be read again.
"""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, Row, and_, func, insert, or_, select, update

from repository import audit, search_versions
from repository.database import Transaction
from repository.errors import BadRequest, NotFound
from repository.item import digest
from repository.tables import synonym as table

MOST = 10_000
MOST_OF_ONE_NAME = 50


class Synonym(msgspec.Struct, frozen=True):
    """Two names for one thing, since which version of the list and by whom; empty where it was not withdrawn."""

    id: int
    name: str
    other: str
    relation: str
    by: str
    at: str
    version: int
    withdrawn_by: str = ""
    withdrawn_at: str = ""
    withdrawn_version: int = 0


def add(tx: Transaction, name: str, other: str, relation: str, by: str, actor: str) -> Synonym:
    """Add a pair of names, and tell the audit; `by` is the name that is shown, `actor` that of the audit.

    Raises BadRequest where it is there already, or the list is full.
    """
    version = search_versions.move(tx, search_versions.SYNONYMS)
    _check(tx.conn, name, other)
    values = {"name": name, "other": other, "relation": relation, "by": by, "at": tx.now, "version": version}
    number = tx.conn.execute(insert(table).values(**values).returning(table.c.id)).scalar_one()
    added = Synonym(number, name, other, relation, by, tx.now, version)
    audit.record(tx, actor, "synonym_added", _subject(number), after=digest(added), detail=_detail(added))
    return added


def withdraw(tx: Transaction, number: int, by: str, actor: str) -> Synonym:
    """Take a pair out of the list, and tell the audit. Raises NotFound where it is not in force."""
    version = search_versions.move(tx, search_versions.SYNONYMS)
    row = tx.conn.execute(
        select(table).where(table.c.id == number, table.c.withdrawn_version == 0)
    ).one_or_none()
    if row is None:
        raise NotFound(
            "synonym_unknown", "그런 말이 목록에 없습니다.", "There is no such pair of names in the list."
        )
    values = {"withdrawn_by": by, "withdrawn_at": tx.now, "withdrawn_version": version}
    tx.conn.execute(update(table).where(table.c.id == number).values(**values))
    before, after = _synonym(row), msgspec.structs.replace(_synonym(row), **values)
    audit.record(
        tx, actor, "synonym_withdrawn", _subject(number), digest(before), digest(after), _detail(before)
    )
    return after


def in_force(conn: Connection) -> list[Synonym]:
    """Give the list as it is, in the order in which pairs were added."""
    rows = conn.execute(select(table).where(table.c.withdrawn_version == 0).order_by(table.c.id).limit(MOST))
    return [_synonym(row) for row in rows]


def history(conn: Connection, before: int = 0, limit: int = 100) -> list[Synonym]:
    """Give all pairs that ever were, the newest first, those older than the number `before` (0: all)."""
    query = select(table).order_by(table.c.id.desc()).limit(limit)
    return [_synonym(row) for row in conn.execute(query.where(table.c.id < before) if before else query)]


def _check(conn: Connection, name: str, other: str) -> None:
    same = or_(
        and_(table.c.name == name, table.c.other == other), and_(table.c.name == other, table.c.other == name)
    )
    live = table.c.withdrawn_version == 0
    if conn.execute(select(table.c.id).where(live, same).limit(1)).first():
        raise BadRequest(
            "synonym_known", "이미 목록에 있는 말입니다.", "This pair of names is in the list already."
        )
    named = or_(table.c.name.in_((name, other)), table.c.other.in_((name, other)))
    counted = select(func.count()).select_from(table)
    of_name = conn.execute(counted.where(live, named)).scalar_one()
    if of_name >= MOST_OF_ONE_NAME or conn.execute(counted.where(live)).scalar_one() >= MOST:
        raise BadRequest(
            "synonyms_full",
            f"한 이름에 {MOST_OF_ONE_NAME}개, 모두 {MOST:,}개까지 넣을 수 있습니다.",
            f"A name takes {MOST_OF_ONE_NAME} pairs, and the list {MOST:,}.",
        )


def _subject(number: int) -> str:
    return f"synonym-{number}"


def _detail(one: Synonym) -> str:
    return f"{one.name} = {one.other} ({one.relation})"


def _synonym(row: Row[tuple[object, ...]]) -> Synonym:
    return Synonym(**row._mapping)
