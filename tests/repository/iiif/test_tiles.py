from __future__ import annotations

import io
import struct
from pathlib import Path

import pytest
import pyvips
from PIL import Image

from repository.errors import StoreError
from repository.iiif import pictures, pyramid, tiles
from tests.repository.iiif.conftest import Draw, largest_difference, mean_difference

WAYS = {
    "as we make it": {"Q": 85},
    "rgb": {"Q": 92},
    "bigtiff": {"Q": 85, "bigtiff": True},
    "sub-directories": {"Q": 85, "subifd": True},
    "bigtiff rgb with sub-directories": {"Q": 92, "bigtiff": True, "subifd": True},
}


def as_libvips_sees_it(path: Path, level: int, box: tuple[int, int, int, int], subifd: bool) -> Image.Image:
    options = {"subifd": level - 1} if subifd and level else {"page": 0 if subifd else level}
    part = pictures.load(path, random=True, **options).crop(*box)
    return Image.open(io.BytesIO(part.pngsave_buffer()))


@pytest.mark.parametrize("mode", ["RGB", "L"])
@pytest.mark.parametrize("way", WAYS)
def test_spliced_tiles_are_what_libvips_decodes(draw: Draw, tmp_path: Path, way: str, mode: str) -> None:
    options = {"tile": True, "pyramid": True, "compression": "jpeg", "tile_width": 256, "tile_height": 256}
    source = draw(1300, 900, "PNG", mode)
    pictures.load(source).tiffsave(str(tmp_path / "p.tif"), keep="none", **options, **WAYS[way])
    compared = 0
    with tiles.opened(tmp_path / "p.tif") as found:
        assert [level.width for level in found.levels] == [1300, 650, 325, 162]
        for number, level in enumerate(found.levels):
            for row in range(level.height // 256):
                for column in range(level.width // 256):
                    with Image.open(io.BytesIO(found.tile(number, column, row))) as tile:
                        box = (column * 256, row * 256, 256, 256)
                        wanted = as_libvips_sees_it(tmp_path / "p.tif", number, box, "subifd" in WAYS[way])
                        assert largest_difference(tile, wanted) == 0
                    compared += 1
    assert compared == 5 * 3 + 2 * 1


def test_tiles_say_how_their_colours_are_kept(draw: Draw, tmp_path: Path) -> None:
    for quality, mode, transform in ((85, "RGB", b"\x01"), (92, "RGB", b"\x00"), (85, "L", None)):
        picture = pictures.load(draw(600, 600, "PNG", mode))
        picture.tiffsave(str(tmp_path / "p.tif"), tile=True, compression="jpeg", Q=quality, keep="none")
        with tiles.opened(tmp_path / "p.tif") as found:
            tile = found.tile(0, 0, 0)
        place = tile.find(b"Adobe")
        assert (tile[place + 11 : place + 12] if place > 0 else None) == transform
        assert tile.count(b"Adobe") == (transform is not None)


EDGES = ((2, 0, (276, 512)), (0, 1, (512, 388)), (2, 1, (276, 388)), (2, 1, (277, 389)), (2, 1, (275, 387)))


def test_edge_tiles_are_cut_to_their_size(make_pyramid: Draw) -> None:
    with tiles.opened(make_pyramid(1300, 900)) as found:
        assert (found.levels[0].columns, found.levels[0].rows) == (3, 2)
        for column, row, size in EDGES:
            with Image.open(io.BytesIO(found.cut(0, column, row, size))) as edge:
                assert edge.size == size
                shown = 276 if column else 512, 388 if row else 512
                box = (column * 512, row * 512, *shown)
                wanted = as_libvips_sees_it(make_pyramid(1300, 900), 0, box, False)
                assert mean_difference(edge.resize(wanted.size), wanted) < (1 if size == shown else 4)


def test_files_that_are_no_pyramids_are_errors_with_a_code(
    draw: Draw, make_pyramid: Draw, tmp_path: Path
) -> None:
    whole = make_pyramid(600, 500).read_bytes()
    others = [b"XX" + bytes(100), b"II*\0", draw(60, 60, "TIFF").read_bytes(), draw(60, 60).read_bytes()]
    pictures.load(draw(300, 300)).tiffsave(str(tmp_path / "strips.tif"), compression="jpeg")
    others.append((tmp_path / "strips.tif").read_bytes())
    for content in others:
        with pytest.raises(StoreError) as caught:
            tiles.read_levels(content)
        assert caught.value.code == "pyramid_broken"
    for place in range(len(whole)):
        if place % 97 == 0 or place < 16 or place > len(whole) - 400:
            damaged = whole[:place] + b"\xff" + whole[place + 1 :]
            (tmp_path / "damaged.tif").write_bytes(damaged)
            try:
                with tiles.opened(tmp_path / "damaged.tif") as found:
                    found.tile(0, 0, 0)
            except StoreError as error:
                assert error.code == "pyramid_broken"


def test_directories_in_a_circle_end(make_pyramid: Draw) -> None:
    data = bytearray(make_pyramid(600, 500).read_bytes())
    (first,) = struct.unpack_from("<I", data, 4)
    (count,) = struct.unpack_from("<H", data, first)
    struct.pack_into("<I", data, first + 2 + 12 * count, first)
    assert len(tiles.read_levels(bytes(data))) == 1


def test_big_endian_files_are_read(make_pyramid: Draw) -> None:
    """A big-endian file of one empty tile, written by hand: every number the other way round."""
    entries = {256: 16, 257: 16, 259: 7, 262: 1, 322: 16, 323: 16, 324: 200, 325: 4}
    body = struct.pack(">2sHI", b"MM", 42, 8) + struct.pack(">H", len(entries))
    body += b"".join(struct.pack(">HHII", tag, 4, 1, value) for tag, value in entries.items()) + bytes(4)
    level = tiles.read_levels(body.ljust(200, b"\0") + b"\xff\xd8\xff\xd9")[0]
    assert (level.width, level.tile_width, level.offsets, level.counts) == (16, 16, (200,), (4,))


def test_our_pyramids_are_what_the_reader_expects(make_pyramid: Draw) -> None:
    with tiles.opened(make_pyramid(1300, 900)) as found:
        assert {level.tile_width for level in found.levels} == {pyramid.TILE}
        assert pyvips.Image.new_from_buffer(found.tile(2, 0, 0), "").width == pyramid.TILE
