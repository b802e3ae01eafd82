"""Asking a provider nobody knows yet: few requests, slowly, and nothing is kept.

Each step may fail by itself, and then stands in `troubles`; only one that no other could survive ends the asking.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from enum import StrEnum
from urllib.parse import parse_qsl, urlencode, urlsplit

import msgspec

from harvest.client import OaiClient
from harvest.connector import Format, Identity, Set
from harvest.crosswalks import CROSSWALKS
from harvest.listing import is_within
from harvest.oai_asking import Habits
from harvest.oai_xml import Page
from harvest.pacing import Pacer
from harvest.transport import Limits
from harvest.windows import day_of
from repository.errors import TransferError

REQUESTS = 30
SECONDS = 600.0
SETS, SET_REQUESTS = 100, 5
FORMATS = 5
LIMITS = Limits(bytes=16 * 2**20, seconds=60.0, attempts=2, wait=20.0)
NEWEST = (30, 365)  # days
# Names that formats go by where their namespace is not told as it is.
KNOWN = frozenset({"oai_dc", "dc", "qdc", "oai_qdc", "mods", "edm", "lido", "marc21", "marcxml", "mets"})
HOPELESS = frozenset({"endpoint_unreachable", "redirect_refused", "answer_not_oai", "answer_unsafe"})
Progress = Callable[[int], None]


class Verdict(StrEnum):
    """What asking showed."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Sample(msgspec.Struct, frozen=True):
    """A page that was sampled: of which format, and whether it is the first, the next or one of the newest days."""

    prefix: str
    place: str
    page: Page


class Trouble(msgspec.Struct, frozen=True):
    """A step that failed: its name, what it was about, and the error's code and texts."""

    step: str
    what: str
    code: str
    ko: str
    en: str


class Asked(msgspec.Struct, frozen=True):
    """All that a provider answered; `more_sets` tells that it may have others."""

    endpoint: str
    identity: Identity | None
    formats: tuple[Format, ...]
    sets: tuple[Set, ...]
    samples: tuple[Sample, ...]
    honours: dict[str, Verdict]  # from, until, set, token
    troubles: tuple[Trouble, ...]
    habits: Habits
    requests: int
    more_sets: bool = False


class _Budget(Pacer):
    """A pacer that counts requests, and lets no more happen than are allowed."""

    def __init__(self, progress: Progress) -> None:
        super().__init__()
        self.asked = 0
        self._progress, self._began = progress, 0.0

    def reserve(self, host: str, now: float, pace: float) -> float:
        """Take the host's next free moment; raises a TransferError when enough was asked."""
        self._began = self._began or now
        if self.asked >= REQUESTS or now - self._began > SECONDS:
            raise TransferError(
                "check_exhausted",
                f"요청 {REQUESTS}번 또는 {SECONDS:.0f}초 안에 살피지 못했습니다.",
                f"the check ended after {REQUESTS} requests or {SECONDS:.0f} s",
            )
        self.asked += 1
        self._progress(1)
        return super().reserve(host, now, pace)


def endpoint_of(url: str) -> str:
    """Give the endpoint that an address means, which may have been copied with a verb and its arguments."""
    parts = urlsplit(url.strip())
    query = parse_qsl(parts.query, keep_blank_values=True)
    if not any(name == "verb" for name, _ in query):
        return url.strip()
    asked = ("verb", "metadataPrefix", "set", "from", "until", "identifier", "resumptionToken")
    return parts._replace(query=urlencode([one for one in query if one[0] not in asked])).geturl()


def is_known(offered: Format) -> bool:
    """Tell whether a format is one that a crosswalk reads, by its namespace or by its usual names."""
    return offered.namespace in CROSSWALKS or offered.prefix.lower() in KNOWN


def ask(
    endpoint: str,
    user_agent: str,
    prefix: str = "",
    pace: float = 1.0,
    progress: Progress = lambda _: None,
) -> Asked:
    """Ask an endpoint; `prefix` asks for one format only."""
    budget = _Budget(progress)
    with OaiClient(endpoint, pace=pace, limits=LIMITS, user_agent=user_agent, pacer=budget) as client:
        asking = _Asking(client, prefix, budget)
        asking.all()
        return Asked(
            endpoint,
            asking.identity,
            asking.formats,
            asking.sets,
            tuple(asking.samples),
            asking.honours,
            tuple(asking.troubles),
            client.habits,
            budget.asked,
            asking.more_sets,
        )


class _Asking:
    """The steps, one after another."""

    def __init__(self, client: OaiClient, prefix: str, budget: _Budget) -> None:
        self._client, self._prefix, self._budget = client, prefix, budget
        self.identity: Identity | None = None
        self.formats: tuple[Format, ...] = ()
        self.sets: tuple[Set, ...] = ()
        self.more_sets = False
        self.samples: list[Sample] = []
        self.honours = dict.fromkeys(("from", "until", "set", "token"), Verdict.UNKNOWN)
        self.troubles: list[Trouble] = []

    def all(self) -> None:
        """Take all steps that can be taken."""
        try:
            self.identity = self._client.identify()
        except TransferError as error:
            self._failed("identify", "", error)
            if error.code in HOPELESS:
                return
        self._offers()
        for prefix in self._prefixes():
            self._first(prefix)
        if first := next((sample for sample in self.samples if sample.page.records), None):
            self._next(first)
            self._newest(first)
            self._until(first)
            self._set(first)

    def _failed(self, step: str, what: str, error: TransferError) -> None:
        self.troubles.append(Trouble(step, what, error.code, error.ko, error.en))

    def _offers(self) -> None:
        try:
            self.formats = self._client.list_formats()
        except TransferError as error:
            self._failed("formats", "", error)
        found: list[Set] = []
        try:
            most = self._budget.asked + SET_REQUESTS
            for one in self._client.list_sets():
                found.append(one)
                self.more_sets = len(found) >= SETS or self._budget.asked >= most
                if self.more_sets:
                    break
        except TransferError as error:
            self._failed("sets", "", error)
        self.sets = tuple(found)

    def _prefixes(self) -> list[str]:
        if self._prefix:
            return [self._prefix]
        known = [offered.prefix for offered in self.formats if is_known(offered)]
        return list(dict.fromkeys(known))[:FORMATS] or ["oai_dc"]

    def _page(self, step: str, what: str, pages: Iterator[Page]) -> Page | None:
        try:
            return next(pages, None)
        except TransferError as error:
            self._failed(step, what, error)
            return None

    def _first(self, prefix: str) -> None:
        page = self._page("records", prefix, self._client.pages(prefix))
        if page is not None:
            self.samples.append(Sample(prefix, "first", page))

    def _next(self, first: Sample) -> None:
        """Ask for the next page, twice by one token."""
        token = first.page.token
        if not token:
            return
        received = len(first.page.records) + len(first.page.quarantined)
        again = self._client.pages(first.prefix, token=token, received=received)
        page = self._page("token", "", again)
        if page is None:
            return
        self.samples.append(Sample(first.prefix, "next", page))
        try:
            second = next(self._client.pages(first.prefix, token=token, received=received), None)
        except TransferError:
            self.honours["token"] = Verdict.NO
        else:
            same = second is not None and _names(second) == _names(page)
            self.honours["token"] = Verdict.YES if same else Verdict.NO

    def _newest(self, first: Sample) -> None:
        """Ask for the newest days, and see whether older records come all the same."""
        said = self.identity.response_date if self.identity else ""
        today = day_of(said or first.page.response_date)
        if today is None:
            return
        for days in NEWEST:
            page = self._since(first, today - timedelta(days=days))
            if page is None or page.records:
                if page is not None:
                    self.samples.append(Sample(first.prefix, "newest", page))
                break
        seen = _days(first.page)
        if self.honours["from"] is Verdict.UNKNOWN and seen:
            after = max(seen) + timedelta(days=int(min(seen) == max(seen)))
            if after <= today:
                self._since(first, after)

    def _since(self, first: Sample, since: date) -> Page | None:
        """Ask for what is no older than a day; gives nothing where that failed.

        A provider that ignores the day sends its first page again, which tells only where that holds older records.
        """
        page = self._page("from", "", self._client.pages(first.prefix, from_=since.isoformat()))
        if page is not None:
            came = _days(page)
            if any(day < since for day in came):
                self.honours["from"] = Verdict.NO
            elif any(day < since for day in _days(first.page)):
                self.honours["from"] = Verdict.YES
        return page

    def _until(self, first: Sample) -> None:
        """Ask for what is no newer than the oldest record seen, and see whether newer ones come.

        Where all are of one day, the day before is asked for: never else, because some providers refuse days before
        their first, and are then asked for everything.
        """
        seen = _days(first.page)
        if not seen:
            return
        until = min(seen) - timedelta(days=int(min(seen) == max(seen)))
        page = self._page("until", "", self._client.pages(first.prefix, until=until.isoformat()))
        if page is not None:
            ignored = any(day > until for day in _days(page))
            self.honours["until"] = Verdict.NO if ignored else Verdict.YES

    def _set(self, first: Sample) -> None:
        """Ask for a set that some record seen is not in, and see whether such records come."""
        told = [row for row in first.page.records if row.sets]
        spec = next(
            (one.spec for one in self.sets if one.spec and not all(is_within(row, one.spec) for row in told)),
            "",
        )
        if not spec or not told:
            return
        page = self._page("set", spec, self._client.pages(first.prefix, spec))
        if page is not None:
            ignored = any(not is_within(row, spec) for row in page.records)
            self.honours["set"] = Verdict.NO if ignored else Verdict.YES


def _days(page: Page) -> list[date]:
    return [day for row in page.records if (day := day_of(row.datestamp))]


def _names(page: Page) -> list[str]:
    return [row.identifier for row in page.records]
