"""The city and its harbour around 1900 to 1960, as photographs would have shown them: drawn, and toned afterwards."""

from __future__ import annotations

from collections.abc import Callable

from harvest.sample.drawings.board import PLAIN, WHITE, Board, Color, curve
from harvest.sample.drawings.buildings import boat, figure, lamp, passers, pole, tiled_house, wires
from harvest.sample.drawings.light import fill, glow, hand_tinted, hills, mirror, mixed, old_photograph, sky
from harvest.sample.drawings.sights import arch, cathedral, pavilion, tent_school
from harvest.sample.works import Asset

_DARK: Color = (44, 38, 34)


_STONE: Color = (176, 168, 154)


_COATS: tuple[Color, ...] = ((244, 240, 230), (232, 228, 216), (70, 66, 66), (214, 206, 190), (120, 104, 92))


def town(asset: Asset) -> Board:
    """A scene of the city by the name of its style; what follows a colon is the tone of the print."""
    name, _, tone = asset.style.partition(":")
    board = Board(asset, PLAIN)
    _SCENES[name](board)
    if tone == "tinted":
        hand_tinted(board)
    else:
        old_photograph(board, tone or "sepia")
    return board


def _tram_street(board: Board, evening: bool = False) -> None:
    w, h = board.width, board.height
    if evening:
        sky(board, h * 0.66, (44, 50, 84), (126, 96, 122), (232, 160, 118))
    else:
        sky(board, h * 0.66, (150, 176, 190), (214, 220, 212), (240, 232, 214))
    hills(
        board,
        h * 0.42,
        h * 0.1,
        mixed((96, 112, 118), _DARK, 0.5 if evening else 0),
        (214, 204, 190) if not evening else (190, 134, 116),
    )
    for side in (-1, 1):
        for number in range(6):
            near = (number / 5) ** 1.5
            x = w * 0.5 + side * w * (0.16 + 0.42 * near)
            _shop(board, x, h * (0.6 + 0.2 * near), w * (0.11 + 0.2 * near), number + (side > 0) * 3, evening)
    fill(
        board,
        [(w * 0.42, h * 0.6), (w * 0.58, h * 0.6), (w * 1.1, h), (-w * 0.1, h)],
        *(((126, 112, 112), (88, 78, 84)) if evening else ((206, 196, 176), (176, 164, 142))),
    )
    for share in (0.4, 0.56):
        board.line([(w * (0.488 + 0.03 * share), h * 0.6), (w * (-0.1 + 1.3 * share), h)], (84, 80, 78), 4)
    ends = [(w * 0.3, h * 0.98), (w * 0.4, h * 0.76), (w * 0.45, h * 0.66)]
    tops = [(x, y - height) for (x, y), height in zip(ends, (h * 0.86, h * 0.46, h * 0.24), strict=True)]
    for (x, y), (_, top) in zip(ends, tops, strict=True):
        pole(board, x, y, y - top)
    wires(board, [(w * 0.08, -20), *tops, (w * 0.49, h * 0.5)], 16)
    wires(board, [(w * 0.7, -20), (w * 0.53, h * 0.4)], 10)
    tram(board, w * 0.545, h * 0.86, w * 0.23, evening)
    passers(board, h * 0.78, h * 0.2, h * 0.2, 15, (0.38, 0.68))
    if evening:
        for number in range(9):
            lamp(
                board,
                w * (0.06 + 0.12 * number) if number != 4 else w * 0.4,
                h * (0.52 + 0.03 * (number % 3)),
                5,
            )


def _shop(board: Board, x: float, y: float, width: float, number: int, lit: bool) -> None:
    """A shop in one of three manners: tiles, brick with arches, plain plaster with a parapet."""
    dark = 0.45 if lit else 0.0
    if number % 3 == 0:
        tiled_house(board, x, y, width, mixed((92, 92, 96), _DARK, dark), mixed((226, 214, 190), _DARK, dark))
        return
    height = width * (1.05 if number % 3 == 1 else 0.8)
    wall = mixed((150, 98, 80) if number % 3 == 1 else (212, 204, 188), _DARK, dark)
    fill(
        board,
        [(x - width / 2, y - height), (x + width / 2, y - height), (x + width / 2, y), (x - width / 2, y)],
        mixed(wall, (255, 255, 255), 0.1),
        mixed(wall, _DARK, 0.2),
    )
    board.box(x - width * 0.54, y - height * 1.06, width * 1.08, height * 0.07, mixed(wall, _DARK, 0.3))
    pane: Color = (250, 214, 140) if lit else mixed(wall, _DARK, 0.6)
    for row in range(2):
        for place in range(4):
            left, top = x - width * 0.42 + width * 0.22 * place, y - height * (0.92 - 0.44 * row)
            board.box(left, top, width * 0.14, height * 0.26, pane, mixed(wall, _DARK, 0.45), 2)
            if number % 3 == 1 and row == 0:
                board.oval(
                    left + width * 0.07, top, width * 0.07, width * 0.06, pane, mixed(wall, _DARK, 0.45), 2
                )
    board.box(x - width * 0.5, y - height * 0.56, width, height * 0.07, mixed((196, 120, 90), _DARK, dark))


def tram(board: Board, x: float, y: float, width: float, lit: bool = False) -> None:
    """A tram coming towards the viewer, its wheels at y."""
    height = width * 1.18
    body: Color = (62, 96, 84)
    fill(
        board,
        [
            (x - width * 0.36, y - height),
            (x + width * 0.36, y - height),
            (x + width * 0.42, y - height * 0.08),
            (x - width * 0.42, y - height * 0.08),
        ],
        mixed(body, WHITE, 0.2),
        body,
        mixed(body, _DARK, 0.4),
    )
    board.shape(
        curve(
            [
                (x - width * 0.44, y - height * 0.97),
                (x - width * 0.2, y - height * 1.1),
                (x + width * 0.2, y - height * 1.1),
                (x + width * 0.44, y - height * 0.97),
            ]
        ),
        (74, 70, 66),
        _DARK,
        3,
    )
    glass: Color = (252, 222, 150) if lit else (196, 206, 204)
    for place in (-0.31, -0.1, 0.11):
        board.box(
            x + width * place, y - height * 0.86, width * 0.19, height * 0.32, glass, (226, 214, 184), 4
        )
    board.box(x - width * 0.4, y - height * 0.5, width * 0.8, height * 0.05, (226, 206, 158))
    board.box(x - width * 0.17, y - height * 1.0, width * 0.34, height * 0.1, (240, 232, 212), _DARK, 2)
    board.text(x, y - height * 0.95, "鍾路", width * 0.09, _DARK)
    board.oval(x, y - height * 0.3, width * 0.075, width * 0.075, (250, 236, 190), (226, 206, 158), 5)
    if lit:
        glow(board, x, y - height * 0.3, width * 0.5, (255, 230, 170), 0.6)
    board.box(x - width * 0.34, y - height * 0.08, width * 0.68, height * 0.06, _DARK)
    for place in (-0.26, 0.26):
        board.oval(x + width * place, y - height * 0.02, width * 0.06, width * 0.05, (66, 62, 60), _DARK, 3)
    board.line([(x, y - height * 1.08), (x + width * 0.12, y - height * 1.5)], _DARK, 4)


def _harbour(board: Board) -> None:
    w, h = board.width, board.height
    sky(board, h * 0.5, (146, 176, 194), (206, 218, 214), (244, 230, 206))
    hills(board, h * 0.36, h * 0.1, (104, 124, 132), (206, 208, 200))
    hills(board, h * 0.44, h * 0.06, (84, 106, 108), (176, 186, 178), waves=3)
    for number in range(34):
        x = w * (0.02 + 0.0275 * number + board.random.uniform(-0.008, 0.008))
        y = h * (0.5 + board.random.uniform(-0.05, 0.02))
        tiled_house(
            board,
            x,
            y,
            w * board.random.uniform(0.035, 0.06),
            board.random.choice(((94, 92, 94), (128, 96, 84), (106, 106, 104))),
        )
    mirror(board, h * 0.54, h, (124, 160, 172), 0.5)
    steamer(board, w * 0.62, h * 0.66, w * 0.4)
    for x, y, size in ((0.14, 0.74, 0.13), (0.3, 0.63, 0.08), (0.9, 0.82, 0.15)):
        boat(board, w * x, h * y, w * size)
    fill(board, [(0, h * 0.9), (w * 0.62, h * 0.86), (w * 0.62, h), (0, h)], (166, 152, 132), (128, 114, 98))
    board.line([(0, h * 0.9), (w * 0.62, h * 0.86), (w * 0.62, h)], (84, 74, 66), 5)
    for number in range(9):
        figure(
            board,
            w * (0.05 + 0.06 * number),
            h * (0.95 + 0.012 * (number % 3)),
            h * 0.13,
            _COATS[number % 5],
            ("load", "gat", "")[number % 3],
        )
    for x, y in ((0.46, 0.62), (0.52, 0.6), (0.38, 0.3), (0.42, 0.28)):
        board.line(
            curve(
                [
                    (w * x - 22, h * y - 8),
                    (w * x - 8, h * y - 14),
                    (w * x, h * y),
                    (w * x + 8, h * y - 14),
                    (w * x + 22, h * y - 8),
                ]
            ),
            (250, 248, 240),
            3,
        )


def steamer(board: Board, x: float, y: float, size: float) -> None:
    """A ferry under steam, its water line at y."""
    fill(board, curve([(x - size * 0.52, y - size * 0.13), (x - size * 0.44, y + size * 0.02), (x + size * 0.42,
        y + size * 0.02), (x + size * 0.5, y - size * 0.12), (x, y - size * 0.1)]), (52, 56, 66), (34, 36,
        44))  # fmt: skip
    board.line([(x - size * 0.47, y + size * 0.005), (x + size * 0.44, y + size * 0.005)], (150, 62, 50), 7)
    for level, reach in ((0.0, 0.62), (1.0, 0.42)):
        top = y - size * (0.16 + 0.07 * level)
        board.box(x - size * reach / 2, top, size * reach, size * 0.068, (238, 234, 222), (120, 112, 102), 2)
        for number in range(round(reach * 18)):
            board.box(x - size * reach / 2 + size * (0.02 + number * 0.054), top + size * 0.02, size * 0.026,
                size * 0.026, (96, 112, 122))  # fmt: skip
    for place in (-0.06, 0.09):
        fill(board, [(x + size * place, y - size * 0.4), (x + size * (place + 0.06), y - size * 0.4),
            (x + size * (place + 0.065), y - size * 0.22), (x + size * (place - 0.005), y - size * 0.22)], (180, 82,
            62), (140, 60, 48))  # fmt: skip
        board.box(x + size * place, y - size * 0.4, size * 0.06, size * 0.03, _DARK)
    for number in range(8):
        board.wash(curve([(x + size * (0.12 + 0.06 * number), y - size * (0.42 + 0.03 * number)),
            (x + size * (0.18 + 0.07 * number), y - size * (0.47 + 0.035 * number)),
            (x + size * (0.16 + 0.075 * number), y - size * (0.4 + 0.03 * number))]), (120, 112, 108), 0.5,
            16)  # fmt: skip
    for place in (-0.36, 0.34):
        board.line([(x + size * place, y - size * 0.1), (x + size * place, y - size * 0.5)], _DARK, 4)
        wires(board, [(x + size * place, y - size * 0.5), (x, y - size * 0.3)], 10)


_SCENES: dict[str, Callable[[Board], None]] = {
    "tram": _tram_street,
    "evening": lambda board: _tram_street(board, evening=True),
    "harbour": _harbour,
    "cathedral": cathedral,
    "arch": arch,
    "pavilion": pavilion,
    "school": tent_school,
}
