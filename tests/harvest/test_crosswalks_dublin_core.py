from __future__ import annotations

from harvest.crosswalks import to_draft
from repository.item import Caption, Claim, ItemDraft, Note, Text, Title

RECORD = """<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"
 xmlns:edm="http://www.europeana.eu/schemas/edm/">{}</oai_dc:dc>"""


def read(xml: str) -> ItemDraft:
    return to_draft(RECORD.format(xml).encode(), "oai_dc")


def codes(made: ItemDraft) -> list[str]:
    return [one.code for one in made.problems]


def test_a_korean_record() -> None:
    made = read("""
        <dc:title xml:lang="ko">용비어천가</dc:title><dc:title xml:lang="ko-Hani">龍飛御天歌</dc:title>
        <dc:title xml:lang="ko-Latn">Yongbieocheonga</dc:title>
        <dc:title xml:lang="en">Songs of the Dragons</dc:title>
        <dc:creator>정인지(鄭麟趾, 1396~1478)</dc:creator><dc:contributor>안지; 권제</dc:contributor>
        <dc:publisher>글샘도서관</dc:publisher><dc:date>세종 27년(1445)</dc:date>
        <dc:type>도서</dc:type><dc:type>Text</dc:type><dc:format>10권 5책</dc:format>
        <dc:identifier>https://x.kr/items/1</dc:identifier><dc:identifier>古 811</dc:identifier>
        <dc:relation>https://x.kr/media/1.jpg</dc:relation><dc:relation>https://x.kr/media/2.jpg</dc:relation>
        <dc:source>글샘도서관</dc:source><dc:language>kor</dc:language><dc:language>한문</dc:language>
        <dc:coverage>한성(漢城)</dc:coverage><dc:coverage>1392/1450</dc:coverage>
        <dc:subject xml:lang="ko">악장;한글</dc:subject>
        <dc:description xml:lang="ko">&lt;p&gt;노래를 모은 책&lt;/p&gt;</dc:description>
        <dc:rights>https://creativecommons.org/publicdomain/mark/1.0/</dc:rights><dc:rights>보호기간 만료</dc:rights>
    """)
    item = made.description
    assert [(title.lang, title.kind) for title in item.titles] == [
        ("ko", "main"), ("ko-Hani", "alternative"), ("ko-Latn", "transliterated"), ("en", "translated"),
    ]  # fmt: skip
    assert item.type == "book"
    assert [(agent.names[0].value, agent.role) for agent in item.agents] == [
        ("정인지", "cre"), ("안지", "ctb"), ("권제", "ctb"), ("글샘도서관", "pbl"),
    ]  # fmt: skip
    assert [(date.role, date.earliest) for date in item.dates] == [("issued", 1445), ("depicted", 1392)]
    assert [name.value for place in item.places for name in place.names] == ["한성", "漢城"]
    assert item.subjects == (Text("악장", "ko"), Text("한글", "ko"))
    assert item.notes == (Note("노래를 모은 책", "ko"),)
    assert (item.languages, item.extents) == (("ko", "lzh"), (Text("10권 5책", "ko"),))
    assert (item.shown_at, item.identifiers) == ("https://x.kr/items/1", ("古 811",))
    assert item.holder == (Text("글샘도서관", "ko"),)
    assert item.claims == (
        Claim("", "https://creativecommons.org/publicdomain/mark/1.0/", field="dc:rights"),
        Claim("보호기간 만료", field="dc:rights"),
    )
    assert [(ref.key, ref.role) for ref in made.media] == [("media/1.jpg", "page"), ("media/2.jpg", "page")]
    assert made.problems == ()


def test_what_has_no_rule_is_told() -> None:
    made = read("<dc:title>a</dc:title><dc:type>map</dc:type><dc:odd>b</dc:odd>")
    assert [(one.code, one.field) for one in made.problems] == [
        ("media_missing", ""),
        ("field_not_consumed", "dc:odd"),
    ]


def test_a_record_without_a_title_says_so() -> None:
    made = read("<dc:title> </dc:title><dc:type>map</dc:type>")
    assert made.description.titles == () and "title_missing" in codes(made)


def test_a_film_with_captions() -> None:
    made = read("""<dc:title>a</dc:title><dc:type>영상</dc:type><dcterms:hasFormat>http://x/f.mp4</dcterms:hasFormat>
        <dcterms:hasFormat>http://x/f.ko.vtt</dcterms:hasFormat><dc:relation>http://x/f.jpg</dc:relation>""")
    film, poster = sorted(made.media, key=lambda ref: ref.role)
    assert (film.captions, poster.role) == ((Caption("http://x/f.ko.vtt", "ko"),), "poster")


def test_qualified_terms() -> None:
    made = read("""<dc:title>a</dc:title><dcterms:alternative>b</dcterms:alternative><dc:type>photo</dc:type>
        <dcterms:created>1881</dcterms:created><dcterms:issued>1902</dcterms:issued>
        <dcterms:available>2021-06-16T06:31:44Z</dcterms:available><dcterms:temporal>1880/1890</dcterms:temporal>
        <dcterms:spatial>Muncie;  Indiana; </dcterms:spatial><dcterms:extent>1 p.</dcterms:extent>
        <dcterms:isPartOf>Herbarium</dcterms:isPartOf><dcterms:accessRights>Ask us</dcterms:accessRights>
        <dc:format>image/jpeg</dc:format><dcterms:medium>종이에 먹</dcterms:medium>
        <edm:dataProvider>Butler</edm:dataProvider><dc:source>A book</dc:source>
        <edm:isShownAt>http://x/1</edm:isShownAt><edm:preview>http://x/thumb</edm:preview>
        <dcterms:provenance>Given</dcterms:provenance>""")
    item = made.description
    assert [(date.role, date.latest) for date in item.dates] == [
        ("created", 1881), ("issued", 1902), ("other", 2021), ("depicted", 1890),
    ]  # fmt: skip
    assert [place.names[0].value for place in item.places] == ["Muncie", "Indiana"]
    assert item.titles == (Title("a"), Title("b", kind="alternative"))
    assert (item.holder, item.relations) == ((Text("Butler"),), (Text("Herbarium"),))
    assert [claim.value for claim in item.claims] == ["Ask us"]
    assert [(note.kind, note.value) for note in item.notes] == [
        ("provenance", "Given"),
        ("physical", "종이에 먹"),
    ]
    assert item.extents == (Text("1 p."),)
    assert [ref.url for ref in made.media] == ["http://x/thumb"]
    assert codes(made) == []


def test_the_names_that_oak_invents() -> None:
    made = read("""<dc:title>東國通鑑</dc:title><dc:title_h>동국통감</dc:title_h><dc:keyword>OldBook</dc:keyword>
        <dc:author>徐居正</dc:author><dc:publish_date>1485</dc:publish_date><dc:location_org>도서관</dc:location_org>
        <dc:deep_link>http://oak/1</dc:deep_link><dc:contents_url>http://oak/file/1</dc:contents_url>
        <dc:language>bnk</dc:language>""")
    item = made.description
    assert (item.shown_at, item.holder, item.agents[0].role) == (
        "http://oak/1",
        (Text("도서관", "ko"),),
        "aut",
    )
    assert item.dates[0].role == "issued"
    assert codes(made).count("field_not_consumed") == 0 and "language_unknown" in codes(made)


def test_rights_in_about_speak_of_the_description() -> None:
    about = """<about><rights xmlns="http://www.openarchives.org/OAI/2.0/rights/">
        <rightsReference ref="https://creativecommons.org/publicdomain/zero/1.0/"/></rights></about>"""
    dc = RECORD.format("<dc:title>a</dc:title>")
    made = to_draft(f"<record><metadata>{dc}</metadata>{about}</record>".encode(), "oai_dc")
    (claim,) = made.description.claims
    assert (claim.layer, claim.uri) == ("text", "https://creativecommons.org/publicdomain/zero/1.0/")


def test_a_record_without_namespaces() -> None:
    made = to_draft(b"<qualifieddc><title lang='fi'>Urine</title><type>Article</type></qualifieddc>", "qdc")
    assert made.description.titles == (Title("Urine", "fi"),)
    assert made.description.type == "document"
