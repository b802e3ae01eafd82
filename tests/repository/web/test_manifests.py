"""Manifests and collections as their readers meet them: valid, in both languages, every address answering."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from iiif_prezi3 import Collection, Manifest

from repository import manifests, refresh, takedowns
from repository.item import Title
from repository.presentation import presenter_of
from repository.takedowns import TakedownKind
from tests.repository.web import seed
from tests.repository.web.conftest import Site, asking

RIGHTS = re.compile(r"http://(creativecommons\.org/(licenses|publicdomain)|rightsstatements\.org/vocab)/.+/")
OURS = "http://memory.example"


def read(site: Site, name: str) -> dict[str, Any]:
    answer = site.client.get(f"/iiif/{site.seeded.ids[name]}/manifest.json")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.get_json()
    return found


def things(value: Any) -> Iterator[dict[str, Any]]:
    """Give every object in a document."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from things(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from things(inner)


@pytest.mark.parametrize("name", ["hunmin", "map", "film"])
def test_a_manifest_is_valid_and_every_address_in_it_answers(site: Site, name: str) -> None:
    found = read(site, name)
    assert Manifest(**json.loads(json.dumps(found))).id
    assert found["@context"] == "http://iiif.io/api/presentation/3/context.json"
    assert {"ko", "en"} <= found["label"].keys() and {"ko", "en"} <= found["summary"].keys()
    assert "rights" not in found or RIGHTS.fullmatch(found["rights"])
    ids = [
        one["id"] for one in things(found) if one.get("type") in ("Canvas", "AnnotationPage", "Annotation")
    ]
    assert len(ids) == len({*ids})
    addresses = {one["id"] for one in things(found) if one.get("id", "").startswith(OURS)}
    named = {one for one in addresses if "/canvas/" not in one}
    assert len(named) > 8
    for address in named:
        assert site.client.get(address.removeprefix(OURS)).status_code in (200, 303), address


def test_a_book_has_a_canvas_for_each_page_that_says_it_is_drawn(site: Site) -> None:
    found = read(site, "hunmin")
    assert [canvas["label"] for canvas in found["items"]] == [{"ko": [f"{n}쪽"]} for n in range(1, 6)]
    for canvas in found["items"]:
        body = canvas["items"][0]["items"][0]["body"]
        assert (body["width"], body["height"]) == (canvas["width"], canvas["height"]) == (1400, 1000)
        assert body["service"][0]["type"] == "ImageService3"
        assert "견본 그림" in canvas["summary"]["ko"][0] and "Drawn sample" in canvas["summary"]["en"][0]
    assert "실물 사진이 아님" in found["requiredStatement"]["value"]["ko"][0]
    assert "not the object" in found["requiredStatement"]["value"]["en"][0]


def test_kogl_is_named_where_its_address_may_not_stand(site: Site) -> None:
    found = read(site, "hunmin")
    assert "rights" not in found
    assert 'href="https://www.kogl.or.kr' in found["requiredStatement"]["value"]["ko"][0]
    assert "공공누리 제1유형" in found["requiredStatement"]["value"]["ko"][0]


def test_a_film_brings_its_captions_and_still(site: Site) -> None:
    canvas = read(site, "film")["items"][0]
    body = canvas["items"][0]["items"][0]["body"]
    assert (body["type"], body["format"], body["duration"]) == ("Video", "video/mp4", 2.0)
    tracks = [one["body"] for one in canvas["annotations"][0]["items"]]
    assert [(track["format"], track["language"]) for track in tracks] == [
        ("text/vtt", "ko"),
        ("text/vtt", "en"),
    ]
    assert canvas["placeholderCanvas"]["items"][0]["items"][0]["body"]["id"].endswith("poster.jpg")


def test_what_shows_nothing_has_no_manifest(site: Site) -> None:
    assert site.client.get(f"/iiif/{site.seeded.ids['novel']}/manifest.json").status_code == 403
    assert site.client.get("/iiif/nothing/manifest.json").status_code == 404


def test_a_collection_lists_what_may_be_seen_now(site: Site) -> None:
    found = site.client.get("/iiif/collections/hangul.json").get_json()
    assert Collection(**found).id
    ids = site.seeded.ids
    listed = [one["id"].split("/")[-2] for one in found["items"]]
    assert listed == [ids["hunmin"], ids["map"], ids["film"]]
    assert found["label"] == {"ko": ["한글이 태어나다"], "en": ["The Birth of Hangul"]}
    assert site.client.get("/iiif/collections/nothing.json").status_code == 404


def test_the_media_type_is_the_one_asked_for(site: Site) -> None:
    path = f"/iiif/{site.seeded.ids['map']}/manifest.json"
    plain = site.client.get(path, headers={"Accept": "application/json"})
    linked = site.client.get(path)
    assert plain.mimetype == "application/json" and linked.mimetype == "application/ld+json"
    assert "presentation/3" in linked.headers["Content-Type"]
    assert linked.headers["Access-Control-Allow-Origin"] == "*"
    again = site.client.get(path, headers={"If-None-Match": linked.headers["ETag"]})
    assert again.status_code == 304


def test_a_kept_manifest_is_the_one_that_would_be_built(fresh: Site) -> None:
    item = seed.put_plain(fresh.seeded, "book", "dvr")
    memory = fresh.seeded.memory
    path = f"/iiif/{item}/manifest.json"
    built = fresh.client.get(path).data
    refresh.refresh(memory, presenter_of(memory.settings))
    with memory.database.read() as conn:
        assert manifests.kept(conn, item)
    with asking(memory.database) as asked:
        assert fresh.client.get(path).data == built
    assert not any(
        "FROM asset \nWHERE asset.item = ?\nORDER" in statement for statement, _ in asked.statements
    )
    assert len(asked.statements) <= 5


def test_a_kept_manifest_never_outlives_a_decision_or_takedown(fresh: Site) -> None:
    item = seed.put_plain(fresh.seeded, "book", "dvr")
    first, second = fresh.seeded.files("book")
    memory = fresh.seeded.memory
    path = f"/iiif/{item}/manifest.json"
    refresh.refresh(memory, presenter_of(memory.settings))
    assert first in fresh.client.get(path).text
    with memory.database.write() as tx:
        takedowns.add(tx, first, TakedownKind.PRIVACY, "얼굴", "test")
    text = fresh.client.get(path).text
    assert first not in text and second in text
    with memory.database.write() as tx:
        seed.decide(tx, item, "d")
    assert fresh.client.get(path).status_code == 403


def test_texts_that_look_like_markup_stay_texts(fresh: Site) -> None:
    what = seed.draft([Title("<b>제목</b>", "ko"), Title("A & B", "en")], "공공누리 제1유형")
    seed.put(fresh.seeded, "odd", what)
    found = read(fresh, "odd")
    assert found["label"] == {"ko": ["<span>&lt;b&gt;제목&lt;/b&gt;</span>"], "en": ["A & B"]}
