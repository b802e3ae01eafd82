"""What Korean repositories do inside Dublin Core: names of their own, attributes, joined values, wrong codes."""

from __future__ import annotations

import pytest

from harvest import run
from harvest.crosswalks import oak, to_draft
from repository import findings
from repository.item import Claim, ItemDraft, Note, Text, Title
from repository.memory import Memory
from tests.harvest.provider import Provider

RECORD = """<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">{}</oai_dc:dc>"""
OLD_BOOK = """<dc:title_h>산골서첩</dc:title_h><dc:author>산골</dc:author>
<dc:publisher>[刊寫地未詳] : [刊寫年未詳] [刊寫者未詳]</dc:publisher><dc:abstract_e>筆寫本.</dc:abstract_e>
<dc:keyword>OldBook</dc:keyword><dc:location_org>어느대학교 도서관</dc:location_org>
<dc:deep_link>http://oak.example/detail.do?seq=1</dc:deep_link>
<dc:contents_url>http://repository.example/handle/2018.oak/1</dc:contents_url>"""
REPORT = """<dc:title_h> 바닷가 개발계획.제2권 :부문별 계획</dc:title_h><dc:author>김가람</dc:author>
<dc:author> 이나래</dc:author><dc:publish_date>2013-12-29</dc:publish_date><dc:publisher>國土硏究院</dc:publisher>
<dc:issn>1234-5678</dc:issn><dc:keyword>Report</dc:keyword><dc:location_org>연구원</dc:location_org>
<dc:language>bnk</dc:language><dc:deep_link>http://oak.example/detail.do?seq=2</dc:deep_link>
<dc:contents_url>http://repository.example/bitstream/2/report.pdf</dc:contents_url>"""
ARTICLE = """<dc:title lang="original">마당극 연구</dc:title>
<dc:title lang="english">A Study of Yard Plays</dc:title>
<dc:creator>백가람(전남대학교); 스기우라 노부히코(주오대학교)</dc:creator><dc:subject>학제간연구</dc:subject>
<dc:identifier issn="1234-5678" type="journalInfo">이야기연구, 21(1), 34, pp.227-260</dc:identifier>
<dc:identifier type="artiId">ART000000001</dc:identifier><dc:identifier type="citedCnt">0</dc:identifier>
<dc:identifier type="doi">http://dx.doi.org/</dc:identifier>
<dc:identifier type="uci">G704-000001.2015.21.1.001</dc:identifier>
<dc:identifier type="regularity">Y</dc:identifier>
<dc:description lang="original">마당극을 살핀다.</dc:description>
<dc:description lang="english">On yard plays.</dc:description><dc:publisher>이야기학회</dc:publisher>
<dc:date>2015-04</dc:date><dc:type>Article</dc:type><dc:format>pdf</dc:format>
<dc:url>https://www.kci.example/view?id=ART000000001</dc:url><dc:language>한국어</dc:language>
<dc:rights>Y</dc:rights>"""


def read(xml: str) -> ItemDraft:
    return to_draft(RECORD.format(xml).encode(), "oai_dc")


def unread(made: ItemDraft) -> list[str]:
    return [one.value for one in made.problems if one.code == "field_not_consumed"]


def test_an_old_book_of_oak() -> None:
    """`title_h` is the only title; `keyword` says the kind; the repository's own page is no file."""
    made = read(OLD_BOOK)
    item = made.description
    assert item.titles == (Title("산골서첩", "ko"),)
    assert (item.type, [one.code for one in made.problems]) == ("book", ["media_missing"])
    assert [(agent.names, agent.role, agent.kind) for agent in item.agents] == [
        ((Text("산골", "ko"),), "aut", "unknown"),
        ((Text("[刊寫地未詳] : [刊寫年未詳] [刊寫者未詳]", ""),), "pbl", "unknown"),
    ]
    assert item.shown_at == "http://oak.example/detail.do?seq=1"
    assert item.identifiers == ("http://repository.example/handle/2018.oak/1",)
    assert (item.holder, item.notes) == ((Text("어느대학교 도서관", "ko"),), (Note("筆寫本."),))


def test_a_report_of_oak() -> None:
    made = read(REPORT)
    item = made.description
    assert item.titles == (Title("바닷가 개발계획.제2권 :부문별 계획", "ko"),)
    assert [agent.names[0].value for agent in item.agents] == ["김가람", "이나래", "國土硏究院"]
    assert [(date.edtf, date.role) for date in item.dates] == [("2013-12-29", "issued")]
    assert (item.type, item.languages, item.relations) == ("document", (), (Text("ISSN 1234-5678"),))
    assert [ref.url for ref in made.media] == ["http://repository.example/bitstream/2/report.pdf"]
    assert [(one.code, one.value) for one in made.problems] == [("language_unknown", "bnk")]


def test_a_title_in_hanja_beside_one_in_hangul() -> None:
    made = read("<dc:title>동국통감</dc:title><dc:title_h>東國通鑑</dc:title_h>")
    assert made.description.titles == (Title("동국통감", "ko"), Title("東國通鑑", "ko-Hani", "alternative"))


def test_an_article_of_kci_in_dublin_core() -> None:
    made = read(ARTICLE)
    item = made.description
    assert item.titles == (Title("마당극 연구", "ko"), Title("A Study of Yard Plays", "en", "translated"))
    assert [agent.names for agent in item.agents] == [
        (Text("백가람", "ko"),),
        (Text("스기우라 노부히코", "ko"),),
        (Text("이야기학회", "ko"),),
    ]
    assert item.notes == (
        Note("마당극을 살핀다.", "ko"),
        Note("On yard plays.", "en"),
        Note("이야기연구, 21(1), 34, pp.227-260", "ko", "note"),
        Note("백가람: 전남대학교", "ko", "note"),
        Note("스기우라 노부히코: 주오대학교", "ko", "note"),
    )
    assert item.identifiers == ("ART000000001", "G704-000001.2015.21.1.001")
    assert item.shown_at == "https://www.kci.example/view?id=ART000000001"
    assert (item.type, item.languages, item.relations) == ("document", ("ko",), (Text("ISSN 1234-5678"),))
    assert unread(made) == ["0", "http://dx.doi.org/", "Y"]


def test_untyped_identifiers_are_told_by_their_form() -> None:
    made = read("""<dc:title>은행 이야기</dc:title><dc:identifier>은행법연구, 8(1), 15, pp.17-28</dc:identifier>
        <dc:identifier>ART000000002</dc:identifier><dc:identifier>0</dc:identifier>
        <dc:identifier>G704-000002.2015.8.1.001</dc:identifier><dc:identifier>N</dc:identifier>
        <dc:identifier>http://dx.doi.org/10.1234/abc</dc:identifier>""")
    item = made.description
    assert item.identifiers == ("ART000000002", "G704-000002.2015.8.1.001")
    assert item.shown_at == "http://dx.doi.org/10.1234/abc"
    assert [note.value for note in item.notes] == ["은행법연구, 8(1), 15, pp.17-28"]
    assert unread(made) == ["0", "N"]


@pytest.mark.parametrize("said", ["Y", "N"])
def test_yes_and_no_are_no_licence(said: str) -> None:
    item = read(f"<dc:title>a</dc:title><dc:rights>{said}</dc:rights>").description
    assert item.claims == (Claim(said, field="dc:rights"),)


def test_yes_opens_nothing(memory: Memory, provider: Provider) -> None:
    provider.add("a", "마당극", ("rights", "Y"))
    run.harvest(memory, "s")
    with memory.database.read() as conn:
        assert findings.counts(conn, "s")["rights_unknown"] == 1


def test_every_page_that_is_named_is_kept() -> None:
    made = read("""<dc:title>a</dc:title><dc:url>http://x/2</dc:url><dc:deep_link>http://x/1</dc:deep_link>
        <dc:identifier>http://x/3</dc:identifier><dc:identifier>http://x/1</dc:identifier><dc:url>view.do</dc:url>""")
    assert (made.description.shown_at, made.description.identifiers) == (
        "http://x/1",
        ("http://x/2", "http://x/3"),
    )
    assert [(one.code, one.value) for one in made.problems] == [
        ("url_invalid", "view.do"),
        ("type_unknown", ""),
        ("media_missing", ""),
    ]


@pytest.mark.parametrize(
    ("written", "name", "body"),
    [
        ("백현미(전남대학교)", "백현미", "전남대학교"),
        ("이현정(충남대)", "이현정", "충남대"),
        ("김원배 (국토연구원)", "김원배", "국토연구원"),
        ("홍길동(서울대 인문대학)", "홍길동", "서울대 인문대학"),
        ("홍길동（한국학중앙연구원）", "홍길동", "한국학중앙연구원"),
        ("Kim, Chul Soo(Seoul National University)", "Kim, Chul Soo", "Seoul National University"),
        ("홍길동(연세대학교(원주))", "홍길동", "연세대학교(원주)"),
        ("정선(鄭敾, 1676~1759)", "정선(鄭敾, 1676~1759)", ""),
        ("작자 미상(조선시대)", "작자 미상(조선시대)", ""),
        ("작자 미상(1920년대)", "작자 미상(1920년대)", ""),
        ("전남대학교", "전남대학교", ""),
    ],
)
def test_the_body_that_a_maker_works_for_is_no_part_of_the_name(written: str, name: str, body: str) -> None:
    assert oak.parted(written) == (name, body)


def test_names_in_other_letters_stand_in_an_attribute() -> None:
    made = read("""<dc:title>a</dc:title><dc:creator english="Paik, Garam" orc-id="0000-0001">백가람</dc:creator>
        <dc:creator english="Kim; Lee">김;이</dc:creator><dc:creator english="Kim">박;최</dc:creator>""")
    agents = made.description.agents
    assert agents[0].names == (Text("백가람", "ko"), Text("Paik, Garam", "en"))
    assert agents[0].uris == ("https://orcid.org/0000-0001",)
    assert [name.value for agent in agents[1:] for name in agent.names] == [
        "김",
        "Kim",
        "이",
        "Lee",
        "박",
        "최",
    ]
    assert unread(made) == ["english: Kim"]


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("서울&amp;middot;경기", "서울·경기"),
        ("서울&amp;nbsp;경기", "서울 경기"),
        ("&amp;lt;훈민정음&amp;gt; 연구", "<훈민정음> 연구"),
        ("R&amp;amp;D", "R&D"),
        ("AT&amp;T; Bell", "AT&T; Bell"),
        ("a &amp;#0; b &amp;#x1; c", "a &#0; b &#x1; c"),
    ],
)
def test_entities_that_were_escaped_once_too_often(written: str, title: str) -> None:
    assert read(f"<dc:title>{written}</dc:title>").description.titles[0].value == title


@pytest.mark.parametrize(
    ("written", "earliest", "latest"),
    [
        ("2004", 2004, 2004), ("2015-05", 2015, 2015), ("20040512", 2004, 2004), ("光武 3年(1899)", 1899, 1899),
        ("乾隆四十五年", 1780, 1780), ("개국 503년", 1894, 1894), ("檀紀 4283", 1950, 1950),
        ("昭和 10", 1935, 1935), ("18세기 후반", 1751, 1800), ("甲午", None, None), ("[刊寫年未詳]", None, None),
    ],
)  # fmt: skip
def test_dates_of_every_form_stay_as_written(written: str, earliest: int | None, latest: int | None) -> None:
    (date,) = read(
        f"<dc:title_h>a</dc:title_h><dc:publish_date>{written}</dc:publish_date>"
    ).description.dates
    assert (date.text, date.earliest, date.latest) == (written, earliest, latest)


@pytest.mark.parametrize("written", ["한국어", "kor", "ko", "국한문", " 한국어 "])
def test_words_and_codes_for_korean(written: str) -> None:
    made = read(f"<dc:title>a</dc:title><dc:language>{written}</dc:language>")
    assert made.description.languages == ("ko",)


def test_a_title_in_latin_letters_is_not_taken_for_korean() -> None:
    made = read("<dc:title_h>Design of Low-Power Circuits</dc:title_h>")
    assert made.description.titles == (Title("Design of Low-Power Circuits"),)
