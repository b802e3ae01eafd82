"""Customs of the year: kites, yut, the full moon and its fire, red-bean porridge. Drawn as old photographs
when they stand for photographs, and in colour with a `phase` when they are scenes of the film."""

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
    Color,
    Point,
    curve,
    ring,
)  # fmt: skip
from harvest.sample.drawings.landscape import house, ridge
from harvest.sample.drawings.people import person, photograph, rider
from harvest.sample.works import Asset

_SKY: Color = (206, 216, 218)


def kites(asset: Asset, phase: float = 0.0) -> Board:
    """Shield kites over winter hills, children below."""
    board = Board(asset, _SKY if asset.draw == "film" else HANJI)
    w, h = board.width, board.height
    board.shape(
        curve(
            [
                (0, h * 0.72),
                (w * 0.2, h * 0.62),
                (w * 0.45, h * 0.7),
                (w * 0.75, h * 0.6),
                (w, h * 0.7),
                (w, h),
                (0, h),
            ]
        ),
        (190, 196, 188),
    )
    board.shape(
        curve([(0, h * 0.84), (w * 0.3, h * 0.78), (w * 0.7, h * 0.82), (w, h * 0.77), (w, h), (0, h)]),
        (228, 226, 216),
    )
    size = min(w, h)
    for number, (x, y, color) in enumerate(((0.24, 0.3, RED), (0.52, 0.18, BLUE), (0.78, 0.34, GREEN))):
        dx = math.sin((phase + number / 3) * math.tau) * w * 0.03
        dy = math.cos((phase * 2 + number / 3) * math.tau) * h * 0.02
        kx, ky = w * x + dx, h * y + dy
        hand = (w * (0.2 + 0.25 * number), h * 0.8)
        board.line(
            curve([(kx, ky), ((kx + hand[0]) / 2 + 30, (ky + hand[1]) / 2 + 40), hand]), (120, 112, 100), 2
        )
        _kite(board, kx, ky, size * 0.13, color)
    for number in range(3):
        person(
            board,
            w * (0.18 + 0.25 * number),
            h * 0.94,
            size * 0.22,
            (CREAM, PINK, WHITE)[number],
            (BLUE, RED, GREEN)[number],
            "braid",
            0.85,
        )
    for x in (0.08, 0.93):
        house(board, w * x, h * 0.8, size * 0.2)
    return _as_photograph(board)


def _kite(board: Board, x: float, y: float, size: float, color: Color) -> None:
    board.shape([(x - size * 0.5, y - size * 0.7), (x + size * 0.5, y - size * 0.7),
                 (x + size * 0.5, y + size * 0.7), (x - size * 0.5, y + size * 0.7)],
                WHITE, INK, 3)  # fmt: skip
    board.box(x - size * 0.5, y + size * 0.3, size, size * 0.4, color, INK, 2)
    board.oval(x, y - size * 0.42, size * 0.17, size * 0.17, color)
    board.oval(x, y + size * 0.02, size * 0.17, size * 0.17, _SKY, INK, 2)
    board.line([(x - size * 0.5, y - size * 0.7), (x + size * 0.5, y + size * 0.7)], BROWN, 2)
    board.line([(x + size * 0.5, y - size * 0.7), (x - size * 0.5, y + size * 0.7)], BROWN, 2)


def _as_photograph(board: Board) -> Board:
    if board.asset.draw != "film" and board.asset.path.startswith("archive"):
        photograph(board)
    return board


def yut(asset: Asset) -> Board:
    """The board of twenty-nine places with four sticks thrown beside it."""
    board = Board(asset, (204, 184, 146))
    w, h = board.width, board.height
    x, y, reach = w * 0.5, h * 0.36, min(w, h) * 0.34
    board.box(x - reach * 1.2, y - reach * 1.2, reach * 2.4, reach * 2.4, CREAM, INK, 4)
    corners: list[Point] = [
        (x - reach, y - reach),
        (x + reach, y - reach),
        (x + reach, y + reach),
        (x - reach, y + reach),
    ]
    board.line(corners, (150, 132, 104), 2, close=True)
    for corner in corners:
        board.line([corner, (x, y)], (150, 132, 104), 2)
        for share in (1.0, 0.66, 0.33):
            size = reach * (0.11 if share == 1.0 else 0.075)
            board.oval(x + (corner[0] - x) * share, y + (corner[1] - y) * share, size, size, CREAM, INK, 4)
    for start, end in zip(corners, corners[1:] + corners[:1], strict=True):
        for share in (0.2, 0.4, 0.6, 0.8):
            board.oval(
                start[0] + (end[0] - start[0]) * share,
                start[1] + (end[1] - start[1]) * share,
                reach * 0.075,
                reach * 0.075,
                CREAM,
                INK,
                4,
            )
    board.oval(x, y, reach * 0.13, reach * 0.13, OCHRE, INK, 5)
    for px, py, color in (
        (x + reach, y + reach * 0.2, RED),
        (x + reach * 0.2, y - reach, BLUE),
        (x - reach * 0.34, y - reach * 0.34, RED),
    ):
        board.oval(px, py, reach * 0.1, reach * 0.1, color, INK, 3)
    for number in range(4):
        _stick(board, w * (0.2 + 0.2 * number), h * 0.84, h * 0.12, (number - 1.5) * 0.26, number % 2 == 0)
    return _as_photograph(board)


def _stick(board: Board, x: float, y: float, reach: float, lean: float, flat: bool) -> None:
    dx, dy = math.sin(lean) * reach, math.cos(lean) * reach
    board.brush(
        [(x - dx, y + dy), (x, y), (x + dx, y - dy)],
        reach * 0.4,
        (150, 104, 68) if flat else (112, 74, 50),
        0.7,
    )
    for share in (-0.5, 0.0, 0.5) if flat else ():
        cx, cy = x + dx * share, y - dy * share
        board.line([(cx - 16, cy - 16), (cx + 16, cy + 16)], INK, 4)
        board.line([(cx + 16, cy - 16), (cx - 16, cy + 16)], INK, 4)


def moonrise(asset: Asset, phase: float = 0.5) -> Board:
    """The first full moon over the hills; with "fire", the moon house burning below."""
    board = Board(asset, (52, 62, 88))
    w, h = board.width, board.height
    y = h * (0.52 - 0.3 * phase)
    board.wash(ring(w * 0.62, y, h * 0.3, h * 0.3), (250, 240, 200), 0.3, 70)
    board.oval(w * 0.62, y, h * 0.11, h * 0.11, (248, 240, 206))
    for share, top in ((0.2, 0.3), (0.55, 0.22), (0.9, 0.34)):
        x = w * share
        board.shape(
            curve(
                [
                    (x - w * 0.34, h * 0.66),
                    (x - w * 0.1, h * (0.66 - top * 0.8)),
                    (x + w * 0.04, h * (0.66 - top)),
                    (x + w * 0.36, h * 0.66),
                ]
            ),
            (38, 46, 62),
        )
    board.shape([(0, h * 0.62), (w, h * 0.62), (w, h), (0, h)], (60, 64, 62))
    size = min(w, h)
    if asset.style == "fire":
        _fire(board, w * 0.36, h * 0.84, size * 0.5)
    for number in range(6):
        x = w * (0.1 + 0.09 * number) if asset.style != "fire" else w * (0.62 + 0.065 * number)
        person(
            board,
            x,
            h * (0.9 + 0.02 * (number % 2)),
            size * 0.2,
            WHITE,
            (216, 210, 200),
            ("gat", "wig", "braid")[number % 3],
            0.3,
        )
    return _as_photograph(board)


def _fire(board: Board, x: float, y: float, size: float) -> None:
    board.wash(ring(x, y - size * 0.5, size * 0.8, size * 0.9), (240, 150, 70), 0.4, 60)
    board.shape([(x - size * 0.36, y), (x, y - size * 0.9), (x + size * 0.36, y)], (74, 62, 44), INK, 3)
    for _ in range(26):
        dx = board.random.uniform(-0.3, 0.3) * size
        top = y - size * board.random.uniform(0.5, 1.3) * (1 - abs(dx) / size)
        color = board.random.choice(((226, 96, 50), (244, 170, 70), (250, 220, 130)))
        board.brush(
            [
                (x + dx, y - size * 0.1),
                (x + dx + board.random.uniform(-30, 30), (y + top) / 2),
                (x + dx * 0.6, top),
            ],
            size * 0.1,
            color,
            0.05,
        )


def bowl(asset: Asset, phase: float = 0.0) -> Board:
    """A bowl of red-bean porridge with rice balls, steam rising."""
    board = Board(asset, (188, 164, 130))
    w, h = board.width, board.height
    size = min(w, h)
    x, y = w * 0.5, h * 0.62
    for number in range(9):
        board.line([(0, h * (0.1 + number * 0.11)), (w, h * (0.09 + number * 0.11))], (170, 146, 112), 3)
    board.wash(ring(x + size * 0.03, y + size * 0.2, size * 0.48, size * 0.2), (96, 76, 54), 0.6, 24)
    board.shape(curve([(x - size * 0.42, y - size * 0.1), (x - size * 0.32, y + size * 0.2),
                       (x - size * 0.12, y + size * 0.32), (x + size * 0.12, y + size * 0.32),
                       (x + size * 0.32, y + size * 0.2), (x + size * 0.42, y - size * 0.1)]), (234, 232,
                               222), (150, 146, 134), 4)  # fmt: skip
    board.oval(x, y - size * 0.1, size * 0.42, size * 0.15, (226, 224, 214), (150, 146, 134), 4)
    board.oval(x, y - size * 0.09, size * 0.38, size * 0.125, (112, 52, 44))
    for px, py in (
        *ring(x, y - size * 0.09, size * 0.2, size * 0.06, 7, 0.1),
        (x, y - size * 0.09),
        (x + size * 0.06, y - size * 0.12),
    ):
        board.oval(px, py, size * 0.038, size * 0.03, (246, 240, 230), (170, 140, 130), 2)
    for number in range(3):
        rise = (phase + number / 3) % 1
        sx, sy = x + (number - 1) * size * 0.14, y - size * 0.2 - rise * size * 0.2
        board.wash(curve([(sx - 14, sy), (sx + 26, sy - size * 0.09), (sx - 20, sy - size * 0.2),
                          (sx + 16, sy - size * 0.2), (sx + 50, sy - size * 0.09), (sx + 22, sy)]),
                   WHITE, 0.5 * (1 - rise), 14)  # fmt: skip
    board.line([(x + size * 0.5, y - size * 0.2), (x + size * 0.44, y + size * 0.4)], (176, 146, 90), 16)
    board.oval(x + size * 0.51, y - size * 0.26, size * 0.05, size * 0.08, (176, 146, 90), BROWN, 3)
    return _as_photograph(board)


def swing(asset: Asset, phase: float = 0.0) -> Board:
    """The swing of Dano under a great tree; it moves with `phase`."""
    board = Board(asset, (206, 220, 206))
    w, h = board.width, board.height
    ridge(board, w * 0.7, h * 0.8, w * 0.9, h * 0.34, (120, 150, 130), 0.4)
    board.shape([(0, h * 0.78), (w, h * 0.76), (w, h), (0, h)], (164, 180, 136))
    board.brush([(w * 0.14, h), (w * 0.17, h * 0.5), (w * 0.12, 0)], w * 0.08, BROWN, 0.7)
    board.brush([(w * 0.14, h * 0.14), (w * 0.5, h * 0.06), (w * 0.9, h * 0.1)], h * 0.06, BROWN, 0.5)
    for number in range(22):
        x = w * (0.02 + 0.045 * number)
        board.oval(x, h * 0.03 + (number % 3) * 16, w * 0.05, h * 0.05, (92, 134, 96), (72, 110, 78), 2)
    rider(board, w * 0.56, h * 0.08, h * 0.56, 0.5 * math.sin(phase * math.tau), h * 0.32)
    for number in range(3):
        person(
            board,
            w * (0.3 + 0.22 * number),
            h * 0.97,
            h * 0.26,
            (PINK, WHITE, CREAM)[number],
            (GREEN, BLUE, RED)[number],
            ("wig", "braid", "wig")[number],
            0.4,
        )
    return board
