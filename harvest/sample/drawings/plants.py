"""Plants in ink and colour: bamboo, orchid, plum, peony, grasses with insects, pines."""

from __future__ import annotations

import math

from harvest.sample.drawings.board import (
    BROWN,
    CREAM,
    GREEN,
    HANJI,
    INK,
    OCHRE,
    PINK,
    RED,
    SILK,
    WHITE,
    Board,
    Color,
    Point,
    curve,
    ring,
)  # fmt: skip
from harvest.sample.works import Asset

_PALE: Color = (150, 140, 122)
_LEAF: Color = (84, 112, 82)


def seal(board: Board, x: float, y: float, words: str, size: float = 46) -> None:
    """A red seal of two or four letters, read from the right."""
    rows = (len(words) + 1) // 2 if len(words) > 2 else len(words)
    columns = 2 if len(words) > 2 else 1
    board.box(x, y, columns * size + 16, rows * size + 16, RED)
    for number, word in enumerate(words):
        place = columns - 1 - number // rows
        board.letter(
            x + 8 + size * (place + 0.5), y + 8 + size * (number % rows + 0.5), word, size * 0.9, CREAM
        )


def bamboo(asset: Asset) -> Board:
    """Dark stems before pale ones, leaves in groups hanging with the wind."""
    board = Board(asset, SILK)
    for start, lean, ink, width in ((780, 60, _PALE, 22), (350, -30, _PALE, 18), (560, 90, INK, 34)):
        _stem(board, start, lean, ink, width)
    for _ in range(26):
        x, y = board.random.uniform(240, 1000), board.random.uniform(180, 1050)
        tone = INK if board.random.random() > 0.35 else _PALE
        for _ in range(board.random.randint(3, 6)):
            angle = board.random.uniform(0.15, 1.1) * math.pi
            reach = board.random.uniform(110, 220)
            tip = (x + math.cos(angle) * reach, y + math.sin(angle) * reach * 0.8)
            board.brush(
                [(x, y), ((x + tip[0]) / 2 + 10, (y + tip[1]) / 2), tip],
                board.random.uniform(15, 27),
                tone,
                0.05,
            )
    board.column(170, 980, "灘隱의 대를 본떠 그림", 34, _PALE)
    seal(board, 140, 1400, "見本")
    return board


def _stem(board: Board, x: float, lean: float, tone: Color, width: float) -> None:
    y, step = board.height + 40.0, 250.0
    while y > -100:
        upper = (x + lean * 0.22, y - step)
        board.brush([(x, y), ((x + upper[0]) / 2, (y + upper[1]) / 2), upper], width, tone, 0.75)
        board.brush(
            [(upper[0] - width, upper[1] - 5), (upper[0], upper[1] + 6), (upper[0] + width, upper[1] - 5)],
            9,
            tone,
        )
        x, y = upper[0], upper[1] - 12
        step *= 0.97


def orchid(asset: Asset) -> Board:
    """Long leaves thrown from one root, crossing once, and a few flowers."""
    board = Board(asset, CREAM)
    x, y = 430.0, 1240.0
    for dx, dy, bow in ((560, -560, 210), (440, -820, 120), (250, -900, 60), (-180, -760, -60),
                        (-270, -420, -120), (660, -220, 260),
                        (120, -520, 50), (360, -380, 160)):  # fmt: skip
        board.brush([(x, y), (x + dx * 0.25 + bow * 0.1, y + dy * 0.6), (x + dx * 0.6, y + dy),
                     (x + dx, y + dy * 0.86 + abs(bow))], 21,
                    INK, 0.05)  # fmt: skip
    for fx, fy in ((600, 560), (760, 800), (430, 700)):
        board.brush([(x + 20, y - 40), ((x + fx) / 2 + 20, (y + fy) / 2), (fx, fy)], 6, _PALE, 0.5)
        for turn in (-0.62, -0.42, -0.2, 0.05, 0.42):
            tip = (fx + math.cos(turn * math.pi) * 84, fy + math.sin(turn * math.pi) * 84)
            board.brush([(fx, fy), ((fx + tip[0]) / 2 + 8, (fy + tip[1]) / 2), tip], 19, _PALE, 0.1)
        for dx in (-12, 0, 12):
            board.brush([(fx + dx, fy), (fx + dx * 1.8, fy - 22)], 8, INK)
    for dx in (-60, -20, 30, 90):
        board.brush([(x + dx - 50, y + 40), (x + dx, y + 10), (x + dx + 70, y + 50)], 15, _PALE)
    board.column(1040, 190, "石坡의 난을 본떠 그림", 40, INK)
    seal(board, 1010, 720, "見本")
    return board


def plum(asset: Asset) -> Board:
    """A study among old plum trees, the blossom falling like snow."""
    board = Board(asset, HANJI)
    for points, width in ((((90, 1500), (260, 1150), (190, 800), (420, 520), (380, 180)), 62),
                          (((220, 960), (470, 820), (620, 560), (860, 420)), 34),
                          (((1130, 1560), (980, 1220), (1060, 900), (900, 640)), 54),
                          (((1020, 980), (820, 860), (740, 700)), 26), (((330, 640), (240, 420), (120, 330)),
                                  24)):  # fmt: skip
        board.brush(points, width, (72, 58, 48), 0.3)
        for x, y in curve(points):
            for _ in range(5):
                bx, by = x + board.random.uniform(-120, 120), y + board.random.uniform(-110, 90)
                _plum_flower(board, bx, by, board.random.uniform(13, 22))
    _study(board, 430, 1060)
    for _ in range(150):
        x, y = board.random.uniform(30, board.width - 30), board.random.uniform(60, board.height - 60)
        board.oval(x, y, 5, 4, WHITE)
    seal(board, 60, 90, "見本")
    return board


def _plum_flower(board: Board, x: float, y: float, reach: float) -> None:
    color = WHITE if board.random.random() > 0.2 else (236, 190, 184)
    for px, py in ring(x, y, reach * 0.62, reach * 0.62, 5, board.random.random()):
        board.oval(px, py, reach * 0.55, reach * 0.55, color, (170, 150, 134), 1.2)
    board.oval(x, y, reach * 0.2, reach * 0.2, OCHRE)


def _study(board: Board, x: float, y: float) -> None:
    board.box(x, y, 380, 250, (222, 206, 176), INK, 4)
    board.shape([(x - 50, y), (x + 190, y - 130), (x + 430, y)], (150, 132, 104), INK, 4)
    for number in range(9):
        board.line([(x + 190, y - 130), (x - 50 + number * 60, y)], (112, 94, 72), 2)
    board.oval(x + 190, y + 125, 96, 96, CREAM, INK, 4)
    board.oval(x + 170, y + 95, 17, 19, CREAM, INK, 3)
    board.shape(
        [(x + 120, y + 190), (x + 150, y + 118), (x + 192, y + 118), (x + 220, y + 190)],
        (196, 206, 204),
        INK,
        3,
    )
    board.box(x + 225, y + 150, 34, 34, (120, 140, 140), INK, 2)
    board.brush([(x + 242, y + 150), (x + 236, y + 110), (x + 256, y + 84)], 6, BROWN)


def peony(asset: Asset) -> Board:
    """Three great flowers above a strange rock; in plain ink for the court book."""
    plain = asset.style == "ink"
    board = Board(asset, HANJI if plain else (196, 164, 112))
    inner: Color = {"red": RED, "white": WHITE, "pink": PINK, "violet": (132, 96, 128)}.get(
        asset.style, HANJI
    )
    outer: Color = HANJI if plain else (232, 214, 196)
    stalk = INK if plain else (78, 92, 60)
    x = board.width / 2
    _rock(board, x, plain)
    blooms = [(place + board.random.uniform(-70, 70), y + board.random.uniform(-60, 60))
              for place, y in ((x, 340), (x - 270, 620), (x + 260, 740))]  # fmt: skip
    for fx, fy in blooms:
        board.brush([(x, 1250), ((x + fx) / 2 + 30, (1250 + fy) / 2), (fx, fy)], 18, stalk, 0.6)
        for lx, ly in ((fx - 170, fy + 190), (fx + 180, fy + 170), (fx - 30, fy + 250)):
            _leaf(board, fx, fy + 60, lx, ly, HANJI if plain else _LEAF)
    for fx, fy in blooms:
        _peony_flower(board, fx, fy, board.random.uniform(140, 172), inner, outer)
    if plain:
        board.column(1060, 220, "綵花圖", 80)
    return board


def _peony_flower(board: Board, x: float, y: float, reach: float, inner: Color, outer: Color) -> None:
    for share, count in ((1.0, 11), (0.72, 9), (0.44, 7)):
        color = outer if share == 1.0 else inner
        for px, py in ring(x, y, reach * share * 0.74, reach * share * 0.66, count, share):
            board.oval(px, py, reach * share * 0.36, reach * share * 0.33, color, (96, 52, 46), 2)
    for px, py in ring(x, y, reach * 0.13, reach * 0.1, 9):
        board.oval(px, py, 8, 8, OCHRE, (120, 84, 30), 1.5)


def _leaf(board: Board, x: float, y: float, tip_x: float, tip_y: float, color: Color) -> None:
    dx, dy = tip_x - x, tip_y - y
    side = [
        (x + dx * 0.5 - dy * 0.22, y + dy * 0.5 + dx * 0.22),
        (x + dx * 0.5 + dy * 0.22, y + dy * 0.5 - dx * 0.22),
    ]
    board.shape(
        [*curve([(x, y), side[0], (tip_x, tip_y)]), *curve([(tip_x, tip_y), side[1], (x, y)])], color, INK, 2
    )
    board.line([(x, y), (tip_x, tip_y)], INK, 2)


def _rock(board: Board, x: float, plain: bool) -> None:
    outline = [(x - 260, 1640), (x - 240, 1380), (x - 330, 1260), (x - 170, 1130), (x - 40, 1240),
               (x + 60, 1120), (x + 230, 1200),
               (x + 190, 1360), (x + 290, 1480), (x + 240, 1640)]  # fmt: skip
    board.shape(curve(outline), HANJI if plain else (66, 104, 122), INK, 4)
    for hx, hy, reach in ((x - 150, 1400, 60), (x + 40, 1330, 90), (x - 10, 1490, 70), (x + 150, 1450, 50)):
        board.brush(
            [(hx - reach, hy + reach * 0.7), (hx, hy), (hx + reach, hy + reach * 0.5)],
            13,
            INK if plain else (42, 70, 86),
        )
    board.oval(x + 130, 1260, 26, 38, HANJI if plain else (196, 164, 112), INK, 3)


def insects(asset: Asset) -> Board:
    """One plant to a panel, with the small creatures that live by it."""
    board = Board(asset, (214, 194, 156))
    ground = [(0, 1420), (300, 1390), (700, 1430), (1200, 1385)]
    board.wash([*curve(ground), (1200, 1640), (0, 1640)], (150, 128, 88), 0.5, 20)
    _PLANTS[asset.style](board)
    _butterfly(board, 330, 300, 1.0, (214, 120, 70))
    _butterfly(board, 860, 420, 0.7, (228, 214, 170))
    for _ in range(26):
        x = board.random.uniform(60, 1140)
        board.brush(
            [(x, 1440), (x + board.random.uniform(-20, 30), 1380), (x + board.random.uniform(-40, 50), 1330)],
            7,
            _LEAF,
        )
    return board


def _butterfly(board: Board, x: float, y: float, size: float, color: Color) -> None:
    for side in (-1, 1):
        for dx, dy, reach in ((46, -34, 48), (38, 30, 34)):
            px, py = x + side * dx * size, y + dy * size
            board.oval(px, py, reach * size, reach * 0.8 * size, color, INK, 2)
            board.oval(px + side * 6, py, reach * 0.3 * size, reach * 0.3 * size, (70, 60, 70))
        board.brush([(x, y - 30 * size), (x + side * 20 * size, y - 90 * size)], 4, INK)
    board.brush([(x, y - 40 * size), (x, y + 50 * size)], 17 * size, INK)


def _melon(board: Board) -> None:
    board.brush([(160, 1400), (420, 1010), (640, 900), (980, 1020), (1060, 820)], 16, _LEAF, 0.4)
    for x, y, reach in ((470, 1240, 190), (800, 1290, 140)):
        board.oval(x, y, reach, reach * 0.84, (92, 126, 76), INK, 3)
        for share in (0.25, 0.6):
            board.oval(x, y, reach * share, reach * 0.84, None, (58, 88, 56), 7)
    board.oval(540, 1300, 66, 54, (176, 52, 44), WHITE, 9)
    for number in range(7):
        board.oval(505 + number * 12, 1290 + (number % 3) * 12, 4, 6, INK)
    for x, y, tip_x, tip_y in (
        (420, 1000, 260, 860),
        (640, 900, 560, 720),
        (820, 960, 960, 800),
        (1040, 880, 1120, 720),
    ):
        _leaf(board, x, y, tip_x, tip_y, _LEAF)
    for x in (250, 330):
        board.oval(x, 1400, 52, 30, (112, 100, 86), INK, 2)
        board.oval(x - 50, 1388, 19, 17, (112, 100, 86), INK, 2)
        board.brush([(x + 48, 1404), (x + 100, 1420), (x + 130, 1396)], 6, (112, 100, 86))


def _aubergine(board: Board) -> None:
    board.brush([(600, 1420), (590, 1050), (640, 700), (600, 460)], 20, _LEAF, 0.5)
    for dx, dy in ((-190, 980), (180, 900), (-120, 690), (200, 1120)):
        board.brush([(600, dy - 80), (600 + dx * 0.6, dy - 60), (600 + dx, dy)], 11, _LEAF, 0.6)
        board.shape(curve(ring(600 + dx, dy + 120, 62, 118, 12)), (86, 62, 104), INK, 3)
        board.shape(
            [(600 + dx - 46, dy + 16), (600 + dx, dy - 22), (600 + dx + 46, dy + 16), (600 + dx, dy + 44)],
            _LEAF,
            INK,
            2,
        )
    for tip_x, tip_y in ((360, 620), (860, 640), (420, 460), (800, 430), (880, 860)):
        _leaf(board, 605, tip_y + 110, tip_x, tip_y, _LEAF)


def _cockscomb(board: Board) -> None:
    for x, top, color in ((480, 560, RED), (760, 720, (190, 84, 92))):
        board.brush([(600, 1420), ((600 + x) / 2, 1050), (x, top)], 22, (124, 84, 62), 0.6)
        comb = [(x - 150, top), (x - 190, top - 120), (x - 90, top - 90), (x - 60, top - 200), (x, top - 120),
                (x + 70, top - 210),
                (x + 90, top - 90), (x + 190, top - 120), (x + 150, top), (x, top + 60)]  # fmt: skip
        board.shape(curve([*comb, comb[0]]), color, INK, 3)
        for number in range(-3, 4):
            board.brush(
                [(x, top + 40), (x + number * 30, top - 20), (x + number * 40, top - 80)], 5, (110, 30, 30)
            )
        for side, y in ((-1, top + 200), (1, top + 280), (-1, top + 420)):
            _leaf(board, (600 + x) / 2, y, (600 + x) / 2 + side * 210, y - 70, _LEAF)
    for number in range(3):
        board.oval(330 + number * 70, 1420, 26, 18, INK)


def _poppy(board: Board) -> None:
    for x, top, color in ((600, 420, (206, 74, 62)), (360, 660, PINK), (850, 620, WHITE)):
        board.brush([(600, 1420), ((600 + x) / 2 - 20, 1000), (x, top)], 13, _LEAF, 0.5)
        for px, py in ring(x, top, 74, 52, 6):
            board.oval(px, py, 72, 58, color, (110, 50, 44), 2)
        board.oval(x, top, 34, 30, GREEN, INK, 2)
    for tip_x, tip_y in ((330, 1040), (880, 1080), (420, 1220), (800, 1260)):
        _leaf(board, 600, tip_y + 120, tip_x, tip_y, _LEAF)


_PLANTS = {"melon": _melon, "aubergine": _aubergine, "cockscomb": _cockscomb, "poppy": _poppy}


def pine(
    board: Board, x: float, y: float, height: float, lean: float = 0.2, dark: Color = (54, 84, 66)
) -> None:
    """A red-barked pine with flat clouds of needles."""
    trunk: list[Point] = [(x, y), (x + lean * height * 0.5, y - height * 0.35),
                          (x + lean * height * 0.1, y - height * 0.7),
                          (x + lean * height * 0.5, y - height)]  # fmt: skip
    board.brush(trunk, height * 0.085, (132, 84, 58), 0.35)
    for share, side in ((0.5, -1), (0.62, 1), (0.8, -1), (0.86, 1), (1.0, 0)):
        cx = x + lean * height * 0.4 + side * height * 0.24
        cy = y - height * share
        board.brush([(x + lean * height * 0.3, cy + height * 0.06), (cx, cy)], height * 0.03, (132, 84, 58))
        for dx in (-0.13, 0.0, 0.13):
            board.oval(
                cx + dx * height,
                cy - (0 if dx else height * 0.03),
                height * 0.11,
                height * 0.052,
                dark,
                (34, 58, 46),
                2,
            )
