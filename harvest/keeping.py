"""Keeping a page: its records into the store, items out of intake, and the bytes of whatever made no record.

All that a page will ask of the database is read beforehand, in some fifteen statements, and written behind it in
as many; in between, records are worked one by one in memory.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from harvest import ledger, records
from harvest.crosswalks import version
from harvest.ledger import Window
from harvest.oai_xml import HarvestedRecord, Page
from harvest.reading import read_item
from harvest.records import Receipt, RecordState
from harvest.source import Source
from repository import identities, intake
from repository.database import Transaction
from repository.identities import IdentityState
from repository.intake import Context

# What something was written for.
WRITTEN = (Receipt.NEW, Receipt.CHANGED, Receipt.PARKED)


def keep_page(
    tx: Transaction, context: Context, source: Source, run: int, prefix: str, page: Page
) -> Counter[str]:
    """Keep all of a page; its records and what was quarantined of it both count as received."""
    received_now = len(page.records) + len(page.quarantined)
    counts: Counter[str] = Counter(received=received_now, repaired=int(page.repaired))
    for found in page.quarantined:
        records.put_aside(tx, run, source.id, prefix, found)
        counts["quarantined"] += 1
    waiting = records.waiting(tx.conn, source.id, prefix, [received.identifier for received in page.records])
    _hold(tx, source.id, page.records)
    reader = version(source.mapping)
    for received in page.records:
        counts[_keep(tx, context, source, run, received, reader, page.repaired).value] += 1
    if page.repaired and any(counts[receipt.value] for receipt in WRITTEN):
        records.keep_page(tx, run, source.id, prefix, page)
    for identifier in waiting:
        records.resolve(tx, source.id, prefix, identifier)
    return counts


def compare_page(tx: Transaction, source: Source, window: Window, page: Page) -> Counter[str]:
    """Tell what keeping a page would do, and note it; writes nothing else."""
    counts: Counter[str] = Counter(
        received=len(page.records) + len(page.quarantined),
        repaired=int(page.repaired),
        quarantined=len(page.quarantined),
    )
    noted: dict[str, list[str]] = defaultdict(list)
    _hold(tx, source.id, page.records)
    for received in page.records:
        receipt = _would_be(tx, source, received)
        counts[receipt.value] += 1
        noted[receipt.value].append(received.identifier)
    for receipt in (Receipt.NEW, Receipt.CHANGED, Receipt.DELETED):
        ledger.note_changes(tx, window.run, receipt.value, window.prefix, noted[receipt.value])
    return counts


def _would_be(tx: Transaction, source: Source, received: HarvestedRecord) -> Receipt:
    item = identities.known(tx, source.id, received.identifier)
    old = records.find(tx, item, received.prefix) if item else None
    if old is None:
        return Receipt.DELETED if received.deleted else Receipt.NEW
    if records.is_known(tx, old, received):
        return Receipt.UNCHANGED
    return Receipt.DELETED if received.deleted else Receipt.CHANGED


def _hold(tx: Transaction, source: str, received: Sequence[HarvestedRecord]) -> None:
    names = [one.identifier for one in received]
    identities.hold(tx, source, names)
    known = [identities.known(tx, source, name) or identities.first_id(source, name) for name in names]
    records.hold(tx, known, [records.digest_of(one) for one in received])
    intake.hold(tx, known)


def _keep(
    tx: Transaction,
    context: Context,
    source: Source,
    run: int,
    received: HarvestedRecord,
    reader: str,
    repaired: bool,
) -> Receipt:
    """Keep one record and make its item; a record that says nothing new writes nothing."""
    item = identities.known(tx, source.id, received.identifier)
    old = records.find(tx, item, received.prefix) if item else None
    if old is not None and records.is_known(tx, old, received):
        if old.read_by != reader:
            read_item(tx, context, source, old.item)
        return Receipt.UNCHANGED
    if item is None or old is None:
        state = IdentityState.DELETED if received.deleted else IdentityState.LIVE
        item = identities.identify(tx, source.id, received.identifier, state)
    state_now = RecordState.DELETED if received.deleted else RecordState.LIVE
    records.keep(tx, run, source.id, item, received, old, state_now, reader, repaired=repaired)
    read_item(tx, context, source, item)
    if received.deleted:
        return Receipt.DELETED
    now = records.find(tx, item, received.prefix)
    if now is not None and now.state is RecordState.PARKED:
        return Receipt.PARKED
    return Receipt.NEW if old is None else Receipt.CHANGED
