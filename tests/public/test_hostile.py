"""Naughty strings in every parameter, path and field of the public pages: no fault of ours, nothing let through."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.public.pages import PLAIN

OWN = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "javascript:alert(1)",
    "//evil.example/",
    "https://evil.example/",
    "\\\\evil.example\\",
    "/\\evil.example",
    "../../../../etc/passwd",
    "..%2f..%2fetc%2fpasswd",
    "%00",
    "\u0000",
    "\ud7ff\uffff\U0010ffff",
    "{{7*7}}",
    "${7*7}",
    "' OR 1=1 --",
    "\r\nSet-Cookie: a=b",
    "9" * 400,
    "-1",
    "NaN",
    "٣",
    "ᄒᆞᆫ글",
    "\u202etxt.exe",
]
PARAMETERS = ("q", "lang", "page", "view", "after", "kind", "asset", "region", "link", "sort", "size", "cursor",
              "from", "to", "type", "area", "colour", "holder", "next", "at", "v", "format")  # fmt: skip
TEMPLATES = ("/items/{}", "/items/{}.json", "/items/{}/report", "/collections/{}", "/institutions/{}",
             "/datasets/{}/", "/datasets/sample/{}/", "/datasets/sample/1.0.0/files/{}", "/reports/{}",
             "/iiif/image/{}/info.json", "/iiif/{}/manifest.json", "/assets/{}/original", "/{}", "/search.{}",
             "/static/{}", "/static/vendor/{}", "/sitemaps/{}.xml", "/share/{}.png",
             "/fonts/sans-400/{}.ttf")  # fmt: skip
POLICY = re.compile("unsafe-inline|unsafe-eval")
LET_THROUGH = ("<script>alert", "<img src=x", "<svg/onload", 'href="javascript:', "root:x:0:0")


@pytest.fixture(scope="module")
def client(base: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=base, timeout=60, follow_redirects=False) as opened:
        yield opened


def check(answer: httpx.Response, base: str) -> None:
    """Hold one answer to what every answer keeps."""
    assert answer.status_code < 500, answer.url
    place = answer.headers.get("Location", "/")
    assert place.startswith((base, "/")) and not place.startswith(("//", "/\\")), (answer.url, place)
    assert "Set-Cookie" not in answer.headers or "a=b" not in answer.headers["Set-Cookie"]
    if answer.headers.get("Content-Type", "").startswith("text/html"):
        assert not POLICY.search(answer.headers["Content-Security-Policy"])
        assert not [one for one in LET_THROUGH if one in answer.text], answer.url


def test_in_every_parameter_and_path(client: httpx.Client, base: str, kinds: dict[str, str]) -> None:
    for path in {path.partition("?")[0] for path in kinds.values()}:
        for text in OWN:
            check(client.get(path, params=dict.fromkeys(PARAMETERS, text)), base)
    for place in TEMPLATES:
        for text in OWN:
            check(client.get(place.format(quote(text, safe="/%"))), base)


def test_the_shared_strings(
    client: httpx.Client, base: str, kinds: dict[str, str], shared_data: Path
) -> None:
    """Each in three parameters of three pages, and in two paths."""
    strings = json.loads((shared_data / "hostile" / "blns.json").read_text("utf-8"))
    assert len(strings) > 400
    names, places = cycle(PARAMETERS), cycle([path.partition("?")[0] for path in kinds.values()])
    paths = cycle(TEMPLATES)
    for text in strings:
        for _ in range(3):
            check(client.get(next(places), params={next(names): text}), base)
        for _ in range(2):
            check(client.get(next(paths).format(quote(text[:1500], safe=""))), base)


def test_pages_have_the_headers_that_protect_readers(client: httpx.Client, kinds: dict[str, str]) -> None:
    for kind, path in kinds.items():
        headers = client.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy or "default-src 'self'" in policy, kind
        assert "frame-ancestors" in policy and "base-uri" in policy and "form-action" in policy, kind
        assert headers["X-Content-Type-Options"] == "nosniff", kind
        assert headers["Referrer-Policy"] in (
            "strict-origin-when-cross-origin",
            "same-origin",
            "no-referrer",
        ), kind


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.sampled_from(("/", "/search", "/collections/", "/reports/", *(f"/{name}/" for name in PLAIN))),
       name=st.one_of(st.sampled_from(PARAMETERS), st.text(max_size=20)), value=st.text(max_size=300))  # fmt: skip
def test_whatever_is_asked(client: httpx.Client, base: str, path: str, name: str, value: str) -> None:
    check(client.get(path, params={name: value}), base)
