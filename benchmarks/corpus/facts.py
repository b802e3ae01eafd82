"""The facts of a record: a pure function of its kind and revision, with a mark where the record's number goes.

A digest of the two is spent choice by choice, so no record depends on another and none on a clock. There are
some thousands of kinds, which differ in everything; records of one kind differ by their numbers.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Sequence
from typing import TypeVar

import msgspec

from benchmarks.corpus import words

T = TypeVar("T")
NUMBER = "\ufdd0"  # no character, and so in no text


class Maker(msgspec.Struct, frozen=True):
    """Somebody who never lived, as he is written in a record, and his name alone."""

    written: str
    name: str
    hanja: str
    life: str


class Facts(msgspec.Struct, frozen=True):
    """All that a record says, before markup; texts are as the provider writes them."""

    title: str
    hanja: str
    english: str
    kind: str
    kind_word: str
    makers: tuple[Maker, ...]
    dates: tuple[str, ...]
    subjects: tuple[str, ...]
    description: str
    place: tuple[str, str, str]
    language: str
    rights: str
    extent: str
    publisher: str
    call: str
    odd_identifier: str
    pictures: int
    manner: int
    holder: str


class Lot:
    """A stream of choices out of one digest; some eighty of them, then it is spent."""

    def __init__(self, *key: int) -> None:
        name = ":".join(map(str, key)).encode()
        self._left = int.from_bytes(hashlib.blake2b(name, digest_size=64).digest(), "big")

    def below(self, bound: int) -> int:
        """Draw a number from 0 up to the bound."""
        self._left, drawn = divmod(self._left, bound)
        return drawn

    def of(self, choices: Sequence[T]) -> T:
        """Draw one of some."""
        self._left, drawn = divmod(self._left, len(choices))
        return choices[drawn]


def facts(kind: int, revision: int) -> Facts:
    """Compose a record; a later revision keeps its names and moves its description, rights and dates."""
    lot, moving = Lot(kind), Lot(kind, revision)
    place, work = lot.of(words.PLACES), lot.of(words.WORKS)
    form = work[3]
    makers = tuple(_maker(lot) for _ in range(lot.of((0, 1, 1, 1, 2))))
    title = f"{place[0]} {work[0]} {NUMBER}"
    if lot.below(23) == 0:
        title = unicodedata.normalize("NFD", title)
    elif lot.below(29) == 0:
        title = f"［{title}］"
    return Facts(
        title="" if lot.below(97) == 0 else title,
        hanja="" if lot.below(3) == 0 else f"{place[1]}{work[1]}",
        english="" if lot.below(2) == 0 else f"{work[2]} of {place[2]}, no. {NUMBER}",
        kind=form,
        kind_word=lot.of(words.KINDS[form][0]),
        makers=makers,
        dates=_dates(lot, revision),
        subjects=tuple(lot.of(words.SUBJECTS) for _ in range(lot.of((1, 2, 3)))),
        description=_description(lot, moving, revision),
        place=place,
        language=lot.of(words.LANGUAGES),
        rights=moving.of(words.RIGHTS),
        extent=lot.of(words.EXTENTS),
        publisher=lot.of(words.PUBLISHERS),
        call=f"한고朝{lot.below(90) + 10}-나{NUMBER}",
        odd_identifier=_odd_identifier(lot),
        manner=lot.of((0, 0, 1, 2)),
        pictures=lot.of((1, 1, 1, 2, 3, 4)),
        holder=lot.of(words.HOLDERS),
    )


def _maker(lot: Lot) -> Maker:
    (surname, han), (given, hanja) = lot.of(words.SURNAMES), lot.of(words.GIVEN)
    name, life = surname + given, lot.of(words.LIVES)
    forms = (name, f"{name}{life}", f"{name}({lot.of(words.AFFILIATIONS)})", f"  {name}", f"{name}({han}{hanja})",
             f"{name} 지음")  # fmt: skip
    return Maker(lot.of(forms), name, f"{han}{hanja}", life)


def _dates(lot: Lot, revision: int) -> tuple[str, ...]:
    year = 1700 + lot.below(250)
    month, day = lot.below(12) + 1, lot.below(28) + 1
    plain = (f"{year}", f"{year}-{month:02}", f"{year}{month:02}{day:02}", f"{year}-{month:02}-{day:02}")
    first = lot.of(plain) if lot.below(2) else lot.of(words.DATES)
    digitised = f"{2008 + lot.below(12) + revision}-{month:02}-{day:02}"
    return (first, digitised) if lot.below(4) == 0 else (first,)


def _description(lot: Lot, moving: Lot, revision: int) -> str:
    parts = [lot.of(words.PHRASES) for _ in range(lot.of((1, 2, 4)))]
    quirk = lot.below(40)
    if quirk < 6:
        parts.append((words.OLD_HANGUL, words.PRIVATE_HANGUL, words.COMPATIBILITY, "산&middot;물&nbsp;그림",
                      "글&hellip; &lt;그림&gt;", "값 < 3냥 & 쌀 \"두 말\"")[quirk])  # fmt: skip
    if revision:
        parts.append(f"{revision}차 조사에서 {moving.below(9000) + 1000}번으로 다시 적었다.")
    return " ".join(parts)


def _odd_identifier(lot: Lot) -> str:
    page = lot.below(50) + 2
    forms = ("", "", "0", "N", f"G704-{NUMBER}.2010.15.2.003", f"누리학보, {page}권 {NUMBER}호, pp.1-{page}",
             f"http://view.dawn.example/viewer.do;jsessionid=A7{page}?id={NUMBER}&mode=v")  # fmt: skip
    return lot.of(forms)
