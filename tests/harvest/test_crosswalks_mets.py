from __future__ import annotations

import re
from pathlib import Path

import pytest

from harvest.crosswalks import to_draft
from repository.item import Claim, ItemDraft, Text

MODS = "<mods xmlns='http://www.loc.gov/mods/v3'><titleInfo><title>{}</title></titleInfo>{}</mods>"
HEAD = "<mets:mets xmlns:mets='http://www.loc.gov/METS/' xmlns:xlink='http://www.w3.org/1999/xlink'{}>"


def section(name: str, wrapped: str) -> str:
    wrap = f"<mets:mdWrap MDTYPE='OTHER'><mets:xmlData>{wrapped}</mets:xmlData></mets:mdWrap>"
    return f"<mets:dmdSec ID='{name}'>{wrap}</mets:dmdSec>"


def file(name: str, href: str, media_type: str = "image/jpeg", more: str = "") -> str:
    place = f"<mets:FLocat LOCTYPE='URL' xlink:href='{href}'/>"
    return f"<mets:file ID='{name}' MIMETYPE='{media_type}' {more}>{place}</mets:file>"


def group(use: str, *files: str) -> str:
    return f"<mets:fileGrp USE='{use}'>{''.join(files)}</mets:fileGrp>"


def page(more: str, *ids: str) -> str:
    return f"<mets:div {more}>{''.join(f'<mets:fptr FILEID={one!r}/>' for one in ids)}</mets:div>"


def physical(*divs: str) -> str:
    inside = "".join(divs)
    return (
        f"<mets:structMap TYPE='PHYSICAL'><mets:div TYPE='physSequence'>{inside}</mets:div></mets:structMap>"
    )


def read(*parts: str, attributes: str = "") -> ItemDraft:
    return to_draft(f"{HEAD.format(attributes)}{''.join(parts)}</mets:mets>".encode(), "mets")


def told(made: ItemDraft) -> list[tuple[str, str]]:
    return [(one.code, one.field) for one in made.problems]


THREE = (
    "<mets:fileSec>",
    group("THUMBS", file("t1", "http://x.example/t/1.jpg"), file("t2", "http://x.example/t/2.jpg")),
    group("DEFAULT", *(file(f"d{n}", f"http://x.example/d/{n}.jpg") for n in (1, 2, 3))),
    group("MASTER", file("m1", "file:///archive/1.tif", "image/tiff"),
          file("m2", "http://x.example/m/2.tif", "image/tiff")),
    group("FULLTEXT", *(file(f"a{n}", f"http://x.example/alto/{n}.xml", "text/xml") for n in (1, 2, 3))),
    group("DOWNLOAD", file("pdf", "http://x.example/all.pdf", "application/pdf")),
    "</mets:fileSec>",
)  # fmt: skip


def test_pages_stand_in_their_order_with_labels_and_the_best_picture_of_each() -> None:
    structure = physical(
        "<mets:fptr FILEID='pdf'/>",
        page("ID='P3' ORDER='3' ORDERLABEL=' - '", "d3", "a3"),
        page("ID='P1' ORDER='1' ORDERLABEL='1a'", "t1", "d1", "m1", "a1"),
        page("ID='P2' ORDER='2' LABEL='속표지'", "t2", "d2", "m2", "a2"),
    )
    logical = (
        "<mets:structMap TYPE='LOGICAL'><mets:div ID='L0' TYPE='monograph' DMDID='D1'>"
        "<mets:div ID='L1' TYPE='chapter' LABEL='서문'/></mets:div></mets:structMap>"
        "<mets:structLink><mets:smLink xlink:from='L1' xlink:to='P3'/></mets:structLink>"
    )
    made = read(section("D1", MODS.format("훈민정음", "")), *THREE, structure, logical)
    assert [(ref.url.partition("example/")[2], ref.role, ref.label.value) for ref in made.media] == [
        ("all.pdf", "document", ""),
        ("d/1.jpg", "page", "1a"),  # its master is on no web
        ("m/2.tif", "page", "속표지"),
        ("d/3.jpg", "page", "서문"),  # the page is not counted, but a chapter begins there
    ]
    assert made.description.titles[0].value == "훈민정음" and made.description.type == "book"
    assert told(made) == [("field_not_consumed", "fileSec/FULLTEXT")]
    assert made.problems[0].value == "3"


def test_the_description_is_that_of_the_thing_itself_and_not_of_its_parts_or_its_parent() -> None:
    logical = (
        "<mets:structMap TYPE='LOGICAL'><mets:div DMDID='UP' TYPE='multivolume'><mets:mptr xlink:href='http://x'/>"
        "<mets:div DMDID='VOL' TYPE='volume'><mets:div DMDID='CHAP'/></mets:div></mets:div></mets:structMap>"
    )
    parts = [section(name, MODS.format(name, "")) for name in ("CHAP", "UP", "VOL")]
    made = read(*parts, logical)
    assert [title.value for title in made.description.titles] == ["VOL"]
    assert ("field_not_consumed", "dmdSec") in told(made)
    assert next(one.value for one in made.problems if one.field == "dmdSec") == "2"


@pytest.mark.parametrize(
    "wrapped",
    [
        "<dc:title xmlns:dc='http://purl.org/dc/elements/1.1/'>해동지도</dc:title>"
        "<dc:type xmlns:dc='http://purl.org/dc/elements/1.1/'>지도</dc:type>",
        "<oai_dc:dc xmlns:oai_dc='http://www.openarchives.org/OAI/2.0/oai_dc/' "
        "xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>해동지도</dc:title><dc:type>지도</dc:type></oai_dc:dc>",
        MODS.format("해동지도", "<genre>지도</genre>"),
        "<record xmlns='http://www.loc.gov/MARC21/slim'><leader>00000nem a2200000 a 4500</leader>"
        "<datafield tag='245' ind1=' ' ind2=' '><subfield code='a'>해동지도</subfield></datafield></record>",
    ],
)
def test_the_description_is_read_by_the_crosswalk_of_its_format(wrapped: str) -> None:
    made = read("<mets:dmdSec ID='D0'><mets:mdRef MDTYPE='MARC' xlink:href='http://x/1'/></mets:dmdSec>",
                section("D1", wrapped))  # fmt: skip
    assert (made.description.titles[0].value, made.description.type) == ("해동지도", "map")
    assert ("reference_unresolved", "dmdSec/mdRef") in told(made) and ("media_missing", "") in told(made)


def test_rights_are_claims_and_other_administration_is_reported_once() -> None:
    rights = (
        "<mets:amdSec><mets:techMD ID='t'/><mets:techMD ID='u'/><mets:rightsMD ID='r'><mets:mdWrap><mets:xmlData>"
        "<dv:rights xmlns:dv='http://dfg-viewer.de/'><dv:owner>나루도서관</dv:owner>"
        "<dv:license>http://rightsstatements.org/vocab/InC/1.0/</dv:license></dv:rights>"
        "</mets:xmlData></mets:mdWrap></mets:rightsMD></mets:amdSec>"
    )
    made = read(section("D1", MODS.format("책", "")), rights)
    uri = "http://rightsstatements.org/vocab/InC/1.0/"
    assert made.description.claims == (Claim("", uri, "work", "amdSec/rightsMD/license"),)
    assert next(one.value for one in made.problems if one.field == "amdSec") == "2 × techMD"


def test_without_a_structure_the_files_of_the_best_group_stand_by_sequence() -> None:
    files = "".join((
        "<mets:fileSec>",
        group("thumbnail", file("a", "http://x.example/t.jpg")),
        group("reference", file("c", "http://x.example/2.jpg", more="SEQ='2'"),
              file("b", "http://x.example/1.jpg", more="SEQ='1'")),
        group("sound", file("s", "http://x.example/s.mp3", "audio/mpeg")),
        "</mets:fileSec>",
    ))  # fmt: skip
    made = read(section("D1", MODS.format("책", "")), files)
    assert [(ref.key, ref.role) for ref in made.media] == [
        ("1.jpg", "view"),
        ("2.jpg", "view"),
        ("s.mp3", "sound"),
    ]


def test_nested_parts_keep_their_own_order_and_lost_files_are_said() -> None:
    parts = physical(
        "<mets:div ORDER='2'>" + page("ORDER='1'", "d3", "gone") + "</mets:div>",
        "<mets:div ORDER='1'>" + page("ORDER='2'", "d2") + page("ORDER='1'", "d1") + "</mets:div>",
    )
    made = read(section("D1", MODS.format("책", "")), *THREE, parts)
    assert [ref.key for ref in made.media] == ["d/1.jpg", "d/2.jpg", "d/3.jpg"]
    assert ("reference_unresolved", "structMap/fptr") in told(made)


def test_a_document_with_nothing_in_it_is_parked_and_one_with_a_type_is_of_it() -> None:
    assert told(read()) == [("title_missing", ""), ("media_missing", "")]
    typed = read("<mets:structMap><mets:div TYPE='newspaper'/></mets:structMap>",
                 section("D1", MODS.format("신문", "")))  # fmt: skip
    assert typed.description.type == "newspaper" and "type_unknown" not in [code for code, _ in told(typed)]


def test_files_of_the_description_serve_where_the_document_has_none() -> None:
    location = "<location><url access='raw object'>http://x.example/a.jpg</url></location>"
    made = read(section("D1", MODS.format("책", location)))
    assert [ref.url for ref in made.media] == ["http://x.example/a.jpg"]


def test_a_real_document_of_640_pages(shared_data: Path) -> None:
    raw = (shared_data / "fulltext" / "hathitrust_79279237.mets.xml").read_bytes()
    bare = to_draft(raw, "mets")
    assert {"title_missing", "media_missing", "reference_unresolved", "url_invalid"} <= {
        code for code, _ in told(bare)
    }
    assert len(bare.problems) < 12  # one for each group of files, not one for each file
    based = re.sub(rb'xlink:href="(\d)', rb'xlink:href="https://babel.example/\1', raw)
    made = to_draft(based, "mets")
    pages = [ref for ref in made.media if ref.role == "page"]
    names = re.findall(rb'ID="IMG\d+".*?xlink:href="([^"]*)"', based, re.DOTALL)
    assert [ref.url.encode() for ref in pages] == names and len(pages) == 640
    assert pages[0].label == Text("FRONT_COVER, IMAGE_ON_PAGE, IMPLICIT_PAGE_NUMBER")
