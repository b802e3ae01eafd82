"""Maps of other kinds: the round world, the provinces, a painted town, tram lines."""

from __future__ import annotations

import math

from harvest.sample.drawings.board import BLUE, HANJI, INK, WHITE, Board, Color, Point, curve, ring
from harvest.sample.drawings.buildings import tiled_house
from harvest.sample.drawings.landscape import house
from harvest.sample.drawings.light import fill, mixed
from harvest.sample.drawings.maps import geography
from harvest.sample.works import Asset

_SEA: Color = (168, 194, 196)


_LAND: Color = (238, 222, 184)


def round_world(asset: Asset) -> Board:
    """All under heaven as a disc: the middle land, a ring of sea, a ring of land, the outer ocean, two trees."""
    board = Board(asset, HANJI)
    w, h = board.width, board.height
    x, y, reach = w / 2, h * 0.52, w * 0.42
    fill(board, ring(x, y, reach, reach, 120), mixed(_SEA, WHITE, 0.2), _SEA)
    board.oval(x, y, reach, reach, None, INK, 7)
    _ring_land(board, x, y, reach * 0.84, reach * 0.66)
    middle = _wobbly(board, x, y, reach * 0.47, 0.1)
    fill(board, middle, (246, 226, 176), (232, 206, 148))
    board.line(middle, INK, 4, close=True)
    for path in (
        [(-0.4, -0.2), (-0.1, -0.12), (0.2, -0.2), (0.42, -0.1)],
        [(-0.42, 0.16), (-0.1, 0.1), (0.16, 0.2), (0.4, 0.14)],
    ):
        board.line(curve([(x + px * reach, y + py * reach) for px, py in path]), (206, 150, 70), 12)
    for number in range(13):
        angle, out = number * 2.4, reach * (0.1 + 0.026 * number)
        little_peak(
            board,
            x + out * math.cos(angle),
            y + out * math.sin(angle),
            44,
            ((84, 128, 108), (78, 110, 140), (150, 118, 92))[number % 3],
        )
    little_peak(board, x, y + 20, 96, (186, 74, 58))
    board.letter(x, y + 62, "崑", 40)
    _names(board, x, y, reach)
    for side, word in ((-1, "扶桑"), (1, "盤松")):
        px = x - side * reach * 0.93
        board.brush([(px, y + 60), (px + 10, y), (px, y - 50)], 20, (112, 76, 50), 0.6)
        for dx, dy in ((-26, -50), (26, -56), (0, -84), (0, -40)):
            board.oval(px + dx, y + dy, 32, 24, (84, 128, 96), INK, 2)
        board.column(px - 6, y + 96, word, 36)
    board.column(w * 0.93, h * 0.08, "天下圖", 84)
    return board


def _wobbly(board: Board, x: float, y: float, reach: float, share: float) -> list[Point]:
    """A closed coast round (x, y)."""
    dice = board.random
    points = [
        (
            x + reach * dice.uniform(1 - share, 1 + share) * math.cos(turn / 26 * math.tau),
            y + reach * dice.uniform(1 - share, 1 + share) * math.sin(turn / 26 * math.tau),
        )
        for turn in range(26)
    ]
    return curve([*points, points[0]])


def _ring_land(board: Board, x: float, y: float, outer: float, inner: float) -> None:
    far = _wobbly(board, x, y, outer, 0.02)
    near = _wobbly(board, x, y, inner, 0.02)
    fill(board, far, (226, 206, 170), (206, 184, 142))
    fill(board, near, mixed(_SEA, WHITE, 0.25), _SEA)
    for line in (far, near):
        board.line(line, INK, 3, close=True)
    for number in range(20):
        angle = number / 20 * math.tau
        little_peak(
            board,
            x + (outer + inner) / 2 * math.cos(angle),
            y + (outer + inner) / 2 * math.sin(angle) + 18,
            38,
            (96, 132, 116),
        )


def little_peak(board: Board, x: float, y: float, size: float, tone: Color) -> None:
    """A small painted hill of one tone."""
    points = curve(
        [
            (x - size * 0.7, y),
            (x - size * 0.34, y - size * 0.5),
            (x, y - size),
            (x + size * 0.34, y - size * 0.5),
            (x + size * 0.7, y),
        ]
    )
    fill(board, points, tone, mixed(tone, WHITE, 0.5))
    board.line(points, mixed(tone, INK, 0.5), 3)


def _names(board: Board, x: float, y: float, reach: float) -> None:
    words = (
        ("中原", 0.0, -0.2),
        ("朝鮮國", 0.36, -0.16),
        ("日本國", 0.56, 0.0),
        ("琉球國", 0.5, 0.26),
        ("安南", -0.1, 0.33),
        ("西域", -0.36, 0.0),
        ("大荒", 0.0, -0.72),
        ("女人國", 0.64, -0.4),
        ("君子國", 0.74, 0.14),
        ("長人國", -0.7, 0.3),
        ("白民國", -0.56, 0.52),
        ("小人國", 0.4, 0.64),
        ("三首國", -0.2, 0.76),
        ("羽民國", -0.74, -0.2),
        ("不死國", 0.1, 0.56),
    )
    for word, px, py in words:
        size = 33
        cx, cy = x + px * reach, y + py * reach
        board.oval(
            cx,
            cy + size * 0.6 * (len(word) - 1) / 2,
            26,
            size * (0.44 + 0.56 * len(word) / 2 + 0.2),
            (246, 238, 214),
            (176, 84, 66),
            2,
        )
        board.column(cx, cy - size * 0.25, word, size, INK, 1.06)


def provinces(asset: Asset) -> Board:
    """The eight provinces and the two islands of the East Sea, simply drawn; "sea": those islands closer."""
    board = Board(asset, _SEA)
    w, h = board.width, board.height
    for row in range(60):
        for column in range(18):
            x, y = column * 70.0 + (35 if row % 2 else 0), row * 30.0
            board.line(curve([(x, y), (x + 12, y - 8), (x + 24, y), (x + 36, y - 8), (x + 48, y)], 4), mixed(_SEA,
                WHITE, 0.35), 1.6)  # fmt: skip
    near = asset.style == "sea"
    scale, ox, oy = (290.0, 129.7, 38.4) if near else (118.0, 126.8, 38.9)

    def at(point: list[float]) -> Point:
        return w / 2 + (point[0] - ox) * scale * 0.8, h / 2 - (point[1] - oy) * scale

    coast = curve([at(point) for point in geography()["coast"]], 3)
    fill(board, coast, _LAND, (232, 210, 160))
    board.line(coast, INK, 5, close=True)
    for number, path in enumerate(geography()["rivers"]):
        board.line(curve([at(point) for point in path]), (96, 142, 156), 7 if number < 4 else 5)
    names = {"咸鏡道": (128.3, 40.6), "平安道": (126.0, 39.8), "黃海道": (125.75, 38.35), "江原道": (128.1, 38.3),
        "京畿": (127.05, 37.75), "忠淸道": (127.1, 36.45), "慶尙道": (128.5, 36.2), "全羅道": (126.85,
        34.95)}  # fmt: skip
    tints = ((222, 150, 120), (214, 188, 110), (150, 178, 136), (140, 170, 186), (226, 176, 150), (190, 168, 196),
        (236, 206, 130), (160, 190, 170))  # fmt: skip
    for (name, (east, north)), tint in zip(names.items(), tints, strict=True):
        x, y = at([east, north])
        board.wash(ring(x, y, scale * 0.62, scale * 0.56), tint, 0.55, scale * 0.14)
        board.box(x - 28, y - 23 * len(name), 56, 46 * len(name), (248, 242, 222), (120, 70, 50), 3)
        board.column(x, y - 23 * len(name) + 24, name, 40, INK, 1.14)
    for number, (px, py) in enumerate(((127.9, 39.6), (128.6, 38.0), (128.2, 37.0), (127.7, 35.4), (126.4, 40.4),
        (128.5, 41.3))):  # fmt: skip
        little_peak(board, *at([px, py]), scale * 0.24, ((84, 128, 108), (112, 130, 100))[number % 2])
    for name, px, py, reach in (("鬱陵島", 130.9, 37.6, 0.26), ("于山島", 130.3, 37.4, 0.2), ("濟州", 126.5, 33.6,
        0.36)):  # fmt: skip
        x, y = at([px, py])
        island = _wobbly(board, x, y, reach * scale, 0.08)
        fill(board, island, _LAND, (232, 210, 160))
        board.line(island, INK, 4, close=True)
        board.column(x, y - reach * scale * 0.42, name, reach * scale * 0.38, INK, 1.1)
    board.column(w * 0.08, h * 0.08, "八道總圖", 86)
    board.column(w * 0.92, h * 0.2, "東海", 70, mixed(BLUE, INK, 0.3))
    board.column(w * 0.07, h * 0.72, "西海", 70, mixed(BLUE, INK, 0.3))
    return board


def town_map(asset: Asset) -> Board:
    """A walled town as in the painted maps of the provinces: hills lying outwards, gates, offices, blossom."""
    board = Board(asset, (226, 214, 184))
    w, h = board.width, board.height
    x, y, reach = w / 2, h * 0.52, w * 0.3
    fill(board, [(0, 0), (w, 0), (w, h), (0, h)], (206, 216, 186), (226, 218, 184), (214, 212, 176))
    board.line(curve([(0, h * 0.72), (w * 0.2, h * 0.66), (w * 0.24, h * 0.8), (w * 0.5, h * 0.9), (w * 0.8,
        h * 0.84), (w, h * 0.9)]), (132, 170, 178), 44)  # fmt: skip
    for turn in range(30):
        angle = turn / 30 * math.tau
        out = reach * (1.4 + 0.16 * (turn % 3))
        cx, cy = x + out * math.cos(angle), y + out * 1.16 * math.sin(angle)
        _leaning_peak(board, cx, cy, reach * 0.4, angle)
    for number in range(40):
        angle = board.random.uniform(0, math.tau)
        out = reach * board.random.uniform(1.12, 1.3)
        px, py = x + out * math.cos(angle), y + out * 1.1 * math.sin(angle)
        board.oval(px, py, 15, 15, ((232, 170, 176), (96, 136, 96), (96, 136, 96))[number % 3], None)
    wall = ring(x, y, reach * 1.02, reach * 1.06, 80)
    fill(board, wall, (240, 230, 202), (230, 218, 184))
    board.line(wall, (128, 120, 108), 22, close=True)
    for px, py in wall:
        board.box(px - 6, py - 18, 12, 16, (150, 142, 128))
    for number in range(7):
        board.line([(x - reach * 0.9, y + (number - 3) * reach * 0.27), (x + reach * 0.9,
            y + (number - 3) * reach * 0.27)], (214, 196, 150), 9)  # fmt: skip
    board.line([(x, y - reach), (x, y + reach)], (214, 196, 150), 15)
    for row in range(6):
        for place in range(9):
            px, py = x + (place - 4) * reach * 0.21, y + (row - 2.5) * reach * 0.28 + 20
            if math.hypot(px - x, py - y) < reach * 0.9 and abs(px - x) > reach * 0.1:
                house(board, px, py, 64)
    for dx, dy, word in ((0, -1.03, "北門"), (0, 1.09, "豐南門"), (-1.03, 0, "西門"), (1.03, 0, "東門")):
        tiled_house(board, x + dx * reach, y + dy * reach + 34, 130, (84, 88, 92), (196, 92, 74))
        board.column(x + dx * reach + 90, y + dy * reach - 20, word, 34)
    for dx, dy, word in ((0, -0.36, "客舍"), (-0.4, 0.1, "監營"), (0.42, 0.46, "慶基殿")):
        tiled_house(board, x + dx * reach, y + dy * reach, 200, (84, 88, 92), (206, 110, 84))
        board.box(x + dx * reach - 58, y + dy * reach + 8, 116, 44, (248, 242, 222), (150, 70, 56), 3)
        board.text(x + dx * reach, y + dy * reach + 29, word, 34)
    board.column(w * 0.93, h * 0.07, "全州地圖", 76)
    return board


def _leaning_peak(board: Board, x: float, y: float, size: float, angle: float) -> None:
    """A hill whose top points away from the middle of the map, as such maps have it."""
    out, along = (math.cos(angle), math.sin(angle)), (-math.sin(angle), math.cos(angle))

    def at(side: float, rise: float) -> Point:
        return x + along[0] * side * size + out[0] * rise * size, y + along[1] * side * size + out[
            1
        ] * rise * size

    line = curve([at(-0.62, 0), at(-0.3, 0.5), at(0, 0.84), at(0.3, 0.46), at(0.62, 0)])
    board.shape(line, (112, 150, 132), (70, 98, 92), 3)
    for side in (-0.2, 0.04, 0.22):
        board.line([at(side, 0.56 - abs(side)), at(side * 1.6, 0.12)], (76, 116, 108), 5)


_LINES: tuple[tuple[str, Color, tuple[tuple[str, float, float], ...]], ...] = (
    (
        "종로선",
        (196, 62, 54),
        (
            ("서대문", 0.2, 0.42),
            ("광화문", 0.36, 0.4),
            ("종로", 0.5, 0.4),
            ("동대문", 0.68, 0.4),
            ("청량리", 0.88, 0.28),
        ),
    ),
    (
        "의주로선",
        (62, 108, 160),
        (
            ("독립문", 0.18, 0.26),
            ("서대문", 0.2, 0.42),
            ("서울역", 0.32, 0.58),
            ("용산", 0.34, 0.76),
            ("한강", 0.36, 0.88),
        ),
    ),
    (
        "을지로선",
        (76, 136, 92),
        (("서울시청", 0.37, 0.5), ("을지로", 0.5, 0.52), ("을지로육가", 0.66, 0.52), ("왕십리", 0.86, 0.56)),
    ),
    (
        "효자동선",
        (214, 148, 52),
        (("효자동", 0.32, 0.2), ("광화문", 0.36, 0.4), ("서울시청", 0.37, 0.5), ("서울역", 0.32, 0.58)),
    ),
    ("돈암동선", (130, 92, 150), (("종로", 0.5, 0.4), ("창경원", 0.56, 0.28), ("돈암동", 0.62, 0.14))),
    ("노량진선", (110, 120, 124), (("한강", 0.36, 0.88), ("노량진", 0.24, 0.95))),
    ("마포선", (178, 94, 116), (("서대문", 0.2, 0.42), ("아현", 0.13, 0.56), ("마포", 0.09, 0.7))),
)


def tram_lines(asset: Asset) -> Board:
    """A scheme of tram lines in their colours, stops as white rings with names, the river and hills behind."""
    board = Board(asset, (240, 234, 216))
    w, h = board.width, board.height
    board.brush(
        [
            (w * -0.1, h * 0.8),
            (w * 0.2, h * 0.9),
            (w * 0.45, h * 0.93),
            (w * 0.8, h * 0.86),
            (w * 1.1, h * 0.9),
        ],
        120,
        (176, 204, 212),
        0.9,
    )
    for x, y, size in (
        (0.3, 0.14, 190),
        (0.5, 0.66, 150),
        (0.08, 0.3, 150),
        (0.82, 0.42, 130),
        (0.76, 0.16, 150),
    ):
        little_peak(board, w * x, h * y, size, (186, 200, 170))
    for _, color, stops in _LINES:
        path = [(w * x, h * y) for _, x, y in stops]
        board.line(path, mixed(color, WHITE, 0.6), 30)
        board.line(path, color, 17)
    for _, color, stops in _LINES:
        for name, x, y in stops:
            board.oval(w * x, h * y, 19, 19, WHITE, mixed(color, INK, 0.3), 6)
            width = len(name) * 30
            board.text(w * x + 32 + width / 2, h * y - 34, name, 32, (60, 54, 50), serif=False)
    board.text(w * 0.5, h * 0.055, "서울 전차 노선도 (견본)", 62)
    for number, (name, color, _) in enumerate(_LINES):
        y = h * (0.62 + 0.032 * number)
        board.line([(w * 0.62, y), (w * 0.69, y)], color, 15)
        board.text(w * 0.78, y, name, 30, (60, 54, 50), serif=False)
    return board
