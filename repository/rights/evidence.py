"""What is known of a work's makers and years, weighed against the rows that speak of the term of protection."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from repository.rights.decision import Inputs, MakerInput
from repository.rights.table import Rule


class Facts(msgspec.Struct, frozen=True):
    """What the rows ask about: who the authors are, the last death for sure, and its latest possible year.

    `authors` is known (people, all deaths known or bounded), bodies, or open. `no_later` is None unless
    known. `published` is the latest year of publication or making.
    """

    type: str
    authors: str
    last_death: int | None
    no_later: int | None
    published: int | None


def facts(inputs: Inputs, not_authors: frozenset[str]) -> Facts:
    """Sum up the makers who are authors; joint works run from the last death (Copyright Act art. 39(2))."""
    authors = [maker for maker in inputs.makers if maker.role not in not_authors]
    deaths = [maker.died for maker in authors if maker.died is not None]
    bounds = [bound for maker in authors if (bound := _latest_death(maker)) is not None]
    kinds = {_kind(maker) for maker in authors}
    known = kinds == {"person"} and len(bounds) == len(authors)
    return Facts(
        type=inputs.type,
        authors="known" if known else "bodies" if kinds == {"body"} else "open",
        last_death=max(deaths, default=None),
        no_later=max(bounds) if known else None,
        published=inputs.published,
    )


def _latest_death(maker: MakerInput) -> int | None:
    return maker.died if maker.died is not None else maker.died_by


def _kind(maker: MakerInput) -> str:
    """Only people die: a maker of unknown kind with a death is a person."""
    return "person" if maker.kind == "unknown" and _latest_death(maker) is not None else maker.kind


def first_match(rows: Iterable[Rule], known: Facts) -> Rule | None:
    """Give the first row whose conditions all hold."""
    return next((row for row in rows if _holds(row, known)), None)


def _holds(row: Rule, known: Facts) -> bool:
    return (
        row.authors in ("", known.authors)
        and (not row.types or known.type in row.types)
        and _at_least(known.last_death, row.died_from)
        and _at_most(known.no_later, row.died_to)
        and _at_least(known.published, row.published_from)
        and _at_most(known.published, row.published_to)
    )


def _at_least(year: int | None, bound: int | None) -> bool:
    return bound is None or (year is not None and year >= bound)


def _at_most(year: int | None, bound: int | None) -> bool:
    return bound is None or (year is not None and year <= bound)
