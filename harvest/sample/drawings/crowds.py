"""Many people at once: the round dance under the moon, the royal procession."""

from __future__ import annotations

import math

from harvest.sample.drawings.board import (
    BLUE,
    BROWN,
    CREAM,
    GREEN,
    HANJI,
    INK,
    OCHRE,
    PINK,
    RED,
    WHITE,
    Board,
    curve,
    ring,
)
from harvest.sample.drawings.people import SOFT, person, photograph
from harvest.sample.works import Asset


def round_dance(asset: Asset, phase: float = 0.0) -> Board:
    """Women hand in hand in a ring under the full moon; the ring turns with `phase` (in turns)."""
    board = Board(asset, (70, 82, 104))
    w, h = board.width, board.height
    board.oval(w * 0.5, h * 0.2, h * 0.13, h * 0.13, (246, 238, 204))
    board.wash(ring(w * 0.5, h * 0.2, h * 0.3, h * 0.26), (246, 238, 204), 0.25, 60)
    board.shape(
        curve(
            [
                (0, h * 0.56),
                (w * 0.25, h * 0.46),
                (w * 0.5, h * 0.54),
                (w * 0.75, h * 0.45),
                (w, h * 0.55),
                (w, h),
                (0, h),
            ]
        ),
        (54, 70, 72),
    )
    board.shape([(0, h * 0.62), (w, h * 0.6), (w, h), (0, h)], (112, 110, 92))
    size = h * (0.36 if asset.style == "near" else 0.26)
    seats = sorted(
        ring(w * 0.5, h * 0.82, w * 0.36, h * 0.13, 11 if asset.style == "near" else 14, phase),
        key=lambda point: point[1],
    )
    colors = (RED, BLUE, PINK, GREEN, (132, 96, 128))
    board.line(ring(w * 0.5, h * 0.82 - size * 0.45, w * 0.36, h * 0.13), CREAM, 6, close=True)
    for x, y in seats:
        turn = round((math.atan2(y - h * 0.82, x - w * 0.5) / math.tau - phase) * 40)
        person(board, x, y, size, CREAM, colors[turn % 5], "braid", 0.35)
    if phase == 0.0 and asset.draw == "round_dance":
        photograph(board)
    return board


def procession(asset: Asset) -> Board:
    """A royal procession, row upon row: flags, guards, musicians, horses, the palanquin."""
    board = Board(asset, HANJI, fine=1 if asset.size[0] > 4000 else 2)
    w, h = board.width, board.height
    rows = 4 if w > 4000 else 3
    size = h / rows * 0.66
    step = size * 0.86
    board.line([(0, h * 0.012), (w, h * 0.012)], INK, 5)
    board.line([(0, h * 0.988), (w, h * 0.988)], INK, 5)
    carried = asset.style not in {"front", "rear"}
    middle = w * 0.42 if carried else -w
    first = board.random.randrange(4)
    for row in range(rows):
        y = h * (row + 0.88) / rows
        number = 0
        x = step
        while x < w - step:
            inner = row in (1, 2) if rows == 4 else row == 1
            if not (inner and abs(x - middle) < size * 1.8):
                _marcher(board, x, y, size, number, row + first)
            number += 1
            x += step if number % 9 else step * 1.6
    if carried:
        _palanquin(board, middle, h * (0.62 if rows == 4 else 0.6), size * (2.1 if rows == 4 else 1.5))
    board.column(w - size * 0.5, size * 0.5, asset.hanja[:12], size * 0.16)
    return board


def _marcher(board: Board, x: float, y: float, size: float, number: int, row: int) -> None:
    kind = (number // 9 + row) % 4
    coat = ((58, 90, 120), RED, (92, 124, 98), OCHRE)[kind]
    if kind == 3 and number % 3 == 0:
        _horse(board, x, y, size)
        person(board, x, y - size * 0.3, size * 0.72, coat, WHITE, "plume", 0.2, seated=True)
        return
    person(board, x, y, size * 0.8, coat, WHITE, "plume" if kind != 2 else "gat", 0.35)
    if kind == 0:
        board.line([(x + size * 0.24, y), (x + size * 0.24, y - size * 1.18)], BROWN, size * 0.02)
        flag = (RED, OCHRE, BLUE, GREEN, WHITE)[number % 5]
        board.shape(curve([(x + size * 0.24, y - size * 1.18), (x + size * 0.5, y - size * 1.12),
                           (x + size * 0.74, y - size * 1.16),
                           (x + size * 0.72, y - size * 0.86), (x + size * 0.5,
                                   y - size * 0.82), (x + size * 0.24,
                                                      y - size * 0.86)]), flag, INK, 3)  # fmt: skip
        board.oval(
            x + size * 0.48, y - size, size * 0.07, size * 0.06, OCHRE if flag != OCHRE else RED, INK, 2
        )
    elif kind == 1:
        board.line([(x + size * 0.2, y), (x + size * 0.2, y - size)], INK, size * 0.018)
        board.shape(
            [(x + size * 0.2, y - size * 1.14), (x + size * 0.24, y - size), (x + size * 0.16, y - size)],
            SOFT,
            INK,
            2,
        )
    elif kind == 2:
        board.oval(x, y - size * 0.42, size * 0.13, size * 0.15, (176, 84, 60), INK, 3)
        board.oval(x, y - size * 0.42, size * 0.07, size * 0.09, CREAM, INK, 2)


def _horse(board: Board, x: float, y: float, size: float) -> None:
    coat = board.random.choice(((150, 104, 72), (206, 196, 178), (96, 76, 64)))
    for dx in (-0.24, -0.16, 0.16, 0.24):
        leg = [
            (x + (dx - 0.03) * size, y - size * 0.3),
            (x + dx * size * 1.1, y),
            (x + (dx + 0.05) * size, y),
            (x + (dx + 0.04) * size, y - size * 0.3),
        ]
        board.shape(leg, coat, INK, 2)
    board.oval(x, y - size * 0.38, size * 0.32, size * 0.15, coat, INK, 3)
    board.brush(
        [
            (x - size * 0.24, y - size * 0.4),
            (x - size * 0.36, y - size * 0.64),
            (x - size * 0.4, y - size * 0.72),
        ],
        size * 0.17,
        coat,
        0.5,
    )
    board.brush(
        [
            (x - size * 0.2, y - size * 0.5),
            (x - size * 0.28, y - size * 0.64),
            (x - size * 0.36, y - size * 0.8),
        ],
        size * 0.05,
        INK,
    )
    board.oval(x - size * 0.45, y - size * 0.72, size * 0.11, size * 0.06, coat, INK, 3)
    board.oval(x - size * 0.43, y - size * 0.735, size * 0.01, size * 0.01, INK)
    board.brush(
        [
            (x + size * 0.3, y - size * 0.42),
            (x + size * 0.42, y - size * 0.3),
            (x + size * 0.4, y - size * 0.1),
        ],
        size * 0.06,
        INK,
    )
    board.box(x - size * 0.12, y - size * 0.54, size * 0.24, size * 0.12, RED, INK, 3)


def _palanquin(board: Board, x: float, y: float, size: float) -> None:
    board.box(x - size * 0.9, y + size * 0.12, size * 1.8, size * 0.03, RED, INK, 3)
    board.box(x - size * 0.3, y - size * 0.2, size * 0.6, size * 0.36, (176, 66, 48), INK, 5)
    for share in (-0.2, -0.07, 0.07, 0.2):
        board.box(x + share * size - size * 0.045, y - size * 0.14, size * 0.09, size * 0.22, OCHRE, INK, 3)
    board.shape(curve([(x - size * 0.46, y - size * 0.16), (x - size * 0.2, y - size * 0.26),
                       (x, y - size * 0.46), (x + size * 0.2, y - size * 0.26),
                       (x + size * 0.46, y - size * 0.16), (x, y - size * 0.2)]), (60, 84,
                               96), INK, 5)  # fmt: skip
    board.oval(x, y - size * 0.48, size * 0.04, size * 0.04, OCHRE, INK, 3)
    for share in (-0.8, -0.6, -0.44, 0.44, 0.6, 0.8):
        person(board, x + share * size, y + size * 0.38, size * 0.4, (196, 74, 58), WHITE, "plume", 0.6)
    for share in (-0.7, 0.7):
        board.line(
            [(x + share * size, y + size * 0.1), (x + share * size, y - size * 0.42)], BROWN, size * 0.012
        )
        board.shape(
            ring(x + share * size, y - size * 0.52, size * 0.12, size * 0.13, 20),
            RED if share < 0 else BLUE,
            INK,
            4,
        )
