"""Writing as a thing to look at: rubbings, great characters, letters, diplomas, a primer, music in squares."""

from __future__ import annotations

import math

from PIL import Image, ImageChops, ImageFilter

from harvest.sample.drawings import letters
from harvest.sample.drawings.board import CREAM, HANJI, INK, PINK, WHITE, Board, Color, curve
from harvest.sample.drawings.light import mixed
from harvest.sample.drawings.pages import columns_of, plate_of, press, wear
from harvest.sample.drawings.plants import seal
from harvest.sample.works import Asset


def rubbing(asset: Asset) -> Board:
    """A rubbing of an inscription: white letters in black ink on paper, worn; the text in columns from the right."""
    board = Board(asset, (226, 216, 196), fine=1)
    w, h = board.width, board.height
    columns = asset.text.split("/")
    rows = max(len(letters.clusters(column)) for column in columns)
    size = min((w - 200) / len(columns), (h - 240) / rows) * 0.9
    pitch, step = (w - 200) / len(columns), (h - 240) / rows
    plate = plate_of(board)
    edge = [(70 + board.random.uniform(-8, 8), 80.0)]
    for number in range(1, 60):
        turn = number / 60
        side = int(turn * 4)
        part = turn * 4 - side
        x = (70 + (w - 140) * part, w - 70, w - 70 - (w - 140) * part, 70)[side]
        y = (80, 80 + (h - 160) * part, h - 80, h - 80 - (h - 160) * part)[side]
        edge.append((x + board.random.uniform(-13, 13), y + board.random.uniform(-13, 13)))
    plate.shape(edge, INK)
    for number, column in enumerate(columns):
        x = w - 100 - (number + 0.5) * pitch
        if asset.style == "ruled":
            plate.line([(x - pitch / 2, 110), (x - pitch / 2, h - 110)], (250, 250, 250), 3)
        for place, cluster in enumerate(letters.clusters(column)):
            plate.letter(
                x + board.random.uniform(-3, 3), 120 + (place + 0.5) * step, cluster, size, (252, 252, 252)
            )
    _scars(plate)
    press(board, plate, (30, 30, 34))
    seal(board, 78, h - 330, "見本")
    return board


def _scars(plate: Board) -> None:
    """Where the stone is broken or worn, nothing took the ink."""
    dice, w, h = plate.random, plate.width, plate.height
    for _ in range(6):
        x, y = dice.uniform(80, w - 80), dice.uniform(100, h - 100)
        path = [(x, y)]
        for _ in range(5):
            x, y = x + dice.uniform(-70, 70), y + dice.uniform(-90, 90)
            path.append((x, y))
        plate.brush(path, dice.uniform(3, 10), (246, 246, 246), 0.1)
    for _ in range(420):
        reach = dice.uniform(1, 5)
        plate.oval(
            dice.uniform(70, w - 70),
            dice.uniform(80, h - 80),
            reach,
            reach * dice.uniform(0.5, 1),
            (236, 236, 236),
        )


def calligraphy(asset: Asset) -> Board:
    """Great characters by a full brush; "board": white on a dark board; further lines are the signature."""
    dark = asset.style == "board"
    board = Board(asset, (58, 44, 38) if dark else CREAM, fine=1)
    w, h = board.width, board.height
    great, *rest = asset.text.split("/")
    clusters = letters.clusters(great)
    plate = plate_of(board)
    across = w > h
    room = 520 if asset.fold == "hand" else 260
    size = (
        min(h * 0.62, (w - 260) / len(clusters) * 0.98)
        if across
        else min(w * 0.52, (h - room) / len(clusters) * 0.94)
    )
    for number, cluster in enumerate(clusters):
        if across:
            place = (w - 150 - (number + 0.5) * (w - 260) / len(clusters), h * 0.5)
        else:
            place = (w * 0.52, 130 + (number + 0.5) * (h - room) / len(clusters))
        _brushed(plate, place[0], place[1], cluster, size)
    for number, line in enumerate(rest):
        small = min(44.0, (h - 300) / max(1, len(line)) / 1.15)
        plate.column(96 + (len(rest) - 1 - number) * 62, h * 0.3 if across else h * 0.34, line, small)
    if dark:
        board.line([(0, 26), (w, 26), (w, h - 26), (0, h - 26)], (120, 88, 62), 50, close=True)
        for number in range(9):
            board.line(
                [(40, h * (0.1 + 0.1 * number)), (w - 40, h * (0.1 + 0.1 * number) + 6)], (50, 37, 32), 3
            )
    press(board, plate, (238, 230, 212) if dark else (28, 26, 26))
    if not dark:
        wear(board)
    if asset.fold == "hand":
        _hand(board, w * 0.5, h - 190)
    else:
        seal(board, 62, h - 250 if not across else h * 0.74, "見本")
    return board


def _brushed(plate: Board, x: float, y: float, cluster: str, size: float) -> None:
    """A character whose strokes are thickened and made uneven as by a brush."""
    side = round(size * plate.factor)
    mask = letters.glyph(cluster, side)
    grown = mask.filter(ImageFilter.MaxFilter(max(3, side // 60 * 2 + 1))).filter(
        ImageFilter.GaussianBlur(side / 120)
    )
    noise = Image.frombytes("L", (24, 24), plate.random.randbytes(576)).resize(
        (side, side), Image.Resampling.BICUBIC
    )
    uneven = ImageChops.add(grown, noise.point(lambda value: value // 4), 1, -32).point(
        lambda value: 255 if value > 118 else 0
    )
    dry = Image.frombytes("L", (side // 24 + 1, 3), plate.random.randbytes((side // 24 + 1) * 3)).resize(
        (side, side), Image.Resampling.BICUBIC
    )
    streaks = dry.rotate(18, Image.Resampling.BILINEAR).point(lambda value: 255 if value > 36 else 150)
    mask = ImageChops.multiply(uneven, streaks).filter(ImageFilter.GaussianBlur(0.8))
    plate.image.paste(
        (0, 0, 0), (round(x * plate.factor - side / 2), round(y * plate.factor - side / 2)), mask
    )


def _hand(board: Board, x: float, y: float) -> None:
    """The print of an open left hand, its ring finger cut short, in ink."""
    ink: Color = (60, 54, 52)
    board.oval(x, y + 30, 62, 66, ink)
    for dx, dy, length in ((-52, -20, 74), (-20, -50, 96), (14, -54, 52), (46, -30, 70)):
        board.brush([(x + dx * 0.7, y), (x + dx, y + dy), (x + dx * 1.15, y + dy - length)], 28, ink, 0.6)
    board.brush([(x + 40, y + 50), (x + 86, y + 20), (x + 112, y - 16)], 30, ink, 0.5)


def letter(asset: Asset) -> Board:
    """A letter written in columns on patterned paper: "plum", "lotus" or plain; its lines begin unevenly."""
    tone: Color = {"plum": (238, 212, 206), "lotus": (206, 222, 214), "amber": (236, 214, 168)}.get(
        asset.style, (238, 230, 208)
    )
    board = Board(asset, tone, fine=1)
    w, h = board.width, board.height
    _stationery(board, asset.style)
    plate = plate_of(board)
    lines = asset.text.split("/")
    pitch = min(118.0, (w - 220) / max(1, len(lines)))
    size = min(pitch * 0.68, (h - 330) / max(len(letters.clusters(line)) for line in lines) / 1.04)
    for number, line in enumerate(lines):
        top = 170 + (0 if number % 3 == 0 else 46)
        for place, cluster in enumerate(letters.clusters(line)):
            sway = math.sin(place * 0.9 + number) * 4
            plate.letter(
                w - 140 - number * pitch + sway,
                top + place * size * 1.04,
                cluster,
                size * plate.random.uniform(0.9, 1.06),
            )
    press(board, plate)
    for share in (0.25, 0.5, 0.75):
        board.line([(w * share, 0), (w * share, h)], mixed(tone, INK, 0.08), 3)
    seal(board, 84, h - 260, "見本")
    return board


def _stationery(board: Board, style: str) -> None:
    w, h = board.width, board.height
    faint = {"plum": (220, 170, 166), "lotus": (160, 192, 178), "amber": (214, 182, 122)}.get(
        style, (222, 212, 188)
    )
    for number in range(1, 9):
        board.line([(w * number / 9, 90), (w * number / 9, h - 90)], faint, 2)
    board.box(60, 90, w - 120, h - 180, None, faint, 4)
    if style == "plum":
        board.brush(
            [(60, h - 120), (w * 0.3, h * 0.7), (w * 0.24, h * 0.5), (w * 0.42, h * 0.3)], 26, faint, 0.3
        )
        for x, y in ((0.3, 0.68), (0.22, 0.52), (0.34, 0.42), (0.42, 0.3), (0.38, 0.56)):
            for turn in range(5):
                board.oval(
                    w * x + 26 * math.cos(turn / 5 * math.tau),
                    h * y + 26 * math.sin(turn / 5 * math.tau),
                    21,
                    21,
                    mixed(PINK, WHITE, 0.45),
                    faint,
                    2,
                )
    elif style == "lotus":
        for x, y, reach in ((0.26, 0.74, 150), (0.44, 0.84, 110)):
            board.oval(w * x, h * y, reach, reach * 0.5, mixed(faint, WHITE, 0.2), faint, 3)
            board.line(curve([(w * x, h * y + 20), (w * x + 20, h * 0.9), (w * x, h - 90)]), faint, 7)
        for number in range(5):
            lean = (number - 2) * 36
            board.shape(
                curve(
                    [
                        (w * 0.3, h * 0.56),
                        (w * 0.3 + lean * 1.4, h * 0.48),
                        (w * 0.3 + lean, h * 0.42),
                        (w * 0.3 + lean * 0.3, h * 0.49),
                        (w * 0.3, h * 0.56),
                    ]
                ),
                mixed((226, 178, 182), WHITE, 0.3),
                faint,
                2,
            )


def diploma(asset: Asset) -> Board:
    """A king's diploma, red or white by style: few columns of large letters, a seal over the date."""
    tone: Color = (176, 66, 54) if asset.style == "red" else (234, 224, 200)
    board = Board(asset, tone, fine=1)
    w, h = board.width, board.height
    plate = plate_of(board)
    lines = asset.text.split("/")
    pitch = (w - 260) / len(lines)
    for number, line in enumerate(lines):
        size = min(pitch * 0.62, (h - 300) / max(6, len(letters.clusters(line))) / 1.06, 120)
        plate.column(
            w - 150 - (number + 0.2) * pitch, 190 + (0 if number in (0, len(lines) - 1) else 60), line, size
        )
    press(board, plate, (34, 26, 26))
    x, y, side = 150 + pitch * 0.2, h * 0.42, min(290.0, h * 0.24)
    ink: Color = (120, 26, 28) if asset.style == "red" else (186, 60, 50)
    for grow in (0, 16):
        board.box(
            x - side / 2 + grow,
            y - side / 2 + grow,
            side - 2 * grow,
            side - 2 * grow,
            None,
            ink,
            9 if grow == 0 else 4,
        )
    for row in range(3):
        for place in range(3):
            _seal_script(
                board,
                x - side * 0.28 + place * side * 0.28,
                y - side * 0.28 + row * side * 0.28,
                side * 0.22,
                ink,
            )
    wear(board)
    for share in (0.2, 0.4, 0.6, 0.8):
        board.line([(w * share, 0), (w * share, h)], mixed(tone, INK, 0.14), 3)
    return board


def _seal_script(board: Board, x: float, y: float, size: float, ink: Color) -> None:
    """A sign made of folded lines, as on great seals; it means nothing."""
    half, count = size / 2, board.random.choice((3, 4, 5))
    for number in range(count):
        level = y - half + size * number / (count - 1)
        board.line([(x - half, level), (x + half, level)], ink, 5)
        if number:
            side = half if (number + count) % 2 else -half
            board.line([(x + side, level - size / (count - 1)), (x + side, level)], ink, 5)


def primer(asset: Asset) -> Board:
    """A page of the thousand characters: large letters in four columns, the reading of each in Hangul below it.

    The text gives all characters, a slash, and all readings; a page shows twenty-four, the last what is left.
    """
    board = Board(asset, HANJI, fine=1)
    w, h = board.width, board.height
    characters, readings = asset.text.split("/")
    first = asset.page * 24
    plate = plate_of(board)
    left, top, right, bottom = w * 0.1, h * 0.09, w * 0.94, h * 0.93
    plate.box(left, top, right - left, bottom - top, None, INK, 7)
    plate.box(left + 12, top + 12, right - left - 24, bottom - top - 24, None, INK, 2)
    pitch, step = (right - left) / 4, (bottom - top - 16) / 6
    for number in range(1, 4):
        plate.line([(right - number * pitch, top), (right - number * pitch, bottom)], INK, 2)
    for number, (character, reading) in enumerate(
        zip(characters[first : first + 24], readings[first : first + 24], strict=True)
    ):
        column, row = divmod(number, 6)
        x, y = right - (column + 0.5) * pitch, top + 8 + (row + 0.4) * step
        plate.letter(x, y, character, step * 0.62)
        plate.letter(x, y + step * 0.46, reading, step * 0.24)
    plate.box(w * 0.03, top, 12, h * 0.05, INK)
    plate.box(w * 0.03, bottom - h * 0.05, 12, h * 0.05, INK)
    plate.column(w * 0.037, h * 0.2, asset.fold, 30)
    press(board, plate)
    wear(board)
    return board


def court_music(asset: Asset) -> Board:
    """A page of notation in squares: each column a line of time in thirty-two squares, the tones written in them."""
    board = Board(asset, HANJI, fine=1)
    w, h = board.width, board.height
    plate = plate_of(board)
    left, top, right, bottom = 110.0, 150.0, w - 90.0, h - 120.0
    plate.box(left, top, right - left, bottom - top, None, INK, 8)
    lines, squares = 6, 16
    pitch, step = (right - left) / lines, (bottom - top) / squares
    for row in range(1, squares):
        strong = row in (3, 5, 8, 11, 13)
        plate.line([(left, top + row * step), (right, top + row * step)], INK, 5 if strong else 1.4)
    tones, drums = columns_of(asset)
    for line in range(lines):
        x = right - line * pitch
        plate.line([(x, top), (x, bottom)], INK, 5)
        for share in (0.34, 0.62, 0.82):
            plate.line([(x - pitch * share, top), (x - pitch * share, bottom)], INK, 1.2)
        for row in range(squares):
            number = (asset.page * lines + line) * squares + row
            tone = tones[number % len(tones)]
            if tone != "·":
                plate.letter(x - pitch * 0.17, top + (row + 0.5) * step, tone, step * 0.62)
                plate.letter(
                    x - pitch * 0.48,
                    top + (row + 0.5) * step,
                    tones[(number + 3) % len(tones)].replace("·", "宮"),
                    step * 0.44,
                )
            if row % 4 == 0:
                plate.letter(
                    x - pitch * 0.72, top + (row + 0.5) * step, drums[row // 4 % len(drums)], step * 0.5
                )
    press(board, plate)
    wear(board)
    return board
