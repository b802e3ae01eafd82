from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import pyvips
from PIL import Image, ImageCms

from repository.errors import NotFound
from repository.iiif import image_info, pictures, pyramid, tiles
from tests.repository.iiif.conftest import Draw, drawing, mean_difference
from tests.repository.iiif.test_sniff import film


def build(master: Path, folder: Path) -> Image.Image:
    target = folder / "pyramid.tif"
    pyramid.build(master, target)
    with Image.open(target) as made:
        made.load()
        return made.copy()


def colour(picture: Image.Image, x: int, y: int) -> tuple[int, ...]:
    found = picture.convert("RGB").getpixel((x, y))
    assert isinstance(found, tuple)
    return found


def near(found: tuple[int, ...], wanted: tuple[int, ...], by: int = 6) -> bool:
    return all(abs(one - other) <= by for one, other in zip(found, wanted, strict=True))


@pytest.mark.parametrize(
    "size", [(1, 1), (64, 56), (512, 512), (513, 512), (1500, 1100), (5000, 37), (37, 3000)]
)
def test_levels_are_halves_down_to_one_tile(make_pyramid: Draw, size: tuple[int, int]) -> None:
    path = make_pyramid(*size)
    levels = tiles.read_levels(path.read_bytes())
    assert [(level.width, level.height) for level in levels] == image_info.level_sizes(*size)
    assert levels[-1].columns == levels[-1].rows == 1
    for number, level in enumerate(levels):  # libvips, too, must read every level
        assert pictures.load(path, page=number).width == level.width


def test_equal_input_gives_equal_bytes(draw: Draw, tmp_path: Path) -> None:
    master = draw(1500, 1100, "JPEG")
    for name in ("a", "b"):
        pyramid.build(master, tmp_path / name)
        pyramid.thumbnail(tmp_path / name, tmp_path / f"{name}.jpg")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert (tmp_path / "a.jpg").read_bytes() == (tmp_path / "b.jpg").read_bytes()


def test_a_file_that_replaces_another_of_the_same_name_is_read_anew(tmp_path: Path) -> None:
    for color in ("red", "blue"):
        Image.new("RGB", (600, 600), color).save(tmp_path / "same.png")
        assert near(
            colour(build(tmp_path / "same.png", tmp_path), 5, 5),
            colour(Image.new("RGB", (9, 9), color), 5, 5),
        )


def test_a_target_is_whole_or_absent(tmp_path: Path) -> None:
    broken = tmp_path / "broken.jpg"
    drawing(900, 700).save(broken)
    broken.write_bytes(broken.read_bytes()[:5000])
    with pytest.raises(pyvips.Error):
        pyramid.build(broken, tmp_path / "target.tif")
    assert [path.name for path in tmp_path.iterdir()] == ["broken.jpg"]


def test_pictures_are_upright(draw: Draw, tmp_path: Path) -> None:
    exif = Image.Exif()
    for orientation in range(1, 9):
        exif[0x0112] = orientation
        path = draw(300, 200, "PNG", exif=exif)
        with Image.open(path) as stored:
            turned = stored.transpose(TURNS[orientation]) if orientation > 1 else stored.copy()
        made = build(path, tmp_path)
        assert made.size == turned.size
        assert 274 not in made.getexif()
        assert mean_difference(made, turned) < 3


TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def test_what_is_transparent_lies_on_white(tmp_path: Path) -> None:
    Image.new("RGBA", (60, 60), (255, 0, 0, 0)).save(tmp_path / "clear.png")
    Image.new("LA", (60, 60), (0, 128)).save(tmp_path / "half.png")
    picture = Image.new("P", (60, 60), 1)
    picture.putpalette([0, 0, 0, 0, 0, 255])
    picture.save(tmp_path / "palette.gif", transparency=0)
    assert near(colour(build(tmp_path / "clear.png", tmp_path), 30, 30), (255, 255, 255))
    assert near(colour(build(tmp_path / "half.png", tmp_path), 30, 30), (127, 127, 127))
    assert near(colour(build(tmp_path / "palette.gif", tmp_path), 30, 30), (0, 0, 255))
    Image.new("RGBA", (60, 60), (0, 0, 255, 0)).save(tmp_path / "clear.jp2")
    assert near(colour(build(tmp_path / "clear.jp2", tmp_path), 30, 30), (255, 255, 255))


def test_sixteen_bits_become_eight_without_clipping(tmp_path: Path) -> None:
    grey = pyvips.Image.black(60, 60).linear(0, 32_640).cast("ushort").copy(interpretation="grey16")
    grey.tiffsave(str(tmp_path / "grey.tif"))
    made = build(tmp_path / "grey.tif", tmp_path)
    assert made.mode == "L"
    assert near(colour(made, 30, 30), (127, 127, 127), 1)
    alpha = pyvips.Image.black(60, 60, bands=4).linear(1, [65_535, 0, 0, 32_768])
    alpha.cast("ushort").copy(interpretation="rgb16").pngsave(str(tmp_path / "alpha.png"))
    assert near(colour(build(tmp_path / "alpha.png", tmp_path), 30, 30), (255, 127, 127), 3)


def test_printing_colours_and_profiles_become_srgb(tmp_path: Path) -> None:
    Image.new("CMYK", (60, 60), (0, 255, 255, 0)).save(tmp_path / "cmyk.jpg")
    red = colour(build(tmp_path / "cmyk.jpg", tmp_path), 30, 30)
    assert red[0] > 200 and max(red[1:]) < 70
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    Image.new("RGB", (60, 60), (10, 200, 30)).save(tmp_path / "icc.png", icc_profile=lab.tobytes())
    assert near(colour(build(tmp_path / "icc.png", tmp_path), 30, 30), (10, 200, 30))
    Image.new("RGB", (60, 60), (10, 200, 30)).save(tmp_path / "bad.png", icc_profile=b"no profile at all")
    assert near(colour(build(tmp_path / "bad.png", tmp_path), 30, 30), (10, 200, 30))
    Image.new("L", (60, 60), 90).save(tmp_path / "wrong.png", icc_profile=lab.tobytes())
    assert near(colour(build(tmp_path / "wrong.png", tmp_path), 30, 30), (90, 90, 90))


def test_nothing_of_the_original_but_its_picture_is_handed_on(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010E] = "SECRET-PLACE"
    drawing(300, 200).save(tmp_path / "a.jpg", exif=exif, comment="SECRET-NOTE")
    pyramid.build(tmp_path / "a.jpg", tmp_path / "a.tif")
    pyramid.thumbnail(tmp_path / "a.tif", tmp_path / "small.jpg")
    assert b"SECRET" not in (tmp_path / "a.tif").read_bytes() + (tmp_path / "small.jpg").read_bytes()


def test_thumbnails_fit_their_box_and_are_never_enlarged(make_pyramid: Draw, tmp_path: Path) -> None:
    for size, longest, wanted in (
        ((1500, 1100), 400, (400, 293)),
        ((1500, 1100), 600, (600, 440)),
        ((300, 200), 400, (300, 200)),
        ((37, 3000), 400, (5, 400)),
    ):
        pyramid.thumbnail(make_pyramid(*size), tmp_path / "small.jpg", longest)
        with Image.open(tmp_path / "small.jpg") as small:
            assert (small.format, small.size) == ("JPEG", wanted)


def test_a_poster_shows_something(tmp_path: Path) -> None:
    pyramid.poster(film(tmp_path / "film", dark=8), tmp_path / "poster.jpg")
    with Image.open(tmp_path / "poster.jpg") as still:
        assert (still.format, still.size) == ("JPEG", (96, 64))
        used = [value for value, count in enumerate(still.convert("L").histogram()) if count]
    assert used[-1] - used[0] > 100
    pyramid.poster(film(tmp_path / "dark", dark=24), tmp_path / "poster.jpg")  # all dark: the best there is
    assert (tmp_path / "poster.jpg").stat().st_size > 100


def test_a_page_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    Image.new("RGB", (20, 30)).save(tmp_path / "a.pdf")
    for number in (0, 2):
        with pytest.raises(NotFound):
            pyramid.pdf_page(tmp_path / "a.pdf", number, tmp_path / "page.tif")


_MEASURE = """
import resource, sys
from pathlib import Path
from repository.iiif import pyramid, sniff
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
sniff.examine(Path(sys.argv[1]))
pyramid.build(Path(sys.argv[1]), Path(sys.argv[2]))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_memory_does_not_grow_with_the_picture(tmp_path: Path) -> None:
    picture = pyvips.Image.black(8000, 6000, bands=3) + pyvips.Image.xyz(8000, 6000)[0] % 251
    picture.cast("uchar").copy(interpretation="srgb").jpegsave(str(tmp_path / "large.jpg"), Q=90)
    command = [sys.executable, "-c", _MEASURE, str(tmp_path / "large.jpg"), str(tmp_path / "large.tif")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert int(done.stdout) / 1024 < 140, "megabytes; the picture alone is 144"
