"""oai_kci: an article, its journal, and who wrote it where."""

from __future__ import annotations

from harvest.crosswalks import to_draft
from repository.item import Claim, ItemDraft, Note, Text, Title

RECORD = """<oai_kci xmlns="http://www.kci.go.kr/kciportal/OAI/">{}</oai_kci>"""
JOURNAL = """<journalInfo><journal-name>이야기연구</journal-name><pissn>1234-5678</pissn><eissn/>
<publisher-name>이야기학회</publisher-name><pub-year>2015</pub-year><pub-mon>04</pub-mon>
<volume>21</volume><issue>1</issue><serno>34</serno></journalInfo>"""
ARTICLE = """<articleInfo article-id="ART000000001"><article-categories>학제간연구</article-categories>
<article-regularity>Y</article-regularity><title-group>
<article-title lang="english">A Study of Yard Plays</article-title>
<article-title lang="original">마당극 &amp;middot; 연구</article-title></title-group>
<author-group><author>백가람(전남대학교)</author></author-group>
<author-name><author><name>백가람</name><affiliation>전남대학교</affiliation></author></author-name>
<abstract-group><abstract lang="original">마당극을 살핀다.</abstract>
<abstract lang="english">On yard plays.</abstract></abstract-group>
<language>한국어</language><fpage>227</fpage><lpage>260</lpage><orte-open-yn>Y</orte-open-yn>
<doi>http://dx.doi.org/10.1234/abc</doi><uci>G704-000001.2015.21.1.001</uci>
<citation-count>0</citation-count><url>https://www.kci.example/view?id=ART000000001</url><verified>Y</verified>
</articleInfo>"""


def read(xml: str) -> ItemDraft:
    return to_draft(RECORD.format(xml).encode(), "oai_kci")


def test_an_article() -> None:
    made = read(JOURNAL + ARTICLE)
    item = made.description
    assert item.titles == (Title("마당극 · 연구", "ko"), Title("A Study of Yard Plays", "en", "translated"))
    assert (item.type, item.languages, item.subjects) == ("document", ("ko",), (Text("학제간연구", "ko"),))
    assert [(agent.names, agent.role) for agent in item.agents] == [
        ((Text("백가람", "ko"),), "aut"),
        ((Text("이야기학회", "ko"),), "pbl"),
    ]
    assert [(date.text, date.edtf, date.role) for date in item.dates] == [("2015-04", "2015-04", "issued")]
    assert item.notes == (
        Note("마당극을 살핀다.", "ko"),
        Note("On yard plays.", "en"),
        Note("백가람: 전남대학교", "ko", "note"),
    )
    assert item.identifiers == (
        "ART000000001", "G704-000001.2015.21.1.001", "http://dx.doi.org/10.1234/abc",
    )  # fmt: skip
    assert item.relations == (Text("이야기연구, 21(1), 34, pp.227-260", "ko"), Text("ISSN 1234-5678"))
    assert item.shown_at == "https://www.kci.example/view?id=ART000000001"


def test_that_the_text_is_open_is_no_licence_and_counts_are_no_facts() -> None:
    made = read(JOURNAL + ARTICLE)
    assert made.description.claims == (Claim("Y", field="articleInfo/orte-open-yn"),)
    assert [(one.code, one.field) for one in made.problems] == [
        ("field_not_consumed", "articleInfo/citation-count"),
        ("field_not_consumed", "articleInfo/article-regularity"),
        ("field_not_consumed", "articleInfo/verified"),
        ("media_missing", ""),
    ]


def test_authors_whose_bodies_do_not_stand_apart() -> None:
    made = read("""<articleInfo><title-group><article-title>a</article-title></title-group><author-group>
        <author english="Kim, Garam">김가람(국토연구원)</author><author>이나래</author></author-group>
        <doi>http://dx.doi.org/</doi></articleInfo>""")
    item = made.description
    assert [[name.value for name in agent.names] for agent in item.agents] == [
        ["김가람", "Kim, Garam"],
        ["이나래"],
    ]
    assert item.notes == (Note("김가람: 국토연구원", "ko", "note"),)
    assert item.identifiers == ()


def test_a_journal_without_an_article_and_an_odd_month() -> None:
    made = read(JOURNAL.replace("04", "13"))
    item = made.description
    assert (item.titles, item.type) == ((Title("이야기연구", "ko"),), "newspaper")
    assert [date.edtf for date in item.dates] == ["2015"]


def test_without_a_namespace_and_without_anything() -> None:
    bare = f"<oai_kci>{JOURNAL}{ARTICLE}</oai_kci>".encode()
    assert to_draft(bare, "oai_kci").description == read(JOURNAL + ARTICLE).description
    assert "title_missing" in [one.code for one in read("").problems]


def test_what_is_not_read_is_named() -> None:
    made = read(
        "<articleInfo><title-group><article-title>a</article-title></title-group><odd>b</odd></articleInfo>"
    )
    assert ("field_not_consumed", "articleInfo/odd", "b") in [
        (one.code, one.field, one.value) for one in made.problems
    ]
