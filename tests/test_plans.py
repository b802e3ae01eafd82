"""Pages at 100,000 items: few statements, none scans a large table whole, none reads much."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Connection, event, insert, text

from repository.database import Database
from repository.identifiers import mint
from repository.institution import Institution
from repository.institutions import save
from repository.item import Agent, Description, Item, Note, Text, Title, canonical, digest
from repository.rights.decision import Inputs
from repository.rights.policy import decide
from repository.rights.table import load
from repository.settings import Settings
from repository.tables import asset, current_decision, decision, identity, item, set_member, sets
from wsgi import create_app

ITEMS = 100_000
BOOK_PAGES = 500
STATEMENTS = 12
BYTES = 1 << 20
LARGE = ("item", "asset", "record", "record_version", "change", "identity", "decision", "current_decision")
STAMP = "2026-11-24T00:00:00Z"


class Site(NamedTuple):
    """The application over the large database, and what its pages asked of it."""

    client: FlaskClient
    database: Database
    book: str
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


def fill(conn: Connection) -> str:
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
                "media_type": "image/jpeg",
                "width": 100,
                "height": 100,
                "sha256": "0" * 64,
            }
            for item_id, place in pages
        ],
    )
    body = canonical(decide("x", Inputs("book"), load()))
    conn.execute(
        insert(decision),
        [
            {"id": number, "subject": item_id, "digest": "d", "body": body, "actor": "rules", "at": STAMP}
            for number, item_id in enumerate(ids, start=1)
        ],
    )
    conn.execute(
        insert(current_decision),
        [{"subject": item_id, "decision": number} for number, item_id in enumerate(ids, start=1)],
    )
    conn.execute(
        insert(sets).values(
            id="hangul",
            kind="collection",
            title_ko="한글",
            title_en="Hangul",
            cover=ids[0],
            position=1,
            digest="d",
            published=STAMP,
        )
    )
    conn.execute(
        insert(set_member),
        [
            {
                "set": "hangul",
                "position": place,
                "item": ids[place],
                "reason_ko": "까닭",
                "reason_en": "reason",
            }
            for place in range(30)
        ],
    )
    return ids[0]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("large")
    settings = Settings(data=str(folder), vendor=str(Path("var/vendor").resolve()), log_level="ERROR")
    app = create_app(settings)
    database: Database = app.extensions["memory"].database
    database.migrate()
    with database.write() as tx:
        save(tx, Institution("lib", "도서관", "Library"))
        book = fill(tx.conn)
    with database.write() as tx:
        tx.conn.execute(text("ANALYZE"))
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
    yield Site(app.test_client(), database, book, statements, read)
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
    "/datasets/",
    "/iiif/{book}/manifest.json",
    "/iiif/collections/hangul.json",
    "/robots.txt",
    "/healthz",
    "/readyz",
    "/datasets/revocations.jsonl",
)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_little_of_the_database(site: Site, page: str) -> None:
    site.statements.clear()
    site.read.clear()
    answer = site.client.get(page.format(book=site.book))
    assert answer.status_code in (200, 403, 503), answer.text[:300]
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
