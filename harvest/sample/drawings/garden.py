"""Paintings of plants: butterflies over flowers, the banana, the plum and the moon."""

from __future__ import annotations

import math

from harvest.sample.drawings.board import INK, WHITE, Board, Color, Point, curve, ring
from harvest.sample.drawings.light import fill, glow, mixed
from harvest.sample.drawings.plants import seal
from harvest.sample.works import Asset

_LEAF: Color = (78, 116, 84)


_WINGS: tuple[tuple[Color, Color], ...] = (
    ((226, 150, 60), (60, 46, 40)),
    ((44, 92, 128), (30, 34, 46)),
    ((246, 238, 206), (90, 80, 70)),
    ((196, 72, 60), (52, 30, 34)),
    ((120, 92, 150), (44, 34, 56)),
    ((236, 206, 96), (90, 66, 40)),
    ((86, 140, 120), (32, 46, 44)),
    ((60, 56, 62), (206, 150, 70)),
)


def butterflies(asset: Asset) -> Board:
    """Butterflies of every colour over flowers at the foot of a tall sheet; style "cat" has more, and poppies."""
    board = Board(asset, (236, 226, 202))
    w, h = board.width, board.height
    _bush(board, w * 0.36, h * 0.97, h * 0.3, asset.style == "poppy")
    dice = board.random
    places = [
        (0.22, 0.14),
        (0.62, 0.1),
        (0.8, 0.24),
        (0.4, 0.27),
        (0.16, 0.38),
        (0.66, 0.4),
        (0.46, 0.5),
        (0.86, 0.52),
        (0.26, 0.58),
        (0.7, 0.66),
        (0.12, 0.7),
        (0.88, 0.76),
    ]
    for number, (x, y) in enumerate(places):
        butterfly(
            board,
            w * x,
            h * y,
            w * dice.uniform(0.07, 0.12),
            dice.uniform(-0.9, 0.9),
            *_WINGS[number % len(_WINGS)],
        )
    board.column(w * 0.92, h * 0.04, "花蝶圖", w * 0.05)
    seal(board, w * 0.885, h * 0.18, "見本", w * 0.04)
    return board


def butterfly(board: Board, x: float, y: float, size: float, turn: float, wing: Color, edge: Color) -> None:
    """A butterfly with open wings, turned by `turn` radians."""

    def at(px: float, py: float) -> Point:
        px, py = px * size, py * size
        return x + px * math.cos(turn) - py * math.sin(turn), y + px * math.sin(turn) + py * math.cos(turn)

    for side in (-1, 1):
        lower = curve(
            [
                at(0, 0.1),
                at(side * 0.3, 0.2),
                at(side * 0.62, 0.5),
                at(side * 0.56, 0.86),
                at(side * 0.3, 0.76),
                at(side * 0.08, 0.4),
                at(0, 0.1),
            ]
        )
        upper = curve(
            [
                at(0, 0),
                at(side * 0.34, -0.5),
                at(side * 0.9, -0.76),
                at(side * 0.98, -0.4),
                at(side * 0.66, 0.06),
                at(side * 0.3, 0.2),
                at(0, 0),
            ]
        )
        for points in (lower, upper):
            fill(board, points, edge, wing, mixed(wing, WHITE, 0.2))
            board.line(points, edge, max(2.0, size * 0.035))
        for px, py in ((0.4, -0.3), (0.6, -0.36), (0.5, -0.1), (0.34, 0.4)):
            board.line([at(side * 0.06, 0), at(side * px, py)], edge, max(1.2, size * 0.014))
        for px, py, reach in ((0.78, -0.46, 0.07), (0.7, -0.24, 0.05), (0.44, 0.62, 0.06)):
            cx, cy = at(side * px, py)
            board.oval(cx, cy, reach * size, reach * size, mixed(wing, WHITE, 0.7), edge, 2)
        board.line(
            curve([at(0, -0.26), at(side * 0.14, -0.6), at(side * 0.26, -0.8)], 5),
            edge,
            max(1.5, size * 0.02),
        )
    board.brush([at(0, -0.3), at(0, 0.1), at(0, 0.52)], size * 0.12, mixed(edge, INK, 0.4), 0.3)


def _bush(board: Board, x: float, y: float, height: float, poppy: bool) -> None:
    dice = board.random
    for number in range(9):
        tip = (x + (number - 4) * height * 0.21, y - height * dice.uniform(0.5, 1))
        board.brush([(x, y), ((x + tip[0]) / 2, y - height * 0.4), tip], 15, _LEAF, 0.4)
        for share in (0.35, 0.6, 0.8):
            px, py = x + (tip[0] - x) * share, y + (tip[1] - y) * share
            for side in (-1, 1):
                board.brush(
                    [
                        (px, py),
                        (px + side * height * 0.1, py - height * 0.06),
                        (px + side * height * 0.2, py),
                    ],
                    height * 0.06,
                    mixed(_LEAF, WHITE, 0.1 * (number % 3)),
                    0.05,
                )
        color = (
            ((206, 74, 62), (226, 140, 150), (246, 236, 226))[number % 3]
            if poppy
            else ((214, 150, 176), (150, 110, 170), (236, 206, 210))[number % 3]
        )
        for reach in (1.0, 0.6):
            for px, py in ring(tip[0], tip[1], height * 0.07 * reach, height * 0.06 * reach, 6, reach):
                board.oval(
                    px,
                    py,
                    height * 0.055 * reach,
                    height * 0.05 * reach,
                    mixed(color, WHITE, 1 - reach),
                    mixed(color, INK, 0.3),
                    2,
                )
        board.oval(*tip, height * 0.024, height * 0.022, (226, 190, 90), (150, 110, 40), 2)


def banana(asset: Asset) -> Board:
    """A banana plant with torn broad leaves beside a rock, in ink washed with green."""
    board = Board(asset, (232, 222, 198))
    w, h = board.width, board.height
    rock = curve(
        [
            (w * 0.5, h * 0.96),
            (w * 0.48, h * 0.78),
            (w * 0.6, h * 0.66),
            (w * 0.78, h * 0.7),
            (w * 0.9, h * 0.84),
            (w * 0.88, h * 0.96),
        ]
    )
    fill(board, rock, (150, 146, 136), (206, 198, 180))
    board.line(rock, (74, 70, 64), 7)
    for number in range(9):
        x = w * (0.52 + 0.04 * number)
        board.brush(
            [(x, h * (0.76 - 0.02 * (number % 3))), (x + 18, h * 0.84), (x - 6, h * 0.93)],
            14,
            (96, 90, 82),
            0.1,
        )
    base = (w * 0.36, h * 0.95)
    board.brush([base, (w * 0.35, h * 0.7), (w * 0.38, h * 0.46)], 62, (134, 146, 104), 0.8)
    for tip, bend, width, dark in (
        ((0.1, 0.3), (0.18, 0.22), 0.13, 0.1),
        ((0.74, 0.22), (0.6, 0.12), 0.15, 0.0),
        ((0.5, 0.06), (0.4, 0.14), 0.13, 0.2),
        ((0.86, 0.5), (0.7, 0.36), 0.13, 0.16),
        ((0.06, 0.58), (0.16, 0.42), 0.12, 0.24),
    ):
        _banana_leaf(
            board,
            (w * 0.38, h * 0.5),
            (w * bend[0], h * bend[1]),
            (w * tip[0], h * tip[1]),
            w * width,
            mixed((96, 142, 96), INK, dark),
        )
    for number in range(13):
        x = w * (0.1 + 0.065 * number)
        board.brush(
            [(x, h * 0.97), (x + 10, h * 0.95), (x + board.random.uniform(-30, 30), h * 0.92)], 8, _LEAF, 0.1
        )
    board.column(w * 0.93, h * 0.06, "弘齋", 52)
    seal(board, w * 0.905, h * 0.16, "見本", 40)
    return board


def _banana_leaf(board: Board, root: Point, bend: Point, tip: Point, width: float, tone: Color) -> None:
    rib = curve([root, bend, tip], 16)
    for side in (-1, 1):
        edge: list[Point] = []
        for number, (x, y) in enumerate(rib):
            share = number / (len(rib) - 1)
            before, after = rib[max(0, number - 1)], rib[min(len(rib) - 1, number + 1)]
            dx, dy = after[0] - before[0], after[1] - before[1]
            length = math.hypot(dx, dy) or 1
            reach = width * math.sin(math.pi * min(1, share * 0.94 + 0.06)) ** 0.7 * side
            if number % 5 == 4:
                reach *= 0.66
            edge.append((x - dy / length * reach, y + dx / length * reach))
        fill(board, [*rib, *edge[::-1]], mixed(tone, WHITE, 0.3 if side > 0 else 0.12), tone)
        board.line(edge, mixed(tone, INK, 0.35), 3)
        for number in range(1, len(rib) - 1):
            board.line([rib[number], edge[min(len(edge) - 1, number + 1)]], mixed(tone, INK, 0.18), 2)
    board.line(rib, mixed(tone, WHITE, 0.6), 8)
    board.line(rib, mixed(tone, INK, 0.3), 2)


def moon_plum(asset: Asset) -> Board:
    """One upright branch of plum against a pale moon; old broken wood below, few blossoms."""
    board = Board(asset, (204, 190, 160))
    w, h = board.width, board.height
    glow(board, w * 0.6, h * 0.2, w * 0.34, (244, 236, 212), 0.7)
    board.oval(w * 0.6, h * 0.2, w * 0.13, w * 0.13, (246, 240, 220))
    ink: Color = (58, 54, 48)
    for path, width in (
        ([(0.42, 1.0), (0.4, 0.84), (0.5, 0.74), (0.46, 0.64)], 92),
        ([(0.46, 0.66), (0.5, 0.5), (0.48, 0.28), (0.52, 0.08)], 30),
        ([(0.44, 0.76), (0.26, 0.6), (0.24, 0.42)], 40),
        ([(0.26, 0.58), (0.2, 0.34), (0.22, 0.18)], 17),
        ([(0.49, 0.7), (0.66, 0.56), (0.7, 0.42), (0.68, 0.3)], 24),
        ([(0.49, 0.44), (0.58, 0.36), (0.6, 0.3)], 12),
    ):
        points = [(w * x, h * y) for x, y in path]
        board.brush(points, width, ink, 0.35)
        board.brush(
            [(x - width * 0.16, y) for x, y in points], width * 0.24, mixed(ink, (204, 190, 160), 0.55), 0.2
        )
    for _ in range(30):
        x, y = w * board.random.uniform(0.38, 0.5), h * board.random.uniform(0.68, 0.99)
        board.oval(x, y, board.random.uniform(5, 12), board.random.uniform(4, 9), (34, 32, 30))
    for x, y, reach in (
        (0.49, 0.3, 30),
        (0.52, 0.1, 24),
        (0.47, 0.46, 27),
        (0.23, 0.22, 25),
        (0.2, 0.38, 28),
        (0.27, 0.54, 30),
        (0.69, 0.34, 26),
        (0.67, 0.5, 29),
        (0.59, 0.32, 22),
        (0.5, 0.2, 22),
        (0.54, 0.68, 26),
    ):
        for px, py in ring(w * x, h * y, reach * 0.6, reach * 0.6, 5, 0.2):
            board.oval(
                px, py, reach * 0.44, reach * 0.44, (244, 236, 222), mixed(ink, (204, 190, 160), 0.4), 2
            )
        for px, py in ring(w * x, h * y, reach * 0.4, reach * 0.4, 7):
            board.oval(px, py, 3, 3, ink)
    seal(board, w * 0.84, h * 0.78, "見本", 44)
    return board
