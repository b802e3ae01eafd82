from __future__ import annotations

from pathlib import Path

import pytest

from harvest.crosswalks import to_draft
from harvest.oai_xml import parse_page
from repository.item import Caption, Claim, ItemDraft, Text, Title

RECORD = """<mods:mods xmlns:mods="http://www.loc.gov/mods/v3" xmlns="http://www.loc.gov/mods/v3"
 xmlns:xlink="http://www.w3.org/1999/xlink" version="3.7">{}</mods:mods>"""


def read(xml: str) -> ItemDraft:
    return to_draft(RECORD.format(xml).encode(), "mods")


def unread(made: ItemDraft) -> list[str]:
    return [one.field for one in made.problems if one.code == "field_not_consumed"]


def test_titles() -> None:
    made = read("""
        <titleInfo type="translated" lang="eng"><nonSort>The</nonSort><title>Map</title>
          <subTitle>a sheet</subTitle></titleInfo>
        <titleInfo type="alternative" lang="kor" script="Hani"><title>大東輿地圖</title></titleInfo>
        <titleInfo type="alternative" script="Latn" transliteration="rr"><title>Daedong yeojido</title></titleInfo>
        <titleInfo lang="kor"><title>대동여지도 /</title><partNumber>제1첩</partNumber></titleInfo>
        <titleInfo supplied="yes"><title>[지도]</title></titleInfo>""")
    assert made.description.titles == (
        Title("대동여지도. 제1첩", "ko"),
        Title("[지도]", "ko", "supplied"),
        Title("The Map: a sheet", "en", "translated"),
        Title("大東輿地圖", "ko-Hani", "alternative"),
        Title("Daedong yeojido", "ko-Latn", "transliterated"),
    )


def test_names() -> None:
    made = read("""
        <name type="personal"><namePart>김정희</namePart><alternativeName altType="Hani"><namePart>金正喜</namePart>
          </alternativeName><namePart type="date">1786~1856</namePart><description>호: 추사(秋史)</description>
          <role><roleTerm type="code" authority="marcrelator">scr</roleTerm></role></name>
        <name type="corporate" valueURI="http://viaf.org/1"><namePart>의궤청</namePart>
          <role><roleTerm>issuing body</roleTerm></role></name>
        <name altRepGroup="1" lang="kor"><namePart>정선</namePart></name>
        <name altRepGroup="1" lang="eng"><namePart type="family">Jeong</namePart>
          <namePart type="given">Seon</namePart></name>
        <name><namePart>A</namePart><affiliation>University</affiliation>
          <role><roleTerm>juggler</roleTerm></role></name>""")
    kim, office, jeong, other = made.description.agents
    assert [(name.value, name.lang) for name in kim.names] == [
        ("김정희", "ko"), ("金正喜", "ko-Hani"), ("추사", "ko"), ("秋史", "ko-Hani"),
    ]  # fmt: skip
    assert (kim.role, kim.kind, kim.dates, kim.born, kim.died) == ("scr", "person", "1786~1856", 1786, 1856)
    assert (office.role, office.kind, office.uris) == ("isb", "body", ("http://viaf.org/1",))
    assert [name.value for name in jeong.names] == ["정선", "Jeong, Seon"]
    assert other.role == "ctb"
    assert [note.value for note in made.description.notes] == ["University"]
    assert unread(made) == []


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        ("<dateCreated>철종 12년(1861)</dateCreated><dateCreated encoding='edtf' keyDate='yes'>1861</dateCreated>",
         [("철종 12년(1861)", "1861", "created")]),
        ("<dateIssued point='start' encoding='marc'>1900</dateIssued>"
         "<dateIssued point='end' encoding='marc'>1922</dateIssued>",
         [("1900/1922", "1900/1922", "issued")]),
        ("<dateCreated point='start'>1860</dateCreated><dateCreated point='end'>1860</dateCreated>"
         "<dateCreated>1860</dateCreated>", [("1860", "1860", "created")]),
        ("<dateCreated encoding='iso8601'>20210311</dateCreated>", [("2021-03-11", "2021-03-11", "created")]),
        ("<dateCreated encoding='marc'>18uu</dateCreated>", [("18XX", "18XX", "created")]),
        ("<copyrightDate encoding='w3cdtf'>1999</copyrightDate>", [("1999", "1999", "copyrighted")]),
        ("<dateCaptured encoding='w3cdtf'>2020-05</dateCaptured>", [("2020-05", "2020-05", "other")]),
        ("<dateCreated encoding='edtf' qualifier='approximate'>1904</dateCreated>", [("1904~", "1904~", "created")]),
        ("<dateIssued point='start' encoding='marc'>1950</dateIssued>"
         "<dateIssued point='end' encoding='marc'>9999</dateIssued>",
         [("1950/..", "1950/..", "issued")]),
    ],
)  # fmt: skip
def test_dates(xml: str, expected: list[tuple[str, str, str]]) -> None:
    dates = read(f"<originInfo>{xml}</originInfo>").description.dates
    assert [(date.text, date.edtf, date.role) for date in dates] == expected


def test_dates_that_contradict_each_other_both_stay() -> None:
    made = read(
        "<originInfo><dateCreated>1861</dateCreated><dateCreated encoding='edtf'>1961</dateCreated></originInfo>"
    )
    assert [date.earliest for date in made.description.dates] == [1861, 1961]
    assert "date_contradicts" in [one.code for one in made.problems]


def test_inferred_dates_are_no_exact_ones() -> None:
    made = read(
        "<originInfo><dateCreated encoding='w3cdtf' qualifier='inferred'>1904</dateCreated></originInfo>"
    )
    assert made.description.dates[0].confidence == "inferred"


def test_subjects_places_and_times() -> None:
    made = read("""
        <subject><topic>산수</topic><geographic>금강산(金剛山)</geographic><temporal>1392/1897</temporal></subject>
        <subject valueURI="http://vocab.getty.edu/tgn/7014531"><hierarchicalGeographic>
          <country>United States</country>
          <city>Springfield</city></hierarchicalGeographic><cartographics><coordinates>42.1,-72.58</coordinates>
          </cartographics></subject>
        <subject><name><namePart>안평대군</namePart></name><titleInfo><title>도원기</title></titleInfo></subject>
        <originInfo><place><placeTerm type="code">ko</placeTerm><placeTerm type="text">漢城 :</placeTerm></place>
          <publisher>교서관</publisher><edition>초간</edition></originInfo>""")
    item = made.description
    assert [subject.value for subject in item.subjects] == ["산수", "안평대군", "도원기"]
    origin, mountain, city = item.places
    assert origin.names[0].value == "漢城" and len(mountain.names) == 2
    assert (city.names[0].value, city.latitude, city.uris) == (
        "Springfield, United States", 42.1, ("http://vocab.getty.edu/tgn/7014531",),
    )  # fmt: skip
    assert (item.dates[0].role, item.agents[0].role) == ("depicted", "pbl")
    assert [note.value for note in item.notes] == ["초간"]
    assert unread(made) == []


def test_files_captions_and_the_page() -> None:
    made = read("""
        <location><physicalLocation type="container">Box 1</physicalLocation>
          <physicalLocation>나루박물관</physicalLocation>
          <shelfLocator>나루-1</shelfLocator><url usage="primary display">http://x/items/1</url>
          <url access="preview">http://x/thumb.jpg</url><url note="iiif-manifest">http://x/manifest</url>
          <url access="raw object" displayLabel="전체">http://x/file/1</url></location>
        <relatedItem type="constituent"><titleInfo><title>영상</title></titleInfo>
          <note type="alternative text">달밤의 춤</note>
          <location><url access="raw object" note="video/mp4">http://x/f</url></location></relatedItem>
        <relatedItem type="constituent"><location><url>http://x/f.ko.vtt</url></location></relatedItem>
        <relatedItem type="host"><titleInfo><title>소장품집</title></titleInfo><extra>x</extra></relatedItem>""")
    picture, manifest, film = made.media
    assert (manifest.role, manifest.url) == ("manifest", "http://x/manifest")
    assert (picture.key, picture.label, picture.role) == ("file/1", Text("전체"), "view")
    assert (film.role, film.label.value, film.alt) == ("film", "영상", (Text("달밤의 춤", "ko"),))
    assert film.captions == (Caption("http://x/f.ko.vtt", "ko"),)
    item = made.description
    assert (item.shown_at, item.identifiers) == ("http://x/items/1", ("나루-1",))
    assert (item.holder, item.relations) == ((Text("나루박물관", "ko"),), (Text("소장품집", "ko"),))
    assert unread(made) == []


def test_a_preview_counts_where_there_is_nothing_else() -> None:
    made = read("<location><url access='preview'>http://x/t</url><url>http://x/1</url></location>")
    assert ([ref.url for ref in made.media], made.description.shown_at) == (["http://x/t"], "http://x/1")


def test_rights_of_every_kind() -> None:
    made = read("""
        <accessCondition type="use and reproduction" xlink:href="http://www.kogl.or.kr/x">제1유형</accessCondition>
        <accessCondition type="restriction on access">열람 가능</accessCondition><accessCondition/>""")
    assert made.description.claims == (
        Claim("제1유형", "http://www.kogl.or.kr/x", field="accessCondition"),
        Claim("열람 가능", field="accessCondition"),
    )


def test_the_rest_of_a_record() -> None:
    made = read("""<typeOfResource>text</typeOfResource><genre lang="kor">고서</genre><genre>불교</genre>
        <language><languageTerm type="code" authority="iso639-2b">kor</languageTerm>
          <languageTerm type="text">Korean</languageTerm></language>
        <physicalDescription><form>목판본</form><extent>1책</extent><note>낙장 있음</note>
          <internetMediaType>image/jpeg</internetMediaType></physicalDescription>
        <abstract lang="kor">가</abstract><tableOfContents>나</tableOfContents><note type="ownership">다</note>
        <identifier type="local">x1</identifier><identifier invalid="yes">x2</identifier>
        <classification authority="ddc">951</classification><part><detail><number>3</number></detail></part>
        <recordInfo><recordIdentifier>r</recordIdentifier></recordInfo>
        <extension><a xmlns="urn:a">b</a></extension>""")
    item = made.description
    assert (item.type, item.languages, item.identifiers) == ("book", ("ko",), ("x1", "951"))
    assert item.subjects == (Text("불교", "ko"),)
    assert {(note.kind, note.value) for note in item.notes} == {
        ("abstract", "가"), ("contents", "나"), ("provenance", "다"), ("note", "3"), ("physical", "목판본"),
        ("physical", "낙장 있음"),
    }  # fmt: skip
    assert (item.extents, item.holder) == ((Text("1책", "ko"),), (Text("다", "ko"),))
    assert unread(made) == ["extension"]


def test_an_address_that_is_none_is_told() -> None:
    made = read("<location><url access='raw object'>file:///etc/passwd</url></location>")
    assert made.media == () and "url_invalid" in [one.code for one in made.problems]


def test_ten_of_ten_real_records(shared_data: Path) -> None:
    page = parse_page((shared_data / "oai" / "harvard_mods_oai-page.xml").read_bytes(), "mods")
    drafts = [to_draft(record.payload, record.prefix) for record in page.records]
    assert len(drafts) == 10
    for made in drafts:
        item = made.description
        assert item.titles and made.media and item.holder and item.claims
        assert item.shown_at.startswith("https://id.lib.harvard.edu/")
        assert unread(made) == ["mods:extension"] * 3
        assert "type_unknown" in [one.code for one in made.problems] or item.type != "unknown"
