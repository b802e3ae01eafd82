from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from harvest.crosswalks import media
from harvest.iiif_manifest import PAGES, ImageService, Manifest, Page, read
from repository.item import Text
from repository.problems import Problem

V2 = "http://iiif.io/api/presentation/2/context.json"
V3 = "http://iiif.io/api/presentation/3/context.json"
SERVICE3 = {"id": "https://x.example/iiif/1", "type": "ImageService3", "profile": "level2"}


def canvas(number: int, body: Any, **more: Any) -> dict[str, Any]:
    note = {"type": "Annotation", "motivation": "painting", "body": body}
    pages = [{"type": "AnnotationPage", "items": [note]}]
    return {"id": f"https://x.example/canvas/{number}", "type": "Canvas", "items": pages, **more}


def image(name: str = "1", **more: Any) -> dict[str, Any]:
    return {"id": f"https://x.example/{name}.jpg", "type": "Image", **more}


def manifest(*canvases: Any, **more: Any) -> bytes:
    return json.dumps(
        {"@context": V3, "id": "m", "type": "Manifest", "items": canvases, **more}, ensure_ascii=False
    ).encode()


def pages(raw: bytes) -> tuple[Page, ...]:
    found = read(raw)
    assert isinstance(found, Manifest)
    return found.pages


def problems(raw: bytes) -> list[tuple[str, str]]:
    found = read(raw)
    assert isinstance(found, Manifest)
    return [(one.code, one.field) for one in found.problems]


def test_version_3_gives_pages_in_order_with_labels_services_and_sizes() -> None:
    first = image(service=[SERVICE3], width=3000, height=2000)
    labels = {"en": ["Page 1"], "ko": ["첫 쪽"]}
    made = pages(
        manifest(canvas(2, first, label=labels, width=300, height=200), canvas(1, image("2"), width=7))
    )
    assert made == (
        Page("https://x.example/canvas/2", "view", "https://x.example/1.jpg", Text("첫 쪽", "ko"),
             ImageService("https://x.example/iiif/1", 3, 2), 3000, 2000),
        Page("https://x.example/canvas/1", "view", "https://x.example/2.jpg", width=7),
    )  # fmt: skip


def test_version_2_with_a_service_of_either_version() -> None:
    def picture(service: dict[str, Any]) -> dict[str, Any]:
        return {"resource": {"@id": "https://x.example/a.jpg", "@type": "dctypes:Image", "service": service}}

    services: list[dict[str, Any]] = [
        {"@id": "https://x.example/a/", "@context": "http://iiif.io/api/image/2/context.json",
         "profile": ["http://iiif.io/api/image/2/level1.json", {"formats": ["jpg"]}]},
        {"id": "https://x.example/b", "type": "ImageService3", "profile": "level0"},
        {"@id": "https://x.example/c", "profile": "http://library.stanford.edu/iiif/image-api/1.1/conformance.html"},
    ]  # fmt: skip
    canvases = [
        {"@id": f"c{number}", "@type": "sc:Canvas", "label": label, "images": [picture(service)]}
        for number, (service, label) in enumerate(
            zip(services, ("가", ["나"], {"@value": "다"}), strict=True)
        )
    ]
    raw = {"@context": V2, "@type": "sc:Manifest", "sequences": [{"canvases": canvases}, {"canvases": []}]}
    made = pages(json.dumps(raw).encode())
    assert [page.service for page in made] == [
        ImageService("https://x.example/a", 2, 1), ImageService("https://x.example/b", 3, 0), None,
    ]  # fmt: skip
    assert [page.label.value for page in made] == ["가", "나", "다"]
    assert problems(json.dumps(raw).encode()) == [("field_not_consumed", "sequences")]


def test_films_sounds_choices_and_parts() -> None:
    video = {
        "id": "https://x.example/f.mp4",
        "type": "Video",
        "format": "video/mp4",
        "width": 640,
        "height": 360,
    }
    choice = {"type": "Choice", "items": [image("light"), image("dark")]}
    part = {"type": "SpecificResource", "source": image("whole"), "selector": {"region": "0,0,1,1"}}
    made = pages(
        manifest(canvas(1, video), canvas(2, choice), canvas(3, part), canvas(4, [image("a"), image("b")]))
    )
    assert [(page.kind, page.url.rpartition("/")[2]) for page in made] == [
        ("film", "f.mp4"), ("view", "light.jpg"), ("view", "whole.jpg"), ("view", "a.jpg"),
    ]  # fmt: skip


def test_what_is_not_read_or_cannot_be_is_said() -> None:
    raw = manifest(
        canvas(1, image("1")),
        canvas(1, image("again")),  # the same canvas twice
        canvas(2, {"id": "ftp://x.example/a", "type": "Image"}),
        {"id": "https://x.example/canvas/3", "type": "Canvas", "items": []},
        {"id": "x", "type": "Collection"},
        rights="in copyright",
        structures=[],
    )
    assert [page.url for page in pages(raw)] == ["https://x.example/1.jpg"]
    assert problems(raw) == [
        ("url_invalid", "canvas/painting"),
        ("reference_unresolved", "canvas"),
        ("field_not_consumed", "rights"),
        ("field_not_consumed", "structures"),
    ]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "media_refused_broken"),
        (b"<html>", "media_refused_broken"),
        (b'{"type": "Manifest"', "media_refused_broken"),
        (b"\xff\xfe", "media_refused_broken"),
        (b"[" * 100_000, "media_refused_broken"),
        (b"[]", "media_refused_type"),
        (b'{"type": ["Manifest"]}', "media_refused_type"),
        (b'{"type": "Collection", "items": []}', "media_refused_type"),
    ],
)
def test_what_is_no_manifest(raw: bytes, code: str) -> None:
    found = read(raw)
    assert isinstance(found, Problem) and found.code == code


@pytest.mark.parametrize(
    "broken",
    [None, 7, "x", [], {}, [7], {"id": 7}, {"id": "https://x.example/1", "type": "Image", "service": 7},
     {"id": "https://x.example/1", "width": -1, "height": 10**9, "service": [{"id": 7, "profile": {}}]}],
)  # fmt: skip
def test_nothing_in_a_manifest_raises(broken: Any) -> None:
    for raw in (manifest(canvas(1, broken, label=broken)), manifest(broken), manifest(label=broken)):
        assert isinstance(read(raw), Manifest)


def test_an_address_that_would_change_what_is_asked_is_no_service() -> None:
    for base in ("https://x.example/i?a=", "https://x.example/i#", "javascript:alert(1)", "https://[x/i"):
        (page,) = pages(manifest(canvas(1, image(service=[{**SERVICE3, "id": base}]))))
        assert page.service is None


def test_pages_are_bounded() -> None:
    raw = manifest(*(canvas(number, image(str(number))) for number in range(PAGES + 5)))
    assert len(pages(raw)) == PAGES and ("values_too_many", "canvas") in problems(raw)


@pytest.mark.parametrize(
    ("more", "rights"),
    [
        (
            {"rights": "http://creativecommons.org/licenses/by/4.0/"},
            "http://creativecommons.org/licenses/by/4.0/",
        ),
        (
            {"license": ["https://www.kogl.or.kr/info/license.do#01-tab"]},
            "https://www.kogl.or.kr/info/license.do#01-tab",
        ),
        ({"rights": "https://x.example/terms"}, ""),
        ({"license": ["http://creativecommons.org/a", "http://creativecommons.org/b"]}, ""),
        ({"rights": "http://creativecommons.org.x.example/"}, ""),
        ({"rights": 7}, ""),
    ],
)
def test_rights_are_read_where_the_statement_is_known_and_said_where_not(
    more: dict[str, Any], rights: str
) -> None:
    raw = manifest(canvas(1, image()), **more)
    found = read(raw)
    assert isinstance(found, Manifest) and found.rights == rights
    assert bool(problems(raw)) is not bool(rights)


def test_a_real_manifest(shared_data: Path) -> None:
    raw = (shared_data / "iiif" / "princeton_chto-manifest.json").read_bytes()
    said = json.loads(raw)["sequences"][0]["canvases"]
    made = pages(raw)
    assert [page.id for page in made] == [one["@id"] for one in said] and len(made) == 22
    assert [page.label.value for page in made] == [one["label"] for one in said]
    assert {(page.service.version, page.service.level) for page in made if page.service} == {(2, 2)}
    assert all(page.width and page.height for page in made)
    found = read(raw)
    assert isinstance(found, Manifest) and found.rights == "http://rightsstatements.org/vocab/NKC/1.0/"


@pytest.mark.parametrize(
    ("url", "said", "manifest"),
    [
        ("https://x.example/iiif/p16022coll518:690/manifest.json", "", True),
        ("https://x.example/iiif/2/abc/manifest", "", True),
        ("https://figgy.example/concern/scanned_resources/7f/manifest", "", True),
        ("https://x.example/1/manifest", "", False),
        ("https://x.example/1", "iiif-manifest", True),
        (
            "https://x.example/1",
            'application/ld+json;profile="http://iiif.io/api/presentation/3/context.json"',
            True,
        ),
        ("https://x.example/manifesto.pdf", "", False),
    ],
)
def test_which_addresses_are_manifests(url: str, said: str, manifest: bool) -> None:
    assert (media.role_of(url, said) == "manifest") is manifest
