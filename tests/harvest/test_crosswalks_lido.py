from __future__ import annotations

import pytest

from harvest.crosswalks import to_draft
from repository.item import Claim, ItemDraft, Note, Text, Title

SPACES = (
    'xmlns:lido="http://www.lido-schema.org" xmlns:gml="http://www.opengis.net/gml" '
    'xmlns:skos="http://www.w3.org/2004/02/skos/core#" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
)


def read(described: str = "", managed: str = "", head: str = "") -> ItemDraft:
    """Read a record of one description in Korean; tags are written without their prefix."""
    return to_draft(record(described, managed, head).encode(), "lido")


def record(described: str, managed: str, head: str) -> str:
    inner = (
        f"<lidoRecID>1</lidoRecID>{head}<descriptiveMetadata xml:lang='ko'>{described}</descriptiveMetadata>"
        f"<administrativeMetadata xml:lang='ko'>{managed}</administrativeMetadata>"
    )
    prefixed = inner.replace("</", "\0").replace("<", "<lido:").replace("\0", "</lido:")
    prefixed = prefixed.replace("lido:gml:", "gml:").replace("lido:skos:", "skos:")
    return f"<lido:lidoWrap {SPACES}><lido:lido>{prefixed}</lido:lido></lido:lidoWrap>"


def identity(inner: str) -> str:
    return f"<objectIdentificationWrap>{inner}</objectIdentificationWrap>"


def event(inner: str, term: str = "제작") -> str:
    return f"<eventSet><event><eventType><term>{term}</term></eventType>{inner}</event></eventSet>"


def actor(name: str, more: str = "", role: str = "") -> str:
    return (
        f"<eventActor><actorInRole><actor><nameActorSet><appellationValue>{name}</appellationValue></nameActorSet>"
        f"{more}</actor>{role}</actorInRole></eventActor>"
    )


def unread(made: ItemDraft) -> list[str]:
    return [one.value for one in made.problems if one.code == "field_not_consumed"]


def test_titles_of_several_languages() -> None:
    made = read(
        identity("""<titleWrap>
        <titleSet><appellationValue lido:pref="alternate" xml:lang="en">Clearing</appellationValue>
          <appellationValue lido:pref="preferred">인왕제색도</appellationValue></titleSet>
        <titleSet><appellationValue>仁王霽色圖</appellationValue><sourceAppellation>화제</sourceAppellation></titleSet>
        </titleWrap>""")
    )
    assert made.description.titles == (
        Title("인왕제색도", "ko"),
        Title("仁王霽色圖", "ko-Hani", "alternative"),
        Title("Clearing", "en", "translated"),
    )
    assert unread(made) == []


def test_type_and_classification() -> None:
    made = read("""<objectClassificationWrap>
        <objectWorkTypeWrap><objectWorkType><conceptID lido:type="uri">http://vocab.getty.edu/aat/1</conceptID>
          <term>산수화</term></objectWorkType></objectWorkTypeWrap>
        <classificationWrap><classification><skos:Concept rdf:about="http://x.example/1">
          <skos:prefLabel>서화류</skos:prefLabel></skos:Concept></classification></classificationWrap>
        </objectClassificationWrap>""")
    assert made.description.type == "painting"
    assert made.description.subjects == (Text("서화류", "ko"),)
    assert unread(made) == []


def test_the_making_of_a_thing() -> None:
    life = (
        "<vitalDatesActor><earliestDate>1676</earliestDate><latestDate>1759</latestDate></vitalDatesActor>"
        "<actorID>http://viaf.org/viaf/1</actorID>"
    )
    made = read(
        "<eventWrap>"
        + event(
            actor("정선(鄭敾)", life, "<roleActor><term>화가</term></roleActor>")
            + "<eventDate><displayDate>영조 27년(1751)</displayDate><date><earliestDate>1751</earliestDate>"
            "<latestDate>1751</latestDate></date></eventDate>"
            "<eventPlace><place><namePlaceSet><appellationValue>한성(漢城)</appellationValue></namePlaceSet>"
            "<gml><gml:Point><gml:pos>126.97 37.57</gml:pos></gml:Point></gml>"
            "<partOfPlace><namePlaceSet><appellationValue>조선</appellationValue></namePlaceSet></partOfPlace>"
            "</place></eventPlace><eventMaterialsTech><materialsTech><termMaterialsTech><term>종이에 먹</term>"
            "</termMaterialsTech></materialsTech></eventMaterialsTech>"
        )
        + "</eventWrap>"
    )
    (jeong,) = made.description.agents
    assert [name.value for name in jeong.names] == ["정선", "鄭敾"]
    assert (jeong.role, jeong.born, jeong.died, jeong.uris) == (
        "art",
        1676,
        1759,
        ("http://viaf.org/viaf/1",),
    )
    (date,) = made.description.dates
    assert (date.text, date.edtf, date.role, date.calendar) == (
        "영조 27년(1751)",
        "1751",
        "created",
        "korean-reign",
    )
    hanseong, joseon = made.description.places
    assert [name.value for name in hanseong.names] == ["한성", "漢城"]
    assert (hanseong.latitude, hanseong.longitude) == (37.57, 126.97)
    assert joseon.names == (Text("조선", "ko"),)
    assert made.description.notes == (Note("종이에 먹", "ko", "physical"),)
    assert unread(made) == []


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("<displayDate>18세기 후반</displayDate>", ("18세기 후반", "1751~/1800~", "approximate")),
        ("<date><earliestDate>1885</earliestDate><latestDate>1895</latestDate></date>",
         ("1885/1895", "1885/1895", "exact")),
        ("<date><earliestDate>-57</earliestDate></date>", ("-0057/..", "-0057/..", "exact")),
        ("<date><earliestDate lido:type='estimatedDate'>1885</earliestDate><latestDate>1885</latestDate></date>",
         ("1885~/1885", "1885~/1885", "approximate")),
        ("<displayDate>um 1890</displayDate>"
         "<date><earliestDate>1885</earliestDate><latestDate>1895</latestDate></date>",
         ("um 1890", "1885/1895", "approximate")),
    ],
)  # fmt: skip
def test_when_it_was_made(inner: str, expected: tuple[str, str, str]) -> None:
    made = read(f"<eventWrap>{event(f'<eventDate>{inner}</eventDate>', 'Herstellung')}</eventWrap>")
    assert [(date.text, date.edtf, date.confidence) for date in made.description.dates] == [expected]


def test_a_finder_is_no_maker() -> None:
    made = read(
        "<eventWrap>"
        + event(actor("이건희") + "<eventDate><displayDate>2021년 4월</displayDate></eventDate>", "기증")
        + event(actor("광문사"), "발행")
        + "<eventSet><displayEvent>2023년 전시</displayEvent></eventSet></eventWrap>"
    )
    assert [(agent.names[0].value, agent.role) for agent in made.description.agents] == [("광문사", "pbl")]
    assert made.description.notes == (
        Note("기증: 이건희, 2021년 4월", "ko", "provenance"),
        Note("2023년 전시", "ko", "note"),
    )
    assert made.description.dates == ()


def test_how_surely_somebody_made_it() -> None:
    role = "<attributionQualifierActor>전칭</attributionQualifierActor>"
    other = "<attributionQualifierActor>화풍</attributionQualifierActor>"
    made = read(f"<eventWrap>{event(actor('정선', '', role))}{event(actor('심사정', '', other))}</eventWrap>")
    assert [(agent.names[0].value, agent.role) for agent in made.description.agents] == [
        ("정선", "att"), ("심사정", "cre"),
    ]  # fmt: skip
    assert made.description.notes == (Note("화풍: 심사정", "ko", "note"),)


def test_keepers_numbers_sizes_and_words() -> None:
    made = read(
        identity("""
        <inscriptionsWrap><inscriptions><inscriptionTranscription>仁王霽色</inscriptionTranscription></inscriptions>
        </inscriptionsWrap>
        <repositoryWrap>
        <repositorySet lido:type="current"><repositoryName><legalBodyName>
          <appellationValue>국립중앙박물관</appellationValue></legalBodyName></repositoryName><workID>건희3102</workID></repositorySet>
        <repositorySet lido:type="former"><repositoryName><legalBodyName><appellationValue>리움</appellationValue>
          </legalBodyName></repositoryName><workID>L1</workID></repositorySet></repositoryWrap>
        <objectDescriptionWrap><objectDescriptionSet><descriptiveNoteValue>비 갠 인왕산.</descriptiveNoteValue>
        </objectDescriptionSet></objectDescriptionWrap>
        <objectMeasurementsWrap><objectMeasurementsSet><objectMeasurements><measurementSet>
          <measurementType>세로</measurementType><measurementUnit>cm</measurementUnit>
          <measurementValue>79.2</measurementValue></measurementSet></objectMeasurements></objectMeasurementsSet>
        <objectMeasurementsSet><displayObjectMeasurements>138.2 cm</displayObjectMeasurements></objectMeasurementsSet>
        </objectMeasurementsWrap>"""),
        head="<objectPublishedID>https://museum.example.kr/o/1</objectPublishedID>",
    )
    described = made.description
    assert described.holder == (Text("국립중앙박물관", "ko"),)
    assert described.identifiers == ("https://museum.example.kr/o/1", "건희3102")
    assert described.shown_at == "https://museum.example.kr/o/1"
    assert [text.value for text in described.extents] == ["세로 79.2 cm", "138.2 cm"]
    assert [(note.kind, note.value) for note in described.notes] == [
        ("abstract", "비 갠 인왕산."), ("inscription", "仁王霽色"), ("provenance", "리움 L1"),
    ]  # fmt: skip
    assert unread(made) == []


def test_what_it_is_about_and_belongs_to() -> None:
    made = read("""<objectRelationWrap><subjectWrap><subjectSet><subject>
        <subjectConcept><term>산수</term></subjectConcept>
        <subjectActor><displayActor>세종</displayActor></subjectActor>
        <subjectDate><displayDate>조선 후기</displayDate></subjectDate>
        <subjectPlace><place><namePlaceSet><appellationValue>인왕산</appellationValue></namePlaceSet></place></subjectPlace>
        </subject></subjectSet></subjectWrap>
        <relatedWorksWrap><relatedWorkSet><relatedWork><displayObject>금강전도</displayObject></relatedWork>
        <relatedWorkRelType><term>관련</term></relatedWorkRelType></relatedWorkSet></relatedWorksWrap>
        </objectRelationWrap>""")
    described = made.description
    assert [text.value for text in described.subjects] == ["산수", "세종"]
    assert [(date.edtf, date.role) for date in described.dates] == [("1592~/1910~", "depicted")]
    assert [place.names for place in described.places] == [(Text("인왕산", "ko"),)]
    assert described.relations == (Text("금강전도", "ko"),)


def test_rights_of_work_file_and_text() -> None:
    made = read(
        managed="""<rightsWorkWrap><rightsWorkSet><rightsType>
        <conceptID>https://creativecommons.org/publicdomain/mark/1.0/</conceptID><term>만료저작물</term></rightsType>
        <creditLine>이건희 기증</creditLine></rightsWorkSet></rightsWorkWrap>
        <recordWrap><recordID>1</recordID><recordType><term>item</term></recordType>
        <recordSource><legalBodyName><appellationValue>국립중앙박물관</appellationValue></legalBodyName></recordSource>
        <recordRights><rightsType><term>CC0</term></rightsType></recordRights>
        <recordInfoSet><recordInfoLink>https://museum.example.kr/page/1</recordInfoLink></recordInfoSet></recordWrap>
        <resourceWrap><resourceSet><resourceID>r</resourceID>
        <resourceRepresentation lido:type="image_thumb"><linkResource>https://m.example.kr/t/1.jpg</linkResource>
        </resourceRepresentation><resourceRepresentation lido:type="image_master">
        <linkResource lido:formatResource="image/tiff">https://m.example.kr/m/1</linkResource></resourceRepresentation>
        <resourceDescription>전면</resourceDescription>
        <rightsResource><rightsType><term>공공누리 제1유형</term></rightsType></rightsResource></resourceSet>
        <resourceSet><resourceRepresentation><linkResource>m/2.jpg</linkResource></resourceRepresentation></resourceSet>
        </resourceWrap>"""
    )
    mark = "https://creativecommons.org/publicdomain/mark/1.0/"
    claims = [(claim.value, claim.uri, claim.layer) for claim in made.description.claims]
    assert claims == [("만료저작물", mark, "work"), ("이건희 기증", "", "work"), ("CC0", "", "text")]
    (file,) = made.media
    assert (file.url, file.role, file.label) == ("https://m.example.kr/m/1", "view", Text("전면", "ko"))
    field = "lido:administrativeMetadata/lido:resourceWrap/lido:resourceSet/lido:rightsResource"
    assert file.claims == (Claim("공공누리 제1유형", "", "reproduction", field),)
    assert made.description.holder == (Text("국립중앙박물관", "ko"),)
    assert made.description.shown_at == "https://museum.example.kr/page/1"
    assert [one.value for one in made.problems if one.code == "url_invalid"] == ["m/2.jpg"]
    assert unread(made) == []


def test_a_record_without_namespace_and_prefixes() -> None:
    """Some send LIDO without its namespace, attributes and languages bare."""
    bare = """<lidoWrap><lido><lidoRecID type="x">knp-1</lidoRecID><descriptiveMetadata lang="fi">
        <objectClassificationWrap><objectWorkTypeWrap><objectWorkType><term>Book</term></objectWorkType>
        </objectWorkTypeWrap></objectClassificationWrap><objectIdentificationWrap><titleWrap><titleSet>
        <appellationValue lang="fi" pref="alternate">Säädökset</appellationValue>
        <appellationValue lang="fin" pref="preferred">Luonnonsuojelu</appellationValue></titleSet></titleWrap>
        </objectIdentificationWrap></descriptiveMetadata></lido></lidoWrap>"""
    made = to_draft(bare.encode(), "lido").description
    assert [(title.value, title.lang) for title in made.titles] == [
        ("Luonnonsuojelu", "fi"),
        ("Säädökset", "fi"),
    ]
    assert made.type == "book"


def test_what_no_rule_reads_is_told_with_its_path() -> None:
    nationality = "<nationalityActor><term>조선</term></nationalityActor>"
    made = read(f"<eventWrap>{event(actor('정선', nationality))}</eventWrap>")
    (found,) = [one for one in made.problems if one.code == "field_not_consumed"]
    assert (found.field.rpartition("lido:actor/")[2], found.value) == (
        "lido:nationalityActor/lido:term",
        "조선",
    )
