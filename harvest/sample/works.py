"""The works of the sample institutions, read from data/*.toml, and the files that belong to each."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

MARGIN_KO = "견본 그림 · 실물 사진이 아님"
MARGIN_EN = "Drawn sample, not the object"
CLOSING_KO = "기록과 그림은 가상 기관의 견본이며 실물의 사진이 아닙니다."
CLOSING_EN = (
    "The record and its pictures are samples of an invented institution, not photographs of an object."
)

# Two of the four leave their words to everybody; the other two say nothing of them, as most do.
_WORDS_RIGHTS = {
    "sample-library": "설명: CC0 1.0 https://creativecommons.org/publicdomain/zero/1.0/",
    "sample-archive": "설명: 공공누리 제0유형",
}
_HERE = Path(__file__).parent
_TINY_SCALE = 0.25
_PLAIN = ("style", "text", "head", "fold", "alt", "alt_en", "long", "long_en", "rights_uri")


@dataclass(frozen=True, slots=True)
class Institution:
    """An invented institution: the provider of an endpoint or the holder of a work.

    `words_rights` is what it says of its own words, as `dc:rights` carries it: descriptions, captions, page texts.
    """

    id: str
    name_ko: str
    name_en: str
    words_rights: str = ""


@dataclass(frozen=True, slots=True)
class Maker:
    """Someone who took part in a work; `life` as institutions write it, "1745~1806 이후"."""

    name: str
    role: str
    english: str
    hanja: str = ""
    life: str = ""
    note: str = ""

    @property
    def label(self) -> str:
        """The name as a Korean catalogue gives it: 김정호(金正浩, ?~1866 이전)."""
        inside = ", ".join(part for part in (self.hanja, self.life) if part)
        return f"{self.name}({inside})" if inside else self.name


@dataclass(frozen=True, slots=True)
class Asset:
    """One file of a work: how it is drawn, where it lies, what it is called, what is to be seen in it.

    `alt` and `alt_en` say it in a sentence or two, `long` and `long_en` at length; `rights_uri` stands where a
    file has rights of its own.
    """

    path: str
    media_type: str
    draw: str
    label: str
    label_en: str
    role: str = "picture"
    language: str = ""
    style: str = ""
    text: str = ""
    head: str = ""
    fold: str = ""
    size: tuple[int, int] = (1200, 1700)
    page: int = 0
    pages: int = 1
    scale: float = 1.0
    title: str = ""
    hanja: str = ""
    credit: str = ""
    alt: str = ""
    alt_en: str = ""
    long: str = ""
    long_en: str = ""
    rights_uri: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """One real work as an invented institution describes its copy of it. Dates and rights are as written."""

    id: str
    source: str
    datestamp: str
    kind: str
    title: str
    makers: tuple[Maker, ...]
    date: str
    holder: Institution
    hanja: str = ""
    roman: str = ""
    english: str = ""
    date_also: tuple[str, ...] = ()
    edtf: str = ""
    language: tuple[str, ...] = ()
    extent: str = ""
    publisher: str = ""
    subjects: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    call: str = ""
    description: str = ""
    description_en: str = ""
    rights_uri: str = ""
    rights_text: str = ""
    sets: tuple[str, ...] = ()
    deleted: bool = False
    damaged: bool = False
    missing: bool = False
    tiny: bool = False
    assets: tuple[Asset, ...] = ()

    @property
    def identifier(self) -> str:
        """The OAI identifier: the domain is reserved for examples, so it can never be a real institution's."""
        return f"oai:{self.source}.sample.example:{self.id}"

    @property
    def stamp(self) -> datetime:
        """The datestamp without its zone (UTC), as the `oaipmh` package wants it."""
        return datetime.fromisoformat(self.datestamp).replace(tzinfo=None)

    @property
    def pictures(self) -> tuple[Asset, ...]:
        """The files to be shown one after another: pictures, or the film."""
        return tuple(asset for asset in self.assets if asset.role in {"picture", "film"})


@cache
def institutions() -> Mapping[str, Institution]:
    """All institutions by id, from sources/*.toml."""
    return {
        row["id"]: Institution(row["id"], row["name_ko"], row["name_en"], _WORDS_RIGHTS.get(row["id"], ""))
        for path in sorted((_HERE / "sources").glob("*.toml"))
        for row in tomllib.loads(path.read_text(encoding="utf-8"))["institutions"]
    }


@cache
def places() -> Mapping[str, tuple[float, float]]:
    """Where places lie, as works name them: degrees north and east, from data/places.toml."""
    rows = tomllib.loads((_HERE / "data" / "places.toml").read_text(encoding="utf-8"))["places"]
    return {name: (north, east) for name, (north, east) in rows.items()}


@cache
def load(source: str, tiny: bool = False) -> tuple[Work, ...]:
    """The works of one endpoint ("library", "museum", "gallery", "archive") in order of datestamp.

    With `tiny`, only those marked so, each with one picture at a quarter of its size: for tests that kill.
    """
    rows = [
        row
        for path in sorted((_HERE / "data").glob(f"{source}*.toml"))
        for row in tomllib.loads(path.read_text(encoding="utf-8"))["works"]
    ]
    works = [_work(source, row, tiny) for row in rows if row.get("tiny") or not tiny]
    return tuple(sorted(works, key=lambda work: (work.datestamp, work.id)))


def overridden(works: tuple[Work, ...], path: Path) -> tuple[Work, ...]:
    """The works with the changes of `overrides.json` laid over: identifier -> {field: value}."""
    if not path.exists():
        return works
    changes: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    changed = [replace(work, **_tuples(changes.get(work.identifier, {}))) for work in works]
    return tuple(sorted(changed, key=lambda work: (work.datestamp, work.id)))


def _tuples(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}


def _work(source: str, row: dict[str, Any], tiny: bool) -> Work:
    holder = institutions()[f"sample-{row.get('holder', source)}"]
    known = {field.name for field in fields(Work)}
    plain = {key: value for key, value in row.items() if key in known and key not in {"holder", "makers"}}
    makers = tuple(Maker(**maker) for maker in row["makers"])
    work = Work(source=source, holder=holder, makers=makers, **_tuples(plain))
    return replace(work, assets=_assets(work, row["pictures"], tiny))


def _assets(work: Work, pictures: list[dict[str, Any]], tiny: bool) -> tuple[Asset, ...]:
    found: list[Asset] = []
    for picture in pictures[:1] if tiny else pictures:
        if picture["draw"] == "film":
            found += _film(work, picture, tiny)
            continue
        pages = 1 if tiny else picture.get("pages", 1)
        found += [_picture(work, picture, len(found) + 1 + page, page, pages, tiny) for page in range(pages)]
    return tuple(found)


def _picture(work: Work, row: Mapping[str, Any], number: int, page: int, pages: int, tiny: bool) -> Asset:
    part = (f" {page + 1}", f", {page + 1}") if pages > 1 else ("", "")
    plain = {key: row[key] for key in _PLAIN if key in row}
    plain |= {
        key[:-1] if key == "alts" else "alt_en": row[key][page] for key in ("alts", "alts_en") if key in row
    }
    return Asset(
        path=f"{work.source}/{work.id}/{number:03}.jpg",
        media_type="image/jpeg",
        draw=row["draw"],
        label=row["label"] + part[0],
        label_en=row["label_en"] + part[1],
        size=tuple(row.get("size", (1200, 1700))),
        page=page,
        pages=pages,
        scale=_TINY_SCALE if tiny else 1.0,
        title=work.title,
        hanja=work.hanja,
        credit=f"{work.holder.name_ko} {work.id}-{number:03}",
        **plain,
    )


def _film(work: Work, row: Mapping[str, Any], tiny: bool) -> list[Asset]:
    folder, scale = f"{work.source}/{work.id}", _TINY_SCALE * 2 if tiny else 1.0
    film = Asset(
        f"{folder}/film.mp4", "video/mp4", "film", row["label"], row["label_en"], "film", scale=scale,
        credit=f"{work.holder.name_ko} {work.id}", **{key: row[key] for key in _PLAIN if key in row},
    )  # fmt: skip
    poster = replace(film, path=f"{folder}/poster.jpg", media_type="image/jpeg", label="대표 그림",
                     label_en="poster", role="poster")  # fmt: skip
    texts = (("ko", "한국어 자막", "Korean captions"), ("en", "영어 자막", "English captions"))
    captions = [
        replace(film, path=f"{folder}/film.{code}.vtt", media_type="text/vtt", label=label, label_en=english,
                role="captions", language=code)
        for code, label, english in texts
    ]  # fmt: skip
    return [film, poster, *captions]
