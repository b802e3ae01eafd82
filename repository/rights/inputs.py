"""From a description to the inputs of a decision: claims with their marks, makers, and the latest year."""

from __future__ import annotations

from collections.abc import Iterable

from repository.item import Claim, Date, Description
from repository.problems import Problem
from repository.rights import labels
from repository.rights.decision import ClaimInput, Inputs, MakerInput
from repository.rights.normalise import normalise

_MAKING = ("issued", "copyrighted", "created")


def gather(
    description: Description,
    *,
    claims: tuple[Claim, ...] = (),
    provider_is_public: bool = True,
    grants: tuple[str, ...] = (),
    denials: tuple[str, ...] = (),
    takedowns: tuple[str, ...] = (),
    gates: tuple[str, ...] = (),
    view_px: int = 0,
) -> tuple[Inputs, tuple[Problem, ...]]:
    """Gather what a decision rests on, and what is wrong with each claim; `claims` are those of a file beside."""
    recognised, problems = _claims([*description.claims, *claims])
    makers = tuple(MakerInput(a.role, a.kind, a.born, a.died, a.died_by) for a in description.agents)
    inputs = Inputs(
        type=description.type,
        claims=recognised,
        makers=makers,
        published=_published(description.dates),
        provider_is_public=provider_is_public,
        grants=tuple(sorted(grants)),
        denials=tuple(sorted(denials)),
        takedowns=tuple(sorted(takedowns)),
        gates=tuple(sorted(gates)),
        view_px=view_px,
    )
    return inputs, problems


def _claims(claims: Iterable[Claim]) -> tuple[tuple[ClaimInput, ...], tuple[Problem, ...]]:
    recognised: list[ClaimInput] = []
    problems: list[Problem] = []
    for claim in claims:
        if claim.value.strip() or claim.uri.strip():
            layer, said = labels.split(claim.value)
            # A label that names another layer than the field does is part of words that nobody understands.
            mark, found = normalise(said if layer == claim.layer else claim.value, claim.uri)
            recognised.append(ClaimInput(claim.layer, claim.value, claim.uri, mark))
            problems += found
    return tuple(recognised), tuple(problems)


def _published(dates: Iterable[Date]) -> int | None:
    """Give the latest year of making or publication, since the term of a work runs from the later of them.

    None where a date was read whose end is open ("after 1950"): such a work may be of any later year.
    """
    read = [date for date in dates if date.role in _MAKING and date.edtf]
    years = [date.latest for date in read if date.latest is not None]
    return max(years) if years and len(years) == len(read) else None
