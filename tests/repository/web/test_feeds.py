"""The feed of the newest items, and how a browser searches here, as foreign readers take them."""

from __future__ import annotations

import json
from datetime import datetime
from urllib.parse import quote

import httpx
import pytest
from lxml import etree

from repository import takedowns
from repository.takedowns import TakedownKind
from repository.web import feeds
from tests.repository.web import seed
from tests.repository.web.conftest import Site, asking
from tests.serving import application

SITE = "http://memory.example"
ATOM = {"a": "http://www.w3.org/2005/Atom"}
SEARCH = {"o": "http://a9.com/-/spec/opensearch/1.1/"}
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def feed(site: Site, query: str = "") -> etree._Element:
    answer = site.client.get(f"/items/feed.atom{query}")
    assert answer.status_code == 200 and answer.mimetype == "application/atom+xml"
    return etree.fromstring(answer.data)


def test_a_feed_is_what_rfc_4287_wants(site: Site) -> None:
    for query, language in (("", "ko"), ("?lang=en", "en")):
        root = feed(site, query)
        assert root.tag == "{http://www.w3.org/2005/Atom}feed" and root.get(XML_LANG) == language
        own = f"{SITE}/items/feed.atom{query}"
        assert root.findtext("a:id", "", ATOM) == own
        links = {one.get("rel"): one.get("href") for one in root.iterfind("a:link", ATOM)}
        assert links["self"] == own and links["alternate"] == f"{SITE}/{query}"
        entries = root.findall("a:entry", ATOM)
        assert len(entries) == len(site.seeded.ids)
        assert len({one.findtext("a:id", "", ATOM) for one in entries}) == len(entries)
        for one in entries:
            assert one.findtext("a:title", "", ATOM) and one.findtext("a:summary", "", ATOM)
            assert datetime.fromisoformat(one.findtext("a:updated", "", ATOM)).tzinfo is not None
        updated = [one.findtext("a:updated", "", ATOM) for one in entries]
        assert root.findtext("a:updated", "", ATOM) == max(updated)


def test_a_feed_tells_holder_rights_and_that_a_sample_is_one(site: Site) -> None:
    by_id = {one.findtext("a:id", "", ATOM): one for one in feed(site).iterfind("a:entry", ATOM)}
    open_one = by_id[f"{SITE}/items/{site.seeded.ids['hunmin']}"]
    assert open_one.findtext("a:rights", "", ATOM) == "출처를 밝히면 쓸 수 있음"
    assert "한빛도서관" in open_one.findtext("a:summary", "", ATOM)
    assert "견본 그림" in open_one.findtext("a:summary", "", ATOM)
    assert open_one.find("a:link[@rel='enclosure']", ATOM) is not None
    closed = by_id[f"{SITE}/items/{site.seeded.ids['novel']}"]
    assert closed.find("a:link[@rel='enclosure']", ATOM) is None


@pytest.mark.parametrize("kind", TakedownKind)
def test_what_is_taken_down_leaves_the_feed_at_once(kind: TakedownKind, fresh: Site) -> None:
    item = seed.put_plain(fresh.seeded, "gone", "dvr")
    assert item in etree.tostring(feed(fresh)).decode()
    with fresh.seeded.memory.database.write() as tx:
        takedowns.add(tx, item, kind, "까닭", "test")
    assert item not in etree.tostring(feed(fresh)).decode()
    assert feed(fresh).findtext("a:updated", "", ATOM) == "1970-01-01T00:00:00Z"


def test_a_feed_is_bounded_and_asks_a_few_things(fresh: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "NEWEST", 3)
    counts = []
    for number in range(6):
        seed.put_plain(fresh.seeded, f"i{number}", "d")
        with asking(fresh.seeded.memory.database) as asked:
            found = feed(fresh).findall("a:entry", ATOM)
        assert len(found) == min(3, number + 1)
        counts.append(len(asked.statements))
        assert asked.scans(fresh.seeded.memory.database) == []
    assert set(counts) == {counts[0]} and counts[0] <= 7


def test_a_browser_learns_how_to_search_and_to_suggest(site: Site) -> None:
    for query, language in (("", "ko"), ("?lang=en", "en")):
        with application(site.app) as address:
            answer = httpx.get(f"{address}/opensearch.xml{query}")
        assert answer.headers["content-type"].startswith("application/opensearchdescription+xml")
        root = etree.fromstring(answer.content)
        assert 0 < len(root.findtext("o:ShortName", "", SEARCH)) <= 16, "OpenSearch 1.1 §4"
        assert root.findtext("o:Language", "", SEARCH) == language
        urls = {one.get("type"): one for one in root.iterfind("o:Url", SEARCH)}
        page = str(urls["text/html"].get("template")).replace("{searchTerms}", quote("훈민정음"))
        assert "훈민정음" in site.page(page.removeprefix(SITE), language)
        template = str(urls["application/x-suggestions+json"].get("template"))
        said = site.client.get(template.replace("{searchTerms}", quote("훈민")).removeprefix(SITE))
        typed, texts, notes, addresses = json.loads(said.data)
        assert said.mimetype == "application/x-suggestions+json"
        assert typed == "훈민" and "훈민정음 해례본" in texts
        assert len(texts) == len(notes) == len(addresses)
        for one in addresses:
            assert site.client.get(one.removeprefix(SITE)).status_code == 200


def test_suggestions_that_cannot_be_meant_are_refused(site: Site) -> None:
    assert site.client.get(f"/opensearch/suggestions?q={'가' * 501}").status_code == 400
    assert json.loads(site.client.get("/opensearch/suggestions").data)[1] == []
