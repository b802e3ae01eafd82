"""Two lanes for searches: combinations of filters, which crawlers ask for without end, leave room for people.

A combination takes a slot for as long as it is answered, and there are few. When none is free the answer is
"busy" at once, with a cookie that says nothing but "somebody who keeps cookies"; whoever brings it needs no slot,
and a browser comes back with it by itself. So a flood that keeps no cookies, from however many addresses and
under whatever names, holds up no more than its slots, and a person is held up once. Nothing is counted or kept.
"""

from __future__ import annotations

from threading import BoundedSemaphore

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
_SLOTS = "search_lanes"


def init_app(app: Flask, threads: int) -> None:
    """Open the lanes of this process, which answers with so many threads."""
    app.extensions[_SLOTS] = BoundedSemaphore(max(1, threads // SHARE))
    app.before_request(_enter)
    app.after_request(_invite)
    app.teardown_request(_leave)


def _enter() -> None:
    if request.endpoint != "search.search" or request.cookies.get(COOKIE) or not _is_combination():
        return
    if not _slots().acquire(blocking=False):
        g.crowded = True
        raise ServiceUnavailable(retry_after=RETRY_SECONDS)
    g.slot = True


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
    if g.pop("slot", False):
        _slots().release()


def _slots() -> BoundedSemaphore:
    slots: BoundedSemaphore = current_app.extensions[_SLOTS]
    return slots
