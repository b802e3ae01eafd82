"""The countryside around 1900 to 1960, as photographs and tinted postcards would have shown it."""

from __future__ import annotations

import math
from collections.abc import Callable

from harvest.sample.drawings.board import PLAIN, WHITE, Board, Color, curve
from harvest.sample.drawings.buildings import figure, thatched_house, tiled_house, tree
from harvest.sample.drawings.light import fill, hand_tinted, hills, mirror, mixed, old_photograph, sky
from harvest.sample.drawings.views import divers, falls, fortress, mountain_village, myriad, sea_rocks
from harvest.sample.works import Asset

_DARK: Color = (44, 38, 34)


_COATS: tuple[Color, ...] = ((246, 242, 232), (236, 230, 216), (216, 206, 188), (240, 234, 222))


def countryside(asset: Asset) -> Board:
    """A scene of the country by the name of its style; what follows a colon is the tone of the print."""
    name, _, tone = asset.style.partition(":")
    board = Board(asset, PLAIN)
    _SCENES[name](board)
    if tone == "tinted":
        hand_tinted(board)
    elif tone == "card":
        _postcard(board, asset.head)
    else:
        old_photograph(board, tone or "sepia")
    return board


def _postcard(board: Board, words: str) -> None:
    """A postcard tinted by hand, its caption printed in the white edge below."""
    w, h = board.width, board.height
    hand_tinted(board, 0)
    board.box(0, 0, w, h, None, (248, 244, 234), 30)
    board.box(0, h - 96, w, 96, (248, 244, 234))
    board.text(w / 2, h - 52, words, 36, (90, 70, 58))


def _salt(board: Board) -> None:
    w, h = board.width, board.height
    sky(board, h * 0.46, (142, 172, 192), (206, 218, 216), (246, 228, 204))
    hills(board, h * 0.4, h * 0.05, (118, 132, 136), (204, 206, 200), waves=3)
    fill(board, [(0, h * 0.45), (w, h * 0.45), (w, h), (0, h)], (196, 200, 194), (150, 156, 152))
    for row in range(6):
        y, low = (
            h * (0.46 + 0.09 * row * (1 + row * 0.1)),
            h * (0.46 + 0.09 * (row + 1) * (1 + (row + 1) * 0.1)),
        )
        for place in range(-6, 7):

            def across(share: float, at: float) -> float:
                return w * 0.5 + share * w * (0.12 + 0.3 * (at / h - 0.44))

            pan = [
                (across(place + 0.05, y), y + 4),
                (across(place + 0.95, y), y + 4),
                (across(place + 0.95, low), low - 4),
                (across(place + 0.05, low), low - 4),
            ]
            tone = (226, 232, 228) if (row + place) % 3 else (180, 196, 202)
            fill(board, pan, mixed(tone, (236, 214, 190), 0.3), tone)
            board.line(pan, (128, 112, 92), 3, close=True)
    for x, y, size in (
        (0.3, 0.66, 0.05),
        (0.36, 0.67, 0.06),
        (0.42, 0.665, 0.045),
        (0.72, 0.82, 0.09),
        (0.84, 0.84, 0.1),
    ):
        fill(
            board,
            [(w * (x - size), h * y), (w * x, h * (y - size * 1.1)), (w * (x + size), h * y)],
            (255, 254, 248),
            (214, 214, 208),
        )
    for x, y, size in ((0.22, 0.7, 0.13), (0.6, 0.74, 0.17), (0.48, 0.95, 0.26)):
        figure(board, w * x, h * y, h * size, _COATS[0], "straw")
        board.line(
            [(w * x + h * size * 0.2, h * (y - size * 0.5)), (w * x + h * size * 0.75, h * y)],
            (110, 84, 60),
            5,
        )
    _waterwheel(board, w * 0.14, h * 0.92, h * 0.2)


def _waterwheel(board: Board, x: float, y: float, reach: float) -> None:
    """A treadwheel that lifts brine, with the man who walks it."""
    wood: Color = (112, 86, 62)
    for turn in range(12):
        angle = turn / 12 * math.tau
        board.line(
            [
                (x, y - reach * 0.6),
                (x + reach * math.cos(angle), y - reach * 0.6 + reach * math.sin(angle) * 0.94),
            ],
            wood,
            6,
        )
        board.line(
            [
                (x + reach * math.cos(angle + 0.2), y - reach * 0.6 + reach * math.sin(angle + 0.2) * 0.94),
                (x + reach * math.cos(angle - 0.2), y - reach * 0.6 + reach * math.sin(angle - 0.2) * 0.94),
            ],
            wood,
            10,
        )
    board.oval(x, y - reach * 0.6, reach * 0.08, reach * 0.08, wood)
    figure(board, x + reach * 0.1, y - reach * 1.5, reach * 1.1, _COATS[1], "straw")


def _market(board: Board) -> None:
    w, h = board.width, board.height
    sky(board, h * 0.5, (172, 190, 196), (228, 226, 214), (246, 234, 214))
    hills(board, h * 0.34, h * 0.1, (128, 138, 134), (216, 210, 196))
    fill(board, [(0, h * 0.5), (w, h * 0.48), (w, h), (0, h)], (212, 196, 166), (176, 156, 122))
    for number in range(7):
        thatched_house(board, w * (0.05 + 0.155 * number), h * (0.51 + 0.02 * (number % 2)), w * 0.16)
    for number in range(5):
        x, y = w * (0.12 + 0.19 * number), h * (0.64 + 0.035 * (number % 2))
        fill(
            board,
            [
                (x - w * 0.1, y - h * 0.15),
                (x + w * 0.07, y - h * 0.18),
                (x + w * 0.1, y - h * 0.13),
                (x - w * 0.06, y - h * 0.1),
            ],
            (244, 238, 222),
            (206, 196, 174),
        )
        for post in (-0.09, 0.08):
            board.line([(x + w * post, y - h * 0.13), (x + w * post, y + h * 0.01)], (110, 84, 60), 5)
        for place in range(4):
            board.oval(
                x - w * 0.05 + place * w * 0.036,
                y,
                w * 0.018,
                h * 0.014,
                ((170, 112, 78), (118, 92, 72), (196, 176, 130), (146, 76, 62))[place],
                _DARK,
                2,
            )
    for number in range(44):
        near = (number / 43) ** 1.2
        x = w * board.random.uniform(0.02, 0.98)
        figure(
            board,
            x,
            h * (0.66 + 0.31 * near),
            h * (0.1 + 0.13 * near),
            _COATS[number % 4] if number % 6 else (96, 84, 78),
            ("gat", "load", "", "straw", "load")[number % 5],
        )
    for x, y, size in ((0.2, 0.97, 0.12), (0.78, 0.95, 0.1)):
        jars(board, w * x, h * y, w * size)


def jars(board: Board, x: float, y: float, size: float) -> None:
    """Brown jars of several heights standing together."""
    for dx, reach, tall in ((-0.5, 0.2, 0.52), (0.45, 0.22, 0.6), (-0.12, 0.27, 0.72), (0.16, 0.16, 0.34)):
        cx = x + dx * size
        body = curve(
            [
                (cx - reach * size * 0.7, y - tall * size),
                (cx - reach * size, y - tall * size * 0.6),
                (cx - reach * size * 0.6, y),
                (cx + reach * size * 0.6, y),
                (cx + reach * size, y - tall * size * 0.6),
                (cx + reach * size * 0.7, y - tall * size),
            ]
        )
        fill(board, body, (140, 96, 70), (104, 68, 50), (72, 48, 38))
        board.oval(
            cx, y - tall * size, reach * size * 0.74, reach * size * 0.2, (92, 60, 46), (60, 40, 32), 2
        )


def _planting(board: Board) -> None:
    w, h = board.width, board.height
    sky(board, h * 0.4, (150, 182, 196), (214, 224, 216), (244, 236, 214))
    hills(board, h * 0.3, h * 0.06, (120, 140, 140), (206, 212, 202))
    hills(board, h * 0.37, h * 0.03, (104, 128, 104), (170, 184, 156), waves=4)
    for number in range(5):
        thatched_house(board, w * (0.62 + 0.07 * number), h * (0.41 + 0.006 * (number % 2)), w * 0.07)
    mirror(board, h * 0.42, h, (178, 190, 178), 0.5)
    for row in range(15):
        y = h * (0.46 + 0.038 * row)
        for place in range(64):
            x = w * (place / 63 + 0.004 * (row % 2))
            if x > w * (0.34 + 0.03 * row) and y < h * 0.9:
                continue
            reach = 4 + row * 1.1
            for lean in (-1, 0, 1):
                board.line([(x, y), (x + lean * reach * 0.7, y - reach * 1.5)], (96, 132, 84), 2)
    for row, y in enumerate((0.5, 0.84)):
        for place in range(7 - 2 * row):
            figure(
                board,
                w * (0.4 + 0.085 * place * (1 + 0.5 * row)) + row * w * 0.06,
                h * (y + 0.004 * place),
                h * (0.16 + 0.12 * row),
                _COATS[(place + row) % 4],
                bent=True,
            )
    board.line([(w * 0.34, h * 0.53), (w, h * 0.55)], (240, 234, 216), 2)


def _washing(board: Board) -> None:
    w, h = board.width, board.height
    sky(board, h * 0.44, (166, 188, 198), (224, 226, 216), (246, 234, 214))
    hills(board, h * 0.3, h * 0.13, (124, 136, 136), (212, 208, 196), waves=1.6)
    for number in range(9):
        tiled_house(board, w * (0.02 + 0.12 * number), h * (0.47 + 0.012 * (number % 3)), w * 0.14)
    for row in range(5):
        y, reach = h * (0.48 + 0.025 * row), w * 0.08
        for place in range(14):
            x = place * reach + (reach / 2 if row % 2 else 0)
            board.oval(x, y, reach * 0.54, h * 0.018, mixed((190, 182, 166), _DARK, 0.04 * row), (134, 126, 112),
                2)  # fmt: skip
    mirror(board, h * 0.6, h * 0.86, (158, 176, 176), 0.5)
    fill(board, [(0, h * 0.82), (w * 0.3, h * 0.8), (w, h * 0.86), (w, h), (0, h)], (206, 194, 168), (172, 158,
        130))  # fmt: skip
    for _ in range(26):
        board.oval(w * board.random.uniform(0, 1), h * board.random.uniform(0.8, 0.9), 26, 11, (186, 178, 164), (130,
            122, 110), 2)  # fmt: skip
    for x, y, size in ((0.16, 0.88, 0.18), (0.34, 0.9, 0.2), (0.54, 0.92, 0.21), (0.76, 0.95, 0.23), (0.9, 0.9,
        0.19)):  # fmt: skip
        figure(board, w * x, h * y, h * size, _COATS[round(x * 10) % 4], bent=True)
        board.line([(w * x + h * size * 0.44, h * (y - size * 0.1)), (w * x + h * size * 0.7,
            h * (y - size * 0.34))], (112, 84, 60), 6)  # fmt: skip
    for number in range(6):
        x = w * (0.05 + 0.15 * number)
        fill(board, [(x, h * 0.68), (x + w * 0.1, h * 0.69), (x + w * 0.11, h * 0.73), (x - w * 0.01, h * 0.72)],
            (252, 250, 242), (226, 220, 206))  # fmt: skip
    figure(board, w * 0.66, h * 0.8, h * 0.17, _COATS[0], "load")


def _snow(board: Board) -> None:
    w, h = board.width, board.height
    sky(board, h * 0.6, (122, 138, 162), (172, 178, 188), (216, 210, 204))
    hills(board, h * 0.34, h * 0.16, (150, 162, 176), (216, 218, 220), waves=1.5)
    hills(board, h * 0.48, h * 0.08, (178, 186, 196), (230, 232, 234), waves=2.4)
    for _ in range(70):
        x, y = w * board.random.uniform(0, 1), h * board.random.uniform(0.42, 0.54)
        board.shape([(x - 9, y), (x, y - board.random.uniform(34, 66)), (x + 9, y)], mixed((74, 92, 96), WHITE,
            board.random.uniform(0.1, 0.5)))  # fmt: skip
    fill(board, [(0, h * 0.56), (w * 0.4, h * 0.54), (w, h * 0.57), (w, h), (0, h)], (236, 238, 240), (206, 210,
        220))  # fmt: skip
    snow: Color = (246, 247, 250)
    for x, y, size in ((0.62, 0.62, 0.16), (0.8, 0.63, 0.17), (0.24, 0.66, 0.2), (0.46, 0.7, 0.24), (0.86, 0.78,
        0.28)):  # fmt: skip
        thatched_house(board, w * x, h * y, w * size, snow, (176, 158, 136))
    for x, y, size in ((0.08, 0.76, 0.36), (0.34, 0.64, 0.22), (0.7, 0.72, 0.3)):
        tree(board, w * x, h * y, h * size, snow, bare=True)
    fill(board, curve([(w * 0.3, h), (w * 0.44, h * 0.86), (w * 0.38, h * 0.76), (w * 0.44, h * 0.71), (w * 0.46,
        h * 0.71), (w * 0.42, h * 0.77), (w * 0.52, h * 0.87), (w * 0.42, h)]), (214, 214, 220), (190, 194,
        206))  # fmt: skip
    figure(board, w * 0.45, h * 0.86, h * 0.11, (90, 84, 84), "load")
    for _ in range(240):
        reach = board.random.uniform(1.6, 4.4)
        board.oval(w * board.random.uniform(0, 1), h * board.random.uniform(0, 1), reach, reach, (252, 252,
            252))  # fmt: skip


_SCENES: dict[str, Callable[[Board], None]] = {
    "salt": _salt,
    "market": _market,
    "planting": _planting,
    "washing": _washing,
    "snow": _snow,
    "fortress": fortress,
    "divers": divers,
    "myriad": myriad,
    "falls": falls,
    "rocks": sea_rocks,
    "village": mountain_village,
}
