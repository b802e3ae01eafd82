"""Scenes with people: genre painting, the round dance, the royal procession."""

from __future__ import annotations

import math
from collections.abc import Callable

from harvest.sample.drawings.board import (
    BLUE,
    BROWN,
    CREAM,
    GREEN,
    INK,
    OCHRE,
    RED,
    WHITE,
    Board,
    Color,
    curve,
    ring,
)  # fmt: skip
from harvest.sample.drawings.plants import pine, seal
from harvest.sample.works import Asset

_SKIN: Color = (232, 204, 172)
SOFT: Color = (196, 206, 210)


def person(board: Board, x: float, y: float, size: float, coat: Color = WHITE, lower: Color = WHITE,
           hat: str = "", arms: float = 0.5,
           seated: bool = False) -> None:  # fmt: skip
    """A figure whose feet stand at (x, y): head, jacket, wide skirt or trousers. `arms`: 0 down, 1 raised."""
    head = y - size * (0.62 if seated else 0.9)
    hips = y - size * (0.2 if seated else 0.42)
    spread = size * (0.34 if seated else 0.24)
    board.shape(
        curve([(x - size * 0.13, hips), (x - spread, y), (x + spread, y), (x + size * 0.13, hips)]),
        lower,
        INK,
        2.5,
    )
    if not seated:
        for side in (-1, 1):
            board.brush([(x + side * size * 0.08, y - 2), (x + side * size * 0.16, y + 4)], size * 0.07, INK)
    shoulder = head + size * 0.15
    for side in (-1, 1):
        hand = (x + side * size * (0.24 + 0.1 * arms), shoulder + size * (0.3 - 0.52 * arms))
        elbow = (x + side * size * 0.22, shoulder + size * 0.14)
        board.brush([(x + side * size * 0.08, shoulder + size * 0.03), elbow, hand], size * 0.12, coat, 0.6)
        board.line(curve([(x + side * size * 0.1, shoulder), elbow, hand]), INK, 2)
        board.oval(*hand, size * 0.035, size * 0.035, _SKIN, INK, 1.5)
    board.shape(curve([(x - size * 0.1, shoulder), (x - size * 0.17, hips + size * 0.02),
                       (x + size * 0.17, hips + size * 0.02), (x + size * 0.1, shoulder)]),
                coat, INK, 2.5)  # fmt: skip
    board.line([(x, shoulder), (x - size * 0.05, hips)], INK, 2)
    board.oval(x, head, size * 0.085, size * 0.1, _SKIN, INK, 2)
    for side in (-1, 1):
        board.line(
            [(x + side * size * 0.022, head + size * 0.004), (x + side * size * 0.048, head)],
            INK,
            size * 0.01,
        )
    board.line(
        [(x - size * 0.014, head + size * 0.052), (x + size * 0.014, head + size * 0.052)], RED, size * 0.01
    )
    _HATS.get(hat, _topknot)(board, x, head, size)


def _topknot(board: Board, x: float, y: float, size: float) -> None:
    board.oval(x, y - size * 0.06, size * 0.085, size * 0.05, INK)
    board.oval(x, y - size * 0.12, size * 0.03, size * 0.035, INK)


def _braid(board: Board, x: float, y: float, size: float) -> None:
    board.oval(x, y - size * 0.05, size * 0.09, size * 0.06, INK)
    board.brush(
        [(x + size * 0.05, y), (x + size * 0.1, y + size * 0.2), (x + size * 0.07, y + size * 0.36)],
        size * 0.06,
        INK,
    )
    board.oval(x + size * 0.07, y + size * 0.37, size * 0.025, size * 0.025, RED)


def _gat(board: Board, x: float, y: float, size: float) -> None:
    board.oval(x, y - size * 0.06, size * 0.19, size * 0.045, INK)
    board.box(x - size * 0.07, y - size * 0.17, size * 0.14, size * 0.11, INK)


def _wig(board: Board, x: float, y: float, size: float) -> None:
    board.oval(x, y - size * 0.07, size * 0.14, size * 0.075, INK)
    board.oval(x + size * 0.05, y - size * 0.1, size * 0.08, size * 0.04, (70, 62, 56))


def _plume(board: Board, x: float, y: float, size: float) -> None:
    board.oval(x, y - size * 0.06, size * 0.15, size * 0.035, INK)
    board.oval(x, y - size * 0.1, size * 0.08, size * 0.07, INK)
    board.brush([(x, y - size * 0.14), (x + size * 0.05, y - size * 0.26)], size * 0.05, RED)


_HATS: dict[str, Callable[[Board, float, float, float], None]] = {
    "braid": _braid,
    "gat": _gat,
    "wig": _wig,
    "plume": _plume,
}


def genre(asset: Asset) -> Board:
    """A genre scene by the name of its style; "…_photo" makes an old photograph of the same."""
    photo = asset.style.endswith("_photo")
    board = Board(asset, (226, 212, 180))
    _SCENES[asset.style.removesuffix("_photo")](board)
    if photo:
        photograph(board)
    else:
        seal(board, board.width - 130, board.height - 210, "見本", 40)
    return board


def photograph(board: Board) -> None:
    """Make the picture an old photograph: brown tones, pale corners, a white edge."""
    w, h = board.width, board.height
    board.wash([(0, 0), (w, 0), (w, 60), (60, 60), (60, h), (0, h)], INK, 0.3, 40)
    board.wash([(w, 0), (w, h), (0, h), (0, h - 60), (w - 60, h - 60), (w - 60, 0)], INK, 0.3, 40)
    board.tint((52, 40, 32), (238, 226, 202))
    board.box(0, 0, w, h, None, (246, 242, 232), 36)


def _crowd(
    board: Board, x: float, y: float, rx: float, ry: float, count: int, size: float, gap: float = 0.0
) -> None:
    seats = sorted(ring(x, y, rx, ry, count, 0.03), key=lambda point: point[1])
    for number, (px, py) in enumerate(seats):
        if abs(px - x) < gap and py > y:
            continue
        coat = (WHITE, CREAM, SOFT, (214, 196, 168))[number % 4]
        person(
            board,
            px,
            py,
            size,
            coat,
            (WHITE, SOFT, WHITE)[number % 3],
            ("gat", "", "braid")[number % 3],
            0.15,
            seated=True,
        )


def _wrestling(board: Board) -> None:
    w, h = board.width, board.height
    _crowd(board, w / 2, h * 0.55, w * 0.38, h * 0.3, 15, h * 0.17, w * 0.1)
    x, y, size = w / 2, h * 0.66, h * 0.34
    for side in (-1, 1):
        _wrestler(board, x, y, size, side)
    for dx in (-0.08, 0.06):
        board.shape(ring(w * 0.2 + dx * w, h * 0.9, 34, 17, 12), BROWN, INK, 2)
    person(board, w * 0.86, h * 0.93, h * 0.26, (206, 190, 160), WHITE, "braid", 0.4)
    board.box(w * 0.82, h * 0.8, w * 0.08, h * 0.02, BROWN, INK, 2)


def _wrestler(board: Board, x: float, y: float, size: float, side: int) -> None:
    board.brush(
        [
            (x + side * size * 0.1, y - size * 0.4),
            (x + side * size * 0.22, y - size * 0.16),
            (x + side * size * 0.3, y),
        ],
        size * 0.17,
        WHITE,
        0.6,
    )
    board.line(
        curve(
            [
                (x + side * size * 0.18, y - size * 0.4),
                (x + side * size * 0.31, y - size * 0.16),
                (x + side * size * 0.38, y),
            ]
        ),
        INK,
        3,
    )
    board.brush(
        [(x, y - size * 0.34), (x - side * size * 0.06, y - size * 0.1), (x + side * size * 0.06, y)],
        size * 0.14,
        CREAM,
        0.6,
    )
    board.brush([(x + side * size * 0.06, y - size * 0.66), (x + side * size * 0.12, y - size * 0.5),
                 (x + side * size * 0.06, y - size * 0.34)],
                size * 0.3, WHITE if side > 0 else SOFT, 0.6)  # fmt: skip
    board.brush([(x + side * size * 0.1, y - size * 0.6), (x - side * size * 0.1, y - size * 0.5),
                 (x - side * size * 0.18, y - size * 0.36)], size * 0.09,
                CREAM, 0.5)  # fmt: skip
    board.line(
        curve(
            [
                (x + side * size * 0.1, y - size * 0.6),
                (x - side * size * 0.1, y - size * 0.47),
                (x - side * size * 0.18, y - size * 0.36),
            ]
        ),
        INK,
        3,
    )
    board.oval(x + side * size * 0.1, y - size * 0.74, size * 0.08, size * 0.09, _SKIN, INK, 3)
    _topknot(board, x + side * size * 0.1, y - size * 0.74, size)


def _school(board: Board) -> None:
    w, h = board.width, board.height
    person(board, w * 0.5, h * 0.34, h * 0.26, CREAM, SOFT, "gat", 0.2, seated=True)
    board.box(w * 0.4, h * 0.33, w * 0.2, h * 0.05, BROWN, INK, 4)
    board.box(w * 0.44, h * 0.322, w * 0.12, h * 0.014, WHITE, INK, 2)
    for number, (x, y) in enumerate(
        ((0.2, 0.44), (0.16, 0.6), (0.22, 0.76), (0.8, 0.44), (0.84, 0.58), (0.82, 0.72), (0.72, 0.85))
    ):
        person(
            board,
            w * x,
            h * y,
            h * 0.17,
            (WHITE, (150, 176, 160), CREAM)[number % 3],
            WHITE,
            "braid",
            0.1,
            seated=True,
        )
        board.box(w * x - 60, h * y + 8, 120, 34, WHITE, INK, 2)
    person(board, w * 0.5, h * 0.66, h * 0.19, (206, 196, 176), WHITE, "braid", 0.95, seated=True)
    board.box(w * 0.5 + 90, h * 0.66, 120, 34, WHITE, INK, 2)


def _dance(board: Board) -> None:
    w, h = board.width, board.height
    for x, y, hat in (
        (0.2, 0.4, "gat"),
        (0.4, 0.3, "gat"),
        (0.62, 0.3, "gat"),
        (0.82, 0.4, "gat"),
        (0.14, 0.56, ""),
        (0.86, 0.58, "gat"),
    ):
        person(
            board,
            w * x,
            h * y,
            h * 0.2,
            (WHITE, CREAM, SOFT)[round(x * 10) % 3],
            WHITE,
            hat,
            0.3,
            seated=True,
        )
    x, y, size = w * 0.52, h * 0.86, h * 0.36
    person(board, x, y, size, GREEN, (120, 84, 96), "braid", 0.9)
    board.brush(
        [
            (x + size * 0.3, y - size * 0.92),
            (x + size * 0.44, y - size * 1.04),
            (x + size * 0.6, y - size * 0.9),
        ],
        30,
        GREEN,
        0.3,
    )
    board.brush(
        [
            (x - size * 0.3, y - size * 0.92),
            (x - size * 0.44, y - size * 1.02),
            (x - size * 0.58, y - size * 0.84),
        ],
        30,
        GREEN,
        0.3,
    )
    board.oval(w * 0.2, h * 0.44, 60, 74, (166, 72, 56), INK, 4)
    board.oval(w * 0.2, h * 0.44, 36, 46, CREAM, INK, 3)


def _plough(board: Board) -> None:
    w, h = board.width, board.height
    for row in range(8):
        y = h * (0.5 + row * 0.06)
        board.brush([(w * 0.04, y + 30), (w * 0.5, y), (w * 0.97, y + 26)], 6, BROWN)
    for x in (0.3, 0.5):
        _ox(board, w * x, h * 0.55 + (x - 0.3) * 120)
    board.line([(w * 0.6, h * 0.6), (w * 0.8, h * 0.68)], BROWN, 13)
    board.line([(w * 0.8, h * 0.68), (w * 0.84, h * 0.54)], BROWN, 13)
    person(board, w * 0.85, h * 0.74, h * 0.28, WHITE, SOFT, "", 0.3)
    for x in (0.24, 0.44):
        person(board, w * x, h * 0.94, h * 0.22, CREAM, WHITE, "", 0.5)
        board.line([(w * x + 40, h * 0.94), (w * x + 130, h * 0.76)], BROWN, 8)
    person(board, w * 0.2, h * 0.34, h * 0.16, WHITE, WHITE, "braid", 0.2)


def _ox(board: Board, x: float, y: float) -> None:
    coat: Color = (172, 116, 72)
    for dx in (-90, -60, 60, 90):
        board.line([(x + dx, y), (x + dx * 1.05, y + 120)], coat, 24)
    board.oval(x, y - 30, 130, 74, coat, INK, 4)
    board.oval(x - 150, y - 50, 56, 46, coat, INK, 4)
    for dx in (-176, -124):
        board.brush([(x + dx, y - 90), (x + dx - 10, y - 130), (x + dx + 20, y - 150)], 13, CREAM)
    board.oval(x - 170, y - 56, 6, 6, INK)


def _swing(board: Board) -> None:
    w, h = board.width, board.height
    pine(board, w * 0.12, h * 0.98, h * 0.95, 0.3, (86, 116, 84))
    board.brush([(w * 0.1, h * 0.12), (w * 0.4, h * 0.08), (w * 0.8, h * 0.12)], 34, BROWN, 0.5)
    rider(board, w * 0.52, h * 0.1, h * 0.5, 0.16, h * 0.3)
    board.brush(
        [(0, h * 0.86), (w * 0.4, h * 0.8), (w * 0.7, h * 0.9), (w, h * 0.84)], 70, (168, 190, 192), 0.6
    )
    for x, y, top in ((0.66, 0.93, SOFT), (0.8, 0.9, CREAM), (0.9, 0.97, WHITE)):
        person(board, w * x, h * y, h * 0.19, top, BLUE if x == 0.8 else WHITE, "wig", 0.6, seated=True)
    person(board, w * 0.34, h * 0.76, h * 0.26, OCHRE, BLUE, "wig", 0.2)


def rider(board: Board, x: float, top: float, rope: float, swing: float, size: float) -> None:
    """A woman standing on a swing; `swing` is its angle in radians."""
    seat = (x + math.sin(swing) * rope, top + math.cos(swing) * rope)
    for side in (-1, 1):
        board.line([(x + side * size * 0.16, top), (seat[0] + side * size * 0.2, seat[1])], BROWN, 6)
    person(board, seat[0], seat[1], size, OCHRE, RED, "braid", 0.75)
    board.box(seat[0] - size * 0.24, seat[1], size * 0.48, size * 0.04, BROWN, INK, 2)


def _moon(board: Board) -> None:
    w, h = board.width, board.height
    board.wash([(0, 0), (w, 0), (w, h), (0, h)], (96, 104, 118), 0.55, 4)
    board.oval(w * 0.3, h * 0.13, 70, 70, (244, 238, 206))
    board.oval(w * 0.3, h * 0.115, 62, 58, (166, 166, 162))
    board.box(w * 0.46, h * 0.3, w * 0.54, h * 0.36, (196, 186, 164), INK, 4)
    for row in range(5):
        board.line([(w * 0.46, h * (0.36 + row * 0.06)), (w, h * (0.36 + row * 0.06))], (150, 138, 118), 3)
    board.shape([(w * 0.42, h * 0.31), (w, h * 0.24), (w, h * 0.31)], (86, 82, 80), INK, 4)
    person(board, w * 0.4, h * 0.86, h * 0.36, (188, 196, 206), WHITE, "gat", 0.2)
    person(board, w * 0.66, h * 0.86, h * 0.34, (206, 222, 214), (92, 116, 150), "wig", 0.1)
    board.oval(w * 0.29, h * 0.74, 24, 34, (222, 120, 90), INK, 3)
    board.column(w * 0.92, h * 0.1, "月沈沈夜三更", 40)


_SCENES: dict[str, Callable[[Board], None]] = {
    "wrestling": _wrestling, "school": _school, "dance": _dance, "plough": _plough, "swing": _swing, "moon": _moon,
}  # fmt: skip
