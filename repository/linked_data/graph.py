"""One item as an RDF graph: EDM (Definition 5.2.8) with Dublin Core, and the same facts in schema.org.

Every node has an address (the item's, with a fragment), so graphs merge and their bytes are repeatable. What
the caller hands in has passed the gate: only files that may be seen are named, originals only where they may
be had.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rdflib import RDF, XSD, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DC, DCTERMS, SKOS

from repository.asset import Asset, Role
from repository.item import Agent, Date, Description, Item, Note, Place, Text, Title, language_tag
from repository.rights.decision import Decision
from repository.rights.vocabulary import Mark, marks
from repository.urls import Urls

EDM = Namespace("http://www.europeana.eu/schemas/edm/")
ORE = Namespace("http://www.openarchives.org/ore/terms/")
SCHEMA = Namespace("https://schema.org/")
RDAGR2 = Namespace("http://rdvocab.info/ElementsGr2/")
WGS84 = Namespace("http://www.w3.org/2003/01/geo/wgs84_pos#")
SVCS = Namespace("http://rdfs.org/sioc/services#")
DOAP = Namespace("http://usefulinc.com/ns/doap#")
CC = Namespace("http://creativecommons.org/ns#")
ODRL = Namespace("http://www.w3.org/ns/odrl/2/")
PREFIXES = {
    "dc": DC,
    "dcterms": DCTERMS,
    "edm": EDM,
    "ore": ORE,
    "skos": SKOS,
    "schema": SCHEMA,
    "rdaGr2": RDAGR2,
    "wgs84": WGS84,
    "svcs": SVCS,
    "doap": DOAP,
    "cc": CC,
    "odrl": ODRL,
}
_EDM_TYPES = {"video": "VIDEO", "sound": "SOUND", "object": "IMAGE", "photograph": "IMAGE", "painting": "IMAGE",
              "print": "IMAGE", "map": "IMAGE"}  # fmt: skip
SCHEMA_TYPES = {"book": "Book", "manuscript": "Manuscript", "map": "Map", "painting": "Painting",
                 "photograph": "Photograph", "newspaper": "Newspaper", "video": "VideoObject",
                 "sound": "AudioObject", "music": "SheetMusic", "print": "VisualArtwork"}  # fmt: skip
_DATES = {"created": DCTERMS.created, "issued": DCTERMS.issued, "copyrighted": DCTERMS.dateCopyrighted,
          "depicted": DCTERMS.temporal}  # fmt: skip
_NOTES = {"contents": DCTERMS.tableOfContents, "provenance": DCTERMS.provenance, "abstract": DC.description}
_ALTERNATIVE = frozenset({"alternative", "translated", "transliterated"})


@dataclass(frozen=True, slots=True)
class Party:
    """An institution: its id here, and its names."""

    id: str
    name_ko: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Shown:
    """An item as it may be shown now: files in order, a small picture's address, which originals are free."""

    item: Item
    decision: Decision
    files: Sequence[Asset]
    originals: frozenset[str]
    thumbnail: str
    parties: tuple[Party, ...]
    invented: bool = False


def build(shown: Shown, urls: Urls) -> Graph:
    """Build the graph of an item."""
    graph = _graph()
    node = URIRef(urls.item_id(shown.item.id))
    _describe(graph, node, shown.item)
    _aggregate(graph, node, shown, urls)
    return graph


def _graph() -> Graph:
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    return graph


def _literal(text: Text | Title | Note) -> Literal:
    return Literal(text.value, lang=language_tag(text.lang) or None)


# ---- the thing itself


def _describe(graph: Graph, node: URIRef, item: Item) -> None:
    described = item.description
    _type(graph, node, described.type)
    _texts(graph, node, described)
    for number, agent in enumerate(described.agents, 1):
        _agent(graph, node, agent, URIRef(f"{node}#agent-{number}"))
    for number, place in enumerate(described.places, 1):
        _place(graph, node, place, URIRef(f"{node}#place-{number}"))
    for date in described.dates:
        _date(graph, node, date)
    for code in described.languages:
        graph.add((node, DC.language, Literal(code)))
    for identifier in (item.local_id, *described.identifiers):
        graph.add((node, DC.identifier, Literal(identifier)))


def _type(graph: Graph, node: URIRef, kind: str) -> None:
    graph.add((node, RDF.type, EDM.ProvidedCHO))
    graph.add((node, RDF.type, SCHEMA[SCHEMA_TYPES.get(kind, "CreativeWork")]))
    graph.add((node, EDM.type, Literal(_EDM_TYPES.get(kind, "TEXT"))))
    graph.add((node, DC.type, Literal(kind)))


def _texts(graph: Graph, node: URIRef, described: Description) -> None:
    """State what is said in words: titles, subjects, notes, extents."""
    for title in described.titles:
        known = DCTERMS.alternative if title.kind in _ALTERNATIVE else DC.title
        graph.add((node, known, _literal(title)))
        graph.add((node, SCHEMA.name, _literal(title)))
    for subject in described.subjects:
        graph.add((node, DC.subject, _literal(subject)))
        graph.add((node, SCHEMA.keywords, _literal(subject)))
    for note in described.notes:
        graph.add((node, _NOTES.get(note.kind, DC.description), _literal(note)))
        if note.kind == "abstract":
            graph.add((node, SCHEMA.description, _literal(note)))
    for extent in described.extents:
        graph.add((node, DCTERMS.extent, _literal(extent)))


def _agent(graph: Graph, node: URIRef, agent: Agent, own: URIRef) -> None:
    is_maker = agent.role not in ("ctb", "pbl", "prt", "own")
    graph.add(
        (node, DC.creator if is_maker else DC.publisher if agent.role == "pbl" else DC.contributor, own)
    )
    graph.add((own, RDF.type, EDM.Agent))
    if is_maker:
        graph.add((node, SCHEMA.creator, own))
    kinds = {"person": "Person", "body": "Organization"}
    graph.add((own, RDF.type, SCHEMA[kinds.get(agent.kind, "Thing")]))
    _names(graph, own, agent.names)
    if agent.born is not None:
        graph.add((own, RDAGR2.dateOfBirth, Literal(year_written(agent.born))))
    if agent.died is not None:
        graph.add((own, RDAGR2.dateOfDeath, Literal(year_written(agent.died))))
    _same(graph, own, agent.uris)


def _names(graph: Graph, own: URIRef, names: Sequence[Text]) -> None:
    """Give each language its first name as the preferred one (SKOS S14), the others as alternatives."""
    seen: set[str] = set()
    for name in names:
        lang = language_tag(name.lang).lower()
        graph.add((own, SKOS.altLabel if lang in seen else SKOS.prefLabel, _literal(name)))
        graph.add((own, SCHEMA.name, _literal(name)))
        seen.add(lang)


def _place(graph: Graph, node: URIRef, place: Place, own: URIRef) -> None:
    graph.add((node, DCTERMS.spatial, own))
    graph.add((own, RDF.type, EDM.Place))
    _names(graph, own, place.names)
    if place.latitude is not None and place.longitude is not None:
        graph.add((own, WGS84.lat, Literal(str(place.latitude), datatype=XSD.decimal)))
        graph.add((own, WGS84.long, Literal(str(place.longitude), datatype=XSD.decimal)))
    _same(graph, own, place.uris)


def _same(graph: Graph, own: URIRef, uris: Sequence[str]) -> None:
    for uri in uris:
        if is_address(uri):
            graph.add((own, SKOS.exactMatch, URIRef(uri)))


def is_address(uri: str) -> bool:
    """Tell whether a text is an address that may stand in a graph as one."""
    return uri.startswith(("http://", "https://")) and not any(sign in uri for sign in ' <>"{}|\\^`\n\t')


def _date(graph: Graph, node: URIRef, date: Date) -> None:
    known = _DATES.get(date.role, DC.date)
    graph.add((node, known, Literal(date.text)))
    if date.edtf and date.edtf != date.text:
        graph.add((node, known, Literal(date.edtf)))
    if date.edtf and date.role == "created":
        graph.add((node, SCHEMA.dateCreated, Literal(date.edtf)))


def year_written(year: int) -> str:
    """Write an astronomical year as ISO 8601 does: at least four digits."""
    return f"{year:04d}" if year >= 0 else f"-{-year:04d}"


# ---- how it is shown


def _aggregate(graph: Graph, node: URIRef, shown: Shown, urls: Urls) -> None:
    own = URIRef(f"{node}#aggregation")
    graph.add((own, RDF.type, ORE.Aggregation))
    graph.add((own, EDM.aggregatedCHO, node))
    graph.add((own, EDM.isShownAt, node))
    graph.add((own, EDM.provider, Literal("코리안메모리", lang="ko")))
    graph.add((own, EDM.provider, Literal("Korean Memory", lang="en")))
    graph.add((node, SCHEMA.url, node))
    _parties(graph, node, own, shown, urls)
    rights = _rights(graph, node, own, shown.decision)
    if shown.invented:
        graph.add((own, DCTERMS.description, Literal("가상 기관 · 견본 그림 · 실물 사진이 아님", lang="ko")))
        graph.add(
            (
                own,
                DCTERMS.description,
                Literal("Invented institution; drawn sample, not the object", lang="en"),
            )
        )
    _files(graph, node, own, shown, urls, rights)


def _parties(graph: Graph, node: URIRef, own: URIRef, shown: Shown, urls: Urls) -> None:
    """Name who holds the original (the data provider of EDM) and who sent us its record."""
    known = {party.id: party for party in shown.parties}
    for party in known.values():
        graph.add((URIRef(urls.institution_id(party.id)), RDF.type, EDM.Agent))
        _names(
            graph,
            URIRef(urls.institution_id(party.id)),
            (Text(party.name_ko, "ko"), Text(party.name_en, "en")),
        )
    holder, provider = shown.item.holder, shown.item.provider
    if holder in known:
        graph.add((own, EDM.dataProvider, URIRef(urls.institution_id(holder))))
        graph.add((node, SCHEMA.provider, URIRef(urls.institution_id(holder))))
    for name in shown.item.description.holder if holder not in known else ():
        graph.add((own, EDM.dataProvider, _literal(name)))
    if provider in known and provider != holder:
        graph.add((own, EDM.intermediateProvider, URIRef(urls.institution_id(provider))))


def _rights(graph: Graph, node: URIRef, own: URIRef, decision: Decision) -> URIRef:
    """State the mark: its own address where EDM takes it, else a licence of ours that says what it comes near to."""
    mark = marks().get(decision.mark) or marks()["none"]
    nearest = URIRef(mark.edm)
    if mark.uri:
        graph.add((own, DC.rights, URIRef(mark.uri)))
        graph.add((node, SCHEMA.license, URIRef(mark.uri)))
    graph.add((own, DC.rights, Literal(mark.ko, lang="ko")))
    graph.add((own, DC.rights, Literal(mark.en, lang="en")))
    graph.add((node, SCHEMA.acquireLicensePage, URIRef(f"{node}#rights")))
    if not mark.edm_inherits:
        graph.add((own, EDM.rights, nearest))
        return nearest
    licence = URIRef(f"{node}#licence")
    _licence(graph, licence, mark, nearest)
    graph.add((own, EDM.rights, licence))
    return licence


def _licence(graph: Graph, licence: URIRef, mark: Mark, nearest: URIRef) -> None:
    graph.add((licence, RDF.type, CC.License))
    graph.add((licence, ODRL.inheritFrom, nearest))
    if mark.uri:
        graph.add((licence, CC.legalcode, URIRef(mark.uri)))


def _files(graph: Graph, node: URIRef, own: URIRef, shown: Shown, urls: Urls, rights: URIRef) -> None:
    seen = [asset for asset in shown.files if asset.role not in (Role.CAPTION, Role.POSTER)]
    for place, asset in enumerate(seen):
        resource = URIRef(_address(asset, urls))
        graph.add((own, EDM.isShownBy if place == 0 else EDM.hasView, resource))
        graph.add((resource, RDF.type, EDM.WebResource))
        graph.add((resource, EDM.rights, rights))
        graph.add((resource, DC["format"], Literal("image/jpeg" if asset.is_image else asset.media_type)))
        if asset.is_image:
            _service(graph, resource, URIRef(urls.image(asset.id)), URIRef(urls.manifest(shown.item.id)))
        if asset.id in shown.originals:
            graph.add((resource, DCTERMS.hasFormat, URIRef(urls.original(asset.id))))
    if shown.thumbnail:
        graph.add((own, EDM.object, URIRef(shown.thumbnail)))
        graph.add((node, SCHEMA.thumbnailUrl, URIRef(shown.thumbnail)))
    if seen:
        graph.add((node, SCHEMA.image, URIRef(_address(seen[0], urls))))


def _address(asset: Asset, urls: Urls) -> str:
    return urls.picture(asset.id) if asset.is_image else urls.film(asset.id)


def _service(graph: Graph, resource: URIRef, service: URIRef, manifest: URIRef) -> None:
    """Point at the IIIF services as Europeana's IIIF profile of EDM does."""
    graph.add((resource, SVCS.has_service, service))
    graph.add((resource, DCTERMS.isReferencedBy, manifest))
    graph.add((service, RDF.type, SVCS.Service))
    graph.add((service, DCTERMS.conformsTo, URIRef("http://iiif.io/api/image")))
    graph.add((service, DOAP.implements, URIRef("http://iiif.io/api/image/3/level2.json")))
