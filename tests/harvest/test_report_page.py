"""The report by secret link: what it says, and that nobody without the link learns anything."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator

import msgspec
import pytest
from axe_playwright_python.sync_playwright import Axe
from click.testing import CliRunner
from playwright.sync_api import Browser

from harvest import health_report, sources
from harvest.institution_cli import institution as command
from harvest.reading import read_item
from repository import audit, corrections, intake
from repository.memory import Memory
from repository.secret import key_of
from tests.harvest.test_health import Site, open_site
from tests.repository.web.conftest import Reader
from tests.serving import site as serve_site

LINK = "/reports/lib/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site whose institution has a link."""
    yield from open_site(tmp_path_factory.mktemp("report"))


def link(memory: Memory, *, renew: bool = False) -> str:
    with memory.database.write() as tx:
        return LINK + health_report.link(tx, "lib", key_of(memory.settings), "test", renew=renew)


def reader(site: Site) -> Reader:
    return Reader(site.app, site.app.response_class)


def test_the_report_says_what_came_and_what_to_mend(site: Site) -> None:
    text = reader(site).get(link(site.memory)).text
    plain = " ".join(re.sub(r"<[^>]+>", " ", text).split())
    assert "받은 기록 = 자료가 된 것 + 거둔 기록 + 보류한 기록 + 깨진 기록: 19 = 15 + 0 + 2 + 2" in plain
    assert "제목이 없어 자료로 만들 수 없습니다. 2건 기록에 제목을 적어 주세요." in plain
    assert "예: oai:hanbit:90 , oai:hanbit:91" in plain
    assert "XML이 깨져 기록 하나를 읽지 못했습니다. 원문을 따로 보관했습니다. 2건" in plain
    assert "파일이 그 주소에 없습니다." in plain and "https://media.example/2.jpg" in plain
    assert "청자 상감운학문 매병" in plain and "국가유산 명칭을 따름" in plain
    assert "요청을 받아 거둠 · oai:hanbit:01 기관이 다시 찍은 사진으로 바꾸기로 함" in plain
    assert "박권리" not in text and "김사서" not in text  # staff are not named to who has a link only
    english = reader(site).get(f"{link(site.memory)}?lang=en").text
    assert "Report on your records" in english and not re.search(r"<h[123][^>]*>[^<]*[가-힣]", english)


def test_no_answer_is_kept_indexed_or_named_elsewhere(site: Site) -> None:
    path = link(site.memory)
    for address in (path, f"{path}/corrections.csv", f"{LINK}{'0' * 40}", "/reports/nobody/x"):
        headers = reader(site).get(address).headers
        assert headers["Cache-Control"] == "no-store" and headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in headers["X-Robots-Tag"] and "Set-Cookie" not in headers
        assert headers.get("Access-Control-Allow-Origin") is None


def test_a_wrong_link_is_a_page_that_is_not_there(site: Site) -> None:
    right = link(site.memory)
    token = right.removeprefix(LINK)
    wrong = [
        f"{LINK}{'0' * 40}",
        f"{right}0",
        right[:-1],
        f"{LINK}{token.upper()}",
        f"/reports/other/{token}",
        f"{LINK}가",
    ]
    bodies = set()
    for path in (*wrong, f"{LINK}{'0' * 40}/corrections.csv"):
        answer = reader(site).get(path, headers={"Accept": "application/json"})
        assert answer.status_code == 404, path
        bodies.add(answer.text)
    assert len(bodies) == 1


def test_a_renewed_link_ends_the_old_one(site: Site) -> None:
    old = link(site.memory)
    assert link(site.memory) == old
    new = link(site.memory, renew=True)
    assert (
        new != old and reader(site).get(old).status_code == 404 and reader(site).get(new).status_code == 200
    )
    with site.memory.database.read() as conn:
        actions = [line.action for line in audit.newest(conn, subject="lib")]
    assert actions[-1] == "report_link_made" and set(actions[:-1]) == {"report_link_renewed"}


def test_without_a_link_no_token_is_right(site: Site) -> None:
    secret = key_of(site.memory.settings)
    with site.memory.database.read() as conn:
        for count in (0, 1, 2):
            token = health_report.token_of(secret, "other", count)
            assert not health_report.is_right(conn, "other", secret, token)
        other_key = health_report.token_of("x" * 64, "lib", 1)
        assert not health_report.is_right(conn, "lib", secret, other_key)


def test_corrections_are_a_table_in_which_nothing_is_a_formula(site: Site) -> None:
    hostile = "=HYPERLINK(1)"
    with site.memory.database.write() as tx:
        sent = [{"value": "x"}]
        corrections.add(tx, site.world.down, "subjects", sent, [], hostile, "", "김사서")
        context = intake.context_of(tx.conn, site.memory.rules, 2026)
        read_item(tx, context, sources.get(tx.conn, "gone"), site.world.down)
    answer = reader(site).get(f"{link(site.memory)}/corrections.csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="corrections.csv"'
    assert answer.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [row["local_id"] for row in rows] == ["oai:hanbit:00", "oai:hanbit:01"]
    assert "청자 상감구름학무늬 매병" in rows[0]["corrected"] and rows[1]["reason"] == f"'{hostile}"
    assert "김사서" not in answer.text


def test_the_report_of_an_institution_without_sources_is_kind(site: Site) -> None:
    with site.memory.database.read() as conn:
        said = health_report.report_of(conn, "nobody", [])
    assert msgspec.structs.replace(said, files={}) == health_report.Institutional((), (), 0, (), {}, ())


def test_the_command_prints_the_link_and_renews_it(site: Site) -> None:
    def run(*words: str) -> str:
        done = CliRunner().invoke(command, ["link", *words], obj=lambda: site.memory, catch_exceptions=False)
        return str(done.output.strip())

    address = run("lib")
    assert address == f"{site.memory.settings.site_url}{link(site.memory)}"
    renewed = json.loads(run("lib", "--renew", "--json"))
    assert renewed["url"] != address and renewed["url"].endswith(link(site.memory))
    refused = CliRunner().invoke(command, ["link", "nobody"], obj=lambda: site.memory)
    assert getattr(refused.exception, "code", "") == "institution_unknown"


def test_a_person_reads_it_in_a_browser_without_scripts(site: Site, browser: Browser) -> None:
    path = link(site.memory)
    with serve_site(site.memory.settings.data_path, "--no-worker") as base:
        for language, width, scripts in (("ko", 390, False), ("en", 1280, True)):
            context = browser.new_context(
                extra_http_headers={"Accept-Language": language},
                viewport={"width": width, "height": 900},
                java_script_enabled=scripts,
            )
            page = context.new_page()
            page.goto(f"{base}{path}")
            assert page.locator("h1").count() == 1 and page.locator(".groups li").count() > 5
            with page.expect_download() as started:
                page.locator("a[download]").click()
            assert started.value.suggested_filename == "corrections.csv"
            if scripts:
                assert Axe().run(page).response["violations"] == []
                wide = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
                assert page.evaluate(wide) <= 0
            context.close()
