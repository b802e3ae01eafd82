"""The store of revocations: what was recalled from published releases, append-only; the last entry of a work holds.

A reader of the change feed like the projections: `refresh` looks again at every work of a published release
that changed. The doors do not wait for it: `withheld` reads what the feed holds beyond that reader, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from sqlalchemy import Connection, Row, delete, func, insert, select, update

from curation.release.plans import Plan
from curation.release.terms import Terms, sort_key
from curation.tables import plan as plan_table
from curation.tables import plan_row
from curation.tables import release as release_table
from curation.tables import revocation as table
from repository import changes, gate, items
from repository.database import Transaction
from repository.gate import Access
from repository.item import canonical
from repository.memory import Memory
from repository.rights.decision import Inputs, Use, allows
from repository.shapes import Shape
from repository.tables import change, cursor
from repository.upsert import upsert

_DIGESTS = Shape(tuple[str, ...])
_TERMS = Shape(Terms)

READER = "releases"
RESTORED = "restored"
WITHDRAWN = "withdrawn"
ERROR = "error"
TERMS_CHANGED = "terms_changed"
GOES_ON = frozenset({TERMS_CHANGED, WITHDRAWN, RESTORED})
BATCH = 500
FILE = "revocations.jsonl"


class Revocation(msgspec.Struct, frozen=True):
    """One entry: the work, the SHA-256 of its originals, why, and the first release that held it.

    `stop` tells whether earlier users must stop, too: where terms changed, or the institution withdrew its
    record, they may go on; where the right was never there, they may not. `restored` ends what stood before.
    """

    n: int
    item: str
    kind: str
    since: str
    at: str
    assets: tuple[str, ...]

    @property
    def stop(self) -> bool:
        """Tell whether earlier users must stop."""
        return self.kind not in GOES_ON


class _File(msgspec.Struct, frozen=True):
    asset: str
    sha256: str


class _Evidence(msgspec.Struct, frozen=True):
    inputs: Inputs


class _Rights(msgspec.Struct, frozen=True):
    evidence: _Evidence | None = None


class _Shipped(msgspec.Struct, frozen=True):
    """What a recall must know of a shipped row, of whatever format: older ones had their evidence elsewhere."""

    files: tuple[_File, ...]
    rights: _Rights


_SHIPPED = Shape(_Shipped)


class _Held(msgspec.Struct):
    """A work of published releases: every row of it that was shipped, and the first release, by version."""

    rows: list[_Shipped]
    countries: set[str]
    since: tuple[str, str]


def _revocation(row: Row[tuple[object, ...]]) -> Revocation:
    assets = _DIGESTS.read(row.assets)
    return Revocation(row.id, row.item, row.kind, row.since, row.at, assets)


def every(conn: Connection) -> list[Revocation]:
    """Give all entries in order."""
    return [_revocation(row) for row in conn.execute(select(table).order_by(table.c.id))]


def of_plan(conn: Connection, plan: int) -> list[Revocation]:
    """Give the entries of a plan's works in order."""
    works = (plan_row.c.item == table.c.item) & (plan_row.c.plan == plan)
    found = select(table).join(plan_row, works).where(plan_row.c.chosen == 1).order_by(table.c.id)
    return [_revocation(row) for row in conn.execute(found)]


def line(entry: Revocation) -> bytes:
    """Write an entry as one line of the feed, which is not signed yet and says so."""
    return canonical({**msgspec.structs.asdict(entry), "stop": entry.stop, "signed": False}) + b"\n"


def feed(conn: Connection) -> bytes:
    """Write the whole feed; what was once written is never changed, only added to."""
    return b"".join(map(line, every(conn)))


def withheld(conn: Connection, plan: int) -> set[str]:
    """Give the works of a plan that may not be given out now, whatever the worker has or has not done."""
    last = select(func.max(table.c.id)).group_by(table.c.item)
    known = conn.execute(
        select(table.c.item)
        .join(plan_row, (plan_row.c.item == table.c.item) & (plan_row.c.plan == plan))
        .where(table.c.id.in_(last), table.c.kind != RESTORED, plan_row.c.chosen == 1)
    )
    done = select(func.coalesce(func.max(cursor.c.number), 0)).where(cursor.c.reader == READER)
    changed = conn.execute(
        select(change.c.item)
        .distinct()
        .join(plan_row, (plan_row.c.item == change.c.item) & (plan_row.c.plan == plan))
        .where(change.c.number > done.scalar_subquery(), plan_row.c.chosen == 1)
    )
    recalled, fresh = {*known.scalars()}, {*changed.scalars()}
    now = sorted(fresh)
    for start in range(0, len(now), BATCH):
        standing = _standing(conn, _held(conn, now[start : start + BATCH], [plan]))
        recalled -= standing.keys()
        recalled |= {item for item, kind in standing.items() if kind}
    return recalled


def refresh(memory: Memory) -> int:
    """Read the feed to its end and append what it means for published releases; gives the number of entries.

    Idempotent: an entry is written only where the last one of its work says something else.
    """
    wrote = 0
    while True:
        with memory.database.write() as tx:
            position = _lock(tx.conn)
            plans = _published_plans(tx.conn)
            batch = changes.since(tx.conn, position, BATCH) if plans else []
            wrote += _append(tx, {one.item for one in batch}, plans) if batch else 0
            if batch or not plans:
                changes.advance(tx.conn, READER, batch[-1].number if batch else changes.head(tx.conn))
        if not batch:
            return wrote


def reconsider(tx: Transaction, plan: Plan) -> None:
    """Set the reader back to where a plan began, so that what changed since is looked at once more."""
    position = _lock(tx.conn)
    others = [one for one in _published_plans(tx.conn) if one != plan.id]
    changes.advance(tx.conn, READER, min(position, plan.feed) if others else plan.feed)


def _lock(conn: Connection) -> int:
    """Give the reader's place and keep all others from moving it, or from appending, until the commit."""
    upsert(conn, cursor, {"reader": READER, "number": 0})
    held = update(cursor).where(cursor.c.reader == READER).values(number=cursor.c.number)
    return int(conn.execute(held.returning(cursor.c.number)).scalar_one())


def remove(tx: Transaction, name: str) -> None:
    """Forget the entries that began with a release of that name (samples only)."""
    tx.conn.execute(delete(table).where(table.c.since.startswith(f"{name}/", autoescape=True)))


def _published_plans(conn: Connection) -> list[int]:
    return list(
        conn.execute(select(release_table.c.plan).where(release_table.c.state == "published")).scalars()
    )


def _held(conn: Connection, ids: Iterable[str], plans: Sequence[int]) -> dict[str, _Held]:
    """Give those of some works that the plans hold, with all that was shipped of them."""
    rows = conn.execute(
        select(plan_row.c.item, plan_row.c.body, plan_table.c.terms, plan_table.c.name, plan_table.c.version)
        .join(plan_table, plan_table.c.id == plan_row.c.plan)
        .where(plan_row.c.plan.in_(plans), plan_row.c.item.in_(list(ids)), plan_row.c.chosen == 1)
        .order_by(plan_table.c.id)
    )
    found: dict[str, _Held] = {}
    for row in rows:
        held = found.setdefault(row.item, _Held([], set(), (row.name, row.version)))
        held.rows.append(_SHIPPED.read(row.body))
        held.countries.update(_TERMS.read(row.terms).countries)
        if row.name == held.since[0] and sort_key(row.version) < sort_key(held.since[1]):
            held.since = (row.name, row.version)
    return found


def _append(tx: Transaction, ids: set[str], plans: Sequence[int]) -> int:
    """Append an entry for each work whose standing is not what its last entry says."""
    held = _held(tx.conn, ids, plans)
    last = {
        row.item: row.kind
        for row in tx.conn.execute(
            select(table.c.item, table.c.kind).where(table.c.item.in_(held)).order_by(table.c.id)
        )
    }
    new = []
    for item, kind in sorted(_standing(tx.conn, held).items()):
        before = last.get(item, RESTORED)
        if (kind or RESTORED) != before:
            new.append(_entry(item, kind or RESTORED, held[item], tx.now))
    if new:
        tx.conn.execute(insert(table), new)
    return len(new)


def _entry(item: str, kind: str, held: _Held, now: str) -> dict[str, object]:
    sha256s = sorted({file.sha256 for row in held.rows for file in row.files})
    since = "/".join(held.since)
    return {"item": item, "assets": canonical(sha256s), "kind": kind, "since": since, "at": now}


def _standing(conn: Connection, held: Mapping[str, _Held]) -> dict[str, str]:
    """Tell of each work why it may not be given out now; an empty text where it may."""
    stored = items.find_many(conn, held)
    files = [file.asset for one in held.values() for row in one.rows for file in row.files]
    access = gate.load(conn, stored.values(), files)
    return {item: _reason(access[item], one) if item in access else WITHDRAWN for item, one in held.items()}


def _reason(access: Access, held: _Held) -> str:
    files = {file.asset for row in held.rows for file in row.files}
    for asset in ("", *sorted(files)):
        if down := access.takedown(asset):
            return down.kind.value
    if not access.live:
        return WITHDRAWN
    verdict = access.decision.decision if access.decision else None
    cleared = all(allows(verdict, Use.TRAIN, country) for country in held.countries)
    if cleared and all(access.allows(Use.TRAIN, asset) for asset in files):
        return ""
    then = held.rows[-1].rights.evidence
    said_the_same = verdict and (then is None or _terms(verdict.inputs) == _terms(then.inputs))
    return ERROR if said_the_same else TERMS_CHANGED


def _terms(inputs: Inputs) -> tuple[object, ...]:
    """Give what others said of the work: if it moved, terms changed; if not, we had been wrong."""
    return (inputs.claims, inputs.grants, inputs.denials)
