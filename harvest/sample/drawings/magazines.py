"""The covers of magazines and of books around 1908 to 1948."""

from __future__ import annotations

import math

from harvest.sample.drawings.board import CREAM, INK, WHITE, Board, Color, curve, ring
from harvest.sample.drawings.light import fill, hills, mixed, sky
from harvest.sample.works import Asset


def magazine(asset: Asset) -> Board:
    """The cover of a magazine or book of poems around 1908 to 1948, by style."""
    tone: Color = {
        "youth": (226, 214, 178),
        "child": (236, 206, 150),
        "grapes": (214, 222, 196),
        "peony": (240, 222, 214),
        "dog": (206, 226, 232),
        "crow": (62, 62, 66),
        "journal": (216, 206, 190),
        "tears": (206, 186, 186),
    }[asset.style]
    board = Board(asset, tone)
    _MAGAZINES[asset.style](board)
    pen: Color = CREAM if asset.style == "crow" else INK
    title = asset.head or asset.hanja or asset.title
    size = min(190, 1240 / max(5, len(title)))
    board.column(board.width - 200, 190 + size / 2, title, size, pen, 1.14)
    return board


def _youth(board: Board) -> None:
    """Great waves with a small sail."""
    w, h = board.width, board.height
    for row, tone in enumerate(((112, 150, 158), (78, 120, 134), (50, 90, 108), (34, 66, 86))):
        y = h * (0.58 + 0.1 * row)
        line = [(0.0, y)]
        for number in range(7):
            x = w * number / 6 + (row % 2) * 80
            line += [(x - 60, y - 10), (x, y - 90 + 12 * row), (x + 50, y - 40), (x + 20, y - 20)]
        fill(board, [*curve([*line, (w, y)]), (w, h), (0, h)], mixed(tone, WHITE, 0.25), tone)
        board.line(curve(line), (246, 244, 236), 6)
    board.shape([(w * 0.26, h * 0.4), (w * 0.26, h * 0.55), (w * 0.4, h * 0.55)], (246, 240, 224), INK, 3)
    board.brush([(w * 0.18, h * 0.565), (w * 0.3, h * 0.59), (w * 0.44, h * 0.56)], 34, (110, 70, 50), 0.3)
    board.box(50, 50, w - 100, h - 100, None, (150, 60, 48), 7)


def _kite_child(board: Board) -> None:
    """A child running with a paper windmill under a sun."""
    w, h = board.width, board.height
    board.oval(w * 0.3, h * 0.26, w * 0.15, w * 0.15, (226, 104, 62))
    fill(board, curve([(0, h * 0.76), (w * 0.4, h * 0.7), (w, h * 0.78), (w, h), (0, h)]), (120, 158, 104), (88, 128,
        84))  # fmt: skip
    x, y = w * 0.4, h * 0.86
    fill(board, curve([(x - 130, y), (x - 60, y - 300), (x + 60, y - 300), (x + 110, y)]), (206, 72, 76), (170, 50,
        60))  # fmt: skip
    fill(board, curve([(x - 76, y - 270), (x - 70, y - 430), (x + 70, y - 430), (x + 76, y - 270)]), (246, 226, 120),
        (230, 200, 90))  # fmt: skip
    for number, color in enumerate(((206, 72, 76), (64, 110, 160), (90, 150, 100))):
        board.brush([(x + 60 + 34 * number, y - 400 - 20 * number), (x + 76 + 34 * number, y - 420 - 20 * number),
            (x + 96 + 34 * number, y - 436 - 20 * number)], 46, color, 0.9)  # fmt: skip
    board.oval(x, y - 520, 84, 92, (232, 190, 154))
    board.shape(curve([(x - 88, y - 510), (x - 80, y - 620), (x, y - 650), (x + 80, y - 620), (x + 88, y - 510), (x,
        y - 580)]), (44, 36, 34))  # fmt: skip
    for side in (-1, 1):
        board.oval(x + side * 30, y - 520, 8, 9, (44, 36, 34))
        board.oval(x + side * 48, y - 492, 17, 11, (230, 150, 130))
    board.line(curve([(x - 20, y - 482), (x, y - 472), (x + 20, y - 482)]), (150, 60, 50), 5)
    px, py = x + 210, y - 620
    board.line([(x + 160, y - 450), (px, py)], (110, 80, 60), 11)
    for turn, color in enumerate(((206, 72, 76), (64, 110, 160), (240, 190, 80), (90, 150, 100))):
        angle = turn / 4 * math.tau + 0.3
        board.shape([(px, py), (px + 130 * math.cos(angle), py + 130 * math.sin(angle)),
            (px + 92 * math.cos(angle + 0.7), py + 92 * math.sin(angle + 0.7))], color, (90, 60, 50),
            3)  # fmt: skip
    board.oval(px, py, 14, 14, CREAM)


def _grapes(board: Board) -> None:
    w, h = board.width, board.height
    board.brush([(0, h * 0.12), (w * 0.3, h * 0.1), (w * 0.66, h * 0.16)], 26, (112, 92, 66), 0.4)
    for cx, cy in ((0.28, 0.4), (0.52, 0.54)):
        for row in range(8):
            for place in range(8 - row):
                px, py = w * cx + (place - (7 - row) / 2) * 66, h * cy + row * 58
                fill(board, ring(px, py, 38, 38, 20), (176, 196, 120), (120, 152, 84))
                board.oval(px - 11, py - 12, 9, 9, (232, 240, 206))
        board.brush(
            [(w * cx, h * (cy - 0.02)), (w * cx + 8, h * (cy - 0.14)), (w * (cx - 0.02), h * 0.12)],
            12,
            (112, 92, 66),
            0.7,
        )
    for lx, ly, size in ((0.2, 0.2, 150), (0.46, 0.24, 170), (0.1, 0.32, 110)):
        points = [
            (
                w * lx
                + size * (0.7 + 0.3 * math.cos(turn / 30 * math.tau * 5)) * math.cos(turn / 30 * math.tau),
                h * ly
                + size * (0.7 + 0.3 * math.cos(turn / 30 * math.tau * 5)) * math.sin(turn / 30 * math.tau),
            )
            for turn in range(30)
        ]
        fill(board, points, (134, 162, 104), (96, 128, 80))


def _peony_cover(board: Board) -> None:
    w, h = board.width, board.height
    x, y = w * 0.38, h * 0.56
    board.brush([(x, h), (x + 20, h * 0.8), (x, y)], 26, (96, 120, 84), 0.6)
    for side, ly in ((-1, 0.8), (1, 0.74), (-1, 0.9)):
        board.brush(
            [(x, h * ly), (x + side * 140, h * ly - 90), (x + side * 290, h * ly - 60)],
            92,
            (110, 138, 96),
            0.05,
        )
    for reach, count, tone in (
        (250, 10, (226, 160, 166)),
        (190, 9, (214, 124, 138)),
        (130, 7, (196, 92, 112)),
        (74, 6, (176, 66, 90)),
    ):
        for px, py in ring(x, y, reach * 0.62, reach * 0.58, count, reach / 400):
            fill(board, ring(px, py, reach * 0.46, reach * 0.42, 24), mixed(tone, WHITE, 0.3), tone)
    board.oval(x, y, 30, 26, (240, 206, 110))


def _dog(board: Board) -> None:
    """A boy and his dappled dog on a green hill."""
    w, h = board.width, board.height
    fill(board, curve([(0, h * 0.66), (w * 0.5, h * 0.58), (w, h * 0.68), (w, h), (0, h)]), (150, 190, 120), (110,
        156, 92))  # fmt: skip
    board.oval(w * 0.2, h * 0.2, 90, 90, (244, 196, 96))
    x, y = w * 0.3, h * 0.84
    fill(board, [(x - 70, y - 190), (x + 70, y - 190), (x + 60, y), (x + 10, y), (x, y - 110), (x - 10, y), (x - 60,
        y)], (60, 84, 130), (44, 62, 104))  # fmt: skip
    fill(board, curve([(x - 90, y - 180), (x - 76, y - 360), (x + 76, y - 360), (x + 90, y - 180)]), (240, 236, 226),
        (214, 208, 196))  # fmt: skip
    board.oval(x, y - 440, 76, 84, (232, 190, 154))
    board.shape(curve([(x - 80, y - 440), (x - 70, y - 530), (x, y - 546), (x + 70, y - 530), (x + 80, y - 440), (x,
        y - 490)]), (44, 36, 34))  # fmt: skip
    for side in (-1, 1):
        board.oval(x + side * 26, y - 436, 7, 8, (44, 36, 34))
    board.line(curve([(x - 20, y - 402), (x, y - 392), (x + 20, y - 402)]), (150, 60, 50), 5)
    board.brush([(x + 70, y - 320), (x + 150, y - 280), (x + 220, y - 330)], 44, (226, 220, 208), 0.6)
    dx, dy = w * 0.62, h * 0.84
    coat: Color = (246, 240, 228)
    for leg in (-110, -60, 70, 120):
        board.brush([(dx + leg, dy - 90), (dx + leg + 6, dy - 40), (dx + leg, dy)], 44, coat, 0.8)
    board.brush([(dx - 160, dy - 120), (dx, dy - 150), (dx + 150, dy - 120)], 170, coat, 0.6)
    board.oval(dx - 190, dy - 230, 78, 68, coat)
    board.brush([(dx - 240, dy - 210), (dx - 280, dy - 196), (dx - 300, dy - 200)], 50, coat, 0.6)
    for px, py, rx, ry in ((-40, -170, 60, 40), (90, -140, 50, 44), (-170, -262, 34, 28), (20, -100, 34, 24)):
        board.oval(dx + px, dy + py, rx, ry, (120, 84, 60))
    board.brush([(dx - 140, dy - 280), (dx - 116, dy - 240), (dx - 130, dy - 190)], 44, (120, 84, 60), 0.3)
    board.oval(dx - 210, dy - 240, 9, 10, INK)
    board.oval(dx - 306, dy - 202, 14, 12, INK)
    board.brush([(dx + 150, dy - 160), (dx + 230, dy - 230), (dx + 210, dy - 300)], 34, coat, 0.3)


def _crows(board: Board) -> None:
    """A dead-end grid of lanes from above, thirteen small figures."""
    w, h = board.width, board.height
    for number in range(7):
        board.line(
            [(w * (0.08 + 0.09 * number), h * 0.28), (w * (0.02 + 0.11 * number), h * 0.96)],
            (112, 110, 108),
            5,
        )
        board.line(
            [(w * 0.06, h * (0.3 + 0.105 * number)), (w * 0.66, h * (0.3 + 0.105 * number))],
            (112, 110, 108),
            5,
        )
    for number in range(13):
        x, y = w * (0.1 + 0.115 * (number % 5)), h * (0.35 + 0.2 * (number // 5) + 0.1 * (number % 2))
        board.oval(x, y, 17, 17, (226, 206, 150))
        board.brush([(x, y + 10), (x + 10, y + 40), (x + 34, y + 70)], 20, (226, 206, 150), 0.2)
    for number in range(3):
        x, y = w * (0.18 + 0.2 * number), h * (0.12 + 0.04 * (number % 2))
        board.brush(
            [(x - 90, y - 20), (x - 30, y - 44), (x, y), (x + 40, y - 50), (x + 110, y - 34)],
            30,
            (24, 24, 28),
            0.1,
        )


def _journal(board: Board) -> None:
    """A pine on a rock before a rising sun."""
    w, h = board.width, board.height
    board.oval(w * 0.34, h * 0.44, w * 0.19, w * 0.19, (206, 90, 70))
    fill(
        board,
        curve(
            [
                (0, h),
                (w * 0.06, h * 0.8),
                (w * 0.3, h * 0.74),
                (w * 0.5, h * 0.82),
                (w * 0.74, h * 0.9),
                (w * 0.8, h),
            ]
        ),
        (120, 116, 108),
        (78, 76, 74),
    )
    board.brush(
        [(w * 0.3, h * 0.77), (w * 0.24, h * 0.6), (w * 0.38, h * 0.5), (w * 0.34, h * 0.38)],
        52,
        (96, 66, 52),
        0.5,
    )
    for x, y in ((0.34, 0.37), (0.48, 0.46), (0.16, 0.52), (0.28, 0.44), (0.44, 0.56)):
        for dx in (-70, 0, 70):
            board.oval(w * x + dx, h * y - (0 if dx else 22), 84, 34, (54, 84, 70), (38, 62, 52), 3)


def _tears(board: Board) -> None:
    """A broken city wall, the moon, birds leaving."""
    w, h = board.width, board.height
    sky(board, h, (110, 84, 104), (176, 130, 132), (226, 196, 176))
    board.oval(w * 0.3, h * 0.26, 110, 110, (246, 232, 206))
    hills(board, h * 0.6, h * 0.06, (96, 72, 86), (176, 140, 140))
    fill(
        board,
        [
            (0, h * 0.68),
            (w * 0.2, h * 0.66),
            (w * 0.3, h * 0.72),
            (w * 0.42, h * 0.7),
            (w * 0.5, h * 0.84),
            (w * 0.66, h * 0.82),
            (w, h * 0.88),
            (w, h),
            (0, h),
        ],
        (78, 62, 70),
        (46, 38, 46),
    )
    for row in range(6):
        for place in range(4):
            board.box(
                w * 0.08 * place + (row % 2) * 40 + 8,
                h * (0.745 + 0.04 * row),
                w * 0.075,
                h * 0.036,
                None,
                (100, 82, 88),
                3,
            )
    for number in range(5):
        x, y = w * (0.3 + 0.08 * number), h * (0.34 + 0.03 * (number % 3))
        board.line(
            curve([(x - 34, y - 12), (x - 12, y - 20), (x, y), (x + 12, y - 22), (x + 38, y - 14)]),
            (50, 38, 46),
            5,
        )


_MAGAZINES = {"youth": _youth, "child": _kite_child, "grapes": _grapes, "peony": _peony_cover, "dog": _dog,
              "crow": _crows, "journal": _journal, "tears": _tears}  # fmt: skip
