"""Letters for the drawn pictures: two faces, and old Hangul put together from its parts.

The typesetting engine that would shape old Hangul needs a system library that a bare machine lacks; the
syllables needed here have at most three parts, so they are composed from the single letters of the face.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FILES = {True: "NotoSerifKR_400Regular.ttf", False: "NotoSansKR_400Regular.ttf"}
_folder = [Path(__file__).parents[3] / "var" / "fonts"]
_CLUSTER = re.compile("[\u1100-\u115f][\u1160-\u11a7]?[\u11a8-\u11ff]?|.[\u0300-\u036f]*", re.DOTALL)
_UNDER = set("ㅗㅛㅜㅠㅡㆍ")
Face = ImageFont.FreeTypeFont


class FontsMissing(FileNotFoundError):
    """The Korean faces are not there; set-up fetches them."""


def use_fonts(folder: Path) -> None:
    """Take the faces from this folder; FontsMissing if one is not there."""
    missing = [name for name in FILES.values() if not (folder / name).is_file()]
    if missing:
        raise FontsMissing(
            f"글꼴이 없습니다: {folder} ({', '.join(missing)}). `make setup`을 먼저 실행하세요. / "
            f"Korean fonts are missing there: run `make setup` first, or give --fonts DIR."
        )
    _folder[0] = folder
    face.cache_clear()
    glyph.cache_clear()


@lru_cache(maxsize=64)
def face(size: float, serif: bool = True) -> ImageFont.FreeTypeFont:
    """A face at a size in pixels; plain layout, so that every machine sets the same."""
    return ImageFont.truetype(
        _folder[0] / FILES[serif], max(4, round(size)), layout_engine=ImageFont.Layout.BASIC
    )


def clusters(text: str) -> list[str]:
    """The letters of a text, each old Hangul syllable as one."""
    found = _CLUSTER.findall(unicodedata.normalize("NFD", text))
    return [unicodedata.normalize("NFC", cluster) for cluster in found]


@lru_cache(maxsize=4096)
def glyph(cluster: str, size: int) -> Image.Image:
    """One letter as a mask of `size` by `size` pixels."""
    parts = unicodedata.normalize("NFD", cluster)
    if len(cluster) > 1 and "\u1100" <= parts[0] <= "\u115f":
        return _composed(parts, size)
    mask = Image.new("L", (size, size))
    ImageDraw.Draw(mask).text((size / 2, size / 2), cluster, font=face(size * 0.96), fill=255, anchor="mm")
    return mask


def _composed(parts: str, size: int) -> Image.Image:
    mask = Image.new("L", (size, size))
    vowel, last = parts[1], parts[2:]
    floor = 0.60 if last else 0.94
    if _letter(vowel) in _UNDER:
        boxes = [(parts[0], 0.16, 0.04, 0.84, floor * 0.62), (vowel, 0.08, floor * 0.70, 0.92, floor)]
    else:
        boxes = [(parts[0], 0.06, 0.06, 0.52, floor if vowel != "\u11a1" else floor * 0.62),
                 (vowel, 0.20, 0.04, 0.92, floor)]  # fmt: skip
    if last:
        boxes.append((last, 0.16, 0.66, 0.84, 0.96))
    for part, *box in boxes:
        left, top, right, bottom = (round(value * size) for value in box)
        if part == "\u11a1":  # a dot under the first letter, and ㅣ beside both
            _stamp(mask, "ㅣ", round(0.70 * size), top, right, bottom)
            _dot(mask, 0.29 * size, bottom - 0.12 * size, 0.07 * size)
        elif part == "\u119e":
            _dot(mask, 0.5 * size, (top + bottom) / 2, 0.075 * size)
        else:
            beside = part == vowel and _letter(vowel) not in _UNDER
            _stamp(mask, _letter(part), round(0.60 * size) if beside else left, top, right, bottom)
    return mask


def _letter(part: str) -> str:
    """The letter that stands alone for a part: ᄠ becomes ㅳ."""
    if part == "\u11a1":
        return "ㆎ"
    name = re.sub("CHOSEONG|JUNGSEONG|JONGSEONG", "LETTER", unicodedata.name(part))
    return unicodedata.lookup(name)


def _stamp(mask: Image.Image, letter: str, left: int, top: int, right: int, bottom: int) -> None:
    whole = Image.new("L", (mask.width * 2, mask.width * 2))
    middle = (mask.width, mask.width)
    ImageDraw.Draw(whole).text(middle, letter, font=face(mask.width * 1.2), fill=255, anchor="mm")
    fitted = whole.crop(whole.getbbox()).resize((max(2, right - left), max(2, bottom - top)))
    mask.paste(255, (left, top), fitted)


def _dot(mask: Image.Image, x: float, y: float, radius: float) -> None:
    ImageDraw.Draw(mask).ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
