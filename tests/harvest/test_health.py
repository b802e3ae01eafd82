"""Harvest health: who sees, who decides, what the worker takes up, and that nothing sent can harm who looks."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from flask import Flask
from flask.testing import FlaskClient

from harvest import health_requests, holding, ledger, many, run, sources
from harvest.health_desk import Desk
from harvest.health_figures import of_all
from harvest.health_raw import BLOCK, MOST_TEXT, readable, visible
from harvest.health_requests import RequestKind
from harvest.health_strip import strip_of
from harvest.ledger import RunState
from harvest.source import Source
from repository import audit
from repository.database import Database
from repository.errors import BadRequest, NotFound
from repository.memory import Memory
from repository.settings import Settings
from tests.harvest import health_seed
from tests.harvest.health_pages import enter, token
from tests.harvest.health_seed import World
from tests.harvest.loopback import serve
from tests.harvest.provider import Provider
from wsgi import create_app

HEALTH = "/workbench/harvest/"
GONE = f"{HEALTH}gone/"


class Site(NamedTuple):
    """The application, its installation, and the provider that is asked."""

    app: Flask
    memory: Memory
    world: World
    provider: Provider

    def librarian(self) -> FlaskClient:
        """A client of somebody who may decide."""
        return enter(self.app, "kim@example.org")


def open_site(folder: Path) -> Iterator[Site]:
    app = create_app(Settings(data=str(folder), log_level="ERROR"))
    memory: Memory = app.extensions["memory"]
    memory.database.migrate()
    provider = Provider()
    with serve(provider.reply) as running:
        yield Site(app, memory, health_seed.fill(memory, provider, f"{running.url}/oai"), provider)
    memory.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site that no test changes."""
    yield from open_site(tmp_path_factory.mktemp("health"))


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Site]:
    """A site of a test's own."""
    yield from open_site(tmp_path / "data")


def lines(database: Database, subject: str) -> list[tuple[str, str]]:
    with database.read() as conn:
        return [(line.actor, line.action) for line in audit.newest(conn, subject=subject)]


def wait(done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not done():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def held_of(memory: Memory) -> list[ledger.Run]:
    with memory.database.read() as conn:
        return ledger.held(conn)


# ---- what is shown
def test_the_held_run_is_asked_about_first_in_plain_words(site: Site) -> None:
    text = site.librarian().get(HEALTH).text
    assert "사라진 기록 12건을 거둘까요?" in text and text.index("거둘까요?") < text.index('class="health"')
    assert "백자 달항아리 3" in text and "취소하고 그대로 두기" in text
    for words in ("빠진 것이 있음", "실패", "멈춰 둠", "아직 수집하지 않음", "사람의 결정을 기다림"):
        assert words in text
    english = site.librarian().get(f"{HEALTH}?lang=en").text
    assert "Withdraw 12 records that are gone?" in english and not re.search(
        r"<h[12][^>]*>[^<]*[가-힣]", english
    )


def test_sums_are_those_of_the_store(site: Site) -> None:
    with site.memory.database.read() as conn:
        rows = {one.source.id: one for one in of_all(conn)}
    gone = rows["gone"]
    assert (gone.known, gone.live, gone.deleted, gone.parked, gone.quarantined) == (17, 15, 0, 2, 2)
    assert gone.sums_hold and gone.held is not None and gone.problems > 20
    assert rows["paused"].paused and rows["never"].run is None and len(rows["cut"].asked) == 1


def test_a_source_shows_its_runs_windows_problems_and_repaired_pages(site: Site) -> None:
    client = site.librarian()
    cut = client.get(f"{HEALTH}cut/").text
    assert 'class="window failed"' in cut and "답이 제한 시간 안에 끝나지 않았습니다." in cut
    assert "청하지 않은 기록이 섞여 왔습니다." in cut and "oai:garam:1881" in cut
    gone = client.get(GONE).text
    assert "XML에 쓸 수 없는 글자가 있었습니다." in gone and "date_unparsed" in gone
    first = client.get(f"{GONE}?run=1")
    assert first.status_code == 200 and "수집 1번" in first.text
    assert client.get(f"{GONE}?run=4").status_code == 404  # a run of another source
    assert [client.get(f"{GONE}?run={bad}").status_code for bad in ("x", "-1", "9" * 30)] == [400] * 3
    assert client.get(f"{HEALTH}nothing/").status_code == 404


def test_runs_are_read_page_by_page(own: Site) -> None:
    with own.memory.database.write() as tx:
        for _ in range(45):
            number = ledger.open_run(tx, "never", "full", {}, "")
            ledger.close_run(tx, number, ledger.Report())
    client, path, seen = own.librarian(), f"{HEALTH}never/", []
    while path:
        text = client.get(path).text
        seen += re.findall(r"수집 (\d+)번</a>", text)
        more = re.search(r'rel="next" href="([^"]+)"', text)
        path = more[1].replace("&amp;", "&").partition("#")[0] if more else ""
    assert len(seen) == 45 and seen == sorted(seen, key=int, reverse=True)


def test_records_with_a_problem_are_listed_page_by_page(own: Site) -> None:
    for number in range(60):
        own.provider.add(f"oai:hanbit:more{number}", f"책 {number}", ("date", "언젠가"))
    run.harvest(own.memory, "never")
    client, path, seen = own.librarian(), f"{HEALTH}never/problems/date_unparsed", []
    while path:
        text = client.get(path).text
        seen += re.findall(r"record\?item=(\w+)", text)
        more = re.search(r'rel="next" href="([^"]+)"', text)
        path = more[1] if more else ""
    assert len(seen) == len(set(seen)) >= 60
    assert client.get(f"{HEALTH}never/problems/nothing").status_code == 404
    assert client.get(f"{HEALTH}never/problems/date_unparsed?after=x").status_code == 400


# ---- what was set aside
def test_what_was_set_aside_is_listed_with_its_reason(site: Site) -> None:
    text = site.librarian().get(f"{GONE}set-aside/").text
    assert text.count("제목이 없어 자료로 만들 수 없습니다.") == 2
    assert text.count("XML이 깨져 기록 하나를 읽지 못했습니다.") == 2
    assert "oai:hanbit:broken" in text and "식별자를 읽을 수 없음" in text


def paths(site: Site, kind: str) -> list[str]:
    text = site.librarian().get(f"{GONE}set-aside/").text
    return re.findall(rf'href="({GONE}set-aside/{kind}/\d+)"', text)


def test_a_parked_record_stands_beside_what_was_read_of_it(site: Site) -> None:
    text = site.librarian().get(paths(site, "parked")[1]).text
    assert "&amp;lt;script&amp;gt;alert(2)" in text and "⟦U+202E⟧" in text and "title_missing" in text
    assert "<script>alert" not in text and "\u202e" not in text


def test_hostile_bytes_are_shown_and_do_nothing(site: Site) -> None:
    broken, binary = paths(site, "quarantined")
    page = site.librarian().get(broken)
    assert page.status_code == 200 and len(page.data) < 1 << 20
    assert "&lt;script&gt;alert(1)&lt;/script&gt;⟦U+202E⟧evil␀⟦U+200F⟧" in page.text
    assert "<script>alert" not in page.text and not set("\u202e\u200f\x00") & set(page.text)
    assert "처음 부분만 보여 드렸습니다." in page.text
    assert "16진수" in (shown := site.librarian().get(binary).text) and "000000  00 01 02" in shown


def test_bytes_are_downloaded_as_they_came_and_open_nowhere(site: Site) -> None:
    path = paths(site, "quarantined")[0]
    answer = site.librarian().get(f"{path}?raw={path.rpartition('/')[2]}")
    assert answer.data == b"<record>" + health_seed.HOSTILE.encode() + b"</record>"
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert site.librarian().get(f"{path}?raw=999").status_code == 404


def test_an_item_stands_beside_its_record_with_its_correction(site: Site) -> None:
    text = site.librarian().get(f"{GONE}record?item={site.world.corrected}").text
    ours, theirs = text.index("청자 상감구름학무늬 매병"), text.rindex("청자 상감운학문 매병")
    assert text.index("사서가 고친 값") < ours < text.index("기관이 보낸 값") < theirs
    assert "국가유산 명칭을 따름" in text
    for item in ("", "x", "0" * 14):
        assert site.librarian().get(f"{GONE}record?item={item}").status_code == 404


def test_a_record_of_another_source_is_not_shown(site: Site) -> None:
    parked, quarantined = paths(site, "parked")[0], paths(site, "quarantined")[0]
    for path in (parked, quarantined):
        assert site.librarian().get(path.replace("/gone/", "/never/")).status_code == 404


@pytest.mark.parametrize(
    ("raw", "encoding", "shown"),
    [
        ("훈민정음".encode(), "utf-8", "훈민정음"),
        ("훈민정음".encode("cp949"), "cp949", "훈민정음"),
        ("\ufeff훈".encode("utf-16"), "utf-16", "훈"),
        (b'<?xml version="1.0" encoding="EUC-KR"?>' + "글".encode("euc-kr"), "euc-kr", "글"),
        (b"a\x00b" + b"c" * 60, "utf-8", "a␀b"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01", "", "ff d8 ff e0"),
        ("a\u200bb\u2066c\ue000\u00a0".encode(), "utf-8", "a⟦U+200B⟧b⟦U+2066⟧c⟦U+E000⟧⟦U+00A0⟧"),
    ],
)
def test_bytes_are_made_readable_and_the_guess_is_said(raw: bytes, encoding: str, shown: str) -> None:
    found = readable(raw)
    assert found.encoding == encoding and shown in found.blocks[0] and not found.cut


def test_a_text_that_is_cut_within_a_character_is_still_a_text() -> None:
    found = readable("가".encode() * 400_000)
    assert found.encoding == "utf-8" and found.cut and len("".join(found.blocks)) == MOST_TEXT // 3
    assert max(map(len, found.blocks)) <= BLOCK
    assert visible("가\n나\t") == "가\n나\t"


# ---- who may do what
def test_a_viewer_sees_everything_and_can_do_nothing(site: Site) -> None:
    client = enter(site.app, "lee@example.org")
    for path in (HEALTH, GONE, f"{GONE}set-aside/", *paths(site, "parked")):
        page = client.get(path)
        assert page.status_code == 200 and "/ask" not in page.text and "/decide" not in page.text
    form = {"csrf_token": token(client, "/workbench/"), "kind": "harvest", "run": "2", "answer": "approve"}
    for door in ("ask", "decide"):
        refused = client.post(f"{GONE}{door}", data=form, headers={"Accept": "application/json"})
        assert (refused.status_code, refused.json and refused.json["code"]) == (403, "action_not_allowed")
    assert len(held_of(site.memory)) == 1 and lines(site.memory.database, "gone") == []


@pytest.mark.parametrize("door", ["ask", "decide"])
def test_what_changes_something_wants_a_form_of_ours(site: Site, door: str) -> None:
    client = site.librarian()
    form = {"kind": "harvest", "run": str(held_of(site.memory)[0].id), "answer": "approve"}
    assert client.post(f"{GONE}{door}", data=form).status_code == 400
    assert client.get(f"{GONE}{door}").status_code == 405
    assert len(held_of(site.memory)) == 1


def test_a_form_that_is_not_understood_decides_nothing(site: Site) -> None:
    client = site.librarian()
    good = {"csrf_token": token(client, GONE), "run": str(held_of(site.memory)[0].id), "answer": "approve"}
    for wrong in ({"run": "0"}, {"run": "x"}, {"run": "²"}, {"run": "1"}, {"answer": "maybe"}):
        assert client.post(f"{GONE}decide", data=good | wrong).status_code == 400
    assert client.post(f"{GONE}ask", data=good | {"kind": "drop"}).status_code == 400
    assert client.post(f"{HEALTH}nothing/ask", data=good | {"kind": "harvest"}).status_code == 404
    assert client.post(f"{GONE}ask", data=good | {"kind": "harvest"}).status_code == 400  # it is held
    assert len(held_of(site.memory)) == 1


# ---- decisions and requests
def decide(site: Site, answer: str) -> int:
    client, held = site.librarian(), held_of(site.memory)[0]
    form = {"csrf_token": token(client, HEALTH), "run": str(held.id), "answer": answer}
    done = client.post(f"{GONE}decide", data=form)
    assert done.status_code == 303 and client.post(f"{GONE}decide", data=form).status_code == 400
    return held.id


def state_of(memory: Memory, number: int) -> RunState:
    with memory.database.read() as conn:
        found = ledger.get(conn, number)
    assert found is not None
    return found.state


def test_approving_answers_at_once_and_the_worker_does_it(own: Site) -> None:
    number = decide(own, "approve")
    assert state_of(own.memory, number) is RunState.RUNNING
    assert "승인됨, 곧 마무리함" in own.librarian().get(HEALTH).text
    assert lines(own.memory.database, "gone") == [(own.world.librarian.id, "run_approved")]
    desk = Desk(own.memory)
    assert desk.tick() == 1, "the other source on its host waits"
    wait(lambda: state_of(own.memory, number) is not RunState.RUNNING)
    with own.memory.database.read() as conn:
        one = next(row for row in of_all(conn) if row.source.id == "gone")
    assert (one.live, one.deleted, one.sums_hold) == (3, 12, True)
    assert one.run is not None and one.run.report.approved == "김사서"


def test_discarding_leaves_everything_as_it_is(own: Site) -> None:
    number = decide(own, "discard")
    assert state_of(own.memory, number) is RunState.INCOMPLETE
    assert lines(own.memory.database, "gone") == [(own.world.librarian.id, "run_discarded")]
    assert Desk(own.memory)._wanted() == [source for source in known(own) if source.id == "cut"]


def known(site: Site) -> list[Source]:
    with site.memory.database.read() as conn:
        return sources.every(conn)


def test_an_approval_killed_between_two_chunks_does_nothing_twice(
    own: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = decide(own, "approve")
    monkeypatch.setattr("harvest.completeness.CHUNK", 5)
    with own.memory.database.read() as conn:
        [approved] = ledger.approved(conn)

    def die(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        holding.carry_out(own.memory, approved, die)
    assert state_of(own.memory, number) is RunState.RUNNING
    done = holding.carry_out(own.memory, approved)
    assert (done.counts["deleted"], done.counts["received"]) == (12, sum_of(done))
    with own.memory.database.read() as conn:
        windows = ledger.windows(conn, number)
    assert [row.counts["deleted"] for row in windows if row.counts["deleted"]] == [5, 7]


def sum_of(done: ledger.Run) -> int:
    return sum(
        done.counts[name] for name in ("new", "changed", "unchanged", "deleted", "parked", "quarantined")
    )


def test_what_is_asked_for_is_kept_once_and_done_by_the_worker(own: Site) -> None:
    client = own.librarian()
    form = {"csrf_token": token(client, HEALTH), "kind": "harvest"}
    for _ in range(2):
        assert client.post(f"{HEALTH}never/ask", data=form).status_code == 303
    page = client.get(f"{HEALTH}never/").text
    assert "일꾼이 곧 시작합니다." in page and 'value="harvest"' not in page and 'value="rehearse"' in page
    assert lines(own.memory.database, "never") == [(own.world.librarian.id, "harvest_requested")]
    desk = Desk(own.memory)

    def finished() -> bool:
        desk.tick()
        with own.memory.database.read() as conn:
            return not health_requests.waiting(conn)

    wait(finished)
    with own.memory.database.read() as conn:
        assert ledger.latest(conn, "never")[0].state is RunState.COMPLETE
        assert ledger.latest(conn, "cut", rehearsals=True)[0].kind == ledger.REHEARSAL


def test_a_rehearsal_that_broke_off_shows_no_numbers(own: Site) -> None:
    """Nothing came, and that is no answer to what would change."""
    with own.memory.database.write() as tx:
        number = ledger.open_run(tx, "never", ledger.REHEARSAL, {"oai_dc": ""}, "")
        window = ledger.windows(tx.conn, number)[0]
        ledger.end(tx, window.id, ledger.WindowState.FAILED, "endpoint_unreachable: no")
        assert ledger.close_run(tx, number, ledger.Report()) is RunState.FAILED
    for page in (HEALTH, f"{HEALTH}never/"):
        text = own.librarian().get(page).text
        assert "끝까지 받지 못해 무엇이 달라질지 알 수 없습니다" in text
    assert "서버에 연결하지 못했습니다." in text


def test_a_request_outlives_a_kill_and_not_an_error(own: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    with own.memory.database.read() as conn:
        [request] = health_requests.waiting(conn)
    desk = Desk(own.memory)
    with many.held(own.memory, known(own)[0]):  # another process is at work on the host
        desk._do(next(source for source in known(own) if source.id == "cut"))
    with own.memory.database.read() as conn:
        assert health_requests.waiting(conn) == [request]

    def fail(*_: object) -> None:
        raise NotFound("x", "x", "x")

    monkeypatch.setattr(run, "rehearse", fail)
    desk._do(next(source for source in known(own) if source.id == "cut"))
    with own.memory.database.read() as conn:
        assert health_requests.waiting(conn) == []


def test_requests_of_a_source_that_is_no_more_are_forgotten(own: Site) -> None:
    with own.memory.database.write() as tx:
        health_requests.ask(tx, "never", RequestKind.REHEARSE, "x", "x")
        sources.remove(tx, "never")
    Desk(own.memory)._wanted()
    with own.memory.database.read() as conn:
        assert [one.source for one in health_requests.waiting(conn)] == ["cut"]


def test_the_run_that_was_shown_is_the_one_that_is_decided_on(own: Site) -> None:
    with own.memory.database.write() as tx, pytest.raises(BadRequest, match="run_not_held"):
        holding.accept(tx, "gone", "kim", run_id=1)


# ---- the strip
def test_windows_stand_where_they_belong_in_time(site: Site) -> None:
    with site.memory.database.read() as conn:
        strip = strip_of(ledger.windows(conn, ledger.latest(conn, "cut")[0].id))
    assert (strip.begin, strip.end, strip.rows) == ("2019-01-01", "2026-02-01", 3)
    assert [bar.row for bar in strip.bars] == [0, 1, 1, 2, 2]
    ends = [bar.x + bar.width for bar in strip.bars]
    assert max(ends) <= 1000 and strip.bars[2].x == pytest.approx(ends[1], abs=1)
    assert strip_of([]).bars == ()
