"""Reading: the records of one item, in every format it came in, made into one draft and handed to intake."""

from __future__ import annotations

from collections.abc import Sequence

from harvest import records
from harvest.crosswalks import to_draft, version
from harvest.records import RecordState
from harvest.source import Source
from repository import findings, intake
from repository.database import Transaction
from repository.intake import Context
from repository.item import Description, ItemDraft
from repository.shapes import Shape

_DESCRIPTION = Shape(Description)
# What a record is asked for in that its provider does not have in the source's own formats.
LAST_RESORT = "oai_dc"


def merge(drafts: Sequence[ItemDraft]) -> ItemDraft:
    """Make one draft of several, the most trusted first: each field comes from the first that has it.

    Claims are the exception: what any format says of rights counts, because the strictest wins.
    """
    first, *others = drafts
    if not others:
        return first
    fields: dict[str, object] = {}
    for name in Description.__struct_fields__:
        values = [getattr(draft.description, name) for draft in drafts]
        fields[name] = next((value for value in values if value and value != "unknown"), values[0])
    claims = dict.fromkeys(claim for draft in drafts for claim in draft.description.claims)
    fields["claims"] = tuple(claims)
    media = next((draft.media for draft in drafts if draft.media), ())
    return ItemDraft(_DESCRIPTION.of(fields), media)


def read_item(tx: Transaction, context: Context, source: Source, item: str) -> bool:
    """Make an item again from its records as they are kept; tells whether anything was written.

    The same function serves a harvest, a replay, a retry and a correction, so all end in the same item.
    """
    trusted = [*source.prefixes, LAST_RESORT]
    kept = sorted(
        (record for record in records.of_item(tx, item) if record.prefix in trusted),
        key=lambda record: trusted.index(record.prefix),
    )
    if not kept:
        return False
    local_id = kept[0].local_id
    drafts = {}
    wrote = False
    for record in kept:
        if record.state is not RecordState.DELETED:
            drafts[record.id] = to_draft(records.raw_within(tx, record), record.prefix, source.mapping)
        problems = drafts[record.id].problems if record.id in drafts else ()
        wrote |= findings.replace(tx, item, record.prefix, source.id, problems)
    parked = False
    if drafts:
        accepted = intake.accept(
            tx, context, source.id, source.provider, local_id, merge(list(drafts.values()))
        )
        parked = accepted.parked
        wrote |= accepted.wrote
    else:
        wrote |= intake.remove(tx, source.id, local_id)
    for record in kept:
        read_as = RecordState.PARKED if parked else RecordState.LIVE
        state = read_as if record.id in drafts else RecordState.DELETED
        records.set_state(tx, record, state, version(source.mapping))
    return wrote
