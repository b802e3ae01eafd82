"""A search as an IIIF collection (Presentation 3.0 §5.1): a viewer opens what was found as one shelf.

The standard pages no collection; a further page is its last member, a collection by reference.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import orjson
from iiif_prezi3 import Collection, CollectionRef, ManifestRef

from repository.iiif.canvases import thumbnail
from repository.iiif.language_maps import LanguageMap, inert, language_map
from repository.iiif.manifest import CONTEXT, Listed
from repository.urls import Urls

MORE: LanguageMap = {"ko": ["다음 자료"], "en": ["More items"]}


@dataclass(frozen=True, slots=True)
class Found:
    """A page of a search: its words, its own address, the addresses of its page for people, and of what follows."""

    text: str
    total: int
    here: str
    pages: Sequence[tuple[str, str]]
    following: str


def build(found: Found, works: Iterable[Listed], urls: Urls) -> bytes:
    """Build the collection of a page of a search, from the works that may be seen now."""
    label = _label(found.text)
    homepage = [
        {"id": address, "type": "Text", "format": "text/html", "language": [lang], "label": label}
        for lang, address in found.pages
    ]
    members: list[ManifestRef | CollectionRef] = [_work(one, urls) for one in works]
    if found.following:
        members.append(CollectionRef(id=found.following, type="Collection", label=MORE))
    shelf = Collection(
        context=CONTEXT,
        id=found.here,
        label=label,
        summary={
            "ko": [f"찾은 자료 {found.total:,}점 가운데 지금 볼 수 있는 것"],
            "en": [f"What can be seen now of the {found.total:,} items found"],
        },
        homepage=homepage,
        items=members,
    )
    return orjson.dumps(shelf.jsonld_dict(), default=str)


def _label(text: str) -> LanguageMap:
    if not text:
        return {"ko": ["코리안메모리의 자료"], "en": ["Items of Korean Memory"]}
    return {"ko": [inert(f"“{text}” 검색 결과")], "en": [inert(f"Results for “{text}”")]}


def _work(work: Listed, urls: Urls) -> ManifestRef:
    small = thumbnail(work.cover, urls) if work.cover else []
    label = language_map(work.item.description.titles)
    return ManifestRef(id=urls.manifest(work.item.id), label=label, **({"thumbnail": small} if small else {}))
