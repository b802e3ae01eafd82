"""Working the windows of a run: each is listed to its end, or cut smaller, or asked for record by record.

A window that fails, is cut off or misses against its size is halved, down to a day, then by set; what is still
missing is asked for by its identifier. Only then does it fail, and the run says so.
"""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Callable
from functools import cached_property

import msgspec

from harvest import ledger, records, windows
from harvest.connector import Connector, Identity
from harvest.faults import fault
from harvest.ledger import Window, WindowState
from harvest.listing import Listing, is_within, unobtainable, within
from harvest.moments import Span
from harvest.oai_xml import HarvestedRecord, Page
from harvest.source import Source
from repository.database import Database, Transaction
from repository.errors import TransferError

log = logging.getLogger(__name__)
Progress = Callable[[int], None]
Keep = Callable[[Transaction, Window, Page], Counter[str]]

RESTARTS = 3
# A list larger than this is cut before it is read to its end: many servers slow down or die deep in a list.
LARGE = 25_000
DEPTH = 24
# Windows of a day that may fail one after another before no more is cut: then it is not the windows' fault.
DEAD_ENDS = 3
# How deep to cut before anything at all has arrived.
BLIND = 3
SETS = 2_000
ONE_BY_ONE = 1_000
RENAMED = 3
# Smaller windows help nothing against these.
HOPELESS = frozenset(
    {
        "endpoint_unreachable",
        "endpoint_busy",
        "redirect_refused",
        "answer_not_oai",
        "answer_unsafe",
        "method_refused",
        "identifier_reused",
    }
)


class Hold(Exception):
    """The run must not go on before a person has looked; `code` is one of `harvest.faults`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Work:
    """One run being worked: what it has seen of each format (hashes of identifiers), and what it noted.

    `keep` stores a page in the transaction that marks it; `known` tells that the source has been harvested before,
    `approved` that a person let it go on.
    """

    def __init__(
        self,
        database: Database,
        connector: Connector,
        source: Source,
        run: int,
        keep: Keep,
        progress: Progress = lambda _: None,
        *,
        approved: bool = False,
    ) -> None:
        self.database, self.connector, self.source, self.run = database, connector, source, run
        self.seen: dict[str, set[int]] = defaultdict(set)
        self.notes: Counter[str] = Counter()
        self.habits = connector.habits
        self._keep, self._progress = keep, progress
        self._dead_ends = 0
        self._arrived = False
        self._looked = approved
        self.lost: list[str] = []

    @cached_property
    def identity(self) -> Identity:
        """What the provider says of itself; nothing where it does not say it."""
        try:
            return self.connector.identify()
        except TransferError as error:
            log.warning("identify failed", extra={"source": self.source.id, "code": error.code})
            return Identity()

    def all_windows(self) -> None:
        """Work whatever is open; raises Hold."""
        while True:
            with self.database.read() as conn:
                window = ledger.next_window(conn, self.run)
            if window is None:
                return
            self._one(window)

    def _one(self, window: Window) -> None:
        listing, trouble = self._list(window)
        if trouble is None:
            self._dead_ends = 0
            return
        level = logging.INFO if trouble.code == "list_large" else logging.WARNING
        log.log(
            level,
            "window cut short",
            extra={"source": self.source.id, "window": window.id, "code": trouble.code},
        )
        if trouble.code not in HOPELESS and self._remedy(window, listing, trouble):
            return
        self._dead_ends += 1
        with self.database.write() as tx:
            ledger.end(tx, window.id, WindowState.FAILED, str(trouble))

    def _list(self, window: Window) -> tuple[Listing, TransferError | None]:
        """List a window to its end; a refused token starts it anew, a few times. Gives what it ended in."""
        token = window.token
        for attempt in range(RESTARTS):
            listing = Listing(began=not token)
            with self.database.write() as tx:
                ledger.begin(tx, window.id, restart=not token)
            asked = window.prefix, window.set, window.from_, window.until
            try:
                for page in self.connector.pages(*asked, token, received=window.fresh if token else 0):
                    listing.take(page)
                    if trouble := self._page(window, listing, page):
                        return listing, trouble
                return listing, None
            except TransferError as error:
                if error.code != "token_refused" or attempt + 1 == RESTARTS:
                    return listing, error
            token = ""
        raise AssertionError("the last attempt returns")

    def _page(self, window: Window, listing: Listing, page: Page) -> TransferError | None:
        """Keep a page; gives why the list must be cut though nothing failed."""
        if not self._looked and page.records and not window.token:
            self._look(window, page)
        trouble = self._doubt(window, listing, page)
        done = not page.token and trouble is None
        self.keep(window, page, WindowState.COMPLETE if done else WindowState.OPEN)
        if trouble is not None and trouble.code == "list_capped" and not self._is_capped(window, listing):
            with self.database.write() as tx:
                ledger.end(tx, window.id, WindowState.COMPLETE)
            return None
        return trouble

    def keep(self, window: Window, page: Page, state: WindowState) -> None:
        """Keep a page of a window, without what was not asked for, and mark it in the same transaction."""
        inside = within(page, window.set)
        outside = len(page.records) - len(inside.records)
        if outside:
            self.notes["filter_ignored"] += outside
        with self.database.write() as tx:
            counts = self._keep(tx, window, inside)
            counts["outside"] = outside
            size = page.complete_size or 0
            ledger.mark_page(tx, window.id, page.token, page.response_date, counts, size, state)
        self.seen[window.prefix].update(hash(record.identifier) for record in inside.records)
        self.seen[window.prefix].update(hash(held.identifier) for held in page.quarantined if held.identifier)
        self._arrived |= bool(page.records)
        self._progress(counts["received"])

    def _look(self, window: Window, page: Page) -> None:
        """Look at a run's first records: raises Hold where all bear new names and the old ones are gone."""
        self._looked = True
        fresh = [record.identifier for record in page.records if not record.deleted]
        with self.database.read() as conn:
            old = records.undeleted(conn, self.source.id, window.prefix)
            if min(old, len(fresh)) < RENAMED or records.are_known(
                conn, self.source.id, window.prefix, fresh
            ):
                return
            names = records.names(conn, self.source.id, window.prefix)
            known = [name for name, state in names if state is not records.RecordState.DELETED]
        picked = [known[place * (len(known) - 1) // (RENAMED - 1)] for place in range(RENAMED)]
        if all(self._is_unknown(name, window.prefix) for name in picked):
            raise Hold("identifiers_renamed")

    def _is_unknown(self, name: str, prefix: str) -> bool:
        """Ask whether a provider says of a record that it does not know it; raises a TransferError."""
        try:
            return self.connector.get_record(name, prefix).error == "idDoesNotExist"
        except TransferError as error:
            if error.code == "method_refused":
                return False
            raise

    def is_gone(self, name: str, prefix: str) -> bool:
        """Ask whether a provider knows a record no longer, or not in the source's set; raises a TransferError."""
        try:
            page = self.connector.get_record(name, prefix)
        except TransferError as error:
            if error.code == "method_refused":
                return True  # such a kind has nothing but its list
            raise
        if page.error:
            return page.error == "idDoesNotExist"
        return all(record.deleted or not is_within(record, self.source.set) for record in page.records)

    def _doubt(self, window: Window, listing: Listing, page: Page) -> TransferError | None:
        """Doubt a list that is too large to be read to its end, or that ends as one that is cut off does."""
        if page.token:
            large = listing.size > LARGE and listing.began and len(listing.pages) == 1
            return fault("list_large", str(listing.size)) if large and self._parts(window, listing) else None
        number = len(page.records)
        alone = listing.began and len(listing.pages) == 1 and not listing.size and not page.ended
        if not alone or number < 2 or (number <= self.habits.whole and not self.habits.cap):
            return None
        if (self.habits.cap and number < self.habits.cap) or not self.identity.granularity:
            return None
        return fault("list_capped", f"{number} records")

    def _is_capped(self, window: Window, listing: Listing) -> bool:
        """Find out whether a list that came on one page was cut off: then its halves hold more than it."""
        number = listing.pages[-1]
        if self.habits.cap and number >= self.habits.cap:
            return True
        capped = self._halves_hold_more(window, listing)
        learnt = {"cap": number} if capped else {"whole": max(number, self.habits.whole)}
        self.habits = msgspec.structs.replace(self.habits, **learnt)
        return capped

    def _halves_hold_more(self, window: Window, listing: Listing) -> bool:
        days = sorted(listing.days)
        if not days:
            return False
        for half in windows.parts(window.span, days[(len(days) - 1) // 2]):
            try:
                page = next(self.connector.pages(window.prefix, window.set, half.from_, half.until), None)
            except TransferError:
                continue
            if page and any(hash(record.identifier) not in listing.names for record in page.records):
                return True
        return False

    def _remedy(self, window: Window, listing: Listing, trouble: TransferError) -> bool:
        """Get what a window holds by another way; gives False where there is none."""
        finished = trouble.code in ("list_short", "list_unstable")
        if finished and sum(listing.pages) <= ONE_BY_ONE and self._one_by_one(window, listing, trouble):
            return True
        if parts := self._parts(window, listing):
            return self._split(window, [(window.set, half) for half in parts], trouble)
        if trouble.code == "list_large":
            return False
        if not finished and trouble.code != "list_capped" and self._one_by_one(window, listing, trouble):
            return True
        specs = [] if listing.setless and trouble.code == "list_capped" else self._specs(window)
        return self._split(window, [(spec, window.span) for spec in specs], trouble)

    def _split(self, window: Window, parts: list[tuple[str, Span]], trouble: TransferError) -> bool:
        if parts:
            with self.database.write() as tx:
                ledger.split(tx, window, parts, str(trouble))
        return bool(parts)

    def _parts(self, window: Window, listing: Listing) -> tuple[Span, Span] | None:
        """Cut a window in two where that is of use."""
        if window.depth >= DEPTH or self._dead_ends >= DEAD_ENDS:
            return None
        if not self._arrived and window.depth >= BLIND:
            return None
        if not self.identity.granularity:
            return None
        earliest, latest = (
            windows.day_of(text) for text in (self.identity.earliest, self.identity.response_date)
        )
        return windows.halves(window.span, listing.days, earliest, latest)

    def _specs(self, window: Window) -> list[str]:
        """Give the sets that a window can be cut into: the highest below its own."""
        if self._dead_ends >= DEAD_ENDS:
            return []
        specs: set[str] = set()
        try:
            for found in self.connector.list_sets():
                specs.add(found.spec)
                if len(specs) > SETS:
                    return []
        except TransferError:
            return []
        below = {spec for spec in specs if spec.startswith(f"{window.set}:") or not window.set} - {window.set}
        return sorted(spec for spec in below if not any(spec.startswith(f"{other}:") for other in below))

    def _one_by_one(self, window: Window, listing: Listing, trouble: TransferError) -> bool:
        """List a window's identifiers, and ask for each record that has not come; tells whether all is here.

        Where the identifiers, listed to their own end, are those that came, a size that says more is wrong.
        """
        headers = Listing()
        missing: dict[str, HarvestedRecord] = {}
        try:
            for page in self.connector.identifiers(window.prefix, window.set, window.from_, window.until):
                headers.take(page)
                inside = within(page, window.set).records
                missing.update(
                    {row.identifier: row for row in inside if hash(row.identifier) not in listing.names}
                )
                if len(missing) > ONE_BY_ONE:
                    return False
        except TransferError as error:
            if error.code != "list_short" or not (headers.ends_itself and (listing.ends_itself or missing)):
                return False
        if trouble.code == "list_short" and not missing:
            if not (listing.ends_itself and headers.ends_itself):
                return False
            self.notes["size_wrong"] += 1
        self.fetch(window, list(missing.values()))
        with self.database.write() as tx:
            ledger.end(tx, window.id, WindowState.COMPLETE)
        return True

    def fetch(self, window: Window, headers: list[HarvestedRecord]) -> None:
        """Ask for records by their identifiers; those that cannot be had are quarantined and noted as lost."""
        for header in headers:
            page = Page(b"", records=(header,)) if header.deleted else self._record(window, header)
            if page is not None:
                self.keep(window, page, window.state)

    def _record(self, window: Window, header: HarvestedRecord) -> Page | None:
        """Ask for a record in its format, or in Dublin Core, which every record has to have (section 2.2)."""
        try:
            page = self.connector.get_record(header.identifier, window.prefix)
            if page.error == "cannotDisseminateFormat" and window.prefix != "oai_dc":
                page = self.connector.get_record(header.identifier, "oai_dc")
        except TransferError as error:
            page = Page(b"", error=error.code)
        if page.error == "idDoesNotExist":
            return None  # gone since it was listed
        if not page.error and (page.records or page.quarantined):
            return page
        self.lost.append(header.identifier)
        return unobtainable(header)
