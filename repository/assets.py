"""The store of assets: the files of an item, in order, each with a state of its own.

An asset's id comes from its item and the source's own key of the file, never its ordinal (a page inserted
later would break citations) and never its hash (the same bytes may have other rights elsewhere).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import SimpleNamespace
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, func, select, tuple_, update

from repository import asset_layout, asset_words, picture_words
from repository.asset import Asset, AssetState, Role, Words
from repository.asset_layout import ListedPage as ListedPage
from repository.asset_layout import asset_id as asset_id
from repository.asset_layout import is_dropped
from repository.database import Transaction
from repository.item import Claim, MediaRef
from repository.shapes import Shape
from repository.tables import asset as table
from repository.tables import item as item_table

_WORDS = Shape(tuple[Words, ...])
_CLAIMS = Shape(tuple[Claim, ...])
_ID = table.c.id
_ITEM = table.c.item
_OF_ITEM = item_table.c.id

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
_WORDED = ("alt", "alt_origin", "description")
_DESCRIBED = ("url", "sequence", "role", "parent", "lang", "label", *_WORDED, "claims")
_SEEN = ("media_type", "width", "height")
SHOWN = (AssetState.FETCHED.value, AssetState.REMOTE.value)
WORDS = "words"  # the kind of counter: files that can be shown, by who wrote their alternative text


class Held(msgspec.Struct, frozen=True):
    """A file that was fetched, its source, and the validators that its server gave with it."""

    asset: Asset
    source: str
    etag: str
    asked: str


def _asset(row: Row[Any]) -> Asset:
    values = {name: getattr(row, name) for name in _FIELDS}
    alt, description = (() if said == b"[]" else _WORDS.read(said) for said in (row.alt, row.description))
    role, state = Role(row.role), AssetState(row.state)
    return Asset(**values, role=role, state=state, alt=alt, description=description)


def sync(tx: Transaction, item: str, provider: str, media: Sequence[MediaRef]) -> bool:
    """Make an item's rows agree with what its source names now; tells whether anything was written.

    A new address makes a file wanted again; a file no longer named is kept as dropped. The pages of a manifest
    stay while the manifest is named.
    """
    old = {row.id: row for row in tx.rows(_ITEM, item)}
    return _lay(tx, item, provider, old, asset_layout.of_record(item, media, old.values()))


def expand(tx: Transaction, provider: str, manifest: str, pages: Sequence[ListedPage]) -> bool:
    """Make the pages of a manifest agree with what it lists now; tells whether anything was written.

    Pages keep their ids by their keys, wherever they move. A page whose picture the record itself names is that
    file already and is not added again.
    """
    (own,) = tx.rows(_ID, manifest)
    old = {row.id: row for row in tx.rows(_ITEM, own.item)}
    laid = asset_layout.of_manifest(own.item, manifest, pages, old.values())
    return _lay(tx, own.item, provider, old, laid)


def _lay(
    tx: Transaction,
    item: str,
    provider: str,
    old: dict[str, SimpleNamespace],
    laid: Iterable[dict[str, Any]],
) -> bool:
    """Write an item's rows in their order, the first of equal ids; a row of an id alone stays as it is."""
    new: dict[str, dict[str, Any]] = {}
    for row in laid:
        new.setdefault(row["id"], row)
    wrote = False
    for place, row in enumerate(asset_words.laid(tx, item, old, new.values())):
        wrote |= _put(tx, provider, old.get(row["id"]), {**row, "sequence": place}, item)
    for gone in old.keys() - new.keys():
        if not is_dropped(old[gone]):
            alter(tx, provider, old[gone], state=AssetState.DROPPED.value)
            wrote = True
    if wrote:
        bump(tx, item)
    return wrote


def hold(tx: Transaction, items: Iterable[str]) -> list[str]:
    """Read the files of many items at once; gives the ids of those that make claims of their own."""
    ids = list(items)
    tx.hold(_ITEM, ids)
    picture_words.hold(tx, ids)
    return [row.id for item in ids for row in tx.rows(_ITEM, item) if row.claims != b"[]"]


def _put(tx: Transaction, provider: str, old: SimpleNamespace | None, row: dict[str, Any], item: str) -> bool:
    if old is None:
        state = row.get("state", AssetState.WANTED.value)
        added = tx.add(table, {**row, "item": item, "state": state})
        tx.count(provider, "asset", state, 1)
        _count_words(tx, provider, added, 1)
        return True
    names = (*_DESCRIBED, *_SEEN, "state") if "state" in row else _DESCRIBED
    changed = {name: row[name] for name in names if name in row and getattr(old, name) != row[name]}
    if "state" in changed:
        changed |= {"attempts": 0}
    parted = old.state in (AssetState.DROPPED.value, AssetState.REMOTE.value)
    if "state" not in row and ("url" in changed or ("url" in row and parted)):
        changed |= {"state": AssetState.WANTED.value, "attempts": 0, "problem": ""}
    if changed:
        alter(tx, provider, old, **changed)
    return bool(changed)


def alter(tx: Transaction, provider: str, old: SimpleNamespace, **values: Any) -> None:
    """Change columns of a file's row, and the counters that it stands in."""
    if (state := values.get("state", old.state)) != old.state:
        tx.count(provider, "asset", old.state, -1)
        tx.count(provider, "asset", state, 1)
    _count_words(tx, provider, old, -1)
    tx.change(table, old, values)
    _count_words(tx, provider, old, 1)


def _count_words(tx: Transaction, provider: str, row: SimpleNamespace, by: int) -> None:
    if row.alt_origin and row.state in SHOWN:
        tx.count(provider, WORDS, row.alt_origin, by)


def bump(tx: Transaction, item: str) -> None:
    """Note that something of an item's files changed."""
    if row := tx.row(_OF_ITEM, item):
        tx.change(item_table, row, {"assets_revision": row.assets_revision + 1})
    tx.touch(item, "assets")


def settle(tx: Transaction, provider: str, asset: str, state: AssetState, **values: Any) -> None:
    """Note how fetching a file ended: its state and what was measured (any column of the table)."""
    (old,) = tx.rows(_ID, asset)
    if values.get("sha256", old.sha256) != old.sha256:
        values["revision"] = old.revision + 1
    alter(tx, provider, old, state=state.value, attempts=old.attempts + 1, **values)
    bump(tx, old.item)


def stands(tx: Transaction, asset: Asset) -> bool:
    """Tell whether a file is still named, by the address that it was read with: bytes from another are not it."""
    row = tx.row(_ID, asset.id)
    return row is not None and not is_dropped(row) and row.url == asset.url


def postpone(tx: Transaction, asset: str, problem: str, *, counted: bool = True) -> None:
    """Note a failed attempt at a file that stays wanted; one that brought it nearer may go without counting."""
    attempts = table.c.attempts + int(counted)
    tx.conn.execute(update(table).where(table.c.id == asset).values(attempts=attempts, problem=problem))


def asked(tx: Transaction, asset: str, problem: str = "", etag: str = "") -> None:
    """Note that a fetched file was asked for again and is what it was, or why that is not known; nothing moves.

    `etag` is what its server calls it now, where it said anything.
    """
    values = {"fetched_at": tx.now, "problem": problem, **({"etag": etag} if etag else {})}
    tx.conn.execute(update(table).where(table.c.id == asset).values(values))


def wanted(
    conn: Connection,
    attempts: int,
    after: str = "",
    limit: int = 100,
    *,
    source: str = "",
    role: Role | None = None,
) -> list[tuple[Asset, str]]:
    """Give files still to be fetched, tried fewer than so many times, with their source, in keyset order.

    Of one source, or of one role, where these are given.
    """
    query = (
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
    if source:
        query = query.where(item_table.c.source == source)
    rows = conn.execute(query.where(table.c.role == role.value) if role else query)
    return [(_asset(row), row.source) for row in rows]


def held(
    conn: Connection, source: str, before: str, after: tuple[str, str] = ("", ""), limit: int = 100
) -> list[Held]:
    """Give files that were fetched and last asked for before a time, longest ago first; of one source or all.

    Those gone are among them, for they may have come back. `after` is time and id of the last one seen.
    """
    query = (
        select(table, item_table.c.source)
        .join(item_table, item_table.c.id == table.c.item)
        .where(
            table.c.state.in_([AssetState.FETCHED.value, AssetState.GONE.value]),
            table.c.fetched_at < before,
            tuple_(table.c.fetched_at, table.c.id) > tuple_(*after),
            item_table.c.state == "live",
        )
        .order_by(table.c.fetched_at, table.c.id)
        .limit(limit)
    )
    rows = conn.execute(query.where(item_table.c.source == source) if source else query)
    return [Held(_asset(row), row.source, row.etag, row.fetched_at) for row in rows]


def states(conn: Connection, ids: Iterable[str]) -> dict[str, AssetState]:
    """Give the states of some files."""
    rows = conn.execute(select(table.c.id, table.c.state).where(table.c.id.in_(list(ids))))
    return {row.id: AssetState(row.state) for row in rows}


def want_manifests(tx: Transaction, provider: str, source: str) -> int:
    """Let the manifests of a source be read again, though they may not have changed; gives how many."""
    mine = (
        select(table.c.id)
        .join(item_table, item_table.c.id == table.c.item)
        .where(
            item_table.c.source == source,
            table.c.role == Role.MANIFEST.value,
            table.c.state == AssetState.FETCHED.value,
        )
        .order_by(table.c.id)
    )
    ids = list(tx.conn.execute(mine).scalars())
    tx.hold(_ID, ids)
    for one in ids:
        (row,) = tx.rows(_ID, one)
        alter(tx, provider, row, state=AssetState.WANTED.value, attempts=0)
    return len(ids)


def find(conn: Connection, asset: str) -> Asset | None:
    """Give one file, or None."""
    row = conn.execute(select(table).where(table.c.id == asset)).one_or_none()
    return None if row is None else _asset(row)


def of_item(conn: Connection, item: str) -> list[Asset]:
    """Give an item's files in order, those dropped left out, and manifests that were read: their pages stand here."""
    read = (table.c.role == Role.MANIFEST.value) & (table.c.state == AssetState.FETCHED.value)
    rows = conn.execute(
        select(table)
        .where(table.c.item == item, table.c.state != AssetState.DROPPED.value, ~read)
        .order_by(table.c.sequence, table.c.id)
    )
    return [_asset(row) for row in rows]


def covers(conn: Connection, items: Iterable[str]) -> dict[str, Asset]:
    """Give each item's first picture, or its film where it has none, in one statement."""
    shown = (
        table.c.state.in_(SHOWN),
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
        .where(table.c.item.in_(list(items)), table.c.state.in_(SHOWN), table.c.role.in_(shown))
        .group_by(table.c.item)
    )
    return {row.item: row.files for row in rows}


def claims_within(tx: Transaction, item: str) -> dict[str, tuple[Claim, ...]]:
    """Give the same in a transaction."""
    return {row.id: _CLAIMS.read(row.claims) for row in tx.rows(_ITEM, item) if row.claims != b"[]"}


def claims_of(conn: Connection, item: str) -> dict[str, tuple[Claim, ...]]:
    """Give the claims that single files of an item make of themselves; files without any are left out."""
    rows = conn.execute(
        select(table.c.id, table.c.claims).where(table.c.item == item, table.c.claims != b"[]")
    )
    return {row.id: _CLAIMS.read(row.claims) for row in rows}
