"""One collection, served by two providers that others wrote, comes out of the harvest as the same items.

`oaipmh` 4 and `oai_repo` 0.5.2 answer over real HTTP, in oai_dc and MODS. `oai_repo` never writes the status of a
header; the server here adds it, as its users have to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs
from wsgiref.simple_server import WSGIRequestHandler, make_server

import oai_repo
import pytest
from lxml import etree
from oaipmh import common, error
from oaipmh.metadata import MetadataRegistry
from oaipmh.server import BatchingServer

from benchmarks import generator
from benchmarks.corpus.markup import DC, SCHEMAS
from harvest import records, sources
from harvest.ledger import Run, RunState
from harvest.run import harvest
from harvest.source import Source
from repository import institutions, items
from repository.institution import Institution
from repository.item import canonical
from repository.memory import Memory

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PAGE = 30
PREFIXES = ("mods", "oai_dc")
SETS = {"maps": "옛 지도", "maps:west": "서쪽 지도", "letters": "편지 & 글"}
GRANULARITY = "YYYY-MM-DDThh:mm:ssZ"
OLD = datetime(2024, 5, 1, 9, 30, tzinfo=UTC)
HOSTILE = (
    "<script>alert('가')</script>",
    "]]> & &amp; &#x26;",
    "\"두\" '따옴표'",
    "𠮷野の地圖 🗺",
    "가\u200d나\u202e다\u2066라",
    "나랏말\u110a\u119e미 \uf96f",
    "줄\n바꿈\t탭",
    "값 < 3냥 > 2냥",
    "\ufffd 깨진 글자 \ufffd",
    "\u1112\u1161\u11ab\u1100\u1173\u11af",
    "A" * 3000,
    "http://x.example/?a=1&b=<2>",
    "%3Cb%3E + %2F",
    "null",
    "-1' OR '1'='1",
)


@dataclass(frozen=True)
class Row:
    """What both providers hold under one identifier; `name` is a title beside those that are generated."""

    number: int
    datestamp: datetime = OLD
    sets: tuple[str, ...] = ()
    deleted: bool = False
    name: str = "책"

    def payload(self, prefix: str) -> etree._Element:
        """Make the metadata."""
        root = etree.fromstring(generator.payload(1, self.number, 0, prefix))
        space = SCHEMAS[prefix][1]
        parent = root if prefix == "oai_dc" else etree.SubElement(root, f"{{{space}}}titleInfo")
        etree.SubElement(parent, f"{{{DC if prefix == 'oai_dc' else space}}}title").text = self.name
        return root


def corpus() -> dict[str, Row]:
    """Make 250 records: odd identifiers, odd titles, sets within sets, some deleted."""
    specs = ((), ("maps",), ("maps:west",), ("letters", "maps"))
    made = {f"oai:foreign.example:{n}": Row(n, sets=specs[n % 4], deleted=n % 23 == 5) for n in range(220)}
    odd = ("책/{}", "http://x.example/책 {}?a=1&b=2", "oai:x:%2F{}", "<{}>", "a+b {}", "{}'\"")
    made |= {
        odd[n % len(odd)].format(n): Row(n, sets=specs[n % 4], name=HOSTILE[n % len(HOSTILE)])
        for n in range(220, 250)
    }
    return made


@dataclass
class Shelf:
    """The collection, which both providers read and a test changes."""

    rows: dict[str, Row] = field(default_factory=corpus)

    def matching(
        self, spec: str | None, from_: datetime | None, until: datetime | None
    ) -> list[tuple[str, Row]]:
        """Give what matches, in an order that stays."""
        return [
            (name, row)
            for name, row in sorted(self.rows.items(), key=lambda pair: (pair[1].datestamp, pair[0]))
            if (from_ is None or row.datestamp >= from_)
            and (until is None or row.datestamp <= until)
            and (spec is None or any(f"{own}:".startswith(f"{spec}:") for own in row.sets))
        ]

    def change(self) -> None:
        """Let a day's work happen, now: some records changed, some deleted, some new, one back again."""
        now = datetime.now(UTC).replace(microsecond=0)
        for n in (0, 31, 62, 93, 124, 155):
            name = f"oai:foreign.example:{n}"
            self.rows[name] = replace(self.rows[name], datestamp=now, name=f"고친 제목 {n}", deleted=False)
        for n in (1, 40, 111):
            name = f"oai:foreign.example:{n}"
            self.rows[name] = replace(self.rows[name], datestamp=now, deleted=True)
        self.rows["oai:foreign.example:5"] = Row(5, now, name="되찾은 책")
        self.rows |= {
            f"oai:foreign.example:new-{n}": Row(300 + n, now, ("letters", "maps:west")) for n in range(40)
        }


class ForOaipmh:
    """The collection in the interface of `oaipmh`, whose names are not ours."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf

    def identify(self) -> Any:
        return common.Identify(
            repositoryName="남의 제공처", baseURL="http://foreign.example/oai", protocolVersion="2.0",
            adminEmails=["curator@foreign.example"], earliestDatestamp=_naive(OLD), deletedRecord="persistent",
            granularity=GRANULARITY, compression=["identity"], toolkit_description=False,
        )  # fmt: skip

    def listMetadataFormats(self, identifier: str | None = None) -> list[tuple[str, str, str]]:
        return [(prefix, *SCHEMAS[prefix]) for prefix in PREFIXES]

    def listSets(self, cursor: int = 0, batch_size: int = PAGE) -> list[tuple[str, str, str]]:
        return [(spec, name, "") for spec, name in SETS.items()][cursor : cursor + batch_size]

    def getRecord(self, metadataPrefix: str, identifier: str) -> tuple[Any, Row, None]:
        if identifier not in self.shelf.rows:
            raise error.IdDoesNotExistError(identifier)
        row = self.shelf.rows[identifier]
        return self._header(identifier, row), row, None

    def listIdentifiers(self, **asked: Any) -> list[Any]:
        return [self._header(*pair) for pair in self._batch(**asked)]

    def listRecords(self, **asked: Any) -> list[tuple[Any, Row, None]]:
        return [(self._header(name, row), row, None) for name, row in self._batch(**asked)]

    def _batch(
        self, metadataPrefix: str, set: str | None = None, from_: datetime | None = None,
        until: datetime | None = None, cursor: int = 0, batch_size: int = PAGE,
    ) -> list[tuple[str, Row]]:  # fmt: skip
        return self.shelf.matching(set, _aware(from_), _aware(until))[cursor : cursor + batch_size]

    @staticmethod
    def _header(name: str, row: Row) -> Any:
        return common.Header(None, name, _naive(row.datestamp), list(row.sets), row.deleted)


def _naive(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None)


def _aware(moment: datetime | None) -> datetime | None:
    return moment and moment.replace(tzinfo=UTC)


def by_oaipmh(shelf: Shelf) -> Callable[[dict[str, str]], bytes]:
    """Answer as `oaipmh` does."""
    registry = MetadataRegistry()
    for prefix in PREFIXES:
        registry.registerWriter(prefix, lambda parent, row, prefix=prefix: parent.append(row.payload(prefix)))
    server = BatchingServer(ForOaipmh(shelf), registry, resumption_batch_size=PAGE)
    return lambda asked: bytes(server.handleRequest(asked))


class ForOaiRepo(oai_repo.DataInterface):  # type: ignore[misc]  # it brings no types
    """The collection in the interface of `oai_repo`."""

    limit = PAGE

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf

    def get_identify(self) -> Any:
        made = oai_repo.Identify()
        made.repository_name, made.base_url = "남의 제공처", "http://foreign.example/oai"
        made.admin_email, made.deleted_record = ["curator@foreign.example"], "persistent"
        made.granularity, made.earliest_datestamp = GRANULARITY, "2024-05-01T09:30:00Z"
        return made

    def is_valid_identifier(self, identifier: str) -> bool:
        return identifier in self.shelf.rows

    def get_metadata_formats(self, identifier: str | None = None) -> list[Any]:
        return [oai_repo.MetadataFormat(prefix, *SCHEMAS[prefix]) for prefix in PREFIXES]

    def get_record_header(self, identifier: str) -> Any:
        row = self.shelf.rows[identifier]
        return oai_repo.RecordHeader(identifier, row.datestamp, list(row.sets))

    def get_record_metadata(self, identifier: str, metadataprefix: str) -> etree._Element:
        return self.shelf.rows[identifier].payload(metadataprefix)

    def get_record_abouts(self, identifier: str) -> list[etree._Element]:
        return []

    def list_set_specs(self, identifier: str | None = None, cursor: int = 0) -> tuple[list[str], int, None]:
        return list(SETS), len(SETS), None

    def get_set(self, setspec: str) -> Any:
        return oai_repo.Set(setspec, SETS[setspec], [])

    def list_identifiers(
        self, metadataprefix: str, filter_from: datetime | None = None, filter_until: datetime | None = None,
        filter_set: str | None = None, cursor: int = 0,
    ) -> tuple[list[str], int, None]:  # fmt: skip
        found = [name for name, _ in self.shelf.matching(filter_set, filter_from, filter_until)]
        return found[cursor : cursor + self.limit], len(found), None


def by_oai_repo(shelf: Shelf) -> Callable[[dict[str, str]], bytes]:
    """Answer as `oai_repo` does, and mark what is deleted."""
    repository = oai_repo.OAIRepository(ForOaiRepo(shelf))

    def answer(asked: dict[str, str]) -> bytes:
        root = etree.fromstring(bytes(repository.process(asked)))
        for header in root.iter("{*}header"):
            if shelf.rows[header.findtext("{*}identifier") or ""].deleted:
                header.set("status", "deleted")
                for metadata in header.itersiblings("{*}metadata"):
                    header.getparent().remove(metadata)  # type: ignore[union-attr]  # it has a sibling
        return etree.tostring(root, encoding="UTF-8", xml_declaration=True)

    return answer


class Quiet(WSGIRequestHandler):
    """Writes no line for each request."""

    def log_message(self, format: str, *arguments: Any) -> None:
        """Nothing."""


def application(answer: Callable[[dict[str, str]], bytes]) -> WSGIApplication:
    """Wrap answers in WSGI, for GET and POST."""

    def app(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        form = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)).decode()
        sent = parse_qs(f"{environ['QUERY_STRING']}&{form}", keep_blank_values=True)
        body = answer({name: values[0] for name, values in sent.items() if name})
        start_response("200 OK", [("Content-Type", "text/xml"), ("Content-Length", str(len(body)))])
        return [body]

    return app


@contextmanager
def serving(answer: Callable[[dict[str, str]], bytes]) -> Iterator[str]:
    """Serve on the loopback while the block runs; gives the base URL."""
    server = make_server("127.0.0.1", 0, application(answer), handler_class=Quiet)
    thread = Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/oai"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


PROVIDERS = {"oaipmh": by_oaipmh, "oai_repo": by_oai_repo}


@contextmanager
def registered(memory: Memory, shelf: Shelf, spec: str) -> Iterator[None]:
    """Serve a collection by both while the block runs, each a source of its package's name."""
    with serving(by_oaipmh(shelf)) as one, serving(by_oai_repo(shelf)) as other:
        with memory.database.write() as tx:
            institutions.save(tx, Institution("lib", "새벽도서관", "Dawn Library"))
            for name, url in zip(PROVIDERS, (one, other), strict=True):
                sources.save(tx, Source(name, name, name, url, "lib", PREFIXES, set=spec))
        yield


def kept(memory: Memory, source: str) -> dict[str, tuple[str, bytes]]:
    """Give what is held of a source, by identifier: its state and the canonical JSON of its description."""
    with memory.database.read() as conn:
        rows = items.find_many(conn, list(records.iter_items(conn, source))).values()
        return {row.item.local_id: (row.state, canonical(row.item.description)) for row in rows}


def expected(shelf: Shelf, spec: str) -> set[str]:
    """Name what the collection holds and has not deleted."""
    return {name for name, row in shelf.matching(spec or None, None, None) if not row.deleted}


@pytest.mark.parametrize("spec", ["", "maps"], ids=["everything", "one set"])
def test_two_foreign_providers_give_the_same_items_at_first_and_after_a_change(
    memory: Memory, spec: str
) -> None:
    shelf = Shelf()
    with registered(memory, shelf, spec):
        first = equal(memory, shelf, spec)
        shelf.change()
        second = equal(memory, shelf, spec)
    assert (first.kind, second.kind) == ("full", "incremental")
    assert 0 < second.counts["received"] < first.counts["received"] / 2
    assert all(second.counts[what] for what in ("new", "changed", "deleted"))


def equal(memory: Memory, shelf: Shelf, spec: str) -> Run:
    """Harvest from both, and hold what came of it against each other and against the collection."""
    ends = [harvest(memory, name) for name in PROVIDERS]
    assert [end.state for end in ends] == [RunState.COMPLETE] * 2, ends
    assert ends[0].counts == ends[1].counts
    one, other = (kept(memory, name) for name in PROVIDERS)
    assert one == other
    assert {name for name, (state, _) in one.items() if state == items.LIVE} == expected(shelf, spec)
    return ends[0]
