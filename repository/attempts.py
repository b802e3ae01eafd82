"""The store of failed logins: per account and per address, each further failure makes wait twice as long.

An attempt is counted before the password is looked at and taken back when it was right, so that many at once are
counted as one after another. Accounts that do not exist are counted alike, by the digest of what was typed: somebody
may have typed a password there.
"""

from __future__ import annotations

import hashlib
import ipaddress
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update

from repository.database import Transaction, timestamp
from repository.people import email_of
from repository.tables import login_attempt as table
from repository.upsert import upsert

FREE = {"account": 5, "address": 30}  # failures before one has to wait; many people may share an address
FIRST_SECONDS = 30
LONGEST_SECONDS = 3600
FORGOTTEN = timedelta(days=1)


def begin(tx: Transaction, email: str, address: str) -> int:
    """Count an attempt to log in; or, where one has to wait, count nothing and give the seconds left."""
    old = timestamp(datetime.fromisoformat(tx.now) - FORGOTTEN)
    tx.conn.execute(delete(table).where(table.c.at < old))
    counted = {kind: _row(tx, kind, subject) for kind, subject in _subjects(email, address)}
    if left := max(_left(kind, row, tx.now) for kind, row in counted.items()):
        return left
    for kind, subject in _subjects(email, address):
        row = counted[kind]
        values = {"kind": kind, "subject": subject, "failures": row.failures + 1, "at": tx.now}
        upsert(tx.conn, table, values, ["failures", "at"])
    return 0


def succeed(tx: Transaction, email: str, address: str) -> None:
    """Take an attempt back that was right: the account is forgiven everything, the address this one."""
    forgive(tx, email)
    for kind, subject in _subjects(email, address):
        if kind == "address":
            tx.conn.execute(
                update(table)
                .where(table.c.kind == kind, table.c.subject == subject, table.c.failures > 0)
                .values(failures=table.c.failures - 1)
            )


def forgive(tx: Transaction, email: str) -> bool:
    """Forget the failures of an account; tells whether there were any."""
    done = tx.conn.execute(delete(table).where(table.c.kind == "account", table.c.subject == _account(email)))
    return done.rowcount > 0


def _subjects(email: str, address: str) -> Iterator[tuple[str, str]]:
    yield "account", _account(email)
    yield "address", network(address)


def _account(email: str) -> str:
    return hashlib.sha256(email_of(email).encode()).hexdigest()


def network(address: str) -> str:
    """Give the address, of IPv6 the network of 64 bits that one household or host has whole."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((int(parsed), 64), strict=False))


def _row(tx: Transaction, kind: str, subject: str) -> Any:
    """Read a count, made where there is none, and hold it till the transaction ends, where writers are many."""
    upsert(tx.conn, table, {"kind": kind, "subject": subject, "failures": 0, "at": tx.now})
    query = select(table).where(table.c.kind == kind, table.c.subject == subject).with_for_update()
    return tx.conn.execute(query).one()


def _left(kind: str, row: Any, now: str) -> int:
    if row.failures < FREE[kind]:
        return 0
    # Far beyond the longest wait the power of two need not be computed.
    doubled = min(row.failures - FREE[kind], 16)
    wait = timedelta(seconds=min(FIRST_SECONDS * 2**doubled, LONGEST_SECONDS))
    left = datetime.fromisoformat(row.at) + wait - datetime.fromisoformat(now)
    return max(0, int(left.total_seconds()))
