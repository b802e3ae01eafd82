"""Paintings of birds: panels of a screen, the lotus pond, the golden screen of cranes and peaches."""

from __future__ import annotations

import math

from harvest.sample.drawings.board import INK, OCHRE, RED, WHITE, Board, Color, Point, curve, ring
from harvest.sample.drawings.light import fill, lobed, mixed
from harvest.sample.drawings.music_sheets import rose
from harvest.sample.drawings.screens import cloud, crane, waves
from harvest.sample.works import Asset


def lotus_pond(asset: Asset) -> Board:
    """Lotus leaves and flowers at several heights, ducks and fish between them, dragonflies above."""
    board = Board(asset, (216, 206, 170))
    w, h = board.width, board.height
    fill(board, [(0, h * 0.66), (w, h * 0.66), (w, h), (0, h)], (190, 206, 190), (124, 166, 166))
    for row in range(7):
        board.line(curve([(0, h * (0.7 + 0.044 * row)), (w * 0.3, h * (0.69 + 0.044 * row)), (w * 0.6,
            h * (0.71 + 0.044 * row)), (w, h * (0.7 + 0.044 * row))]), (230, 236, 224), 3)  # fmt: skip
    for x, y, reach in ((0.2, 0.46, 0.17), (0.76, 0.4, 0.2), (0.46, 0.62, 0.16), (0.88, 0.66, 0.12), (0.1, 0.74,
        0.13)):  # fmt: skip
        board.line(curve([(w * x, h * y), (w * x + 20, h * 0.8), (w * x - 10, h * 0.97)]), (104, 132, 92), 12)
        rx, ry = w * reach, w * reach * 0.56
        points = lobed(w * x, h * y, rx, ry, 7, 0.06)
        fill(board, points, (132, 164, 112), (84, 126, 92))
        board.line(points, (54, 88, 66), 4, close=True)
        for turn in range(11):
            angle = turn / 11 * math.tau
            board.line([(w * x, h * y), (w * x + rx * 0.9 * math.cos(angle), h * y + ry * 0.9 * math.sin(angle))],
                (64, 102, 76), 3)  # fmt: skip
    for x, y, reach, color in ((0.5, 0.24, 0.13, (226, 120, 136)), (0.3, 0.32, 0.09, (240, 226, 220)), (0.72, 0.66,
        0.1, (226, 120, 136)), (0.9, 0.24, 0.07, (236, 176, 180))):  # fmt: skip
        board.line(curve([(w * x, h * y), (w * x + 14, h * 0.6), (w * x - 8, h * 0.96)]), (104, 132, 92), 10)
        _lotus_flower(board, w * x, h * y, w * reach, color)
    for x, y, side in ((0.36, 0.86, 1), (0.62, 0.9, -1)):
        _duck(board, w * x, h * y, 1.0, side)
    for x, y in ((0.16, 0.16), (0.7, 0.12)):
        _dragonfly(board, w * x, h * y, 70)
    return board


def _lotus_flower(board: Board, x: float, y: float, reach: float, color: Color) -> None:
    for row, count in ((1.0, 7), (0.74, 5)):
        for number in range(count):
            lean = (number / (count - 1) - 0.5) * 2.3 * row
            tip = (x + reach * row * math.sin(lean), y - reach * row * math.cos(lean) * 0.9)
            side = (math.cos(lean) * reach * 0.2, math.sin(lean) * reach * 0.2)
            middle = ((x + tip[0]) / 2, (y + tip[1]) / 2)
            petal = curve(
                [
                    (x, y + reach * 0.1),
                    (middle[0] - side[0], middle[1] - side[1]),
                    tip,
                    (middle[0] + side[0], middle[1] + side[1]),
                    (x, y + reach * 0.1),
                ]
            )
            fill(board, petal, color, mixed(color, WHITE, 0.75))
            board.line(petal, mixed(color, INK, 0.3), 3)


def _duck(board: Board, x: float, y: float, size: float, side: int) -> None:
    board.brush(
        [(x - side * 90 * size, y - 34 * size), (x, y), (x + side * 70 * size, y - 14 * size)],
        76 * size,
        (226, 206, 166) if side > 0 else (176, 120, 84),
        0.3,
    )
    board.brush(
        [
            (x - side * 70 * size, y - 40 * size),
            (x - side * 10 * size, y - 16 * size),
            (x + side * 40 * size, y - 6 * size),
        ],
        44 * size,
        (70, 110, 130) if side > 0 else (120, 84, 64),
        0.2,
    )
    board.brush(
        [
            (x + side * 60 * size, y - 14 * size),
            (x + side * 84 * size, y - 50 * size),
            (x + side * 80 * size, y - 80 * size),
        ],
        30 * size,
        (150, 70, 56) if side > 0 else (150, 104, 76),
        0.6,
    )
    board.oval(
        x + side * 84 * size,
        y - 86 * size,
        26 * size,
        22 * size,
        (54, 104, 86) if side > 0 else (150, 104, 76),
    )
    board.brush(
        [
            (x + side * 104 * size, y - 86 * size),
            (x + side * 122 * size, y - 80 * size),
            (x + side * 136 * size, y - 80 * size),
        ],
        11 * size,
        (226, 160, 70),
        0.5,
    )
    board.oval(x + side * 92 * size, y - 92 * size, 5 * size, 5 * size, INK)


def _dragonfly(board: Board, x: float, y: float, size: float) -> None:
    for side in (-1, 1):
        for lift in (-0.18, 0.14):
            board.brush(
                [(x, y), (x + side * size * 0.5, y + lift * size - 14), (x + side * size, y + lift * size)],
                size * 0.17,
                (226, 226, 216),
                0.2,
            )
            board.line([(x, y), (x + side * size, y + lift * size)], (120, 110, 100), 2)
    board.brush([(x, y - size * 0.2), (x + 4, y + size * 0.4), (x, y + size * 0.9)], size * 0.11, RED, 0.4)
    board.oval(x, y - size * 0.22, size * 0.1, size * 0.09, (120, 44, 40))


def birds(asset: Asset) -> Board:
    """Panels of a screen, each a flowering tree with a pair of birds: one by number, or all eight side by side."""
    if asset.style == "all":
        board = Board(asset, (96, 66, 52), fine=1)
        w, h = board.width, board.height
        wide = (w - 36) / 8
        for number in range(8):
            _panel(board, 20 + number * wide, 22, wide - 8, h - 44, number)
        return board
    board = Board(asset, (214, 192, 146))
    _panel(board, 0, 0, board.width, board.height, int(asset.style))
    return board


_PANELS: tuple[tuple[Color, Color, Color, Color], ...] = (
    ((226, 120, 130), (78, 116, 84), (196, 72, 60), (60, 96, 140)),
    ((246, 236, 226), (96, 130, 84), (226, 178, 66), (70, 74, 84)),
    ((186, 70, 90), (70, 110, 92), (84, 140, 120), (206, 120, 70)),
    ((236, 206, 110), (112, 136, 84), (60, 96, 150), (226, 226, 216)),
    ((150, 110, 170), (84, 120, 90), (226, 150, 90), (70, 100, 90)),
    ((226, 150, 100), (96, 120, 78), (206, 206, 196), (150, 60, 60)),
    ((206, 80, 70), (90, 124, 88), (110, 92, 150), (236, 190, 90)),
    ((240, 222, 230), (74, 104, 90), (196, 90, 70), (52, 64, 80)),
)


def _panel(board: Board, left: float, top: float, w: float, h: float, number: int) -> None:
    flower, leaf, one, other = _PANELS[number]
    unit = w / 1200
    fill(board, [(left, top), (left + w, top), (left + w, top + h), (left, top + h)], (232, 214, 172), (218, 196,
        150), (206, 184, 138))  # fmt: skip
    side = 1 if number % 2 else -1

    def at(x: float, y: float) -> Point:
        return left + w * (0.5 + side * (x - 0.5)), top + h * y

    rock = curve([at(0.02, 1.0), at(0.06, 0.86), at(0.24, 0.8), at(0.4, 0.87), at(0.5, 1.0)])
    fill(board, rock, (92, 126, 136), (60, 92, 108))
    board.line(rock, (40, 62, 74), 6 * unit)
    for path, width in (([at(0.3, 0.92), at(0.36, 0.7), at(0.24, 0.5), at(0.4, 0.3), at(0.36, 0.12)], 60), ([at(0.3,
        0.6), at(0.56, 0.48), at(0.74, 0.5)], 30), ([at(0.3, 0.42), at(0.56, 0.3), at(0.8, 0.2)], 32)):  # fmt: skip
        board.brush(path, width * unit, (112, 78, 56), 0.35)
    spots = ((0.36, 0.13), (0.44, 0.2), (0.28, 0.24), (0.56, 0.29), (0.7, 0.24), (0.8, 0.19), (0.24, 0.48), (0.46,
        0.5), (0.6, 0.47), (0.74, 0.5), (0.36, 0.66), (0.2, 0.36), (0.66, 0.56))  # fmt: skip
    for place, (x, y) in enumerate(spots):
        cx, cy = at(x, y)
        for turn in (-1, 1):
            board.brush([(cx, cy), (cx + turn * 70 * unit, cy + 20 * unit), (cx + turn * 130 * unit,
                cy - 10 * unit)], 50 * unit, mixed(leaf, WHITE, 0.1 * (place % 3)), 0.05)  # fmt: skip
        if number % 3 == 2:
            rose(board, cx, cy, 62 * unit, flower)
            continue
        for reach in (1.0, 0.62):
            for px, py in ring(cx, cy, 50 * unit * reach, 46 * unit * reach, 7, reach):
                board.oval(px, py, 34 * unit * reach, 30 * unit * reach, mixed(flower, WHITE, 0.5 * (1 - reach)),
                    mixed(flower, INK, 0.3), 2.4 * unit)  # fmt: skip
        board.oval(cx, cy, 14 * unit, 13 * unit, OCHRE)
    _songbird(board, *at(0.62, 0.445), 1.0 * unit, side, one, other)
    _songbird(board, *at(0.56, 0.255), 0.86 * unit, -side, other, one)
    px, py = at(0.7, 0.9)
    for turn in range(7):
        board.brush([(px, py + 60 * unit), (px + (turn - 3) * 30 * unit, py - 20 * unit),
            (px + (turn - 3) * 62 * unit, py - 60 * unit)], 17 * unit, leaf, 0.1)  # fmt: skip


def _songbird(board: Board, x: float, y: float, size: float, side: int, coat: Color, wing: Color) -> None:
    board.brush(
        [
            (x - side * 70 * size, y - 10 * size),
            (x - side * 170 * size, y + 50 * size),
            (x - side * 260 * size, y + 60 * size),
        ],
        32 * size,
        wing,
        0.4,
    )
    board.brush(
        [(x - side * 90 * size, y), (x, y - 34 * size), (x + side * 80 * size, y - 70 * size)],
        96 * size,
        coat,
        0.3,
    )
    board.brush(
        [
            (x - side * 110 * size, y + 6 * size),
            (x - side * 20 * size, y - 30 * size),
            (x + side * 40 * size, y - 40 * size),
        ],
        52 * size,
        wing,
        0.15,
    )
    board.oval(x + side * 76 * size, y - 82 * size, 38 * size, 34 * size, coat)
    board.brush(
        [
            (x + side * 104 * size, y - 86 * size),
            (x + side * 128 * size, y - 82 * size),
            (x + side * 150 * size, y - 76 * size),
        ],
        15 * size,
        (80, 60, 48),
        0.4,
    )
    board.oval(x + side * 88 * size, y - 88 * size, 8 * size, 8 * size, INK)
    for dx in (-10, 20):
        board.line([(x + dx * size, y), (x + (dx + 6) * size, y + 46 * size)], (120, 84, 60), 7 * size)


def cranes_peaches(asset: Asset) -> Board:
    """A wide golden screen of sea, cranes, rocks and peach trees of long life; or one part of it."""
    board = Board(asset, (222, 184, 104), fine=1 if asset.size[0] > 2600 else 2)
    w, h = board.width, board.height
    fill(board, [(0, 0), (w, 0), (w, h), (0, h)], (240, 206, 124), (226, 188, 104), (214, 174, 92))
    wide = w > 2600
    for number in range(9 if wide else 3):
        cloud(
            board,
            w * (0.06 + (0.115 if wide else 0.36) * number),
            h * (0.1 + 0.1 * (number % 3)),
            h / 900,
            (236, 220, 206),
            (176, 96, 84),
        )
    waves(board, h * 0.72, 5)
    for number in range(6 if wide else 2):
        x = w * (0.1 + (0.17 if wide else 0.6) * number)
        rock = curve(
            [
                (x - h * 0.2, h * 0.9),
                (x - h * 0.17, h * 0.66),
                (x - h * 0.04, h * 0.56),
                (x + h * 0.1, h * 0.64),
                (x + h * 0.2, h * 0.9),
            ]
        )
        fill(board, rock, (70, 126, 118), (52, 92, 118))
        board.line(rock, (34, 60, 72), h * 0.006)
        if number % 2 == 0:
            _peach_tree(board, x, h * 0.6, h * 0.5, 1 if number % 4 else -1)
    for number in range(9 if wide else 3):
        x, y = w * (0.08 + (0.105 if wide else 0.34) * number), h * (0.34 + 0.11 * (number * 2 % 3))
        crane(board, x, y, h / 1100)
    if wide:
        for number in range(1, 12):
            board.line([(w * number / 12, 0), (w * number / 12, h)], (150, 112, 60), 3)
    return board


def _peach_tree(board: Board, x: float, y: float, size: float, side: int) -> None:
    for path, width in (
        ([(0, 0), (-0.06, -0.34), (0.1, -0.62), (0.04, -0.9)], 0.1),
        ([(0, -0.3), (0.26, -0.44), (0.5, -0.4)], 0.05),
        ([(0.06, -0.56), (-0.2, -0.7), (-0.42, -0.66)], 0.05),
    ):
        board.brush(
            [(x + side * px * size, y + py * size) for px, py in path], width * size, (120, 78, 58), 0.35
        )
    for px, py in (
        (0.04, -0.9),
        (0.2, -0.78),
        (-0.14, -0.8),
        (-0.4, -0.68),
        (-0.28, -0.6),
        (0.34, -0.5),
        (0.5, -0.42),
        (0.16, -0.56),
        (-0.04, -0.66),
        (0.4, -0.34),
    ):
        cx, cy = x + side * px * size, y + py * size
        for turn in range(5):
            angle = turn / 5 * math.tau + 0.4
            board.brush(
                [
                    (cx, cy),
                    (cx + size * 0.06 * math.cos(angle), cy + size * 0.06 * math.sin(angle)),
                    (cx + size * 0.12 * math.cos(angle), cy + size * 0.11 * math.sin(angle)),
                ],
                size * 0.04,
                (74, 116, 84),
                0.05,
            )
        fill(
            board,
            curve(
                [
                    (cx, cy - size * 0.06),
                    (cx + size * 0.05, cy - size * 0.02),
                    (cx + size * 0.04, cy + size * 0.045),
                    (cx, cy + size * 0.05),
                    (cx - size * 0.04, cy + size * 0.045),
                    (cx - size * 0.05, cy - size * 0.02),
                    (cx, cy - size * 0.06),
                ]
            ),
            (214, 96, 84),
            (246, 214, 180),
        )
