from __future__ import annotations

from pathlib import Path

import pytest

from harvest.crosswalks import to_draft
from harvest.crosswalks.marc_reader import balanced, unpunctuated
from harvest.oai_xml import parse_page
from repository.item import Claim, ItemDraft, Text, Title

RECORD = '<record xmlns="http://www.loc.gov/MARC21/slim">{}</record>'
LEADER = "00000n{}{} c2200000 c 4500"
FIXED = "010101{}ulka          000 c {}  "


def control(kind: str = "am", dates: str = "s1901    ", language: str = "kor") -> str:
    leader = LEADER.format(*kind)
    return (
        f"<leader>{leader}</leader><controlfield tag='001'>KMO1</controlfield>"
        f"<controlfield tag='008'>{FIXED.format(dates, language)}</controlfield>"
    )


def field(tag: str, text: str, second: str = " ") -> str:
    """Write a field as cataloguers do: $a목민심서 :$b부제."""
    parts = [(part[0], part[1:]) for part in text.split("$") if part]
    subfields = "".join(f'<subfield code="{code}">{value}</subfield>' for code, value in parts)
    return f'<datafield tag="{tag}" ind1=" " ind2="{second}">{subfields}</datafield>'


def read(*given: str, prefix: str = "kormarc", **codes: str) -> ItemDraft:
    return to_draft(RECORD.format(control(**codes) + "".join(given)).encode(), prefix)


def unread(made: ItemDraft) -> list[tuple[str, str]]:
    return [(one.field, one.value) for one in made.problems if one.code == "field_not_consumed"]


def test_titles_of_kormarc_with_hanja_in_880() -> None:
    made = read(
        field(
            "245",
            "$6880-01$a목민심서 :$b백성을 다스리는 마음 /$x= Admonitions /$d정약용 지음 ;$e이정섭 옮김$n1",
        ),
        field("246", "$aMokmin simseo"),
        field("242", "$aThe mind of governing$yeng"),
        field("880", "$6245-01/$1$a牧民心書"),
    )
    assert made.description.titles == (
        Title("목민심서: 백성을 다스리는 마음. 1", "ko"),
        Title("牧民心書", "ko-Hani", "alternative"),
        Title("Admonitions", "", "alternative"),
        Title("The mind of governing", "en", "translated"),
        Title("Mokmin simseo", "", "alternative"),
    )
    assert [note.value for note in made.description.notes] == ["정약용 지음 ; 이정섭 옮김"]
    assert unread(made) == []


def test_a_title_in_latin_letters_is_a_transliteration_of_its_880() -> None:
    made = read(
        field("245", "$6880-02$aShinmeikai kanwa jiten /$cKageyama Terukuni hencho."),
        field("700", "$6880-03$aKageyama, Terukuni,$ehensha."),
        field("264", "$6880-04$aTōkyō :$bSanseidō,$c2012.", "1"),
        field("880", "$6245-02/$1$a新明解漢和辞典"),
        field("880", "$6700-03/$1$a影山, 輝国"),
        field("880", "$6264-04/$1$a東京 :$b三省堂,$c2012.", "1"),
        language="jpn",
        dates="s2012    ",
    )
    assert made.description.titles == (
        Title("新明解漢和辞典", "ja"),
        Title("Shinmeikai kanwa jiten", "ja-Latn", "transliterated"),
    )
    kageyama, sanseido = made.description.agents
    assert [name.value for name in kageyama.names] == ["影山, 輝国", "Kageyama, Terukuni"]
    assert ([name.value for name in sanseido.names], sanseido.role) == (["三省堂", "Sanseidō"], "pbl")
    assert [[name.value for name in place.names] for place in made.description.places] == [["Tōkyō", "東京"]]
    assert [(date.text, date.role) for date in made.description.dates] == [("2012", "issued")]


def test_a_parallel_title_after_an_equals_sign() -> None:
    made = read(
        field("245", "$aSuomen tiekartta =$bVägkarta över Finland.$n1."),
        field("246", "$aVägkarta över Finland"),
    )
    assert [title.value for title in made.description.titles] == [
        "Suomen tiekartta. 1",
        "Vägkarta över Finland",
    ]


def test_names_with_dates_roles_and_hanja() -> None:
    made = read(
        field("100", "$6880-01$a정약용,$d1762-1836,$e지음"),
        field("700", "$a이정섭$g李廷燮,$d1948-$e옮김"),
        field("700", "$aHulbert, Homer B.$q(Homer Bezaleel),$d1863-1949.$4ill$0https://viaf.org/viaf/1"),
        field("710", "$a국립중앙도서관.$b고전운영실"),
        field("711", "$a국제한국학회의$n(2 :$d1990 :$c서울)"),
        field("700", "$a박지원.$t열하일기.$p도강록$l한국어"),
        field("880", "$6100-01/$1$a丁若鏞,$d1762-1836"),
    )
    jeong, yi, hulbert, library, meeting = made.description.agents
    assert [(name.value, name.lang) for name in jeong.names] == [("정약용", "ko"), ("丁若鏞", "ko-Hani")]
    assert (jeong.role, jeong.kind, jeong.born, jeong.died) == ("aut", "person", 1762, 1836)
    assert ([name.value for name in yi.names], yi.role, yi.born) == (["이정섭", "李廷燮"], "trl", 1948)
    assert (hulbert.names[0].value, hulbert.role) == ("Hulbert, Homer B. (Homer Bezaleel)", "ill")
    assert (hulbert.born, hulbert.died, hulbert.uris) == (1863, 1949, ("https://viaf.org/viaf/1",))
    assert (library.names[0].value, library.kind) == ("국립중앙도서관. 고전운영실", "body")
    assert meeting.names[0].value == "국제한국학회의 (2 : 1990 : 서울)"
    assert made.description.relations == (Text("박지원. 열하일기. 도강록", "ko"),)


def test_what_is_no_name_stays_unread_and_is_told() -> None:
    made = read(field("700", "$a이황$g조선의 학자"))
    assert unread(made) == [("700$g", "조선의 학자")]


@pytest.mark.parametrize(
    ("written", "coded", "expected"),
    [
        ("1975.", "s1975    ", [("1975", "1975", "issued")]),
        ("[1861]", "s1861    ", [("[1861]", "1861?", "issued")]),
        ("1990, c1985.", "t19901985", [("1990", "1990", "issued"), ("c1985", "1985", "copyrighted")]),
        ("[1979], © 1980", "t19791980", [("[1979]", "1979?", "issued"), ("© 1980", "1980", "copyrighted")]),
        ("cop. 2001.", "s2001    ", [("cop. 2001", "2001", "copyrighted")]),
        ("光武 5[1901]", "s1901    ", [("光武 5[1901]", "1901", "issued")]),
        ("[18--]", "q18001899", [("[18--]", "1800?/1899?", "issued")]),
        (
            "[刊寫年未詳]",
            "q18501900",
            [("[刊寫年未詳]", "", "issued"), ("1850?/1900?", "1850?/1900?", "issued")],
        ),
        ("", "s18uu    ", [("18XX", "18XX", "issued")]),
        ("", "c19209999", [("1920/..", "1920/..", "issued")]),
        ("", "i18101944", [("1810/1944", "1810/1944", "issued")]),
        ("", "nuuuuuuuu", []),
        ("", "|||||||||", []),
    ],
)
def test_dates_as_written_and_as_coded(
    written: str, coded: str, expected: list[tuple[str, str, str]]
) -> None:
    made = read(field("260", f"$c{written}") if written else "", dates=coded)
    assert [(date.text, date.edtf, date.role) for date in made.description.dates] == expected


def test_a_manuscript_was_made_and_not_issued() -> None:
    made = read(field("264", "$c1795", "0"), kind="tm")
    assert [date.role for date in made.description.dates] == ["created"]
    assert made.description.type == "manuscript"


def test_places_and_publishers() -> None:
    made = read(
        field("260", "$6880-01$a[서울] :$b광문사,$c1901$e[발행지불명]$f인쇄소"),
        field("880", "$6260-01/$1$a[漢城] :$b廣文社"),
    )
    assert [[name.value for name in place.names] for place in made.description.places] == [["서울", "漢城"]]
    assert [([name.value for name in agent.names], agent.role) for agent in made.description.agents] == [
        (["광문사", "廣文社"], "pbl"), (["인쇄소"], "mfr"),
    ]  # fmt: skip


def test_subjects_genres_and_points() -> None:
    made = read(
        field("650", "$a지방 행정$z한국$y조선시대$2nlsh"),
        field("651", "$a강진군$0http://example.kr/p/1"),
        field("651", "$a서울$x역사"),
        field("600", "$a정약용,$d1762-1836"),
        field("648", "$a18세기"),
        field("653", "$a목민$a수령"),
        field("655", "$a고지도"),
        field("655", "$a방각본"),
        field("034", "$aa$dE126.978$eE126.978$fN37.566$gN37.566"),
    )
    assert made.description.type == "map"
    assert [text.value for text in made.description.subjects] == [
        "정약용, 1762-1836", "지방 행정--한국--조선시대", "서울--역사", "목민", "수령", "방각본",
    ]  # fmt: skip
    point, gangjin, seoul = made.description.places
    assert (point.names, point.latitude, point.longitude) == ((), 37.566, 126.978)
    assert (gangjin.names, gangjin.uris) == ((Text("강진군", "ko"),), ("http://example.kr/p/1",))
    assert seoul.names == (Text("서울", "ko"),)
    assert [(date.edtf, date.role) for date in made.description.dates] == [
        ("1901", "issued"), ("1701/1800", "depicted"),
    ]  # fmt: skip


def test_notes_extents_languages_and_numbers() -> None:
    made = read(
        field("020", "$a9788900000000$g93810 :$c15000"),
        field("041", "$akorchi$hlzh"),
        field("049", "$lEM0000123$v1"),
        field("056", "$a911.05$25"),
        field("090", "$a911.05$b정63ㅁ"),
        field("250", "$a개정판"),
        field("255", "$a축척 1:200,000"),
        field("300", "$a48卷16冊 :$b삽도 ;$c30 cm"),
        field("500", "$a표제는 표지에 의함"),
        field("505", "$t상권 --$t하권"),
        field("520", "$a목민관의 지침서"),
        field("561", "$a규장각 구장본"),
        field("490", "$a한국고전총서 ;$v3"),
        field("773", "$t여유당전서,$g제5집$w(KR)1"),
        field("852", "$a국립중앙도서관$b고전$h古朝$i57"),
    )
    described = made.description
    assert described.languages == ("ko", "zh")
    assert described.identifiers == ("9788900000000", "911.05", "911.05 정63ㅁ", "古朝 57", "EM0000123")
    assert [text.value for text in described.extents] == ["48卷16冊 : 삽도 ; 30 cm"]
    assert {(note.kind, note.value) for note in described.notes} == {
        ("physical", "축척 1:200,000"),
        ("note", "개정판"),
        ("note", "표제는 표지에 의함"),
        ("contents", "상권 -- 하권"),
        ("abstract", "목민관의 지침서"),
        ("provenance", "규장각 구장본"),
    }
    assert [text.value for text in described.relations] == ["한국고전총서 ; 3", "여유당전서, 제5집"]
    assert described.holder == (Text("국립중앙도서관", "ko"),)
    assert unread(made) == [("041$h", "lzh")]


def test_files_pages_and_claims() -> None:
    made = read(
        field("856", "$3제1책$uhttps://viewer.example.kr/a/1.pdf", "0"),
        field("856", "$uhttps://viewer.example.kr/scan?id=1$qimage/jpeg", "0"),
        field("856", "$uhttps://viewer.example.kr/a$y원문보기", "0"),
        field("856", "$uhttps://viewer.example.kr/other", "2"),
        field("856", "$uviewer.example.kr", "0"),
        field("506", "$a관내 이용"),
        field("540", "$a공공누리 제1유형$uhttps://www.kogl.or.kr/info/licenseType1.do"),
    )
    assert [(ref.role, ref.label.value) for ref in made.media] == [("document", "제1책"), ("view", "")]
    assert made.description.shown_at == "https://viewer.example.kr/a"
    assert made.description.relations == (Text("https://viewer.example.kr/other"),)
    assert made.description.claims == (
        Claim("공공누리 제1유형", "https://www.kogl.or.kr/info/licenseType1.do", "work", "540"),
        Claim("관내 이용", "", "work", "506"),
    )
    assert [(one.code, one.value) for one in made.problems if one.code == "url_invalid"] == [
        ("url_invalid", "viewer.example.kr")
    ]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("am", "book"), ("as", "newspaper"), ("tm", "manuscript"), ("em", "map"), ("cm", "music"), ("jm", "sound"),
     ("rm", "object"), ("aa", "document"), ("gm", "video"), ("km", "unknown")],
)  # fmt: skip
def test_the_type_is_told_by_the_leader(kind: str, expected: str) -> None:
    assert read(field("245", "$a가"), kind=kind).description.type == expected


def test_local_fields_and_lone_ones_in_another_script_are_not_lost() -> None:
    made = read(
        field("590", "$a별치"), field("880", "$6500-00/$1$a跋: 丁卯"), field("880", "$6999-07/$1$a外")
    )
    assert [note.value for note in made.description.notes] == ["跋: 丁卯"]
    assert ("590$a", "별치") in unread(made) and ("880$a", "外") in unread(made)


def test_a_record_without_namespace_and_a_collection() -> None:
    bare = f"<collection><record>{control()}{field('245', '$a가')}</record></collection>"
    assert to_draft(bare.encode(), "marc21").description.titles == (Title("가", "ko"),)
    inside = f"<record><header/><metadata><record>{field('245', '$a나')}</record></metadata></record>"
    assert to_draft(inside.encode(), "marcxml").description.titles == (Title("나", "ko"),)


def test_a_field_of_fixed_length_that_is_too_short_is_told() -> None:
    made = to_draft(
        RECORD.format("<controlfield tag='008'>0101</controlfield>" + field("245", "$a가")).encode(), "x"
    )
    assert ("record", "008: 0101") in unread(made)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("목민심서 /", "목민심서"), ("Touchstone, R. Mark.", "Touchstone, R. Mark"), ("Thackray, Richard I.",) * 2,
     ("Washington, D.C. :", "Washington, D.C."), ("Hall, Lewis, Jr.",) * 2, ("1975.", "1975"), ("etc...",) * 2],
)  # fmt: skip
def test_the_punctuation_of_cards_is_dropped(value: str, expected: str) -> None:
    assert unpunctuated(value) == expected


def test_brackets_that_run_over_subfields_are_closed() -> None:
    assert [balanced(text) for text in ("[1901", "1901]", "[1901]", "1901")] == [
        "[1901]",
        "[1901]",
        "[1901]",
        "1901",
    ]


def test_the_record_of_the_government_printing_office(shared_data: Path) -> None:
    made = to_draft((shared_data / "hubs" / "gpo.xml").read_bytes(), "marcxml")
    described = made.description
    assert described.titles[0].value.startswith("Physiological, subjective, and performance correlates")
    assert [(agent.names[0].value, agent.role) for agent in described.agents[:2]] == [
        ("Thackray, Richard I.", "cre"), ("Bailey, J. Powell", "ctb"),
    ]  # fmt: skip
    assert (described.type, described.languages, described.dates[0].edtf) == ("book", ("en",), "1975")
    assert described.shown_at == "http://purl.access.gpo.gov/GPO/LPS81536"
    assert {path for path, _ in unread(made)} == {"049$a", "074$a", "590$a", "955$a", "994$a", "994$b"}


def test_two_records_of_finland(shared_data: Path) -> None:
    chart = to_draft((shared_data / "formats" / "finna_marc_geo.xml").read_bytes(), "marcxml").description
    assert (chart.titles[0].value, chart.type, chart.languages) == (
        "Suomen tiekartta. 1",
        "map",
        ("fi", "sv"),
    )
    assert chart.dates[0].earliest == 1946 and len(chart.places) == 4
    papers = to_draft((shared_data / "formats" / "finna_marc_links.xml").read_bytes(), "marcxml").description
    assert papers.titles[0].value == "Moottoriajoneuvojen esitteet ja hinnastot"
    assert (papers.dates[0].earliest, papers.dates[0].latest) == (1810, 1944)
    assert papers.claims[0].uri == "https://creativecommons.org/publicdomain/zero/1.0/deed.fi"


def test_records_that_describe_meetings_have_no_title_and_say_so(shared_data: Path) -> None:
    page = parse_page((shared_data / "oai" / "inspire_marcxml.xml").read_bytes(), "marcxml")
    made = [to_draft(record.payload, record.prefix) for record in page.records]
    assert made and all("title_missing" in {one.code for one in draft.problems} for draft in made)
    assert all(draft.description.agents[0].kind == "body" for draft in made)
