"""Ceramics and small things of the house in a museum's light."""

from __future__ import annotations

import math

from harvest.sample.drawings.board import INK, WHITE, Board, Color, Point, curve, ring
from harvest.sample.drawings.light import fill, lobed, mixed
from harvest.sample.drawings.objects import mirrored, shadow, stage, turned
from harvest.sample.works import Asset

_COBALT: Color = (44, 70, 128)


def melon_bottle(asset: Asset) -> Board:
    """A celadon bottle lobed like a melon, its mouth open like a flower; "top" from above."""
    board = stage(asset, (196, 200, 190))
    x, jade = 600.0, (150, 180, 158)
    if asset.style == "top":
        for reach, share in ((400.0, 0.0), (392.0, 0.12), (330.0, 0.2)):
            lobes = lobed(600, 820, reach, reach, 8, 0.07)
            board.shape(lobes, mixed(jade, WHITE, share), mixed(jade, INK, 0.3), 2)
        for turn in range(8):
            angle = (turn + 0.5) / 8 * math.tau
            board.line([(600 + 180 * math.cos(angle), 820 + 180 * math.sin(angle)), (600 + 372 * math.cos(angle),
                820 + 372 * math.sin(angle))], mixed(jade, INK, 0.3), 4)  # fmt: skip
        petals = lobed(600, 820, 190, 190, 8, 0.137)
        board.shape(petals, mixed(jade, WHITE, 0.3), mixed(jade, INK, 0.4), 3)
        board.oval(600, 820, 96, 96, (74, 92, 80), mixed(jade, INK, 0.4), 3)
        board.wash(ring(460, 660, 120, 90), WHITE, 0.4, 40)
        return board
    shadow(board, x, 1450, 260)
    foot: list[Point] = [(x - 170, 1300), (x - 210, 1450), (x + 210, 1450), (x + 170, 1300)]
    turned(board, foot, mixed(jade, INK, 0.12), 0.6)
    for number in range(9):
        board.line([(x - 160 + 40 * number, 1312), (x - 198 + 49.5 * number, 1448)], mixed(jade, INK, 0.35),
            4)  # fmt: skip
    body = [(76.0, 640.0), (120, 680), (262, 780), (312, 960), (270, 1160), (170, 1310)]
    turned(board, mirrored(x, body), jade, 0.58)
    for share in (-0.78, -0.42, 0.0, 0.42, 0.78):
        board.line(curve([(x + reach * share, y) for reach, y in body]), mixed(jade, INK, 0.3), 5)
        board.line(curve([(x + reach * share + 7, y) for reach, y in body]), mixed(jade, WHITE, 0.35), 3)
    neck = [(170.0, 290.0), (120, 330), (74, 410), (66, 520), (80, 648)]
    turned(board, mirrored(x, neck), jade, 0.5)
    for number in range(8):
        board.oval(x - 150 + 43 * number, 292 + 14 * math.sin(number * 1.2), 32, 22, mixed(jade, WHITE, 0.24),
            mixed(jade, INK, 0.25), 2)  # fmt: skip
    board.oval(x, 300, 128, 20, (92, 112, 98))
    board.wash(ring(x - 130, 850, 50, 150), WHITE, 0.5, 34)
    return board


def blue_jar(asset: Asset) -> Board:
    """A white jar painted in cobalt with a plum branch and bamboo; "back" shows the bamboo."""
    board = stage(asset, (208, 202, 194))
    x, y = 600.0, 880.0
    shadow(board, x, y + 470, 300)
    half = [
        (190.0, y - 520),
        (186, y - 470),
        (320, y - 380),
        (418, y - 190),
        (400, y + 20),
        (300, y + 260),
        (232, y + 470),
    ]
    turned(board, mirrored(x, half), (244, 243, 238), 0.46)
    board.oval(x, y - 520, 190, 30, (214, 212, 206), (160, 166, 176), 3)
    board.oval(x, y - 518, 164, 22, (128, 126, 124))
    for top, reach in ((y - 430, 262), (y + 400, 246)):
        board.line(curve([(x - reach, top - 12), (x, top + 16), (x + reach, top - 12)]), _COBALT, 4)
    for number in range(-4, 5):
        px, py = x + number * 62, y - 398 + 18 - abs(number) * 5
        board.oval(px, py, 26, 20, None, _COBALT, 4)
        board.oval(px, py, 8, 7, _COBALT)
    for number in range(-5, 6):
        board.brush(
            [(x + number * 44, y + 396), (x + number * 44 - 14, y + 340), (x + number * 44, y + 306)],
            17,
            _COBALT,
            0.2,
        )
    if asset.style == "back":
        _cobalt_bamboo(board, x, y)
    else:
        _cobalt_plum(board, x, y)
    board.wash(ring(x - 190, y - 200, 60, 160), WHITE, 0.6, 34)
    return board


def _cobalt_plum(board: Board, x: float, y: float) -> None:
    for path, width in (
        ([(-210, 250), (-120, 60), (-170, -80), (-20, -210)], 34),
        ([(-130, 40), (40, -30), (130, -160), (230, -190)], 22),
        ([(-60, -150), (60, -240), (70, -300)], 13),
        ([(60, -40), (190, 20), (250, 110)], 13),
    ):
        board.brush([(x + px, y + py) for px, py in path], width, _COBALT, 0.35)
    for px, py in (
        (-10, -230),
        (120, -170),
        (230, -196),
        (70, -300),
        (180, 10),
        (252, 116),
        (-170, -96),
        (20, -60),
        (-190, 40),
        (250, -60),
    ):
        for cx, cy in ring(x + px, y + py, 21, 21, 5, -0.25):
            board.oval(cx, cy, 16, 16, (228, 232, 242), _COBALT, 3)
        board.oval(x + px, y + py, 7, 7, _COBALT)


def _cobalt_bamboo(board: Board, x: float, y: float) -> None:
    for dx, lean in ((-150, -20), (10, 14), (150, 26)):
        for joint in range(5):
            low = y + 270 - joint * 120
            board.brush(
                [(x + dx + lean * joint * 0.5, low), (x + dx + lean * (joint + 1) * 0.5, low - 112)],
                20,
                _COBALT,
                0.8,
            )
        for joint in range(1, 5):
            low = y + 270 - joint * 120
            for side in (-1, 1):
                for number in range(3):
                    start = (x + dx + lean * joint * 0.5, low)
                    board.brush(
                        [
                            start,
                            (start[0] + side * (50 + 16 * number), low + 10 + 26 * number),
                            (start[0] + side * (88 + 14 * number), low + 44 + 36 * number),
                        ],
                        19,
                        _COBALT,
                        0.05,
                    )


def peach(asset: Asset) -> Board:
    """A water dropper shaped like a peach with its leaves, glazed white, blue and copper red."""
    board = stage(asset, (214, 204, 190))
    x, y = 600.0, 900.0
    shadow(board, x, y + 300, 330)
    outline = curve([(x, y - 360), (x + 120, y - 300), (x + 300, y - 150), (x + 330, y + 60), (x + 210, y + 260), (x,
        y + 310), (x - 210, y + 260), (x - 330, y + 60), (x - 300, y - 150), (x - 120, y - 300), (x,
        y - 360)])  # fmt: skip
    turned(board, outline, (240, 234, 226), 0.5)
    board.wash(curve([(x - 20, y - 350), (x + 150, y - 250), (x + 210, y - 60), (x + 40, y + 20), (x - 100,
        y - 160)]), (186, 82, 66), 0.6, 60)  # fmt: skip
    board.line(curve([(x, y - 356), (x - 46, y - 160), (x - 30, y + 60), (x + 10, y + 220)]), (176, 150, 140),
        6)  # fmt: skip
    for side in (-1, 1):
        stem = [(x + side * 40, y + 296), (x + side * 210, y + 170), (x + side * 330, y - 60), (x + side * 300,
            y - 190)]  # fmt: skip
        leaf = curve([(x + side * 300, y - 200), (x + side * 390, y - 40), (x + side * 330, y + 170),
            (x + side * 120, y + 290), (x + side * 180, y + 120), (x + side * 300, y - 200)])  # fmt: skip
        fill(board, leaf, (74, 104, 158), (52, 78, 132), (40, 60, 108))
        board.line(leaf, (30, 46, 90), 4)
        board.line(curve(stem), (196, 206, 226), 4)
    board.brush([(x - 90, y + 330), (x, y + 296), (x + 80, y + 332)], 30, (118, 92, 66), 0.5)
    board.oval(x, y - 354, 15, 12, (96, 70, 60))
    board.oval(x + 210, y - 210, 11, 11, (96, 70, 60), (240, 234, 226), 3)
    board.wash(ring(x - 170, y - 120, 60, 110), WHITE, 0.7, 32)
    return board


def roof_end(asset: Asset) -> Board:
    """A round tile with a smiling face, its lower right broken away."""
    board = stage(asset, (206, 198, 184))
    x, y, clay = 600.0, 800.0, (158, 140, 120)
    shadow(board, x, y + 440, 380)
    whole = ring(x, y, 430, 430, 72)
    outline = [*whole[14:], *whole[:4], (x + 372, y + 160), (x + 300, y + 190), (x + 262, y + 262), (x + 180,
        y + 300), (x + 120, y + 404)]  # fmt: skip
    turned(board, outline, clay, 0.5)
    board.line(outline, mixed(clay, INK, 0.5), 5, close=True)
    for reach in (392, 366):
        board.line([(x + reach * math.cos(turn / 72 * math.tau),
            y + reach * math.sin(turn / 72 * math.tau)) for turn in range(18, 73)], mixed(clay, INK, 0.34),
            6)  # fmt: skip
    board.wash(ring(x - 30, y - 10, 250, 280), mixed(clay, WHITE, 0.4), 0.8, 60)
    for side in (-1, 1):
        cx = x - 30 + side * 120
        fill(board, curve([(cx - 74, y - 92), (cx - 20, y - 132), (cx + 50, y - 122), (cx + 78, y - 88), (cx,
            y - 70)]), mixed(clay, WHITE, 0.3), mixed(clay, INK, 0.2))  # fmt: skip
        board.line(curve([(cx - 70, y - 88), (cx, y - 66), (cx + 70, y - 90)]), mixed(clay, INK, 0.6), 8)
        board.line(curve([(cx - 80, y - 170), (cx, y - 206), (cx + 76, y - 176)]), mixed(clay, INK, 0.4), 12)
        board.wash(ring(cx + side * 40, y + 70, 78, 64), mixed(clay, WHITE, 0.5), 0.7, 26)
    board.line(curve([(x - 44, y - 110), (x - 62, y + 40), (x - 84, y + 66), (x - 30, y + 92), (x + 26, y + 66)]),
        mixed(clay, INK, 0.5), 9)  # fmt: skip
    board.wash(curve([(x - 50, y - 100), (x - 20, y - 90), (x + 20, y + 70), (x - 70, y + 70)]), mixed(clay, WHITE,
        0.5), 0.7, 12)  # fmt: skip
    mouth: list[Point] = [(x - 196, y + 150), (x - 110, y + 196), (x - 20, y + 200), (x + 80, y + 182), (x + 130,
        y + 140)]  # fmt: skip
    board.brush(mouth, 26, mixed(clay, INK, 0.6), 0.2)
    board.line(curve([(x - 150, y + 196), (x - 30, y + 244), (x + 90, y + 220)]), mixed(clay, INK, 0.3), 8)
    for _ in range(170):
        turn, out = board.random.uniform(0.3, 1), board.random.uniform(20, 350)
        px, py = x + out * math.cos(turn * math.tau), y + out * math.sin(turn * math.tau)
        board.oval(px, py, board.random.uniform(2, 5), board.random.uniform(2, 4), mixed(clay, INK,
            board.random.uniform(0.1, 0.35)))  # fmt: skip
    return board
