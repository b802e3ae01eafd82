"""The twelve-stringed zither and the hourglass drum."""

from __future__ import annotations

import math

from harvest.sample.drawings.board import INK, WHITE, Board, Color
from harvest.sample.drawings.light import fill, mixed
from harvest.sample.drawings.objects import shadow, stage
from harvest.sample.works import Asset

_GOLD: Color = (222, 186, 104)


def instrument(asset: Asset) -> Board:
    """The twelve-stringed zither, or the hourglass drum."""
    board = stage(asset, (206, 196, 182))
    (_zither if asset.style == "zither" else _drum)(board)
    return board


def _zither(board: Board) -> None:
    w, h = board.width, board.height
    wood: Color = (164, 112, 70)
    board.wash([(w * 0.06, h * 0.62), (w * 0.95, h * 0.46), (w * 0.95, h * 0.64), (w * 0.06, h * 0.82)], INK, 0.4,
        22)  # fmt: skip
    body = [(w * 0.05, h * 0.42), (w * 0.94, h * 0.3), (w * 0.95, h * 0.5), (w * 0.06, h * 0.7)]
    fill(board, body, mixed(wood, WHITE, 0.2), wood, mixed(wood, INK, 0.3))
    for number in range(16):
        share = number / 15
        board.line([(w * 0.05, h * (0.43 + 0.26 * share)), (w * 0.94, h * (0.31 + 0.18 * share))], mixed(wood, INK,
            0.1), 2)  # fmt: skip
    board.line(body, mixed(wood, INK, 0.5), 4, close=True)
    fill(board, [(w * 0.9, h * 0.3), (w * 0.97, h * 0.22), (w * 0.985, h * 0.3), (w * 0.98, h * 0.5), (w * 0.95,
        h * 0.6), (w * 0.905, h * 0.5)], mixed(wood, INK, 0.1), mixed(wood, INK, 0.5))  # fmt: skip
    board.line([(w * 0.12, h * 0.415), (w * 0.13, h * 0.685)], mixed(wood, INK, 0.6), 13)
    for number in range(12):
        share = (number + 0.5) / 12
        start, end = (w * 0.125, h * (0.42 + 0.26 * share)), (w * 0.905, h * (0.31 + 0.18 * share))
        bridge = 0.24 + 0.05 * number
        bx, by = start[0] + (end[0] - start[0]) * bridge, start[1] + (end[1] - start[1]) * bridge
        top = by - h * 0.055
        board.line([start, (bx, top), end], (240, 232, 212), 2.4)
        board.shape([(bx - 17, by + 10), (bx - 4, top), (bx + 4, top), (bx + 17, by + 10), (bx, by - 14)], (96, 60,
            40), INK, 2)  # fmt: skip
    for number in range(5):
        board.brush([(w * 0.965, h * (0.3 + 0.04 * number)), (w * (0.98 - 0.01 * number), h * (0.5 + 0.03 * number)),
            (w * (0.93 - 0.02 * number), h * (0.66 + 0.02 * number))], 12, (70, 92, 140), 0.5)  # fmt: skip


def _drum(board: Board) -> None:
    w, h = board.width, board.height
    shadow(board, w * 0.5, h * 0.82, w * 0.34)
    y, lacquer = h * 0.52, (150, 44, 40)
    for side in (-1, 1):
        body = [
            (w * 0.5, y - h * 0.07),
            (w * (0.5 + side * 0.1), y - h * 0.1),
            (w * (0.5 + side * 0.28), y - h * 0.24),
            (w * (0.5 + side * 0.28), y + h * 0.24),
            (w * (0.5 + side * 0.1), y + h * 0.1),
            (w * 0.5, y + h * 0.07),
        ]
        fill(board, body, mixed(lacquer, WHITE, 0.3), lacquer, mixed(lacquer, INK, 0.5))
    fill(
        board,
        [
            (w * 0.47, y - h * 0.075),
            (w * 0.53, y - h * 0.075),
            (w * 0.53, y + h * 0.075),
            (w * 0.47, y + h * 0.075),
        ],
        _GOLD,
        mixed(_GOLD, INK, 0.4),
    )
    for side in (-1, 1):
        board.oval(w * (0.5 + side * 0.29), y, w * 0.05, h * 0.29, (206, 190, 160), (120, 96, 70), 6)
        board.oval(w * (0.5 + side * 0.296), y, w * 0.034, h * 0.24, (240, 228, 202), (150, 126, 96), 3)
    for number in range(9):
        turn = (number / 8 - 0.5) * math.pi
        lift = h * 0.275 * math.sin(turn)
        other = h * 0.275 * math.sin((number + 0.5) / 8 * math.pi - math.pi / 2)
        board.line(
            [(w * 0.215 - w * 0.04 * math.cos(turn), y + lift), (w * 0.785, y + other)], (222, 120, 92), 5
        )
        board.line([(w * 0.785, y + other), (w * 0.215, y + lift)], (236, 150, 120), 3)
        if number in (1, 3, 5, 7):
            board.shape(
                [
                    (w * 0.29, y + lift * 0.96 - 12),
                    (w * 0.36, y + lift * 0.92),
                    (w * 0.29, y + lift * 0.96 + 14),
                ],
                (60, 76, 120),
                INK,
                2,
            )
    board.brush([(w * 0.2, h * 0.16), (w * 0.34, h * 0.2), (w * 0.5, h * 0.22)], 15, (176, 142, 92), 0.8)
    board.oval(w * 0.2, h * 0.16, 15, 13, (120, 84, 56))
    board.line([(w * 0.6, h * 0.22), (w * 0.84, h * 0.14)], (176, 142, 92), 11)
