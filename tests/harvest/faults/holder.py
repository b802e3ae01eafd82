"""A provider that keeps to the protocol, for twists to break, and the form of a scenario."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

from harvest.ledger import RunState
from tests.harvest.loopback import Answer, Request

OAI = "http://www.openarchives.org/OAI/2.0/"
DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
OAI_DC = 'xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"'
OLD = "2026-01-01T00:00:00Z"
XML = (("Content-Type", "text/xml; charset=utf-8"),)


@dataclass
class Row:
    """What the provider holds under one identifier; `sent` stands, as markup, for the title where they differ."""

    title: str
    datestamp: str = OLD
    sets: tuple[str, ...] = ()
    deleted: bool = False
    sent: str = ""

    def markup(self, identifier: str) -> str:
        """Write the record."""
        return f"<record>{self.header(identifier)}{self.metadata()}</record>"

    def header(self, identifier: str) -> str:
        """Write the header."""
        status = ' status="deleted"' if self.deleted else ""
        specs = "".join(f"<setSpec>{escape(spec)}</setSpec>" for spec in self.sets)
        stamp = f"<datestamp>{self.datestamp}</datestamp>"
        return f"<header{status}><identifier>{escape(identifier)}</identifier>{stamp}{specs}</header>"

    def metadata(self) -> str:
        """Write what the record says."""
        if self.deleted:
            return ""
        title = f"<dc:title>{self.sent or escape(self.title)}</dc:title>"
        return f"<metadata><oai_dc:dc {OAI_DC} {DC}>{title}</oai_dc:dc></metadata>"


def seven() -> dict[str, Row]:
    """Make seven records of one moment, so that no window of time can tell them apart."""
    return {f"oai:x:{n}": Row(f"훈민정음 {n}") for n in range(7)}


@dataclass
class Holder:
    """A well-behaved provider of oai_dc: its records, and what it says of itself."""

    rows: dict[str, Row] = field(default_factory=seven)
    page_size: int = 3
    says_size: bool = False
    date: str = "2026-02-01T00:00:00Z"
    earliest: str = "2000-01-01T00:00:00Z"
    granularity: str = "YYYY-MM-DDThh:mm:ssZ"
    done: Counter[str] = field(default_factory=Counter)
    url: str = ""

    def first(self, name: str = "", times: int = 1) -> bool:
        """Tell whether this is one of the first times that this was asked."""
        self.done[name] += 1
        return self.done[name] <= times

    def chosen(self, asked: dict[str, str]) -> list[tuple[str, Row]]:
        """Give the records that match, in order."""
        from_, until, spec = asked.get("from", ""), asked.get("until", ""), asked.get("set", "")
        return [
            (name, row)
            for name, row in sorted(self.rows.items())
            if from_ <= row.datestamp[: len(from_) or None]
            and (not until or row.datestamp[: len(until)] <= until)
            if not spec or any(f"{own}:".startswith(f"{spec}:") for own in row.sets)
        ]

    def answer(self, request: Request) -> Answer:
        """Answer as the protocol says."""
        asked = request.arguments
        verb = asked.get("verb", "")
        if verb == "Identify":
            return self.send(self.identity())
        if verb == "GetRecord":
            row = self.rows.get(asked["identifier"])
            found = f"<GetRecord>{row.markup(asked['identifier'])}</GetRecord>" if row else ""
            return self.send(found) if found else self.error("idDoesNotExist")
        if verb == "ListSets":
            specs = sorted({spec for row in self.rows.values() for spec in row.sets})
            rows = "".join(f"<set><setSpec>{escape(spec)}</setSpec></set>" for spec in specs)
            return self.send(f"<ListSets>{rows}</ListSets>") if specs else self.error("noSetHierarchy")
        if verb not in ("ListRecords", "ListIdentifiers"):
            return self.error("badVerb")
        return self.page(self.arguments(asked), verb)

    def arguments(self, asked: dict[str, str]) -> dict[str, str]:
        """Read the token, which carries everything: the start, from, until and set."""
        token = asked.get("resumptionToken", "")
        if not token:
            return asked
        start, from_, until, spec = token.split("|")
        return {"start": start, "from": from_, "until": until, "set": spec}

    def page(self, asked: dict[str, str], verb: str = "ListRecords") -> Answer:
        """Answer one page of a list."""
        chosen, start = self.chosen(asked), int(asked.get("start", 0))
        if not chosen:
            return self.error("noRecordsMatch")
        end = start + self.page_size
        marks = [f'cursor="{start}" completeListSize="{len(chosen)}"'] if self.says_size else []
        token = self.token(end, asked) if end < len(chosen) else ""
        return self.listed(chosen[start:end], token if token or start else None, *marks, verb=verb)

    def token(self, start: int, asked: dict[str, str]) -> str:
        """Make the token of the page that begins there."""
        return f"{start}|{asked.get('from', '')}|{asked.get('until', '')}|{asked.get('set', '')}"

    def listed(
        self,
        rows: Iterable[tuple[str, Row]],
        token: str | None,
        marks: str = "",
        *,
        verb: str = "ListRecords",
    ) -> Answer:
        """Send records, with a token, an empty one, or none."""
        make = Row.header if verb == "ListIdentifiers" else Row.markup
        end = (
            ""
            if token is None and not marks
            else f"<resumptionToken {marks}>{escape(token or '')}</resumptionToken>"
        )
        return self.send(f"<{verb}>{''.join(make(row, name) for name, row in rows)}{end}</{verb}>")

    def identity(self) -> str:
        """Say who answers."""
        return (
            "<Identify><repositoryName>새벽도서관</repositoryName><baseURL>http://elsewhere.invalid/oai</baseURL>"
            f"<protocolVersion>2.0</protocolVersion><adminEmail>a@b.kr</adminEmail><earliestDatestamp>{self.earliest}"
            f"</earliestDatestamp><deletedRecord>no</deletedRecord><granularity>{self.granularity}</granularity></Identify>"
        )

    def error(self, code: str, status: int = 200) -> Answer:
        """Send a protocol error."""
        return self.send(f'<error code="{code}">아니오</error>')._replace(status=status)

    def send(self, body: str) -> Answer:
        """Send an answer with this inside."""
        head = '<?xml version="1.0" encoding="UTF-8"?>\n'
        stamp = f"<responseDate>{self.date}</responseDate>" if self.date else ""
        text = f'{head}<OAI-PMH xmlns="{OAI}">{stamp}<request>http://x.invalid/oai</request>{body}</OAI-PMH>'
        return Answer(text.encode(), headers=XML)


Twist = Callable[[Holder, Request], Answer]


@dataclass(frozen=True)
class Scenario:
    """One misbehaviour, and how the last run of its harvest ends.

    `rows` are the numbers of `notes/oai.md` 1.3 that it shows, none for what goes beyond. `then` changes the
    provider before a second run, `stored` are the identifiers that are live at the end where it is not
    all that is held, `error` is the code that the run names, `counts` are the counts of the last run that matter,
    `notes` the codes that its report has to note.
    """

    rows: tuple[int, ...]
    name: str
    twist: Twist = Holder.answer
    state: RunState = RunState.COMPLETE
    error: str = ""
    stored: frozenset[str] | None = None
    quarantined: frozenset[str] = frozenset()
    counts: dict[str, int] = field(default_factory=dict)
    notes: frozenset[str] = frozenset()
    held: Callable[[], Holder] = Holder
    then: Callable[[Holder], None] | None = None
    full: bool = False
    source: dict[str, Any] = field(default_factory=dict)
    client: dict[str, Any] = field(default_factory=dict)
    tls: bool = False
    waits: tuple[float, ...] = ()


def ids(*numbers: int) -> frozenset[str]:
    """Name some of the seven."""
    return frozenset(f"oai:x:{n}" for n in numbers)


def of_lists(twist: Twist, *verbs: str) -> Twist:
    """Let a misbehaviour concern lists only, or only these verbs; everything else is answered as it should be."""
    concerned = verbs or ("ListRecords", "ListIdentifiers")

    def twisted(held: Holder, asked: Request) -> Answer:
        return twist(held, asked) if asked.arguments.get("verb") in concerned else held.answer(asked)

    return twisted


FIRST_PAGE = ids(0, 1, 2)


def spread() -> Holder:
    """Make a provider whose records lie a day apart, so that windows of time tell them apart."""
    return Holder({f"oai:x:{n}": Row(f"훈민정음 {n}", f"2026-01-0{n + 1}T00:00:00Z") for n in range(7)})


def sized() -> Holder:
    """Make a provider that says how many records a list has, and where a page begins."""
    return Holder(says_size=True)


def token_of(request: Request) -> str:
    """Give the token of a request."""
    return request.arguments.get("resumptionToken", "")
