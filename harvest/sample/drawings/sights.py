"""Sights of the city: the cathedral, the gate, the pavilion on the pond, a school in a tent."""

from __future__ import annotations

from harvest.sample.drawings.board import WHITE, Board, Color, curve
from harvest.sample.drawings.buildings import figure, passers, roof, tiled_house, tree
from harvest.sample.drawings.light import fill, hills, mirror, mixed, sky

_DARK: Color = (44, 38, 34)


def cathedral(board: Board) -> None:
    """A brick church with a pointed tower on its rise."""
    w, h = board.width, board.height
    sky(board, h * 0.8, (160, 184, 198), (214, 222, 218), (246, 236, 218))
    hills(board, h * 0.62, h * 0.08, (126, 140, 142), (216, 214, 204))
    brick: Color = (158, 106, 88)
    x, y = w * 0.52, h * 0.8
    fill(board, [(x - w * 0.02, y - h * 0.34), (x + w * 0.3, y - h * 0.34), (x + w * 0.3, y), (x - w * 0.02, y)],
        mixed(brick, WHITE, 0.1), mixed(brick, _DARK, 0.25))  # fmt: skip
    board.shape([(x - w * 0.02, y - h * 0.34), (x + w * 0.02, y - h * 0.45), (x + w * 0.28, y - h * 0.45),
        (x + w * 0.31, y - h * 0.34)], (88, 92, 96), _DARK, 2)  # fmt: skip
    for number in range(5):
        _pointed(board, x + w * (0.08 + 0.048 * number), y - h * 0.08, w * 0.022, h * 0.18, (70, 66, 74))
    fill(board, [(x - w * 0.11, y - h * 0.52), (x + w * 0.05, y - h * 0.52), (x + w * 0.05, y), (x - w * 0.11, y)],
        mixed(brick, WHITE, 0.16), mixed(brick, _DARK, 0.2))  # fmt: skip
    fill(board, [(x - w * 0.1, y - h * 0.52), (x - w * 0.03, y - h * 0.76), (x + w * 0.04, y - h * 0.52)], (104, 116,
        118), (70, 78, 82))  # fmt: skip
    board.line([(x - w * 0.03, y - h * 0.83), (x - w * 0.03, y - h * 0.75)], _DARK, 5)
    board.line([(x - w * 0.045, y - h * 0.805), (x - w * 0.015, y - h * 0.805)], _DARK, 5)
    for level in (0.42, 0.24):
        for place in (-0.075, -0.03, 0.015):
            _pointed(board, x + w * place, y - h * level, w * 0.022, h * 0.12, (66, 62, 70))
    board.oval(x - w * 0.03, y - h * 0.19, w * 0.022, w * 0.022, (66, 62, 70), mixed(brick, WHITE, 0.4), 4)
    _pointed(board, x - w * 0.03, y, w * 0.05, h * 0.13, (54, 46, 44))
    for side in (-1, 1):
        tree(board, x + side * w * 0.36, y + h * 0.03, h * 0.4, (98, 118, 92))
    fill(board, [(0, h * 0.8), (w, h * 0.78), (w, h), (0, h)], (206, 196, 172), (168, 156, 132))
    for number in range(5):
        tiled_house(board, w * (0.06 + 0.055 * number), h * (0.84 + 0.022 * number), w * 0.13)
    passers(board, h * 0.88, h * 0.1, h * 0.12, 10)


def _pointed(board: Board, x: float, y: float, width: float, height: float, color: Color) -> None:
    """A pointed arch whose sill's middle is (x, y)."""
    half = width / 2
    board.shape(
        [
            (x - half, y),
            (x - half, y - height * 0.6),
            (x - half * 0.7, y - height * 0.82),
            (x, y - height),
            (x + half * 0.7, y - height * 0.82),
            (x + half, y - height * 0.6),
            (x + half, y),
        ],
        color,
    )


def arch(board: Board) -> None:
    """The Independence Gate with its two posts and passers-by."""
    w, h = board.width, board.height
    sky(board, h * 0.8, (158, 180, 188), (222, 224, 214), (246, 236, 216))
    hills(board, h * 0.46, h * 0.2, (122, 132, 132), (214, 210, 198), waves=1.2)
    x, y, reach, height = w * 0.5, h * 0.83, w * 0.2, h * 0.56
    fill(board, [(x - reach, y - height), (x + reach, y - height), (x + reach, y), (x - reach, y)], (208, 200, 184),
        (166, 158, 144))  # fmt: skip
    for row in range(13):
        top = y - height + row * height / 13
        board.line([(x - reach, top), (x + reach, top)], (142, 134, 122), 2)
        for place in range(7):
            left = x - reach + (place + (row % 2) / 2) * reach / 3.5
            board.line([(left, top), (left, top + height / 13)], (150, 142, 128), 2)
    board.box(x - reach * 0.42, y - height * 0.56, reach * 0.84, height * 0.56, (112, 122, 124))
    board.oval(x, y - height * 0.56, reach * 0.42, reach * 0.42, (112, 122, 124))
    fill(board, [(x - reach * 0.42, y - height * 0.24), (x + reach * 0.42, y - height * 0.24), (x + reach * 0.42, y),
        (x - reach * 0.42, y)], (176, 170, 156), (150, 142, 126))  # fmt: skip
    for top, grow in ((1.06, 1.08), (1.0, 1.04), (0.82, 1.02)):
        board.box(x - reach * grow, y - height * top, reach * 2 * grow, height * 0.05, (196, 188, 172), (130, 122,
            110), 2)  # fmt: skip
    board.box(x - reach * 0.36, y - height * 0.96, reach * 0.72, height * 0.12, (226, 220, 204), (130, 122, 110),
        3)  # fmt: skip
    board.text(x, y - height * 0.9, "독립문", height * 0.085, _DARK)
    fill(board, [(0, h * 0.82), (w, h * 0.81), (w, h), (0, h)], (212, 202, 178), (172, 160, 136))
    for side in (-1.5, 1.5):
        board.box(x + reach * side - 22, y - height * 0.42, 44, height * 0.42, (186, 178, 162), (120, 112, 100),
            3)  # fmt: skip
        board.box(x + reach * side - 34, y - height * 0.45, 68, 22, (186, 178, 162), (120, 112, 100), 3)
    passers(board, h * 0.87, h * 0.11, h * 0.14, 12)


def pavilion(board: Board) -> None:
    """A pavilion on white pillars, mirrored in its pond."""
    w, h = board.width, board.height
    sky(board, h * 0.62, (164, 188, 196), (220, 224, 214), (246, 234, 212))
    hills(board, h * 0.36, h * 0.17, (116, 132, 130), (212, 212, 200), waves=1.4)
    hills(board, h * 0.5, h * 0.05, (92, 114, 98), (140, 156, 132), waves=6)
    x, y = w * 0.52, h * 0.6
    fill(board, [(x - w * 0.34, y - h * 0.05), (x + w * 0.34, y - h * 0.05), (x + w * 0.34, y + h * 0.01),
        (x - w * 0.34, y + h * 0.01)], (206, 198, 180), (150, 142, 128))  # fmt: skip
    fill(board, [(x - w * 0.28, y - h * 0.3), (x + w * 0.28, y - h * 0.3), (x + w * 0.28, y - h * 0.05),
        (x - w * 0.28, y - h * 0.05)], (86, 70, 60), (70, 64, 60))  # fmt: skip
    for number in range(8):
        post = x - w * 0.27 + w * 0.54 * number / 7
        fill(board, [(post - 11, y - h * 0.19), (post + 11, y - h * 0.19), (post + 14, y - h * 0.05), (post - 14,
            y - h * 0.05)], (226, 220, 204), (186, 178, 160))  # fmt: skip
        board.line([(post, y - h * 0.3), (post, y - h * 0.19)], (146, 74, 58), 13)
    board.box(x - w * 0.29, y - h * 0.215, w * 0.58, h * 0.03, (140, 78, 60))
    board.box(x - w * 0.29, y - h * 0.31, w * 0.58, h * 0.025, (96, 124, 104))
    roof(board, x, y - h * 0.3, w * 0.74, h * 0.2)
    board.shape([(x - w * 0.16, y - h * 0.5), (x + w * 0.16, y - h * 0.5), (x + w * 0.2, y - h * 0.46), (x - w * 0.2,
        y - h * 0.46)], (70, 70, 74))  # fmt: skip
    for place in (0.06, 0.95):
        tree(board, w * place, h * 0.62, h * 0.34, (96, 124, 96))
    mirror(board, h * 0.61, h, (150, 170, 162), 0.42)
    for _ in range(16):
        board.oval(w * board.random.uniform(0.02, 0.46), h * board.random.uniform(0.84, 0.98), 34, 9, (112, 136,
            104), (82, 104, 80), 2)  # fmt: skip


def tent_school(board: Board) -> None:
    """Children on the ground before a blackboard and a tent."""
    w, h = board.width, board.height
    sky(board, h * 0.6, (168, 184, 192), (222, 222, 210), (244, 232, 212))
    hills(board, h * 0.4, h * 0.12, (126, 136, 134), (210, 204, 190))
    for _ in range(30):
        x, y = w * board.random.uniform(0, 1), h * board.random.uniform(0.4, 0.5)
        board.shape(
            [(x - 30, y), (x, y - 22), (x + 30, y)],
            mixed((150, 130, 104), WHITE, board.random.uniform(0, 0.3)),
        )
        board.box(x - 26, y, 52, 18, (196, 180, 152))
    fill(board, [(0, h * 0.54), (w, h * 0.52), (w, h), (0, h)], (206, 192, 164), (170, 152, 122))
    canvas: Color = (160, 152, 122)
    fill(
        board,
        [(w * 0.3, h * 0.24), (w * 0.92, h * 0.3), (w * 0.98, h * 0.6), (w * 0.24, h * 0.6)],
        mixed(canvas, WHITE, 0.3),
        mixed(canvas, _DARK, 0.2),
    )
    fill(
        board,
        [(w * 0.3, h * 0.24), (w * 0.24, h * 0.6), (w * 0.08, h * 0.62)],
        mixed(canvas, WHITE, 0.1),
        mixed(canvas, _DARK, 0.4),
    )
    for share in (0.2, 0.4, 0.6, 0.8):
        board.line(
            [(w * (0.3 + 0.62 * share), h * (0.24 + 0.06 * share)), (w * (0.24 + 0.74 * share), h * 0.6)],
            mixed(canvas, _DARK, 0.25),
            3,
        )
    for x in (0.02, 0.99):
        board.line(
            [(w * (0.3 if x < 0.5 else 0.92), h * (0.24 if x < 0.5 else 0.3)), (w * x, h * 0.66)], _DARK, 3
        )
    board.box(w * 0.36, h * 0.38, w * 0.24, h * 0.2, (62, 72, 66), (140, 112, 80), 9)
    board.text(w * 0.48, h * 0.445, "가 나 다", h * 0.06, (236, 236, 226), serif=False)
    board.text(w * 0.48, h * 0.525, "1 + 2 = 3", h * 0.05, (236, 236, 226), serif=False)
    figure(board, w * 0.65, h * 0.66, h * 0.27, (72, 70, 74))
    board.line([(w * 0.637, h * 0.5), (w * 0.57, h * 0.47)], (72, 70, 74), 11)
    for row in range(3):
        for place in range(7 - row):
            x, y = w * (0.2 + 0.1 * place + 0.05 * row), h * (0.76 + 0.1 * row)
            _pupil(board, x, y, h * (0.12 + 0.02 * row), (row * 3 + place) % 5)


def _pupil(board: Board, x: float, y: float, size: float, number: int) -> None:
    """A child sitting on the ground, seen from behind."""
    coat = ((86, 92, 104), (206, 190, 160), (150, 96, 84), (226, 218, 200), (104, 118, 100))[number]
    fill(
        board,
        curve(
            [
                (x - size * 0.42, y),
                (x - size * 0.3, y - size * 0.5),
                (x + size * 0.3, y - size * 0.5),
                (x + size * 0.42, y),
            ]
        ),
        coat,
        mixed(coat, _DARK, 0.3),
    )
    board.oval(x, y - size * 0.68, size * 0.2, size * 0.22, (40, 34, 32))
    board.box(x - size * 0.2, y - size * 0.6, size * 0.4, size * 0.13, (204, 168, 138))
    if number % 2:
        board.box(x - size * 0.21, y - size * 0.74, size * 0.42, size * 0.17, (40, 34, 32))
