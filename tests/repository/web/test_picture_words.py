"""Words for pictures at the doors: on the page, in the manifest and in JSON, with who wrote them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import msgspec
import pytest
from axe_playwright_python.sync_playwright import Axe
from lxml import html
from playwright.sync_api import Browser, Page

from repository import assets, decisions, intake, wording
from repository.asset import AssetState
from repository.item import Caption, MediaRef, Text, Title
from repository.picture_words import Written
from repository.rights.decision import Answer, LayerDecision, Ruling
from tests.repository.web import seed
from tests.repository.web.conftest import Site, make_app
from tests.repository.web.seed import Seeded, draft
from tests.serving import application

ALT = Text("먹으로 그은 줄 사이에 큰 글자가 열둘 있다", "ko")
LONG = Text("오른쪽 위에 붉은 도장이 있다.\n\n왼쪽 아래는 벌레가 먹었다.", "ko")
HOSTILE = "</script><script>alert(1)</script>\" onerror='alert(2)' {{ 7*7 }}"
VTT = """WEBVTT

00:00.000 --> 00:00.800
<v 안내>{first}</v>

00:00.800 --> 00:01.900
<script>alert(1)</script>&lt;img src=x onerror=alert(2)&gt;
"""


def parsed(text: str) -> Any:
    return html.fromstring(text)


def some(element: Any, path: str) -> list[Any]:
    return list(element.xpath(path))


def said(element: Any) -> str:
    return "".join(element.itertext())


def put(
    seeded: Seeded, name: str, *refs: MediaRef, type: str = "photograph", captions: str = ""
) -> list[str]:
    """Take in an item with files that have arrived; gives the files' ids in order."""
    memory = seeded.memory
    what = draft(
        [Title("달밤의 춤", "ko"), Title("Dance by Moonlight", "en", "translated")],
        "공공누리 제1유형",
        type=type,
    )
    what = msgspec.structs.replace(what, media=refs)
    with memory.database.write() as tx:
        context = intake.context_of(tx.conn, memory.rules, 2026)
        item = intake.accept(tx, context, "hanbit-oai", "hanbit", name, what).item
        for one in assets.of_item(tx.conn, item):
            if one.role == "caption":
                first = "연을 날립니다" if one.lang == "ko" else "Kites are flown"
                content, kind = VTT.format(first=first).encode(), "text/vtt"
            elif one.role == "film":
                content, kind = seed.film(), "video/mp4"
            else:
                content, kind = seed.picture(f"{name} {one.sequence}"), "image/jpeg"
            if one.state is AssetState.WANTED:
                seed.arrive(memory, tx, "hanbit", one.id, content, kind)
    seeded.ids[name] = item
    return seeded.files(name)


def write(seeded: Seeded, asset: str, *written: Written) -> None:
    with seeded.memory.database.write() as tx:
        wording.write(tx, asset, written)


def album(seeded: Seeded) -> list[str]:
    """Four pages: by the institution, by a person over it, by a machine, and by nobody."""
    refs = [
        MediaRef(f"a{n}", f"https://hanbit.example/a{n}.jpg", "page", Text(f"{n}쪽", "ko"), (ALT,) if n < 3 else (),
                 description=(LONG,) if n == 1 else ())
        for n in range(1, 5)
    ]  # fmt: skip
    files = put(seeded, "album", *refs)
    write(seeded, files[1], Written("alt", "ko", "사람이 고쳐 쓴 말", by="김사서"))
    machine = Written("alt", "en", "Lines of ink on paper", "machine", "seer 2.1", "2026-11-20")
    write(seeded, files[2], machine)
    return files


def test_a_page_says_the_words_and_who_wrote_them(fresh: Site) -> None:
    album(fresh.seeded)
    address = f"/items/{fresh.seeded.ids['album']}"
    found = parsed(fresh.page(address))
    (still,) = some(found, "//*[@data-still]")
    assert still.get("alt") == f"{ALT.value} (견본 그림 · 실물 사진이 아님)"
    shown, *hidden = some(found, "//*[@data-words]")
    assert (
        shown.get("hidden") is None
        and len(hidden) == 3
        and all(one.get("hidden") is not None for one in hidden)
    )
    assert said(some(shown, ".//summary")[0]) == "그림 설명"
    assert [said(one) for one in some(shown, ".//*[@class='told']//p")] == [
        ALT.value, "기관이 쓴 설명", *LONG.value.split("\n\n"), "기관이 쓴 설명",
    ]  # fmt: skip
    assert [said(one) for one in some(hidden[0], ".//*[@class='told']//p")] == [
        "사람이 고쳐 쓴 말",
        "사람이 쓴 설명",
    ]
    (machine,) = some(hidden[1], ".//*[@class='told'][@data-machine]")
    assert some(machine, ".//*[@lang='en']") and said(some(machine, ".//*[@class='origin']")[0]) == (
        "기계가 쓴 설명 · seer 2.1 · 2026년 11월 20일"
    )
    assert "아직 아무도 설명을 쓰지 않았습니다." in said(hidden[2])


def test_where_nobody_wrote_the_sentence_says_so_in_both_languages(fresh: Site) -> None:
    album(fresh.seeded)
    address = f"/items/{fresh.seeded.ids['album']}?page=4"
    alt = {language: some(parsed(fresh.page(address, language)), "//*[@data-still]")[0].get("alt")
            for language in ("ko", "en")}  # fmt: skip
    assert alt == {
        "ko": "사진. 「달밤의 춤」, 4쪽 가운데 4쪽. 그림 설명이 아직 없음. (견본 그림 · 실물 사진이 아님)",
        "en": "Photograph. “Dance by Moonlight”, page 4 of 4. No description yet. (Drawn sample, not the object)",
    }


def test_json_marks_each_text_with_its_origin(fresh: Site) -> None:
    album(fresh.seeded)
    answer: Any = fresh.client.get(f"/items/{fresh.seeded.ids['album']}.json").json
    files = answer["files"]
    assert [[text["origin"] for text in one["alt"]] for one in files] == [
        ["institution"], ["person"], ["machine"], ["computed", "computed"],
    ]  # fmt: skip
    assert files[0]["description"] == [{"value": LONG.value, "lang": "ko", "origin": "institution"}]
    assert files[2]["alt"][0] | {"value": ""} == {
        "value": "", "lang": "en", "origin": "machine", "model": "seer 2.1", "made": "2026-11-20",
    }  # fmt: skip
    assert {text["lang"] for text in files[3]["alt"]} == {"ko", "en"}


def test_a_manifest_carries_what_somebody_wrote_and_only_that(fresh: Site) -> None:
    album(fresh.seeded)
    found: Any = fresh.client.get(f"/iiif/{fresh.seeded.ids['album']}/manifest.json").json
    first, second, third, fourth = found["items"]
    assert first["summary"] == {"ko": [f"{ALT.value} (견본 그림 · 실물 사진이 아님)"]}
    label = {"ko": ["그림 설명"], "en": ["Image description"]}
    assert first["metadata"] == [
        {"label": label, "value": {"ko": ["기관이 쓴 설명"], "en": ["Written by the institution"]}}
    ]
    (page,) = first["annotations"]
    (note,) = page["items"]
    assert (note["motivation"], note["target"], note["creator"]) == (
        "describing", first["id"], {"type": "Organization"},
    )  # fmt: skip
    assert note["body"] == {
        "type": "TextualBody",
        "value": LONG.value,
        "format": "text/plain",
        "language": "ko",
    }
    assert second["metadata"][0]["value"]["en"] == ["Written by a person"]
    assert third["metadata"][0]["value"]["ko"] == ["기계가 쓴 설명 · seer 2.1 · 2026-11-20"]
    assert "drawn sample" in third["summary"]["en"][0]
    assert "summary" not in fourth and "metadata" not in fourth and "annotations" not in fourth


def test_new_words_are_in_the_kept_manifest_at_once(fresh: Site) -> None:
    files = album(fresh.seeded)
    address = f"/iiif/{fresh.seeded.ids['album']}/manifest.json"

    def last() -> dict[str, Any]:
        found: Any = fresh.client.get(address).json
        return dict(found["items"][3])

    assert "summary" not in last()
    write(fresh.seeded, files[3], Written("alt", "ko", "빈 종이에 찍힌 붉은 도장"))
    assert "빈 종이" in last()["summary"]["ko"][0]


def test_an_institutions_words_are_closed_with_its_texts(fresh: Site) -> None:
    album(fresh.seeded)
    item = fresh.seeded.ids["album"]
    with fresh.seeded.memory.database.write() as tx:
        (row,) = decisions.history(tx.conn, item)
        rulings = msgspec.structs.replace(row.decision.rulings, describe=Ruling(Answer.NO, "test"))
        closed = msgspec.structs.replace(row.decision, layers=(LayerDecision("text", "none", rulings),))
        decisions.record(tx, item, closed, "test")
    for address in (f"/items/{item}", f"/items/{item}.json", f"/iiif/{item}/manifest.json"):
        answer = unescape(fresh.client.get(address).get_data(as_text=True))
        assert ALT.value not in answer and "벌레가" not in answer, address
        assert "사람이 고쳐 쓴 말" in answer, address


def film(seeded: Seeded, alt: str = "연을 날리는 아이들") -> list[str]:
    captions = tuple(Caption(f"https://hanbit.example/f.{lang}.vtt", lang) for lang in ("en", "ko"))
    words = (Text(alt, "ko"),) if alt else ()
    ref = MediaRef("f", "https://hanbit.example/f.mp4", "film", alt=words, captions=captions)
    return put(seeded, "film", ref, type="video")


def test_a_film_has_its_captions_and_the_transcript_beside_it(fresh: Site) -> None:
    files = film(fresh.seeded)
    address = f"/items/{fresh.seeded.ids['film']}"
    found = parsed(fresh.page(address))
    (video,) = some(found, "//video")
    assert video.get("poster") == f"/assets/{files[0]}/poster.jpg"
    assert video.get("aria-label") == "연을 날리는 아이들 (견본 그림 · 실물 사진이 아님)"
    tracks = [
        (one.get("srclang"), one.get("kind"), one.get("default") is not None)
        for one in some(video, "//track")
    ]
    assert tracks == [("ko", "captions", True), ("en", "captions", False)]
    korean, english = some(found, "//*[@class='transcript-lines']")
    (first, second) = some(korean, ".//li")
    assert some(first, ".//a")[0].get("href") == f"/assets/{files[0]}/film#t=0"
    assert some(second, ".//a")[0].get("href") == f"/assets/{files[0]}/film#t=0.8"
    assert " ".join(said(some(first, ".//p")[0]).split()) == "안내 연을 날립니다"
    assert said(some(second, ".//p")[0]) == "alert(1)<img src=x onerror=alert(2)>"
    assert not some(second, ".//script | .//img") and english.get("lang") == "en"
    assert some(parsed(fresh.page(address, "en")), "//track")[0].get("srclang") == "en"


def test_hostile_words_are_words(fresh: Site) -> None:
    files = film(fresh.seeded, HOSTILE)
    write(fresh.seeded, files[0], Written("description", "ko", HOSTILE))
    text = fresh.page(f"/items/{fresh.seeded.ids['film']}")
    assert "<script>alert" not in text and "49" not in re.findall(r"\{\{.*?\}\}|\b49\b", text)
    (video,) = some(parsed(text), "//video")
    assert video.get("onerror") is None and video.get("aria-label", "").startswith(HOSTILE)


def test_a_film_without_words_or_captions_says_so(fresh: Site) -> None:
    put(fresh.seeded, "film", MediaRef("f", "https://hanbit.example/f.mp4", "film"), type="video")
    found = parsed(fresh.page(f"/items/{fresh.seeded.ids['film']}"))
    assert not some(found, "//*[@class='transcript']") and some(
        found, "//*[@class='picture-words']//*[@class='lacking']"
    )
    assert (
        some(found, "//video")[0]
        .get("aria-label", "")
        .startswith("영상. 「달밤의 춤」. 그림 설명이 아직 없음.")
    )


# ---- in a browser


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Seeded]]:
    seeded = seed.open_seeded(tmp_path_factory.mktemp("words") / "data")
    album(seeded)
    film(seeded)
    with application(make_app(seeded)) as base:
        yield base, seeded
    seeded.memory.close()


def opened(browser: Browser, address: str, width: int, language: str, scheme: str = "light") -> Page:
    context = browser.new_context(
        extra_http_headers={"Accept-Language": language},
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    page.goto(address)
    page.wait_for_load_state("networkidle")
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "language"), [(360, "ko"), (360, "en"), (1440, "ko"), (1440, "en")])
def test_axe_finds_nothing_on_film_and_album(
    shown: tuple[str, Seeded], browser: Browser, width: int, language: str, scheme: str
) -> None:
    base, seeded = shown
    for name in ("film", "album"):
        page = opened(browser, f"{base}/items/{seeded.ids[name]}", width, language, scheme)
        for closed in page.locator(".picture-words:not([hidden]) details, .transcript details").all():
            closed.locator("summary").click()
        found = [(one["id"], one["nodes"][0]["html"]) for one in Axe().run(page).response["violations"]]
        assert found == [], name
        wide = page.evaluate(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wide <= 0, name
        page.context.close()


def tree(page: Page) -> list[tuple[str, str]]:
    """Give what a screen reader is told of a page: role and name of everything in chromium's accessibility tree."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    return [
        (str(node["role"]["value"]), str(node["name"]["value"]))
        for node in nodes
        if not node.get("ignored") and node.get("role") and node.get("name", {}).get("value")
    ]


def test_a_screen_reader_is_told_the_alternative_text(shown: tuple[str, Seeded], browser: Browser) -> None:
    base, seeded = shown
    page = opened(browser, f"{base}/items/{seeded.ids['album']}", 1440, "ko")
    page.locator("[data-canvas].live").wait_for()
    alt = f"{ALT.value} (견본 그림 · 실물 사진이 아님)"
    assert alt in [name for role, name in tree(page) if role in ("image", "img")]
    page.locator("[data-page='4']").click()
    page.wait_for_function("() => document.querySelector('[data-words=\"4\"]').hidden === false")
    assert page.locator("[data-words]:visible").count() == 1
    assert any("그림 설명이 아직 없음" in name for role, name in tree(page) if role in ("image", "img"))
    page.context.close()


def test_a_screen_reader_hears_what_the_film_is_and_a_time_plays_it_from_there(
    shown: tuple[str, Seeded], browser: Browser
) -> None:
    base, seeded = shown
    page = opened(browser, f"{base}/items/{seeded.ids['film']}", 1440, "ko")
    told = tree(page)
    assert any(role == "Video" and name.startswith("연을 날리는 아이들") for role, name in told)
    assert ("region", "영상에 나오는 말") in told
    assert ("link", "이 시각부터 보기 0:00") in told
    page.evaluate("() => { document.querySelector('video').muted = true; }")
    page.locator(".transcript-lines a").nth(1).press("Enter")
    page.wait_for_function("() => document.querySelector('video').currentTime >= 0.8", timeout=15000)
    page.wait_for_function(
        "() => document.querySelectorAll('.transcript-lines li')[1].getAttribute('aria-current') === 'true'",
        timeout=15000,
    )
    assert page.url.endswith(seeded.ids["film"])
    page.context.close()
