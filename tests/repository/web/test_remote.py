"""Pictures that stay with the institution's own image service: manifest, page, policy, viewer in a browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from threading import Thread
from typing import Any

import pytest
from iiif_prezi3 import Manifest
from playwright.sync_api import Browser
from werkzeug.serving import make_server

from repository import assets, intake
from repository.asset import Asset, AssetState
from repository.iiif import image_info
from repository.item import MediaRef, Text, Title
from repository.takedowns import TakedownKind, add
from tests.harvest.loopback import Answer, Request, serve
from tests.repository.web import seed
from tests.repository.web.conftest import Site, make_app
from tests.repository.web.seed import picture

SIZE = (1400, 1000)


def service(request: Request) -> Answer:
    """Answer as an image service does, with one picture for everything."""
    headers = (("Access-Control-Allow-Origin", "*"),)
    if not request.target.endswith("info.json"):
        return Answer(picture("원격", (256, 256)), headers=(*headers, ("Content-Type", "image/jpeg")))
    asset = Asset("a", "i", "k", "u", 0, width=SIZE[0], height=SIZE[1])
    said = image_info.info(asset, "http://other.invalid/iiif/1")  # by a name that it has elsewhere
    return Answer(json.dumps(said).encode(), headers=(*headers, ("Content-Type", "application/json")))


@pytest.fixture
def remote(fresh: Site) -> Iterator[tuple[Site, str, str, list[Request]]]:
    """A book whose two pages are left with a service of version 3 and of version 2."""
    with serve(service) as server:
        yield fresh, put(fresh, server.url, "공공누리 제1유형"), server.url, server.seen


def put(site: Site, base: str, claim: str) -> str:
    memory = site.seeded.memory
    ref = MediaRef("m", f"{base}/manifest.json", "manifest")
    draft = seed.draft([Title("먼 책", "ko")], claim, pages=0)
    draft = type(draft)(draft.description, (ref,))
    with memory.database.write() as tx:
        context = intake.context_of(tx.conn, memory.rules, 2026)
        item = intake.accept(tx, context, "s", "hanbit", claim, draft).item
        pages = [
            assets.ListedPage(MediaRef(f"c{number}", f"{base}/iiif/{number}", "page", Text(f"{number}면", "ko")),
                              f"ImageService{version}/level{level}", *SIZE)
            for number, version, level in ((1, 3, 2), (2, 2, 1))
        ]  # fmt: skip
        manifest = assets.asset_id(item, "m")
        assets.settle(tx, "hanbit", manifest, AssetState.FETCHED, sha256="0" * 64)
        assets.expand(tx, "hanbit", manifest, pages)
    return item


def body_of(canvas: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = canvas["items"][0]["items"][0]["body"]
    return found


def test_the_manifest_refers_to_the_institutions_own_service(
    remote: tuple[Site, str, str, list[Request]],
) -> None:
    site, item, base, _ = remote
    found = site.client.get(f"/iiif/{item}/manifest.json").get_json()
    assert Manifest(**found).id
    first, second = found["items"]
    assert first["label"] == {"ko": ["1면"]} and (first["width"], first["height"]) == SIZE
    assert body_of(first)["service"] == [
        {"id": f"{base}/iiif/1", "type": "ImageService3", "profile": "level2"}
    ]
    assert body_of(second)["service"] == [
        {
            "@id": f"{base}/iiif/2",
            "@type": "ImageService2",
            "profile": "http://iiif.io/api/image/2/level1.json",
        }
    ]
    assert body_of(second)["id"] == f"{base}/iiif/2/full/full/0/default.jpg"
    assert first["thumbnail"][0]["id"] == f"{base}/iiif/1/full/400,/0/default.jpg"
    assert "rendering" not in first  # the original is not here


def test_the_page_may_show_that_host_and_no_other(remote: tuple[Site, str, str, list[Request]]) -> None:
    site, item, base, _ = remote
    page = site.client.get(f"/items/{item}?page=2")
    assert f'src="{base}/iiif/2/full/1200,/0/default.jpg"' in page.text
    assert f'data-info="{base}/iiif/2/info.json"' in page.text
    policy = page.headers["Content-Security-Policy"]
    assert f"img-src 'self' data: blob: {base};" in policy and f"connect-src 'self' {base};" in policy
    other = site.client.get(f"/items/{seed.put_plain(site.seeded, 'book', 'dvr')}")
    assert "connect-src 'self';" in other.headers["Content-Security-Policy"] and base not in other.text
    home = site.client.get("/")
    assert base in home.headers["Content-Security-Policy"] and f"{base}/iiif/1/full/400,/0" in home.text
    files = site.client.get(f"/items/{item}.json").get_json()["files"]
    assert [one["image"] for one in files] == [f"{base}/iiif/1", f"{base}/iiif/2"]


@pytest.mark.parametrize("door", ["", "/full/max/0/default.jpg", "/info.json"])
def test_no_door_of_ours_answers_for_it(door: str, remote: tuple[Site, str, str, list[Request]]) -> None:
    site, item, _, seen = remote
    with site.seeded.memory.database.read() as conn:
        asset = assets.of_item(conn, item)[0]
    assert site.client.get(f"/iiif/image/{asset.id}{door}").status_code == 404
    assert site.client.get(f"/assets/{asset.id}/original").status_code == 404
    assert site.client.get(f"/assets/{asset.id}/thumbnail.jpg").status_code == 404 and seen == []


def test_where_it_may_not_be_seen_nothing_of_it_is_named(fresh: Site) -> None:
    base = "https://far.example"
    closed = put(fresh, base, "저작권 있음")
    down = put(fresh, base, "공공누리 제1유형")
    with fresh.seeded.memory.database.write() as tx:
        add(tx, down, TakedownKind.RIGHTS, "유족의 요청", "kim")
    for item in (closed, down):
        for path in (
            f"/items/{item}",
            f"/items/{item}.json",
            f"/items/{item}.ttl",
            f"/iiif/{item}/manifest.json",
            "/",
        ):
            answer = fresh.client.get(path)
            assert "far.example" not in answer.text, path
            assert "far.example" not in answer.headers.get("Content-Security-Policy", "")


def test_the_viewer_opens_the_other_service(
    remote: tuple[Site, str, str, list[Request]], browser: Browser
) -> None:
    site, item, _, seen = remote
    server = make_server("127.0.0.1", 0, make_app(site.seeded), threaded=True)
    running = Thread(target=server.serve_forever)
    running.start()
    context = browser.new_context(locale="ko-KR")
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    try:
        page.goto(f"http://127.0.0.1:{server.server_port}/items/{item}")
        page.wait_for_selector("[data-canvas].live")
        page.locator("[data-page='2']").click()
        page.wait_for_function("document.querySelector('[data-count]').textContent.includes('2')")
        page.wait_for_timeout(500)
        blocked = page.evaluate("fetch('http://127.0.0.1:9/x').then(() => 'let through', () => 'blocked')")
    finally:
        context.close()
        server.shutdown()
        running.join()
    targets = [request.target for request in seen]
    assert "/iiif/1/info.json" in targets and "/iiif/2/info.json" in targets
    assert any(
        target.startswith("/iiif/1/") and "/full/1200," not in target and "jpg" in target
        for target in targets
    )
    refused = [text for text in faults if "127.0.0.1:9" in text]
    assert blocked == "blocked" and len(refused) == len(faults), faults
