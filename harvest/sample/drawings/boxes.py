"""Lacquer, horn, silk knots and brass: boxes, the triple pendant, the rings of the sky."""

from __future__ import annotations

import math

from harvest.sample.drawings.board import GREEN, INK, WHITE, Board, Color, curve, ring
from harvest.sample.drawings.light import fill, mixed
from harvest.sample.drawings.objects import shadow, stage
from harvest.sample.drawings.treasures import lotus
from harvest.sample.works import Asset


def nacre_box(asset: Asset) -> Board:
    """A black lacquer box inlaid with peonies and scrolls of mother-of-pearl; "lid": the lid from above."""
    board = stage(asset, (178, 172, 168))
    x, black = 600.0, (30, 24, 26)
    if asset.style == "lid":
        board.box(120, 420, 960, 760, black, (70, 50, 44), 10)
        board.box(160, 460, 880, 680, None, (150, 170, 172), 5)
        _scrolls(board, 600, 800, 400, 300)
        return board
    shadow(board, x, 1260, 480)
    fill(board, [(150, 700), (1050, 700), (1090, 780), (110, 780)], (58, 48, 48), black)
    fill(board, [(110, 780), (1090, 780), (1090, 1250), (110, 1250)], (44, 36, 38), black)
    for y in (800, 940, 1230):
        board.line([(128, y), (1072, y)], (160, 178, 180), 5)
    for number in range(24):
        px = 150 + number * 39
        board.shape([(px, 860), (px + 18, 842), (px + 36, 860), (px + 18, 878)], _shell(number))
    _scrolls(board, 600, 1085, 440, 118)
    board.box(556, 900, 88, 110, (176, 150, 90), (90, 70, 40), 4)
    board.oval(600, 940, 16, 16, (90, 70, 40))
    return board


def _shell(number: int) -> Color:
    """Mother-of-pearl: another tint each time."""
    tints: tuple[Color, ...] = (
        (206, 226, 222),
        (226, 206, 222),
        (196, 214, 236),
        (226, 232, 206),
        (238, 214, 206),
    )
    return tints[number % len(tints)]


def _scrolls(board: Board, x: float, y: float, rx: float, ry: float) -> None:
    for row in range(-1, 2) if ry > 200 else (0,):
        for place in (-2, -1, 0, 1, 2):
            px, py = x + place * rx * 0.42, y + row * ry * 0.68 + (place % 2) * ry * 0.18
            size = min(ry * 0.42, 70)
            vine = [
                (px - rx * 0.21, py + size),
                (px - size, py + size * 0.7),
                (px, py - size * 1.2),
                (px + size, py + size * 0.5),
                (px + rx * 0.21, py - size),
            ]
            board.line(curve(vine), _shell(place + row), 4)
            for turn in range(7):
                angle = turn / 7 * math.tau
                board.oval(
                    px + size * 0.52 * math.cos(angle),
                    py + size * 0.52 * math.sin(angle),
                    size * 0.27,
                    size * 0.27,
                    _shell(turn + place),
                    (30, 24, 26),
                    2,
                )
            board.oval(px, py, size * 0.25, size * 0.25, _shell(place + 3), (30, 24, 26), 2)
            for side in (-1, 1):
                for lift in (-1, 1):
                    board.brush(
                        [
                            (px + side * size * 0.8, py + lift * size * 0.5),
                            (px + side * size * 1.3, py + lift * size * 0.9),
                            (px + side * size * 1.5, py + lift * size * 0.6),
                        ],
                        size * 0.3,
                        _shell(side + lift + place),
                        0.1,
                    )


def horn_box(asset: Asset) -> Board:
    """A wooden chest faced with plates of painted horn, each with its creature on red, yellow, green or blue."""
    board = stage(asset, (204, 194, 180))
    shadow(board, 600, 1330, 500)
    board.box(90, 560, 1020, 760, (92, 52, 36), (60, 34, 26), 8)
    grounds: tuple[Color, ...] = ((184, 58, 44), (222, 172, 66), (66, 122, 96), (60, 98, 140), (214, 128, 92))
    for row in range(3):
        for place in range(5):
            left, top = 120 + place * 194, 590 + row * 240
            ground = grounds[(row * 2 + place) % 5]
            fill(
                board,
                [(left, top), (left + 184, top), (left + 184, top + 226), (left, top + 226)],
                mixed(ground, WHITE, 0.16),
                ground,
            )
            _horn_sign(board, left + 92, top + 113, (row * 5 + place) % 5)
            board.box(left, top, 184, 226, None, (238, 216, 160), 5)
    for x in (120, 1056):
        for y in (600, 1240):
            board.box(x, y, 26, 60, (222, 190, 110), (120, 90, 40), 3)
    board.oval(600, 870, 70, 70, (222, 190, 110), (120, 90, 40), 5)
    board.box(576, 850, 48, 90, (206, 170, 90), (120, 90, 40), 4)
    return board


def _horn_sign(board: Board, x: float, y: float, number: int) -> None:
    cream: Color = (248, 236, 204)
    if number == 0:
        lotus(board, x, y, 66, cream, (120, 60, 50))
    elif number == 1:
        board.brush([(x - 70, y + 20), (x - 10, y - 14), (x + 60, y + 10)], 46, cream, 0.2)
        board.shape([(x + 52, y + 8), (x + 84, y - 22), (x + 80, y + 36)], cream)
        board.oval(x - 46, y + 2, 6, 6, INK)
    elif number == 2:
        board.brush([(x - 60, y + 40), (x, y), (x + 40, y - 50)], 40, cream, 0.2)
        board.brush([(x - 70, y - 30), (x - 10, y - 6), (x + 20, y)], 30, (196, 74, 56), 0.1)
        board.oval(x + 44, y - 56, 17, 15, cream)
        board.line([(x + 58, y - 54), (x + 80, y - 50)], OCHRE_LINE, 5)
    elif number == 3:
        for dx, dy in ((-36, -30), (36, -30), (-28, 34), (28, 34)):
            board.oval(x + dx, y + dy, 34, 28, cream, (120, 60, 50), 3)
        board.brush([(x, y - 50), (x, y + 50)], 14, INK)
    else:
        for turn in range(6):
            board.oval(
                x + 36 * math.cos(turn / 6 * math.tau),
                y - 14 + 36 * math.sin(turn / 6 * math.tau),
                24,
                24,
                cream,
                (120, 60, 50),
                2,
            )
        board.brush([(x, y + 20), (x + 4, y + 92)], 9, GREEN, 0.8)


OCHRE_LINE: Color = (198, 152, 74)


def pendant(asset: Asset) -> Board:
    """Three pendants of coral, jade and amber with knots and long tassels of red, blue and yellow silk."""
    board = stage(asset, (232, 226, 214))
    board.brush([(600, 170), (596, 210), (604, 250)], 26, (150, 60, 56), 0.8)
    board.oval(600, 290, 60, 44, (206, 170, 90), (120, 90, 40), 5)
    silks: tuple[tuple[float, Color, Color], ...] = (
        (300, (188, 52, 50), (226, 92, 78)),
        (600, (54, 84, 140), (206, 222, 206)),
        (900, (222, 172, 66), (206, 132, 60)),
    )
    for x, silk, gem in silks:
        board.line(curve([(600, 320), ((600 + x) / 2, 390), (x, 480)]), silk, 13)
        _knot(board, x, 560, silk)
        if x == 300:
            for dx, dy in ((0, -50), (-44, 10), (40, 0), (-20, 70), (24, 64), (0, 10)):
                board.brush([(x, 800), (x + dx * 1.2, 720 + dy)], 40, gem, 0.4)
        elif x == 600:
            for side in (-1, 1):
                fill(
                    board,
                    curve(
                        [
                            (x, 660),
                            (x + side * 90, 640),
                            (x + side * 120, 720),
                            (x + side * 60, 790),
                            (x, 800),
                        ]
                    ),
                    mixed(gem, WHITE, 0.4),
                    gem,
                )
                board.line(curve([(x, 680), (x + side * 60, 690), (x + side * 80, 740)]), (120, 150, 126), 4)
        else:
            fill(board, ring(x, 725, 96, 82, 40), mixed(gem, WHITE, 0.4), gem, mixed(gem, INK, 0.3))
            board.wash(ring(x - 34, 690, 26, 20), WHITE, 0.7, 8)
        _knot(board, x, 900, silk)
        _tassel(board, x, 980, silk)
    return board


def _knot(board: Board, x: float, y: float, silk: Color) -> None:
    dark = mixed(silk, INK, 0.35)
    for dx, dy in ((0, -52), (-48, -16), (48, -16), (-40, 36), (40, 36), (0, 56)):
        board.oval(x + dx * 0.8, y + dy * 0.8, 30, 25, None, dark, 15)
        board.oval(x + dx * 0.8, y + dy * 0.8, 30, 25, None, silk, 10)
    board.shape([(x - 34, y), (x, y - 34), (x + 34, y), (x, y + 34)], silk, dark, 4)
    board.oval(x, y, 12, 12, mixed(silk, WHITE, 0.4))


def _tassel(board: Board, x: float, y: float, silk: Color) -> None:
    dark = mixed(silk, INK, 0.3)
    for number in range(19):
        share = number / 18 - 0.5
        board.brush(
            [
                (x + share * 40, y + 60),
                (x + share * 120, y + 300),
                (x + share * 150, y + 560 - abs(share) * 40),
            ],
            13,
            mixed(silk, INK, 0.25 * (number % 3) / 2),
            0.6,
        )
    fill(
        board,
        [(x - 30, y - 20), (x + 30, y - 20), (x + 42, y + 84), (x - 42, y + 84)],
        (226, 190, 106),
        (186, 146, 70),
    )
    for level in (0, 26, 52):
        board.line([(x - 36, y + level), (x + 36, y + level)], dark, 5)


def armillary(asset: Asset) -> Board:
    """Rings within rings on a four-legged stand: horizon, meridian, equator and the sun's road."""
    board = stage(asset, (70, 78, 88))
    x, y, reach = 600.0, 690.0, 370.0
    shadow(board, x, 1480, 380)
    brass: Color = (196, 158, 86)
    for side in (-1, 1):
        for dx, bend in ((300, 60), (120, 20)):
            board.brush([(x + side * dx, y + 60), (x + side * (dx + bend), y + 420), (x + side * (dx * 0.8 + bend),
                y + 790)], 44, (112, 84, 52), 0.7)  # fmt: skip
            board.brush([(x + side * dx, y + 60), (x + side * (dx + bend) - 6, y + 420),
                (x + side * (dx * 0.8 + bend) - 6, y + 780)], 16, brass, 0.7)  # fmt: skip
    board.box(x - 380, y + 770, 760, 40, (112, 84, 52), (70, 50, 34), 4)
    board.box(x - 24, y + 360, 48, 420, (112, 84, 52), (70, 50, 34), 4)
    back = [(0.0, 0.98, 0.98), (0.0, 0.22, 0.98), (0.5, 0.98, 0.3), (-0.42, 0.92, 0.26), (0.9, 0.4, 0.94), (-0.2,
        0.7, 0.9)]  # fmt: skip
    for number, (turn, rx, ry) in enumerate(back):
        _hoop(board, x, y, reach * rx, reach * ry, turn, (brass, (170, 134, 70), (214, 182, 112))[number % 3])
    _hoop(board, x, y + 20, reach * 1.1, reach * 0.24, 0.0, (222, 190, 120), 34)
    for number in range(36):
        angle = number / 36 * math.tau
        board.line([(x + reach * 1.06 * math.cos(angle), y + 20 + reach * 0.22 * math.sin(angle)),
            (x + reach * 1.13 * math.cos(angle), y + 20 + reach * 0.255 * math.sin(angle))], (96, 70, 40),
            2)  # fmt: skip
    fill(board, ring(x, y + 10, 56, 56, 32), (120, 160, 190), (60, 92, 130))
    board.line([(x - reach * 0.66, y - reach * 0.8), (x + reach * 0.66, y + reach * 0.8)], brass, 8)
    return board


def _hoop(
    board: Board, x: float, y: float, rx: float, ry: float, turn: float, color: Color, width: float = 20
) -> None:
    """A ring of metal round (x, y), leaning by `turn` radians."""
    points = [
        (x + px * math.cos(turn) - py * math.sin(turn), y + px * math.sin(turn) + py * math.cos(turn))
        for px, py in ring(0, 0, rx, ry, 96)
    ]
    board.line(points, mixed(color, INK, 0.6), width + 6, close=True)
    board.line(points, color, width, close=True)
    board.line([(px - 2, py - 3) for px, py in points], mixed(color, WHITE, 0.45), width * 0.2, close=True)
