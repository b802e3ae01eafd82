"""Everything the sample institutions show, drawn by code: one function for each kind of picture."""

from __future__ import annotations

from collections.abc import Callable

from harvest.sample.drawings import (
    crowds,
    customs,
    engines,
    folk,
    instruments,
    landscape,
    maps,
    modern,
    objects,
    pages,
    people,
    plants,
    screens,
)
from harvest.sample.drawings.board import Board
from harvest.sample.works import Asset

DRAWINGS: dict[str, Callable[[Asset], Board]] = {
    drawing.__name__: drawing
    for drawing in (
        pages.cover, pages.woodblock, pages.manuscript, pages.colophon, pages.body_chart, pages.legend,
        modern.modern_cover, modern.modern_page, modern.newspaper, modern.declaration, modern.sentence_tree,
        modern.score,
        maps.korea_map, maps.city_map,
        landscape.landscape, landscape.winter,
        screens.sun_moon, screens.longevity,
        plants.bamboo, plants.orchid, plants.plum, plants.peony, plants.insects,
        folk.bookshelf, folk.tiger, folk.character, folk.hundred, folk.fish,
        people.genre,
        crowds.round_dance, crowds.procession,
        customs.kites, customs.yut, customs.moonrise, customs.bowl,
        objects.moon_jar, objects.maebyeong, objects.bottle, objects.patchwork,
        instruments.coins, instruments.sundial, instruments.rain_gauge, instruments.tag,
        instruments.star_map,
        engines.gate, engines.crane, engines.locomotive, engines.bridge, engines.radio,
    )
}  # fmt: skip


def draw(asset: Asset) -> Board:
    """The picture of an asset, not yet with its margin. The same asset always gives the same picture."""
    return DRAWINGS[asset.draw](asset)
