"""What came of one list, and what of it was asked for."""

from __future__ import annotations

from datetime import date

import msgspec

from harvest.oai_xml import HarvestedRecord, Page, Quarantined
from harvest.windows import day_of


class Listing:
    """What came of one list: identifiers (hashes), days, the pages' lengths, and how it ended.

    `began` tells that this is all of it, and not what came behind a token that was kept.
    """

    def __init__(self, *, began: bool = True) -> None:
        self.began = began
        self.names: set[int] = set()
        self.days: set[date] = set()
        self.pages: list[int] = []
        self.size = 0
        self.ended = False
        self.setless = False

    def take(self, page: Page) -> None:
        """Count a page in."""
        found = [record.identifier for record in page.records]
        found += [held.identifier for held in page.quarantined if held.identifier]
        self.names.update(map(hash, found))
        self.days.update(filter(None, (day_of(stamp) for stamp in {row.datestamp for row in page.records})))
        self.pages.append(len(page.records) + len(page.quarantined))
        self.size = max(self.size, page.complete_size or 0)
        self.ended = page.ended
        self.setless |= any(not record.sets for record in page.records)

    @property
    def ends_itself(self) -> bool:
        """Tell whether the list said its end, after a page less than full: that is no cut."""
        return self.began and self.ended and len(self.pages) > 1 and self.pages[-1] < max(self.pages)


def unobtainable(header: HarvestedRecord) -> Page:
    """Make a page that puts aside a record of which nothing but the header is to be had."""
    held = Quarantined(header.identifier.encode(), "record_unobtainable", header.identifier)
    return Page(b"", quarantined=(held,))


def is_within(record: HarvestedRecord, set_: str) -> bool:
    """Tell whether a record is of a set or of one below it; a header without sets says nothing against it."""
    return not (set_ and record.sets) or any(f"{own}:".startswith(f"{set_}:") for own in record.sets)


def within(page: Page, set_: str) -> Page:
    """Leave out of a page what the provider sent though another set was asked for."""
    inside = tuple(record for record in page.records if is_within(record, set_))
    return page if len(inside) == len(page.records) else msgspec.structs.replace(page, records=inside)
