"""Twelve things that people come to do, done by what a screen reader is told: Chromium's own accessibility tree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, Page


class Node(NamedTuple):
    """What is told of one thing: its role, its name, its description, and what it says of its state."""

    role: str
    name: str
    description: str
    state: dict[str, Any]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="ko-KR", viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def told(page: Page) -> list[Node]:
    """Give the accessibility tree of a page in reading order, without what is ignored."""
    session = page.context.new_cdp_session(page)
    nodes = {one["nodeId"]: one for one in session.send("Accessibility.getFullAXTree")["nodes"]}
    session.detach()
    (root,) = [one for one in nodes.values() if not one.get("parentId")]
    return [_node(one) for one in _in_order(root, nodes) if not one.get("ignored")]


def _in_order(one: dict[str, Any], nodes: dict[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    yield one
    for child in one.get("childIds", ()):
        if child in nodes:
            yield from _in_order(nodes[child], nodes)


def _node(one: dict[str, Any]) -> Node:
    return Node(
        one.get("role", {}).get("value", ""),
        " ".join(str(one.get("name", {}).get("value", "")).split()),
        str(one.get("description", {}).get("value", "")),
        {said["name"]: said["value"].get("value") for said in one.get("properties", ())},
    )


def one(page: Page, role: str, name: str) -> Node:
    """Give the one thing of a role whose name matches."""
    found = [node for node in told(page) if node.role == role and re.search(name, node.name)]
    assert found, (role, name, sorted({node.name for node in told(page) if node.role == role})[:40])
    return found[0]


def open_item(page: Page, base: str, words: str) -> None:
    """Find an item by its name and open it, as one does who only hears."""
    page.goto(f"{base}/")
    page.get_by_role("combobox").or_(page.get_by_role("searchbox")).first.fill(words)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?**")
    page.get_by_role("heading", level=2).get_by_role("link").first.click()
    page.wait_for_url("**/items/**")


def test_1_know_where_one_is(base: str, page: Page) -> None:
    page.goto(f"{base}/collections/")
    assert one(page, "RootWebArea", "주제 컬렉션 — 코리안메모리")
    here = one(page, "link", "^주제 컬렉션$")
    assert page.locator("[aria-current=page]").inner_text() == here.name
    assert {node.role for node in told(page)} >= {"banner", "navigation", "main", "contentinfo"}


def test_2_find_a_work(base: str, page: Page) -> None:
    page.goto(f"{base}/")
    box = next(node for node in told(page) if node.role in ("combobox", "searchbox"))
    assert "무엇을 찾으세요" in box.name
    open_item(page, base, "훈민정음")
    assert one(page, "heading", "훈민정음").state["level"] == 1


def test_3_hear_how_many_were_found_and_what_each_is(base: str, page: Page) -> None:
    page.goto(f"{base}/search?q=조선")
    assert re.search(r"\d+점", one(page, "heading", "조선").name)
    cards = [node for node in told(page) if node.role == "article"]
    assert len(cards) >= 5
    assert one(page, "image", ".+").name  # and no picture is without words
    assert not [node for node in told(page) if node.role == "image" and not node.name]


def test_4_know_why_it_was_found(base: str, page: Page) -> None:
    page.goto(f"{base}/search?q=訓民正音")
    assert "이렇게 찾았습니다" in page.locator("article").first.inner_text()
    assert [node for node in told(page) if node.role == "mark"]


def test_5_hear_what_a_picture_shows(base: str, page: Page) -> None:
    open_item(page, base, "인왕제색도")
    page.locator("[data-canvas].live").wait_for()
    picture = one(page, "image", ".{10,}")
    assert "견본" in picture.name  # a drawn sample says so


def test_6_know_if_it_may_be_used(base: str, page: Page) -> None:
    open_item(page, base, "인왕제색도")
    assert one(page, "heading", "이렇게 써도 되나요").state["level"] == 3
    terms = [node.name for node in told(page) if node.role == "term"]
    assert {"보기", "내려받기·다시 쓰기", "AI 학습"} <= set(terms)
    assert one(page, "DisclosureTriangle", "왜 그런가요").state.get("expanded") is False


def test_7_take_the_credit_line_and_the_file(base: str, page: Page) -> None:
    open_item(page, base, "인왕제색도")
    assert one(page, "button", "출처 문구 복사")
    assert re.search("내려받기 .+", one(page, "link", "^내려받기").name)  # says of what


def test_8_turn_the_pages_of_a_book(base: str, page: Page) -> None:
    open_item(page, base, "훈민정음 해례본")
    page.locator("[data-canvas].live").wait_for()
    assert one(page, "navigation", "쪽 넘기기")
    second = page.locator("[data-page='2']")
    second.click()
    page.wait_for_function("() => document.querySelector('[data-status]').textContent.includes('2쪽')")
    assert page.locator("[data-page='2']").get_attribute("aria-current") == "page"


def test_9_narrow_a_search_and_let_go_again(base: str, page: Page) -> None:
    page.goto(f"{base}/search?q=조선")
    assert one(page, "complementary", "결과 좁히기")
    page.get_by_role("complementary").get_by_role("link", name="그림", exact=True).first.click()
    page.wait_for_url("**type=painting**")
    assert re.search("조건 빼기", one(page, "link", "그림 × 조건 빼기|그림 조건 빼기").name)


def test_10_watch_a_film_with_its_words(base: str, page: Page) -> None:
    page.goto(f"{base}/search?type=video")
    page.get_by_role("heading", level=2).get_by_role("link").first.click()
    page.wait_for_url("**/items/**")
    assert one(page, "Video", ".{10,}")
    assert one(page, "region", "영상에 나오는 말|영상 보기")
    assert page.locator("track[kind=captions]").count() >= 1


def test_11_read_a_collection_in_order(base: str, kinds: dict[str, str], page: Page) -> None:
    page.goto(base + kinds["collection"])
    levels = [node.state["level"] for node in told(page) if node.role == "heading"]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels)), levels
    assert one(page, "navigation", "차례")


def test_12_say_that_something_is_wrong(base: str, page: Page) -> None:
    open_item(page, base, "대동여지도")
    page.get_by_role("link", name="틀린 곳 알리기").click()
    page.wait_for_url("**/report?**")
    fields = [node for node in told(page) if node.role in ("textbox", "combobox", "radio")]
    assert fields and all(node.name for node in fields)
    assert one(page, "button", ".+")
