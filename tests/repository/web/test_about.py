"""The pages of the site itself: whole in both languages, with numbers that are those of the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from repository import search_misses
from repository.search import query as queries
from repository.web import about, lanes, search_formats
from tests.repository.web.conftest import Site, asking
from tests.repository.web.seed import ROOT

TEMPLATES = ROOT / "repository" / "web" / "templates" / "about"
PAGES = [f"/{name}/" for name in about.PAGES]
HANGUL = re.compile("[가-힣]")
_HREF = re.compile(r'href="([^"]*)"')
OF_THE_OTHER_ARM = ("/collections/", "/datasets/")


def text_of(page: str) -> str:
    """Give the text of a page's own part."""
    return page[page.index('class="about-text"') : page.index("</main>")]


@pytest.mark.parametrize("path", PAGES)
def test_each_is_whole_in_both_languages(path: str, site: Site) -> None:
    korean, english = (text_of(site.page(path, language)) for language in ("ko", "en"))
    for sign in ("<h2", "<h3", "<li", "<tr", "<table", "<a ", ' id="'):
        assert korean.count(sign) == english.count(sign), sign
    prose = re.sub(
        r"<code>.*?</code>|<a [^>]*>[^<]*</a>|lang=\"ko\">[^<]*|<span[^>]*>[^<]*</span>", "", english
    )
    assert not HANGUL.search(prose), HANGUL.search(prose)
    assert len(HANGUL.findall(korean)) > 100
    title = str(dict(about.PAGES)[path.strip("/")][0])
    assert f"<h1>{title}</h1>" in site.page(path, "ko")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_link_of_theirs_leads_somewhere(path: str, language: str, site: Site) -> None:
    page = site.page(f"{path}?lang={language}")
    main = page[page.index("<main") : page.index("</main>")]
    for address in _HREF.findall(main):
        address = address.replace("&amp;", "&")
        if address.startswith(("mailto:", "#")) or address.startswith(OF_THE_OTHER_ARM):
            continue
        assert site.client.get(address).status_code == 200, address
        if "?" in address and not address.startswith("/search?"):
            assert f"lang={language}" in address, address


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_examples_of_the_help_find_something(language: str, site: Site) -> None:
    text = text_of(site.page("/help/", language))
    table = text[: text.index("</table>")]
    for address in _HREF.findall(table):
        assert 'class="card"' in site.page(address), address


def test_numbers_are_those_of_the_code(site: Site) -> None:
    terms, privacy = site.page("/terms/"), site.page("/privacy/")
    assert f"<td>{queries.LONGEST_TEXT}자</td>" in terms
    for name, limit in search_formats.LIMITS.items():
        assert f"<code>{name}</code>)</th><td>{limit:,}" in terms.replace(f"{limit}", f"{limit:,}"), name
    assert f"<td>{search_misses.KEPT_DAYS}일</td>" in privacy
    assert f"<code>{lanes.COOKIE}</code>" in privacy and f"{lanes.COOKIE_SECONDS // 3600}시간" in privacy


def test_pages_for_readers_set_no_cookie_and_load_nothing_from_elsewhere(site: Site) -> None:
    """What the privacy page says, held against the pages themselves."""
    for path in ("/", "/search?q=훈민정음", f"/items/{site.seeded.ids['hunmin']}", *PAGES):
        answer = site.client.get(path, headers={"Accept": "text/html"})
        assert "Set-Cookie" not in answer.headers, path
        for address in re.findall(
            r'<(?:script|img|link rel="stylesheet")[^>]*(?:src|href)="([^"]*)"', answer.text
        ):
            assert address.startswith("/"), address


def test_no_log_of_visits_is_written() -> None:
    """What the privacy page says of the server."""
    assert "log_access=False" in (ROOT / "wsgi.py").read_text("utf-8")


def test_an_unknown_page_is_not_there_and_a_missing_slash_is_added(site: Site) -> None:
    assert site.client.get("/imprint/").status_code == 404
    answer = site.client.get("/help?lang=en")
    assert answer.status_code == 308 and answer.headers["Location"].endswith("/help/?lang=en")


@pytest.mark.parametrize("path", PAGES)
def test_they_ask_the_database_a_few_things_only(path: str, site: Site) -> None:
    with asking(site.seeded.memory.database) as asked:
        site.page(path)
    assert len(asked.statements) <= 3 and asked.scans(site.seeded.memory.database) == []


def test_each_text_has_its_twin() -> None:
    found = {tuple(path.name.split(".")[:2]) for path in TEMPLATES.glob("*.*.html")}
    names = set(about.PAGES) - {"site-map"}
    assert found == {(name, language) for name in names for language in ("ko", "en")}
    assert Path(TEMPLATES / "site-map.html").is_file()
