"""A train seen from the side on its way through the four seasons: three layers that pass at different speeds."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

from PIL import Image, ImageChops

from harvest.sample.drawings.board import INK, WHITE, Board, Color, curve
from harvest.sample.drawings.buildings import boat, figure, pole, thatched_house, tree
from harvest.sample.drawings.light import fill, hills, mixed, sky
from harvest.sample.drawings.plants import pine
from harvest.sample.works import Asset

SEASONS = ("spring", "summer", "autumn", "winter")
_REACH = {"far": 120, "middle": 700, "near": 2200}  # how many pixels a layer passes in one season
_PALETTES: dict[str, tuple[Color, Color, Color, Color]] = {  # sky above, sky below, ground, leaf
    "spring": ((150, 196, 216), (250, 232, 224), (168, 196, 128), (238, 176, 186)),
    "summer": ((96, 168, 212), (226, 242, 240), (112, 164, 110), (66, 124, 84)),
    "autumn": ((146, 182, 206), (250, 226, 180), (222, 184, 94), (204, 104, 58)),
    "winter": ((140, 158, 184), (236, 232, 234), (238, 240, 244), (150, 150, 158)),
}


class Layer(NamedTuple):
    """A strip wider than the picture, and where it is not empty."""

    image: Image.Image
    mask: Image.Image


def journey(asset: Asset, season: int, phase: float) -> Board:
    """The train at `phase` (0 to 1) of a season; the seasons follow each other from 0."""
    board = Board(asset, WHITE, fine=1, blank=True)
    name = SEASONS[season]
    for kind in ("far", "middle"):
        _pass(board, _layer(name, kind, asset.size, asset.scale), kind, phase)
    _train(board, phase)
    _pass(board, _layer(name, "near", asset.size, asset.scale), "near", phase)
    return board


def _pass(board: Board, layer: Layer, kind: str, phase: float) -> None:
    left = round(_REACH[kind] * phase * board.factor)
    window = (left, 0, left + board.image.width, board.image.height)
    board.image.paste(layer.image.crop(window), (0, 0), layer.mask.crop(window))


@lru_cache(maxsize=16)
def _layer(season: str, kind: str, size: tuple[int, int], scale: float) -> Layer:
    """Draw a strip at twice its size and halve it, so that its edges are smooth."""
    wide = (size[0] + _REACH[kind], size[1])
    empty = mixed(_PALETTES[season][2], WHITE, 0.35)
    strip = Asset(f"journey/{season}/{kind}", "image/png", "journey", "", "", size=wide, scale=scale)
    board = Board(strip, empty, blank=True)
    {"far": _far, "middle": _middle, "near": _near}[kind](board, season)
    drawn = ImageChops.difference(board.image, Image.new("RGB", board.image.size, empty)).convert("L")
    mask = drawn.point(lambda value: 255 if value else 0)
    return Layer(board.image.reduce(2), mask.reduce(2))


def _far(board: Board, season: str) -> None:
    w, h = board.width, board.height
    above, below, ground, _ = _PALETTES[season]
    sky(board, h * 0.62, above, mixed(above, below, 0.6), below)
    fill(board, [(0, h * 0.6), (w, h * 0.6), (w, h), (0, h)], mixed(ground, below, 0.3), ground)
    board.oval(w * 0.74, h * 0.16, 34, 34, mixed(below, WHITE, 0.7))
    for x, y, size in ((0.2, 0.14, 1.0), (0.52, 0.22, 0.7), (0.9, 0.1, 0.8)):
        for dx, dy, reach in ((-50, 6, 36), (0, -6, 50), (52, 8, 34)):
            board.oval(
                w * x + dx * size,
                h * y + dy * size,
                reach * size,
                reach * 0.42 * size,
                mixed(below, WHITE, 0.8),
            )
    hills(board, h * 0.44, h * 0.13, mixed((96, 122, 140), below, 0.35), below, waves=1.6)
    if season == "summer":
        fill(
            board, [(0, h * 0.53), (w, h * 0.53), (w, h * 0.7), (0, h * 0.7)], (120, 182, 204), (70, 140, 170)
        )
        for number in range(4):
            boat(board, w * (0.12 + 0.25 * number), h * 0.58, 54)
    else:
        hills(
            board,
            h * 0.56,
            h * 0.06,
            mixed(ground, (80, 110, 100), 0.5),
            mixed(ground, below, 0.3),
            waves=2.6,
        )


def _middle(board: Board, season: str) -> None:
    w, h = board.width, board.height
    _, below, ground, leaf = _PALETTES[season]
    line = [(0.0, h * 0.7)] + [(w * number / 12, h * (0.68 + 0.02 * (number % 3))) for number in range(1, 13)]
    fill(board, [*curve(line), (w, h), (0, h)], mixed(ground, below, 0.12), ground)
    step = 0
    x = 60.0
    while x < w:
        if step % 5 == 2:
            for number in range(3):
                thatched_house(
                    board,
                    x + number * 96,
                    h * (0.715 + 0.008 * (number % 2)),
                    92,
                    WHITE if season == "winter" else (190, 160, 104),
                )
            x += 230
        elif step % 5 == 4 and season in ("autumn", "summer"):
            figure(board, x, h * 0.74, 42, (246, 242, 232), "straw")
        elif step % 3 == 1:
            pine(board, x, h * 0.72, 90, 0.1, mixed((60, 92, 72), WHITE, 0.5 if season == "winter" else 0.0))
        else:
            tree(board, x, h * 0.72, board.random.uniform(80, 130), leaf, bare=season == "winter")
        x += board.random.uniform(70, 150)
        step += 1
    for row in range(5):
        y = h * (0.76 + 0.03 * row)
        for number in range(w // 26):
            px = number * 26 + (row % 2) * 13
            if season in ("autumn", "summer"):
                board.line(
                    [(px, y), (px - 3, y - 11)],
                    mixed(leaf if season == "summer" else (236, 206, 110), INK, 0.1),
                    3,
                )
            elif season == "spring" and (number + row) % 3 == 0:
                board.oval(px, y, 4, 4, (240, 214, 96))


def _near(board: Board, season: str) -> None:
    w, h = board.width, board.height
    _, _, ground, leaf = _PALETTES[season]
    fill(
        board,
        [(0, h * 0.905), (w, h * 0.905), (w, h), (0, h)],
        mixed(ground, INK, 0.12),
        mixed(ground, INK, 0.3),
    )
    for number in range(7):
        pole(board, 130 + number * 460, h * 0.95, h * 0.62)
    for number in range(w // 34):
        x = number * 34 + board.random.uniform(-8, 8)
        tall = board.random.uniform(16, 44)
        board.brush(
            [
                (x, h * 0.93),
                (x + 4, h * 0.93 - tall * 0.5),
                (x + board.random.uniform(-12, 16), h * 0.93 - tall),
            ],
            6,
            mixed(leaf, ground, 0.4),
            0.1,
        )
        if season == "spring" and number % 3 == 0:
            board.oval(x, h * 0.93 - tall, 6, 6, (246, 206, 216))


def _train(board: Board, phase: float) -> None:
    """An engine and three carriages, rocking a little; smoke trails behind."""
    h = board.height
    y = h * 0.885 + (1.5 if round(phase * 40) % 2 else 0)
    board.line([(0, h * 0.895), (board.width, h * 0.895)], (92, 78, 68), 6)
    for number in range(9):
        puff = (phase * 6 + number) % 9
        reach = 14 + puff * 7
        board.oval(710 - puff * 62, y - 150 - puff * 8, reach, reach * 0.7, (238, 236, 234))
        board.oval(718 - puff * 62, y - 156 - puff * 8, reach * 0.7, reach * 0.46, (250, 249, 246))
    for number, coat in enumerate(((126, 62, 52), (58, 92, 84), (126, 62, 52))):
        left = 70 + number * 182
        fill(
            board,
            [(left, y - 96), (left + 172, y - 96), (left + 172, y - 22), (left, y - 22)],
            mixed(coat, WHITE, 0.18),
            coat,
        )
        board.shape(
            curve([(left - 4, y - 94), (left + 30, y - 108), (left + 142, y - 108), (left + 176, y - 94)], 4),
            (70, 62, 60),
        )
        for place in range(5):
            board.box(left + 12 + place * 32, y - 82, 22, 26, (250, 236, 196), (90, 60, 50), 2)
        board.box(left, y - 44, 172, 4, (226, 196, 130))
        for place in (30, 142):
            _wheel(board, left + place, y - 14, 14, phase)
    _engine(board, 630, y, phase)


def _engine(board: Board, left: float, y: float, phase: float) -> None:
    black: Color = (52, 54, 60)
    board.box(left, y - 118, 70, 96, black)
    board.box(left + 16, y - 104, 34, 34, (250, 226, 170), (90, 80, 70), 3)
    board.shape(
        curve([(left - 8, y - 118), (left + 10, y - 128), (left + 60, y - 128), (left + 80, y - 118)], 4),
        (36, 38, 44),
    )
    fill(
        board,
        [(left + 70, y - 84), (left + 216, y - 84), (left + 216, y - 26), (left + 70, y - 26)],
        (96, 100, 108),
        black,
    )
    for place in (100, 140, 180):
        board.line([(left + place, y - 84), (left + place, y - 26)], (206, 170, 96), 3)
    board.shape(
        [(left + 176, y - 84), (left + 172, y - 134), (left + 200, y - 134), (left + 196, y - 84)], black
    )
    board.oval(left + 120, y - 86, 16, 13, (206, 170, 96))
    board.oval(left + 216, y - 55, 9, 28, (36, 38, 44))
    board.oval(left + 226, y - 70, 9, 9, (255, 240, 190))
    board.shape([(left + 214, y - 24), (left + 252, y - 2), (left + 214, y - 2)], (150, 60, 48))
    for place, reach in ((30, 20), (96, 24), (150, 24), (200, 15)):
        _wheel(board, left + place, y - reach, reach, phase)
    board.line(
        [(left + 84, y - 22), (left + 164, y - 26 + (4 if round(phase * 40) % 2 else -4))], (206, 206, 204), 5
    )


def _wheel(board: Board, x: float, y: float, reach: float, phase: float) -> None:
    board.oval(x, y, reach, reach, (60, 56, 56), (150, 60, 48), 3)
    for turn in range(3):
        angle = phase * 40 + turn * 2.09
        board.line(
            [(x, y), (x + reach * 0.8 * math.cos(angle), y + reach * 0.8 * math.sin(angle))],
            (206, 200, 190),
            2,
        )
    board.oval(x, y, reach * 0.25, reach * 0.25, (206, 200, 190))
