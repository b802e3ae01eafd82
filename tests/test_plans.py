"""Pages at 100,000 items: few statements, none scans a large table whole, none reads much."""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import Connection, event, insert, text

from curation import collection_store
from curation.collection_file import MOST_WORKS
from curation.collections import Collection, Pick, Reference, Section, Words
from curation.release.build import build
from curation.release.freeze import freeze
from curation.release.publish import publish
from curation.release.terms import Terms
from harvest import health_report
from harvest.ledger import Report
from harvest.source import Source
from harvest.tables import payload, quarantine, record, record_version, run, run_change, source, window
from repository import derivatives, items, people, refresh
from repository.database import Database
from repository.identifiers import mint
from repository.institution import Institution
from repository.institutions import save
from repository.item import Agent, Description, Item, Note, Text, Title, canonical, digest
from repository.memory import Memory
from repository.person import Role
from repository.rights.decision import ClaimInput, Decision, Inputs
from repository.rights.policy import decide
from repository.rights.table import load
from repository.secret import key_of
from repository.settings import Settings
from repository.tables import asset, current_decision, decision, identity, item, problem
from tests.harvest.health_pages import enter
from tests.harvest.health_seed import PASSWORD
from wsgi import create_app

ITEMS = 100_000
BOOK_PAGES = 500
SOURCES = 26
INDEXED = (
    200  # what the pages of results need; reading them asks the database the same however many there are
)
STATEMENTS = 13
BYTES = 1 << 20
LARGE = ("item", "asset", "record", "record_version", "change", "identity", "decision", "current_decision")
STAMP = "2026-11-24T00:00:00Z"


class Site(NamedTuple):
    """The application over the large database, and what its pages asked of it."""

    client: FlaskClient
    staff: FlaskClient
    database: Database
    book: str
    report: str
    statements: list[tuple[str, Any]]
    read: list[int]


def described(item_id: str, number: int) -> Item:
    description = Description(
        titles=(Title(f"훈민정음 {number}", "ko"), Title("訓民正音", "ko-Hani", "alternative")),
        type="book",
        agents=(Agent((Text("세종", "ko"),), "aut", "person", died=1450),),
        notes=(Note("설명" * 100, "ko"),),
    )
    return Item(item_id, "s", f"l{number}", "lib", "lib", description)


def said(verdict: Decision, item_id: str) -> bytes:
    """Give the same decision on another item."""
    return canonical(msgspec.structs.replace(verdict, subject=item_id))


def picture(memory: Memory, folder: Path) -> dict[str, Any]:
    """Keep the one picture that all the items have, and make what is derived from it; gives its columns."""
    drawn = folder / "picture.jpg"
    Image.new("RGB", (100, 100), "ivory").save(drawn)
    sha256 = memory.blobs.put(drawn)
    derivatives.make(memory.blobs, sha256, "image/jpeg")
    size = memory.blobs.local(sha256).stat().st_size
    return {"media_type": "image/jpeg", "width": 100, "height": 100, "sha256": sha256, "bytes": size}


def fill(conn: Connection, kept: dict[str, Any]) -> str:
    """Write the items, each with a decision and a file, the first with many; gives the first one's id."""
    ids = [mint("s", f"l{number}") for number in range(ITEMS)]
    bodies = [canonical(described(item_id, number)) for number, item_id in enumerate(ids)]
    conn.execute(
        insert(item),
        [
            {
                "id": item_id,
                "digest": digest(number),
                "revision": 1,
                "datestamp": STAMP,
                "created": STAMP,
                "source": "s",
                "provider": "lib",
                "holder": "lib",
                "state": "live",
                "body": body,
            }
            for number, (item_id, body) in enumerate(zip(ids, bodies, strict=True))
        ],
    )
    conn.execute(
        insert(identity),
        [
            {"item": item_id, "source": "s", "local_id": f"l{number}", "state": "live", "at": STAMP}
            for number, item_id in enumerate(ids)
        ],
    )
    pages = [(ids[0], place) for place in range(BOOK_PAGES)] + [(item_id, 0) for item_id in ids[1:]]
    conn.execute(
        insert(asset),
        [
            {
                "id": mint(item_id, str(place)),
                "item": item_id,
                "key": str(place),
                "url": "http://x.example/",
                "role": "page",
                "sequence": place,
                "state": "fetched",
                **kept,
            }
            for item_id, place in pages
        ],
    )
    free = Inputs("book", (ClaimInput("work", "공공누리 제0유형", mark="kogl-0"),), published=1446)
    verdict = decide("x", free, load())
    conn.execute(
        insert(decision),
        [
            {
                "id": number,
                "subject": item_id,
                "digest": "d",
                "body": said(verdict, item_id),
                "actor": "rules",
                "at": STAMP,
            }
            for number, item_id in enumerate(ids, start=1)
        ],
    )
    conn.execute(
        insert(current_decision),
        [{"subject": item_id, "decision": number} for number, item_id in enumerate(ids, start=1)],
    )
    return ids[0]


def curate(memory: Memory, book: str) -> None:
    """Publish a collection of many picks, and a release of what it holds."""
    with memory.database.read() as conn:
        others = list(itertools.islice(items.iter_ids(conn), MOST_WORKS))
    picks = tuple(Pick(Words("까닭", "reason"), item) for item in others if item != book)
    shown = Collection(
        "hangul",
        Words("한글", "Hangul"),
        Words("글", "text"),
        Reference(book),
        (Section(Words("하나", "one"), picks=picks),),
    )
    with memory.database.write() as tx:
        collection_store.save(tx, shown, "test")
        collection_store.publish(tx, "hangul", "test")
    freeze(memory, "large", "1.0.0", Terms(collection="hangul"))
    build(memory, "large", "1.0.0")
    publish(memory, "large", "1.0.0")


def harvest(conn: Connection) -> None:
    """Write what 26 harvested sources leave: records with problems, runs, one held, things set aside."""
    body = canonical(Source("s", "수집처", "Source", "http://x.example/oai", "lib", schedule="daily 03:30"))
    names = ["s", *(f"s{number:02}" for number in range(SOURCES - 1))]
    rows = [{"id": name, "version": 1, "state": "active"} for name in names]
    conn.execute(
        insert(source), [row | {"body": body.replace(b'"s"', f'"{row["id"]}"'.encode())} for row in rows]
    )
    ids = [mint("s", f"l{number}") for number in range(ITEMS)]
    named = [{"source": "s", "local_id": f"l{number}", "prefix": "oai_dc"} for number in range(ITEMS)]
    states = ["parked" if number % 100 == 0 else "live" for number in range(ITEMS)]
    conn.execute(
        insert(record),
        [
            {"id": number, "item": item_id, "state": state, "version": 1, **where}
            for number, (item_id, state, where) in enumerate(zip(ids, states, named, strict=True), start=1)
        ],
    )
    kept = {"n": 1, "payload": "d", "run": 1, "datestamp": STAMP}
    conn.execute(insert(record_version), [{"record": number + 1, **kept} for number in range(ITEMS)])
    conn.execute(insert(payload).values(digest="d", bytes=zlib.compress(b"<record/>"), size=9))
    conn.execute(
        insert(problem),
        [
            {"subject": item_id, "prefix": "oai_dc", "position": place, "source": "s", "code": code}
            for item_id in ids
            for place, code in enumerate(("date_unparsed", "title_missing"))
        ],
    )
    for number, name in itertools.product(range(100), names):
        state = "held" if number == 99 else "complete"
        report = canonical(Report(hold="too_many_gone" if number == 99 else "", gone=5_000))
        values = {"source": name, "state": state, "kind": "full", "started": STAMP, "report": report}
        made = conn.execute(insert(run).values(values).returning(run.c.id)).scalar_one()
        conn.execute(insert(window).values(run=made, source=name, prefix="oai_dc", state="complete"))
    gone = [
        {"run": made, "kind": "gone", "prefix": "oai_dc", "local_id": f"l{place}"} for place in range(5_000)
    ]
    conn.execute(insert(run_change), gone)
    conn.execute(
        insert(quarantine),
        [
            {
                "source": "s",
                "prefix": "oai_dc",
                "digest": str(n),
                "reason": "record_unknown",
                "run": 1,
                "at": STAMP,
            }
            for n in range(2_000)
        ],
    )


def staff_of(app: Flask, memory: Memory) -> FlaskClient:
    """Give a client that is logged in."""
    with memory.database.write() as tx:
        people.add(tx, "kim@example.org", "김사서", [Role.LIBRARIAN], PASSWORD, "test")
    return enter(app, "kim@example.org")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("large")
    settings = Settings(data=str(folder), vendor=str(Path("var/vendor").resolve()), log_level="ERROR")
    app = create_app(settings)
    memory: Memory = app.extensions["memory"]
    database = memory.database
    database.migrate()
    with database.write() as tx:
        save(tx, Institution("lib", "도서관", "Library"))
        book = fill(tx.conn, picture(memory, folder))
        harvest(tx.conn)
        report = health_report.link(tx, "lib", key_of(settings), "test")
    curate(memory, book)
    with database.write() as tx:
        tx.conn.execute(text("ANALYZE"))
    with database.read() as conn:
        first = [book, *items.iter_ids(conn, INDEXED)][:INDEXED]
        found = refresh.documents(conn, memory.blobs, first)[0]
    memory.engine.put(found)
    staff = staff_of(app, memory)
    statements: list[tuple[str, Any]] = []
    read: list[int] = []

    def note(_conn: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> None:
        statements.append((statement, parameters))

    def weigh(_cursor: Any, row: tuple[Any, ...]) -> tuple[Any, ...]:
        read.append(sum(len(value) if isinstance(value, str | bytes) else 8 for value in row))
        return row

    def on_checkout(connection: Any, _record: Any, _proxy: Any) -> None:
        connection.row_factory = weigh

    event.listen(database.engine, "before_cursor_execute", note)
    event.listen(database.engine, "checkout", on_checkout)
    yield Site(app.test_client(), staff, database, book, report, statements, read)
    database.close()


PAGES = (
    "/",
    "/search",
    "/search?q=훈민정음",
    "/search?q=訓民&lang=en",
    "/items/{book}",
    "/items/{book}?page=400&lang=en",
    "/items/{book}.json",
    "/items/{book}.jsonld",
    "/items/{book}.ttl",
    "/items/{book}.rdf",
    "/institutions/",
    "/institutions/lib",
    "/collections/",
    "/collections/hangul",
    "/collections/hangul.json",
    "/datasets/",
    "/datasets/large/1.0.0/",
    "/datasets/large/1.0.0.json",
    "/datasets/large/1.0.0/files/README.md",
    "/assets/{page}/thumbnail.jpg",
    "/assets/{page}/original",
    "/iiif/image/{page}/info.json",
    "/iiif/image/{page}/full/max/0/default.jpg",
    "/iiif/{book}/manifest.json",
    "/iiif/collections/hangul.json",
    "/robots.txt",
    "/healthz",
    "/readyz",
    "/datasets/revocations.jsonl",
    "/workbench/login",
    "/reports/lib/{report}",
)
STAFF_PAGES = (
    "/workbench/",
    "/workbench/harvest/",
    "/workbench/harvest/?lang=en",
    "/workbench/harvest/s/",
    "/workbench/harvest/s24/",
    "/workbench/harvest/s/?before=1000",
    "/workbench/harvest/s/?run=1",
    "/workbench/harvest/s/problems/date_unparsed",
    "/workbench/harvest/s/problems/date_unparsed?after={book}",
    "/workbench/harvest/s/set-aside/",
    "/workbench/harvest/s/set-aside/?parked=50000&quarantined=1000",
    "/workbench/harvest/s/set-aside/parked/1",
    "/workbench/harvest/s/set-aside/quarantined/1",
    "/workbench/harvest/s/record?item={book}",
)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_little_of_the_database(site: Site, page: str) -> None:
    look(site, site.client, page)


@pytest.mark.parametrize("page", STAFF_PAGES)
def test_a_page_of_the_workbench_asks_no_more(site: Site, page: str) -> None:
    look(site, site.staff, page)


def look(site: Site, client: FlaskClient, page: str) -> None:
    """Ask for a page and weigh what it asked for."""
    site.statements.clear()
    site.read.clear()
    path = page.format(book=site.book, page=mint(site.book, "7"), report=site.report)
    answer = client.get(path, buffered=True)
    assert answer.status_code == 200, answer.text[:300]
    asked = [
        (statement, given)
        for statement, given in site.statements
        if not statement.startswith(("BEGIN", "COMMIT"))
    ]
    assert len(asked) <= STATEMENTS, "\n".join(statement for statement, _ in asked)
    assert sum(site.read) < BYTES, sum(site.read)
    for statement, given in asked:
        assert scans(site.database, statement, given) == [], statement


def scans(database: Database, statement: str, given: Any) -> list[str]:
    """Give the steps of a statement's plan that go through a large table whole."""
    if not statement.lstrip().upper().startswith(("SELECT", "WITH")):
        return []
    with database.engine.connect() as conn:
        rows = conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given).all()
    steps = [str(row[3]).split() for row in rows]
    return [" ".join(step) for step, table in itertools.product(steps, LARGE) if step[:2] == ["SCAN", table]]


def test_a_scan_would_be_noticed(site: Site) -> None:
    assert scans(site.database, "SELECT body FROM item WHERE body = ?", (b"x",)) == ["SCAN item"]
