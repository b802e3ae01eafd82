"""Folders and zips: what is in them arrives, what is not to be opened is not, and what vanished is a deletion."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path

import pytest

from harvest.connector import Connector
from harvest.connectors import archive, files, open_connector, whole
from harvest.oai_xml import HarvestedRecord, Page
from harvest.run import harvest
from harvest.source import Source
from repository.errors import TransferError
from repository.memory import Memory
from tests.harvest.connectors.conftest import Register
from tests.harvest.connectors.given import mapped, opening, source_of, stored, written
from tests.harvest.provider import Provider

MAPPING = {"title": "title", "type": "kind", "identifier": "id"}
MODS = '<mods xmlns="http://www.loc.gov/mods/v3"><titleInfo><title>{}</title></titleInfo>{}</mods>'
MARC = (
    '<record xmlns="http://www.loc.gov/MARC21/slim"><leader>00000nam a2200000 a 4500</leader>'
    '<controlfield tag="001">{}</controlfield>'
    '<datafield tag="245" ind1="0" ind2="0"><subfield code="a">{}</subfield></datafield></record>'
)
EDM = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:edm="http://www.europeana.eu/schemas/edm/" xmlns:ore="http://www.openarchives.org/ore/terms/"'
    ' xmlns:skos="http://www.w3.org/2004/02/skos/core#">{}</rdf:RDF>'
)
CHO = (
    '<edm:ProvidedCHO rdf:about="#{0}"><dc:title>{0}</dc:title><dc:creator rdf:resource="#a{0}"/></edm:ProvidedCHO>'
    '<ore:Aggregation rdf:about="#g{0}"><edm:aggregatedCHO rdf:resource="#{0}"/></ore:Aggregation>'
    '<edm:Agent rdf:about="#a{0}"><skos:prefLabel>by {0}</skos:prefLabel></edm:Agent>'
)


def opened(drop: Path, endpoint: str = "in", **options: object) -> Connector:
    return open_connector(source_of("files", endpoint, **options), opening(drop.parent))


def records(pages: list[Page]) -> dict[str, HarvestedRecord]:
    return {record.identifier: record for page in pages for record in page.records}


def read(drop: Path, endpoint: str = "in", **options: object) -> dict[str, HarvestedRecord]:
    return records(list(opened(drop, endpoint, **options).pages("json")))


def put(drop: Path, name: str, body: str | bytes) -> None:
    path = drop / "in" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body.encode() if isinstance(body, str) else body)


def refused(drop: Path, endpoint: str = "in") -> str:
    with pytest.raises(TransferError) as error:
        list(opened(drop, endpoint).pages("json"))
    return error.value.code


def test_files_of_every_form_give_their_records(drop: Path) -> None:
    put(drop, "one.xml", MODS.format("책", ""))
    put(
        drop,
        "b/named.xml",
        MODS.format("책", "<recordInfo><recordIdentifier>r7</recordIdentifier></recordInfo>"),
    )
    put(
        drop,
        "many.xml",
        f'<modsCollection xmlns="http://www.loc.gov/mods/v3">{MODS.format("가", "") * 2}</modsCollection>',
    )
    put(drop, "marc.xml", f"<collection>{MARC.format('m1', '갑')}{MARC.format('m2', '을')}</collection>")
    put(drop, "rows.jsonl", '{"id": "j1"}\n\n{"title": "없음"}\n')
    put(drop, "list.json", '[{"id": "l1"}, {"id": "l2"}]')
    put(drop, "object.json", b"\xef\xbb\xbf" + '{"title": "하나"}'.encode())
    put(drop, "read.me", "이것은 기록이 아니다")
    found = read(drop, mapping=MAPPING)
    assert sorted(found) == [
        "j1", "l1", "l2", "m1", "m2", "many.xml#1", "many.xml#2", "object.json", "one.xml", "r7", "rows.jsonl#3",
    ]  # fmt: skip
    assert json.loads(found["object.json"].payload) == {"title": "하나"}
    assert found["m1"].payload.startswith(b"<record><metadata><record xmlns=")


def test_a_graph_of_many_objects_is_one_record_each_with_its_own_context(drop: Path) -> None:
    put(drop, "edm.xml", EDM.format(CHO.format("x") + CHO.format("y")))
    found = read(drop)
    assert sorted(found) == ["#x", "#y"]
    assert b"by x" in found["#x"].payload and b"by y" not in found["#x"].payload


def test_a_saved_answer_keeps_its_own_identifiers_and_deletions(drop: Path, provider: Provider) -> None:
    provider.add("oai:x:1")
    provider.add("oai:x:2", deleted=True)
    provider.page_size = 9
    answer = provider._answer("ListRecords", provider.rows, "")
    put(drop, "page.xml", answer.body)
    found = read(drop)
    assert {name: record.deleted for name, record in found.items()} == {"oai:x:1": False, "oai:x:2": True}


def test_a_record_at_a_path_of_a_json_or_xml_file(drop: Path) -> None:
    put(drop, "a.json", '{"data": {"rows": [{"id": 1}, {"id": 2}]}}')
    put(drop, "b.xml", "<data><rows><id>3</id></rows></data>")
    found = read(drop, files={"records": "data.rows", "identifier": "id"})
    assert sorted(found) == ["1", "2", "3"]


def test_what_is_broken_is_set_aside_by_itself(drop: Path) -> None:
    put(drop, "a.xml", "<mods>")
    put(drop, "b.json", "{")
    put(drop, "c.jsonl", '{"id": 1}\n{"id":\n"text"\n')
    put(drop, "d.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    put(drop, "e.json", '{"id": "j", "title": "\\ud800"}')
    (page,) = opened(drop, files={"identifier": "id"}).pages("json")
    assert [record.identifier for record in page.records] == ["1"]
    assert [held.reason for held in page.quarantined] == [
        "record_not_wellformed", "record_not_wellformed", "record_not_wellformed", "metadata_foreign",
        "record_not_wellformed", "record_not_wellformed",
    ]  # fmt: skip


@pytest.mark.parametrize("depth", [60, 300, 900, 100_000])
def test_what_is_nested_without_end_is_set_aside(drop: Path, depth: int) -> None:
    put(drop, "a.json", '{"id": 1, "deep": ' + "[" * depth + "]" * depth + "}")
    put(drop, "b.json", '{"id": 2, "deep": ' + '{"#text":' * depth + "0" + "}" * depth + "}")
    (page,) = opened(drop, files={"identifier": "id"}, mapping={"title": "deep"}).pages("json")
    assert (len(page.records), len(page.quarantined)) == ((2, 0) if depth == 60 else (0, 2))


def test_an_identifier_used_twice_is_seen_and_its_equals_are_not(drop: Path) -> None:
    put(drop, "a.jsonl", '{"id": 1}\n{"id": 1}\n{"id": 1, "title": "다른 것"}\n')
    (page,) = opened(drop, files={"identifier": "id"}).pages("json")
    assert [record.payload for record in page.records] == [b'{"id":1}']
    assert [(held.reason, held.detail) for held in page.quarantined] == [("identifier_reused", "1")]


def test_equal_records_are_equal_bytes_however_they_are_written(drop: Path) -> None:
    put(drop, "a.json", '{"b": 37.0, "a": [1, "가"]}')
    before = read(drop)["a.json"].payload
    put(drop, "a.json", '{ "a" : [1, "\\uac00"],\n "b" : 37 }')
    assert read(drop)["a.json"].payload == before == '{"a":[1,"가"],"b":37}'.encode()


def test_pages_go_on_from_a_token_until_something_is_changed(drop: Path) -> None:
    lines = "".join(f'{{"id": {number}}}\n' for number in range(whole.PAGE * 2 + 5))
    put(drop, "a.jsonl", lines)
    connector = opened(drop, files={"identifier": "id"})
    pages = list(connector.pages("json"))
    assert [len(page.records) for page in pages] == [whole.PAGE, whole.PAGE, 5]
    rest = list(
        opened(drop, files={"identifier": "id"}).pages("json", token=pages[0].token, received=whole.PAGE)
    )
    assert [page.records for page in rest] == [page.records for page in pages[1:]]
    bare = records(list(connector.identifiers("json")))
    assert len(bare) == 405 and not any(record.payload for record in bare.values())
    put(drop, "b.jsonl", '{"id": "new"}')
    with pytest.raises(TransferError, match="token_refused"):
        list(connector.pages("json", token=pages[0].token))


def test_one_record_is_found_or_honestly_not(drop: Path) -> None:
    put(drop, "a.jsonl", '{"id": 1}\n{"id": 2}')
    connector = opened(drop, files={"identifier": "id"})
    assert [record.identifier for record in connector.get_record("2", "json").records] == ["2"]
    assert connector.get_record("3", "json").error == "idDoesNotExist"
    put(drop, "b.jsonl", '{"id": 3}')
    assert [record.identifier for record in connector.get_record("3", "json").records] == ["3"]
    put(drop, "c.jsonl", '{"id": 4')
    assert [record.identifier for record in connector.get_record("3", "json").records] == ["3"]
    with pytest.raises(TransferError, match="file_unreadable"):
        connector.get_record("4", "json")


def test_it_has_no_times_and_no_deletions_of_its_own(drop: Path) -> None:
    put(drop, "a.json", "{}")
    said = opened(drop).identify()
    assert (said.protocol, said.granularity, said.deleted) == ("files", "", "no")
    assert list(opened(drop).list_sets()) == []


@pytest.mark.parametrize(
    "endpoint", ["../outside", "/etc", "file:///etc", "file://host/in", "missing", "in/link", "in\0"]
)
def test_nothing_outside_is_opened(drop: Path, endpoint: str) -> None:
    (drop.parent / "outside").mkdir()
    put(drop, "a.json", "{}")
    (drop / "in" / "link").symlink_to(drop.parent / "outside")
    assert refused(drop, endpoint) == "folder_refused"


def test_a_link_inside_a_folder_is_told_and_not_followed(drop: Path) -> None:
    put(drop, "a.json", "{}")
    (drop.parent / "secret.json").write_text('{"id": "secret"}')
    (drop / "in" / "b.json").symlink_to(drop.parent / "secret.json")
    assert refused(drop) == "folder_refused"


def test_a_file_address_inside_is_the_same_place(drop: Path) -> None:
    put(drop, "가 나/a.json", '{"a": 1}')
    assert sorted(read(drop, f"file://{drop}/in/%EA%B0%80%20%EB%82%98")) == ["a.json"]
    assert sorted(read(drop, str(drop / "in"))) == ["가 나/a.json"]


def zipped(drop: Path, **names: str | bytes) -> zipfile.ZipFile:
    with zipfile.ZipFile(drop / "z.zip", "w", zipfile.ZIP_DEFLATED) as made:
        for name, body in names.items():
            made.writestr(name, body)
    return made


def test_a_zip_is_read_in_place(drop: Path) -> None:
    zipped(drop, **{"b/2.json": '{"title": "둘"}', "1.json": '{"title": "하나"}', "x.txt": "아님"})
    assert list(read(drop, "z.zip")) == ["1.json", "b/2.json"]
    assert [path.name for path in drop.iterdir()] == ["z.zip"]


def test_korean_names_of_old_windows_archives_are_read(drop: Path) -> None:
    info = zipfile.ZipInfo("placeholder.json")
    with zipfile.ZipFile(drop / "z.zip", "w") as made:
        made.writestr(info, '{"title": "책"}')
    raw = (drop / "z.zip").read_bytes().replace(b"placeholder", "고문서목록1".encode("cp949"))
    (drop / "z.zip").write_bytes(raw)
    assert list(read(drop, "z.zip")) == ["고문서목록1.json"]


def test_dangerous_archives_are_refused(drop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    zipped(drop, **{"bomb.json": b"0" * 50_000_000})
    assert refused(drop, "z.zip") == "archive_refused"
    zipped(drop, **{"../a.json": "{}"})
    assert refused(drop, "z.zip") == "archive_refused"
    (drop / "z.zip").write_bytes(b"PK\x03\x04 and no more")
    assert refused(drop, "z.zip") == "archive_refused"
    zipped(drop, **{"a.json": "{}", "b.json": "{}"})
    monkeypatch.setattr(archive, "ENTRIES", 1)
    assert refused(drop, "z.zip") == "archive_refused"


def test_a_file_is_never_read_beyond_the_limit(drop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "FILE_LIMIT", 1000)
    zipped(drop, **{"a.json": os.urandom(2000)})
    assert refused(drop, "z.zip") == "file_too_large"
    put(drop, "a.json", b" " * 1001)
    assert refused(drop) == "file_too_large"


def source(**options: object) -> Source:
    return source_of("files", "in", mapping=MAPPING, **options)


def test_a_folder_is_harvested_and_only_what_changed_is_written(
    memory: Memory, drop: Path, register: Register
) -> None:
    register(source(most_gone=0.6))
    for number in range(4):
        put(drop, f"{number}.json", json.dumps({"id": str(number), "title": f"책 {number}", "kind": "고서"}))
    assert harvest(memory, "s", full=True).counts["new"] == 4
    before = written(memory)
    assert harvest(memory, "s", full=True).counts["unchanged"] == 4
    assert written(memory) == before
    put(drop, "1.json", json.dumps({"id": "1", "title": "고친 책", "kind": "고서"}))
    (drop / "in" / "2.json").unlink()
    harvest(memory, "s", full=True)
    found = stored(memory, "s")
    assert {name: row.item.title for name, row in found.items()} == {"0": "책 0", "1": "고친 책", "3": "책 3"}
    assert {row.item.description.type for row in found.values()} == {"book"}


def test_a_line_that_is_damaged_deletes_nothing(memory: Memory, drop: Path, register: Register) -> None:
    register(source(files={"identifier": "id"}))
    lines = [json.dumps({"id": str(number), "title": f"책 {number}"}) for number in range(3)]
    put(drop, "a.jsonl", "\n".join(lines))
    harvest(memory, "s", full=True)
    put(drop, "a.jsonl", "\n".join([lines[0], lines[1][:-4], lines[2]]))
    assert harvest(memory, "s", full=True).counts["quarantined"] == 1
    assert sorted(stored(memory, "s")) == ["0", "1", "2"]
    put(drop, "a.jsonl", "\n".join([lines[0], lines[2]]))
    harvest(memory, "s", full=True)
    assert sorted(stored(memory, "s")) == ["0", "2"]


def test_a_changed_mapping_reads_the_records_anew(memory: Memory, drop: Path, register: Register) -> None:
    register(source())
    put(drop, "1.json", '{"id": "1", "title": "책", "name": "서명"}')
    harvest(memory, "s", full=True)
    register(source_of("files", "in", mapping={**MAPPING, "title": "name"}))
    assert harvest(memory, "s", full=True).counts["unchanged"] == 1
    assert stored(memory, "s")["1"].item.title == "서명"


@pytest.mark.parametrize(("name", "number"), [("carnegie", 2030), ("tate", 1978)])
def test_real_museums_become_items(
    memory: Memory, drop: Path, register: Register, shared_data: Path, name: str, number: int
) -> None:
    """At least 98 in 100, with title, identifier and a type of their own; what has no title says so."""
    body = (shared_data / "museum" / f"{ {'carnegie': 'cmoa'}.get(name, name) }_artworks.jsonl").read_bytes()
    if name == "tate":
        with zipfile.ZipFile(drop / "tate.zip", "w", zipfile.ZIP_DEFLATED) as made:
            made.writestr("a.jsonl", body)
    else:
        (drop / name).mkdir()
        (drop / name / "a.jsonl").write_bytes(body)
    register(mapped(name))
    summary = harvest(memory, name, full=True)
    assert summary.counts["received"] == number
    found = stored(memory, name)
    told = {json.loads(line)["acno" if name == "tate" else "id"] for line in body.splitlines()}
    assert found.keys() <= told and len(found) >= 0.98 * number
    typed = [row for row in found.values() if row.item.description.type != "unknown"]
    assert len(typed) >= 0.98 * number
    assert all(row.item.title and row.item.description.identifiers for row in found.values())
