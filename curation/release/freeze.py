"""Freezing a plan: every live work is looked at, and each is chosen with all its evidence or refused with a reason.

Read in keyset chunks, so that no long read blocks others. What changes meanwhile is seen by its number in the
change feed: the plan notes where freezing began, and publishing looks again at all that changed since.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator

from sqlalchemy import Connection

from curation.release import plans
from curation.release.clear import Clearing
from curation.release.plans import Counts, Plan, PlanRow, RefusalCount
from curation.release.row import Refusal, Row, encode, plan_digest
from curation.release.terms import SAMPLE_NAME, Terms, check_name, check_terms
from repository import assets, changes, gate, institutions, items, sets
from repository.errors import BadRequest, NotFound
from repository.items import StoredItem
from repository.memory import Memory
from repository.rights.decision import Use
from repository.shapes import Shape
from repository.urls import Urls

_ROW = Shape(Row)
_REFUSAL = Shape(Refusal)

Progress = Callable[[int], None]
LARGEST_BITS = 20


def freeze(
    memory: Memory, name: str, version: str, terms: Terms, progress: Progress = lambda _: None
) -> Plan:
    """Freeze a plan and give it; BadRequest where the version is taken or the terms cannot be followed."""
    check_name(name, version)
    check_terms(terms)
    with memory.database.write() as tx:
        if (taken := plans.find(tx.conn, name, version)) and taken.is_frozen:
            raise BadRequest(
                "plan_exists",
                f"이미 있는 계획입니다: {name} {version}. 다음 버전을 쓰세요.",
                f"{name} {version} is frozen already; use the next version",
            )
        number = plans.begin(tx, name, version, terms, changes.head(tx.conn))
    tally = Tally(terms)
    for chunk in _chunks(memory, terms, progress):
        for row in chunk:
            tally.add(row)
        if tally.samples and name != SAMPLE_NAME:
            raise _not_a_sample(name)
        with memory.database.write() as tx:
            plans.add(tx, number, chunk)
    with memory.database.write() as tx:
        plans.finish(tx, number, tally.digest(), tally.counts())
        return plans.get(tx.conn, number)


def survey(memory: Memory, terms: Terms, progress: Progress = lambda _: None) -> tuple[str, Counts]:
    """Tell the digest and counts that a plan would have now, writing nothing."""
    check_terms(terms)
    tally = Tally(terms)
    for chunk in _chunks(memory, terms, progress):
        for row in chunk:
            tally.add(row)
    return tally.digest(), tally.counts()


class Tally:
    """Adds rows up, in the order of their ids, to the plan's digest and counts."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.works = self.files = self.bytes = self.samples = 0
        self.refused: Counter[tuple[str, str]] = Counter()
        self._chosen = hashlib.sha256()
        self._refused = hashlib.sha256()

    def add(self, row: PlanRow) -> None:
        """Take one row in."""
        (self._chosen if row.chosen else self._refused).update(row.body + b"\n")
        if row.chosen:
            shipped = _ROW.read(row.body)
            self.works += 1
            self.files += len(shipped.files)
            self.bytes += shipped.bytes
            self.samples += shipped.sample
        else:
            self.refused[row.reason, _REFUSAL.read(row.body).rule] += 1

    def digest(self) -> str:
        """Give the SHA-256 over the terms and every row."""
        return plan_digest(self.terms, self._chosen.digest(), self._refused.digest())

    def counts(self) -> Counts:
        """Give the sums; shards are halved until they hold what the terms ask for on average."""
        bits = 0
        while bits < LARGEST_BITS and self.bytes > self.terms.shard_bytes << bits:
            bits += 1
        rows = sorted(self.refused.items(), key=lambda pair: (-pair[1], pair[0]))
        refused = tuple(RefusalCount(reason, rule, works) for (reason, rule), works in rows)
        return Counts(self.works, self.files, self.bytes, bits, self.samples, refused)


def _chunks(memory: Memory, terms: Terms, progress: Progress) -> Iterator[list[PlanRow]]:
    """Give the rows of all live works that the filters let through, in the order of their ids."""
    with memory.database.read() as conn:
        known = institutions.every(conn)
        members = _members(conn, terms.collection)
    clearing = Clearing(
        known, memory.rules, Urls(memory.settings.site_url), terms.countries, memory.blobs.has
    )
    last = ""
    while True:
        with memory.database.read() as conn:
            ids = plans.live_items(conn, last)
            found = items.find_many(conn, [one for one in ids if members is None or one in members])
            wanted = [found[one] for one in ids if one in found and _wanted(found[one], terms)]
            rows = _judge(conn, clearing, wanted)
        if rows:
            yield rows
        progress(len(ids))
        if not ids:
            return
        last = ids[-1]


def _judge(conn: Connection, clearing: Clearing, stored: list[StoredItem]) -> list[PlanRow]:
    """Clear or refuse some works; the files are read of those only that are cleared as a whole."""
    first = gate.load(conn, stored)
    files = {
        one.item.id: assets.of_item(conn, one.item.id)
        for one in stored
        if first[one.item.id].allows(Use.TRAIN)
    }
    access = first | gate.load(
        conn,
        [one for one in stored if one.item.id in files],
        [file.id for listed in files.values() for file in listed],
    )
    return [
        _plan_row(
            one, clearing.judge(one, access[one.item.id], files.get(one.item.id, [])), access[one.item.id]
        )
        for one in stored
    ]


def _plan_row(stored: StoredItem, outcome: Row | Refusal, access: gate.Access) -> PlanRow:
    return PlanRow(
        item=stored.item.id,
        chosen=isinstance(outcome, Row),
        reason="" if isinstance(outcome, Row) else outcome.reason,
        item_digest=stored.digest,
        decision=access.decision.number if access.decision else 0,
        body=encode(outcome),
    )


def _wanted(stored: StoredItem, terms: Terms) -> bool:
    item = stored.item
    here = not terms.institutions or {item.holder, item.provider} & {*terms.institutions}
    return bool(here) and (not terms.types or item.description.type in terms.types)


def _members(conn: Connection, collection: str) -> set[str] | None:
    """Give the works of the named collection, or None where none is named."""
    if not collection:
        return None
    if sets.find(conn, collection) is None:
        raise NotFound(
            "collection_unknown", f"없는 컬렉션입니다: {collection}", f"no such collection: {collection}"
        )
    found: set[str] = set()
    place = -1
    while page := sets.members(conn, collection, place):
        found |= {member.item for member in page}
        place += len(page)
    return found


def _not_a_sample(name: str) -> BadRequest:
    return BadRequest(
        "sample_name",
        f"가상 기관의 견본이 든 데이터의 이름은 {SAMPLE_NAME}이어야 합니다: {name}",
        f"a data set with samples of invented institutions must be named {SAMPLE_NAME}, not {name}",
    )
