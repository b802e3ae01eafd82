"""The pages of data sets and their files, over HTTP: what a company sees, takes in pieces, and can check later."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import httpx
import msgspec
import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from lxml import html
from playwright.sync_api import Browser

from curation.dataset_plots import timeline
from curation.release import publish
from curation.release.build import build, folder_of
from curation.release.freeze import freeze
from curation.release.statistics import STATISTICS, Counting, Share, decode, encode
from curation.release.terms import Terms
from curation.release.verify import verify
from repository.memory import Memory
from tests.curation import seed
from tests.repository.web.conftest import Reader
from tests.serving import application
from wsgi import create_app

PAGE = "/datasets/free/1.1.0/"
FILES = f"{PAGE}files/"
NAUGHTY = (
    "<script>alert(1)</script>", "'\"><img src=x onerror=alert(1)>", "../../../../etc/passwd", "%00", "\x00", "１",
    "javascript:alert(1)", "//evil.example", "{{7*7}}", "${7*7}", "𝒯𝑒𝓈𝓉", "‮abc", "ᄒᆞᆫ글", "a" * 4000,
    "1.0.0' OR 1=1--", "%0d%0aSet-Cookie: a=1", "\ud7ff", "١.٠.٠", "1e9", "-1", "null", "True", "1.0.0/../1.1.0",
)  # fmt: skip


class Site(NamedTuple):
    """An application with two versions of a data set, and the ids of the works."""

    app: Flask
    memory: Memory
    ids: dict[str, str]

    @property
    def client(self) -> Reader:
        """Ask it, and read every answer to its end."""
        return Reader(self.app, self.app.response_class)

    def page(self, language: str = "ko") -> Any:
        """Read the page of the newest version."""
        answer = self.client.get(f"{PAGE}?lang={language}")
        assert answer.status_code == 200, answer.text
        return html.fromstring(answer.text)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    memory = seed.opened(tmp_path_factory.mktemp("pages") / "data")
    ids = seed.collection_of_rights(memory)
    terms = Terms("<b>견본</b> 데이터", "Sample <i>data</i>", shard_bytes=8000)
    _release(memory, "1.0.0", terms)
    ids["film"] = seed.add_film(memory, "film", (*seed.KOGL_0, *seed.TEXT_FREE))
    seed.reclaim(memory, "cleared-1", seed.KOGL_1_AI)
    _release(memory, "1.1.0", terms)
    yield Site(create_app(memory.settings), memory, ids)
    memory.close()


def _release(memory: Memory, version: str, terms: Terms) -> None:
    freeze(memory, "free", version, terms)
    build(memory, "free", version)
    publish.publish(memory, "free", version)


def every(node: Any, path: str, name: str) -> list[Any]:
    """Give what lies below by its path, where the first step has a class."""
    first, _slash, rest = path.partition("/")
    found = f".//{first}[contains(concat(' ', @class, ' '), ' {name} ')]"
    return list(node.xpath(f"{found}/{rest}" if rest else found))


def words(node: Any) -> str:
    return " ".join(node.text_content().split())


# ---- what it says


def test_the_page_says_the_sums_that_the_release_holds(site: Site) -> None:
    sums = decode((folder_of(site.memory, "free", "1.1.0") / STATISTICS).read_bytes())
    page = site.page("en")
    told = {words(one.find("dt")): words(one.find("dd")) for one in every(page, "dl/div", "figures")}
    assert told["Works"] == str(sums.works) == "8"
    assert (told["Pages and pictures"], told["Pages with text"]) == (str(sums.pages), str(sums.texts))
    assert (told["Characters"], told["Works left out"]) == (str(sums.characters), str(sums.refused))
    rows = {
        words(row.find("th")): words(every(row, "*", "number")[-1])
        for row in page.xpath("//section[h2/@id='load']//tbody/tr")
    }
    assert rows["free-1.1.0 works"] == str(sums.works) and rows["free-1.1.0 text"] == str(sums.texts)


def test_every_plot_is_a_table_whose_bars_say_its_numbers(site: Site) -> None:
    page = site.page()
    names = [table.get("id") for table in page.xpath("//div[@class='plots']/table")]
    assert names == ["by-century", "by-type", "by-mark", "by-holder", "by-duty", "by-country", "by-ending"]
    for table in every(page, "table", "plot"):
        numbers = [int(words(every(row, "*", "number")[0])) for row in table.xpath("./tbody/tr")]
        lengths = [row.xpath(".//rect")[1].get("width") for row in table.xpath("./tbody/tr")]
        assert lengths == [f"{max(0.5, 100 * number / max(numbers)):.1f}%" for number in numbers]
        assert all(svg.get("aria-hidden") == "true" for svg in table.xpath(".//svg"))
    [centuries] = page.xpath("//table[@id='by-century']")
    assert sum(int(words(one)) for one in centuries.xpath("./tbody/tr/td[1]")) == 8


def test_the_timeline_draws_empty_centuries_too() -> None:
    shares = tuple(Share(code, "", "", works, works) for code, works in (("15", 4), ("18", 8), ("", 3)))
    sums = decode(encode(Counting().statistics(())))
    drawn = timeline(msgspec.structs.replace(sums, centuries=shares))
    assert drawn is not None
    assert [(one.century, one.works) for one in drawn.columns] == [("15", 4), ("16", 0), ("17", 0), ("18", 8)]
    assert [one.height for one in drawn.columns] == [60, 0, 0, 120]
    assert timeline(sums) is None


def test_a_few_rows_show_their_evidence_in_words(site: Site) -> None:
    shown = {words(one.find(".//h3")): words(one) for one in every(site.page("en"), "article", "row")}
    assert 3 <= len(shown) <= 6
    text = " ".join(shown.values())
    assert "Decided on24 November 2026" in text and "KOGL Type 1" in text
    for said in ("AI training", "Why?", "Basis", "Duties"):
        assert all(said in row for row in shown.values()), said


def test_versions_tell_what_they_changed(site: Site) -> None:
    newest, first = (words(one) for one in site.page("en").xpath("//ol[@class='version-list']/li"))
    assert newest.startswith("1.1.0") and "1 added, 0 removed, 1 changed, 6 the same" in newest
    assert first.startswith("1.0.0") and "First version" in first


def test_titles_do_nothing_in_a_page(site: Site) -> None:
    for language in ("ko", "en"):
        page = site.page(language)
        assert not page.xpath("//h1/b | //h1/i")
        assert "견본" in words(page.xpath("//h1")[0]) or "Sample" in words(page.xpath("//h1")[0])


# ---- for machines


def test_search_engines_are_told_the_facts_of_croissant(site: Site) -> None:
    croissant = site.client.get(f"{PAGE}croissant.json").get_json()
    [block] = site.page().xpath("//script[@type='application/ld+json']")
    [told] = [node for node in json.loads(block.text)["@graph"] if node["@type"] == "Dataset"]
    for fact in (
        "name",
        "description",
        "version",
        "datePublished",
        "license",
        "url",
        "keywords",
        "identifier",
    ):
        assert told[fact] == croissant[fact], fact
    assert told["creator"] == [{"@type": "Organization", "name": "Hanbit Library"}]
    objects = [one for one in croissant["distribution"] if one["@type"] == "cr:FileObject"]
    for fact in ("contentUrl", "contentSize", "encodingFormat", "sha256"):
        assert [one[fact] for one in told["distribution"]] == [one[fact] for one in objects]
    assert all(one["contentUrl"].startswith(f"{site.memory.settings.site_url}{FILES}") for one in objects)
    numbers = {one["name"]: one["value"] for one in told["variableMeasured"]}
    assert (numbers["works"], numbers["files"]) == (8, 16)


def test_croissant_at_the_door_validates_offline(site: Site, tmp_path: Path) -> None:
    path = tmp_path / "croissant.json"
    path.write_bytes(site.client.get(f"{PAGE}croissant.json").data)
    tool = Path(sys.executable).parent / "mlcroissant"
    done = subprocess.run([tool, "validate", "--jsonld", path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_json_counts_units_apart(site: Site) -> None:
    told = site.client.get("/datasets/free/1.1.0.json").get_json()
    sums = told["statistics"]
    assert (sums["works"], sums["files"], sums["pages"], sums["texts"]) == (8, 16, 14, 1)
    assert sums["works"] == told["counts"]["works"] and sums["characters"] > 10


# ---- files in ranges


def digest_header(content: bytes) -> str:
    return f"sha-256=:{base64.b64encode(hashlib.sha256(content).digest()).decode()}:"


def test_a_file_is_given_whole_or_in_any_piece(site: Site) -> None:
    client, address = site.client, f"{FILES}README.md"
    whole = client.get(address)
    etag = whole.headers["ETag"]
    assert whole.headers["Accept-Ranges"] == "bytes" and whole.headers["Repr-Digest"] == digest_header(
        whole.data
    )
    size = len(whole.data)
    piece = client.get(address, headers={"Range": "bytes=10-19"})
    assert (piece.status_code, piece.data) == (206, whole.data[10:20])
    assert piece.headers["Content-Range"] == f"bytes 10-19/{size}"
    last = client.get(address, headers={"Range": "bytes=-5"})
    assert (last.status_code, last.data) == (206, whole.data[-5:])
    beyond = client.get(address, headers={"Range": f"bytes={size}-"})
    assert (beyond.status_code, beyond.headers["Content-Range"]) == (416, f"bytes */{size}")
    going_on = client.get(address, headers={"Range": "bytes=10-", "If-Range": etag})
    assert (going_on.status_code, going_on.data) == (206, whole.data[10:])
    changed = client.get(address, headers={"Range": "bytes=10-", "If-Range": '"another"'})
    assert (changed.status_code, changed.data) == (200, whole.data)
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304
    head = client.head(address)
    assert (head.status_code, head.data, head.headers["Content-Length"]) == (200, b"", str(size))


@pytest.mark.parametrize(
    "value", ["bytes=5-1", "bytes=a-b", "bytes=", "lines=1-2", "bytes=1-2,4-5", "bytes=-0"]
)
def test_ranges_that_mean_nothing_are_no_fault_of_ours(site: Site, value: str) -> None:
    assert site.client.get(f"{FILES}README.md", headers={"Range": value}).status_code in (200, 416)


def entries(listed: str) -> list[tuple[str, dict[str, str]]]:
    """Read a list as aria2c does: an address at the start of a line, options in the indented lines below it."""
    found: list[tuple[str, dict[str, str]]] = []
    for line in filter(None, listed.splitlines()):
        if line[0].isspace():
            name, _equal, value = line.strip().partition("=")
            found[-1][1][name] = value
        else:
            found.append((line, {}))
    return found


def take(client: httpx.Client, address: str, path: Path) -> None:
    """Take a file in two pieces, as a download that was cut and goes on."""
    path.parent.mkdir(parents=True, exist_ok=True)
    whole = client.head(address)
    half = int(whole.headers["Content-Length"]) // 2
    first = client.get(address, headers={"Range": f"bytes=0-{half}"})
    assert (first.status_code, len(first.content)) == (206, half + 1)
    path.write_bytes(first.content)
    going_on = {"Range": f"bytes={half + 1}-", "If-Range": whole.headers["ETag"]}
    with path.open("ab") as file:
        file.write(client.get(address, headers=going_on).content)


def test_the_list_takes_all_files_and_the_three_lines_of_the_page_load_them(
    site: Site, tmp_path: Path
) -> None:
    with application(site.app) as base, httpx.Client() as client:
        listed = client.get(f"{base}{PAGE}aria2.txt").text
        for address, options in entries(listed):
            assert address.startswith(f"{site.memory.settings.site_url}{FILES}")
            take(client, address.replace(site.memory.settings.site_url, base), tmp_path / options["out"])
    folder = tmp_path / "free-1.1.0"
    report = verify(folder)
    assert report.findings == [] and report.works == 8
    page = site.page()
    assert report.root == page.xpath("//code[@class='address']")[0].text
    for _address, options in entries(listed):
        assert (
            options["checksum"].removeprefix("sha-256=") in listed and (tmp_path / options["out"]).is_file()
        )
    three = page.xpath("//code[@id='three-lines']")[0].text
    assert len(three.splitlines()) == 3
    more = "\nprint(len(works), next(iter(pictures))['jpg'].size)"
    told = {**os.environ, "HF_HUB_OFFLINE": "1", "HF_HOME": str(tmp_path / "cache")}
    done = subprocess.run(
        [sys.executable, "-c", three + more],
        cwd=tmp_path,
        env=told,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.split("\n")[-2] == "8 (60, 80)", done.stderr


# ---- recalls


def test_what_is_recalled_is_in_no_list_at_once_and_said(tmp_path: Path) -> None:
    memory = seed.opened(tmp_path / "data")
    ids = seed.collection_of_rights(memory)
    _release(memory, "1.1.0", Terms(shard_bytes=8000))
    site = Site(create_app(memory.settings), memory, ids)
    seed.take_down(memory, ids["cleared-2"])
    listed = site.client.get(f"{PAGE}aria2.txt").text
    withheld = [
        one for one in site.client.get("/datasets/free/1.1.0.json").get_json()["files"] if "withheld" in one
    ]
    assert {one["name"].partition("/")[0] for one in withheld} == {"data", "rows", "originals"}
    croissant = site.client.get(f"{PAGE}croissant.json").text
    for one in withheld:
        assert one["sha256"] not in listed and one["sha256"] not in croissant
        gone = site.client.get(f"{FILES}{one['name']}", headers={"Range": "bytes=0-9"})
        assert gone.status_code == 410
    page = site.page("en")
    assert ids["cleared-2"] not in words(
        page
    )  # nobody has recalled it yet; its files are withheld all the same
    publish.refresh(memory)
    page = site.page("en")
    [row] = page.xpath("//section[h2/@id='recalled']//tbody/tr")
    assert ids["cleared-2"] in words(row) and "Stop using it" in words(row)
    (folder_of(memory, "free", "1.1.0") / "README.md").unlink()
    assert site.client.get(f"{FILES}README.md").status_code == 404
    publish.withdraw(memory, "free", "1.1.0")
    for path in (
        PAGE,
        f"{PAGE}aria2.txt",
        f"{PAGE}croissant.json",
        f"{FILES}README.md",
        "/datasets/free/1.1.0.json",
    ):
        assert site.client.get(path).status_code == 410
    memory.close()


# ---- strangers


PLACES = (
    "/datasets/{0}/", "/datasets/{0}/1.1.0/", "/datasets/free/{0}/", "/datasets/free/{0}.json",
    "/datasets/free/{0}/aria2.txt", "/datasets/{0}/1.1.0/croissant.json", FILES + "{0}", "/datasets/free/?lang={0}",
    "/datasets/?lang={0}&{0}=1",
)  # fmt: skip


@pytest.mark.parametrize("text", NAUGHTY)
def test_no_string_in_an_address_breaks_a_page(site: Site, text: str) -> None:
    for place in (*PLACES, f"{PAGE}?lang={{0}}"):
        _ask(site, place, text)


def test_no_naughty_string_in_an_address_breaks_a_page(site: Site, shared_data: Path) -> None:
    strings = json.loads((shared_data / "hostile" / "blns.json").read_text("utf-8"))
    for number, text in enumerate(strings):
        _ask(site, PLACES[number % len(PLACES)], text)


def _ask(site: Site, place: str, text: str) -> None:
    path = place.format(quote(text, safe="/") or "x")
    answer = site.client.get(path)
    assert answer.status_code < 500, path
    where = answer.headers.get("Location", "/")
    assert re.match(r"(http://localhost)?/(?!/)", where), (path, where)
    if "<script" in text or "<img" in text:
        assert text not in answer.text


# ---- in a browser


def test_the_pages_are_accessible_and_fit(site: Site, browser: Browser) -> None:
    found: dict[str, list[str]] = {}
    with application(site.app) as base:
        for language in ("ko", "en"):
            for width in (360, 1440):
                found |= _violations(browser, base, language, width)
    assert found == {}


def _violations(browser: Browser, base: str, language: str, width: int) -> dict[str, list[str]]:
    """Look for what axe finds, in the dark only at what colours can break."""
    context = browser.new_context(
        extra_http_headers={"Accept-Language": language}, viewport={"width": width, "height": 900}
    )
    page = context.new_page()
    found = {}
    for path in ("/datasets/", PAGE):
        page.goto(f"{base}{path}")
        page.locator("details").evaluate_all("many => many.forEach(one => { one.open = true; })")
        wide = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        rules = [one["id"] for one in Axe().run(page).response["violations"]]
        page.emulate_media(color_scheme="dark")
        contrast = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
        rules += [one["id"] for one in Axe().run(page, options=contrast).response["violations"]]
        page.emulate_media(color_scheme="light")
        if rules or page.evaluate(wide) > 0:
            found[f"{path} {language} {width}"] = rules or ["wider than the window"]
    context.close()
    return found


def test_only_korean_or_english_stands_on_a_page_of_that_language(site: Site) -> None:
    page = site.page("en")
    for node in page.xpath("//*[@lang='ko' or @lang='ko-Hani'] | //script | //code"):
        node.drop_tree()
    left = [text for text in words(page.xpath("//main")[0]).split() if re.search("[가-힣]", text)]
    assert left == []
