"""The corpus of the benchmarks: the same every time, well-formed, as odd as Korean records are, honestly served."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from lxml import etree
from sickle import Sickle
from sickle.oaiexceptions import NoRecordsMatch

from benchmarks import generator, provider
from benchmarks.corpus.facts import NUMBER
from benchmarks.corpus.markup import BASE
from benchmarks.provider import Running

TOTAL, SOURCES = 1300, 5
SAMPLE = range(3000)
OAI = "{http://www.openarchives.org/OAI/2.0/}"

QUIRKS = {
    "affiliation": r"creator[^>]*>[^<]*\((한빛|새벽)대학교\)",
    "several names in one field": r"<dc:creator>[^<]+;[^<]+<",
    "leading blanks": r"<dc:(?:creator|author)[^>]*>  \S",
    "title with a plain lang": r'<dc:title lang="english">',
    "identifier with a type": r'<dc:identifier type="uci">',
    "identifier that is none": r"<dc:identifier[^>]*>[0N]<",
    "identifier UCI": r">G704-",
    "citation as identifier": r">누리학보, ",
    "address with a session": r";jsessionid=",
    "element of no standard": r"<dc:title_h>",
    "rights Y or N": r"<dc:rights>[YN]<",
    "KOGL with blanks": r">공공누리 제 1 유형 :",
    "KOGL in English": r">KOGL Type 1<",
    "KOGL as a picture": r"new_img_opentype01",
    "KOGL and CC": r">공공누리 제1유형<.*>CC BY 4.0<",
    "language in Korean": r"<dc:language>한국어<",
    "language kor": r"<dc:language>kor<",
    "language bnk": r"<dc:language>bnk<",
    "year": r"<dc:date>\d{4}<",
    "month": r"<dc:date>\d{4}-\d{2}<",
    "digits": r"<dc:date>\d{8}<",
    "unknown date": r"刊寫年未詳",
    "reign of an emperor": r"光武 3年",
    "reign of a king": r"高宗 31年",
    "Chinese era": r"乾隆四十五年",
    "Korean era": r"개국 503년",
    "Dangi": r"檀紀 4283",
    "Japanese era": r"昭和 10",
    "cycle": r">甲午<",
    "half a century": r"18세기 후반",
    "lunar month": r"음력 3월",
    "period": r"朝鮮後期",
    "two dates": r"<dc:date>[^<]+</dc:date><dc:date>",
    "Hanja variants": r"硏",
    "compatibility ideograph": "\uf9e1",
    "private use area": "[\ue000-\uf8ff]",
    "old Hangul": "\u119e",
    "decomposed Hangul": "[\u1161-\u1175]",
    "middle dots": "[ㆍ·・].*",
    "full-width brackets": "［",
    "entity of HTML as text": r"&amp;middot;",
    "no title": r"^(?!.*<dc:title).*$",
}


def digest_of_all() -> str:
    """Digest some records of every format."""
    told = (
        generator.payload(source, number, generation, prefix)
        for source in (1, 2, 3)
        for number in range(100)
        for generation in (0, 1)
        for prefix in ("oai_dc", "mods", "edm")
    )
    return hashlib.sha256("".join(told).encode()).hexdigest()


def test_a_record_is_a_pure_function_of_its_number() -> None:
    script = "from tests.test_generator import digest_of_all; print(digest_of_all())"
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Seoul", "PYTHONPATH": os.getcwd()}
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment
    )
    assert done.stdout.strip() == digest_of_all()


@pytest.mark.parametrize("prefix", ["oai_dc", "mods", "edm"])
def test_every_record_is_well_formed_and_says_its_number(prefix: str) -> None:
    for number in range(generator.KINDS):
        text = generator.payload(2, number, number % 2, prefix)
        assert NUMBER not in text and BASE not in text
        read = etree.tostring(etree.fromstring(text), encoding="unicode")
        assert f"https://s02.example/items/{number}" in read


def test_every_quirk_is_there_and_none_is_everywhere() -> None:
    texts = [generator.payload(1, number, 0, "oai_dc") for number in SAMPLE]
    counts = {name: sum(1 for text in texts if re.search(form, text)) for name, form in QUIRKS.items()}
    assert {name: count for name, count in counts.items() if not 3 <= count <= 0.7 * len(texts)} == {}
    assert any(unicodedata.normalize("NFC", text) != text for text in texts)


def test_records_differ() -> None:
    texts = {generator.payload(source, number, 0, "mods") for source in (1, 2) for number in SAMPLE}
    assert len(texts) == 2 * len(SAMPLE)


def test_a_generation_changes_one_record_in_a_hundred() -> None:
    size = 4000
    for source, generation in ((1, 1), (9, 1), (1, 2)):
        before, after = generation - 1, generation
        moved = [n for n in range(size) if state(source, n, before) != state(source, n, after)]
        assert moved == list(generator.changed(source, generation, size)) and len(moved) == size / 100
        deleted = [n for n in moved if generator.header(source, n, after).deleted]
        assert len(deleted) == len(moved) / 20
        since = int(generator.clock(before).timestamp())
        until = int(generator.clock(after).timestamp())
        assert all(since < generator.header(source, n, after).moment <= until for n in moved)


def state(source: int, number: int, generation: int) -> tuple[Any, str]:
    """Give all that a provider shows of a record."""
    return generator.header(source, number, generation), generator.payload(source, number, generation, "edm")


def test_sizes_sum_up_to_what_was_asked_for() -> None:
    for total in (1300, 26_000, 1_220_000):
        sizes = generator.sizes(total)
        assert (len(sizes), sum(sizes)) == (26, total)
        assert sizes[0] > 0.2 * total and sorted(sizes, reverse=True) == list(sizes)


@pytest.fixture(scope="module")
def served() -> Iterator[Running]:
    """A provider of a small corpus, in a process of its own."""
    with provider.running(TOTAL, SOURCES) as running:
        yield running


def ask(served: Running, source: int, **arguments: str) -> etree._Element:
    """Ask with httpx, and parse strictly."""
    asked = {name.rstrip("_"): value for name, value in arguments.items()}
    answer = httpx.get(served.endpoint(source), params=asked)
    assert answer.status_code == 200
    return etree.fromstring(answer.content)


def code(root: etree._Element) -> str:
    """Give the code of the error that was answered."""
    found = root.find(f"{OAI}error")
    return "" if found is None else found.get("code", "")


@pytest.mark.parametrize("source", range(1, SOURCES + 1))
def test_sickle_reads_all_of_every_source_in_every_format(served: Running, source: int) -> None:
    client = Sickle(served.endpoint(source))
    size = served.sizes[source - 1]
    expected = {generator.header(source, n, 0).identifier: n for n in range(size)}
    for prefix in [row.metadataPrefix for row in client.ListMetadataFormats()]:
        found = list(client.ListRecords(metadataPrefix=prefix))
        assert len(found) == size and {record.header.identifier for record in found} == expected.keys()
        gone = {record.header.identifier for record in found if record.deleted}
        assert gone == {name for name, n in expected.items() if generator.header(source, n, 0).deleted}
    assert generator.format_of(source) == prefix
    headers = list(client.ListIdentifiers(metadataPrefix="oai_dc"))
    assert [row.identifier for row in headers] == [record.header.identifier for record in found]


def test_the_sets_divide_a_source(served: Running) -> None:
    client = Sickle(served.endpoint(1))
    specs = {row.setSpec: row.setName for row in client.ListSets()}
    found = {spec: list(client.ListIdentifiers(metadataPrefix="oai_dc", set=spec)) for spec in specs}
    assert sum(map(len, found.values())) == served.sizes[0] and all(found.values())
    assert all(row.setSpecs == [spec] for spec, rows in found.items() for row in rows)
    assert all(re.search("[가-힣]", name) for name in specs.values())


def test_both_bounds_of_a_window_are_included(served: Running) -> None:
    client = Sickle(served.endpoint(1))
    stamps = [row.datestamp for row in client.ListIdentifiers(metadataPrefix="oai_dc")]
    moments = sorted(set(stamps))
    first, second = moments[1:3]
    bounds = {"from": first, "until": second}
    inside = list(client.ListIdentifiers(metadataPrefix="oai_dc", **bounds))
    assert {row.datestamp for row in inside} == {first, second}
    assert len(inside) == stamps.count(first) + stamps.count(second) == 2 * generator.AT_ONCE
    day = first[:10]
    whole = list(client.ListIdentifiers(metadataPrefix="oai_dc", **{"from": day, "until": day}))
    assert len(whole) == sum(stamp.startswith(day) for stamp in stamps)


def test_a_token_may_be_shown_twice_and_the_last_page_has_an_empty_one(served: Running) -> None:
    first = ask(served, 4, verb="ListRecords", metadataPrefix="oai_dc")
    token = first.find(f".//{OAI}resumptionToken")
    if token is None:
        pytest.fail("one page only")
    pages = [
        etree.tostring(ask(served, 4, verb="ListRecords", resumptionToken=token.text or "")) for _ in "ab"
    ]
    assert pages[0] == pages[1]
    last = etree.fromstring(pages[0]).find(f".//{OAI}resumptionToken")
    assert last is not None and not last.text and last.get("cursor") == "100"
    assert last.get("completeListSize") == token.get("completeListSize")


def test_get_record_gives_what_the_list_gave(served: Running) -> None:
    listed = ask(served, 3, verb="ListRecords", metadataPrefix="edm").findall(f".//{OAI}record")
    for record in listed[:9]:
        name = record.findtext(f".//{OAI}identifier") or ""
        alone = ask(served, 3, verb="GetRecord", metadataPrefix="edm", identifier=name)
        found = alone.find(f".//{OAI}record")
        assert found is not None and etree.tostring(found, method="c14n") == etree.tostring(
            record, method="c14n"
        )


@pytest.mark.parametrize(
    "arguments,error",
    [
        ({"verb": "Nothing"}, "badVerb"),
        ({"verb": "ListRecords"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from_": "2020-13-01"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from_": "2021-01-01", "until": "2020-01-01"},
         "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from_": "2026-01-01"}, "noRecordsMatch"),
        ({"verb": "ListRecords", "metadataPrefix": "lido"}, "cannotDisseminateFormat"),
        ({"verb": "ListRecords", "resumptionToken": "x"}, "badResumptionToken"),
        ({"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "oai:x"}, "idDoesNotExist"),
        ({"verb": "Identify", "set": "c1"}, "badArgument"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_answered_by_its_code(
    served: Running, arguments: dict[str, str], error: str
) -> None:
    assert code(ask(served, 1, **arguments)) == error


def test_a_day_later_only_what_changed_is_listed() -> None:
    with provider.running(TOTAL, SOURCES) as served:
        client = Sickle(served.endpoint(1))
        date = ask(served, 1, verb="Identify").findtext(f"{OAI}responseDate")
        with pytest.raises(NoRecordsMatch):
            client.ListRecords(**{"metadataPrefix": "oai_dc", "from": date})
        served.grow()
        found = list(client.ListRecords(**{"metadataPrefix": "oai_dc", "from": date}))
        expected = generator.changed(1, 1, served.sizes[0])
        names = [generator.header(1, number, 1).identifier for number in expected]
        assert sorted(record.header.identifier for record in found) == sorted(names)
        assert len(list(client.ListIdentifiers(metadataPrefix="oai_dc"))) == served.sizes[0]
