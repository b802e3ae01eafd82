"""The typefaces of the site: a sans for the interface and a serif for works, each in two weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Family:
    """A typeface in two fonts, by the names of their files without suffix."""

    name: str
    regular: str
    bold: str


class Face(NamedTuple):
    """A family, "sans" or "serif", in one weight, 400 or 700."""

    family: str
    weight: int

    @property
    def name(self) -> str:
        """Its name in addresses."""
        return f"{self.family}-{self.weight}"

    @property
    def font(self) -> str:
        """The name of its file without suffix."""
        family = FAMILIES[self.family]
        return family.bold if self.weight == 700 else family.regular


FAMILIES = {
    "sans": Family("Pretendard GOV", "PretendardGOV-Regular", "PretendardGOV-Bold"),
    "serif": Family("Noto Serif KR", "NotoSerifKR_400Regular", "NotoSerifKR_700Bold"),
}
FACES = (Face("sans", 400), Face("sans", 700), Face("serif", 400), Face("serif", 700))
# Old Hangul is written with conjoining jamo, which the font's own rules join into syllables: they stay
# together in one file, with those rules.
OLD_HANGUL = frozenset(
    {*range(0x1100, 0x1200), *range(0xA960, 0xA980), *range(0xD7B0, 0xD800), 0x302E, 0x302F}
)
SHAPING = ("ccmp", "ljmo", "vjmo", "tjmo")  # the OpenType features of those rules
UNUSED_TABLES = ("BASE", "STAT", "gasp", "vhea", "vmtx", "prep")
