"""Blocks of a collection: checked against the works as they stand, shown, and gone from every door with a work."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any, NamedTuple, TypeVar

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from curation import collection_check, collection_store
from curation.collections import (
    Block,
    Clip,
    Collection,
    Compare,
    Event,
    PickBlock,
    Quote,
    Reference,
    Section,
    Side,
    Timeline,
    Words,
)
from repository import sets, takedowns
from repository.item import Date, Title
from repository.rights.decision import Degree
from repository.takedowns import TakedownKind
from tests.repository.web import seed
from tests.repository.web.conftest import Reader, asking
from tests.repository.web.seed import Seeded
from wsgi import create_app

T = TypeVar("T")
BOTH = Words("까닭", "reason")
YEAR = (Date("1446년", "1446", 1446, 1446),)
MOST = 12  # statements of a page, however many works it shows


class World(NamedTuple):
    """The application and what was seeded."""

    app: Flask
    seeded: Seeded

    def get(self, path: str, accept: str = "text/html", language: str = "ko") -> TestResponse:
        """Ask for something."""
        headers = {"Accept": accept, "Accept-Language": language}
        return Reader(self.app, self.app.response_class).get(path, headers=headers)

    def publish(
        self, *blocks: Block, slug: str = "all", cover: Reference | None = None, **texts: Any
    ) -> None:
        """Publish a collection of one section."""
        told = {"title": Words("모음", "Set"), "statement": Words("글", "text"), **texts}
        sections = (Section(BOTH, BOTH, blocks=blocks),)
        one = Collection(slug, cover=cover or named(Reference, "open"), sections=sections, **told)
        with self.seeded.memory.database.write() as tx:
            collection_store.save(tx, one, "test")
            collection_store.publish(tx, slug, "test")

    def put(self, name: str, **described: Any) -> str:
        """Put a work in that anybody may see and use."""
        titles = [Title(f"비밀 {name}", "ko"), Title(f"Secret {name}", "en", "translated")]
        what = seed.draft(titles, "공공누리 제0유형", **{"pages": 3, "dates": YEAR, **described})
        return seed.put(self.seeded, name, what)

    def take_down(self, name: str) -> None:
        """Take a work down as `km takedown` does, with no worker running."""
        with self.seeded.memory.database.write() as tx:
            takedowns.add(tx, self.seeded.ids[name], TakedownKind.RIGHTS, "까닭입니다", "test")

    def codes(self, *blocks: Block, cover: Reference | None = None) -> list[tuple[str, str]]:
        """Check a collection of one section."""
        sections = (Section(BOTH, BOTH, blocks=blocks),)
        one = Collection("checked", BOTH, BOTH, cover or named(Reference, "open"), sections)
        with self.seeded.memory.database.read() as conn:
            return [(found.code, found.where) for found in collection_check.check(one, conn)]


def named(kind: Callable[..., T], name: str, **values: Any) -> T:
    """Make a block, or a part of one, that names a work."""
    return kind(source="hanbit-oai", identifier=name, **values)


def pick(name: str, **values: Any) -> PickBlock:
    return named(PickBlock, name, reason=BOTH, **values)


def compare(one: str, other: str) -> Compare:
    return Compare(
        (named(Side, one, note=Words("하나", "one")), named(Side, other)), Words("견줌", "compared")
    )


def quote(name: str, **values: Any) -> Quote:
    return named(Quote, name, text="나랏말ᄊᆞ미", lang="okm", reading=Words("우리말", "our speech"), **values)


def clip(name: str, **values: Any) -> Clip:
    return named(Clip, name, reason=BOTH, **{"start": 0.5, "end": 1.5, **values})


def timeline(*names: str) -> Timeline:
    return Timeline(
        Words("연표", "years"), tuple(named(Event, name, label=Words("일", "event")) for name in names)
    )


@pytest.fixture
def world(tmp_path: Any) -> Iterator[World]:
    seeded = seed.open_seeded(tmp_path / "data")
    made = World(create_app(seeded.memory.settings), seeded)
    made.put("open")
    yield made
    seeded.memory.close()


# ---- what is found wrong


def test_blocks_are_checked_each_in_its_own_way(world: World) -> None:
    world.put("down")
    world.put("silent-film", film=True, pages=0)
    world.take_down("down")
    found = world.codes(
        pick("open", page=4),
        compare("open", "down"),
        quote("nowhere", note=Words("뜻")),
        clip("open"),
        clip("silent-film", end=2.5),
        timeline("open", "down"),
    )
    assert found == [
        ("translation_missing", "1.3.note"),
        ("page_absent", "1.1"),
        ("pick_closed", "1.2.2"),
        ("pick_unknown", "1.3"),
        ("clip_without_film", "1.4"),
        ("clip_too_late", "1.5"),
        ("pick_closed", "1.6.2"),
    ]
    assert world.codes(pick("open"), cover=named(Reference, "open", page=9)) == [("page_absent", "cover")]


def test_a_work_stands_in_several_blocks_but_is_picked_once(world: World) -> None:
    world.put("other")
    assert world.codes(pick("open"), quote("open"), compare("open", "other"), pick("open", page=2)) == [
        ("pick_twice", "1.4")
    ]
    world.publish(quote("open"), pick("open"), compare("open", "other"), timeline("open", "other"))
    with world.seeded.memory.database.read() as conn:
        members = sets.members(conn, "all")
    assert [(one.item, one.reason_ko) for one in members] == [
        (world.seeded.ids["open"], "까닭"),
        (world.seeded.ids["other"], "견줌"),
    ]


def test_details_lie_in_the_picture_and_are_not_too_small(world: World) -> None:
    assert world.codes(
        pick("open", detail="pct:0,0,60,20"),
        quote("open", detail="1400,0,10,10"),
        quote("open", detail="pct:0,0,10,10"),
    ) == [("detail_outside", "1.2"), ("detail_coarse", "1.3")]


def test_a_work_on_a_timeline_needs_a_year(world: World) -> None:
    world.put("undated", dates=())
    assert world.codes(timeline("open", "undated")) == [("event_without_year", "1.1.2")]
    dated = named(Event, "undated", year=-57, label=BOTH)
    assert world.codes(Timeline(BOTH, (named(Event, "open", label=BOTH), dated))) == []


# ---- what is shown


def test_a_pick_shows_the_page_and_the_part_that_are_meant(world: World) -> None:
    world.publish(pick("open", page=2, detail="pct:50,0,50,50", size="large"))
    item, files = world.seeded.ids["open"], world.seeded.files("open")
    page = world.get("/collections/all").text
    assert f'src="/iiif/image/{files[1]}/700,0,700,500/700,500/0/default.jpg"' in page
    assert f'href="/items/{item}?page=2#xywh=700,0,700,500"' in page
    picture = re.search(r'src="(/iiif/image/[^"]*700,0[^"]*)" srcset="([^"]*)"', page)
    assert picture is not None
    for address in (picture[1], *(one.split()[0] for one in picture[2].split(", "))):
        assert world.get(address).status_code == 200
    plain = world.get("/collections/all.json").get_json()["sections"][0]["blocks"][0]
    assert (plain["kind"], plain["page"], plain["region"]) == ("pick", 2, "700,0,700,500")
    assert plain["image"].startswith("http://memory.example/iiif/image/")


def test_every_picture_says_its_size_and_what_it_is_of(world: World) -> None:
    world.put("film", film=True, pages=0)
    world.publish(
        pick("open", size="full"),
        compare("open", "film"),
        quote("open"),
        clip("film"),
        timeline("open", "film"),
    )
    page = world.get("/collections/all").text
    pictures = re.findall(r"<img [^>]*>", page)
    assert len(pictures) >= 6
    for one in pictures:
        assert re.search(r' width="[1-9]\d*" height="[1-9]\d*"', one) and re.search(r' alt="[^"]', one), one
    assert re.search(r'<video [^>]*width="640" height="360"', page)
    assert 'kind="captions"' in page and "/film#t=0.5,1.5" in page
    assert "0:00부터 0:02까지" in page


def test_a_quotation_names_the_language_of_each_text(world: World) -> None:
    world.publish(quote("open"))
    assert '<blockquote class="quoted-text"><p>나랏말ᄊᆞ미</p>' in world.get("/collections/all").text
    english = world.get("/collections/all", language="en").text
    assert '<blockquote class="quoted-text" lang="ko"><p>나랏말ᄊᆞ미</p>' in english
    assert "our speech" in english and "우리말" not in english


def test_a_timeline_is_a_drawing_and_a_list_in_the_order_of_years(world: World) -> None:
    world.put("old", dates=(Date("57 BC", "-0056", -56, -56),))
    world.publish(timeline("open", "old"))
    page = world.get("/collections/all").text
    assert page.count('class="timeline-mark"') == 2 and 'role="img"' in page
    assert page.index("기원전 57년") < page.index("1446년", page.index("timeline-list"))
    plain = world.get("/collections/all.json").get_json()["sections"][0]["blocks"][0]
    assert [one["year"] for one in plain["events"]] == [1446, -56]


def test_collections_lead_to_each_other_and_to_their_parts(world: World) -> None:
    for slug in ("all", "b", "c"):
        world.publish(pick("open"), slug=slug, lead=Words("한 문장", "One sentence"))
    page = world.get("/collections/b?lang=en").text
    assert 'href="/collections/all?lang=en"' in page and 'href="/collections/c?lang=en"' in page
    assert 'href="/collections/b?lang=en&amp;view=reading"' in page
    listed = world.get("/collections/", language="en").text
    assert listed.count("One sentence") == 3


def test_the_credits_name_every_work_once_with_its_holder(world: World) -> None:
    world.put("other")
    world.publish(pick("open"), compare("open", "other"), timeline("open", "other"))
    page = world.get("/collections/all").text
    lines = page[page.index('id="credit-lines"') :].partition("</ol>")[0]
    assert lines.count("<li>") == 2 and "http://memory.example/items/" in lines
    assert re.search(r'href="/institutions/hanbit">한빛도서관</a>\s*<span class="count">2점', page)


def test_views_are_the_page_or_the_reading_view(world: World) -> None:
    world.publish(pick("open"))
    assert 'class="exhibition reading"' in world.get("/collections/all?view=reading").text
    assert 'class="exhibition"' in world.get("/collections/all").text
    assert world.get("/collections/all?view=%00%3Cscript%3E").status_code == 400


HOSTILE = "\"><script>alert(1)</script>'{{7*7}}${7*7}<!--"


def test_hostile_words_are_shown_as_words(world: World) -> None:
    bad = Words(HOSTILE, HOSTILE)
    event = named(Event, "open", label=bad)
    world.publish(
        named(PickBlock, "open", reason=bad),
        Compare((named(Side, "open", note=bad), named(Side, "open")), bad),
        named(Quote, "open", text=HOSTILE, lang="ko", reading=bad, note=bad),
        Timeline(bad, (event, event)),
        title=bad,
        lead=bad,
        statement=bad,
        curator=HOSTILE,
    )
    for path in ("/collections/all", "/collections/all?view=reading", "/collections/"):
        text = world.get(path).text
        assert "<script>alert" not in text and "<!--" not in text.partition("<main")[2]
        assert HOSTILE in unescape(text)


# ---- what is gone


GONE: dict[str, tuple[Block, ...]] = {
    "pick": (pick("gone", size="full"),),
    "detail": (pick("gone", size="large", page=2, detail="pct:0,0,50,50"),),
    "compare": (compare("open", "gone"),),
    "quote": (quote("gone"),),
    "clip": (clip("gone"),),
    "timeline": (timeline("open", "gone", "open"),),
}
DOORS = ("/collections/all", "/collections/all?view=reading&lang=en", "/collections/all.json", "/collections/",
         "/iiif/collections/all.json", "/")  # fmt: skip
SAID = ("까닭", "견줌", "나랏말ᄊᆞ미", "우리말")


@pytest.mark.parametrize("kind", GONE)
def test_a_work_taken_down_is_gone_from_its_block_at_once(world: World, kind: str) -> None:
    world.put("gone", film=kind == "clip")
    world.publish(*GONE[kind], cover=named(Reference, "gone", page=2, detail="pct:0,0,50,50"))
    files, item = world.seeded.files("gone"), world.seeded.ids["gone"]
    assert any(file in world.get("/collections/all").text for file in files)
    world.take_down("gone")
    for door in DOORS:
        answer = world.get(door)
        assert answer.status_code == 200
        assert not [file for file in files if file in answer.text], door
        assert item not in answer.text and "비밀 gone" not in answer.text and "Secret gone" not in answer.text
    page = world.get("/collections/all").text
    assert "공개를 중단한 자료입니다" in page and "권리자의 뜻 또는 권리 문제" in page
    assert re.search(r'<time datetime="[^"]+">\d{4}년 \d+월 \d+일</time> · 권리자', page)
    assert 'property="og:image" content="http://memory.example/share/ko.png"' in page
    block = world.get("/collections/all.json").get_json()["sections"][0]["blocks"][0]
    gone = {"compare": lambda: block["works"][1], "timeline": lambda: block["events"][1]}.get(
        kind, lambda: block
    )()
    assert {**gone, "since": "", "kind": ""} == {
        "withdrawn": True,
        "since": "",
        "withdrawal": "rights",
        "kind": "",
    }
    said = SAID if kind != "timeline" else ()
    shown = page.partition('class="row ')[2].partition('class="wrap credits"')[0]
    assert not [word for word in said if word in shown]


def test_a_work_that_may_be_described_only_shows_no_picture(world: World) -> None:
    world.put("dim", film=True)
    blocks = (
        pick("dim", size="large", detail="pct:0,0,50,50"),
        compare("open", "dim"),
        quote("dim"),
        clip("dim"),
        timeline("open", "dim"),
    )
    world.publish(*blocks, cover=named(Reference, "dim"))
    with world.seeded.memory.database.write() as tx:
        seed.decide(tx, world.seeded.ids["dim"], "d")
    for door in DOORS:
        text = world.get(door).text
        assert not [file for file in world.seeded.files("dim") if file in text], door
    assert "비밀 dim" in world.get("/collections/all").text


def test_a_picture_that_may_be_seen_reduced_is_cut_no_larger(world: World) -> None:
    world.publish(pick("open", size="full", detail="pct:0,0,50,50"))
    with world.seeded.memory.database.write() as tx:
        seed.decide(tx, world.seeded.ids["open"], "dv", degree=Degree.REDUCED, max_px=600)
    page = world.get("/collections/all").text
    file = world.seeded.files("open")[0]
    assert f'src="/iiif/image/{file}/full/600,428/0/default.jpg"' in page and "#xywh" not in page
    assert world.get(f"/iiif/image/{file}/full/600,428/0/default.jpg").status_code == 200


# ---- what it costs


def test_the_number_of_statements_is_small_and_constant(world: World) -> None:
    names = [f"w{number}" for number in range(24)]
    for name in names:
        world.put(name, pages=2)
    world.put("film", film=True, pages=0)
    world.publish(pick("w0"), quote("w1"), slug="small")
    many = [pick(name, page=2) for name in names]
    world.publish(*many, compare("w0", "w1"), quote("w2"), clip("film"), timeline(*names), slug="large")
    counts = []
    for slug in ("small", "large"):
        for form in ("", ".json", "?view=reading"):
            with asking(world.seeded.memory.database) as asked:
                assert world.get(f"/collections/{slug}{form}").status_code == 200
            assert asked.scans(world.seeded.memory.database) == []
            counts.append(len(asked.statements))
    assert counts[:3] == counts[3:] and max(counts) <= MOST
    with asking(world.seeded.memory.database) as asked:
        world.get("/collections/")
    assert len(asked.statements) <= MOST
