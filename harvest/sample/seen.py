"""What is to be seen in a picture: written for it, or said of a page by how it is set and how its text begins.

Every text says once that the picture is a drawn sample. A page of text says at length what stands on it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from harvest.sample.drawings import letters, modern, pages
from harvest.sample.works import MARGIN_EN, MARGIN_KO, Asset, load

_NOTICE = (f"({MARGIN_KO})", f"({MARGIN_EN}.)")
_LANGUAGES = (("ko", False), ("en", True))
_CLOTHS = {
    "indigo": ("쪽빛", "indigo"),
    "ochre": ("치자빛", "ochre"),
    "red": ("붉은", "red"),
    "plain": ("옅은 갈색", "pale brown"),
}
_WHOLE = {"latin_page", "title_page", "rubbing", "gazette", "calligraphy", "letter", "diploma"}
_OPENING = 8  # letters of a page's beginning that its alternative text gives


def alternative(asset: Asset, english: bool = False) -> str:
    """The alternative text of a picture, or nothing where nobody has written one."""
    written = asset.alt_en if english else asset.alt
    said = written or _of_page(asset)[english]
    return f"{said} {_NOTICE[english]}" if said else ""


def at_length(asset: Asset, english: bool = False) -> str:
    """The long description: as written, or the text that stands on a page."""
    written = asset.long_en if english else asset.long
    if written:
        return written
    text = " / ".join(page_text(asset))
    if not text or asset.draw == "film":
        return ""
    return f"The page reads: {text}" if english else f"이 면의 글: {text}"


def lines() -> Iterator[str]:
    """What is to be seen in the library's pictures, which Dublin Core has no place for: JSON, one line to a file.

    A line holds the key of the file (its address without the server), `alt` and `description` by language, and
    whether a person wrote them or they are said of a page by how it is set.
    """
    for asset in (asset for work in load("library") for asset in work.assets):
        alt = {code: text for code, english in _LANGUAGES if (text := alternative(asset, english))}
        long = {code: text for code, english in _LANGUAGES if (text := at_length(asset, english))}
        if alt:
            said = {"key": f"media/{asset.path}", "alt": alt, "description": long, "by_hand": bool(asset.alt)}
            yield json.dumps(said, ensure_ascii=False)


def page_text(asset: Asset) -> list[str]:
    """The text that stands on a picture, by columns or lines."""
    if asset.draw in ("woodblock", "manuscript"):
        return pages.shown(asset)
    if asset.draw == "primer":
        characters, readings = asset.text.split("/")
        start, end = asset.page * 24, asset.page * 24 + 24
        return [
            f"{characters[at : min(at + 6, end)]}({readings[at : min(at + 6, end)]})"
            for at in range(start, min(end, len(characters)), 6)
        ]
    if asset.draw == "modern_page":
        return [line for line in modern.lines_of(asset) if line.strip()]
    if asset.draw == "slips":
        return asset.text.split("/")[asset.page * 8 : asset.page * 8 + 8]
    if asset.draw in _WHOLE:
        return [line for line in asset.text.split("/") if line] if asset.page == 0 else []
    return []


def _of_page(asset: Asset) -> tuple[str, str]:
    """What is seen on a page or cover that many books have alike, in Korean and English."""
    if asset.draw == "cover":
        return _cover(asset)
    if asset.draw == "colophon":
        return (
            "테두리 안에 한글을 다섯 줄 남짓 내려쓰고 왼쪽 아래에 붉은 도장을 찍은 마지막 장.",
            "The last leaf: a few columns of Hangul in a frame, a red seal at lower left.",
        )
    text = page_text(asset)
    if not text:
        return "", ""
    opening = "".join(letters.clusters(text[0])[:_OPENING])
    korean, english = _SETTINGS.get(asset.draw, ("", ""))
    count = len(text)
    if not korean:
        return "", ""
    return korean.format(count=count, opening=opening), english.format(count=count, opening=opening)


def _cover(asset: Asset) -> tuple[str, str]:
    korean, english = _CLOTHS[asset.style or "plain"]
    title = asset.hanja or asset.title
    return (
        f"{korean} 표지의 옛 책. 오른쪽을 실로 다섯 번 꿰매고, 왼쪽 위 흰 쪽지에 책 이름을 내려썼다: {title}.",
        f"An old book in {english} covers, sewn with five stitches at the right; "
        f"a white slip at upper left bears the title {title}.",
    )


_SETTINGS: dict[str, tuple[str, str]] = {
    "woodblock": (
        "굵은 테두리와 세로줄 사이에 목판 글자를 {count}줄 찍은 책장. ‘{opening}’로 시작한다. "
        "왼쪽 접는 곳에 물고기 꼬리 무늬가 있다.",
        "A woodblock page: {count} columns of text between rules in a heavy frame, beginning “{opening}”; "
        "fish-tail marks at the fold.",
    ),
    "manuscript": (
        "줄 없는 흰 종이에 붓글씨를 {count}줄 내려쓴 책장. ‘{opening}’로 시작한다.",
        "A page written by brush without rules, in {count} columns, beginning “{opening}”.",
    ),
    "primer": (
        "책장을 네 줄로 나누어 큰 한자를 여섯 자씩 쓰고 그 아래에 한글로 소리를 달았다. ‘{opening}’로 시작한다.",
        "Four ruled columns of six large characters, each with its reading in Hangul below, beginning “{opening}”.",
    ),
    "slips": (
        "붉은 줄을 친 원고지에 낱말과 풀이를 {count}줄 적은 면. 군데군데 붉은 글씨로 고쳤다. ‘{opening}’로 시작한다.",
        "Manuscript paper ruled in red with {count} words and their meanings, corrected here and there in red ink.",
    ),
    "modern_page": (
        "누런 종이에 활자를 위에서 아래로 {count}줄 찍은 면. 여백이 넓고 ‘{opening}’로 시작한다.",
        "A page of metal type set downwards in {count} lines with wide margins, beginning “{opening}”.",
    ),
    "latin_page": (
        "가로로 짠 서양식 책의 한 면. 위에 머리글과 가는 줄이 있고 글이 왼쪽에서 오른쪽으로 이어진다.",
        "A page set from left to right, with a running head and a thin rule above the text.",
    ),
    "title_page": (
        "겹 테두리 안 한가운데에 글줄을 맞추어 찍은 서양식 속표지. 아래에 작은 덩굴무늬가 있다.",
        "A title page: centred lines within a double border, a small ornament below.",
    ),
    "gazette": (
        "오른쪽에 큰 제호를 내려쓰고 왼쪽을 네 단으로 나눈 신문 지면. 싣지 않은 글은 회색 막대로 나타냈다.",
        "A newspaper page with its masthead running down the right and four bands of columns; "
        "text not set is shown as grey bars.",
    ),
}  # fmt: skip
