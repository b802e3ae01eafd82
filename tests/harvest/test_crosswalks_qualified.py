"""Qualified Dublin Core: refinements, encoding schemes of DCMI, and real records of hubs."""

from __future__ import annotations

from pathlib import Path

import pytest

from harvest.crosswalks import dcsv, to_draft
from repository.item import ItemDraft, Text

ROOTS = (
    ("http://worldcat.org/xmlschemas/qdc-1.0/", "qualifieddc"),
    ("http://dspace.org/qualifieddc/", "qualifieddc"),
    ("http://epubs.cclrc.ac.uk/xmlns/qdc/", "qualifieddc"),
    ("http://www.bl.uk/namespaces/oai_dcq/", "qualifieddc"),
    ("http://purl.org/dc/terms/", "dcterms"),
    ("", "oai_qdc"),
)


def read(inner: str, namespace: str = ROOTS[0][0], name: str = "qualifieddc") -> ItemDraft:
    own = f'xmlns="{namespace}"' if namespace else ""
    spaces = (
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    )
    return to_draft(f"<{name} {own} {spaces}>{inner}</{name}>".encode(), "oai_qdc")


@pytest.mark.parametrize(("namespace", "name"), ROOTS)
def test_every_root_in_use(namespace: str, name: str) -> None:
    made = read("<dc:title>가</dc:title><dcterms:created>1861</dcterms:created>", namespace, name)
    assert (made.description.titles[0].value, made.description.dates[0].earliest) == ("가", 1861)


def test_refinements() -> None:
    made = read("""<dc:title>경성시가도</dc:title><dcterms:alternative>京城市街圖</dcterms:alternative>
        <dcterms:issued>昭和 11</dcterms:issued><dcterms:dateCopyrighted>1936</dcterms:dateCopyrighted>
        <dcterms:extent>1매</dcterms:extent><dcterms:medium>종이</dcterms:medium>
        <dcterms:isPartOf>지도첩</dcterms:isPartOf><dcterms:mediator>도서관</dcterms:mediator>
        <dcterms:license>https://www.kogl.or.kr/info/licenseType1.do</dcterms:license>
        <dcterms:rightsHolder>서울시</dcterms:rightsHolder><dc:type>지도</dc:type>""")
    described = made.description
    assert [(date.edtf, date.role) for date in described.dates] == [
        ("1936", "issued"),
        ("1936", "copyrighted"),
    ]
    assert [(note.kind, note.value) for note in described.notes] == [("physical", "종이"), ("note", "도서관")]
    assert (described.type, described.relations, described.extents) == (
        "map", (Text("지도첩", "ko"),), (Text("1매", "ko"),),
    )  # fmt: skip
    assert described.claims[0].uri == "https://www.kogl.or.kr/info/licenseType1.do"
    assert [(agent.names[0].value, agent.role) for agent in described.agents] == [("서울시", "cph")]
    assert [one.code for one in made.problems] == ["media_missing"]


def test_periods_of_the_dcmi_scheme() -> None:
    made = read("""
        <dcterms:temporal xsi:type="dcterms:Period">name=일제강점기; start=1910; end=1945;</dcterms:temporal>
        <dcterms:temporal>name=고려</dcterms:temporal><dcterms:temporal>조선 후기; 18세기</dcterms:temporal>
        <dcterms:temporal>start=1910; scheme=Geological timescale</dcterms:temporal>""")
    assert [(date.text, date.edtf) for date in made.description.dates] == [
        ("name=일제강점기; start=1910; end=1945;", "1910/1945"),
        ("name=고려", "0918/1392"),
        ("조선 후기", "1592~/1910~"),
        ("18세기", "1701/1800"),
        ("start=1910", ""),
        ("scheme=Geological timescale", ""),
    ]


def test_points_and_boxes_of_the_dcmi_schemes() -> None:
    box = "name=한반도; northlimit=43; southlimit=33; eastlimit=132; westlimit=124"
    made = read(f"""<dcterms:spatial>name=경성; east=126.978; north=37.566</dcterms:spatial>
        <dcterms:spatial>{box}</dcterms:spatial><dcterms:spatial>한성(漢城); 경성</dcterms:spatial>""")
    point, peninsula, hanseong, gyeongseong = made.description.places
    assert (point.names, point.latitude, point.longitude) == ((Text("경성", "ko"),), 37.566, 126.978)
    assert (peninsula.names, peninsula.latitude) == ((Text("한반도", "ko"),), None)
    assert [name.value for name in hanseong.names] == ["한성", "漢城"]
    assert gyeongseong.names == (Text("경성", "ko"),)
    assert box in [one.value for one in made.problems if one.code == "field_not_consumed"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("name=a\\;b; start=1", {"name": "a;b", "start": "1"}),
        ("east=1;north=2", {"east": "1", "north": "2"}),
        ("E = mc2", {}),
        ("서울; 부산", {}),
        ("start=1; 서울", {}),
        ("", {}),
    ],
)
def test_structured_values(value: str, expected: dict[str, str]) -> None:
    assert dcsv.parts(value) == expected


@pytest.mark.parametrize("name", ["ohio", "wi", "in", "virginias"])
def test_real_records_of_hubs(shared_data: Path, name: str) -> None:
    made = to_draft((shared_data / "hubs" / f"{name}.xml").read_bytes(), "oai_qdc")
    described = made.description
    assert described.titles and described.agents and described.places and described.claims
    assert described.shown_at.startswith("http") and described.type != "unknown"
    assert [one.field for one in made.problems if one.code == "field_not_consumed"] == []


def test_a_real_record_of_finland_without_namespace(shared_data: Path) -> None:
    made = to_draft((shared_data / "formats" / "finna_qdc1.xml").read_bytes(), "qdc")
    assert made.description.titles[0].lang == "fi" and made.description.dates[0].earliest == 2021
    unread = {one.field for one in made.problems if one.code == "field_not_consumed"}
    assert unread == {"permaddress", "recordID"}
