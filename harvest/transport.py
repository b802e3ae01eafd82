"""A polite, bounded HTTP GET: a pace, both forms of `Retry-After`, limits on bytes, time, redirects and attempts."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Iterator
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

import httpx
import msgspec

from harvest.faults import fault

RETRIED = frozenset({408, 425, 429, 500, 502, 503, 504})
REDIRECTS = frozenset({301, 302, 303, 307, 308})


class Limits(msgspec.Struct, frozen=True):
    """How much one request may cost: decoded bytes, seconds, redirects, attempts; `wait` bounds each pause."""

    bytes: int = 64 * 2**20
    seconds: float = 300.0
    connect_seconds: float = 20.0
    redirects: int = 5
    attempts: int = 5
    wait: float = 300.0


class Transport:
    """One endpoint's connection.

    `pace` is the least number of seconds between two requests. `sleep`, `monotonic` and `now` (seconds since
    the epoch) are passed in so that waiting can be watched.
    """

    def __init__(
        self,
        limits: Limits,
        headers: dict[str, str],
        *,
        pace: float = 0.0,
        sleep: Callable[[float], None] = time.sleep,
        monotonic: Callable[[], float] = time.monotonic,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.limits = limits
        self._pace = pace
        self._sleep, self._monotonic, self._now = sleep, monotonic, now
        self._next_request = 0.0
        timeout = httpx.Timeout(limits.seconds, connect=limits.connect_seconds)
        self._http = httpx.Client(
            headers={**headers, "Accept-Encoding": "gzip"}, timeout=timeout, trust_env=False
        )

    def close(self) -> None:
        """Give the connections back."""
        self._http.close()

    def get(self, url: str, is_answer: Callable[[bytes], bool]) -> bytes:
        """Get the bytes of an answer, waiting and asking again as often as the limits allow.

        `is_answer` tells of a body under an HTTP error status whether it is an answer all the same. Raises a
        TransferError with a code of `harvest.faults`.
        """
        for attempt in range(self.limits.attempts):
            last = attempt + 1 == self.limits.attempts
            try:
                status, headers, body = self._follow(url)
            except (httpx.TransportError, httpx.InvalidURL) as error:
                if last or isinstance(error, httpx.InvalidURL | httpx.UnsupportedProtocol):
                    raise fault("endpoint_unreachable", f"{type(error).__name__}: {error}") from error
                self.pause(attempt)
                continue
            if status < 400 or is_answer(body):
                return body
            if last or status not in RETRIED:
                raise fault("endpoint_busy" if status in (429, 503) else "endpoint_failed", f"HTTP {status}")
            self._sleep(self._asked_wait(headers, attempt))
        raise fault("endpoint_unreachable")

    def _follow(self, url: str) -> tuple[int, httpx.Headers, bytes]:
        """Get an address, following redirects on the same host (or from http to https there)."""
        for _ in range(self.limits.redirects + 1):
            self._keep_pace()
            with self._http.stream("GET", url) as response:
                if response.status_code not in REDIRECTS:
                    return response.status_code, response.headers, self._body(response)
                target = urljoin(url, response.headers.get("Location", ""))
            if not _same_site(url, target):
                raise fault("redirect_refused", target)
            url = target
        raise fault("redirect_refused", f"more than {self.limits.redirects}")

    def _keep_pace(self) -> None:
        """Wait until the next request is due."""
        delay = self._next_request - self._monotonic()
        if delay > 0:
            self._sleep(delay)
        self._next_request = self._monotonic() + self._pace

    def _body(self, response: httpx.Response) -> bytes:
        """Read a body within the limits; gzip is told by its bytes, because providers announce it wrongly."""
        deadline = self._monotonic() + self.limits.seconds
        chunks: list[bytes] = []
        size = 0
        for chunk in _decoded(response.iter_raw(), self.limits.bytes):
            size += len(chunk)
            if size > self.limits.bytes:
                raise fault("answer_too_large", f"{self.limits.bytes} bytes")
            if self._monotonic() > deadline:
                raise fault("answer_too_slow", f"{self.limits.seconds} s")
            chunks.append(chunk)
        return b"".join(chunks)

    def pause(self, attempt: int) -> None:
        """Wait after a failed attempt, the first being 0: 1 second, 2, 4 and so on."""
        self._sleep(self._backoff(attempt))

    def _backoff(self, attempt: int) -> float:
        return min(2.0**attempt, self.limits.wait)

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
        now = _http_date(headers.get("Date", "")) or self._now()
        return min(max(until - now, 0.0), self.limits.wait)


def _same_site(url: str, target: str) -> bool:
    """Tell whether a redirect stays: same host, and same scheme and port or the step from http to https."""
    old, new = urlsplit(url), urlsplit(target)
    upgraded = (old.scheme, new.scheme) == ("http", "https")
    return old.hostname == new.hostname and (upgraded or (old.scheme, old.port) == (new.scheme, new.port))


def _http_date(text: str) -> float | None:
    """Read an HTTP date as seconds since the epoch."""
    try:
        return parsedate_to_datetime(text).timestamp()
    except (ValueError, OverflowError):
        return None


def _decoded(chunks: Iterator[bytes], limit: int) -> Iterator[bytes]:
    """Undo gzip where the first bytes say so, never making more than `limit` bytes at once.

    Raises a TransferError when the compressed stream is broken or ends early.
    """
    first = next(chunks, b"")
    while len(first) < 2 and (more := next(chunks, b"")):
        first += more
    if not first.startswith(b"\x1f\x8b"):
        yield first
        yield from chunks
        return
    unzip = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        yield unzip.decompress(first, limit + 1)
        for chunk in chunks:
            yield unzip.decompress(unzip.unconsumed_tail + chunk, limit + 1)
        yield unzip.decompress(unzip.unconsumed_tail, limit + 1)
    except zlib.error as error:
        raise fault("answer_truncated", f"gzip: {error}") from error
    if not unzip.eof:
        raise fault("answer_truncated", "gzip")
