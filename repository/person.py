"""A person of the staff, what roles there are, and what each of them may do: a closed list."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Action(StrEnum):
    """What one may be allowed to do in the workbench."""

    SEE = "see"  # everything that the workbench shows, but for accounts and the audit
    HARVEST = "harvest"  # sources, runs, what was set aside
    CORRECT = "correct"  # descriptions
    CURATE = "curate"  # topic collections
    DECIDE = "decide"  # rights
    TAKE_DOWN = "take_down"  # withdraw a work, or give it back
    RELEASE = "release"  # data sets
    ADMINISTER = "administer"  # accounts and the audit


class Role(StrEnum):
    """What somebody is here for."""

    VIEWER = "viewer"
    LIBRARIAN = "librarian"
    RIGHTS_OFFICER = "rights_officer"
    OPERATOR = "operator"


MAY = {
    Role.VIEWER: frozenset({Action.SEE}),
    Role.LIBRARIAN: frozenset({Action.SEE, Action.HARVEST, Action.CORRECT, Action.CURATE, Action.TAKE_DOWN}),
    Role.RIGHTS_OFFICER: frozenset({Action.SEE, Action.DECIDE, Action.TAKE_DOWN, Action.RELEASE}),
    Role.OPERATOR: frozenset({Action.SEE, Action.HARVEST, Action.ADMINISTER}),
}


class Person(msgspec.Struct, frozen=True):
    """Somebody with an account; a session that names another `generation` is over. `at` is when it was made."""

    id: str
    name: str
    email: str
    roles: tuple[Role, ...]
    active: bool
    generation: int
    at: str


def may(person: Person, action: Action) -> bool:
    """Tell whether a person may do something: by any of the roles, and never while disabled."""
    return person.active and any(action in MAY[role] for role in person.roles)
