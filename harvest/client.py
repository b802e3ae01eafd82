"""A client of the Open Archives Initiative Protocol for Metadata Harvesting 2.0.

What does not answer as the protocol promises ends in a coded TransferError, and never in a list that is
merely shorter.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from types import TracebackType
from urllib.parse import quote

import msgspec
from lxml import etree

from harvest.faults import fault
from harvest.oai_xml import Page, child_text, error_of, parse_answer, parse_page, token_of
from harvest.transport import Limits, Transport
from repository.errors import TransferError

USER_AGENT = "KoreanMemory/0.1 (OAI-PMH harvester; heritage aggregation)"
EMPTY = {"ListSets": "noSetHierarchy", "ListMetadataFormats": "noMetadataFormats"}


class Identity(msgspec.Struct, frozen=True):
    """What a repository says of itself (section 4.2); every text as sent."""

    name: str
    base_url: str
    protocol: str
    earliest: str
    deleted: str
    granularity: str
    admin_emails: tuple[str, ...]
    response_date: str


class Format(msgspec.Struct, frozen=True):
    """A metadata format on offer (section 4.4)."""

    prefix: str
    schema: str
    namespace: str


class Set(msgspec.Struct, frozen=True):
    """A set on offer (section 4.6)."""

    spec: str
    name: str


class OaiClient:
    """One endpoint, asked by GET; use it as a context manager, or `close` it.

    `pace` is the least number of seconds between two requests. `sleep`, `monotonic` and `now` (seconds since
    the epoch) are passed in so that waiting can be watched.
    """

    def __init__(
        self,
        endpoint: str,
        *,
        pace: float = 0.0,
        limits: Limits | None = None,
        user_agent: str = USER_AGENT,
        sleep: Callable[[float], None] = time.sleep,
        monotonic: Callable[[], float] = time.monotonic,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.endpoint = endpoint
        headers = {"User-Agent": user_agent, "Accept": "text/xml, application/xml"}
        self._transport = Transport(
            limits or Limits(), headers, pace=pace, sleep=sleep, monotonic=monotonic, now=now
        )

    def __enter__(self) -> OaiClient:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the connections back."""
        self._transport.close()

    def identify(self) -> Identity:
        """Ask who answers there (verb Identify, section 4.2)."""
        root = self._answer("Identify", {})
        body = root.find("{*}Identify")
        if body is None:
            raise fault("protocol_error", "Identify without its element")
        return Identity(
            name=child_text(body, "repositoryName"),
            base_url=child_text(body, "baseURL"),
            protocol=child_text(body, "protocolVersion"),
            earliest=child_text(body, "earliestDatestamp"),
            deleted=child_text(body, "deletedRecord"),
            granularity=child_text(body, "granularity"),
            admin_emails=tuple((email.text or "").strip() for email in body.iterfind("{*}adminEmail")),
            response_date=child_text(root, "responseDate"),
        )

    def list_formats(self) -> tuple[Format, ...]:
        """Ask for the metadata formats (verb ListMetadataFormats, section 4.4)."""
        root = self._answer("ListMetadataFormats", {})
        names = ("metadataPrefix", "schema", "metadataNamespace")
        rows = root.iterfind("{*}ListMetadataFormats/{*}metadataFormat")
        return tuple(Format(*(child_text(row, name) for name in names)) for row in rows)

    def list_sets(self) -> Iterator[Set]:
        """Yield the sets (verb ListSets, section 4.6); none where the repository has no set hierarchy."""
        arguments: dict[str, str] = {}
        seen: set[str] = set()
        while True:
            root = self._answer("ListSets", arguments)
            for row in root.iterfind("{*}ListSets/{*}set"):
                yield Set(child_text(row, "setSpec"), child_text(row, "setName"))
            element = token_of(root)
            token = "" if element is None else (element.text or "").strip()
            if not token:
                return
            _guard(token, seen)
            arguments = {"resumptionToken": token}

    def pages(
        self, prefix: str, set_: str = "", from_: str = "", until: str = "", token: str = ""
    ) -> Iterator[Page]:
        """Yield the pages of a list of records, from `token` on where one is given (verb ListRecords, 4.5).

        A list that matches nothing yields one page whose `error` is `noRecordsMatch`. Raises a TransferError
        with code `token_refused` (start the window anew), `token_repeated` or another of `harvest.faults`.
        """
        first = {"metadataPrefix": prefix, "set": set_, "from": from_, "until": until}
        arguments = {"resumptionToken": token} if token else {name: v for name, v in first.items() if v}
        seen = {token} if token else set()
        while True:
            page = self._records("ListRecords", arguments, prefix)
            if page.error not in ("", "noRecordsMatch"):
                raise _protocol_fault(page.error, page.error_text)
            yield page
            if not page.token:
                return
            _guard(page.token, seen)
            arguments = {"resumptionToken": page.token}

    def get_record(self, identifier: str, prefix: str) -> Page:
        """Ask for one record (verb GetRecord, section 4.1).

        `idDoesNotExist` and `cannotDisseminateFormat` are normal outcomes and stand in the page's `error`.
        """
        page = self._records("GetRecord", {"identifier": identifier, "metadataPrefix": prefix}, prefix)
        if page.error not in ("", "idDoesNotExist", "cannotDisseminateFormat"):
            raise _protocol_fault(page.error, page.error_text)
        return page

    def _answer(self, verb: str, arguments: dict[str, str]) -> etree._Element:
        """Ask for something small that has to be whole."""
        root = parse_answer(self._get(verb, arguments))
        error, text = error_of(root)
        if error and error != EMPTY.get(verb):
            raise _protocol_fault(error, text)
        return root

    def _records(self, verb: str, arguments: dict[str, str], prefix: str) -> Page:
        """Ask for records; an answer that was cut off is asked for again."""
        attempts = self._transport.limits.attempts
        for attempt in range(attempts):
            try:
                return parse_page(self._get(verb, arguments), prefix)
            except TransferError as error:
                if error.code != "answer_truncated" or attempt + 1 == attempts:
                    raise
                self._transport.pause(attempt)
        raise fault("answer_truncated")

    def _get(self, verb: str, arguments: dict[str, str]) -> bytes:
        """Send a request; every value is percent-encoded once, tokens too, which are never looked into."""
        query = "&".join(f"{name}={quote(v, safe='')}" for name, v in {"verb": verb, **arguments}.items())
        joint = "&" if "?" in self.endpoint else "?"
        return self._transport.get(f"{self.endpoint}{joint}{query}", _is_protocol_error)


def _guard(token: str, seen: set[str]) -> None:
    """Refuse a token that came before in the same list: it would go round for ever."""
    if token in seen:
        raise fault("token_repeated", token)
    seen.add(token)


def _protocol_fault(code: str, text: str) -> TransferError:
    """Make the transfer error of a protocol error (section 3.6)."""
    return fault("token_refused" if code == "badResumptionToken" else "protocol_error", f"{code}: {text}")


def _is_protocol_error(body: bytes) -> bool:
    """Tell whether an answer under an HTTP error status is a protocol error all the same."""
    try:
        return error_of(parse_answer(body))[0] != ""
    except TransferError:
        return False
