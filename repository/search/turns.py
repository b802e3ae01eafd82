"""Threads that take turns, in the order in which they came.

The threads of a process share one interpreter, so searches that run side by side take it from each other, and all
of them end late. One after the other they do the same work, but the first is done soon, and none waits for those that
came after it. A lock alone would not do: whoever gives it back may have it again before those who wait.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock


class Turns:
    """Lets one thread work at a time; who has waited for `patience` seconds works beside the one whose turn it is."""

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._lock = Lock()
        self._taken = False
        self._waiting: deque[Lock] = deque()

    @contextmanager
    def turn(self) -> Iterator[bool]:
        """Wait for one's turn; tells whether it came."""
        came = self._wait()
        try:
            yield came
        finally:
            if came:
                self._give_on()

    def _wait(self) -> bool:
        with self._lock:
            if not self._taken:
                self._taken = True
                return True
            call = Lock()
            call.acquire()
            self._waiting.append(call)
        if call.acquire(timeout=self._patience):
            return True
        with self._lock:
            if call not in self._waiting:  # called just now
                return True
            self._waiting.remove(call)
            return False

    def _give_on(self) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False
