"""The store of sets: ordered memberships that topic collections and data sets publish themselves into.

One notion behind the collection page, the IIIF Collection, the search facet and the OAI set. What an
institution holds is read by the item's holder, and needs no rows here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
from sqlalchemy import Connection, Row, delete, func, insert, select

from repository.database import Transaction
from repository.item import digest
from repository.tables import set_member
from repository.tables import sets as table
from repository.upsert import upsert


class Member(msgspec.Struct, frozen=True):
    """An item in a set, with the reason why, in both languages (empty where the set gives none)."""

    item: str
    reason_ko: str = ""
    reason_en: str = ""


class PublishedSet(msgspec.Struct, frozen=True):
    """A published set; `kind` is collection or dataset, `cover` an item id, `size` the number of members."""

    id: str
    kind: str
    title_ko: str
    title_en: str
    cover: str
    position: int
    published: str
    size: int = 0

    def title(self, language: str) -> str:
        """Give its title in the reader's language."""
        return self.title_ko if language.startswith("ko") else self.title_en


def publish(tx: Transaction, published: PublishedSet, members: Sequence[Member]) -> bool:
    """Write a set and its members where anything differs; every item that came or went is touched."""
    new = digest(
        [
            published.kind,
            published.title_ko,
            published.title_en,
            published.cover,
            published.position,
            list(members),
        ]
    )
    if tx.conn.execute(select(table.c.digest).where(table.c.id == published.id)).scalar() == new:
        return False
    values = {
        "id": published.id,
        "kind": published.kind,
        "title_ko": published.title_ko,
        "title_en": published.title_en,
        "cover": published.cover,
        "position": published.position,
        "digest": new,
        "published": tx.now,
    }
    upsert(tx.conn, table, values, [name for name in values if name != "id"])
    before = set(tx.conn.execute(select(set_member.c.item).where(set_member.c.set == published.id)).scalars())
    tx.conn.execute(delete(set_member).where(set_member.c.set == published.id))
    rows = [
        {
            "set": published.id,
            "position": place,
            "item": member.item,
            "reason_ko": member.reason_ko,
            "reason_en": member.reason_en,
        }
        for place, member in enumerate(members)
    ]
    if rows:
        tx.conn.execute(insert(set_member), rows)
    for item in before ^ {member.item for member in members}:
        tx.touch(item, "set")
    return True


def withdraw(tx: Transaction, set_id: str) -> bool:
    """Remove a set from the public; the arm that published it keeps its history."""
    for item in tx.conn.execute(select(set_member.c.item).where(set_member.c.set == set_id)).scalars().all():
        tx.touch(item, "set")
    tx.conn.execute(delete(set_member).where(set_member.c.set == set_id))
    return tx.conn.execute(delete(table).where(table.c.id == set_id)).rowcount > 0


def _published(row: Row[tuple[object, ...]]) -> PublishedSet:
    return PublishedSet(
        row.id, row.kind, row.title_ko, row.title_en, row.cover, row.position, row.published, row.size
    )


_counted = set_member.alias("counted")
_SIZE = (
    select(func.count()).where(_counted.c.set == table.c.id).correlate(table).scalar_subquery().label("size")
)


def of_kind(conn: Connection, kind: str, limit: int = 100) -> list[PublishedSet]:
    """Give the sets of a kind in their order."""
    rows = conn.execute(
        select(table, _SIZE).where(table.c.kind == kind).order_by(table.c.position, table.c.id).limit(limit)
    )
    return [_published(row) for row in rows]


def find(conn: Connection, set_id: str) -> PublishedSet | None:
    """Give one set, or None."""
    row = conn.execute(select(table, _SIZE).where(table.c.id == set_id)).one_or_none()
    return None if row is None else _published(row)


def members(conn: Connection, set_id: str, after: int = -1, limit: int = 200) -> list[Member]:
    """Give the members of a set in order, after a position (from 0)."""
    rows = conn.execute(
        select(set_member)
        .where(set_member.c.set == set_id, set_member.c.position > after)
        .order_by(set_member.c.position)
        .limit(limit)
    )
    return [Member(row.item, row.reason_ko, row.reason_en) for row in rows]


def of_items(
    conn: Connection, items: Iterable[str], kind: str = "collection"
) -> dict[str, list[PublishedSet]]:
    """Give the sets that some items are in, in one statement."""
    rows = conn.execute(
        select(set_member.c.item, table, _SIZE)
        .join(table, table.c.id == set_member.c.set)
        .where(set_member.c.item.in_(list(items)), table.c.kind == kind)
        .order_by(table.c.position, table.c.id)
    )
    result: dict[str, list[PublishedSet]] = {}
    for row in rows:
        result.setdefault(row.item, []).append(_published(row))
    return result
