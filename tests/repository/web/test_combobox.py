"""The search box in a browser: suggestions by keyboard, mouse and syllable, told to who only listens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, CDPSession, Page, expect

from tests.repository.web import seed
from tests.serving import site as served

LANGUAGES = ("ko", "en")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a served small library."""
    data: Path = tmp_path_factory.mktemp("served")
    seeded = seed.library(data)
    seed.index(seeded)
    seeded.memory.close()
    with served(data, "--no-worker") as address:
        yield address


@pytest.fixture
def page(base: str, browser: Browser) -> Iterator[Page]:
    """A page that fails the test where a script fails."""
    context = browser.new_context(locale="ko-KR", viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    opened.goto(f"{base}/")
    yield opened
    context.close()
    assert faults == []


def questions(page: Page) -> list[str]:
    """Note every question that the box asks from now on."""
    found: list[str] = []
    page.on(
        "request",
        lambda one: (
            found.append(parse_qs(urlsplit(one.url).query)["q"][0]) if "/suggest?" in one.url else None
        ),
    )
    return found


def test_the_keyboard_chooses_and_opens(page: Page, base: str) -> None:
    box = page.get_by_role("combobox")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press_sequentially("gnsa")  # 훈ㅁ
    option = page.get_by_role("option")
    expect(option).to_have_count(1)
    expect(option).to_have_text("훈민정음 해례본 자료")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.locator("[data-suggest] [role=status]")).to_contain_text("제안 1개")
    box.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == option.get_attribute("id")
    box.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") is None
    box.press("ArrowUp")
    expect(option).to_have_attribute("aria-selected", "true")
    assert box.input_value() == "gnsa"
    box.press("Enter")
    page.wait_for_url(f"{base}/items/*")


def test_enter_without_a_choice_searches_for_what_was_typed(page: Page) -> None:
    box = page.get_by_role("combobox")
    box.press_sequentially("훈민")
    expect(page.get_by_role("option")).to_have_count(1)
    box.press("Enter")
    page.wait_for_url("**/search?q=*")
    assert parse_qs(urlsplit(page.url).query)["q"] == ["훈민"]


def test_escape_closes_and_then_empties(page: Page) -> None:
    box = page.get_by_role("combobox")
    box.fill("대동")
    expect(page.get_by_role("listbox")).to_be_visible()
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    assert box.input_value() == "대동"
    box.press("Escape")
    assert box.input_value() == ""
    box.fill("대동")
    expect(page.get_by_role("listbox")).to_be_visible()
    box.press("Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_a_click_opens(page: Page, base: str) -> None:
    page.get_by_role("combobox").fill("ㄷㄷㅇ")
    page.get_by_role("option", name="대동여지도").click()
    page.wait_for_url(f"{base}/items/*")
    assert "대동여지도" in page.locator("h1").inner_text()
    page.get_by_role("combobox").fill("한성")  # the small box of other pages
    page.get_by_role("option", name="한성").click()
    page.wait_for_url(f"{base}/search?q=*")
    assert page.locator(".card-title").count() == 5


def compose(typing: CDPSession, text: str) -> None:
    """Put a syllable together, as an input method does."""
    typing.send(
        "Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)}
    )


def test_half_made_syllables_are_not_asked_for(page: Page, base: str) -> None:
    asked = questions(page)
    box = page.get_by_role("combobox")
    box.focus()
    typing = page.context.new_cdp_session(page)
    for syllable in ("ㅎ", "후", "훈"):
        compose(typing, syllable)
        page.wait_for_timeout(60)
    typing.send("Input.insertText", {"text": "훈"})
    for syllable in ("ㅁ", "미"):
        compose(typing, syllable)
        page.wait_for_timeout(60)
    expect(page.get_by_role("option")).to_have_text(["훈민정음 해례본 자료"])  # a resting hand
    assert asked[-1] == "훈미" and not {"ㅎ", "후", "훈ㅁ"} & set(asked)
    key = {"windowsVirtualKeyCode": 229, "key": "Enter", "code": "Enter"}
    typing.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **key})
    typing.send("Input.dispatchKeyEvent", {"type": "keyUp", **key})
    page.wait_for_timeout(200)
    assert page.url == f"{base}/"


def test_fast_typing_asks_once(page: Page) -> None:
    asked = questions(page)
    page.get_by_role("combobox").press_sequentially("대동여지도", delay=30)
    expect(page.get_by_role("option")).to_have_count(1)
    assert asked == ["대동여지도"]


def test_a_site_that_does_not_answer_leaves_a_plain_box(base: str, browser: Browser) -> None:
    context = browser.new_context(locale="ko-KR")
    page = context.new_page()
    page.route("**/api/v1/suggest?*", lambda route: route.abort())
    page.goto(f"{base}/")
    page.get_by_role("combobox").fill("훈민정음")
    page.wait_for_timeout(400)
    expect(page.get_by_role("listbox", include_hidden=True)).to_be_hidden()
    page.get_by_role("combobox").press("Enter")
    page.wait_for_url("**/search?q=*")
    context.close()


def test_without_scripts_it_is_a_plain_box(base: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, locale="ko-KR")
    page = context.new_page()
    page.goto(f"{base}/")
    page.get_by_role("searchbox").fill("대동여지도")
    page.get_by_role("button", name="찾기").click()
    assert page.locator(".card-title").count() == 1
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [390, 1280])
def test_the_open_list_is_accessible(base: str, browser: Browser, language: str, width: int) -> None:
    context = browser.new_context(
        extra_http_headers={"Accept-Language": language}, viewport={"width": width, "height": 900}
    )
    page = context.new_page()
    for address in ("/", "/search?q=훈민정음", "/institutions/", f"/?lang={language}"):
        page.goto(f"{base}{address}")
        box = page.get_by_role("combobox")
        box.fill("ㄷㄷㅇ")
        expect(page.get_by_role("option")).to_have_count(1)
        box.press("ArrowDown")
        assert [one["id"] for one in Axe().run(page).response["violations"]] == []
        wide = page.evaluate(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wide <= 0
        said = page.locator("[data-suggest] [role=status]").inner_text()
        assert said.startswith("제안 1개" if language == "ko" else "1 suggestion")
    assert "lang=" in str(page.get_by_role("option").get_attribute("data-url"))
    context.close()
