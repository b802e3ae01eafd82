"""What stands in a scene: tiled and thatched houses, trees, poles, people seen from far, boats."""

from __future__ import annotations

from itertools import pairwise

from harvest.sample.drawings.board import Board, Color, Point, curve, ring
from harvest.sample.drawings.light import fill, mixed

_TILE: Color = (86, 86, 90)
_STRAW: Color = (196, 168, 112)
_WALL: Color = (228, 216, 192)
_WOOD: Color = (108, 78, 56)
_DARK: Color = (44, 38, 34)


def tiled_house(
    board: Board, x: float, y: float, width: float, tile: Color = _TILE, wall: Color = _WALL
) -> None:
    """A house of tiles and timber whose floor's middle is (x, y)."""
    height = width * 0.3
    fill(
        board,
        [
            (x - width * 0.42, y - height),
            (x + width * 0.42, y - height),
            (x + width * 0.42, y),
            (x - width * 0.42, y),
        ],
        wall,
        mixed(wall, _DARK, 0.18),
    )
    for number in range(6):
        post = x - width * 0.42 + width * 0.84 * number / 5
        board.line([(post, y - height), (post, y)], _WOOD, max(2, width * 0.014))
    for number in (1, 3):
        left = x - width * 0.42 + width * 0.84 * number / 5
        board.box(
            left + width * 0.02, y - height * 0.78, width * 0.13, height * 0.7, mixed(wall, _DARK, 0.62)
        )
    roof(board, x, y - height * 0.94, width * 1.12, width * 0.24, tile)


def roof(board: Board, x: float, y: float, width: float, height: float, tile: Color = _TILE) -> None:
    """A tiled roof whose eaves, turned up at their ends, have their middle at (x, y)."""
    half, top = width / 2, y - height
    eaves = curve(
        [
            (x - half, y - height * 0.2),
            (x - half * 0.5, y - height * 0.02),
            (x, y + height * 0.03),
            (x + half * 0.5, y - height * 0.02),
            (x + half, y - height * 0.2),
        ]
    )
    ridge = curve(
        [
            (x - half * 0.6, top - height * 0.03),
            (x, top + height * 0.05),
            (x + half * 0.6, top - height * 0.03),
        ]
    )
    fill(board, [*ridge, *eaves[::-1]], mixed(tile, (255, 255, 255), 0.14), tile, mixed(tile, _DARK, 0.45))
    count = max(8, round(width / 26))
    for number in range(count + 1):
        share = number / count
        above, below = ridge[round(share * (len(ridge) - 1))], eaves[round(share * (len(eaves) - 1))]
        board.line([above, below], mixed(tile, _DARK, 0.35), max(1, width * 0.0035))
    board.line(ridge, mixed(tile, _DARK, 0.55), max(3, height * 0.11))
    board.line(eaves, mixed(tile, _DARK, 0.6), max(2, height * 0.06))


def thatched_house(
    board: Board, x: float, y: float, width: float, straw: Color = _STRAW, wall: Color = _WALL
) -> None:
    """A house of clay under a round roof of straw."""
    height = width * 0.27
    fill(board, [(x - width * 0.4, y - height), (x + width * 0.4, y - height), (x + width * 0.4, y),
        (x - width * 0.4, y)], mixed(wall, _WOOD, 0.16), mixed(wall, _WOOD, 0.4))  # fmt: skip
    board.box(x - width * 0.1, y - height * 0.82, width * 0.16, height * 0.82, _DARK)
    board.box(x + width * 0.17, y - height * 0.74, width * 0.12, height * 0.44, mixed(wall, (255, 255, 255), 0.3),
        _WOOD, 2)  # fmt: skip
    for post in (-0.4, -0.13, 0.1, 0.4):
        board.line([(x + width * post, y - height), (x + width * post, y)], _WOOD, max(2, width * 0.012))
    dome: list[Point] = [(x - width * 0.56, y - height * 0.86), (x - width * 0.42, y - height * 1.5),
        (x - width * 0.16, y - height * 2.0), (x + width * 0.16, y - height * 2.0), (x + width * 0.42,
        y - height * 1.5), (x + width * 0.56, y - height * 0.86)]  # fmt: skip
    path = curve(dome)
    fill(board, [*path, (x, y - height * 0.8)], mixed(straw, (255, 255, 255), 0.25), straw, mixed(straw, _DARK,
        0.4))  # fmt: skip
    for number in range(11):
        board.line([(x + (number - 5) * width * 0.03, y - height * 1.96), (x + (number - 5) * width * 0.1,
            y - height * 0.92)], mixed(straw, _DARK, 0.28), 1.4)  # fmt: skip
    for share in (0.34, 0.66):
        board.line([(px, py + height * share * (1 if abs(px - x) < width * 0.5 else 0.2)) for px, py in path[6:-6]],
            mixed(straw, _DARK, 0.4), 1.6)  # fmt: skip
    board.line([path[0], (x, y - height * 0.79), path[-1]], mixed(straw, _DARK, 0.55), 3)


def tree(board: Board, x: float, y: float, height: float, leaf: Color, bare: bool = False) -> None:
    """A broad tree; bare in winter."""
    bark = mixed(_WOOD, _DARK, 0.4)
    board.brush(
        [(x, y), (x - height * 0.02, y - height * 0.35), (x + height * 0.02, y - height * 0.7)],
        height * 0.09,
        bark,
        0.4,
    )
    dice = board.random
    for number in range(12 if bare else 5):
        side = -1 if number % 2 else 1
        start = y - height * (0.32 + 0.04 * number)
        tip = (x + side * height * dice.uniform(0.16, 0.38), start - height * dice.uniform(0.16, 0.36))
        board.brush([(x, start), ((x + tip[0]) / 2, start - height * 0.08), tip], height * 0.026, bark, 0.2)
    if bare:
        return
    for number in range(26):
        px, py = x + dice.gauss(0, 0.17) * height, y - height * (0.68 + dice.gauss(0, 0.12))
        reach = height * dice.uniform(0.08, 0.15)
        board.oval(
            px,
            py,
            reach,
            reach * 0.78,
            mixed(leaf, (255, 255, 255) if number % 3 == 0 else _DARK, 0.05 + 0.14 * dice.random()),
        )


def pole(board: Board, x: float, y: float, height: float, color: Color = _DARK) -> None:
    """A pole with two arms, for wires."""
    board.line([(x, y), (x, y - height)], color, max(3, height * 0.018))
    for share in (0.9, 0.82):
        board.line(
            [(x - height * 0.08, y - height * share), (x + height * 0.08, y - height * share)],
            color,
            max(2, height * 0.012),
        )


def wires(board: Board, points: list[Point], sag: float, color: Color = _DARK) -> None:
    """Wires that hang between points."""
    for (ax, ay), (bx, by) in pairwise(points):
        board.line(curve([(ax, ay), ((ax + bx) / 2, (ay + by) / 2 + sag), (bx, by)]), color, 1.6)


def figure(
    board: Board, x: float, y: float, size: float, coat: Color, head: str = "", bent: bool = False
) -> None:
    """Someone seen from afar, feet at (x, y): a coat, a head, perhaps a hat or a load; `bent`: stooping."""
    dark = mixed(coat, _DARK, 0.3)
    if bent:
        _stooping(board, x, y, size, coat, dark)
        return
    fill(
        board,
        curve(
            [
                (x - size * 0.2, y),
                (x - size * 0.13, y - size * 0.5),
                (x - size * 0.11, y - size * 0.78),
                (x + size * 0.11, y - size * 0.78),
                (x + size * 0.13, y - size * 0.5),
                (x + size * 0.2, y),
            ]
        ),
        coat,
        coat,
        dark,
    )
    board.line([(x - size * 0.12, y - size * 0.7), (x - size * 0.19, y - size * 0.36)], dark, size * 0.05)
    board.oval(x, y - size * 0.88, size * 0.075, size * 0.095, (206, 170, 140))
    board.oval(x, y - size * 0.94, size * 0.08, size * 0.05, _DARK)
    if head == "gat":
        board.oval(x, y - size * 0.94, size * 0.19, size * 0.035, _DARK)
        board.box(x - size * 0.06, y - size * 1.08, size * 0.12, size * 0.13, _DARK)
    elif head == "load":
        board.oval(x, y - size * 1.04, size * 0.2, size * 0.11, mixed(coat, (150, 110, 70), 0.6), _DARK, 1.5)
    elif head == "straw":
        board.shape(
            [(x - size * 0.22, y - size * 0.9), (x, y - size * 1.08), (x + size * 0.22, y - size * 0.9)],
            _STRAW,
        )


def _stooping(board: Board, x: float, y: float, size: float, coat: Color, dark: Color) -> None:
    """Someone bent over, the head to the right under a hat of straw."""
    for dx in (-0.1, 0.07):
        board.brush([(x + size * dx, y - size * 0.34), (x + size * (dx - 0.02), y - size * 0.16),
            (x + size * (dx + 0.02), y)], size * 0.13, mixed(coat, dark, 0.5), 0.5)  # fmt: skip
    board.brush([(x - size * 0.12, y - size * 0.24), (x - size * 0.02, y - size * 0.48), (x + size * 0.34,
        y - size * 0.5)], size * 0.26, coat, 0.55)  # fmt: skip
    board.line(curve([(x - size * 0.13, y - size * 0.4), (x + size * 0.06, y - size * 0.57), (x + size * 0.3,
        y - size * 0.57)]), dark, size * 0.022)  # fmt: skip
    board.brush([(x + size * 0.28, y - size * 0.48), (x + size * 0.3, y - size * 0.26), (x + size * 0.42,
        y - size * 0.04)], size * 0.09, dark, 0.5)  # fmt: skip
    board.oval(x + size * 0.46, y - size * 0.48, size * 0.085, size * 0.1, (206, 170, 140))
    board.oval(x + size * 0.45, y - size * 0.56, size * 0.1, size * 0.07, _DARK)
    board.shape(curve([(x + size * 0.27, y - size * 0.56), (x + size * 0.44, y - size * 0.72), (x + size * 0.66,
        y - size * 0.44), (x + size * 0.46, y - size * 0.55)]), _STRAW, mixed(_STRAW, _DARK, 0.5), 1.5)  # fmt: skip


def boat(
    board: Board, x: float, y: float, size: float, sail: bool = True, hull: Color = (84, 62, 48)
) -> None:
    """A wooden boat on the water, with a ribbed sail if wanted."""
    fill(
        board,
        curve(
            [
                (x - size * 0.5, y - size * 0.1),
                (x - size * 0.36, y + size * 0.06),
                (x + size * 0.34, y + size * 0.06),
                (x + size * 0.54, y - size * 0.14),
                (x, y - size * 0.04),
            ]
        ),
        hull,
        mixed(hull, _DARK, 0.5),
    )
    if not sail:
        return
    board.line([(x, y), (x, y - size * 0.9)], hull, max(2, size * 0.02))
    canvas = [
        (x + size * 0.04, y - size * 0.84),
        (x + size * 0.4, y - size * 0.7),
        (x + size * 0.44, y - size * 0.16),
        (x + size * 0.04, y - size * 0.12),
    ]
    fill(board, canvas, (236, 226, 204), (206, 190, 160))
    for share in (0.2, 0.4, 0.6, 0.8):
        (ax, ay), (bx, by) = (
            (canvas[0][0], canvas[0][1] + (canvas[3][1] - canvas[0][1]) * share),
            (canvas[1][0], canvas[1][1] + (canvas[2][1] - canvas[1][1]) * share),
        )
        board.line([(ax, ay), (bx, by)], mixed(hull, _DARK, 0.2), max(1, size * 0.008))


def lamp(board: Board, x: float, y: float, reach: float, color: Color = (255, 226, 160)) -> None:
    """A small light."""
    board.wash(ring(x, y, reach * 4, reach * 4, 16), color, 0.4, reach * 2)
    board.oval(x, y, reach, reach, color)


_COATS: tuple[Color, ...] = ((244, 240, 230), (232, 228, 216), (70, 66, 66), (214, 206, 190), (120, 104, 92))


def passers(
    board: Board, y: float, depth: float, size: float, count: int, skip: tuple[float, float] = (2, 2)
) -> None:
    """People on a street, the far ones smaller, none between the two shares of the width to skip."""
    for number in range(count):
        near = number / max(1, count - 1)
        x = board.random.uniform(0.04, 0.96)
        if skip[0] < x < skip[1]:
            continue
        figure(
            board,
            x * board.width,
            y + depth * near,
            size * (0.62 + 0.38 * near),
            _COATS[number % len(_COATS)],
            ("gat", "", "load", "")[number % 4],
        )
