"""From a draft to an item: corrections laid over, holder named, files listed, rights decided; all or nothing.

Called inside a write transaction by the harvest, by replay, and wherever a decision must be taken anew. A
call that finds nothing different writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec
from sqlalchemy import Connection

from repository import assets, corrections, decisions, findings, institutions, items, takedowns, wording
from repository.database import Transaction
from repository.identities import IdentityState, identify
from repository.institution import Institution
from repository.item import Claim, Description, Item, ItemDraft, Text
from repository.problems import Problem, problem
from repository.rights import policy
from repository.rights.decision import Inputs
from repository.rights.inputs import gather
from repository.rights.table import RuleTable

RIGHTS = "rights"
# Where living people may be seen or named, and nobody has looked, training stays closed.
_PRIVATE_TYPES = frozenset({"photograph", "document", "video", "sound", "newspaper", "manuscript"})
_LIVING_MEMORY = 100


class Context(msgspec.Struct, frozen=True):
    """What intake knows besides the record: the institutions, the rule table, and the year it is."""

    institutions: Mapping[str, Institution]
    rules: RuleTable
    year: int
    actor: str = "rules"
    require_privacy_review: bool = False

    def holder(self, names: Iterable[Text]) -> str:
        """Give the id of the institution that one of the names means, or an empty string."""
        for name in names:
            for institution in self.institutions.values():
                if institution.answers_to(name.value):
                    return institution.id
        return ""


class Accepted(msgspec.Struct, frozen=True):
    """What became of a draft: the item's id, whether it was parked, and whether anything was written."""

    item: str
    parked: bool
    wrote: bool


def context_of(
    conn: Connection, rules: RuleTable, year: int, actor: str = "rules", require_privacy_review: bool = False
) -> Context:
    """Read what intake needs to know, once for a run."""
    return Context(institutions.every(conn), rules, year, actor, require_privacy_review)


def hold(tx: Transaction, ids: Iterable[str]) -> None:
    """Read at once all that accepting or deciding on many items will ask for."""
    wanted = list(ids)
    items.hold(tx, wanted)
    with_claims = assets.hold(tx, wanted)
    corrections.hold(tx, wanted)
    findings.hold(tx, wanted)
    takedowns.hold(tx, [*wanted, *with_claims])
    decisions.hold(tx, [*wanted, *with_claims])


def accept(
    tx: Transaction, context: Context, source: str, provider: str, local_id: str, draft: ItemDraft
) -> Accepted:
    """Make the item of a draft, or park it where even its corrections give it no title."""
    item_id = identify(tx, source, local_id, IdentityState.LIVE)
    description = corrections.lay_over(tx, item_id, draft.description)
    if not description.titles:
        identify(tx, source, local_id, IdentityState.PARKED)
        return Accepted(item_id, True, _bury(tx, item_id))
    holder, problems = _holder(context, description, provider)
    item = Item(item_id, source, local_id, provider, holder, description)
    wrote = items.save(tx, item)
    wrote |= assets.sync(tx, item_id, provider, draft.media)
    if not draft.media:
        problems.append(problem("media_missing"))
    wrote |= _decide(tx, context, item, problems)
    return Accepted(item_id, False, wrote)


def remove(tx: Transaction, source: str, local_id: str) -> bool:
    """Turn what a source deleted into a tombstone; tells whether anything was written."""
    return _bury(tx, identify(tx, source, local_id, IdentityState.DELETED))


def _bury(tx: Transaction, item: str) -> bool:
    if not items.bury(tx, item):
        return False
    wording.rest(tx, item)
    return True


def _holder(context: Context, description: Description, provider: str) -> tuple[str, list[Problem]]:
    if not description.holder:
        return provider, [problem("holder_missing")]
    holder = context.holder(description.holder)
    return holder, [] if holder else [problem("holder_unregistered", "holder", description.holder[0].value)]


def decide(
    tx: Transaction, context: Context, item_id: str, problems: Iterable[Problem] | None = None
) -> bool:
    """Decide on an item and on each of its files that makes claims of its own; tells whether anything was written.

    `problems` are those found beside; None leaves what is stored of them alone (a takedown does not look at
    the record again).
    """
    stored = items.within(tx, item_id)
    return stored is not None and _decide(tx, context, stored.item, problems)


def _decide(tx: Transaction, context: Context, item: Item, problems: Iterable[Problem] | None) -> bool:
    own = assets.claims_within(tx, item.id)
    downs = takedowns.in_force_within(tx, [item.id, *own])
    wrote = False
    for subject in (item.id, *sorted(own)):
        kinds = {down.kind.value for down in downs if down.subject in (item.id, subject)}
        inputs, misread = gather_inputs(context, item, own.get(subject, ()), kinds)
        wrote |= decisions.record(tx, item.id, policy.decide(subject, inputs, context.rules), context.actor)
        if subject == item.id and problems is not None:
            found = [*problems, *misread, *policy.problems(inputs, context.rules)]
            wrote |= findings.replace(tx, item.id, RIGHTS, item.source, found)
    return wrote


def gather_inputs(
    context: Context, item: Item, own: tuple[Claim, ...], downs: Iterable[str]
) -> tuple[Inputs, tuple[Problem, ...]]:
    """Gather all that a decision rests on: the description, what the contracts say, and what stands against it."""
    holder, provider = (context.institutions.get(name) for name in (item.holder, item.provider))
    granting = [institution for institution in (holder, provider) if institution is not None]
    return gather(
        item.description,
        claims=own,
        provider_is_public=all(institution.public for institution in granting),
        grants=holder.grants if holder else (),
        denials=tuple({use for institution in granting for use in institution.denials}),
        takedowns=tuple(downs),
        gates=_gates(context, item.description),
        view_px=holder.view_px if holder else 0,
    )


def _gates(context: Context, description: Description) -> tuple[str, ...]:
    """Name the privacy gate where living people may be in it and nobody has looked."""
    latest = max((date.latest for date in description.dates if date.latest is not None), default=None)
    recent = latest is None or latest > context.year - _LIVING_MEMORY
    unexamined = context.require_privacy_review or (recent and description.type in _PRIVATE_TYPES)
    return ("privacy_not_examined",) if unexamined else ()
