"""Leases: of several processes, one at a time harvests a source, and asks a host.

A lease is a lock that the operating system, or PostgreSQL, holds for as long as its owner lives: it needs no clock
and no tidying up, and whoever is killed has given it back. With SQLite, whose database is one machine's, it is a
lock on a file in the data folder; with PostgreSQL, which machines with data folders of their own may share, an
advisory lock of a session. The file stays: to delete it would let two hold the same name.
"""

from __future__ import annotations

import fcntl
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

from sqlalchemy import func, select

from repository.memory import Memory

FOLDER = "leases"


@contextmanager
def lease(memory: Memory, *names: str) -> Iterator[bool]:
    """Hold the leases of all names while the block runs; gives False, and holds none, where one is taken."""
    hold = _session if memory.database.engine.dialect.name == "postgresql" else _files
    with hold(memory, names) as taken:
        yield taken


@contextmanager
def _files(memory: Memory, names: Sequence[str]) -> Iterator[bool]:
    """Hold locks on files, given back by word: a child just being started may have their descriptors, too."""
    folder = memory.settings.data_path / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as held:
        taken = True
        for name in names:
            path = folder / hashlib.sha256(name.encode()).hexdigest()[:32]
            file = held.enter_context(path.open("ab"))
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                held.close()
                taken = False
                break
            held.callback(fcntl.flock, file, fcntl.LOCK_UN)
        yield taken


@contextmanager
def _session(memory: Memory, names: Sequence[str]) -> Iterator[bool]:
    """Hold advisory locks in a session of its own, taken out of the pool.

    They are given back by word: the server learns of a closed connection only some time later.
    """
    keys = [int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True) for name in names]
    with memory.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
        conn.detach()
        taken = all(conn.execute(select(func.pg_try_advisory_lock(key))).scalar() for key in keys)
        try:
            if not taken:
                conn.execute(select(func.pg_advisory_unlock_all()))
            yield taken
        finally:
            conn.execute(select(func.pg_advisory_unlock_all()))
