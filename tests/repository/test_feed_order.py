"""Four processes write while one reads the feed: no change is missed or doubled, and numbers come in order."""

from __future__ import annotations

import multiprocessing
import random
import time
from multiprocessing.synchronize import Event

from repository import changes, identities, items
from repository.database import Database
from repository.identities import IdentityState
from repository.item import Description, Item, Title

WRITERS = 4
TRANSACTIONS = 60


def write(url: str, writer: int, start: Event) -> None:
    """Save items in transactions of random length, with pauses between the writing and the commit."""
    database = Database(url)
    chance = random.Random(writer)
    start.wait()
    for number in range(TRANSACTIONS):
        with database.write() as tx:
            for place in range(chance.randint(1, 4)):
                item_id = identities.identify(tx, "s", f"{writer}-{number}-{place}", IdentityState.LIVE)
                items.save(tx, Item(item_id, "s", "l", "p", "h", Description(titles=(Title(str(number)),))))
            time.sleep(chance.random() * 0.004)
    database.close()


def test_a_reader_sees_every_change_once_and_in_order(database: Database) -> None:
    context = multiprocessing.get_context("spawn")
    start = context.Event()
    writers = [context.Process(target=write, args=(database.url, number, start)) for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    start.set()
    seen: list[changes.Change] = []
    finished = False
    while not finished:
        finished = not any(writer.is_alive() for writer in writers)
        with database.read() as conn:
            while batch := changes.since(conn, seen[-1].number if seen else 0, 50):
                seen += batch
    assert [writer.exitcode for writer in writers] == [0] * WRITERS
    assert [change.number for change in seen] == list(range(1, len(seen) + 1))
    with database.read() as conn:
        assert sorted(change.item for change in seen) == sorted(items.iter_ids(conn))
