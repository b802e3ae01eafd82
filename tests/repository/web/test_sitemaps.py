"""Sitemaps as a search engine reads them: what is listed now, in both languages, and gone at once when closed."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

import httpx
import pytest
from lxml import etree
from sqlalchemy import Connection

from repository import assets, items, listing, takedowns
from repository.rights.decision import Degree
from repository.takedowns import TakedownKind
from repository.urls import Urls
from repository.web import sitemaps
from repository.web.sitemap_xml import Entry
from tests.repository.web import seed
from tests.repository.web.conftest import Site, asking
from tests.serving import application

SITE = "http://memory.example"
SPACES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "i": "http://www.google.com/schemas/sitemap-image/1.1",
    "x": "http://www.w3.org/1999/xhtml",
}


class Listed(NamedTuple):
    """One address of a sitemap."""

    loc: str
    changed: str
    languages: dict[str, str]
    images: list[str]


def part(site: Site, name: str) -> list[Listed]:
    answer = site.client.get(f"/sitemaps/{name}.xml")
    assert answer.status_code == 200 and answer.mimetype == "application/xml", name
    root = etree.fromstring(answer.data)
    return [
        Listed(
            one.findtext("s:loc", "", SPACES),
            one.findtext("s:lastmod", "", SPACES),
            {link.get("hreflang", ""): link.get("href", "") for link in one.iterfind("x:link", SPACES)},
            [image.text or "" for image in one.iterfind("i:image/i:loc", SPACES)],
        )
        for one in root.iterfind("s:url", SPACES)
    ]


def parts(site: Site) -> list[str]:
    root = etree.fromstring(site.client.get("/sitemap.xml").data)
    return [str(one.text) for one in root.iterfind("s:sitemap/s:loc", SPACES)]


def everything(site: Site) -> Iterator[Listed]:
    for address in parts(site):
        yield from part(site, address.removeprefix(f"{SITE}/sitemaps/").removesuffix(".xml"))


def test_every_address_listed_answers_and_is_canonical(site: Site) -> None:
    found = [*everything(site)]
    assert len({one.loc for one in found}) == len(found)
    for one in found:
        path = one.loc.removeprefix(SITE)
        if path.startswith(("/collections", "/datasets")):  # pages of the other arm
            continue
        page = site.page(path)
        assert f'<link rel="canonical" href="{one.loc}">' in page, path
        assert one.languages["x-default"] == one.languages["ko"] and one.loc in one.languages.values()
        assert 'content="noindex' not in page, path


def test_items_stand_in_both_languages_with_the_picture_that_is_open(site: Site) -> None:
    found = {one.loc: one for one in part(site, "items")}
    ids = site.seeded.ids
    assert {*found} == {f"{SITE}/items/{one}{end}" for one in ids.values() for end in ("", "?lang=en")}
    own = found[f"{SITE}/items/{ids['hunmin']}"]
    assert own.languages == {
        "ko": own.loc,
        "en": f"{own.loc}?lang=en",
        "x-default": own.loc,
    }
    with site.seeded.memory.database.read() as conn:
        stored = items.find(conn, ids["hunmin"])
        cover = assets.covers(conn, [ids["hunmin"]])[ids["hunmin"]]
    assert stored is not None and own.changed == stored.datestamp
    assert own.images == [f"{SITE}/iiif/image/{cover.id}/full/!1200,1200/0/default.jpg"]
    assert found[f"{SITE}/items/{ids['novel']}"].images == []
    assert site.client.get(own.images[0].removeprefix(SITE)).status_code == 200


def test_reduced_pictures_and_tombstones_are_not_listed(fresh: Site) -> None:
    small = seed.put_plain(fresh.seeded, "small", "dv", degree=Degree.REDUCED, max_px=300)
    hidden = seed.put_plain(fresh.seeded, "hidden", "")
    buried = seed.put_plain(fresh.seeded, "buried", "dvr")
    with fresh.seeded.memory.database.write() as tx:
        items.bury(tx, buried)
    found = part(fresh, "items")
    assert {one.loc.removeprefix(f"{SITE}/items/")[:14] for one in found} == {small}
    assert hidden not in str(found) and all(not one.images for one in found)


@pytest.mark.parametrize("whose", ["item", "file"])
def test_a_takedown_is_gone_from_a_kept_part_at_once(whose: str, fresh: Site) -> None:
    item, other = (seed.put_plain(fresh.seeded, name, "dvr") for name in ("one", "two"))
    first = part(fresh, "items")
    with fresh.seeded.memory.database.write() as tx:
        subject = item if whose == "item" else fresh.seeded.files("one")[0]
        takedowns.add(tx, subject, TakedownKind.RIGHTS, "까닭", "test")
    after = part(fresh, "items")
    assert len(first) == 4
    if whose == "item":
        assert [one for one in after if item in one.loc] == []
        assert [one for one in after if other in one.loc] == [one for one in first if other in one.loc]
    else:
        assert all(not one.images for one in after if item in one.loc) and len(after) == 4
    with fresh.seeded.memory.database.write() as tx:
        takedowns.lift(tx, subject)
    assert part(fresh, "items") == first


def test_a_part_is_made_anew_only_when_something_happened_in_it(
    fresh: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    real = listing.ids

    def noting(conn: Connection, beginning: str) -> Iterator[list[str]]:
        made.append(beginning)
        return real(conn, beginning)

    monkeypatch.setattr(listing, "ids", noting)
    monkeypatch.setattr(listing, "MOST", 1)
    one = seed.put_plain(fresh.seeded, "one", "dvr")
    two = next(
        found
        for number in range(40)
        if (found := seed.put_plain(fresh.seeded, f"two{number}", "d"))[0] != one[0]
    )
    assert f"{SITE}/sitemaps/items-{one[0]}.xml" in parts(fresh)
    for _again in range(3):
        assert one in str(part(fresh, f"items-{one[0]}"))
    assert made == [one[0]]
    with fresh.seeded.memory.database.write() as tx:
        tx.touch(two, "decision")
    part(fresh, f"items-{one[0]}")
    assert made == [one[0]], "another part"
    with fresh.seeded.memory.database.write() as tx:
        tx.touch(one, "decision")
    part(fresh, f"items-{one[0]}")
    assert made == [one[0]] * 2
    assert fresh.client.get("/sitemaps/items.xml").status_code == 404


def test_statements_do_not_grow_with_the_items(fresh: Site) -> None:
    counts = []
    for number in range(12):
        seed.put_plain(fresh.seeded, f"i{number}", "dv")
        if number in (1, 5, 11):
            with asking(fresh.seeded.memory.database) as asked:
                part(fresh, "items")
            counts.append(len(asked.statements))
            assert asked.scans(fresh.seeded.memory.database) == []
    assert counts[1] == counts[2] <= 12, "the first time nothing was kept"
    with asking(fresh.seeded.memory.database) as asked:
        part(fresh, "items")
        parts(fresh)
    assert len(asked.statements) <= 8 and asked.scans(fresh.seeded.memory.database) == []


def test_an_arm_brings_parts_of_its_own_which_are_bounded(fresh: Site) -> None:
    many = [Entry(partial(Urls.plain, name=str(n)), "2026-11-24T00:00:00Z") for n in range(sitemaps.MOST + 1)]
    sitemaps.add(fresh.app, "datasets", lambda _conn: many)
    found = part(fresh, "datasets")
    assert len(found) == 50_000 and f"{SITE}/sitemaps/datasets.xml" in parts(fresh)
    sitemaps.add(
        fresh.app, "odd", lambda _conn: [Entry(lambda urls: Urls(urls.base).search([("q", "a&b<")]))]
    )
    assert part(fresh, "odd")[0].loc == f"{SITE}/search?q=a%26b%3C"


@pytest.mark.parametrize(
    "name", ["items-", "items-u", "items-00000", "nothing", "items-0", "%00", "..%2fpages"]
)
def test_parts_that_the_index_does_not_name_are_not_there(name: str, site: Site) -> None:
    assert site.client.get(f"/sitemaps/{name}.xml").status_code == 404


def test_parts_come_packed_and_are_asked_for_once(site: Site) -> None:
    with application(site.app) as address:
        plain = httpx.get(f"{address}/sitemaps/items.xml", headers={"Accept-Encoding": "identity"})
        packed = httpx.get(f"{address}/sitemaps/items.xml", headers={"Accept-Encoding": "gzip"})
        again = httpx.get(f"{address}/sitemaps/items.xml", headers={"If-None-Match": packed.headers["etag"]})
    assert "content-encoding" not in plain.headers and packed.headers["content-encoding"] == "gzip"
    assert plain.content == packed.content and plain.content.startswith(b"<?xml")
    assert again.status_code == 304 and int(packed.headers["content-length"]) < len(plain.content)
    assert gzip.compress(b"") != packed.content
