"""The store of mails on their way out: written in the transaction of what they tell, sent by the worker.

Each attempt moves the mail's turn on before it begins, so that no two workers send it at once, and a worker that is
killed has it tried again later: never lost, and twice only where the kill falls between the server's yes and ours;
both then bear one Message-ID. What was sent keeps neither address nor words.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import msgspec
from sqlalchemy import delete, insert, or_, select, update

from repository.database import Database, Transaction, timestamp
from repository.errors import TransferError
from repository.mail import Mail
from repository.reports.tables import mail as table

log = logging.getLogger(__name__)
FIRST_SECONDS = 120  # longer than any attempt takes
LONGEST_SECONDS = 6 * 3600
GIVEN_UP = timedelta(days=5)
KEPT = timedelta(days=30)
AT_ONCE = 100


class Waiting(msgspec.Struct, frozen=True):
    """A mail whose turn has come; `at` is when it was written."""

    id: int
    mail: Mail
    at: str


def put(tx: Transaction, receiver: str, subject: str, body: str, site: str) -> None:
    """Lay a mail out to be sent; `site` is the address whose host its Message-ID is of."""
    message = f"<{secrets.token_hex(12)}@{urlsplit(site).hostname or 'localhost'}>"
    values = {"message": message, "receiver": receiver, "subject": subject, "body": body}
    tx.conn.execute(insert(table).values(**values, at=tx.now, due=tx.now))


def send_due(database: Database, sender: str, send: Callable[[Mail], None]) -> int:
    """Send what is due, each in a turn of its own; gives how many were sent. What fails waits for its next turn."""
    sent = 0
    for _turn in range(AT_ONCE):
        waiting = _next(database, sender)
        if waiting is None:
            break
        try:
            send(waiting.mail)
        except TransferError as error:
            _failed(database, waiting, error.code)
            continue
        with database.write() as tx:
            _settle(tx, waiting.id, sent=tx.now)
        sent += 1
    return sent


def _next(database: Database, sender: str) -> Waiting | None:
    """Take the mail that is due first, and move its turn on; None where none is due."""
    query = (
        select(table)
        .where(table.c.sent == "", table.c.failed == "", table.c.due <= timestamp(database.clock()))
        .order_by(table.c.due, table.c.id)
        .limit(1)
    )
    with database.read() as conn:
        if conn.execute(query).first() is None:
            return None
    with database.write() as tx:
        row = tx.conn.execute(query.with_for_update(skip_locked=True)).first()
        if row is None:
            return None
        rest = min(FIRST_SECONDS * 2 ** min(row.attempts, 16), LONGEST_SECONDS)
        due = timestamp(datetime.fromisoformat(tx.now) + timedelta(seconds=rest))
        mine = update(table).where(table.c.id == row.id).values(attempts=row.attempts + 1, due=due)
        tx.conn.execute(mine)
    mail = Mail(row.message, sender, row.receiver, row.subject, row.body)
    return Waiting(row.id, mail, row.at)


def _failed(database: Database, waiting: Waiting, code: str) -> None:
    log.warning("mail not sent", extra={"mail": waiting.id, "code": code})
    with database.write() as tx:
        old = timestamp(datetime.fromisoformat(tx.now) - GIVEN_UP)
        if code == "mail_refused" or waiting.at < old:
            _settle(tx, waiting.id, failed=tx.now)


def _settle(tx: Transaction, number: int, **ended: str) -> None:
    values = {**ended, "receiver": "", "subject": "", "body": ""}
    tx.conn.execute(update(table).where(table.c.id == number).values(values))


def forget(tx: Transaction) -> int:
    """Delete mails that were sent, or given up, a while ago; gives how many."""
    old = timestamp(datetime.fromisoformat(tx.now) - KEPT)
    ended = or_(table.c.sent != "", table.c.failed != "")
    return tx.conn.execute(delete(table).where(ended, table.c.at < old)).rowcount
