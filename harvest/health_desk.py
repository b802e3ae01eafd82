"""The worker's part in what people ask for: approved runs are carried out, requests done, each source in a thread.

The threads are daemons, as those of `harvest.many` are: a worker that ends leaves everything to be found again.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from threading import Thread

from harvest import health_requests, holding, ledger, many, run, sources
from harvest.health_requests import Request, RequestKind
from harvest.source import Source
from repository.errors import KoreanMemoryError
from repository.memory import Memory

log = logging.getLogger(__name__)
# After an approved run that came to no end, so long is its source left alone.
REST = timedelta(minutes=10)


class Desk:
    """Does what was asked for, for as long as its process lives; one for each worker."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._working: dict[str, Thread] = {}  # by host: two sources of one would only find its lease taken
        self._rests: dict[str, datetime] = {}

    def tick(self) -> int:
        """Begin with what may begin now; tells with how many sources."""
        now = self._memory.database.clock()
        self._working = {host: thread for host, thread in self._working.items() if thread.is_alive()}
        begun = 0
        for source in self._wanted():
            free, host = len(self._working) < self._memory.settings.harvest_at_once, many.host_of(source)
            if not free or host in self._working or self._rests.get(source.id, now) > now:
                continue
            thread = Thread(target=self._do, args=(source,), name=f"asked {source.id}", daemon=True)
            self._working[host] = thread
            thread.start()
            begun += 1
        return begun

    def _wanted(self) -> list[Source]:
        """Give the sources with something to do; requests to sources that are no more are forgotten."""
        with self._memory.database.read() as conn:
            requests, approved = health_requests.waiting(conn), ledger.approved(conn)
            if not requests and not approved:
                return []
            known = {source.id: source for source in sources.every(conn)}
        for request in requests:
            if request.source not in known:
                self._forget(request)
        wanted = [*(one.source for one in approved), *(one.source for one in requests)]
        return [known[name] for name in dict.fromkeys(wanted) if name in known]

    def _do(self, source: Source) -> None:
        """Do all that a source waits for, unless another process is at it or its host."""
        with many.held(self._memory, source) as taken:
            if not taken:
                return
            with self._memory.database.read() as conn:
                approved = [one for one in ledger.approved(conn) if one.source == source.id]
                requests = health_requests.waiting(conn, source.id)
            for one in approved:
                try:
                    holding.carry_out(self._memory, one)
                except KoreanMemoryError as error:
                    log.warning("not carried out", extra={"source": source.id, "code": error.code})
                    self._rests[source.id] = self._memory.database.clock() + REST
            for request in requests:
                self._answer(request)

    def _answer(self, request: Request) -> None:
        """Do a request once: an error of any kind is told, and does not bring it back; only a kill does."""
        try:
            if request.kind is RequestKind.HARVEST:
                run.harvest(self._memory, request.source)
            else:
                run.rehearse(self._memory, request.source)
        except KoreanMemoryError as error:
            log.warning("request failed", extra={"source": request.source, "code": error.code})
        finally:
            self._forget(request)

    def _forget(self, request: Request) -> None:
        with self._memory.database.write() as tx:
            health_requests.done(tx, request)
