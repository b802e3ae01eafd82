"""What robots and miners are told: by headers from the decision on the very thing, by files for the whole site."""

from __future__ import annotations

import json
from collections.abc import Iterator

import httpx
import pytest

from repository.rights.decision import Degree
from tests.repository.web import seed
from tests.repository.web.conftest import Site, make_app
from tests.serving import application

SITE = "http://memory.example"
POLICY = f"{SITE}/.well-known/tdm-policy.json"


@pytest.fixture(scope="module")
def signals(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site of an item that may be trained on, one that may not, and one of which a single file may not."""
    seeded = seed.open_seeded(tmp_path_factory.mktemp("signals"))
    seed.put_plain(seeded, "cleared", "dvrt", film=True)
    seed.put_plain(seeded, "reserved", "dvr", film=True)
    mixed = seed.put_plain(seeded, "mixed", "dvrt")
    with seeded.memory.database.write() as tx:
        seed.decide(tx, mixed, "dvr", subject=seeded.files("mixed")[0])
    seed.put_plain(seeded, "small", "dvt", degree=Degree.REDUCED, max_px=300)
    seed.index(seeded)
    yield Site(seeded, make_app(seeded))
    seeded.memory.close()


def doors(site: Site, name: str) -> list[str]:
    """Give the doors of an item and of one of its pictures."""
    item, picture = site.seeded.ids[name], site.seeded.files(name)[-1]
    ends = ("", ".json", ".jsonld", ".ttl", ".rdf", ".ris", ".bib", ".csl.json", "/share.jpg")
    return [
        *(f"/items/{item}{end}" for end in ends),
        f"/iiif/{item}/manifest.json",
        f"/iiif/image/{picture}/info.json",
        f"/iiif/image/{picture}/full/200,/0/default.jpg",
        f"/assets/{picture}/thumbnail.jpg",
        f"/assets/{picture}/original",
    ]


def test_every_door_of_a_cleared_work_says_so_and_of_another_the_contrary(signals: Site) -> None:
    for path in doors(signals, "cleared"):
        headers = signals.client.get(path).headers
        assert headers["tdm-reservation"] == "0" and headers["Content-Usage"] == "train-ai=y", path
        assert "tdm-policy" not in headers and "noai" not in headers.get("X-Robots-Tag", ""), path
    for path in doors(signals, "reserved"):
        headers = signals.client.get(path).headers
        assert headers["tdm-reservation"] == "1" and headers["Content-Usage"] == "train-ai=n", path
        assert headers["tdm-policy"] == POLICY and headers["X-Robots-Tag"] == "noai, noimageai", path


def test_a_file_has_signals_of_its_own(signals: Site) -> None:
    closed, free = signals.seeded.files("mixed")
    said = {
        asset: signals.client.get(f"/assets/{asset}/thumbnail.jpg").headers["tdm-reservation"]
        for asset in (closed, free)
    }
    assert said == {closed: "1", free: "0"}
    assert (
        signals.client.get(f"/items/{signals.seeded.ids['mixed']}/share.jpg").headers["tdm-reservation"]
        == "1"
    )


def test_page_and_header_say_the_same(signals: Site) -> None:
    for name, reserved in (("cleared", "0"), ("reserved", "1"), ("small", "0")):
        answer = signals.client.get(f"/items/{signals.seeded.ids[name]}", headers={"Accept": "text/html"})
        assert f'<meta name="tdm-reservation" content="{reserved}">' in answer.text
        assert answer.headers["tdm-reservation"] == reserved
        assert (f'<meta name="tdm-policy" content="{POLICY}">' in answer.text) == (reserved == "1")


@pytest.mark.parametrize(
    "path", ["/", "/search", "/institutions/", "/help/", "/items/feed.atom", "/api/v1/search"]
)
def test_what_no_decision_clears_is_reserved(path: str, signals: Site) -> None:
    headers = signals.client.get(path).headers
    assert headers["tdm-reservation"] == "1" and headers["tdm-policy"] == POLICY


@pytest.mark.parametrize(
    "path", ["/robots.txt", "/sitemap.xml", "/healthz", "/opensearch.xml", "/static/site.css"]
)
def test_what_holds_nothing_of_the_collection_says_nothing(path: str, signals: Site) -> None:
    assert "tdm-reservation" not in signals.client.get(path).headers


def test_the_site_is_reserved_by_a_file_that_names_a_policy(signals: Site) -> None:
    with application(signals.app) as address:
        [rule] = httpx.get(f"{address}/.well-known/tdmrep.json").json()
        answer = httpx.get(f"{address}/.well-known/tdm-policy.json")
    assert rule == {"location": "/*", "tdm-reservation": 1, "tdm-policy": POLICY}
    assert answer.headers["content-type"] == "application/ld+json"
    assert answer.headers["access-control-allow-origin"] == "*"
    policy = json.loads(answer.text)
    assert policy["@context"][0] == "http://www.w3.org/ns/odrl.jsonld"
    assert (policy["@type"], policy["profile"], policy["uid"]) == (
        "Offer",
        "http://www.w3.org/ns/tdmrep",
        POLICY,
    )
    [permission] = policy["permission"]
    assert permission["target"] == f"{SITE}/" and permission["action"] == "tdm:mine"
    assert permission["duty"] == [{"action": "obtainConsent"}]
    assert policy["assigner"]["vcard:hasURL"]["@id"] == f"{SITE}/contact/"
