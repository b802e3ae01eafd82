"""Air and light: graded skies, hills that pale with distance, still water, the tones of old photographs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

from harvest.sample.drawings.board import Board, Color, Point

_TONES: dict[str, tuple[Color, Color]] = {
    "sepia": ((50, 38, 30), (242, 230, 206)),
    "silver": ((34, 36, 40), (236, 234, 228)),
    "plum": ((48, 34, 40), (244, 228, 216)),
    "olive": ((40, 42, 32), (236, 232, 208)),
    "blue": ((24, 44, 74), (230, 236, 238)),
}


def mixed(one: Color, other: Color, share: float) -> Color:
    """A colour between two; at share 0 the first."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _graded(colors: Sequence[Color], width: int, height: int) -> Image.Image:
    """A picture of colours passing into each other from the top down."""
    steps = Image.new("RGB", (1, len(colors)))
    steps.putdata(list(colors))
    # Bilinear resizing holds the first and last half step flat, so a wider picture is made and its middle taken.
    part = height / max(1, len(colors) - 1)
    whole = steps.resize((1, round(height + part)), Image.Resampling.BILINEAR)
    return whole.crop((0, round(part / 2), 1, round(part / 2) + height)).resize((width, height))


def fill(board: Board, points: Sequence[Point], *colors: Color) -> None:
    """A polygon filled with colours that pass into each other from its top down."""
    path = board.at(points)
    left, top = (max(0, math.floor(min(point[axis] for point in path))) for axis in (0, 1))
    right = min(board.image.width, math.ceil(max(x for x, _ in path)) + 1)
    bottom = min(board.image.height, math.ceil(max(y for _, y in path)) + 1)
    if right <= left or bottom <= top:
        return
    size = (right - left, bottom - top)
    mask = Image.new("L", size)
    ImageDraw.Draw(mask).polygon([(x - left, y - top) for x, y in path], fill=255)
    board.image.paste(_graded(colors, *size), (left, top), mask)


def sky(board: Board, bottom: float, *colors: Color) -> None:
    """A sky of colours from the upper edge down to `bottom`."""
    fill(board, [(0, 0), (board.width, 0), (board.width, bottom), (0, bottom)], *colors)


def crest(board: Board, y: float, height: float, rough: float = 1.0, waves: float = 3.0) -> list[Point]:
    """The line of a range of hills across the whole picture, `height` above and below y at most."""
    dice = board.random
    tones = [
        (waves * 2**octave * dice.uniform(0.7, 1.3), dice.uniform(0, math.tau), 0.55**octave)
        for octave in range(5 if rough > 0.5 else 3)
    ]
    total = sum(share for _, _, share in tones)
    line: list[Point] = []
    for number in range(121):
        turn = number / 120
        rise = sum(share * math.sin(turn * often * math.tau + phase) for often, phase, share in tones) / total
        line.append((turn * board.width, y - height * (rise + dice.uniform(-0.025, 0.025) * rough)))
    return line


def hills(
    board: Board, y: float, height: float, color: Color, foot: Color, rough: float = 1.0, waves: float = 2.0
) -> list[Point]:
    """One range of hills, paler towards its foot, down to the lower edge of its mist; gives its crest."""
    line = crest(board, y, height, rough, waves)
    bottom = y + height * 2.4
    fill(board, [*line, (board.width, bottom), (0, bottom)], color, mixed(color, foot, 0.55), foot)
    return line


def peaks(
    board: Board, x: float, y: float, width: float, height: float, color: Color, foot: Color
) -> list[Point]:
    """One steep mountain with a broken outline, paler towards its foot; gives its outline."""
    dice = board.random
    line: list[Point] = []
    for number in range(25):
        share = number / 24
        rise = (1 - abs(share * 2 - 1)) ** 0.8
        line.append(
            (
                x + width * (share - 0.5),
                y - height * rise * dice.uniform(0.82, 1.05) if 0 < number < 24 else y,
            )
        )
    fill(board, line, color, mixed(color, foot, 0.5), foot)
    return line


def mirror(board: Board, y: float, bottom: float, tint: Color, strength: float = 0.35) -> None:
    """Still water from y down to `bottom`, in which all above stands upside down, softened and tinted."""
    top, end = round(y * board.factor), round(bottom * board.factor)
    above = board.image.crop((0, max(0, 2 * top - end), board.image.width, top))
    turned = ImageOps.flip(above).filter(ImageFilter.GaussianBlur(2.2 * board.factor))
    turned = Image.blend(turned, Image.new("RGB", turned.size, tint), strength)
    board.image.paste(turned, (0, top))
    for number in range(round((bottom - y) / 9)):
        place = y + number * 9 + board.random.uniform(0, 6)
        start = board.random.uniform(-0.1, 0.9) * board.width
        board.line(
            [(start, place), (start + board.random.uniform(40, 240), place)],
            mixed(tint, (250, 250, 246), 0.45),
            1.2,
        )


def lobed(x: float, y: float, rx: float, ry: float, lobes: int, swell: float) -> list[Point]:
    """Points round an ellipse that swells out into lobes, as leaves do; `swell` is a share of its radius."""
    turns = [number / 96 * math.tau for number in range(96)]
    reach = [1 + swell * math.cos(turn * lobes) for turn in turns]
    return [
        (x + rx * far * math.cos(turn), y + ry * far * math.sin(turn))
        for turn, far in zip(turns, reach, strict=True)
    ]


def glow(board: Board, x: float, y: float, reach: float, color: Color, strength: float = 0.5) -> None:
    """Light round a lamp, the sun or the moon."""
    board.wash(
        [
            (x + reach * math.cos(turn / 24 * math.tau), y + reach * math.sin(turn / 24 * math.tau))
            for turn in range(24)
        ],
        color,
        strength,
        reach * 0.42,
    )


def old_photograph(board: Board, tone: str = "sepia", edge: int = 34) -> None:
    """Make the picture an old print of one tone: softened, grained, with darker corners and a pale edge."""
    w, h = board.width, board.height
    image = board.image.convert("L").filter(ImageFilter.GaussianBlur(0.7 * board.factor))
    board.image = ImageOps.colorize(ImageOps.autocontrast(_grained(image), cutoff=0.3), *_TONES[tone])
    board.draw = ImageDraw.Draw(board.image)
    _corners(board, 0.5)
    if edge:
        board.box(0, 0, w, h, None, (246, 241, 230), edge)


def hand_tinted(board: Board, edge: int = 34) -> None:
    """Make the picture a print coloured by hand: its own colours, thinner, over a grained brown print."""
    brown = ImageOps.colorize(
        ImageOps.autocontrast(_grained(board.image.convert("L")), cutoff=0.3), *_TONES["sepia"]
    )
    board.image = Image.blend(board.image, brown, 0.42)
    board.draw = ImageDraw.Draw(board.image)
    _corners(board, 0.34)
    if edge:
        board.box(0, 0, board.width, board.height, None, (248, 244, 234), edge)


def _grained(image: Image.Image) -> Image.Image:
    return ImageChops.add(image, _grain(image.size), 1, -128)


@lru_cache(maxsize=4)
def _grain(size: tuple[int, int]) -> Image.Image:
    tile = Image.frombytes("L", (256, 256), Random("silver").randbytes(65536)).filter(
        ImageFilter.GaussianBlur(1.1)
    )
    tile = tile.point(lambda value: 128 + (value - 128) // 3)
    whole = Image.new("L", size)
    for top in range(0, size[1], 256):
        for left in range(0, size[0], 256):
            whole.paste(tile, (left, top))
    return whole


def _corners(board: Board, strength: float) -> None:
    """Darken the corners, as a lens of the time did."""
    small = Image.new("L", (64, 48))
    small.putdata([
        min(255, round(255 * strength * max(0.0, math.hypot((x - 31.5) / 31.5, (y - 23.5) / 23.5) - 0.72) ** 1.4))
        for y in range(48) for x in range(64)
    ])  # fmt: skip
    board.image.paste((22, 18, 16), (0, 0), small.resize(board.image.size, Image.Resampling.BILINEAR))
