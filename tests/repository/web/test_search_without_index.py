"""While the index is away pages answer with what the database finds by its keys; programs are told to come again."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from repository import ports
from repository.search.access import Access
from repository.search.factory import open_engine
from tests.repository.web.conftest import Site, asking, make_app
from tests.repository.web.seed import Seeded

PART = {"ko": "지금은 검색이 일부만 됩니다.", "en": "Search is working only in part just now."}
MOST_STATEMENTS = 15


@pytest.fixture(scope="module")
def away(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The small library, whose Elasticsearch does not answer."""
    folder: Path = tmp_path_factory.mktemp("away")
    engine = open_engine(f"http://127.0.0.1:{ports.any_free()}", folder, access=Access(timeout_seconds=2))
    memory = dataclasses.replace(site.seeded.memory, engine=engine)
    seeded: Seeded = dataclasses.replace(site.seeded, memory=memory)
    yield Site(seeded, make_app(seeded))


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("", "대동여지도"),
        ("q=훈민정음", "훈민정음 해례본"),
        ("q=훈민 정음 해", "훈민정음 해례본"),
        ("q=제목:대동", "대동여지도"),
        ('q="대동여지도"', "대동여지도"),
        ("q=대동&type=map", "대동여지도"),
    ],
)
def test_what_has_a_key_is_found_without_a_scan(away: Site, question: str, title: str) -> None:
    with asking(away.seeded.memory.database) as asked:
        page = away.page(f"/search?{question}")
    assert PART["ko"] in page and title in page
    assert asked.scans(away.seeded.memory.database) == []
    assert len(asked.statements) <= MOST_STATEMENTS


def test_an_item_is_found_by_its_number_and_a_holder_by_its_filter(away: Site) -> None:
    page = away.page("/search", "en")
    number = page.partition('href="/items/')[2][:14]
    assert f'href="/items/{number}' in away.page(f"/search?q={number}")
    assert PART["en"] in page
    answer = away.client.get("/search?holder=nobody", headers={"Accept": "text/html"})
    assert answer.status_code == 200 and 'href="/items/' not in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "q=훈민정음 -해례본",
        "q=작가:세종",
        "q=해례본",
        "q=훈민정음&type=map",
        "from=1900&q=훈민정음",
        "q=%2B%00",
    ],
)
def test_what_cannot_be_answered_finds_nothing_rather_than_too_much(away: Site, question: str) -> None:
    assert "훈민정음 해례본" not in away.page(f"/search?{question}").replace("<mark>", "")


def test_what_is_closed_stays_closed(away: Site, site: Site) -> None:
    for question in ("", "q=비밀", "q=권리"):
        whole, part = (one.page(f"/search?{question}") for one in (site, away))
        shown, known = ({two[:14] for two in page.split('href="/items/')[1:]} for page in (part, whole))
        assert shown <= known


def test_a_partial_answer_is_kept_nowhere(away: Site) -> None:
    answer = away.client.get("/search?q=훈민정음", headers={"Accept": "text/html"})
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "path", ["/search.json", "/search.csv", "/search.atom", "/iiif/search/collection.json"]
)
def test_programs_are_told_to_come_again(away: Site, path: str) -> None:
    answer = away.client.get(f"{path}?q=훈민정음")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert answer.json is not None and answer.json["code"] == "search_unavailable"


def test_all_other_pages_answer_soon(away: Site) -> None:
    number = away.page("/search").partition('href="/items/')[2][:14]
    began = time.monotonic()
    for path in ("/", "/institutions/", f"/items/{number}", "/api/v1/suggest?q=훈민"):
        assert away.client.get(path).status_code == 200, path
    assert time.monotonic() - began < 10  # a hang would be seconds each
    assert away.client.get("/readyz").status_code == 503
