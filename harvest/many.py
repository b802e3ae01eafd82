"""Many sources at once: each in a thread, never two on one host, and none stopped by another's failure.

The threads are daemons. A process that ends leaves a run where it is, as a kill would, and the next goes on there;
so nobody has to wait for a slow server to stop.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from threading import Event, Thread
from urllib.parse import urlsplit

import msgspec

from harvest import run
from harvest.leases import lease
from harvest.ledger import Run
from harvest.source import Source, is_http
from harvest.work import Progress
from repository.errors import KoreanMemoryError
from repository.memory import Memory

log = logging.getLogger(__name__)
STOP_SECONDS = 10.0
BUSY, STOPPED, BROKEN = "source_busy", "harvest_stopped", "harvest_broken"
TEXTS = {
    BUSY: (
        "다른 프로세스가 이 수집처나 그 서버에서 수집하고 있어 그대로 두었습니다.",
        "Another process is harvesting it, or its host; it was left alone.",
    ),
    STOPPED: (
        "멈추라고 하여 멈추었습니다. 다음 수집이 이어 갑니다.",
        "It was told to stop; the next harvest goes on there.",
    ),
    BROKEN: ("뜻밖의 오류로 멈추었습니다.", "It stopped with an error that nobody expected; the log has it."),
}
Show = Callable[[str], Progress]


class Outcome(msgspec.Struct, frozen=True):
    """What came of harvesting one source: its run as it ended, or the code and texts of why there is none."""

    source: str
    run: Run | None = None
    code: str = ""
    ko: str = ""
    en: str = ""


class _Stopped(Exception):
    """Raised behind a page that is kept, to leave the run where it is."""


class Crew:
    """Threads that harvest: at most `at_once`, and one on each host; `show` gives the progress of a source."""

    def __init__(
        self, memory: Memory, at_once: int, *, full: bool = False, show: Show = lambda _: lambda _: None
    ) -> None:
        self._memory, self._at_once, self._full, self._show = memory, max(1, at_once), full, show
        self._waiting: dict[str, Source] = {}
        self._working: dict[str, tuple[Source, Thread]] = {}
        self._done: SimpleQueue[Outcome] = SimpleQueue()
        self._stop = Event()

    @property
    def busy(self) -> set[str]:
        """The ids of the sources that wait or are worked at."""
        return {*self._waiting, *(source.id for source, _ in self._working.values())}

    def add(self, sources: Iterable[Source]) -> None:
        """Take on sources, those left out that are taken on already."""
        busy = self.busy
        self._waiting.update({source.id: source for source in sources if source.id not in busy})

    def drop(self) -> None:
        """Take on no longer what has not begun."""
        self._waiting.clear()

    def turn(self) -> int:
        """Begin with whatever may begin now; tells with how many."""
        begun = 0
        for source in list(self._waiting.values()):
            host = host_of(source)
            if host in self._working or len(self._working) >= self._at_once:
                continue
            del self._waiting[source.id]
            thread = Thread(target=self._work, args=(source, host), name=f"harvest {source.id}", daemon=True)
            self._working[host] = source, thread
            thread.start()
            begun += 1
        return begun

    def next(self, timeout: float | None = None) -> Outcome | None:
        """Give an outcome, waiting for one at most so many seconds; None where there is none by then."""
        try:
            outcome = self._done.get(timeout=timeout)
        except Empty:
            return None
        self._working = {host: held for host, held in self._working.items() if held[0].id != outcome.source}
        return outcome

    def stop(self) -> None:
        """Begin with nothing more, and give those at work a moment to end behind the page that they are at."""
        self.drop()
        self._stop.set()
        deadline = time.monotonic() + STOP_SECONDS
        for _, thread in self._working.values():
            thread.join(max(0.0, deadline - time.monotonic()))

    def _work(self, source: Source, host: str) -> None:
        """Harvest one source; whatever happens, the crew is told, and what nobody expected goes to the log."""
        outcome = _failed(source.id, BROKEN)
        try:
            outcome = self._harvest(source, host)
        except _Stopped:
            outcome = _failed(source.id, STOPPED)
        finally:
            if outcome.code == BROKEN:
                log.error("harvest broke", extra={"source": source.id}, exc_info=True)
            self._done.put(outcome)

    def _harvest(self, source: Source, host: str) -> Outcome:
        show = self._show(source.id)

        def progress(by: int) -> None:
            show(by)
            if self._stop.is_set():
                raise _Stopped

        with held(self._memory, source, host) as taken:
            if not taken:
                return _failed(source.id, BUSY)
            try:
                done = run.harvest(self._memory, source.id, full=self._full, progress=progress)
                return Outcome(source.id, done)
            except KoreanMemoryError as error:
                log.warning("harvest failed", extra={"source": source.id, "code": error.code})
                return Outcome(source.id, None, error.code, error.ko, error.en)


@contextmanager
def held(memory: Memory, source: Source, host: str = "") -> Iterator[bool]:
    """Hold the leases of a source and of its host; gives False where another process has one of them."""
    with lease(memory, f"source {source.id}", f"host {host or host_of(source)}") as taken:
        yield taken


def host_of(source: Source) -> str:
    """Name the host that a source is asked on; a source that is no server is a host of its own."""
    name = urlsplit(source.endpoint).hostname if is_http(source.endpoint) else None
    return name or f"no host: {source.id}"


def harvest_all(
    memory: Memory,
    sources: Iterable[Source],
    at_once: int,
    *,
    full: bool = False,
    show: Show = lambda _: lambda _: None,
) -> list[Outcome]:
    """Harvest sources, several at once; gives what came of each, in the order given."""
    wanted = list(sources)
    crew = Crew(memory, at_once, full=full, show=show)
    crew.add(wanted)
    outcomes: dict[str, Outcome] = {}
    try:
        while crew.busy:
            crew.turn()
            if outcome := crew.next():
                outcomes[outcome.source] = outcome
    finally:
        crew.stop()
    return [outcomes[source.id] for source in wanted]


def _failed(source: str, code: str) -> Outcome:
    ko, en = TEXTS[code]
    return Outcome(source, None, code, ko, en)
