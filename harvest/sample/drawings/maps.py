"""Maps after the manner of the great woodblock maps: ranges as unbroken lines, rivers as pairs of lines,
seats of office in circles, roads straight with a tick for every ten ri. Places stand roughly where they are."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from harvest.sample.drawings.board import HANJI, INK, RED, Board, Color, Point, curve, ring
from harvest.sample.drawings.landscape import ridge
from harvest.sample.works import Asset

_SEA: Color = (196, 202, 192)
_LAND: Color = (236, 226, 200)
_WATER: Color = (72, 104, 126)

_WINDOWS = {  # style -> west, north and how many degrees of latitude the sheet spans
    "": (122.95, 43.35, 10.42), "capital": (126.05, 38.1, 1.5), "geumgang": (127.5, 39.0,
            1.6), "baekdu": (127.0, 42.4, 2.2),
    "pyongyang": (124.9, 39.9, 1.9), "jeolla": (126.1, 36.2, 1.9), "gyeongsang": (128.1, 36.4,
            1.9), "jeju": (125.75, 34.2, 1.5),
    "chungcheong": (126.3, 37.2, 1.6),
}  # fmt: skip


@cache
def geography() -> Mapping[str, Any]:
    """Coast, islands, rivers, roads, seats, peaks and ranges, from data/geography.toml."""
    return tomllib.loads((Path(__file__).parents[1] / "data" / "geography.toml").read_text(encoding="utf-8"))


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
    land = geography()
    west, north, span = _WINDOWS[asset.style]
    view = _View(west, north, board.height / span, board.height / (7700 if whole else 2100))
    coast = _rough(board, view.all([*land["coast"], land["coast"][0]]), 4, 0.1)
    islands = [
        _rough(board, [*ring(*view.at(x, y), rx * view.degree * 0.79, ry * view.degree, 14)], 2, 0.06)
        for x, y, rx, ry in land["islands"]
    ]
    for outline in (coast, *(island + island[:1] for island in islands)):
        board.line(outline, (150, 164, 160), 34 * view.unit)
        board.shape(outline, _LAND)
        board.line(outline, INK, 6 * view.unit)
    for river in land["rivers"]:
        path = _rough(board, view.all(river), 3, 0.09)
        board.line(path, _WATER, 15 * view.unit)
        board.line(path, _LAND, 7 * view.unit)
    _roads(board, view)
    for row in land["ranges"]:
        _range(board, view, row["points"], row["weight"])
    _names(board, view)
    _folds(board, view)
    if whole:
        _title(board, view)
    else:
        board.box(30, 30, board.width - 60, board.height - 60, None, INK, 6)
        board.box(board.width - 136, 60, 92, 350, (244, 237, 218), INK, 3)
        board.column(board.width - 90, 110, "大東輿地圖", 56)
    return board


def _rough(board: Board, points: Sequence[Point], depth: int, share: float) -> list[Point]:
    """The way through the points made rugged by moving midpoints."""
    path = list(points)
    for _ in range(depth):
        finer: list[Point] = []
        for (ax, ay), (bx, by) in pairwise(path):
            shift = board.random.uniform(-share, share)
            finer += [(ax, ay), ((ax + bx) / 2 - (by - ay) * shift, (ay + by) / 2 + (bx - ax) * shift)]
        path = [*finer, path[-1]]
    return path


def _range(board: Board, view: _View, points: Sequence[Point], weight: float) -> None:
    """A mountain range: one thick line, toothed like saws on both sides."""
    path = _rough(board, view.all(points), 5, 0.13)
    width = 44 * weight * view.unit
    if weight > 0.3:
        _spurs(board, view, path, weight)
    board.line(path, INK, width * 0.7)
    for (ax, ay), (bx, by) in pairwise(path):
        if not -200 < ax < board.width + 200 or not -200 < ay < board.height + 200:
            continue
        length = math.hypot(bx - ax, by - ay) or 1
        nx, ny = -(by - ay) / length, (bx - ax) / length
        for side in (-1, 1):
            reach = width * board.random.uniform(0.7, 1.35) * side
            tip = ((ax + bx) / 2 + nx * reach, (ay + by) / 2 + ny * reach)
            board.shape([(ax, ay), tip, (bx, by)], INK)


def _spurs(board: Board, view: _View, path: Sequence[Point], weight: float) -> None:
    """Lesser ranges that leave a great one to both sides."""
    degree = view.degree
    for number in range(9, len(path) - 9, 17):
        (ax, ay), (bx, by) = path[number - 3], path[number + 3]
        length = math.hypot(bx - ax, by - ay) or 1
        for side in (-1, 1):
            reach = board.random.uniform(0.12, 0.3) * degree * weight * side
            bend = board.random.uniform(-0.16, 0.16) * degree
            x, y = path[number]
            end = (x - (by - ay) / length * reach, y + (bx - ax) / length * reach + bend)
            west, north = (
                end[0] / (degree * math.cos(math.radians(38))) + view.west,
                view.north - end[1] / degree,
            )
            _range(
                board,
                view,
                (
                    (x / (degree * math.cos(math.radians(38))) + view.west, view.north - y / degree),
                    (west, north),
                ),
                0.28,
            )


def _roads(board: Board, view: _View) -> None:
    seats = {name: view.at(*place) for name, place in geography()["seats"].items()}
    for way in geography()["roads"]:
        here = seats[way[0]]
        for name in way[1:]:
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
    for name, place in geography()["peaks"].items():
        x, y = view.at(*place)
        for dx, rise in ((-0.8, 0.9), (0.8, 0.8), (0.0, 1.6)):
            board.shape(
                [(x + (dx - 0.8) * size, y), (x + dx * size, y - rise * size), (x + (dx + 0.8) * size, y)],
                (64, 84, 78),
                INK,
                3 * view.unit,
            )
        board.box(x + size * 1.4, y - size * 1.9, size * 1.1, size * 3.1, (244, 237, 218))
        board.column(x + size * 1.95, y - size * 1.35, name, size * 0.92, (130, 44, 34), pitch=1.0)
    for name, place in geography()["seats"].items():
        x, y = view.at(*place)
        if name == "漢陽":
            board.oval(x, y, size * 1.5, size * 1.5, _LAND, RED, 9 * view.unit)
        board.oval(x, y, size * 1.15, size * 1.15, _LAND, INK, 5 * view.unit)
        board.column(x, y - size * 0.5, name, size, pitch=1.0)


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
    for px, py, width, height in ((w * 0.46, h * 0.2, w * 0.5, h * 0.16),
                                  (w * 0.5, h * 0.1, w * 0.9, h * 0.09), (w * 0.12, h * 0.44, w * 0.28,
                                          h * 0.16),
                                  (w * 0.9, h * 0.46, w * 0.24, h * 0.12), (w * 0.52, h * 0.84, w * 0.5,
                                          h * 0.13)):  # fmt: skip
        ridge(board, px, py, width, height, (110, 116, 96), 0.35)
    _city_wall(board)
    _city_streets(board)
    _city_places(board)
    board.brush(
        [(-60, h * 0.9), (w * 0.3, h * 0.965), (w * 0.7, h * 0.93), (w + 60, h * 0.97)],
        110,
        (150, 176, 186),
        0.9,
    )
    board.text(w * 0.5, h * 0.945, "漢江", 50)
    board.column(w * 0.94, 90, "首善全圖", 62)
    return board


def _city_wall(board: Board) -> None:
    w, h = board.width, board.height
    wall = _rough(board, curve([(w * 0.42, h * 0.2), (w * 0.7, h * 0.26), (w * 0.84, h * 0.44),
                                (w * 0.76, h * 0.66), (w * 0.54, h * 0.76), (w * 0.3, h * 0.68),
                                (w * 0.16, h * 0.5), (w * 0.22, h * 0.32), (w * 0.42,
                                        h * 0.2)]), 1, 0.08)  # fmt: skip
    board.line(wall, INK, 16)
    board.line(wall, _LAND, 7)
    for px, py in wall[::2]:
        board.line([(px - 7, py), (px + 7, py)], INK, 3)


def _city_streets(board: Board) -> None:
    w, h = board.width, board.height
    board.line(
        _rough(
            board,
            [
                (w * 0.26, h * 0.42),
                (w * 0.42, h * 0.5),
                (w * 0.62, h * 0.5),
                (w * 0.84, h * 0.55),
                (w, h * 0.58),
            ],
            3,
            0.08,
        ),
        _WATER,
        12,
    )
    for path in (((0.24, 0.52), (0.42, 0.46), (0.78, 0.46)), ((0.42, 0.46), (0.43, 0.34)),
                 ((0.48, 0.46), (0.4, 0.62), (0.36, 0.7)), ((0.6, 0.46), (0.6, 0.32)),
                 ((0.48, 0.46), (0.62, 0.6), (0.74, 0.64))):  # fmt: skip
        board.line([(w * px, h * py) for px, py in path], (140, 78, 60), 6)


def _city_places(board: Board) -> None:
    """Palaces and shrines, gates, hills, by their names."""
    w, h = board.width, board.height
    for name, px, py, width, height in (("景福宮", 0.38, 0.29, 0.12, 0.1), ("昌德宮", 0.56, 0.27, 0.1, 0.09),
                                        ("宗廟", 0.6, 0.38, 0.08, 0.05),
                                        ("社稷", 0.26, 0.41, 0.07, 0.05), ("慶熙宮", 0.24, 0.5, 0.07,
                                                0.05)):  # fmt: skip
        board.box(w * px, h * py, w * width, h * height, _LAND, INK, 4)
        board.column(w * (px + width / 2), h * py + 34, name, 34)
    for name, px, py in (
        ("崇禮門", 0.33, 0.7),
        ("興仁門", 0.83, 0.48),
        ("敦義門", 0.18, 0.5),
        ("肅靖門", 0.47, 0.21),
        ("惠化門", 0.75, 0.31),
        ("光熙門", 0.77, 0.64),
    ):
        board.box(w * px - 44, h * py - 26, 88, 52, (206, 170, 130), INK, 4)
        board.text(w * px, h * py, name, 26)
    for name, px, py in (
        ("白岳", 0.46, 0.13),
        ("仁王", 0.1, 0.37),
        ("駱山", 0.92, 0.42),
        ("木覓山", 0.53, 0.75),
        ("三角山", 0.2, 0.05),
    ):
        board.text(w * px, h * py, name, 44, RED)
