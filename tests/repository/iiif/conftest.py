"""Pictures to try things on: real ones beside the repository, and drawn ones of every size and kind."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from repository.iiif import pyramid

Draw = Callable[..., Path]


@pytest.fixture(scope="session")
def real_images(shared_data: Path) -> Path:
    return shared_data / "images"


def drawing(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """A picture with gradients, edges and a little noise, the same at every call."""
    dice = random.Random(width * 7919 + height)
    noise = Image.frombytes("L", (64, 64), dice.randbytes(64 * 64)).resize((width, height))
    across = Image.linear_gradient("L").rotate(90).resize((width, height))
    down = Image.linear_gradient("L").resize((width, height))
    slope = Image.blend(across, down, 0.5)
    picture = Image.blend(Image.merge("RGB", (across, down, slope)), noise.convert("RGB"), 0.15)
    picture.paste((200, 30, 40), (width // 3, height // 3, width // 2, height // 2))
    return picture.convert(mode)


@pytest.fixture(scope="session")
def draw(tmp_path_factory: pytest.TempPathFactory) -> Draw:
    """Draw a picture into a file of a format; the options are those of Pillow's save."""
    folder = tmp_path_factory.mktemp("drawn")

    def drawn(width: int, height: int, form: str = "PNG", mode: str = "RGB", **options: object) -> Path:
        path = folder / f"{len(list(folder.iterdir()))}.{form.lower()}"
        drawing(width, height, mode).save(path, form, **options)
        return path

    return drawn


@pytest.fixture(scope="session")
def make_pyramid(draw: Draw, tmp_path_factory: pytest.TempPathFactory) -> Draw:
    """Draw a picture and make its pyramid, once for each size and mode."""
    folder = tmp_path_factory.mktemp("pyramids")

    def made(width: int, height: int, mode: str = "RGB") -> Path:
        target = folder / f"{width}x{height}-{mode}.tif"
        if not target.exists():
            pyramid.build(draw(width, height, "PNG", mode), target)
        return target

    return made


def largest_difference(one: Image.Image, other: Image.Image) -> int:
    extremes = ImageChops.difference(one.convert("RGB"), other.convert("RGB")).getextrema()
    return max(int(highest) for _, highest in extremes)  # type: ignore[misc]  # three bands, three pairs


def mean_difference(one: Image.Image, other: Image.Image) -> float:
    return max(ImageStat.Stat(ImageChops.difference(one.convert("RGB"), other.convert("RGB"))).mean)
