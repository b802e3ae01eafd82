"""Court screens: sun, moon and five peaks; the ten signs of long life; their clouds, cranes and waves."""

from __future__ import annotations

from harvest.sample.drawings.board import (
    BROWN,
    GREEN,
    INK,
    RED,
    WHITE,
    Board,
    Color,
    Point,
    curve,
)
from harvest.sample.drawings.plants import pine
from harvest.sample.works import Asset


def sun_moon(asset: Asset) -> Board:
    """The screen behind the king's seat: five peaks, sun and moon, falls, pines and waves, all in mirror."""
    board = Board(asset, (64, 96, 128))
    w, h = board.width, board.height
    board.oval(w * 0.8, h * 0.16, w * 0.055, w * 0.055, RED)
    board.oval(w * 0.2, h * 0.16, w * 0.055, w * 0.055, WHITE)
    for share, top, reach in (
        (0.5, 0.62, 0.36),
        (0.27, 0.46, 0.27),
        (0.73, 0.46, 0.27),
        (0.08, 0.36, 0.24),
        (0.92, 0.36, 0.24),
    ):
        _peak(board, w * share, h * 0.78, w * reach, h * top)
    for x in (w * 0.385, w * 0.615):
        board.brush([(x, h * 0.36), (x - 6, h * 0.56), (x + 4, h * 0.78)], w * 0.022, WHITE, 0.7)
    waves(board, h * 0.76, 7)
    for x, lean in ((w * 0.07, 0.12), (w * 0.15, -0.1), (w * 0.93, -0.12), (w * 0.85, 0.1)):
        pine(board, x, h * 0.86, h * 0.42, lean, (44, 98, 74))
    return board


def _peak(board: Board, x: float, y: float, width: float, height: float) -> None:
    for share, tone in ((1.0, (70, 122, 98)), (0.74, (86, 142, 130)), (0.46, (58, 104, 128))):
        line: list[Point] = [(x - width * share / 2, y), (x - width * share * 0.36, y - height * share * 0.5),
                             (x - width * share * 0.12, y - height * share * 0.9), (x, y - height * share),
                             (x + width * share * 0.12, y - height * share * 0.9), (x + width * share * 0.36,
                                     y - height * share * 0.5),
                             (x + width * share / 2, y)]  # fmt: skip
        board.shape(curve(line), tone, (214, 190, 120), 4)


def waves(board: Board, y: float, rows: int) -> None:
    """Rows of scale-like waves with white crests, down to the lower edge."""
    step = (board.height - y) / rows
    for row in range(rows + 1):
        base = y + row * step
        for place in range(-1, round(board.width / (step * 1.6)) + 2):
            x = place * step * 1.6 + (step * 0.8 if row % 2 else 0)
            board.oval(x, base + step, step * 0.95, step * 0.95, (72, 124, 152), WHITE, 4)
            board.oval(x, base + step * 1.1, step * 0.6, step * 0.6, None, (150, 190, 200), 3)


def longevity(asset: Asset) -> Board:
    """Sun, clouds, mountains, water, rock, pines, cranes, deer, turtle and the herb of long life."""
    board = Board(asset, (206, 186, 142))
    w, h = board.width, board.height
    board.oval(w * 0.86, h * 0.12, 84, 84, RED)
    for share, top, tone in (
        (0.16, 0.42, (86, 132, 112)),
        (0.46, 0.36, (64, 110, 122)),
        (0.76, 0.46, (86, 132, 112)),
    ):
        _peak_at(board, w * share, h * 0.72, w * 0.5, h * top, tone)
    for x, y in ((w * 0.3, h * 0.12), (w * 0.6, h * 0.2), (w * 0.12, h * 0.26)):
        cloud(board, x, y, 1.1)
    waves(board, h * 0.86, 3)
    board.brush([(w * 0.58, h * 0.42), (w * 0.56, h * 0.6), (w * 0.6, h * 0.86)], 44, WHITE, 0.5)
    for x, lean in ((w * 0.14, 0.16), (w * 0.82, -0.18), (w * 0.36, 0.1)):
        pine(board, x, h * 0.84, h * 0.36, lean, (44, 98, 74))
    for x, y, size in ((w * 0.44, h * 0.3, 1.0), (w * 0.7, h * 0.36, 0.8), (w * 0.26, h * 0.74, 1.0)):
        crane(board, x, y, size)
    for x, y in ((w * 0.5, h * 0.8), (w * 0.66, h * 0.82)):
        _deer(board, x, y)
    board.oval(w * 0.3, h * 0.93, 74, 44, GREEN, INK, 4)
    board.oval(w * 0.3 + 86, h * 0.915, 24, 17, GREEN, INK, 3)
    for x in (w * 0.08, w * 0.46, w * 0.9):
        for dx in (0, 34):
            board.line([(x + dx, h * 0.87), (x + dx, h * 0.835)], BROWN, 6)
            board.oval(x + dx, h * 0.83, 26, 13, (176, 74, 60), INK, 2)
    return board


def _peak_at(board: Board, x: float, y: float, width: float, height: float, tone: Color) -> None:
    line = [(x - width / 2, y), (x - width * 0.3, y - height * 0.6), (x - width * 0.1, y - height * 0.92),
            (x + width * 0.06, y - height),
            (x + width * 0.24, y - height * 0.66), (x + width / 2, y)]  # fmt: skip
    board.shape(curve(line), tone, (60, 70, 60), 4)
    for share in (0.7, 0.45):
        board.line(
            curve([(px * share + x * (1 - share), py * share + y * (1 - share)) for px, py in line]),
            (196, 196, 150),
            4,
        )


def cloud(
    board: Board, x: float, y: float, size: float, color: Color = WHITE, edge: Color = (168, 96, 84)
) -> None:
    """A curling cloud as painters of the court drew it."""
    for dx, dy, reach in ((-90, 10, 50), (-30, -16, 62), (46, -6, 56), (104, 14, 40), (10, 24, 56)):
        board.oval(x + dx * size, y + dy * size, reach * size, reach * 0.62 * size, color, edge, 3)
    board.oval(x + 4 * size, y + 6 * size, 70 * size, 26 * size, color)


def crane(board: Board, x: float, y: float, size: float) -> None:
    """A white crane in flight."""
    board.brush(
        [(x - 130 * size, y - 60 * size), (x - 40 * size, y - 40 * size), (x, y)], 46 * size, WHITE, 0.1
    )
    board.brush(
        [(x + 100 * size, y - 110 * size), (x + 40 * size, y - 50 * size), (x, y)], 46 * size, WHITE, 0.1
    )
    board.brush([(x - 130 * size, y - 60 * size), (x - 96 * size, y - 58 * size)], 22 * size, INK)
    board.brush([(x + 100 * size, y - 110 * size), (x + 76 * size, y - 84 * size)], 22 * size, INK)
    board.brush(
        [(x - 60 * size, y + 44 * size), (x, y + 4 * size), (x + 60 * size, y - 16 * size)],
        44 * size,
        WHITE,
        0.2,
    )
    board.brush(
        [(x + 50 * size, y - 10 * size), (x + 110 * size, y - 16 * size), (x + 150 * size, y + 4 * size)],
        14 * size,
        WHITE,
        0.6,
    )
    board.oval(x + 150 * size, y, 9 * size, 8 * size, RED)
    board.line([(x + 156 * size, y + 3 * size), (x + 196 * size, y + 12 * size)], INK, 4 * size)
    board.line([(x - 56 * size, y + 44 * size), (x - 130 * size, y + 84 * size)], INK, 4 * size)


def _deer(board: Board, x: float, y: float) -> None:
    coat: Color = (188, 132, 84)
    for dx in (-46, -30, 30, 46):
        board.line([(x + dx, y - 10), (x + dx, y + 74)], coat, 11)
    board.oval(x, y - 24, 70, 38, coat, INK, 3)
    board.brush([(x + 50, y - 36), (x + 80, y - 90), (x + 90, y - 110)], 34, coat, 0.5)
    board.oval(x + 102, y - 116, 30, 18, coat, INK, 3)
    for dx in (-6, 12):
        board.brush(
            [(x + 92 + dx, y - 130), (x + 84 + dx * 2, y - 176), (x + 100 + dx * 2, y - 206)], 7, BROWN
        )
    for dx, dy in ((-30, -34), (-4, -26), (24, -38), (-14, -10)):
        board.oval(x + dx, y + dy, 6, 5, WHITE)
