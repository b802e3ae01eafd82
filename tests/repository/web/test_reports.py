"""The public speaks without an account: forms, receipts, status, confirmation and answers; over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from repository import audit, intake
from repository.gate import Access
from repository.item import Title
from repository.reports import answering
from repository.reports.words import Kind, Outcome, State
from repository.tables import alias
from repository.urls import Urls
from tests.repository.web import report_desk, seed
from tests.repository.web.report_desk import CLAIM, Desk, codes, receipt

ERROR = {"text": "제목의 한자가 틀립니다."}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with report_desk.opened(tmp_path / "data") as opened:
        yield opened


def test_an_error_is_reported_and_followed_by_its_receipt(desk: Desk) -> None:
    part = {"page": "2", "x": "10", "y": "20", "w": "30", "h": "40.5"}
    number = receipt(desk.send("error", "0", ERROR | part))
    report = desk.newest()
    assert (report.kind, report.region) == (Kind.ERROR, "pct:10,20,30,40.5")
    assert report.asset == desk.seeded.files("0")[1]
    assert report.due == "2026-12-10T09:00:05Z" and report.state is State.RECEIVED
    with desk.client(lang="en") as client:
        page = client.get(f"/reports/{number}")
        assert page.status_code == 200 and "10 December 2026" in page.text and "Photograph 0" in page.text
        assert "한자가" not in page.text, "what was written is not shown"
        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers["X-Robots-Tag"].startswith("noindex")
        again = client.get("/reports/", params={"receipt": number.upper()}, follow_redirects=True)
        assert again.status_code == 200 and "10 December 2026" in again.text
        assert client.get("/reports/0000-0000").status_code == 404
    assert desk.mails() == []


def test_a_claim_is_hidden_first_when_its_address_is_confirmed(desk: Desk) -> None:
    number = receipt(desk.send("removal", "0", CLAIM))
    link = desk.confirm_link()
    (mail,) = desk.mails()
    assert mail["To"] == "hong@naver.com" and number in mail.get_content()
    assert not any(typed in mail.as_string() for typed in (CLAIM["text"], CLAIM["name"]))
    item = f"/items/{desk.seeded.ids['0']}"
    with desk.client() as client:
        assert client.get(link).status_code == 200
        assert client.get(item).status_code == 200, "to open a link is not to confirm"
        token = httpx.URL(link).params["link"]
        assert "가렸습니다" in client.post("/reports/confirm", data={"link": token}).text
        assert client.get(item).status_code == 410
        assert "가려 두었습니다" in client.get(f"/reports/{number}").text
        assert client.post("/reports/confirm", data={"link": token}).status_code == 200, "twice is once"
    assert desk.newest().state is State.HIDDEN
    with desk.memory.database.read() as conn:
        lines = [line.action for line in audit.newest(conn, subject=f"report-{desk.newest().id}")]
    assert lines == ["report_confirmed", "report_removal"]


def test_one_picture_is_hidden_alone(desk: Desk) -> None:
    first, second = desk.seeded.files("0")
    desk.claim("0", page="1")
    with desk.client() as client:
        page = client.get(f"/items/{desk.seeded.ids['0']}")
        assert page.status_code == 200 and first not in page.text and second in page.text
        assert client.get(f"/assets/{first}/original").status_code == 410


def test_the_answer_is_mailed_and_shown_and_gives_back(desk: Desk) -> None:
    number = receipt(desk.send("removal", "0", CLAIM))
    with desk.client() as client:
        token = httpx.URL(desk.confirm_link()).params["link"]
        client.post("/reports/confirm", data={"link": token})
        with desk.memory.database.write() as tx:
            answering.answer(
                tx, desk.memory.context(tx, "kim"), desk.newest().id, Outcome.DECLINED,
                "보호기간이 끝났습니다. <b>", Urls("http://memory.example"), restore=True,
            )  # fmt: skip
        assert client.get(f"/items/{desk.seeded.ids['0']}").status_code == 200
        page = client.get(f"/reports/{number}").text
    assert "받아들이지 않았습니다" in page and "보호기간이 끝났습니다. &lt;b&gt;" in page
    assert "보호기간이 끝났습니다. <b>" in desk.mails()[-1].get_content()


@pytest.mark.parametrize(("lang", "said"), [("ko", "확인 주소는"), ("en", "This link")])
def test_a_link_that_is_wrong_or_over_says_so(desk: Desk, lang: str, said: str) -> None:
    receipt(desk.send("removal", "0", CLAIM))
    link = desk.confirm_link().partition("&lang")[0] + f"&lang={lang}"
    with desk.client() as client:
        for odd in ("/reports/confirm", f"{link}x".replace("link=", "link=x"), "/reports/confirm?link=1.2.3"):
            assert client.get(odd).status_code == 400
        desk.later(days=3, seconds=1)
        answer = client.get(link)
        assert answer.status_code == 400 and said in answer.text
        assert (
            client.post("/reports/confirm", data={"link": httpx.URL(link).params["link"]}).status_code == 400
        )
    assert desk.newest().state is State.RECEIVED


def test_a_form_sent_twice_is_one_report_with_one_receipt(desk: Desk) -> None:
    path = f"/items/{desk.seeded.ids['0']}/report?kind=error"
    with desk.client() as client:
        token = desk.open_form(client, path)
        first = receipt(client.post(path, data={"token": token, **ERROR}))
        assert receipt(client.post(path, data={"token": token, **ERROR})) == first
        assert receipt(client.post(path, data={"token": token, "text": "다른 말"})) != first
    assert len(desk.reports()) == 2


# ---- refusals, each by code, with all that was typed
def refused(answer: httpx.Response, status: int, code: str) -> None:
    assert (answer.status_code, codes(answer)) == (status, [code])
    assert ERROR["text"] in answer.text, "what was typed is still there"
    assert answer.headers["Cache-Control"] == "no-store"


def test_what_another_site_sends_is_shown_first(desk: Desk) -> None:
    path = f"/items/{desk.seeded.ids['0']}/report?kind=error"
    with desk.client() as client:
        form = {"token": desk.open_form(client, path), **ERROR}
        for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"},
                        {"Origin": "https://evil.example"}, {"Origin": "null"}, {"Origin": "http://["}):  # fmt: skip
            refused(client.post(path, data=form, headers=headers), 400, "report_from_elsewhere")
        own = {"Origin": desk.base, "Sec-Fetch-Site": "same-origin"}
        receipt(client.post(path, data=form, headers=own))


def test_programs_are_told_what_gave_them_away(desk: Desk) -> None:
    path = f"/items/{desk.seeded.ids['0']}/report?kind=error"
    with desk.client() as client:
        token = desk.open_form(client, path)
        refused(client.post(path, data={"token": token, "homepage": "x", **ERROR}), 400, "report_trap")
        refused(client.post(path, data={"token": "", **ERROR}), 400, "report_form_stale")
        refused(client.post(path, data=ERROR), 400, "report_form_stale")
        other = path.replace("error", "knowledge")
        refused(client.post(other, data={"token": token, **ERROR}), 400, "report_form_stale")
        desk.later(days=2)
        refused(client.post(path, data={"token": token, **ERROR}), 400, "report_form_stale")
        hasty = report_desk.token_of(client.get(path))
        answer = client.post(path, data={"token": hasty, **ERROR})
        refused(answer, 400, "report_form_hasty")
        assert report_desk.token_of(answer) == hasty, "waiting a little is enough"
        desk.later(seconds=5)
        receipt(client.post(path, data={"token": hasty, **ERROR}))


def test_files_and_floods_of_bytes_are_refused(desk: Desk) -> None:
    path = f"/items/{desk.seeded.ids['0']}/report?kind=error"
    with desk.client() as client:
        token = desk.open_form(client, path)
        answer = client.post(path, data={"token": token, **ERROR}, files={"file": b"x"})
        assert (answer.status_code, codes(answer)) == (415, ["report_form_only"])
        assert client.post(path, json={"token": token, **ERROR}).status_code == 415
        assert client.post(path, data={"token": token, "text": "가" * 30_000}).status_code == 413
        assert client.post(path, data={"token": token, "text": "가" * 4001}).status_code == 422
    assert desk.reports() == []


def test_what_is_pointed_at_can_be_looked_at_before(desk: Desk) -> None:
    asset = desk.seeded.files("0")[1]
    path = f"/items/{desk.seeded.ids['0']}/report?kind=error"
    with desk.client() as client:
        page = client.get(f"{path}&asset={asset}&region=pct:10,20,30,40").text
        cut = f"/iiif/image/{asset}/pct:10,20,30,40/!480,480/0/default.jpg"
        assert (
            f'src="{cut}"' in page
            and 'name="w" type="text" inputmode="decimal" maxlength="8" value="30"' in page
        )
        assert client.get(cut).status_code == 200
        form = {"do": "look", "page": "2", "x": "0", "y": "0", "w": "50", "h": "50", **ERROR}
        answer = client.post(path, data=form)
        assert answer.status_code == 200 and "/pct:0,0,50,50/" in answer.text and ERROR["text"] in answer.text
    assert desk.reports() == []


def test_a_form_is_as_closed_as_its_item(desk: Desk) -> None:
    seed.put_plain(desk.seeded, "nothing", "")
    seed.put_plain(desk.seeded, "described", "d")
    hidden = desk.claim("0")
    with desk.client() as client:
        for name, status in (("nothing", 403), ("described", 200), ("0", 410)):
            for end in ("", "?kind=error"):
                answer = client.get(f"/items/{desk.seeded.ids[name]}/report{end}")
                assert answer.status_code == status
                assert not [asset for asset in desk.seeded.files(name) if asset in answer.text]
                assert status == 200 or answer.headers["Cache-Control"] == "no-store"
        for odd in ("nothing", "x" * 300, "%00", "0" * 14):
            assert client.get(f"/items/{odd}/report?kind=error").status_code == 404
        assert client.get(f"/items/{desk.seeded.ids['described']}/report?kind=x").status_code == 400
    assert hidden


def test_the_form_goes_on_to_where_its_item_went(desk: Desk) -> None:
    seed.put_plain(desk.seeded, "old", "d")
    old, new = desk.seeded.ids["old"], desk.seeded.ids["0"]
    with desk.memory.database.write() as tx:
        tx.conn.exec_driver_sql("DELETE FROM item WHERE id = '" + old + "'")
        tx.conn.execute(
            alias.insert().values(old=old, new=new, kind="merged", reason="", at=tx.now, by="kim")
        )
    with desk.client() as client:
        answer = client.get(f"/items/{old}/report?kind=error")
        assert answer.status_code == 308 and answer.headers["Location"] == f"/items/{new}/report?kind=error"
        typed = client.get(f"/items/{new.upper()}/report?kind=error", follow_redirects=True)
        assert typed.status_code == 200


def test_a_report_survives_the_next_harvest(desk: Desk) -> None:
    number = receipt(desk.send("error", "0", ERROR | {"page": "1"}))
    before = desk.newest()
    titles = [Title("고친 제목", "ko"), Title("A better title", "en", "translated")]
    memory = desk.memory
    with memory.database.write() as tx:
        again = seed.draft(titles, "공공누리 제1유형", pages=2)
        intake.accept(tx, intake.context_of(tx.conn, memory.rules, 2026), "hanbit-oai", "hanbit", "0", again)
    assert desk.newest() == before
    with desk.client() as client:
        assert "고친 제목" in client.get(f"/reports/{number}").text


def test_the_figures_are_public_and_name_nobody(desk: Desk) -> None:
    receipt(desk.send("removal", "0", CLAIM))
    desk.later(days=8)
    with desk.client(lang="en") as client:
        page = client.get("/reports/")
    assert page.status_code == 200 and page.headers["Cache-Control"] == "public, max-age=300"
    assert "Overdue" in page.text and not any(word in page.text for word in (CLAIM["name"], CLAIM["email"]))


def test_access_is_not_widened_by_a_report(desk: Desk) -> None:
    """A claim can only close: what it leaves behind, when given back, is what was there before."""
    before = access(desk)
    number = desk.claim("0")
    assert not access(desk).listed
    with desk.memory.database.write() as tx:
        context = desk.memory.context(tx, "kim")
        answering.answer(tx, context, number, Outcome.DECLINED, "답", Urls(""), restore=True)
    after = access(desk)
    assert after.decision is not None and before.decision is not None
    assert (after.downs, after.decision.decision) == (before.downs, before.decision.decision)


def access(desk: Desk) -> Access:
    return report_desk.access(desk, "0")
