"""Saved mappings: paths into records, fields read as those of Dublin Core are, and what nobody reads told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from lxml import etree

from harvest import connectors
from harvest.crosswalks import VERSION, mapped_paths, mapped_rules, to_draft, version
from harvest.crosswalks.mapped_rules import FIELDS, Mapping, Rule
from harvest.source import check_source, read_source_file
from harvest.source_kinds import KINDS
from repository.errors import BadRequest
from repository.item import Claim, ItemDraft, Text, canonical
from repository.problems import Problem
from tests.harvest.connectors.given import source_of

RECORD = {
    "title": "책",
    "names": [{"ko": "가", "en": "A"}, {"ko": "나"}],
    "deep": {"er": {"list": ["x", "y"]}},
    "a.b": "점",
    "[필수] 제목": "책",
    "none": None,
    "number": 3.5,
}
SOURCE = """
id = "s"
name_ko = "새벽도서관"
name_en = "Dawn"
provider = "lib"
prefixes = ["json"]
"""


def mapping(**fields: Any) -> Mapping:
    return msgspec.convert({"title": "title", **fields}, Mapping)


def read(record: object, **fields: Any) -> ItemDraft:
    return to_draft(canonical(record), "json", mapping(**fields))


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("title", ["책"]),
        ("names[*].ko", ["가", "나"]),
        ("names.ko", ["가", "나"]),
        ("names[0].en", ["A"]),
        ("names[1].en", []),
        ("names[9].en", []),
        ("deep.er.list", ["x", "y"]),
        ("deep.er.list[1]", ["y"]),
        ("deep.er", []),
        ("title[*]", ["책"]),
        ("title[0]", ["책"]),
        ("title.more", []),
        ("a.b", ["점"]),
        ('"a.b"', ["점"]),
        ('"[필수] 제목"', ["책"]),
        ("none", []),
        ("number", ["3.5"]),
        ("missing", []),
    ],
)
def test_paths_lead_to_values(path: str, found: list[str]) -> None:
    assert mapped_paths.texts(RECORD, path) == found


@pytest.mark.parametrize("path", ["", "a[", "a[x]", "a..b", "[*"])
def test_what_is_no_path_is_refused(path: str) -> None:
    with pytest.raises(ValueError):
        mapped_paths.steps(path)


def test_xml_is_read_by_the_same_paths() -> None:
    element = etree.fromstring('<item n="7"><t lang="ko">책</t><t>Book</t><w><x/></w></item>')
    value = mapped_paths.plain(element)
    assert value == {"@n": "7", "t": [{"@lang": "ko", "#text": "책"}, "Book"], "w": {"x": ""}}
    assert (
        mapped_paths.texts(value, "t") == ["책", "Book"] and mapped_paths.first(value, "t[0].@lang") == "ko"
    )


def test_every_field_is_read_as_in_dublin_core() -> None:
    record = {
        "title": "훈민정음(訓民正音)",
        "en": "The Proper Sounds",
        "who": "세종(1397-1450); 정인지",
        "pub": "집현전",
        "when": "세종 28년(1446)",
        "about": "15세기",
        "kind": "고서",
        "size": "1책",
        "type": "image/jpeg",
        "topic": ["한글", "문자"],
        "text": "<p>처음</p><p>다음</p>",
        "speech": "한국어",
        "where": "한성(漢城)",
        "lat": "37.5",
        "lon": 127,
        "id": "71호",
        "page": "https://museum.example/1",
        "file": "https://museum.example/1.jpg",
        "keeper": "간송미술관",
        "terms": "공공누리 제1유형",
        "image terms": "공공누리 제4유형",
        "part of": "국보",
    }
    made = read(
        record,
        titles={"path": "en", "lang": "en"},
        creators={"path": "who", "split": ";"},
        publisher="pub",
        date="when",
        depicted="about",
        type="kind",
        extent="size",
        format="type",
        subjects="topic",
        description="text",
        language="speech",
        place="where",
        latitude="lat",
        longitude="lon",
        identifier="id",
        shown_at="page",
        media="file",
        holder="keeper",
        rights="terms",
        media_rights="image terms",
        relations="part of",
    )
    described = made.description
    assert [(title.value, title.lang, title.kind) for title in described.titles] == [
        ("훈민정음(訓民正音)", "ko", "main"),
        ("The Proper Sounds", "en", "translated"),
    ]
    assert described.type == "book"
    assert [(agent.names[0].value, agent.role) for agent in described.agents] == [
        ("세종", "cre"), ("정인지", "cre"), ("집현전", "pbl"),
    ]  # fmt: skip
    assert [(date.earliest, date.role) for date in described.dates][:1] == [(1446, "issued")]
    assert [(date.earliest, date.role) for date in described.dates][1:] == [(1401, "depicted")]
    assert [name.lang for name in described.places[0].names] == ["ko", "ko-Hani"]
    assert (described.places[0].latitude, described.places[0].longitude) == (37.5, 127.0)
    assert [text.value for text in described.subjects] == ["한글", "문자"]
    assert described.notes[0].value == "처음\n\n다음" and described.languages == ("ko",)
    assert described.extents == (Text("1책", "ko"),) and described.identifiers == ("71호",)
    assert described.shown_at == "https://museum.example/1" and described.holder == (
        Text("간송미술관", "ko"),
    )
    assert described.claims == (Claim("공공누리 제1유형", "", "work", "terms"),)
    assert described.relations == (Text("국보", "ko"),)
    (file,) = made.media
    assert (file.url, file.role, [claim.layer for claim in file.claims]) == (
        "https://museum.example/1.jpg", "view", ["reproduction"],
    )  # fmt: skip
    assert made.problems == ()


def test_what_no_rule_reads_is_told_by_its_path_unless_it_is_ignored() -> None:
    record = {"title": "책", "x": {"y": [{"z": 1}, {"z": ""}]}, "w": {"v": "2", "u": "3"}, "none": None}
    left = [one for one in read(record).problems if one.code == "field_not_consumed"]
    assert left == [
        Problem("field_not_consumed", "w.u", "3"),
        Problem("field_not_consumed", "w.v", "2"),
        Problem("field_not_consumed", "x.y.z", "1"),
    ]
    ignored = read(record, ignore=["w", "x.y.z"]).problems
    assert [one for one in ignored if one.code == "field_not_consumed"] == []


def test_constants_words_and_templates() -> None:
    record = {"title": "책", "kind": "A", "id": "가/1"}
    made = read(
        record,
        type={"path": "kind", "values": {"A": "고서"}},
        holder={"value": "국립박물관"},
        media={"path": "id", "template": "https://x.example/{value}.jpg", "role": "page"},
        contributors={"value": "아무개", "role": "edt"},
        notes={"value": "새겨진 글", "role": "inscription", "lang": "ko"},
    )
    assert made.description.type == "book" and made.description.holder[0].value == "국립박물관"
    assert (made.media[0].url, made.media[0].role) == ("https://x.example/가/1.jpg", "page")
    assert made.description.agents[0].role == "edt" and made.description.notes[0].kind == "inscription"


def test_a_record_without_a_title_or_with_damage_says_so() -> None:
    codes = {
        one.code for one in read({"title": " ", "url": "no address"}, media="url", shown_at="url").problems
    }
    assert {"title_missing", "url_invalid", "media_missing", "type_unknown"} <= codes
    made = read({"title": "a\x00b\ufffe <b>c</b> & d"})
    assert made.description.titles[0].value == "ab c & d"
    assert "text_illegal" in {one.code for one in made.problems}


@pytest.mark.parametrize("payload", [b"{", b"[1]", b'{"title": ', b'{"a":' * 5000])
def test_what_is_no_record_is_refused_and_never_raises(payload: bytes) -> None:
    (problem,) = to_draft(payload, "json", mapping()).problems
    assert problem.code == "metadata_foreign"


def test_json_without_a_mapping_is_foreign() -> None:
    (problem,) = to_draft(b'{"title": "x"}', "json").problems
    assert problem.code == "metadata_foreign"


def test_xml_goes_by_its_namespace_and_without_one_by_the_mapping() -> None:
    bare = "<record><metadata><item><title>책</title></item></metadata><about></about></record>"
    assert to_draft(bare.encode(), "xml", mapping()).description.titles[0].value == "책"
    named = (
        '<record><metadata><mods xmlns="http://www.loc.gov/mods/v3"><titleInfo><title>지도</title></titleInfo>'
        "</mods></metadata></record>"
    )
    assert to_draft(named.encode(), "mods", mapping()).description.titles[0].value == "지도"


def test_a_changed_mapping_is_another_reader() -> None:
    assert version() == VERSION
    assert version(mapping()) == version(mapping()) != version(mapping(date="d"))
    assert version(mapping()).startswith(f"{VERSION}/") and len(version(mapping())) < 60


def test_every_kind_has_a_connector_and_every_field_a_rule() -> None:
    assert tuple(connectors.KINDS) == KINDS
    full = mapping(**dict.fromkeys(FIELDS, "x"))
    assert all(mapped_rules.rules(full, field) == (Rule("x"),) for field in FIELDS)


@pytest.mark.parametrize(
    ("kind", "options", "wrong"),
    [
        ("ftp", {}, "there are oai, rest, files, sheet"),
        ("rest", {}, "[rest] is needed"),
        ("rest", {"endpoint": "drop/x", "rest": {"records": "a", "identifier": "b"}}, "no http address"),
        ("rest", {"rest": {"records": "a..b", "identifier": "b"}}, "is no path"),
        ("rest", {"rest": {"records": "a", "identifier": ""}}, "rest.identifier"),
        (
            "rest",
            {"rest": {"records": "a", "identifier": "b", "key": {"value": "K", "header": "X"}}},
            "secret:NAME",
        ),
        (
            "rest",
            {"rest": {"records": "a", "identifier": "b", "key": {"value": "secret:K"}}},
            "one of parameter",
        ),
        (
            "rest",
            {"rest": {"records": "a", "identifier": "b", "paging": {"by": "leaf"}}},
            "there are none, page",
        ),
        ("rest", {"rest": {"records": "a", "identifier": "b", "paging": {"by": "page"}}}, "paging.parameter"),
        ("rest", {"rest": {"records": "a", "identifier": "b", "paging": {"by": "link"}}}, "paging.next"),
        (
            "rest",
            {"rest": {"records": "a", "identifier": "b", "detail": "http://y.example/{identifier}"}},
            "own host",
        ),
        ("rest", {"set": "x", "rest": {"records": "a", "identifier": "b"}}, "set_parameter"),
        ("files", {"rest": {"records": "a", "identifier": "b"}}, "does not belong"),
        ("files", {"mapping": {"title": []}}, "mapping.title is needed"),
        ("files", {"mapping": {"title": {"lang": "ko"}}}, "one of path and value"),
        ("files", {"mapping": {"title": {"path": "a", "template": "b"}}}, "{value}"),
        ("sheet", {"sheet": {"identifier": "a"}}, "[mapping] is needed"),
        ("sheet", {"sheet": {"identifier": ""}, "mapping": {"title": "a"}}, "sheet.identifier"),
        ("sheet", {"sheet": {"identifier": "a", "header": 0}, "mapping": {"title": "a"}}, "header is 1 to 5"),
        (
            "sheet",
            {"sheet": {"identifier": "a", "delimiter": "::"}, "mapping": {"title": "a"}},
            "one character",
        ),
    ],
)
def test_a_source_that_cannot_work_is_refused_in_words(
    kind: str, options: dict[str, Any], wrong: str
) -> None:
    with pytest.raises(BadRequest) as error:
        source_of(kind, **{"endpoint": "http://x.example/", **options})
    assert wrong in error.value.en


@pytest.mark.parametrize(
    "more",
    [
        'colour = "red"',
        "[mapping]\ntitle = 'a'\nbogus = 'b'",
        "[files]\nfolder = 'x'",
        "[mapping]\ntitle = {pat = 'a'}",
    ],
)
def test_unknown_fields_are_refused(tmp_path: Path, more: str) -> None:
    path = tmp_path / "s.toml"
    path.write_text(f'{SOURCE}kind = "files"\nendpoint = "in"\n{more}\n')
    with pytest.raises(BadRequest, match="unknown field"):
        read_source_file(path)


def test_a_source_file_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "s.toml"
    path.write_text(
        f'{SOURCE}kind = "rest"\nendpoint = "{{base}}/api"\n[rest]\nrecords = "r"\nidentifier = ["a", "b"]\n'
        'times = {from = "f"}\n[mapping]\ntitle = "t"\ntitles = ["u", {path = "v", lang = "en"}]\n'
    )
    source = read_source_file(path, "http://x.example").source
    check_source(source)
    assert source.rest is not None and source.rest.times is not None and source.mapping is not None
    assert (source.rest.identifier, source.rest.times.from_) == (("a", "b"), "f")
    assert mapped_rules.rules(source.mapping, "titles") == (Rule("u"), Rule("v", lang="en"))
    assert msgspec.json.decode(canonical(source), type=type(source)) == source
