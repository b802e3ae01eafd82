"""Words for a picture in a manifest: its alternative text, its long description, and who wrote each.

The alternative text is the canvas's summary (Presentation 3.0 §3.1). The long description is an annotation that
describes the canvas, with its author as the Web Annotation Data Model says it (§3.3.1). A sentence that nobody wrote
is not sent out.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from iiif_prezi3 import Annotation, AnnotationPage, TextualBody

from repository.asset import INSTITUTION, MACHINE, PERSON, Asset, Words
from repository.iiif.language_maps import LABELS, LanguageMap, language_map
from repository.item import Text, language_tag

_ORIGINS = {
    INSTITUTION: {"ko": "기관이 쓴 설명", "en": "Written by the institution"},
    PERSON: {"ko": "사람이 쓴 설명", "en": "Written by a person"},
    MACHINE: {"ko": "기계가 쓴 설명", "en": "Written by a machine"},
}
_AGENTS = {INSTITUTION: "Organization", PERSON: "Person", MACHINE: "Software"}
_SAMPLE = {"ko": "견본 그림 · 실물 사진이 아님", "en": "drawn sample, not the object"}
_SAYS_SO = ("견본 그림", "drawn sample")


def properties(asset: Asset, sample: bool) -> dict[str, Any]:
    """Give the properties of a canvas that say what is to be seen, and who says so."""
    if not asset.alt and not asset.description:
        return {}
    said = {"summary": language_map(_marked(text, sample) for text in asset.alt)} if asset.alt else {}
    return {**said, "metadata": [_origins((*asset.alt, *asset.description))]}


def _marked(text: Words, sample: bool) -> Text:
    """Give a text about a drawn sample with the note that it is one, in the text's own language or in English."""
    if not sample or any(word in text.value.casefold() for word in _SAYS_SO):
        return text
    note = _SAMPLE["ko" if language_tag(text.lang).startswith("ko") else "en"]
    return Text(f"{text.value} ({note})", text.lang)


def _origins(texts: Iterable[Words]) -> dict[str, LanguageMap]:
    """Say in both languages who wrote, each once; of a machine its name and the day."""
    value: LanguageMap = {"ko": [], "en": []}
    for text in texts:
        for language, said in value.items():
            day = text.made if text.origin == MACHINE else ""
            line = " · ".join(filter(None, (_ORIGINS[text.origin][language], text.model, day)))
            said += [] if line in said else [line]
    return {"label": LABELS["picture"], "value": value}


def describing(own: str, asset: Asset) -> AnnotationPage:
    """Give the long description of a file as annotations, one for each language; `own` is the canvas."""
    page = f"{own}/describing"
    annotations = [
        Annotation(id=f"{page}/{number}", motivation="describing", target=own, **_authored(text))
        for number, text in enumerate(asset.description, 1)
    ]
    return AnnotationPage(id=page, items=annotations)


def _authored(text: Words) -> dict[str, Any]:
    lang = language_tag(text.lang)
    body = TextualBody(value=text.value, format="text/plain", **({"language": lang} if lang else {}))
    creator = {"type": _AGENTS[text.origin], **({"name": text.model} if text.model else {})}
    return {"body": body, "creator": creator, **({"created": f"{text.made}T00:00:00Z"} if text.made else {})}
