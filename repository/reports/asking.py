"""Reading what was typed into a form: cleaned and bounded, and either whole or with the faults of its fields."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from repository.people import email_of
from repository.reports.words import Asked, Capacity, Ground, Kind

LONGEST_TEXT = 4000
LONGEST_NAME = 100
LONGEST_EMAIL = 254
# In the order in which they stand on the page.
FIELDS = ("ground", "capacity", "text", "name", "email", "page", "x", "y", "w", "h")
_LINES = re.compile(r"\r\n?")
_BLANK_LINES = re.compile(r"\n{3,}")
# These turn the direction of the text behind them.
_CONTROLLING = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
# What HTML takes for an address (WHATWG HTML 4.10.5.1.5), with a dot in the domain; it needs no quoting in a mail.
_EMAIL = re.compile(
    r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
)
_NUMBER = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,4})?")
_WHOLE = Decimal(100)


class Fault(NamedTuple):
    """What is wrong with a field, as a code and a sentence in both languages."""

    field: str
    code: str
    ko: str
    en: str

    def text(self, language: str) -> str:
        """Give the sentence in the reader's language."""
        return self.ko if language == "ko" else self.en


def clean(typed: str) -> str:
    """Give a text as it is kept: NFC, lines ended alike, without characters that control others or are none."""
    text = _LINES.sub("\n", unicodedata.normalize("NFC", typed)).replace("\t", " ")
    kept = "".join(one for one in text if one == "\n" or not _controls(one))
    return _BLANK_LINES.sub("\n\n", kept).strip()


def _controls(one: str) -> bool:
    return one in _CONTROLLING or unicodedata.category(one) in ("Cc", "Cs")


def read(
    kind: Kind, item: str, lang: str, form: Mapping[str, str], pictures: Sequence[str]
) -> tuple[Asked | None, tuple[Fault, ...]]:
    """Read a form on an item, whose pictures have these ids in their order; gives what was said, or the faults."""
    faults = tuple(sorted(_faults(kind, form, pictures), key=lambda fault: FIELDS.index(fault.field)))
    if faults:
        return None, faults
    page = form.get("page", "").strip()
    asked = Asked(
        kind,
        item,
        clean(form.get("text", "")),
        lang,
        asset=pictures[int(page) - 1] if page else "",
        region=region_of([form.get(name, "") for name in "xywh"]) or "",
        name=_line(form.get("name", "")),
        email=email_of(form.get("email", "")),
        ground=form.get("ground", "") if kind is Kind.REMOVAL else "",
        capacity=form.get("capacity", "") if kind is Kind.REMOVAL else "",
    )
    return asked, ()


def _line(typed: str) -> str:
    return " ".join(clean(typed).split())


def _faults(kind: Kind, form: Mapping[str, str], pictures: Sequence[str]) -> Iterator[Fault]:
    if kind is Kind.REMOVAL:
        yield from _claim_faults(form)
    yield from _word_faults(form)
    yield from _place_faults(form, pictures)


def _word_faults(form: Mapping[str, str]) -> Iterator[Fault]:
    text = clean(form.get("text", ""))
    if not text:
        yield Fault(
            "text", "report_text_missing", "내용을 적어 주세요.", "Please write what you have to say."
        )
    if len(text) > LONGEST_TEXT:
        yield Fault(
            "text",
            "report_text_long",
            f"{LONGEST_TEXT}자까지 적을 수 있습니다. 지금은 {len(text)}자입니다.",
            f"Up to {LONGEST_TEXT} characters can be taken; there are {len(text)}.",
        )
    if len(_line(form.get("name", ""))) > LONGEST_NAME:
        yield Fault(
            "name",
            "report_name_long",
            f"이름은 {LONGEST_NAME}자까지입니다.",
            f"A name has up to {LONGEST_NAME} characters.",
        )
    email = email_of(form.get("email", ""))
    if email and not (len(email) <= LONGEST_EMAIL and _EMAIL.fullmatch(email)):
        yield Fault(
            "email",
            "report_email_invalid",
            "전자우편 주소를 다시 확인해 주세요. 보기: name@example.org",
            "Please check the e-mail address. Example: name@example.org",
        )


def _place_faults(form: Mapping[str, str], pictures: Sequence[str]) -> Iterator[Fault]:
    page = form.get("page", "").strip()
    known = page.isascii() and page.isdecimal() and len(page) < 7 and 1 <= int(page) <= len(pictures)
    if page and not known:
        yield Fault(
            "page",
            "report_page_unknown",
            f"그림은 1에서 {len(pictures)}까지 있습니다.",
            f"Pictures are numbered from 1 to {len(pictures)}.",
        )
    typed = [form.get(name, "") for name in "xywh"]
    if any(one.strip() for one in typed) and not (region_of(typed) and page):
        yield Fault(
            "x",
            "report_region_unreadable",
            "부분을 가리키려면 그림 번호를 적고, 네 칸에 0–100의 수를 적어 주세요. 그림 밖으로 나갈 수 없습니다.",
            "To point at a part, give the number of the picture, and four numbers from 0 to 100 that stay "
            "within it.",
        )


def _claim_faults(form: Mapping[str, str]) -> Iterator[Fault]:
    if not _line(form.get("name", "")):
        yield Fault(
            "name", "report_name_missing", "요청하는 분의 이름을 적어 주세요.", "Please give your name."
        )
    if not _is_one_of(Ground, form.get("ground", "")):
        yield Fault("ground", "report_ground_missing", "까닭을 골라 주세요.", "Please choose the ground.")
    if not _is_one_of(Capacity, form.get("capacity", "")):
        yield Fault(
            "capacity",
            "report_capacity_missing",
            "어떤 자격으로 요청하시는지 골라 주세요.",
            "Please choose in what capacity you ask.",
        )


def _is_one_of(words: type[StrEnum], code: str) -> bool:
    return code in {one.value for one in words}


def region_of(typed: Sequence[str]) -> str | None:
    """Give a region as pct:x,y,w,h from four numbers in per cent, or None where they make none."""
    numbers = [number for one in typed if (number := _number(one)) is not None]
    if len(numbers) != 4:
        return None
    x, y, w, h = numbers
    if not (w > 0 and h > 0 and x + w <= _WHOLE and y + h <= _WHOLE):
        return None
    return f"pct:{','.join(f'{one.normalize():f}' for one in (x, y, w, h))}"


def numbers_of(region: str) -> tuple[str, ...]:
    """Give the four numbers of a region as it stands in an address, or nothing where it is none."""
    typed = region.removeprefix("pct:").split(",") if region.startswith("pct:") else []
    return tuple(typed) if region_of(typed) else ()


def _number(typed: str) -> Decimal | None:
    text = typed.strip()
    return round(Decimal(text), 2) if _NUMBER.fullmatch(text) else None
