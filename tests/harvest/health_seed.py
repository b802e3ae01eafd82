"""A small world for the pages of harvest health: every state a source can be in, and what hostile records bring."""

from __future__ import annotations

from typing import NamedTuple

from harvest import health_requests, ledger, records, run, sources
from harvest.health_requests import RequestKind
from harvest.ledger import Report, WindowState
from harvest.moments import Span
from harvest.oai_xml import Page, Quarantined
from harvest.reading import read_item
from harvest.source import Source
from repository import assets, corrections, institutions, intake, people, takedowns
from repository.asset import AssetState
from repository.identifiers import mint
from repository.institution import Institution
from repository.memory import Memory
from repository.person import Person, Role
from repository.takedowns import TakedownKind
from tests.harvest.provider import Provider

PASSWORD = "새벽 종소리가 들리는 언덕"
HOSTILE = "<script>alert(1)</script>\u202eevil\x00\u200f" + "긴 글 " * 120_000
NAMES = {
    "gone": ("한빛박물관 유물", "Hanbit Museum, objects"),
    "failed": ("늘봄기록관 사진", "Neulbom Archive, photographs"),
    "cut": ("가람도서관 고서", "Garam Library, old books"),
    "paused": ("다온미술관 회화", "Daon Gallery, paintings"),
    "never": ("솔빛문학관 육필", "Solbit House of Letters, manuscripts"),
}


class World(NamedTuple):
    """The people, and the ids of an item that was corrected and of one that was taken down."""

    librarian: Person
    viewer: Person
    corrected: str
    down: str


def fill(memory: Memory, provider: Provider, url: str) -> World:
    """Fill an installation: the source `gone` is held, the others stand in the other states."""
    with memory.database.write() as tx:
        institutions.save(tx, Institution("lib", "한빛박물관", "Hanbit Museum", invented=True))
        for name, (ko, en) in NAMES.items():
            schedule = "daily 03:30" if name in ("cut", "gone") else ""
            sources.save(tx, Source(name, ko, en, url, "lib", schedule=schedule, invented=True))
        sources.set_state(tx, "paused", sources.PAUSED)
        librarian = people.add(tx, "kim@example.org", "김사서", [Role.LIBRARIAN], PASSWORD, "test")
        viewer = people.add(tx, "lee@example.org", "이참관", [Role.VIEWER], PASSWORD, "test")
    _records(provider)
    run.harvest(memory, "gone")
    _aside(memory)
    for place in range(3, 15):
        del provider.rows[f"oai:hanbit:{place:02}"]
    corrected, down = _curate(memory)
    run.harvest(memory, "gone", full=True)
    provider.add("oai:hanbit:99", "새로 들어온 은제 향로")
    run.harvest(memory, "paused")
    _failed(memory)
    _cut(memory)
    with memory.database.write() as tx:
        health_requests.ask(tx, "cut", RequestKind.REHEARSE, "김사서", librarian.id)
    return World(librarian, viewer, corrected, down)


def _records(provider: Provider) -> None:
    provider.add("oai:hanbit:00", "청자 상감운학문 매병", ("date", "12세기"), ("rights", "공공누리 제1유형"))
    for place in range(1, 15):
        provider.add(
            f"oai:hanbit:{place:02}",
            f"백자 달항아리 {place}",
            ("date", "언젠가"),
            ("type", "도자기"),
            ("relation", f"https://media.example/{place}.jpg"),
        )
    provider.add("oai:hanbit:90", "", ("date", "1920년대"), ("description", "제목 없는 유물 사진"))
    provider.add("oai:hanbit:91", "", ("description", "<script>alert(2)</script> & \u202etxet"))


def _aside(memory: Memory) -> None:
    """Put a broken record aside, one that is no text, and a page that had to be repaired."""
    long = b"<record>" + HOSTILE.encode() + b"</record>"
    with memory.database.write() as tx:
        number = ledger.latest(tx.conn, "gone")[0].id
        for raw, name in ((long, "oai:hanbit:broken"), (bytes(range(256)) * 8, "")):
            found = Quarantined(raw, "record_not_wellformed", name)
            records.put_aside(tx, number, "gone", "oai_dc", found)
        records.keep_page(
            tx, number, "gone", "oai_dc", Page(b"<OAI-PMH>\x0b</OAI-PMH>", repairs=("illegal_character",))
        )


def _curate(memory: Memory) -> tuple[str, str]:
    """Correct an item, take one down, and let a file be gone."""
    corrected, down, third = (mint("gone", f"oai:hanbit:{name}") for name in ("00", "01", "02"))
    sent, ours = [{"value": "청자 상감운학문 매병"}], [{"value": "청자 상감구름학무늬 매병", "lang": "ko"}]
    with memory.database.write() as tx:
        corrections.add(tx, corrected, "titles", ours, sent, "국가유산 명칭을 따름", "", "김사서")
        context = intake.context_of(tx.conn, memory.rules, 2026)
        read_item(tx, context, sources.get(tx.conn, "gone"), corrected)
        takedowns.add(tx, down, TakedownKind.REQUEST, "기관이 다시 찍은 사진으로 바꾸기로 함", "박권리")
        for asset in assets.of_item(tx.conn, third):
            assets.settle(tx, "lib", asset.id, AssetState.GONE, problem="media_gone")
    return corrected, down


def _failed(memory: Memory) -> None:
    with memory.database.write() as tx:
        number = ledger.open_run(tx, "failed", "full", {"oai_dc": ""}, "")
        window = ledger.windows(tx.conn, number)[0]
        ledger.end(tx, window.id, WindowState.FAILED, "endpoint_unreachable: no route")
        ledger.close_run(tx, number, Report())


def _cut(memory: Memory) -> None:
    """A run whose window was cut, and one of whose parts failed."""
    with memory.database.write() as tx:
        number = ledger.open_run(tx, "cut", "full", {"oai_dc": "2019-01-01"}, "")
        whole = ledger.windows(tx.conn, number)[0]
        halves = [("", Span("2019-01-01", "2022-06-30")), ("", Span("2022-07-01", "2026-02-01"))]
        ledger.split(tx, whole, halves, "list_large: 61000")
        first, second = ledger.windows(tx.conn, number)[1:]
        counts = {"received": 4210, "new": 4100, "deleted": 100, "parked": 10}
        ledger.mark_page(tx, first.id, "", "2026-02-01T00:00:00Z", counts, 4210, WindowState.COMPLETE)
        quarters = [("", Span("2022-07-01", "2024-04-15")), ("", Span("2024-04-16", "2026-02-01"))]
        ledger.split(tx, second, quarters, "answer_truncated")
        third, fourth = ledger.windows(tx.conn, number)[3:]
        ledger.mark_page(tx, third.id, "", "", {"received": 900, "new": 900}, 900, WindowState.COMPLETE)
        ledger.end(tx, fourth.id, WindowState.FAILED, "answer_too_slow: 60 s")
        notes = {"size_wrong": 1, "filter_ignored": 14}
        report = Report(expected=6120, listed=6120, missing=("oai:garam:1881",), notes=notes)
        ledger.close_run(tx, number, report)
