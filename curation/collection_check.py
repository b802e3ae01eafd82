"""What is wrong with a collection now: texts that are missing, works that cannot be shown, parts that are absent."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from curation import collection_works
from curation.collection_cuts import cut
from curation.collection_timeline import year_of
from curation.collection_works import Works
from curation.collections import (
    UNSET,
    Block,
    Clip,
    Collection,
    Compare,
    Pick,
    Quote,
    Reference,
    Timeline,
    Words,
)
from curation.findings import Finding, finding
from repository.asset import Asset

FEWEST_PIXELS = 500  # of the longer side of a detail: with fewer a page shows it coarse


def check(collection: Collection, conn: Connection) -> list[Finding]:
    """Give all that is wrong with a collection now; errors keep it from being published, warnings do not."""
    works = collection_works.load(conn, collection.references())
    return [*_translations(collection), *_cover(collection, works), *_sections(collection, works)]


def _cover(collection: Collection, works: Works) -> Iterator[Finding]:
    for found in _picture("cover", collection.cover, works):
        yield finding(found.code.replace("pick_", "cover_", 1), "cover", found.value)


def _sections(collection: Collection, works: Works) -> Iterator[Finding]:
    if not collection.sections:
        yield finding("collection_empty")
    for number, section in enumerate(collection.sections, 1):
        if not section.content:
            yield finding("section_empty", str(number))
    picked: set[str] = set()
    for place, block in collection.blocks():
        yield from _block(place, block, works)
        if isinstance(block, Pick) and (item := works.item(block.reference)):
            if item in picked:
                yield finding("pick_twice", place, block.reference.said)
            picked.add(item)


def _block(place: str, block: Pick | Block, works: Works) -> Iterator[Finding]:
    match block:
        case Pick():
            yield from _picture(place, block.reference, works)
        case Compare():
            for number, side in enumerate(block.works, 1):
                yield from _picture(f"{place}.{number}", side, works)
        case Quote():
            yield from _picture(place, block, works)
        case Clip():
            yield from _clip(place, block, works)
        case Timeline():
            for number, event in enumerate(block.events, 1):
                yield from _picture(f"{place}.{number}", event, works)
                if works.is_listed(event) and year_of(event, works) is None:
                    yield finding("event_without_year", f"{place}.{number}", event.said)


def _standing(place: str, reference: Reference, works: Works) -> Iterator[Finding]:
    if works.item(reference) not in works.access:
        yield finding("pick_unknown", place, reference.said)
    elif not works.is_listed(reference):
        yield finding("pick_closed", place, reference.said)


def _picture(place: str, reference: Reference, works: Works) -> Iterator[Finding]:
    """Find what is wrong with a work, with the picture of it that is meant, and with the part of that."""
    yield from (wrong := [*_standing(place, reference, works)])
    if wrong:
        return
    picture = works.picture(reference)
    if reference.page and picture is None:
        yield finding("page_absent", place, f"{reference.said} {reference.page}")
    elif picture is None or not works.may_see(picture):
        yield finding("pick_without_picture", place, reference.said)
    elif reference.detail:
        yield from _detail(place, reference, picture, works)


def _detail(place: str, reference: Reference, picture: Asset, works: Works) -> Iterator[Finding]:
    where = f"{reference.said} {reference.detail}"
    if not picture.is_image or not works.sees_whole(picture):
        yield finding("detail_not_shown", place, where)
    elif (part := cut(picture, reference.detail, FEWEST_PIXELS)) is None:
        yield finding("detail_outside", place, where)
    elif max(part.width, part.height) < FEWEST_PIXELS:
        yield finding("detail_coarse", place, where)


def _clip(place: str, clip: Clip, works: Works) -> Iterator[Finding]:
    yield from (wrong := [*_standing(place, clip, works)])
    if wrong:
        return
    film = works.film(clip)
    if film is None:
        yield finding("clip_without_film", place, clip.said)
    elif not works.sees_whole(film):
        yield finding("pick_without_picture", place, clip.said)
    elif film.seconds and max(clip.start, clip.end) > film.seconds:
        yield finding("clip_too_late", place, f"{clip.said} {max(clip.start, clip.end):g} > {film.seconds:g}")
    elif not works.captions(film):
        yield finding("clip_without_captions", place, clip.said)


def _translations(collection: Collection) -> Iterator[Finding]:
    """Find texts that stand in one language only, or in none where one is needed."""
    needed = [("title", collection.title), ("statement", collection.statement)]
    needed += [] if collection.lead is UNSET else [("lead", collection.lead)]
    needed += [(f"{n}.title", section.title) for n, section in enumerate(collection.sections, 1)]
    needed += [text for place, block in collection.blocks() for text in _needed(place, block)]
    needed += [
        (f"{n}.text", section.text) for n, section in enumerate(collection.sections, 1) if section.text
    ]
    for place, words in needed:
        for language in ("ko", "en"):
            if not getattr(words, language).strip():
                yield finding("translation_missing", place, language)


def _needed(place: str, block: Pick | Block) -> Iterator[tuple[str, Words]]:
    match block:
        case Pick() | Clip():
            yield f"{place}.reason", block.reason
        case Compare():
            yield f"{place}.reason", block.reason
            notes = [(f"{place}.{n}.note", side.note) for n, side in enumerate(block.works, 1)]
            yield from (one for one in notes if one[1])
        case Quote():
            yield f"{place}.reading", block.reading
            yield from [(f"{place}.note", block.note)] if block.note else []
        case Timeline():
            yield f"{place}.title", block.title
            yield from ((f"{place}.{n}.label", event.label) for n, event in enumerate(block.events, 1))
