"""Words on pages: which language a text is in, which of several names a reader is shown, dates and roles in words.

Every text that is not in the page's own language carries its language, so that it is read aloud and set right.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from babel import Locale
from markupsafe import Markup, escape

from repository.item import Agent, Date, Text, Title
from repository.web.languages import current
from repository.web.languages import lazy as _

HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff]")
HANJA = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# A syllable of today before a final of old: written as one character and another, in which fonts may differ.
_HALF_OLD = re.compile("[\uac00-\ud7a3](?=[\u11c3-\u11ff\ud7cb-\ud7fb])")
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_SHORT = {
    "kor": "ko", "eng": "en", "jpn": "ja", "chi": "zh", "zho": "zh", "fre": "fr", "fra": "fr", "ger": "de",
    "deu": "de", "lat": "la", "rus": "ru", "spa": "es", "ita": "it", "vie": "vi", "mon": "mn", "san": "sa",
}  # fmt: skip
_KNOWN = frozenset(Locale("en").languages)

TYPES = {
    "book": _("책"),
    "manuscript": _("필사본"),
    "map": _("지도"),
    "painting": _("그림"),
    "print": _("판화"),
    "photograph": _("사진"),
    "document": _("문서"),
    "object": _("실물"),
    "newspaper": _("신문·잡지"),
    "video": _("영상"),
    "sound": _("소리"),
    "music": _("악보"),
    "unknown": _("종류 모름"),
}

COLOURS = {
    "red": _("빨강"),
    "orange": _("주황"),
    "yellow": _("노랑"),
    "green": _("초록"),
    "teal": _("청록"),
    "blue": _("파랑"),
    "purple": _("보라"),
    "pink": _("분홍"),
    "brown": _("밤빛"),
    "paper": _("누런 종이빛"),
    "white": _("하양"),
    "grey": _("잿빛"),
    "black": _("검정"),
}

ROLES = {
    "aut": _("지은이"),
    "art": _("그린이"),
    "cre": _("만든이"),
    "pht": _("찍은이"),
    "ctg": _("지도를 만든이"),
    "cmp": _("작곡한 이"),
    "drt": _("감독"),
    "ill": _("삽화를 그린이"),
    "cll": _("글씨를 쓴 이"),
    "egr": _("새긴이"),
    "scl": _("조각한 이"),
    "edt": _("엮은이"),
    "trl": _("옮긴이"),
    "prt": _("찍은 곳"),
    "pbl": _("펴낸 곳"),
    "own": _("지녔던 이"),
    "ctb": _("함께한 이"),
}

DATE_ROLES = {
    "created": _("만든 때"),
    "issued": _("펴낸 때"),
    "copyrighted": _("저작권 표시 연도"),
    "depicted": _("담긴 때"),
    "other": _("관련된 때"),
}

NOTE_KINDS = {
    "abstract": _("설명"),
    "note": _("덧붙임"),
    "contents": _("차례"),
    "inscription": _("적힌 글"),
    "provenance": _("전해 온 내력"),
    "physical": _("상태와 형태"),
}


def whole_syllables(text: str) -> str:
    """Write syllables that end in an old letter in letters throughout, so that one font can join them."""
    return _HALF_OLD.sub(lambda found: unicodedata.normalize("NFD", found[0]), text)


def whole_page(page: bytes) -> bytes:
    """Write a page so, in UTF-8; there is nothing to write in most of them, which two of its bytes tell."""
    if b"\xe1\x87" not in page and b"\xed\x9f" not in page:  # with which the old finals begin
        return page
    return whole_syllables(page.decode()).encode()


def tag(text: Text | Title | str, lang: str = "") -> str:
    """Give the BCP 47 tag of a text: as given where it can be right, else Korean where it is in Hangul."""
    value = text if isinstance(text, str) else text.value
    given = lang if isinstance(text, str) else text.lang
    primary, _dash, rest = given.partition("-")
    primary = _SHORT.get(primary.lower(), primary.lower())
    good = bool(_TAG.fullmatch(given)) and primary in _KNOWN
    if HANGUL.search(value) and not (good and primary == "ko"):
        return "ko"
    return f"{primary}-{rest}" if good and rest else primary if good else ""


def lang_attribute(text: Text | Title | str | None) -> Markup:
    """Give ` lang="…"` for an element that holds only this text, or nothing where the page's language holds."""
    known = tag(text) if text else ""
    return Markup(' lang="{}"').format(known) if known and known != current() else Markup("")


def said(text: Text | Title | str | None) -> Markup:
    """Write a text as HTML, in a `span` that names its language where that is not the page's."""
    if not text:
        return Markup("")
    value = text if isinstance(text, str) else text.value
    attribute = lang_attribute(text)
    return Markup("<span{}>{}</span>").format(attribute, value) if attribute else escape(value)


def pick(texts: Sequence[Text], language: str) -> Text | None:
    """Choose the text in the reader's language, else the first."""
    return next((text for text in texts if tag(text) == language), texts[0] if texts else None)


def _script(title: Text | Title) -> int:
    """Rank a title by its script: Hangul, then Hanja, then any other."""
    known = tag(title)
    if HANGUL.search(title.value):
        return 0
    return 1 if known.endswith("-Hani") or HANJA.search(title.value) else 2


def titles(given: Iterable[Title]) -> tuple[Text, ...]:
    """Order an item's titles for its page: the main one in Hangul, in Hanja, then all others, each once."""
    many = tuple(given)
    hangul = any(_script(title) == 0 for title in many)
    ordered = sorted(
        many, key=lambda title: (_script(title), _late(title)) if hangul else (_late(title), _script(title))
    )
    seen: dict[str, Text] = {}
    for title in ordered:
        seen.setdefault(title.value, Text(title.value, "ko-Hani" if _is_korean_hanja(title) else tag(title)))
    return tuple(seen.values())


def _late(title: Title) -> bool:
    return title.kind in ("alternative", "transliterated")


def _is_korean_hanja(title: Title) -> bool:
    """Tell whether a title is Korean in Hanja only: a text to be read in Korean, though without any Hangul."""
    return _script(title) == 1 and tag(title) in ("ko", "ko-Hani")


def in_language(given: Iterable[Title], language: str) -> tuple[Text, ...]:
    """Order an item's titles for a list or a heading: those in the reader's language first."""
    ordered = titles(given)
    return tuple(sorted(ordered, key=lambda title: tag(title) != language)) if language != "ko" else ordered


def years(date: Date, language: str) -> str:
    """Say in years what was read from a date, or nothing where nothing could be read."""
    if date.earliest is None and date.latest is None:
        return ""
    first, last = date.earliest, date.latest
    if first == last and first is not None:
        return _about(_year(first, language), date, language)
    ends = [_year(year, language) if year is not None else "" for year in (first, last)]
    return _about("–".join(ends), date, language)


def _about(said_years: str, date: Date, language: str) -> str:
    if date.confidence == "approximate":
        return f"{said_years} 무렵" if language == "ko" else f"about {said_years}"
    if date.confidence == "inferred":
        return f"{said_years} 추정" if language == "ko" else f"{said_years} (inferred)"
    return said_years


def _year(year: int, language: str) -> str:
    """Write an astronomical year: 0 is 1 BC."""
    if language == "ko":
        return f"{year}년" if year > 0 else f"기원전 {1 - year}년"
    return str(year) if year > 0 else f"{1 - year} BC"


def life(agent: Agent) -> str:
    """Say when a maker lived, in the source's own words where it has any."""
    if agent.dates:
        return agent.dates
    if agent.born is None and agent.died is None:
        return ""
    return "–".join("" if year is None else str(year) for year in (agent.born, agent.died))


def language_name(code: str, language: str) -> str:
    """Name a language given by its code (ISO 639); an unknown code is shown as it is."""
    short = _SHORT.get(code.lower(), code.lower())
    if short == "lzh" and language == "ko":  # CLDR has no Korean name for it
        return "한문"
    return str(Locale(language).languages.get(short, code))


def date_said(stamp: str, language: str) -> str:
    """Write the day of a UTC timestamp for people."""
    year, month, day = int(stamp[:4]), int(stamp[5:7]), int(stamp[8:10])
    if language == "ko":
        return f"{year}년 {month}월 {day}일"
    names = Locale("en").months["format"]["wide"]
    return f"{day} {names[month]} {year}"
