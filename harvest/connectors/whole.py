"""What is given whole each time, a folder or a sheet, as a list in pages.

Such a list has no times: what is unchanged is told by its bytes, what vanished by comparing identifiers. A token
is a state of the whole and a place in it; it holds as long as nothing was changed meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import msgspec

from harvest.connector import Connector, Identity, Set
from harvest.connectors.faults import fault as file_fault
from harvest.faults import fault
from harvest.oai_asking import Habits
from harvest.oai_xml import HarvestedRecord, Page, Quarantined

PAGE = 200
RECORDS = 5_000_000
UNREADABLE = "record_not_wellformed"

Entry = HarvestedRecord | Quarantined


class Whole(NamedTuple):
    """All that there is: `state` changes when it does; `entries` reads it, under the name of a format."""

    state: str
    entries: Callable[[str], Iterator[Entry]]


class WholeList(Connector):
    """A connector to something that can be read whole; `opened` reads it anew for each list.

    Of records under one identifier the first counts; a later one with other bytes is quarantined.
    """

    def __init__(
        self,
        identity: Identity,
        habits: Habits,
        opened: Callable[[], Whole],
        closed: Callable[[], None] = lambda: None,
    ) -> None:
        self._identity, self._habits, self._opened, self._closed = identity, habits, opened, closed
        # Of the last list that was read to its end; in an unreadable part any record may hide.
        self._state, self._names, self._unreadable = "", frozenset[int](), False

    @property
    def habits(self) -> Habits:
        """What was handed in: there is nobody here to learn of."""
        return self._habits

    def close(self) -> None:
        """Give back what was opened."""
        self._closed()

    def identify(self) -> Identity:
        """Tell what is read; raises a TransferError when it is not there."""
        self._opened()
        return self._identity

    def list_sets(self) -> Iterator[Set]:
        """Yield no sets."""
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
        """Yield everything in pages, from a token on; sets and times select nothing here.

        Raises a TransferError, `token_refused` where something was changed since the token was given.
        """
        whole = self._opened()
        start = _start(token, whole.state)
        page: list[Entry] = []
        place = 0
        seen: dict[int, int] = {}
        unreadable = False
        for place, entry in enumerate(_once(whole.entries(prefix), seen), 1):
            unreadable |= isinstance(entry, Quarantined) and entry.reason == UNREADABLE
            if place > start:
                if len(page) == PAGE:
                    yield _page(page, f"{whole.state}.{place - 1}")
                    page = []
                page.append(entry)
            if place > RECORDS:
                raise fault("list_too_long", f"{RECORDS} records")
        if place < start:
            raise fault("token_refused", "the list has become shorter")
        self._state, self._names, self._unreadable = whole.state, frozenset(seen), unreadable
        yield _page(page, "")

    def identifiers(self, prefix: str, set_: str = "", from_: str = "", until: str = "") -> Iterator[Page]:
        """Yield the same pages without payloads, with the size of the list where it was just read."""
        size = len(self._names) if self._opened().state == self._state else None
        for page in self.pages(prefix):
            bare = tuple(msgspec.structs.replace(record, payload=b"") for record in page.records)
            yield msgspec.structs.replace(page, records=bare, complete_size=size)

    def get_record(self, identifier: str, prefix: str) -> Page:
        """Find one record in the whole list; raises `file_unreadable` where it may hide in an unreadable part."""
        if self._opened().state != self._state:
            for _ in self.pages(prefix):
                pass
        if hash(identifier) in self._names:
            for entry in self._opened().entries(prefix):
                if isinstance(entry, HarvestedRecord) and entry.identifier == identifier:
                    return _page([entry], "")
        if self._unreadable:
            raise file_fault("file_unreadable", f"{identifier} may stand in a part that cannot be read")
        return Page(b"", error="idDoesNotExist")


def _once(entries: Iterator[Entry], seen: dict[int, int]) -> Iterator[Entry]:
    """Yield entries, of one identifier the first; its equals are dropped, others under its name set aside.

    `seen` becomes what is known of each identifier's bytes.
    """
    for entry in entries:
        if isinstance(entry, HarvestedRecord):
            name, content = hash(entry.identifier), hash((entry.payload, entry.deleted))
            if name in seen:
                if seen[name] != content:
                    yield Quarantined(entry.payload, "identifier_reused", detail=entry.identifier)
                continue
            seen[name] = content
        yield entry


def _start(token: str, state: str) -> int:
    if not token:
        return 0
    held, _, place = token.rpartition(".")
    if held != state or not place.isdigit():
        raise fault("token_refused", "the files were changed")
    return int(place)


def _page(entries: list[Entry], token: str) -> Page:
    return Page(
        raw=b"",
        records=tuple(entry for entry in entries if isinstance(entry, HarvestedRecord)),
        quarantined=tuple(entry for entry in entries if isinstance(entry, Quarantined)),
        token=token,
        ended=not token,
    )
