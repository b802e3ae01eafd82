"""Printed things of the modern age: book covers, poems in print, a newspaper, the declaration, a score."""

from __future__ import annotations

from harvest.sample.drawings import letters
from harvest.sample.drawings.board import CREAM, INK, PLAIN, RED, Board, Color, curve
from harvest.sample.works import Asset

_GREY: Color = (126, 116, 104)


def modern_cover(asset: Asset) -> Board:
    """The paper cover of a book of the 1920s to 1940s, each with one quiet picture."""
    tone: Color = {"stars": (46, 62, 88), "azalea": (236, 214, 206), "reed": (206, 212, 196)}.get(
        asset.style, PLAIN
    )
    board = Board(asset, tone)
    pen: Color = CREAM if asset.style == "stars" else INK
    _COVERS.get(asset.style, _framed)(board)
    title = asset.hanja or asset.title
    size = min(118, 980 / max(5, len(title)))
    board.column(board.width - 230, 210 + size / 2, title.replace(" ", "　"), size, pen)
    return board


def _reed(board: Board) -> None:
    for _ in range(46):
        x = board.random.uniform(60, board.width - 360)
        lean = board.random.uniform(-120, 160)
        top = board.random.uniform(620, 1180)
        board.brush(
            [(x, board.height), (x + lean * 0.3, (top + board.height) / 2), (x + lean, top)],
            9,
            (104, 122, 100),
        )
    board.oval(420, 440, 170, 170, (232, 228, 208))


def _azalea(board: Board) -> None:
    board.brush([(140, 1500), (330, 1180), (300, 900), (470, 620)], 22, (116, 84, 66))
    board.brush([(325, 1150), (520, 1000), (640, 960)], 14, (116, 84, 66))
    for x, y in ((470, 610), (400, 730), (300, 900), (640, 950), (520, 1010), (240, 1240), (380, 1060)):
        blossom(board, x, y, 78, (202, 96, 122), (168, 62, 92))


def blossom(board: Board, x: float, y: float, reach: float, color: Color, edge: Color) -> None:
    """A flower of five petals with its stamens."""
    for x_step, y_step in ((0, -1), (0.95, -0.31), (0.59, 0.81), (-0.59, 0.81), (-0.95, -0.31)):
        board.oval(
            x + x_step * reach * 0.5, y + y_step * reach * 0.5, reach * 0.42, reach * 0.42, color, edge, 2
        )
    for x_step, y_step in ((0.2, -0.5), (0.4, -0.2), (-0.3, -0.4), (0.1, 0.4)):
        board.line([(x, y), (x + x_step * reach, y + y_step * reach)], edge, 2)
        board.oval(x + x_step * reach, y + y_step * reach, 4, 4, edge)


def _stars(board: Board) -> None:
    for _ in range(170):
        x, y = board.random.uniform(30, board.width - 30), board.random.uniform(30, board.height * 0.8)
        reach = board.random.choice((2, 2, 3, 4, 6))
        board.oval(x, y, reach, reach, (226, 224, 206))
    hills = [(0, 1330), (200, 1250), (420, 1320), (700, 1220), (950, 1300), (1200, 1240)]
    board.shape([*curve(hills), (1200, board.height), (0, board.height)], (30, 40, 58))
    board.brush([(300, 1290), (296, 1180), (310, 1100)], 12, (22, 28, 40))
    for dx, dy in ((-50, 0), (0, -40), (50, 0), (20, 30), (-20, 30)):
        board.oval(308 + dx, 1090 + dy, 46, 40, (22, 28, 40))


def _framed(board: Board) -> None:
    w, h = board.width, board.height
    for inset, weight in ((70, 8), (94, 2)):
        board.box(inset, inset, w - 2 * inset, h - 2 * inset, None, (124, 60, 48), weight)
    for x, y in ((94, 94), (w - 94, 94), (94, h - 94), (w - 94, h - 94)):
        for reach in (60, 40, 20):
            board.oval(x, y, reach, reach, PLAIN if reach != 20 else (124, 60, 48), (124, 60, 48), 3)
    board.oval(360, h * 0.62, 190, 190, None, (124, 60, 48), 5)
    for number in range(3):
        board.line(curve([(170, h * 0.62 + 40 * number), (300, h * 0.6 + 40 * number),
                          (420, h * 0.64 + 40 * number),
                          (550, h * 0.62 + 40 * number)]), (124, 60, 48), 4)  # fmt: skip


_COVERS = {"reed": _reed, "azalea": _azalea, "stars": _stars}


def modern_page(asset: Asset) -> Board:
    """A page of verse or prose in metal type, set downwards from the right with wide margins."""
    board = Board(asset, (236, 229, 212), fine=1)
    size, pitch = 43.0, 86.0
    x = board.width - 190.0
    for number, line in enumerate(lines_of(asset)):
        head = number == 0 and asset.page == 0 and "//" in asset.text
        for place, cluster in enumerate(letters.clusters(line)):
            board.letter(
                x - number * pitch,
                250 + place * size * (1.25 if head else 1.06),
                cluster,
                size * (1.2 if head else 1),
            )
    board.line([(150, 200), (board.width - 130, 200)], _GREY, 1.5)
    board.text(board.width / 2, board.height - 90, f"─ {asset.page + 2} ─", 30, _GREY)
    board.wash([(board.width - 20, 0), (board.width, 0), (board.width, board.height),
                (board.width - 20, board.height)],
               (140, 110, 70), 0.45, 14)  # fmt: skip
    return board


def lines_of(asset: Asset) -> list[str]:
    """The lines that stand on this page, from the right; an empty one parts the stanzas."""
    lines = _columns(asset.text, 27)
    share = -(-len(lines) // asset.pages)
    return lines[asset.page * share : (asset.page + 1) * share]


def _columns(text: str, rows: int) -> list[str]:
    found: list[str] = []
    for line in text.replace("//", "/ /").split("/"):
        rest = line
        while len(letters.clusters(rest)) > rows:
            cut = rest.rfind(" ", 0, rows) if " " in rest[:rows] else rows
            found.append(rest[:cut])
            rest = rest[cut:].strip()
        found.append(rest)
    return found


def newspaper(asset: Asset) -> Board:
    """A page of the newspaper of 1896: a masthead, rules, short columns of Korean letters; the last in English."""
    board = Board(asset, (228, 217, 190), fine=1)
    w, h = board.width, board.height
    top = 90.0
    board.box(60, 70, w - 120, h - 130, None, INK, 4)
    if asset.style == "english":
        board.text(w / 2, 170, asset.head, 86)
        board.line([(60, 240), (w - 60, 240)], INK, 4)
        _bars(board, 260, 4)
        return board
    right = w - 80.0
    if asset.head:
        board.box(right - 190, top, 190, 620, None, INK, 5)
        board.column(right - 95, top + 90, asset.head, 130)
        board.column(right - 150, top + 780, "데일권", 46)
        board.column(right - 60, top + 780, "데일호", 46)
        board.column(right - 105, top + 960, "건양원년ᄉᆞ월초칠일", 44)
        right -= 215
    _body(board, asset.text, right, top)
    return board


def _body(board: Board, text: str, right: float, top: float) -> None:
    """Four bands of columns; when the known text ends, lines stand for what is not set."""
    band = (board.height - 200) / 4
    clusters = letters.clusters(text)
    size, pitch, rows = 32.0, 41.0, 11
    number = 0
    for row in range(4):
        y = top + row * band
        board.line([(70, y + band - 4), (board.width - 70, y + band - 4)], INK, 2)
        for x in range(round(right - 30), 80, -round(pitch)):
            part = clusters[number * rows : (number + 1) * rows]
            for place, cluster in enumerate(part):
                board.letter(x, y + 26 + place * size, cluster, size * 0.94)
            if not part:
                reach = board.random.uniform(0.55, 0.95)
                board.line([(x, y + 22), (x, y + band * reach)], (150, 138, 116), 9)
            number += 1


def _bars(board: Board, top: float, columns: int) -> None:
    """Columns of grey lines: text that this sample does not set."""
    pitch = (board.width - 140) / columns
    for column in range(columns):
        x, y = 76 + column * pitch, top
        while y < board.height - 90:
            reach = pitch - 26 if board.random.random() > 0.14 else pitch * board.random.uniform(0.3, 0.7)
            board.line([(x, y), (x + reach, y)], (150, 138, 116), 8)
            y += 21
        board.line([(x + pitch - 12, top), (x + pitch - 12, board.height - 80)], INK, 1.5)


def declaration(asset: Asset) -> Board:
    """One broad sheet, set downwards in close columns from the right."""
    board = Board(asset, (222, 205, 170), fine=1)
    w, h = board.width, board.height
    title, *paragraphs, dated = asset.text.split("/")
    board.column(w - 130, 190, title, 104, pitch=2.2)
    size = 36.0
    rows = int((h - 220) / (size * 1.1))
    x = w - 250.0
    for paragraph in [*paragraphs, dated]:
        clusters = letters.clusters("　" + paragraph)
        for start in range(0, len(clusters), rows):
            for place, cluster in enumerate(clusters[start : start + rows]):
                board.letter(x, 130 + place * size * 1.1, cluster, size)
            x -= 58
    for row in range(3):
        for place in range(11):
            board.line(
                [(x - 20 - place * 22, 150 + row * 330), (x - 20 - place * 22, 360 + row * 330)],
                (128, 108, 80),
                9,
            )
    board.line([(0, h / 2), (w, h / 2)], (196, 176, 138), 3)
    for place in (1, 2, 3):
        board.line([(w * place / 4, 0), (w * place / 4, h)], (196, 176, 138), 3)
    return board


def sentence_tree(asset: Asset) -> Board:
    """A sentence taken apart in a drawing of lines, as the first grammars of Korean did."""
    board = Board(asset, (236, 229, 212))
    y = 820.0
    board.line([(140, y), (1060, y)], INK, 6)
    for x, word, part in ((250, "아기가", "임이"), (600, "젖을", "쓰이"), (950, "먹소", "남이")):
        board.text(x, y - 70, word, 76)
        board.text(x, y + 250, part, 50, _GREY)
        board.line([(x, y), (x, y + 190)], INK, 4)
        board.oval(x, y, 13, 13, INK)
    board.line([(425, y - 120), (425, y + 120)], INK, 4)
    board.line([(775, y - 120), (775, y)], INK, 4)
    board.line(curve([(250, y - 140), (600, y - 320), (950, y - 140)]), RED, 4)
    board.text(600, 330, "그림풀이 (견본)", 66)
    board.line([(360, 390), (840, 390)], INK, 2)
    return board


_TUNE = ((0, 1.5), (1, 0.5), (0, 0.5), (1, 0.5), (3, 1.5), (4, 0.5), (3, 0.5), (4, 0.5), (5, 1), (4, 0.5),
         (3, 0.5), (1, 0.5),
         (0, 0.5), (-1, 0.5), (0, 1.5), (1, 0.5), (0, 0.5), (1, 0.5), (3, 1.5), (4, 0.5), (3, 0.5), (1,
                 0.5), (0, 0.5),
         (-1, 0.5), (0, 1.5), (3, 3))  # fmt: skip
_WORDS = "아리랑아리랑아라리요아리랑고개로넘어간다"


def score(asset: Asset) -> Board:
    """A sheet of music in three-four time with its words below."""
    board = Board(asset, (240, 234, 220))
    board.text(board.width / 2, 190, "아리랑", 100)
    board.text(board.width / 2, 290, "가락을 적은 견본 악보", 36, _GREY)
    lines = 5
    per_line = -(-len(_TUNE) // lines)
    for line in range(lines):
        y = 440.0 + line * 235
        for rule in range(5):
            board.line([(110, y + rule * 20), (board.width - 110, y + rule * 20)], INK, 2)
        for x in (110, board.width / 2 + 30, board.width - 110):
            board.line([(x, y), (x, y + 80)], INK, 3)
        board.brush(
            [(150, y + 110), (176, y + 10), (146, y - 24), (150, y + 70), (190, y + 56), (160, y + 40)], 7
        )
        for place, (height, length) in enumerate(_TUNE[line * per_line : (line + 1) * per_line]):
            _note(board, 250 + place * 140, y + 70 - height * 10, length)
        for place, word in enumerate(_WORDS[line * 4 : line * 4 + 4]):
            board.text(260 + place * 200, y + 140, word, 40)
    return board


def _note(board: Board, x: float, y: float, length: float) -> None:
    board.oval(x, y, 14, 10, INK if length < 2 else None, INK, 3)
    board.line([(x + 13, y), (x + 13, y - 72)], INK, 3)
    if length < 1:
        board.brush([(x + 13, y - 72), (x + 34, y - 50), (x + 30, y - 26)], 8)
    if length == 1.5:
        board.oval(x + 26, y - 4, 4, 4, INK)
