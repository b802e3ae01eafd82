"""The gate: every door asks here, at every request, what may be given out of an item and its files now.

The current decisions and the takedowns in force are read from the database each time, in two statements for
any number of subjects, so a takedown never waits for the worker, an index or a cache. A file needs both its
item's decision and, where there is one, its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection

from repository import assets, decisions, identities, items, takedowns
from repository.asset import Asset, AssetState
from repository.decisions import StoredDecision
from repository.errors import Closed, Gone, NotFound
from repository.identifiers import is_valid, normalise
from repository.items import StoredItem
from repository.rights.decision import Answer, Degree, Use, allows, original_may_be_seen
from repository.takedowns import Takedown, TakedownKind

_CHUNK = 5000  # subjects per statement: databases bound the number of parameters
_GONE = ("공개를 중단한 자료입니다.", "No longer available.")


@dataclass(frozen=True, slots=True)
class Access:
    """What was decided on one item and its files, and what was taken down of them; only `allows` gives out."""

    item: str
    decision: StoredDecision | None
    files: Mapping[str, StoredDecision]
    downs: tuple[Takedown, ...]
    live: bool = True

    def takedown(self, asset: str = "") -> Takedown | None:
        """Give the newest takedown in force on the item, or on one of its files."""
        return next((down for down in self.downs if down.subject in (self.item, asset)), None)

    def allows(self, use: Use, asset: str = "") -> bool:
        """Tell whether the item, or one of its files, may be given out for a use now."""
        verdict = self.decision.decision if self.decision else None
        if use is Use.DESCRIBE:
            return allows(verdict, use) and not self._private()
        if not self.live or self.takedown(asset) or not allows(verdict, use):
            return False
        own = self.files.get(asset)
        return own is None or allows(own.decision, use)

    def _private(self) -> bool:
        return any(down.subject == self.item and down.kind is TakedownKind.PRIVACY for down in self.downs)

    @property
    def listed(self) -> bool:
        """Tell whether the item may stand in a list: there, described, and not taken down."""
        return self.live and self.takedown() is None and self.allows(Use.DESCRIBE)

    def tells_all(self) -> bool:
        """Tell whether the descriptive texts (abstract, notes) may be given out: a layer decided on by itself."""
        layers = self.decision.decision.layers if self.decision else ()
        granted = (Answer.YES, Answer.YES_WITH)
        return all(one.rulings.describe.answer in granted for one in layers if one.layer == "text")

    def seen_whole(self, asset: str = "") -> bool:
        """Tell whether a file may be seen as it is, at every size: viewing is open, not reduced."""
        governing = [row.decision for row in (self.decision, self.files.get(asset)) if row]
        return self.allows(Use.VIEW, asset) and all(map(original_may_be_seen, governing))

    def max_px(self, asset: str = "") -> int:
        """Give the longest side in pixels at which a picture may be seen; 0 means any size."""
        governing = [row.decision for row in (self.decision, self.files.get(asset)) if row]
        bounds = [verdict.max_px for verdict in governing if verdict.degree is Degree.REDUCED]
        return min((bound for bound in bounds if bound), default=0)


def load(conn: Connection, found: Iterable[StoredItem], files: Iterable[str] = ()) -> dict[str, Access]:
    """Read the present access to some items; `files` are the ids of those of their files that matter."""
    stored = {row.item.id: row for row in found}
    subjects = [*stored, *files]
    verdicts: dict[str, StoredDecision] = {}
    downs: list[Takedown] = []
    for start in range(0, len(subjects), _CHUNK):
        part = subjects[start : start + _CHUNK]
        verdicts |= decisions.current_many(conn, part)
        downs += takedowns.in_force(conn, part)
    return {
        item: Access(item, verdicts.get(item), verdicts, tuple(downs), row.is_live)
        for item, row in stored.items()
    }


def load_whole(conn: Connection, stored: StoredItem) -> Access:
    """Read the present access to an item and all its files, in two statements that name no file."""
    item = stored.item.id
    verdicts = decisions.current_of(conn, item)
    return Access(
        item, verdicts.get(item), verdicts, tuple(takedowns.in_force_of(conn, item)), stored.is_live
    )


def named_item(conn: Connection, typed: str) -> tuple[StoredItem, str]:
    """Find the item that an address means, and the id to redirect to where the address is not the item's own.

    Raises NotFound where nothing of that name was ever here, and Gone where its source named it only to say
    that it is deleted.
    """
    if not is_valid(typed):
        if is_valid(read := normalise(typed)):
            return named_item(conn, read)[0], read
        raise _no_item()
    if (stored := items.find(conn, typed)) is not None:
        return stored, typed
    new = identities.redirect(conn, typed)
    moved = items.find(conn, new) if new else None
    if moved is None:
        raise Gone("gone_deleted", *_GONE) if identities.is_deleted(conn, typed) else _no_item()
    return moved, moved.item.id


def _no_item() -> NotFound:
    return NotFound(
        "item_unknown",
        "그런 자료가 없습니다. 주소를 다시 확인하거나 검색해 보세요.",
        "There is no such item. Check the address, or search for it.",
    )


def told(stored: StoredItem, access: Access) -> StoredItem:
    """Give an item as it may be described: without its descriptive texts where those are closed."""
    if access.tells_all():
        return stored
    bare = msgspec.structs.replace(stored.item.description, notes=())
    return msgspec.structs.replace(stored, item=msgspec.structs.replace(stored.item, description=bare))


class Refused(Closed):
    """Refused by the decision; carries what the page that says so may need."""

    def __init__(self, use: Use, stored: StoredItem, access: Access) -> None:
        super().__init__(f"closed_{use.value}", *_REFUSALS[use])
        self.stored, self.access = stored, access


class Withdrawn(Gone):
    """Taken down, or deleted by its institution; `kind` is that of the takedown, or `deleted`."""

    def __init__(self, stored: StoredItem, access: Access, down: Takedown | None) -> None:
        self.stored, self.access = stored, access
        self.kind = down.kind.value if down else "deleted"
        public = down is not None and down.kind is not TakedownKind.PRIVACY
        reason = down.reason if down and public else ""
        since = down.at if down else stored.datestamp
        super().__init__(f"gone_{self.kind}", *_GONE, since, reason)


_REFUSALS = {
    Use.DESCRIBE: ("이 자료는 설명도 공개하지 않습니다.", "Not even a description of this is public."),
    Use.VIEW: ("이 자료는 설명만 공개합니다.", "Only a description of this is public."),
    Use.REUSE: (
        "이 자료의 원본은 내려받을 수 없습니다. 허락을 받아야 합니다.",
        "The original cannot be downloaded; permission is needed.",
    ),
    Use.TRAIN: ("AI 학습에 제공하지 않는 자료입니다.", "This is not offered for AI training."),
}


def require(stored: StoredItem, access: Access, use: Use, asset: str = "") -> None:
    """Let pass what the decision allows; raises Withdrawn for what is gone, Refused for what is not open."""
    down = access.takedown(asset)
    if down or not access.live:
        raise Withdrawn(stored, access, down)
    if not access.allows(use, asset):
        raise Refused(use, stored, access)


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that may be given out, with its item and the access to both."""

    asset: Asset
    stored: StoredItem
    access: Access


def open_file(conn: Connection, typed: str, use: Use, *, whole: bool = False) -> Opened:
    """Find a fetched file and let it pass for a use; raises NotFound, Withdrawn or Refused.

    `whole` asks for a file that can be given at its full size only, so reduced viewing does not open it.
    """
    asset = assets.find(conn, typed) if is_valid(typed) else None
    stored = items.find(conn, asset.item) if asset else None
    if asset is None or stored is None:
        raise NotFound("asset_unknown", "그런 파일이 없습니다.", "There is no such file.")
    parents = [asset.parent] if asset.parent else []
    access = load(conn, [stored], [asset.id, *parents])[asset.item]
    for subject in (asset.id, *parents):
        require(stored, access, use, subject)
    if whole and not access.seen_whole(asset.id):
        raise Refused(use, stored, access)
    if asset.state is not AssetState.FETCHED:
        raise NotFound("asset_absent", "파일을 아직 받지 못했습니다.", "This file has not been received.")
    return Opened(asset, stored, access)
