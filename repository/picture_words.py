"""Words about files that people and machines wrote here, kept through every harvest.

They are laid over what institutions send. A text stands for one file, one field and one language. A person's
remembers what the institution said then: when the source later says otherwise, it stays in force and is marked as a
conflict for a person to settle. A machine's waits beneath, and is seen where nobody else has written. Nothing is
ever deleted: what is written anew withdraws what stood before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from types import SimpleNamespace
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, select

from repository.alternative_text import Said, in_force, language_of
from repository.asset import INSTITUTION, PERSON, Words
from repository.database import Transaction
from repository.item import Text, canonical
from repository.shapes import Shape
from repository.tables import picture_words as table

ALT, DESCRIPTION = "alt", "description"
FIELDS = (ALT, DESCRIPTION)
_ITEM = table.c.item
_TEXTS = Shape(tuple[Text, ...])


class Written(msgspec.Struct, frozen=True):
    """One text to be put in force; `lang` is a BCP 47 tag, `made` the day a machine wrote it (else today)."""

    field: str
    lang: str
    value: str
    origin: str = PERSON
    model: str = ""
    made: str = ""
    reason: str = ""
    by: str = ""


class Kept(msgspec.Struct, frozen=True):
    """One text in force; `replaced` is what the institution said then, `harvested` what it says now."""

    id: int
    item: str
    asset: str
    field: str
    lang: str
    value: str
    origin: str
    model: str
    made: str
    reason: str
    by: str
    at: str
    conflict: str
    replaced: tuple[Text, ...]
    harvested: tuple[Text, ...]


def hold(tx: Transaction, items: Iterable[str]) -> None:
    """Read what was written about the files of many items at once."""
    tx.hold(_ITEM, items)


def of_item(tx: Transaction, item: str) -> dict[str, list[SimpleNamespace]]:
    """Give the rows in force about an item's files, by file."""
    found: dict[str, list[SimpleNamespace]] = {}
    for row in sorted(tx.rows(_ITEM, item), key=lambda row: row.id):
        if not row.withdrawn:
            found.setdefault(row.asset, []).append(row)
    return found


def lay_over(tx: Transaction, rows: Sequence[SimpleNamespace], said: Said) -> dict[str, tuple[Words, ...]]:
    """Choose the words of one file, by field, and mark those of people that now conflict."""
    return {
        field: in_force(sent, _noted(tx, [row for row in rows if row.field == field], sent))
        for field, sent in ((ALT, said.alt), (DESCRIPTION, said.description))
    }


def _noted(tx: Transaction, rows: Iterable[SimpleNamespace], sent: Sequence[Text]) -> Iterator[Words]:
    """Keep with each row what the institution says now, and whether that contradicts what was written for."""
    for row in rows:
        now = canonical(_in_language(sent, row.lang))
        conflict = (row.conflict or tx.now) if row.origin == PERSON and now != row.replaced else ""
        if (now, conflict) != (row.harvested, row.conflict):
            tx.change(table, row, {"harvested": now, "conflict": conflict})
        yield Words(row.value, row.lang, row.origin, row.model, row.made)


def _in_language(texts: Iterable[Text], lang: str) -> tuple[Text, ...]:
    own = language_of(Text("", lang))
    return tuple(Text(text.value, text.lang) for text in texts if language_of(text) == own)


def sent_of(shown: Iterable[Words], rows: Iterable[SimpleNamespace]) -> tuple[Text, ...]:
    """Give what the institution says in one field: what is shown of it, and what lies below the words of others."""
    seen = [Text(text.value, text.lang) for text in shown if text.origin == INSTITUTION]
    below = [text for row in rows for text in _TEXTS.read(row.harvested)]
    return tuple(dict.fromkeys((*seen, *below)))


def put(tx: Transaction, item: str, asset: str, written: Written, sent: Sequence[Text]) -> bool:
    """Put a text in force in place of the one of the same origin; tells whether anything was written."""
    before = _standing(tx, item, asset, written.field, written.lang, written.origin)
    if before and not before.conflict and _equal(before, written):
        return False
    if before:
        tx.change(table, before, {"withdrawn": tx.now, "conflict": ""})
    below = canonical(_in_language(sent, written.lang))
    values = {
        **msgspec.structs.asdict(written),
        "made": written.made or tx.now[:10],
        "replaced": below,
        "harvested": below,
    }
    tx.add(table, {**values, "id": tx.number(table), "item": item, "asset": asset, "at": tx.now})
    return True


def _equal(row: SimpleNamespace, written: Written) -> bool:
    """Tell whether a text stands already; the day counts only where it is said."""
    same = (row.value, row.lang, row.model) == (written.value, written.lang, written.model)
    return same and written.made in ("", row.made)


def withdraw(tx: Transaction, item: str, asset: str, field: str, lang: str, origin: str) -> bool:
    """Withdraw a text; tells whether there was one."""
    if before := _standing(tx, item, asset, field, lang, origin):
        tx.change(table, before, {"withdrawn": tx.now, "conflict": ""})
    return before is not None


def _standing(
    tx: Transaction, item: str, asset: str, field: str, lang: str, origin: str
) -> SimpleNamespace | None:
    own = language_of(Text("", lang))
    return next(
        (
            row
            for row in of_item(tx, item).get(asset, ())
            if (row.field, row.origin) == (field, origin) and language_of(Text("", row.lang)) == own
        ),
        None,
    )


def about(conn: Connection, item: str, asset: str) -> list[Kept]:
    """Give the texts in force about one file of an item, in the order of their writing."""
    own = (table.c.item == item, table.c.asset == asset, table.c.withdrawn == "")
    return [_kept(row) for row in conn.execute(select(table).where(*own).order_by(table.c.id))]


def every(conn: Connection, after: int = 0, limit: int = 100) -> list[Kept]:
    """Give texts in force, in the order of their writing, from behind a number on."""
    query = select(table).where(table.c.id > after, table.c.withdrawn == "").order_by(table.c.id).limit(limit)
    return [_kept(row) for row in conn.execute(query)]


def conflicts(conn: Connection) -> list[Kept]:
    """Give the texts of people whose file the institution describes otherwise since."""
    rows = conn.execute(select(table).where(table.c.conflict > "").order_by(table.c.id))
    return [_kept(row) for row in rows]


def _kept(row: Row[Any]) -> Kept:
    values = {name: getattr(row, name) for name in Kept.__struct_fields__}
    return Kept(**{**values, **{name: _TEXTS.read(values[name]) for name in ("replaced", "harvested")}})
