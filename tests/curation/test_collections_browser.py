"""The page of a collection in a browser: accessible, without scripts, by keyboard, in print, and standing still."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from curation import collection_store
from curation.collections import Collection, Reference, Section, Words
from repository import takedowns
from repository.takedowns import TakedownKind
from tests.curation.test_collections_blocks import BOTH, World, clip, compare, named, pick, quote, timeline
from tests.repository.web import seed
from tests.serving import application
from wsgi import create_app

PATHS = ("/collections/all", "/collections/all?view=reading", "/collections/")


class Shown(NamedTuple):
    """Where the collection is served."""

    base: str


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    seeded = seed.open_seeded(tmp_path_factory.mktemp("hall"))
    world = World(create_app(seeded.memory.settings), seeded)
    for name in ("open", "other", "third", "gone"):
        world.put(name)
    world.put("film", film=True, pages=0)
    first = Section(
        Words("처음", "First"),
        Words("여는 글", "Opening"),
        blocks=(
            pick("open", size="large", page=2, detail="pct:0,0,60,30"),
            quote("open"),
            pick("other"),
            pick("third", detail="pct:10,10,60,60"),
            compare("other", "gone"),
        ),
    )
    second = Section(
        Words("다음", "Second"),
        blocks=(
            pick("gone", size="full"),
            clip("film"),
            timeline("open", "other", "third", "gone"),
            compare("open", "third"),
        ),
    )
    cover = named(Reference, "open", detail="pct:0,10,100,55")
    for slug in ("all", "next"):
        one = Collection(
            slug, Words("긴 이야기", "A long story"), BOTH, cover, (first, second), "엮은이 (curator)"
        )
        with seeded.memory.database.write() as tx:
            collection_store.save(tx, one, "test")
            collection_store.publish(tx, slug, "test")
    with seeded.memory.database.write() as tx:
        takedowns.add(tx, seeded.ids["gone"], TakedownKind.RIGHTS, "까닭입니다", "test")
    with application(world.app) as base:
        yield Shown(base)
    seeded.memory.close()


def opened(browser: Browser, **options: object) -> Page:
    """Open a page of its own."""
    return browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **options}).new_page()  # type: ignore[arg-type]  # options by name


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_nothing_is_found_by_axe_and_nothing_is_too_wide(
    shown: Shown, browser: Browser, width: int, scheme: str, language: str
) -> None:
    page = opened(
        browser,
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        extra_http_headers={"Accept-Language": language},
    )
    for path in PATHS:
        page.goto(f"{shown.base}{path}")
        page.wait_for_load_state("networkidle")
        assert page.locator("html").get_attribute("lang") == language
        found = Axe().run(page).response["violations"]
        assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == [], path
        assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0, path
    page.context.close()


def test_without_scripts_everything_is_there(shown: Shown, browser: Browser) -> None:
    page = opened(browser, java_script_enabled=False, extra_http_headers={"Accept-Language": "ko"})
    page.goto(f"{shown.base}{PATHS[0]}")
    assert page.locator("video[controls]").is_visible() and page.locator("svg.timeline-line").is_visible()
    assert page.locator(".event").count() == 4 and page.locator(".compare-works .work").count() == 3
    page.get_by_role("link", name="읽기 화면으로 보기").click()
    assert page.locator(".exhibition.reading").is_visible()
    page.get_by_role("link", name="전시로 보기").click()
    page.get_by_role("navigation", name="차례").get_by_role("link", name="다음").click()
    assert page.url.endswith("#part-2")
    page.get_by_role("link", name="이 부분을 크게 보기").first.click()
    assert "/items/" in page.url and "page=2#xywh=0,0,840,300" in page.url
    page.context.close()


def test_the_keyboard_reaches_every_work_and_the_next_collection(shown: Shown, browser: Browser) -> None:
    page = opened(browser, extra_http_headers={"Accept-Language": "ko"})
    page.goto(f"{shown.base}{PATHS[0]}")
    reached = []
    for _ in range(80):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "() => [document.activeElement.textContent.trim(), document.activeElement.tagName]"
        )
        reached.append(focused[0] if focused[1] == "A" else focused[1])
        box = page.evaluate("() => document.activeElement.getBoundingClientRect().height")
        assert box > 0
    for name in (
        "비밀 other",
        "비밀 third",
        "비밀 open",
        "VIDEO",
        "앞 단락: 처음",
        "긴 이야기",
        "주제 컬렉션 모두 보기",
    ):
        assert name in reached, name
    page.context.close()


def test_the_contents_mark_the_part_that_is_read(shown: Shown, browser: Browser) -> None:
    page = opened(browser)
    page.goto(f"{shown.base}{PATHS[0]}")
    page.locator("#part-2-title").scroll_into_view_if_needed()
    page.evaluate("() => document.getElementById('part-2-title').scrollIntoView()")
    page.locator('[data-contents] a[aria-current="true"][href="#part-2"]').wait_for(timeout=5000)
    page.evaluate("() => scrollTo(0, 0)")
    page.wait_for_function("() => !document.querySelector('[data-contents] [aria-current]')", timeout=5000)
    page.context.close()


def test_print_leaves_out_what_leads_elsewhere_and_keeps_the_works(shown: Shown, browser: Browser) -> None:
    page = opened(browser)
    page.goto(f"{shown.base}{PATHS[0]}")
    page.emulate_media(media="print")
    for hidden in (".contents", ".part-foot", ".neighbours", ".timeline-line", ".menu"):
        assert not page.locator(hidden).first.is_visible(), hidden
    for kept in (
        "h1",
        ".opening img",
        ".work-reason",
        ".quoted-text",
        ".event",
        ".credit-lines",
        ".withdrawn",
    ):
        assert page.locator(kept).first.is_visible(), kept
    page.context.close()


def test_on_a_phone_a_comparison_is_stacked(shown: Shown, browser: Browser) -> None:
    page = opened(browser, viewport={"width": 360, "height": 800})
    page.goto(f"{shown.base}{PATHS[0]}")
    upper, lower = (box.bounding_box() for box in page.locator("#part-2 .compare-works .work").all())
    assert upper and lower and lower["y"] >= upper["y"] + upper["height"] and upper["width"] > 300
    page.context.close()
