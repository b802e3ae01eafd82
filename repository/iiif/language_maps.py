"""Texts as the language maps of IIIF (Presentation 3.0 §4.1), and the words that manifests use in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from repository.item import Note, Text, Title, language_tag

LanguageMap = dict[str, list[str]]

SAMPLE = {
    "ko": ["견본 그림 · 실물 사진이 아님 · 가상 기관"],
    "en": ["Drawn sample, not the object · invented institution"],
}
CREDIT = {"ko": ["출처와 이용 조건"], "en": ["Credit and terms of use"]}
LABELS: dict[str, LanguageMap] = {
    "title": {"ko": ["다른 제목"], "en": ["Other titles"]},
    "maker": {"ko": ["만든이"], "en": ["Creator"]},
    "contributor": {"ko": ["함께한 이"], "en": ["Contributor"]},
    "publisher": {"ko": ["펴낸 곳"], "en": ["Publisher"]},
    "date": {"ko": ["때"], "en": ["Date"]},
    "place": {"ko": ["곳"], "en": ["Place"]},
    "subject": {"ko": ["주제"], "en": ["Subject"]},
    "extent": {"ko": ["크기와 분량"], "en": ["Extent"]},
    "identifier": {"ko": ["기관의 식별자"], "en": ["Identifier"]},
    "holder": {"ko": ["소장기관"], "en": ["Holding institution"]},
    "provider": {"ko": ["제공기관"], "en": ["Providing institution"]},
    "notice": {"ko": ["알림"], "en": ["Notice"]},
    "picture": {"ko": ["그림 설명"], "en": ["Image description"]},
}
_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff]")


def language_map(texts: Iterable[Text | Title | Note]) -> LanguageMap:
    """Group texts by language in their order, each once; a text without one is Korean where it has Hangul."""
    found: LanguageMap = {}
    for text in texts:
        value = inert(text.value)
        values = found.setdefault(_key(text), [])
        if value not in values:
            values.append(value)
    return found


def _key(text: Text | Title | Note) -> str:
    return language_tag(text.lang) or ("ko" if _HANGUL.search(text.value) else "none")


def inert(value: str) -> str:
    """Keep a text from being taken for HTML, as one that stands in angle brackets would be (§4.2)."""
    bare = value.strip()
    return markup(escape(bare)) if bare.startswith("<") and bare.endswith(">") else value


def markup(html: str) -> str:
    """Mark a value as HTML: it begins with an element and ends with one (§4.2)."""
    return f"<span>{html}</span>"


def linked(text: str, uri: str) -> str:
    """Give a text as a link, or as it is where there is no address."""
    return (
        f'<a href="{escape(uri)}">{escape(text)}</a>'
        if uri.startswith(("http://", "https://"))
        else escape(text)
    )
