"""Paintings long or tall: the endless handscroll, the fall, rocks in the sea."""

from __future__ import annotations

import math
from collections.abc import Callable

from harvest.sample.drawings.board import CREAM, HANJI, INK, SILK, WHITE, Board, Color, curve, ring
from harvest.sample.drawings.buildings import boat, figure, thatched_house
from harvest.sample.drawings.landscape import house
from harvest.sample.drawings.leaves import boulders, gazing
from harvest.sample.drawings.light import fill, mixed
from harvest.sample.drawings.mountains import crag
from harvest.sample.drawings.plants import pine, seal
from harvest.sample.works import Asset

_GREY: Color = (112, 108, 102)


_MIST: Color = (228, 220, 202)


def scroll(asset: Asset) -> Board:
    """A painting by the name of its style."""
    ground: Color = {
        "endless": SILK,
        "falls": HANJI,
        "pillars": (228, 216, 190),
        "boulders": (232, 224, 204),
        "gazing": (212, 196, 164),
    }.get(asset.style.partition(":")[0], HANJI)
    board = Board(asset, ground, fine=1 if max(asset.size) > 3200 else 2)
    _PAINTINGS[asset.style.partition(":")[0]](board)
    return board


def _endless(board: Board) -> None:
    """Cliffs, inlets, villages and boats, one after the other."""
    w, h = board.width, board.height
    paper = mixed(SILK, WHITE, 0.25)
    start = board.asset.page
    for layer, (base, tall, tone) in enumerate(
        ((0.5, 0.34, (150, 146, 138)), (0.72, 0.5, (112, 112, 104)), (0.96, 0.62, (78, 76, 70)))
    ):
        number = 0
        x = -h * 0.3 + layer * h * 0.37
        while x < w + h:
            swell = 0.35 + 0.65 * abs(math.sin(x / h * 0.42 + start + layer * 0.6))
            width = h * board.random.uniform(0.42, 0.8) * (0.8 + layer * 0.2)
            if swell > 0.46 + 0.08 * layer:
                crag(board, x, h * base, width, h * tall * swell, tone, paper)
            elif layer == 1:
                boat(board, x, h * 0.7, h * 0.13)
            elif layer == 2:
                for step in range(3):
                    thatched_house(
                        board,
                        x + step * h * 0.17,
                        h * (0.84 + 0.03 * (step % 2)),
                        h * 0.16,
                        (150, 134, 104),
                        (220, 208, 182),
                    )
            if layer == 2 and number % 2:
                for step in range(3):
                    pine(
                        board,
                        x + width * (0.2 * step),
                        h * board.random.uniform(0.88, 0.97),
                        h * board.random.uniform(0.16, 0.26),
                        board.random.uniform(-0.2, 0.2),
                        (74, 84, 70),
                    )
            x += width * board.random.uniform(0.6, 1.0)
            number += 1
        band = h * (0.46 + 0.2 * layer)
        board.wash([(0, band), (w, band), (w, band + h * 0.12), (0, band + h * 0.12)], paper, 0.75, h * 0.05)
    for _ in range(round(w / h * 5)):
        x = board.random.uniform(0, w)
        board.line(
            curve([(x, h * 0.93), (x + h * 0.1, h * 0.925), (x + h * 0.22, h * 0.93)], 4),
            mixed(paper, INK, 0.25),
            2,
        )


def _tall_falls(board: Board) -> None:
    """A white fall between two dark walls of rock, viewers the size of ants at the pool."""
    w, h = board.width, board.height
    for side in (-1, 1):
        inner, outer = w * (0.5 + side * 0.075), w * (0.5 + side * 0.52)
        wall = [(outer, h * 0.04), (w * (0.5 + side * 0.3), h * 0.03), (w * (0.5 + side * 0.13), h * 0.075), (inner,
            h * 0.12), (inner + side * w * 0.02, h * 0.4), (inner - side * w * 0.012, h * 0.6),
            (inner + side * w * 0.05, h * 0.82), (outer, h * 0.88)]  # fmt: skip
        fill(board, wall, (70, 66, 62), (44, 42, 40), (86, 80, 74))
        for _ in range(70):
            x, y = w * 0.5 + side * w * board.random.uniform(0.09, 0.48), h * board.random.uniform(0.08, 0.74)
            reach = h * board.random.uniform(0.03, 0.1)
            board.brush([(x, y), (x - side * w * 0.015, y + reach * 0.5), (x + side * w * board.random.uniform(-0.03,
                0.01), y + reach)], w * board.random.uniform(0.008, 0.03), board.random.choice(((26, 24, 24), (26,
                24, 24), (112, 104, 94))), 0.1)  # fmt: skip
        for number in range(5):
            pine(board, w * (0.5 + side * (0.14 + 0.08 * number)), h * (0.075 - 0.006 * number), h * 0.06,
                side * -0.3, (60, 74, 60))  # fmt: skip
    fill(board, [(w * 0.46, h * 0.09), (w * 0.54, h * 0.09), (w * 0.56, h * 0.86), (w * 0.44, h * 0.86)], (250, 246,
        236), (244, 240, 228))  # fmt: skip
    for number in range(9):
        x = w * (0.455 + 0.011 * number)
        board.brush([(x, h * 0.1), (x + board.random.uniform(-6, 6), h * 0.5), (x, h * 0.85)], 3.4, (186, 182, 172),
            0.2)  # fmt: skip
    board.oval(w * 0.5, h * 0.085, w * 0.11, h * 0.014, (226, 220, 204), (80, 76, 70), 3)
    board.wash(ring(w * 0.5, h * 0.87, w * 0.26, h * 0.03), WHITE, 0.9, 24)
    fill(board, curve([(w * 0.06, h * 0.9), (w * 0.5, h * 0.87), (w * 0.94, h * 0.9), (w * 0.5, h * 0.93)]), (150,
        166, 164), (196, 198, 186))  # fmt: skip
    for number in range(7):
        board.line(curve([(w * (0.1 + 0.12 * number), h * 0.9), (w * (0.15 + 0.12 * number), h * 0.896),
            (w * (0.2 + 0.12 * number), h * 0.9)]), (90, 104, 106), 3)  # fmt: skip
    board.oval(w * 0.56, h * 0.905, w * 0.06, h * 0.012, (96, 90, 84), INK, 3)
    house(board, w * 0.2, h * 0.955, w * 0.2)
    for x in (0.44, 0.52, 0.6):
        figure(board, w * x, h * 0.962, h * 0.028, CREAM, "gat")
    for x, size in ((0.06, 0.1), (0.84, 0.12), (0.94, 0.09)):
        pine(board, w * x, h * 0.985, h * size, 0.1, (70, 84, 66))
    board.column(w * 0.9, h * 0.9, "朴淵瀑", w * 0.055)


def _pillars(board: Board) -> None:
    """Bundles of stone columns standing in waves, a pavilion on the headland."""
    w, h = board.width, board.height
    fill(board, [(0, h * 0.5), (w, h * 0.5), (w, h), (0, h)], (196, 208, 202), (150, 178, 178))
    for row in range(17):
        y = h * (0.52 + 0.029 * row)
        for place in range(9):
            x = w * (place / 8 + 0.05 * (row % 2)) + board.random.uniform(-20, 20)
            board.line(
                curve([(x - 60, y), (x - 24, y - 15), (x, y - 4), (x + 22, y - 20), (x + 62, y)], 5),
                (84, 118, 122),
                2.4,
            )
    for x, base, count, tall in (
        (0.24, 0.72, 6, 0.42),
        (0.5, 0.8, 8, 0.56),
        (0.36, 0.88, 5, 0.26),
        (0.66, 0.7, 4, 0.24),
    ):
        _columns(board, w * x, h * base, count, h * tall)
    fill(
        board,
        curve([(w * 0.7, h), (w * 0.72, h * 0.62), (w * 0.84, h * 0.48), (w, h * 0.44), (w, h)]),
        (176, 164, 140),
        (132, 122, 104),
    )
    for number in range(7):
        board.brush(
            [
                (w * (0.74 + 0.035 * number), h * (0.6 - 0.016 * number)),
                (w * (0.73 + 0.035 * number), h * 0.76),
                (w * (0.75 + 0.04 * number), h * 0.94),
            ],
            17,
            (104, 96, 84),
            0.1,
        )
    house(board, w * 0.89, h * 0.46, w * 0.15)
    for x, y, size in ((0.79, 0.52, 0.13), (0.96, 0.46, 0.16), (0.74, 0.63, 0.1)):
        pine(board, w * x, h * y, h * size, -0.14, (66, 88, 70))
    for number in range(5):
        x, y = w * (0.12 + 0.08 * number), h * (0.2 + 0.035 * (number % 3))
        board.line(
            curve([(x - 30, y - 8), (x - 10, y - 15), (x, y), (x + 10, y - 15), (x + 30, y - 8)]), INK, 3
        )
    board.column(w * 0.93, h * 0.08, "叢石亭", 62)
    seal(board, w * 0.905, h * 0.24, "見本")


def _columns(board: Board, x: float, y: float, count: int, tall: float) -> None:
    dice = board.random
    for number in range(count):
        px = x + (number - count / 2) * 46
        height = tall * (1 - 0.16 * abs(number - count / 2) ** 1.1 * dice.uniform(0.5, 1))
        points = [
            (px - 22, y),
            (px - 21, y - height),
            (px, y - height - 14),
            (px + 21, y - height),
            (px + 22, y),
        ]
        fill(board, points, (206, 198, 180), (140, 132, 120), (186, 184, 172))
        board.line(points, (62, 56, 50), 4)
        board.line([(px + 5, y), (px + 5, y - height - 4)], (96, 88, 80), 3)
        for step in range(3):
            cut = y - height * (0.25 + 0.22 * step)
            board.line([(px - 20, cut), (px + 4, cut + 6)], (96, 88, 80), 2)
    board.wash(ring(x, y, count * 30, 24), WHITE, 0.8, 12)


_PAINTINGS: dict[str, Callable[[Board], None]] = {
    "endless": _endless, "falls": _tall_falls, "pillars": _pillars, "boulders": boulders, "gazing": gazing,
}  # fmt: skip
