"""Old vessels and cut branches on one sheet."""

from __future__ import annotations

from harvest.sample.drawings.board import INK, WHITE, Board, Color, curve, ring
from harvest.sample.drawings.light import fill, mixed
from harvest.sample.drawings.plants import seal
from harvest.sample.works import Asset


def vessels(asset: Asset) -> Board:
    """Old bronzes and vases with cut branches of peony, narcissus and radish below each other on a tall sheet."""
    board = Board(asset, (232, 222, 200))
    w, h = board.width, board.height
    ink: Color = (74, 68, 62)
    tall = curve([(w * 0.34, h * 0.3), (w * 0.32, h * 0.34), (w * 0.22, h * 0.42), (w * 0.2, h * 0.52), (w * 0.3,
        h * 0.6), (w * 0.52, h * 0.6), (w * 0.62, h * 0.52), (w * 0.6, h * 0.42), (w * 0.5, h * 0.34), (w * 0.48,
        h * 0.3)])  # fmt: skip
    for px, py, color in ((0.3, 0.16, (226, 140, 150)), (0.46, 0.12, (240, 214, 214)), (0.56, 0.2, (206, 96, 110)),
        (0.4, 0.22, (236, 180, 186))):  # fmt: skip
        board.brush([(w * 0.41, h * 0.32), (w * (px + 0.41) / 2, h * 0.26), (w * px, h * py)], 13, (96, 116, 84),
            0.5)  # fmt: skip
        for reach in (1.0, 0.7, 0.4):
            for qx, qy in ring(w * px, h * py, w * 0.06 * reach, w * 0.055 * reach, 9, reach):
                board.oval(qx, qy, w * 0.036 * reach, w * 0.032 * reach, mixed(color, WHITE, 0.6 * (1 - reach)),
                    mixed(color, INK, 0.25), 2)  # fmt: skip
    for side, py in ((-1, 0.25), (1, 0.27), (1, 0.23)):
        board.brush([(w * 0.41, h * 0.31), (w * (0.41 + side * 0.12), h * py), (w * (0.41 + side * 0.26),
            h * (py + 0.02))], 60, (98, 126, 96), 0.05)  # fmt: skip
    fill(board, tall, (150, 140, 120), (96, 104, 96), (132, 126, 112))
    board.line(tall, ink, 6)
    for level in (0.4, 0.46, 0.52):
        board.line(curve([(w * 0.23, h * level), (w * 0.41, h * (level + 0.012)), (w * 0.59, h * level)]), ink,
            4)  # fmt: skip
    for number in range(7):
        x = w * (0.26 + 0.05 * number)
        board.line([(x, h * 0.43), (x + 22, h * 0.43), (x + 22, h * 0.45), (x + 8, h * 0.45)], (60, 66, 60),
            5)  # fmt: skip
    for side in (-1, 1):
        board.line(curve([(w * (0.41 + side * 0.1), h * 0.36), (w * (0.41 + side * 0.24), h * 0.36),
            (w * (0.41 + side * 0.2), h * 0.43)]), ink, 15)  # fmt: skip
    _tripod(board, w * 0.68, h * 0.76, w * 0.2, ink)
    _fruits(board)
    board.column(w * 0.92, h * 0.05, "吾園", 52)
    seal(board, w * 0.895, h * 0.12, "見本", 40)
    return board


def _fruits(board: Board) -> None:
    """Two radishes, red fruit and a root at the foot of the sheet."""
    w, h = board.width, board.height
    for x, y in ((0.2, 0.78), (0.3, 0.83)):
        fill(
            board,
            curve(
                [
                    (w * x, h * (y - 0.05)),
                    (w * (x + 0.08), h * (y - 0.02)),
                    (w * (x + 0.06), h * (y + 0.03)),
                    (w * x, h * (y + 0.07)),
                    (w * (x - 0.06), h * (y + 0.03)),
                    (w * (x - 0.08), h * (y - 0.02)),
                    (w * x, h * (y - 0.05)),
                ]
            ),
            (246, 240, 228),
            (214, 206, 190),
        )
        for turn in range(5):
            board.brush(
                [
                    (w * x, h * (y - 0.05)),
                    (w * (x - 0.04 + 0.02 * turn), h * (y - 0.09)),
                    (w * (x - 0.09 + 0.045 * turn), h * (y - 0.13)),
                ],
                30,
                (112, 142, 96),
                0.2,
            )
    for number in range(4):
        board.oval(
            w * (0.44 + 0.06 * number),
            h * (0.87 + 0.012 * (number % 2)),
            w * 0.035,
            w * 0.032,
            (196, 110, 62),
            (120, 64, 40),
            3,
        )
    board.brush([(w * 0.62, h * 0.93), (w * 0.74, h * 0.91), (w * 0.88, h * 0.93)], 22, (206, 150, 76), 0.4)


def _tripod(board: Board, x: float, y: float, reach: float, ink: Color) -> None:
    body = curve([(x - reach, y - reach * 0.8), (x - reach * 0.96, y - reach * 0.2), (x - reach * 0.6,
        y + reach * 0.2), (x + reach * 0.6, y + reach * 0.2), (x + reach * 0.96, y - reach * 0.2), (x + reach,
        y - reach * 0.8)])  # fmt: skip
    for dx in (-0.6, 0.0, 0.6):
        board.brush([(x + reach * dx, y), (x + reach * dx * 1.1, y + reach * 0.4), (x + reach * dx * 1.2,
            y + reach * 0.8)], reach * 0.2, (92, 100, 92), 0.5)  # fmt: skip
    fill(board, body, (132, 140, 126), (84, 94, 88))
    board.line(body, ink, 6)
    board.oval(x, y - reach * 0.8, reach, reach * 0.16, (60, 64, 60), ink, 5)
    for side in (-1, 1):
        board.box(x + side * reach * 0.78 - 17, y - reach * 1.3, 34, reach * 0.5, None, ink, 12)
    for number in range(5):
        board.oval(x + (number - 2) * reach * 0.36, y - reach * 0.36, reach * 0.12, reach * 0.12, None, (46, 52, 48),
            7)  # fmt: skip
    for number in range(7):
        px = x + (number - 3) * reach * 0.2
        board.brush([(px, y - reach * 0.8), (px + (number - 3) * 14, y - reach * 1.3), (px + (number - 3) * 30,
            y - reach * 1.7)], 20, (118, 146, 108), 0.1)  # fmt: skip
    for dx, dy in ((-0.3, -1.66), (0.1, -1.8), (0.44, -1.6)):
        for px, py in ring(x + dx * reach, y + dy * reach, 22, 22, 6, 0.1):
            board.oval(px, py, 17, 15, WHITE, (150, 140, 120), 2)
        board.oval(x + dx * reach, y + dy * reach, 12, 11, (236, 190, 80))
