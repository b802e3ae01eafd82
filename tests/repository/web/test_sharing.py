"""The head of every page: addresses in both languages, previews and descriptions as the decision lets them be."""

from __future__ import annotations

import io
import json
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest
from PIL import Image
from rdflib import RDF, Literal, Namespace, URIRef

from repository import takedowns
from repository.iiif import share_card
from repository.item import Agent, Text, Title
from repository.rights.decision import Degree
from repository.takedowns import TakedownKind
from repository.web import page_head
from tests.repository.linked_data.schema_vocabulary import read
from tests.repository.web import seed, test_remote
from tests.repository.web.conftest import Site
from tests.repository.web.seed import ROOT
from tests.serving import application

pytestmark = pytest.mark.filterwarnings(
    "ignore:ConjunctiveGraph is deprecated"
)  # rdflib's own reader uses it

S = Namespace("https://schema.org/")
SITE = "http://memory.example"


class Told(NamedTuple):
    """What a head says: its metas and links by name, and its JSON-LD."""

    metas: dict[str, str]
    links: list[dict[str, str]]
    data: list[str]

    def rel(self, relation: str) -> list[dict[str, str]]:
        return [one for one in self.links if one["rel"] == relation]

    @property
    def languages(self) -> dict[str, str]:
        return {one["hreflang"]: one["href"] for one in self.rel("alternate") if "hreflang" in one}


class _Reader(HTMLParser):
    """Reads the head as a browser would; a name said twice is a fault."""

    def __init__(self) -> None:
        super().__init__()
        self.told = Told({}, [], [])
        self._in_data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("property") or given.get("name") or ""
        if tag == "meta" and name and name != "theme-color":
            assert name not in self.told.metas, name
            self.told.metas[name] = given["content"]
        if tag == "link":
            self.told.links.append(given)
        self._in_data = tag == "script" and given.get("type") == "application/ld+json"
        if self._in_data:
            self.told.data.append("")

    def handle_endtag(self, tag: str) -> None:
        self._in_data = False

    def handle_data(self, data: str) -> None:
        if self._in_data:
            self.told.data[-1] += data


def head_of(page: str) -> Told:
    reader = _Reader()
    reader.feed(page[: page.index("</head>")])
    return reader.told


PAGES = (
    "/",
    "/search",
    "/institutions/",
    "/institutions/hanbit",
    "/items/{}",
    "/about/",
    "/help/",
    "/site-map/",
)


@pytest.mark.parametrize("path", PAGES)
def test_each_language_has_an_address_of_its_own_and_names_the_other(path: str, site: Site) -> None:
    path = path.format(site.seeded.ids["hunmin"])
    wanted = {"ko": f"{SITE}{path}", "en": f"{SITE}{path}?lang=en", "x-default": f"{SITE}{path}"}
    asked = {f"{path}?lang=ko": "ko", path: "ko", f"{path}?lang=en": "en"}
    for address, language in asked.items():
        told = head_of(site.page(address, "ko"))
        assert told.languages == wanted, address
        assert [one["href"] for one in told.rel("canonical")] == [wanted[language]], address
        assert told.metas["og:url"] == wanted[language]
    told = head_of(site.page(path, "en"))
    assert [one["href"] for one in told.rel("canonical")] == [wanted["en"]], (
        "the bare address, answered in English"
    )


@pytest.mark.parametrize("path", PAGES)
def test_each_page_can_be_previewed(path: str, site: Site) -> None:
    for language in ("ko", "en"):
        told = head_of(site.page(path.format(site.seeded.ids["map"]), language))
        metas = told.metas
        assert metas["og:image"].startswith(f"{SITE}/") and metas["og:image:alt"]
        assert (metas["og:image:width"], metas["og:image:height"]) == ("1200", "630")
        assert metas["og:title"] and metas["og:description"] == metas["description"]
        assert metas["og:locale"] == ("ko_KR" if language == "ko" else "en_GB")
        assert metas["twitter:card"] == "summary_large_image"
        assert len(metas["description"]) <= page_head.LONGEST
        assert [one["type"] for one in told.rel("search")] == ["application/opensearchdescription+xml"]
        answer = site.client.get(metas["og:image"].removeprefix(SITE))
        assert answer.mimetype == metas["og:image:type"]
        assert Image.open(io.BytesIO(answer.data)).size == (1200, 630)


def test_a_preview_of_an_item_names_holder_rights_and_what_is_drawn(site: Site) -> None:
    metas = head_of(site.page(f"/items/{site.seeded.ids['hunmin']}")).metas
    assert metas["og:title"] == "훈민정음 해례본" and metas["og:type"] == "article"
    for word in ("한빛도서관 소장", "출처를 밝히면 쓸 수 있음", "견본 그림", "세종", "1446"):
        assert word in metas["og:description"]
    assert metas["og:image"].endswith(f"/items/{site.seeded.ids['hunmin']}/share.jpg")


def test_an_item_without_an_open_picture_is_previewed_by_the_card_of_the_site(site: Site) -> None:
    told = head_of(site.page(f"/items/{site.seeded.ids['novel']}"))
    assert told.metas["og:image"] == f"{SITE}/share/ko.png"
    assert told.metas["tdm-reservation"] == "1"
    graph = read(told.data[0])
    thing = URIRef(f"{SITE}/items/{site.seeded.ids['novel']}")
    assert not [*graph.objects(thing, S.image)] and not [*graph.objects(thing, S.isAccessibleForFree)]


def test_the_description_for_search_engines_is_read_over_http(site: Site) -> None:
    item = site.seeded.ids["hunmin"]
    with application(site.app) as address:
        page = httpx.get(f"{address}/items/{item}", headers={"Accept-Language": "ko"}).text
    [data] = head_of(page).data
    graph = read(data)
    thing = URIRef(f"{SITE}/items/{item}")
    assert (thing, RDF.type, S.Book) in graph
    assert {*graph.objects(thing, S.name)} >= {Literal("훈민정음 해례본", lang="ko")}
    [image] = graph.objects(thing, S.image)
    assert str(graph.value(image, S.contentUrl)).endswith("/full/!1200,1200/0/default.jpg")
    [step] = graph.subjects(S.position, Literal(2))
    assert graph.value(step, S.item) == URIRef(f"{SITE}/institutions/hanbit")


def test_the_first_page_describes_the_site_and_its_search(site: Site) -> None:
    types = {node["@type"] for node in json.loads(head_of(site.page("/")).data[0])["@graph"]}
    assert types == {"WebSite", "Organization"}


def test_what_is_not_to_be_found_has_no_address_of_its_own(site: Site) -> None:
    page = site.client.get("/items/nothing", headers={"Accept": "text/html"}).get_data(as_text=True)
    told = head_of(page)
    assert told.metas["robots"] == "noindex, follow"
    assert not told.rel("canonical") and not told.languages and not told.data


@pytest.mark.parametrize("kind", TakedownKind)
def test_what_is_taken_down_leaves_head_picture_and_references_at_once(
    kind: TakedownKind, fresh: Site
) -> None:
    item = seed.put_plain(fresh.seeded, "gone", "dvrt")
    paths = [f"/items/{item}{end}" for end in ("", "/share.jpg", ".ris", ".bib", ".csl.json")]
    assert all(fresh.client.get(path).status_code == 200 for path in paths)
    assert head_of(fresh.page(f"/items/{item}")).metas["tdm-reservation"] == "0"
    with fresh.seeded.memory.database.write() as tx:
        takedowns.add(tx, item, kind, "까닭", "test")
    for path in paths:
        answer = fresh.client.get(path, headers={"Accept": "text/html"})
        assert answer.status_code == 410
        told = head_of(answer.get_data(as_text=True))
        assert told.metas["og:image"] == f"{SITE}/share/ko.png" and not told.data and not told.languages


def test_a_picture_to_be_seen_reduced_is_shared_no_larger(fresh: Site) -> None:
    item = seed.put_plain(fresh.seeded, "small", "dv", degree=Degree.REDUCED, max_px=300)
    picture = Image.open(io.BytesIO(fresh.client.get(f"/items/{item}/share.jpg").data)).convert("RGB")
    assert picture.size == (1200, 630)
    paper = picture.getpixel((5, 5))
    inked = [x for x in range(1200) if picture.getpixel((x, 315)) != paper]
    assert inked[-1] - inked[0] <= 320, "300 pixels, and the line around them"


def test_a_picture_that_stays_with_its_institution_is_previewed_from_there(fresh: Site) -> None:
    item = test_remote.put(fresh, "https://iiif.example", "공공누리 제1유형")
    told = head_of(fresh.page(f"/items/{item}"))
    assert told.metas["og:image"] == "https://iiif.example/iiif/1/full/1200,/0/default.jpg"
    assert (told.metas["og:image:width"], told.metas["og:image:height"]) == ("1200", "857")
    assert fresh.client.get(f"/items/{item}/share.jpg").status_code == 404
    node = json.loads(told.data[0])["@graph"][0]
    assert node["image"]["contentUrl"] == told.metas["og:image"]
    reduced = test_remote.put(fresh, "https://iiif.example", "저작권 있음")
    assert "iiif.example" not in str(head_of(fresh.page(f"/items/{reduced}")).metas)


def test_a_share_picture_is_asked_for_once(site: Site) -> None:
    path = f"/items/{site.seeded.ids['hunmin']}/share.jpg"
    first = site.client.get(path)
    assert first.headers["Cache-Control"] in ("public, max-age=30", "max-age=30, public")
    assert site.client.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    typed = site.seeded.ids["hunmin"].upper()
    assert site.client.get(f"/items/{typed}/share.jpg").headers["Location"].endswith(path)
    assert site.client.get(f"/items/{typed}.ris?lang=en").headers["Location"].endswith(".ris?lang=en")


def test_the_card_of_the_site_is_drawn_without_fonts_too(tmp_path: Path) -> None:
    bare, whole = (share_card.site_card(share_card.Words("코리안메모리", "기록"), path)
                   for path in (tmp_path, ROOT / "var" / "fonts"))  # fmt: skip
    assert [Image.open(io.BytesIO(one)).size for one in (bare, whole)] == [(1200, 630)] * 2
    assert len(bare) < len(whole)


def test_a_page_of_hostile_texts_is_told_safely(fresh: Site, shared_data: Path) -> None:
    strings = json.loads((shared_data / "hostile" / "blns.json").read_text("utf-8"))
    nasty = [text for text in strings if "<" in text or '"' in text][:40]
    for number, text in enumerate(nasty):
        what = seed.draft([Title(text, "ko")], "공공누리 제1유형", agents=(Agent((Text(text, "ko"),)),))
        item = seed.put(fresh.seeded, f"n{number}", what)
        told = head_of(fresh.page(f"/items/{item}"))
        [name] = {json.loads(told.data[0])["@graph"][0]["name"]["@value"]}
        assert told.metas["og:title"] in (name, " ".join(name.split())) or name == told.metas["og:title"]
        assert len(told.data) == 1
