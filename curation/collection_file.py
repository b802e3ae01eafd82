"""Topic collections as TOML files, read strictly, with a plain word for whatever is wrong."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from curation.collection_write import write as write
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
from repository.errors import BadRequest
from repository.identifiers import is_valid
from repository.shapes import Shape

_COLLECTION = Shape(Collection)

LARGEST_FILE = 1 << 20
MOST_SECTIONS = 50
MOST_WORKS = 200  # a page reads all of them at once, and may read a megabyte
LONGEST_TEXT = 20_000
KINDS = ("pick", "compare", "quote", "clip", "timeline")
SIZES = ("full", "large", "small")
MOST_PAGES = 9999
LONGEST_FILM = 86_400.0
FIRST_YEAR, LAST_YEAR = -9999, 9999
_SLUG = re.compile(r"(?!dataset-)[a-z0-9][a-z0-9-]{1,62}")
_NUMBER = r"\d{1,6}(?:\.\d{1,6})?"
_DETAIL = re.compile(rf"pct:{_NUMBER}(?:,{_NUMBER}){{3}}|\d{{1,6}}(?:,\d{{1,6}}){{3}}", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def read_file(path: Path) -> Collection:
    """Read a collection's file; raises BadRequest with a plain word for what is wrong."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise _bad(
                "collection_too_large", "파일이 1 MiB를 넘습니다", "the file is larger than 1 MiB", path.name
            )
        raw = path.read_bytes()
    except OSError as error:
        raise _bad(
            "collection_unreadable", "파일을 읽을 수 없습니다", "the file cannot be read", str(error)
        ) from error
    return read(raw)


def read(raw: bytes) -> Collection:
    """Read a collection from the bytes of its file; raises BadRequest."""
    try:
        collection = _COLLECTION.of(tomllib.loads(raw.decode()))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise _bad("collection_syntax", "TOML로 읽을 수 없습니다", "it is not TOML", str(error)) from error
    except msgspec.ValidationError as error:
        if "kind`" in str(error):
            raise _bad(
                "block_kind",
                f"kind는 {', '.join(KINDS)} 가운데 하나입니다",
                f"a kind is one of {', '.join(KINDS)}",
                str(error),
            ) from error
        raise _bad("collection_field", "항목이 올바르지 않습니다", "a field is wrong", str(error)) from error
    _check(collection)
    return collection


def check_slug(slug: str) -> None:
    """Refuse a name that could not stand in an address; raises BadRequest."""
    if not _SLUG.fullmatch(slug):
        raise _bad(
            "collection_slug",
            "컬렉션 주소에는 영어 소문자와 숫자, 붙임표만 씁니다",
            "a collection's address is small letters, digits and hyphens",
            slug,
        )


def _check(collection: Collection) -> None:
    check_slug(collection.slug)
    named = [*collection.works()]
    if len(collection.sections) > MOST_SECTIONS or len(named) > MOST_WORKS:
        raise _bad(
            "collection_too_large",
            f"단락은 {MOST_SECTIONS}개, 자료는 {MOST_WORKS}점까지입니다",
            f"at most {MOST_SECTIONS} sections and {MOST_WORKS} works",
            str(len(named)),
        )
    for number, section in enumerate(collection.sections, 1):
        if section.picks and section.blocks is not UNSET:
            raise _bad(
                "section_both",
                "한 단락에 picks와 blocks를 함께 쓸 수 없습니다",
                "a section has picks or blocks, not both",
                str(number),
            )
    for place, reference in [("cover", collection.cover), *((place, one) for place, one, _ in named)]:
        _check_reference(place, reference)
    for place, block in collection.blocks():
        _check_block(place, block)
    for text in _texts(collection):
        if len(text) > LONGEST_TEXT or _CONTROL.search(text):
            raise _bad(
                "collection_text",
                f"글은 {LONGEST_TEXT}자까지이며 제어 문자를 쓸 수 없습니다",
                f"a text has at most {LONGEST_TEXT} characters and no control characters",
                text[:40],
            )


def _check_reference(place: str, reference: Reference) -> None:
    by_id = is_valid(reference.item) and not reference.source and not reference.identifier
    by_source = not reference.item and bool(reference.source and reference.identifier)
    if not by_id and not by_source:
        raise _bad(
            "pick_reference",
            "자료는 item(우리 식별자)이나 source와 identifier로 가리킵니다",
            "a work is named by item (our id), or by source and identifier",
            f"{place}: {reference.said}",
        )
    if reference.detail and not _DETAIL.fullmatch(reference.detail):
        raise _bad(
            "pick_detail",
            "자세히 볼 곳은 pct:x,y,w,h나 x,y,w,h로 씁니다",
            "a detail is written pct:x,y,w,h or x,y,w,h",
            f"{place}: {reference.detail}",
        )
    if not 0 <= reference.page <= MOST_PAGES:
        raise _bad(
            "pick_page",
            f"page는 1부터 {MOST_PAGES}까지입니다",
            f"a page is from 1 to {MOST_PAGES}",
            f"{place}: {reference.page}",
        )


def _check_block(place: str, block: Pick | Block) -> None:
    match block:
        case Pick() if block.size not in SIZES:
            raise _bad(
                "pick_size", "크기는 full, large, small입니다", "a size is full, large or small", place
            )
        case Compare() if len(block.works) != 2:
            raise _bad("compare_two", "견줄 자료는 둘입니다", "two works are compared", place)
        case Quote() if not block.text.strip() or not _LANGUAGE.fullmatch(block.lang):
            raise _bad(
                "quote_text",
                "옛글(text)과 그 언어(lang, 보기: lzh, okm, ko)를 적습니다",
                "a quotation has its text and its language (lang, such as lzh, okm, ko)",
                place,
            )
        case Clip() if not _are_times(block.start, block.end):
            raise _bad(
                "clip_times",
                "start와 end는 0 이상의 초이며 end가 start보다 뒤입니다",
                "start and end are seconds from 0 on, the end after the start",
                place,
            )
        case Timeline():
            _check_timeline(place, block)


def _are_times(start: float, end: float) -> bool:
    return 0 <= start <= LONGEST_FILM and (end == 0 or start < end <= LONGEST_FILM)


def _check_timeline(place: str, timeline: Timeline) -> None:
    if len(timeline.events) < 2:
        raise _bad(
            "timeline_events", "연표에는 자료가 둘 이상입니다", "a timeline has two works or more", place
        )
    for event in timeline.events:
        if event.year is not None and not FIRST_YEAR <= event.year <= LAST_YEAR:
            raise _bad(
                "timeline_year",
                f"연도는 {FIRST_YEAR}부터 {LAST_YEAR}까지입니다",
                f"a year is from {FIRST_YEAR} to {LAST_YEAR}",
                f"{place}: {event.year}",
            )


def _texts(collection: Collection) -> Iterator[str]:
    words = [collection.title, collection.statement]
    words += [] if collection.lead is UNSET else [collection.lead]
    words += [part for section in collection.sections for part in (section.title, section.text)]
    words += [one for _, block in collection.blocks() for one in _words(block)]
    yield from (text for both in words for text in (both.ko, both.en))
    yield from (part for one in collection.references() for part in (one.source, one.identifier))
    yield from (block.text for _, block in collection.blocks() if isinstance(block, Quote))
    yield collection.curator


def _words(block: Pick | Block) -> list[Words]:
    match block:
        case Pick() | Clip():
            return [block.reason]
        case Compare():
            return [block.reason, *(side.note for side in block.works)]
        case Quote():
            return [block.reading, block.note]
        case Timeline():
            return [block.title, *(event.label for event in block.events)]


def _bad(code: str, ko: str, en: str, value: str) -> BadRequest:
    return BadRequest(code, f"{ko}: {value}", f"{en}: {value}")
