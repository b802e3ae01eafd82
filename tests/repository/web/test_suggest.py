"""The door of suggestions and the related items of a page: what they say, and what they keep back."""

from __future__ import annotations

from typing import Any

import pytest

from repository import takedowns
from repository.errors import StoreError
from repository.item import Agent, Text, Title
from repository.search.embedded import EmbeddedEngine
from repository.takedowns import TakedownKind
from tests.repository.web import seed
from tests.repository.web.conftest import Site, asking
from tests.repository.web.test_statements import MOST


def asked(site: Site, text: str, language: str = "ko", **more: str) -> dict[str, Any]:
    """Ask for suggestions that must be given."""
    answer = site.client.get(
        "/api/v1/suggest", query_string={"q": text, **more}, headers={"Accept-Language": language}
    )
    assert answer.status_code == 200
    found: dict[str, Any] = answer.get_json()
    return found


def texts(found: dict[str, Any]) -> list[tuple[str, str]]:
    """Give the texts and kinds of suggestions."""
    return [(one["text"], one["kind"]) for one in found["suggestions"]]


def test_works_people_places_and_collections_are_suggested(site: Site) -> None:
    assert texts(asked(site, "훈미")) == [("훈민정음 해례본", "work")]
    assert texts(asked(site, "ㄷㄷㅇ")) == [("대동여지도", "work")]
    assert texts(asked(site, "rlawjd")) == [("김정호", "person")]
    assert texts(asked(site, "한서")) == [("한성", "place")]
    assert texts(asked(site, "한글")) == [("한글이 태어나다", "collection")]
    assert texts(asked(site, "birth", "en")) == [("The Birth of Hangul", "collection")]
    assert texts(asked(site, "태어")) == [("한글이 태어나다", "collection")]


def test_each_leads_somewhere_and_says_what_it_is(site: Site) -> None:
    work = asked(site, "훈민")["suggestions"][0]
    assert work["url"] == f"/items/{site.seeded.ids['hunmin']}" and work["note"] == "자료"
    place = asked(site, "한성")["suggestions"][0]
    assert place["count"] == 5 and place["note"] == "곳 · 자료 5점"
    assert site.page(place["url"]).count('class="card"') == 5
    person = asked(site, "sejong", "en")["suggestions"][0]
    assert (person["text"], person["note"]) == ("Sejong", "Person · 1 item")
    assert "/items/" in site.page(person["url"], "en")
    collection = asked(site, "한글", lang="en")["suggestions"][0]
    assert collection["url"] == "/collections/hangul?lang=en"
    assert asked(site, "훈민")["said"] == "제안 1개. 위아래 화살표로 고르세요."
    assert asked(site, "훈민", "en")["said"] == "1 suggestion. Use the up and down arrows to choose."
    assert asked(site, "없는말없는말")["said"] == "제안이 없습니다."


def test_answers_are_kept_briefly_and_by_language(site: Site) -> None:
    answer = site.client.get("/api/v1/suggest?q=훈민")
    assert answer.headers["Cache-Control"] == "public, max-age=30"
    assert "Accept-Language" in answer.headers["Vary"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    "query", ["q=" + "가" * 501, "q=가&limit=0", "q=가&limit=21", "q=가&limit=x", "q=가&limit=١"]
)
def test_what_cannot_be_meant_is_refused(site: Site, query: str) -> None:
    answer = site.client.get(f"/api/v1/suggest?{query}")
    assert answer.status_code == 400 and answer.get_json()["code"] in ("query_too_long", "parameter_invalid")


@pytest.mark.parametrize("text", ["", " ", "\0", '"', "<script>", "ㅎ", "%", "\ud7b0", "🙂", "가" * 500])
def test_any_text_may_be_typed(site: Site, text: str) -> None:
    assert asked(site, text)["suggestions"] == []


def test_what_was_closed_a_second_ago_is_not_suggested(fresh: Site) -> None:
    memory = fresh.seeded.memory
    for name in ("one", "two"):
        maker = Agent((Text(f"비밀스런 {name}", "ko"),))
        seed.put(
            fresh.seeded,
            name,
            seed.draft([Title(f"조용한 {name}", "ko")], "공공누리 제1유형", agents=(maker,)),
        )
    seed.index(fresh.seeded)
    assert len(texts(asked(fresh, "조용"))) == len(texts(asked(fresh, "비밀"))) == 2
    with memory.database.write() as tx:
        takedowns.add(tx, fresh.seeded.ids["one"], TakedownKind.PRIVACY, "까닭", "test")
    assert texts(asked(fresh, "조용")) == [("조용한 two", "work")]
    assert texts(asked(fresh, "비밀")) == [("비밀스런 two", "person")]
    assert "조용한 one" not in fresh.page(f"/items/{fresh.seeded.ids['two']}")


def test_an_index_that_cannot_answer_suggests_nothing(fresh: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    item = seed.put_plain(fresh.seeded, "alone", "dvrt")

    def broken(*_args: object) -> None:
        raise StoreError("index_unreadable", "", "")

    monkeypatch.setattr(EmbeddedEngine, "suggest", broken)
    monkeypatch.setattr(EmbeddedEngine, "similar", broken)
    answer = fresh.client.get("/api/v1/suggest?q=비밀")
    assert answer.status_code == 200 and answer.get_json()["suggestions"] == []
    assert answer.headers["Cache-Control"] == "no-store"
    assert "비밀 alone" in fresh.page(f"/items/{item}")


def test_a_page_shows_related_items_that_are_open(fresh: Site) -> None:
    for name, maker in (("one", "김정호"), ("two", "김정호"), ("three", "김정호"), ("other", "신윤복")):
        made = seed.draft(
            [Title(f"자료 {name}", "ko")], "공공누리 제1유형", agents=(Agent((Text(maker, "ko"),)),)
        )
        seed.put(fresh.seeded, name, made)
    seed.index(fresh.seeded)
    ids = fresh.seeded.ids
    with asking(fresh.seeded.memory.database) as statements:
        page = fresh.page(f"/items/{ids['one']}")
    assert len(statements.statements) <= MOST
    related = page.partition('id="related"')[2]
    assert related.count('class="card"') == 2
    assert all(f'href="/items/{ids[name]}"' in related for name in ("two", "three"))
    assert "Related items" in fresh.page(f"/items/{ids['one']}", "en")
    with fresh.seeded.memory.database.write() as tx:
        seed.decide(tx, ids["two"], "")
    related = fresh.page(f"/items/{ids['one']}").partition('id="related"')[2]
    assert related.count('class="card"') == 1 and ids["two"] not in related
    assert 'id="related"' not in fresh.page(f"/items/{ids['other']}")
