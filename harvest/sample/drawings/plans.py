"""Plans on paper: palaces on a grid, blueprints, measured drawings of pagodas."""

from __future__ import annotations

import math

from harvest.sample.drawings.board import INK, WHITE, Board, Color, curve
from harvest.sample.drawings.light import fill, mixed
from harvest.sample.works import Asset


def palace_plan(asset: Asset) -> Board:
    """A plan on ruled squares: halls as crossed boxes, each with its name; galleries round courts."""
    board = Board(asset, (232, 222, 198), fine=1)
    w, h = board.width, board.height
    for step in range(0, max(w, h), 40):
        board.line([(step, 0), (step, h)], (216, 170, 156), 1)
        board.line([(0, step), (w, step)], (216, 170, 156), 1)
    halls = (("仁政殿", 0.44, 0.34, 0.2, 0.13), ("宣政殿", 0.68, 0.3, 0.12, 0.08), ("熙政堂", 0.74, 0.44, 0.14,
        0.08), ("大造殿", 0.76, 0.16, 0.16, 0.08), ("敦化門", 0.26, 0.86, 0.14, 0.06), ("進善門", 0.3, 0.62, 0.08,
        0.06), ("肅章門", 0.6, 0.62, 0.08, 0.06), ("仁政門", 0.48, 0.56, 0.12, 0.05), ("誠正閣", 0.84, 0.58, 0.1,
        0.07), ("奎章閣", 0.2, 0.36, 0.12, 0.08), ("璿源殿", 0.14, 0.2, 0.14, 0.08), ("養志堂", 0.34, 0.18, 0.09,
        0.06), ("樂善齋", 0.86, 0.82, 0.14, 0.08), ("內醫院", 0.66, 0.74, 0.1, 0.06), ("尙方", 0.44, 0.78, 0.08,
        0.06))  # fmt: skip
    for left, top, right, bottom in ((0.3, 0.24, 0.62, 0.56), (0.62, 0.08, 0.92, 0.24), (0.06, 0.12, 0.42, 0.26),
        (0.1, 0.56, 0.7, 0.7), (0.74, 0.74, 0.97, 0.92)):  # fmt: skip
        board.box(w * left, h * top, w * (right - left), h * (bottom - top), None, INK, 10)
        board.box(w * left + 26, h * top + 26, w * (right - left) - 52, h * (bottom - top) - 52, None, INK, 4)
        for number in range(1, round((right - left) * 26)):
            px = w * left + number * w / 26
            board.line([(px, h * top), (px, h * top + 26)], INK, 2)
            board.line([(px, h * bottom - 26), (px, h * bottom)], INK, 2)
    for name, cx, cy, wide, tall in halls:
        left, top, width, height = w * (cx - wide / 2), h * (cy - tall / 2), w * wide, h * tall
        board.box(left, top, width, height, (246, 240, 222), INK, 6)
        bays = max(3, round(wide * 40))
        for number in range(1, bays):
            board.line([(left + width * number / bays, top), (left + width * number / bays, top + height)], INK,
                1.6)  # fmt: skip
        for number in range(1, 4):
            board.line([(left, top + height * number / 4), (left + width, top + height * number / 4)], INK,
                1.6)  # fmt: skip
        board.box(w * cx - 21 * len(name), h * cy - 24, 42 * len(name), 48, (250, 214, 150), None)
        board.text(w * cx, h * cy, name, 36)
    board.line(curve([(0, h * 0.94), (w * 0.2, h * 0.92), (w * 0.4, h * 0.74), (w * 0.56, h * 0.73), (w * 0.62, h)]),
        (110, 150, 170), 22)  # fmt: skip
    board.column(w * 0.97, h * 0.3, "東闕圖形", 60)
    return board


def blueprint(asset: Asset) -> Board:
    """White lines on Prussian blue: the front of a stone hall with columns and pediment; "plan": its floor."""
    board = Board(asset, (32, 66, 122))
    w, h = board.width, board.height
    pale: Color = (226, 234, 240)
    board.box(40, 40, w - 80, h - 80, None, pale, 3)
    (_floor if asset.style == "plan" else _front)(board, pale)
    board.box(w * 0.7, h * 0.85, w * 0.26, h * 0.09, None, pale, 3)
    board.text(w * 0.83, h * 0.875, "石造殿 · 見本 圖面", h * 0.026, pale)
    board.text(w * 0.83, h * 0.915, "1 : 200", h * 0.022, pale, serif=False)
    for number in range(11):
        x = w * (0.06 + 0.03 * number)
        board.line([(x, h * 0.9), (x, h * (0.885 if number % 5 else 0.87))], pale, 3)
    board.line([(w * 0.06, h * 0.9), (w * 0.36, h * 0.9)], pale, 3)
    return board


def _front(board: Board, pale: Color) -> None:
    w, h = board.width, board.height
    ground, x = h * 0.74, w * 0.5
    for number in range(11):
        board.line(
            [(w * 0.06, ground - number * h * 0.06), (w * 0.94, ground - number * h * 0.06)],
            (58, 94, 150),
            1.4,
        )
    board.line([(w * 0.04, ground), (w * 0.96, ground)], pale, 6)
    board.box(x - w * 0.4, ground - h * 0.1, w * 0.8, h * 0.1, None, pale, 4)
    board.box(x - w * 0.38, ground - h * 0.44, w * 0.76, h * 0.34, None, pale, 4)
    for level in (0.44, 0.47, 0.27):
        board.line([(x - w * 0.4, ground - h * level), (x + w * 0.4, ground - h * level)], pale, 4)
    board.box(x - w * 0.39, ground - h * 0.52, w * 0.78, h * 0.05, None, pale, 3)
    for number in range(40):
        board.line(
            [
                (x - w * 0.385 + number * w * 0.0198, ground - h * 0.515),
                (x - w * 0.385 + number * w * 0.0198, ground - h * 0.475),
            ],
            pale,
            2,
        )
    for number in range(6):
        px = x - w * 0.14 + number * w * 0.056
        board.box(px - 17, ground - h * 0.43, 34, h * 0.33, (32, 66, 122), pale, 3)
        for step in (-7, 0, 7):
            board.line([(px + step, ground - h * 0.42), (px + step, ground - h * 0.11)], pale, 1.4)
        board.box(px - 26, ground - h * 0.445, 52, 20, (32, 66, 122), pale, 3)
    board.shape(
        [(x - w * 0.19, ground - h * 0.47), (x, ground - h * 0.62), (x + w * 0.19, ground - h * 0.47)],
        (32, 66, 122),
        pale,
        4,
    )
    board.shape(
        [(x - w * 0.15, ground - h * 0.485), (x, ground - h * 0.595), (x + w * 0.15, ground - h * 0.485)],
        (32, 66, 122),
        pale,
        2,
    )
    rose = [
        (x + 30 * math.cos(turn / 10 * math.tau), ground - h * 0.52 + 30 * math.sin(turn / 10 * math.tau))
        for turn in range(10)
    ]
    for px, py in rose[::2]:
        board.oval((px + x) / 2, (py + ground - h * 0.52) / 2, 15, 15, None, pale, 2)
    _wings(board, pale, x, ground)


def _wings(board: Board, pale: Color, x: float, ground: float) -> None:
    """The windows of both wings, the steps before the hall, the lines of measure below."""
    w, h = board.width, board.height
    for side in (-1, 1):
        for number in range(4):
            px = x + side * w * (0.2 + 0.05 * number)
            for level, tall in ((0.41, 0.11), (0.25, 0.11)):
                board.box(px - 20, ground - h * level, 40, h * tall, None, pale, 3)
                board.line([(px, ground - h * level), (px, ground - h * (level - tall))], pale, 2)
            board.box(px - 30, ground - h * 0.44, 8, h * 0.34, None, pale, 1.6)
    for number in range(9):
        board.box(
            x - w * (0.17 + 0.006 * number),
            ground - h * 0.1 + number * h * 0.011,
            w * (0.34 + 0.012 * number),
            h * 0.011,
            None,
            pale,
            2,
        )
    for (ax, bx), y in (((-0.4, 0.4), 0.79), ((-0.19, 0.19), 0.77)):
        board.line([(x + w * ax, h * y), (x + w * bx, h * y)], pale, 2)
        for px in (x + w * ax, x + w * bx):
            board.line([(px - 9, h * y + 9), (px + 9, h * y - 9)], pale, 3)


def _floor(board: Board, pale: Color) -> None:
    w, h = board.width, board.height
    left, top, width, height = w * 0.12, h * 0.16, w * 0.76, h * 0.56
    for inset in (0, 16):
        board.box(left + inset, top + inset, width - 2 * inset, height - 2 * inset, None, pale, 5)
    for share in (0.24, 0.76):
        board.box(left + width * share - 8, top, 16, height, (32, 66, 122), pale, 3)
    for share in (0.36, 0.68):
        board.box(left + 16, top + height * share - 8, width - 32, 16, (32, 66, 122), pale, 3)
    for number in range(11):
        for x, y in ((left + width * number / 10, top - 34), (left + width * number / 10, top + height + 34)):
            board.oval(x, y, 13, 13, None, pale, 3)
            board.oval(x, y, 5, 5, pale)
    for word, px, py in (
        ("中央홀", 0.5, 0.52),
        ("接見室", 0.5, 0.18),
        ("食堂", 0.13, 0.18),
        ("寢室", 0.87, 0.18),
        ("居室", 0.13, 0.84),
        ("書齋", 0.87, 0.84),
        ("玄關", 0.5, 0.84),
        ("廊", 0.13, 0.52),
        ("廊", 0.87, 0.52),
    ):
        board.text(left + width * px, top + height * py, word, 40, pale)
    for x, y in ((0.24, 0.18), (0.76, 0.18), (0.24, 0.84), (0.76, 0.84), (0.24, 0.52), (0.76, 0.52)):
        cx, cy = left + width * x, top + height * y
        board.box(cx - 12, cy - 32, 24, 64, (32, 66, 122))
        board.line(curve([(cx - 8, cy + 32), (cx + 40, cy + 20), (cx + 56, cy - 30)]), pale, 2)
    for number in range(9):
        board.box(
            w * 0.4 - number * 6, top + height + 60 + number * 11, w * 0.2 + number * 12, 11, None, pale, 2
        )


def pagodas(asset: Asset) -> Board:
    """Measured drawings in brown ink of two stone pagodas, one plain of three storeys, one like turned wood."""
    board = Board(asset, (238, 232, 216))
    w, h = board.width, board.height
    ink: Color = (92, 66, 50)
    stone: Color = (214, 206, 190)
    ground, x = h * 0.88, w * 0.5
    board.line([(w * 0.06, ground), (w * 0.94, ground)], ink, 5)
    (_many_treasures if asset.style == "many" else _three_storeys)(board, x, ground, stone, ink)
    for number in range(12):
        y = ground - number * h * 0.06
        board.line([(w * 0.06, y), (w * 0.075, y)], ink, 2)
        board.text(w * 0.045, y, str(number), h * 0.011, ink, serif=False)
    board.line([(w * 0.07, ground), (w * 0.07, h * 0.2)], ink, 2)
    board.line([(x, h * 0.06), (x, h * 0.93)], mixed(ink, WHITE, 0.55), 1.6)
    board.text(
        w * 0.5, h * 0.955, "多寶塔 立面" if asset.style == "many" else "三層石塔 立面", h * 0.022, ink
    )
    return board


def _block(
    board: Board,
    x: float,
    bottom: float,
    width: float,
    height: float,
    stone: Color,
    ink: Color,
    upper: float = 1.0,
) -> float:
    """One course of stone, its lower middle at (x, bottom); gives the height of its top."""
    points = [
        (x - width / 2, bottom),
        (x - width / 2 * upper, bottom - height),
        (x + width / 2 * upper, bottom - height),
        (x + width / 2, bottom),
    ]
    fill(board, points, mixed(stone, WHITE, 0.35), stone, mixed(stone, ink, 0.16))
    board.line(points, ink, 3, close=True)
    return bottom - height


def _eaves(
    board: Board, x: float, bottom: float, width: float, height: float, stone: Color, ink: Color
) -> float:
    for step in range(4):
        bottom = _block(board, x, bottom, width * (0.62 + 0.07 * step), height * 0.12, stone, ink)
    half = width / 2
    points = [
        (x - half, bottom - height * 0.1),
        *curve([(x - half, bottom), (x, bottom + 2), (x + half, bottom)])[0:1],
        (x - half * 0.96, bottom),
        (x + half * 0.96, bottom),
        (x + half, bottom - height * 0.1),
        (x + half * 0.5, bottom - height * 0.5),
        (x - half * 0.5, bottom - height * 0.5),
    ]
    fill(board, points, mixed(stone, WHITE, 0.35), mixed(stone, ink, 0.2))
    board.line(points, ink, 3, close=True)
    return bottom - height * 0.5


def _three_storeys(board: Board, x: float, ground: float, stone: Color, ink: Color) -> None:
    y = _block(board, x, ground, 860, 34, stone, ink)
    y = _block(board, x, y, 760, 120, stone, ink)
    y = _block(board, x, y, 800, 30, stone, ink)
    y = _block(board, x, y, 560, 150, stone, ink)
    y = _block(board, x, y, 620, 30, stone, ink)
    for width, body, eave in ((360, 230, 600), (320, 100, 520), (290, 90, 440)):
        for side in (-1, 1):
            board.line([(x + side * width * 0.4, y), (x + side * width * 0.4, y - body)], ink, 3)
        top = _block(board, x, y, width, body, stone, ink)
        for side in (-1, 1):
            board.line([(x + side * width * 0.4, y), (x + side * width * 0.4, top)], ink, 3)
        y = _eaves(board, x, top, eave, 110, stone, ink)
    y = _block(board, x, y, 110, 40, stone, ink)
    for width, height in ((90, 34), (120, 22), (70, 26), (90, 20), (60, 22), (76, 18), (46, 20), (26, 60)):
        y = _block(board, x, y, width, height, stone, ink, 0.8)


def _many_treasures(board: Board, x: float, ground: float, stone: Color, ink: Color) -> None:
    y = _block(board, x, ground, 840, 40, stone, ink)
    for number in range(9):
        width = 330 - 14 * number
        board.box(x - width / 2, ground - 40 - number * 22, width, 22, mixed(stone, WHITE, 0.2), ink, 2)
    top = _block(board, x, y, 720, 210, stone, ink)
    board.shape(
        [(x - 165, y), (x - 110, top), (x + 110, top), (x + 165, y)], mixed(stone, WHITE, 0.3), ink, 3
    )
    for number in range(9):
        board.line([(x - 160 + 6 * number, y - 23 * number), (x + 160 - 6 * number, y - 23 * number)], ink, 2)
    y = _block(board, x, top, 770, 34, stone, ink)
    low = y
    for dx in (-250, 0, 250):
        _block(board, x + dx, low, 84 if dx else 110, 200, stone, ink)
        _block(board, x + dx, low - 160, 130, 40, stone, ink, 1.3)
    y = low - 200
    y = _eaves(board, x, y, 900, 150, stone, ink)
    for width in (470, 430):
        y = _block(board, x, y, width, 18, stone, ink)
    for number in range(9):
        board.box(x - 200 + number * 46, y - 66, 16, 66, stone, ink, 2)
    y = _block(board, x, y - 60, 430, 18, stone, ink)
    for number in range(6):
        board.brush(
            [(x - 130 + number * 52, y), (x - 136 + number * 54, y - 60), (x - 130 + number * 52, y - 120)],
            26,
            stone,
            0.6,
        )
        board.line(
            curve(
                [
                    (x - 130 + number * 52, y),
                    (x - 136 + number * 54, y - 60),
                    (x - 130 + number * 52, y - 120),
                ]
            ),
            ink,
            3,
        )
    y -= 120
    y = _block(board, x, y, 340, 34, stone, ink, 1.16)
    y = _eaves(board, x, y, 500, 120, stone, ink)
    for width, height in ((110, 46), (150, 30), (90, 34), (120, 26), (70, 30), (90, 22), (50, 30), (28, 70)):
        y = _block(board, x, y, width, height, stone, ink, 0.84)
