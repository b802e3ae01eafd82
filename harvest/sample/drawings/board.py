"""The sheet on which every sample picture is drawn, and the only way from there to a file.

Positions and widths are in pixels of the finished full-size picture; a board may be finer (to draw smooth
lines) or coarser (tiny pictures for tests) than that. `finish` writes the margin: no picture lacks it.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from random import Random

from PIL import Image, ImageDraw, ImageFilter, ImageOps

from harvest.sample.drawings import letters
from harvest.sample.works import MARGIN_EN, MARGIN_KO, Asset

Point = tuple[float, float]
Color = tuple[int, int, int]

INK, RED, BLUE, GREEN = (40, 35, 30), (158, 62, 46), (48, 88, 118), (72, 116, 90)
OCHRE, WHITE, BROWN, PINK = (198, 152, 74), (246, 240, 228), (112, 76, 50), (206, 122, 118)
HANJI, SILK, CREAM, PLAIN = (231, 219, 193), (205, 183, 144), (240, 232, 212), (238, 236, 230)

MARGIN_INK, MARGIN_PAPER = (70, 62, 54), (250, 247, 240)


def margin_height(height: int) -> int:
    """How many pixels of a picture's height belong to the margin."""
    return max(18, round(height * 0.034))


class Board:
    """A sheet of paper with a brush: all drawing functions work on one of these."""

    def __init__(
        self, asset: Asset, tone: Color = HANJI, fine: int = 2, seed: str = "", blank: bool = False
    ) -> None:
        self.asset = asset
        self.fine = fine
        self.factor = asset.scale * fine
        self.width = asset.size[0]
        self.height = asset.size[1] - margin_height(asset.size[1])
        self.random = Random(asset.path)
        full = (round(asset.size[0] * self.factor), round(asset.size[1] * self.factor))
        self.image = Image.new("RGB", full, tone) if blank else self._paper(full, tone, seed or asset.path)
        self.draw = ImageDraw.Draw(self.image)

    def _paper(self, full: tuple[int, int], tone: Color, seed: str) -> Image.Image:
        """A sheet as coarse as the finished picture: grain finer than that would be lost."""
        size = (-(-full[0] // self.fine), -(-full[1] // self.fine))
        sheet = paper(size, tone, seed)
        return sheet if size == full else sheet.resize(full, Image.Resampling.NEAREST)

    def at(self, points: Iterable[Point]) -> list[Point]:
        """Positions of the picture as positions of the board."""
        return [(x * self.factor, y * self.factor) for x, y in points]

    def line(
        self, points: Sequence[Point], color: Color = INK, width: float = 3, close: bool = False
    ) -> None:
        """A line of even width through the points."""
        path = self.at([*points, points[0]] if close else points)
        self.draw.line(path, fill=color, width=max(1, round(width * self.factor)), joint="curve")

    def shape(
        self, points: Sequence[Point], color: Color, edge: Color | None = None, width: float = 3
    ) -> None:
        """A filled polygon, with an outline if wanted."""
        self.draw.polygon(self.at(points), fill=color)
        if edge:
            self.line(points, edge, width, close=True)

    def oval(
        self,
        x: float,
        y: float,
        rx: float,
        ry: float,
        color: Color | None,
        edge: Color | None = None,
        width: float = 3,
    ) -> None:
        """An ellipse round (x, y)."""
        (left, top), (right, bottom) = self.at([(x - rx, y - ry), (x + rx, y + ry)])
        weight = max(1, round(width * self.factor))
        self.draw.ellipse((left, top, right, bottom), fill=color, outline=edge, width=weight if edge else 0)

    def box(self, x: float, y: float, w: float, h: float, color: Color | None, edge: Color | None = None,
            width: float = 3) -> None:  # fmt: skip
        """An upright rectangle from its upper left corner."""
        (left, top), (right, bottom) = self.at([(x, y), (x + w, y + h)])
        weight = max(1, round(width * self.factor))
        self.draw.rectangle((left, top, right, bottom), fill=color, outline=edge, width=weight if edge else 0)

    def brush(self, points: Sequence[Point], width: float, color: Color = INK, tip: float = 0.1) -> None:
        """A stroke that swells and ends thin: `width` in its middle, `tip` times that at its ends."""
        path = curve(points)
        left: list[Point] = []
        right: list[Point] = []
        for number, (x, y) in enumerate(path):
            before, after = path[max(0, number - 1)], path[min(len(path) - 1, number + 1)]
            dx, dy = after[0] - before[0], after[1] - before[1]
            length = math.hypot(dx, dy) or 1
            swell = tip + (1 - tip) * math.sin(math.pi * number / max(1, len(path) - 1)) ** 0.7
            reach = width * swell / 2
            left.append((x - dy / length * reach, y + dx / length * reach))
            right.append((x + dy / length * reach, y - dx / length * reach))
        self.draw.polygon(self.at(left + right[::-1]), fill=color)

    def wash(self, points: Sequence[Point], color: Color, strength: float = 0.4, soft: float = 30) -> None:
        """A soft transparent area, as thin ink on wet paper. Made coarse, for it has no edges to lose."""
        step = 8 if self.image.width > 600 else 2
        path = [(x / step, y / step) for x, y in self.at(points)]
        blur = soft * self.factor / step
        left, top = (max(0, math.floor(min(point[axis] for point in path) - 3.5 * blur)) for axis in (0, 1))
        right = min(self.image.width // step + 1, math.ceil(max(x for x, _ in path) + 3.5 * blur))
        bottom = min(self.image.height // step + 1, math.ceil(max(y for _, y in path) + 3.5 * blur))
        if right <= left or bottom <= top:
            return
        mask = Image.new("L", (right - left, bottom - top))
        ImageDraw.Draw(mask).polygon([(x - left, y - top) for x, y in path], fill=round(255 * strength))
        mask = mask.filter(ImageFilter.GaussianBlur(blur))
        whole = mask.resize((mask.width * step, mask.height * step), Image.Resampling.BILINEAR)
        self.image.paste(color, (left * step, top * step), whole)

    def text(
        self, x: float, y: float, text: str, size: float, color: Color = INK, serif: bool = True
    ) -> None:
        """One line from left to right, its middle at (x, y)."""
        place = (x * self.factor, y * self.factor)
        face = letters.face(size * self.factor, serif)
        self.draw.text(place, text, font=face, fill=color, anchor="mm")

    def column(
        self, x: float, y: float, text: str, size: float, color: Color = INK, pitch: float = 1.12
    ) -> None:
        """One column from the top down, its first letter's middle at (x, y)."""
        for number, cluster in enumerate(letters.clusters(text)):
            self.letter(x, y + number * size * pitch, cluster, size, color)

    def letter(self, x: float, y: float, cluster: str, size: float, color: Color = INK) -> None:
        """One letter, old Hangul included, its middle at (x, y)."""
        mask = letters.glyph(cluster, max(4, round(size * self.factor)))
        place = (round(x * self.factor - mask.width / 2), round(y * self.factor - mask.height / 2))
        self.image.paste(color, place, mask)

    def tint(self, dark: Color, light: Color) -> None:
        """Turn the whole picture into tones between two colours, as old photographs are."""
        self.image = ImageOps.colorize(
            ImageOps.autocontrast(self.image.convert("L"), cutoff=0.2), dark, light
        )
        self.draw = ImageDraw.Draw(self.image)

    def finish(self) -> Image.Image:
        """The finished picture: at its size, with the margin that says what it is."""
        image = self.image if self.fine == 1 else self.image.reduce(self.fine)
        write_margin(image, self.asset.credit)
        return image


def write_margin(image: Image.Image, credit: str) -> None:
    """Write into the lowest part of a picture that it is a drawn sample and not the object."""
    height = margin_height(image.height)
    top = image.height - height
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, top, image.width, image.height), fill=MARGIN_PAPER)
    draw.line((0, top, image.width, top), fill=MARGIN_INK, width=max(1, height // 30))
    note = f"{MARGIN_KO} / {MARGIN_EN}"
    size = min(height * 0.52, image.width / 34)
    middle = top + height / 2
    draw.text(
        (height * 0.5, middle), note, font=letters.face(size, serif=False), fill=MARGIN_INK, anchor="lm"
    )
    free = image.width - height * 2 - draw.textlength(note, font=letters.face(size, serif=False))
    small = letters.face(size * 0.72, serif=False)
    for words in (credit, credit.rpartition(" ")[2]):
        if draw.textlength(words, font=small) < free:
            draw.text((image.width - height * 0.5, middle), words, font=small, fill=MARGIN_INK, anchor="rm")
            break


def publish(board: Board, path: Path) -> None:
    """Finish a board and write it: first beside its place, then renamed, so no half picture is ever seen."""
    image = board.finish()
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    image.save(part, "JPEG", quality=80 if image.width * image.height > 9_000_000 else 86)
    part.replace(path)


@lru_cache(maxsize=4)
def _grain(tile: int) -> Image.Image:
    noise = Image.frombytes("L", (tile, tile), Random("grain").randbytes(tile * tile))
    return noise.filter(ImageFilter.GaussianBlur(0.8)).point(lambda value: max(0, (value - 120)) // 4)


@lru_cache(maxsize=8)
def _paper(size: tuple[int, int], tone: Color, seed: str) -> Image.Image:
    width, height = size
    cells = (24, max(4, round(24 * height / width)))
    coarse = Image.frombytes("L", cells, Random(seed).randbytes(cells[0] * cells[1]))
    small = (max(8, width // 8), max(8, height // 8))
    clouds = coarse.resize(small, Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(small[0] / 30))
    dark = tuple(round(value * 0.93) for value in tone)
    blend = Image.composite(Image.new("RGB", small, dark), Image.new("RGB", small, tone), clouds)
    return blend.resize(size, Image.Resampling.BILINEAR)


def paper(size: tuple[int, int], tone: Color, seed: str) -> Image.Image:
    """A sheet of handmade paper or silk: clouds of tone, and grain."""
    sheet = (
        _paper(size, tone, seed).copy()
        if size[0] * size[1] < 12_000_000
        else _paper.__wrapped__(size, tone, seed)
    )
    grain = _grain(512)
    shade = tuple(round(value * 0.79) for value in tone)
    for top in range(0, size[1], grain.height):
        for left in range(0, size[0], grain.width):
            sheet.paste(shade, (left, top), grain)
    return sheet


def curve(points: Sequence[Point], steps: int = 8) -> list[Point]:
    """A smooth way through the points (Catmull-Rom)."""
    if len(points) < 3:
        (ax, ay), (bx, by) = points[0], points[-1]
        return [(ax + (bx - ax) * step / steps, ay + (by - ay) * step / steps) for step in range(steps + 1)]
    ends = [points[0], *points, points[-1]]
    path: list[Point] = []
    for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        path += [_between(a, b, c, d, step / steps) for step in range(steps)]
    return [*path, points[-1]]


def _between(a: Point, b: Point, c: Point, d: Point, t: float) -> Point:
    def mix(p: float, q: float, r: float, s: float) -> float:
        return 0.5 * (
            2 * q + (r - p) * t + (2 * p - 5 * q + 4 * r - s) * t * t + (3 * q - p - 3 * r + s) * t**3
        )

    return mix(a[0], b[0], c[0], d[0]), mix(a[1], b[1], c[1], d[1])


def ring(x: float, y: float, rx: float, ry: float, count: int = 40, start: float = 0.0) -> list[Point]:
    """Points round an ellipse, clockwise from its right end (or `start`, in turns)."""
    turns = (start + number / count for number in range(count))
    return [(x + rx * math.cos(turn * math.tau), y + ry * math.sin(turn * math.tau)) for turn in turns]
