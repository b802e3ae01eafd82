"""How an item's files are laid out as rows: what its record names, the pages of a manifest behind it, in one order.

A row of an id alone stands for a file that stays as it is, wherever it moves.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from types import SimpleNamespace
from typing import Any

import msgspec

from repository.asset import AssetState, Role
from repository.identifiers import mint
from repository.item import MediaRef, canonical

# What follows the address of a picture at an image service (Image API 2 and 3, section 2).
_REQUEST = re.compile(r"/(?:full|square|(?:pct:)?[0-9.,]+)/[^/]+/[^/]+/[^/]+\.[a-z0-9]+\Z")


class ListedPage(msgspec.Struct, frozen=True):
    """One page that a manifest lists: its file, or the institution's own image service to be referred to.

    `service` is the kind and level of that service (`asset.service_type`), empty where the file is to be copied;
    `width` and `height` are the picture's pixels as the service gives them; `names` are other addresses of the
    same picture, by which the record may name it too.
    """

    ref: MediaRef
    service: str = ""
    width: int = 0
    height: int = 0
    names: tuple[str, ...] = ()


def asset_id(item: str, key: str) -> str:
    """Give the id of a file by its item and the source's own key of it."""
    return mint(item, key)


def of_record(item: str, media: Sequence[MediaRef], old: Collection[SimpleNamespace]) -> list[dict[str, Any]]:
    """Lay out what a record names, each manifest followed by the pages that are known of it.

    A page may have been left out because the record named it; so where a file is dropped, manifests are read again.
    """
    rows = _rows(item, media)
    named = {row["id"] for row in rows}
    lost = any(not row.parent and row.id not in named and not is_dropped(row) for row in old)
    laid: list[dict[str, Any]] = []
    for row in rows:
        if row["role"] != Role.MANIFEST.value:
            laid.append(row)
            continue
        pages = [page for page in old if page.parent == row["id"] and not is_dropped(page)]
        again = {"state": AssetState.WANTED.value} if lost else {}
        laid += [
            {**row, **again},
            *({"id": page.id} for page in sorted(pages, key=lambda page: page.sequence)),
        ]
    return laid


def of_manifest(
    item: str, manifest: str, pages: Sequence[ListedPage], old: Collection[SimpleNamespace]
) -> list[dict[str, Any]]:
    """Lay out the pages of a manifest behind it, without those whose pictures the record itself names."""
    others = [row for row in old if row.parent != manifest and not is_dropped(row)]
    named = {name for row in others for name in (_bare(row.url), _bare(_REQUEST.sub("", row.url)))}
    laid: list[dict[str, Any]] = []
    for row in sorted(others, key=lambda row: row.sequence):
        laid.append({"id": row.id})
        if row.id == manifest:
            laid += [_listed(item, manifest, page) for page in pages if not _names(page) & named]
    return laid


def _row(item: str, ref: MediaRef, parent: str = "") -> dict[str, Any]:
    return {
        "id": asset_id(item, ref.key),
        "key": ref.key,
        "url": ref.url,
        "role": Role(ref.role).value,
        "parent": parent,
        "lang": ref.label.lang,
        "label": ref.label.value,
        "alt": canonical(ref.alt),
        "description": canonical(ref.description),
        "claims": canonical(ref.claims),
    }


def _rows(item: str, media: Sequence[MediaRef]) -> list[dict[str, Any]]:
    """Lay a draft's files out as rows: a film is followed by its captions."""
    rows: list[dict[str, Any]] = []
    for ref in media:
        film = _row(item, ref)
        rows.append(film)
        for caption in ref.captions:
            track = _row(item, MediaRef(caption.url, caption.url, Role.CAPTION.value), film["id"])
            rows.append({**track, "lang": caption.lang})
    return rows


def _names(page: ListedPage) -> set[str]:
    return {_bare(name) for name in (page.ref.url, *page.names)}


def _bare(url: str) -> str:
    """Drop the scheme of an address."""
    return url.partition("://")[2]


def _listed(item: str, manifest: str, page: ListedPage) -> dict[str, Any]:
    row = _row(item, page.ref, manifest)
    if not page.service:
        return row
    remote = {"state": AssetState.REMOTE.value, "media_type": page.service}
    return {**row, **remote, "width": page.width, "height": page.height}


def is_dropped(row: SimpleNamespace) -> bool:
    """Tell whether a row is of a file that is no longer named."""
    return bool(row.state == AssetState.DROPPED.value)
