"""Folk and court decorative painting: bookshelves, tiger and magpie, pictorial characters, fish."""

from __future__ import annotations

from harvest.sample.drawings.board import (
    BLUE,
    BROWN,
    CREAM,
    GREEN,
    HANJI,
    INK,
    OCHRE,
    PINK,
    RED,
    WHITE,
    Board,
    Color,
    curve,
    ring,
)  # fmt: skip
from harvest.sample.drawings.modern import blossom
from harvest.sample.drawings.plants import pine
from harvest.sample.drawings.screens import cloud, crane
from harvest.sample.works import Asset

_WOOD: Color = (106, 66, 46)
_BINDINGS: tuple[Color, ...] = (BLUE, RED, GREEN, OCHRE, (132, 112, 140), (196, 184, 152))


def bookshelf(asset: Asset) -> Board:
    """Shelves of books in wrappers and of a scholar's treasures, seen a little from one side."""
    board = Board(asset, (96, 74, 58))
    side = -1 if asset.style == "left" else 1
    w, h = board.width, board.height
    columns, rows = 4, 5
    cell_w, cell_h = (w - 60) / columns, (h - 60) / rows
    for row in range(rows):
        for column in range(columns):
            x, y = 30 + column * cell_w, 30 + row * cell_h
            board.box(x, y, cell_w, cell_h, (58, 46, 40))
            board.shape([(x, y), (x + cell_w, y), (x + cell_w - 26, y + 26), (x + 26, y + 26)], (74, 58, 48))
            board.shape(
                [
                    (x, y + cell_h),
                    (x + cell_w, y + cell_h),
                    (x + cell_w - 26, y + cell_h - 30),
                    (x + 26, y + cell_h - 30),
                ],
                (126, 88, 62),
            )
            board.box(x, y, cell_w, cell_h, None, _WOOD, 14)
            kind = (row * 3 + column * (2 if side > 0 else 5)) % 7
            _THINGS[kind](board, x + cell_w / 2, y + cell_h - 18, cell_w * 0.62, cell_h * 0.66)
    return board


def _books(board: Board, x: float, y: float, width: float, height: float) -> None:
    count = board.random.randint(4, 6)
    step = height / 6.4
    for number in range(count):
        color = board.random.choice(_BINDINGS)
        top = y - (number + 1) * step
        board.box(x - width / 2, top, width, step - 3, color, INK, 2)
        board.shape(
            [
                (x - width / 2, top),
                (x + width / 2, top),
                (x + width / 2 - 18, top - 12),
                (x - width / 2 + 18, top - 12),
            ],
            CREAM,
            INK,
            2,
        )
        board.box(x - width * 0.2, top + 6, width * 0.4, step - 16, CREAM, None)


def _vase(board: Board, x: float, y: float, width: float, height: float) -> None:
    color = board.random.choice(((222, 226, 216), (104, 142, 132), (70, 104, 140)))
    body = [(x - width * 0.16, y), (x - width * 0.3, y - height * 0.3), (x - width * 0.1, y - height * 0.5),
            (x - width * 0.12, y - height * 0.58),
            (x + width * 0.12, y - height * 0.58), (x + width * 0.1, y - height * 0.5), (x + width * 0.3,
                    y - height * 0.3), (x + width * 0.16, y)]  # fmt: skip
    for dx, reach in ((-0.24, 0.9), (0.0, 1.05), (0.22, 0.86)):
        board.brush([(x, y - height * 0.55), (x + dx * width, y - height * reach)], 6, GREEN)
        blossom(board, x + dx * width, y - height * reach, 26, PINK, RED)
    board.shape(curve(body), color, INK, 3)


def _brushes(board: Board, x: float, y: float, width: float, height: float) -> None:
    for number in range(5):
        dx = (number - 2) * width * 0.08
        board.line([(x + dx * 0.6, y - height * 0.4), (x + dx * 2, y - height * 0.86)], BROWN, 7)
        board.brush([(x + dx * 2, y - height * 0.84), (x + dx * 2.3, y - height)], 14, INK)
    board.box(x - width * 0.22, y - height * 0.5, width * 0.44, height * 0.5, (190, 160, 110), INK, 3)
    board.line([(x - width * 0.22, y - height * 0.4), (x + width * 0.22, y - height * 0.4)], BROWN, 4)


def _scrolls(board: Board, x: float, y: float, width: float, height: float) -> None:
    for row in range(3):
        for number in range(3 - row):
            cx = x + (number - (2 - row) / 2) * width * 0.3
            board.oval(cx, y - height * (0.13 + row * 0.22), width * 0.15, height * 0.12, CREAM, INK, 3)
            board.oval(cx, y - height * (0.13 + row * 0.22), width * 0.06, height * 0.05, _WOOD)


def _fruit(board: Board, x: float, y: float, width: float, height: float) -> None:
    board.shape(curve([(x - width * 0.4, y - height * 0.3), (x - width * 0.2, y - 10),
                       (x + width * 0.2, y - 10), (x + width * 0.4, y - height * 0.3)]),
                (214, 220, 216), INK, 3)  # fmt: skip
    for dx, dy in ((-0.2, 0.38), (0.0, 0.36), (0.2, 0.38), (-0.1, 0.54), (0.1, 0.54), (0.0, 0.68)):
        board.oval(x + dx * width, y - dy * height, width * 0.11, height * 0.09, (216, 120, 90), INK, 2)


def _peacock(board: Board, x: float, y: float, width: float, height: float) -> None:
    board.box(x - width * 0.14, y - height * 0.3, width * 0.28, height * 0.3, (120, 92, 140), INK, 3)
    for number in range(7):
        dx = (number - 3) * width * 0.12
        top = y - height * (0.95 - abs(number - 3) * 0.06)
        board.brush([(x, y - height * 0.3), (x + dx, top)], 6, GREEN)
        board.oval(x + dx, top, 16, 20, GREEN, INK, 2)
        board.oval(x + dx, top, 8, 10, BLUE)


_THINGS = (_books, _vase, _books, _brushes, _fruit, _peacock, _scrolls)


def tiger(asset: Asset) -> Board:
    """A good-humoured tiger sitting under a pine, a magpie with news above."""
    board = Board(asset, (220, 200, 160))
    w, h = board.width, board.height
    pine(board, w * 0.84, h * 0.98, h * 0.86, -0.25, (66, 104, 84))
    coat: Color = (214, 158, 82)
    board.brush([(420, 1420), (200, 1300), (150, 1080), (300, 980)], 78, coat, 0.7)
    body = [(330, 1520), (300, 1200), (420, 920), (640, 860), (800, 960), (860, 1240), (830, 1520)]
    board.shape(curve(body), coat, INK, 5)
    board.shape(
        curve([(470, 1510), (450, 1250), (560, 1080), (680, 1250), (660, 1510)]), (244, 226, 184), INK, 3
    )
    for side, x in ((-1, 430), (1, 720)):
        board.shape(
            curve(
                [
                    (x - 70, 1180),
                    (x - 76, 1450),
                    (x - 100, 1540),
                    (x + 90, 1540),
                    (x + 66, 1450),
                    (x + 70, 1180),
                ]
            ),
            coat,
            INK,
            4,
        )
        for number in range(4):
            board.brush(
                [(x - 56, 1210 + number * 66), (x, 1226 + number * 66), (x + 56, 1206 + number * 66)], 17, INK
            )
        for claw in (-60, -10, 40):
            board.line([(x + claw, 1500), (x + claw, 1536)], INK, 5)
        board.brush([(565 + side * 250, 960), (565 + side * 190, 1040), (565 + side * 170, 1140)], 26, INK)
    _tiger_face(board, 560, 690, coat)
    _magpie(board, 790, 330)
    for number in range(6):
        board.brush(
            [(180 + number * 6, 1300 - number * 52), (150 + number * 24, 1290 - number * 52)], 17, INK
        )
    return board


def _tiger_face(board: Board, x: float, y: float, coat: Color) -> None:
    for side in (-1, 1):
        board.oval(x + side * 190, y - 180, 66, 70, coat, INK, 5)
        board.oval(x + side * 190, y - 176, 36, 40, PINK)
    board.oval(x, y, 262, 246, coat, INK, 5)
    board.oval(x, y + 110, 150, 108, (246, 232, 196), INK, 3)
    for side in (-1, 1):
        board.oval(x + side * 104, y - 50, 64, 60, WHITE, INK, 5)
        board.oval(x + side * 104, y - 50, 44, 44, OCHRE, INK, 3)
        board.oval(x + side * 92, y - 62, 19, 21, INK)
        for number in range(3):
            board.brush(
                [
                    (x + side * 240, y + 30 + number * 44),
                    (x + side * 196, y + 40 + number * 40),
                    (x + side * 160, y + 34 + number * 40),
                ],
                18,
                INK,
            )
            board.line(
                [(x + side * 70, y + 130 + number * 18), (x + side * 300, y + 110 + number * 44)], INK, 3
            )
            board.brush(
                [(x + side * 36 * number, y - 226 + number * 8), (x + side * 30 * number, y - 170)], 17, INK
            )
    board.shape(curve([(x - 56, y + 44), (x, y + 30), (x + 56, y + 44), (x, y + 92)]), (120, 60, 52), INK, 3)
    board.line([(x, y + 92), (x, y + 130)], INK, 5)
    board.line(
        curve([(x - 110, y + 130), (x - 60, y + 164), (x, y + 132), (x + 60, y + 164), (x + 110, y + 130)]),
        INK,
        5,
    )
    for side in (-1, 1):
        board.shape(
            [(x + side * 52, y + 158), (x + side * 66, y + 192), (x + side * 78, y + 154)], WHITE, INK, 2
        )


def _magpie(board: Board, x: float, y: float) -> None:
    board.brush([(x + 60, y + 40), (x + 170, y + 110), (x + 260, y + 190)], 44, INK, 0.3)
    board.oval(x, y, 110, 70, INK)
    board.oval(x - 16, y + 24, 70, 40, WHITE)
    board.brush([(x + 10, y - 40), (x + 90, y + 20), (x + 150, y + 84)], 46, (44, 66, 92), 0.2)
    board.oval(x - 100, y - 60, 52, 46, INK)
    board.shape([(x - 146, y - 76), (x - 216, y - 50), (x - 140, y - 46)], OCHRE, INK, 2)
    board.oval(x - 112, y - 70, 9, 9, WHITE, INK, 2)
    for dx in (-20, 20):
        board.line([(x + dx, y + 60), (x + dx - 6, y + 120)], INK, 6)


def character(asset: Asset) -> Board:
    """One of the eight virtues, written large and grown with flowers and creatures."""
    board = Board(asset, (228, 210, 172))
    w, h = board.width, board.height
    x, y = w / 2, h * 0.5
    board.letter(x + 8, y + 10, asset.text, 900, (150, 128, 96))
    board.letter(x, y, asset.text, 900, (52, 66, 88))
    hue = board.random.choice((RED, (176, 84, 60), BLUE, GREEN))
    board.box(60, 60, w - 120, h - 120, None, hue, 6)
    board.box(84, 84, w - 168, h - 168, None, OCHRE, 3)
    for fx, fy in ((230, 330), (960, 300), (250, 1310), (950, 1330), (600, 230), (600, 1420)):
        board.brush([(fx - 90, fy + 70), (fx, fy + 20), (fx + 100, fy + 80)], 13, GREEN)
        blossom(board, fx, fy, 72, board.random.choice((PINK, WHITE, (226, 176, 92))), RED)
    for kind, cx, cy, tone in _VIRTUES[asset.text]:
        if kind == "fish":
            carp(board, cx, cy, 150, tone)
        elif kind == "bird":
            _bird(board, cx, cy, tone)
        elif kind == "crane":
            crane(board, cx, cy, 1.0)
        elif kind == "crab":
            _crab(board, cx, cy)
        else:
            board.oval(cx, cy, 96, 96, tone, INK, 4)
    return board


_VIRTUES: dict[str, tuple[tuple[str, float, float, Color], ...]] = {
    "孝": (("fish", 330, 1180, RED),),
    "悌": (("bird", 330, 480, RED), ("bird", 900, 1120, OCHRE)),
    "忠": (("fish", 860, 1180, BLUE), ("crab", 330, 1120, RED)),
    "信": (("crane", 860, 470, WHITE), ("bird", 320, 1150, GREEN)),
    "禮": (("moon", 880, 470, WHITE), ("fish", 330, 1190, GREEN)),
    "義": (("bird", 300, 500, GREEN), ("bird", 420, 440, RED)),
    "廉": (("crab", 860, 1180, BROWN), ("crane", 330, 470, WHITE)),
    "恥": (("moon", 330, 480, (248, 238, 200)), ("crane", 860, 1160, WHITE)),
}


def carp(board: Board, x: float, y: float, size: float, color: Color) -> None:
    """A fish with scales, swimming to the left."""
    board.shape(
        [
            (x + size * 0.8, y),
            (x + size * 1.4, y - size * 0.45),
            (x + size * 1.25, y),
            (x + size * 1.4, y + size * 0.45),
        ],
        color,
        INK,
        3,
    )
    board.shape(curve([(x - size, y), (x - size * 0.4, y - size * 0.42), (x + size * 0.4, y - size * 0.34),
                       (x + size * 0.9, y),
                       (x + size * 0.4, y + size * 0.34), (x - size * 0.4, y + size * 0.42), (x - size,
                               y)]), color, INK, 3)  # fmt: skip
    for row in (-0.16, 0.0, 0.16):
        for place in range(6):
            board.oval(
                x - size * 0.3 + place * size * 0.17, y + row * size, size * 0.09, size * 0.09, None, CREAM, 2
            )
    board.oval(x - size * 0.72, y - size * 0.08, size * 0.08, size * 0.08, WHITE, INK, 3)
    board.brush(
        [(x - size * 0.3, y - size * 0.36), (x, y - size * 0.66), (x + size * 0.4, y - size * 0.32)],
        size * 0.14,
        color,
        0.2,
    )


def _bird(board: Board, x: float, y: float, color: Color) -> None:
    board.brush([(x - 90, y + 30), (x, y), (x + 80, y - 26)], 66, color, 0.15)
    board.oval(x - 74, y + 6, 28, 25, color, INK, 2)
    board.shape([(x - 98, y + 2), (x - 136, y + 14), (x - 96, y + 16)], OCHRE, INK, 2)
    board.oval(x - 80, y, 5, 5, WHITE)


def hundred(asset: Asset) -> Board:
    """The characters for long life and blessing by turns, in many sizes of round and square."""
    board = Board(asset, (150, 54, 44), fine=1)
    columns, rows = 8, 11
    w, h = (board.width - 120) / columns, (board.height - 120) / rows
    for row in range(rows):
        for column in range(columns):
            x, y = 60 + (column + 0.5) * w, 60 + (row + 0.5) * h
            word = "壽" if (row + column) % 2 else "福"
            shape = (row * 5 + column * 3) % 4
            if shape == 0:
                board.oval(x, y, w * 0.44, h * 0.44, None, (232, 190, 100), 4)
            elif shape == 1:
                board.box(x - w * 0.4, y - h * 0.4, w * 0.8, h * 0.8, None, (232, 190, 100), 4)
            elif shape == 2:
                board.shape(ring(x, y, w * 0.46, h * 0.46, 8), (170, 70, 54))
            board.letter(
                x, y, word, board.random.choice((66, 78, 90)), (240, 206, 126) if shape != 2 else HANJI
            )
    board.box(30, 30, board.width - 60, board.height - 60, None, (232, 190, 100), 6)
    return board


def fish(asset: Asset) -> Board:
    """Fish, crabs and water weed, one above the other."""
    board = Board(asset, (216, 206, 176))
    w, h = board.width, board.height
    for number in range(11):
        x = 60 + number * w / 10
        board.brush(
            [(x, h), (x + 40, h * 0.88), (x - 20, h * 0.78), (x + 26, h * 0.7)], 17, (98, 128, 104), 0.2
        )
    for number, color in enumerate((RED, (110, 124, 132), (196, 150, 84), BLUE)):
        carp(board, w * (0.36 + 0.26 * (number % 2)), h * (0.16 + 0.17 * number), 210 - number * 14, color)
    for x, y in ((300, h * 0.86), (840, h * 0.8)):
        _crab(board, x, y)
    cloud(board, w * 0.8, h * 0.07, 0.8, (188, 208, 206), (120, 150, 156))
    return board


def _crab(board: Board, x: float, y: float) -> None:
    for side in (-1, 1):
        for number in range(4):
            board.brush([(x + side * 70, y + 20), (x + side * (130 + number * 14), y - 20 + number * 34),
                         (x + side * (150 + number * 10), y + 40 + number * 34)],
                        13, BROWN, 0.3)  # fmt: skip
        board.brush(
            [(x + side * 70, y - 20), (x + side * 150, y - 80), (x + side * 110, y - 150)], 34, BROWN, 0.5
        )
        board.oval(x + side * 30, y - 62, 9, 12, WHITE, INK, 3)
    board.oval(x, y, 104, 66, (150, 104, 72), INK, 4)
