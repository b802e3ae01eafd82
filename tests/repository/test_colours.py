"""Colours have the names that people give them; a picture tells those it shows enough of."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from repository import colours, derivatives
from repository.blobs import FolderBlobs
from tests.repository.web.seed import keep, picture


@pytest.mark.parametrize(
    ("name", "shades"),
    [
        ("red", [(200, 30, 30), (155, 45, 31)]),
        ("orange", [(240, 140, 40)]),
        ("yellow", [(240, 220, 60), (189, 148, 84)]),
        ("green", [(50, 140, 60), (90, 120, 70)]),
        ("teal", [(30, 150, 150)]),
        ("blue", [(40, 70, 160), (25, 35, 80)]),
        ("purple", [(120, 60, 150)]),
        ("pink", [(240, 170, 180), (235, 120, 150)]),
        ("brown", [(110, 75, 40)]),
        ("paper", [(230, 215, 185), (214, 196, 158)]),
        ("white", [(252, 252, 250), (255, 255, 255)]),
        ("grey", [(140, 140, 140)]),
        ("black", [(0, 0, 0), (20, 18, 15)]),
    ],
)
def test_a_colour_is_called_as_people_call_it(name: str, shades: list[tuple[int, int, int]]) -> None:
    assert [colours.named(*shade) for shade in shades] == [name] * len(shades)


def test_a_small_seal_on_old_paper_is_told_and_the_ink_of_a_line_is_not(tmp_path: Path) -> None:
    drawn = Image.new("RGB", (400, 300), (226, 210, 178))
    pen = ImageDraw.Draw(drawn)
    pen.rectangle((300, 200, 380, 280), fill=(170, 40, 34))
    pen.line((20, 20, 280, 20), fill=(20, 18, 15), width=3)
    drawn.save(tmp_path / "page.png")
    assert colours.of(tmp_path / "page.png") == ("paper", "red")


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "1", "CMYK"])
def test_pictures_of_every_mode_have_colours(mode: str, tmp_path: Path) -> None:
    file = tmp_path / ("one.jpg" if mode == "CMYK" else "one.png")
    Image.new("RGB", (3, 2), (250, 250, 250)).convert(mode).save(file)
    assert colours.of(file) == ("white",)


def test_they_are_made_with_the_thumbnail_and_kept_beside_it(tmp_path: Path) -> None:
    blobs = FolderBlobs(tmp_path)
    digest = keep(blobs, picture("훈민정음"))
    assert derivatives.colours_of(blobs, digest) == ()
    derivatives.make(blobs, digest, "image/jpeg")
    found = derivatives.colours_of(blobs, digest)
    assert found and set(found) <= set(colours.COLOURS)
    assert derivatives.colours_of(blobs, "") == ()
