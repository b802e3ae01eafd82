"""Processor time for each harvested record, against what Sickle needs merely to iterate over the same answers.

    python -m benchmarks.harvest

A process of its own serves 5,000 records of Dublin Core in pages of 100. Four ways are taken in turns: Sickle;
our client (fetched, strictly parsed, checked); our client with the raw record stored; the whole way, with
crosswalk, dates, decision, item and change.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import get_context
from multiprocessing.connection import Connection
from urllib.parse import parse_qs, urlsplit

from sickle import Sickle

from benchmarks.measure import in_turns, say
from harvest import ledger, records, run, sources
from harvest.client import OaiClient
from harvest.crosswalks import VERSION
from harvest.records import RecordState
from harvest.source import Source
from repository import identities, institutions
from repository.identities import IdentityState, identify
from repository.institution import Institution
from repository.memory import Memory, open_memory
from repository.settings import Settings

RECORDS, PAGE, ROUNDS = 5000, 100, 3
OAI = "http://www.openarchives.org/OAI/2.0/"


def record(number: int) -> str:
    """Write one record such as a library sends."""
    fields = "".join(
        f"<dc:{name}>{value}</dc:{name}>"
        for name, value in (
            ("title", f"대동여지도 {number}"), ("title", f"大東輿地圖 {number}"), ("creator", "김정호 (?-1866)"),
            ("date", "철종 12년(1861)"), ("type", "지도"), ("subject", "지리"), ("subject", "조선"),
            ("description", "나라 땅을 스물두 첩으로 나누어 그린 지도이다. " * 4), ("language", "ko"),
            ("identifier", f"K-{number}"), ("rights", "공공누리 제1유형"), ("publisher", "가상도서관"),
        )
    )  # fmt: skip
    return (
        f"<record><header><identifier>oai:x:{number}</identifier><datestamp>2026-01-01</datestamp></header>"
        f'<metadata><oai_dc:dc xmlns:oai_dc="{OAI}oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"{fields}</oai_dc:dc></metadata></record>"
    )


def pages() -> list[bytes]:
    """Write all pages of the answer."""
    made = []
    for start in range(0, RECORDS, PAGE):
        body = "".join(map(record, range(start, start + PAGE)))
        token = str(start // PAGE + 1) if start + PAGE < RECORDS else ""
        made.append(
            f'<OAI-PMH xmlns="{OAI}"><responseDate>2026-01-02T00:00:00Z</responseDate><request verb="ListRecords">'
            f"http://x.example/oai</request><ListRecords>{body}<resumptionToken>{token}</resumptionToken>"
            f"</ListRecords></OAI-PMH>".encode()
        )
    return made


def provide(say_port: Connection) -> None:
    """Serve the pages until stopped."""
    made = pages()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            asked = parse_qs(urlsplit(self.path).query)
            body = made[int(asked.get("resumptionToken", ["0"])[0])]
            self.send_response(200)
            self.send_header("Content-Type", "text/xml; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    say_port.send(server.server_port)
    server.serve_forever()


@contextmanager
def provider() -> Iterator[str]:
    """Serve the pages from another process while the block runs; gives the endpoint."""
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=provide, args=(there,), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{here.recv()}/oai"
    finally:
        process.terminate()


def installation(folder: str, endpoint: str) -> Memory:
    """Make an empty installation that knows the source."""
    memory = open_memory(Settings(data=folder))
    memory.database.migrate()
    with memory.database.write() as tx:
        institutions.save(tx, Institution("lib", "가상도서관", "Library"))
        sources.save(tx, Source("s", "s", "s", endpoint, "lib", ("oai_dc",)))
    return memory


def sickle(endpoint: str) -> None:
    """Iterate as Sickle does."""
    assert sum(1 for _ in Sickle(endpoint).ListRecords(metadataPrefix="oai_dc")) == RECORDS


def client(endpoint: str) -> None:
    """Fetch, parse strictly, check."""
    with OaiClient(endpoint) as ours:
        assert sum(len(page.records) for page in ours.pages("oai_dc")) == RECORDS


def raw(endpoint: str) -> None:
    """Fetch, parse, check, and store the raw record."""
    with tempfile.TemporaryDirectory() as folder:
        memory = installation(folder, endpoint)
        with memory.database.write() as tx:
            number = ledger.open_run(tx, "s", "full", {"oai_dc": ""}, "")
        with OaiClient(endpoint) as ours:
            for page in ours.pages("oai_dc"):
                with memory.database.write() as tx:
                    identities.hold(tx, "s", [one.identifier for one in page.records])
                    records.hold(tx, [], [records.digest_of(one) for one in page.records])
                    for one in page.records:
                        item = identify(tx, "s", one.identifier, IdentityState.LIVE)
                        records.keep(tx, number, "s", item, one, None, RecordState.LIVE, VERSION)
        memory.close()


def whole(endpoint: str) -> None:
    """Take the whole way."""
    with tempfile.TemporaryDirectory() as folder:
        memory = installation(folder, endpoint)
        assert run.harvest(memory, "s").counts["new"] == RECORDS
        memory.close()


def main() -> None:
    """Measure."""
    ways = {"Sickle": sickle, "client": client, "client, raw record stored": raw, "everything": whole}
    with provider() as endpoint:
        found = in_turns({name: partial(way, endpoint) for name, way in ways.items()}, ROUNDS)
    for name, seconds in found.items():
        say(f"{name:28} {seconds / RECORDS * 1e6:8.0f} us/record  {seconds / found['Sickle']:5.2f} x Sickle")


if __name__ == "__main__":
    main()
