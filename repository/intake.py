"""From a draft to an item: corrections laid over, holder named, files listed, rights decided; all or nothing.

Called inside a write transaction by the harvest, by replay, and wherever a decision must be taken anew. A
call that finds nothing different writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec
from sqlalchemy import Connection

from repository import assets, corrections, decisions, findings, institutions, items, takedowns
from repository.database import Transaction
from repository.identities import IdentityState, identify
from repository.institutions import Institution
from repository.item import Claim, Description, Item, ItemDraft, Text
from repository.problems import Problem, problem
from repository.rights import policy
from repository.rights.decision import ClaimInput, Inputs, MakerInput
from repository.rights.normalise import normalise
from repository.rights.table import RuleTable

RIGHTS = "rights"
MAKERS = frozenset({"aut", "art", "cre", "pht", "ctg", "cmp", "drt", "ill", "cll", "egr", "scl"})
# Where living people may be seen or named, and nobody has looked, training stays closed (DESIGN §6).
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


def accept(
    tx: Transaction, context: Context, source: str, provider: str, local_id: str, draft: ItemDraft
) -> Accepted:
    """Make the item of a draft, or park it where even its corrections give it no title."""
    item_id = identify(tx, source, local_id, IdentityState.LIVE)
    description = corrections.lay_over(tx, item_id, draft.description)
    if not description.titles:
        identify(tx, source, local_id, IdentityState.PARKED)
        return Accepted(item_id, True, items.bury(tx, item_id))
    holder, problems = _holder(context, description, provider)
    wrote = items.save(tx, Item(item_id, source, local_id, provider, holder, description))
    wrote |= assets.sync(tx, item_id, provider, draft.media)
    if not draft.media:
        problems.append(problem("media_missing"))
    wrote |= decide(tx, context, item_id, problems)
    return Accepted(item_id, False, wrote)


def remove(tx: Transaction, source: str, local_id: str) -> bool:
    """Turn what a source deleted into a tombstone; tells whether anything was written."""
    return items.bury(tx, identify(tx, source, local_id, IdentityState.DELETED))


def _holder(context: Context, description: Description, provider: str) -> tuple[str, list[Problem]]:
    if not description.holder:
        return provider, [problem("holder_missing")]
    holder = context.holder(description.holder)
    return holder, [] if holder else [problem("holder_unregistered", "holder", description.holder[0].value)]


def decide(
    tx: Transaction, context: Context, item_id: str, problems: Iterable[Problem] | None = None
) -> bool:
    """Decide on an item and on each of its files that makes claims of its own.

    `problems` are those found beside; None keeps what is stored of them out of the question (a takedown
    does not look at the record again).
    """
    stored = items.find(tx.conn, item_id)
    if stored is None:
        return False
    own = assets.claims_of(tx.conn, item_id)
    downs = takedowns.in_force(tx.conn, [item_id, *own])
    wrote = False
    for subject in (item_id, *sorted(own)):
        kinds = tuple(sorted({down.kind.value for down in downs if down.subject in (item_id, subject)}))
        inputs = inputs_of(context, stored.item, own.get(subject, ()), kinds)
        wrote |= decisions.record(tx, item_id, policy.decide(subject, inputs, context.rules), context.actor)
        if subject == item_id and problems is not None:
            misread = [one for claim in inputs.claims for one in normalise(claim.value, claim.uri)[1]]
            found = [*problems, *misread, *policy.problems(inputs, context.rules)]
            wrote |= findings.replace(tx, item_id, RIGHTS, stored.item.source, found)
    return wrote


def inputs_of(
    context: Context, item: Item, own: tuple[Claim, ...] = (), downs: tuple[str, ...] = ()
) -> Inputs:
    """Gather all that a decision rests on, as values that are stored with it."""
    description = item.description
    holder = context.institutions.get(item.holder)
    provider = context.institutions.get(item.provider)
    granting = [institution for institution in (holder, provider) if institution is not None]
    return Inputs(
        type=description.type,
        claims=tuple(_claim(claim) for claim in (*description.claims, *own)),
        makers=tuple(
            MakerInput(agent.role, agent.kind, agent.born, agent.died, agent.died_by)
            for agent in description.agents
            if agent.role in MAKERS
        ),
        published=_published(description),
        provider_is_public=all(institution.public for institution in granting),
        grants=tuple(sorted(set(holder.grants if holder else ()))),
        denials=tuple(sorted({use for institution in granting for use in institution.denials})),
        takedowns=downs,
        gates=_gates(context, description),
        view_px=holder.view_px if holder else 0,
    )


def _claim(claim: Claim) -> ClaimInput:
    return ClaimInput(claim.layer, claim.value, claim.uri, normalise(claim.value, claim.uri)[0])


def _published(description: Description) -> int | None:
    """Give the latest year of publication, or of making where no publication is dated."""
    for role in ("issued", "created"):
        if years := [
            date.latest for date in description.dates if date.role == role and date.latest is not None
        ]:
            return max(years)
    return None


def _gates(context: Context, description: Description) -> tuple[str, ...]:
    published = _published(description)
    recent = published is None or published > context.year - _LIVING_MEMORY
    unexamined = context.require_privacy_review or (recent and description.type in _PRIVATE_TYPES)
    return ("privacy_not_examined",) if unexamined else ()
