"""A page brings its own letters: fonts cut for it, named in its head, beside that of the frame all pages share.

They are asked for before the style sheets, so that they are there when a page is first drawn, and nothing moves
afterwards. The address of a font spells its letters and is signed: any process can cut it, and nobody but the site
decides what is cut. Cutting takes some milliseconds, so nothing is stored. What a page does not bring comes from
slices of the whole face (`repository.setup.fonts`).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import uharfbuzz as hb
from flask import Blueprint, Flask, Response, abort, current_app, g

from repository.memory import Memory
from repository.page_letters import PLAIN, Letters, Rules, letters_of, read_page, token
from repository.secret import key_of
from repository.typefaces import FACES, FAMILIES, SHAPING, UNUSED_TABLES, Face
from repository.web import answers, words

blueprint = Blueprint("page_fonts", __name__)
PLACE = b"<!-- fonts -->"
MOST_KEPT = 128  # fonts kept cut by each process
FRAME = "fonts/frame"
_STATE = "page_fonts"
_CONTROLS = frozenset(map(chr, range(0x20)))
_SIGNED = 12  # characters of a signature


class _State(NamedTuple):
    key: bytes
    rules: Rules
    frame: Letters  # what the font of the frame has
    fonts: Mapping[Face, str]  # the files that set-up left, by path


def init_app(app: Flask, memory: Memory) -> None:
    """Let every page bring its letters. Registered late, it sees a page before its headers are set."""
    sheets = sorted(Path(app.static_folder or "static").glob("*.css"))
    # The sheet of every page first: what a part of the site says comes after it.
    sheets.sort(key=lambda sheet: sheet.name != "site.css")
    kept = Path(memory.settings.vendor) / f"{FRAME}.txt"
    frame = frozenset(kept.read_text("utf-8") if kept.exists() else "")
    app.extensions[_STATE] = _State(
        key_of(memory.settings).encode(),
        Rules(sheet.read_text("utf-8") for sheet in sheets),
        frame,
        {face: str(path) for face in FACES if (path := _path(memory, face)).exists()},
    )
    app.register_blueprint(blueprint)
    app.after_request(_dress)


def _path(memory: Memory, face: Face) -> Path:
    return Path(memory.settings.fonts).resolve() / f"{face.font}.ttf"


def _state() -> _State:
    state: _State = current_app.extensions[_STATE]
    return state


def _dress(response: Response) -> Response:
    if response.mimetype != "text/html" or response.is_streamed:
        return response
    page = response.get_data()
    if PLACE in page:
        page = words.whole_page(page)
        style, head = _named(list(_fonts(page)))
        g.style = f" 'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode('ascii')}'"
        response.set_data(page.replace(PLACE, head.encode(), 1))
    return response


class _Font(NamedTuple):
    """A font of a page: whether its letters stand at the beginning, so that it is wanted at once."""

    face: Face
    address: str
    is_first: bool = True


def _fonts(page: bytes) -> Iterator[_Font]:
    """Give the fonts of a page: of its later letters, of its first, and that of the frame."""
    read = read_page(page, _state().rules)
    for face in _state().fonts:
        for letters, is_first in ((read[face].rest, False), (read[face].first, True)):
            if own := letters - _CONTROLS - (_state().frame if face == PLAIN else frozenset()):
                yield _Font(face, _address(face.name, token(own)), is_first)
    if _state().frame:
        fingerprinted: Any = current_app.jinja_env.globals["fingerprinted"]
        yield _Font(PLAIN, fingerprinted(f"vendor/{FRAME}.woff2"))


def _address(name: str, spelt: str) -> str:
    return f"/fonts/{name}/{_signature(name, spelt)}{spelt}.ttf"


def _signature(name: str, spelt: str) -> str:
    signed = hmac.digest(_state().key, f"font {name} {spelt}".encode(), "sha256")
    return base64.urlsafe_b64encode(signed)[:_SIGNED].decode("ascii")


def _named(fonts: Sequence[_Font]) -> tuple[str, str]:
    """Write the style that names fonts, and what stands in the head of the page.

    All fonts of a family and weight add up to one; a letter is looked for in the last named first (CSS Fonts 4,
    §4.5.1), so the first letters do not wait for the others.
    """
    style = "".join(
        f'@font-face{{font-family:"{FAMILIES[font.face.family].name} Page";font-weight:{font.face.weight};'
        f"font-display:swap;src:url({font.address})}}"
        for font in fonts
    )
    links = (
        f'<link rel="preload" as="font" href="{font.address}" crossorigin>\n'
        for font in fonts
        if font.is_first
    )
    return style, f"{''.join(links)}<style>{style}</style>"


@blueprint.get("/fonts/<name>/<spelt>.ttf")
def font(name: str, spelt: str) -> Response:
    """Give a font of a page: letters of a face, as the page's head names them."""
    path = next((path for face, path in _state().fonts.items() if face.name == name), "")
    signature, spelt = spelt[:_SIGNED], spelt[_SIGNED:]
    if not path or not hmac.compare_digest(_signature(name, spelt).encode(), signature.encode()):
        abort(404)
    return answers.lasting(Response(_cut(path, letters_of(spelt)), mimetype="font/ttf"))


@lru_cache(maxsize=MOST_KEPT)
def _cut(path: str, letters: Letters) -> bytes:
    old = [letter for letter in letters if len(letter) > 1]
    wanted = _subset("".join(letters), ("kern", *SHAPING) if old else ("kern",))
    wanted.name_id_set.clear()
    wanted.drop_table_tag_set.update(map(_tag, UNUSED_TABLES))
    if old:
        # All that these jamo may be joined to is much more than what they are joined to here.
        wanted.glyph_set.update(set().union(*(_joined(path, syllable) for syllable in old)))
        wanted.flags |= hb.SubsetFlags.NO_LAYOUT_CLOSURE
    return bytes(hb.subset(_whole(path), wanted).blob.data)


def _joined(path: str, syllable: str) -> set[int]:
    """Give the glyphs of which a font makes an old syllable, by their number in it."""
    wanted = _subset(syllable, SHAPING)
    wanted.flags |= hb.SubsetFlags.RETAIN_GIDS
    return set(hb.SubsetPlan(_whole(path), wanted).old_to_new_glyph_mapping)


def _subset(letters: str, features: Iterable[str]) -> hb.SubsetInput:
    wanted = hb.SubsetInput()
    wanted.flags = hb.SubsetFlags.NO_HINTING
    wanted.unicode_set.update(map(ord, letters))
    wanted.layout_feature_tag_set.clear()
    wanted.layout_feature_tag_set.update(map(_tag, features))
    return wanted


def _tag(name: str) -> int:
    return int.from_bytes(name.encode(), "big")


@lru_cache(maxsize=len(FACES))
def _whole(path: str) -> hb.Face:
    return hb.Face(hb.Blob.from_file_path(path))
