"""Things in a museum's even light: ceramics, instruments, cloth, coins, a star chart."""

from __future__ import annotations

import math

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from harvest.sample.drawings.board import (
    INK,
    WHITE,
    Board,
    Color,
    Point,
    curve,
    ring,
)  # fmt: skip
from harvest.sample.drawings.folk import carp
from harvest.sample.drawings.screens import cloud, crane
from harvest.sample.works import Asset

_WALL: Color = (202, 198, 190)


def stage(asset: Asset, wall: Color = _WALL) -> Board:
    """A wall, a table's edge and soft light, as in a photograph for a catalogue."""
    board = Board(asset, wall)
    w, h = board.width, board.height
    low: Color = (max(0, wall[0] - 26), max(0, wall[1] - 26), max(0, wall[2] - 26))
    board.wash([(0, h * 0.8), (w, h * 0.8), (w, h), (0, h)], low, 0.9, 18)
    board.wash(ring(w * 0.4, h * 0.34, w * 0.5, h * 0.3), WHITE, 0.35, 120)
    return board


def turned(board: Board, outline: list[Point], color: Color, dark: float = 0.55) -> None:
    """A vessel: its outline filled and shaded as a round body lit from the upper left."""
    step = 4
    path = [(x / step, y / step) for x, y in board.at(outline)]
    size = (board.image.width // step + 1, board.image.height // step + 1)
    mask = Image.new("L", size)
    ImageDraw.Draw(mask).polygon(path, fill=255)
    left, top, right, bottom = mask.getbbox() or (0, 0, 1, 1)
    middle, reach = (left * 0.58 + right * 0.42), (right - left) * 0.62
    light = Image.new("L", (size[0], 1))
    light.putdata(
        [max(0, min(255, round(255 * (1 - dark * ((x - middle) / reach) ** 2)))) for x in range(size[0])]
    )
    shade = light.resize(size)
    fall = Image.new("L", (1, size[1]))
    fall.putdata(
        [round(255 * (1 - 0.25 * max(0, (y - top) / (bottom - top) - 0.45))) for y in range(size[1])]
    )
    shade = ImageChops.multiply(shade, fall.resize(size)).filter(ImageFilter.GaussianBlur(3))
    body = Image.merge("RGB", [shade.point(lambda value, band=band: value * band // 255) for band in color])
    whole = board.image.size
    fine = Image.new("L", whole)
    ImageDraw.Draw(fine).polygon(board.at(outline), fill=255)
    board.image.paste(body.resize(whole, Image.Resampling.BILINEAR), (0, 0), fine)


def mirrored(x: float, half: list[Point]) -> list[Point]:
    """A closed outline from its right half, given as distances from the middle."""
    right = curve([(x + reach, y) for reach, y in half])
    left = curve([(x - reach, y) for reach, y in half])
    return right + left[::-1]


def shadow(board: Board, x: float, y: float, reach: float) -> None:
    """The shadow of a thing whose foot stands at (x, y)."""
    board.wash(ring(x + reach * 0.15, y, reach, reach * 0.16), (70, 62, 54), 0.65, 22)


def moon_jar(asset: Asset) -> Board:
    """A large white jar, not quite round."""
    night = asset.style == "night"
    board = stage(asset, (62, 68, 82) if night else (206, 200, 188))
    x, y = 600.0, 860.0
    lean = 14 if asset.style == "side" else 0
    shadow(board, x, y + 420, 380)
    half = [
        (150.0, y - 440),
        (146, y - 390),
        (300, y - 300),
        (426, y - 110),
        (438 - lean, y + 40),
        (380, y + 230),
        (240, y + 370),
        (170, y + 420),
    ]
    turned(board, mirrored(x + lean, half), (242, 240, 232) if not night else (206, 210, 218), 0.42)
    board.oval(x + lean, y - 440, 150, 26, (206, 204, 196), (176, 172, 164), 3)
    board.oval(x + lean, y - 438, 128, 18, (120, 116, 110))
    board.line(curve([(x - 436, y + 34), (x, y + 62), (x + 434, y + 30)]), (214, 210, 200), 3)
    board.wash(ring(x - 150, y - 170, 110, 150), WHITE, 0.55, 40)
    for px, py in ((x + 180, y + 150), (x - 210, y + 220), (x + 60, y - 240)):
        board.wash(ring(px, py, 44, 30), (214, 190, 160), 0.35, 18)
    return board


def maebyeong(asset: Asset) -> Board:
    """A celadon plum vase with clouds and cranes, or its pattern alone."""
    jade: Color = (122, 150, 134)
    if asset.style == "detail":
        board = Board(asset, jade)
        cells = [(x, y) for y in range(200, 1600, 330) for x in (240, 620, 1000)]
    else:
        board = stage(asset, (212, 206, 192))
        x = 600.0
        shadow(board, x, 1440, 260)
        half = [
            (92.0, 250.0),
            (78, 300),
            (96, 340),
            (270, 410),
            (330, 560),
            (290, 800),
            (210, 1060),
            (176, 1300),
            (210, 1440),
        ]
        turned(board, mirrored(x, half), (142, 172, 152), 0.6)
        board.oval(x, 250, 92, 17, (110, 138, 122), (84, 110, 96), 3)
        cells = [(480, 560), (720, 560), (600, 760), (480, 940), (710, 960), (600, 1150)]
    for number, (px, py) in enumerate(cells):
        size = 0.86 if asset.style == "detail" else 0.42
        if number % 2:
            cloud(board, px, py, size * 0.8, (214, 222, 210), (90, 112, 100))
        else:
            board.oval(px, py, 150 * size, 150 * size, None, (224, 228, 216), 5 * size)
            board.oval(px, py, 138 * size, 138 * size, None, (70, 84, 78), 3 * size)
            crane(board, px, py + 10, size * 0.62)
    return board


def bottle(asset: Asset) -> Board:
    """A bottle brushed with white slip, a fish painted over it."""
    board = stage(asset, (196, 192, 186))
    x = 600.0
    shadow(board, x, 1430, 290)
    half = [
        (96.0, 280.0),
        (66, 330),
        (70, 520),
        (120, 640),
        (270, 860),
        (322, 1080),
        (280, 1300),
        (190, 1430),
    ]
    outline = mirrored(x, half)
    turned(board, outline, (186, 176, 158), 0.55)
    for number in range(30):
        y = 640 + number * 19
        reach = 120 + 200 * math.sin(math.pi * min(1, (y - 560) / 900))
        board.brush([(x - reach * 0.86, y + board.random.uniform(-6, 6)), (x, y + 18),
                     (x + reach * 0.8, y + board.random.uniform(-6, 6))], 11,
                    (224, 218, 204), 0.3)  # fmt: skip
    board.oval(x, 280, 96, 19, (150, 140, 124), INK, 3)
    if asset.style == "back":
        for y in (900, 1040, 1180):
            board.brush(
                [(x - 190, y), (x - 60, y - 90), (x + 60, y + 30), (x + 190, y - 60)], 34, (84, 60, 46), 0.2
            )
    else:
        carp(board, x + 10, 1040, 190, (112, 76, 54))
        board.brush([(x - 150, 830), (x, 770), (x + 130, 840)], 20, (84, 60, 46), 0.2)
    return board


def patchwork(asset: Asset) -> Board:
    """A wrapping cloth of many pieces: silks in colours, or ramie in pale tones with the light behind."""
    ramie = asset.style == "ramie"
    board = Board(asset, (226, 224, 214) if ramie else (206, 196, 178))
    silks: tuple[Color, ...] = ((158, 62, 66), (198, 152, 74), (64, 96, 118), (92, 128, 102), (206, 160, 150),
                                (120, 98, 132), (224, 208, 170),
                                (70, 74, 92), (182, 108, 70))  # fmt: skip
    pale: tuple[Color, ...] = (
        (240, 236, 222),
        (226, 220, 198),
        (214, 222, 214),
        (234, 224, 206),
        (204, 212, 210),
        (222, 206, 190),
        (244, 242, 234),
    )
    _pieces(board, 110, 190, board.width - 220, board.width - 220 + 180, 0, pale if ramie else silks)
    board.box(
        110, 190, board.width - 220, board.width - 40, None, (150, 136, 116) if ramie else (112, 50, 52), 14
    )
    for x, y in ((110, 190), (board.width - 110, 190)):
        board.brush(
            [(x, y), (x + (40 if x > 600 else -40), y - 60), (x + (10 if x > 600 else -10), y - 150)],
            34,
            (150, 136, 116) if ramie else (112, 50, 52),
            0.5,
        )
    return board


def _pieces(
    board: Board, x: float, y: float, w: float, h: float, depth: int, colors: tuple[Color, ...]
) -> None:
    if depth > 6 or (depth > 2 and board.random.random() < 0.2) or min(w, h) < 90:
        board.box(x, y, w, h, board.random.choice(colors), (236, 228, 210), 2)
        for inset in (5,):
            board.box(x + inset, y + inset, w - 2 * inset, h - 2 * inset, None, (176, 164, 144), 1)
        return
    share = board.random.choice((0.34, 0.42, 0.5, 0.62))
    if w > h:
        _pieces(board, x, y, w * share, h, depth + 1, colors)
        _pieces(board, x + w * share, y, w * (1 - share), h, depth + 1, colors)
    else:
        _pieces(board, x, y, w, h * share, depth + 1, colors)
        _pieces(board, x, y + h * share, w, h * (1 - share), depth + 1, colors)
