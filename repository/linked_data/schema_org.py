"""Pages in schema.org, as search engines read it: the site, an institution, a collection, the way to a page.

Each function gives a node of JSON-LD; `document` joins them under the context `https://schema.org`, which no reader
of ours ever fetches. What the caller hands in has passed the gate: pictures and films only where they may be seen.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from repository.institution import Institution
from repository.item import Note, Text, Title, language_tag
from repository.linked_data.graph import is_address
from repository.urls import Urls

CONTEXT = "https://schema.org"
SITE_NAME = Text("코리안메모리", "ko"), Text("Korean Memory", "en")
Node = dict[str, Any]
_HOUSES = {
    "library": "Library",
    "museum": "Museum",
    "gallery": "ArtGallery",
    "archive": "ArchiveOrganization",
}


def document(nodes: Iterable[Node]) -> str:
    """Join nodes into one JSON-LD document that can stand within a `script` element: nothing in it ends one."""
    joined = {"@context": CONTEXT, "@graph": list(nodes)}
    return json.dumps(joined, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


# ---- the site


def website(urls: Urls, language: str, contact: str) -> list[Node]:
    """Describe the site with its search, and who runs it."""
    page = Urls(urls.base, language).search([("q", "{q}")]).replace("%7Bq%7D", "{q}")
    action = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": page},
        "query-input": "required name=q",
    }
    site = {
        "@type": "WebSite",
        "@id": urls.home_id("site"),
        "url": urls.home(),
        "name": list(map(text_node, SITE_NAME)),
        "inLanguage": ["ko", "en"],
        "publisher": {"@id": urls.home_id("organization")},
        "potentialAction": action,
    }
    body = {
        "@type": "Organization",
        "@id": urls.home_id("organization"),
        "name": list(map(text_node, SITE_NAME)),
        "url": urls.home(),
        "image": urls.share_card("ko"),
        "contactPoint": {"@type": "ContactPoint", "email": contact, "availableLanguage": ["ko", "en"]}
        if contact
        else None,
    }
    return [bare(site), bare(body)]


def trail(steps: Sequence[tuple[str, str]]) -> Node:
    """Say the way to a page: names, in the page's language, and addresses from the first page on."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": address}
            for place, (name, address) in enumerate(steps, 1)
        ],
    }


def institution(one: Institution, urls: Urls) -> Node:
    """Describe an institution."""
    names = [name for name in one.names if name not in (one.name_ko, one.name_en)]
    return bare(
        {
            **named_institution(one, urls),
            "url": urls.institution_id(one.id),
            "alternateName": names,
            "description": [
                text_node(Text(told, lang))
                for told, lang in ((one.about_ko, "ko"), (one.about_en, "en"))
                if told
            ],
            "email": one.contact,
            "sameAs": one.url if is_address(one.url) else None,
        }
    )


@dataclass(frozen=True, slots=True)
class Exhibition:
    """A topic collection as its page shows it: `works` are addresses and names of those that are listed now."""

    slug: str
    title: Sequence[Text]
    lead: Text
    address: str
    published: str
    curator: str
    picture: str
    works: Sequence[tuple[str, str]]


def collection(shown: Exhibition, urls: Urls) -> Node:
    """Describe a topic collection as a page of works in their order."""
    works = {
        "@type": "ItemList",
        "numberOfItems": len(shown.works),
        "itemListElement": [
            {"@type": "ListItem", "position": place, "url": address, "name": name}
            for place, (address, name) in enumerate(shown.works, 1)
        ],
    }
    return bare(
        {
            "@type": ["CollectionPage", "Collection"],
            "@id": urls.set_id(shown.slug),
            "url": shown.address,
            "name": list(map(text_node, shown.title)),
            "description": text_node(shown.lead) if shown.lead.value else None,
            "datePublished": shown.published,
            "author": {"@type": "Person", "name": shown.curator} if shown.curator else None,
            "isPartOf": {"@id": urls.home_id("site")},
            "primaryImageOfPage": {"@type": "ImageObject", "url": shown.picture} if shown.picture else None,
            "mainEntity": works,
        }
    )


# ---- what nodes are made of


def named_institution(one: Institution, urls: Urls) -> Node:
    """Name an institution by its address."""
    return {
        "@type": _HOUSES.get(one.kind, "Organization"),
        "@id": urls.institution_id(one.id),
        "name": [text_node(Text(one.name_ko, "ko")), text_node(Text(one.name_en, "en"))],
    }


def text_node(text: Text | Title | Note) -> Node | str:
    """Write a text with its language."""
    lang = language_tag(text.lang)
    return {"@value": text.value, "@language": lang} if lang else text.value


def bare(node: Mapping[str, Any]) -> Node:
    """Leave out what is empty, and write what is one as one."""
    kept = {key: value for key, value in node.items() if value not in (None, "", [], {})}
    return {
        key: value[0] if isinstance(value, list) and len(value) == 1 else value for key, value in kept.items()
    }
