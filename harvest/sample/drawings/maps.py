"""Maps after the manner of the great woodblock maps: ranges as unbroken lines, rivers as pairs of lines,
seats of office in circles, roads straight with a tick for every ten ri. Places stand roughly where they are."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from harvest.sample.drawings.board import HANJI, INK, RED, Board, Color, Point, curve, ring
from harvest.sample.drawings.landscape import ridge
from harvest.sample.works import Asset

_SEA: Color = (196, 202, 192)
_LAND: Color = (236, 226, 200)
_WATER: Color = (72, 104, 126)

# Degrees east and north, rounded: enough for a drawing, no use for measuring.
_COAST: Sequence[Point] = (
    (124.4, 39.95), (124.9, 39.6), (125.35, 39.5), (125.1, 39.1), (125.3, 38.75), (124.9, 38.6), (125.1, 38.3), (124.65, 38.12),
    (125.1, 37.85), (125.4, 37.7), (125.75, 37.85), (126.2, 37.78), (126.6, 37.75), (126.6, 37.4), (126.85, 37.05), (126.3, 36.95),
    (126.15, 36.7), (126.5, 36.4), (126.5, 36.1), (126.75, 35.95), (126.5, 35.6), (126.4, 35.2), (126.3, 34.75), (126.45, 34.35),
    (126.9, 34.45), (127.3, 34.5), (127.7, 34.65), (128.0, 34.85), (128.4, 34.8), (128.7, 34.98), (129.05, 35.1), (129.3, 35.35),
    (129.45, 35.6), (129.55, 36.05), (129.4, 36.2), (129.45, 36.6), (129.4, 37.0), (129.1, 37.45), (128.9, 37.8), (128.6, 38.2),
    (128.3, 38.6), (127.9, 38.85), (127.48, 39.15), (127.55, 39.5), (127.65, 39.8), (128.1, 40.0), (128.7, 40.3), (129.2, 40.65),
    (129.7, 41.0), (129.75, 41.4), (129.8, 41.75), (130.2, 42.05), (130.65, 42.3), (130.55, 42.6), (130.25, 42.9), (129.9, 43.0),
    (129.7, 42.5), (129.3, 42.4), (128.9, 42.05), (128.05, 42.0), (128.15, 41.4), (127.5, 41.45), (126.95, 41.75), (126.6, 41.35),
    (126.3, 41.1), (125.7, 40.85), (125.0, 40.5), (124.4, 40.1),
)  # fmt: skip
_ISLANDS = ((126.55, 33.38, 0.42, 0.15), (130.87, 37.5, 0.09, 0.07), (131.25, 37.42, 0.03, 0.025), (126.45, 37.68, 0.1, 0.1),
            (126.25, 34.47, 0.13, 0.09), (128.62, 34.87, 0.12, 0.13), (127.92, 34.79, 0.1, 0.09), (126.75, 34.35, 0.1, 0.06))  # fmt: skip
_RANGES: Sequence[tuple[float, Sequence[Point]]] = (
    (1.0, ((128.05, 42.0), (128.4, 41.5), (128.2, 41.0), (127.7, 40.6), (127.2, 40.3), (126.9, 39.9), (126.9, 39.5), (127.0, 39.1),
           (127.3, 38.9), (127.8, 38.75), (128.1, 38.62), (128.4, 38.12), (128.6, 37.8), (128.75, 37.5), (128.95, 37.1), (128.5, 36.95),
           (128.1, 36.75), (127.87, 36.55), (127.95, 36.1), (127.75, 35.85), (127.6, 35.6), (127.73, 35.34))),
    (0.7, ((128.95, 37.1), (129.15, 36.7), (129.2, 36.2), (129.1, 35.8), (129.05, 35.4), (129.0, 35.15))),
    (0.6, ((127.87, 36.55), (127.6, 36.85), (127.3, 37.0), (127.0, 37.3), (126.72, 37.58))),
    (0.55, ((127.3, 37.0), (126.95, 36.6), (126.5, 36.7), (126.28, 36.88))),
    (0.6, ((127.6, 35.6), (127.4, 35.75), (127.3, 36.0), (127.2, 36.3))),
    (0.6, ((127.4, 35.75), (127.0, 35.5), (126.95, 35.0), (126.9, 34.8), (127.3, 34.75), (127.6, 35.05))),
    (0.65, ((127.3, 38.9), (127.4, 38.3), (127.2, 38.0), (126.98, 37.66))),
    (0.6, ((127.0, 39.1), (126.6, 38.7), (126.1, 38.4), (125.5, 38.3), (124.85, 38.12))),
    (0.6, ((127.2, 40.3), (126.3, 40.35), (125.6, 40.25), (124.8, 39.95))),
    (0.55, ((126.9, 39.9), (126.3, 39.7), (125.9, 39.3), (125.4, 39.0))),
    (0.65, ((128.4, 41.5), (129.2, 41.5), (129.55, 41.9), (130.0, 42.2), (130.45, 42.42))),
    (0.5, ((128.1, 36.75), (128.5, 36.4), (128.6, 36.1))), (0.5, ((127.73, 35.34), (128.2, 35.25), (128.6, 35.2), (128.85, 35.15))),
)  # fmt: skip
_RIVERS: Sequence[Sequence[Point]] = (
    ((126.6, 37.77), (126.95, 37.53), (127.3, 37.55), (127.5, 37.3), (127.9, 37.0), (128.3, 37.05), (128.6, 37.3)),
    ((127.3, 37.55), (127.7, 37.9), (127.9, 38.2)),
    ((128.95, 35.1), (128.75, 35.4), (128.4, 35.6), (128.4, 36.0), (128.3, 36.4), (128.7, 36.55), (128.9, 36.9)),
    ((126.72, 35.98), (126.9, 36.2), (127.2, 36.45), (127.5, 36.4), (127.55, 36.0), (127.45, 35.72)),
    ((126.35, 34.8), (126.7, 35.0), (126.9, 35.3)), ((125.25, 38.72), (125.7, 38.95), (126.1, 39.4), (126.6, 39.9)),
    ((125.4, 39.55), (125.9, 39.8), (126.5, 40.2)), ((126.65, 37.78), (127.0, 38.1), (127.1, 38.6)),
    ((127.65, 35.0), (127.5, 35.3), (127.3, 35.6)),
)  # fmt: skip
_SEATS: Sequence[tuple[str, float, float]] = (
    ("漢陽", 126.98, 37.57), ("平壤", 125.75, 39.03), ("開城", 126.55, 37.97), ("全州", 127.15, 35.82), ("公州", 127.12, 36.45),
    ("大邱", 128.6, 35.87), ("慶州", 129.21, 35.84), ("晉州", 128.08, 35.18), ("羅州", 126.71, 35.03), ("東萊", 129.08, 35.2),
    ("江陵", 128.82, 37.75), ("原州", 127.95, 37.35), ("忠州", 127.93, 36.97), ("海州", 125.7, 38.04), ("義州", 124.6, 40.15),
    ("咸興", 127.53, 39.92), ("鏡城", 129.6, 41.58), ("會寧", 129.75, 42.3), ("寧邊", 125.8, 39.82), ("水原", 127.01, 37.28),
    ("春川", 127.73, 37.88), ("安東", 128.73, 36.57), ("尙州", 128.16, 36.42), ("淸州", 127.49, 36.64), ("光州", 126.9, 35.15),
    ("統營", 128.43, 34.87), ("濟州", 126.53, 33.46), ("江界", 126.6, 40.97), ("甲山", 128.3, 41.05), ("蔚珍", 129.36, 36.99),
    ("黃州", 125.77, 38.67), ("安州", 125.66, 39.62), ("北靑", 128.3, 40.23), ("吉州", 129.25, 40.95), ("鍾城", 129.85, 42.75),
    ("洪州", 126.66, 36.6), ("南原", 127.38, 35.41), ("順天", 127.49, 34.95), ("星州", 128.28, 35.92), ("密陽", 128.75, 35.5),
    ("永興", 127.3, 39.53), ("鐵原", 127.2, 38.25), ("淮陽", 127.6, 38.65), ("三陟", 129.1, 37.4), ("寧海", 129.38, 36.54),
    ("驪州", 127.64, 37.3), ("楊州", 127.05, 37.8), ("長興", 126.9, 34.68), ("海南", 126.6, 34.57), ("古阜", 126.78, 35.62),
)  # fmt: skip
_PEAKS = (("白頭山", 128.05, 42.05), ("金剛山", 128.1, 38.62), ("智異山", 127.73, 35.34), ("漢拏山", 126.53, 33.36), ("太白山", 128.92, 37.1),
          ("三角山", 126.98, 37.66), ("俗離山", 127.87, 36.55), ("妙香山", 126.3, 40.02), ("九月山", 125.3, 38.5), ("五臺山", 128.55, 37.8),
          ("鬱陵島", 130.87, 37.5), ("于山島", 131.25, 37.42))  # fmt: skip
_WINDOWS = {  # style -> west, north and how many degrees of latitude the sheet spans
    "": (122.95, 43.35, 10.42), "capital": (126.05, 38.1, 1.5), "geumgang": (127.5, 39.0, 1.6), "baekdu": (127.0, 42.4, 2.2),
    "pyongyang": (124.9, 39.9, 1.9), "jeolla": (126.1, 36.2, 1.9), "gyeongsang": (128.1, 36.4, 1.9), "jeju": (125.75, 34.2, 1.5),
    "chungcheong": (126.3, 37.2, 1.6),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _View:
    """How degrees become places on the sheet; `unit` scales signs and letters with the sheet."""

    west: float
    north: float
    degree: float
    unit: float

    def at(self, lon: float, lat: float) -> Point:
        return (lon - self.west) * self.degree * math.cos(math.radians(38)), (self.north - lat) * self.degree

    def all(self, points: Sequence[Point]) -> list[Point]:
        return [self.at(*point) for point in points]


def korea_map(asset: Asset) -> Board:
    """The whole country on one sheet, or one part of it larger."""
    whole = not asset.style
    board = Board(asset, _SEA, fine=1 if whole else 2)
    west, north, span = _WINDOWS[asset.style]
    view = _View(west, north, board.height / span, board.height / (7700 if whole else 2100))
    coast = _rough(board, view.all([*_COAST, _COAST[0]]), 3, 0.05)
    islands = [_rough(board, [*ring(*view.at(x, y), rx * view.degree * 0.79, ry * view.degree, 14)], 2, 0.06) for x, y, rx, ry in _ISLANDS]
    for outline in (coast, *(island + island[:1] for island in islands)):
        board.line(outline, (150, 164, 160), 34 * view.unit)
        board.shape(outline, _LAND)
        board.line(outline, INK, 6 * view.unit)
    for river in _RIVERS:
        path = _rough(board, view.all(river), 3, 0.09)
        board.line(path, _WATER, 15 * view.unit)
        board.line(path, _LAND, 7 * view.unit)
    _roads(board, view)
    for weight, points in _RANGES:
        _range(board, view, points, weight)
    _names(board, view)
    _folds(board, view)
    if whole:
        _title(board, view)
    else:
        board.box(30, 30, board.width - 60, board.height - 60, None, INK, 6)
        board.column(board.width - 90, 110, "大東輿地圖", 56)
    return board


def _rough(board: Board, points: Sequence[Point], depth: int, share: float) -> list[Point]:
    """The way through the points made rugged by moving midpoints."""
    path = list(points)
    for _ in range(depth):
        finer: list[Point] = []
        for (ax, ay), (bx, by) in zip(path, path[1:], strict=False):
            shift = board.random.uniform(-share, share)
            finer += [(ax, ay), ((ax + bx) / 2 - (by - ay) * shift, (ay + by) / 2 + (bx - ax) * shift)]
        path = [*finer, path[-1]]
    return path


def _range(board: Board, view: _View, points: Sequence[Point], weight: float) -> None:
    """A mountain range: one thick line, toothed like saws on both sides."""
    path = _rough(board, view.all(points), 5, 0.13)
    width = 44 * weight * view.unit
    board.line(path, INK, width * 0.7)
    for (ax, ay), (bx, by) in zip(path, path[1:], strict=False):
        if not -200 < ax < board.width + 200 or not -200 < ay < board.height + 200:
            continue
        length = math.hypot(bx - ax, by - ay) or 1
        nx, ny = -(by - ay) / length, (bx - ax) / length
        for side in (-1, 1):
            reach = width * board.random.uniform(0.7, 1.35) * side
            tip = ((ax + bx) / 2 + nx * reach, (ay + by) / 2 + ny * reach)
            board.shape([(ax, ay), tip, (bx, by)], INK)


def _roads(board: Board, view: _View) -> None:
    seats = {name: view.at(x, y) for name, x, y in _SEATS}
    x, y = seats["漢陽"]
    ways = (("開城", "黃州", "平壤", "安州", "義州"), ("水原", "公州", "全州", "南原", "順天"), ("楊州", "鐵原", "淮陽", "永興", "咸興", "北靑", "吉州", "鏡城", "會寧"),
            ("驪州", "原州", "江陵"), ("忠州", "尙州", "大邱", "密陽", "東萊"), ("公州", "古阜", "羅州", "海南"), ("大邱", "慶州"), ("尙州", "晉州", "統營"))  # fmt: skip
    for way in ways:
        here = (x, y)
        for name in way:
            there = seats[name]
            board.line([here, there], (120, 70, 56), 4 * view.unit)
            _ticks(board, here, there, view)
            here = there


def _ticks(board: Board, here: Point, there: Point, view: _View) -> None:
    length = math.hypot(there[0] - here[0], there[1] - here[1]) or 1
    nx, ny = -(there[1] - here[1]) / length * 11 * view.unit, (there[0] - here[0]) / length * 11 * view.unit
    for number in range(1, int(length / (0.045 * view.degree))):
        share = number * 0.045 * view.degree / length
        px, py = here[0] + (there[0] - here[0]) * share, here[1] + (there[1] - here[1]) * share
        board.line([(px - nx, py - ny), (px + nx, py + ny)], (120, 70, 56), 4 * view.unit)


def _names(board: Board, view: _View) -> None:
    size = 58 * view.unit
    for name, lon, lat in _SEATS:
        x, y = view.at(lon, lat)
        if name == "漢陽":
            board.oval(x, y, size * 1.5, size * 1.5, _LAND, RED, 9 * view.unit)
        board.oval(x, y, size * 1.15, size * 1.15, _LAND, INK, 5 * view.unit)
        board.column(x, y - size * 0.5, name, size, pitch=1.0)
    for name, lon, lat in _PEAKS:
        x, y = view.at(lon, lat)
        board.shape([(x - size, y - size * 1.3), (x, y - size * 2.4), (x + size, y - size * 1.3)], INK)
        board.column(x + size * 1.7, y - size * 1.9, name, size * 0.92, (92, 50, 40), pitch=1.0)


def _folds(board: Board, view: _View) -> None:
    """The edges of the folds: the country was cut in layers from north to south."""
    layers = 22 if view.unit > 0.95 or not board.asset.style else 4
    for number in range(1, layers):
        y = board.height * number / layers
        board.line([(0, y), (board.width, y)], (176, 168, 146), 2.5 * view.unit)
    for number in range(1, 8):
        x = board.width * number / 8
        board.line([(x, 0), (x, board.height)], (186, 180, 160), 2 * view.unit)


def _title(board: Board, view: _View) -> None:
    unit = view.unit
    board.box(250 * unit, 420 * unit, 460 * unit, 2050 * unit, (240, 232, 212), INK, 12 * unit)
    board.box(280 * unit, 450 * unit, 400 * unit, 1990 * unit, None, INK, 4 * unit)
    board.column(480 * unit, 700 * unit, "大東輿地圖", 330 * unit)
    board.column(870 * unit, 520 * unit, "當宁十二年辛酉", 120 * unit)
    board.column(1050 * unit, 520 * unit, "본떠 그린 견본", 120 * unit)
    board.box(60 * unit, 60 * unit, board.width - 120 * unit, board.height - 120 * unit, None, INK, 14 * unit)


def city_map(asset: Asset) -> Board:
    """The walled capital among its four hills, streams and streets inside, the great river below."""
    board = Board(asset, HANJI)
    w, h = board.width, board.height
    for px, py, width, height in ((w * 0.46, h * 0.2, w * 0.5, h * 0.16), (w * 0.5, h * 0.1, w * 0.9, h * 0.09), (w * 0.12, h * 0.44, w * 0.28, h * 0.16),
                                  (w * 0.9, h * 0.46, w * 0.24, h * 0.12), (w * 0.52, h * 0.84, w * 0.5, h * 0.13)):  # fmt: skip
        ridge(board, px, py, width, height, (110, 116, 96), 0.35)
    wall = _rough(board, curve([(w * 0.42, h * 0.2), (w * 0.7, h * 0.26), (w * 0.84, h * 0.44), (w * 0.76, h * 0.66), (w * 0.54, h * 0.76), (w * 0.3, h * 0.68),
                                (w * 0.16, h * 0.5), (w * 0.22, h * 0.32), (w * 0.42, h * 0.2)]), 1, 0.08)  # fmt: skip
    board.line(wall, INK, 16)
    board.line(wall, _LAND, 7)
    for px, py in wall[::2]:
        board.line([(px - 7, py), (px + 7, py)], INK, 3)
    board.line(_rough(board, [(w * 0.26, h * 0.42), (w * 0.42, h * 0.5), (w * 0.62, h * 0.5), (w * 0.84, h * 0.55), (w, h * 0.58)], 3, 0.08), _WATER, 12)
    for path in (((0.24, 0.52), (0.42, 0.46), (0.78, 0.46)), ((0.42, 0.46), (0.43, 0.34)), ((0.48, 0.46), (0.4, 0.62), (0.36, 0.7)), ((0.6, 0.46), (0.6, 0.32)),
                 ((0.48, 0.46), (0.62, 0.6), (0.74, 0.64))):  # fmt: skip
        board.line([(w * px, h * py) for px, py in path], (140, 78, 60), 6)
    for name, px, py, width, height in (("景福宮", 0.38, 0.29, 0.12, 0.1), ("昌德宮", 0.56, 0.27, 0.1, 0.09), ("宗廟", 0.6, 0.38, 0.08, 0.05),
                                        ("社稷", 0.26, 0.41, 0.07, 0.05), ("慶熙宮", 0.24, 0.5, 0.07, 0.05)):  # fmt: skip
        board.box(w * px, h * py, w * width, h * height, _LAND, INK, 4)
        board.column(w * (px + width / 2), h * py + 34, name, 34)
    for name, px, py in (("崇禮門", 0.33, 0.7), ("興仁門", 0.83, 0.48), ("敦義門", 0.18, 0.5), ("肅靖門", 0.47, 0.21), ("惠化門", 0.75, 0.31), ("光熙門", 0.77, 0.64)):
        board.box(w * px - 44, h * py - 26, 88, 52, (206, 170, 130), INK, 4)
        board.text(w * px, h * py, name, 26)
    for name, px, py in (("白岳", 0.46, 0.13), ("仁王", 0.1, 0.37), ("駱山", 0.92, 0.42), ("木覓山", 0.53, 0.75), ("三角山", 0.2, 0.05)):
        board.text(w * px, h * py, name, 44, RED)
    board.brush([(-60, h * 0.9), (w * 0.3, h * 0.965), (w * 0.7, h * 0.93), (w + 60, h * 0.97)], 110, (150, 176, 186), 0.9)
    board.text(w * 0.5, h * 0.945, "漢江", 50)
    board.column(w * 0.94, 90, "首善全圖", 62)
    return board
