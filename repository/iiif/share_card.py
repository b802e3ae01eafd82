"""Pictures for previews in a chat, 1200 × 630: a work whole on paper, and a card of the site's own.

Nothing is cut off a work, for its margin may say that it is a drawn sample; and nothing is enlarged.
"""

from __future__ import annotations

import io
import itertools
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

SIZE = (1200, 630)
MARGIN = 36  # around a work
ROOM = (SIZE[0] - 2 * MARGIN, SIZE[1] - 2 * MARGIN)
BOLD, REGULAR = "NotoSerifKR_700Bold.ttf", "PretendardGOV-Regular.ttf"
_PAPER, _LINE, _INK, _SOFT, _SEAL, _ON_SEAL = "#f8f4ec", "#d9cfbe", "#221d17", "#5d5347", "#9b2d1f", "#fbf6ea"
_STROKES = (
    ((10, 11), (19, 11), (19, 19)),
    ((29, 9), (29, 21)),
    ((10, 26), (30, 26), (30, 31), (10, 31), (10, 26)),
)
_SHARPER = 4  # the seal is drawn so many times larger, then made small


@dataclass(frozen=True, slots=True)
class Words:
    """What the site's card says: its name, and a line below."""

    name: str
    line: str


def fit(width: int, height: int, bound: int = 0) -> tuple[int, int]:
    """Fit a picture into the room on the paper, its longer side at most `bound` (0: any), never enlarged."""
    scale = min(1.0, ROOM[0] / width, ROOM[1] / height, (bound or max(width, height)) / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def frame(picture: bytes | Path) -> bytes:
    """Put a picture on paper, in the middle, as a JPEG; one too large for the room is made to fit."""
    with Image.open(io.BytesIO(picture) if isinstance(picture, bytes) else picture) as opened:
        work = opened.convert("RGB")
    work = work.resize(fit(*work.size), Image.Resampling.LANCZOS) if work.size != fit(*work.size) else work
    paper = Image.new("RGB", SIZE, _PAPER)
    left, top = (SIZE[0] - work.width) // 2, (SIZE[1] - work.height) // 2
    ImageDraw.Draw(paper).rectangle((left - 1, top - 1, left + work.width, top + work.height), outline=_LINE)
    paper.paste(work, (left, top))
    out = io.BytesIO()
    paper.save(out, "JPEG", quality=86, optimize=True, progressive=True)
    return out.getvalue()


@cache
def site_card(words: Words, fonts: Path) -> bytes:
    """Draw the site's card as a PNG, once in a process; without the fonts of set-up it has the seal alone."""
    paper = Image.new("RGB", SIZE, _PAPER)
    draw = ImageDraw.Draw(paper)
    draw.rectangle((24, 24, SIZE[0] - 25, SIZE[1] - 25), outline=_LINE, width=2)
    seal = _seal(132)
    has_fonts = (fonts / BOLD).is_file() and (fonts / REGULAR).is_file()
    paper.paste(seal, ((SIZE[0] - seal.width) // 2, 112 if has_fonts else 249), seal)
    if has_fonts:
        middle = SIZE[0] // 2
        draw.text((middle, 360), words.name, _INK, ImageFont.truetype(fonts / BOLD, 92), "mm")
        draw.text((middle, 476), words.line, _SOFT, ImageFont.truetype(fonts / REGULAR, 38), "mm")
    out = io.BytesIO()
    paper.quantize(128).save(out, "PNG", optimize=True)
    return out.getvalue()


def _seal(side: int) -> Image.Image:
    """Draw the seal of `static/seal.svg`, whose square has 40 units."""
    large = side * _SHARPER
    unit = large / 40
    seal = Image.new("RGBA", (large, large))
    draw = ImageDraw.Draw(seal)
    draw.rounded_rectangle((1.5 * unit, 1.5 * unit, 38.5 * unit, 38.5 * unit), 5 * unit, fill=_SEAL)
    half = 1.5 * unit  # of a stroke, which ends squarely
    for stroke in _STROKES:
        for (x, y), (u, v) in itertools.pairwise(stroke):
            left, right = sorted((x * unit, u * unit))
            top, bottom = sorted((y * unit, v * unit))
            ends = (left - half, top - half, right + half, bottom + half)
            draw.rectangle(ends, fill=_ON_SEAL)
    return seal.resize((side, side), Image.Resampling.LANCZOS)
