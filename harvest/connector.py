"""What every kind of source is asked through, so that windows, ledger and quarantine are the same for all.

The words are those of OAI-PMH, whose lists are the richest; a kind that cannot select by time says so with an
empty granularity and is asked for everything each time.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import TracebackType
from typing import Protocol, Self

import msgspec

from harvest.oai_asking import Habits
from harvest.oai_xml import Page


class Identity(msgspec.Struct, frozen=True):
    """What a provider says of itself (OAI-PMH 2.0, section 4.2); every text as sent.

    `granularity` is empty where lists cannot be bounded in time; `deleted` is `no`, `transient` or `persistent`.
    """

    name: str = ""
    base_url: str = ""
    protocol: str = ""
    earliest: str = ""
    deleted: str = ""
    granularity: str = ""
    admin_emails: tuple[str, ...] = ()
    response_date: str = ""


class Format(msgspec.Struct, frozen=True):
    """A metadata format on offer (section 4.4)."""

    prefix: str
    schema: str
    namespace: str


class Set(msgspec.Struct, frozen=True):
    """A set on offer (section 4.6)."""

    spec: str
    name: str


class Connector(Protocol):
    """One source's endpoint, open; use it as a context manager, or `close` it.

    Failures of every method are TransferErrors with codes of `harvest.faults`.
    """

    @property
    def habits(self) -> Habits:
        """What was learnt of the provider, to be handed to the next connector."""

    def identify(self) -> Identity:
        """Ask who answers there."""

    def list_sets(self) -> Iterator[Set]:
        """Yield the sets; none where there are none."""

    def pages(
        self,
        prefix: str,
        set_: str = "",
        from_: str = "",
        until: str = "",
        token: str = "",
        received: int | None = None,
    ) -> Iterator[Page]:
        """Yield the pages of a list of records, from `token` on where one is given."""

    def identifiers(self, prefix: str, set_: str = "", from_: str = "", until: str = "") -> Iterator[Page]:
        """Yield the pages of a list of headers: records without payloads."""

    def get_record(self, identifier: str, prefix: str) -> Page:
        """Ask for one record; `idDoesNotExist` and `cannotDisseminateFormat` stand in the page's `error`."""

    def close(self) -> None:
        """Give the connections back."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
