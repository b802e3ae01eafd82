"""What the page of a release shows beside its sums: a few rows to see, its versions, and what was withdrawn of it."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection

from curation.dataset_forms import Opened
from curation.release import diff, plans, releases, revocations
from curation.release.diff import Difference
from curation.release.evidence import recompute
from curation.release.plans import Plan
from curation.release.releases import Release, ReleaseState
from curation.release.revocations import Revocation
from curation.release.row import Row, decode
from curation.release.shards import ids_of
from repository.errors import ConfigurationError
from repository.rights.decision import Use
from repository.rights.duties import Duty
from repository.rights.explain import UseExplained, explain
from repository.rights.table import load
from repository.urls import Urls
from repository.web import cards
from repository.web.cards import Card

SHOWN = 6
_PARTS = 4  # bits of the ids' beginning: the rows are taken from sixteen places of the release
_EACH = 2  # rows of each of these
_LISTED = 30

_DIFFERENCES: dict[tuple[str, str], Difference] = {}  # by the digests of two plans, which never change


@dataclass(frozen=True, slots=True)
class Shown:
    """One row as a reader sees it: the work with its picture, and its evidence in words."""

    card: Card
    row: Row
    train: UseExplained
    duties: tuple[Duty, ...]
    mark: str


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a data set: what it holds, and what differs from the one before."""

    release: Release
    plan: Plan
    before: str
    difference: Difference | None

    @property
    def is_open(self) -> bool:
        """Tell whether the public may have it."""
        return self.release.state is ReleaseState.PUBLISHED


def sample_rows(conn: Connection, opened: Opened, urls: Urls, language: str) -> list[Shown]:
    """Choose a few rows that may be shown now, from all over the release, of different marks and kinds if it can."""
    rows = _spread(conn, opened)
    found = {card.item: card for card in cards.of_ids(conn, urls, [row.id for row in rows])}
    seen = [row for row in rows if row.id in found and found[row.id].picture]
    marks = {row.rights.mark: row.id for row in reversed(seen)}
    kinds = {row.type: row.id for row in reversed(seen)}
    told = {*marks.values(), *kinds.values()}
    chosen = sorted(seen, key=lambda row: row.id not in told)[:SHOWN]
    return [shown for row in chosen if (shown := _shown(row, found[row.id], language))]


def _spread(conn: Connection, opened: Opened) -> list[Row]:
    places = [ids_of(part, _PARTS) for part in range(1 << _PARTS)]
    frozen = plans.first_rows(conn, opened.plan.id, places, _EACH)
    return [row for one in frozen if one.item not in opened.recalled and (row := _read(one.body))]


def _read(body: bytes) -> Row | None:
    """Read a row; plans frozen before rows had their present form show none."""
    try:
        return decode(body)
    except msgspec.DecodeError:
        return None


def _shown(row: Row, card: Card, language: str) -> Shown | None:
    evidence = row.rights.evidence
    try:
        table = load(evidence.table_version)
    except ConfigurationError:
        return None
    told = explain(recompute(evidence, table), language, table)
    train = next(one for one in told.uses if one.use is Use.TRAIN)
    mark = row.rights.mark_ko if language == "ko" else row.rights.mark_en
    return Shown(card, row, train, train.duties, mark)


def versions(conn: Connection, name: str) -> list[Version]:
    """Give the versions that are or were open, the newest first, each with what it changed."""
    states = (ReleaseState.PUBLISHED, ReleaseState.WITHDRAWN)
    made = [one for one in releases.every(conn) if one.name == name and one.state in states]
    known = plans.get_many(conn, [one.plan for one in made])
    pairs = zip([None, *made], made, strict=False)
    rows = [
        Version(
            release,
            known[release.plan],
            before.version if before else "",
            _between(conn, known[before.plan], known[release.plan]) if before else None,
        )
        for before, release in pairs
    ]
    return rows[::-1]


def _between(conn: Connection, old: Plan, new: Plan) -> Difference:
    """Compare two frozen plans, once in a process."""
    key = old.digest, new.digest
    if key not in _DIFFERENCES:
        _DIFFERENCES[key] = diff.between(conn, old.id, new.id)
    return _DIFFERENCES[key]


def recalls(conn: Connection, opened: Opened) -> list[Revocation]:
    """Give what was recalled of a release and not restored since, the newest first."""
    last = {entry.item: entry for entry in revocations.of_plan(conn, opened.plan.id)}
    return sorted(
        (entry for entry in last.values() if entry.kind != revocations.RESTORED),
        key=lambda entry: -entry.n,
    )[:_LISTED]
