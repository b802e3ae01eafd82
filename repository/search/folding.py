"""Folding: the text as it is compared, with the place of every character in the text as it was written.

Unicode compatibility forms, case and Hanja variants are folded (NFKC, UAX #15; simple case folding); what
carries meaning in Korean is kept: single letters (ㄱ, ㅏ) stay letters and do not become conjoining jamo.
Syllables of letters that modern spelling gave up are folded to those of today (ㆍ → ㅏ); tone marks go.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from repository.search import jamo

_EXTENDS = re.compile("[\u1160-\u11ff\ud7b0-\ud7fb]")  # medial and final jamo belong to the syllable before
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufe00-\ufe0f\u302e\u302f\U000e0100-\U000e01ef]"
)
_LETTERS = re.compile("[\u3131-\u318e]")
_CONJOINING = re.compile("[\u1100-\u11ff]")
# Latin letters whose stroke or bar Unicode does not count as a mark.
_STROKES = str.maketrans(
    {"ł": "l", "đ": "d", "ø": "o", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
)


class Folded(NamedTuple):
    """A folded text; character `i` of it stands for `original[starts[i]:ends[i]]`."""

    text: str
    starts: range | list[int]
    ends: range | list[int]


@cache
def variants() -> dict[int, str]:
    """Give the Hanja that are folded into another, read once: those of Unihan, over them our own."""
    table: dict[int, str] = {}
    for name in ("variants.txt", "orthography.txt"):
        for line in (files("repository.search") / "data" / name).read_text("utf-8").splitlines():
            if line and not line.startswith("#"):
                kept, _tab, folded = line.partition("\t")
                table.update(dict.fromkeys(map(ord, folded), kept))
    return table


def fold(original: str) -> Folded:
    """Fold a text; one in which every character folds to one character, the common case, keeps its places."""
    lower = original.casefold()
    if (
        len(lower) == len(original)
        and unicodedata.is_normalized("NFKC", lower)
        and not _INVISIBLE.search(lower)
        and not _CONJOINING.search(lower)
    ):
        return Folded(lower.translate(variants()), range(len(original)), range(1, len(original) + 1))
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _clusters(original):
        piece = _fold_cluster(original[start:end])
        pieces.append(piece)
        starts += [start] * len(piece)
        ends += [end] * len(piece)
    return Folded("".join(pieces), starts, ends)


def _clusters(text: str) -> list[tuple[int, int]]:
    """Cut a text where normalisation of one part cannot touch the next: before every base character."""
    cuts = [
        place
        for place, character in enumerate(text)
        if not (place and (unicodedata.combining(character) or _EXTENDS.match(character)))
    ]
    return list(zip(cuts, [*cuts[1:], len(text)], strict=True))


@lru_cache(maxsize=16384)
def _fold_cluster(cluster: str) -> str:
    if _LETTERS.match(cluster):
        return cluster
    seen = _INVISIBLE.sub("", cluster)
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", seen).casefold())
    return jamo.modern(folded).translate(variants())


def without_marks(word: str) -> str:
    """Fold a Latin word to its bare letters: diacritics, apostrophes and hyphens go."""
    bare = unicodedata.normalize("NFKD", word.translate(_STROKES))
    return "".join(character for character in bare if character.isalnum())
