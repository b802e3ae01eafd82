"""Naughty strings in every path and parameter of the doors by which the site is found and shared."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.repository.web.conftest import Site

PATHS = (
    "/items/{}.ris",
    "/items/{}.bib",
    "/items/{}.csl.json",
    "/items/{}/share.jpg",
    "/sitemaps/{}.xml",
    "/sitemaps/items-{}.xml",
    "/share/{}.png",
    "/{}/",
    "/help/?lang={}",
    "/about/?{}=1",
    "/items/feed.atom?lang={}",
    "/items/feed.atom?{}",
    "/opensearch.xml?lang={}",
    "/opensearch/suggestions?q={}",
    "/opensearch/suggestions?limit={}",
    "/robots.txt?{}",
    "/.well-known/tdm-policy.json?x={}",
)
_LEAKS = re.compile(r"Traceback|jinja2|sqlalchemy|werkzeug\.", re.IGNORECASE)


def ask(site: Site, path: str, text: str) -> None:
    """Ask, and hold the answer against what every answer is."""
    encoded = quote(text.encode("utf-8", "surrogatepass"), safe="")
    answer = site.client.get(path.format(encoded), headers={"Accept": "text/html"})
    assert answer.status_code < 500, (path, text)
    if "Location" in answer.headers:
        assert re.match(r"(http://(localhost|memory\.example))?/(?!/)", answer.headers["Location"]), path
    if answer.mimetype == "text/html":
        body = answer.get_data(as_text=True)
        assert not _LEAKS.search(body) or _LEAKS.search(text), (path, text)
        if "<" in text and len(text) > 4:
            assert text not in body, (path, text)
        for data in re.findall(r'<script type="application/ld\+json">(.*?)</script>', body, re.S):
            json.loads(data)
    elif (answer.mimetype or "").endswith(("xml", "atom+xml", "opensearchdescription+xml")):
        etree.fromstring(answer.data)
    elif (answer.mimetype or "").endswith("json"):
        json.loads(answer.data)


def test_hostile_strings_everywhere(site: Site, shared_data: Path) -> None:
    strings: list[str] = json.loads((shared_data / "hostile" / "blns.json").read_text("utf-8"))
    for place, text in enumerate(strings):
        for path in (PATHS[place % len(PATHS)], PATHS[(place * 7 + 3) % len(PATHS)]):
            ask(site, path, text[:400])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.sampled_from(PATHS), text=st.text(st.characters(), max_size=40))
def test_any_string_anywhere(site: Site, path: str, text: str) -> None:
    ask(site, path, text)


@pytest.mark.parametrize("path", PATHS)
def test_strings_that_end_elements_headers_and_lines(path: str, site: Site) -> None:
    for text in (
        "</script><script>x",
        '"><svg onload=x>',
        "a\r\nSet-Cookie: x=1",
        "\x00",
        "//evil.example",
        "..%2f..",
        "{{7*7}}",
    ):
        ask(site, path, text)
