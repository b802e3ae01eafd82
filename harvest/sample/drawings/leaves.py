"""Leaves of albums: boulders in a valley, the scholar at the water, the seasons."""

from __future__ import annotations

import math

from harvest.sample.drawings.board import CREAM, INK, WHITE, Board, Color, curve
from harvest.sample.drawings.buildings import boat, figure, thatched_house
from harvest.sample.drawings.landscape import house
from harvest.sample.drawings.light import fill, glow, mixed, sky
from harvest.sample.drawings.mountains import crag
from harvest.sample.drawings.plants import pine, seal
from harvest.sample.works import Asset


def boulders(board: Board) -> None:
    """Huge rounded rocks shaded green and blue, a traveller on a donkey below."""
    w, h = board.width, board.height
    fill(board, curve([(0, h * 0.4), (w * 0.2, h * 0.12), (w * 0.36, h * 0.3), (w * 0.52, h * 0.16), (w * 0.74,
        h * 0.34), (w, h * 0.2), (w, h * 0.6), (0, h * 0.6)]), (176, 188, 176), (226, 222, 204))  # fmt: skip
    for _ in range(300):
        x = board.random.uniform(0, w)
        board.oval(x, h * (0.3 + 0.2 * board.random.random()), 11, 7, (112, 136, 112))
    for x, y, size in ((0.14, 0.7, 0.3), (0.4, 0.62, 0.24), (0.66, 0.72, 0.34), (0.92, 0.64, 0.26), (0.28, 0.86,
        0.26), (0.52, 0.9, 0.2), (0.86, 0.92, 0.28), (0.06, 0.95, 0.2)):  # fmt: skip
        points = curve([(w * (x - size * 0.5), h * y), (w * (x - size * 0.52), h * (y - size * 0.36)),
            (w * (x - size * 0.26), h * (y - size * 0.66)), (w * (x + size * 0.1), h * (y - size * 0.7)),
            (w * (x + size * 0.44), h * (y - size * 0.42)), (w * (x + size * 0.5), h * y)])  # fmt: skip
        fill(board, points, (96, 128, 112), (150, 168, 156), (228, 224, 208))
        board.wash([(px * 0.7 + w * x * 0.3 + 20, py * 0.7 + h * (y - size * 0.2) * 0.3) for px, py in points], (70,
            96, 118), 0.35, 30)  # fmt: skip
        board.line(points, (70, 66, 60), 5)
        for number in range(3):
            board.line(curve([(w * (x - size * (0.3 - 0.2 * number)), h * (y - size * 0.6)),
                (w * (x - size * (0.26 - 0.22 * number)), h * (y - size * 0.34)),
                (w * (x - size * (0.34 - 0.2 * number)), h * (y - size * 0.1))]), (104, 104, 96), 3)  # fmt: skip
        for _ in range(16):
            turn = board.random.uniform(0, 1)
            px, py = points[round(turn * (len(points) - 1))]
            board.oval(px, py + 8, 7, 5, (60, 78, 64))
    board.brush([(w * 0.3, h), (w * 0.46, h * 0.94), (w * 0.62, h * 0.84), (w * 0.5, h * 0.76)], 44, (236, 226, 200),
        0.3)  # fmt: skip
    x, y = w * 0.5, h * 0.955
    board.brush([(x - 40, y - 24), (x, y - 30), (x + 36, y - 22)], 27, (112, 96, 84), 0.5)
    for dx in (-26, -14, 18, 28):
        board.line([(x + dx, y - 20), (x + dx, y)], (112, 96, 84), 5)
    board.oval(x - 50, y - 40, 15, 11, (112, 96, 84))
    figure(board, x + 6, y - 16, 60, (206, 220, 224), "gat")
    figure(board, x + 80, y, 58, CREAM)
    board.column(w * 0.94, h * 0.1, "靈通洞口", 44)


def gazing(board: Board) -> None:
    """A scholar leaning on a rock, chin in his hands, looking at water under a cliff with hanging vines."""
    w, h = board.width, board.height
    fill(board, curve([(w, 0), (w * 0.3, 0), (w * 0.36, h * 0.12), (w * 0.6, h * 0.2), (w * 0.56, h * 0.36),
        (w * 0.76, h * 0.5), (w, h * 0.54)]), (96, 86, 70), (142, 126, 98))  # fmt: skip
    for number in range(15):
        x = w * (0.36 + 0.04 * number)
        top = h * (0.1 + 0.02 * number if x < w * 0.6 else 0.26)
        board.brush([(x, top * 0.4), (x + board.random.uniform(-16, 16), top), (x + board.random.uniform(-26, 26),
            top + h * board.random.uniform(0.05, 0.18))], board.random.uniform(6, 13), (52, 46, 38),
            0.1)  # fmt: skip
    for number in range(9):
        x = w * (0.4 + 0.05 * number)
        board.line(curve([(x, h * 0.14), (x + 20, h * 0.24), (x - 10, h * (0.32 + 0.01 * number))]), (70, 74, 52),
            3)  # fmt: skip
        for step in range(7):
            board.oval(x + 14 * math.sin(step), h * (0.16 + 0.024 * step), 11, 7, (74, 86, 58))
    fill(board, curve([(0, h), (0, h * 0.66), (w * 0.2, h * 0.6), (w * 0.56, h * 0.62), (w * 0.84, h * 0.7), (w,
        h * 0.68), (w, h)]), (150, 134, 104), (112, 98, 76))  # fmt: skip
    rock = curve([(w * 0.2, h * 0.78), (w * 0.24, h * 0.62), (w * 0.4, h * 0.57), (w * 0.7, h * 0.6), (w * 0.78,
        h * 0.76), (w * 0.5, h * 0.82)])  # fmt: skip
    fill(board, rock, (196, 180, 146), (120, 106, 84))
    board.line(rock, (60, 52, 42), 6)
    robe_: Color = (238, 230, 208)
    fill(board, curve([(w * 0.42, h * 0.6), (w * 0.47, h * 0.5), (w * 0.58, h * 0.46), (w * 0.7, h * 0.53),
        (w * 0.74, h * 0.64), (w * 0.58, h * 0.63)]), robe_, mixed(robe_, INK, 0.16))  # fmt: skip
    board.line(curve([(w * 0.42, h * 0.6), (w * 0.47, h * 0.5), (w * 0.58, h * 0.46), (w * 0.7, h * 0.53), (w * 0.74,
        h * 0.64)]), (60, 52, 42), 6)  # fmt: skip
    for side in (0.0, 0.05):
        board.brush([(w * (0.52 + side), h * 0.52), (w * (0.4 + side), h * 0.575), (w * (0.43 + side), h * 0.5)], 44,
            robe_, 0.5)  # fmt: skip
        board.line(curve([(w * (0.53 + side), h * 0.53), (w * (0.4 + side), h * 0.59), (w * (0.44 + side),
            h * 0.5)]), (60, 52, 42), 4)  # fmt: skip
    board.oval(w * 0.455, h * 0.462, 62, 70, (226, 194, 158), (60, 52, 42), 4)
    board.oval(w * 0.49, h * 0.442, 46, 44, (60, 52, 42))
    board.oval(w * 0.52, h * 0.428, 20, 20, (60, 52, 42))
    board.line([(w * 0.415, h * 0.458), (w * 0.432, h * 0.458)], (60, 52, 42), 4)
    board.line(curve([(w * 0.42, h * 0.486), (w * 0.43, h * 0.494), (w * 0.445, h * 0.49)]), (60, 52, 42), 4)
    board.brush([(w * 0.43, h * 0.49), (w * 0.42, h * 0.52), (w * 0.43, h * 0.545)], 11, (96, 86, 74), 0.3)
    for row in range(8):
        board.line(curve([(0, h * (0.84 + 0.018 * row)), (w * 0.12, h * (0.832 + 0.018 * row)),
            (w * (0.2 + 0.05 * row), h * (0.85 + 0.018 * row))]), (74, 82, 78), 3)  # fmt: skip
    for number in range(7):
        x = w * (0.06 + 0.03 * number)
        board.brush([(x, h * 0.98), (x + 14, h * 0.9), (x - 20 + 8 * number, h * 0.8)], 9, (78, 88, 58), 0.1)
    seal(board, w * 0.06, h * 0.3, "見本")


def season(asset: Asset) -> Board:
    """A leaf of an album of the seasons: one lake and its hills in each season, early and late."""
    time, _, part = asset.style.partition("-")
    board = Board(asset, (206, 188, 150))
    w, h = board.width, board.height
    late = part == "late"
    haze, ink, leaf = {"spring": ((232, 222, 196), (132, 138, 122), (226, 160, 160)), "summer": ((214, 216, 192),
        (92, 112, 98), (88, 122, 88)), "autumn": ((236, 216, 178), (142, 118, 92), (196, 104, 60)), "winter": ((226,
        226, 222), (112, 116, 122), (244, 244, 242))}[time]  # fmt: skip
    sky(board, h, mixed(haze, ink, 0.25), haze, mixed(haze, WHITE, 0.2))
    if late:
        board.oval(w * 0.26, h * 0.17, 62, 62, mixed(haze, WHITE, 0.8))
        glow(board, w * 0.26, h * 0.17, 160, WHITE, 0.4)
    lean = -1 if late else 1
    for number, (x, y, width, tall) in enumerate(((0.3, 0.46, 0.5, 0.24), (0.66, 0.44, 0.42, 0.3), (0.8, 0.56, 0.5,
        0.4), (0.56, 0.58, 0.3, 0.22))):  # fmt: skip
        crag(board, w * (0.5 + lean * (x - 0.5)), h * y, w * width, h * tall, mixed(ink, INK, 0.1 * number),
            haze)  # fmt: skip
    fill(board, [(0, h * 0.6), (w, h * 0.6), (w, h * 0.82), (0, h * 0.82)], haze, mixed(haze, (120, 146, 156),
        0.4))  # fmt: skip
    for number in range(9):
        x = w * board.random.uniform(0.05, 0.8)
        board.line([(x, h * (0.63 + 0.02 * number)), (x + 120, h * (0.63 + 0.02 * number))], mixed(haze, ink, 0.5),
            2)  # fmt: skip
    boat(board, w * (0.5 - lean * 0.22), h * 0.7, w * 0.13, sail=not late)
    bank = [(0, h * 0.8), (w * 0.3, h * 0.74), (w * 0.52, h * 0.84), (w, h * 0.9), (w, h), (0, h)]
    points = curve([(w * (0.5 + lean * (x / w - 0.5)), y) for x, y in bank])
    fill(board, points, mixed(haze, ink, 0.7), mixed(ink, INK, 0.3))
    thatched_house(board, w * (0.5 - lean * 0.26), h * 0.85, w * 0.22, (236, 236, 236) if time == "winter" else (170,
        142, 98), (232, 220, 192))  # fmt: skip
    house(board, w * (0.5 + lean * 0.26), h * 0.62, w * 0.13)
    for number in range(5):
        x, y, size = (w * (0.5 - lean * (0.46 - 0.09 * number)), h * (0.9 + 0.02 * (number % 3)),
            h * board.random.uniform(0.18, 0.26))  # fmt: skip
        if number % 2 == 0:
            pine(board, x, y, size, lean * 0.2, mixed((60, 86, 68), WHITE, 0.55 if time == "winter" else 0.0))
            continue
        board.brush([(x, y), (x + lean * 14, y - size * 0.5), (x, y - size * 0.9)], size * 0.09, (74, 62, 50),
            0.3)  # fmt: skip
        for _ in range(46):
            board.oval(x + board.random.gauss(0, size * 0.22), y - size * 0.75 + board.random.gauss(0, size * 0.16),
                size * 0.045, size * 0.034, mixed(leaf, WHITE, board.random.uniform(0, 0.35)))  # fmt: skip
    if time == "winter":
        for _ in range(160):
            board.oval(board.random.uniform(0, w), board.random.uniform(0, h), 3, 3, WHITE)
    figure(board, w * (0.5 - lean * 0.04), h * 0.86, h * 0.055, CREAM, "gat")
    seal(board, w * (0.06 if lean > 0 else 0.9), h * 0.06, "見本", 34)
    return board
