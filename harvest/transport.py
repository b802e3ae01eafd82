"""A polite, bounded HTTP request: a pace, both forms of `Retry-After`, limits on bytes, time, redirects, attempts."""

from __future__ import annotations

import random
import ssl
import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from functools import cache
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx
import msgspec

from harvest.compression import unpacked
from harvest.faults import fault
from harvest.pacing import Pacer
from repository.errors import TransferError

RETRIED = frozenset({408, 425, 429, 500, 502, 503, 504})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
# Answers of which the request may have been worked on all the same, so that a second one finds a token used.
DOUBTFUL = frozenset({408, 500, 502, 504})
REFUSALS = frozenset({401, 403, 406, 451})
CHALLENGES = ("cf-mitigated", "x-amzn-waf-action")


class Limits(msgspec.Struct, frozen=True):
    """How much one request may cost: decoded bytes, seconds, redirects, attempts; `wait` bounds each pause."""

    bytes: int = 64 * 2**20
    seconds: float = 300.0
    connect_seconds: float = 20.0
    redirects: int = 5
    attempts: int = 5
    wait: float = 300.0


class Reply(msgspec.Struct, frozen=True):
    """An answer's bytes, uncompressed; `charset` is the HTTP header's word for them, which may be wrong.

    `doubtful` tells that an earlier attempt may have been worked on by the server though no answer arrived;
    `date` is the server's own clock, as the HTTP header tells it (RFC 9110, section 6.6.1).
    """

    body: bytes
    charset: str = ""
    doubtful: bool = False
    date: str = ""


class Waiting(msgspec.Struct, frozen=True):
    """How time passes: passed in so that waiting can be watched. `now` counts seconds since the epoch.

    `jitter` gives numbers from 0 to 1, which spread the pauses of many workers.
    """

    sleep: Callable[[float], None] = time.sleep
    monotonic: Callable[[], float] = time.monotonic
    now: Callable[[], float] = time.time
    jitter: Callable[[], float] = random.random


class Transport:
    """One endpoint's connection.

    `pace` is the least number of seconds between two requests. `ca_file` names certificates to trust beside
    the usual ones, for a server whose chain is incomplete; checking is never switched off. A `pacer` shared with
    others makes pace and pauses hold for the host.
    """

    def __init__(
        self,
        limits: Limits,
        headers: dict[str, str],
        *,
        pace: float = 0.0,
        ca_file: Path | None = None,
        waiting: Waiting | None = None,
        pacer: Pacer | None = None,
    ) -> None:
        self.limits = limits
        self._pace, self._pacer = pace, pacer or Pacer()
        self._waiting = waiting or Waiting()
        self._host = ""
        timeout = httpx.Timeout(limits.seconds, connect=limits.connect_seconds)
        accepted = {"Accept-Encoding": "gzip, zstd", **headers}
        self._http = httpx.Client(
            headers=accepted, timeout=timeout, trust_env=False, verify=_certificates(ca_file)
        )

    def close(self) -> None:
        """Give the connections back."""
        self._http.close()

    def ask(
        self,
        url: str,
        is_answer: Callable[[bytes], bool],
        form: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> Reply:
        """Get an answer, or post a form for one, waiting and asking again as often as the limits allow.

        `headers` go with this request beside the usual ones.
        `is_answer` tells of a body under an HTTP error status whether it is an answer all the same. Raises a
        TransferError with a code of `harvest.faults`.
        """
        doubtful = False
        self._host = _host_of(url)
        for attempt in range(self.limits.attempts):
            last = attempt + 1 == self.limits.attempts
            try:
                response, body = self._follow(url, form, headers or {})
            except (httpx.TransportError, httpx.InvalidURL) as error:
                if last or isinstance(error, httpx.InvalidURL | httpx.UnsupportedProtocol):
                    raise fault("endpoint_unreachable", f"{type(error).__name__}: {error}") from error
                doubtful |= not isinstance(error, httpx.ConnectError | httpx.ConnectTimeout)
                self.pause(attempt)
                continue
            status = response.status_code
            if _is_blocked(response, body):
                raise fault("answer_not_oai", f"HTTP {status}")
            if status < 400 or is_answer(body):
                return Reply(
                    body, response.charset_encoding or "", doubtful, response.headers.get("Date", "")
                )
            if status in RETRIED:
                self._hold(self._asked_wait(response.headers, attempt))
            if last or status not in RETRIED:
                raise fault(_code_of(status), f"HTTP {status}")
            doubtful |= status in DOUBTFUL
        raise fault("endpoint_unreachable")

    def _follow(self, url: str, form: bytes | None, own: dict[str, str]) -> tuple[httpx.Response, bytes]:
        """Ask an address, following redirects on the same host (or from http to https there) with the same form."""
        headers = own if form is None else {"Content-Type": "application/x-www-form-urlencoded", **own}
        method = "GET" if form is None else "POST"
        for _ in range(self.limits.redirects + 1):
            self._keep_pace()
            with self._http.stream(method, url, content=form, headers=headers) as response:
                if response.status_code not in REDIRECTS:
                    return response, self._body(response)
                target = _target(url, response.headers.get("Location", ""))
            if not _same_site(url, target):
                raise fault("redirect_refused", target)
            url = target
        raise fault("redirect_refused", f"more than {self.limits.redirects}")

    def _keep_pace(self) -> None:
        """Wait until the host may be asked."""
        delay = self._pacer.reserve(self._host, self._waiting.monotonic(), self._pace)
        if delay > 0:
            self._waiting.sleep(delay)

    def _hold(self, seconds: float) -> None:
        self._pacer.hold(self._host, self._waiting.monotonic() + seconds)

    def _body(self, response: httpx.Response) -> bytes:
        """Read a body within the limits; after broken compression the server is asked for none."""
        deadline = self._waiting.monotonic() + self.limits.seconds
        chunks: list[bytes] = []
        size = 0
        for chunk in response.iter_raw():
            size += len(chunk)
            if size > self.limits.bytes:
                raise fault("answer_too_large", f"{self.limits.bytes} bytes")
            if self._waiting.monotonic() > deadline:
                raise fault("answer_too_slow", f"{self.limits.seconds} s")
            chunks.append(chunk)
        try:
            return unpacked(b"".join(chunks), self.limits.bytes)
        except TransferError as error:
            if error.code == "answer_truncated":
                self._http.headers["Accept-Encoding"] = "identity"
            raise

    def pause(self, attempt: int) -> None:
        """Let the host rest after a failed attempt, the first being 0: about 1 second, 2, 4 and so on."""
        self._hold(self._backoff(attempt))

    def _backoff(self, attempt: int) -> float:
        return min(2.0**attempt, self.limits.wait) * (0.5 + self._waiting.jitter() / 2)

    def _asked_wait(self, headers: httpx.Headers, attempt: int) -> float:
        """Give the pause that the server asks for, as seconds or as a date (RFC 9110, 10.2.3), within the limit.

        A date is measured against the server's own clock where it says the time.
        """
        asked = headers.get("Retry-After", "").strip()
        if asked.isascii() and asked.isdigit():
            return min(float(asked[:9]), self.limits.wait)
        until = _http_date(asked)
        if until is None:
            return self._backoff(attempt)
        now = _http_date(headers.get("Date", "")) or self._waiting.now()
        return min(max(until - now, 0.0), self.limits.wait)


def _certificates(ca_file: Path | None) -> ssl.SSLContext:
    """Trust the usual certificates, and those of a file."""
    if ca_file is None:
        return _usual_certificates()
    context = httpx.create_ssl_context(trust_env=False)
    context.load_verify_locations(ca_file)
    return context


@cache
def _usual_certificates() -> ssl.SSLContext:
    """Read the usual certificates once; it takes a tenth of a second."""
    return httpx.create_ssl_context(trust_env=False)


def _host_of(url: str) -> str:
    try:
        return urlsplit(url).netloc
    except ValueError:  # the client says the same, in its own words
        return url


def _is_blocked(response: httpx.Response, body: bytes) -> bool:
    """Tell a wall before the server, which asking again only makes higher: a challenge, or a page for people."""
    challenged = any(name in response.headers for name in CHALLENGES)
    return challenged or (response.status_code in REFUSALS and b"<html" in body[:2000].lower())


def _code_of(status: int) -> str:
    if status in (405, 414, 501):
        return "method_refused"
    return "endpoint_busy" if status in (429, 503) else "endpoint_failed"


def _target(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError as error:  # brackets that are no IPv6 address
        raise fault("redirect_refused", location) from error


def _same_site(url: str, target: str) -> bool:
    """Tell whether a redirect stays: same host, and same scheme and port or the step from http to https."""
    old, new = urlsplit(url), urlsplit(target)
    upgraded = (old.scheme, new.scheme) == ("http", "https")
    try:
        return old.hostname == new.hostname and (upgraded or (old.scheme, old.port) == (new.scheme, new.port))
    except ValueError:  # a port that is no number
        return False


def _http_date(text: str) -> float | None:
    """Read an HTTP date as seconds since the epoch."""
    try:
        return parsedate_to_datetime(text).timestamp()
    except (ValueError, OverflowError):
        return None
