"""An item as an IIIF manifest, and a published set as a collection (Presentation 3.0 §5.1, §5.2).

What the caller hands in has passed the gate: every address in a manifest answers at the moment it is built. The
`rights` property takes Creative Commons and RightsStatements addresses only; KOGL is named in words and linked
in the required statement.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import orjson
from iiif_prezi3 import Collection, Manifest, ManifestRef

from repository.iiif.canvases import Painted, canvas, thumbnail
from repository.iiif.language_maps import (
    CREDIT,
    LABELS,
    SAMPLE,
    LanguageMap,
    inert,
    language_map,
    linked,
    markup,
)
from repository.institution import Institution
from repository.item import Item, Text
from repository.rights.decision import Decision, Use
from repository.rights.explain import answer_words
from repository.rights.vocabulary import Mark, marks
from repository.urls import Urls

CONTEXT = "http://iiif.io/api/presentation/3/context.json"
_PUBLISHERS = ("pbl", "prt")
_CONTRIBUTORS = ("ctb", "own", "edt", "trl")
_DESCRIPTIONS = {"json": "application/json", "jsonld": "application/ld+json", "ttl": "text/turtle"}


@dataclass(frozen=True, slots=True)
class Shown:
    """An item as it may be shown now: its files in order, the decision, and the institutions that are known."""

    item: Item
    decision: Decision
    files: Sequence[Painted]
    holder: Institution | None
    provider: Institution | None

    @property
    def invented(self) -> bool:
        """Whether it comes from an invented institution."""
        return any(one.invented for one in (self.holder, self.provider) if one)

    @property
    def mark(self) -> Mark:
        """The mark that people are shown."""
        return marks().get(self.decision.mark) or marks()["none"]


@dataclass(frozen=True, slots=True)
class Listed:
    """One work of a collection as it may be listed now: its titles, and the file that stands for it, if any."""

    item: Item
    cover: Painted | None


def build(shown: Shown, urls: Urls) -> bytes:
    """Build the manifest of an item of which something may be seen; the same input gives the same bytes."""
    item, described = shown.item, shown.item.description
    name = urls.manifest(item.id).removesuffix("/manifest.json")
    abstracts = [note for note in described.notes if note.kind == "abstract"]
    values: dict[str, Any] = {
        "context": CONTEXT,
        "id": urls.manifest(item.id),
        "label": language_map(described.titles),
        "summary": language_map(abstracts),
        "metadata": _metadata(shown),
        "requiredStatement": {"label": CREDIT, "value": _credit(shown, urls)},
        "rights": shown.mark.iiif,
        "provider": [_provider(one, urls) for one in (shown.holder or shown.provider,) if one],
        "homepage": _homepages(urls.item_id(item.id), described.titles),
        "seeAlso": [
            {"id": urls.item_as(item.id, suffix), "type": "Dataset", "format": kind}
            for suffix, kind in _DESCRIPTIONS.items()
        ],
        "thumbnail": next((small for one in shown.files if (small := thumbnail(one, urls))), []),
        "items": [
            canvas(one, number, urls, name, sample=shown.invented)
            for number, one in enumerate(shown.files, 1)
        ],
    }
    return _bytes(Manifest(**{key: value for key, value in values.items() if value}))


def collection(set_id: str, titles: Sequence[Text], works: Iterable[Listed], urls: Urls) -> bytes:
    """Build the collection of a published set, from the works that may be listed now."""
    return _bytes(
        Collection(
            context=CONTEXT,
            id=urls.iiif_collection(set_id),
            label=language_map(titles),
            homepage=_homepages(urls.set_id(set_id), titles),
            items=[_reference(one, urls) for one in works],
        )
    )


def _bytes(resource: Manifest | Collection) -> bytes:
    return orjson.dumps(resource.jsonld_dict(), default=str)


def _reference(work: Listed, urls: Urls) -> ManifestRef:
    small = thumbnail(work.cover, urls) if work.cover else []
    label = language_map(work.item.description.titles)
    return ManifestRef(id=urls.manifest(work.item.id), label=label, **({"thumbnail": small} if small else {}))


def _homepages(address: str, titles: Iterable[Any]) -> list[dict[str, Any]]:
    """Link the page in each of its languages."""
    label = language_map(titles)
    return [
        {
            "id": f"{address}?lang={lang}",
            "type": "Text",
            "format": "text/html",
            "language": [lang],
            "label": label,
        }
        for lang in ("ko", "en")
    ]


def _provider(institution: Institution, urls: Urls) -> dict[str, Any]:
    names = {"ko": [institution.name_ko], "en": [institution.name_en]}
    page = {"id": urls.institution_id(institution.id), "type": "Text", "format": "text/html", "label": names}
    return {"id": urls.institution_id(institution.id), "type": "Agent", "label": names, "homepage": [page]}


def _metadata(shown: Shown) -> list[dict[str, Any]]:
    """Give the description as pairs of label and value, those without a value left out."""
    described = shown.item.description
    makers = [agent for agent in described.agents if agent.role not in (*_PUBLISHERS, *_CONTRIBUTORS)]
    pairs: list[tuple[str, LanguageMap]] = [
        ("title", language_map(described.titles[1:])),
        ("maker", language_map(name for agent in makers for name in agent.names)),
        ("contributor", _names(shown, _CONTRIBUTORS)),
        ("publisher", _names(shown, _PUBLISHERS)),
        ("date", language_map(Text(date.text) for date in described.dates)),
        ("place", language_map(name for place in described.places for name in place.names)),
        ("subject", language_map(described.subjects)),
        ("extent", language_map(described.extents)),
        (
            "identifier",
            {"none": [inert(one) for one in described.identifiers]} if described.identifiers else {},
        ),
        ("holder", _institution(shown.holder) or language_map(described.holder)),
        ("provider", _institution(shown.provider) if shown.provider != shown.holder else {}),
    ]
    known = [{"label": LABELS[name], "value": value} for name, value in pairs if value]
    return [*known, {"label": LABELS["notice"], "value": SAMPLE}] if shown.invented else known


def _names(shown: Shown, roles: tuple[str, ...]) -> LanguageMap:
    agents = [agent for agent in shown.item.description.agents if agent.role in roles]
    return language_map(name for agent in agents for name in agent.names)


def _institution(institution: Institution | None) -> LanguageMap:
    return {"ko": [institution.name_ko], "en": [institution.name_en]} if institution else {}


def _credit(shown: Shown, urls: Urls) -> LanguageMap:
    """Say whom to name, under which terms, and that a drawn sample is one."""
    found: LanguageMap = {}
    for language in ("ko", "en"):
        holder = shown.holder.name(language) if shown.holder else ""
        holder = holder or next((name.value for name in shown.item.description.holder), "")
        parts = [escape(holder)] if holder else []
        if shown.mark.code != "none":
            parts.append(linked(shown.mark.label(language), shown.mark.uri))
        parts.append(escape(answer_words(shown.decision, Use.REUSE, language)))
        parts.append(linked(urls.item_id(shown.item.id), urls.item_id(shown.item.id)))
        parts += [escape(SAMPLE[language][0])] if shown.invented else []
        found[language] = [markup(" · ".join(parts))]
    return found
