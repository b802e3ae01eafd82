"""Pages of old books: covers, woodblock prints, manuscripts, end notes."""

from __future__ import annotations

from PIL import Image, ImageChops, ImageFilter

from harvest.sample.drawings import letters
from harvest.sample.drawings.board import (
    BLUE,
    CREAM,
    HANJI,
    INK,
    OCHRE,
    RED,
    Board,
    Color,
    curve,
    margin_height,
)
from harvest.sample.works import Asset

_COVERS: dict[str, Color] = {
    "indigo": (44, 62, 92),
    "ochre": (190, 152, 88),
    "red": (132, 48, 42),
    "plain": (200, 182, 146),
}
_NUMBERS = "一二三四五六七八九十"


def cover(asset: Asset) -> Board:
    """A book sewn with five stitches, its title on a pasted slip."""
    tone = _COVERS[asset.style or "plain"]
    board = Board(asset, tone)
    light: Color = (min(255, tone[0] + 26), min(255, tone[1] + 26), min(255, tone[2] + 24))
    _lattice(board, light)
    right, height = board.width - 92, board.height
    board.line([(right, 0), (right, height)], light, 2)
    for number in range(5):
        y = height * (0.07 + 0.215 * number)
        thread = RED if asset.style != "red" else CREAM
        board.line([(right, y), (board.width, y)], thread, 6)
        board.oval(right, y, 7, 7, (30, 26, 22))
    board.line([(right, height * 0.07), (right, height * 0.93)], RED if asset.style != "red" else CREAM, 6)
    title = asset.hanja or asset.title
    size = min(92, 1000 / max(6, len(title)))
    slip = len(title) * size * 1.14 + size
    board.box(96, 100, size * 1.8, slip, CREAM, INK, 4)
    board.box(106, 110, size * 1.8 - 20, slip - 20, None, INK, 1.5)
    board.column(96 + size * 0.9, 100 + size, title, size)
    return board


def _lattice(board: Board, color: Color) -> None:
    """The pressed pattern of a cover: faint lozenges."""
    step = 84
    for row in range(board.height // step + 2):
        for place in range(board.width // step + 2):
            x, y = place * step + (step / 2 if row % 2 else 0), row * step
            board.line([(x, y - 30), (x + 30, y), (x, y + 30), (x - 30, y)], color, 1.2, close=True)


def woodblock(asset: Asset) -> Board:
    """One side of a leaf printed from a block: frame, rules, columns from right to left, the fold's title."""
    board = Board(asset, HANJI, fine=1)
    plate = plate_of(board)
    left, top, right, bottom = _area(asset)
    columns, pitch, size, rows = _fit(asset, _fewest(asset), right - left, bottom - top)
    frame(plate, left, top, right, bottom)
    for number in range(1, columns):
        x = right - number * pitch
        plate.line([(x, top), (x, bottom)], INK, 1.6)
    _set(
        plate,
        asset,
        right - pitch / 2,
        top + size * 0.72,
        pitch,
        size,
        (bottom - top - size * 0.2) / rows,
        columns,
        rows,
    )
    _fold(plate, asset, left, top, bottom)
    press(board, plate)
    wear(board)
    return board


def manuscript(asset: Asset) -> Board:
    """A page written by hand: no rules, letters a little uneven."""
    board = Board(asset, CREAM, fine=1)
    plate = plate_of(board)
    left, top, right, bottom = _area(asset)
    columns, pitch, size, rows = _fit(asset, _fewest(asset), right - left, bottom - top)
    _set(
        plate,
        asset,
        right - pitch / 2,
        top + size,
        pitch,
        size * 0.98,
        (bottom - top) / rows,
        columns,
        rows,
        wander=4,
    )
    press(board, plate)
    board.line([(60, 0), (60, board.height)], (206, 190, 160), 2)
    wear(board)
    return board


def colophon(asset: Asset) -> Board:
    """The end note of a sample: it says, in the place where books tell their printer, what this is."""
    board = Board(asset, HANJI, fine=1)
    plate = plate_of(board)
    frame(plate, 128, 150, board.width - 84, board.height - 110)
    lines = (
        asset.title,
        "이 책의 그림은",
        "컴퓨터로 그리고 짠",
        "견본이며 실물을 찍은",
        "사진이 아니다",
        "",
        "가상 기관이 펴냄",
    )
    for number, line in enumerate(lines):
        plate.column(board.width - 190 - number * 118, 300, line, 72)
    press(board, plate)
    board.box(220, board.height - 480, 150, 150, None, RED, 7)
    for number, word in enumerate("견본印本"):
        board.letter(332 - 75 * (number // 2), board.height - 442 + 74 * (number % 2), word, 60, RED)
    wear(board)
    return board


def plate_of(board: Board) -> Board:
    """A blank plate of the board's size: what is drawn on it in ink is pressed on the paper afterwards."""
    return Board(board.asset, (255, 255, 255), fine=board.fine, blank=True)


def press(board: Board, plate: Board, ink: Color = INK) -> None:
    """Print a plate: ink takes unevenly, and a few specks stay bare."""
    mask = ImageChops.invert(plate.image.convert("L"))
    cells = (board.image.width // 3 + 1, board.image.height // 3 + 1)
    noise = Image.frombytes("L", cells, board.random.randbytes(cells[0] * cells[1]))
    noise = noise.filter(ImageFilter.GaussianBlur(1.1)).point(
        lambda value: min(255, 60 + value * 2) if value > 78 else 40
    )
    uneven = noise.resize(board.image.size, Image.Resampling.BILINEAR)
    board.image.paste(ink, (0, 0), ImageChops.multiply(mask, uneven))


def _area(asset: Asset) -> tuple[float, float, float, float]:
    """Where the text of a page stands: left, top, right, bottom."""
    width, height = asset.size[0], asset.size[1] - margin_height(asset.size[1])
    if asset.draw == "manuscript":
        return 110.0, 140.0, width - 100.0, height - 120.0
    return 128.0, 150.0, width - 84.0, height - 110.0


def _fewest(asset: Asset) -> int:
    """The fewest columns into which a page is set."""
    return 6 if asset.draw == "manuscript" else {"large": 6, "dense": 9}.get(asset.style, 7)


def shown(asset: Asset) -> list[str]:
    """The columns of text that stand on this page of a woodblock print or a manuscript, from the right."""
    left, top, right, bottom = _area(asset)
    columns, _, _, rows = _fit(asset, _fewest(asset), right - left, bottom - top)
    return ["".join(line) for line in _of_page(_lines(asset, rows), asset)[:columns]]


def _of_page(lines: list[list[str]], asset: Asset) -> list[list[str]]:
    share = -(-len(lines) // asset.pages)
    return lines[asset.page * share : (asset.page + 1) * share]


def _fit(asset: Asset, columns: int, width: float, height: float) -> tuple[int, float, float, int]:
    """Columns, their pitch, letter size, letters to a column: the largest that let the text into its pages."""
    while True:
        pitch = width / columns
        size = pitch * 0.74
        rows = int(height / (size * 1.1))
        if len(_lines(asset, rows)) <= columns * asset.pages:
            return columns, pitch, size, rows
        columns += 1


def columns_of(asset: Asset) -> list[str]:
    """The parts of a text that slashes divide."""
    return asset.text.split("/")


def _lines(asset: Asset, rows: int) -> list[list[str]]:
    """The text cut into columns of at most `rows` letters; a slash begins a new column."""
    found: list[list[str]] = []
    for part in asset.text.split("/"):
        word = letters.clusters(part)
        found += [word[start : start + rows] for start in range(0, max(1, len(word)), rows)]
    return found


def _set(
    plate: Board, asset: Asset, x: float, y: float, pitch: float, size: float, step: float, columns: int, rows: int,
    wander: float = 0,
) -> None:  # fmt: skip
    for number, line in enumerate(_of_page(_lines(asset, rows), asset)[:columns]):
        for place, cluster in enumerate(line):
            dx, dy = plate.random.uniform(-wander, wander), plate.random.uniform(-wander, wander)
            plate.letter(x - number * pitch + dx, y + place * step + dy, cluster, size)


def frame(plate: Board, left: float, top: float, right: float, bottom: float) -> None:
    """A double border, heavy outside and thin inside."""
    plate.box(left, top, right - left, bottom - top, None, INK, 9)
    plate.box(left + 16, top + 16, right - left - 32, bottom - top - 32, None, INK, 2)


def _fold(plate: Board, asset: Asset, left: float, top: float, bottom: float) -> None:
    """Half of the block's middle strip: black mouth, fish tail, short title, number of the leaf."""
    x = left - 46
    plate.line([(left - 92, top), (left, top)], INK, 9)
    plate.line([(left - 92, bottom), (left, bottom)], INK, 9)
    plate.box(x - 10, top, 20, 90, INK)
    plate.shape(
        [
            (left - 92, top + 150),
            (left, top + 150),
            (left, top + 230),
            (x, top + 190),
            (left - 92, top + 230),
        ],
        INK,
    )
    plate.column(x, top + 300, asset.fold, 44)
    plate.column(x, bottom - 300, _NUMBERS[asset.page], 44)
    plate.shape([(left - 92, bottom - 150), (left, bottom - 150), (left, bottom - 230), (x, bottom - 190),
                 (left - 92, bottom - 230)], INK)  # fmt: skip


def wear(board: Board) -> None:
    """Age: darker edges, a water stain, the shadow at the fold."""
    w, h, dice = board.width, board.height, board.random
    board.wash([(w - 26, 0), (w, 0), (w, h), (w - 26, h)], (120, 96, 66), 0.5, 16)
    board.wash([(0, 0), (18, 0), (18, h), (0, h)], (150, 124, 90), 0.4, 14)
    x, y = dice.choice([(0, h), (w, h), (0, 0)])
    stain = [
        (x + dice.uniform(-1, 1) * 40 + dx, y + dy)
        for dx, dy in ((-190, 0), (-120, -150), (30, -210), (190, -90), (170, 60))
    ]
    board.wash(curve([*stain, stain[0]]), (170, 138, 92), 0.28, 10)


def body_chart(asset: Asset) -> Board:
    """A side view of head and body with its organs as simple shapes, after the manner of old medical books."""
    board = Board(asset, HANJI)
    frame(board, 128, 150, board.width - 84, board.height - 110)
    body = [(470, 330), (500, 262), (590, 226), (690, 250), (730, 330), (720, 420), (690, 480), (690, 540),
            (760, 600), (816, 760),
            (826, 1000), (800, 1260), (720, 1420), (500, 1420), (420, 1290), (396, 1080), (424, 860), (500,
                    690), (560, 600),
            (560, 540), (500, 536), (478, 500), (486, 470), (470, 452), (478, 430), (446, 410), (470,
                    370)]  # fmt: skip
    board.line([*curve(body), body[0]], INK, 6)
    spine = [(716, 560), (780, 760), (790, 1000), (764, 1250), (700, 1390)]
    for x, y in curve(spine, 5):
        board.oval(x, y, 13, 10, None, INK, 3)
    organs = ((620, 770, 110, 78, "肺"), (600, 890, 60, 48, "心"), (530, 990, 70, 60, "肝"),
              (668, 980, 66, 50, "脾"),
              (720, 1110, 42, 54, "腎"), (580, 1130, 92, 62, "腸"), (590, 1276, 60, 50, "胞"))  # fmt: skip
    for x, y, rx, ry, word in organs:
        board.oval(x, y, rx, ry, (222, 206, 174), INK, 4)
        board.letter(x, y, word, 52)
    board.oval(512, 374, 15, 8, None, INK, 4)
    board.oval(650, 400, 20, 34, None, INK, 4)
    board.line(curve([(610, 520), (620, 600), (620, 690)]), INK, 4)
    board.column(960, 330, "身形藏府圖", 84)
    for number, word in enumerate(("腦爲髓海", "喉在前主出", "咽在後主呑", "命門")):
        board.column(270, 320 + number * 300, word, 40)
    wear(board)
    return board


def legend(asset: Asset) -> Board:
    """A key to the signs of a map: what the marks for seats, posts, beacons and roads look like."""
    board = Board(asset, HANJI)
    frame(board, 128, 150, board.width - 84, board.height - 110)
    board.column(1000, 270, "地圖標", 92)
    rows = ("營衙", "邑治", "城池", "鎭堡", "驛站", "倉庫", "牧所", "烽燧", "陵寢", "道路")
    for number, word in enumerate(rows):
        x, y = 800 - (number // 5) * 330, 300 + (number % 5) * 240
        _sign(board, number, x, y)
        board.column(x - 120, y - 30, word, 56)
    wear(board)
    return board


def _sign(board: Board, number: int, x: float, y: float) -> None:
    if number in (0, 6):
        board.box(x - 36, y - 36, 72, 72, None, INK, 6)
    elif number in (1, 2):
        board.oval(x, y, 40, 40, None, INK, 6)
        if number == 2:
            board.oval(x, y, 28, 28, None, INK, 4)
    elif number in (3, 4):
        board.shape([(x, y - 40), (x + 40, y), (x, y + 40), (x - 40, y)], BLUE if number == 3 else INK)
    elif number == 7:
        board.shape([(x, y - 44), (x + 36, y + 34), (x - 36, y + 34)], RED)
    elif number == 9:
        board.line([(x - 60, y + 30), (x + 60, y - 30)], INK, 4)
        for step in (-1, 0, 1):
            board.oval(x + step * 34, y - step * 17, 7, 7, INK)
    else:
        board.oval(x, y, 38, 38, OCHRE if number == 5 else None, INK, 5)
        board.line([(x - 38, y), (x + 38, y)], INK, 4)
