"""Primo's normalized records (PNX), as union catalogues on that system send them, in `sear:DOC` or alone.

Of a record's sections `display` and `control` describe the thing, and `sear:LINKS` its page and its preview; the
others (search, sort, facets, delivery, ranking, addata, links) repeat them for machines and are passed over.

Ex Libris, Primo Technical Guide: The PNX Record.
"""

from __future__ import annotations

from lxml import etree

from harvest.crosswalks import draft, fields, media, types
from harvest.crosswalks.reader import Node, begin
from repository.item import Agent, Claim, Date, Description, ItemDraft, MediaRef, Note, Text, Title

NAMESPACE = "http://www.exlibrisgroup.com/xsd/primo/primo_nm_bib"
SEARCH = "http://www.exlibrisgroup.com/xsd/jaguar/search"
_AGENTS = {"creator": "cre", "contributor": "ctb", "publisher": "pbl"}
_REPEATING = ("search", "sort", "facets", "delivery", "ranking", "addata", "links")


def to_draft(root: etree._Element) -> ItemDraft:
    """Read one record of Primo."""
    whole = begin(root, NAMESPACE)
    links = whole.take(f"{SEARCH}:LINKS")
    record = next(
        (node for outer in (whole, *whole.take("PrimoNMBib")) for node in outer.take("record")), whole
    )
    display = next(iter(record.take("display")), record)
    said = [node.text() for node in display.take("type")]
    formats = [node.text() for node in display.take("format")]
    topics = subjects(display)
    kind, problems = types.derive([text.value for text in said], [text.value for text in (*formats, *topics)])
    pages = [media.address(node.value()) for node in display.see("identifier")]
    pages += [media.address(node.value()) for part in links for node in part.take(f"{SEARCH}:linktorsrc")]
    description = Description(
        titles=titles(display),
        type=kind,
        agents=agents(display),
        dates=dates(display),
        subjects=topics,
        notes=notes(display),
        languages=languages(display),
        extents=tuple(text for text in formats if text.value and not fields.is_media_type(text.value)),
        identifiers=identifiers(display, record),
        relations=relations(display),
        shown_at=next(filter(None, pages), ""),
        claims=claims(display),
    )
    for node in record.take(*_REPEATING):
        node.skip()
    return draft.finish(whole, description, media.arrange(previews(links), (), kind), problems)


def titles(display: Node) -> tuple[Title, ...]:
    """Read the titles."""
    return fields.retitled(node.text() for node in display.take("title"))


def agents(display: Node) -> tuple[Agent, ...]:
    """Read those who made, helped and published."""
    nodes = display.take(*_AGENTS)
    return tuple(dict.fromkeys(agent for node in nodes for agent in fields.agents(node, _AGENTS[node.name])))


def dates(display: Node) -> tuple[Date, ...]:
    """Read when the thing was made."""
    nodes = display.take("creationdate")
    return tuple(fields.date(node.value(), "created", node) for node in nodes if node.value())


def subjects(display: Node) -> tuple[Text, ...]:
    """Read the subjects."""
    texts = map(Node.text, display.take("subject"))
    return tuple(dict.fromkeys(Text(part, text.lang) for text in texts for part in fields.parts(text.value)))


def notes(display: Node) -> tuple[Note, ...]:
    """Read the description."""
    return tuple(
        note for note in (fields.note(node, "abstract") for node in display.take("description")) if note.value
    )


def languages(display: Node) -> tuple[str, ...]:
    """Read the languages."""
    return tuple(dict.fromkeys(tag for node in display.take("language") for tag in fields.language_of(node)))


def identifiers(display: Node, record: Node) -> tuple[str, ...]:
    """Read the identifiers that are no addresses, and the names of the record in its source."""
    named = [node.value() for node in display.see("identifier")]
    control = [
        node.value() for part in record.take("control") for node in part.take("sourcerecordid", "recordid")
    ]
    return tuple(dict.fromkeys(name for name in (*named, *control) if name and not media.address(name)))


def relations(display: Node) -> tuple[Text, ...]:
    """Read what the thing belongs to."""
    return tuple(text for text in map(Node.text, display.take("relation", "ispartof")) if text.value)


def claims(display: Node) -> tuple[Claim, ...]:
    """Read what is said of rights."""
    return tuple(filter(None, map(fields.claim_of, display.take("rights"))))


def previews(links: list[Node]) -> list[MediaRef]:
    """Read the previews, each once."""
    found = [media.address(node.value()) for part in links for node in part.take(f"{SEARCH}:thumbnail")]
    return [MediaRef(media.key_of(url), url) for url in dict.fromkeys(filter(None, found))]
