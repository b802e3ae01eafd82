"""The store of assets: the files of an item, in order, each with a state of its own.

An asset's id comes from its item and the source's own key of the file, never its ordinal (a page inserted
later would break citations) and never its hash (the same bytes may have other rights elsewhere).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from repository.asset import Asset, AssetState, Role
from repository.database import Transaction
from repository.identifiers import mint
from repository.item import Claim, MediaRef, Text, canonical
from repository.shapes import Shape
from repository.tables import asset as table
from repository.tables import item as item_table

_TEXTS = Shape(tuple[Text, ...])
_CLAIMS = Shape(tuple[Claim, ...])

_FIELDS = (
    "id",
    "item",
    "key",
    "url",
    "sequence",
    "media_type",
    "width",
    "height",
    "seconds",
    "bytes",
    "sha256",
    "revision",
    "parent",
    "lang",
    "label",
    "alt_origin",
)
_DESCRIBED = ("url", "sequence", "role", "parent", "lang", "label", "alt", "alt_origin", "claims")


def asset_id(item: str, key: str) -> str:
    """Give the id of a file by its item and the source's own key of it."""
    return mint(item, key)


def _asset(row: Row[Any]) -> Asset:
    values = {name: getattr(row, name) for name in _FIELDS}
    alt = _TEXTS.read(row.alt)
    return Asset(**values, role=Role(row.role), state=AssetState(row.state), alt=alt)


def _rows(item: str, media: Sequence[MediaRef]) -> list[dict[str, Any]]:
    """Lay a draft's files out as rows: a film is followed by its captions."""
    rows: list[dict[str, Any]] = []
    for ref in media:
        film = asset_id(item, ref.key)
        rows.append(
            {
                "id": film,
                "key": ref.key,
                "url": ref.url,
                "role": Role(ref.role).value,
                "parent": "",
                "lang": ref.label.lang,
                "label": ref.label.value,
                "alt": canonical(ref.alt),
                "alt_origin": "institution" if ref.alt else "",
                "claims": canonical(ref.claims),
            }
        )
        rows += [
            {
                "id": asset_id(item, caption.url),
                "key": caption.url,
                "url": caption.url,
                "parent": film,
                "role": Role.CAPTION.value,
                "lang": caption.lang,
                "label": "",
                "alt": b"[]",
                "alt_origin": "",
                "claims": b"[]",
            }
            for caption in ref.captions
        ]
    unique = {row["id"]: row for row in reversed(rows)}
    ordered = [row for row in rows if unique[row["id"]] is row]
    return [{**row, "item": item, "sequence": place} for place, row in enumerate(ordered)]


def sync(tx: Transaction, item: str, provider: str, media: Sequence[MediaRef]) -> bool:
    """Make an item's rows agree with what its source names now; tells whether anything was written.

    A new address makes a file wanted again; a file no longer named is kept as dropped.
    """
    old = {row.id: row for row in tx.rows(table.c.item, item)}
    new = {row["id"]: row for row in _rows(item, media)}
    wrote = False
    for row in new.values():
        wrote |= _put(tx, provider, old.get(row["id"]), row)
    for gone in old.keys() - new.keys():
        if old[gone].state != AssetState.DROPPED.value:
            _set(tx, provider, old[gone], state=AssetState.DROPPED.value)
            wrote = True
    if wrote:
        bump(tx, item)
    return wrote


def hold(tx: Transaction, items: Iterable[str]) -> list[str]:
    """Read the files of many items at once; gives the ids of those that make claims of their own."""
    ids = list(items)
    tx.hold(table.c.item, ids)
    return [row.id for item in ids for row in tx.rows(table.c.item, item) if row.claims != b"[]"]


def _put(tx: Transaction, provider: str, old: SimpleNamespace | None, row: dict[str, Any]) -> bool:
    if old is None:
        tx.add(table, {**row, "state": AssetState.WANTED.value})
        tx.count(provider, "asset", AssetState.WANTED.value, 1)
        return True
    changed = {name: row[name] for name in _DESCRIBED if getattr(old, name) != row[name]}
    if "url" in changed or old.state == AssetState.DROPPED.value:
        changed |= {"state": AssetState.WANTED.value, "attempts": 0, "problem": ""}
    if changed:
        _set(tx, provider, old, **changed)
    return bool(changed)


def _set(tx: Transaction, provider: str, old: SimpleNamespace, **values: Any) -> None:
    if (state := values.get("state", old.state)) != old.state:
        tx.count(provider, "asset", old.state, -1)
        tx.count(provider, "asset", state, 1)
    tx.change(table, old, values)


def bump(tx: Transaction, item: str) -> None:
    """Note that something of an item's files changed."""
    if row := tx.row(item_table.c.id, item):
        tx.change(item_table, row, {"assets_revision": row.assets_revision + 1})
    tx.touch(item, "assets")


def settle(tx: Transaction, provider: str, asset: str, state: AssetState, **values: Any) -> None:
    """Note how fetching a file ended: its state and what was measured (any column of the table)."""
    (old,) = tx.rows(table.c.id, asset)
    if values.get("sha256", old.sha256) != old.sha256:
        values["revision"] = old.revision + 1
    _set(tx, provider, old, state=state.value, attempts=old.attempts + 1, **values)
    bump(tx, old.item)


def postpone(tx: Transaction, asset: str, problem: str) -> None:
    """Note a failed attempt at a file that stays wanted."""
    tx.conn.execute(
        update(table).where(table.c.id == asset).values(attempts=table.c.attempts + 1, problem=problem)
    )


def wanted(conn: Connection, attempts: int, after: str = "", limit: int = 100) -> list[tuple[Asset, str]]:
    """Give files still to be fetched, tried fewer than so many times, with their source, in keyset order."""
    rows = conn.execute(
        select(table, item_table.c.source)
        .join(item_table, item_table.c.id == table.c.item)
        .where(
            table.c.state == AssetState.WANTED.value,
            table.c.attempts < attempts,
            table.c.id > after,
            item_table.c.state == "live",
        )
        .order_by(table.c.id)
        .limit(limit)
    )
    return [(_asset(row), row.source) for row in rows]


def find(conn: Connection, asset: str) -> Asset | None:
    """Give one file, or None."""
    row = conn.execute(select(table).where(table.c.id == asset)).one_or_none()
    return None if row is None else _asset(row)


def of_item(conn: Connection, item: str) -> list[Asset]:
    """Give an item's files in order, those dropped left out."""
    rows = conn.execute(
        select(table)
        .where(table.c.item == item, table.c.state != AssetState.DROPPED.value)
        .order_by(table.c.sequence, table.c.id)
    )
    return [_asset(row) for row in rows]


def covers(conn: Connection, items: Iterable[str]) -> dict[str, Asset]:
    """Give each item's first picture, or its film where it has none, in one statement."""
    shown = (
        table.c.state == AssetState.FETCHED.value,
        table.c.role.in_([Role.PAGE.value, Role.VIEW.value, Role.FILM.value, Role.POSTER.value]),
    )
    first = (
        select(table.c.item, func.min(table.c.sequence).label("sequence"))
        .where(table.c.item.in_(list(items)), *shown)
        .group_by(table.c.item)
        .subquery()
    )
    rows = conn.execute(
        select(table)
        .join(first, (table.c.item == first.c.item) & (table.c.sequence == first.c.sequence))
        .where(*shown)
    )
    return {row.item: _asset(row) for row in rows}


def counts(conn: Connection, items: Iterable[str]) -> dict[str, int]:
    """Count the files of some items that can be shown, in one statement; items without any are left out."""
    shown = (Role.PAGE.value, Role.VIEW.value, Role.FILM.value, Role.SOUND.value)
    rows = conn.execute(
        select(table.c.item, func.count().label("files"))
        .where(
            table.c.item.in_(list(items)), table.c.state == AssetState.FETCHED.value, table.c.role.in_(shown)
        )
        .group_by(table.c.item)
    )
    return {row.item: row.files for row in rows}


def claims_within(tx: Transaction, item: str) -> dict[str, tuple[Claim, ...]]:
    """Give the same in a transaction."""
    return {row.id: _CLAIMS.read(row.claims) for row in tx.rows(table.c.item, item) if row.claims != b"[]"}


def claims_of(conn: Connection, item: str) -> dict[str, tuple[Claim, ...]]:
    """Give the claims that single files of an item make of themselves; files without any are left out."""
    rows = conn.execute(
        select(table.c.id, table.c.claims).where(table.c.item == item, table.c.claims != b"[]")
    )
    return {row.id: _CLAIMS.read(row.claims) for row in rows}
