"""Printed music: covers with flowers, pages of staves."""

from __future__ import annotations

import math

from harvest.sample.drawings.board import Board, Color, curve, ring
from harvest.sample.drawings.light import mixed
from harvest.sample.works import Asset


def music_cover(asset: Asset) -> Board:
    """The cover of printed music with a wreath of roses of Sharon, or balsam below a fence, by style."""
    board = Board(asset, (240, 234, 218) if asset.style == "anthem" else (232, 222, 226))
    w, h = board.width, board.height
    if asset.style == "anthem":
        for inset, width in ((60, 9), (84, 3)):
            board.box(inset, inset, w - 2 * inset, h - 2 * inset, None, (46, 78, 136), width)
        for number in range(20):
            angle = number / 20 * math.tau
            px, py = w * 0.5 + w * 0.3 * math.cos(angle), h * 0.42 + w * 0.3 * math.sin(angle)
            for side in (-1, 1):
                board.brush(
                    [
                        (px, py),
                        (px + side * 34 * math.cos(angle + 0.9), py + side * 34 * math.sin(angle + 0.9)),
                        (px + side * 66 * math.cos(angle + 0.7), py + side * 66 * math.sin(angle + 0.7)),
                    ],
                    30,
                    (70, 116, 84),
                    0.1,
                )
            rose(board, px, py, 44, ((232, 176, 192), (240, 232, 236))[number % 2])
        _taegeuk_flag(board, w * 0.5, h * 0.42, w * 0.15)
        board.text(w * 0.5, h * 0.74, asset.hanja or asset.title, w * 0.085, (46, 60, 100))
        board.text(w * 0.5, h * 0.81, asset.head, w * 0.042, (120, 60, 56))
        return board
    for number in range(15):
        x = w * (0.04 + 0.066 * number)
        board.box(x, h * 0.58, 34, h * 0.42, (206, 190, 166), (150, 132, 108), 3)
    for y in (0.66, 0.84):
        board.box(0, h * y, w, 26, (190, 172, 146), (150, 132, 108), 2)
    for number in range(7):
        _balsam(
            board,
            w * (0.1 + 0.13 * number),
            h * (0.99 + 0.01 * (number % 2)),
            h * (0.32 + 0.07 * (number % 3)),
            number,
        )
    board.text(w * 0.5, h * 0.17, asset.title, w * 0.15, (120, 44, 70))
    board.text(w * 0.5, h * 0.26, asset.head, w * 0.045, (90, 76, 84))
    board.line([(w * 0.3, h * 0.215), (w * 0.7, h * 0.215)], (170, 110, 130), 3)
    return board


def rose(board: Board, x: float, y: float, reach: float, color: Color) -> None:
    """A rose of Sharon: five broad petals, a red heart, a yellow column."""
    for px, py in ring(x, y, reach * 0.55, reach * 0.55, 5, 0.05):
        board.oval(px, py, reach * 0.5, reach * 0.46, color, mixed(color, (150, 60, 90), 0.35), 2)
    for px, py in ring(x, y, reach * 0.3, reach * 0.3, 5, 0.05):
        board.brush([(x, y), ((x + px) / 2, (y + py) / 2), (px, py)], reach * 0.24, (166, 40, 72), 0.2)
    board.oval(x, y, reach * 0.13, reach * 0.13, (240, 214, 110), (190, 150, 60), 1.5)


def _taegeuk_flag(board: Board, x: float, y: float, reach: float) -> None:
    red, blue = (196, 60, 60), (52, 84, 150)
    board.oval(x, y, reach, reach, blue)
    board.shape(ring(x, y, reach, reach, 60, 0.5)[:31], red)
    board.oval(x - reach / 2, y, reach / 2, reach / 2, red)
    board.oval(x + reach / 2, y, reach / 2, reach / 2, blue)


def _balsam(board: Board, x: float, y: float, height: float, number: int) -> None:
    board.brush([(x, y), (x + 8, y - height * 0.5), (x - 4, y - height)], 22, (96, 140, 92), 0.6)
    color = ((206, 60, 86), (232, 132, 150), (240, 222, 226))[number % 3]
    for level in range(6):
        ly = y - height * (0.2 + 0.14 * level)
        for side in (-1, 1):
            board.brush(
                [(x, ly), (x + side * 54, ly - 30), (x + side * 112, ly - 6)], 28, (78, 122, 78), 0.05
            )
            if level > 1:
                fx, fy = x + side * 34, ly + 22
                for px, py in ring(fx, fy, 15, 12, 4, 0.1):
                    board.oval(px, py, 17, 15, color, mixed(color, (120, 20, 50), 0.4), 1.5)
    for dx, dy in ((0, -height), (20, -height + 30)):
        board.oval(x + dx, y + dy, 12, 16, (120, 160, 100))


def stave(asset: Asset) -> Board:
    """A page of music in staves, its words below; "band": the many thin staves of a score for wind band."""
    board = Board(asset, (242, 236, 222))
    w, h = board.width, board.height
    ink: Color = (50, 44, 42)
    if asset.head:
        board.text(w / 2, h * 0.075, asset.head, w * 0.07, ink)
    band = asset.style == "band"
    lines, gap = (12, 8.5) if band else (5, 17.0)
    words = [letter for letter in asset.text if letter not in " /"]
    step = (h * 0.8) / lines
    for line in range(lines):
        y = h * 0.14 + line * step
        for rule in range(5):
            board.line([(120, y + rule * gap), (w - 100, y + rule * gap)], ink, 1.6)
        _clef(board, 150, y, gap, ink)
        for bar in range(5):
            x = 120 + (w - 220) * bar / 4
            board.line([(x, y), (x, y + 4 * gap)], ink, 2.4)
        for note in range(12):
            x = 230 + (w - 360) * note / 11
            height = (line * 3 + note * 5 + note // 3 * 2) % 8 + (0 if asset.page % 2 else 1)
            cy = y + 4 * gap - (height - 1) * gap / 2
            board.oval(x, cy, gap * 0.72, gap * 0.52, ink if note % 4 else None, ink, 2.4)
            side = -1 if height > 4 else 1
            board.line(
                [(x + side * gap * 0.66, cy), (x + side * gap * 0.66, cy - side * gap * 3.2)], ink, 2.4
            )
            if not band and line * 12 + note < len(words):
                board.letter(
                    x, y + 4 * gap + 54, words[(asset.page * 60 + line * 12 + note) % len(words)], 38, ink
                )
    if band:
        board.line([(116, h * 0.14), (116, h * 0.14 + (lines - 1) * step + 4 * gap)], ink, 7)
    board.text(w / 2, h * 0.965, f"─ {asset.page + 1} ─", 28, (120, 110, 100))
    return board


def _clef(board: Board, x: float, y: float, gap: float, ink: Color) -> None:
    """A treble clef in one long curve."""
    points = [
        (0, 5.4),
        (-0.7, 5.0),
        (0.1, 4.6),
        (0.5, 5.3),
        (0.3, 2.6),
        (-0.2, -0.6),
        (0.4, -1.2),
        (0.7, -0.4),
        (-0.5, 1.4),
        (-1.2, 2.8),
        (0, 4.0),
        (1.1, 3.2),
        (0.4, 2.2),
        (-0.5, 3.0),
        (0.1, 3.5),
    ]
    board.line(curve([(x + px * gap, y + py * gap) for px, py in points]), ink, max(2, gap * 0.24))
