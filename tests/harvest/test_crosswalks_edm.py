from __future__ import annotations

from collections import Counter
from pathlib import Path
from zipfile import ZipFile

from harvest.crosswalks import to_draft
from repository.item import Caption, Claim, ItemDraft, Text

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:dcterms="http://purl.org/dc/terms/" xmlns:edm="http://www.europeana.eu/schemas/edm/"
 xmlns:ore="http://www.openarchives.org/ore/terms/" xmlns:skos="http://www.w3.org/2004/02/skos/core#"
 xmlns:owl="http://www.w3.org/2002/07/owl#" xmlns:wgs84="http://www.w3.org/2003/01/geo/wgs84_pos#"
 xmlns:rda="http://rdvocab.info/ElementsGr2/" xmlns:foaf="http://xmlns.com/foaf/0.1/">{}</rdf:RDF>"""


def read(xml: str) -> ItemDraft:
    return to_draft(RDF.format(xml).encode(), "edm")


def codes(made: ItemDraft) -> list[str]:
    return [one.code for one in made.problems]


def test_a_film_with_all_that_belongs_to_it() -> None:
    made = read("""
        <edm:ProvidedCHO rdf:about="http://x/1#object"><dc:title xml:lang="ko">강강술래</dc:title>
          <dcterms:alternative xml:lang="en">Round dance</dcterms:alternative>
          <dc:creator rdf:resource="http://x/1#a"/>
          <dcterms:created>1975년 가을</dcterms:created><dcterms:created>1975-23</dcterms:created>
          <dc:type xml:lang="ko">영상</dc:type><edm:type>VIDEO</edm:type><dc:identifier>소리-1</dc:identifier>
          <dc:rights>제1유형</dc:rights><dcterms:spatial rdf:resource="#place"/>
          <dcterms:temporal rdf:resource="#time"/>
        </edm:ProvidedCHO>
        <ore:Aggregation rdf:about="http://x/1#aggregation"><edm:aggregatedCHO rdf:resource="http://x/1#object"/>
          <edm:dataProvider>소리관</edm:dataProvider><edm:provider>모음</edm:provider>
          <edm:isShownAt rdf:resource="http://x/1"/><edm:isShownBy rdf:resource="http://x/f.mp4"/>
          <edm:object rdf:resource="http://x/still.jpg"/>
          <edm:rights rdf:resource="https://creativecommons.org/licenses/by/4.0/"/></ore:Aggregation>
        <edm:WebResource rdf:about="http://x/f.mp4"><dc:description xml:lang="ko">달밤의 춤</dc:description>
          <dc:format>video/mp4</dc:format><edm:rights rdf:resource="http://www.kogl.or.kr/1"/></edm:WebResource>
        <edm:WebResource rdf:about="http://x/f1"><dc:format>text/vtt</dc:format><dc:language>en</dc:language>
          <dcterms:isFormatOf rdf:resource="http://x/f.mp4"/><dc:description>captions</dc:description></edm:WebResource>
        <edm:Agent rdf:about="http://x/1#a"><skos:prefLabel xml:lang="ko">김정호</skos:prefLabel>
          <skos:altLabel xml:lang="ko-Hani">金正浩</skos:altLabel><skos:note>1804~1866</skos:note>
          <rda:professionOrOccupation>cartographer</rda:professionOrOccupation>
          <owl:sameAs rdf:resource="http://viaf.org/2"/></edm:Agent>
        <edm:Place rdf:about="#place"><skos:prefLabel xml:lang="ko">해남</skos:prefLabel><wgs84:lat>34.57</wgs84:lat>
          <wgs84:long>126.6</wgs84:long></edm:Place>
        <edm:TimeSpan rdf:about="#time"><skos:prefLabel>현대</skos:prefLabel><edm:begin>1945</edm:begin>
          <edm:end>2000</edm:end></edm:TimeSpan>""")
    item = made.description
    assert [(title.value, title.kind) for title in item.titles] == [
        ("강강술래", "main"),
        ("Round dance", "translated"),
    ]
    (maker,) = item.agents
    assert [name.value for name in maker.names] == ["김정호", "金正浩"]
    assert (maker.role, maker.born, maker.died, maker.uris) == ("ctg", 1804, 1866, ("http://viaf.org/2",))
    assert [(date.text, date.edtf, date.role) for date in item.dates] == [
        ("1975년 가을", "1975-23", "created"), ("현대", "1945/2000", "depicted"),
    ]  # fmt: skip
    assert (item.places[0].latitude, item.places[0].longitude) == (34.57, 126.6)
    assert (item.type, item.holder, item.shown_at) == ("video", (Text("소리관", "ko"),), "http://x/1")
    assert item.claims == (
        Claim("", "https://creativecommons.org/licenses/by/4.0/", field="ore:Aggregation/edm:rights"),
        Claim("제1유형", field="edm:ProvidedCHO/dc:rights"),
    )
    film, poster = made.media
    assert (film.role, film.alt, film.captions) == (
        "film", (Text("달밤의 춤", "ko"),), (Caption("http://x/f1", "en"),),
    )  # fmt: skip
    assert [(claim.layer, claim.uri) for claim in film.claims] == [
        ("reproduction", "http://www.kogl.or.kr/1")
    ]
    assert (poster.url, poster.role) == ("http://x/still.jpg", "poster")
    assert made.problems == ()


def test_views_stand_in_order_and_further_resources_follow() -> None:
    resources = "".join(
        f'<edm:WebResource rdf:about="http://x/{name}"/>' for name in ("z.jpg", "2", "1.jpg", "page")
    )
    made = read(f"""<edm:ProvidedCHO rdf:about="#1"><dc:title>a</dc:title><dc:type>book</dc:type></edm:ProvidedCHO>
        <ore:Aggregation><edm:hasView rdf:resource="http://x/2"/><edm:isShownBy rdf:resource="http://x/1.jpg"/>
        <edm:hasView rdf:resource="http://x/1.jpg"/><edm:object rdf:resource="http://x/thumb.jpg"/></ore:Aggregation>
        {resources}""")
    assert [ref.key for ref in made.media] == ["1.jpg", "2", "z.jpg"]
    assert {ref.role for ref in made.media} == {"page"}
    assert made.description.identifiers == ("1",)


def test_the_thumbnail_is_better_than_nothing() -> None:
    made = read("""<edm:ProvidedCHO rdf:about="#1"><dc:title>a</dc:title></edm:ProvidedCHO>
        <ore:Aggregation><edm:object rdf:resource="http://x/t"/></ore:Aggregation>""")
    assert [(ref.url, ref.role) for ref in made.media] == [("http://x/t", "view")]


def test_descriptions_that_say_their_kind_and_nested_nodes() -> None:
    made = read("""<rdf:Description rdf:about="http://x/1">
          <rdf:type rdf:resource="http://www.europeana.eu/schemas/edm/ProvidedCHO"/><dc:title>가</dc:title>
          <dc:creator><rdf:Description><rdf:type rdf:resource="http://www.europeana.eu/schemas/edm/Agent"/>
            <skos:prefLabel>정선</skos:prefLabel></rdf:Description></dc:creator>
          <dc:subject><skos:Concept rdf:about="http://x/c"><skos:prefLabel xml:lang="en">Mountains</skos:prefLabel>
            </skos:Concept></dc:subject></rdf:Description>
        <ore:Aggregation><edm:isShownBy><edm:WebResource rdf:about="http://x/a.jpg">
            <dc:description>산</dc:description></edm:WebResource></edm:isShownBy>
          <edm:dataProvider><foaf:Organization><foaf:name>미술관</foaf:name></foaf:Organization></edm:dataProvider>
        </ore:Aggregation>""")
    item = made.description
    assert ([agent.names[0].value for agent in item.agents], item.subjects) == (
        ["정선"],
        (Text("Mountains", "en"),),
    )
    assert item.holder == (Text("미술관", "ko"),)
    assert made.media[0].alt == (Text("산", "ko"),)
    assert codes(made) == ["type_unknown"]


def test_a_description_without_kind_is_the_object_if_the_aggregation_says_so() -> None:
    made = read("""<rdf:Description rdf:about="http://x/1"><dc:title>가</dc:title></rdf:Description>
        <ore:Aggregation><edm:aggregatedCHO rdf:resource="http://x/1"/></ore:Aggregation>""")
    assert made.description.titles[0].value == "가"


def test_europeanas_own_proxy_is_passed_over() -> None:
    made = read("""<edm:ProvidedCHO rdf:about="#1"/>
        <ore:Proxy rdf:about="#p"><edm:europeanaProxy>true</edm:europeanaProxy>
          <dc:title>enriched</dc:title></ore:Proxy>
        <ore:Proxy rdf:about="#q"><dc:title>가</dc:title></ore:Proxy>
        <edm:EuropeanaAggregation><edm:country>Europe</edm:country></edm:EuropeanaAggregation>""")
    assert [title.value for title in made.description.titles] == ["가"]
    assert "field_not_consumed" not in codes(made)


def test_what_the_record_does_not_describe_is_told() -> None:
    made = read("""<edm:ProvidedCHO rdf:about="#1"><dc:title>a</dc:title><dc:type>map</dc:type>
        <dc:subject rdf:resource="http://vocab/1"/><dc:creator rdf:resource="http://vocab/2"/></edm:ProvidedCHO>""")
    told = {one.value for one in made.problems if one.code == "reference_unresolved"}
    assert told == {"http://vocab/1", "http://vocab/2"}


def test_rdf_without_an_object_is_foreign() -> None:
    assert codes(read("<skos:Concept rdf:about='#1'><skos:prefLabel>a</skos:prefLabel></skos:Concept>")) == [
        "metadata_foreign"
    ]


def test_all_real_records_of_musical_instruments(shared_data: Path) -> None:
    kinds: Counter[str] = Counter()
    with ZipFile(shared_data / "edm" / "mimo_records.zip") as records:
        for name in records.namelist():
            made = to_draft(records.read(name), "edm")
            item = made.description
            assert item.titles and item.identifiers and item.holder and made.media and item.claims
            assert all(claim.layer == "reproduction" for ref in made.media for claim in ref.claims)
            assert "field_not_consumed" not in codes(made)
            assert item.type != "unknown" or "type_unknown" in codes(made)
            kinds[item.type] += 1
    assert kinds.total() == 195


def test_real_records_of_a_national_library(shared_data: Path) -> None:
    with ZipFile(shared_data / "edm" / "bnf_with_xslt.zip") as records:
        names = [name for name in records.namelist() if name.endswith(".xml")]
        drafts = [to_draft(records.read(name), "oai_dc") for name in names]
    assert len(drafts) >= 10 and all(made.description.titles for made in drafts)
