"""The colours of a picture by name: which of thirteen it shows enough of that somebody would look for it by them.

Told apart in OKLab (Ottosson 2020), where equal steps look equal. Old paper is a colour of its own here: most
heritage is on it, and as yellow or brown it would drown what is painted.
"""

from __future__ import annotations

from math import atan2, degrees, hypot
from pathlib import Path

from PIL import Image

COLOURS = (
    "red", "orange", "yellow", "green", "teal", "blue", "purple", "pink", "brown", "paper", "white", "grey", "black",
)  # fmt: skip
MOST = 4  # of one picture
ENOUGH, ENOUGH_PLAIN = 0.04, 0.25  # share of the picture from which a colour counts; of a plain one
_PLAIN = frozenset({"paper", "white", "grey", "black", "brown"})
_SIDE, _SHADES = 160, 48
_FAINT, _PAPER_CHROMA = 0.02, 0.075
_HUES = (
    (40, "red"),
    (72, "orange"),
    (118, "yellow"),
    (165, "green"),
    (215, "teal"),
    (285, "blue"),
    (330, "purple"),
)


def of(picture: Path) -> tuple[str, ...]:
    """Name a picture's colours, the one it has most of first."""
    with Image.open(picture) as opened:
        opened.draft("RGB", (_SIDE, _SIDE))
        small = opened.convert("RGB")
    small.thumbnail((_SIDE, _SIDE))
    shades = small.quantize(_SHADES, Image.Quantize.MEDIANCUT)
    palette = shades.getpalette() or []
    shares = dict.fromkeys(COLOURS, 0.0)
    for many, shade in shades.getcolors() or []:
        assert isinstance(shade, int)
        red, green, blue = palette[shade * 3 : shade * 3 + 3]
        shares[named(red, green, blue)] += many / (small.width * small.height)
    shown = [name for name, share in shares.items() if share >= (ENOUGH_PLAIN if name in _PLAIN else ENOUGH)]
    return tuple(sorted(shown, key=lambda name: -shares[name])[:MOST])


def named(red: int, green: int, blue: int) -> str:
    """Name a colour given in sRGB, 0 to 255."""
    light, chroma, hue = _lch(*(_linear(value / 255) for value in (red, green, blue)))
    if light < 0.25:
        return "black"
    if chroma < _FAINT:
        return "white" if light > 0.93 else "grey"
    if 50 <= hue < 118:
        if light > 0.7 and chroma < _PAPER_CHROMA:
            return "paper"
        if light < 0.62:
            return "brown"
    if hue >= 330 or hue < 12:
        return "pink" if light > 0.6 else "red"
    if hue < 40 and light > 0.72:
        return "pink"
    return next((name for below, name in _HUES if hue < below), "pink")


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _lch(red: float, green: float, blue: float) -> tuple[float, float, float]:
    """Give lightness (0 to 1), chroma and hue in degrees of a linear colour."""
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    light = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    return light, hypot(a, b), degrees(atan2(b, a)) % 360
