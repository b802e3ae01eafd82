"""Buildings and machines: a city gate, the lifting machine, an engine, a bridge, a wireless set."""

from __future__ import annotations

from harvest.sample.drawings.board import (
    BROWN,
    CREAM,
    GREEN,
    HANJI,
    INK,
    OCHRE,
    RED,
    Board,
    Color,
    Point,
    curve,
    ring,
)
from harvest.sample.drawings.people import person, photograph
from harvest.sample.works import Asset

_STONE: Color = (196, 188, 172)
_SKY: Color = (222, 218, 206)


def gate(asset: Asset) -> Board:
    """A stone arch with a pavilion of two roofs: in plain lines, or as an old photograph."""
    photo = asset.style == "photo"
    board = Board(asset, _SKY if photo else HANJI)
    w, h = board.width, board.height
    x, base, size = w / 2, h * 0.86, min(w, h)
    board.shape(
        [
            (x - size * 0.44, base),
            (x - size * 0.4, base - size * 0.3),
            (x + size * 0.4, base - size * 0.3),
            (x + size * 0.44, base),
        ],
        _STONE,
        INK,
        4,
    )
    for row in range(7):
        y = base - size * 0.043 * row
        board.line([(x - size * 0.44, y), (x + size * 0.44, y)], (140, 132, 118), 2)
        for number in range(13):
            px = x - size * 0.42 + number * size * 0.07 + (size * 0.035 if row % 2 else 0)
            board.line([(px, y), (px, y - size * 0.043)], (140, 132, 118), 2)
    arch = ring(x, base - size * 0.13, size * 0.09, size * 0.1, 40)
    vault = sorted(point for point in arch if point[1] <= base - size * 0.13)
    board.shape([(x - size * 0.09, base), *vault, (x + size * 0.09, base)], (48, 42, 38), INK, 6)
    for level, (y, reach) in enumerate(((base - size * 0.3, 0.34), (base - size * 0.5, 0.27))):
        _storey(board, x, y, size * reach, size, photo, level)
    for px in (0.1, 0.16, 0.84, 0.9) if photo else ():
        person(board, w * px, h * 0.95, size * 0.13, (240, 236, 226), (240, 236, 226), "gat", 0.1)
    if photo:
        photograph(board)
    else:
        board.column(w - 110, 130, "門樓圖", 76)
    return board


def _storey(board: Board, x: float, y: float, reach: float, size: float, photo: bool, level: int) -> None:
    height = size * 0.1
    board.box(x - reach, y - height, 2 * reach, height, (172, 120, 96) if photo else CREAM, INK, 3)
    for number in range(7):
        px = x - reach + number * reach / 3
        board.box(
            px - size * 0.008, y - height, size * 0.016, height, (150, 70, 56) if photo else HANJI, INK, 3
        )
    eave = y - height
    roof: list[Point] = [(x - reach * 1.34, eave - size * 0.02), (x - reach * 0.9, eave - size * 0.045),
                         (x - reach * 0.66, eave - size * 0.11),
                         (x + reach * 0.66, eave - size * 0.11), (x + reach * 0.9,
                                 eave - size * 0.045), (x + reach * 1.34, eave - size * 0.02),
                         (x + reach, eave + size * 0.012), (x, eave + size * 0.02), (x - reach,
                                 eave + size * 0.012)]  # fmt: skip
    board.shape(curve([*roof, roof[0]]), (96, 92, 88) if photo else (214, 200, 170), INK, 4)
    for number in range(25):
        share = number / 24
        board.line(
            [
                (x - reach * 0.66 + share * reach * 1.32, eave - size * 0.11),
                (x - reach * 1.2 + share * reach * 2.4, eave - size * 0.004),
            ],
            INK,
            2,
        )
    if level:
        board.brush(
            [
                (x - reach * 0.72, eave - size * 0.14),
                (x, eave - size * 0.118),
                (x + reach * 0.72, eave - size * 0.14),
            ],
            size * 0.022,
            INK,
            0.8,
        )
        board.box(x - size * 0.025, eave + size * 0.03, size * 0.05, size * 0.07, INK)


def crane(asset: Asset) -> Board:
    """The lifting machine: a frame, eight pulleys, ropes to two drums, a stone in the air."""
    board = Board(asset, HANJI)
    x = 640.0
    for foot, head in (
        ((240, 1380), (500, 330)),
        ((1040, 1380), (780, 330)),
        ((420, 1300), (540, 330)),
        ((860, 1300), (740, 330)),
    ):
        board.brush([foot, ((foot[0] + head[0]) / 2, (foot[1] + head[1]) / 2), head], 34, BROWN, 0.9)
    board.box(440, 300, 400, 52, BROWN, INK, 4)
    for row, y in enumerate((440, 640)):
        board.box(x - 190, y - 20, 380, 40, (176, 140, 96), INK, 4)
        for number in range(4):
            px = x - 140 + number * 94
            board.oval(px, y + (60 if row == 0 else -60), 40, 40, CREAM, INK, 4)
            board.oval(px, y + (60 if row == 0 else -60), 8, 8, INK)
    for number in range(4):
        px = x - 140 + number * 94
        board.line([(px - 38, 500), (px - 38, 580)], INK, 3)
        board.line([(px + 38, 500), (px + 38, 580)], INK, 3)
    board.line([(x - 120, 660), (x - 120, 860)], INK, 4)
    board.line([(x + 120, 660), (x + 120, 860)], INK, 4)
    board.shape([(x - 170, 860), (x + 170, 860), (x + 170, 1060), (x - 170, 1060)], _STONE, INK, 5)
    for side in (-1, 1):
        board.line([(x + side * 180, 500), (x + side * 400, 1130)], INK, 4)
        board.oval(x + side * 410, 1160, 76, 76, CREAM, INK, 5)
        for px, py in ring(x + side * 410, 1160, 104, 104, 8):
            board.line([(x + side * 410, 1160), (px, py)], BROWN, 8)
    board.column(130, 170, "擧重器 (견본)", 72)
    board.line([(160, 1400), (1120, 1400)], INK, 4)
    return board


def locomotive(asset: Asset) -> Board:
    """A small tank engine of the 1890s with smoke and a carriage."""
    board = Board(asset, _SKY)
    w, h = board.width, board.height
    y, size = h * 0.78, min(w, h * 1.4)
    x = w * 0.36
    for number in range(6):
        board.wash(
            ring(
                x - size * 0.12 + number * size * 0.1,
                h * 0.3 - number * h * 0.03,
                size * (0.05 + number * 0.014),
                size * 0.05,
            ),
            (250, 248, 240),
            0.8,
            16,
        )
    _engine(board, x, y, size)
    board.line([(0, y + 4), (w, y + 4)], INK, 9)
    for number in range(30):
        board.box(number * w / 28, y + 14, w / 70, 20, BROWN)
    for number, share in enumerate((0.06, 0.13, 0.9)):
        person(
            board,
            w * share,
            h * 0.97,
            h * 0.2,
            (244, 240, 230),
            (240, 236, 228),
            "gat" if number else "wig",
            0.2,
        )
    photograph(board)
    return board


def _engine(board: Board, x: float, y: float, size: float) -> None:
    dark: Color = (52, 50, 52)
    board.box(x - size * 0.26, y - size * 0.24, size * 0.36, size * 0.15, dark, INK, 3)
    board.oval(x - size * 0.26, y - size * 0.165, size * 0.04, size * 0.076, (70, 68, 70), INK, 4)
    board.box(x - size * 0.21, y - size * 0.36, size * 0.045, size * 0.13, dark, INK, 3)
    board.shape(
        [
            (x - size * 0.225, y - size * 0.38),
            (x - size * 0.15, y - size * 0.38),
            (x - size * 0.165, y - size * 0.34),
            (x - size * 0.21, y - size * 0.34),
        ],
        dark,
        INK,
        3,
    )
    board.oval(x - size * 0.06, y - size * 0.25, size * 0.035, size * 0.045, OCHRE, INK, 3)
    board.box(x + size * 0.06, y - size * 0.36, size * 0.16, size * 0.28, (84, 60, 50), INK, 4)
    board.box(x + size * 0.04, y - size * 0.385, size * 0.2, size * 0.03, dark, INK, 3)
    board.box(x + size * 0.09, y - size * 0.33, size * 0.1, size * 0.1, CREAM, INK, 3)
    board.box(x - size * 0.28, y - size * 0.1, size * 0.52, size * 0.035, RED, INK, 3)
    board.box(x + size * 0.27, y - size * 0.34, size * 0.42, size * 0.26, (140, 112, 80), INK, 4)
    for number in range(6):
        board.box(x + size * (0.3 + number * 0.065), y - size * 0.3, size * 0.045, size * 0.1, CREAM, INK, 3)
    for px, reach in (
        (-0.2, 0.045),
        (-0.08, 0.062),
        (0.05, 0.062),
        (0.18, 0.045),
        (0.34, 0.042),
        (0.6, 0.042),
    ):
        _wheel(board, x + px * size, y - reach * size, reach * size)


def _wheel(board: Board, x: float, y: float, reach: float) -> None:
    board.oval(x, y, reach, reach, (120, 110, 100), INK, 7)
    for px, py in ring(x, y, reach, reach, 10):
        board.line([(x, y), (px, py)], INK, 3)
    board.oval(x, y, reach * 0.22, reach * 0.22, INK)


def bridge(asset: Asset) -> Board:
    """A truss bridge over a wide river, a boat below."""
    board = Board(asset, _SKY)
    w, h = board.width, board.height
    board.shape(
        curve(
            [(0, h * 0.5), (w * 0.3, h * 0.4), (w * 0.6, h * 0.47), (w, h * 0.38), (w, h * 0.7), (0, h * 0.7)]
        ),
        (190, 188, 178),
    )
    board.shape([(0, h * 0.66), (w, h * 0.62), (w, h), (0, h)], (176, 184, 184))
    for row in range(14):
        y = h * (0.7 + row * 0.022)
        board.brush([(0, y + 10), (w * board.random.uniform(0.3, 0.7), y), (w, y + 8)], 4, (150, 160, 160))
    spans = 6
    reach = w / spans
    for number in range(spans + 1):
        x = number * reach
        board.shape(
            [(x - 26, h * 0.5), (x + 26, h * 0.5), (x + 38, h * 0.8), (x - 38, h * 0.8)], _STONE, INK, 3
        )
        if number < spans:
            _truss(board, x, reach)
    board.box(0, h * 0.49, w, h * 0.024, (60, 56, 52))
    _sailing_boat(board)
    photograph(board)
    return board


def _truss(board: Board, x: float, reach: float) -> None:
    top, floor, parts = board.height * 0.34, board.height * 0.5, 6
    board.line(
        [
            (x + 12, floor),
            (x + reach / parts, top),
            (x + reach - reach / parts, top),
            (x + reach - 12, floor),
        ],
        INK,
        8,
    )
    for part in range(parts):
        left, right = x + part * reach / parts, x + (part + 1) * reach / parts
        ends = ((left, floor), (right, top)) if part % 2 == 0 else ((left, top), (right, floor))
        board.line(list(ends), INK, 4)
        board.line([(right, floor), (right, top)], INK, 3)


def _sailing_boat(board: Board) -> None:
    w, h = board.width, board.height
    board.shape(
        curve(
            [
                (w * 0.52, h * 0.87),
                (w * 0.56, h * 0.93),
                (w * 0.72, h * 0.93),
                (w * 0.77, h * 0.86),
                (w * 0.64, h * 0.89),
            ]
        ),
        (96, 74, 54),
        INK,
        3,
    )
    board.line([(w * 0.64, h * 0.9), (w * 0.64, h * 0.68)], INK, 5)
    board.shape(
        [(w * 0.645, h * 0.69), (w * 0.72, h * 0.74), (w * 0.71, h * 0.86), (w * 0.645, h * 0.87)],
        CREAM,
        INK,
        3,
    )


def radio(asset: Asset) -> Board:
    """A wireless set with a horn, on a table with a cloth."""
    board = Board(asset, (214, 204, 184))
    w, h = board.width, board.height
    size = min(w, h) * 0.86
    x, y = w * 0.5, h * 0.78
    board.shape([(0, y), (w, y), (w, h), (0, h)], (150, 120, 88))
    board.shape(
        [
            (x - size * 0.62, y),
            (x + size * 0.62, y),
            (x + size * 0.56, h * 0.95),
            (x - size * 0.56, h * 0.95),
        ],
        CREAM,
        INK,
        3,
    )
    board.box(x - size * 0.42, y - size * 0.32, size * 0.62, size * 0.32, (112, 72, 48), INK, 5)
    board.box(x - size * 0.38, y - size * 0.28, size * 0.54, size * 0.24, (60, 48, 40), INK, 3)
    for number in range(3):
        cx = x - size * 0.28 + number * size * 0.17
        board.oval(cx, y - size * 0.15, size * 0.062, size * 0.062, (190, 160, 110), INK, 4)
        for px, py in ring(cx, y - size * 0.15, size * 0.085, size * 0.085, 14):
            board.oval(px, py, 3, 3, CREAM)
        board.line([(cx, y - size * 0.15), (cx + size * 0.03, y - size * 0.19)], INK, 4)
    board.brush(
        [
            (x + size * 0.32, y - size * 0.02),
            (x + size * 0.36, y - size * 0.24),
            (x + size * 0.3, y - size * 0.4),
        ],
        size * 0.07,
        (70, 60, 52),
        0.5,
    )
    board.shape(curve([(x + size * 0.27, y - size * 0.38), (x + size * 0.1, y - size * 0.5),
                       (x - size * 0.02, y - size * 0.72), (x + size * 0.36, y - size * 0.78),
                       (x + size * 0.46, y - size * 0.6), (x + size * 0.36, y - size * 0.4)]), (84, 70,
                               58), INK, 4)  # fmt: skip
    board.oval(x + size * 0.14, y - size * 0.7, size * 0.2, size * 0.09, (50, 44, 40), INK, 4)
    board.oval(x + size * 0.32, y - size * 0.01, size * 0.1, size * 0.025, (70, 60, 52), INK, 3)
    board.text(x - size * 0.11, y + size * 0.09, "JODK", size * 0.08, GREEN)
    photograph(board)
    return board
