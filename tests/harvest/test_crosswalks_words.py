"""Alternative texts and long descriptions of files, as each format gives them."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from harvest import iiif_manifest, media_pages
from harvest.crosswalks import to_draft
from harvest.crosswalks.mapped_rules import Mapping
from harvest.iiif_manifest import Manifest
from repository.item import ItemDraft, MediaRef, Text, canonical

ALT_KO, ALT_EN = Text("달 아래 사람들이 돈다", "ko"), Text("People circle under the moon", "en")
LONG_KO = Text("가운데에 큰 달이 있다.\n\n그 아래 열두 사람이 손을 잡고 있다.", "ko")
LONG_EN = Text("A large moon stands in the middle.", "en")


def words(ref: MediaRef) -> tuple[tuple[Text, ...], tuple[Text, ...]]:
    return ref.alt, ref.description


def test_mods_gives_them_in_the_constituent_of_the_file_in_several_languages() -> None:
    made = to_draft(f"""<mods xmlns="http://www.loc.gov/mods/v3"><titleInfo><title>달밤</title></titleInfo>
        <abstract>작품의 설명</abstract>
        <relatedItem type="constituent"><titleInfo><title>앞</title></titleInfo>
          <note type="alternative text" lang="kor">{ALT_KO.value}</note>
          <note type="alternative text" lang="eng">{ALT_EN.value}</note><note type="alternative text"> </note>
          <abstract lang="kor">{LONG_KO.value.replace(chr(10) * 2, "<![CDATA[<br/>]]>")}</abstract>
          <abstract lang="eng">{LONG_EN.value}</abstract>
          <location><url access="raw object">http://x/1.jpg</url></location></relatedItem>
        <relatedItem type="constituent"><location><url>http://x/2.jpg</url></location></relatedItem>
        </mods>""".encode(), "mods")  # fmt: skip
    first, second = made.media
    assert words(first) == ((ALT_KO, ALT_EN), (LONG_KO, LONG_EN)) and first.label == Text("앞", "ko")
    assert words(second) == ((), ())
    assert [note.value for note in made.description.notes] == ["작품의 설명"]


def test_edm_gives_them_on_the_web_resource() -> None:
    made = to_draft(f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
        xmlns:edm="http://www.europeana.eu/schemas/edm/" xmlns:ore="http://www.openarchives.org/ore/terms/"
        xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">
        <edm:ProvidedCHO rdf:about="#1"><dc:title>달밤</dc:title></edm:ProvidedCHO>
        <ore:Aggregation><edm:isShownBy rdf:resource="http://x/1.jpg"/></ore:Aggregation>
        <edm:WebResource rdf:about="http://x/1.jpg">
          <dc:description xml:lang="ko">{ALT_KO.value}</dc:description>
          <dc:description xml:lang="en">{ALT_EN.value}</dc:description>
          <dcterms:abstract xml:lang="ko">{LONG_KO.value}</dcterms:abstract>
          <dcterms:abstract xml:lang="en">{LONG_EN.value}</dcterms:abstract></edm:WebResource>
        </rdf:RDF>""".encode(), "edm")  # fmt: skip
    alt, long = words(made.media[0])
    assert alt == (ALT_KO, ALT_EN)
    assert [(" ".join(text.value.split()), text.lang) for text in long] == [
        (LONG_KO.value.replace("\n\n", " "), "ko"), (LONG_EN.value, "en"),
    ]  # fmt: skip
    assert "field_not_consumed" not in [one.code for one in made.problems]


def test_lido_tells_them_by_the_type_of_the_description() -> None:
    made = to_draft(f"""<lido:lido xmlns:lido="http://www.lido-schema.org">
        <lido:lidoRecID lido:type="x">1</lido:lidoRecID>
        <lido:descriptiveMetadata xml:lang="ko"><lido:objectIdentificationWrap><lido:titleWrap><lido:titleSet>
        <lido:appellationValue>달밤</lido:appellationValue></lido:titleSet></lido:titleWrap>
        </lido:objectIdentificationWrap></lido:descriptiveMetadata>
        <lido:administrativeMetadata xml:lang="ko"><lido:resourceWrap><lido:resourceSet>
        <lido:resourceRepresentation><lido:linkResource>https://m.example/1.jpg</lido:linkResource>
        </lido:resourceRepresentation>
        <lido:resourceDescription lido:type="Alternative text">{ALT_KO.value}</lido:resourceDescription>
        <lido:resourceDescription lido:type="long description">
        <lido:descriptiveNoteValue xml:lang="en">{LONG_EN.value}
        </lido:descriptiveNoteValue></lido:resourceDescription>
        <lido:resourceDescription>앞면</lido:resourceDescription></lido:resourceSet></lido:resourceWrap>
        </lido:administrativeMetadata></lido:lido>""".encode(), "lido")  # fmt: skip
    (file,) = made.media
    assert words(file) == ((ALT_KO,), (LONG_EN,)) and file.label == Text("앞면", "ko")


def read(record: object, **fields: Any) -> ItemDraft:
    rules = msgspec.convert({"title": "title", **fields}, Mapping)
    return to_draft(canonical(record), "json", rules)


def test_a_mapping_matches_words_and_files_that_stand_together() -> None:
    record = {
        "title": "달밤",
        "files": [
            {"url": "https://x/1.jpg"},
            {"url": "https://x/2.jpg", "alt": ["둘째 그림의 산", "둘째 그림의 강"], "en": "A mountain"},
            {"url": "https://x/3.jpg", "alt": "셋째 그림의 강", "long": "<p>강이 흐른다.</p>"},
        ],
    }
    made = read(
        record,
        media="files[*].url",
        media_alt=[{"path": "files[*].alt", "lang": "ko"}, {"path": "files.en", "lang": "en"}],
        media_description={"path": "files[*].long", "lang": "ko"},
    )
    assert [[text.value for text in ref.alt] for ref in made.media] == [
        [], ["둘째 그림의 산", "둘째 그림의 강", "A mountain"], ["셋째 그림의 강"],
    ]  # fmt: skip
    assert made.media[2].description == (Text("강이 흐른다.", "ko"),)
    assert [one.code for one in made.problems] == ["type_unknown"]


def test_a_sheet_matches_them_by_their_order_in_the_cells_or_by_columns() -> None:
    row = {
        "title": "달밤",
        "files": "https://x/1.jpg|https://x/2.jpg|https://x/3.jpg",
        "alts": "하나의 산| |셋의 강",
    }
    by_cell = read(row, media={"path": "files", "split": "|"}, media_alt={"path": "alts", "split": "|"})
    assert [ref.alt for ref in by_cell.media] == [(Text("하나의 산", "ko"),), (), (Text("셋의 강", "ko"),)]
    row = {
        "title": "달밤",
        "a": "https://x/1.jpg",
        "b": "https://x/2.jpg",
        "alt_b": "둘의 산",
        "en_b": "A hill",
    }
    rules = [{"path": "alt_a", "lang": "ko"}, {"path": "alt_b", "lang": "ko"}, {"path": "en_a", "lang": "en"},
             {"path": "en_b", "lang": "en"}]  # fmt: skip
    by_column = read(row, media=["a", "b"], media_alt=rules)
    assert [[text.value for text in ref.alt] for ref in by_column.media] == [[], ["둘의 산", "A hill"]]


def test_words_without_a_file_are_told() -> None:
    made = read({"title": "달밤", "a": "둘의 산"}, media="b", media_alt="a")
    assert [(one.code, one.field) for one in made.problems if one.code == "reference_unresolved"] == [
        ("reference_unresolved", "a")
    ]


@pytest.mark.parametrize(
    "said",
    [
        {"summary": {"ko": [ALT_KO.value], "en": [f"<span>{ALT_EN.value}</span>"]}},
        {"description": [{"@language": "ko", "@value": ALT_KO.value}, {"@language": "en", "@value": ALT_EN.value}]},
    ],
    ids=["3.0", "2.1"],
)  # fmt: skip
def test_a_canvas_says_them_of_its_picture(said: dict[str, Any]) -> None:
    body = {"id": "https://x.example/1.jpg", "type": "Image"}
    note = {"type": "Annotation", "motivation": "painting", "body": body}
    canvas = {"id": "c1", "type": "Canvas", "items": [{"type": "AnnotationPage", "items": [note]}], **said}
    raw = json.dumps({"id": "m", "type": "Manifest", "items": [canvas]}).encode()
    manifest = iiif_manifest.read(raw)
    assert isinstance(manifest, Manifest)
    assert manifest.pages[0].alt == (ALT_KO, ALT_EN)


def test_the_pages_of_a_manifest_carry_them(tmp_path: Any) -> None:
    page = iiif_manifest.Page("c1", "view", "https://x.example/1.jpg", alt=(ALT_KO,))
    ((listed,), _problems) = media_pages.listed(Manifest((page,)), refer=False, folder=tmp_path)
    assert words(listed.ref) == ((ALT_KO,), ())
