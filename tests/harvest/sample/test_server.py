"""The sample institutions over HTTP, harvested with a client that is neither theirs nor ours."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest
from lxml import etree
from sickle import Sickle

from harvest.sample import server
from harvest.sample.provider import ENDPOINTS
from harvest.sample.works import load

OAI = "{http://www.openarchives.org/OAI/2.0/}"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "media/library/L001"
    folder.mkdir(parents=True)
    (folder / "001.jpg").write_bytes(bytes(range(256)) * 8)
    return tmp_path


@pytest.fixture
def base(data: Path) -> Iterator[str]:
    with server.serving(data) as address:
        yield address


def get(url: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    try:
        with urlopen(Request(url, headers=headers), timeout=10) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except HTTPError as refusal:
        with refusal:
            return refusal.code, dict(refusal.headers), refusal.read()


def pages(base: str, source: str, query: str) -> list[bytes]:
    """All answers of a list, by following tokens."""
    found = [get(f"{base}/{source}/oai?{query}")[2]]
    while token := re.search(rb"<resumptionToken>(.+?)</", found[-1]):
        text = quote(token[1].decode().replace("&amp;", "&"))
        found.append(
            get(f"{base}/{source}/oai?verb={query.split('=')[1].split('&')[0]}&resumptionToken={text}")[2]
        )
    return found


@pytest.mark.parametrize(
    ("source", "prefix"),
    [(name, prefix) for name in ENDPOINTS for prefix in ENDPOINTS[name] if name != "library"],
)
def test_sickle_harvests_every_record_in_every_format(base: str, source: str, prefix: str) -> None:
    records = list(Sickle(f"{base}/{source}/oai").ListRecords(metadataPrefix=prefix))
    assert {record.header.identifier for record in records} == {work.identifier for work in load(source)}
    assert len(records) == len(load(source))


def test_the_library_lists_its_headers_with_one_deleted(base: str) -> None:
    headers = list(Sickle(f"{base}/library/oai").ListIdentifiers(metadataPrefix="oai_dc"))
    assert len(headers) == 52
    assert [header.identifier[-4:] for header in headers if header.deleted] == ["L023"]


def test_one_page_of_the_library_is_not_well_formed_and_its_mates_are_there(base: str) -> None:
    answers = pages(base, "library", "verb=ListRecords&metadataPrefix=oai_dc")
    assert len(answers) == 6
    for answer in (*answers[:2], *answers[3:5]):
        assert len(etree.fromstring(answer).findall(f".//{OAI}record")) == 10
    with pytest.raises(etree.XMLSyntaxError):
        etree.fromstring(answers[2])
    mended = etree.fromstring(answers[2], etree.XMLParser(recover=True))
    assert len(mended.findall(f".//{OAI}record")) == 10


def test_a_whole_harvest_reads_the_same_after_a_restart_on_the_same_port(data: Path) -> None:
    def harvest(port: int) -> tuple[int, list[bytes]]:
        with server.serving(data, port=port) as address:
            answers = [
                re.sub(rb"<responseDate>.*?</responseDate>", b"", page)
                for source in ENDPOINTS
                for page in pages(address, source, f"verb=ListRecords&metadataPrefix={ENDPOINTS[source][0]}")
            ]
            return int(address.rpartition(":")[2]), answers

    port, first = harvest(0)
    assert harvest(port) == (port, first)


def test_a_record_overridden_appears_in_the_next_harvest_and_no_other(base: str, data: Path) -> None:
    identifier = "oai:museum.sample.example:M008"
    (data / "overrides.json").write_text(
        json.dumps({identifier: {"title": "백자 큰 항아리", "datestamp": "2026-01-02T03:04:05Z"}}),
        encoding="utf-8",
    )
    client = Sickle(f"{base}/museum/oai")
    (changed,) = client.ListRecords(**{"metadataPrefix": "mods", "from": "2026-01-01T00:00:00Z"})
    assert changed.header.identifier == identifier
    assert "백자 큰 항아리" in changed.raw
    (data / "overrides.json").write_text(
        json.dumps({identifier: {"deleted": True, "datestamp": "2026-02-02T03:04:05Z"}}), encoding="utf-8"
    )
    (gone,) = client.ListRecords(**{"metadataPrefix": "mods", "from": "2026-02-01"})
    assert gone.deleted


def test_windows_and_sets_are_kept(base: str) -> None:
    client = Sickle(f"{base}/library/oai")
    window = {"metadataPrefix": "oai_dc", "from": "2025-03-04T00:00:00Z", "until": "2025-03-04T08:00:00Z"}
    assert [header.identifier[-4:] for header in client.ListIdentifiers(**window)] == ["L003"]
    poems = client.ListIdentifiers(metadataPrefix="oai_dc", set="poetry")
    found = [header.identifier[-4:] for header in poems]
    assert found == ["L016", "L017", "L018", "L028", "L033", "L035", "L036", "L037"]
    assert "poetry" in {entry.setSpec for entry in client.ListSets()}


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("verb=ListRecords&resumptionToken=what%253Dever%2526cursor%253D1", "badResumptionToken"),
        ("verb=ListRecords&resumptionToken=nonsense", "badResumptionToken"),
        ("verb=ListRecords&metadataPrefix=marcxml", "cannotDisseminateFormat"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2099-01-01", "noRecordsMatch"),
        ("verb=GetRecord&metadataPrefix=oai_dc&identifier=nobody", "idDoesNotExist"),
        ("verb=Guess", "badVerb"),
    ],
)
def test_wrong_requests_are_answered_with_the_protocols_codes(base: str, query: str, code: str) -> None:
    status, _, body = get(f"{base}/library/oai?{query}")
    (fault,) = etree.fromstring(body).iter(f"{OAI}error")
    assert (status, fault.get("code")) == (200, code)


def test_media_come_whole_in_part_and_not_again(base: str) -> None:
    url = f"{base}/media/library/L001/001.jpg"
    status, headers, body = get(url)
    assert (status, len(body), headers["Content-Length"]) == (200, 2048, "2048")
    assert headers["Content-Type"] == "image/jpeg" and headers["ETag"]
    status, headers, body = get(url, Range="bytes=10-19")
    assert (status, body, headers["Content-Range"]) == (206, bytes(range(10, 20)), "bytes 10-19/2048")
    assert get(url, Range="bytes=9999-")[0] == 416
    assert get(url, **{"If-None-Match": headers["ETag"]})[0] == 304


@pytest.mark.parametrize(
    "path", ["museum/M015/001.jpg", "../overrides.json", "%2e%2e/overrides.json", "library/L001"]
)
def test_what_is_no_picture_is_not_found(base: str, data: Path, path: str) -> None:
    (data / "overrides.json").write_text("{}", encoding="utf-8")
    assert get(f"{base}/media/{path}")[0] == 404


def test_a_picture_is_described_in_mods_and_in_edm_and_places_have_coordinates(base: str) -> None:
    mods = get(
        f"{base}/museum/oai?verb=GetRecord&metadataPrefix=mods&identifier=oai:museum.sample.example:M033"
    )[2].decode()
    assert (
        'lang="kor"' in mods
        and "두 소매를 벌려 건 붉은 비단옷" in mods
        and "The robe hangs on a wooden rail" in mods
    )
    town = get(
        f"{base}/museum/oai?verb=GetRecord&metadataPrefix=mods&identifier=oai:museum.sample.example:M019"
    )[2].decode()
    assert "<mods:coordinates>35.82, 127.15</mods:coordinates>" in town
    edm = get(
        f"{base}/archive/oai?verb=GetRecord&metadataPrefix=edm&identifier=oai:archive.sample.example:A028"
    )[2].decode()
    assert "연둣빛 종이에 초록으로 찍은" in edm and edm.count("<wgs84:lat>") == 3
    assert edm.count("vocab/InC/1.0/") == 1


def test_addresses_in_the_records_lead_back_to_the_server(base: str) -> None:
    body = get(
        f"{base}/library/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:library.sample.example:L001"
    )[2]
    found = re.findall(rb">(http://127[^<]+)<", body)
    assert {address.decode().split("/")[2] for address in found} == {base.split("/")[2]}
    page = next(address.decode() for address in found if b"/items/" in address)
    assert "가상 기관" in get(page)[2].decode()
