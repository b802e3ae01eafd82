from __future__ import annotations

import io
import json
import random
from pathlib import Path

import pytest
from PIL import Image, ImageOps

from repository.asset import Asset, AssetState
from repository.errors import BadRequest, Closed
from repository.iiif import image, image_info, pyramid, tiles
from repository.iiif.image_cut import Cut, Limits, resolve
from repository.iiif.image_request import FORMATS, Version, parse
from tests.repository.iiif.conftest import Draw, largest_difference, mean_difference

SIZE = (1300, 900)


@pytest.fixture(scope="module")
def path(make_pyramid: Draw) -> Path:
    return make_pyramid(*SIZE)


def cut(words: str, max_px: int = 0, size: tuple[int, int] = SIZE) -> Cut:
    return resolve(parse(words), *size, max_px)


def opened(path: Path, words: str, max_px: int = 0, size: tuple[int, int] = SIZE) -> Image.Image:
    return Image.open(io.BytesIO(image.render(path, cut(words, max_px, size))))


def whole(path: Path) -> Image.Image:
    with Image.open(path) as found:
        return found.convert("RGB")


def is_spliced(path: Path, words: str) -> bool:
    with tiles.opened(path) as pyramids:
        return image.splice(pyramids, cut(words)) is not None


@pytest.mark.parametrize(
    "words",
    [
        "0,0,512,512/512,/0/default.jpg",
        "0,0,512,512/max/0/color.jpg",
        "512,0,512,512/512,512/0/default.jpg",
        "512,0,512,512/,512/0/default.jpg",
        "512,0,512,512/^512,512/0/default.jpg",
        "512,0,512,512/!512,512/0/default.jpg",
        "0,0,1024,900/512,/0/default.jpg",
        "0,0,1024,900/512,450/0/default.jpg",
        "1024,512,276,388/276,388/0/default.jpg",
        "1024,512,512,512/max/0/default.jpg",
        "1024,0,276,900/138,450/0/default.jpg",
        "full/325,225/0/default.jpg",
        "full/325,/0/default.jpg",
        "full/325,226/0/default.jpg",
    ],
)
def test_tiles_are_taken_as_they_are_stored(path: Path, words: str) -> None:
    found = cut(words)
    assert is_spliced(path, words)
    with opened(path, words) as shown:
        assert shown.size == found.size
        box = (found.x, found.y, found.x + found.width, found.y + found.height)
        assert mean_difference(shown, whole(path).crop(box).resize(found.size, Image.Resampling.BOX)) < 4


@pytest.mark.parametrize(
    "words",
    [
        "1,0,512,512/512,/0/default.jpg",
        "0,0,511,512/max/0/default.jpg",
        "0,0,512,512/511,/0/default.jpg",
        "0,0,512,512/256,/0/default.jpg",
        "0,0,1024,512/512,/0/default.jpg",
        "0,0,512,512/512,/90/default.jpg",
        "0,0,512,512/512,/!0/default.jpg",
        "0,0,512,512/512,/0/gray.jpg",
        "0,0,512,512/512,/0/default.png",
        "full/max/0/default.jpg",
        "full/323,/0/default.jpg",
    ],
)
def test_everything_else_is_made(path: Path, words: str) -> None:
    assert not is_spliced(path, words)


@pytest.mark.parametrize(
    "words",
    ["full/max/0/default.png", "full/700,500/0/default.png", "37,41,600,500/max/0/default.png",
     "100,200,900,600/200,/0/default.png", "1200,800,999,999/max/0/default.png", "square/90,/0/default.png",
     "200,200,50,40/^500,400/0/default.png", "full/1,/0/default.png", "1299,899,1,1/max/0/default.png"],
)  # fmt: skip
def test_made_pictures_show_their_region(path: Path, words: str) -> None:
    found = cut(words)
    with opened(path, words) as shown:
        assert shown.size == found.size
        box = (found.x, found.y, found.x + found.width, found.y + found.height)
        wanted = whole(path).resize(found.size, Image.Resampling.LANCZOS, box)
        assert mean_difference(shown, wanted) < 5


def test_mirroring_comes_before_turning_and_turning_is_clockwise(path: Path) -> None:
    with opened(path, "full/650,450/0/default.png") as plain:
        for turn, wanted in (
            ("90", plain.rotate(-90, expand=True)),
            ("180", plain.rotate(180)),
            ("270", plain.rotate(90, expand=True)),
            ("!0", ImageOps.mirror(plain)),
            ("!90", ImageOps.mirror(plain).rotate(-90, expand=True)),
        ):
            with opened(path, f"full/650,450/{turn}/default.png") as shown:
                assert largest_difference(shown, wanted) == 0, turn
    with opened(path, "full/650,450/45/default.jpg") as aslant:
        assert aslant.size[0] == pytest.approx((650 + 450) / 2**0.5, abs=3)
        assert mean_difference(aslant.crop((0, 0, 30, 30)), Image.new("RGB", (30, 30), "white")) < 1


def test_qualities_and_formats(path: Path) -> None:
    for extension, media_type in FORMATS.items():
        with opened(path, f"full/100,/0/default.{extension}") as shown:
            assert Image.MIME[shown.format or ""] == media_type
    with opened(path, "full/200,/0/gray.jpg") as grey:
        assert grey.mode == "L"
    for extension in ("png", "jpg"):
        with opened(path, f"full/200,/0/bitonal.{extension}") as bitonal:
            levels = bitonal.convert("L").histogram()
        assert sum(levels[:40]) + sum(levels[216:]) >= 0.95 * sum(levels)
        assert sum(levels[:40]) and sum(levels[216:])


@pytest.mark.parametrize("size", [(1, 1), (7, 900), (5000, 37), (640, 640), (64, 56)])
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_pictures_of_odd_shapes(make_pyramid: Draw, size: tuple[int, int], mode: str) -> None:
    made = make_pyramid(*size, mode)
    words = [
        "full/max/0/default.jpg",
        "full/max/45/gray.png",
        "square/max/0/default.webp",
        "full/!100,100/!90/bitonal.png",
        "pct:50,50,50,50/^max/0/default.jpg" if max(size) < 100 else "pct:50,50,50,50/max/0/color.jpg",
    ]
    for word in words:
        with opened(made, word, size=size) as shown:
            wanted = cut(word, size=size).size
            assert shown.size == wanted or cut(word, size=size).rotation


def test_a_viewer_finds_every_tile_at_every_level(path: Path) -> None:
    """Ask as OpenSeadragon does: each tile of each scale factor, sizes rounded up; nearly all are stored."""
    described = image_info.info(asset(*SIZE), "http://example.org/a")
    [zoom] = described["tiles"]
    for factor in zoom["scaleFactors"]:
        step = zoom["width"] * factor
        for x in range(0, SIZE[0], step):
            for y in range(0, SIZE[1], step):
                width, height = min(step, SIZE[0] - x), min(step, SIZE[1] - y)
                words = f"{x},{y},{width},{height}/{-(-width // factor)},{-(-height // factor)}/0/default.jpg"
                assert is_spliced(path, words), words


def asset(width: int, height: int) -> Asset:
    return Asset(
        "a", "i", "k", "http://example.org/k", 0, state=AssetState.FETCHED, width=width, height=height
    )


def test_info_says_what_is_there(path: Path) -> None:
    found = image_info.info(
        asset(*SIZE), "http://example.org/a", rights="http://creativecommons.org/licenses/by/4.0/"
    )
    assert next(iter(found)) == "@context"
    assert (found["id"], found["type"], found["profile"]) == (
        "http://example.org/a",
        "ImageService3",
        "level2",
    )
    assert (found["width"], found["height"]) == SIZE
    assert found["sizes"] == [
        {"width": 325, "height": 225},
        {"width": 650, "height": 450},
        {"width": 1300, "height": 900},
    ]
    assert found["tiles"] == [{"width": 512, "height": 512, "scaleFactors": [1, 2, 4]}]
    assert found["rights"] == "http://creativecommons.org/licenses/by/4.0/"
    assert "rights" not in image_info.info(asset(*SIZE), "http://example.org/a")
    assert json.loads(json.dumps(found)) == found
    for size in found["sizes"]:
        assert cut(f"full/{size['width']},{size['height']}/0/default.jpg").is_whole


def test_info_of_a_large_picture_lists_no_size_beyond_its_limits() -> None:
    found = image_info.info(asset(40_000, 30_000), "http://example.org/a", limits=Limits())
    assert found["width"] == 40_000
    assert all(Limits().fits(size["width"], size["height"]) for size in found["sizes"])
    assert found["tiles"][0]["scaleFactors"][-1] == 128


def test_info_of_version_2() -> None:
    found = image_info.info(asset(*SIZE), "http://example.org/a", version=Version.V2)
    assert found["@id"] == "http://example.org/a"
    assert found["profile"][0] == "http://iiif.io/api/image/2/level2.json"
    assert {"jpg", "png"} <= set(found["profile"][1]["formats"])


def test_info_of_a_reduced_picture_knows_no_other_size() -> None:
    found = image_info.info(asset(6000, 4000), "http://example.org/a", max_px=800)
    assert (found["width"], found["height"], found["maxWidth"], found["maxHeight"]) == (800, 533, 800, 533)
    assert "sizeUpscaling" not in found["extraFeatures"]
    assert all(size["width"] <= 800 for size in found["sizes"])
    assert "6000" not in json.dumps(found) and "4000" not in json.dumps(found)


def test_a_reduced_picture_never_shows_more_than_its_cap(tmp_path: Path) -> None:
    """Stripes one pixel wide: wherever detail beyond the cap came through, grey would turn black and white."""
    row = bytes((0, 0, 0, 255, 255, 255)) * 1000
    Image.frombytes("RGB", (2000, 1400), row * 1400).save(tmp_path / "stripes.png")
    pyramid.build(tmp_path / "stripes.png", tmp_path / "stripes.tif")
    size, cap = (2000, 1400), 800
    with opened(tmp_path / "stripes.tif", "0,0,400,400/max/0/gray.png", size=size) as sharp:
        assert spread(sharp) > 200
    dice, answered = random.Random(3), 0
    for words in (random_words(dice) for _ in range(250)):
        try:
            found = cut(words, cap, size)
        except (BadRequest, Closed):
            continue
        answered += 1
        assert max(found.size[0] / found.width, found.size[1] / found.height) <= 1
        assert found.picture == (800, 560)
        with opened(tmp_path / "stripes.tif", words, cap, size) as shown:
            assert max(shown.size) <= cap
            assert spread(shown) < 60, words
    assert answered > 60


def spread(picture: Image.Image) -> int:
    used = [value for value, count in enumerate(picture.convert("L").histogram()) if count]
    return used[-1] - used[0]


def random_words(dice: random.Random) -> str:
    x, y, w, h = (dice.randrange(0, 2100, dice.choice((1, 512))) for _ in range(4))
    region = dice.choice(
        ("full", "square", f"{x},{y},{w},{h}", f"pct:{x / 25:.2f},{y / 25:.2f},{w / 25:.2f},9")
    )
    n = dice.randrange(1, 900)
    size = dice.choice(("max", f"{n},", f",{n}", f"pct:{n / 8}", f"!{n},{n}", f"^{n},", "^max", "512,512"))
    return f"{region}/{size}/{dice.choice(('0', '90', '!180'))}/gray.png"


def test_a_real_map_of_many_megapixels(real_images: Path, tmp_path: Path) -> None:
    pyramid.build(real_images / "large" / "bmng.jpg", tmp_path / "map.tif")
    size = (5400, 2700)
    with Image.open(real_images / "large" / "bmng.jpg") as original:
        for words in ("1024,512,512,512/512,/0/default.jpg", "4096,2048,1304,652/326,163/0/default.jpg",
                      "3000,1000,900,900/300,/0/default.png", "full/337,168/0/default.jpg"):  # fmt: skip
            found = cut(words, size=size)
            with opened(tmp_path / "map.tif", words, size=size) as shown:
                box = (found.x, found.y, found.x + found.width, found.y + found.height)
                wanted = original.convert("RGB").crop(box).resize(found.size, Image.Resampling.BOX)
                assert shown.size == found.size
                assert mean_difference(shown, wanted) < 9, words  # as JPEG itself costs here
