"""The workbench's page of the search: who sees, who teaches, what is refused; accessible, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser

from repository import audit, people, search_misses
from repository.person import Role
from repository.search.engine import Results
from repository.search.query import Query
from repository.web import misses, workbench_search
from tests.repository.web import seed
from tests.repository.web.conftest import Site, make_app
from tests.serving import application

PAGE = "/workbench/search/"
KIM, LEE, PASSWORD = "kim@example.org", "lee@example.org", "새벽 종소리가 들리는 언덕"


def prepared(site: Site) -> Site:
    """Bring in two people, what was missed, and the page where the site has not brought it."""
    if workbench_search.blueprint.name not in site.app.blueprints:
        workbench_search.init_app(site.app)
    with site.seeded.memory.database.write() as tx:
        people.add(tx, KIM, "김사서", [Role.LIBRARIAN], PASSWORD, "test")
        people.add(tx, LEE, "이구경", [Role.VIEWER], PASSWORD, "test")
        counts = {("퇴계 <b>선생</b>", "nothing"): 12, ("율곡", "relaxed"): 3, ("한 번", "nothing"): 1}
        search_misses.add(tx, counts)
    return site


@pytest.fixture
def own(fresh: Site) -> Site:
    """A site of a test's own."""
    return prepared(fresh)


def enter(app: Flask, email: str = KIM) -> FlaskClient:
    client = app.test_client()
    form = {"csrf_token": token(client, "/workbench/login"), "email": email, "password": PASSWORD}
    assert client.post("/workbench/login", data=form).status_code == 303
    return client


def token(client: FlaskClient, path: str = PAGE) -> str:
    found = re.search('name="csrf_token" value="([^"]+)"', client.get(path).text)
    assert found
    return found[1]


def teach(client: FlaskClient, name: str, other: str, relation: str = "pen_name") -> int:
    form = {"csrf_token": token(client), "name": name, "other": other, "relation": relation}
    return client.post(f"{PAGE}synonyms", data=form).status_code


def test_what_was_missed_is_listed_with_a_link_to_try_it(own: Site) -> None:
    client = enter(own.app)
    text = client.get(PAGE).text
    assert "퇴계 &lt;b&gt;선생" in text and "율곡" in text and "한 번" not in text
    assert 'href="/search?q=%ED%87%B4%EA%B3%84+%3Cb%3E' in text
    only = client.get(f"{PAGE}?days=90&kind=relaxed").text
    assert "율곡" in only and "퇴계" not in only
    assert client.get(f"{PAGE}?days=x").status_code == 400
    assert client.get(f"{PAGE}?days=7").status_code == 200
    assert 'value="율곡"' in client.get(f"{PAGE}?name=율곡").text


def test_a_librarian_teaches_and_takes_back(own: Site) -> None:
    client = enter(own.app)
    assert teach(client, "이황", "퇴계") == 303
    page = client.get(PAGE).text
    assert "이황 = 퇴계" in page and "김사서" in page and "호·필명" in page
    assert "pen name" in client.get(f"{PAGE}?lang=en").text
    [action] = set(re.findall(r'action="(/workbench/search/synonyms/\d+/withdraw)"', page))
    assert client.post(action, data={"csrf_token": token(client)}).status_code == 303
    assert "더는 쓰지 않음" in client.get(PAGE).text
    assert client.post(action, data={"csrf_token": token(client)}).status_code == 404
    with own.seeded.memory.database.read() as conn:
        actions = [line.action for line in audit.newest(conn) if line.subject.startswith("synonym-")]
    assert actions == ["synonym_withdrawn", "synonym_added"]


def test_what_cannot_be_added_comes_back_with_the_reason_in_both_languages(own: Site) -> None:
    client = enter(own.app)
    form = {"csrf_token": token(client), "name": "훈민정음", "other": "훈민 정음", "relation": "synonym"}
    refused = client.post(f"{PAGE}synonyms", data=form)
    assert refused.status_code == 422 and 'data-code="synonym_same"' in refused.text
    assert 'value="훈민 정음"' in refused.text and "이미 같습니다" in refused.text
    assert "already takes these two as one" in client.post(f"{PAGE}synonyms?lang=en", data=form).text
    assert teach(client, "이황", "퇴계", "father") == 422


def test_others_look_and_strangers_do_not(own: Site) -> None:
    viewer = enter(own.app, LEE)
    page = viewer.get(PAGE).text
    assert "율곡" in page and "말은 사서가 더하고 거둡니다." in page and 'name="relation"' not in page
    assert teach(viewer, "이황", "퇴계") == 403
    assert own.client.get(PAGE).location.startswith("/workbench/login")
    kim = enter(own.app)
    assert kim.post(f"{PAGE}synonyms", data={"name": "이황", "other": "퇴계"}).status_code == 400
    assert "검색 돌보기" in kim.get("/workbench/").text


def test_a_question_that_finds_nothing_is_noted_without_the_database(own: Site) -> None:
    with own.app.app_context():
        for _ in range(3):
            misses.note(Query("거북선 설계도"), Results())
            misses.note(Query("kim@example.org"), Results())
            misses.note(Query("훈민정음"), Results(1))
        assert misses.gathered().flush() == 3
    assert "거북선 설계도" in enter(own.app).get(PAGE).text


def test_the_page_is_accessible_narrow_and_wide_in_both_languages(tmp_path: Path, browser: Browser) -> None:
    seeded = seed.open_seeded(tmp_path / "data")
    site = prepared(Site(seeded, make_app(seeded)))
    client = enter(site.app)
    for pair in (("이황", "퇴계"), ("이이", "율곡")):
        assert teach(client, *pair) == 303
    with application(site.app) as base:
        for language, width in (("ko", 390), ("en", 390), ("ko", 1280), ("en", 1280)):
            context = browser.new_context(
                extra_http_headers={"Accept-Language": language}, viewport={"width": width, "height": 900}
            )
            page = context.new_page()
            page.goto(f"{base}{PAGE}")
            page.locator("#email").fill(KIM)
            page.locator("#password").fill(PASSWORD)
            page.keyboard.press("Enter")
            page.wait_for_url(f"{base}{PAGE}*")
            page.goto(f"{base}{PAGE}?days=90")
            wide = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert page.evaluate(wide) <= 0
            assert [one["id"] for one in Axe().run(page).response["violations"]] == []
            assert page.locator("h1").count() == 1
            if language == "en":
                assert not re.search("[가-힣]", page.locator("h1").inner_text())
            context.close()
    seeded.memory.close()
