"""Keeping a page: its records into the store, items out of intake, and the bytes of whatever made no record.

All that a page will ask of the database is read beforehand, in some fifteen statements, and written behind it in
as many; in between, records are worked one by one in memory.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from harvest import records
from harvest.crosswalks import VERSION
from harvest.oai_xml import HarvestedRecord, Page
from harvest.reading import read_item
from harvest.records import Receipt, RecordState
from harvest.source import Source
from repository import identities, intake
from repository.database import Transaction
from repository.identities import IdentityState
from repository.intake import Context


def keep_page(
    tx: Transaction, context: Context, source: Source, run: int, prefix: str, page: Page
) -> Counter[str]:
    """Keep all of a page; its records and what was quarantined of it both count as received."""
    received_now = len(page.records) + len(page.quarantined)
    counts: Counter[str] = Counter(received=received_now, repaired=int(page.repaired))
    for found in page.quarantined:
        records.put_aside(tx, run, source.id, prefix, found)
        counts["quarantined"] += 1
    waiting = {held.local_id for held in records.quarantined(tx.conn, source.id) if held.prefix == prefix}
    _hold(tx, source.id, page.records)
    for received in page.records:
        counts[_keep(tx, context, source, run, received).value] += 1
    for identifier in waiting & {received.identifier for received in page.records}:
        records.resolve(tx, source.id, prefix, identifier)
    return counts


def _hold(tx: Transaction, source: str, received: Sequence[HarvestedRecord]) -> None:
    names = [one.identifier for one in received]
    identities.hold(tx, source, names)
    known = [identities.known(tx, source, name) or identities.first_id(source, name) for name in names]
    records.hold(tx, known, [records.digest_of(one) for one in received])
    intake.hold(tx, known)


def _keep(tx: Transaction, context: Context, source: Source, run: int, received: HarvestedRecord) -> Receipt:
    """Keep one record and make its item; a record that says nothing new writes nothing."""
    item = identities.known(tx, source.id, received.identifier)
    old = records.find(tx, item, received.prefix) if item else None
    if old is not None and records.is_known(tx, old, received):
        if old.read_by != VERSION:
            read_item(tx, context, source, old.item)
        return Receipt.UNCHANGED
    if item is None or old is None:
        state = IdentityState.DELETED if received.deleted else IdentityState.LIVE
        item = identities.identify(tx, source.id, received.identifier, state)
    state_now = RecordState.DELETED if received.deleted else RecordState.LIVE
    records.keep(tx, run, source.id, item, received, old, state_now, VERSION)
    read_item(tx, context, source, item)
    if received.deleted:
        return Receipt.DELETED
    now = records.find(tx, item, received.prefix)
    if now is not None and now.state is RecordState.PARKED:
        return Receipt.PARKED
    return Receipt.NEW if old is None else Receipt.CHANGED
