"""Writing about files: words of people and machines put in force, withdrawn, laid over, and what is lacking."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace

import msgspec
from sqlalchemy import Connection, select

from repository import asset_words, assets, picture_words
from repository.alternative_text import Said, says_more
from repository.asset import LACKING
from repository.database import Transaction
from repository.errors import BadRequest
from repository.picture_words import ALT, Written
from repository.tables import asset as table
from repository.tables import item as item_table

_ID = table.c.id
_ITEM = table.c.item
_OF_ITEM = item_table.c.id


class Gap(msgspec.Struct, frozen=True):
    """A file that can be shown and has no alternative text."""

    asset: str
    item: str
    role: str
    label: str
    url: str
    media_type: str


def write(tx: Transaction, asset: str, written: Sequence[Written]) -> bool:
    """Put texts about a file in force; an empty one withdraws. Tells whether anything was written.

    Raises BadRequest, before anything is written, where there is no such file, or where a text says no more than
    title, label or file name.
    """
    row = tx.row(_ID, asset)
    if row is None:
        raise BadRequest("asset_unknown", f"없는 파일입니다: {asset[:40]}", f"no such file: {asset[:40]}")
    _check(tx, row, written)
    wrote = False
    for one in written:
        said = asset_words.sent(tx, row)
        if _put(tx, row, one, said):
            _lay(tx, row, said)
            wrote = True
    return wrote


def _check(tx: Transaction, row: SimpleNamespace, written: Sequence[Written]) -> None:
    titles = asset_words.titles_of(tx, row.item)
    if all(not one.value or says_more(one.value, titles, row.label, row.url) for one in written):
        return
    raise BadRequest(
        "words_title_only",
        "제목이나 파일 이름만으로는 그림 설명이 되지 않습니다. 무엇이 보이는지 적어 주세요.",
        "A title or file name alone does not describe a picture: say what is to be seen.",
    )


def _put(tx: Transaction, row: SimpleNamespace, one: Written, said: Said) -> bool:
    if not one.value:
        return picture_words.withdraw(tx, row.item, row.id, one.field, one.lang, one.origin)
    return picture_words.put(tx, row.item, row.id, one, said.alt if one.field == ALT else said.description)


def _lay(tx: Transaction, row: SimpleNamespace, said: Said) -> None:
    """Lay what is in force over what the institution says; a deleted item's file goes on needing nothing."""
    own = picture_words.of_item(tx, row.item).get(row.id, ())
    new = asset_words.columns(tx, own, row.role, said)
    if not row.alt_origin:
        del new["alt_origin"]
    item = tx.row(_OF_ITEM, row.item)
    if item and (changed := {name: value for name, value in new.items() if getattr(row, name) != value}):
        assets.alter(tx, item.provider, row, **changed)
        assets.bump(tx, row.item)


def rest(tx: Transaction, item: str) -> None:
    """Let the files of an item that was deleted need no words; `assets.sync` wakes them again."""
    stored = tx.row(_OF_ITEM, item)
    for row in tx.rows(_ITEM, item) if stored else ():
        if row.alt_origin:
            assets.alter(tx, getattr(stored, "provider", ""), row, alt_origin="")


def lacking(conn: Connection, institution: str = "", after: str = "", limit: int = 100) -> list[Gap]:
    """Give files that can be shown and have no alternative text, of one provider or of all, in keyset order."""
    columns = (getattr(table.c, name) for name in Gap.__struct_fields__ if name != "asset")
    query = (
        select(table.c.id.label("asset"), *columns)
        .join(item_table, item_table.c.id == table.c.item)
        .where(table.c.alt_origin == LACKING, table.c.state.in_(assets.SHOWN), table.c.id > after)
        .order_by(table.c.id)
        .limit(limit)
    )
    rows = conn.execute(query.where(item_table.c.provider == institution) if institution else query)
    return [Gap(**row._mapping) for row in rows]
