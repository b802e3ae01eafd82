"""Robes spread out on a rail, their sleeves to both sides."""

from __future__ import annotations

from harvest.sample.drawings.board import (
    BLUE,
    GREEN,
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
)
from harvest.sample.drawings.light import fill, mixed
from harvest.sample.works import Asset

_RED: Color = (178, 44, 46)


_GOLD: Color = (222, 186, 104)


def _wall(asset: Asset, color: Color) -> Board:
    board = Board(asset, color)
    board.wash(
        ring(board.width * 0.4, board.height * 0.34, board.width * 0.5, board.height * 0.36), WHITE, 0.35, 120
    )
    board.line(
        [(board.width * 0.04, board.height * 0.165), (board.width * 0.96, board.height * 0.165)],
        (96, 70, 52),
        15,
    )
    return board


def _half_robe(
    w: float, h: float, side: int, sleeve: float, waist: float, hem: float, low: float
) -> list[Point]:
    """Half the outline of a robe hung by its sleeves: shoulder, sleeve, side, hem; shares of the picture's sides."""
    x = w * 0.5
    return [
        (x, h * 0.14),
        (x + side * w * 0.1, h * 0.135),
        (x + side * w * 0.44, h * 0.17),
        (x + side * w * 0.44, h * (0.17 + sleeve)),
        (x + side * w * (0.44 - 0.02), h * (0.19 + sleeve)),
        (x + side * w * waist, h * (0.2 + sleeve * 0.62)),
        (x + side * w * hem, h * low),
        (x, h * low),
    ]


def _sewn(board: Board, color: Color, sleeve: float, waist: float, hem: float, low: float) -> None:
    """Both halves of a robe, with folds."""
    w, h = board.width, board.height
    for side in (-1, 1):
        outline = _half_robe(w, h, side, sleeve, waist, hem, low)
        board.wash([(px + 16, py + 22) for px, py in outline], INK, 0.3, 14)
    for side in (-1, 1):
        outline = _half_robe(w, h, side, sleeve, waist, hem, low)
        fill(board, outline, mixed(color, WHITE, 0.14), color, mixed(color, INK, 0.16))
        board.line(outline, mixed(color, INK, 0.45), 3)
        for share in (0.3, 0.55, 0.8):
            board.line(
                curve(
                    [
                        (w * (0.5 + side * 0.06 * share), h * 0.44),
                        (w * (0.5 + side * (waist * 0.4 + hem * 0.3) * share), h * 0.62),
                        (w * (0.5 + side * hem * share), h * low),
                    ]
                ),
                mixed(color, INK, 0.14),
                3,
            )


def _bands(
    board: Board, side: int, sleeve: float, start: float, colors: tuple[Color, ...], width: float
) -> None:
    """Bands of colour across a sleeve, outwards from a share of the width."""
    w, h = board.width, board.height
    for number, color in enumerate(colors):
        near, far = start + width * number, start + width * (number + 1)
        points = [
            (w * (0.5 + side * near), h * (0.135 + near * 0.08)),
            (w * (0.5 + side * far), h * (0.135 + far * 0.08)),
            (w * (0.5 + side * far), h * (0.195 + sleeve) - h * 0.02),
            (w * (0.5 + side * near), h * (0.195 + sleeve) - h * 0.045 * (0.44 - near) / 0.3),
        ]
        fill(board, points, mixed(color, WHITE, 0.12), color)
        board.line(points, mixed(color, INK, 0.3), 2, close=True)


def robe(asset: Asset) -> Board:
    """A robe by the name of its style: the bride's, the court jacket, the child's coat of five colours."""
    board = _wall(
        asset, {"bride": (226, 216, 200), "jacket": (222, 206, 200), "child": (212, 216, 206)}[asset.style]
    )
    _ROBES[asset.style](board)
    return board


def _bride(board: Board) -> None:
    w, h = board.width, board.height
    _sewn(board, _RED, 0.42, 0.17, 0.24, 0.94)
    for side in (-1, 1):
        _bands(board, side, 0.42, 0.3, ((46, 78, 136), (226, 178, 66), (178, 44, 46), (244, 240, 230)), 0.035)
        for number, (dx, dy) in enumerate(
            ((0.09, 0.34), (0.17, 0.28), (0.24, 0.34), (0.12, 0.5), (0.07, 0.63), (0.16, 0.66))
        ):
            _embroidered(
                board,
                w * (0.5 + side * dx),
                h * dy,
                40,
                (PINK, (238, 206, 210), _GOLD, (226, 120, 96))[number % 4],
            )
    for row in range(4):
        y = h * (0.94 - 0.028 * row)
        for place in range(-8, 9):
            reach = w * 0.016
            x = w * 0.5 + (place + (row % 2) / 2) * reach * 1.8
            if abs(x - w * 0.5) < w * (0.23 - 0.006 * row) - reach:
                board.oval(
                    x,
                    y,
                    reach,
                    reach,
                    ((46, 78, 136), (92, 140, 150), (226, 206, 150), (62, 110, 96))[row],
                    WHITE,
                    2,
                )
    _phoenix(board, w * 0.42, h * 0.75, 1)
    _phoenix(board, w * 0.58, h * 0.75, -1)
    _collar(board, (244, 240, 230), 0.5)


def _embroidered(board: Board, x: float, y: float, reach: float, color: Color) -> None:
    """A peony in silk with two leaves."""
    for side in (-1, 1):
        board.brush(
            [(x, y), (x + side * reach, y + reach * 0.8), (x + side * reach * 1.5, y + reach * 0.6)],
            reach * 0.5,
            (74, 130, 96),
            0.1,
        )
    for size in (1.0, 0.66, 0.34):
        for px, py in ring(x, y, reach * size * 0.62, reach * size * 0.56, 8, size):
            board.oval(
                px,
                py,
                reach * size * 0.34,
                reach * size * 0.3,
                mixed(color, WHITE, 1 - size),
                mixed(color, INK, 0.3),
                1.5,
            )
    board.oval(x, y, reach * 0.12, reach * 0.12, _GOLD)


def _phoenix(board: Board, x: float, y: float, side: int) -> None:
    """A bird with five tail feathers, embroidered."""
    for number, color in enumerate(
        ((46, 78, 136), (226, 178, 66), (74, 130, 96), (238, 206, 210), (226, 120, 96))
    ):
        board.brush(
            [
                (x, y),
                (x - side * (60 + 14 * number), y - 20 + 16 * number),
                (x - side * (120 + 6 * number), y - 60 + 34 * number),
            ],
            17,
            color,
            0.3,
        )
    board.brush([(x - side * 20, y + 10), (x + side * 20, y - 6), (x + side * 44, y - 50)], 40, _GOLD, 0.4)
    board.brush(
        [(x - side * 40, y - 40), (x - side * 4, y - 16), (x + side * 10, y + 6)], 34, (74, 130, 96), 0.2
    )
    board.oval(x + side * 46, y - 56, 15, 14, _GOLD)
    board.brush([(x + side * 44, y - 66), (x + side * 30, y - 90)], 8, RED, 0.3)
    board.line([(x + side * 58, y - 56), (x + side * 74, y - 50)], OCHRE, 5)


def _collar(board: Board, color: Color, low: float, hem: float = 0.92) -> None:
    w, h = board.width, board.height
    for side in (-1, 1):
        points = [
            (w * 0.5 + side * w * 0.045, h * 0.125),
            (w * 0.5 + side * w * 0.07, h * 0.13),
            (w * 0.5 - side * w * 0.006, h * low),
            (w * 0.5 - side * w * 0.03, h * low),
        ]
        if side < 0 or low < 0.45:
            fill(board, points, mixed(color, WHITE, 0.3), color)
            board.line(points, mixed(color, INK, 0.35), 2, close=True)
    board.line([(w * 0.5, h * low), (w * 0.5, h * hem)], mixed(color, INK, 0.5), 2)


def _jacket(board: Board) -> None:
    w, h = board.width, board.height
    green: Color = (58, 116, 84)
    x = w * 0.5
    for shade in (True, False):
        for side in (-1, 1):
            outline = [*curve([(x, h * 0.14), (x + side * w * 0.1, h * 0.135), (x + side * w * 0.43, h * 0.19),
                (x + side * w * 0.44, h * 0.2)], 4), *curve([(x + side * w * 0.43, h * 0.4), (x + side * w * 0.28,
                h * 0.42), (x + side * w * 0.15, h * 0.38)], 6), *curve([(x + side * w * 0.13, h * 0.46),
                (x + side * w * 0.14, h * 0.66), (x + side * w * 0.2, h * 0.84), (x + side * w * 0.1, h * 0.9), (x,
                h * 0.88)], 6)]  # fmt: skip
            if shade:
                board.wash([(px + 16, py + 22) for px, py in outline], INK, 0.3, 14)
            else:
                fill(board, outline, mixed(green, WHITE, 0.16), green, mixed(green, INK, 0.2))
                board.line(outline, mixed(green, INK, 0.5), 3)
    for side in (-1, 1):
        fill(board, [(x + side * w * 0.405, h * 0.186), (x + side * w * 0.45, h * 0.19), (x + side * w * 0.44,
            h * 0.4), (x + side * w * 0.405, h * 0.407)], (250, 248, 240), (226, 222, 210))  # fmt: skip
        for dx, dy in ((0.1, 0.26), (0.2, 0.24), (0.3, 0.27), (0.15, 0.34), (0.25, 0.35), (0.35, 0.31), (0.08, 0.42),
            (0.08, 0.55), (0.1, 0.68), (0.13, 0.8), (0.05, 0.75)):  # fmt: skip
            _gold_round(board, x + side * w * dx, h * dy, 26)
        board.line(curve([(x + side * w * 0.19, h * 0.83), (x + side * w * 0.1, h * 0.885), (x, h * 0.868)]), _GOLD,
            9)  # fmt: skip
    _collar(board, (96, 40, 84), 0.36, 0.87)
    for side, length in ((-1, 0.42), (1, 0.36)):
        board.brush([(x + 6, h * 0.36), (x + side * w * 0.02, h * 0.5), (x + side * w * 0.045, h * (0.36 + length))],
            34, (164, 44, 62), 0.7)  # fmt: skip
    board.brush([(x - 30, h * 0.36), (x + 20, h * 0.35), (x + 90, h * 0.37)], 40, (164, 44, 62), 0.5)


def _gold_round(board: Board, x: float, y: float, reach: float) -> None:
    """A medallion of gold leaf."""
    board.oval(x, y, reach, reach, None, _GOLD, 4)
    for px, py in ring(x, y, reach * 0.55, reach * 0.55, 6):
        board.oval(px, py, reach * 0.2, reach * 0.2, _GOLD)
    board.oval(x, y, reach * 0.22, reach * 0.22, _GOLD)


def _child(board: Board) -> None:
    w, h = board.width, board.height
    x = w * 0.5
    _sewn(board, (150, 186, 98), 0.2, 0.13, 0.27, 0.92)
    for side in (-1, 1):
        gore = [(x + side * w * 0.12, h * 0.33), (x + side * w * 0.14, h * 0.34), (x + side * w * 0.268, h * 0.915),
            (x + side * w * 0.15, h * 0.915)]  # fmt: skip
        fill(board, gore, (176, 74, 116), (150, 56, 100))
        _bands(board, side, 0.2, 0.13, (RED, (240, 236, 226), (226, 178, 66), GREEN, PINK, BLUE, (240, 236, 226),
            (206, 76, 84)), 0.0385)  # fmt: skip
        fill(board, [(x + side * w * 0.12, h * 0.32), (x + side * w * 0.155, h * 0.325), (x + side * w * 0.165,
            h * 0.375), (x + side * w * 0.12, h * 0.37)], (226, 178, 66), (206, 154, 48))  # fmt: skip
    fill(board, [(x - w * 0.01, h * 0.36), (x + w * 0.045, h * 0.34), (x + w * 0.12, h * 0.915), (x - w * 0.01,
        h * 0.915)], (236, 196, 84), (214, 168, 60))  # fmt: skip
    _collar(board, (58, 88, 150), 0.36)
    board.brush([(x + 8, h * 0.36), (x + w * 0.02, h * 0.48), (x + w * 0.05, h * 0.66)], 36, (176, 74, 116),
        0.7)  # fmt: skip
    board.brush([(x + 4, h * 0.36), (x - w * 0.015, h * 0.5), (x - w * 0.03, h * 0.72)], 36, (176, 74, 116),
        0.7)  # fmt: skip
    board.brush([(x - 26, h * 0.36), (x + 20, h * 0.35), (x + 80, h * 0.37)], 38, (176, 74, 116), 0.5)
    for place in (-0.06, 0.0, 0.06):
        _gold_round(board, x + w * place, h * 0.86, 20)


_ROBES = {"bride": _bride, "jacket": _jacket, "child": _child}
