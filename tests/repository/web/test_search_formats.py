"""One search in all its forms: the same items, pages to the end, headers and faults, files that programs take."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from iiif_prezi3 import Collection
from lxml import etree
from werkzeug.test import TestResponse

from repository import items
from repository.item import Date, Note, Text, Title
from repository.search import query as queries
from repository.web import search_csv, search_formats, search_json
from tests.repository.web import seed
from tests.repository.web.conftest import Site, make_app

ATOM = "{http://www.w3.org/2005/Atom}"
PATHS = {
    "json": "/api/v1/search",
    "atom": "/search.atom",
    "csv": "/search.csv",
    "iiif": "/iiif/search/collection.json",
}
MANY = 23
LINK = re.compile(r'<([^>]*)>; rel="([^"]*)"; type="([^"]*)"')


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site of a few more items than a page holds, each with a picture."""
    seeded = seed.open_seeded(tmp_path_factory.mktemp("many"))
    for number in range(MANY):
        titles = [Title(f"지도 {number}", "ko"), Title(f"Map {number}", "en", "translated")]
        dates = (Date(f"{1400 + 10 * number}년", "", 1400 + 10 * number, 1400 + 10 * number),)
        seed.put(seeded, f"m{number}", seed.draft(titles, "공공누리 제0유형", type="map", dates=dates))
    seed.index(seeded)
    yield Site(seeded, make_app(seeded))
    seeded.memory.close()


def ids(form: str, answer: TestResponse) -> list[str]:
    """Read the ids of the items out of an answer."""
    if form == "json":
        return [one["id"] for one in answer.get_json()["items"]]
    if form == "atom":
        return [str(one.text).rsplit("/")[-1] for one in tree(answer).iterfind(f"{ATOM}entry/{ATOM}id")]
    if form == "csv":
        return [row["id"] for row in rows(answer)]
    found = [one for one in answer.get_json()["items"] if one["type"] == "Manifest"]
    return [one["id"].split("/")[-2] for one in found]


def tree(answer: TestResponse) -> etree._Element:
    return etree.fromstring(answer.data)


def rows(answer: TestResponse) -> list[dict[str, str]]:
    text = answer.data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def links(answer: TestResponse) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for target, relation, _kind in LINK.findall(answer.headers["Link"]):
        found.setdefault(relation, []).append(target)
    return found


def local(address: str) -> str:
    parts = urlsplit(address)
    assert f"{parts.scheme}://{parts.netloc}" == "http://memory.example"
    return f"{parts.path}?{parts.query}"


@pytest.mark.parametrize("form", PATHS)
def test_every_form_pages_to_the_end_without_gap_or_repeat(
    form: str, many: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "MOST_RESULTS", 5)  # what a file of CSV takes at a time
    monkeypatch.setattr(search_formats, "CSV_PAGES", 2)
    for question in ("q=지도", "sort=id", "type=map&sort=-year&from=1450"):
        answer = many.client.get(f"{PATHS[form]}?{question}&size=5")
        total = int(answer.headers["X-Total-Count"])
        seen = ids(form, answer)
        while following := links(answer).get("next"):
            assert dict(parse_qsl(urlsplit(following[0]).query))["cursor"] == answer.headers["X-Next-Cursor"]
            answer = many.client.get(local(following[0]))
            assert answer.status_code == 200
            seen += ids(form, answer)
        assert len(seen) == len(set(seen)) == total == (18 if "from" in question else MANY)
        assert "X-Next-Cursor" not in answer.headers


def test_all_forms_find_the_same(many: Site) -> None:
    found = {
        form: ids(form, many.client.get(f"{path}?q=지도&century=15&size=50")) for form, path in PATHS.items()
    }
    assert len(found["json"]) == 10
    assert found["json"] == found["csv"] == found["iiif"]
    assert sorted(found["atom"]) == sorted(found["json"])


@pytest.mark.parametrize("form", PATHS)
def test_an_answer_says_what_it_is_and_what_the_limits_are(form: str, many: Site) -> None:
    answer = many.client.get(f"{PATHS[form]}?q=지도&type=map")
    headers = answer.headers
    assert answer.status_code == 200 and answer.mimetype == search_formats.MEDIA_TYPES[form]
    assert headers["Cache-Control"] == "public, max-age=30"
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["X-Limit-Size"] == "100" and headers["X-Limit-Rows"] == "1000"
    assert headers["X-Limit-Query"] == "500" and headers["X-Limit-Filters"] == "50"
    named = links(answer)
    assert set(named) >= {"self", "first", "alternate", "service-desc"} and len(named["alternate"]) == 4
    assert many.client.get(local(named["self"][0])).data == answer.data
    for address in named["alternate"]:
        assert many.client.get(local(address)).status_code == 200
    if form != "csv":  # a file is sent as it is read, so nobody knows all of it beforehand
        again = many.client.get(PATHS[form] + "?q=지도&type=map", headers={"If-None-Match": headers["ETag"]})
        assert again.status_code == 304 and not again.data


@pytest.mark.parametrize("form", PATHS)
@pytest.mark.parametrize(
    "wrong", ["size=0", "size=x", "from=99999", "sort=best", "cursor=x", f"q={'가' * 501}"]
)
def test_what_cannot_be_meant_is_refused_by_code_in_both_languages(form: str, wrong: str, many: Site) -> None:
    if form == "csv" and wrong.startswith("cursor"):
        wrong = "cursor=AAAA"
    answer = many.client.get(f"{PATHS[form]}?{wrong}", headers={"Accept": "text/html"})
    fault = msgspec.json.decode(answer.data, type=search_json.Fault)
    assert answer.status_code == fault.status == 400
    assert fault.code in ("parameter_invalid", "query_too_long", "cursor_invalid")
    assert re.search("[가-힣]", fault.ko) and not re.search("[가-힣]", fault.en.replace("'가", ""))
    assert fault.message == fault.ko and answer.headers["Cache-Control"] == "no-store"


def test_the_page_and_the_suffixes_negotiate(many: Site) -> None:
    for accept, kind in (
        ("*/*", "text/html"),
        ("application/json", "application/json"),
        ("application/atom+xml, text/html;q=0.5", "application/atom+xml"),
        ("text/csv", "text/csv"),
    ):
        answer = many.client.get("/search?q=지도", headers={"Accept": accept})
        assert answer.mimetype == kind and "Accept" in answer.vary
    assert many.client.get("/search.json?q=지도").data == many.client.get("/api/v1/search?q=지도").data
    assert many.client.get("/search.xml?q=지도").status_code == 404


def test_a_long_question_keeps_its_headers_short(many: Site) -> None:
    for path in (*PATHS.values(), "/search"):
        answer = many.client.get(f"{path}?q={'가' * 500}")
        assert answer.status_code == 200
        assert len(str(answer.headers)) < 5000


def test_the_json_is_what_its_types_say_with_facets_in_both_languages(site: Site) -> None:
    answer = site.client.get("/api/v1/search?q=훈민정음")
    read = msgspec.json.decode(answer.data, type=search_json.Answer)
    assert msgspec.json.encode(read) == answer.data
    one = read.items[0]
    assert one.id == site.seeded.ids["hunmin"] and one.sample and one.manifest and one.thumbnail
    assert [words.value for words in one.titles][:2] == ["훈민정음 해례본", "訓民正音 解例本"]
    assert (one.dates[0].text, one.dates[0].earliest) == ("세종 28년", 1446)
    assert read.facets["century"][0].label == {"ko": "15세기", "en": "15th century"}
    assert read.facets["type"][0].label == {"ko": "책", "en": "Book"}
    assert read.facets["holder"][0].label == {"ko": "한빛도서관", "en": "Hanbit Library"}
    for address in (one.url, one.thumbnail, one.manifest, read.links.page, read.links.all):
        assert site.client.get(local(address)).status_code == 200


# ---- the feed


def test_a_feed_is_a_feed(site: Site) -> None:
    for language in ("ko", "en"):
        answer = site.client.get(f"/search.atom?lang={language}")
        root = tree(answer)
        assert (
            root.tag == f"{ATOM}feed" and root.get("{http://www.w3.org/XML/1998/namespace}lang") == language
        )
        for node in (root, *root.iterfind(f"{ATOM}entry")):
            for name in ("id", "title", "updated"):
                assert len(node.findall(f"{ATOM}{name}")) == 1
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", node.findtext(f"{ATOM}updated") or "")
        assert root.findtext(f"{ATOM}author/{ATOM}name")
        own = root.find(f"{ATOM}link[@rel='self']")
        assert own is not None and own.get("href") == root.findtext(f"{ATOM}id")
        for link in root.iter(f"{ATOM}link"):
            assert site.client.get(local(str(link.get("href")))).status_code == 200


def test_a_feed_and_its_entries_keep_their_names_whatever_the_order_and_page(many: Site) -> None:
    names = set()
    for question in ("q=지도&sort=year&size=5", "q=지도&size=5"):
        names.add(tree(many.client.get(f"/search.atom?{question}")).findtext(f"{ATOM}id"))
    following = links(many.client.get("/search.atom?q=지도&size=5"))["next"][0]
    names.add(tree(many.client.get(local(following))).findtext(f"{ATOM}id"))
    assert len(names) == 1


def test_what_changed_last_stands_first_and_carries_its_datestamp(fresh: Site) -> None:
    memory = fresh.seeded.memory
    for name in ("one", "two", "three"):
        seed.put_plain(fresh.seeded, name, "dv")
    seed.index(fresh.seeded)
    first = fresh.seeded.ids["one"]
    with memory.database.write() as tx:
        tx.conn.exec_driver_sql("UPDATE item SET datestamp = '2031-01-01T00:00:00Z' WHERE id = ?", (first,))
    root = tree(fresh.client.get("/search.atom"))
    stamps = [str(one.text) for one in root.iterfind(f"{ATOM}entry/{ATOM}updated")]
    assert stamps == sorted(stamps, reverse=True) and len(stamps) == 3
    assert root.findtext(f"{ATOM}entry/{ATOM}id") == f"http://memory.example/items/{first}"
    assert root.findtext(f"{ATOM}updated") == "2031-01-01T00:00:00Z"


def test_an_empty_feed_can_be_followed_too(site: Site) -> None:
    root = tree(site.client.get("/search.atom?q=아직없는말아직없는말&lang=en"))
    assert root.findall(f"{ATOM}entry") == [] and root.findtext(f"{ATOM}updated") == "1970-01-01T00:00:00Z"
    assert root.findtext(f"{ATOM}title") == "Korean Memory search: “아직없는말아직없는말”"


# ---- the table


def test_the_table_opens_in_a_spreadsheet_and_holds_no_formula(fresh: Site) -> None:
    bad = ['=HYPERLINK("http://x")', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "＝1+1", '  =1,"2"\r\n3']
    for number, title in enumerate(bad):
        seed.put(fresh.seeded, f"b{number}", seed.draft([Title(title, "ko")], "공공누리 제0유형", pages=0))
    seed.index(fresh.seeded)
    answer = fresh.client.get("/search.csv")
    assert answer.data.startswith(b"\xef\xbb\xbfid,url,title,")
    assert answer.headers["Content-Type"].startswith("text/csv; charset=utf-8")
    assert b"\n" not in answer.data.replace(b"\r\n", b"")
    read = rows(answer)
    assert list(read[0]) == list(search_csv.COLUMNS) and len(read) == len(bad)
    with fresh.seeded.memory.database.read() as conn:
        stored = items.find_many(conn, [row["id"] for row in read])
    for row in read:
        assert row["title"] == "'" + stored[row["id"]].item.description.titles[0].value


@given(st.text())
def test_no_cell_begins_as_a_formula(cell: str) -> None:
    made = search_csv.harmless(cell)
    assert made in (cell, f"'{cell}")
    assert not made.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＠")) or re.fullmatch(
        r"-?\d+", made
    )


def test_years_before_our_era_stay_numbers(fresh: Site) -> None:
    dates = (Date("기원전 100년", "", -99, -99),)
    seed.put(fresh.seeded, "old", seed.draft([Title("옛것", "ko")], "공공누리 제0유형", pages=0, dates=dates))
    seed.index(fresh.seeded)
    assert rows(fresh.client.get("/search.csv"))[0]["earliest"] == "-99"


# ---- the shelf


def test_the_collection_is_valid_and_goes_on(many: Site) -> None:
    found = many.client.get("/iiif/search/collection.json?q=지도&size=10").get_json()
    assert (
        Collection(**found).id
        == "http://memory.example/iiif/search/collection.json?q=%EC%A7%80%EB%8F%84&size=10"
    )
    assert found["label"] == {"ko": ["“지도” 검색 결과"], "en": ["Results for “지도”"]}
    assert [one["type"] for one in found["items"]] == ["Manifest"] * 10 + ["Collection"]
    for one in things(found):
        if str(one.get("id", "")).startswith("http://memory.example"):
            assert many.client.get(local(one["id"])).status_code == 200, one["id"]
    plain = many.client.get("/iiif/search/collection.json", headers={"Accept": "application/json"})
    assert plain.mimetype == "application/json"


def test_a_collection_label_is_text_whatever_was_typed(site: Site) -> None:
    found = site.client.get("/iiif/search/collection.json?q=<b>x</b>").get_json()
    assert not found["label"]["ko"][0].startswith("<")


def things(value: Any) -> Iterator[dict[str, Any]]:
    """Give every object in a document."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    for inner in value if isinstance(value, list) else ():
        yield from things(inner)


# ---- the description


def test_control_characters_leave_a_feed_well_formed(fresh: Site) -> None:
    what = seed.draft([Title("제목\x0b\x1f끝", "ko")], "공공누리 제0유형", pages=0)
    description = msgspec.structs.replace(
        what.description, notes=(Note("글\x0c\x08", "ko"),), subjects=(Text("x"),)
    )
    seed.put(fresh.seeded, "odd", msgspec.structs.replace(what, description=description))
    seed.index(fresh.seeded)
    assert tree(fresh.client.get("/search.atom")).findtext(f"{ATOM}entry/{ATOM}title") == "제목끝"
