from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from repository.errors import BadRequest, Closed
from repository.iiif.image_cut import Cut, Limits, resolve, seen_size
from repository.iiif.image_request import Version, parse

WIDTH, HEIGHT = 6000, 4000


def cut(path: str, max_px: int = 0, limits: Limits | None = None, version: Version = Version.V3) -> Cut:
    return resolve(parse(path, version), WIDTH, HEIGHT, max_px, limits)


@pytest.mark.parametrize(
    ("region", "wanted"),
    [
        ("full", (0, 0, 6000, 4000)),
        ("square", (1000, 0, 4000, 4000)),
        ("10,20,300,400", (10, 20, 300, 400)),
        ("5900,3950,300,400", (5900, 3950, 100, 50)),
        ("pct:10,10,50,50", (600, 400, 3000, 2000)),
        ("pct:99.9,0,50,0.01", (5994, 0, 6, 1)),
    ],
)
def test_regions(region: str, wanted: tuple[int, ...]) -> None:
    found = cut(f"{region}/max/0/default.jpg")
    assert (found.x, found.y, found.width, found.height) == wanted


@pytest.mark.parametrize(
    "region",
    [
        "0,0,0,10",
        "0,0,10,0",
        "6000,0,10,10",
        "0,4000,1,1",
        "-1,0,10,10",
        "1.5,0,10,10",
        "0,0,10",
        "0,0,10,10,10",
        "pct:0,0,0,10",
        "pct:100,0,10,10",
        "pct:.5,0,10,10",
        "pct:1e1,0,10,10",
        "pct:",
        "FULL",
        "some",
        "",
        "٣,0,10,10",
        "99999999999,0,1,1",
    ],
)
def test_regions_that_show_nothing_are_refused(region: str) -> None:
    with pytest.raises(BadRequest) as caught:
        cut(f"{region}/max/0/default.jpg")
    assert caught.value.code in ("image_region", "image_path")
    assert caught.value.ko != caught.value.en


@pytest.mark.parametrize(
    ("region", "size", "wanted"),
    [
        ("full", "max", (6000, 4000)),
        ("full", "600,", (600, 400)),
        ("full", ",400", (600, 400)),
        ("full", "pct:50", (3000, 2000)),
        ("full", "pct:12.5", (750, 500)),
        ("full", "300,300", (300, 300)),
        ("full", "!300,300", (300, 200)),
        ("full", "!99999,300", (450, 300)),
        ("full", "!99999,99999", (6000, 4000)),
        ("0,0,100,50", "max", (100, 50)),
        ("0,0,100,50", "^200,", (200, 100)),
        ("0,0,100,50", "^,100", (200, 100)),
        ("0,0,100,50", "^pct:300", (300, 150)),
        ("0,0,100,50", "^70,70", (70, 70)),
        ("0,0,100,50", "^!1000,100", (200, 100)),
        ("0,0,100,50", "!1000,1000", (100, 50)),
        ("0,0,3,4000", "1,", (1, 1333)),
        ("0,0,4000,1", "10,", (10, 1)),
    ],
)
def test_sizes(region: str, size: str, wanted: tuple[int, int]) -> None:
    assert cut(f"{region}/{size}/0/default.jpg").size == wanted


@pytest.mark.parametrize(
    "size",
    [
        "101,",
        ",51",
        "101,10",
        "10,51",
        "pct:101",
        "pct:0",
        "pct:0.001",
        "0,",
        ",0",
        "0,10",
        "!0,10",
        "!10,",
        "!,10",
        ",",
        "",
        "^",
        "full",
        "^^10,",
        "10",
        "-10,",
        "^20000,",
        "^16000,16000",
        "1.5,",
        "max,",
        "^!max",
    ],
)
def test_sizes_that_cannot_be_given_are_refused(size: str) -> None:
    with pytest.raises(BadRequest) as caught:
        cut(f"0,0,100,50/{size}/0/default.jpg")
    assert caught.value.code in ("image_size", "image_path")


def test_limits_bound_what_is_given_out() -> None:
    limits = Limits(width=2000, height=1500, area=2_000_000)
    assert cut("full/max/0/default.jpg", limits=limits).size == (1732, 1154)
    assert cut("0,0,100,100/^max/0/default.jpg", limits=limits).size == (1414, 1414)
    assert cut("0,0,1000,10/^max/0/default.jpg", limits=limits).size == (2000, 20)
    assert cut("full/!9999,9999/0/default.jpg", limits=limits).size == (1732, 1154)
    assert cut("full/max/0/default.jpg", limits=limits).canonical() == "full/max/0/default.jpg"
    for size in ("2001,", "1999,", ",1501"):
        with pytest.raises(BadRequest):
            cut(f"full/{size}/0/default.jpg", limits=limits)


@pytest.mark.parametrize(
    ("rotation", "mirror", "degrees"),
    [
        ("0", False, Fraction(0)),
        ("90", False, Fraction(90)),
        ("!0", True, Fraction(0)),
        ("!180", True, Fraction(180)),
        ("22.5", False, Fraction(45, 2)),
        ("359.99", False, Fraction(35999, 100)),
        ("360", False, Fraction(0)),
    ],
)
def test_rotations(rotation: str, mirror: bool, degrees: Fraction) -> None:
    found = cut(f"full/max/{rotation}/default.jpg")
    assert (found.mirror, found.rotation) == (mirror, degrees)


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("full/max/361/default.jpg", "image_rotation"),
        ("full/max/-90/default.jpg", "image_rotation"),
        ("full/max/!/default.jpg", "image_rotation"),
        ("full/max/9e1/default.jpg", "image_rotation"),
        ("full/max/0/native.jpg", "image_quality"),
        ("full/max/0/Default.jpg", "image_quality"),
        ("full/max/0/default.exe", "image_format"),
        ("full/max/0/default.tif", "image_format_unsupported"),
        ("full/max/0/default.jp2", "image_format_unsupported"),
        ("full/max/0/default", "image_path"),
        ("full/max/0/default.jpg/", "image_path"),
        ("full/max/0/0/default.jpg", "image_path"),
        ("full/max/0/default.tar.jpg", "image_path"),
        ("full/max/0/default.jpg\n", "image_format"),
        ("", "image_path"),
        ("full/" + "9" * 300 + ",/0/default.jpg", "image_path"),
    ],
)
def test_other_words_are_refused_by_code(path: str, code: str) -> None:
    with pytest.raises(BadRequest) as caught:
        cut(path)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("path", "canonical"),
    [
        ("0,0,6000,4000/6000,/0/default.jpg", "full/max/0/default.jpg"),
        ("full/6000,4000/360/default.jpg", "full/max/0/default.jpg"),
        ("pct:0,0,50,50/pct:50/!90.50/gray.png", "0,0,3000,2000/1500,1000/!90.5/gray.png"),
        ("square/!100,100/0/color.webp", "1000,0,4000,4000/100,100/0/color.webp"),
        ("full/^600,/0/default.jpg", "full/600,400/0/default.jpg"),
        ("0,0,10,10/^20,/0/default.jpg", "0,0,10,10/^20,20/0/default.jpg"),
    ],
)
def test_canonical_forms(path: str, canonical: str) -> None:
    found = cut(path)
    assert found.canonical() == canonical
    assert cut(canonical) == found


def test_version_2_says_full_and_knows_no_enlarging() -> None:
    assert cut("full/full/0/default.jpg", version=Version.V2).canonical() == "full/full/0/default.jpg"
    assert cut("full/max/0/default.jpg", version=Version.V2).size == (6000, 4000)
    assert cut("full/600,400/0/default.jpg", version=Version.V2).canonical() == "full/600,/0/default.jpg"
    assert cut("full/300,300/0/default.jpg", version=Version.V2).canonical() == "full/300,300/0/default.jpg"
    for path in ("full/^max/0/default.jpg", "0,0,10,10/^20,/0/default.jpg", "0,0,10,10/20,/0/default.jpg"):
        with pytest.raises(BadRequest):
            cut(path, version=Version.V2)


def test_a_reduced_picture_is_a_smaller_picture() -> None:
    assert seen_size(WIDTH, HEIGHT, 800) == (800, 533)
    assert seen_size(700, 500, 800) == (700, 500)
    assert seen_size(100_000, 10, 800) == (800, 1)
    assert cut("full/max/0/default.jpg", 800).size == (800, 533)
    assert cut("0,0,6000,4000/max/0/default.jpg", 800).size == (800, 533)
    assert cut("pct:0,0,10,10/max/0/default.jpg", 800).size == (80, 54)
    with pytest.raises(BadRequest):
        cut("3000,2000,512,512/max/0/default.jpg", 800)
    with pytest.raises(BadRequest):
        cut("full/801,/0/default.jpg", 800)
    for path in (
        "full/^801,/0/default.jpg",
        "0,0,80,80/^max/0/default.jpg",
        "0,0,80,80/^!800,800/0/default.jpg",
    ):
        with pytest.raises(Closed) as caught:
            cut(path, 800)
        assert caught.value.code == "image_reduced"


NUMBER = st.one_of(
    st.integers(0, 7000).map(str),
    st.floats(0, 400, allow_nan=False).map(lambda number: f"{number:.3f}"),
    st.sampled_from(["", "-1", "1e3", "0", "0.0", "99999999999", "NaN", "٤", "1.", ".5"]),
)
LIST = st.lists(NUMBER, min_size=1, max_size=5).map(",".join)
REGION = st.one_of(
    st.sampled_from(["full", "square", "max", ""]), LIST, LIST.map(lambda words: f"pct:{words}")
)
SIZE = st.builds(
    "{}{}".format,
    st.sampled_from(["", "^", "!", "^!", "!^", "^^"]),
    st.one_of(st.sampled_from(["max", "full", ","]), LIST, NUMBER.map(lambda words: f"pct:{words}")),
)
ROTATION = st.builds("{}{}".format, st.sampled_from(["", "!", "!!"]), NUMBER)
LAST = st.sampled_from(
    ["default.jpg", "gray.png", "bitonal.webp", "color.gif", "native.jpg", "default", ".jpg"]
)
PATH = st.one_of(st.builds("{}/{}/{}/{}".format, REGION, SIZE, ROTATION, LAST), st.text(max_size=60))


@settings(max_examples=1500, deadline=None)
@given(
    PATH,
    st.integers(1, 9000),
    st.integers(1, 9000),
    st.sampled_from([0, 1, 7, 800]),
    st.sampled_from(Version),
)
def test_any_path_ends_in_a_sound_cut_or_a_coded_error(
    path: str, width: int, height: int, max_px: int, version: Version
) -> None:
    try:
        found = resolve(parse(path, version), width, height, max_px)
    except (BadRequest, Closed) as error:
        assert error.code.startswith("image_")
        return
    seen = seen_size(width, height, max_px)
    assert found.picture == seen
    assert found.x + found.width <= seen[0]
    assert found.y + found.height <= seen[1]
    assert min(found.x, found.y) >= 0
    assert min(found.width, found.height, *found.size) >= 1
    assert Limits().fits(*found.size)
    assert 0 <= found.rotation < 360
    if version is Version.V3:
        assert found.is_enlarged <= ("^" in path)
        assert resolve(parse(found.canonical(), version), width, height, max_px) == found
    if seen != (width, height):  # no detail beyond the reduced copy
        assert max(found.size[0] / found.width, found.size[1] / found.height) <= 1
