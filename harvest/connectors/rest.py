"""A REST endpoint that gives records in pages, as JSON or XML, with a key or without.

The key goes into requests and nowhere else: it is struck out of answers before they are read, and out of errors.
A page is asked for by the token of ours that leads to it: a number, an offset, the cursor or the link that the
page before named. Without a detail address a single record cannot be asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import NamedTuple
from urllib.parse import parse_qsl, quote, urljoin, urlsplit, urlunsplit

import msgspec

from harvest.connector import Connector, Identity, Set
from harvest.connectors import rest_answers
from harvest.connectors.faults import fault
from harvest.connectors.rest_key import Secret
from harvest.connectors.whole import Entry
from harvest.crosswalks import mapped_paths
from harvest.faults import fault as transfer_fault
from harvest.oai_asking import Habits
from harvest.oai_watch import Watch
from harvest.oai_xml import HarvestedRecord, Page, Quarantined
from harvest.source import Source
from harvest.source_kinds import Rest
from harvest.transport import Transport
from repository.errors import TransferError

# Worth a second request: the answer was damaged on its way, or the server stumbled over itself.
PASSING = frozenset({"answer_truncated", "service_failed"})


class Told(NamedTuple):
    """One answer, and when it was given by the server's clock; `nothing` tells that it says there is no more."""

    answer: rest_answers.Answer
    date: str
    url: str
    nothing: bool


class RestConnector(Connector):
    """One endpoint; use it as a context manager, or `close` it."""

    def __init__(
        self, source: Source, options: Rest, transport: Transport, secret: Secret, habits: Habits
    ) -> None:
        self._source, self._options = source, options
        self._transport, self._secret, self._habits = transport, secret, habits

    @property
    def habits(self) -> Habits:
        """What was handed in: all that there is to know stands in the source file."""
        return self._habits

    def close(self) -> None:
        """Give the connections back."""
        self._transport.close()

    def identify(self) -> Identity:
        """Tell what the source file says; where lists have times, the endpoint is asked for its clock."""
        times = self._options.times
        timed = times is not None and "%H" in times.format
        known = Identity(
            name=self._source.name_ko,
            base_url=self._source.endpoint,
            protocol="rest",
            deleted="no",
            granularity="" if times is None else "YYYY-MM-DDThh:mm:ssZ" if timed else "YYYY-MM-DD",
        )
        if times is None:
            return known
        return msgspec.structs.replace(known, response_date=self._ask(self._address("", {})).date)

    def list_sets(self) -> Iterator[Set]:
        """Yield no sets: which there are, the source file says."""
        return iter(())

    def pages(
        self,
        prefix: str,
        set_: str = "",
        from_: str = "",
        until: str = "",
        token: str = "",
        received: int | None = None,
    ) -> Iterator[Page]:
        """Yield the pages of a list, from a token on where one is given.

        The last page of a list that ends wrongly bears the token it was asked by. Raises a TransferError, always
        after the pages that arrived were given.
        """
        asked = self._bounds(set_, from_, until)
        counted = received if token else 0
        watch = Watch(counted, token)
        seen, longest = counted, 0
        while True:
            told = self._ask(self._address(token, asked))
            entries = [] if told.nothing else rest_answers.records(told.answer, self._options, prefix)
            said = rest_answers.total(told.answer, self._options)
            seen = None if seen is None else seen + len(entries)
            over = told.nothing or not entries or _is_last(len(entries), longest, seen, said)
            longest = max(longest, len(entries))
            following = self._next(told, token, len(entries), over)
            page = _page(entries, told.date, following, said)
            if not entries and not token:
                page = msgspec.structs.replace(page, error="noRecordsMatch")
            trouble = watch.take(page)
            yield (
                msgspec.structs.replace(page, token=token, ended=False) if trouble and not following else page
            )
            if trouble:
                raise trouble
            if not following:
                return
            token = following

    def identifiers(self, prefix: str, set_: str = "", from_: str = "", until: str = "") -> Iterator[Page]:
        """Yield the same pages without payloads: such endpoints list nothing less."""
        for page in self.pages(prefix, set_, from_, until):
            bare = tuple(msgspec.structs.replace(record, payload=b"") for record in page.records)
            yield msgspec.structs.replace(page, records=bare)

    def get_record(self, identifier: str, prefix: str) -> Page:
        """Ask for one record at its detail address; raises `method_refused` where the source has none."""
        if not self._options.detail:
            raise transfer_fault("method_refused", "no detail address")
        told = self._ask(self._options.detail.replace("{identifier}", quote(identifier, safe="")))
        if told.nothing:
            return Page(b"", error="idDoesNotExist")
        alone = msgspec.structs.replace(self._options, records="")
        for options in (self._options, alone):
            try:
                entries = rest_answers.records(told.answer, options, prefix)
            except TransferError:
                continue
            for entry in entries:
                if isinstance(entry, HarvestedRecord) and entry.identifier == identifier:
                    return _page([entry], told.date, "", None)
        raise fault("answer_unexpected", f"no {identifier}")

    def _bounds(self, set_: str, from_: str, until: str) -> dict[str, str]:
        """Write the arguments that select."""
        asked = {self._options.set_parameter: set_} if self._options.set_parameter and set_ else {}
        times = self._options.times
        if times is None:
            return asked
        zone = timezone(timedelta(hours=times.hours))
        for name, text in ((times.from_, from_), (times.until, until)):
            if name and text:
                moment = datetime.fromisoformat(text)
                moment = moment.astimezone(zone) if len(text) > 10 else moment
                asked[name] = moment.strftime(times.format)
        return asked

    def _address(self, token: str, asked: dict[str, str]) -> str:
        """Give the address of a page, without the key; raises `token_refused` for a token of another kind."""
        paging = self._options.paging
        if token and paging.by == "link":
            if not _is_beside(self._source.endpoint, token):
                raise transfer_fault("token_refused", token)
            return token
        if token and paging.by in ("page", "offset") and not (token.isascii() and token.isdigit()):
            raise transfer_fault("token_refused", token)
        place = token or (str(paging.first) if paging.by in ("page", "offset") else "")
        query = {**self._options.query, **asked}
        if paging.size_parameter:
            query[paging.size_parameter] = str(paging.size)
        if paging.parameter and place:
            query[paging.parameter] = place
        return _with(self._source.endpoint, query.items())

    def _ask(self, address: str) -> Told:
        """Ask, again where that may help; raises a TransferError in which the key does not stand."""
        url, headers = self._secret.put(address)
        for attempt in range(self._transport.limits.attempts):
            try:
                reply = self._transport.ask(url, self._is_answer, headers=headers)
                answer = rest_answers.read(self._secret.strike(reply.body))
                return Told(
                    answer, _iso(reply.date), address, rest_answers.is_empty(answer, self._options.errors)
                )
            except TransferError as error:
                trouble = self._secret.struck(error)
            if trouble.code not in PASSING:
                break
            self._transport.pause(attempt)
        raise trouble

    def _is_answer(self, body: bytes) -> bool:
        return rest_answers.is_error(body, self._options.errors)

    def _next(self, told: Told, token: str, number: int, over: bool) -> str:
        """Give the token of the next page; raises a TransferError for a link that leads elsewhere."""
        paging = self._options.paging
        if paging.by in ("cursor", "link"):
            found = "" if told.nothing else mapped_paths.first(told.answer.value, paging.next)
            return self._linked(told.url, found) if found and paging.by == "link" else found
        if paging.by == "none" or over:
            return ""
        here = int(token or paging.first)
        return str(here + (1 if paging.by == "page" else number))

    def _linked(self, url: str, link: str) -> str:
        target = urljoin(url, link)
        if not _is_beside(url, target):
            raise transfer_fault("redirect_refused", target)
        parts = urlsplit(target)
        kept = [
            one for one in parse_qsl(parts.query, keep_blank_values=True) if not self._secret.is_at(one[0])
        ]
        return _with(urlunsplit((*parts[:3], "", "")), kept)


def _is_last(number: int, longest: int, seen: int | None, said: int | None) -> bool:
    """Tell whether a page is the last: all that were said have come, or none were said and it is a short one.

    Short is what is shorter than a page before: how many were asked for, servers may not care for.
    """
    if said is None or seen is None:
        return said is None and number < longest
    return seen >= said


def _is_beside(url: str, target: str) -> bool:
    """Tell whether two addresses are on one host, by one scheme and port."""
    return urlsplit(url)[:2] == urlsplit(target)[:2]


def _with(address: str, query: Iterable[tuple[str, str]]) -> str:
    """Put a query behind an address, every value encoded once."""
    written = "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in query)
    return f"{address}{'&' if '?' in address else '?'}{written}" if written else address


def _page(entries: list[Entry], date: str, token: str, total: int | None) -> Page:
    return Page(
        raw=b"",
        response_date=date,
        records=tuple(entry for entry in entries if isinstance(entry, HarvestedRecord)),
        quarantined=tuple(entry for entry in entries if isinstance(entry, Quarantined)),
        token=token,
        complete_size=total,
        ended=not token,
    )


def _iso(date: str) -> str:
    """Write an HTTP date as the datestamps of OAI-PMH are written; nothing where it says no time."""
    try:
        return parsedate_to_datetime(date).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, TypeError, OverflowError):
        return ""
