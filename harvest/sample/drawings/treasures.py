"""Metal of old times: the crown, the bell, the horse warrant."""

from __future__ import annotations

import math

from harvest.sample.drawings.board import INK, WHITE, Board, Color, Point, curve, ring
from harvest.sample.drawings.light import fill, mixed
from harvest.sample.drawings.objects import mirrored, shadow, stage, turned
from harvest.sample.works import Asset

_GOLD: Color = (206, 164, 82)


_PALE: Color = (244, 216, 146)


_BRONZE: Color = (98, 104, 88)


_JADE: Color = (126, 164, 116)


def crown(asset: Asset) -> Board:
    """A crown of cut gold with branches, antlers, spangles and curved jades; "detail": two of its branches."""
    board = stage(asset, (52, 48, 54))
    if asset.style == "detail":
        for x, grow in ((370.0, 1.9), (860.0, 1.9)):
            _branch(board, x, 1660, grow)
        return board
    x, y = 600.0, 1240.0
    shadow(board, x, y + 30, 380)
    for side in (-1, 1):
        _antler(board, x + side * 250, y - 90, side)
    for dx, grow in ((-150, 0.92), (150, 0.92), (0, 1.0)):
        _branch(board, x + dx, y - 70, grow)
    band = curve([(x - 330, y - 130), (x, y - 70), (x + 330, y - 130)])
    low = curve([(x - 330, y - 20), (x, y + 44), (x + 330, y - 20)])
    fill(board, [*band, *low[::-1]], _PALE, _GOLD, (150, 108, 46))
    for line in (band, low):
        board.line(line, (130, 92, 40), 4)
    for number in range(15):
        share = number / 14
        px, py = band[round(share * (len(band) - 1))]
        _spangle(board, px, py + 36, 15)
        _comma(board, px, py + 82, 15)
    for side in (-1, 1):
        for number in range(9):
            px, py = x + side * (296 - 6 * number), y + 20 + 40 * number
            board.line([(px, py - 30), (px, py + 10)], _GOLD, 3)
            board.oval(px, py, 11, 14, _PALE, (130, 92, 40), 2)
        _comma(board, x + side * 244, y + 392, 26)
    return board


def _branch(board: Board, x: float, y: float, grow: float) -> None:
    """An upright with three pairs of arms bent at right angles, budded at the tips."""
    step, reach = 170 * grow, 58 * grow
    strokes: list[list[Point]] = [[(x, y), (x, y - step * 3.9)]]
    for level in (1, 2, 3):
        low = y - step * level
        strokes += [
            [(x, low), (x + side * reach, low), (x + side * reach, low - step * 0.7)] for side in (-1, 1)
        ]
    for path in strokes:
        board.line([(px + 3, py + 3) for px, py in path], (112, 78, 34), 22 * grow)
        board.line(path, _GOLD, 19 * grow)
        board.line([(px - 3 * grow, py) for px, py in path], _PALE, 5 * grow)
    for path in strokes:
        px, py = path[-1]
        board.shape(
            [(px - 19 * grow, py + 8 * grow), (px, py - 36 * grow), (px + 19 * grow, py + 8 * grow)],
            _GOLD,
            (112, 78, 34),
            2,
        )
        board.oval(px, py - 4, 9 * grow, 9 * grow, _PALE)
    for number in range(8):
        _spangle(board, x, y - step * (0.35 + 0.45 * number), 13 * grow)
    for level in (1, 2, 3):
        for side in (-1, 1):
            _comma(board, x + side * reach * 0.55, y - step * level + 26 * grow, 14 * grow)


def _antler(board: Board, x: float, y: float, side: int) -> None:
    for path in (
        [(0, 0), (60, -220), (70, -430), (120, -640)],
        [(40, -160), (130, -280), (150, -400)],
        [(66, -340), (-10, -470), (0, -580)],
    ):
        points = [(x + side * px, y + py) for px, py in path]
        board.brush(points, 30, (126, 90, 40), 0.6)
        board.brush(points, 22, _GOLD, 0.5)
    for px, py in ((60, -220), (110, -590), (146, -360), (4, -540), (50, -110)):
        _spangle(board, x + side * px, y + py, 13)


def _spangle(board: Board, x: float, y: float, reach: float) -> None:
    board.oval(x + 2, y + 3, reach, reach, (104, 72, 30))
    board.oval(x, y, reach, reach, _PALE, (150, 108, 46), 1.5)
    board.oval(x - reach * 0.3, y - reach * 0.3, reach * 0.3, reach * 0.3, (255, 246, 214))


def _comma(board: Board, x: float, y: float, reach: float) -> None:
    """A curved jade."""
    board.brush(
        [
            (x + reach * 0.3, y - reach),
            (x - reach * 0.6, y - reach * 0.2),
            (x + reach * 0.2, y + reach * 1.2),
        ],
        reach * 1.2,
        _JADE,
        0.35,
    )
    board.oval(
        x + reach * 0.1, y - reach * 0.7, reach * 0.66, reach * 0.6, _JADE, mixed(_JADE, INK, 0.4), 1.5
    )
    board.oval(x + reach * 0.1, y - reach * 0.8, reach * 0.18, reach * 0.18, INK)


def bell(asset: Asset) -> Board:
    """A great bronze bell hung from a beam: loop and pipe, flowers in frames, a lotus, flying figures."""
    board = stage(asset, (190, 190, 184))
    x, top = 600.0, 390.0
    board.box(0, 190, board.width, 70, (92, 70, 56), (60, 44, 36), 4)
    board.line([(x, 250), (x, 320)], (60, 52, 46), 16)
    shadow(board, x, 1500, 420)
    half = [(10.0, top), (220, top + 6), (300, top + 60), (352, top + 420), (384, top + 800), (384, top + 960), (360,
        top + 1080)]  # fmt: skip
    turned(board, mirrored(x, half), _BRONZE, 0.6)
    board.line(curve([(x - 360, top + 1080), (x - 240, top + 1050), (x - 120, top + 1086), (x, top + 1052), (x + 120,
        top + 1086), (x + 240, top + 1050), (x + 360, top + 1080)]), mixed(_BRONZE, INK, 0.5), 12)  # fmt: skip
    board.brush([(x - 90, top + 10), (x - 60, top - 60), (x + 10, top - 96), (x + 84, top - 40), (x + 60, top + 10)],
        40, mixed(_BRONZE, INK, 0.2), 0.6)  # fmt: skip
    board.oval(x - 92, top - 4, 34, 26, mixed(_BRONZE, INK, 0.3))
    board.box(x + 60, top - 120, 44, 130, mixed(_BRONZE, WHITE, 0.1), mixed(_BRONZE, INK, 0.5), 3)
    line, light = mixed(_BRONZE, INK, 0.45), mixed(_BRONZE, WHITE, 0.28)
    for y, reach in ((top + 90, 306), (top + 150, 318), (top + 900, 386), (top + 1000, 384)):
        board.line(curve([(x - reach, y - 8), (x, y + 22), (x + reach, y - 8)]), line, 6)
    for number in range(-6, 7):
        board.oval(x + number * 47, top + 132 + (36 - number * number) * 0.4, 17, 17, None, light, 3)
        board.oval(x + number * 58, top + 962 + (36 - number * number) * 0.5, 20, 20, None, light, 3)
    for side in (-1, 1):
        _nipples(board, x + side * 168, top + 290, line, light)
        _flyer(board, x + side * 170, top + 660, side, light)
    lotus(board, x, top + 690, 84, light, line)
    return board


def _nipples(board: Board, x: float, y: float, line: Color, light: Color) -> None:
    board.box(x - 104, y - 104, 208, 208, None, line, 6)
    board.box(x - 88, y - 88, 176, 176, None, light, 2)
    for row in range(3):
        for place in range(3):
            lotus(board, x + (place - 1) * 58, y + (row - 1) * 58, 24, light, line)


def _flyer(board: Board, x: float, y: float, side: int, light: Color) -> None:
    """A kneeling figure with a censer, scarves streaming up like smoke."""
    for path, width in (
        ([(0, 60), (60, 70), (92, 40), (70, 24)], 40),
        ([(10, 40), (4, -10), (10, -30)], 34),
        ([(-6, 0), (-50, 10), (-70, -6)], 14),
    ):
        board.brush([(x + side * px, y + py) for px, py in path], width, light, 0.5)
    board.oval(x + side * 8, y - 46, 17, 20, light)
    for number in range(4):
        board.line(
            curve(
                [
                    (x + side * (20 + 12 * number), y + 10),
                    (x + side * (70 + 16 * number), y - 80),
                    (x + side * (30 + 22 * number), y - 160),
                    (x + side * (80 + 18 * number), y - 230),
                ]
            ),
            light,
            5,
        )


def lotus(board: Board, x: float, y: float, reach: float, light: Color, line: Color) -> None:
    """A lotus seen from above: two rings of petals round its seeds."""
    for size, start in ((1.0, 0.0), (0.66, 0.0625)):
        for turn in range(8):
            angle = (turn / 8 + start) * math.tau
            px, py = x + reach * size * 0.62 * math.cos(angle), y + reach * size * 0.62 * math.sin(angle)
            side = (-math.sin(angle) * reach * size * 0.3, math.cos(angle) * reach * size * 0.3)
            tip = (x + reach * size * math.cos(angle), y + reach * size * math.sin(angle))
            board.shape(
                curve(
                    [
                        (x + reach * 0.2 * math.cos(angle), y + reach * 0.2 * math.sin(angle)),
                        (px + side[0], py + side[1]),
                        tip,
                        (px - side[0], py - side[1]),
                        (x + reach * 0.2 * math.cos(angle), y + reach * 0.2 * math.sin(angle)),
                    ],
                    4,
                ),
                light,
                line,
                max(1.5, reach * 0.03),
            )
    board.oval(x, y, reach * 0.25, reach * 0.25, light, line, max(1.5, reach * 0.03))
    for px, py in ring(x, y, reach * 0.14, reach * 0.14, 6):
        board.oval(px, py, reach * 0.03, reach * 0.03, line)


def warrant(asset: Asset) -> Board:
    """A round bronze warrant with horses in relief; "back": its inscription."""
    board = stage(asset, (196, 188, 172))
    x, y, reach = 600.0, 880.0, 380.0
    brass: Color = (150, 116, 64)
    shadow(board, x, y + reach + 10, 300)
    board.box(x - 60, y - reach - 110, 120, 150, brass, mixed(brass, INK, 0.5), 5)
    board.oval(x, y - reach - 60, 22, 22, (196, 188, 172), mixed(brass, INK, 0.5), 4)
    board.brush(
        [
            (x, y - reach - 70),
            (x + 120, y - reach - 240),
            (x + 60, y - reach - 400),
            (x + 220, y - reach - 460),
        ],
        18,
        (112, 60, 50),
        0.8,
    )
    turned(board, ring(x, y, reach, reach, 72), brass, 0.5)
    for size, width in ((0.985, 7), (0.9, 4)):
        board.oval(x, y, reach * size, reach * size, None, mixed(brass, INK, 0.45), width)
    if asset.style == "back":
        for number, words in enumerate(("尙瑞院", "雍正八年", "六月日")):
            board.column(
                x + 160 - number * 160, y - 190, words, 112 if len(words) < 4 else 96, mixed(brass, INK, 0.6)
            )
        return board
    for place, (dx, dy) in enumerate(((-130, -130), (120, -60), (-110, 110), (110, 190))[:3]):
        relief_horse(
            board, x + dx, y + dy, 1.0 - 0.04 * place, mixed(brass, WHITE, 0.25), mixed(brass, INK, 0.5)
        )
    return board


def relief_horse(board: Board, x: float, y: float, grow: float, light: Color, line: Color) -> None:
    """A standing horse in low relief, facing left."""
    body: list[Point] = [
        (-150, -40),
        (-176, -84),
        (-150, -112),
        (-120, -104),
        (-84, -60),
        (0, -44),
        (80, -60),
        (112, -30),
        (116, 20),
        (100, 96),
        (80, 96),
        (78, 30),
        (40, 20),
        (-36, 22),
        (-44, 96),
        (-66, 96),
        (-72, 20),
        (-96, -20),
        (-126, -46),
    ]
    board.shape([(x + px * grow, y + py * grow) for px, py in body], light, line, 4)
    board.brush(
        [(x + 112 * grow, y - 30 * grow), (x + 150 * grow, y + 10 * grow), (x + 140 * grow, y + 70 * grow)],
        20 * grow,
        line,
        0.3,
    )
    board.brush(
        [(x - 128 * grow, y - 104 * grow), (x - 90 * grow, y - 70 * grow), (x - 50 * grow, y - 52 * grow)],
        16 * grow,
        line,
        0.3,
    )
    board.oval(x - 146 * grow, y - 92 * grow, 5, 5, line)
