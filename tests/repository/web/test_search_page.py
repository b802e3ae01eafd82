"""The search page: marks, reasons, bars of centuries, ways on from an empty answer, prefixes, other forms."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import msgspec
import pytest

from repository.search import lexicon
from repository.search.engine import FacetCount, Hit, Reason, Results
from repository.search.query import Query
from repository.web.reasons import FIELDS, FORMS
from tests.repository.web.conftest import Site

Answering = Callable[[Results], None]


@pytest.fixture
def answering(site: Site, monkeypatch: pytest.MonkeyPatch) -> Answering:
    """Let the engine give an answer of the test's own."""

    def answer(results: Results) -> None:
        monkeypatch.setattr(type(site.seeded.memory.engine), "search", lambda _engine, _query: results)

    return answer


def found(page: str) -> str:
    """Give the results of a page as text, without its tags."""
    part = page[page.index('<section class="results-list"') :]
    return " ".join(unescape(re.sub("<[^>]+>", " ", part[: part.index("</section>")])).split())


def test_the_title_that_holds_what_was_asked_for_stands_on_the_card(site: Site) -> None:
    korean, english = site.page("/search?q=instructing"), site.page("/search?q=訓民正音", "en")
    assert (
        "훈민정음 해례본" in korean and "The Correct Sounds for <mark>Instructing</mark> the People" in korean
    )
    assert "<mark>훈민정음</mark> 해례본" in english  # which the English title above it does not hold


def test_what_was_found_is_marked_in_titles_of_every_script_and_in_the_notes(site: Site) -> None:
    page = site.page("/search?q=훈민정음")
    assert "<mark>훈민정음</mark> 해례본" in page and "<mark>訓民正音</mark> 解例本" in page
    assert "풀어 <mark>설명</mark>한 책이다." in site.page("/search?q=설명")
    assert "card-quote" not in site.page("/search")


def test_marks_are_on_the_text_and_never_let_markup_through(site: Site) -> None:
    page = site.page("/search?q=<script>alert(1)</script> 훈민정음")
    assert "<script>alert" not in page


def test_forms_alone_say_how_where_the_engine_tells_no_more(site: Site, answering: Answering) -> None:
    hit = Hit(site.seeded.ids["hunmin"], forms=("exact", "latin"))
    answering(Results(1, (hit,)))
    assert "이렇게 찾았습니다 적힌 그대로, 로마자로" in found(site.page("/search?q=x"))
    english = found(site.page("/search?q=x", "en"))
    with site.app.test_request_context("/?lang=en"):
        assert f"{FORMS['exact']}, {FORMS['latin']}" in english


@pytest.mark.parametrize("relation", ["ho", "pen_name", "former_name", "not-known-yet"])
def test_another_name_is_said_with_its_relation_and_marked(
    relation: str, site: Site, answering: Answering
) -> None:
    reason = Reason("장헌대왕", "exact", "makers", "훈민정음", relation)
    answering(Results(1, (Hit(site.seeded.ids["hunmin"], reasons=(reason,)),)))
    korean = site.page("/search?q=장헌대왕")
    with site.app.test_request_context("/?lang=ko"):
        said = lexicon.relation(relation).ko
    assert f"“장헌대왕” → “훈민정음” · 만든이 · {said}" in found(korean)
    assert "<mark>훈민정음</mark>" in korean
    assert not re.search(r"· [가-힣]", found(site.page("/search?q=장헌대왕", "en")).split("→")[1])


@pytest.mark.parametrize("field", FIELDS)
def test_a_reason_names_its_field_and_form(field: str, site: Site, answering: Answering) -> None:
    answering(Results(1, (Hit(site.seeded.ids["map"], reasons=(Reason("지도", "reading", field),)),)))
    with site.app.test_request_context("/?lang=ko"):
        said = f"“지도” · {FIELDS[field]} · {FORMS['reading']}"
    assert said in found(site.page("/search?q=지도"))


def test_centuries_are_bars_with_links_and_names(site: Site) -> None:
    for language, name in (("ko", "15세기: 자료 1점"), ("en", "15th century: 1 item")):
        page = site.page("/search", language)
        bars = re.findall(r'<ol class="bars".*?</ol>', page, re.DOTALL)[0]
        assert bars.count("<li ") == 6 and bars.count("<a ") == 3  # from the 15th to the 20th
        assert 'href="/search?century=15"' in bars and name in bars
        assert 'data-first="1401" data-last="1500"' in bars  # for those who draw over several
        heights = re.findall(r'height="(\d+)"', bars)
        assert sorted(heights) == ["24", "24", "48"]
    chosen = site.page("/search?century=15")
    assert re.search(r'href="/search" rel="nofollow" aria-current="true" title="15세기', chosen)


def test_bars_hold_the_odd_counts_that_an_index_may_give(site: Site, answering: Answering) -> None:
    counts = tuple(FacetCount(value, 1 + place) for place, value in enumerate(("-2", "1", "x", "0", "40")))
    answering(Results(9, (), {"century": counts}))
    page = site.page("/search")
    bars = re.findall(r'<ol class="bars".*?</ol>', page, re.DOTALL)[0]
    assert bars.count("<li ") == 24 and "century=40" in bars


def test_years_before_ours_are_astronomical(site: Site, answering: Answering) -> None:
    answering(Results(9, (), {"century": (FacetCount("-1", 1), FacetCount("1", 1), FacetCount("-2", 1))}))
    page = site.page("/search?century=1&type=book")
    for first, last in ((-199, -100), (-99, 0), (1, 100)):
        assert f'data-first="{first}" data-last="{last}"' in page
    assert 'data-over="/search?type=book"' in page


def test_an_empty_answer_offers_searches_that_find_something(site: Site) -> None:
    page = site.page('/search?q=-세종 대동여지도 "훈민정음 없음"&type=book')
    assert "찾은 자료가 없습니다" in page
    ways = re.findall(r'<ul class="ways-on">(.*?)</ul>', page, re.DOTALL)[0]
    links = [unescape(one) for one in re.findall(r'href="([^"]*)"', ways)]
    assert 1 <= len(links) <= 5
    for link in links:
        assert 'class="card"' in site.page(link)
    assert "대동여지도" in ways and "없음" not in ways


def test_an_empty_answer_with_filters_shows_what_is_there_without_them(site: Site) -> None:
    page = site.page("/search?q=훈민정음&type=video", "en")
    ways = re.findall(r'<ul class="ways-on">(.*?)</ul>', page, re.DOTALL)[0]
    assert "“훈민정음” without filters" in ways and '<span class="count">1</span>' in ways


def test_an_empty_answer_asks_the_engine_a_few_times_at_most(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Query] = []

    def search(_engine: Any, query: Query) -> Results:
        asked.append(query)
        return Results()

    monkeypatch.setattr(type(site.seeded.memory.engine), "search", search)
    assert "찾은 자료가 없습니다" in site.page(
        "/search?type=map&q=" + "+".join(f"말{one}" for one in range(30))
    )
    assert len(asked) <= 6 and all(one.size == 1 for one in asked[1:])


def test_a_relaxed_answer_says_that_it_is_one(site: Site, answering: Answering) -> None:
    hits = (Hit(site.seeded.ids["hunmin"]),)
    answering(Results(1, hits, relaxed=True))
    assert "모든 낱말이 든 자료는 없어서" in site.page("/search?q=훈민정옴")
    assert "Nothing holds all the words" in site.page("/search?q=훈민정옴", "en")
    answering(Results(1, hits))
    assert "모든 낱말이 든 자료는 없어서" not in site.page("/search?q=훈민정음")


def test_a_holder_by_name_is_a_filter_and_other_names_stay_words(site: Site) -> None:
    for words in ("소장:한빛도서관", "holder:hanbit", 'holder:"Hanbit Library"', "소장:한빛"):
        page = site.page(f"/search?q={words}")
        assert 'href="/search?holder=hanbit"' not in page  # it is chosen: its link lets it go
        assert re.search(r'class="chosen".*한빛도서관', page, re.DOTALL) and 'value="소장' not in page
    kept = site.client.get("/api/v1/search?q=소장:도서관없음 지도").get_json()["links"]["first"]
    assert "holder" not in kept
    both = site.client.get("/api/v1/search?q=소장:한빛도서관 소장:나래&sort=id").get_json()["links"]["first"]
    assert both.endswith("?holder=hanbit&holder=narae&sort=id")


def test_a_time_by_name_is_a_filter(site: Site) -> None:
    page = site.page("/search?q=시대:15세기")
    assert page.count('class="card"') == 1 and re.search(r'class="chosen".*15세기', page, re.DOTALL)
    era = site.page("/search?q=era:Joseon", "en")
    assert era.count('class="card"') == 2 and "1392–1897" in era


def test_every_form_is_named_in_the_head_and_in_a_list(site: Site) -> None:
    for language in ("ko", "en"):
        page = site.page("/search?q=훈민정음&type=book", language)
        head = page[: page.index("<body>")]
        for kind in ("application/json", "application/atom+xml", "text/csv", "application/ld+json"):
            named = re.findall(f'rel="alternate" type="{re.escape(kind)}"[^>]*href="([^"]*)"', head)
            address = unescape(next(one for one in named if "/search" in one))
            assert page.count(f'href="{address.replace("&", "&amp;")}"') == 2
            assert site.client.get(address.removeprefix("http://memory.example")).mimetype == kind
        assert ("이 검색을 따라 읽기" if language == "ko" else "Follow this search") in page
        assert re.search(r'id="feed" href="([^"]*)"[^>]*>\1</a>', page)


def test_counts_stand_beside_every_choice(site: Site) -> None:
    page = site.page("/search")
    choices = re.findall(r'<li><a href="/search\?[a-z]+=[^"]*" rel="nofollow">.*?</li>', page)
    assert len(choices) > 10 and all('<span class="count">' in one for one in choices)


def test_a_page_that_did_not_change_is_not_sent_again(site: Site) -> None:
    first = site.client.get("/search?q=훈민정음", headers={"Accept-Language": "ko"})
    headers = {"If-None-Match": first.headers["ETag"], "Accept-Language": "ko"}
    assert site.client.get("/search?q=훈민정음", headers=headers).status_code == 304
    assert (
        site.client.get("/search?q=훈민정음", headers=headers | {"Accept-Language": "en"}).status_code == 200
    )


def test_reasons_reach_programs(site: Site, answering: Answering) -> None:
    reason = Reason("장헌대왕", "exact", "makers", "세종", "siho")
    answering(Results(1, (Hit(site.seeded.ids["hunmin"], forms=("exact",), reasons=(reason,)),)))
    one = site.client.get("/api/v1/search?q=x").get_json()["items"][0]
    assert one["why"] == [msgspec.to_builtins(reason)] and one["forms"] == ["exact"]


def test_a_century_in_raised_figures_is_no_number(site: Site) -> None:
    assert "⁰⁴⁵" in site.page("/search?century=⁰⁴⁵")
