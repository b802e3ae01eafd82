"""Pictures cut in blocks for books: fish, fighters, instruments, the globe."""

from __future__ import annotations

import math

from harvest.sample.drawings.board import CREAM, HANJI, INK, Board, curve, ring
from harvest.sample.drawings.light import fill, mixed
from harvest.sample.drawings.pages import frame, plate_of, press, wear
from harvest.sample.works import Asset


def fish_page(asset: Asset) -> Board:
    """Three fishes of the sea drawn in line, each with its name in Hanja."""
    board = Board(asset, HANJI)
    w, h = board.width, board.height
    plate = plate_of(board)
    frame(plate, 128, 150, w - 84, h - 110)
    for number, (name, tall, spots) in enumerate((("民魚", 0.2, True), ("石首魚", 0.15, False), ("靑魚", 0.11,
        False))):  # fmt: skip
        y, x, reach = h * (0.29 + 0.23 * number), w * 0.44, w * 0.25
        body = [(x - reach, y), (x - reach * 0.6, y - w * tall * 0.55), (x, y - w * tall * 0.66), (x + reach * 0.6,
            y - w * tall * 0.3), (x + reach, y), (x + reach * 0.6, y + w * tall * 0.3), (x, y + w * tall * 0.6),
            (x - reach * 0.6, y + w * tall * 0.5), (x - reach, y)]  # fmt: skip
        plate.line(curve(body), INK, 6)
        plate.shape(curve([(x + reach, y), (x + reach * 1.3, y - w * tall * 0.5), (x + reach * 1.2, y),
            (x + reach * 1.3, y + w * tall * 0.5), (x + reach, y)]), (255, 255, 255), INK, 6)  # fmt: skip
        plate.line(curve([(x - reach * 0.5, y - w * tall * 0.56), (x - reach * 0.1, y - w * tall * 0.95),
            (x + reach * 0.4, y - w * tall * 0.45)]), INK, 5)  # fmt: skip
        for ray in range(7):
            plate.line([(x - reach * 0.4 + ray * reach * 0.11, y - w * tall * 0.6),
                (x - reach * 0.34 + ray * reach * 0.11, y - w * tall * 0.78)], INK, 3)  # fmt: skip
        plate.oval(x - reach * 0.74, y - w * tall * 0.12, 17, 17, None, INK, 5)
        plate.oval(x - reach * 0.74, y - w * tall * 0.12, 6, 6, INK)
        plate.line(curve([(x - reach * 0.56, y - w * tall * 0.44), (x - reach * 0.48, y), (x - reach * 0.58,
            y + w * tall * 0.4)]), INK, 4)  # fmt: skip
        for row in range(-2, 3):
            for place in range(9):
                px, py = (x - reach * 0.36 + place * reach * 0.13 + (row % 2) * reach * 0.06,
                    y + row * w * tall * 0.19)  # fmt: skip
                if abs(py - y) < w * tall * (0.5 - 0.035 * place):
                    plate.line(curve([(px, py - 13), (px + 15, py), (px, py + 13)], 4), INK, 3)
                    if spots and (row + place) % 4 == 0:
                        plate.oval(px + 4, py, 7, 7, INK)
        plate.column(w * 0.85, y - 60, name, 58)
    press(board, plate)
    wear(board)
    return board


def fighters(asset: Asset) -> Board:
    """Two fighters in a frame with swords, staves or bare hands by style, the name of their stance above."""
    board = Board(asset, HANJI)
    w, h = board.width, board.height
    plate = plate_of(board)
    frame(plate, 128, 150, w - 84, h - 110)
    plate.line([(128, h * 0.22), (w - 84, h * 0.22)], INK, 4)
    plate.text(w * 0.52, h * 0.155, asset.head, 84)
    for row, y in enumerate((0.54, 0.9)):
        for side in (-1, 1):
            _fighter(plate, w * (0.52 + side * 0.19), h * y, h * 0.27, -side, asset.style, row)
        plate.line([(180, h * y + 8), (w - 140, h * y + 8)], INK, 2)
    press(board, plate)
    wear(board)
    return board


def _fighter(plate: Board, x: float, y: float, size: float, side: int, weapon: str, row: int) -> None:
    """A fighter facing the way `side` points, lunging (row 0) or on guard (row 1)."""

    def at(px: float, py: float) -> tuple[float, float]:
        return x + side * px * size, y - py * size

    reach = 0.3 if row == 0 else 0.18
    for foot, knee in ((reach, 0.2), (-reach - 0.04, -0.16)):
        leg = [at(-0.07, 0.44), at(knee - 0.06, 0.26), at(foot - 0.05, 0.03), at(foot + 0.07, 0.03), at(knee + 0.08,
            0.26), at(0.08, 0.44)]  # fmt: skip
        plate.shape(curve(leg), (255, 255, 255), INK, 4)
        plate.shape(curve([at(foot - 0.07, 0.04), at(foot + 0.04, 0.05), at(foot + 0.12, 0.0), at(foot - 0.07,
            0.0)]), INK)  # fmt: skip
    plate.shape(curve([at(-0.12, 0.4), at(-0.13, 0.6), at(-0.09, 0.74), at(0.1, 0.74), at(0.14, 0.6), at(0.14, 0.4),
        at(0, 0.37)]), (255, 255, 255), INK, 4)  # fmt: skip
    plate.line([at(-0.13, 0.47), at(0.14, 0.47)], INK, 11)
    lift = 0.12 if row == 0 else 0.26
    hand = at(0.32, 0.6 + lift * 0.5)
    for shoulder, hold in ((at(0.08, 0.7), hand), (at(-0.08, 0.7), at(0.22, 0.56) if weapon != "fist" else at(-0.26,
        0.62 + lift))):  # fmt: skip
        plate.brush([shoulder, ((shoulder[0] + hold[0]) / 2, (shoulder[1] + hold[1]) / 2 + size * 0.05), hold],
            size * 0.1, INK, 0.7)  # fmt: skip
        plate.brush([shoulder, ((shoulder[0] + hold[0]) / 2, (shoulder[1] + hold[1]) / 2 + size * 0.05), hold],
            size * 0.075, (255, 255, 255), 0.7)  # fmt: skip
    if weapon == "sword":
        plate.brush([hand, at(0.5, 0.8 + lift), at(0.56, 1.1 + lift * 0.4)], size * 0.035, INK, 0.3)
        plate.line([at(0.29, 0.68 + lift * 0.4), at(0.38, 0.64 + lift * 0.4)], INK, 8)
    elif weapon == "staff":
        plate.line([at(-0.28, 0.4), at(0.66, 0.86 + lift * 0.5)], INK, 9)
    plate.oval(*at(0.02, 0.85), size * 0.075, size * 0.09, (255, 255, 255), INK, 4)
    plate.shape(curve([at(-0.1, 0.88), at(-0.06, 0.97), at(0.06, 0.97), at(0.11, 0.88)]), INK)
    plate.line([at(-0.12, 0.885), at(0.13, 0.885)], INK, 6)
    plate.line([at(0.04, 0.85), at(0.075, 0.85)], INK, 4)
    plate.line([at(0.04, 0.8), at(0.07, 0.8)], INK, 3)


def instruments_page(asset: Asset) -> Board:
    """A woodblock page of instruments in line: zither and hourglass drum, or stone chimes and a pipe, by style."""
    board = Board(asset, HANJI)
    w, h = board.width, board.height
    plate = plate_of(board)
    frame(plate, 128, 150, w - 84, h - 110)
    if asset.style == "chimes":
        plate.box(w * 0.2, h * 0.2, w * 0.6, h * 0.4, None, INK, 8)
        plate.line([(w * 0.2, h * 0.4), (w * 0.8, h * 0.4)], INK, 6)
        for row in range(2):
            for place in range(8):
                x, y = w * (0.245 + 0.072 * place), h * (0.24 + 0.2 * row)
                plate.line([(x, y - h * 0.038), (x, y)], INK, 3)
                plate.shape([(x - 34, y + 34), (x - 10, y - 4), (x + 8, y - 4), (x + 34, y + 62), (x + 16, y + 70),
                    (x - 4, y + 28), (x - 24, y + 54)], (255, 255, 255), INK, 4)  # fmt: skip
        for side in (-1, 1):
            plate.shape(curve([(w * (0.5 + side * 0.3), h * 0.6), (w * (0.5 + side * 0.36), h * 0.66),
                (w * (0.5 + side * 0.3), h * 0.68), (w * (0.5 + side * 0.22), h * 0.66)]), (255, 255, 255), INK,
                5)  # fmt: skip
            plate.line(curve([(w * (0.5 + side * 0.3), h * 0.2), (w * (0.5 + side * 0.36), h * 0.16),
                (w * (0.5 + side * 0.33), h * 0.13)]), INK, 7)  # fmt: skip
        plate.column(w * 0.865, h * 0.2, "編磬", 84)
        plate.box(w * 0.24, h * 0.78, w * 0.5, 56, None, INK, 5)
        for number in range(6):
            plate.oval(w * (0.36 + 0.06 * number), h * 0.78 + 28, 12, 12, INK)
        plate.column(w * 0.865, h * 0.75, "大笒", 66)
    else:
        plate.shape([(w * 0.2, h * 0.18), (w * 0.34, h * 0.18), (w * 0.36, h * 0.84), (w * 0.18, h * 0.84)], (255,
            255, 255), INK, 6)  # fmt: skip
        for number in range(12):
            x = w * (0.205 + 0.0115 * number)
            plate.line([(x, h * 0.2), (x - 4 + number * 0.8, h * 0.8)], INK, 2)
            plate.shape([(x - 9, h * (0.34 + 0.028 * number)), (x, h * (0.322 + 0.028 * number)), (x + 9,
                h * (0.34 + 0.028 * number))], INK)  # fmt: skip
        plate.column(w * 0.45, h * 0.24, "伽倻琴", 72)
        x, y = w * 0.68, h * 0.58
        plate.line(curve([(x - 190, y - 150), (x - 60, y - 40), (x + 60, y - 40), (x + 190, y - 150)]), INK,
            6)  # fmt: skip
        plate.line(curve([(x - 190, y + 150), (x - 60, y + 40), (x + 60, y + 40), (x + 190, y + 150)]), INK,
            6)  # fmt: skip
        for side in (-1, 1):
            plate.oval(x + side * 196, y, 44, 176, (255, 255, 255), INK, 6)
            plate.oval(x + side * 196, y, 30, 140, None, INK, 3)
        for number in range(7):
            plate.line([(x - 190, y - 150 + 50 * number), (x + 190, y - 130 + 44 * number)], INK, 3)
        plate.column(w * 0.865, h * 0.24, "杖鼓", 84)
    press(board, plate)
    wear(board)
    return board


def hemispheres(asset: Asset) -> Board:
    """The two halves of the globe with their continents, names in Hangul of the time."""
    board = Board(asset, CREAM)
    w, h = board.width, board.height
    continents = ((-1, "아셰아", ((0.1, -0.6), (0.62, -0.44), (0.74, -0.1), (0.36, 0.16), (0.12, 0.06), (-0.06,
        -0.24)), (226, 170, 120)), (-1, "유로바", ((-0.3, -0.66), (0.06, -0.66), (0.02, -0.36), (-0.3, -0.3)), (150,
        178, 140)), (-1, "아프리가", ((-0.44, -0.2), (0.02, -0.16), (0.1, 0.12), (-0.1, 0.52), (-0.28, 0.4), (-0.46,
        0.06)), (230, 200, 120)), (-1, "오스트렐랴", ((0.42, 0.3), (0.72, 0.26), (0.66, 0.54), (0.42, 0.52)), (190,
        160, 190)), (1, "북아메리가", ((-0.5, -0.7), (0.3, -0.66), (0.1, -0.2), (-0.04, 0.0), (-0.3, -0.24)), (214,
        150, 140)), (1, "남아메리가", ((-0.06, 0.04), (0.36, 0.12), (0.22, 0.5), (0.02, 0.84), (-0.1, 0.36)), (150,
        186, 180)))  # fmt: skip
    reach = w * 0.27
    for side, y in ((-1, 0.27), (1, 0.73)):
        cx, cy = w * 0.5, h * y
        fill(board, ring(cx, cy, reach, reach, 90), (206, 224, 226), (160, 194, 204))
        for number in range(1, 6):
            board.oval(cx, cy, reach * number / 6, reach, None, mixed((120, 150, 160), CREAM, 0.3), 2)
            level = reach * (number / 3 - 1)
            half = math.sqrt(max(0.0, reach * reach - level * level))
            board.line([(cx - half, cy + level), (cx + half, cy + level)], mixed((120, 150, 160), CREAM, 0.3),
                2)  # fmt: skip
        for which, name, points, tone in continents:
            if which == side:
                path = curve([(cx + px * reach, cy + py * reach) for px, py in (*points, points[0])])
                fill(board, path, mixed(tone, CREAM, 0.25), tone)
                board.line(path, mixed(tone, INK, 0.5), 3)
                mx, my = sum(px for px, _ in points) / len(points), sum(py for _, py in points) / len(points)
                board.text(cx + mx * reach, cy + my * reach, name, 38)
        board.oval(cx, cy, reach, reach, None, INK, 6)
        board.text(cx, cy - reach - 44, "동반구" if side < 0 else "서반구", 50)
    board.column(w * 0.93, h * 0.09, asset.head, 60)
    wear(board)
    return board
