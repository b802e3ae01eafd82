"""The three formats in which the sample institutions send a work: oai_dc, MODS 3.7 and EDM.

Conventions are written in the package's docstring. Each writer hangs one record under the OAI metadata element.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

from harvest.sample.markup import add, name, root, several
from harvest.sample.seen import alternative, at_length
from harvest.sample.works import CLOSING_EN, CLOSING_KO, Asset, Maker, Work, places

TYPES = {  # kind -> (Korean word, DCMI type, MODS typeOfResource, EDM type)
    "book": ("도서", "Text", "text", "TEXT"),
    "document": ("문서", "Text", "text", "TEXT"),
    "film": ("영상", "MovingImage", "moving image", "VIDEO"),
    "map": ("지도", "StillImage", "cartographic", "IMAGE"),
    "newspaper": ("신문", "Text", "text", "TEXT"),
    "object": ("유물", "PhysicalObject", "three dimensional object", "3D"),
    "painting": ("회화", "StillImage", "still image", "IMAGE"),
    "photograph": ("사진", "StillImage", "still image", "IMAGE"),
    "score": ("악보", "StillImage", "notated music", "IMAGE"),
}
_CONTRIBUTORS = {"contributor", "signatory"}


@dataclass(frozen=True, slots=True)
class Sent:
    """A work on its way out: with the address of the server and its provider's name."""

    work: Work
    base: str
    provider: str

    @property
    def page(self) -> str:
        """Address of the institution's own page of the record."""
        return f"{self.base}/{self.work.source}/items/{self.work.id}"

    def media(self, asset: Asset) -> str:
        """Address of one file."""
        return f"{self.base}/media/{asset.path}"


def oai_dc(parent: etree._Element, sent: Sent) -> None:
    """Simple Dublin Core, as most Korean endpoints give it."""
    work = sent.work
    dc = root(parent, "oai_dc:dc", "oai_dc", "dc", "xsi")
    where = "http://www.openarchives.org/OAI/2.0/oai_dc/ http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
    dc.set(name("xsi:schemaLocation"), where)
    for text, code in _titles(work):
        add(dc, "dc:title", text, xml_lang=code)
    for maker in work.makers:
        add(dc, "dc:contributor" if maker.role in _CONTRIBUTORS else "dc:creator", maker.label)
    several(dc, "dc:subject", work.subjects, xml_lang="ko")
    _descriptions(dc, work)
    several(dc, "dc:publisher", (work.publisher,))
    several(dc, "dc:date", (work.date, *work.date_also))
    several(dc, "dc:type", TYPES[work.kind][:2])
    several(dc, "dc:format", (work.extent,))
    several(dc, "dc:identifier", (sent.page, work.call))
    several(dc, "dc:source", (work.holder.name_ko,))
    several(dc, "dc:language", work.language)
    several(dc, "dc:relation", tuple(sent.media(asset) for asset in work.assets))
    several(dc, "dc:coverage", (*work.places, *work.periods))
    several(dc, "dc:rights", (work.rights_uri, work.rights_text, work.holder.words_rights))


def _titles(work: Work) -> list[tuple[str, str]]:
    rows = [(work.title, "ko"), (work.hanja, "ko-Hani"), (work.roman, "ko-Latn"), (work.english, "en")]
    return [(text, code) for text, code in rows if text]


def _descriptions(parent: etree._Element, work: Work) -> None:
    add(parent, "dc:description", f"{work.description} {CLOSING_KO}", xml_lang="ko")
    add(parent, "dc:description", f"{work.description_en} {CLOSING_EN}", xml_lang="en")


def mods(parent: etree._Element, sent: Sent) -> None:
    """MODS 3.7, with a constituent for each picture."""
    work = sent.work
    record = root(parent, "mods:mods", "mods", "xlink")
    record.set("version", "3.7")
    _mods_titles(record, work)
    for maker in work.makers:
        _mods_name(record, maker)
    add(record, "mods:typeOfResource", TYPES[work.kind][2])
    add(record, "mods:genre", TYPES[work.kind][0], lang="kor")
    _mods_origin(record, work)
    for code in work.language:
        add(add(record, "mods:language"), "mods:languageTerm", code, type="code", authority="iso639-3")
    if work.extent:
        add(add(record, "mods:physicalDescription"), "mods:extent", work.extent)
    add(record, "mods:abstract", f"{work.description} {CLOSING_KO}", lang="kor")
    add(record, "mods:abstract", f"{work.description_en} {CLOSING_EN}", lang="eng")
    for tag, texts in (("topic", work.subjects), ("temporal", work.periods)):
        for text in texts:
            add(add(record, "mods:subject"), f"mods:{tag}", text)
    for place in work.places:
        _mods_place(add(record, "mods:subject"), place)
    for asset in work.assets:
        _mods_part(record, sent, asset)
    add(record, "mods:identifier", work.call, type="local", displayLabel="소장번호")
    location = add(record, "mods:location")
    add(location, "mods:physicalLocation", work.holder.name_ko)
    add(location, "mods:url", sent.page, usage="primary display")
    if work.rights_text or work.rights_uri:
        add(
            record,
            "mods:accessCondition",
            work.rights_text,
            type="use and reproduction",
            xlink_href=work.rights_uri,
        )
    if work.holder.words_rights:
        add(record, "mods:accessCondition", work.holder.words_rights, type="use and reproduction")
    info = add(record, "mods:recordInfo")
    add(info, "mods:recordContentSource", sent.provider)
    add(info, "mods:recordIdentifier", work.id)


def _mods_titles(record: etree._Element, work: Work) -> None:
    if work.title:
        add(add(record, "mods:titleInfo", lang="kor", script="Hang"), "mods:title", work.title)
    if work.hanja:
        info = add(record, "mods:titleInfo", type="alternative", lang="kor", script="Hani")
        add(info, "mods:title", work.hanja)
    if work.roman:
        info = add(record, "mods:titleInfo", type="alternative", script="Latn", transliteration="rr")
        add(info, "mods:title", work.roman)
    if work.english:
        add(add(record, "mods:titleInfo", type="translated", lang="eng"), "mods:title", work.english)


def _mods_name(record: etree._Element, maker: Maker) -> None:
    person = add(record, "mods:name", type="personal" if maker.life else "")
    add(person, "mods:namePart", maker.name)
    if maker.hanja:
        add(add(person, "mods:alternativeName", altType="Hani"), "mods:namePart", maker.hanja)
    if maker.life:
        add(person, "mods:namePart", maker.life, type="date")
    if maker.note:
        add(person, "mods:description", maker.note)
    add(add(person, "mods:role"), "mods:roleTerm", maker.role, type="text")


def _mods_origin(record: etree._Element, work: Work) -> None:
    origin = add(record, "mods:originInfo")
    if work.publisher:
        add(origin, "mods:publisher", work.publisher)
    for text in (work.date, *work.date_also):
        add(origin, "mods:dateCreated", text)
    if work.edtf:
        qualifier = "approximate" if work.edtf.endswith("~") else ""
        add(origin, "mods:dateCreated", work.edtf, encoding="edtf", keyDate="yes", qualifier=qualifier)


def _mods_place(subject: etree._Element, place: str) -> None:
    add(subject, "mods:geographic", place)
    if place in places():
        north, east = places()[place]
        add(add(subject, "mods:cartographics"), "mods:coordinates", f"{north}, {east}")


def _mods_part(record: etree._Element, sent: Sent, asset: Asset) -> None:
    part = add(record, "mods:relatedItem", type="constituent")
    add(add(part, "mods:titleInfo"), "mods:title", asset.label)
    for code, english in (("kor", False), ("eng", True)):
        if text := alternative(asset, english):
            add(part, "mods:note", text, type="alternative text", displayLabel="그림 설명", lang=code)
        if text := at_length(asset, english):
            add(part, "mods:abstract", text, lang=code)
    location = add(part, "mods:location")
    add(location, "mods:url", sent.media(asset), access="raw object", note=asset.media_type)


def edm(parent: etree._Element, sent: Sent) -> None:
    """The Europeana Data Model in RDF/XML: object, aggregation, web resources, agents."""
    work = sent.work
    rdf = root(parent, "rdf:RDF", "rdf", "edm", "ore", "dc", "dcterms", "skos", "rdaGr2", "wgs84")
    cho = f"{sent.page}#object"
    _edm_object(add(rdf, "edm:ProvidedCHO", rdf_about=cho), sent)
    _edm_aggregation(add(rdf, "ore:Aggregation", rdf_about=f"{sent.page}#aggregation"), sent, cho)
    for asset in work.assets:
        _edm_resource(add(rdf, "edm:WebResource", rdf_about=sent.media(asset)), sent, asset)
    for number, maker in enumerate(work.makers, start=1):
        _edm_agent(add(rdf, "edm:Agent", rdf_about=f"{sent.page}#agent-{number}"), maker)
    for number, place in enumerate(work.places, start=1):
        if place in places():
            _edm_place(add(rdf, "edm:Place", rdf_about=f"{sent.page}#place-{number}"), place)


def _edm_object(cho: etree._Element, sent: Sent) -> None:
    work = sent.work
    for number, (text, code) in enumerate(_titles(work)):
        add(cho, "dcterms:alternative" if number else "dc:title", text, xml_lang=code)
    for number, maker in enumerate(work.makers, start=1):
        tag = "dc:contributor" if maker.role in _CONTRIBUTORS else "dc:creator"
        add(cho, tag, rdf_resource=f"{sent.page}#agent-{number}")
    several(cho, "dcterms:created", (work.date, *work.date_also, work.edtf))
    _descriptions(cho, work)
    several(cho, "dc:subject", work.subjects, xml_lang="ko")
    for number, place in enumerate(work.places, start=1):
        if place in places():
            add(cho, "dcterms:spatial", rdf_resource=f"{sent.page}#place-{number}")
        else:
            add(cho, "dcterms:spatial", place, xml_lang="ko")
    several(cho, "dcterms:temporal", work.periods, xml_lang="ko")
    several(cho, "dcterms:extent", (work.extent,), xml_lang="ko")
    several(cho, "dc:language", work.language)
    several(cho, "dc:identifier", (work.call,))
    add(cho, "dc:type", TYPES[work.kind][0], xml_lang="ko")
    several(cho, "dc:rights", (work.rights_text, work.holder.words_rights), xml_lang="ko")
    add(cho, "edm:type", TYPES[work.kind][3])


def _edm_aggregation(aggregation: etree._Element, sent: Sent, cho: str) -> None:
    work = sent.work
    add(aggregation, "edm:aggregatedCHO", rdf_resource=cho)
    add(aggregation, "edm:dataProvider", work.holder.name_ko, xml_lang="ko")
    add(aggregation, "edm:provider", sent.provider, xml_lang="ko")
    add(aggregation, "edm:isShownAt", rdf_resource=sent.page)
    shown, *further = work.pictures
    add(aggregation, "edm:isShownBy", rdf_resource=sent.media(shown))
    for asset in further:
        add(aggregation, "edm:hasView", rdf_resource=sent.media(asset))
    still = next((asset for asset in work.assets if asset.role == "poster"), shown)
    add(aggregation, "edm:object", rdf_resource=sent.media(still))
    if work.rights_uri:
        add(aggregation, "edm:rights", rdf_resource=work.rights_uri)


def _edm_resource(resource: etree._Element, sent: Sent, asset: Asset) -> None:
    work = sent.work
    if asset.role == "captions":
        add(resource, "dc:language", asset.language)
        add(resource, "dcterms:isFormatOf", rdf_resource=sent.media(work.pictures[0]))
    add(resource, "dc:format", asset.media_type)
    for code, english in (("ko", False), ("en", True)):
        several(resource, "dc:description", (alternative(asset, english),), xml_lang=code)
        several(resource, "dcterms:abstract", (at_length(asset, english),), xml_lang=code)
    if asset.rights_uri:
        add(resource, "edm:rights", rdf_resource=asset.rights_uri)
    follows = {after: before for before, after in pairwise(work.pictures)}.get(asset)
    if follows:
        add(resource, "edm:isNextInSequence", rdf_resource=sent.media(follows))


def _edm_agent(agent: etree._Element, maker: Maker) -> None:
    add(agent, "skos:prefLabel", maker.name, xml_lang="ko")
    add(agent, "skos:prefLabel", maker.english, xml_lang="en")
    several(agent, "skos:altLabel", (maker.hanja,), xml_lang="ko-Hani")
    several(agent, "skos:note", (maker.life,), xml_lang="ko")
    several(agent, "rdaGr2:professionOrOccupation", (maker.role,), xml_lang="en")


def _edm_place(entity: etree._Element, place: str) -> None:
    north, east = places()[place]
    add(entity, "wgs84:lat", str(north))
    add(entity, "wgs84:long", str(east))
    name_, _, hanja = place.rstrip(")").partition("(")
    add(entity, "skos:prefLabel", name_, xml_lang="ko")
    several(entity, "skos:altLabel", (hanja,), xml_lang="ko-Hani")
