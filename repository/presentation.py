"""Manifests as doors and refresh want them: built from an item as it stands now, or taken from those kept.

A kept manifest counts only while its basis holds: the item, its files, every decision and takedown on either,
and the institutions it names. So a door never waits for refresh, and never shows what refresh has not seen yet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from repository import assets, gate, institutions, items, manifests
from repository.alternative_text import told
from repository.asset import Asset, AssetState, Role
from repository.gate import Access
from repository.iiif import manifest
from repository.iiif.canvases import Painted
from repository.institution import Institution
from repository.item import Text
from repository.items import StoredItem
from repository.rights.decision import Use
from repository.settings import Settings
from repository.urls import Urls

EDITION = "2"  # of the shape of our manifests: another edition makes every kept one stale
_PICTURES, _PLAYED = (Role.PAGE, Role.VIEW), (Role.FILM, Role.SOUND)


@dataclass(frozen=True, slots=True)
class Built:
    """A manifest's bytes, and the name of all that it was built from."""

    basis: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Presenter:
    """Builds manifests with the site's addresses."""

    urls: Urls

    def build(self, conn: Connection, item: str) -> Built | None:
        """Build the manifest of an item, or give None where nothing of it may be seen."""
        stored = items.find(conn, item)
        if stored is None or not stored.is_live:
            return None
        access = gate.load_whole(conn, stored)
        return self._build(conn, stored, access, institutions.every(conn))

    def body(self, conn: Connection, stored: StoredItem, access: Access) -> bytes | None:
        """Give the manifest of an item that the gate has let pass: the kept bytes while they hold, else new ones."""
        known = institutions.every(conn)
        kept = manifests.find(conn, stored.item.id, self._basis(stored, access, known))
        if kept is not None:
            return kept
        built = self._build(conn, stored, access, known)
        return built.body if built else None

    def _build(
        self, conn: Connection, stored: StoredItem, access: Access, known: Mapping[str, Institution]
    ) -> Built | None:
        if not access.allows(Use.VIEW) or access.decision is None:
            return None
        known_files = assets.of_item(conn, stored.item.id)
        files = painted([told(one, access.tells_all()) for one in known_files], access)
        if not files:
            return None
        item = gate.told(stored, access).item
        holder, provider = known.get(item.holder), known.get(item.provider)
        shown = manifest.Shown(item, access.decision.decision, files, holder, provider)
        return Built(self._basis(stored, access, known), manifest.build(shown, self.urls))

    def _basis(self, stored: StoredItem, access: Access, known: Mapping[str, Institution]) -> str:
        named = [known[one] for one in (stored.item.holder, stored.item.provider) if one in known]
        verdicts = {**access.files, stored.item.id: access.decision}
        decided = [f"{subject} {row.number}" for subject, row in sorted(verdicts.items()) if row]
        downs = [f"{down.subject} {down.at}" for down in access.downs]
        names = [EDITION, self.urls.base, *(repr(one) for one in named)]
        return manifests.basis(stored.digest, stored.assets_revision, [*decided, *downs], names)

    def collection(
        self, conn: Connection, set_id: str, titles: Sequence[Text], members: Sequence[str]
    ) -> bytes:
        """Build the collection of a set from those of its members that may be seen now, in their order."""
        stored = items.find_many(conn, members)
        covers = assets.covers(conn, stored)
        access = gate.load(conn, stored.values(), [cover.id for cover in covers.values()])
        works = []
        for one in members:
            files = painted([covers[one]], access[one]) if one in covers else []
            if files and access[one].listed:
                works.append(manifest.Listed(stored[one].item, files[0]))
        return manifest.collection(set_id, titles, works, self.urls)


def presenter_of(settings: Settings) -> Presenter:
    """Give the presenter of an installation."""
    return Presenter(Urls(settings.site_url))


def painted(files: Sequence[Asset], access: Access) -> list[Painted]:
    """Give the files that become canvases now, with their captions.

    A film that may be seen reduced only is none; nor is a picture that the institution's own service shows whole.
    """
    fetched = [one for one in files if one.state is AssetState.FETCHED and access.allows(Use.VIEW, one.id)]
    captions: dict[str, list[Asset]] = {}
    for one in fetched:
        if one.role is Role.CAPTION:
            captions.setdefault(one.parent, []).append(one)
    shown = [one for one in files if one.is_remote_image and access.seen_whole(one.id)]
    shown += [
        one
        for one in fetched
        if (one.role in _PICTURES and one.is_image) or (one.role in _PLAYED and access.seen_whole(one.id))
    ]
    return [
        Painted(one, access.max_px(one.id), _is_ours(one, access), tuple(captions.get(one.id, ())))
        for one in sorted(shown, key=lambda one: one.sequence)
    ]


def _is_ours(asset: Asset, access: Access) -> bool:
    """Tell whether the original is here and may be had."""
    return not asset.is_remote_image and access.allows(Use.REUSE, asset.id)
