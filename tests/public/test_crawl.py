"""A walk over the whole site in both languages: no broken link, no id twice, no page that is not valid HTML."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import httpx
import pytest
from lxml import html

from repository.setup.packages import fetch, read_packages, unpack
from tests.conftest import absent

ROOT = Path(__file__).resolve().parent.parent.parent
CACHE = ROOT / "var" / "cache"
CHECKER = Path(__file__).parent / "checker.toml"
STARTS = ("/", "/?lang=en")
AT_ONCE = 4
MOST = 20_000  # addresses; the samples have far fewer, and a walk that finds no end is a fault
# Read, and their links followed. Searches multiply without end: they are asked for, and led no further.
# So are the pages of a book but the first: they say the same but for one picture. What is led no further is asked for
# in one language; and what is Korean without saying so is not read again where it says so.
EXPANDED = re.compile(
    r"^/(?!search|iiif/|api/|static/|assets/|sitemaps/|workbench|items/\w+\?page=|.*[?&]lang=ko)"
)
LANGUAGE = re.compile("[?&]lang=(ko|en)")
LINKS = ("//a/@href | //link/@href | //img/@src | //video/@src | //video/@poster | //source/@src | //track/@src"
         " | //script/@src | //form/@action | //audio/@src | //meta[@property='og:image']/@content")  # fmt: skip
# What the checker calls errors and browsers of today know.
KNOWN = re.compile("text-wrap|speculationrules")


@dataclass
class Walk:
    """What was found: pages by address, the answers of everything asked, and what was wrong."""

    pages: dict[str, str] = field(default_factory=dict)
    status: dict[str, int] = field(default_factory=dict)
    linked: dict[str, str] = field(default_factory=dict)
    things: set[str] = field(default_factory=set)
    fragments: set[tuple[str, str]] = field(default_factory=set)


@pytest.fixture(scope="session")
def walk(base: str) -> Walk:
    """Walk the site from its first page, in both languages."""
    found, waiting = Walk(), list(STARTS)
    found.linked, found.things = dict.fromkeys(waiting, ""), set(waiting)
    limits = httpx.Limits(max_connections=AT_ONCE)
    with httpx.Client(timeout=120, limits=limits) as client, ThreadPoolExecutor(AT_ONCE) as pool:
        while waiting:
            assert len(found.linked) < MOST, "this walk does not end"
            answers = list(pool.map(lambda path: _ask(client, base, path), waiting))
            asked, waiting = waiting, []
            for path, (status, text) in zip(asked, answers, strict=True):
                found.status[path] = status
                if text and EXPANDED.match(path):
                    found.pages[path] = text
                    waiting += _new(found, base, path, text)
    return found


def _ask(client: httpx.Client, base: str, path: str) -> tuple[int, str]:
    """Ask for an address; files are only begun."""
    with client.stream("GET", base + path) as answer:
        is_page = answer.headers.get("Content-Type", "").startswith("text/html")
        return answer.status_code, answer.read().decode() if is_page else ""


def _new(found: Walk, base: str, path: str, text: str) -> Iterator[str]:
    for link in _all(_tree(text), LINKS):
        whole, fragment = urldefrag(urljoin(base + path, link))
        if not whole.startswith(base):
            assert urlsplit(whole).scheme in ("http", "https", "mailto"), (path, link)
            continue
        target = whole.removeprefix(base) or "/"
        if fragment and EXPANDED.match(target) and "=" not in fragment:
            found.fragments.add((target, fragment))
        thing = target if EXPANDED.match(target) else LANGUAGE.sub("", target)
        if thing not in found.things:
            found.things.add(thing)
            found.linked[target] = path
            yield target


def test_no_link_is_broken(walk: Walk) -> None:
    assert len(walk.pages) > 250 and any("lang=en" in path for path in walk.pages)
    broken = {path: (status, walk.linked[path]) for path, status in walk.status.items() if status >= 400}
    # What the samples say of themselves as not to be had: a film's original, a closed file.
    assert broken == {}


def test_every_fragment_has_its_place(walk: Walk) -> None:
    ids = {path: set(_all(_tree(text), "//@id")) for path, text in walk.pages.items()}
    assert {(path, name) for path, name in walk.fragments if path in ids and name not in ids[path]} == set()


def test_no_id_stands_twice_on_a_page(walk: Walk) -> None:
    twice = {
        path: doubled
        for path, text in walk.pages.items()
        if (doubled := [name for name, count in Counter(_all(_tree(text), "//@id")).items() if count > 1])
    }
    assert twice == {}


def test_every_page_says_its_language_its_title_and_one_heading(walk: Walk) -> None:
    for path, text in walk.pages.items():
        tree = _tree(text)
        assert _all(tree, "/html/@lang")[0] in ("ko", "en"), path
        assert _said(tree, "//title").strip() and len(_all(tree, "//h1")) == 1, path
        assert len(_all(tree, "//main")) == 1, path


def test_titles_are_not_shared_by_different_things(walk: Walk) -> None:
    """Two items may have one name, and so have the parts of a long list; no other pages may."""
    titles: dict[str, set[str]] = {}
    for path, text in walk.pages.items():
        if not path.startswith("/items/"):
            address = _said(_tree(text), "//link[@rel='canonical']/@href")
            if address:
                thing = re.sub(r"after=[^&]*&?", "", address).rstrip("?")
                titles.setdefault(_said(_tree(text), "//title"), set()).add(thing)
    assert {title: found for title, found in titles.items() if len(found) > 1} == {}


def _tree(text: str) -> html.HtmlElement:
    return html.fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))


def _all(tree: html.HtmlElement, path: str) -> list[str]:
    found = tree.xpath(path)
    assert isinstance(found, list)
    return [str(one) for one in found]


def _said(tree: html.HtmlElement, path: str) -> str:
    return str(tree.xpath(f"string({path})"))


@pytest.fixture(scope="session")
def checker() -> list[str]:
    """The command of the HTML checker of WHATWG and W3C (Nu), fetched once."""
    java = shutil.which("java")
    if java is None:
        absent("Java is absent: no java on PATH")
    jar = CACHE / "vendor" / "vnu" / "vnu.jar"
    if not jar.exists():
        (package,) = read_packages(CHECKER)
        CACHE.mkdir(parents=True, exist_ok=True)
        unpack(package, fetch(package, CACHE / "fetched-vnu"), CACHE)
        shutil.rmtree(CACHE / "fetched-vnu")
    return [
        str(java),
        "-jar",
        str(jar),
        "--format",
        "json",
        "--stdout",
        "--exit-zero-always",
        "--skip-non-html",
    ]


def test_every_page_is_valid_html(walk: Walk, checker: list[str], tmp_path: Path) -> None:
    names = {}
    for number, (path, text) in enumerate(sorted(walk.pages.items())):
        file = tmp_path / f"{number}.html"
        file.write_text(text, encoding="utf-8")
        names[file.as_uri()] = path
    done = subprocess.run([*checker, str(tmp_path)], capture_output=True, text=True, check=False, timeout=600)
    said = json.loads(done.stdout)["messages"]
    wrong = {
        (one["message"], one.get("extract", "")[:200], names.get(one.get("url", ""), ""))
        for one in said
        if one["type"] == "error" and not KNOWN.search(one["message"])
    }
    assert wrong == set()
