"""Pages of the nineteenth and twentieth centuries: title pages, dictionaries, newspapers, manuscripts of words."""

from __future__ import annotations

from harvest.sample.drawings import letters
from harvest.sample.drawings.board import INK, Board, Color, curve, ring
from harvest.sample.drawings.pages import wear
from harvest.sample.works import Asset

_GREY: Color = (128, 118, 106)


_SHEET: Color = (238, 231, 214)


def title_page(asset: Asset) -> Board:
    """The title page of a western book: lines set in the middle, a rule, an ornament."""
    board = Board(asset, _SHEET, fine=1)
    w, h = board.width, board.height
    lines = asset.text.split("/")
    for inset, width in ((80, 3), (92, 1.2)):
        board.box(inset, inset, w - 2 * inset, h - 2 * inset, None, _GREY, width)
    sizes = [min(78.0, (w - 320) / max(6, len(line)) * 1.62) for line in lines]
    y = h * 0.2
    for number, (line, size) in enumerate(zip(lines, sizes, strict=True)):
        board.text(w / 2, y, line, size if number else size * 1.05, INK)
        y += size * 1.9 if number else size * 2.4
        if number == 1:
            board.line([(w * 0.4, y - 20), (w * 0.6, y - 20)], INK, 2.4)
            y += 50
    _ornament(board, w / 2, min(h * 0.78, y + 110))
    _edge(board)
    return board


def _ornament(board: Board, x: float, y: float) -> None:
    for side in (-1, 1):
        board.line(
            curve(
                [
                    (x, y),
                    (x + side * 60, y - 34),
                    (x + side * 110, y + 10),
                    (x + side * 70, y + 30),
                    (x + side * 56, y + 4),
                ]
            ),
            INK,
            4,
        )
    for px, py in ring(x, y - 10, 22, 22, 6):
        board.oval(px, py, 11, 11, None, INK, 3)
    board.oval(x, y - 10, 9, 9, INK)


def _edge(board: Board) -> None:
    w, h = board.width, board.height
    board.wash([(w - 20, 0), (w, 0), (w, h), (w - 20, h)], (140, 110, 70), 0.45, 14)


def latin_page(asset: Asset) -> Board:
    """A page of prose or of a dictionary set from left to right; a slash begins a paragraph."""
    board = Board(asset, _SHEET, fine=1)
    w, h = board.width, board.height
    size = 42.0
    face = letters.face(size * board.factor)
    y = 230.0
    if asset.head:
        board.text(w / 2, 140, asset.head, 38, INK)
        board.line([(170, 178), (w - 170, 178)], _GREY, 2)
    for paragraph in asset.text.split("/"):
        for number, line in enumerate(_broken(paragraph, face, (w - 340) * board.factor)):
            x = 170 if number or asset.style == "dictionary" else 220
            if asset.style == "dictionary" and number:
                x = 230
            _line(board, x, y, line, size, face)
            y += size * 1.5
        y += size * 0.5
    board.text(w / 2, h - 100, f"— {asset.page + 1} —", 28, _GREY)
    _edge(board)
    return board


def _line(board: Board, x: float, y: float, line: str, size: float, face: letters.Face) -> None:
    """One line from its left end; syllables of old Hangul are put together."""
    run = ""
    for cluster in [*letters.clusters(line), ""]:
        if len(cluster) == 1:
            run += cluster
            continue
        board.draw.text((x * board.factor, y * board.factor), run, font=face, fill=INK, anchor="ls")
        x += face.getlength(run) / board.factor
        if cluster:
            board.letter(x + size * 0.46, y - size * 0.36, cluster, size * 0.96)
            x += size * 0.92
        run = ""


def _broken(text: str, face: letters.Face, width: float) -> list[str]:
    """The lines of a paragraph."""
    lines, line = [], ""
    for word in text.split(" "):
        if line and face.getlength(f"{line} {word}") > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return [*lines, line]


def gazette(asset: Asset) -> Board:
    """The front of a newspaper set downwards: masthead and date to the right, four bands of columns.

    The text gives the date, a slash, the headline, a slash, the words; what is not set is shown as grey bars.
    """
    board = Board(asset, (226, 214, 186), fine=1)
    w, h = board.width, board.height
    date, headline, *paragraphs = asset.text.split("/")
    board.box(60, 60, w - 120, h - 120, None, INK, 5)
    board.box(w - 260, 80, 180, h * 0.44, None, INK, 4)
    size = min(150.0, h * 0.42 / max(4, len(asset.head)))
    board.column(w - 170, 90 + size * 0.62, asset.head, size, INK, 1.02)
    board.line([(w - 260, h * 0.5), (w - 80, h * 0.5)], INK, 3)
    for number, part in enumerate(date.split(" ")):
        board.column(w - 120 - number * 46, h * 0.53, part, 38, INK, 1.08)
    band, right = (h - 150) / 4, w - 290.0
    size, pitch = 31.0, 42.0
    rows = int((band - 40) / size)
    cells = letters.clusters("　".join(paragraphs))
    used = 0
    for row in range(4):
        top = 80 + row * band
        board.line([(70, top + band - 6), (right + 20, top + band - 6)], INK, 2)
        x = right - 26
        if row == 0:
            board.column(x - 20, top + 40, headline, 62, INK, 1.05)
            x -= 96
        while x > 90:
            column = cells[used : used + rows]
            for place, cluster in enumerate(column):
                board.letter(x, top + 26 + place * size, cluster, size * 0.94)
            if not column:
                board.line(
                    [(x, top + 14), (x, top + (band - 30) * board.random.uniform(0.7, 0.98))],
                    (156, 144, 120),
                    9,
                )
            used += rows
            x -= pitch
    return board


def slips(asset: Asset) -> Board:
    """A manuscript of a dictionary on ruled paper: words above, their meaning below, corrections in red."""
    board = Board(asset, (236, 228, 206), fine=1)
    w, h = board.width, board.height
    rule: Color = (196, 96, 84)
    pitch = (w - 200) / 8
    for number in range(9):
        board.line([(100 + number * pitch, 150), (100 + number * pitch, h - 130)], rule, 2)
    for y in (150, h * 0.3, h - 130):
        board.line([(100, y), (w - 100, y)], rule, 4)
    for number, entry in enumerate(asset.text.split("/")[asset.page * 8 : asset.page * 8 + 8]):
        word, _, meaning = entry.partition(":")
        x = w - 100 - (number + 0.5) * pitch
        board.column(x, 200, word, 60, INK, 1.1)
        rows = 17
        cells = letters.clusters(meaning)
        for part in range(2):
            for place, cluster in enumerate(cells[part * rows : (part + 1) * rows]):
                board.letter(
                    x + pitch * (0.22 - 0.44 * part), h * 0.33 + place * 58, cluster, 46, (52, 48, 56)
                )
        if number % 3 == 1:
            board.line([(x - 16, h * 0.6), (x + 18, h * 0.66)], (196, 50, 44), 5)
            board.column(x - pitch * 0.32, h * 0.7, "곧", 40, (196, 50, 44))
    board.box(w * 0.36, h - 104, w * 0.28, 50, None, rule, 3)
    wear(board)
    return board
