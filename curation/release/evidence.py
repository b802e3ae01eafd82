"""A whole decision in the typed columns of a row, and back, so that whoever has the row can compute it again."""

from __future__ import annotations

import msgspec

from repository.decisions import StoredDecision
from repository.rights.decision import Answer, Decision, Degree, Inputs, LayerDecision, Ruling, Rulings
from repository.rights.policy import decide
from repository.rights.table import RuleTable

_GRANTED = (Answer.YES, Answer.YES_WITH)


class RowUse(msgspec.Struct, frozen=True):
    """The answer for one use, the rule that gave it, and the duties that it carries."""

    answer: str
    rule: str
    duties: tuple[str, ...]


class Elsewhere(msgspec.Struct, frozen=True):
    """The answers that differ from Korea's in one country (ISO 3166)."""

    country: str
    rulings: Rulings


class Evidence(msgspec.Struct, frozen=True):
    """A decision as a table can hold it: what it rests on (`inputs`), by which rules, and every answer.

    `subject` is the work, or the file where that makes claims of its own. The words are those of `Decision`;
    `decided_by` and `decided_at` say who decided when.
    """

    subject: str
    decided_by: str
    decided_at: str
    table_version: str
    mark: str
    degree: Degree
    max_px: int
    rulings: Rulings
    elsewhere: tuple[Elsewhere, ...]
    layers: tuple[LayerDecision, ...]
    inputs: Inputs


def evidence_of(stored: StoredDecision) -> Evidence:
    """Write a decision as evidence."""
    return written(stored.decision, stored.actor, stored.at)


def written(decision: Decision, actor: str, at: str) -> Evidence:
    """Write a decision, with who decided when, as evidence; its countries in order."""
    return Evidence(
        subject=decision.subject,
        decided_by=actor,
        decided_at=at,
        table_version=decision.table_version,
        mark=decision.mark,
        degree=decision.degree,
        max_px=decision.max_px,
        rulings=decision.rulings,
        elsewhere=tuple(Elsewhere(*pair) for pair in sorted(decision.elsewhere.items())),
        layers=decision.layers,
        inputs=decision.inputs,
    )


def recompute(evidence: Evidence, table: RuleTable) -> Decision:
    """Decide again from nothing but the inputs that the evidence ships with."""
    return decide(evidence.subject, evidence.inputs, table)


def use_of(ruling: Ruling) -> RowUse:
    """Write one answer as a row shows it."""
    return RowUse(ruling.answer.value, ruling.rule, ruling.duties)


def text_layer(decision: Decision) -> Ruling:
    """Give the answer for training on descriptive texts; where nothing was decided of them, it is no."""
    found = (layer.rulings.train for layer in decision.layers if layer.layer == "text")
    return next(found, Ruling(Answer.NO, ""))


def text_cleared(decision: Decision) -> bool:
    """Tell whether the descriptive texts may be used for training themselves."""
    return text_layer(decision).answer in _GRANTED
