"""The Europeana Data Model in RDF/XML: what an object is, its aggregation, its web resources, its context.

How we read what the model leaves open:

- What is said of the object stands in `edm:ProvidedCHO` and in the provider's `ore:Proxy`; Europeana's own
  proxy and aggregation are passed over. A description without a kind is the object if the aggregation says so.
- Files are `edm:isShownBy`, then `edm:hasView` in order, then further web resources whose address ends like a
  file. `edm:object` is the poster of a film, and a file only where there is no other.
- A manifest by which a web resource `isReferencedBy` is a file that stands for its pages.
- A web resource's `dc:description` is the file's alternative text, its `dcterms:abstract` the long description, its
  rights are claims on the reproduction.
  A WebVTT resource is a caption track, in its `dc:language`, of the film that it `isFormatOf`, else of the first.
- `edm:rights` and `dc:rights` of object and aggregation are claims on the work.
- Words of `dc:type` tell the type; `edm:type` is coarse and comes last.

https://pro.europeana.eu/page/edm-documentation
"""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

from harvest.crosswalks import draft, edm_context, fields, media, types
from harvest.crosswalks.rdf import Graph, address_of, pointer
from harvest.crosswalks.reader import Node
from repository.item import (
    Agent,
    Claim,
    Date,
    Description,
    ItemDraft,
    MediaRef,
    Note,
    Place,
    Text,
    Title,
)

_AGENTS = {"dc:creator": "cre", "dc:contributor": "ctb", "dc:publisher": "pbl", "dc:rightsHolder": "cph"}
_DATES = {"dc:created": "created", "dc:date": "created", "dc:issued": "issued"}
_NOTES = {
    "dc:description": "abstract",
    "dc:abstract": "abstract",
    "dc:tableOfContents": "contents",
    "dc:provenance": "provenance",
    "dc:medium": "physical",
}
_RELATIONS = (
    "dc:isPartOf", "dc:hasPart", "dc:relation", "dc:source", "dc:references", "dc:isReferencedBy", "dc:isVersionOf",
    "dc:hasVersion", "dc:replaces", "dc:isReplacedBy", "dc:isFormatOf", "dc:hasFormat", "dc:conformsTo",
    "edm:isRelatedTo", "edm:isDerivativeOf", "edm:isSimilarTo", "edm:isRepresentationOf", "edm:isSuccessorOf",
    "edm:incorporates", "edm:realizes",
)  # fmt: skip
_RIGHTS = ("edm:rights", "dc:rights", "dc:license", "dc:accessRights")
_SILENT = ("edm:EuropeanaAggregation", "cc:License", "svcs:Service")


class Things(NamedTuple):
    """The nodes that describe the object, and those that aggregate it."""

    graph: Graph
    objects: list[Node]
    aggregations: list[Node]

    def take(self, *names: str) -> list[Node]:
        """Take fields of the object, in the order of names."""
        return [field for name in names for node in self.objects for field in node.take(name)]

    def aggregated(self, *names: str) -> list[Node]:
        """Take fields of the aggregation, in the order of names."""
        return [field for name in names for node in self.aggregations for field in node.take(name)]

    def texts(self, *names: str) -> tuple[Text, ...]:
        """Read the words of fields of the object."""
        found = (text for field in self.take(*names) for text in self.graph.texts(field))
        return tuple(dict.fromkeys(text for text in found if text.value))


def to_draft(root: etree._Element) -> ItemDraft:
    """Read one EDM record."""
    graph = Graph(root)
    things = _things(graph)
    if not things.objects:
        return draft.refuse("metadata_foreign", "rdf:RDF", "no object")
    refs, tracks = files(things)
    said = things.texts("dc:type", "edm:hasType")
    coarse = [node.value() for node in things.take("edm:type")]
    topics = things.texts("dc:subject")
    formats = things.texts("dc:format")
    hints = [text.value for text in (*formats, *topics)]
    kind, problems = types.derive(
        [*(text.value for text in said), *coarse], hints, [ref.role for ref in refs]
    )
    description = Description(
        titles=titles(things),
        type=kind,
        agents=agents(things),
        dates=dates(things),
        places=places(things),
        subjects=tuple(dict.fromkeys((*topics, *(text for text in said if types.is_strange(text.value))))),
        notes=notes(things),
        languages=languages(things),
        extents=tuple(dict.fromkeys((*things.texts("dc:extent"), *_sizes(formats)))),
        identifiers=identifiers(things),
        relations=relations(things),
        shown_at=shown_at(things),
        holder=holder(things),
        claims=claims(things),
    )
    _pass_over(things)
    return draft.finish(graph.root, description, media.arrange(refs, tracks, kind), problems)


def _things(graph: Graph) -> Things:
    """Find the nodes that describe the object and those that aggregate it."""
    aggregations = graph.of_kind("ore:Aggregation")
    proxies = [node for node in graph.of_kind("ore:Proxy") if not _is_europeanas(node)]
    objects = [*graph.of_kind("edm:ProvidedCHO"), *proxies]
    if not objects:
        pointed = (pointer(field) for node in aggregations for field in node.take("edm:aggregatedCHO"))
        found = (graph.by_address.get(uri) for uri in pointed)
        titled = (node for node in graph.nodes if "dc:title" in node.names())
        objects = [node for node in [next(filter(None, [*found, *titled]), None)] if node is not None]
    return Things(graph, objects, aggregations)


def _is_europeanas(proxy: Node) -> bool:
    """Tell Europeana's own proxy, which repeats and enriches the provider's."""
    said = [field.value() for field in proxy.take("edm:europeanaProxy")]
    if "true" in said:
        proxy.skip()
    return "true" in said


def titles(things: Things) -> tuple[Title, ...]:
    """Read the titles; alternatives say by their language what they are beside the first."""
    return fields.retitled(
        text for field in things.take("dc:title", "dc:alternative") for text in things.graph.texts(field)
    )


def agents(things: Things) -> tuple[Agent, ...]:
    """Read the makers, from words or from the agents that the record describes."""
    found: list[Agent] = []
    for name, role in _AGENTS.items():
        for field in things.take(name):
            entity = things.graph.target(field)
            if entity is not None:
                found.append(edm_context.agent(things.graph, entity, role))
            elif pointer(field):
                field.note("reference_unresolved", pointer(field))
            else:
                found += fields.agents(field, role)
    return tuple(dict.fromkeys(agent for agent in found if agent.names))


def dates(things: Things) -> tuple[Date, ...]:
    """Read the dates, and the times that the object is about."""
    found: list[Date] = []
    for name, role in {**_DATES, "dc:temporal": "depicted"}.items():
        words: list[tuple[Node, str]] = []
        for field in things.take(name):
            span = things.graph.target(field)
            if span is not None:
                found += edm_context.time_span(things.graph, span, role)
            else:
                words += [(field, text.value) for text in things.graph.texts(field)]
        found += fields.dates_of(words, role)
    return tuple(dict.fromkeys(found))


def places(things: Things) -> tuple[Place, ...]:
    """Read the places; words that are a name of a described place are that place."""
    found: list[Place] = []
    for field in things.take("dc:spatial", "dc:coverage", "edm:currentLocation"):
        entity = things.graph.target(field)
        if entity is not None:
            found.append(edm_context.place(things.graph, entity))
        else:
            found += [place for text in things.graph.texts(field) if (place := fields.place(text))]
    described = {name.value for place in found if place.uris for name in place.names}
    kept = [place for place in found if place.uris or not {name.value for name in place.names} & described]
    return tuple(dict.fromkeys(place for place in kept if place.names or place.latitude is not None))


def notes(things: Things) -> tuple[Note, ...]:
    """Read what is told about the object."""
    found: list[Note] = []
    for name, kind in _NOTES.items():
        for field in things.take(name):
            if field.element.text and field.element.text.strip():
                found.append(fields.note(field, kind))
            else:
                found += [Note(text.value, text.lang, kind) for text in things.graph.texts(field)]
    return tuple(dict.fromkeys(note for note in found if note.value))


def languages(things: Things) -> tuple[str, ...]:
    """Read the languages of the object."""
    return tuple(
        dict.fromkeys(tag for node in things.take("dc:language") for tag in fields.language_of(node))
    )


def _sizes(formats: tuple[Text, ...]) -> tuple[Text, ...]:
    return tuple(text for text in formats if not fields.is_media_type(text.value))


def identifiers(things: Things) -> tuple[str, ...]:
    """Read the names of the object; without any, the local part of its own address."""
    said = tuple(dict.fromkeys(filter(None, (node.value() for node in things.take("dc:identifier")))))
    own = dict.fromkeys(address_of(node).lstrip("#") for node in things.objects)
    return said or tuple(name for name in own if name and not name.startswith("_:"))


def relations(things: Things) -> tuple[Text, ...]:
    """Read what the object belongs or refers to: words, names of described nodes, or addresses."""
    found: list[Text] = []
    for field in things.take(*_RELATIONS):
        entity = things.graph.target(field)
        found += things.graph.labels(entity) if entity is not None else (fields.pointed(field),)
    return tuple(dict.fromkeys(text for text in found if text.value))


def shown_at(things: Things) -> str:
    """Read the address of the provider's own page."""
    return next(filter(None, (_address(field) for field in things.aggregated("edm:isShownAt"))), "")


def holder(things: Things) -> tuple[Text, ...]:
    """Read who keeps the object: the institution that gave the data."""
    found = (text for field in things.aggregated("edm:dataProvider") for text in things.graph.texts(field))
    return tuple(dict.fromkeys(text for text in found if text.value))


def claims(things: Things) -> tuple[Claim, ...]:
    """Read what is said of rights in the work."""
    found = (fields.claim_of(field) for field in (*things.aggregated(*_RIGHTS), *things.take(*_RIGHTS)))
    return tuple(dict.fromkeys(filter(None, found)))


def files(things: Things) -> tuple[list[MediaRef], list[media.Track]]:
    """Read the files in order, and the caption tracks."""
    resources = {address_of(node): node for node in things.graph.of_kind("edm:WebResource")}
    named = [_address(field) for field in things.aggregated("edm:isShownBy", "edm:hasView")]
    manifests = [_manifest(field) for node in resources.values() for field in node.take("dc:isReferencedBy")]
    stills = [_address(field) for field in things.aggregated("edm:object")]
    tracks = [track for uri, node in resources.items() if (track := _track(uri, node))]
    texts = {track.url for track in tracks}
    further = [uri for uri in resources if media.role_of(media.address(uri)) and uri not in stills]
    wanted = [uri for uri in dict.fromkeys((*named, *further, *manifests)) if uri and uri not in texts]
    refs = [_file(uri, resources.get(uri)) for uri in wanted]
    for uri in (uri for uri in stills if uri and uri not in wanted):
        role = "poster" if any(ref.role == "film" for ref in refs) else ""
        if role or not refs:
            refs.append(_file(uri, resources.get(uri), role))
    return refs, tracks


def _file(uri: str, resource: Node | None, role: str = "") -> MediaRef:
    """Read one file from its web resource; what tells its order was told by the aggregation."""
    key = media.key_of(uri)
    if resource is None:
        return MediaRef(key, uri, role or media.role_of(uri) or "view")
    label = next((field.text() for field in resource.take("dc:title", "rdfs:label")), Text(""))
    alt = tuple(text for field in resource.take("dc:description") if (text := field.text()).value)
    long = fields.proses(resource.take("dc:abstract"))
    rights = tuple(
        filter(None, (fields.claim_of(field, "reproduction") for field in resource.take(*_RIGHTS)))
    )
    for field in resource.take("edm:isNextInSequence", "dc:isFormatOf", "dc:hasPart", "svcs:has_service"):
        field.skip()
    said = role or media.role_of(uri, _media_type(resource)) or "view"
    return MediaRef(key, uri, said, label, alt, claims=rights, description=long)


def _track(uri: str, resource: Node) -> media.Track | None:
    """Read a web resource as a caption track, if it is one."""
    url = media.address(uri)
    if not url or media.role_of(url, _media_type(resource)) != "caption":
        return None
    said = [field.value() for field in resource.take("dc:language")]
    of = [pointer(field) for field in resource.take("dc:isFormatOf")]
    resource.skip()
    return media.Track(url, media.caption_lang(url, said[0] if said else ""), next(filter(None, of), ""))


def _media_type(resource: Node) -> str:
    """Read the media type of a web resource."""
    return next((field.value() for field in resource.see("dc:format", "ebucore:hasMimeType")), "")


def _manifest(field: Node) -> str:
    """Read the IIIF manifest that a web resource is part of (EDM for IIIF); other references are not files."""
    uri = _address(field)
    return uri if media.is_manifest(uri) else ""


def _address(field: Node) -> str:
    """Read an address from a pointer or from words."""
    return media.address(pointer(field) or field.value())


def _pass_over(things: Things) -> None:
    """Count as read what speaks of the aggregation and not of the object."""
    graph = things.graph
    for node in graph.of_kind(*_SILENT):
        node.skip()
    for field in things.aggregated(
        "edm:aggregatedCHO", "edm:provider", "edm:intermediateProvider", "edm:ugc"
    ):
        field.skip()
    for field in things.take("ore:proxyFor", "ore:proxyIn", "owl:sameAs", "edm:year"):
        field.skip()
