"""The demonstration as a newcomer meets it: one command, then the site in a browser, in both languages."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest
from playwright.sync_api import Browser, Page, Request, Response

from tests.demonstration import Filled
from tests.serving import km, site

MOST_MEMORY_MB = 1500
WIDE = 1280


class Shown(NamedTuple):
    """A filled installation that is being served."""

    data: Path
    port: int
    report: dict[str, Any]
    base: str


@pytest.fixture(scope="module")
def shown(filled: Filled, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    data = filled.copy(tmp_path_factory.mktemp("demo"))
    with site(data) as base:
        yield Shown(data, filled.port, filled.report, base)


@pytest.fixture
def page(shown: Shown, browser: Browser) -> Iterator[Page]:
    """A page that fails the test where a script fails, or anything is asked of another site."""
    context = browser.new_context(locale="ko-KR", viewport={"width": WIDE, "height": 900})
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    opened.on("request", lambda asked: _ours(asked, shown.base, faults))
    yield opened
    context.close()
    assert faults == []


def _ours(asked: Request, base: str, faults: list[str]) -> None:
    if not asked.url.startswith((base, "data:", "blob:")):
        faults.append(asked.url)


def test_one_command_fills_the_whole(shown: Shown, capsys: pytest.CaptureFixture[str]) -> None:
    report = shown.report
    stages = {stage["name"]: stage["seconds"] for stage in report["stages"]}
    with capsys.disabled():
        sys.stdout.write(f"\n[km demo: {sum(stages.values()):.1f} s, {report['peak_mb']} MB: {stages}] ")
    assert report["peak_mb"] < MOST_MEMORY_MB
    states = {run["source"]: run["state"] for run in report["runs"]}
    assert states == {
        "sample-archive": "complete",
        "sample-gallery": "complete",
        "sample-library": "repaired",
        "sample-museum": "complete",
    }
    assert report["files"]["gone"] == 1 and report["files"]["fetched"] >= 380
    assert len(report["curation"]["collections"]) == 3 and not any(report["curation"]["collections"].values())
    assert report["curation"]["works"] > 20 and report["curation"]["refused"] > 20


def test_a_second_time_only_what_changed_is_asked_for(shown: Shown) -> None:
    done = km(shown.data, "demo", "--json", sample_port=shown.port)
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout.splitlines()[-1])
    assert {run["kind"] for run in report["runs"]} == {"incremental"}
    assert not any(run["counts"]["new"] or run["counts"]["changed"] for run in report["runs"])
    assert report["files"].get("fetched", 0) == 0
    assert km(shown.data, "status").returncode == 0


def test_a_reader_goes_from_the_first_page_to_a_download(shown: Shown, page: Page, tmp_path: Path) -> None:
    page.goto(f"{shown.base}/")
    by_hangul = _find(page, "훈민정음")
    page.goto(f"{shown.base}/")
    assert _find(page, "訓民正音") == by_hangul
    page.locator(".card-title a").first.click()
    page.wait_for_url("**/items/**")
    assert "훈민정음" in page.locator("h1").inner_text()
    _zoom(page)
    _play(page, shown.base)
    page.goto(f"{shown.base}/collections/")
    page.locator(".tile-title a").first.click()
    assert page.locator(".pick").count() >= 5
    page.get_by_role("link", name="AI 학습용 데이터").first.click()
    page.locator(".listing a").first.click()
    row = page.locator(".file-table tbody tr", has_text="README.md")
    with page.expect_download() as started:
        row.locator("a").click()
    content = Path(started.value.path()).read_bytes()
    assert hashlib.sha256(content).hexdigest() == row.locator("code").inner_text()


def _find(page: Page, words: str) -> str:
    page.locator("#query").fill(words)
    page.locator("#query").press("Enter")
    page.wait_for_url("**/search?**")
    first = page.locator(".card-title a").first
    return str(first.get_attribute("href"))


def _zoom(page: Page) -> None:
    """Zooming in asks for tiles of smaller regions, and gets them."""
    page.locator("[data-canvas].live").wait_for()
    page.wait_for_load_state("networkidle")
    tiles: list[Response] = []
    page.on("response", lambda answer: tiles.append(answer) if "/iiif/image/" in answer.url else None)
    for _ in range(4):
        page.get_by_role("button", name="크게", exact=True).click()
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1000)
    assert tiles and all(tile.status in (200, 304) for tile in tiles)


def _play(page: Page, base: str) -> None:
    """A film plays, and its Korean captions are shown in their time."""
    page.goto(f"{base}/search?type=video")
    page.locator(".card-title a").first.click()
    page.locator("video").wait_for()
    page.evaluate(
        "() => { const film = document.querySelector('video'); film.muted = true; return film.play(); }"
    )
    page.wait_for_function("() => document.querySelector('video').currentTime > 0.5", timeout=15000)
    page.wait_for_function(
        "() => [...document.querySelector('video').textTracks].some("
        "track => track.mode === 'showing' && track.activeCues.length)",
        timeout=15000,
    )
    cue = page.evaluate(
        "() => [...document.querySelector('video').textTracks].find(one => one.mode === 'showing').activeCues[0].text"
    )
    assert re.search("[가-힣]", cue)


def test_the_samples_are_taken_away_again(shown: Shown) -> None:
    assert km(shown.data, "demo", "--remove", sample_port=shown.port).returncode == 0
    assert httpx.get(f"{shown.base}/collections/", headers={"Accept": "application/json"}).json() == []
    status = json.loads(km(shown.data, "status", "--json").stdout)
    assert status["sources"] == [] and status["documents"] == 0
