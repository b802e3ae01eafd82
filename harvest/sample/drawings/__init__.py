"""Everything the sample institutions show, drawn by code: one function for each kind of picture."""

from __future__ import annotations

from collections.abc import Callable

from harvest.sample.drawings import (
    birds,
    boxes,
    clothes,
    countryside,
    crowds,
    customs,
    cuts,
    engines,
    folk,
    garden,
    instruments,
    landscape,
    leaves,
    magazines,
    maps,
    modern,
    music_sheets,
    objects,
    pages,
    palaces,
    people,
    plans,
    plants,
    prints,
    screens,
    scrolls,
    still_life,
    strings,
    town,
    treasures,
    volumes,
    wares,
    worlds,
    writing,
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
        town.town, countryside.countryside,
        wares.melon_bottle, wares.blue_jar, wares.peach, wares.roof_end,
        treasures.crown, treasures.bell, treasures.warrant, boxes.nacre_box, boxes.horn_box,
        boxes.pendant, boxes.armillary,
        clothes.robe, strings.instrument,
        writing.rubbing, writing.calligraphy, writing.letter, writing.diploma, writing.primer, writing.court_music,
        prints.poster, prints.ticket, prints.stamps, music_sheets.music_cover, music_sheets.stave, magazines.magazine,
        worlds.round_world, worlds.provinces, worlds.town_map, plans.palace_plan, plans.blueprint, plans.pagodas,
        worlds.tram_lines, palaces.bird_eye,
        scrolls.scroll, leaves.season,
        garden.butterflies, garden.banana, garden.moon_plum, birds.lotus_pond, birds.birds, birds.cranes_peaches,
        still_life.vessels,
        volumes.title_page, volumes.latin_page, volumes.gazette, volumes.slips, cuts.fish_page, cuts.fighters,
        cuts.instruments_page, cuts.hemispheres,
    )
}  # fmt: skip


def draw(asset: Asset) -> Board:
    """The picture of an asset, not yet with its margin. The same asset always gives the same picture."""
    return DRAWINGS[asset.draw](asset)
