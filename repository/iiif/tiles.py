"""Tiles cut out of a pyramid without decoding: a stored tile becomes a JPEG file by joining bytes.

A tile of a JPEG-in-TIFF (TIFF Technical Note 2) lacks the tables that all tiles of its level share. Joined with
them it is the picture that libvips would decode, to the last bit. An Adobe marker (APP14) says whether its
colours are YCbCr or RGB, which some decoders cannot guess. Classic TIFF and BigTIFF of both byte orders are
read, with their levels in the chain of directories or in sub-directories.
"""

from __future__ import annotations

import io
import mmap
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from PIL import Image, JpegImagePlugin

from repository.errors import StoreError

_WIDTH, _HEIGHT, _COMPRESSION, _PHOTOMETRIC = 256, 257, 259, 262
_TILE_WIDTH, _TILE_HEIGHT, _TILE_OFFSETS, _TILE_COUNTS = 322, 323, 324, 325
_SUB_DIRECTORIES, _JPEG_TABLES = 330, 347
_JPEG, _GREY, _RGB, _YCBCR = 7, 1, 2, 6
_CODES = {1: "B", 3: "H", 4: "I", 7: "B", 13: "I", 16: "Q", 18: "Q"}  # TIFF 6.0, section 2; BigTIFF 16 and 18
_MOST_DIRECTORIES = 64
_SOI = b"\xff\xd8"
_ADOBE = b"\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00"


Tags: TypeAlias = dict[int, tuple[int, ...]]
Bytes: TypeAlias = mmap.mmap | bytes


@dataclass(frozen=True, slots=True)
class Level:
    """One size of a picture: its pixels, its tiles' pixels, where they stand, and the bytes put before each."""

    width: int
    height: int
    tile_width: int
    tile_height: int
    offsets: tuple[int, ...]
    counts: tuple[int, ...]
    tables: bytes
    adobe: bytes

    @property
    def columns(self) -> int:
        """The number of tiles in a row."""
        return -(-self.width // self.tile_width)

    @property
    def rows(self) -> int:
        """The number of rows of tiles."""
        return -(-self.height // self.tile_height)


@dataclass(frozen=True, slots=True)
class Pyramid:
    """An opened pyramid: its levels from the largest, and its bytes."""

    levels: tuple[Level, ...]
    data: mmap.mmap

    def tile(self, level: int, column: int, row: int) -> bytes:
        """Give a whole tile as a JPEG file; at the right and lower edge it is padded beyond the picture."""
        found = self.levels[level]
        index = row * found.columns + column
        start = found.offsets[index]
        stored = self.data[start : start + found.counts[index]]
        if len(stored) != found.counts[index] or not stored.startswith(_SOI):
            raise _broken("a tile stands outside the file")
        adobe = b"" if _ADOBE[4:9] in stored[:64] else found.adobe
        return b"".join((_SOI, adobe, found.tables, stored[2:]))

    def cut(self, level: int, column: int, row: int, size: tuple[int, int]) -> bytes:
        """Give a tile as a picture of an exact size, cut where the picture ends inside the tile.

        `size` may differ by a pixel from what the tile shows, as the halves of odd numbers do.
        """
        found, whole = self.levels[level], self.tile(level, column, row)
        if size == (found.tile_width, found.tile_height):
            return whole
        right = min(found.tile_width, found.width - column * found.tile_width)
        lower = min(found.tile_height, found.height - row * found.tile_height)
        with Image.open(io.BytesIO(whole), formats=("JPEG",)) as decoded:
            part = decoded.crop((0, 0, right, lower))
            part = part if part.size == size else part.resize(size)
            return _encoded_alike(part, decoded)


def _encoded_alike(picture: Image.Image, original: Image.Image) -> bytes:
    """Encode with the tables and sampling of the original, which loses least."""
    assert isinstance(original, JpegImagePlugin.JpegImageFile)
    target = io.BytesIO()
    sampling = JpegImagePlugin.get_sampling(original)
    picture.save(target, "JPEG", qtables=original.quantization, subsampling=sampling)
    return target.getvalue()


@contextmanager
def opened(path: Path) -> Iterator[Pyramid]:
    """Open a pyramid for the time of a request; raises StoreError where it is none of ours."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        yield Pyramid(read_levels(data), data)


def read_levels(data: Bytes) -> tuple[Level, ...]:
    """Read the index of all levels, largest first; raises StoreError where anything does not fit."""
    try:
        levels = [_level(data, tags) for tags in _directories(data)]
    except (struct.error, KeyError, IndexError) as error:
        raise _broken(repr(error)) from error
    return tuple(sorted(levels, key=lambda level: -level.width))


def _level(data: Bytes, tags: Tags) -> Level:
    if tags[_COMPRESSION] != (_JPEG,) or tags[_PHOTOMETRIC][0] not in (_GREY, _RGB, _YCBCR):
        raise _broken("a level is not of JPEG tiles")
    tables = bytes(tags.get(_JPEG_TABLES, ()))
    level = Level(
        width=tags[_WIDTH][0],
        height=tags[_HEIGHT][0],
        tile_width=tags[_TILE_WIDTH][0],
        tile_height=tags[_TILE_HEIGHT][0],
        offsets=tags[_TILE_OFFSETS],
        counts=tags[_TILE_COUNTS],
        tables=tables[2:-2],
        adobe={_YCBCR: _ADOBE + b"\x01", _RGB: _ADOBE + b"\x00", _GREY: b""}[tags[_PHOTOMETRIC][0]],
    )
    if min(level.width, level.height, level.tile_width, level.tile_height) < 1:
        raise _broken("a level is empty")
    if not len(level.offsets) == len(level.counts) == level.columns * level.rows:
        raise _broken("a level lacks tiles")
    return level


def _directories(data: Bytes) -> Iterator[Tags]:
    """Walk the chain of directories and their sub-directories (TIFF 6.0, section 2; TIFF Tech Note 1)."""
    order = {b"II": "<", b"MM": ">"}.get(bytes(data[:2]))
    if order is None:
        raise _broken("not a TIFF")
    (version,) = struct.unpack_from(f"{order}H", data, 2)
    big = version == 43
    waiting = [struct.unpack_from(f"{order}{'Q' if big else 'I'}", data, 8 if big else 4)[0]]
    seen: set[int] = set()
    while waiting:
        at = waiting.pop(0)
        if at and at not in seen and len(seen) < _MOST_DIRECTORIES:
            seen.add(at)
            tags, following = _directory(data, at, order, big)
            waiting += [*tags.get(_SUB_DIRECTORIES, ()), following]
            yield tags


def _directory(data: Bytes, at: int, order: str, big: bool) -> tuple[Tags, int]:
    """Read one directory; gives its tags of whole numbers and the place of the next."""
    count_code, word, inline = ("Q", "Q", 8) if big else ("H", "I", 4)
    head = struct.Struct(f"{order}HH{word}")
    (count,) = struct.unpack_from(f"{order}{count_code}", data, at)
    start = at + struct.calcsize(count_code)
    tags: Tags = {}
    for entry in range(start, start + count * (head.size + inline), head.size + inline):
        tag, kind, length = head.unpack_from(data, entry)
        if code := _CODES.get(kind):
            values = struct.Struct(f"{order}{length}{code}")
            place = entry + head.size
            if values.size > inline:
                (place,) = struct.unpack_from(f"{order}{word}", data, place)
            tags[tag] = values.unpack_from(data, place)
    (following,) = struct.unpack_from(f"{order}{word}", data, start + count * (head.size + inline))
    return tags, following


def _broken(why: str) -> StoreError:
    return StoreError("pyramid_broken", "확대용 그림 파일이 깨져 있습니다.", f"a pyramid is broken: {why}")
