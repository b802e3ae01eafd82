"""Asking an OAI-PMH endpoint, whatever the verb: a request is encoded, sent, and sent again where that may help."""

from __future__ import annotations

from urllib.parse import quote

import msgspec
from lxml import etree

from harvest.faults import fault
from harvest.oai_xml import CODES, LISTS, Page, error_of, parse_answer, parse_page
from harvest.strict_xml import local_name
from harvest.transport import Reply, Transport
from repository.errors import TransferError

EMPTY = {"ListSets": "noSetHierarchy", "ListMetadataFormats": "noMetadataFormats"}
# Worth a second request: the answer was damaged on its way, or the server stumbled over itself.
PASSING = frozenset({"answer_truncated", "answer_not_wellformed"})
# What a token sent as it stands may hold: all that a query may (RFC 3986, section 3.4) and does not end a value.
VERBATIM = "!$'()*,;:@/?%=~"


class Habits(msgspec.Struct, frozen=True):
    """What a provider wants beyond the protocol: with a token the prefix, or the set too, or the token unquoted;
    days where it advertises seconds; POST; a date with every list, or it leaves things out.

    `cap` is the least number of records after which a list of one page was found cut off without a word, `whole`
    the largest one that was found whole; 0 for never met.
    """

    prefix: bool = False
    set: bool = False
    verbatim: bool = False
    days: bool = False
    post: bool = False
    dated: bool = False
    cap: int = 0
    whole: int = 0


class Asker:
    """One endpoint; `habits` are what it wants beyond the protocol, and grow."""

    def __init__(self, endpoint: str, transport: Transport, habits: Habits) -> None:
        self.endpoint, self.habits = endpoint, habits
        self._transport = transport
        self._attempts = transport.limits.attempts

    def learn(self, **habits: bool) -> None:
        """Remember something that the provider wants."""
        self.habits = msgspec.structs.replace(self.habits, **habits)

    def answer(self, verb: str, arguments: dict[str, str]) -> etree._Element:
        """Ask for something small that has to be whole."""
        for attempt in range(self._attempts):
            last = attempt + 1 == self._attempts
            try:
                reply = self._ask(verb, arguments)
                root = parse_answer(reply.body, reply.charset)
            except TransferError as error:
                if error.code not in PASSING or last:
                    raise
            else:
                error_code, text = error_of(root)
                if not error_code or error_code == EMPTY.get(verb):
                    return root
                if error_code in CODES or last:
                    raise fault("protocol_error", f"{error_code}: {text}")
            self._transport.pause(attempt)
        raise fault("answer_truncated")

    def records(
        self, verb: str, arguments: dict[str, str], prefix: str, verbatim: bool = False
    ) -> tuple[Page, bool]:
        """Ask for records, again where an answer was damaged or names an error that no standard knows.

        Tells beside the page whether the server may have worked on an earlier attempt.
        """
        doubtful = False
        for attempt in range(self._attempts):
            last = attempt + 1 == self._attempts
            try:
                reply = self._ask(verb, arguments, verbatim)
                page = parse_page(reply.body, prefix, reply.charset)
            except TransferError as error:
                if error.code not in PASSING or last:
                    raise
            else:
                if page.error in CODES or not page.error:
                    return page, doubtful or reply.doubtful
                if last:
                    raise protocol_fault(page)
            doubtful = True
            self._transport.pause(attempt)
        raise fault("answer_truncated")

    def _ask(self, verb: str, arguments: dict[str, str], verbatim: bool = False) -> Reply:
        """Send a request; every value is percent-encoded once, tokens too, which are never looked into."""
        query = "&".join(
            f"{name}={quote(value, safe=VERBATIM if verbatim and name == 'resumptionToken' else '')}"
            for name, value in {"verb": verb, **arguments}.items()
            if value
        )
        if not self.habits.post:
            joint = "&" if "?" in self.endpoint else "?"
            try:
                return self._transport.ask(f"{self.endpoint}{joint}{query}", _is_answer)
            except TransferError as error:
                if error.code != "method_refused":
                    raise
        reply = self._transport.ask(self.endpoint, _is_answer, query.encode())
        self.learn(post=True)
        return reply


def protocol_fault(page: Page) -> TransferError:
    """Make the transfer error of a protocol error (section 3.6)."""
    refused = page.error == "badResumptionToken"
    return fault("token_refused" if refused else "protocol_error", f"{page.error}: {page.error_text}")


def _is_answer(body: bytes) -> bool:
    """Tell whether a body under an HTTP error status is an answer all the same: a protocol error or a list."""
    try:
        root = parse_answer(body)
    except TransferError:
        return False
    return error_of(root)[0] in CODES or any(local_name(child) in LISTS for child in root)
