"""Views for travellers: a pavilion above the river, the sea of the divers, peaks and falls for postcards."""

from __future__ import annotations

from harvest.sample.drawings.board import PINK, WHITE, Board, Color, curve
from harvest.sample.drawings.buildings import boat, figure, roof, thatched_house, tree
from harvest.sample.drawings.light import fill, glow, hills, mirror, mixed, peaks, sky

_COATS: tuple[Color, ...] = ((246, 242, 232), (236, 230, 216), (216, 206, 188), (240, 234, 222))


def fortress(board: Board) -> None:
    """A pavilion on the city wall above a river, in blossom."""
    w, h = board.width, board.height
    sky(board, h * 0.7, (154, 184, 202), (220, 224, 218), (250, 232, 214))
    hills(board, h * 0.56, h * 0.05, (134, 148, 152), (212, 212, 206), waves=3)
    mirror(board, h * 0.64, h * 0.78, (164, 184, 188), 0.55)
    boat(board, w * 0.16, h * 0.7, w * 0.07)
    boat(board, w * 0.3, h * 0.73, w * 0.09)
    fill(board, curve([(w * 0.24, h), (w * 0.4, h * 0.74), (w * 0.56, h * 0.6), (w * 0.8, h * 0.54), (w, h * 0.58),
        (w, h)]), (132, 146, 112), (104, 112, 84))  # fmt: skip
    wall = curve([(w * 0.36, h * 0.9), (w * 0.5, h * 0.7), (w * 0.64, h * 0.6), (w * 0.92, h * 0.56)])
    for number, (x, y) in enumerate(wall):
        if number % 2 == 0:
            board.box(x - 17, y - h * 0.075, 34, h * 0.1, (196, 188, 170), (128, 120, 106), 2)
    fill(board, [(w * 0.6, h * 0.46), (w * 0.86, h * 0.46), (w * 0.88, h * 0.62), (w * 0.58, h * 0.62)], (202, 192,
        174), (156, 146, 130))  # fmt: skip
    for row in range(6):
        board.line([(w * 0.59, h * (0.485 + 0.024 * row)), (w * 0.87, h * (0.485 + 0.024 * row))], (138, 130, 116),
            2)  # fmt: skip
    for number in range(5):
        board.line([(w * (0.635 + 0.048 * number), h * 0.36), (w * (0.635 + 0.048 * number), h * 0.46)], (140, 78,
            60), 12)  # fmt: skip
    board.box(w * 0.62, h * 0.355, w * 0.22, h * 0.02, (98, 122, 104))
    roof(board, w * 0.73, h * 0.36, w * 0.34, h * 0.13)
    for x, y, size in ((0.3, 0.96, 0.42), (0.96, 0.64, 0.3), (0.5, 0.9, 0.26)):
        tree(board, w * x, h * y, h * size, (236, 206, 204))
    for number in range(8):
        figure(board, w * (0.6 + 0.045 * number), h * (0.76 + 0.02 * (number % 3)), h * 0.09, _COATS[number % 4],
            ("gat", "", "")[number % 3])  # fmt: skip


def divers(board: Board) -> None:
    """Women divers with their floats before a broad-topped cone."""
    w, h = board.width, board.height
    sky(board, h * 0.42, (104, 156, 190), (180, 208, 214), (240, 232, 214))
    cone = curve([(w * 0.44, h * 0.42), (w * 0.52, h * 0.2), (w * 0.6, h * 0.16), (w * 0.62, h * 0.19), (w * 0.78,
        h * 0.17), (w * 0.82, h * 0.15), (w * 0.92, h * 0.26), (w, h * 0.42)])  # fmt: skip
    fill(board, cone, (112, 128, 108), (88, 98, 90), (70, 76, 78))
    fill(board, [(0, h * 0.41), (w, h * 0.41), (w, h), (0, h)], (96, 158, 172), (58, 118, 140), (36, 84, 108))
    for row in range(26):
        y = h * (0.43 + 0.0004 * row * row * 2 + 0.012 * row)
        for _ in range(5):
            x = board.random.uniform(0, w)
            board.brush([(x, y), (x + 30 + row * 2, y - 4 - row * 0.3), (x + 70 + row * 5, y)], 3 + row * 0.26, (150,
                196, 200), 0.1)  # fmt: skip
    for x, y, size in ((0.2, 0.56, 0.05), (0.38, 0.64, 0.065), (0.64, 0.6, 0.055), (0.8, 0.74, 0.085), (0.3, 0.8,
        0.1)):  # fmt: skip
        cx, cy, reach = w * x, h * y, w * size
        board.oval(cx + reach * 0.9, cy, reach * 0.5, reach * 0.36, (226, 168, 96), (150, 104, 58), 3)
        board.line([(cx + reach * 0.4, cy), (cx + reach * 0.1, cy)], (226, 214, 186), 3)
        board.oval(cx, cy - reach * 0.1, reach * 0.26, reach * 0.3, (214, 176, 146))
        board.shape(curve([(cx - reach * 0.27, cy - reach * 0.06), (cx - reach * 0.2, cy - reach * 0.4),
            (cx + reach * 0.2, cy - reach * 0.4), (cx + reach * 0.27, cy - reach * 0.06), (cx, cy - reach * 0.2)]),
            (248, 246, 238))  # fmt: skip
        board.brush([(cx - reach * 0.9, cy + reach * 0.2), (cx, cy + reach * 0.1), (cx + reach * 1.4,
            cy + reach * 0.26)], reach * 0.18, (206, 226, 226), 0.1)  # fmt: skip
    rocks = [(0.0, 0.98, 0.34), (0.96, 0.99, 0.3), (0.6, 1.0, 0.2)]
    for x, y, size in rocks:
        fill(board, curve([(w * (x - size), h * (y + 0.06)), (w * (x - size * 0.6), h * (y - size * 0.3)), (w * x,
            h * (y - size * 0.46)), (w * (x + size * 0.5), h * (y - size * 0.2)), (w * (x + size), h * (y + 0.06))]),
            (78, 74, 76), (42, 40, 44))  # fmt: skip


def myriad(board: Board) -> None:
    """Sharp peaks in autumn above mist."""
    w, h = board.width, board.height
    sky(board, h * 0.8, (140, 178, 200), (214, 222, 214), (248, 230, 200))
    foot: Color = (226, 214, 190)
    for row, tone in enumerate(((150, 162, 172), (134, 140, 146), (128, 118, 112))):
        for number in range(9):
            x = w * (0.04 + 0.115 * number + board.random.uniform(-0.03, 0.03))
            peaks(
                board, x, h * (0.56 + 0.13 * row), w * 0.15, h * board.random.uniform(0.26, 0.42), tone, foot
            )
    for _ in range(170):
        x, y = w * board.random.uniform(0, 1), h * board.random.uniform(0.76, 0.94)
        board.oval(
            x, y, 26, 19, board.random.choice(((186, 92, 60), (206, 140, 72), (150, 66, 52), (112, 120, 78)))
        )


def falls(board: Board) -> None:
    """A long fall between dark walls of rock into a round pool."""
    w, h = board.width, board.height
    sky(board, h * 0.3, (176, 200, 208), (236, 234, 220))
    fill(board, [(0, 0), (w * 0.42, 0), (w * 0.46, h * 0.5), (w * 0.38, h), (0, h)], (120, 112, 104), (74, 72,
        70))  # fmt: skip
    fill(board, [(w, 0), (w * 0.6, 0), (w * 0.56, h * 0.5), (w * 0.64, h), (w, h)], (132, 124, 114), (82, 78,
        74))  # fmt: skip
    for _ in range(60):
        x, y = (w * board.random.choice((board.random.uniform(0, 0.44), board.random.uniform(0.58, 1))),
            h * board.random.uniform(0, 0.9))  # fmt: skip
        board.brush([(x, y), (x + board.random.uniform(-20, 20), y + h * 0.1), (x + board.random.uniform(-30, 30),
            y + h * 0.2)], board.random.uniform(4, 14), board.random.choice(((58, 54, 54), (160, 150, 138))),
            0.1)  # fmt: skip
    fill(board, [(w * 0.46, h * 0.02), (w * 0.54, h * 0.02), (w * 0.57, h * 0.8), (w * 0.43, h * 0.8)], (250, 250,
        246), (232, 238, 238))  # fmt: skip
    for number in range(16):
        x = w * (0.45 + 0.007 * number)
        board.brush([(x, h * 0.06), (x + board.random.uniform(-8, 8), h * 0.4), (x, h * 0.78)], 4, (206, 216, 218),
            0.2)  # fmt: skip
    fill(board, curve([(w * 0.2, h * 0.86), (w * 0.5, h * 0.76), (w * 0.8, h * 0.86), (w * 0.5, h * 0.98)]), (150,
        190, 186), (70, 116, 120))  # fmt: skip
    board.wash(curve([(w * 0.36, h * 0.82), (w * 0.5, h * 0.7), (w * 0.64, h * 0.82), (w * 0.5, h * 0.86)]), WHITE,
        0.8, 22)  # fmt: skip
    for _ in range(90):
        side = board.random.choice((-1, 1))
        board.oval(w * (0.5 + side * board.random.uniform(0.16, 0.5)), h * board.random.uniform(0.0, 0.2), 30, 20,
            board.random.choice(((96, 122, 84), (196, 110, 66), (120, 138, 92))))  # fmt: skip


def sea_rocks(board: Board) -> None:
    """Rocks standing in the sea at sunrise."""
    w, h = board.width, board.height
    sky(board, h * 0.56, (94, 128, 168), (206, 180, 176), (250, 214, 160))
    board.oval(w * 0.3, h * 0.5, h * 0.07, h * 0.07, (250, 150, 96))
    glow(board, w * 0.3, h * 0.5, h * 0.3, (255, 220, 160), 0.5)
    for x, size in ((0.56, 0.5), (0.7, 0.62), (0.8, 0.4), (0.92, 0.54), (0.46, 0.2)):
        peaks(board, w * x, h * 0.6, w * 0.13, h * size, (112, 104, 108), (78, 74, 84))
        for number in range(3):
            board.oval(w * x + (number - 1) * 22, h * (0.6 - size * 0.8) + number * 16, 26, 14, (76, 98, 76))
    mirror(board, h * 0.58, h, (96, 138, 160), 0.4)
    boat(board, w * 0.2, h * 0.76, w * 0.12)


def mountain_village(board: Board) -> None:
    """Thatched roofs and apricot blossom below pale mountains."""
    w, h = board.width, board.height
    sky(board, h * 0.6, (156, 190, 208), (226, 228, 216), (250, 236, 214))
    for number in range(7):
        peaks(
            board,
            w * (0.06 + 0.15 * number),
            h * 0.5,
            w * 0.26,
            h * board.random.uniform(0.2, 0.36),
            (138, 152, 164),
            (224, 220, 206),
        )
    hills(board, h * 0.52, h * 0.05, (122, 146, 112), (186, 190, 150))
    fill(board, [(0, h * 0.6), (w, h * 0.58), (w, h), (0, h)], (196, 192, 142), (150, 152, 104))
    for x, y, size in (
        (0.2, 0.64, 0.16),
        (0.4, 0.67, 0.18),
        (0.62, 0.66, 0.17),
        (0.8, 0.7, 0.2),
        (0.3, 0.8, 0.26),
    ):
        thatched_house(board, w * x, h * y, w * size)
    for x, y, size in ((0.5, 0.74, 0.26), (0.1, 0.78, 0.3), (0.9, 0.82, 0.34), (0.7, 0.66, 0.2)):
        tree(board, w * x, h * y, h * size, mixed(PINK, WHITE, 0.5))
    fill(
        board,
        curve(
            [
                (w * 0.4, h),
                (w * 0.54, h * 0.88),
                (w * 0.48, h * 0.78),
                (w * 0.52, h * 0.78),
                (w * 0.62, h * 0.88),
                (w * 0.54, h),
            ]
        ),
        (222, 206, 172),
        (200, 184, 148),
    )
    figure(board, w * 0.54, h * 0.9, h * 0.12, _COATS[0], "load")
