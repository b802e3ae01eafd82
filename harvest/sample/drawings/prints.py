"""Printed paper of 1880 to 1960: posters, tickets, stamps."""

from __future__ import annotations

import math

from harvest.sample.drawings.board import INK, WHITE, Board, Color, curve, ring
from harvest.sample.drawings.light import fill, glow, hills, mixed, sky
from harvest.sample.works import Asset

_VERMILION: Color = (206, 72, 48)


_NAVY: Color = (32, 48, 84)


_PAPER: Color = (238, 228, 204)


def poster(asset: Asset) -> Board:
    """A poster by the name of its style: reading, election, cinema."""
    board = Board(asset, _PAPER)
    _POSTERS[asset.style](board)
    _worn_folds(board)
    return board


def _worn_folds(board: Board) -> None:
    w, h = board.width, board.height
    board.wash([(w / 2 - 4, 0), (w / 2 + 4, 0), (w / 2 + 4, h), (w / 2 - 4, h)], WHITE, 0.26, 3)
    board.wash([(0, h / 2 - 4), (w, h / 2 - 4), (w, h / 2 + 4), (0, h / 2 + 4)], WHITE, 0.26, 3)


def _reading(board: Board) -> None:
    """A sun rising from an open book over dark fields."""
    w, h = board.width, board.height
    fill(board, [(0, 0), (w, 0), (w, h), (0, h)], (240, 196, 92), (244, 222, 160), (240, 232, 208))
    x, y = w * 0.5, h * 0.56
    for turn in range(25):
        angle = math.pi + turn / 24 * math.pi
        if turn % 2 == 0:
            board.shape([(x, y), (x + w * 1.2 * math.cos(angle - 0.055), y + w * 1.2 * math.sin(angle - 0.055)),
                (x + w * 1.2 * math.cos(angle + 0.055), y + w * 1.2 * math.sin(angle + 0.055))], (236, 168,
                70))  # fmt: skip
    board.oval(x, y, w * 0.24, w * 0.24, _VERMILION)
    hills_line = [(0, h * 0.68), (w * 0.3, h * 0.64), (w * 0.7, h * 0.66), (w, h * 0.63), (w, h), (0, h)]
    fill(board, hills_line, (36, 74, 74), (24, 48, 56))
    for side in (-1, 1):
        fill(board, curve([(x, h * 0.6), (x + side * w * 0.18, h * 0.545), (x + side * w * 0.36, h * 0.57),
            (x + side * w * 0.38, h * 0.72), (x + side * w * 0.18, h * 0.7), (x, h * 0.755)]), (252, 248, 236), (226,
            216, 192))  # fmt: skip
        for row in range(6):
            board.line(curve([(x + side * w * 0.04, h * (0.615 + 0.018 * row)), (x + side * w * 0.18,
                h * (0.575 + 0.018 * row)), (x + side * w * 0.34, h * (0.59 + 0.018 * row))]), (150, 140, 124),
                4)  # fmt: skip
    board.line([(x, h * 0.6), (x, h * 0.755)], (120, 110, 96), 5)
    board.text(x, h * 0.1, "배우자 가르치자", w * 0.105, _NAVY)
    board.text(x, h * 0.185, "다 함께 글을", w * 0.075, _VERMILION)
    board.text(x, h * 0.86, "한글 강습회", w * 0.13, (246, 236, 206))
    board.text(x, h * 0.935, "여름 · 저녁마다 · 돈 받지 아니함", w * 0.042, (226, 206, 150))


def _election(board: Board) -> None:
    """A hand that puts a paper into a box, blue and red halves."""
    w, h = board.width, board.height
    fill(board, [(0, 0), (w, 0), (w, h), (0, h)], (236, 232, 220), (226, 220, 204))
    fill(board, [(0, h * 0.3), (w, h * 0.18), (w, h * 0.66), (0, h * 0.78)], (40, 74, 124), (32, 56, 100))
    board.shape([(0, h * 0.78), (w, h * 0.66), (w, h * 0.69), (0, h * 0.81)], _VERMILION)
    x, y = w * 0.5, h * 0.58
    fill(board, [(x - w * 0.26, y), (x + w * 0.26, y), (x + w * 0.23, y + h * 0.22), (x - w * 0.23, y + h * 0.22)],
        (200, 154, 98), (146, 104, 64))  # fmt: skip
    fill(board, [(x - w * 0.26, y), (x - w * 0.2, y - h * 0.04), (x + w * 0.2, y - h * 0.04), (x + w * 0.26, y)],
        (222, 182, 126), (206, 164, 108))  # fmt: skip
    board.box(x - w * 0.12, y - h * 0.027, w * 0.24, h * 0.013, (60, 44, 34))
    board.text(x, y + h * 0.12, "투표함", w * 0.1, (60, 40, 28))
    fill(board, [(x - w * 0.09, y - h * 0.2), (x + w * 0.08, y - h * 0.22), (x + w * 0.1, y - h * 0.02),
        (x - w * 0.08, y - h * 0.02)], WHITE, (236, 232, 222))  # fmt: skip
    board.oval(x, y - h * 0.12, w * 0.03, w * 0.03, None, _VERMILION, 8)
    skin: Color = (226, 184, 148)
    fill(board, curve([(x + w * 0.02, y - h * 0.19), (x + w * 0.08, y - h * 0.25), (x + w * 0.2, y - h * 0.31),
        (x + w * 0.34, y - h * 0.36), (x + w * 0.4, y - h * 0.28), (x + w * 0.24, y - h * 0.2), (x + w * 0.12,
        y - h * 0.15), (x + w * 0.04, y - h * 0.155)]), skin, mixed(skin, INK, 0.2))  # fmt: skip
    for number in range(3):
        board.brush([(x + w * (0.1 + 0.02 * number), y - h * (0.2 - 0.015 * number)),
            (x + w * (0.04 + 0.012 * number), y - h * (0.17 - 0.012 * number)), (x + w * (0.01 + 0.015 * number),
            y - h * (0.15 - 0.01 * number))], 34, mixed(skin, INK, 0.06 * number), 0.6)  # fmt: skip
    fill(board, [(x + w * 0.3, y - h * 0.39), (x + w * 0.5, y - h * 0.46), (x + w * 0.5, y - h * 0.3), (x + w * 0.37,
        y - h * 0.25)], WHITE, (206, 206, 204))  # fmt: skip
    board.text(x, h * 0.09, "오월 십일은", w * 0.12, _NAVY)
    board.text(x, h * 0.17, "총선거 날", w * 0.13, _VERMILION)
    board.text(x, h * 0.89, "빠짐없이 투표합시다", w * 0.09, _NAVY)
    board.text(x, h * 0.95, "一九四八 · 五 · 十", w * 0.05, (90, 80, 72))


def _cinema(board: Board) -> None:
    """A road over a pass under a red evening, one small figure on it."""
    w, h = board.width, board.height
    sky(board, h * 0.8, (150, 40, 40), (214, 92, 56), (240, 170, 96))
    board.oval(w * 0.34, h * 0.38, w * 0.15, w * 0.15, (250, 216, 150))
    glow(board, w * 0.34, h * 0.38, w * 0.34, (250, 200, 130), 0.4)
    hills(board, h * 0.5, h * 0.1, (110, 46, 54), (176, 78, 62), waves=1.2)
    hills(board, h * 0.64, h * 0.07, (70, 34, 46), (110, 48, 52), waves=1.6)
    fill(board, [(0, h * 0.74), (w, h * 0.68), (w, h), (0, h)], (50, 28, 38), (30, 20, 28))
    board.brush(
        [
            (w * 0.36, h * 0.93),
            (w * 0.66, h * 0.86),
            (w * 0.44, h * 0.77),
            (w * 0.62, h * 0.69),
            (w * 0.58, h * 0.63),
        ],
        96,
        (226, 170, 112),
        0.08,
    )
    x, y = w * 0.6, h * 0.85
    fill(
        board,
        curve([(x - 34, y), (x - 22, y - 90), (x + 22, y - 90), (x + 34, y)]),
        (246, 236, 214),
        (206, 186, 160),
    )
    board.oval(x, y - 108, 17, 21, (60, 40, 36))
    board.line([(x - 20, y - 70), (x - 54, y - 20)], (206, 186, 160), 9)
    board.column(w * 0.86, h * 0.13, "아리랑", w * 0.19, (252, 240, 210), 1.06)
    board.column(w * 0.1, h * 0.12, "나운규 각색 감독 주연", w * 0.052, (252, 226, 180))
    board.text(w * 0.5, h * 0.95, "십월 일일부터 · 단성사", w * 0.062, (252, 226, 180))


_POSTERS = {"reading": _reading, "election": _election, "cinema": _cinema}


def ticket(asset: Asset) -> Board:
    """A small ticket on stiff paper: tram, railway, long journey, cinema; holes and stamps of use."""
    paper, ink, words = _TICKETS[asset.style]
    board = Board(asset, (206, 200, 190))
    w, h = board.width, board.height
    left, top, right, bottom = w * 0.1, h * 0.16, w * 0.9, h * 0.84
    board.wash(
        [(left + 14, top + 20), (right + 14, top + 20), (right + 14, bottom + 20), (left + 14, bottom + 20)],
        INK,
        0.5,
        16,
    )
    fill(board, [(left, top), (right, top), (right, bottom), (left, bottom)], mixed(paper, WHITE, 0.2), paper)
    for row in range(26):
        y = top + (bottom - top) * (row + 0.5) / 26
        board.line(
            curve([(left + 26, y), (w * 0.35, y - 8), (w * 0.5, y), (w * 0.65, y + 8), (right - 26, y)]),
            mixed(paper, ink, 0.16),
            2,
        )
    for inset, width in ((22, 7), (36, 2)):
        board.box(
            left + inset, top + inset, right - left - 2 * inset, bottom - top - 2 * inset, None, ink, width
        )
    for number, (text, share, size) in enumerate(words):
        board.text(w * 0.5, top + (bottom - top) * share, text, h * size, ink, serif=number != 2)
    board.oval(
        left + (right - left) * 0.84, top + (bottom - top) * 0.7, h * 0.035, h * 0.035, (206, 200, 190)
    )
    x, y = left + (right - left) * 0.2, top + (bottom - top) * 0.68
    for reach in (0.105, 0.07):
        board.oval(x, y, h * reach, h * reach, None, mixed(paper, (96, 70, 130), 0.75), 4)
    board.text(x, y, "견본", h * 0.05, mixed(paper, (96, 70, 130), 0.85))
    board.text(
        right - h * 0.14,
        top + h * 0.075,
        f"{1207 + len(asset.style) * 341:05}",
        h * 0.045,
        (168, 52, 46),
        serif=False,
    )
    return board


_TICKETS: dict[str, tuple[Color, Color, tuple[tuple[str, float, float], ...]]] = {
    "tram": (
        (214, 226, 206),
        (40, 84, 70),
        (
            ("京 城 電 車", 0.22, 0.085),
            ("乘 車 券", 0.45, 0.12),
            ("五 錢", 0.68, 0.09),
            ("한 번 타는 데 씀", 0.85, 0.04),
        ),
    ),
    "rail": (
        (236, 214, 168),
        (120, 62, 40),
        (
            ("三 等", 0.2, 0.075),
            ("京 城 → 仁 川", 0.43, 0.12),
            ("通 用 當 日", 0.65, 0.07),
            ("경성에서 인천까지", 0.83, 0.045),
        ),
    ),
    "express": (
        (214, 222, 236),
        (40, 62, 116),
        (
            ("釜 山 → 서 울", 0.3, 0.12),
            ("急 行 券", 0.54, 0.1),
            ("1955. 8. 15.", 0.73, 0.06),
            ("부산에서 서울까지", 0.86, 0.04),
        ),
    ),
    "bus": (
        (240, 206, 200),
        (150, 56, 62),
        (
            ("서울 시내 버스", 0.26, 0.08),
            ("회 수 권", 0.5, 0.13),
            ("학 생", 0.72, 0.08),
            ("한 번에 한 장", 0.86, 0.04),
        ),
    ),
}


def stamps(asset: Asset) -> Board:
    """Five stamps of one early set, or one of them large; each with a disc of swirls in a lettered frame."""
    board = Board(asset, (64, 62, 66) if asset.style == "set" else (226, 218, 200))
    w, h = board.width, board.height
    inks: tuple[tuple[str, str, Color], ...] = (
        ("五文", "5", (196, 76, 90)),
        ("十文", "10", (66, 124, 168)),
        ("二十五文", "25", (214, 128, 56)),
        ("五十文", "50", (84, 138, 84)),
        ("百文", "100", (122, 84, 140)),
    )
    if asset.style == "set":
        for number, (value, figure, ink) in enumerate(inks):
            row, place = divmod(number, 3)
            _stamp(
                board,
                w * (0.2 + 0.3 * place + 0.15 * row),
                h * (0.29 + 0.43 * row),
                w * 0.22,
                value,
                figure,
                ink,
            )
    else:
        value, figure, ink = inks[int(asset.style)]
        _stamp(board, w * 0.5, h * 0.5, w * 0.66, value, figure, ink)
    return board


def _stamp(board: Board, x: float, y: float, width: float, value: str, figure: str, ink: Color) -> None:
    height = width * 1.18
    left, top = x - width / 2, y - height / 2
    board.wash([(left + 9, top + 12), (left + width + 9, top + 12), (left + width + 9, top + height + 12), (left + 9,
        top + height + 12)], INK, 0.6, 9)  # fmt: skip
    board.box(left, top, width, height, (248, 244, 232))
    ground = board.asset.style == "set"
    hole: Color = (64, 62, 66) if ground else (222, 214, 196)
    for number in range(17):
        share = (number + 0.5) / 17
        for px, py in ((left + width * share, top), (left + width * share, top + height), (left,
            top + height * share), (left + width, top + height * share)):  # fmt: skip
            board.oval(px, py, width * 0.018, width * 0.018, hole)
    fill(board, [(left + width * 0.09, top + width * 0.09), (left + width * 0.91, top + width * 0.09),
        (left + width * 0.91, top + height - width * 0.09), (left + width * 0.09, top + height - width * 0.09)],
        mixed(ink, WHITE, 0.12), ink)  # fmt: skip
    board.box(left + width * 0.13, top + width * 0.13, width * 0.74, height - width * 0.26, None, (248, 244, 232),
        width * 0.008)  # fmt: skip
    board.oval(x, y, width * 0.27, width * 0.27, (248, 244, 232))
    _taegeuk(board, x, y, width * 0.2, ink)
    for turn in range(24):
        angle = turn / 24 * math.tau
        board.line([(x + width * 0.23 * math.cos(angle), y + width * 0.23 * math.sin(angle)),
            (x + width * 0.26 * math.cos(angle), y + width * 0.26 * math.sin(angle))], ink,
            width * 0.01)  # fmt: skip
    pale: Color = (250, 246, 236)
    board.text(x, top + height * 0.2, "大朝鮮國郵鈔", width * 0.085, pale)
    board.text(x, top + height * 0.82, value, width * 0.1, pale)
    for side in (-1, 1):
        board.text(x + side * width * 0.28, top + height * 0.82, figure, width * 0.07, pale)


def _taegeuk(board: Board, x: float, y: float, reach: float, ink: Color) -> None:
    """The disc of two swirling halves."""
    board.oval(x, y, reach, reach, mixed(ink, WHITE, 0.55), ink, reach * 0.06)
    upper = [
        *ring(x, y, reach, reach, 40, 0.5)[:21],
        *ring(x + reach / 2, y, reach / 2, reach / 2, 20, 0.0)[:11],
        *ring(x - reach / 2, y, reach / 2, reach / 2, 20, 0.0)[:11:-1],
    ]
    board.shape(upper, ink)
    board.oval(x - reach / 2, y, reach / 2, reach / 2, ink)
    board.oval(x + reach / 2, y, reach / 2, reach / 2, mixed(ink, WHITE, 0.55))
