"""Things in a museum's even light: ceramics, instruments, cloth, coins, a star chart."""

from __future__ import annotations

import math

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from harvest.sample.drawings.board import (
    BROWN, INK, OCHRE, RED, WHITE, Board, Color, Point, curve, ring,
)  # fmt: skip
from harvest.sample.drawings.folk import carp
from harvest.sample.drawings.landscape import cloud, crane
from harvest.sample.works import Asset

_WALL: Color = (202, 198, 190)


def _stage(asset: Asset, wall: Color = _WALL) -> Board:
    """A wall, a table's edge and soft light, as in a photograph for a catalogue."""
    board = Board(asset, wall)
    w, h = board.width, board.height
    low: Color = (max(0, wall[0] - 26), max(0, wall[1] - 26), max(0, wall[2] - 26))
    board.wash([(0, h * 0.8), (w, h * 0.8), (w, h), (0, h)], low, 0.9, 18)
    board.wash(ring(w * 0.4, h * 0.34, w * 0.5, h * 0.3), WHITE, 0.35, 120)
    return board


def _round(board: Board, outline: list[Point], color: Color, dark: float = 0.55) -> None:
    """A vessel: its outline filled and shaded as a round body lit from the upper left."""
    step = 4
    path = [(x / step, y / step) for x, y in board.at(outline)]
    size = (board.image.width // step + 1, board.image.height // step + 1)
    mask = Image.new("L", size)
    ImageDraw.Draw(mask).polygon(path, fill=255)
    left, top, right, bottom = mask.getbbox() or (0, 0, 1, 1)
    middle, reach = (left * 0.58 + right * 0.42), (right - left) * 0.62
    light = Image.new("L", (size[0], 1))
    light.putdata([max(0, min(255, round(255 * (1 - dark * ((x - middle) / reach) ** 2)))) for x in range(size[0])])
    shade = light.resize(size)
    fall = Image.new("L", (1, size[1]))
    fall.putdata([round(255 * (1 - 0.25 * max(0, (y - top) / (bottom - top) - 0.45))) for y in range(size[1])])
    shade = ImageChops.multiply(shade, fall.resize(size)).filter(ImageFilter.GaussianBlur(3))
    body = Image.merge("RGB", [shade.point(lambda value, band=band: value * band // 255) for band in color])
    whole = board.image.size
    fine = Image.new("L", whole)
    ImageDraw.Draw(fine).polygon(board.at(outline), fill=255)
    board.image.paste(body.resize(whole, Image.Resampling.BILINEAR), (0, 0), fine)


def _mirror(x: float, half: list[Point]) -> list[Point]:
    """A closed outline from its right half, given as distances from the middle."""
    right = curve([(x + reach, y) for reach, y in half])
    left = curve([(x - reach, y) for reach, y in half])
    return right + left[::-1]


def _shadow(board: Board, x: float, y: float, reach: float) -> None:
    board.wash(ring(x + reach * 0.15, y, reach, reach * 0.16), (70, 62, 54), 0.65, 22)


def moon_jar(asset: Asset) -> Board:
    """A large white jar, not quite round."""
    night = asset.style == "night"
    board = _stage(asset, (62, 68, 82) if night else (206, 200, 188))
    x, y = 600.0, 860.0
    lean = 14 if asset.style == "side" else 0
    _shadow(board, x, y + 420, 380)
    half = [(150.0, y - 440), (146, y - 390), (300, y - 300), (426, y - 110), (438 - lean, y + 40), (380, y + 230), (240, y + 370), (170, y + 420)]
    _round(board, _mirror(x + lean, half), (242, 240, 232) if not night else (206, 210, 218), 0.42)
    board.oval(x + lean, y - 440, 150, 26, (206, 204, 196), (176, 172, 164), 3)
    board.oval(x + lean, y - 438, 128, 18, (120, 116, 110))
    board.line(curve([(x - 436, y + 34), (x, y + 62), (x + 434, y + 30)]), (214, 210, 200), 3)
    board.wash(ring(x - 150, y - 170, 110, 150), WHITE, 0.55, 40)
    for px, py in ((x + 180, y + 150), (x - 210, y + 220), (x + 60, y - 240)):
        board.wash(ring(px, py, 44, 30), (214, 190, 160), 0.35, 18)
    return board


def maebyeong(asset: Asset) -> Board:
    """A celadon plum vase with clouds and cranes, or its pattern alone."""
    jade: Color = (122, 150, 134)
    if asset.style == "detail":
        board = Board(asset, jade)
        cells = [(x, y) for y in range(200, 1600, 330) for x in (240, 620, 1000)]
    else:
        board = _stage(asset, (212, 206, 192))
        x = 600.0
        _shadow(board, x, 1440, 260)
        half = [(92.0, 250.0), (78, 300), (96, 340), (270, 410), (330, 560), (290, 800), (210, 1060), (176, 1300), (210, 1440)]
        _round(board, _mirror(x, half), (142, 172, 152), 0.6)
        board.oval(x, 250, 92, 17, (110, 138, 122), (84, 110, 96), 3)
        cells = [(480, 560), (720, 560), (600, 760), (480, 940), (710, 960), (600, 1150)]
    for number, (px, py) in enumerate(cells):
        size = 0.86 if asset.style == "detail" else 0.42
        if number % 2:
            cloud(board, px, py, size * 0.8, (214, 222, 210), (90, 112, 100))
        else:
            board.oval(px, py, 150 * size, 150 * size, None, (224, 228, 216), 5 * size)
            board.oval(px, py, 138 * size, 138 * size, None, (70, 84, 78), 3 * size)
            crane(board, px, py + 10, size * 0.62)
    return board


def bottle(asset: Asset) -> Board:
    """A bottle brushed with white slip, a fish painted over it."""
    board = _stage(asset, (196, 192, 186))
    x = 600.0
    _shadow(board, x, 1430, 290)
    half = [(96.0, 280.0), (66, 330), (70, 520), (120, 640), (270, 860), (322, 1080), (280, 1300), (190, 1430)]
    outline = _mirror(x, half)
    _round(board, outline, (186, 176, 158), 0.55)
    for number in range(30):
        y = 640 + number * 19
        reach = 120 + 200 * math.sin(math.pi * min(1, (y - 560) / 900))
        board.brush([(x - reach * 0.86, y + board.random.uniform(-6, 6)), (x, y + 18), (x + reach * 0.8, y + board.random.uniform(-6, 6))], 11,
                    (224, 218, 204), 0.3)  # fmt: skip
    board.oval(x, 280, 96, 19, (150, 140, 124), INK, 3)
    if asset.style == "back":
        for y in (900, 1040, 1180):
            board.brush([(x - 190, y), (x - 60, y - 90), (x + 60, y + 30), (x + 190, y - 60)], 34, (84, 60, 46), 0.2)
    else:
        carp(board, x + 10, 1040, 190, (112, 76, 54))
        board.brush([(x - 150, 830), (x, 770), (x + 130, 840)], 20, (84, 60, 46), 0.2)
    return board


def patchwork(asset: Asset) -> Board:
    """A wrapping cloth of many pieces: silks in colours, or ramie in pale tones with the light behind."""
    ramie = asset.style == "ramie"
    board = Board(asset, (226, 224, 214) if ramie else (206, 196, 178))
    silks: tuple[Color, ...] = ((158, 62, 66), (198, 152, 74), (64, 96, 118), (92, 128, 102), (206, 160, 150), (120, 98, 132), (224, 208, 170),
                                (70, 74, 92), (182, 108, 70))  # fmt: skip
    pale: tuple[Color, ...] = ((240, 236, 222), (226, 220, 198), (214, 222, 214), (234, 224, 206), (204, 212, 210), (222, 206, 190), (244, 242, 234))
    _pieces(board, 110, 190, board.width - 220, board.width - 220 + 180, 0, pale if ramie else silks)
    board.box(110, 190, board.width - 220, board.width - 40, None, (150, 136, 116) if ramie else (112, 50, 52), 14)
    for x, y in ((110, 190), (board.width - 110, 190)):
        board.brush([(x, y), (x + (40 if x > 600 else -40), y - 60), (x + (10 if x > 600 else -10), y - 150)], 34, (150, 136, 116) if ramie else (112, 50, 52), 0.5)
    return board


def _pieces(board: Board, x: float, y: float, w: float, h: float, depth: int, colors: tuple[Color, ...]) -> None:
    if depth > 6 or (depth > 2 and board.random.random() < 0.2) or min(w, h) < 90:
        board.box(x, y, w, h, board.random.choice(colors), (236, 228, 210), 2)
        for inset in (5,):
            board.box(x + inset, y + inset, w - 2 * inset, h - 2 * inset, None, (176, 164, 144), 1)
        return
    share = board.random.choice((0.34, 0.42, 0.5, 0.62))
    if w > h:
        _pieces(board, x, y, w * share, h, depth + 1, colors)
        _pieces(board, x + w * share, y, w * (1 - share), h, depth + 1, colors)
    else:
        _pieces(board, x, y, w, h * share, depth + 1, colors)
        _pieces(board, x, y + h * share, w, h * (1 - share), depth + 1, colors)


def coins(asset: Asset) -> Board:
    """Coins laid out in rows, or run on a string."""
    board = _stage(asset, (222, 214, 198))
    if asset.style == "string":
        for number in range(26):
            x, y = 250 + number * 27, 1180 - number * 30 + 120 * math.sin(number / 5)
            board.oval(x, y, 120, 130, (150 - number % 3 * 9, 116, 66), INK, 4)
            board.oval(x, y, 104, 114, None, (190, 156, 96), 3)
            board.box(x - 24, y - 26, 48, 52, (96, 78, 54), INK, 3)
        board.brush([(170, 1500), (210, 1330), (250, 1190)], 17, BROWN, 0.7)
        board.brush([(940, 430), (1010, 330), (1120, 300)], 17, BROWN, 0.7)
        return board
    for row in range(4):
        for column in range(3):
            _coin(board, 260 + column * 340, 270 + row * 360, 138)
    return board


def _coin(board: Board, x: float, y: float, reach: float) -> None:
    _shadow(board, x, y + reach * 0.9, reach * 0.9)
    board.oval(x, y, reach, reach, (160, 124, 70), (86, 66, 40), 5)
    board.oval(x, y, reach * 0.88, reach * 0.88, (142, 108, 60), (190, 156, 96), 3)
    board.box(x - reach * 0.25, y - reach * 0.25, reach * 0.5, reach * 0.5, (222, 214, 198), (86, 66, 40), 5)
    for word, dx, dy in (("常", 0, -0.55), ("平", 0, 0.55), ("通", 0.55, 0), ("寶", -0.55, 0)):
        board.letter(x + dx * reach + 2, y + dy * reach + 2, word, reach * 0.42, (92, 66, 34))
        board.letter(x + dx * reach, y + dy * reach, word, reach * 0.42, (214, 180, 118))


def sundial(asset: Asset) -> Board:
    """The bowl that looks up at the sky: from the side on its feet, or from above with its lines."""
    board = _stage(asset, (214, 208, 196))
    x = 600.0
    if asset.style == "plan":
        y = 800.0
        board.oval(x, y, 470, 470, (92, 78, 60), INK, 6)
        board.oval(x, y, 400, 400, (70, 62, 52), (190, 164, 110), 5)
        for number in range(13):
            board.line(curve([(x - 380 + number * 10, y - 330 + number * 55), (x, y - 390 + number * 66), (x + 380 - number * 10, y - 330 + number * 55)]), (196, 172, 120), 2.5)
        for number in range(7):
            dx = (number - 3) * 112
            board.line(curve([(x + dx * 0.6, y - 390), (x + dx, y), (x + dx * 0.6, y + 390)]), (196, 172, 120), 4)
            board.letter(x + dx * 0.98, y + 436 - abs(number - 3) * 26, "卯辰巳午未申酉"[number], 44, (226, 202, 150))
        board.brush([(x, y + 380), (x, y + 120), (x, y - 20)], 24, OCHRE, 0.1)
        return board
    y = 760.0
    _shadow(board, x, y + 470, 330)
    for dx in (-270, -90, 90, 270):
        board.brush([(x + dx * 0.8, y + 240), (x + dx, y + 360), (x + dx * 0.9, y + 470)], 60, (96, 78, 56), 0.5)
    board.line([(x - 300, y + 462), (x + 300, y + 462)], (96, 78, 56), 30)
    _round(board, _mirror(x, [(420.0, y), (404, y + 120), (320, y + 260), (170, y + 350), (10, y + 376)]), (122, 98, 68), 0.6)
    board.oval(x, y, 440, 120, (110, 88, 60), INK, 5)
    board.oval(x, y, 392, 96, (60, 52, 44), (196, 170, 116), 4)
    for number in range(6):
        board.line(curve([(x - 340 + number * 24, y + 6 + number * 9), (x, y + 26 + number * 12), (x + 340 - number * 24, y + 6 + number * 9)]), (176, 152, 106), 2)
    for number in range(7):
        board.line([(x + (number - 3) * 106, y - 74 + abs(number - 3) * 12), (x + (number - 3) * 66, y + 84 - abs(number - 3) * 10)], (176, 152, 106), 3)
    board.brush([(x, y + 88), (x + 4, y + 30), (x + 6, y - 24)], 16, (226, 190, 110), 0.2)
    return board


def rain_gauge(asset: Asset) -> Board:
    """Three rings of bronze that make one tall vessel, on a stone or side by side."""
    board = _stage(asset, (198, 204, 206))
    if asset.style == "parts":
        for number, x in enumerate((270, 600, 930)):
            _tube(board, x, 760, 118, 300)
            board.text(x, 1180, ("위", "가운데", "아래")[number], 46)
        return board
    board.shape([(330, 1180), (870, 1180), (920, 1480), (280, 1480)], (150, 146, 138), INK, 4)
    board.letter(540, 1330, "測", 76, (84, 80, 74))
    board.letter(660, 1330, "雨", 76, (84, 80, 74))
    for number in range(3):
        _tube(board, 600, 930 - number * 270, 130 - number * 4, 270)
    return board


def _tube(board: Board, x: float, y: float, reach: float, height: float) -> None:
    _round(board, [(x - reach, y), (x + reach, y), (x + reach, y + height), (x - reach, y + height)], (122, 132, 112), 0.7)
    for edge in (0.0, 0.5, 1.0):
        board.box(x - reach - (12 if edge != 0.5 else 5), y + height * edge - 14, 2 * reach + (24 if edge != 0.5 else 10), 26, (96, 106, 90), INK, 3)
    board.oval(x, y - 12, reach, 24, (70, 78, 68), INK, 3)


def tag(asset: Asset) -> Board:
    """A small wooden tag on a cord, without a word on it."""
    board = _stage(asset, (216, 210, 200))
    _shadow(board, 620, 1330, 190)
    board.brush([(600, 470), (520, 260), (640, 120), (690, 250), (606, 470)], 17, RED, 0.8)
    board.shape(curve([(470, 560), (600, 420), (730, 560)]) + [(730, 1320), (470, 1320)], (176, 132, 86), INK, 5)
    for number in range(9):
        board.brush([(492 + number * 27, 620), (500 + number * 26, 960), (488 + number * 28, 1300)], 4, (150, 108, 68))
    board.oval(600, 500, 24, 24, (216, 210, 200), INK, 4)
    return board


def star_map(asset: Asset) -> Board:
    """The sky within its circle: the river of stars, the paths, constellations as joined points."""
    dark = asset.style != "rubbing"
    board = Board(asset, (36, 42, 58) if dark else (48, 46, 44))
    line: Color = (222, 208, 170) if dark else (226, 222, 212)
    x, y, reach = board.width / 2, 760.0, 500.0
    board.oval(x, y, reach, reach, None, line, 5)
    board.oval(x, y, reach + 44, reach + 44, None, line, 3)
    for number in range(28):
        angle = number * math.tau / 28
        board.line([(x + math.cos(angle) * 120, y + math.sin(angle) * 120), (x + math.cos(angle) * reach, y + math.sin(angle) * reach)],
                   (120, 116, 108), 1.5)  # fmt: skip
    board.oval(x, y, 120, 120, None, line, 2)
    board.oval(x, y, 330, 330, None, line, 3)
    board.oval(x + 60, y + 40, 330, 330, None, OCHRE if dark else line, 3)
    for side in (-1, 1):
        board.brush([(x - 420, y + side * 60), (x - 120, y + side * 200 - 100), (x + 200, y - side * 60 + 140), (x + 440, y + side * 90)], 60,
                    (62, 70, 92) if dark else (70, 68, 66), 0.3)  # fmt: skip
    _constellations(board, x, y, reach, line)
    board.text(x, 1400, "天象列次分野之圖", 78, line)
    for number in range(26):
        board.line([(110 + number * 39, 1470), (110 + number * 39, 1470 + board.random.uniform(60, 130))], (130, 126, 118), 7)
    return board


def _constellations(board: Board, x: float, y: float, reach: float, line: Color) -> None:
    for _ in range(150):
        angle, far = board.random.uniform(0, math.tau), reach * math.sqrt(board.random.uniform(0.02, 0.92))
        points = [(x + math.cos(angle) * far, y + math.sin(angle) * far)]
        for _ in range(board.random.choice((1, 2, 2, 3, 4, 6))):
            last = points[-1]
            points.append((last[0] + board.random.uniform(-40, 40), last[1] + board.random.uniform(-40, 40)))
        inside = [point for point in points if math.hypot(point[0] - x, point[1] - y) < reach - 8]
        if len(inside) > 1:
            board.line(inside, (150, 144, 130), 2)
        for px, py in inside:
            size = board.random.choice((3, 4, 4, 6))
            board.oval(px, py, size, size, line)
    dipper = [(x - 60, y - 70), (x - 26, y - 54), (x + 2, y - 34), (x + 30, y - 20), (x + 34, y + 14), (x + 74, y + 16), (x + 80, y - 24)]
    board.line(dipper, line, 3)
    for px, py in dipper:
        board.oval(px, py, 8, 8, RED if board.asset.style != "rubbing" else line, WHITE, 2)


