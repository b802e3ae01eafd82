"""Two lanes for searches: combinations of filters, which crawlers ask for without end, leave room for people.

A combination takes a slot for as long as it is answered; there are few, and where more ask than there are, each rests
afterwards for some times as long, so that a flood has a bounded share of the processor too. When none is free the
answer is "busy" at once, with a cookie that says nothing but "somebody who keeps cookies"; whoever brings it needs
no slot, and a browser comes back with it by itself. So a flood that keeps no cookies, from however many addresses
and under whatever names, holds up no more than its slots, and a person is held up once. Nothing is counted or kept.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from flask import Flask, Response, current_app, g, request
from werkzeug.exceptions import ServiceUnavailable

from repository.errors import BadRequest
from repository.web import search_rows
from repository.web.context import memory

CROWD = 2  # filters that make a combination
SHARE = 4  # one slot for so many threads
COOKIE = "reader"
COOKIE_SECONDS = 86_400
RETRY_SECONDS = 2
REST = 4.0  # times as long as a slot was used, it rests
PRESSED_SECONDS = 10.0  # after somebody found none free, in which slots rest
_SLOTS = "search_lanes"


class Slots:
    """Some slots, each taken by one at a time; under pressure they rest in proportion to how long they were used.

    Whoever asks alone, one after the other, never meets a slot that rests.
    """

    def __init__(
        self, many: int, rest: float = REST, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._rest, self._monotonic = rest, monotonic
        self._free = [float("-inf")] * many
        self._pressed = float("-inf")
        self._lock = threading.Lock()

    def take(self) -> float | None:
        """Take a slot that has rested, or none; gives when it was taken, to be given back with."""
        now = self._monotonic()
        with self._lock:
            ready = next((slot for slot in self._free if slot <= now), None)
            if ready is None:
                self._pressed = now + PRESSED_SECONDS
                return None
            self._free.remove(ready)
        return now

    def give_back(self, taken: float) -> None:
        """Give a slot back; it may be taken again when it has rested."""
        now = self._monotonic()
        with self._lock:
            self._free.append(now + self._rest * (now - taken) if now < self._pressed else now)


def init_app(app: Flask, threads: int) -> None:
    """Open the lanes of this process, which answers with so many threads."""
    app.extensions[_SLOTS] = Slots(max(1, threads // SHARE))
    app.before_request(_enter)
    app.after_request(_invite)
    app.teardown_request(_leave)


def _enter() -> None:
    if request.endpoint != "search.search" or request.cookies.get(COOKIE) or not _is_combination():
        return
    taken = _slots().take()
    if taken is None:
        g.crowded = True
        raise ServiceUnavailable(retry_after=RETRY_SECONDS)
    g.slot = taken


def _is_combination() -> bool:
    try:
        return search_rows.asked().narrowings >= CROWD
    except BadRequest:
        return False  # the door itself says what is wrong with it


def _invite(response: Response) -> Response:
    """Send a browser back with the cookie: at once, so that no page moves under a reader (WCAG 2.2, G110)."""
    if g.get("crowded"):
        secure = memory().settings.site_url.startswith("https://")
        response.set_cookie(COOKIE, "1", COOKIE_SECONDS, secure=secure, httponly=True, samesite="Lax")
        response.headers["Cache-Control"] = "no-store"
        if request.headers.get("Sec-Fetch-Mode") == "navigate":
            response.headers["Refresh"] = "0"
    return response


def _leave(_error: BaseException | None) -> None:
    if (taken := g.pop("slot", None)) is not None:
        _slots().give_back(taken)


def _slots() -> Slots:
    slots: Slots = current_app.extensions[_SLOTS]
    return slots
