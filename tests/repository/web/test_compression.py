"""Text goes compressed to those who take it so; parts, pictures and what is private go as they are."""

from __future__ import annotations

import gzip

import brotli
import pytest
from werkzeug.test import TestResponse

from repository.web import compression
from tests.repository.web.conftest import Site

BOTH = "gzip, deflate, br"


def get(site: Site, path: str, accepted: str = BOTH, **headers: str) -> TestResponse:
    return site.client.get(path, headers={"Accept-Encoding": accepted, **headers}, buffered=True)


@pytest.mark.parametrize(
    "path", ["/", "/search", "/static/site.css", "/api/v1/search", "/static/vendor/fonts/fonts.css"]
)
@pytest.mark.parametrize(("accepted", "coding"), [(BOTH, "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip")])
def test_text_is_smaller_and_says_the_same(path: str, accepted: str, coding: str, site: Site) -> None:
    plain, packed = get(site, path, accepted=""), get(site, path, accepted)
    assert "Content-Encoding" not in plain.headers and packed.headers["Content-Encoding"] == coding
    unpacked = brotli.decompress(packed.data) if coding == "br" else gzip.decompress(packed.data)
    assert unpacked == plain.data and len(packed.data) < 0.5 * len(plain.data)
    assert packed.content_length == len(packed.data)
    for answer in (plain, packed):
        assert "Accept-Encoding" in answer.headers["Vary"]


def test_who_has_it_already_is_told_so_whatever_its_coding(site: Site) -> None:
    first = get(site, "/search")
    again = get(site, "/search", **{"If-None-Match": first.headers["ETag"]})
    assert first.headers["ETag"].startswith("W/") and again.status_code == 304 and not again.data


@pytest.mark.parametrize("accepted", ["", "identity", "zstd", "br;q=0, gzip;q=0"])
def test_who_takes_none_of_ours_gets_it_as_it_is(accepted: str, site: Site) -> None:
    assert "Content-Encoding" not in get(site, "/", accepted).headers


def test_parts_pictures_and_what_is_private_are_left_alone(site: Site) -> None:
    part = get(site, "/static/site.css", Range="bytes=0-99")
    picture = get(site, f"/assets/{site.seeded.files('hunmin')[0]}/thumbnail.jpg")
    private = get(site, "/workbench/login")
    small = get(site, "/healthz")
    assert part.status_code == 206 and picture.status_code == 200 and private.status_code == 200
    assert "no-store" in private.headers["Cache-Control"]
    for answer in (part, picture, private, small):
        assert "Content-Encoding" not in answer.headers


def test_a_file_that_never_changes_is_compressed_once(site: Site) -> None:
    compression._kept.cache_clear()
    address = next(part for part in site.page("/").split('"') if part.startswith("/static/site.css?v="))
    assert get(site, address).data == get(site, address).data
    assert compression._kept.cache_info()[:2] == (1, 1)
