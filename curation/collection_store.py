"""The store of collections: a log of every version and of what became of it; the last entry holds.

An entry is a draft as it was read, or a publication or withdrawal of what was read before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

import msgspec
from sqlalchemy import Connection, Row, delete, func, insert, select

from curation import collection_works
from curation.collection_check import check
from curation.collections import Collection, Pick, Reference, Words
from curation.findings import Finding
from curation.tables import collection_version as table
from repository import sets
from repository.database import Transaction
from repository.errors import BadRequest, NotFound
from repository.item import canonical, digest
from repository.sets import Member, PublishedSet
from repository.shapes import Shape

_COLLECTION = Shape(Collection)

KIND = "collection"


class State(StrEnum):
    """What an entry says of the collection."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Version(msgspec.Struct, frozen=True):
    """One entry of a collection's log, counted from 1."""

    collection: Collection
    n: int
    digest: str
    state: State
    by: str
    at: str


class CollectionRefused(BadRequest):
    """A collection that may not be published; the findings say why."""

    def __init__(self, findings: list[Finding]) -> None:
        errors = [found for found in findings if found.is_error]
        super().__init__(
            "collection_refused",
            "; ".join(found.text("ko") for found in errors),
            "; ".join(found.text("en") for found in errors),
        )
        self.findings = findings


def save(tx: Transaction, collection: Collection, by: str) -> bool:
    """Keep a collection as a new draft where it differs from the last entry; tells whether it did."""
    last = latest(tx.conn, collection.slug)
    if last is not None and last.digest == digest(collection):
        return False
    _append(tx, collection, State.DRAFT, by)
    return True


def publish(tx: Transaction, slug: str, by: str) -> bool:
    """Open the last version of a collection to the public; tells whether anything was written.

    Raises NotFound where there is none, and CollectionRefused where its check finds errors.
    """
    last = get(tx.conn, slug)
    findings = check(last.collection, tx.conn)
    if any(found.is_error for found in findings):
        raise CollectionRefused(findings)
    wrote = last.state is not State.PUBLISHED
    if wrote:
        _append(tx, last.collection, State.PUBLISHED, by)
    return _publish_set(tx, last.collection) or wrote


def withdraw(tx: Transaction, slug: str, by: str) -> bool:
    """Close a collection to the public; tells whether it was open."""
    last = public(tx.conn, slug) or get(tx.conn, slug)
    sets.withdraw(tx, slug)
    if last.state is not State.PUBLISHED:
        return False
    _append(tx, last.collection, State.WITHDRAWN, by)
    return True


def remove(tx: Transaction, slug: str) -> None:
    """Forget a collection with its whole log (samples only)."""
    sets.withdraw(tx, slug)
    tx.conn.execute(delete(table).where(table.c.collection == slug))


def _append(tx: Transaction, collection: Collection, state: State, by: str) -> None:
    n = tx.conn.execute(
        select(func.coalesce(func.max(table.c.n), 0)).where(table.c.collection == collection.slug)
    ).scalar_one()
    values = {"collection": collection.slug, "n": n + 1, "state": state.value, "by": by, "at": tx.now}
    tx.conn.execute(insert(table).values(**values, digest=digest(collection), content=canonical(collection)))


def _publish_set(tx: Transaction, collection: Collection) -> bool:
    """Put the works, each once and in order, into the core's set of the same name."""
    ids = collection_works.resolve(tx.conn, collection.references())
    members = _members(collection, ids)
    shown = PublishedSet(
        id=collection.slug,
        kind=KIND,
        title_ko=collection.title.ko,
        title_en=collection.title.en,
        cover=ids[collection.cover],
        position=collection.position,
        published="",
    )
    return sets.publish(tx, shown, members)


def _members(collection: Collection, ids: Mapping[Reference, str]) -> list[Member]:
    """Name each work once, at its first place, with the reason of its pick where it has one."""
    picked = {
        ids[block.reference]: block.reason for _, block in collection.blocks() if isinstance(block, Pick)
    }
    said: dict[str, Words] = {}
    for _, reference, words in collection.works():
        item = ids[reference]
        said.setdefault(item, picked.get(item, words))
    return [Member(item, reason.ko, reason.en) for item, reason in said.items()]


def _version(row: Row[tuple[object, ...]]) -> Version:
    collection = _COLLECTION.read(row.content)
    return Version(collection, row.n, row.digest, State(row.state), row.by, row.at)


def latest(conn: Connection, slug: str) -> Version | None:
    """Give the last entry of a collection, or None."""
    row = conn.execute(
        select(table).where(table.c.collection == slug).order_by(table.c.n.desc()).limit(1)
    ).one_or_none()
    return None if row is None else _version(row)


def get(conn: Connection, slug: str) -> Version:
    """Give the last entry of a collection; NotFound where there is none."""
    last = latest(conn, slug)
    if last is None:
        raise NotFound("collection_unknown", f"없는 컬렉션입니다: {slug}", f"no such collection: {slug}")
    return last


def public(conn: Connection, slug: str) -> Version | None:
    """Give what the public was last told: a publication or a withdrawal, or None."""
    return public_many(conn, [slug]).get(slug)


def public_many(conn: Connection, slugs: Iterable[str]) -> dict[str, Version]:
    """Give what the public was last told of some collections, in one statement."""
    told = [State.PUBLISHED.value, State.WITHDRAWN.value]
    last = (
        select(table.c.collection, func.max(table.c.n).label("n"))
        .where(table.c.collection.in_(list(slugs)), table.c.state.in_(told))
        .group_by(table.c.collection)
        .subquery()
    )
    rows = conn.execute(
        select(table).join(last, (table.c.collection == last.c.collection) & (table.c.n == last.c.n))
    )
    return {row.collection: _version(row) for row in rows}


def every(conn: Connection) -> list[Version]:
    """Give the last entry of each collection, in the order in which they are shown."""
    last = select(table.c.collection, func.max(table.c.n).label("n")).group_by(table.c.collection).subquery()
    rows = conn.execute(
        select(table).join(last, (table.c.collection == last.c.collection) & (table.c.n == last.c.n))
    )
    return sorted(map(_version, rows), key=lambda one: (one.collection.position, one.collection.slug))
