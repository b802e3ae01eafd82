"""The words of files as rows hold them: the institution's that count, with those written here laid over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from types import SimpleNamespace
from typing import Any

import msgspec

from repository import picture_words
from repository.alternative_text import Said, of_institution, origin_of
from repository.asset import Role, Words
from repository.database import Transaction
from repository.item import Text, Title, canonical
from repository.picture_words import ALT, DESCRIPTION
from repository.shapes import Shape
from repository.tables import item as item_table

_OF_ITEM = item_table.c.id
_NONE = b"[]"
_WORDS = Shape(tuple[Words, ...])
_TEXTS = Shape(tuple[Text, ...])


class _Named(msgspec.Struct, frozen=True):
    """Of an item's description, its titles."""

    titles: tuple[Title, ...] = ()


class _Body(msgspec.Struct, frozen=True):
    """Of an item's body, what tells its titles."""

    description: _Named


_BODY = Shape(_Body)


def laid(
    tx: Transaction, item: str, old: dict[str, SimpleNamespace], rows: Iterable[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    """Give rows with the words that count; a row of an id alone keeps its own, and wakes with its item."""
    own = picture_words.of_item(tx, item)
    titles: list[str] | None = None
    for row in rows:
        if "alt" not in row:
            known = old[row["id"]]
            origin = known.alt_origin or origin_of(Role(known.role), _WORDS.read(known.alt))
            yield {**row, "alt_origin": origin}
            continue
        said = Said()
        if row["alt"] != _NONE or row["description"] != _NONE:
            titles = titles_of(tx, item) if titles is None else titles
            texts, told = _TEXTS.read(row["alt"]), _TEXTS.read(row["description"])
            said = of_institution(texts, told, titles, row["label"], row["url"])
        yield {**row, **columns(tx, own.get(row["id"], ()), row["role"], said)}


def titles_of(tx: Transaction, item: str) -> list[str]:
    """Give all titles of an item."""
    row = tx.row(_OF_ITEM, item)
    return [title.value for title in _BODY.read(row.body).description.titles] if row else []


def columns(tx: Transaction, own: Sequence[SimpleNamespace], role: str, said: Said) -> dict[str, Any]:
    """Give the columns of a file's words: what the institution says, with the rows written here laid over."""
    chosen = picture_words.lay_over(tx, own, said) if own or said != Said() else {}
    alt, description = chosen.get(ALT, ()), chosen.get(DESCRIPTION, ())
    return {
        "alt": canonical(alt),
        "description": canonical(description),
        "alt_origin": origin_of(Role(role), alt),
    }


def sent(tx: Transaction, row: SimpleNamespace) -> Said:
    """Give what the institution says of a file, also where other words lie over it."""
    own = picture_words.of_item(tx, row.item).get(row.id, [])
    alt, description = (
        picture_words.sent_of(_WORDS.read(getattr(row, field)), [one for one in own if one.field == field])
        for field in picture_words.FIELDS
    )
    return Said(alt, description)
