"""Claims that say what they speak of: `이미지: …` of the reproduction, `해제: …` of the text."""

from __future__ import annotations

import re

_REPRODUCTION = r"(?:사진|이미지|스캔|디지털\s?파일|디지털화|images?|photo(?:graph)?s?|scans?|reproductions?)"
_TEXT = r"(?:해제|설명|텍스트|해설|번역|texts?|descriptions?|metadata)"
_LABELS = (
    ("reproduction", re.compile(rf"{_REPRODUCTION}\s*[:：]\s*", re.IGNORECASE)),
    ("text", re.compile(rf"{_TEXT}\s*[:：]\s*", re.IGNORECASE)),
)


def split(value: str) -> tuple[str, str]:
    """Give the layer that a claim names, or `''`, and what it says of it."""
    for layer, pattern in _LABELS:
        if found := pattern.match(value):
            return layer, value[found.end() :]
    return "", value
