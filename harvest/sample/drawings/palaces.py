"""Palaces seen from the air."""

from __future__ import annotations

from harvest.sample.drawings.board import Board
from harvest.sample.drawings.buildings import roof
from harvest.sample.drawings.light import fill
from harvest.sample.drawings.plants import pine
from harvest.sample.drawings.worlds import little_peak
from harvest.sample.works import Asset


def bird_eye(asset: Asset) -> Board:
    """Palaces seen from the air: slanting rows of halls and walls among wooded hills; wide, or one court closer."""
    board = Board(asset, (206, 206, 166), fine=1 if asset.size[0] > 2600 else 2)
    w, h = board.width, board.height
    unit = h / 8.6 if asset.style != "court" else h / 5.4
    fill(board, [(0, 0), (w, 0), (w, h), (0, h)], (188, 204, 176), (214, 214, 172), (222, 214, 170))
    for row in range(4):
        for place in range(round(w / unit / 1.3) + 2):
            x = place * unit * 1.3 + (row % 2) * unit * 0.6 + board.random.uniform(-0.3, 0.3) * unit
            little_peak(
                board,
                x,
                unit * (1.2 + row * 0.6),
                unit * board.random.uniform(0.7, 1.3),
                ((96, 132, 118), (112, 146, 116), (132, 156, 120), (146, 164, 126))[row],
            )
    rows = 7 if asset.style != "court" else 4
    for row in range(rows):
        y = h * (0.36 if asset.style != "court" else 0.44) + row * unit * 0.96
        shift = -row * unit * 0.5
        for place in range(round(w / unit / 2.1) + 4):
            x = place * unit * 2.1 + shift % (unit * 2.1) - unit
            if board.random.random() < 0.17:
                for _ in range(3):
                    px, py = (
                        x + board.random.uniform(-0.6, 0.6) * unit,
                        y + board.random.uniform(-0.3, 0.1) * unit,
                    )
                    pine(
                        board, px, py, unit * board.random.uniform(0.6, 0.9), board.random.uniform(-0.2, 0.2)
                    )
                continue
            _slanted_court(board, x, y, unit, (row * 7 + place) % 5)
    for number in range(round(w / unit)):
        x = number * unit * 1.3 + board.random.uniform(-0.3, 0.3) * unit
        board.oval(
            x,
            h * 0.34 + board.random.uniform(-0.2, 0.3) * unit,
            unit * 0.28,
            unit * 0.22,
            ((232, 180, 184), (120, 156, 112), (142, 170, 120))[number % 3],
        )
    return board


def _slanted_court(board: Board, x: float, y: float, unit: float, number: int) -> None:
    """A walled court with its hall, seen from above its right side."""
    slant = unit * 0.46
    wall = [
        (x - unit * 0.9, y),
        (x + unit * 0.9, y),
        (x + unit * 0.9 + slant, y - unit * 0.8),
        (x - unit * 0.9 + slant, y - unit * 0.8),
    ]
    fill(board, wall, (232, 224, 190), (224, 212, 172))
    board.line(wall, (120, 108, 96), unit * 0.06, close=True)
    board.line([(px, py - unit * 0.05) for px, py in wall], (84, 84, 88), unit * 0.05, close=True)
    width = unit * (1.3, 1.0, 1.16, 0.86, 1.0)[number]
    cx, cy = x + slant * 0.55, y - unit * 0.3
    board.box(
        cx - width * 0.42,
        cy - unit * 0.34,
        width * 0.84,
        unit * 0.34,
        (206, 106, 82),
        (90, 60, 50),
        max(1.0, unit * 0.012),
    )
    for step in range(5):
        board.line(
            [(cx - width * (0.42 - 0.21 * step), cy - unit * 0.34), (cx - width * (0.42 - 0.21 * step), cy)],
            (90, 60, 50),
            max(1.0, unit * 0.02),
        )
    roof(board, cx, cy - unit * 0.3, width * 1.1, unit * 0.34, (88, 92, 98))
