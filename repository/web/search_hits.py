"""Hits on the page of a search: each card with the words that were found marked in it, and why it was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from repository.item import Note, Text
from repository.search import fields, highlight, terms
from repository.search.highlight import Marker, Passage, Segment
from repository.search.query import Query
from repository.search.terms import Term
from repository.web.cards import Card
from repository.web.reasons import Why, why
from repository.web.search_rows import Row

LONGEST_NOTE = 5_000  # characters of a note that are looked through for a passage
LONGEST_QUOTE = 110  # characters of the passage on a card, about
MOST_NOTES, MOST_TITLES = 6, 6


@dataclass(frozen=True, slots=True)
class Marked:
    """A text in pieces, and in one piece for its language."""

    text: Text
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Quoted:
    """The passage of a note that holds most of what was asked for."""

    text: Text
    passage: Passage


@dataclass(frozen=True, slots=True)
class Found:
    """A card with its titles marked, the best passage of its notes where something was found there, and why."""

    card: Card
    titles: tuple[Marked, ...]
    quoted: Quoted | None
    why: list[Why]


def show(query: Query, rows: Sequence[Row], shown: Sequence[Card]) -> list[Found]:
    """Put what was found together; `shown` are the cards of the rows."""
    by_item = {card.item: card for card in shown}
    asked = terms.of(" ".join(piece.text for piece in fields.pieces(query.text)))
    markers: dict[tuple[str, ...], Marker] = {}
    return [
        _found(row, by_item[row.item.id], _marker(row, asked, markers))
        for row in rows
        if row.item.id in by_item
    ]


def _marker(row: Row, asked: tuple[Term, ...], made: dict[tuple[str, ...], Marker]) -> Marker:
    """Give what marks the words of a question, and the other names that it found an item by."""
    names = tuple(dict.fromkeys(one.name for one in row.hit.reasons if one.name))
    if names not in made:
        made[names] = Marker((*asked, *(term for name in names for term in terms.of(name))))
    return made[names]


def _found(row: Row, card: Card, marker: Marker) -> Found:
    return Found(card, _titles(card, marker), _quoted(row.item.description.notes, marker), why(row.hit))


def _titles(card: Card, marker: Marker) -> tuple[Marked, ...]:
    """Give the first title, and beneath it the next one; where the first holds nothing, the next that does."""
    marked = (Marked(title, marker.mark(title.value)) for title in card.titles[:MOST_TITLES])
    first = next(marked, None)
    if first is None or _holds(first):
        return tuple(filter(None, (first, next(marked, None))))
    others = list(marked)
    return (first, *([one for one in others if _holds(one)] or others)[:1])


def _holds(marked: Marked) -> bool:
    return any(segment.marked for segment in marked.segments)


def _quoted(notes: Sequence[Note], marker: Marker) -> Quoted | None:
    """Quote the note in which most was found; only texts that the gate has let through come here."""
    looked = [(note, marker.spans(note.value[:LONGEST_NOTE])) for note in notes[:MOST_NOTES]]
    note, found = max(looked, key=_weight, default=(None, []))
    if note is None or not found:
        return None
    return Quoted(
        Text(note.value, note.lang), highlight.passage(note.value[:LONGEST_NOTE], found, LONGEST_QUOTE)
    )


def _weight(looked: tuple[Note, list[tuple[int, int]]]) -> int:
    return sum(end - start for start, end in looked[1])
