"""Mountains in washes of ink."""

from __future__ import annotations

import math

from harvest.sample.drawings.board import INK, Board, Color, Point, curve
from harvest.sample.drawings.light import fill, mixed

_GREY: Color = (112, 108, 102)


_MIST: Color = (228, 220, 202)


def crag(
    board: Board, x: float, y: float, width: float, height: float, ink: Color = _GREY, paper: Color = _MIST
) -> None:
    """A steep mountain in washes: dark at its broken top, fading into mist, strokes down its faces."""
    dice = board.random
    line: list[Point] = []
    count = 15
    for number in range(count + 1):
        share = number / count
        rise = math.sin(math.pi * share) ** 0.85 * (1 + 0.2 * math.sin(share * 21 + width))
        line.append((x + width * (share - 0.5), y - height * rise * dice.uniform(0.9, 1.06)))
    outline = curve(line, 5)
    fill(
        board,
        [*outline, (x + width / 2, y + height * 0.1), (x - width / 2, y + height * 0.1)],
        mixed(paper, ink, 0.75),
        mixed(paper, ink, 0.35),
        paper,
    )
    board.line(outline[4:-4], mixed(ink, INK, 0.55), max(2.0, width * 0.008))
    for number in range(2, count - 1):
        px, py = line[number]
        reach = (y - py) * dice.uniform(0.3, 0.75)
        board.brush(
            [
                (px, py),
                (px + dice.uniform(-0.05, 0.05) * width, py + reach * 0.5),
                (px + dice.uniform(-0.08, 0.08) * width, py + reach),
            ],
            width * dice.uniform(0.012, 0.034),
            mixed(paper, mixed(ink, INK, 0.4), 0.6),
            0.1,
        )
        for _ in range(3):
            reach = width * dice.uniform(0.006, 0.013)
            board.oval(
                px + dice.uniform(-0.03, 0.03) * width,
                py - reach * 0.4 + dice.uniform(0, 0.06) * height,
                reach,
                reach * 0.7,
                mixed(ink, INK, 0.6),
            )
