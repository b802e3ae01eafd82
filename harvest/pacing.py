"""When a host may be asked next: everybody who asks it shares one pacer, or it is asked faster than agreed."""

from __future__ import annotations

from threading import Lock


class Pacer:
    """The next free moment of each host, on the clock of whoever asks."""

    def __init__(self) -> None:
        self._due: dict[str, float] = {}
        self._lock = Lock()

    def reserve(self, host: str, now: float, pace: float) -> float:
        """Take a host's next free moment, `pace` seconds before the one after; gives how long it is until then."""
        with self._lock:
            start = max(self._due.get(host, now), now)
            self._due[host] = start + pace
            return start - now

    def hold(self, host: str, until: float) -> None:
        """Let nobody ask a host before a moment."""
        with self._lock:
            self._due[host] = max(self._due.get(host, until), until)
