"""The workbench's pages of reports: who may see what, an answer by form, and scripts that stay words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask.testing import FlaskClient
from playwright.sync_api import Browser

from repository import people
from repository.person import Role
from repository.reports import store
from repository.reports.words import Asked, Kind
from tests import serving
from tests.repository.web import seed
from tests.repository.web.conftest import Site, make_app
from tests.repository.web.test_login import PASSWORD, enter, token

PAGE = "/workbench/reports/"
SCRIPT = (
    "<img src=x onerror=\"document.title='pwned'\"></textarea><script>document.title='pwned'</script>{{7*7}}"
)
STAFF = {"lee@example.org": Role.RIGHTS_OFFICER, "park@example.org": Role.VIEWER}


@pytest.fixture
def desk(fresh: Site) -> Iterator[Site]:
    """A site with a claim and an error, full of scripts."""
    item = seed.put_plain(fresh.seeded, "0", "dvr")
    with fresh.seeded.memory.database.write() as tx:
        for email, role in STAFF.items():
            people.add(tx, email, "이권리", [role], PASSWORD, "test")
        claim = Asked(Kind.REMOVAL, item, SCRIPT, "ko", "", "", SCRIPT, "kim@naver.com", "copyright", "self")
        store.add(tx, claim, "a", "", 7)
        store.add(tx, Asked(Kind.ERROR, item, SCRIPT, "en", name=SCRIPT), "b", "", 14)
    yield fresh


def inside(desk: Site, email: str) -> FlaskClient:
    client = desk.client
    enter(client, email=email)
    return client


def test_everybody_inside_sees_the_list_and_nobodys_words(desk: Site) -> None:
    page = inside(desk, "park@example.org").get(PAGE)
    assert page.status_code == 200 and page.headers["Cache-Control"] == "no-store"
    assert "게시 중단 요청" in page.text and "비밀 0" in page.text and f"{PAGE}1" not in page.text
    assert "naver" not in page.text and "img src=x" not in page.text
    assert inside(desk, "park@example.org").get(f"{PAGE}1").status_code == 403


def test_an_answer_is_given_by_form(desk: Site) -> None:
    client = inside(desk, "lee@example.org")
    shown = client.get(f"{PAGE}1").text
    assert "kim@naver.com" in shown and "&lt;script&gt;" in shown and "<script>document" not in shown
    form = {"csrf_token": token(client, f"{PAGE}1"), "outcome": "accepted", "text": SCRIPT}
    assert client.post(f"{PAGE}1", data={**form, "csrf_token": ""}).status_code == 400
    for odd in ({"outcome": ""}, {"text": " "}, {"restore": "yes"}):
        refused = client.post(f"{PAGE}1", data={**form, **odd})
        assert refused.status_code == 422 and "data-code=" in refused.text
    assert client.post(f"{PAGE}1", data=form).location == f"{PAGE}1"
    assert client.get(f"/items/{desk.seeded.ids['0']}").status_code == 410
    back = {**form, "outcome": "declined", "restore": "yes"}
    assert client.post(f"{PAGE}1", data=back).status_code == 303
    assert client.get(f"/items/{desk.seeded.ids['0']}").status_code == 200
    assert f"{PAGE}1" not in client.get(PAGE).text and f"{PAGE}1" in client.get(f"{PAGE}?view=answered").text
    assert client.get(f"{PAGE}999").status_code == 404 and client.get(f"{PAGE}?view=<x>").status_code == 200


def test_it_is_read_aloud_well_and_runs_no_script(desk: Site, browser: Browser, tmp_path: Path) -> None:
    client = inside(desk, "lee@example.org")
    cookie = client.get_cookie("km_workbench", path="/workbench/")
    assert cookie is not None
    with serving.application(make_app(desk.seeded)) as base:
        context = browser.new_context(viewport={"width": 360, "height": 900}, bypass_csp=True)
        context.add_cookies([{"name": "km_workbench", "value": cookie.value, "url": f"{base}/workbench/"}])
        page = context.new_page()
        for path in (PAGE, f"{PAGE}1", f"{PAGE}2?lang=en"):
            page.goto(base + path)
            assert re.search("코리안메모리|Korean Memory", page.title()) and "pwned" not in page.title()
            assert page.locator("img[src=x]").count() == 0
            assert path == PAGE or "{{7*7}}" in page.content()
            found = Axe().run(page).response["violations"]
            assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == [], path
            assert page.evaluate(
                "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
            )
        context.close()
