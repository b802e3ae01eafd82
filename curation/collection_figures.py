"""The works of a collection as its page shows them: a picture or a part of one, a film, or that it is gone and why.

Every picture is asked of the gate's answer here; nothing else on the page makes an address of a picture.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import Connection

from curation.collection_cuts import cut
from curation.collection_works import Works
from curation.collections import Clip, Reference
from repository import institutions
from repository.asset import Asset, Role, remote_picture
from repository.iiif.image_cut import Cut
from repository.item import Text
from repository.urls import Urls
from repository.web import answers, cards, words
from repository.web.cards import Card, Picture
from repository.web.film_view import Track


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a picture: where the viewer opens at it, and the whole in small with the part's place in it."""

    url: str
    whole: Picture
    width: int
    height: int
    place: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Figure:
    """One work on the page; without a card it is gone: since when and by what kind of decision, where that is told.

    `sources` are the same picture in several widths, as `srcset` writes them.
    """

    card: Card | None
    picture: Picture | None = None
    sources: str = ""
    url: str = ""
    part: Part | None = None
    since: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Player:
    """A part of a film to be played, with its still and captions; `start` and `end` in words."""

    src: str
    media_type: str
    poster: str
    width: int
    height: int
    alt: Text
    start: str
    end: str
    tracks: tuple[Track, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """Makes the figures of a page from works that were read, in the reader's language."""

    works: Works
    cards: Mapping[str, Card]
    urls: Urls
    language: str

    def figure(self, reference: Reference, longest: int) -> Figure:
        """Show a work, its picture at most so many pixels long; of one that is gone nothing but that."""
        card = self.cards.get(self.works.item(reference))
        if card is None:
            return Figure(None, None, "", "", None, *self._withdrawn(reference))
        url = self.urls.item(card.item, self.works.number(reference))
        asset = self.works.seen(reference)
        if asset is None:
            return Figure(card, None, "", url)
        if not asset.is_image:
            return Figure(card, self._other(asset, card, longest), "", url)
        return self._cut(asset, reference, card, url, longest)

    def picture(self, reference: Reference, longest: int) -> Picture | None:
        """Give the picture alone."""
        return self.figure(reference, longest).picture

    def player(self, clip: Clip) -> Player | None:
        """Give the film of a clip to be played, where it may be seen whole."""
        film, card = self.works.film(clip), self.cards.get(self.works.item(clip))
        if film is None or card is None or not self.works.sees_whole(film):
            return None
        end = clip.end or film.seconds
        return Player(
            src=self.urls.film(film.id) + _moments(clip),
            media_type=film.media_type,
            poster=self.urls.poster(film.id),
            width=film.width or 960,
            height=film.height or 540,
            alt=self._alternative(film, card),
            start=clock(clip.start),
            end=clock(end) if end else "",
            tracks=tuple(self._track(one) for one in self.works.captions(film) if self.works.may_see(one)),
        )

    def _track(self, caption: Asset) -> Track:
        lang = words.tag("", caption.lang) or "ko"
        name = words.language_name(caption.lang or "ko", self.language)
        return Track(self.urls.captions(caption.id), lang, name)

    def _cut(self, asset: Asset, reference: Reference, card: Card, url: str, longest: int) -> Figure:
        """Show a picture of ours, or the part of it that is meant where it may be seen whole."""
        whole = self.works.sees_whole(asset)
        detail = reference.detail if whole and cut(asset, reference.detail, longest) else ""
        bound = 0 if whole else self.works.access[asset.item].max_px(asset.id)
        small, large = (cut(asset, detail, side, bound) for side in (longest // 2, longest))
        assert small and large, "a whole picture can always be cut"
        alt = self._alternative(asset, card)
        part = None
        if detail and not large.is_whole:
            part = self._part(asset, large, card, url)
            alt = Text(_("부분: %(alt)s", alt=alt.value), alt.lang)
        picture = Picture(self._address(asset, large), *large.size, alt, card.invented)
        sources = [f"{self._address(asset, one)} {one.size[0]}w" for one in (small, large)]
        return Figure(card, picture, ", ".join(dict.fromkeys(sources)), part.url if part else url, part)

    def _address(self, asset: Asset, part: Cut) -> str:
        region = "full" if part.is_whole else f"{part.x},{part.y},{part.width},{part.height}"
        return self.urls.picture(asset.id, f"{part.size[0]},{part.size[1]}", region)

    def _part(self, asset: Asset, part: Cut, card: Card, url: str) -> Part | None:
        """Link into the viewer at a part (Media Fragments 1.0 §4.2.2), and show where in the whole it lies."""
        access = self.works.access[asset.item]
        described = self.works.stored[asset.item].item.description
        small = cards.thumbnail(self.urls, access, asset, described, card.invented)
        place = part.x, part.y, part.width, part.height
        shown = ",".join(map(str, place))
        return Part(f"{url}#xywh={shown}", small, asset.width, asset.height, place) if small else None

    def _other(self, asset: Asset, card: Card, longest: int) -> Picture | None:
        """Show the still of a film, or a picture of the institution's own service, where they may be seen whole."""
        if not self.works.sees_whole(asset):
            return card.picture
        if asset.is_remote_image:
            answers.show_from(asset)
            src, (width, height) = remote_picture(asset, longest), cards.fit(asset, longest)
        elif asset.role is Role.FILM:
            src, width, height = self.urls.poster(asset.id), asset.width or 960, asset.height or 540
        else:
            return card.picture
        return Picture(src, width, height, self._alternative(asset, card), card.invented)

    def _alternative(self, asset: Asset, card: Card) -> Text:
        return cards.alternative(asset, self.works.stored[asset.item].item.description, card.invented)

    def _withdrawn(self, reference: Reference) -> tuple[str, str]:
        """Tell since when and by what kind of decision a work is gone; nothing of one that was merely closed."""
        item = self.works.item(reference)
        if (access := self.works.access.get(item)) is None:
            return "", "deleted"
        if down := access.takedown():
            return down.at, down.kind.value
        return (self.works.stored[item].datestamp, "deleted") if not access.live else ("", "")


def make(conn: Connection, urls: Urls, works: Works, language: str) -> Figures:
    """Make the figures' maker, with the cards of all works that may stand in a list."""
    firsts = {item: works.picture(Reference(item)) for item in works.stored}
    covers = {item: first for item, first in firsts.items() if first}
    made = cards.build_with(institutions.every(conn), urls, works.stored.values(), covers, works.access)
    return Figures(works, {card.item: card for card in made}, urls, language)


def clock(seconds: float) -> str:
    """Write a time in a film: minutes and seconds."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}"


def _moments(clip: Clip) -> str:
    """Write the part of a film as its address has it (Media Fragments 1.0 §4.2.1)."""
    if not clip.start and not clip.end:
        return ""
    return f"#t={clip.start:g},{clip.end:g}" if clip.end else f"#t={clip.start:g}"
