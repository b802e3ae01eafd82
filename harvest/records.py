"""The store of records as received: identity, versions, raw bytes by digest, and quarantined bytes."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from types import SimpleNamespace
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, func, select, update

from harvest.oai_xml import HarvestedRecord, Page, Quarantined
from harvest.tables import payload, quarantine, record, record_version, repaired_page, run, run_change, window
from repository.database import Transaction
from repository.upsert import upsert

_ITEM = record.c.item
_RECORD = record_version.c.record
_DIGEST = payload.c.digest


class RecordState(StrEnum):
    """How the current version of a record stands."""

    LIVE = "live"
    DELETED = "deleted"
    PARKED = "parked"


class Receipt(StrEnum):
    """What receiving a record did; these and what was quarantined are all that a run received."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    DELETED = "deleted"
    PARKED = "parked"


class StoredRecord(msgspec.Struct, frozen=True):
    """A record as it stands: `read_by` names the crosswalks that read it last."""

    id: int
    item: str
    source: str
    local_id: str
    prefix: str
    state: RecordState
    version: int
    read_by: str


class StoredQuarantine(msgspec.Struct, frozen=True):
    """Bytes that made no record, and why."""

    id: int
    source: str
    prefix: str
    digest: str
    local_id: str
    reason: str
    at: str


class RepairedPage(msgspec.Struct, frozen=True):
    """A page that had to be repaired before it could be read: its bytes' digest, and the codes of what was done."""

    run: int
    prefix: str
    digest: str
    repairs: tuple[str, ...]
    at: str


def hold(tx: Transaction, items: Iterable[str], digests: Iterable[str] = ()) -> None:
    """Read at once the records of many items, their versions, and their bytes; `digests` are of more bytes."""
    ids = list(items)
    tx.hold(_ITEM, ids)
    numbers = [row.id for item in ids for row in tx.rows(_ITEM, item)]
    tx.hold(_RECORD, numbers)
    current = [row.payload for number in numbers for row in tx.rows(_RECORD, number)]
    tx.hold(_DIGEST, filter(None, [*digests, *current]))


def of_item(tx: Transaction, item: str) -> list[StoredRecord]:
    """Give the records of an item in all formats."""
    return [_record(row) for row in tx.rows(_ITEM, item)]


def find(tx: Transaction, item: str, prefix: str) -> StoredRecord | None:
    """Give the record of an item in one format, or None."""
    return next((_record(row) for row in tx.rows(_ITEM, item) if row.prefix == prefix), None)


def _record(row: Any) -> StoredRecord:
    return StoredRecord(
        row.id,
        row.item,
        row.source,
        row.local_id,
        row.prefix,
        RecordState(row.state),
        row.version,
        row.read_by,
    )


def is_known(tx: Transaction, old: StoredRecord, received: HarvestedRecord) -> bool:
    """Tell whether a received record says nothing that its current version does not."""
    row = _version(tx, old)
    same_sets = row.sets == "\n".join(received.sets)
    return bool(row.deleted) == received.deleted and row.payload == digest_of(received) and same_sets


def _version(tx: Transaction, stored: StoredRecord) -> SimpleNamespace:
    versions = tx.rows(_RECORD, stored.id)
    return next(row for row in versions if row.n == stored.version)


def digest_of(received: HarvestedRecord) -> str:
    """Give the digest of a record's bytes; empty for a deletion."""
    return "" if received.deleted else hashlib.sha256(received.payload).hexdigest()


def keep(
    tx: Transaction,
    run: int,
    source: str,
    item: str,
    received: HarvestedRecord,
    old: StoredRecord | None,
    state: RecordState,
    read_by: str,
    *,
    repaired: bool = False,
) -> None:
    """Keep a received record as the newest version of its identity, its bytes once per digest.

    `repaired` says that the page it came on had to be mended before it could be read.
    """
    digest = digest_of(received)
    if digest and not tx.rows(_DIGEST, digest):
        packed = zlib.compress(received.payload, 6)
        tx.add(payload, {"digest": digest, "bytes": packed, "size": len(received.payload)}, lenient=True)
    version = 1 if old is None else old.version + 1
    values = {"state": state.value, "version": version, "read_by": read_by}
    if old is None:
        number = tx.number(record)
        tx.hold_none(_RECORD, number)
        named = {"source": source, "local_id": received.identifier, "prefix": received.prefix}
        tx.add(record, {"id": number, "item": item, **named, **values})
    else:
        number = old.id
        tx.change(record, _row(tx, old), values)
    said = {"datestamp": received.datestamp[:64], "sets": "\n".join(received.sets)}
    where = {"record": number, "n": version, "payload": digest, "run": run}
    tx.add(record_version, {**where, **said, "deleted": int(received.deleted), "repairs": int(repaired)})


def keep_page(tx: Transaction, run: int, source: str, prefix: str, page: Page) -> None:
    """Keep the bytes of a page that had to be repaired, as they were sent."""
    digest = hashlib.sha256(page.raw).hexdigest()
    upsert(tx.conn, payload, {"digest": digest, "bytes": zlib.compress(page.raw, 6), "size": len(page.raw)})
    where = {"run": run, "source": source, "prefix": prefix, "digest": digest}
    upsert(tx.conn, repaired_page, {**where, "repairs": " ".join(page.repairs), "at": tx.now})


def repaired_pages(conn: Connection, source: str, limit: int = 100) -> list[RepairedPage]:
    """Give the newest pages of a source that had to be repaired."""
    query = select(repaired_page).where(repaired_page.c.source == source)
    rows = conn.execute(query.order_by(repaired_page.c.id.desc()).limit(limit))
    return [RepairedPage(row.run, row.prefix, row.digest, tuple(row.repairs.split()), row.at) for row in rows]


def set_state(tx: Transaction, stored: StoredRecord, state: RecordState, read_by: str) -> None:
    """Note what reading a record again made of it; writes only where that differs."""
    if (stored.state, stored.read_by) != (state, read_by):
        tx.change(record, _row(tx, stored), {"state": state.value, "read_by": read_by})


def _row(tx: Transaction, stored: StoredRecord) -> SimpleNamespace:
    return next(row for row in tx.rows(_ITEM, stored.item) if row.id == stored.id)


def raw_within(tx: Transaction, stored: StoredRecord) -> bytes:
    """Give the bytes of a record's current version in a transaction; empty for a deletion or erased bytes."""
    held = tx.row(_DIGEST, _version(tx, stored).payload)
    return zlib.decompress(held.bytes) if held and held.bytes else b""


def raw(conn: Connection, stored: StoredRecord) -> bytes:
    """Give the bytes of a record's current version; empty for a deletion or erased bytes."""
    packed = conn.execute(
        select(payload.c.bytes)
        .join(record_version, record_version.c.payload == payload.c.digest)
        .where(record_version.c.record == stored.id, record_version.c.n == stored.version)
    ).scalar()
    return zlib.decompress(packed) if packed else b""


def names(conn: Connection, source: str, prefix: str, chunk: int = 5000) -> Iterator[tuple[str, RecordState]]:
    """Give the local ids of a source's records in one format, with their states, in keyset chunks."""
    last = ""
    mine = record.c.source == source, record.c.prefix == prefix
    query = select(record.c.local_id, record.c.state).where(*mine).order_by(record.c.local_id).limit(chunk)
    while rows := conn.execute(query.where(record.c.local_id > last)).all():
        yield from ((row.local_id, RecordState(row.state)) for row in rows)
        last = rows[-1].local_id


def undeleted(conn: Connection, source: str, prefix: str) -> int:
    """Count the records of a source in one format that it has not deleted."""
    mine = record.c.source == source, record.c.prefix == prefix, record.c.state != RecordState.DELETED.value
    return int(conn.execute(select(func.count()).select_from(record).where(*mine)).scalar_one())


def are_known(conn: Connection, source: str, prefix: str, local_ids: Iterable[str]) -> bool:
    """Tell whether any of some local ids is that of a record kept in this format."""
    mine = record.c.source == source, record.c.prefix == prefix, record.c.local_id.in_(list(local_ids))
    return conn.execute(select(record.c.id).where(*mine).limit(1)).first() is not None


def iter_items(conn: Connection, source: str = "", chunk: int = 500) -> Iterator[str]:
    """Give the item ids of all records, of one source or of all, in keyset chunks."""
    last = ""
    query = select(record.c.item).distinct().order_by(record.c.item).limit(chunk)
    if source:
        query = query.where(record.c.source == source)
    while rows := conn.execute(query.where(record.c.item > last)).scalars().all():
        yield from rows
        last = rows[-1]


def parked(conn: Connection, source: str = "", limit: int = 1000) -> list[StoredRecord]:
    """Give parked records, of one source or of all."""
    query = (
        select(record).where(record.c.state == RecordState.PARKED.value).order_by(record.c.id).limit(limit)
    )
    return [_record(row) for row in conn.execute(query.where(record.c.source == source) if source else query)]


def put_aside(tx: Transaction, run: int, source: str, prefix: str, found: Quarantined) -> bool:
    """Keep the bytes of something that made no record, once; tells whether they were new."""
    digest = hashlib.sha256(found.raw).hexdigest()
    upsert(tx.conn, payload, {"digest": digest, "bytes": zlib.compress(found.raw, 6), "size": len(found.raw)})
    return upsert(
        tx.conn,
        quarantine,
        {
            "source": source,
            "prefix": prefix,
            "digest": digest,
            "local_id": found.identifier,
            "reason": found.reason,
            "run": run,
            "at": tx.now,
            "resolved": "",
        },
    )


def quarantined(conn: Connection, source: str = "") -> list[StoredQuarantine]:
    """Give what is in quarantine and not resolved."""
    query = select(quarantine).where(quarantine.c.resolved == "").order_by(quarantine.c.id)
    rows = conn.execute(query.where(quarantine.c.source == source) if source else query)
    return [
        StoredQuarantine(row.id, row.source, row.prefix, row.digest, row.local_id, row.reason, row.at)
        for row in rows
    ]


def waiting(conn: Connection, source: str, prefix: str, local_ids: Sequence[str]) -> set[str]:
    """Tell which of some local ids have bytes in quarantine that are not resolved."""
    found: set[str] = set()
    mine = quarantine.c.source == source, quarantine.c.prefix == prefix, quarantine.c.resolved == ""
    for start in range(0, len(local_ids), 500):
        these = quarantine.c.local_id.in_(local_ids[start : start + 500])
        found.update(conn.execute(select(quarantine.c.local_id).where(*mine, these)).scalars())
    return found


def quarantined_bytes(conn: Connection, digest: str) -> bytes:
    """Give the raw bytes of something in quarantine."""
    packed = conn.execute(select(payload.c.bytes).where(payload.c.digest == digest)).scalar()
    return zlib.decompress(packed) if packed else b""


def resolve(tx: Transaction, source: str, prefix: str, local_id: str) -> bool:
    """Release from quarantine what has since arrived whole; tells whether there was anything."""
    done = tx.conn.execute(
        update(quarantine)
        .where(
            quarantine.c.source == source,
            quarantine.c.prefix == prefix,
            quarantine.c.local_id == local_id,
            quarantine.c.resolved == "",
        )
        .values(resolved=tx.now)
    )
    return done.rowcount > 0


def remove_source(tx: Transaction, source: str) -> None:
    """Delete a source's records, raw bytes and ledger (samples only)."""
    mine = select(record.c.id).where(record.c.source == source)
    digests = set(
        tx.conn.execute(select(record_version.c.payload).where(record_version.c.record.in_(mine))).scalars()
    )
    for table in (quarantine, repaired_page):
        digests |= set(tx.conn.execute(select(table.c.digest).where(table.c.source == source)).scalars())
    tx.conn.execute(
        delete(run_change).where(run_change.c.run.in_(select(run.c.id).where(run.c.source == source)))
    )
    tx.conn.execute(delete(record_version).where(record_version.c.record.in_(mine)))
    for table in (record, quarantine, repaired_page, window, run):
        tx.conn.execute(delete(table).where(table.c.source == source))
    needed = select(record_version.c.payload).union(
        select(quarantine.c.digest), select(repaired_page.c.digest)
    )
    tx.conn.execute(delete(payload).where(payload.c.digest.in_(digests), payload.c.digest.not_in(needed)))
