"""Watching a list on its way: whether it goes round, skips, ends early, or is sorted anew at every page."""

from __future__ import annotations

import hashlib
from array import array

from harvest.faults import fault
from harvest.oai_xml import Page
from repository.errors import TransferError

STALE_PAGES = 10
PAGES = 1_000_000


class Watch:
    """What is known of one list; eight bytes for each of a record's identifier and of its version are kept.

    `received` counts the records of its earlier pages, None where that is not known.
    """

    def __init__(self, received: int | None = 0, token: str = "") -> None:
        self._counted, self._received = received is not None, received or 0
        self._before = self._received
        self._said = 0
        self._steady = True
        self._tokens = {hash(token)} if token else set()
        self._pages: set[int] = set()
        self._stale = 0
        self._names, self._versions = array("q"), array("q")
        self._reused = ""

    def take(self, page: Page) -> TransferError | None:
        """Count a page in, and give the error that the list ends in, if it has to."""
        self._said = max(self._said, page.complete_size or 0)
        self._steady &= page.cursor in (None, self._received)
        self._received += self._remember(page)
        return self._round(page) if page.token else self._end()

    def skips(self, page: Page) -> bool:
        """Tell whether records lie between the last page and this one, by cursors that were right so far."""
        return self._sure(page) and (page.cursor or 0) > self._received

    def follows(self, page: Page) -> bool:
        """Tell whether this is certainly the next page, by the same."""
        return self._sure(page) and page.cursor == self._received

    def _sure(self, page: Page) -> bool:
        return self._counted and self._steady and page.cursor is not None

    def _remember(self, page: Page) -> int:
        """Keep who was on a page, each once, and give how many came."""
        records = {(record.identifier, record.datestamp) for record in page.records}
        names = {name for name, _ in records}
        names |= {held.identifier or hashlib.sha256(held.raw).hexdigest() for held in page.quarantined}
        if len(records) < len(page.records):
            self._reused = self._reused or _reused(page)
        known = hash(frozenset(names))
        self._stale = 0 if names and known not in self._pages else self._stale + 1
        self._pages.add(known)
        self._names.extend(map(hash, names))
        self._versions.extend(map(hash, records))
        return len(page.records) + len(page.quarantined)

    def _round(self, page: Page) -> TransferError | None:
        """Refuse a list that goes on without bringing anything."""
        if hash(page.token) in self._tokens:
            return fault("token_repeated", page.token)
        self._tokens.add(hash(page.token))
        if self._stale >= STALE_PAGES:
            return fault("pages_repeated", f"{self._stale} pages")
        return fault("list_too_long", f"{PAGES} pages") if len(self._tokens) >= PAGES else None

    def _end(self) -> TransferError | None:
        """Refuse an end that cannot be one: fewer came than were said, or some came twice and none were said."""
        distinct = len(set(self._names)) + self._before
        if self._counted and self._said > distinct:
            return fault("list_short", f"{distinct} of {self._said}")
        if self._reused:
            return fault("identifier_reused", self._reused)
        doubles = len(self._versions) - len(set(self._versions))
        return fault("list_unstable", f"{doubles} records came twice") if doubles and not self._said else None


def _reused(page: Page) -> str:
    """Give an identifier under which a page has different records."""
    payloads: dict[tuple[str, str], bytes] = {}
    for record in page.records:
        if payloads.setdefault((record.identifier, record.datestamp), record.payload) != record.payload:
            return record.identifier
    return ""
