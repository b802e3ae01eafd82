"""Real answers of real providers, served again as OAI-PMH on the loopback, with real pictures as media."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from harvest import media, run, sources, status
from harvest.source import Source
from repository import findings, institutions, items
from repository.institution import Institution
from repository.item import TYPES
from repository.memory import Memory
from tests.harvest.loopback import Answer, Request, serve

HEAD = (
    '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2026-01-01T00:00:00Z</responseDate>'
    "<request>http://x.example/</request><ListRecords>"
)
PAGE = 50


@contextmanager
def registered(memory: Memory, prefix: str, reply: Callable[[Request], Answer]) -> Iterator[Source]:
    """Serve a reply function and register it as a source."""
    with serve(reply) as running:
        source = Source(
            "real", "실제", "real", f"{running.url}/oai", "lib", (prefix,), media_hosts=("127.0.0.1",)
        )
        with memory.database.write() as tx:
            institutions.save(tx, Institution("lib", "실제 기관", "a real provider", public=False))
            sources.save(tx, source)
        yield source


def from_files(
    pages: dict[str, Path], edit: Callable[[bytes], bytes] = lambda page: page
) -> Callable[[Request], Answer]:
    """Answer a token with the file it names; the first request has the empty token."""

    def reply(request: Request) -> Answer:
        return Answer(edit(pages[request.arguments.get("resumptionToken", "")].read_bytes()))

    return reply


def only_status(memory: Memory) -> status.SourceStatus:
    with memory.database.read() as conn:
        (found,) = status.of_all(conn)
    return found


def test_harvard_mods_ten_of_ten(memory: Memory, shared_data: Path) -> None:
    def last_page(page: bytes) -> bytes:
        start, end = page.index(b"<resumptionToken"), page.index(b"</resumptionToken>")
        return page[:start] + b"<resumptionToken>" + page[end:]

    pages = {"": shared_data / "oai" / "harvard_mods_oai-page.xml"}
    with registered(memory, "mods", from_files(pages, last_page)):
        summary = run.harvest(memory, "real")
    assert (summary.counts["received"], summary.counts["new"], summary.counts["quarantined"]) == (10, 10, 0)
    with memory.database.read() as conn:
        found = items.newest(conn, 20)
    assert len(found) == 10 and all(row.item.title for row in found)


def test_sickles_pages_make_one_item_and_one_tombstone(memory: Memory, shared_data: Path) -> None:
    """Eight records in four pages: seven receipts of two identifiers, and one deletion that names none.

    What has no identifier is of no record; its bytes are in quarantine.
    """
    folder = shared_data / "oai" / "sickle"
    pages = {"": folder / "ListRecords.xml"} | {
        f"ListRecords{number}.xml": folder / f"ListRecords{number}.xml" for number in (2, 3, 4)
    }
    with registered(memory, "oai_dc", from_files(pages)):
        summary = run.harvest(memory, "real")
    found = only_status(memory)
    assert summary.counts["received"] + summary.counts["quarantined"] == 8
    assert summary.counts["received"] == 7 and found.sums_hold
    assert (found.known, found.live, found.deleted, found.parked, found.quarantined) == (2, 1, 1, 0, 1)


def mimo_pages(archive: Path, media_base: str) -> list[bytes]:
    """Wrap the records of the archive into pages, their pictures served by us."""
    records = []
    with zipfile.ZipFile(archive) as files:
        for name in sorted(files.namelist()):
            body = (
                files.read(name).decode().split("?>", 1)[1].replace("http://www.mimo-db.eu/media", media_base)
            )
            header = (
                f"<header><identifier>oai:mimo:{name}</identifier><datestamp>2026-01-01</datestamp></header>"
            )
            records.append(f"<record>{header}<metadata>{body}</metadata></record>")
    pages = []
    for start in range(0, len(records), PAGE):
        token = str(start + PAGE) if start + PAGE < len(records) else ""
        body = "".join(records[start : start + PAGE])
        end = f"<resumptionToken>{token}</resumptionToken></ListRecords></OAI-PMH>"
        pages.append((HEAD + body + end).encode())
    return pages


def test_mimo_edm_all_become_items_with_real_pictures(memory: Memory, shared_data: Path) -> None:
    pictures = sorted((shared_data / "images" / "formats").glob("*.jp*g")) + sorted(
        (shared_data / "images" / "skimage").glob("*.png")
    )
    base: list[str] = []

    def reply(request: Request) -> Answer:
        if request.target.startswith("/media"):
            picture = pictures[len(request.target) % len(pictures)]
            return Answer(picture.read_bytes())
        place = int(request.arguments.get("resumptionToken", "0")) // PAGE
        return Answer(mimo_pages(shared_data / "edm" / "mimo_records.zip", base[0])[place])

    with registered(memory, "edm", reply) as source:
        base.append(source.endpoint.removesuffix("/oai") + "/media")
        summary = run.harvest(memory, "real")
        files = media.fetch_wanted(memory, limit=40)
    assert (summary.counts["received"], summary.counts["new"]) == (195, 195)
    with memory.database.read() as conn:
        found = items.newest(conn, 300)
        untyped = [row for row in found if row.item.description.type == "unknown"]
        said = [
            row
            for row in untyped
            if "type_unknown" in {one.problem.code for one in findings.of_subject(conn, row.item.id)}
        ]
    assert len(found) == 195
    assert all(row.item.title and row.item.id and row.item.description.type in TYPES for row in found)
    assert len(said) == len(untyped)
    assert files.get("fetched", 0) == 40
