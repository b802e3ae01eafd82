"""Completeness: what a provider lists is held against what is kept, both ways.

What is listed and was not received is asked for; what is kept and no longer listed is gone, once the provider
says so of it, too. When so much is gone that a fault is likelier than the truth, a person decides.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import msgspec

from harvest import ledger, records
from harvest.client import LONG_AGO
from harvest.ledger import Report, WindowState
from harvest.listing import within
from harvest.moments import Span
from harvest.oai_xml import HarvestedRecord, Page
from harvest.reading import LAST_RESORT
from harvest.records import RecordState
from harvest.work import ONE_BY_ONE, Work
from repository.errors import TransferError

log = logging.getLogger(__name__)
# So few may always go, once the provider has said of each that it is gone.
FEW = 3
# Of the records that a list leaves out, so many are asked for before they count as gone.
ASKED = 50
CHUNK = 100


class Compared(msgspec.Struct, frozen=True):
    """What comparing one format gave: the size said, how many were listed, and which records are gone."""

    expected: int = 0
    listed: int = 0
    gone: tuple[str, ...] = ()
    compared: bool = False


class Comparison:
    """The comparison of one run: `full` tells that it asked for everything, `whole` that this process saw it all.

    `due` asks for a comparison of everything though the run did not.
    """

    def __init__(self, work: Work, *, full: bool, whole: bool, due: bool) -> None:
        self._work, self._full, self._whole, self._due = work, full, whole, due
        self._set = work.source.set

    def of(self, prefix: str) -> Compared:
        """Compare one format, and get what is missing."""
        try:
            return self._everything(prefix) if self._full and self._whole else self._kept(prefix)
        except TransferError as error:
            log.warning("not compared", extra={"source": self._work.source.id, "code": error.code})
            self._work.notes["identifiers_unlisted"] += 1
            return Compared()

    def _everything(self, prefix: str) -> Compared:
        """Compare what was just listed whole with a second list, of headers, asked for in other words."""
        seen = self._work.seen[prefix]
        listing = self._headers(prefix)
        try:
            first = next(listing, Page(b""))
        except TransferError as error:
            if error.code in ("endpoint_unreachable", "endpoint_busy"):
                raise
            self._work.notes["identifiers_unlisted"] += 1
            return Compared(0, 0, self._gone(prefix, seen), compared=True)
        agrees = first.complete_size == len(seen) and not _unseen(first.records, seen)
        if agrees:
            return Compared(len(seen), len(seen), self._gone(prefix, seen), compared=True)
        listed: set[int] = set()
        missing = []
        for page in self._chain(first, listing):
            inside = within(page, self._set).records
            listed.update(hash(row.identifier) for row in inside)
            missing += _unseen(inside, seen)
        self._get(prefix, missing)
        expected = first.complete_size or len(listed)
        return Compared(expected, len(listed), self._gone(prefix, seen | listed), compared=True)

    def _kept(self, prefix: str) -> Compared:
        """Compare what is kept with what the provider lists, where it is due or its number has changed."""
        work = self._work
        if not self._due and work.identity.deleted == "persistent":
            return Compared()
        with work.database.read() as conn:
            number = records.undeleted(conn, work.source.id, prefix)
        listing = self._headers(prefix)
        first = next(listing, Page(b""))
        expected = first.complete_size or 0
        if not self._due:
            if expected == number:
                return Compared(expected)
            if not expected:
                work.notes["deletions_unchecked"] += 1
                return Compared()
        listed: set[int] = set()
        headers: dict[str, HarvestedRecord] = {}
        for page in self._chain(first, listing):
            for row in within(page, self._set).records:
                if not row.deleted:
                    listed.add(hash(row.identifier))
                headers[row.identifier] = row
        with work.database.read() as conn:
            kept = [list(records.names(conn, work.source.id, one)) for one in {prefix, LAST_RESORT}]
        known = {name for names in kept for name, _ in names}
        missing = [row for name, row in headers.items() if name not in known and not row.deleted]
        self._get(prefix, missing)
        return Compared(expected or len(listed), len(listed), self._gone(prefix, listed), compared=True)

    def _headers(self, prefix: str) -> Iterator[Page]:
        from_ = LONG_AGO if self._work.identity.granularity else ""
        return self._work.connector.identifiers(prefix, self._set, from_)

    def _chain(self, first: Page, rest: Iterator[Page]) -> Iterator[Page]:
        """Give all pages of headers; a size that says more than came is no fault of this list."""
        yield first
        try:
            yield from rest
        except TransferError as error:
            if error.code != "list_short":
                raise

    def _get(self, prefix: str, missing: list[HarvestedRecord]) -> None:
        """Get records that are listed and did not come: one by one, or, where they are many, by a list with dates."""
        work = self._work
        if not missing:
            return
        log.warning("records missing", extra={"source": work.source.id, "number": len(missing)})
        if len(missing) > ONE_BY_ONE or len(missing) > len(work.seen[prefix]) // 2:
            extra(work, prefix, LONG_AGO, WindowState.OPEN)
            work.habits = msgspec.structs.replace(work.habits, dated=True)
            work.all_windows()
            missing = _unseen(missing, work.seen[prefix])
        if missing:
            work.fetch(extra(work, prefix), missing[:ONE_BY_ONE])
            work.lost += [row.identifier for row in missing[ONE_BY_ONE:]]

    def _gone(self, prefix: str, there: set[int]) -> tuple[str, ...]:
        """Give the kept records that are gone: no longer listed, and no longer known to the provider."""
        work = self._work
        with work.database.read() as conn:
            kept = records.names(conn, work.source.id, prefix)
            left_out = [
                name for name, state in kept if state is not RecordState.DELETED and hash(name) not in there
            ]
        asked = left_out if len(left_out) <= ASKED else left_out[:: len(left_out) // ASKED + 1]
        still_there = {name for name in asked if not work.is_gone(name, prefix)}
        if still_there:
            work.notes["vanished_still_there"] += len(still_there)
            return () if len(asked) < len(left_out) else tuple(n for n in left_out if n not in still_there)
        return tuple(left_out)


def _unseen(rows: Iterable[HarvestedRecord], seen: set[int]) -> list[HarvestedRecord]:
    return [row for row in rows if hash(row.identifier) not in seen]


def is_too_many(gone: int, kept: int, most: float) -> bool:
    """Tell whether so many records are gone that a person has to look."""
    return gone > max(FEW, most * kept)


def extra(
    work: Work, prefix: str, from_: str = "", state: WindowState = WindowState.COMPLETE
) -> ledger.Window:
    """Add a window for what the windows planned did not bring."""
    with work.database.write() as tx:
        return ledger.add_window(
            tx, work.run, work.source.id, prefix, work.source.set, Span(from_), state=state
        )


def remove(work: Work, prefix: str, gone: Sequence[str]) -> None:
    """Note records as deleted by their provider, because it no longer has them."""
    if not gone:
        return
    rest = iter(gone)
    window = extra(work, prefix)
    while names := list(islice(rest, CHUNK)):
        deletions = tuple(HarvestedRecord(name, "", prefix, deleted=True) for name in names)
        work.keep(window, Page(b"", records=deletions), WindowState.COMPLETE)


def report_of(work: Work, compared: Iterable[Compared], hold: str = "") -> Report:
    """Sum up what a run concluded."""
    rows = list(compared)
    return Report(
        expected=sum(row.expected for row in rows),
        listed=sum(row.listed for row in rows),
        missing=tuple(work.lost[:100]),
        gone=sum(len(row.gone) for row in rows),
        notes=dict(sorted(work.notes.items())),
        hold=hold,
    )
