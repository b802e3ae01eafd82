"""Dublin Core: simple (oai_dc), qualified (DCMI terms), and the dialects in which both are sent.

How we read what the standard leaves open:

- An http address in identifier, relation, hasFormat, hasPart or source is a file when its name ends like one
  (picture, film, sound, PDF, WebVTT); files keep the order in which they are named. The first other address in
  identifier, or `edm:isShownAt`, is the page where the provider shows the thing; further ones are identifiers.
  A WebVTT file is a caption track of the film whose name it shares, in the language that its name says.
- source names the holder, as Korean and French catalogues use it, unless `edm:dataProvider` does.
- Titles after the first say by their language whether they are other scripts, transliterations or translations.
- A period, point or box that is written by the encoding schemes of DCMI is read by its parts (see `dcsv`).
- coverage is a time when it can be read as one, else a place. Values joined by semicolons are several.
- rights, license, accessRights and `edm:rights` are claims on the work; `이미지: …` speaks of the reproduction,
  `lar:metadataTerms` (nsdl_dc) of the description.
- The names title_h, author, publish_date, abstract_e, keyword (the kind of material), location_org, deep_link,
  contents_url, url and issn, which Korean repositories put into the Dublin Core namespace, are read as what they
  mean; what else those repositories do stands in `oak`.

DCMI Metadata Terms, https://www.dublincore.org/specifications/dublin-core/dcmi-terms/
"""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

from harvest.crosswalks import dcsv, draft, fields, media, oak, types
from harvest.crosswalks.reader import Node, begin
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

ISSUED = frozenset({"book", "newspaper"})
_AGENTS = {"creator": "cre", "author": "aut", "contributor": "ctb", "publisher": "pbl", "rightsHolder": "cph"}
_DATES = {
    "date": "created",
    "created": "created",
    "issued": "issued",
    "publish_date": "issued",
    "dateCopyrighted": "copyrighted",
    "available": "other",
    "modified": "other",
    "valid": "other",
    "dateAccepted": "other",
    "dateSubmitted": "other",
}
_NOTES = {
    "description": "abstract",
    "abstract": "abstract",
    "abstract_e": "abstract",
    "tableOfContents": "contents",
    "provenance": "provenance",
    "medium": "physical",
    "bibliographicCitation": "note",
    "audience": "note",
    "educationLevel": "note",
    "mediator": "note",
}
_LINKS = ("identifier", "relation", "hasFormat", "hasPart", "source", "contents_url")
_PAGES = ("edm:isShownAt", "deep_link", "url")
_FILES = ("edm:isShownBy", "edm:hasView")
_RELATIONS = (
    "isPartOf", "isVersionOf", "hasVersion", "isFormatOf", "isReplacedBy", "replaces", "isRequiredBy", "requires",
    "isReferencedBy", "references", "conformsTo", "isBasedOn",
)  # fmt: skip
_TERMS = "http://ns.nsdl.org/schemas/dc/lar:metadataTerms"
_RIGHTS = ("rights", "license", "accessRights", "edm:rights")


class Links(NamedTuple):
    """What the fields that may hold addresses hold: files, pages, names, relations, whom source names, citations."""

    files: list[MediaRef]
    tracks: list[media.Track]
    pages: list[str]
    names: list[str]
    relations: list[Text]
    sources: list[Text]
    citations: list[Note]


def to_draft(root: etree._Element) -> ItemDraft:
    """Read one Dublin Core record."""
    oak.unescape(root)
    record = begin(root, "dc")
    links = read_links(record)
    makers, employments = agents(record)
    said = [node.text() for node in record.take("type", "keyword")]
    formats = [node.text() for node in record.take("format")]
    covered = [node.text() for node in record.take("coverage")]
    topics = [
        Text(part, text.lang)
        for text in map(Node.text, record.take("subject"))
        for part in fields.parts(text.value)
    ]
    hints = [text.value for text in (*formats, *topics)]
    kind, problems = types.derive([text.value for text in said], hints, [ref.role for ref in links.files])
    description = Description(
        titles=titles(record),
        type=kind,
        agents=makers,
        dates=(*dates(record, kind), *periods(record, covered)),
        places=places(record, covered),
        subjects=subjects(topics, said),
        notes=(*notes(record), *links.citations, *employments),
        languages=languages(record),
        extents=extents(record, formats),
        identifiers=identifiers(links),
        relations=relations(record, links),
        shown_at=shown_at(links),
        holder=holder(record, links),
        claims=claims(record),
    )
    return draft.finish(record, description, media.arrange(links.files, links.tracks, kind), problems)


def read_links(record: Node) -> Links:
    """Sort the fields that may hold addresses into what they hold."""
    links = Links([], [], [], [], [], [], [])
    for node in record.take(*_FILES):
        if url := media.address(node.resource() or node.value()):
            links.files.append(MediaRef(media.key_of(url), url, media.role_of(url) or "view"))
    links.pages.extend(filter(None, map(_page, record.take(*_PAGES))))
    for node in record.take(*_LINKS):
        _sort(node, links)
    previews = [
        media.address(node.resource() or node.value()) for node in record.take("edm:object", "edm:preview")
    ]
    if not links.files:
        links.files.extend(MediaRef(media.key_of(url), url) for url in filter(None, previews))
    return links


def _page(node: Node) -> str:
    """Read a field that is the address of a page and nothing else."""
    said = node.resource() or node.value()
    url = media.address(said)
    if said and not url:
        node.note("url_invalid", said)
    return url


def _sort(node: Node, links: Links) -> None:
    """Put one value where it belongs."""
    name = node.name
    text = Text(node.resource()) if not node.element.text else node.text()
    url = media.address(text.value)
    role = media.role_of(url)
    if role == "caption":
        links.tracks.append(media.Track(url, media.caption_lang(url, node.lang())))
    elif role:
        links.files.append(MediaRef(media.key_of(url), url, role))
    elif name == "identifier":
        _name(node, text, url, links)
    elif url and name == "contents_url":
        links.pages.append(url)
    elif name == "source" and not url:
        links.sources.append(text)
    else:
        links.relations.append(text)


def _name(node: Node, text: Text, url: str, links: Links) -> None:
    """Put an identifier where it belongs."""
    if serial := node.get("issn") or node.get("eissn"):
        links.relations.append(oak.serial(serial))
    if oak.is_answer(node, text.value):
        node.note("field_not_consumed", text.value)
    elif oak.is_citation(node, text.value):
        links.citations.append(Note(text.value, text.lang, "note"))
    elif node.get("type") in oak.SERIALS:
        links.relations.append(oak.serial(text.value))
    elif url:
        links.pages.append(url)
    else:
        links.names.append(text.value)


def titles(record: Node) -> tuple[Title, ...]:
    """Read the titles: the main one first, then those that another field or language tells apart."""
    found = fields.retitled(node.text() for node in record.take("title"))
    others = [
        Title(text.value, text.lang, "alternative") for text in map(Node.text, record.take("alternative"))
    ]
    korean = [oak.title(node, "alternative" if found else "main") for node in record.take("title_h")]
    return tuple(dict.fromkeys(title for title in (*found, *korean, *others) if title.value))


def agents(record: Node) -> tuple[tuple[Agent, ...], tuple[Note, ...]]:
    """Read those who made, helped, published or hold the rights, and notes of the bodies that they work for."""
    nodes = record.take(*_AGENTS)
    found = [pair for node in nodes for pair in oak.agents(node, _AGENTS[node.name])]
    notes = (oak.employment(agent.names[0].value, body) for agent, body in found if body)
    return tuple(dict.fromkeys(agent for agent, _ in found)), tuple(dict.fromkeys(notes))


def dates(record: Node, kind: str) -> tuple[Date, ...]:
    """Read the dates; a plain date is that of publication for what is published, else of making."""
    values: dict[str, list[tuple[Node, str]]] = {}
    for node in record.take(*_DATES):
        values.setdefault(node.name, []).extend((node, part) for part in fields.parts(node.value()))
    roles = {**_DATES, "date": "issued" if kind in ISSUED else "created"}
    return tuple(
        dict.fromkeys(date for name in values for date in fields.dates_of(values[name], roles[name]))
    )


def periods(record: Node, covered: list[Text]) -> tuple[Date, ...]:
    """Read the times that the thing is about, from temporal and from what coverage can be read as one."""
    temporal = [one for node in record.take("temporal") for one in _temporal(node)]
    found = [fields.quiet_date(part, "depicted") for text in covered for part in fields.parts(text.value)]
    return tuple(dict.fromkeys([*temporal, *filter(None, found)]))


def _temporal(node: Node) -> list[Date]:
    """Read the times of one field; a structured period is one."""
    value = node.value()
    period = dcsv.period(value, node)
    return [period] if period else [fields.date(part, "depicted", node) for part in fields.parts(value)]


def places(record: Node, covered: list[Text]) -> tuple[Place, ...]:
    """Read the places, from spatial and from what coverage cannot be read as a time."""
    nodes = record.take("spatial")
    structured = [place for node in nodes if (place := dcsv.place(node.value(), node))]
    texts = [text for text in map(Node.text, nodes) if not dcsv.parts(text.value)] + covered
    named = [Text(part, text.lang) for text in texts for part in fields.parts(text.value)]
    kept = [text for text in named if text.value and fields.quiet_date(text.value, "depicted") is None]
    return tuple(dict.fromkeys(filter(None, (*structured, *map(fields.place, kept)))))


def subjects(topics: list[Text], said: list[Text]) -> tuple[Text, ...]:
    """Read the subjects, and the words for its kind that name none of our types."""
    kinds = [text for text in said if text.value and types.is_strange(text.value)]
    return tuple(dict.fromkeys(text for text in (*topics, *kinds) if text.value))


def notes(record: Node) -> tuple[Note, ...]:
    """Read what is told about the thing."""
    found = (fields.note(node, _NOTES[node.name]) for node in record.take(*_NOTES))
    return tuple(dict.fromkeys(note for note in found if note.value))


def languages(record: Node) -> tuple[str, ...]:
    """Read the languages of the thing."""
    return tuple(dict.fromkeys(tag for node in record.take("language") for tag in fields.language_of(node)))


def extents(record: Node, formats: list[Text]) -> tuple[Text, ...]:
    """Read how much there is; a format is an extent unless it is a media type."""
    sizes = [node.text() for node in record.take("extent")]
    kept = [text for text in formats if not fields.is_media_type(text.value)]
    return tuple(dict.fromkeys(text for text in (*sizes, *kept) if text.value))


def identifiers(links: Links) -> tuple[str, ...]:
    """Read the names of the thing; the page where it is shown stands apart."""
    apart = ("", shown_at(links))
    return tuple(dict.fromkeys(name for name in (*links.names, *links.pages) if name not in apart))


def relations(record: Node, links: Links) -> tuple[Text, ...]:
    """Read what the thing belongs or refers to."""
    others = [fields.pointed(node) for node in record.take(*_RELATIONS)]
    serials = [oak.serial(node.value()) for node in record.take("issn")]
    found = (*others, *links.relations, *serials)
    return tuple(dict.fromkeys(text for text in found if text.value))


def shown_at(links: Links) -> str:
    """Give the address of the provider's own page: what is said to be it, else the first page named."""
    return next(iter(links.pages), "")


def holder(record: Node, links: Links) -> tuple[Text, ...]:
    """Read who keeps the thing."""
    said = [node.text() for node in record.take("edm:dataProvider", "dataProvider", "location_org")]
    return tuple(dict.fromkeys(text for text in said or links.sources if text.value))


def claims(record: Node) -> tuple[Claim, ...]:
    """Read what is said of rights."""
    found = [fields.claim_of(node) for node in record.take(*_RIGHTS)]
    found += [fields.claim_of(node, "text") for node in record.take(_TERMS)]
    return tuple(dict.fromkeys(filter(None, found)))
