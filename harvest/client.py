"""A client of the Open Archives Initiative Protocol for Metadata Harvesting 2.0.

What does not answer as the protocol promises ends in a coded TransferError, and never in a list that is
merely shorter. What had to be learnt to be understood by a provider stands in the client's `habits`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

import msgspec

from harvest.connector import Connector, Format, Identity, Set
from harvest.faults import fault
from harvest.moments import Span, span
from harvest.oai_asking import VERBATIM, Asker, Habits, protocol_fault
from harvest.oai_watch import STALE_PAGES, Watch
from harvest.oai_xml import Page, token_of
from harvest.pacing import Pacer
from harvest.strict_xml import child_text
from harvest.transport import Limits, Transport, Waiting
from repository.errors import TransferError

USER_AGENT = "KoreanMemory/0.1 (OAI-PMH harvester; heritage aggregation)"
SETS = 200_000
# Before any record of any repository; a day, because every provider has to take days.
LONG_AGO = "1900-01-01"


class OaiClient(Connector):
    """One endpoint; use it as a context manager, or `close` it.

    `pace` is the least number of seconds between two requests, `headers` are sent beside our own, `ca_file`
    names certificates to trust for this endpoint. `habits` are what was learnt of it before; a `pacer` shared
    with other clients makes pace and pauses hold for the host.
    """

    def __init__(
        self,
        endpoint: str,
        *,
        pace: float = 0.0,
        limits: Limits | None = None,
        user_agent: str = USER_AGENT,
        headers: Mapping[str, str] | None = None,
        ca_file: Path | None = None,
        habits: Habits | None = None,
        waiting: Waiting | None = None,
        pacer: Pacer | None = None,
    ) -> None:
        sent = {"User-Agent": user_agent, "Accept": "text/xml, application/xml", **(headers or {})}
        self._transport = Transport(
            limits or Limits(), sent, pace=pace, ca_file=ca_file, waiting=waiting, pacer=pacer
        )
        self._asker = Asker(endpoint, self._transport, habits or Habits())
        self._understood = False  # a token was taken as it was sent
        self._repeatable = False  # a token was taken twice

    @property
    def habits(self) -> Habits:
        """What was learnt of the provider, to be handed to the next client."""
        return self._asker.habits

    def close(self) -> None:
        """Give the connections back."""
        self._transport.close()

    def identify(self) -> Identity:
        """Ask who answers there (verb Identify, section 4.2)."""
        root = self._asker.answer("Identify", {})
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

    def list_formats(self, identifier: str = "") -> tuple[Format, ...]:
        """Ask for the metadata formats, of one item or of all (verb ListMetadataFormats, section 4.4)."""
        root = self._asker.answer("ListMetadataFormats", {"identifier": identifier} if identifier else {})
        names = ("metadataPrefix", "schema", "metadataNamespace")
        rows = root.iterfind("{*}ListMetadataFormats/{*}metadataFormat")
        return tuple(Format(*(child_text(row, name) for name in names)) for row in rows)

    def list_sets(self) -> Iterator[Set]:
        """Yield the sets (verb ListSets, section 4.6); none where the repository has no set hierarchy."""
        arguments: dict[str, str] = {}
        tokens: set[str] = set()
        specs: set[str] = set()
        stale = 0
        while True:
            root = self._asker.answer("ListSets", arguments)
            rows = [
                Set(child_text(row, "setSpec"), child_text(row, "setName"))
                for row in root.iterfind("{*}ListSets/{*}set")
            ]
            stale = stale + 1 if specs.issuperset(row.spec for row in rows) else 0
            yield from (row for row in rows if row.spec not in specs)
            specs.update(row.spec for row in rows)
            element = token_of(root)
            token = "" if element is None else (element.text or "").strip()
            if not token:
                return
            if token in tokens:
                raise fault("token_repeated", token)
            if len(specs) > SETS or stale >= STALE_PAGES:
                raise fault("list_too_long", f"{len(specs)} sets, {stale} pages without a new one")
            tokens.add(token)
            arguments = {"resumptionToken": token}

    def pages(
        self,
        prefix: str,
        set_: str = "",
        from_: str = "",
        until: str = "",
        token: str = "",
        received: int | None = None,
    ) -> Iterator[Page]:
        """Yield the pages of a list of records, from `token` on where one is given (verb ListRecords, 4.5).

        A list that matches nothing yields one page whose `error` is `noRecordsMatch`. With a token, `received`
        says how many records came before it. Raises a TransferError with code `token_refused` (start the window
        anew), or another of `harvest.faults`: always after the pages that arrived were given.
        """
        yield from self._list("ListRecords", prefix, set_, span(from_, until), token, received)

    def identifiers(self, prefix: str, set_: str = "", from_: str = "", until: str = "") -> Iterator[Page]:
        """Yield the pages of a list of headers (verb ListIdentifiers, 4.3): records without payloads."""
        yield from self._list("ListIdentifiers", prefix, set_, span(from_, until), "", None)

    def get_record(self, identifier: str, prefix: str) -> Page:
        """Ask for one record (verb GetRecord, section 4.1).

        `idDoesNotExist` and `cannotDisseminateFormat` are normal outcomes and stand in the page's `error`.
        """
        page, _ = self._asker.records(
            "GetRecord", {"identifier": identifier, "metadataPrefix": prefix}, prefix
        )
        if page.error not in ("", "idDoesNotExist", "cannotDisseminateFormat"):
            raise protocol_fault(page)
        return page

    def _list(
        self, verb: str, prefix: str, set_: str, window: Span, token: str, received: int | None
    ) -> Iterator[Page]:
        """Yield the pages of a list.

        The last page of one that ends wrongly bears the token it was asked by, so that nobody takes it for whole.
        """
        asked = {"metadataPrefix": prefix, "set": set_}
        watch = Watch(received if token else 0, token)
        page = self._next(verb, asked, token, watch) if token else self._first(verb, asked, window)
        if token and watch.skips(page):
            raise fault("token_refused", "a page was lost when the harvest was cut short")
        while True:
            if page.error not in ("", "noRecordsMatch"):
                raise protocol_fault(page)
            trouble = watch.take(page)
            yield msgspec.structs.replace(page, token=token) if trouble and not page.token else page
            if trouble:
                raise trouble
            if not page.token:
                return
            token = page.token
            page = self._next(verb, asked, token, watch)

    def _first(self, verb: str, asked: dict[str, str], window: Span) -> Page:
        """Ask for the first page, in coarser words where the provider does not take the finer; they ask for more."""
        exact = window.in_days() if self.habits.days else window
        spans = dict.fromkeys((exact, exact.in_days(), Span()))
        for bounds in spans:
            times = {"from": bounds.from_, "until": bounds.until}
            page, _ = self._asker.records(verb, {**asked, **times}, asked["metadataPrefix"])
            if page.error != "badArgument":
                if exact.is_timed and bounds == exact.in_days():
                    self._asker.learn(days=True)
                break
        if page.error == "noRecordsMatch" and bounds == Span():
            return self._since_earliest(verb, asked) or page
        return page

    def _since_earliest(self, verb: str, asked: dict[str, str]) -> Page | None:
        """Ask again with a date, because some providers give nothing without one; theirs may be too late."""
        for from_ in self._early_dates():
            page, _ = self._asker.records(verb, {**asked, "from": from_}, asked["metadataPrefix"])
            if not page.error:
                return page
        return None

    def _early_dates(self) -> Iterator[str]:
        yield LONG_AGO
        try:
            earliest = span(self.identify().earliest, "")
        except TransferError:
            return
        yield from dict.fromkeys(text for text in (earliest.from_, earliest.in_days().from_) if text)

    def _next(self, verb: str, asked: dict[str, str], token: str, watch: Watch) -> Page:
        """Ask for the page of a token; raises `token_refused` when it holds no longer, or held once only."""
        page, doubtful = self._by_token(verb, asked, token, self.habits)
        for error, manner in () if self._understood else self._manners(asked, token):
            if page.error == error:
                page, doubtful = self._by_token(verb, asked, token, manner)
        if page.error in ("badResumptionToken", "badArgument"):
            raise fault("token_refused", f"{page.error}: {page.error_text}")
        self._understood = True
        if doubtful and not self._repeatable and not watch.follows(page):
            if watch.skips(page) or not page.records:
                raise fault("token_refused", "a page was lost between two attempts")
            again, _ = self._by_token(verb, asked, token, self.habits)
            if _names(again) != _names(page):
                raise fault("token_refused", "the token holds only once")
            self._repeatable = True
        return page

    def _by_token(self, verb: str, asked: dict[str, str], token: str, manner: Habits) -> tuple[Page, bool]:
        """Ask for the page of a token in one manner, and keep to it where it is understood."""
        repeated = {"metadataPrefix": manner.prefix, "set": manner.set}
        arguments = {"resumptionToken": token, **{name: asked[name] for name, on in repeated.items() if on}}
        page, doubtful = self._asker.records(verb, arguments, asked["metadataPrefix"], manner.verbatim)
        if page.error not in ("badResumptionToken", "badArgument"):
            self._asker.learn(prefix=manner.prefix, set=manner.set, verbatim=manner.verbatim)
        return page, doubtful

    def _manners(self, asked: dict[str, str], token: str) -> Iterator[tuple[str, Habits]]:
        """Yield, for either error, the other ways to send a token that was never understood."""
        yield "badArgument", msgspec.structs.replace(self.habits, prefix=True)
        if asked["set"]:
            yield "badArgument", msgspec.structs.replace(self.habits, prefix=True, set=True)
        if quote(token, safe="") != quote(token, safe=VERBATIM):
            for error in ("badArgument", "badResumptionToken"):
                yield error, msgspec.structs.replace(self.habits, verbatim=True)


def _names(page: Page) -> list[str]:
    return [record.identifier for record in page.records]
