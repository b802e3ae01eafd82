"""A collection as JSON: its texts in both languages, and its blocks with their kinds, as far as they are open now."""

from __future__ import annotations

from typing import Any

from curation.collection_figures import Figures
from curation.collection_store import Version
from curation.collection_timeline import year_of
from curation.collections import UNSET, Block, Clip, Compare, Pick, Quote, Reference, Timeline
from repository.sets import PublishedSet
from repository.urls import Urls

LONGEST = 1200  # the longest side in pixels of the pictures that are named


def summary(one: PublishedSet, site: Urls) -> dict[str, Any]:
    """Describe a collection in a list."""
    return {
        "url": site.set_id(one.id),
        "title": {"ko": one.title_ko, "en": one.title_en},
        "works": one.size,
        "published": one.published,
    }


def plain(version: Version, figures: Figures, site: Urls) -> dict[str, Any]:
    """Describe a collection whole; `figures` make absolute addresses."""
    shown = version.collection
    sections = [
        {
            "title": section.title,
            "text": section.text,
            "blocks": [_block(block, figures) for block in section.content],
        }
        for section in shown.sections
    ]
    return {
        "url": site.set_id(shown.slug),
        "title": shown.title,
        "lead": None if shown.lead is UNSET else shown.lead,
        "statement": shown.statement,
        "curator": shown.curator,
        "published": version.at,
        "iiif": site.iiif_collection(shown.slug),
        "opening": _work(shown.cover, figures),
        "sections": sections,
    }


def _block(block: Pick | Block, figures: Figures) -> dict[str, Any]:
    match block:
        case Pick():
            return _given("pick", block.reference, figures, size=block.size, reason=block.reason)
        case Compare():
            sides = [_given("side", side, figures, note=side.note) for side in block.works]
            gone = any("withdrawn" in side for side in sides)
            return {"kind": "compare", "works": sides} | ({} if gone else {"reason": block.reason})
        case Quote():
            said = {"text": block.text, "lang": block.lang, "reading": block.reading, "note": block.note}
            return _given("quote", block, figures, **said)
        case Clip():
            player = figures.player(block)
            said = {"reason": block.reason, "start": block.start, "end": block.end or None}
            return _given("clip", block, figures, **said, play=player.src if player else None)
        case Timeline():
            years = [(event, year_of(event, figures.works)) for event in block.events]
            events = [_given("event", one, figures, year=year, label=one.label) for one, year in years]
            return {"kind": "timeline", "title": block.title, "events": events}


def _given(kind: str, reference: Reference, figures: Figures, **said: Any) -> dict[str, Any]:
    """Describe a work and what is said of it; of one that is gone nothing but that."""
    work = _work(reference, figures)
    return {"kind": kind, **work} | ({} if "withdrawn" in work else said)


def _work(reference: Reference, figures: Figures) -> dict[str, Any]:
    figure = figures.figure(reference, LONGEST)
    if figure.card is None:
        return {"withdrawn": True, "since": figure.since, "withdrawal": figure.kind}
    item, picture = figure.card.item, figure.picture
    described: dict[str, Any] = {
        "item": item,
        "url": figures.urls.item_id(item),
        "titles": figures.works.stored[item].item.description.titles,
    }
    if picture:
        described |= {
            "manifest": figures.urls.manifest(item),
            "image": picture.src,
            "width": picture.width,
            "height": picture.height,
            "alt": picture.alt,
        }
    if figure.part:
        described["region"] = ",".join(map(str, figure.part.place))
    return described | ({"page": reference.page} if reference.page else {})
