"""The store of allowances: token buckets that a flood empties, and which fill again by themselves.

A bucket is one number: the second at which it is full again (the generic cell rate algorithm, which is a token
bucket without a count). Addresses are kept as digests with a salt of the day, which is forgotten with the day.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, delete, select

from repository.attempts import network
from repository.database import Transaction
from repository.reports.tables import report_bucket as table
from repository.reports.tables import report_salt
from repository.reports.words import Kind
from repository.upsert import upsert


class Bucket(NamedTuple):
    """How much may come at once, and the seconds after which one more may."""

    size: int
    seconds: int


# Readers of one library, pupils of one class come from one address.
BUCKETS: Mapping[str, Bucket] = {
    "address": Bucket(10, 360),
    # A flood of errors leaves room for requests for removal: each kind has its own.
    "site": Bucket(120, 30),
    "receiver": Bucket(5, 24 * 3600 // 5),
}


class Wanted(NamedTuple):
    """One use of a bucket: which kind of bucket, and whose."""

    bucket: str
    whose: str


def of_report(kind: Kind, address: str, email: str) -> list[Wanted]:
    """Say which buckets a report from a network address takes from; `email` gets a mail where there is one."""
    wanted = [Wanted("address", network(address)), Wanted("site", kind.value)]
    return [*wanted, Wanted("receiver", email)] if email else wanted


def left(conn: Connection, wanted: Sequence[Wanted], now: str) -> int:
    """Give the seconds until all of these may be taken from, and take nothing: for a flood no lock is waited for."""
    salt = conn.execute(select(report_salt.c.salt).where(report_salt.c.day == now[:10])).scalar() or ""
    moment = seconds(now)
    return max((_left(conn, one, salt, moment) for one in wanted), default=0)


def take(tx: Transaction, wanted: Sequence[Wanted]) -> int:
    """Take one from each bucket; or where one is empty take nothing, and give the seconds until it is not."""
    salt, moment = _salt(tx), seconds(tx.now)
    rows = sorted(
        (one.bucket, _subject(one, salt)) for one in wanted
    )  # one order, so that none wait in a ring
    full = {row: _hold(tx, *row) for row in rows}
    waits = [_wait(BUCKETS[bucket], full[bucket, subject], moment) for bucket, subject in rows]
    if any(waits):
        return max(waits)
    for bucket, subject in rows:
        later = max(full[bucket, subject], moment) + BUCKETS[bucket].seconds
        upsert(tx.conn, table, {"kind": bucket, "subject": subject, "full": later}, ["full"])
    return 0


def forget(tx: Transaction) -> int:
    """Delete the salts of days that are over, and buckets that are full; gives how many rows."""
    buckets = delete(table).where(table.c.full < seconds(tx.now))
    salts = delete(report_salt).where(report_salt.c.day < tx.now[:10])
    return tx.conn.execute(buckets).rowcount + tx.conn.execute(salts).rowcount


def seconds(stamp: str) -> int:
    """Read a UTC timestamp as seconds of Unix time."""
    return int(datetime.fromisoformat(stamp).timestamp())


def _salt(tx: Transaction) -> str:
    day = tx.now[:10]
    upsert(tx.conn, report_salt, {"day": day, "salt": secrets.token_hex(16)})
    return str(tx.conn.execute(select(report_salt.c.salt).where(report_salt.c.day == day)).scalar_one())


def _subject(one: Wanted, salt: str) -> str:
    return hmac.new(salt.encode(), f"{one.bucket}\0{one.whose}".encode(), hashlib.sha256).hexdigest()


def _hold(tx: Transaction, bucket: str, subject: str) -> int:
    """Read a bucket, made where there is none, and hold it till the transaction ends, where writers are many."""
    upsert(tx.conn, table, {"kind": bucket, "subject": subject, "full": 0})
    row = select(table.c.full).where(table.c.kind == bucket, table.c.subject == subject)
    return int(tx.conn.execute(row.with_for_update()).scalar_one())


def _left(conn: Connection, one: Wanted, salt: str, moment: int) -> int:
    row = select(table.c.full).where(table.c.kind == one.bucket, table.c.subject == _subject(one, salt))
    return _wait(BUCKETS[one.bucket], int(conn.execute(row).scalar() or 0), moment)


def _wait(bucket: Bucket, full: int, moment: int) -> int:
    return max(0, full - moment - (bucket.size - 1) * bucket.seconds)
