"""Topic collections as TOML files: read strictly, with a plain word for whatever is wrong, and written back."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from curation.collections import Collection, Pick, Reference, Section, Words
from repository.errors import BadRequest
from repository.identifiers import is_valid
from repository.shapes import Shape

_COLLECTION = Shape(Collection)

LARGEST_FILE = 1 << 20
MOST_SECTIONS = 50
MOST_PICKS = 200  # a page reads all of them at once, and may read a megabyte
LONGEST_TEXT = 20_000
SIZES = ("large", "small")
_SLUG = re.compile(r"(?!dataset-)[a-z0-9][a-z0-9-]{1,62}")
_NUMBER = r"\d{1,6}(?:\.\d{1,6})?"
_DETAIL = re.compile(rf"pct:{_NUMBER}(?:,{_NUMBER}){{3}}|\d{{1,6}}(?:,\d{{1,6}}){{3}}")
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
    picks = list(collection.picks())
    if len(collection.sections) > MOST_SECTIONS or len(picks) > MOST_PICKS:
        raise _bad(
            "collection_too_large",
            f"단락은 {MOST_SECTIONS}개, 자료는 {MOST_PICKS}점까지입니다",
            f"at most {MOST_SECTIONS} sections and {MOST_PICKS} picks",
            str(len(picks)),
        )
    _check_reference("cover", collection.cover)
    for place, pick in picks:
        _check_reference(place, pick.reference)
        if pick.size not in SIZES:
            raise _bad("pick_size", "크기는 large나 small입니다", "a size is large or small", place)
        if pick.detail and not _DETAIL.fullmatch(pick.detail):
            raise _bad(
                "pick_detail",
                "자세히 볼 곳은 pct:x,y,w,h나 x,y,w,h로 씁니다",
                "a detail is written pct:x,y,w,h or x,y,w,h",
                f"{place}: {pick.detail}",
            )
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


def _texts(collection: Collection) -> Iterator[str]:
    words = [collection.title, collection.statement]
    words += [part for section in collection.sections for part in (section.title, section.text)]
    words += [pick.reason for _, pick in collection.picks()]
    yield from (text for both in words for text in (both.ko, both.en))
    yield from (part for one in collection.references() for part in (one.source, one.identifier))
    yield collection.curator


def _bad(code: str, ko: str, en: str, value: str) -> BadRequest:
    return BadRequest(code, f"{ko}: {value}", f"{en}: {value}")


def write(collection: Collection) -> str:
    """Write a collection as a file that reads back to the same."""
    lines = [f"slug = {_text(collection.slug)}", f"position = {collection.position}"]
    lines += [f"curator = {_text(collection.curator)}"] if collection.curator else []
    lines += [f"cover.{name} = {_text(value)}" for name, value in _named(collection.cover)]
    lines += _words("title", collection.title) + _words("statement", collection.statement)
    for section in collection.sections:
        lines += _section(section)
    return "\n".join(lines) + "\n"


def _section(section: Section) -> list[str]:
    lines = ["", "[[sections]]", *_words("title", section.title)]
    lines += _words("text", section.text) if section.text != Words() else []
    return lines + [line for pick in section.picks for line in _pick(pick)]


def _pick(pick: Pick) -> list[str]:
    lines = ["", "[[sections.picks]]"]
    lines += [f"{name} = {_text(value)}" for name, value in _named(pick.reference)]
    lines += [f'size = "{pick.size}"'] if pick.size != "small" else []
    lines += [f'detail = "{pick.detail}"'] if pick.detail else []
    return lines + _words("reason", pick.reason)


def _named(reference: Reference) -> list[tuple[str, str]]:
    pairs = [("item", reference.item), ("source", reference.source), ("identifier", reference.identifier)]
    return [(name, value) for name, value in pairs if value]


def _words(name: str, words: Words) -> list[str]:
    return [f"{name}.ko = {_text(words.ko)}", f"{name}.en = {_text(words.en)}"]


def _text(text: str) -> str:
    """Write a TOML basic string (TOML 1.0 §String), over several lines where the text has several."""
    safe = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"""\n{safe}"""' if "\n" in text else f'"{safe}"'.replace("\t", "\\t")
