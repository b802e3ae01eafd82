"""Instruments and small things: sundial, rain gauge, star chart, coins, a tag."""

from __future__ import annotations

import math

from harvest.sample.drawings.board import (
    BROWN,
    INK,
    OCHRE,
    RED,
    WHITE,
    Board,
    Color,
    curve,
)
from harvest.sample.drawings.objects import mirrored, shadow, stage, turned
from harvest.sample.works import Asset


def coins(asset: Asset) -> Board:
    """Coins laid out in rows, or run on a string."""
    board = stage(asset, (222, 214, 198))
    if asset.style == "string":
        for number in range(26):
            x, y = 250 + number * 27, 1180 - number * 30 + 120 * math.sin(number / 5)
            board.oval(x, y, 120, 130, (150 - number % 3 * 9, 116, 66), INK, 4)
            board.oval(x, y, 104, 114, None, (190, 156, 96), 3)
            board.box(x - 24, y - 26, 48, 52, (96, 78, 54), INK, 3)
        board.brush([(170, 1500), (210, 1330), (250, 1190)], 17, BROWN, 0.7)
        board.brush([(940, 430), (1010, 330), (1120, 300)], 17, BROWN, 0.7)
        return board
    for row in range(4):
        for column in range(3):
            _coin(board, 260 + column * 340, 270 + row * 360, 138)
    return board


def _coin(board: Board, x: float, y: float, reach: float) -> None:
    shadow(board, x, y + reach * 0.9, reach * 0.9)
    board.oval(x, y, reach, reach, (160, 124, 70), (86, 66, 40), 5)
    board.oval(x, y, reach * 0.88, reach * 0.88, (142, 108, 60), (190, 156, 96), 3)
    board.box(x - reach * 0.25, y - reach * 0.25, reach * 0.5, reach * 0.5, (222, 214, 198), (86, 66, 40), 5)
    for word, dx, dy in (("常", 0, -0.55), ("平", 0, 0.55), ("通", 0.55, 0), ("寶", -0.55, 0)):
        board.letter(x + dx * reach + 2, y + dy * reach + 2, word, reach * 0.42, (92, 66, 34))
        board.letter(x + dx * reach, y + dy * reach, word, reach * 0.42, (214, 180, 118))


def sundial(asset: Asset) -> Board:
    """The bowl that looks up at the sky: from the side on its feet, or from above with its lines."""
    board = stage(asset, (214, 208, 196))
    if asset.style == "plan":
        _sundial_from_above(board)
    else:
        _sundial_from_the_side(board)
    return board


def _sundial_from_above(board: Board) -> None:
    x, y = 600.0, 800.0
    board.oval(x, y, 470, 470, (92, 78, 60), INK, 6)
    board.oval(x, y, 400, 400, (70, 62, 52), (190, 164, 110), 5)
    for number in range(13):
        board.line(
            curve(
                [
                    (x - 380 + number * 10, y - 330 + number * 55),
                    (x, y - 390 + number * 66),
                    (x + 380 - number * 10, y - 330 + number * 55),
                ]
            ),
            (196, 172, 120),
            2.5,
        )
    for number in range(7):
        dx = (number - 3) * 112
        board.line(curve([(x + dx * 0.6, y - 390), (x + dx, y), (x + dx * 0.6, y + 390)]), (196, 172, 120), 4)
        board.letter(
            x + dx * 0.98, y + 436 - abs(number - 3) * 26, "卯辰巳午未申酉"[number], 44, (226, 202, 150)
        )
    board.brush([(x, y + 380), (x, y + 120), (x, y - 20)], 24, OCHRE, 0.1)


def _sundial_from_the_side(board: Board) -> None:
    x, y = 600.0, 760.0
    shadow(board, x, y + 470, 330)
    for dx in (-270, -90, 90, 270):
        board.brush(
            [(x + dx * 0.8, y + 240), (x + dx, y + 360), (x + dx * 0.9, y + 470)], 60, (96, 78, 56), 0.5
        )
    board.line([(x - 300, y + 462), (x + 300, y + 462)], (96, 78, 56), 30)
    turned(
        board,
        mirrored(x, [(420.0, y), (404, y + 120), (320, y + 260), (170, y + 350), (10, y + 376)]),
        (122, 98, 68),
        0.6,
    )
    board.oval(x, y, 440, 120, (110, 88, 60), INK, 5)
    board.oval(x, y, 392, 96, (60, 52, 44), (196, 170, 116), 4)
    for number in range(6):
        board.line(
            curve(
                [
                    (x - 340 + number * 24, y + 6 + number * 9),
                    (x, y + 26 + number * 12),
                    (x + 340 - number * 24, y + 6 + number * 9),
                ]
            ),
            (176, 152, 106),
            2,
        )
    for number in range(7):
        board.line(
            [
                (x + (number - 3) * 106, y - 74 + abs(number - 3) * 12),
                (x + (number - 3) * 66, y + 84 - abs(number - 3) * 10),
            ],
            (176, 152, 106),
            3,
        )
    board.brush([(x, y + 88), (x + 4, y + 30), (x + 6, y - 24)], 16, (226, 190, 110), 0.2)


def rain_gauge(asset: Asset) -> Board:
    """Three rings of bronze that make one tall vessel, on a stone or side by side."""
    board = stage(asset, (198, 204, 206))
    if asset.style == "parts":
        for number, x in enumerate((270, 600, 930)):
            _tube(board, x, 760, 118, 300)
            board.text(x, 1180, ("위", "가운데", "아래")[number], 46)
        return board
    board.shape([(330, 1180), (870, 1180), (920, 1480), (280, 1480)], (150, 146, 138), INK, 4)
    board.letter(540, 1330, "測", 76, (84, 80, 74))
    board.letter(660, 1330, "雨", 76, (84, 80, 74))
    for number in range(3):
        _tube(board, 600, 930 - number * 270, 130 - number * 4, 270)
    return board


def _tube(board: Board, x: float, y: float, reach: float, height: float) -> None:
    turned(
        board,
        [(x - reach, y), (x + reach, y), (x + reach, y + height), (x - reach, y + height)],
        (122, 132, 112),
        0.7,
    )
    for edge in (0.0, 0.5, 1.0):
        board.box(
            x - reach - (12 if edge != 0.5 else 5),
            y + height * edge - 14,
            2 * reach + (24 if edge != 0.5 else 10),
            26,
            (96, 106, 90),
            INK,
            3,
        )
    board.oval(x, y - 12, reach, 24, (70, 78, 68), INK, 3)


def tag(asset: Asset) -> Board:
    """A small wooden tag on a cord, without a word on it."""
    board = stage(asset, (216, 210, 200))
    shadow(board, 620, 1330, 190)
    board.brush([(600, 470), (520, 260), (640, 120), (690, 250), (606, 470)], 17, RED, 0.8)
    board.shape(
        [*curve([(470, 560), (600, 420), (730, 560)]), (730, 1320), (470, 1320)], (176, 132, 86), INK, 5
    )
    for number in range(9):
        board.brush(
            [(492 + number * 27, 620), (500 + number * 26, 960), (488 + number * 28, 1300)], 4, (150, 108, 68)
        )
    board.oval(600, 500, 24, 24, (216, 210, 200), INK, 4)
    return board


def star_map(asset: Asset) -> Board:
    """The sky within its circle: the river of stars, the paths, constellations as joined points."""
    dark = asset.style != "rubbing"
    board = Board(asset, (36, 42, 58) if dark else (48, 46, 44))
    line: Color = (222, 208, 170) if dark else (226, 222, 212)
    x, y, reach = board.width / 2, 760.0, 500.0
    board.oval(x, y, reach, reach, None, line, 5)
    board.oval(x, y, reach + 44, reach + 44, None, line, 3)
    for number in range(28):
        angle = number * math.tau / 28
        board.line([(x + math.cos(angle) * 120, y + math.sin(angle) * 120),
                    (x + math.cos(angle) * reach, y + math.sin(angle) * reach)],
                   (120, 116, 108), 1.5)  # fmt: skip
    board.oval(x, y, 120, 120, None, line, 2)
    board.oval(x, y, 330, 330, None, line, 3)
    board.oval(x + 60, y + 40, 330, 330, None, OCHRE if dark else line, 3)
    river = curve(
        [(x - 470, y + 60), (x - 330, y - 210), (x - 60, y - 250), (x + 190, y - 90), (x + 470, y + 120)]
    )
    board.wash([*river, *((px + 20, py + 90) for px, py in reversed(river))], (150, 160, 182), 0.4, 12)
    _constellations(board, x, y, reach, line)
    board.text(x, 1400, "天象列次分野之圖", 78, line)
    for number in range(26):
        board.line(
            [(110 + number * 39, 1470), (110 + number * 39, 1470 + board.random.uniform(60, 130))],
            (130, 126, 118),
            7,
        )
    return board


def _constellations(board: Board, x: float, y: float, reach: float, line: Color) -> None:
    for _ in range(150):
        angle, far = board.random.uniform(0, math.tau), reach * math.sqrt(board.random.uniform(0.02, 0.92))
        points = [(x + math.cos(angle) * far, y + math.sin(angle) * far)]
        for _ in range(board.random.choice((1, 2, 2, 3, 4, 6))):
            last = points[-1]
            points.append((last[0] + board.random.uniform(-40, 40), last[1] + board.random.uniform(-40, 40)))
        inside = [point for point in points if math.hypot(point[0] - x, point[1] - y) < reach - 8]
        if len(inside) > 1:
            board.line(inside, (150, 144, 130), 2)
        for px, py in inside:
            size = board.random.choice((3, 4, 4, 6))
            board.oval(px, py, size, size, line)
    dipper = [
        (x - 60, y - 70),
        (x - 26, y - 54),
        (x + 2, y - 34),
        (x + 30, y - 20),
        (x + 34, y + 14),
        (x + 74, y + 16),
        (x + 80, y - 24),
    ]
    board.line(dipper, line, 3)
    for px, py in dipper:
        board.oval(px, py, 8, 8, RED if board.asset.style != "rubbing" else line, WHITE, 2)
