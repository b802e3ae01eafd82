"""Words for a picture in schema.org: each a TextObject in its language that says who wrote it.

A machine's are marked by `digitalSourceType`, as schema.org takes it from IPTC. A sentence that nobody wrote is not
sent out. https://schema.org/TextObject, https://schema.org/digitalSourceType
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from repository.asset import INSTITUTION, MACHINE, PERSON, Words
from repository.item import language_tag

Node = dict[str, Any]
_CREDITS = {INSTITUTION: "기관이 쓴 설명", PERSON: "사람이 쓴 설명", MACHINE: "기계가 쓴 설명"}
_BY_MACHINE = "https://schema.org/TrainedAlgorithmicMediaDigitalSource"


def texts(words: Iterable[Words]) -> list[Node]:
    """Write texts with their languages and origins."""
    return [_text(text) for text in words]


def _text(text: Words) -> Node:
    said = {
        "@type": "TextObject",
        "text": text.value,
        "inLanguage": language_tag(text.lang),
        "creditText": " · ".join(filter(None, (_CREDITS[text.origin], text.model))),
        "digitalSourceType": {"@id": _BY_MACHINE} if text.origin == MACHINE else "",
        "dateCreated": text.made,
    }
    return {name: value for name, value in said.items() if value}
