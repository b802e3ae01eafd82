"""An item in schema.org: a creative work that an institution holds, as its page may show it now."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from repository.asset import Words
from repository.institution import Institution
from repository.item import Agent, Date, Description, Item, Place, Text, Title
from repository.linked_data import picture_text
from repository.linked_data.graph import SCHEMA_TYPES, is_address, year_written
from repository.linked_data.schema_org import Node, bare, named_institution, text_node
from repository.rights.vocabulary import Mark
from repository.urls import Urls

_DAY = re.compile(r"-?\d{4}(-\d\d(-\d\d)?)?")
_DATES = {"created": "dateCreated", "issued": "datePublished", "depicted": "temporalCoverage"}
_AGENTS = {"person": "Person", "body": "Organization"}
_ROLES = {"pbl": "publisher", "prt": "publisher", "trl": "translator", "edt": "editor", "ill": "illustrator",
          "ctb": "contributor", "own": "contributor"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Image:
    """A picture that may be seen: its address, size in pixels, alternative texts and long descriptions."""

    url: str
    width: int
    height: int
    alt: Sequence[Words] = ()
    description: Sequence[Words] = ()


@dataclass(frozen=True, slots=True)
class Play:
    """A film or sound that may be played, with a still picture (empty where there is none)."""

    url: str
    media_type: str
    seconds: float
    still: str


@dataclass(frozen=True, slots=True)
class Part:
    """A topic collection that an item is in."""

    slug: str
    title: Sequence[Text]


@dataclass(frozen=True, slots=True)
class Work:
    """An item as its page may show it now, with what the decision makes of it in words.

    `address` is its page in the reader's language, `access` the answer for viewing, `credit` the line that names
    its source. `mark` is its rights mark where one was recognised.
    """

    item: Item
    address: str
    changed: str
    came: str
    image: Image | None
    play: Play | None
    mark: Mark | None
    credit: Text
    access: Text
    holder: Institution | None
    provider: Institution | None
    collections: Sequence[Part]
    sample: Text | None

    @property
    def is_seen(self) -> bool:
        """Whether anything of it may be seen, which costs nothing."""
        return self.image is not None or self.play is not None


def item(work: Work, urls: Urls) -> Node:
    """Describe an item as a creative work that an institution holds."""
    own = urls.item_id(work.item.id)
    described = work.item.description
    play = _play(work, described) if work.play else {}
    node = {
        "@type": _types(described.type, work),
        "@id": own,
        "url": own,
        "mainEntityOfPage": work.address,
        **_titles(described.titles),
        **_agents(described.agents, own),
        **_dated(described.dates),
        "spatial": [_place(place, f"{own}#place-{n}") for n, place in enumerate(described.places, 1)],
        "inLanguage": list(described.languages),
        "keywords": list(map(text_node, described.subjects)),
        "description": [text_node(note) for note in described.notes if note.kind == "abstract"],
        "disambiguatingDescription": text_node(work.sample) if work.sample else None,
        "size": list(map(text_node, described.extents)),
        "identifier": list(described.identifiers),
        "sameAs": described.shown_at if is_address(described.shown_at) else None,
        "image": _image(work.image, work, urls) if work.image else None,
        **_rights(work, urls),
        "isPartOf": [_part(one, urls) for one in work.collections],
        "provider": named_institution(work.provider, urls) if work.provider else None,
        "holdingArchive": _holder(work, urls),
        "sdDatePublished": work.changed,
        **play,
    }
    return bare(node)


def _types(kind: str, work: Work) -> list[str]:
    """Name what it is, a film only where it can be played; and that it is a piece of somebody's holdings."""
    own = SCHEMA_TYPES.get(kind, "CreativeWork")
    if own in ("VideoObject", "AudioObject") and work.play is None:
        own = "CreativeWork"
    return [own, "ArchiveComponent"]


def _titles(titles: Sequence[Title]) -> Node:
    """Give each language and script its first title as the name, and the others as further names."""
    first: dict[str, Title] = {}
    for title in titles:
        first.setdefault(title.lang, title)
    others = [title for title in titles if first[title.lang] is not title]
    return {"name": list(map(text_node, first.values())), "alternateName": list(map(text_node, others))}


def _agents(agents: Sequence[Agent], own: str) -> Node:
    found: dict[str, list[Node]] = {}
    for number, agent in enumerate(agents, 1):
        if agent.names:
            found.setdefault(_ROLES.get(agent.role, "creator"), []).append(
                _agent(agent, f"{own}#agent-{number}")
            )
    return dict(found)


def _agent(agent: Agent, own: str) -> Node:
    lived = agent.kind == "person"
    return bare(
        {
            "@type": _AGENTS.get(agent.kind),
            "@id": own,
            "name": list(map(text_node, agent.names)),
            "birthDate": year_written(agent.born) if lived and agent.born is not None else None,
            "deathDate": year_written(agent.died) if lived and agent.died is not None else None,
            "sameAs": list(filter(is_address, agent.uris)),
        }
    )


def _dated(dates: Sequence[Date]) -> Node:
    """Give what was read as dates of ISO 8601, what is a span only as one; and each in the words of the record."""
    found: dict[str, list[str]] = {}
    for date in dates:
        known = _DATES.get(date.role, "temporal")
        spanned = known if known == "temporalCoverage" else "temporal"
        if _DAY.fullmatch(date.edtf):
            found.setdefault(known, []).append(date.edtf)
        elif date.earliest is not None and date.latest is not None:
            years = f"{year_written(date.earliest)}/{year_written(date.latest)}"
            found.setdefault(spanned, []).append(years)
        if date.text != date.edtf:
            found.setdefault(spanned, []).append(date.text)
    return dict(found)


def _place(place: Place, own: str) -> Node:
    """Describe a place, of which records do not say whether the thing was made there or shows it."""
    known = place.latitude is not None and place.longitude is not None
    spot = {"@type": "GeoCoordinates", "latitude": place.latitude, "longitude": place.longitude}
    return bare(
        {
            "@type": "Place",
            "@id": own,
            "name": list(map(text_node, place.names)),
            "geo": spot if known else None,
            "sameAs": list(filter(is_address, place.uris)),
        }
    )


def _image(image: Image, work: Work, urls: Urls) -> Node:
    return {
        "@type": "ImageObject",
        "contentUrl": image.url,
        "width": image.width,
        "height": image.height,
        **bare(
            {"caption": picture_text.texts(image.alt), "description": picture_text.texts(image.description)}
        ),
        "creditText": work.credit.value,
        "acquireLicensePage": _rights_page(work, urls),
        **({"license": work.mark.uri} if work.mark and work.mark.uri else {}),
        **({"copyrightNotice": _labels(work.mark)} if work.mark else {}),
    }


def _play(work: Work, described: Description) -> Node:
    assert work.play is not None
    seconds = work.play.seconds
    return {
        "contentUrl": work.play.url,
        "encodingFormat": work.play.media_type,
        "duration": f"PT{seconds:.0f}S" if seconds else None,
        "thumbnailUrl": work.play.still,
        "uploadDate": work.came if described.type == "video" else None,
    }


def _rights(work: Work, urls: Urls) -> Node:
    """Say what the decision allows: the mark, the words of it, the page that says all; never that a thing costs."""
    return {
        "license": work.mark.uri if work.mark else None,
        "copyrightNotice": _labels(work.mark) if work.mark else None,
        "usageInfo": _rights_page(work, urls),
        "acquireLicensePage": _rights_page(work, urls),
        "creditText": work.credit.value,
        "conditionsOfAccess": text_node(work.access),
        "isAccessibleForFree": True if work.is_seen else None,
    }


def _rights_page(work: Work, urls: Urls) -> str:
    return f"{urls.item_id(work.item.id)}#rights"


def _labels(mark: Mark) -> list[Node | str]:
    return [text_node(Text(mark.ko, "ko")), text_node(Text(mark.en, "en"))]


def _part(one: Part, urls: Urls) -> Node:
    own = urls.set_id(one.slug)
    return {"@type": "Collection", "@id": own, "url": own, "name": list(map(text_node, one.title))}


def _holder(work: Work, urls: Urls) -> Node | None:
    """Name who holds the original: a registered institution, or as the record names it."""
    if work.holder:
        return named_institution(work.holder, urls)
    named = work.item.description.holder
    return {"@type": "ArchiveOrganization", "name": list(map(text_node, named))} if named else None
