from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from harvest.crosswalks import to_draft
from harvest.oai_xml import parse_page
from repository.errors import TransferError
from repository.item import Description, ItemDraft
from repository.problems import Severity

UNDECLARED = ("txdl", "tn")  # their XML names a prefix that it never declares
FOREIGN = ("eac", "feedbooks", "mwdl", "orbis", "si.")


def codes(made: ItemDraft) -> list[str]:
    return [one.code for one in made.problems]


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        (b"", "metadata_missing"),
        (b"  ", "metadata_missing"),
        (b"<record><metadata></metadata></record>", "metadata_missing"),
        (b"<record><header/></record>", "metadata_missing"),
        (b"<html><body/></html>", "metadata_foreign"),
        (b"<record><leader/><field>a</field></record>", "metadata_foreign"),
        (b"<record xmlns='urn:x'><leader/><datafield tag='245'/></record>", "metadata_foreign"),
        (b"<a", "metadata_foreign"),
        (b"\xff\xfe\x00", "metadata_foreign"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "metadata_foreign"),
    ],
)
def test_what_cannot_be_read_is_parked_with_its_reason(payload: bytes, code: str) -> None:
    made = to_draft(payload, "oai_dc")
    assert (made.description, codes(made)) == (Description(), [code])
    assert made.problems[0].severity is Severity.PARKED


def test_the_namespace_decides_and_not_the_prefix() -> None:
    mods = b"<mods xmlns='http://www.loc.gov/mods/v3'><titleInfo><title>a</title></titleInfo></mods>"
    assert to_draft(mods, "oai_dc").description.titles[0].value == "a"


@pytest.mark.parametrize(
    "metadata",
    [
        "<qualifieddc><title>a</title></qualifieddc>",
        "<record><leader/><datafield tag='245'><subfield code='a'>a</subfield></datafield></record>",
        "<d:dc xmlns:d='http://www.openarchives.org/OAI/2.0/oai_dc/'><title>a</title></d:dc>",
    ],
)
def test_what_declares_no_namespace_stands_in_that_of_the_protocol(metadata: str) -> None:
    """An answer declares its own as the default, so that a bare payload takes it over."""
    page = f"""<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords><record>
        <header><identifier>x</identifier><datestamp>2026-01-01</datestamp></header>
        <metadata>{metadata}</metadata></record></ListRecords></OAI-PMH>"""
    (record,) = parse_page(page.encode(), "x").records
    made = to_draft(record.payload, "x")
    assert [title.value for title in made.description.titles] == ["a"]
    assert "field_not_consumed" not in codes(made)


def test_a_draft_survives_json() -> None:
    made = to_draft(b"<dc><title>a</title><date>1861</date></dc>", "oai_dc")
    assert msgspec.json.decode(msgspec.json.encode(made.description), type=Description) == made.description


def test_one_record_of_each_real_hub(shared_data: Path) -> None:
    paths = sorted([*(shared_data / "hubs").glob("*.xml"), *(shared_data / "formats").glob("*.xml")])
    assert len(paths) > 20
    for path in paths:
        made = to_draft(path.read_bytes(), "x")
        unread = any(word in path.name for word in FOREIGN) or path.stem in UNDECLARED
        assert bool({"metadata_foreign", "agent_not_thing"} & set(codes(made))) == unread, path.name
        assert unread or made.description.titles, path.name


def test_every_real_page_makes_drafts(shared_data: Path) -> None:
    for path in sorted((shared_data / "oai").rglob("*.xml")):
        try:
            page = parse_page(path.read_bytes(), "x")
        except TransferError:
            continue
        for record in page.records:
            to_draft(record.payload, record.prefix)


def test_naughty_strings_are_only_text(shared_data: Path) -> None:
    root = etree.Element("dc")
    for string in json.loads((shared_data / "hostile" / "blns.json").read_text("utf-8")):
        for name in (
            "title",
            "creator",
            "date",
            "identifier",
            "relation",
            "rights",
            "language",
            "type",
            "coverage",
        ):
            try:
                etree.SubElement(root, name).text = string
            except ValueError:  # characters that XML cannot hold never arrive here
                continue
    made = to_draft(etree.tostring(root), "oai_dc")
    assert len(made.description.titles) > 300
    assert all("\u202e" not in title.value for title in made.description.titles)
    assert all(ref.url.lower().startswith("http") for ref in made.media)


NAMES = {
    "http://purl.org/dc/elements/1.1/": "title creator date type format identifier relation source language "
    "coverage rights subject description publisher odd",
    "http://purl.org/dc/terms/": "created spatial temporal alternative hasFormat isFormatOf",
    "http://www.loc.gov/mods/v3": "titleInfo title nonSort name namePart role roleTerm originInfo dateCreated place "
    "placeTerm subject geographic cartographics coordinates location url physicalLocation relatedItem language "
    "languageTerm accessCondition note genre extension part recordInfo alternativeName",
    "http://www.europeana.eu/schemas/edm/": "ProvidedCHO WebResource Agent Place TimeSpan isShownBy hasView object "
    "rights dataProvider type begin end aggregatedCHO",
    "http://www.openarchives.org/ore/terms/": "Aggregation Proxy",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "Description type value",
    "http://www.w3.org/2004/02/skos/core#": "Concept prefLabel altLabel note",
    "http://www.loc.gov/MARC21/slim": "leader controlfield datafield subfield record",
    "http://www.lido-schema.org": "lido descriptiveMetadata administrativeMetadata objectClassificationWrap "
    "objectWorkTypeWrap objectWorkType term conceptID objectIdentificationWrap titleWrap titleSet appellationValue "
    "repositoryWrap repositorySet repositoryName workID eventWrap eventSet event eventType eventActor actorInRole "
    "actor nameActorSet vitalDatesActor earliestDate latestDate eventDate displayDate date eventPlace place "
    "namePlaceSet partOfPlace resourceWrap resourceSet resourceRepresentation linkResource rightsWorkWrap "
    "rightsWorkSet rightsType recordWrap recordInfoSet recordInfoLink objectRelationWrap subjectWrap subjectSet "
    "subject subjectConcept",
}
ATTRIBUTES = (
    "type", "usage", "access", "point", "encoding", "qualifier", "lang", "script", "transliteration", "altRepGroup",
    "valueURI", "{http://www.w3.org/1999/xlink}href", "{http://www.w3.org/XML/1998/namespace}lang",
    "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}resource", "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about",
    "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}nodeID", "tag", "code", "ind2",
)  # fmt: skip
WORDS = (
    "", " ", "ko", "kor", "1861", "1861/1862", "/", "X", "uuuu", "9999", "start", "end", "marc", "edtf", "iso8601",
    "date", "family", "given", "constituent", "host", "primary display", "raw object", "preview", "true", "http://x/a.jpg",
    "http://x/a.mp4", "http://x/a.vtt", "http://[x", "http://x:99999/", "text/vtt", "#1", "영조 27년(1751)", "辛未",
    "18세기 후반", "김정호(金正浩, ?~1866 이전)", "008", "100", "245", "260", "650", "856", "880", "a", "b", "c",
    "d", "u", "6", "245-01",
    "00000nam c2200000 c 4500", "010101q18uu9999ulka          000 c kor  ", "name=a; start=1; end=",
    "east=1; north=91", "n0604000", "한성(漢城)", "91, 181", ";;;", "()", "[]", "<b>", "&", "\u202e",
)  # fmt: skip
ROOTS = (
    "{http://www.openarchives.org/OAI/2.0/oai_dc/}dc",
    "{http://www.loc.gov/mods/v3}mods",
    "{http://www.loc.gov/mods/v3}modsCollection",
    "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}RDF",
    "{http://www.loc.gov/MARC21/slim}record",
    "{http://www.loc.gov/MARC21/slim}collection",
    "{http://www.lido-schema.org}lido",
    "{http://www.lido-schema.org}lidoWrap",
)


@cache
def elements() -> st.SearchStrategy[etree._Element]:
    tags = [f"{{{space}}}{name}" for space, names in NAMES.items() for name in names.split()]
    legal = st.text(
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=20
    )
    texts = st.sampled_from(WORDS) | legal
    attributes = st.dictionaries(st.sampled_from(ATTRIBUTES), texts, max_size=3)
    leaves = st.builds(grown, st.sampled_from(tags), attributes, texts, st.just([]))
    return st.recursive(
        leaves,
        lambda inner: st.builds(grown, st.sampled_from(tags), attributes, texts, st.lists(inner, max_size=4)),
        max_leaves=12,
    )


def grown(tag: str, attributes: dict[str, str], text: str, children: list[etree._Element]) -> etree._Element:
    made = etree.Element(tag, attributes)
    made.text = text
    made.extend(children)
    return made


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(ROOTS), st.lists(elements(), max_size=6))
def test_no_record_ever_raises(root: str, children: list[etree._Element]) -> None:
    payload = etree.tostring(grown(root, {}, "", children))
    made = to_draft(payload, "x")
    assert made == to_draft(payload, "x")
    assert all(title.value for title in made.description.titles)
    msgspec.json.encode(made)


TAGS = ("008", "034", "041", "100", "110", "245", "246", "260", "264", "300", "500", "505", "520", "540", "600",
        "650", "651", "653", "655", "700", "711", "773", "852", "856", "880", "999")  # fmt: skip
SUBFIELDS = st.lists(st.tuples(st.sampled_from("abcdefgtuxz0346"), st.sampled_from(WORDS)), max_size=4)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(TAGS), SUBFIELDS, st.sampled_from(WORDS)), max_size=8))
def test_no_record_of_marc_ever_raises(found: list[tuple[str, list[tuple[str, str]], str]]) -> None:
    slim = "{http://www.loc.gov/MARC21/slim}"
    root = etree.Element(f"{slim}record")
    root.append(grown(f"{slim}leader", {}, "00000nam c2200000 c 4500", []))
    for tag, subfields, text in found:
        inner = [grown(f"{slim}subfield", {"code": code}, value, []) for code, value in subfields]
        root.append(grown(f"{slim}datafield", {"tag": tag, "ind1": " ", "ind2": "1"}, "", inner))
        if tag == "008":
            root.append(grown(f"{slim}controlfield", {"tag": tag}, text, []))
    made = to_draft(etree.tostring(root), "marcxml")
    assert "metadata_foreign" not in codes(made)
    msgspec.json.encode(made)
