"""The page of components: type, colours with their contrast, and every piece that pages are built from, shown whole.

It reads the colours from the style sheet itself, so that what it says of contrast is said of what readers see.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from flask import Blueprint, Response, current_app, make_response, render_template

from repository import items
from repository.web import answers, cards, entrances
from repository.web.context import memory, page_urls

blueprint = Blueprint("components", __name__)

CARDS = 4
ENOUGH = 4.5  # contrast of text of ordinary size (WCAG 2.2, 1.4.3)
# Which colours stand as text on which grounds.
TEXTS = ("ink", "soft", "link", "seal", "good", "warn")
GROUNDS = ("paper", "sheet", "shade")
_TOKEN = re.compile(r"--([a-z-]+): (#[0-9a-f]{3,6})\b")
_ROOT = re.compile(r":root \{(.*?)\}", re.DOTALL)
_SCHEMES = MappingProxyType({"light": 0, "dark": 1})


@dataclass(frozen=True, slots=True)
class Pair:
    """A colour of text on a ground, and their contrast: from 1 to 21."""

    text: str
    ground: str
    contrast: float


@blueprint.get("/components/")
def components() -> Response:
    """Show the pieces."""
    urls = page_urls()
    with memory().database.read() as conn:
        shown = cards.build(conn, urls, items.newest(conn, CARDS * 3))
    page = render_template(
        "components.html",
        found=sorted(shown, key=lambda card: card.picture is None)[:CARDS],
        ways=entrances.build(memory().engine, urls),
        pairs={scheme: pairs(scheme) for scheme in _SCHEMES},
        texts=TEXTS,
    )
    response = make_response(page)
    response.headers["Cache-Control"] = f"public, max-age={answers.GATED_SECONDS}"
    return response


def pairs(scheme: str) -> list[Pair]:
    """Give every colour of text on every ground that it may stand on, in the light or the dark scheme."""
    colours = tokens(scheme)
    return [
        Pair(text, ground, round(contrast(colours[text], colours[ground]), 2))
        for text in TEXTS
        for ground in GROUNDS
    ]


def tokens(scheme: str) -> dict[str, str]:
    """Read the colours of a scheme from the style sheet; the dark one changes some of the light."""
    sheet = (Path(current_app.static_folder or "") / "site.css").read_text(encoding="utf-8")
    roots = _ROOT.findall(sheet)[: _SCHEMES[scheme] + 1]
    return {name: value for root in roots for name, value in _TOKEN.findall(root)}


def contrast(one: str, other: str) -> float:
    """Give the contrast of two colours, written as #rgb or #rrggbb (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    wide = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
    red, green, blue = (_linear(int(wide[place : place + 2], 16) / 255) for place in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)
