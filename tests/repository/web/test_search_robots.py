"""Robots are spared the combinations of filters; people never are."""

from __future__ import annotations

import re
from urllib.robotparser import RobotFileParser

import pytest

from tests.repository.web.conftest import Site

ROBOTS = (
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; Yeti/1.1; +http://naver.me/spd)",
    "GPTBot/1.2",
    "Baiduspider",
    "Scrapy/2.11 (+https://scrapy.org)",
)
PEOPLE = (
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Mozilla/5.0 (Linux; Android 9; CUBOT X19) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36",
    "NetNewsWire (RSS Reader; https://netnewswire.com/)",
    "curl/8.5",
    "",
)
THREE = "type=book&century=15&holder=hanbit"


@pytest.mark.parametrize("path", ["/search", "/search.csv", "/api/v1/search", "/iiif/search/collection.json"])
def test_declared_robots_are_refused_before_anything_is_asked(
    path: str, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(site.seeded.memory.engine), "search", None)
    for agent in ROBOTS:
        answer = site.client.get(f"{path}?{THREE}", headers={"User-Agent": agent})
        assert answer.status_code == 429 and int(answer.headers["Retry-After"]) > 0
        assert "로봇" in answer.text and "Robots" in answer.text


def test_robots_may_follow_two_filters_and_any_feed(site: Site) -> None:
    for agent in ROBOTS:
        headers = {"User-Agent": agent}
        assert site.client.get("/search?type=book&century=15", headers=headers).status_code == 200
        assert site.client.get(f"/search.atom?{THREE}", headers=headers).status_code == 200


def test_people_are_never_limited(site: Site) -> None:
    for agent in PEOPLE:
        headers = {"User-Agent": agent}
        assert (
            site.client.get(f"/search?{THREE}&train=yes&from=1&to=2000", headers=headers).status_code == 200
        )


def test_search_engines_list_whole_fields_and_nothing_finer(site: Site) -> None:
    for question in ("", "?type=book", "?type=book&lang=en"):
        assert "noindex" not in site.client.get(f"/search{question}").headers["X-Robots-Tag"]
        assert 'content="noindex' not in site.page(f"/search{question}")
    for question in (
        "type=book&type=map",
        "type=book&from=1400",
        "q=훈민정음",
        "type=book&sort=year",
        "size=5",
    ):
        assert site.client.get(f"/search?{question}").headers["X-Robots-Tag"].startswith("noindex, ")
        assert 'content="noindex, follow"' in site.page(f"/search?{question}")


def test_one_search_has_one_canonical_address_whatever_the_order_of_its_parameters(site: Site) -> None:
    found = set()
    for question in (
        "century=15&q=훈민정음&type=book&size=20",
        "type=book&century=15&q=훈민정음&utm_source=x",
        "q=훈민정음 시대:15세기&type=book&sort=relevance",
    ):
        found |= set(re.findall(r'rel="canonical" href="([^"]*)"', site.page(f"/search?{question}")))
    assert len(found) == 1 and found.pop().endswith("&amp;type=book&amp;century=15")


def test_links_to_filters_and_orders_are_not_to_be_followed(site: Site) -> None:
    page = site.page("/search?type=book")
    main = page[page.index("<main") : page.index("</main>")]
    for tag in re.findall(r"<a [^>]*>", main):
        address = re.search(r'href="([^"]*)"', tag)
        if address and "/search" in address[1] and "=" in address[1] and "cursor" not in address[1]:
            assert 'rel="nofollow"' in tag, tag


def test_robots_txt_leaves_feeds_open(site: Site) -> None:
    text = site.client.get("/robots.txt").text
    assert "Disallow: /search\nAllow: /search.atom\n" in text and "Disallow: /api/v1/search" in text


def test_robots_txt_leads_to_the_sitemap_and_leaves_small_pictures_to_previews(site: Site) -> None:
    rules = RobotFileParser()
    text = site.client.get("/robots.txt").text
    assert "Sitemap: http://memory.example/sitemap.xml" in text
    assert "Allow: /assets/*/thumbnail.jpg" in text
    rules.parse(text.splitlines())
    item = site.seeded.ids["hunmin"]
    for path in (
        f"/items/{item}",
        f"/items/{item}/share.jpg",
        "/share/ko.png",
        "/sitemap.xml",
        "/opensearch.xml",
    ):
        assert rules.can_fetch("kakaotalk-scrap", path), path
    for path in ("/search?q=x", "/assets/x/original", "/workbench/"):
        assert not rules.can_fetch("kakaotalk-scrap", path), path
