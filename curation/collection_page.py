"""The page of a collection as values: its opening, its sections laid out in rows, the credits of what it shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from curation import collection_layout, collection_timeline
from curation.collection_figures import Figure, Figures, Player
from curation.collection_layout import Row
from curation.collection_timeline import Drawing, year_of
from curation.collections import (
    UNSET,
    Block,
    Clip,
    Collection,
    Compare,
    Event,
    Pick,
    Quote,
    Section,
    Timeline,
)
from curation.prose import to_html
from repository.institution import Institution
from repository.item import Date, Text
from repository.items import StoredItem
from repository.urls import Urls
from repository.web import item_view, words
from repository.web.item_view import Material

OPENING = 1600  # the longest side in pixels of the picture that a page opens with
_LONGEST = {"full": 1600, "large": 1200, "one": 1200, "pair": 900, "three": 700}
_COMPARED, _QUOTED, _PLACED = 1000, 700, 400
_BROAD = 1.5  # an opening picture at least so much wider than high spans the page


@dataclass(frozen=True, slots=True)
class Shown:
    """One block as a page shows it; which of the rest it has depends on its form."""

    form: str
    figure: Figure | None = None
    words: str = ""
    sides: tuple[tuple[Figure, str], ...] = ()
    quoted: Text | None = None
    note: str = ""
    player: Player | None = None
    events: tuple[Placed, ...] = ()
    drawing: Drawing | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A work on a timeline; without a number it is gone, and stands on no year."""

    figure: Figure
    number: int = 0
    year: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A section: its title, its opening text as HTML, its blocks in rows."""

    title: str
    text: Markup
    rows: tuple[Row[Shown], ...]


@dataclass(frozen=True, slots=True)
class Credits:
    """Whom the works are from, each institution with their number, and the line that names each work's source."""

    holders: tuple[tuple[str, str, int], ...]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exhibition:
    """Everything that a collection's page shows of the collection itself."""

    title: str
    lead: str
    statement: Markup
    curator: str
    count: int
    opening: Figure
    is_broad: bool
    parts: tuple[Part, ...]
    credits: Credits
    invented: bool


def build(shown: Collection, figures: Figures, known: Mapping[str, Institution], site: Urls) -> Exhibition:
    """Lay a collection out in the reader's language."""
    language = figures.language
    opening = figures.figure(shown.cover, OPENING)
    picture = opening.picture
    return Exhibition(
        title=shown.title.text(language),
        lead=lead(shown, language),
        statement=Markup(to_html(shown.statement.text(language))),
        curator=shown.curator,
        count=shown.count,
        opening=opening,
        is_broad=picture is not None and picture.width >= _BROAD * picture.height,
        parts=tuple(_parts(shown, figures)),
        credits=_credits(shown, figures, known, site),
        invented=any(_is_invented(shown, figures)),
    )


def lead(shown: Collection, language: str) -> str:
    """Give the sentence that invites, or the statement's first paragraph as plain text."""
    if shown.lead is not UNSET and shown.lead:
        return shown.lead.text(language)
    return Markup(to_html(shown.statement.text(language).partition("\n\n")[0])).striptags()


def works_of(shown: Collection, figures: Figures) -> list[StoredItem]:
    """Give the works of a collection that may stand in a list now, in the order in which they are first named."""
    named = dict.fromkeys(figures.works.item(one) for one in shown.references())
    return [figures.works.stored[item] for item in named if item in figures.cards]


def _is_invented(shown: Collection, figures: Figures) -> Iterator[bool]:
    for reference in shown.references():
        card = figures.cards.get(figures.works.item(reference))
        yield card is not None and card.invented


def _parts(shown: Collection, figures: Figures) -> Iterator[Part]:
    turned = False
    for section in shown.sections:
        rows = tuple(collection_layout.rows(_forms(section), turned))
        laid = tuple(
            Row(row.form, tuple(_shown(one, row.form, figures) for one in row.blocks), row.turned)
            for row in rows
        )
        turned ^= sum(row.form == "large" for row in rows) % 2 == 1
        text = section.text.text(figures.language)
        yield Part(section.title.text(figures.language), Markup(to_html(text)), laid)


def _forms(section: Section) -> list[tuple[str, Pick | Block]]:
    return [(collection_layout.form_of(block), block) for block in section.content]


def _shown(block: Pick | Block, form: str, figures: Figures) -> Shown:
    """Show a block; of a work that is gone nothing but that, not even why it was chosen."""
    language = figures.language
    match block:
        case Pick():
            figure = figures.figure(block.reference, _LONGEST[form])
            return Shown(form, figure, block.reason.text(language) if figure.card else "")
        case Compare():
            sides = tuple((figures.figure(side, _COMPARED), side.note.text(language)) for side in block.works)
            whole = all(figure.card for figure, _ in sides)
            kept = tuple((figure, note if figure.card else "") for figure, note in sides)
            return Shown(form, words=block.reason.text(language) if whole else "", sides=kept)
        case Quote():
            return _quote(block, figures)
        case Clip():
            figure = figures.figure(block, _COMPARED)
            said = block.reason.text(language) if figure.card else ""
            return Shown(form, figure, said, player=figures.player(block))
        case Timeline():
            return _timeline(block, figures)


def _quote(block: Quote, figures: Figures) -> Shown:
    figure, language = figures.figure(block, _QUOTED), figures.language
    if not figure.card:
        return Shown("quote", figure)
    said = Text(words.whole_syllables(block.text), block.lang)
    return Shown("quote", figure, block.reading.text(language), quoted=said, note=block.note.text(language))


def _timeline(block: Timeline, figures: Figures) -> Shown:
    """Show works in the order of their years; those that are gone come last."""
    language = figures.language
    found = [(event, figures.figure(event, _PLACED), year_of(event, figures.works)) for event in block.events]
    there = sorted(
        ((event, figure, year) for event, figure, year in found if figure.card and year is not None),
        key=lambda one: one[2],
    )
    placed = [_placed(number, *one, language) for number, one in enumerate(there, 1)]
    gone = [Placed(figure) for _, figure, _ in found if not figure.card]
    drawing = collection_timeline.draw([year for _, _, year in there]) if len(there) > 1 else None
    return Shown("timeline", words=block.title.text(language), events=(*placed, *gone), drawing=drawing)


def _placed(number: int, event: Event, figure: Figure, year: int, language: str) -> Placed:
    said = words.years(Date("", earliest=year, latest=year), language)
    return Placed(figure, number, said, event.label.text(language))


def _credits(shown: Collection, figures: Figures, known: Mapping[str, Institution], site: Urls) -> Credits:
    """Credit every work that may stand in a list now, in the order in which they are first named."""
    listed = works_of(shown, figures)
    counts = Counter(one.item.holder for one in listed if one.item.holder in known)
    holders = [
        (known[holder].name(figures.language), figures.urls.institution(holder), count)
        for holder, count in counts.most_common()
    ]
    lines = [
        item_view.credit_line(
            Material(one, (), figures.works.access[one.item.id], known, figures.urls, site, figures.language)
        )
        for one in listed
    ]
    return Credits(tuple(holders), tuple(lines))
