"""Web fonts: faces cut into small slices, and the style sheet that names them all.

A Korean face has more than 20,000 glyphs, a page needs a few hundred. So a face is served in slices, and
the browser loads those whose `unicode-range` the page touches (CSS Fonts 4, §4.5). The commonest characters
are cut in the order of their frequency, the others by code point. Pages bring most of their letters themselves
(`repository.page_letters`); the slices are for what comes later, and for old Hangul.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from repository.typefaces import OLD_HANGUL, SHAPING, UNUSED_TABLES, Family

Characters = frozenset[int]


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of code points from `first` up to the next block: their kind, and how many make a slice."""

    first: int
    kind: str
    size: int


# Hanja come singly, each from another slice: small ones. Rare syllables hardly ever come.
BLOCKS = (
    Block(0x0000, "latin", 128),
    Block(0x0370, "other", 128),
    Block(0x3400, "hanja", 48),  # CJK unified ideographs
    Block(0xA000, "hangul", 256),
    Block(0xF900, "hanja", 48),  # CJK compatibility ideographs
    Block(0xFB00, "other", 128),
)
LATIN_FEATURES = ("ccmp", "kern")
LAYOUT_TABLES = ["GSUB", "GPOS", "GDEF"]
SHORT_GAP = 16


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of a typeface in all its weights, numbered; the higher the number, the commoner the characters.

    Its kind is that of its block, or "old hangul", or "common".
    """

    number: int
    kind: str
    characters: Characters

    @property
    def has_bold(self) -> bool:
        """Tell whether bold text has a file of its own here, or is set in the regular one."""
        return self.kind in ("common", "latin", "hanja")


@dataclass(frozen=True, slots=True)
class FontFace:
    """What one `@font-face` rule says: family, weight, file, and the range as CSS writes it."""

    family: str
    weight: int
    file: str
    unicode_range: str


def read_frequency(css: str) -> tuple[Characters, ...]:
    """Read groups of common characters, rising in frequency, from the style sheet of a sliced face.

    The sheet numbers its slices; those by frequency are 100 to 119, in each of the face's weights alike.
    """
    rules = re.finditer(r"subset\.(1[01]\d)\.woff2\).*?unicode-range:([^;}]*)", css, re.DOTALL)
    groups = {int(rule[1]): _read_range(rule[2]) for rule in rules}
    return tuple(groups[number] for number in sorted(groups))


def _read_range(text: str) -> Characters:
    characters: set[int] = set()
    for first, last in re.findall(r"U\+([0-9a-fA-F]+)(?:-([0-9a-fA-F]+))?", text):
        characters.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(characters)


def read_frame(template: str) -> Characters:
    """Return the characters of the frame that all pages share: those of its template, and all of ASCII."""
    return frozenset({*range(0x20, 0x7F), *(ord(character) for character in template if character > " ")})


def plan_slices(available: Characters, common: Sequence[Characters]) -> tuple[Slice, ...]:
    """Divide what a typeface has: rare characters by code point, old Hangul, then the common groups.

    A character of several groups goes to the last of them.
    """
    parts = list(_cut_blocks(available.difference(OLD_HANGUL, *common)))
    parts.append(("old hangul", available & OLD_HANGUL))
    for number, group in enumerate(common, start=1):
        parts.append(("common", (available & group).difference(OLD_HANGUL, *common[number:])))
    filled = ((kind, part) for kind, part in parts if part)
    return tuple(Slice(number, kind, part) for number, (kind, part) in enumerate(filled))


def _cut_blocks(characters: Characters) -> Iterator[tuple[str, Characters]]:
    for block, members in groupby(sorted(characters), _block_of):
        ordered = list(members)
        for start in range(0, len(ordered), block.size):
            yield block.kind, frozenset(ordered[start : start + block.size])


def _block_of(character: int) -> Block:
    return next(block for block in reversed(BLOCKS) if block.first <= character)


def unicode_ranges(slices: Sequence[Slice]) -> tuple[str, ...]:
    """Write the `unicode-range` of each slice, as short as may be.

    Where ranges overlap, the rule that stands later is asked first (CSS Fonts 4, §4.5.1). So a range may run
    on over characters that a later slice has, and over a few that none has.
    """
    everybody = frozenset[int]().union(*(one.characters for one in slices))
    written: list[str] = []
    later: set[int] = set()
    for one in reversed(slices):
        written.append(",".join(_runs(one.characters, later, everybody)))
        later |= one.characters
    return tuple(reversed(written))


def _runs(characters: Characters, later: set[int], everybody: Characters) -> Iterator[str]:
    ordered = sorted(characters)
    first = ordered[0]
    for here, following in zip(ordered, [*ordered[1:], None], strict=True):
        gap = set(range(here + 1, following or here)) - later
        if following is None or len(gap) > SHORT_GAP or gap & everybody:
            yield f"U+{first:X}" if first == here else f"U+{first:X}-{here:X}"
            first = following or here


def list_faces(family: Family, slices: Sequence[Slice]) -> Iterator[FontFace]:
    """List the faces of a family: for each slice a regular and a bold one."""
    for one, written in zip(slices, unicode_ranges(slices), strict=True):
        bold = family.bold if one.has_bold else family.regular
        for weight, font in (400, family.regular), (700, bold):
            yield FontFace(family.name, weight, f"{font}/{one.number}.woff2", written)


def style_sheet(faces: Sequence[FontFace]) -> str:
    """Write the style sheet; `swap`: text is readable at once, in whatever face the machine has.

    Files are cut anew with each set-up, and browsers keep them: so their addresses change with the plan.
    """
    plan = hashlib.sha256(repr(faces).encode()).hexdigest()[:8]
    return "".join(
        f'@font-face{{font-family:"{face.family}";font-weight:{face.weight};font-display:swap;'
        f'src:url({face.file}?v={plan})format("woff2");unicode-range:{face.unicode_range}}}\n'
        for face in faces
    )


def characters_of(font: Path) -> Characters:
    """Return the characters that a font file has."""
    with TTFont(font, lazy=True) as opened:
        return frozenset(opened.getBestCmap())


def cut_frame(font: Path, characters: Characters, target: Path) -> None:
    """Cut the letters of the frame from a font into a file of their own (WOFF2)."""
    _cut(font, characters, target, flavor="woff2")


def cut_slices(font: Path, slices: Sequence[Slice], folder: Path) -> None:
    """Cut slices from a font and write them, compressed (WOFF2), into a folder.

    They are cut from a middling part that holds them all: to open the whole font for each would cost more
    than the cutting.
    """
    together = frozenset[int]().union(*(one.characters for one in slices))
    middling = folder / f"{slices[0].number}.ttf"
    _cut(font, together, middling)
    for one in slices:
        _cut(middling, one.characters, folder / f"{one.number}.woff2", flavor="woff2")
    middling.unlink()


def _cut(font: Path, characters: Characters, target: Path, flavor: str | None = None) -> None:
    features = _features(characters)
    options = Options(
        layout_features=features, hinting=False, bidi_closure=False, name_IDs=[0, 1, 2], notdef_outline=True
    )
    options.drop_tables += [*UNUSED_TABLES, *([] if features else LAYOUT_TABLES)]
    # Glyphs keep the boxes they have: to compute them anew would take as long as all the rest.
    with TTFont(font, lazy=True, recalcBBoxes=False) as opened:
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=characters)
        subsetter.subset(opened)
        opened.flavor = flavor
        opened.save(target)


def _features(characters: Characters) -> list[str]:
    """Return the OpenType features without which these characters would be set wrongly."""
    latin = LATIN_FEATURES if ord("A") in characters else ()
    return [*latin, *(SHAPING if characters & OLD_HANGUL else ())]
