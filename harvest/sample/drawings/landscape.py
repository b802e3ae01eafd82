"""Mountains and water: ink landscapes, the winter scene, the court screens of peaks and long life."""

from __future__ import annotations

import math
from collections.abc import Callable

from harvest.sample.drawings.board import (
    BLUE,
    BROWN,
    CREAM,
    HANJI,
    INK,
    PINK,
    SILK,
    WHITE,
    Board,
    Color,
    Point,
    curve,
)  # fmt: skip
from harvest.sample.drawings.plants import pine, seal
from harvest.sample.works import Asset

_GREY: Color = (128, 122, 112)
_MIST: Color = (226, 218, 198)


def ridge(
    board: Board, x: float, y: float, width: float, height: float, dark: Color, washes: float = 0.5
) -> list[Point]:
    """One mountain: a rugged outline, a wash, and strokes that follow its slope. Gives the outline."""
    dice = board.random
    steps = 9
    line: list[Point] = []
    for number in range(steps + 1):
        share = number / steps
        rise = math.sin(math.pi * share) ** 1.3
        line.append((x + width * (share - 0.5), y - height * rise * dice.uniform(0.86, 1.08)))
    outline = curve(line)
    board.shape([*outline, (x + width / 2, y), (x - width / 2, y)], _MIST)
    board.wash([*outline, (x + width / 2, y), (x - width / 2, y)], dark, washes, 10)
    board.brush(line, 9, INK, 0.4)
    for number in range(2, steps - 1):
        px, py = line[number]
        for _ in range(4):
            start = (px + dice.uniform(-26, 26), py + dice.uniform(8, height * 0.2))
            reach = height * dice.uniform(0.12, 0.4)
            board.brush(
                [start, (start[0] + dice.uniform(-20, 20), start[1] + reach)], dice.uniform(4, 13), dark, 0.1
            )
    return outline


def mist(board: Board, y: float, height: float, strength: float = 0.85) -> None:
    """A bank of mist across the picture."""
    w = board.width
    board.wash([(0, y), (w * 0.3, y - height * 0.4), (w * 0.7, y + height * 0.1), (w, y - height * 0.3),
                (w, y + height),
                (w * 0.5, y + height * 0.8), (0, y + height)], _MIST, strength, 26)  # fmt: skip


def landscape(asset: Asset) -> Board:
    """A landscape in ink, by the name of its style."""
    board = Board(asset, SILK if asset.style == "dream" else HANJI)
    _SCENES[asset.style](board)
    return board


def _inwang(board: Board) -> None:
    w, h = board.width, board.height
    for x, y, width, height in (
        (w * 0.2, h * 0.56, w * 0.5, h * 0.3),
        (w * 0.82, h * 0.58, w * 0.46, h * 0.34),
    ):
        ridge(board, x, y, width, height, _GREY)
    dome = [(w * 0.26, h * 0.62), (w * 0.3, h * 0.34), (w * 0.42, h * 0.16), (w * 0.56, h * 0.13),
            (w * 0.66, h * 0.24), (w * 0.74, h * 0.42),
            (w * 0.78, h * 0.62)]  # fmt: skip
    board.shape(curve(dome), (96, 90, 82))
    board.wash(curve(dome), INK, 0.55, 18)
    for number in range(46):
        x = w * 0.31 + number * w * 0.0095
        top = h * (0.2 + 0.16 * abs(number - 24) / 24)
        board.brush([(x, top), (x - 6, top + h * 0.12), (x + 8, top + h * board.random.uniform(0.2, 0.36))],
                    board.random.uniform(8, 20),
                    board.random.choice((INK, (62, 56, 50), (112, 104, 94))), 0.3)  # fmt: skip
    board.line(curve(dome), INK, 5)
    mist(board, h * 0.56, h * 0.12)
    mist(board, h * 0.68, h * 0.1, 0.9)
    for x, y, size in (
        (w * 0.1, h * 0.9, 260),
        (w * 0.24, h * 0.95, 220),
        (w * 0.9, h * 0.88, 280),
        (w * 0.76, h * 0.96, 210),
        (w * 0.44, h * 0.97, 170),
    ):
        pine(board, x, y, size, board.random.uniform(-0.2, 0.2), (70, 72, 62))
    house(board, w * 0.6, h * 0.9, 170)
    board.column(w - 110, 120, "仁王霽色", 56)
    seal(board, w - 150, 400, "見本")


def house(board: Board, x: float, y: float, size: float) -> None:
    """A small tiled house seen from the front."""
    board.box(x - size * 0.4, y - size * 0.3, size * 0.8, size * 0.3, CREAM, INK, 3)
    board.shape(curve([(x - size * 0.62, y - size * 0.26), (x - size * 0.4, y - size * 0.36),
                       (x, y - size * 0.56), (x + size * 0.4, y - size * 0.36),
                       (x + size * 0.62, y - size * 0.26), (x, y - size * 0.3)]), (92, 86,
                               80), INK, 3)  # fmt: skip
    for step in (-0.2, 0.0, 0.2):
        board.line([(x + step * size, y - size * 0.28), (x + step * size, y)], INK, 3)


def _geumgang(board: Board) -> None:
    w, h = board.width, board.height
    board.wash([(0, 0), (w, 0), (w, h * 0.2), (0, h * 0.24)], BLUE, 0.22, 40)
    for row in range(9):
        y = h * (0.2 + row * 0.075)
        reach = w * 0.42 * math.sin(math.pi * (row + 1.6) / 11)
        for place in range(7):
            x = w * 0.54 + (place - 3) * reach / 3.1 + board.random.uniform(-16, 16)
            height = board.random.uniform(0.09, 0.15) * h * (1.35 if row < 2 else 1)
            _needle(board, x, y + h * 0.06, reach / 4.2, height)
    for _ in range(120):
        angle = board.random.uniform(0.42, 1.1) * math.pi
        reach = board.random.uniform(0.86, 1.12)
        x, y = w * 0.52 + math.cos(angle) * w * 0.44 * reach, h * 0.53 + math.sin(angle) * h * 0.34 * reach
        board.oval(x, y, 44, 26, (104, 122, 104), (64, 80, 68), 2)
        board.brush([(x - 30, y + 6), (x, y - 10), (x + 30, y + 6)], 8, (58, 72, 60))
    board.brush(
        [
            (w * 0.62, h * 0.3),
            (w * 0.5, h * 0.45),
            (w * 0.6, h * 0.6),
            (w * 0.46, h * 0.75),
            (w * 0.5, h * 0.95),
        ],
        26,
        (214, 220, 214),
        0.6,
    )
    for x, y in ((w * 0.36, h * 0.72), (w * 0.68, h * 0.62), (w * 0.3, h * 0.84)):
        house(board, x, y, 110)
    board.column(w - 110, 130, "金剛全圖", 60)
    board.column(110, 130, "見本", 60)


def _needle(board: Board, x: float, y: float, width: float, height: float) -> None:
    tip = (x + board.random.uniform(-10, 10), y - height)
    sides = [
        (x - width / 2, y),
        (x - width * 0.28, y - height * 0.6),
        tip,
        (x + width * 0.22, y - height * 0.66),
        (x + width / 2, y),
    ]
    board.shape(sides, (232, 228, 214), INK, 3)
    for share in (-0.2, -0.05, 0.1, 0.24):
        board.brush(
            [(tip[0] + share * width * 0.3, tip[1] + height * 0.16), (x + share * width, y - height * 0.1)],
            5,
            _GREY,
            0.2,
        )


def _dream(board: Board) -> None:
    w, h = board.width, board.height
    for share, top, tone in (
        (0.1, 0.26, _GREY),
        (0.28, 0.36, INK),
        (0.46, 0.5, _GREY),
        (0.63, 0.58, INK),
        (0.83, 0.64, _GREY),
        (0.96, 0.5, INK),
    ):
        ridge(board, w * share, h * 0.92, w * 0.3, h * top, tone, 0.42)
    mist(board, h * 0.86, h * 0.12, 0.7)
    for number in range(90):
        x, y = board.random.uniform(w * 0.66, w * 0.97), board.random.uniform(h * 0.66, h * 0.9)
        board.oval(x, y, 13, 11, PINK if number % 3 else WHITE, (150, 84, 84), 1.5)
    house(board, w * 0.86, h * 0.72, 120)
    board.brush(
        [(w * 0.06, h * 0.95), (w * 0.3, h * 0.84), (w * 0.5, h * 0.9), (w * 0.7, h * 0.8)],
        12,
        (216, 208, 184),
        0.5,
    )
    board.column(90, 90, "夢遊桃源", 52)
    seal(board, 66, 370, "見本", 40)


def _river(board: Board) -> None:
    w, h = board.width, board.height
    for share, top in ((0.2, 0.32), (0.55, 0.26), (0.9, 0.36)):
        ridge(board, w * share, h * 0.46, w * 0.5, h * top, _GREY, 0.4)
    mist(board, h * 0.43, h * 0.08)
    for row in range(16):
        y = h * (0.5 + row * 0.022)
        board.brush([(w * 0.05, y), (w * 0.4, y + 8), (w * 0.95, y)], 4, (120, 138, 144))
    _boat(board, w * 0.6, h * 0.66)
    ridge(board, w * 0.12, h, w * 0.56, h * 0.2, INK, 0.5)
    pine(board, w * 0.2, h * 0.92, 330)


def _boat(board: Board, x: float, y: float) -> None:
    board.shape(
        curve(
            [
                (x - 190, y - 30),
                (x - 120, y + 30),
                (x + 120, y + 30),
                (x + 200, y - 40),
                (x + 100, y),
                (x - 100, y),
            ]
        ),
        BROWN,
        INK,
        3,
    )
    board.line([(x + 20, y), (x + 20, y - 260)], INK, 6)
    board.shape([(x + 26, y - 250), (x + 150, y - 210), (x + 140, y - 60), (x + 26, y - 50)], CREAM, INK, 3)
    for dx in (-90, -50, 70):
        board.oval(x + dx, y - 42, 15, 17, CREAM, INK, 2)
        board.shape(
            [(x + dx - 24, y), (x + dx - 10, y - 28), (x + dx + 10, y - 28), (x + dx + 24, y)], WHITE, INK, 2
        )


def _village(board: Board) -> None:
    w, h = board.width, board.height
    for share, top in ((0.5, 0.36), (0.18, 0.24), (0.84, 0.26)):
        ridge(board, w * share, h * 0.52, w * 0.56, h * top, _GREY, 0.4)
    mist(board, h * 0.5, h * 0.06)
    for number in range(7):
        house(board, w * (0.2 + 0.1 * number), h * (0.6 + 0.05 * (number % 3)), 120)
    board.brush(
        [(0, h * 0.86), (w * 0.35, h * 0.78), (w * 0.6, h * 0.88), (w, h * 0.8)], 60, (176, 194, 198), 0.7
    )
    for x in (0.08, 0.9, 0.8):
        pine(board, w * x, h * 0.78, 240)


_SCENES: dict[str, Callable[[Board], None]] = {
    "inwang": _inwang, "geumgang": _geumgang, "dream": _dream, "river": _river, "village": _village,
}  # fmt: skip


def winter(asset: Asset) -> Board:
    """A bare house among old trees in dry, sparing strokes."""
    board = Board(asset, (222, 210, 184))
    w, h = board.width, board.height
    x, y = w * 0.5, h * 0.8
    board.line([(x - 230, y), (x - 230, y - 130), (x + 170, y - 130), (x + 170, y)], _GREY, 5)
    board.line(
        [(x - 250, y - 130), (x - 170, y - 240), (x + 230, y - 240), (x + 190, y - 130), (x - 250, y - 130)],
        _GREY,
        5,
    )
    board.oval(x - 30, y - 60, 42, 42, None, _GREY, 5)
    for tx, lean, size in (
        (x + 250, -0.5, 560),
        (x + 340, 0.05, 520),
        (x - 330, 0.08, 470),
        (x - 430, -0.06, 440),
    ):
        top = y - size
        board.brush(
            [(tx, y), (tx + lean * 60, y - size * 0.5), (tx + lean * 200, top)], 36, (88, 80, 70), 0.25
        )
        for _ in range(26):
            nx, ny = (
                tx + lean * 160 + board.random.uniform(-120, 120),
                top + board.random.uniform(-20, size * 0.4),
            )
            for dx in (-22, -8, 8, 22):
                board.brush([(nx, ny), (nx + dx, ny - 30)], 4, INK)
    board.brush([(w * 0.04, y + 30), (w * 0.4, y + 14), (w * 0.96, y + 34)], 7, _GREY)
    board.column(w - 110, 120, "歲寒圖", 74)
    board.column(w - 210, 120, "추운 뒤에야 소나무가 늦게 시듦을 안다", 30, _GREY)
    seal(board, w - 145, 400, "見本")
    return board
