"""Fetching the files that records name: bounded in size and time, resumed where a connection was cut.

A part that can go on stays beside the target, so that the next call, or the next process, asks for the rest only.
Every address, redirects included, passes `harvest.addresses`. What fails is a problem and never an exception.
"""

from __future__ import annotations

import re
import ssl
import time
from collections.abc import Callable, Collection
from functools import cache
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urljoin

import httpx
import msgspec

from harvest import addresses
from harvest.client import USER_AGENT
from harvest.media_partial import Partial, Version
from harvest.transport import REDIRECTS, RETRIED
from repository.problems import Problem, problem

_CONTENT_RANGE = re.compile(r"bytes (\d{1,18})-\d{1,18}/(\d{1,18}|\*)", re.ASCII)


class Limits(msgspec.Struct, frozen=True):
    """How much one file may cost: bytes, seconds in all, seconds of silence, redirects, attempts."""

    bytes: int = 512 * 2**20
    seconds: float = 900.0
    silence: float = 30.0
    redirects: int = 5
    attempts: int = 3


class Fetched(msgspec.Struct, frozen=True):
    """A file that arrived whole; `media_type` is what the server calls it, which proves nothing."""

    path: Path
    sha256: str
    bytes: int
    media_type: str = ""
    etag: str = ""
    last_modified: str = ""


class NotModified(msgspec.Struct, frozen=True):
    """The server says that the file is still the one we have."""


class _Again(msgspec.Struct, frozen=True):
    """An attempt that failed in a way that may pass."""

    reason: str


_Outcome = Fetched | NotModified | Problem | _Again


def fetch(
    url: str,
    target: Path,
    *,
    hosts: Collection[str] = (),
    limits: Limits | None = None,
    user_agent: str = USER_AGENT,
    sleep: Callable[[float], None] = time.sleep,
) -> Fetched | Problem:
    """Fetch a file to `target`; `hosts` are trusted host names, with or without a port.

    Problems: url_invalid, media_refused_host, media_refused_size, media_gone, media_unreachable.
    """
    found = refetch(url, target, hosts=hosts, limits=limits, user_agent=user_agent, sleep=sleep)
    return _unreachable(url, "HTTP 304") if isinstance(found, NotModified) else found


def refetch(
    url: str,
    target: Path,
    *,
    etag: str = "",
    last_modified: str = "",
    hosts: Collection[str] = (),
    limits: Limits | None = None,
    user_agent: str = USER_AGENT,
    sleep: Callable[[float], None] = time.sleep,
) -> Fetched | NotModified | Problem:
    """Fetch a file unless it is still the one of this entity tag, or of this time (RFC 9110, section 13)."""
    bounds = limits or Limits()
    wanted = {"If-None-Match": etag, "If-Modified-Since": "" if etag else last_modified}
    conditions = {name: value for name, value in wanted.items() if value}
    headers = {"User-Agent": user_agent, "Accept-Encoding": "identity"}
    with httpx.Client(headers=headers, timeout=bounds.silence, trust_env=False, verify=_tls()) as http:
        return _Transfer(http, url, target, frozenset(hosts), bounds).run(conditions, sleep)


@cache
def _tls() -> ssl.SSLContext:
    """Read the trusted certificates once."""
    return httpx.create_ssl_context(trust_env=False)


def _unreachable(url: str, reason: str) -> Problem:
    return problem("media_unreachable", "url", f"{url} ({reason})")


class _Transfer:
    """One file on its way: what has arrived of it, and how the rest is asked for (RFC 9110, section 14)."""

    def __init__(
        self, http: httpx.Client, url: str, target: Path, hosts: frozenset[str], limits: Limits
    ) -> None:
        self._http, self._url, self._hosts, self._limits = http, url, hosts, limits
        self._target, self._part = target, Partial(target, url)
        self._deadline = time.monotonic() + limits.seconds

    def run(
        self, conditions: dict[str, str], sleep: Callable[[float], None]
    ) -> Fetched | NotModified | Problem:
        """Try, go on where a connection was cut, give up after the last attempt or when the time is over.

        What arrived stays for the next call where the server lets the rest be asked for.
        """
        reason = ""
        for attempt in range(self._limits.attempts):
            if attempt:
                sleep(2.0 ** (attempt - 1))
            outcome = self._attempt(conditions)
            if not isinstance(outcome, _Again):
                return self._end(outcome)
            reason = outcome.reason
            if time.monotonic() > self._deadline:
                break
        return self._end(_unreachable(self._url, reason))

    def _end(self, outcome: Fetched | NotModified | Problem) -> Fetched | NotModified | Problem:
        """Leave a part behind only where the next call can go on with it."""
        later = isinstance(outcome, Problem) and outcome.code == "media_unreachable"
        if not (later and self._part.can_go_on):
            self._part.discard()
        return outcome

    def _attempt(self, conditions: dict[str, str]) -> _Outcome:
        """Ask once, following redirects."""
        url = self._url
        for _ in range(self._limits.redirects + 1):
            checked = addresses.check(url, self._hosts)
            if isinstance(checked, Problem):
                return checked
            try:
                outcome = self._ask(checked, conditions)
            except (httpx.TransportError, httpx.InvalidURL) as error:
                return _Again(type(error).__name__)
            if not isinstance(outcome, str):
                return outcome
            url = _joined(url, outcome)
        return _unreachable(self._url, "too many redirects")

    def _ask(self, checked: addresses.Checked, conditions: dict[str, str]) -> _Outcome | str:
        """Send one request and take its answer; a redirect gives its target."""
        headers = {"Host": checked.host, **(self._range() or conditions)}
        names = {"sni_hostname": checked.name}
        with self._http.stream("GET", checked.url, headers=headers, extensions=names) as response:
            status = response.status_code
            if status in REDIRECTS:
                return str(response.headers.get("Location", ""))
            if status in (200, 206):
                return self._take(response)
            if status == 304:
                return NotModified()
            if status in (404, 410):
                return problem("media_gone", "url", f"{self._url} (HTTP {status})")
            if status == 416:  # what we asked to go on with is no longer there
                self._part.discard()
            again = status in RETRIED or status == 416
            return _Again(f"HTTP {status}") if again else _unreachable(self._url, f"HTTP {status}")

    def _range(self) -> dict[str, str]:
        """Ask for the rest, on condition that the file is still the same."""
        if not self._part.can_go_on:
            return {}
        return {"Range": f"bytes={self._part.received}-", "If-Range": self._part.version.validator}

    def _take(self, response: httpx.Response) -> _Outcome:
        """Write the body of an answer behind what has arrived, or from the start where it is the whole file."""
        encoding = response.headers.get("Content-Encoding", "identity")
        if encoding != "identity":  # we asked for the bytes as they are
            return _unreachable(self._url, f"Content-Encoding {encoding}")
        if response.status_code == 200:
            self._part.begin(_version(self._url, response.headers))
        elif not self._continues(response.headers):
            self._part.discard()
            return _Again("a wrong range")
        announced = response.headers.get("Content-Length", "")
        coming = int(announced) if announced.isascii() and announced.isdigit() else 0
        if max(self._part.received + coming, self._part.version.total) > self._limits.bytes:
            return self._too_large()
        with self._part.open() as file:
            stopped = self._copy(response, file)
        return stopped or self._finished()

    def _continues(self, headers: httpx.Headers) -> bool:
        """Tell whether a part begins where ours ends, in a file of the same length and tag."""
        found = _CONTENT_RANGE.fullmatch(headers.get("Content-Range", "").strip())
        have = self._part.version
        if found is None or int(found[1]) != self._part.received or not self._part.can_go_on:
            return False
        same_length = found[2] == "*" or not have.total or int(found[2]) == have.total
        return same_length and headers.get("ETag", have.etag) == have.etag

    def _copy(self, response: httpx.Response, file: BinaryIO) -> Problem | _Again | None:
        """Copy and hash; nothing when the body ended by itself."""
        for chunk in response.iter_raw():
            if self._part.received + len(chunk) > self._limits.bytes:
                return self._too_large()
            if time.monotonic() > self._deadline:
                return _Again("too slow")
            file.write(chunk)
            self._part.took(chunk)
        return None

    def _too_large(self) -> Problem:
        return problem("media_refused_size", "url", f"{self._url} (> {self._limits.bytes})")

    def _finished(self) -> Fetched | _Again:
        """Take the part for the file if it is as long as the server says; a shorter one goes on."""
        version, received = self._part.version, self._part.received
        if version.total and received != version.total:
            if received > version.total:
                self._part.discard()
            return _Again(f"{received} of {version.total} bytes")
        return Fetched(
            path=self._target,
            sha256=self._part.finish(self._target),
            bytes=received,
            media_type=version.media_type,
            etag=version.etag,
            last_modified=version.last_modified,
        )


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError:  # brackets that are no IPv6 address: refused by the next check
        return location


def _version(url: str, headers: httpx.Headers) -> Version:
    """Read which version of a file a whole answer is."""
    length = headers.get("Content-Length", "")
    return Version(
        url=url,
        etag=headers.get("ETag", ""),
        last_modified=headers.get("Last-Modified", ""),
        date=headers.get("Date", ""),
        media_type=headers.get("Content-Type", "").partition(";")[0].strip().lower(),
        total=int(length) if length.isascii() and length.isdigit() else 0,
    )
