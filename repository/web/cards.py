"""Cards: what a list shows of items, read in a fixed number of statements however many there are.

Items that may not be described now are left out, and pictures that may not be seen now are not shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from repository import assets, gate, institutions, items
from repository.alternative_text import told
from repository.asset import THUMBNAIL, Asset
from repository.gate import Access
from repository.iiif.image_cut import seen_size
from repository.institution import Institution
from repository.item import Agent, Description, Text, Title
from repository.items import StoredItem
from repository.rights.decision import Use
from repository.sets import PublishedSet
from repository.urls import Urls
from repository.web import answers
from repository.web.badge import Badge, badge_of
from repository.web.languages import current
from repository.web.picture_words import alternative as alternative
from repository.web.words import TYPES, in_language, pick, titles, years


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture on a page: its address, its size in pixels there, its alternative text, and whether it is drawn.

    `sources` are the same picture in several widths, as `srcset` writes them; empty: there is this one only.
    """

    src: str
    width: int
    height: int
    alt: Text
    sample: bool = False
    sources: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """What a list shows of one item; `facts` are maker, date and holder, those that are known."""

    item: str
    url: str
    titles: tuple[Text, ...]
    facts: tuple[Text, ...]
    type: str
    badge: Badge
    picture: Picture | None
    invented: bool


@dataclass(frozen=True, slots=True)
class Tile:
    """A published set in a list."""

    url: str
    title: str
    size: int
    cover: Picture | None


def build(conn: Connection, urls: Urls, found: Sequence[StoredItem]) -> list[Card]:
    """Make the cards of some items in their order, without those that may not stand in a list now."""
    covers = assets.covers(conn, [stored.item.id for stored in found])
    access = gate.load(conn, found, [cover.id for cover in covers.values()])
    return build_with(institutions.every(conn), urls, found, covers, access)


def build_with(
    known: Mapping[str, Institution],
    urls: Urls,
    found: Iterable[StoredItem],
    covers: Mapping[str, Asset],
    access: Mapping[str, Access],
) -> list[Card]:
    """Make the same cards from what was read already; `known` are all institutions."""
    return [
        _card(urls, stored, access[stored.item.id], covers.get(stored.item.id), known)
        for stored in found
        if access[stored.item.id].listed
    ]


def of_ids(conn: Connection, urls: Urls, ids: Iterable[str]) -> list[Card]:
    """Make the cards of items by id, in the order given."""
    wanted = list(ids)
    found = items.find_many(conn, wanted)
    return build(conn, urls, [found[item] for item in wanted if item in found])


def tiles(conn: Connection, urls: Urls, published: Sequence[PublishedSet]) -> list[Tile]:
    """Make the tiles of some sets, each with the picture of its cover where that may be seen now."""
    return tiles_with(urls, published, of_ids(conn, urls, {one.cover for one in published if one.cover}))


def tiles_with(urls: Urls, published: Sequence[PublishedSet], shown: Iterable[Card]) -> list[Tile]:
    """Make the tiles of some sets, whose covers are among cards already made."""
    pictures = {card.item: card.picture for card in shown}
    return [
        Tile(urls.collection(one.id), one.title(current()), one.size, pictures.get(one.cover))
        for one in published
    ]


def _card(
    urls: Urls,
    stored: StoredItem,
    access: Access,
    cover: Asset | None,
    known: Mapping[str, Institution],
) -> Card:
    item, language = stored.item, current()
    invented = is_invented(item.holder, item.provider, known)
    return Card(
        item=item.id,
        url=urls.item(item.id),
        titles=in_language(item.description.titles, language),
        facts=tuple(_facts(item.description, holder_name(item.description, item.holder, known), language)),
        type=str(TYPES.get(item.description.type, TYPES["unknown"])),
        badge=badge_of(access, language),
        picture=thumbnail(urls, access, cover, item.description, invented),
        invented=invented,
    )


def _facts(description: Description, holder: Text | None, language: str) -> Iterable[Text]:
    if maker := next((agent for agent in description.agents if agent.names), None):
        yield maker_name(maker, language)
    if description.dates:
        date = description.dates[0]
        yield Text(years(date, language) or date.text)
    if holder:
        yield holder


def maker_name(agent: Agent, language: str) -> Text:
    """Choose the name that a reader is shown of a maker."""
    names = tuple(Text(*_pair(title)) for title in _as_titles(agent))
    return pick(names, language) or names[0]


def _as_titles(agent: Agent) -> tuple[Text, ...]:
    return titles(Title(name.value, name.lang) for name in agent.names)


def _pair(text: Text) -> tuple[str, str]:
    return text.value, text.lang


def holder_name(description: Description, holder: str, known: Mapping[str, Institution]) -> Text | None:
    """Name who holds the original: a registered institution, or the words of the record."""
    if institution := known.get(holder):
        return Text(institution.name(current()), current())
    return pick(description.holder, current())


def is_invented(holder: str, provider: str, known: Mapping[str, Institution]) -> bool:
    """Tell whether an item comes from an invented institution, so that nobody takes it for the real thing."""
    return any(known[one].invented for one in (holder, provider) if one in known)


def thumbnail(
    urls: Urls, access: Access, asset: Asset | None, description: Description, invented: bool
) -> Picture | None:
    """Give the small picture of a file, or None where it may not be seen now."""
    if asset is None or not access.allows(Use.VIEW, asset.id):
        return None
    asset = told(asset, access.tells_all())
    bound = access.max_px(asset.id)
    src = urls.small(asset, bound)
    if not src:
        return None
    answers.show_from(asset)
    width, height = fit(asset, min(bound, THUMBNAIL) if bound else THUMBNAIL)
    return Picture(src, width, height, alternative(asset, description, invented), invented)


def enlarged(
    urls: Urls, access: Access, asset: Asset | None, description: Description, invented: bool, side: int
) -> Picture | None:
    """Give a file's picture no larger than `side` pixels, or than it may be seen; else its small one."""
    if asset is None or not asset.is_image or not access.allows(Use.VIEW, asset.id):
        return thumbnail(urls, access, asset, description, invented)
    asset = told(asset, access.tells_all())
    bound = access.max_px(asset.id)
    side = min(side, bound) if bound else side
    width, height = fit(asset, side)
    alt = alternative(asset, description, invented)
    src = urls.picture(asset.id, f"!{side},{side}")
    return Picture(src, width, height, alt, invented, in_widths(urls, asset, (side // 2, side), bound))


def in_widths(urls: Urls, asset: Asset, sides: Sequence[int], bound: int) -> str:
    """Write a picture of ours in several sizes as `srcset` takes them; `bound` is its largest side, 0 for none."""
    within = dict.fromkeys(min(side, bound) if bound else side for side in sides)
    return ", ".join(f"{urls.picture(asset.id, f'!{side},{side}')} {fit(asset, side)[0]}w" for side in within)


def fit(asset: Asset, side: int) -> tuple[int, int]:
    """Fit a file's picture into a square as the image door does; a square of `side` where its size is unknown."""
    return seen_size(asset.width or side, asset.height or side, side)
